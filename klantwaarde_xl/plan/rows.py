"""The rows that a table has against those that it gets: which goes on as which, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.plan.lost import shown
from klantwaarde_xl.plan.matching import day_columns, key_of, match_rows, same_places
from klantwaarde_xl.plan.plan import Contents, Table, TableWrite, Value, header, positions


def sources_of(write: TableWrite, table: Table, contents: Contents) -> list[int | None]:
    """For each new row the old row of the same key, the first to the first, the second to the second."""
    if not write.key:
        return same_places(len(write.rows), len(table.rows))
    if not any(holds(value) for row in table.rows for value in row):
        return [None] * len(
            write.rows
        )  # a table as it is made, which is not to be compared with a million rows
    columns = positions(write.columns)
    places = [columns[header(name)] for name in write.key]
    new = (key_of(row[place] for place in places) for row in write.rows)
    return match_rows(new, (key_of(values) for values in old_keys(write, table, contents)))


def old_keys(write: TableWrite, table: Table, contents: Contents) -> list[list[Value]]:
    """The key of every old row; a day number counts as our calendar does."""
    there, columns = positions(table.headers), positions(write.columns)
    new_places = [columns[header(name)] for name in write.key]
    days = day_columns(write.rows, new_places)
    places = [(there[header(name)], new in days) for name, new in zip(write.key, new_places, strict=True)]
    return [
        [contents.day(row[place]) if is_day else row[place] for place, is_day in places] for row in table.rows
    ]


def holds(value: Value) -> bool:
    """Whether a cell holds anything."""
    return value is not None and value != ""


def in_words_of(write: TableWrite, key: Sequence[Value]) -> str:
    """Who or what a row is about: its key, as people read it."""
    columns = positions(write.columns)
    days = day_columns(write.rows, [columns[header(name)] for name in write.key])
    parts = []
    for name, value in zip(write.key, key, strict=True):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if columns[header(name)] in days and is_number:
            value = serial_to_date(float(value))  # type: ignore[arg-type]
        if holds(value):
            parts.append(f"{name} {shown(value)}")
    return ", ".join(parts)
