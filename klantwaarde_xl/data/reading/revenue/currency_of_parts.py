"""The currency that the name of a file or a sheet says, where its amounts say none: `verkopen-USD.csv`."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.source import PART

# In any case, and what is a word or a name too in capitals only
_ANY = re.compile(
    r"(?<![^\W\d_])(eur|usd|gbp|chf|euros?|dollars?|pond(?:en)?|pounds?)(?![^\W\d_])", re.IGNORECASE
)
_CAPITALS = re.compile(r"(?<![^\W\d_])(SEK|NOK|DKK|PLN|CZK|HUF|CAD|AUD|JPY|RON|TRY)(?![^\W\d_])")


def currency_in(name: str) -> str:
    """The code of the one currency that a name says; empty for none, and for more than one."""
    found = {currency_named(word) for word in (*_ANY.findall(name), *_CAPITALS.findall(name))}
    return found.pop() if len(found) == 1 else ""


def codes_of_parts(export: Export) -> dict[int, str]:
    """The currency of each part that was read, by its number, where its sheet or else its file says one."""
    source = export.source
    found = {}
    for at, part in enumerate(source.parts or (source,)):
        stem = part.path.stem if part.path else ""
        if code := currency_in(part.sheet) or currency_in(stem):
            found[at] = code
    return found


def as_sql(codes: dict[int, str]) -> str:
    """The SQL of the currency of a row `r`, by the part that it is in; null for one without."""
    cases = " ".join(f"when {at} then '{code}'" for at, code in codes.items())
    return f"case r.rij // {PART} {cases} end" if cases else "null"
