"""What a person typed where the program writes: in figures, in results, and as rows of input from a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.plan.lost import Lost, shown
from klantwaarde_xl.plan.matching import day_columns, key_of
from klantwaarde_xl.plan.plan import Contents, Plan, Table, TableWrite, Value, header, positions
from klantwaarde_xl.plan.rows import holds, in_words_of, old_keys, sources_of
from klantwaarde_xl.plan.typed_over import by_hand, typed_over
from klantwaarde_xl.plan.written import Written, digest, is_written, rows_by_hand

_DAYS = 2_958_466  # the first day number that is none


def retyped_names(plan: Plan, contents: Contents, written: Written | None) -> Iterator[Lost]:
    """The values that a person typed in named cells that the program writes, and that go."""
    held = {name.casefold(): (name, value) for name, value in contents.names.items()}
    behind = contents.days_behind
    for write in plan.names if written else ():
        said = written.names.get(write.name.casefold()) if written else None
        name, value = held[write.name.casefold()]
        goes = said is not None and not write.is_given and _goes(value, said, write.value, behind)
        if goes:
            yield Lost("", write.title or name, 0, "", name, value)


def _goes(value: Value, said: str, new: Value, behind: int) -> bool:
    """Whether a cell holds what a person typed over what was written, and gets something else."""
    is_typed = holds(value) and not is_written(value, said, behind)
    return is_typed and not is_written(value, digest(new, behind), behind)


def _whole(table: Table) -> Table:
    """A table with all that stands in its rows."""
    return table if table.whole is None else replace(table, rows=table.whole)


def retyped(
    write: TableWrite, name: str, table: Table, contents: Contents, written: Written
) -> Iterator[Lost]:
    """The values that a person typed in the program's columns of a result, and that go."""
    known = written.tables.get(name.casefold())
    if known is None or write.is_input:
        return
    table, behind = _whole(table), contents.days_behind
    places = [positions(table.headers)[header(column)] for column in write.columns]
    rows = [[row[place] for place in places] for row in table.rows]
    cells = [
        (at, place)
        for at, place in typed_over(write, rows, known, behind)
        if holds(rows[at][place]) and not _formula(table, at, places[place])
    ]
    if not cells:
        return
    new = _continuing(write, table, contents)
    keys = old_keys(write, table, contents) if write.key else []
    days = day_columns(write.rows, range(len(write.columns)))
    for at, place in cells:
        value = rows[at][place]
        if at in new and is_written(value, digest(write.rows[new[at]][place], behind), behind):
            continue
        whose = in_words_of(write, keys[at]) if keys else ""
        told = _as_day(contents.day(value)) if place in days else value
        yield Lost(name, write.called, table.top + 1 + at, whose, write.columns[place], told)


def _continuing(write: TableWrite, table: Table, contents: Contents) -> dict[int, int]:
    """The new row of every old one that goes on."""
    return {old: at for at, old in enumerate(sources_of(write, table, contents)) if old is not None}


def _formula(table: Table, row: int, place: int) -> str | None:
    """The formula in a cell of a table."""
    formulas = table.formulas.get(place, ())
    return formulas[row] if row < len(formulas) else None


def rows_typed(
    write: TableWrite, name: str, table: Table, contents: Contents, written: Written
) -> Iterator[Lost]:
    """The rows of an input table that no file gave and that the file of now lacks, a line for each."""
    known = written.inputs.get(name.casefold())
    if known is None:
        return
    table = _whole(table)
    there = positions(table.headers)
    places = [there[header(column)] for column in write.columns]
    rows = [[row[place] for place in places] for row in table.rows]
    suspect = rows_by_hand(rows, known, contents.days_behind)
    if not suspect:
        return
    keys = old_keys(write, table, contents)
    columns = [write.columns.index(column) for column in write.key]
    new = (key_of(row[place] for place in columns) for row in write.rows)
    days = day_columns(write.rows, range(len(write.columns)))
    for at in by_hand(suspect, [key_of(key) for key in keys], new):
        values = {
            column: _as_day(contents.day(value)) if place in days else value
            for place, (column, value) in enumerate(zip(write.columns, rows[at], strict=True))
            if holds(value)
        }
        said = " | ".join(map(shown, values.values()))
        whose = f"klant {shown(values['klant'])}" if "klant" in values else ""
        yield Lost(name, write.called, table.top + 1 + at, whose, " | ".join(values), said)


def _as_day(value: Value) -> Value:
    """A day for a number, in a column of days."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < _DAYS:
        return serial_to_date(float(value))
    return value
