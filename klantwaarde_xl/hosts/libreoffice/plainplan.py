"""A resolved plan as the plain values that cross the pipe to LibreOffice's Python.

All that can be decided without the open document is decided here; what only the document knows
(room, protection) is left to the component.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.hosts.libreoffice.calc_formula import as_excel
from klantwaarde_xl.plan.lost import LOST_HEADERS, LOST_SHEET
from klantwaarde_xl.plan.plan import Contents, Note, Plan, Table, Value
from klantwaarde_xl.plan.report import in_words, report_of, warning
from klantwaarde_xl.plan.resolve import Resolved, TableChange, resolve
from klantwaarde_xl.plan.written import PREFIX
from klantwaarde_xl.xlsx.likeness import Seen, first_alike
from klantwaarde_xl.xlsx.pointing import covering, formula_at, name_of, pointed_at, pointers_of

NO_ROW = -1


def contents_of(message: dict[str, Any]) -> Contents:
    """Build `Contents` from what the component read: a NaN is the cell error it stands for."""
    tables = {name: _table(*read) for name, read in message["tables"].items()}
    return Contents(
        names={name: _from_cell(value) for name, value in message["names"].items()},
        tables=tables | _pointed(tables, message.get("pointing", {})),
        unfit=message.get("unfit", {}),
        days_behind=message.get("days_behind", 0),
        properties=message.get("properties", {}),
        charts=message.get("charts", ()),
    )


def _table(
    headers: Any,
    rows: Any,
    top: int,
    sheet: str = "",
    formulas: Any = None,
    notes: Any = (),
    bound: bool = False,
) -> Table:
    cells = [[_from_cell(value) for value in row] for row in rows]
    said = [Note(row, f"{headers[column]} (opmerking)", text) for row, column, text in notes]
    return Table(headers, cells, top, sheet, formulas or {}, said, bound)


def _pointed(tables: Mapping[str, Table], told: dict[str, Any]) -> dict[str, Table]:
    """The tables at rows of which something elsewhere points; told: what `seen.pointing` returns."""
    areas: dict[str, list[Area]] = {}
    for sheet, *corners in told.get("areas", ()):
        areas.setdefault(sheet.casefold(), []).append(Area(*corners))
    sayings = [
        formula_at(sheet, row, column, as_excel(text))
        for sheet, row, column, text in told.get("formulas", ())
    ]
    sayings += [name_of(name, as_excel(text)) for name, text in told.get("names", ())]
    pointers = pointers_of(sayings, areas)
    found = {}
    for name, (sheet, body, outer) in told.get("places", {}).items():
        if name in tables:
            rows = pointed_at(pointers, sheet, Area(*body), outer=outer)
            over = covering(sayings, sheet, Area(*body), outer=outer)
            found[name] = replace(tables[name], pointed=rows, covering=over)
    return found


def apart_in(message: dict[str, Any]) -> dict[str, int]:
    """The first row under each table that stands apart and looks like one of its rows."""
    found = {}
    for name, (top, rows) in message.get("under", {}).items():
        row = first_alike(_seen(top), ((number, _seen(cells)) for number, cells in rows))
        if row is not None:
            found[name] = row
    return found


def _seen(cells: Sequence[tuple[bool | None, str | None]]) -> list[Seen]:
    return [Seen(is_number, None if text is None else as_excel(text)) for is_number, text in cells]


def plain_plan(plan: Plan, contents: Contents) -> dict[str, Any]:
    """Return what a plan does to a workbook as primitives.

    tables: of each its name, positions (of the program's columns, from 0), rows (in the plan's
    column order), sources (for each new row the old row whose user cells it keeps, or -1), typed
    (positions of the user's columns), moves (whether anything follows its row). names: of cells, with
    their value. charts: names of charts, and whether they are to be seen. lost: None, or the sheet, headers
    and rows of the user's values that go. properties: with what their names begin, and those that the
    document gets in place of these. question: what to ask before they do. words: the
    report. Raises WorkbookChanged when the workbook lacks a part; all that is missing is in one message.
    """
    resolved = resolve(plan, contents)
    behind = contents.days_behind
    return {
        "tables": [_plain_table(change, behind) for change in resolved.tables],
        "names": [(name, to_cell(value, behind)) for name, value in resolved.names],
        "charts": resolved.charts,
        "properties": (PREFIX, dict(resolved.properties)),
        "lost": _plain_lost(resolved, behind),
        "question": "\n".join(warning(resolved)),
        "words": "\n".join(in_words(report_of(resolved))),
    }


def to_cell(value: Value, days_behind: int = 0) -> float | str | None:
    """Return a value as Calc stores it: numbers, dates and booleans are floats, an error its NaN.

    days_behind: how many days less than ours the document counts.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, CellError):
        return value.nan
    if isinstance(value, dt.date):
        return date_to_serial(value) - days_behind
    return float(value)


def _from_cell(value: Any) -> Value:
    if isinstance(value, float):
        return error_of(value) or value
    cell: Value = value
    return cell


def _plain_table(change: TableChange, behind: int) -> dict[str, Any]:
    return {
        "name": change.name,
        "positions": change.positions,
        "rows": tuple(tuple(to_cell(value, behind) for value in row) for row in change.write.rows),
        "sources": tuple(NO_ROW if source is None else source for source in change.sources),
        "typed": change.typed,
        "moves": change.moves,
    }


def _plain_lost(resolved: Resolved, behind: int) -> dict[str, Any] | None:
    rows = tuple(tuple(to_cell(value, behind) for value in row) for row in resolved.lost_rows())
    if not rows:
        return None
    return {"sheet": LOST_SHEET, "headers": LOST_HEADERS, "rows": rows}
