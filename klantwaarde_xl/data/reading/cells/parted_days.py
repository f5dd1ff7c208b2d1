"""Which three columns hold the years, months and days of the month that together are dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.month_columns import first_day
from klantwaarde_xl.data.reading.cells.terms import MONTH
from klantwaarde_xl.data.reading.sources.marked import MARK

PART = "maandnummer"  # the column of months, beside `datum` with days of the month and `jaar`
_DAYS = frozenset(["dag", "day", "tag", "jour", "dagnummer", "dagvandemaand", "dayofmonth", "d"])
_MONTH_WORDS = "maand month monat mois maandnummer maandnr monthnumber monthno m"
_MONTHS = frozenset(_MONTH_WORDS.split())
# The day on which an order was paid, which gives way to the day of the order
_PAYMENT_WORDS = "paidat paidon paymentdate datepaid betaaldop betaaldatum datumbetaling datumbetaald"
OF_PAYMENT = frozenset(_PAYMENT_WORDS.split())
DAY_OF_MONTH = re.compile(r"0?[1-9]|[12]\d|3[01]")


def find_parts(
    cleaned: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The places of days, years and months that stand apart; nothing where these are not all there.

    cleaned: the plain headers; found: the places of our columns, that of the years among them; below: the
    first records, which have to say the same.
    """
    year = found.get("jaar")
    days = [at for at, name in enumerate(cleaned) if name in _DAYS]
    months = [at for at, name in enumerate(cleaned) if name in _MONTHS and at not in (*days, year)]
    taken = {at for name, at in found.items() if name not in ("datum", "jaar")}
    if (
        year is None or len(days) != 1 or len(months) != 1 or taken & {*days, *months}
    ):  # one serves as another
        return {}
    own = found.get("datum", days[0])
    if own not in (days[0], months[0]) and cleaned[own] not in OF_PAYMENT:
        return {}
    cells = [
        tuple(
            record[at].replace(MARK, "").strip() if at < len(record) else "" for at in (*days, *months, year)
        )
        for record in below
    ]
    cells = [row for row in cells if all(row)]
    if not cells or not all(DAY_OF_MONTH.fullmatch(day) and month_of(month, of) for day, month, of in cells):
        return {}
    return {"datum": days[0], "jaar": year, PART: months[0]}


def month_of(month: str, year: str) -> str:
    """The first day of a month, as `2024-03-01`; empty for none."""
    found = first_day(month, f"20{year}" if re.fullmatch(r"\d\d", year) else year, MONTH)
    return found[0].isoformat() if found and found[1] == MONTH else ""
