"""Which columns of a sample can be the day of a sale, the likeliest first; for the user to judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.looks import is_price
from klantwaarde_xl.data.reading.cells.yearless import is_day_by_name
from klantwaarde_xl.data.reading.questions.other_days import is_later, is_of_birth
from klantwaarde_xl.data.reading.questions.stamps import is_stamp
from klantwaarde_xl.dutch import EPOCH, FIRST_YEAR

_UNIX, _LAST_YEAR = dt.date(1970, 1, 1), 2100


def days(columns: Sequence[Cells]) -> list[Cells]:
    """Columns of days; where there is none, of numbers that stand for them, of months, or without a year."""
    columns = [column for column in columns if not is_of_birth(column.header)]
    found = [column for column in columns if column.is_days]
    if not found:
        low, high = dt.date(FIRST_YEAR, 1, 1), dt.date(_LAST_YEAR, 12, 31)
        spans = [((low - EPOCH).days, (high - EPOCH).days)]
        spans += [((low - _UNIX).days * unit, (high - _UNIX).days * unit) for unit in (86_400, 86_400_000)]
        found = [column for column in columns if any(_within(column, *span) for span in spans)]
        months = [column for column in columns if column.is_months]
        found = found or [column for column in months if not all(map(is_price, column.distinct))]
        found = found or [column for column in columns if all(map(is_day_by_name, column.distinct))]
    # A day on which the export was made stands on every row; one by which something is due comes after a sale
    return sorted(
        found,
        key=lambda column: (
            is_stamp(column.header) or len(column.distinct) == 1,
            is_later(column.header),
            -len(column.filled),
            column.place,
        ),
    )


def _within(column: Cells, low: int, high: int) -> bool:
    values = [number for number in column.numbers if number is not None]
    return column.is_numbers and all(low <= value <= high for value in values)
