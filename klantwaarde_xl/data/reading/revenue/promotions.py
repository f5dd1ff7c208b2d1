"""Discounts of promotions, of a line or of its shipping: they go off the price of the line beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import numbers_in
from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_A_LINE, OF_PROMOTIONS, PROMOTIONS
from klantwaarde_xl.data.reading.revenue.subtotals import with_any
from klantwaarde_xl.data.reading.revenue.sums import CENT

_OF_SHIPPING = PROMOTIONS[1]


def find_promotions(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Keep discounts of promotions where revenue is of lines, and none is off already as sums show.

    named: the columns that the user gave. An amount of his own has them off, unless he says which are not.
    """
    amount = found.get("bedrag")
    of_lines = amount is None or not set(forms(rows.headers[amount])).isdisjoint(OF_A_LINE)
    of_lines &= not any(map(_is_other, rows.headers))
    for name in PROMOTIONS:
        if name not in found or name in named:
            continue
        if not of_lines or "bedrag" in named or _is_off(rows, found, found[name]):
            del found[name]


def _is_other(header: str) -> bool:
    """Whether a header is of discounts of which those of promotions may be a part."""
    name = plain(header)
    return bool(re.search("korting|discount", name)) and not any(re.match(one, name) for one in OF_PROMOTIONS)


def _is_off(rows: Rows, found: Mapping[str, int], place: int) -> bool:
    """Whether a column is the amount before the discount or after it, on each of the first rows with one."""
    money = numbers_in(rows.headers, with_any(rows, [place]))
    amount, off = money.pop(found.get("bedrag", -1), None), money.pop(place, None)
    if amount is None or off is None:
        return False
    rows_of = [*zip(amount.numbers, off.numbers, strict=True)]
    return any(
        all(_differs(one, of, less) for one, (of, less) in zip(other.numbers, rows_of, strict=True))
        for other in money.values()
    )


def _differs(one: float | None, other: float | None, off: float | None) -> bool:
    """Whether two amounts lie as far apart as a discount."""
    if one is None or other is None or off is None:
        return False
    return abs(abs(one - other) - abs(off)) < CENT


def of_what_counts(found: dict[str, int], named: Mapping[str, str]) -> None:
    """Drop the discount of shipping where no shipping is in the amount."""
    if found.keys().isdisjoint(PARTS) and _OF_SHIPPING not in named:
        found.pop(_OF_SHIPPING, None)


def less_promotions(export: Export, words: str) -> str:
    """Take these discounts off what is in table v of `bedrag`, and say so behind words (Dutch)."""
    for name in PROMOTIONS:
        if not export.has(name):
            continue
        revenue, discount = export.values("bedrag"), export.values(name)
        export.set_values(
            "bedrag",
            f"""select b.rij, b.valuta,
                  cast(b.v - sign(b.v) * abs(coalesce(d.v, 0)) as {AMOUNT}) as v
                from {revenue} b left join {discount} d using (rij)""",
        )
        words += f" min {export.header(name)} (van de regel)"
    return words
