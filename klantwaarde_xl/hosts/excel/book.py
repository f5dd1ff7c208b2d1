"""An open workbook through xlwings: where its named cells and tables are, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import xlwings as xw

from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.plan.plan import Contents, Table, Value

ExcelTable: TypeAlias = Any  # xlwings' Table

NAME_PREFIX = "kw_"
TABLE_PREFIX = "tbl"

# One cell of this very workbook. Asking a name for its range raises another error on every
# engine when it holds a constant or #REF!, so its text is looked at first.
_ONE_CELL = re.compile(r"=(?:'(?:[^'\[\]]|'')+'|[^'\[\]!#]+)!\$[A-Z]{1,3}\$\d+")


def is_desktop(book: xw.Book) -> bool:
    """Whether Excel itself is at the other end (COM, AppleScript), not a recording of actions."""
    return bool(book.app.engine.type == "desktop")


def named_cells(book: xw.Book) -> Iterator[tuple[str, xw.Range]]:
    """The program's defined names that point at one cell, with that cell."""
    for name in book.names:
        if name.name.casefold().startswith(NAME_PREFIX) and _ONE_CELL.fullmatch(name.refers_to or ""):
            yield name.name, name.refers_to_range


def tables(book: xw.Book) -> Iterator[tuple[str, ExcelTable]]:
    """The program's tables by name, of all sheets; one without a header row is nobody's table."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name.casefold().startswith(TABLE_PREFIX) and table.show_headers:
                yield table.name, table


def cells_of(area: xw.Range) -> list[list[Value]]:
    """The values of an area, row by row; dates as datetime, errors as `CellError`."""
    rows: list[list[Any]] = area.options(ndim=2, err_to_str=True).value
    return [[_value(cell) for cell in row] for row in rows]


def headers_of(table: ExcelTable) -> tuple[str, ...]:
    """The headers of a table."""
    return tuple(str(cell) for cell in table.header_row_range.options(ndim=2).value[0])


def rows_of(table: ExcelTable) -> list[list[Value]]:
    """The rows of a table; none when the only row is the blank one that a table cannot do without."""
    body = table.data_body_range
    rows = [] if body is None else cells_of(body)
    return [] if len(rows) == 1 and is_blank(rows[0]) else rows


def is_blank(row: Sequence[Value]) -> bool:
    """Whether a row has no value at all."""
    return all(cell is None for cell in row)


def read_contents(book: xw.Book) -> Contents:
    """Read all that a refresh may need from an open workbook."""
    return Contents(
        names={name: cells_of(cell)[0][0] for name, cell in named_cells(book)},
        tables={
            name: Table(headers_of(table), rows_of(table), table.header_row_range.row)
            for name, table in tables(book)
        },
    )


def _value(cell: Any) -> Value:
    if isinstance(cell, str):
        return BY_TEXT.get(cell, cell)
    if isinstance(cell, Decimal):  # a cell in a currency format, by COM
        return float(cell)
    value: Value = cell
    return value
