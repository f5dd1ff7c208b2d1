"""Which new row belongs to which old row: by the key and its occurrence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.workbook.plan import Value

_DAYS_1904 = 1462


def _text(value: Value, shift: int = 0) -> str:
    """Return a key as text: 1001, 1001.0 and '1001' are the same customer."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        value = date_to_serial(value) - shift
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.15g}"
    return str(value)


def old_key(values: Sequence[Value]) -> tuple[str, ...]:
    """Return the key of a row as it stands in the sheet."""
    return tuple(_text(value) for value in values)


def new_rows(
    old: Mapping[int, tuple[str, ...]],
    rows: Sequence[Sequence[Value]],
    indexes: Sequence[int],
    top: int,
    *,
    date1904: bool,
) -> dict[int, int]:
    """Return the new sheet row of every old sheet row whose key and occurrence still exist.

    Args:
        old: the key of every old row.
        rows: the new rows.
        indexes: where the key's parts stand in a new row.
        top: the sheet row of the first new row.
        date1904: whether day numbers in the sheet count from 1904.
    """
    shift = _DAYS_1904 if date1904 else 0
    seen: dict[tuple[str, ...], int] = {}
    places: dict[tuple[tuple[str, ...], int], int] = {}
    for number, row in enumerate(rows, top):
        key = tuple(_text(row[index], shift) for index in indexes)
        occurrence = seen[key] = seen.get(key, 0) + 1
        places[key, occurrence] = number
    seen.clear()
    found: dict[int, int] = {}
    for number in sorted(old):
        key = old[number]
        occurrence = seen[key] = seen.get(key, 0) + 1
        if (key, occurrence) in places:
            found[number] = places[key, occurrence]
    return found
