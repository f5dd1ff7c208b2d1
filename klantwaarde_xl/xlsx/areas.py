"""Which cells a reference, a table's column or a name in a formula stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_COLUMNS, MOST_ROWS, Area, column_letter, column_number
from klantwaarde_xl.formula import (
    FormulaError,
    Name,
    Node,
    Reference,
    Structured,
    parse,
    parts_of,
    quoted_sheet,
    sheet_of,
)
from klantwaarde_xl.xlsx.parts import Structure, TableInfo

_CORNER = re.compile(r"\$?([A-Z]{1,3})?\$?(\d+)?")
_KEYWORDS = ("#all", "#data", "#headers", "#totals", "#this row")


class Cells(NamedTuple):
    """A rectangle of cells on a sheet."""

    sheet: str
    area: Area

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        area = self.area
        return area.bottom - area.top + 1, area.right - area.left + 1

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        area = self.area
        return area.top == area.bottom and area.left == area.right

    @property
    def is_whole(self) -> bool:
        """Whether it runs over all rows or all columns of the sheet."""
        return self.shape[0] == MOST_ROWS or self.shape[1] == MOST_COLUMNS

    @property
    def text(self) -> str:
        """As a formula writes it, with the sheet, absolute; one cell of a range stays a range."""
        return quoted_sheet(self.sheet) + _place(self.area)

    def overlaps(self, other: Cells) -> bool:
        """Whether two rectangles share a cell."""
        return self.sheet == other.sheet and self.area.overlaps(other.area)

    def contains(self, other: Cells) -> bool:
        """Whether all cells of another rectangle are in this one."""
        return self.sheet == other.sheet and self.area.contains(other.area)


@lru_cache(maxsize=4096)
def _place(area: Area) -> str:
    if area.bottom - area.top + 1 == MOST_ROWS:
        return f"${column_letter(area.left)}:${column_letter(area.right)}"
    if area.right - area.left + 1 == MOST_COLUMNS:
        return f"${area.top}:${area.bottom}"
    return f"${column_letter(area.left)}${area.top}:${column_letter(area.right)}${area.bottom}"


class Areas:
    """The sheets, tables and names of one workbook, to look references up in."""

    def __init__(self, structure: Structure) -> None:
        self._sheets = {sheet.name.casefold(): sheet.name for sheet in structure.worksheets}
        self._tables = {table.name.casefold(): table for table in structure.tables}
        self._headers = {
            name: [column.name.casefold() for column in table.columns] for name, table in self._tables.items()
        }
        self._names = {name.name.casefold(): name.formula for name in structure.names if not name.local}
        self._local = {name.name.casefold() for name in structure.names if name.local}
        self.sheets: Sequence[str] = list(self._sheets.values())

    def reference(self, node: Reference, home: str) -> Cells:
        """Return the cells of an address; raises `FormulaError` for other workbooks and several sheets."""
        return Cells(self._sheet(node.sheet, home), _area(node.first, node.last))

    def _sheet(self, prefix: str, home: str) -> str:
        found = self._sheets.get(sheet_of(prefix, home).casefold())
        if found is None:
            raise FormulaError(prefix)
        return found

    def name(self, node: Name) -> Node:
        """Return what a name stands for; raises `FormulaError` for one that belongs to a sheet."""
        wanted = node.name.casefold()
        if node.scope or wanted in self._local or wanted not in self._names:
            raise FormulaError(node.name)
        return parse(self._names[wanted].strip())

    def structured(self, node: Structured, home: str, row: int, column: int) -> Cells:
        """Return the cells of `Tabel[…]` in a formula on that row and column of sheet home."""
        table = self._tables.get(node.table.casefold()) if node.table else self._around(home, row, column)
        if table is None:
            raise FormulaError(node.table)
        parts = parts_of(node.inside)
        keywords = [part.casefold() for part in parts if part.casefold() in _KEYWORDS]
        columns = [part for part in parts if part.casefold() not in _KEYWORDS]
        top, bottom = _rows(table, keywords, home, row)
        left, right = _columns(table, self._headers[table.name.casefold()], columns)
        return Cells(table.sheet.name, Area(top, left, bottom, right))

    def _around(self, home: str, row: int, column: int) -> TableInfo | None:
        """The table that a cell lies in, for references that leave its name out."""
        for table in self._tables.values():
            area = table.area
            if (
                table.sheet.name == home
                and area.top <= row <= area.bottom
                and area.left <= column <= area.right
            ):
                return table
        return None


@lru_cache(maxsize=4096)
def _area(first: str, last: str) -> Area:
    top, left = _corner(first)
    bottom, right = _corner(last) if last else (top, left)
    top, bottom = sorted((top or 1, bottom or MOST_ROWS))
    left, right = sorted((left or 1, right or MOST_COLUMNS))
    if bottom > MOST_ROWS or right > MOST_COLUMNS:
        raise FormulaError(first)
    return Area(top, left, bottom, right)


def _corner(text: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(text)
    if match is None:
        raise FormulaError(text)
    return int(match[2] or 0), column_number(match[1] or "")


def _rows(table: TableInfo, keywords: Sequence[str], home: str, row: int) -> tuple[int, int]:
    """The first and last row that the keywords of a structured reference name."""
    wanted = set(keywords) or {"#data"}
    if "#this row" in wanted:
        if wanted != {"#this row"} or home != table.sheet.name or not table.top <= row <= table.bottom:
            raise FormulaError("#This Row")
        return row, row
    if "#all" in wanted:
        return table.area.top, table.area.bottom
    if ("#headers" in wanted and not table.header_rows) or ("#totals" in wanted and not table.totals_rows):
        raise FormulaError(table.name)
    if {"#headers", "#totals"} <= wanted and "#data" not in wanted:
        raise FormulaError(table.name)
    top = table.area.top if "#headers" in wanted else table.top
    bottom = table.area.bottom if "#totals" in wanted else table.bottom
    if wanted == {"#headers"}:
        bottom = table.area.top
    elif wanted == {"#totals"}:
        top = table.area.bottom
    return top, bottom


def _columns(table: TableInfo, headers: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    """The first and last column that a structured reference names; all without any.

    headers: those of the table, in small letters.
    """
    if not columns:
        return table.area.left, table.area.right
    ends = [name.casefold() for name in columns if name != ":"]
    is_span = len(columns) == 3 and columns[1] == ":"
    if not (is_span or len(columns) == 1) or any(headers.count(end) != 1 for end in ends):
        raise FormulaError(table.name)
    places = sorted(table.area.left + headers.index(end) for end in ends)
    return places[0], places[-1]
