"""What was paid beside money under a header that nobody knows, which may be the revenue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.by_contents import Rows
from klantwaarde_xl.data.reading.contents import Cells
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.errors import Ambiguous

# Money that is no revenue, and numbers that are no money
_OTHERS = re.compile(
    "openstaand|saldo|balance|due|outstanding|limiet|limit|korting|discount|btw|vat|tax|kosten|costs?|fee|inkoop|"
    "marge|margin|terug|refund|cadeau|gift|punten|points|nummer|number|nr$|id$|code|tel|post|jaar|year|aantal|qty|"
    "gewicht|weight|rekening|iban|koers|rate|stand|tegoed|budget|offerte|quote"
)
_MOSTLY = 0.9


def ask_paid(rows: Rows, found: Mapping[str, int], money: Mapping[int, Cells]) -> None:
    """Raise `Ambiguous` where money of another column is what was paid on most rows, and more on others."""
    paid = found["bedrag"]
    if paid not in money:
        return
    fitting = [
        at
        for at, one in money.items()
        if at not in found.values() and not _OTHERS.search(plain(one.header)) and _is_more(money[paid], one)
    ]
    if not fitting:
        return
    raise Ambiguous(
        f"Kolom {rows.name(paid)} is wat is betaald; wat er te betalen was, kan in {rows.name(fitting[0])} "
        "staan: dat is soms meer.",
        where=rows.where,
        remedy=f"Is dat de omzet: {rows.typed('bedrag', fitting[0])}. Telt wat is betaald: "
        f"{rows.typed('bedrag', paid)}.",
    )


def _is_more(paid: Cells, other: Cells) -> bool:
    pairs = [
        (one or 0.0, whole)
        for one, whole in zip(paid.numbers, other.numbers, strict=True)
        if whole is not None
    ]
    same = [abs(one - whole) < 0.01 for one, whole in pairs]
    more = [whole > one for one, whole in pairs]
    return any(same) and any(more) and sum(map(any, zip(same, more, strict=True))) >= _MOSTLY * len(pairs)
