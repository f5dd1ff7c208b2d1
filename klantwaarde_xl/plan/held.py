"""What a table of the workbook holds under the program's own headers, for a result that goes on from it.

One rule for every host: whatever the order of the columns now, a day is a date, a blank row is no row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.plan.plan import Contents, Value, header, positions

_LAST = 2_958_465  # the day number of 31 December 9999


def held_rows(
    contents: Contents,
    table: str,
    headers: Sequence[str],
    days: Collection[str],
    moments: Collection[str] = (),
) -> list[list[Value]]:
    """Return the rows of a table in the order of the headers; None for a column that is not there.

    days, moments: the headers under which a number is a day of the workbook's calendar, or a moment. Without
    the table there are none; a row that is blank under all of these headers is none.
    """
    found = contents.table(table)
    if found is None:
        return []
    there = positions(found[1].headers)
    places = [(there.get(header(name)), name) for name in headers]
    rows = []
    for row in found[1].rows:
        values = [None if place is None else row[place] for place, _ in places]
        kinds = [(name in days, name in moments) for _, name in places]
        rows.append(
            [
                _moment(value, contents) if is_moment else _value(value, is_day, contents)
                for value, (is_day, is_moment) in zip(values, kinds, strict=True)
            ]
        )
    return [row for row in rows if any(value not in (None, "") for value in row)]


def _value(value: Value, is_day: bool, contents: Contents) -> Value:
    if not is_day:
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    day = contents.day(value)
    is_number = isinstance(day, int | float) and not isinstance(day, bool)
    return serial_to_date(float(day)) if is_number and 0 <= float(day) <= _LAST else value  # type: ignore[arg-type]


def _moment(value: Value, contents: Contents) -> Value:
    """A moment to the second."""
    day = contents.day(value)
    if isinstance(day, bool) or not isinstance(day, int | float) or not 0 <= float(day) <= _LAST:
        return value
    start = dt.datetime.combine(serial_to_date(float(day)), dt.time())
    return start + dt.timedelta(seconds=round(float(day) % 1 * 86_400))
