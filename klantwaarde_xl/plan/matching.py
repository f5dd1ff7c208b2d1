"""Which new row of a table continues which old row: the same key, the same time it occurs.

One rule for every host: a closed file, an open Excel workbook, an open Calc document.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.plan.plan import Value

Key: TypeAlias = tuple[str, ...]

DAYS_1904 = 1462  # what the calendar from 1904 counts less


def key_of(values: Iterable[Value], *, shift: int = 0) -> Key:
    """Return the key of a row as text: 1001, 1001.0 and ' 1001' are the same customer.

    shift: days that the sheet's calendar lies behind ours.
    """
    return tuple(_text(value, shift) for value in values)


def _text(value: Value, shift: int) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        value = date_to_serial(value) - shift
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.15g}"
    return str(value).strip()


def match_rows(new: Iterable[Key], old: Iterable[Key]) -> list[int | None]:
    """For each new row the place of the old row that it continues; None for a row without one."""
    known: defaultdict[Key, deque[int]] = defaultdict(deque)
    for place, key in enumerate(old):
        known[key].append(place)
    return [known[key].popleft() if known.get(key) else None for key in new]


def same_places(new: int, old: int) -> list[int | None]:
    """The same for rows without a key: every row continues the one that stood in its place."""
    return [place if place < old else None for place in range(new)]


def new_rows(
    old: Mapping[int, Key],
    rows: Sequence[Sequence[Value]],
    indexes: Sequence[int],
    top: int,
    *,
    date1904: bool,
) -> dict[int, int]:
    """Return the new sheet row of every old sheet row that is continued.

    Args:
        old: the key of every old row, by sheet row.
        rows: the new rows.
        indexes: where the key's parts stand in a new row.
        top: the sheet row of the first new row.
        date1904: whether day numbers in the sheet count from 1904.
    """
    shift = DAYS_1904 if date1904 else 0
    numbers = sorted(old)
    keys = (key_of((row[index] for index in indexes), shift=shift) for row in rows)
    continued = match_rows(keys, (old[number] for number in numbers))
    return {numbers[place]: top + i for i, place in enumerate(continued) if place is not None}
