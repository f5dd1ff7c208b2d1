"""A resolved plan as the plain values that cross the pipe to LibreOffice's Python.

All that can be decided without the open document is decided here; what only the document knows
(room, protection) is left to the component.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.plan.lost import LOST_HEADERS, LOST_SHEET
from klantwaarde_xl.plan.plan import Contents, Note, Plan, Table, Value
from klantwaarde_xl.plan.report import in_words, report_of, warning
from klantwaarde_xl.plan.resolve import Resolved, TableChange, resolve
from klantwaarde_xl.plan.written import PREFIX

NO_ROW = -1


def contents_of(message: dict[str, Any]) -> Contents:
    """Build `Contents` from what the component read: a NaN is the cell error it stands for."""
    return Contents(
        names={name: _from_cell(value) for name, value in message["names"].items()},
        tables={name: _table(*read) for name, read in message["tables"].items()},
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
