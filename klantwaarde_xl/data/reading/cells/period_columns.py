"""The columns that say when, where no column of days does: days in three columns, or months and quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.month_columns import find_months
from klantwaarde_xl.data.reading.cells.parted_days import find_parts


def take_periods(
    cleaned: Sequence[str],
    found: dict[str, int],
    free: Mapping[str, bool],
    below: Sequence[Sequence[str]],
) -> None:
    """Take days in three columns, or months and other periods, for the day; as `find_months`.

    free: of the column of months beside days and years, whether the table has it.
    """
    if all(free.values()) and (parts := find_parts(cleaned, found, below)):
        found |= parts
    else:
        find_months(cleaned, found, free, below)
