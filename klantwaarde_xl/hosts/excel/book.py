"""An open workbook through xlwings: where its named cells and tables are, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

import xlwings as xw

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.hosts.excel import attached
from klantwaarde_xl.hosts.excel.below import Below, row_apart, rows_below
from klantwaarde_xl.hosts.excel.pointers import pointers_in
from klantwaarde_xl.hosts.excel.properties import properties_of
from klantwaarde_xl.plan.plan import NAME_PREFIX, Contents, Plan, Table, Value
from klantwaarde_xl.xlsx.pointing import Pointers, pointed_at
from klantwaarde_xl.xlsx.values import DAYS_1904

ExcelTable: TypeAlias = Any  # xlwings' Table

TABLE_PREFIX = "tbl"
_OURS = "klantwaarde_"  # properties of the document

# One cell of this very workbook. Asking a name for its range raises another error on every
# engine when it holds a constant or #REF!, so its text is looked at first.
_ONE_CELL = re.compile(r"=(?:'(?:[^'\[\]]|'')+'|[^'\[\]!#]+)!\$[A-Z]{1,3}\$\d+")


def is_desktop(book: xw.Book) -> bool:
    """Whether Excel itself is at the other end (COM, AppleScript), not a recording of actions."""
    return bool(book.app.engine.type == "desktop")


def is_on_windows(book: xw.Book) -> bool:
    """Whether the objects of Excel for Windows are at hand, which know what xlwings has no words for."""
    return type(book.impl).__module__ == "xlwings._xlwindows"


class OpenBook:
    """An open workbook, read once: its named cells and tables, by name, and what they hold."""

    def __init__(self, book: xw.Book, growing: Collection[str] = ()) -> None:
        """Read it; growing: the tables that take in what stands right under them, whatever their capitals."""
        self.book = book
        self.is_desktop = is_desktop(book)
        self.is_on_windows = is_on_windows(book)
        self.tables: dict[str, ExcelTable] = {}
        unfit: dict[str, str] = {}
        read: dict[str, Table] = {}
        self.below: dict[str, Below] = {}
        self.beyond: dict[str, int] = {}
        grow = {name.casefold() for name in growing}
        for sheet, table in _tables(book):
            if table.show_headers:
                self.tables[table.name] = table
                top = table.header_row_range.row
                rows = rows_of(table)
                if table.name.casefold() in grow:
                    rows = [*rows, *self._under(table, rows)]
                read[table.name] = Table(headers_of(table), rows, top, sheet.name)
            else:
                unfit[table.name] = "zonder kopregel"
        self.cells: dict[str, xw.Range] = {}
        for name in book.names:
            if not name.name.casefold().startswith(NAME_PREFIX):
                continue
            if _ONE_CELL.fullmatch(name.refers_to or ""):
                self.cells[name.name] = name.refers_to_range
            else:
                unfit[name.name] = "wijst niet naar één cel"
        # Only Excel itself hides a chart; elsewhere there are no charts to speak of
        sheets = book.sheets if self.is_desktop else ()
        self.charts = {chart.name: chart for sheet in sheets for chart in sheet.charts}
        self.contents = Contents(
            names={name: cells_of(cell)[0][0] for name, cell in self.cells.items()},
            tables=read,
            unfit=unfit,
            days_behind=self._days_behind(),
            charts=tuple(self.charts),
            properties=properties_of(book, _OURS) if self.is_on_windows else {},
        )

    def _under(self, table: ExcelTable, rows: list[list[Value]]) -> list[list[Value]]:
        """The rows under a table that belong to it; a table with a totals row ends there.

        Remembers them, and the first one that stands apart and looks like one of its rows.
        """
        head = table.header_row_range
        first, last = head.row + 1 + max(len(rows), 1), head.sheet.used_range.last_cell.row
        if table.show_totals or first > last:
            return []
        cells = cells_of(head.sheet.range((first, head.column), (last, head.column + head.shape[1] - 1)))
        below = rows_below(table, rows, cells, is_desktop=self.is_desktop)
        taken = below.rows if below else []
        if below:
            self.below[table.name] = below
        rest = cells[len(taken) :]
        apart = row_apart(table, rows, rest, first + len(taken), is_desktop=self.is_desktop)
        if apart is not None:
            self.beyond[table.name] = apart
        return taken

    def _days_behind(self) -> int:
        """Excel gives dates as dates in any calendar; this is for day numbers without a format."""
        counts_from_1904 = self.is_desktop and getattr(self.book.api, "Date1904", False)
        return DAYS_1904 if counts_from_1904 else 0

    def contents_for(self, plan: Plan) -> Contents:
        """The contents, with what the user has in and on the tables that a plan writes.

        Only Excel itself can show formulas, elsewhere a formula counts by the value it shows; and only on
        Windows what is attached to cells, how they look and what stands outside the table.
        """
        if not self.is_desktop:
            return self.contents
        tables = dict(self.contents.tables)
        found = pointers_in(self.book) if self.is_on_windows else []
        for write in plan.tables:
            there = self.contents.table(write.table)
            if there is None:
                continue
            name, table = there
            tables[name] = replace(table, formulas=self._formulas(name, table))
            if self.is_on_windows and table.rows:
                tables[name] = self._with_attached(name, tables[name], found)
        return replace(self.contents, tables=tables)

    def _with_attached(self, name: str, read: Table, found: Pointers) -> Table:
        table = self.tables[name]
        left, right = table.header_row_range.column, table.header_row_range.column + len(read.headers) - 1
        body = Area(read.top + 1, left, read.top + len(read.rows), right)
        notes = attached.notes_in(table, read)
        others = [one for one in table.header_row_range.sheet.tables if one.name != table.name]
        return replace(
            read,
            notes=notes,
            bound=bool(notes) or attached.looks_differ(table, read),
            apart=attached.columns_outside(table, read, others),
            pointed=pointed_at(found, read.sheet, body, outer=(left, right)),
        )

    def _formulas(self, name: str, table: Table) -> dict[int, list[str | None]]:
        """The formulas of a table, by the place of their column; of columns that have any."""
        filled = [at for at in range(len(table.headers)) if any(row[at] is not None for row in table.rows)]
        found = {place: self._formulas_in(name, place, len(table.rows)) for place in filled}
        return {place: texts for place, texts in found.items() if any(texts)}

    def _formulas_in(self, name: str, place: int, count: int) -> list[str | None]:
        head = self.tables[name].header_row_range
        column = head.column + place
        cells = head.sheet.range((head.row + 1, column), (head.row + count, column))
        if self.is_on_windows and cells.api.HasFormula is False:  # one question in place of all their texts
            return []
        held: Any = cells.formula
        texts = [row[0] for row in held] if isinstance(held, (list, tuple)) else [held]
        return [text if isinstance(text, str) and text.startswith("=") else None for text in texts]


def _tables(book: xw.Book) -> Iterator[tuple[xw.Sheet, ExcelTable]]:
    """The program's tables of all sheets, with their sheet."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name.casefold().startswith(TABLE_PREFIX):
                yield sheet, table


def has_filter(table: ExcelTable) -> bool:
    """Whether a table hides rows by a filter; where only Windows can tell, False elsewhere."""
    return bool(getattr(getattr(table.api, "AutoFilter", None), "FilterMode", False))


def cells_of(area: xw.Range) -> list[list[Value]]:
    """The values of an area, row by row; dates as datetime, errors as `CellError`."""
    rows: list[list[Any]] = area.options(ndim=2, err_to_str=True).value
    if any(isinstance(cell, Decimal) for row in rows for cell in row):
        rows = _in_full(rows, area.api.Value2)
    return [[_value(cell) for cell in row] for row in rows]


def _in_full(rows: list[list[Any]], raw: Any) -> list[list[Any]]:
    """Numbers in a currency format with all their digits: by COM their values have four decimals."""
    exact = raw if isinstance(raw, (list, tuple)) else [[raw]]
    return [
        [other if isinstance(cell, Decimal) else cell for cell, other in zip(*both, strict=True)]
        for both in zip(rows, exact, strict=True)
    ]


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


def _value(cell: Any) -> Value:
    if isinstance(cell, str):
        return BY_TEXT.get(cell, cell)
    value: Value = cell
    return value
