"""Which new row of a table continues which old row: the same key, the same time it occurs.

One rule for every host: a closed file, an open Excel workbook, an open Calc document.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.xlsx.values import Value

Key: TypeAlias = tuple[str, ...]


def key_of(values: Iterable[Value]) -> Key:
    """Return the key of a row as text: 1001, 1001.0 and ' 1001' are the same customer.

    A date and its day number (of our calendar) are the same day.
    """
    return tuple(_text(value) for value in values)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        value = date_to_serial(value)
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


def day_columns(rows: Sequence[Sequence[Value]], places: Sequence[int]) -> set[int]:
    """Those of the places in a row where some row has a date."""
    return {place for place in places if any(isinstance(row[place], dt.date) for row in rows)}
