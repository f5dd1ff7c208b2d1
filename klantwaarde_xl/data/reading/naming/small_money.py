"""Headers that say that their money is in hundredths or millionths: `amount_cents`, `cost_micros`."""

from __future__ import annotations

import re

# At the end of a plain header
_CENTS = re.compile(
    "(?:in)?(?:(?<!per)(?:eur|euro)?cents|(?:eur|euro)?centen|eurocent|(?<=amount)cent|(?<=bedrag)cent"
    "|minor(?:units?)?|centavos|c[eé]ntimos|centesimi|centimes|pence|groszy?|paise)$"
)
_MICROS = re.compile("(?:in)?micros?$")  # of the interfaces of Google Ads and Microsoft Advertising
CENTS, MICROS = 100, 1_000_000


def parts_said(text: str) -> int:
    """Of how many parts a plain header says that its unit of money is; 1 for one that says nothing."""
    if _MICROS.search(text):
        return MICROS
    return CENTS if _CENTS.search(text) else 1


def without_parts(text: str) -> str:
    """A plain header without the word that says so."""
    return _MICROS.sub("", _CENTS.sub("", text))
