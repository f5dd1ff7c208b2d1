"""Days in digits alone, the year behind or short: `31012026`, `260131`. Only a whole column tells."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.dates_order import possible
from klantwaarde_xl.dutch import Readings, date_readings

_SHORT, _LONG = 6, 8  # digits of a day with two or four for its year; a spreadsheet takes off a first nought


def packed_days(numbers: Sequence[int], last_year: int) -> dict[str, Readings]:
    """The days that whole numbers can be in each order, by their digits; nothing where any can be none."""
    width = _SHORT if max(numbers, default=0) < 10**_SHORT else _LONG
    found = {}
    for number in numbers:
        digits = f"{number:0{width}}"
        read = None
        if 10 ** (width - 2) <= number < 10**width:
            read = date_readings(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
        if read is None or not (left := possible(read, last_year)):
            return {}
        found[str(number)] = left
    return found
