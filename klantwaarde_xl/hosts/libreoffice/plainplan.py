"""A refresh plan as the plain values that cross the pipe to LibreOffice's Python.

Headers are matched and old rows are followed here, where the plan is understood; what only the open
document knows (room, protection) is left to the component.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError, WorkbookChanged, error_of
from klantwaarde_xl.plan.matching import key_of, match_rows
from klantwaarde_xl.plan.plan import Contents, Plan, Table, TableWrite, Value

NO_ROW = -1


def contents_of(message: dict[str, Any]) -> Contents:
    """Build `Contents` from what the component read: a NaN is the cell error it stands for."""
    return Contents(
        names={name: _from_cell(value) for name, value in message["names"].items()},
        tables={
            name: Table(headers, [[_from_cell(value) for value in row] for row in rows], top)
            for name, (headers, rows, top) in message["tables"].items()
        },
    )


def plain_plan(plan: Plan, contents: Contents) -> dict[str, Any]:
    """Return the plan's tables and names as primitives.

    A table: name, positions (of the program's columns, from 0), rows (in the plan's column order),
    sources (for each new row the old row whose user cells it keeps, or -1). Raises WorkbookChanged
    when the workbook lacks a table, column or name; all that is missing is in one message.
    """
    names = {name.casefold(): name for name in contents.names}
    tables = {name.casefold(): name for name in contents.tables}
    missing = [part for write in plan.tables for part in _missing(write, tables, contents)]
    missing += [f"naam {write.name}" for write in plan.names if write.name.casefold() not in names]
    if missing:
        raise WorkbookChanged(
            "Het werkboek mist onderdelen die Klantwaarde XL vult.",
            where=", ".join(missing),
            remedy="Geef ze hun oude naam terug, of maak een nieuw werkboek en neem uw gegevens over.",
        )
    return {
        "tables": [_plain_table(write, tables, contents) for write in plan.tables],
        "names": [(names[write.name.casefold()], to_cell(write.value)) for write in plan.names],
    }


def to_cell(value: Value) -> float | str | None:
    """Return a value as Calc stores it: numbers, dates and booleans are floats, an error its NaN."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, CellError):
        return value.nan
    if isinstance(value, dt.date):
        return date_to_serial(value)
    return float(value)


def _from_cell(value: Any) -> Value:
    if isinstance(value, float):
        return error_of(value) or value
    cell: Value = value
    return cell


def _missing(write: TableWrite, tables: dict[str, str], contents: Contents) -> list[str]:
    name = tables.get(write.table.casefold())
    if name is None:
        return [f"tabel {write.table}"]
    present = _positions(contents.tables[name])
    wanted = dict.fromkeys((*write.columns, *write.key))
    return [f"kolom {column} in {name}" for column in wanted if _header(column) not in present]


def _plain_table(write: TableWrite, tables: dict[str, str], contents: Contents) -> dict[str, Any]:
    name = tables[write.table.casefold()]
    table = contents.tables[name]
    present = _positions(table)
    positions = [present[_header(column)] for column in write.columns]
    rows = [tuple(to_cell(value) for value in row) for row in write.rows]
    return {
        "name": name,
        "positions": tuple(positions),
        "rows": tuple(rows),
        "sources": tuple(_sources(write, rows, table)),
    }


def _sources(write: TableWrite, rows: Sequence[Sequence[Any]], table: Table) -> list[int]:
    """For each new row the old row of the same key, the first to the first, the second to the second."""
    present = _positions(table)
    old_places = [present[_header(column)] for column in write.key]
    new_places = [write.columns.index(column) for column in write.key]
    continued = match_rows(
        (key_of(row[i] for i in new_places) for row in rows),
        (key_of(row[i] for i in old_places) for row in table.rows),
    )
    return [NO_ROW if place is None else place for place in continued]


def _positions(table: Table) -> dict[str, int]:
    return {_header(header): i for i, header in enumerate(table.headers)}


def _header(text: str) -> str:
    return text.strip().casefold()
