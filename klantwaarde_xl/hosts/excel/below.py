"""Rows right under a table of an open workbook: Excel takes them in when typed, but not in every way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeGuard

import xlwings as xw

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.hosts.excel.pointers import area_of
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.xlsx.likeness import MOST_LOOKED_AT, NOTHING, Seen, first_alike, is_in_way
from klantwaarde_xl.xlsx.references import covers_rows
from klantwaarde_xl.xlsx.unfit import unfit

_ExcelTable: TypeAlias = Any
_Rows: TypeAlias = list[list[Value]]


@dataclass(frozen=True)
class Below:
    """The rows under a table that belong to it: the table, the first of them, and what they hold."""

    table: _ExcelTable
    first: int
    rows: _Rows

    @property
    def last(self) -> int:
        """The last of them."""
        return self.first + len(self.rows) - 1

    def take_in(self) -> None:
        """Let the table have them."""
        head = self.table.header_row_range
        right = head.column + head.shape[1] - 1
        self.table.resize(head.sheet.range((head.row, head.column), (self.last, right)))


def rows_below(table: _ExcelTable, body: _Rows, cells: _Rows, *, is_desktop: bool) -> Below | None:
    """The rows right under a table, without an empty one between, that have something in its columns.

    body: what the table holds; cells: what stands under it on its sheet, in its columns. Raises
    `WorkbookChanged` for a row that cannot be one of its rows: with a formula over its rows, where formulas
    can be seen, or without what all of its rows have.
    """
    head = table.header_row_range
    first, width = head.row + 1 + max(len(body), 1), head.shape[1]
    end = next((at for at, row in enumerate(cells) if all(cell is None for cell in row)), len(cells))
    others = [one.range for one in head.sheet.tables if one.name != table.name]
    starts = [one.row - first for one in others if _share(one, head)]
    found = cells[: min([end, *(at for at in starts if at >= 0)])]
    if not found:
        return None
    below = Below(table, first, found)
    formulas = _formulas(below, head.row + 1) if is_desktop else {}
    computed = {at for at, text in enumerate(formulas.get(head.row + 1, ())) if _is_formula(text)}
    needed = {at for at in range(width) if body and all(row[at] is not None for row in body)} - computed
    headers = head.options(ndim=2).value[0]
    for number, row in enumerate(found, first):
        if any(_is_formula(text) and covers_rows(text, number) for text in formulas.get(number, ())):
            raise _unfit(below, number, "heeft een formule over andere rijen")
        missing = [str(headers[at]) for at in sorted(needed) if row[at] is None]
        if missing:
            raise _unfit(below, number, f"heeft niets bij {' en '.join(missing)}")
    return below


def row_apart(table: _ExcelTable, body: _Rows, cells: _Rows, top: int, *, is_desktop: bool) -> int | None:
    """The first row that stands apart under a table and looks like one of its rows; None without one.

    body: the rows of the table; cells: what stands under these and those that it takes in; top: their row.
    """
    if not body:
        return None
    head = table.header_row_range
    first, right = head.row + 1, head.column + head.shape[1] - 1
    near = cells[:MOST_LOOKED_AT]
    others = [area_of(other.range) for other in head.sheet.tables if other.name != table.name]
    own = Area(head.row, head.column, top - 1, right)

    def seen(number: int, row: Sequence[Value]) -> list[Seen]:
        texts: Sequence[Any] = [None] * len(row)
        if is_desktop and any(value is not None for value in row):
            held: Any = head.sheet.range((number, head.column), (number, right)).formula
            texts = held[0] if isinstance(held, (list, tuple)) else [held]
        return [_seen(value, text) for value, text in zip(row, texts, strict=True)]

    rows = (
        (number, seen(number, row))
        for number, row in enumerate(near, top)
        if any(value is not None for value in row) and not any(is_in_way(one, number, own) for one in others)
    )
    return first_alike(seen(first, body[0]), rows)


def _seen(value: Value, text: object) -> Seen:
    if value is None:
        return NOTHING
    is_number = isinstance(value, int | float | dt.date) and not isinstance(value, bool)
    return Seen(is_number, text.removeprefix("=") if _is_formula(text) else None)


def _formulas(below: Below, top: int) -> dict[int, Sequence[Any]]:
    """What the cells of a table's first row and of those under it hold, as formulas, by row."""
    head = below.table.header_row_range
    right = head.column + head.shape[1] - 1
    found: dict[int, Sequence[Any]] = {}
    for first, last in ((top, top), (below.first, below.last)):
        held: Any = head.sheet.range((first, head.column), (last, right)).formula
        rows = held if isinstance(held, (list, tuple)) else [[held]]
        found |= dict(enumerate(rows, first))
    return found


def _is_formula(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and text.startswith("=")


def _share(one: xw.Range, other: xw.Range) -> bool:
    """Whether two areas share a column."""
    return bool(one.column < other.column + other.shape[1] and other.column < one.column + one.shape[1])


def _unfit(below: Below, row: int, why: str) -> WorkbookChanged:
    return unfit(below.table.name, below.table.header_row_range.sheet.name, row, why)
