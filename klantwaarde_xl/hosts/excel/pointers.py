"""What in an open workbook points at one row of a table: formulas, links, names, by Excel's own objects."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import xlwings as xw

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.pointing import Pointer, Saying, formula_at, link_at, name_of, pointers_of

_FORMULAS = -4123  # xlCellTypeFormulas
_OF_CELLS = 0  # msoHyperlinkRange: a link of a cell, not of a shape


def pointers_in(book: xw.Book) -> list[Pointer]:
    """All references to one row of a table; as `pointing.pointers_of`. Only on Windows."""
    tables: dict[str, list[Area]] = {}
    for sheet in book.sheets:
        for table in sheet.tables:
            tables.setdefault(sheet.name.casefold(), []).append(area_of(table.range))
    return pointers_of(_sayings(book), tables)


def area_of(cells: xw.Range) -> Area:
    """Where cells are."""
    rows, columns = cells.shape
    return Area(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)


def _sayings(book: xw.Book) -> Iterator[Saying]:
    for sheet in book.sheets:
        for row, column, text in _formulas(sheet.used_range.api):
            yield formula_at(sheet.name, row, column, text)
        links = sheet.api.Hyperlinks
        for at in range(1, links.Count + 1):
            link = links(at)
            if link.Type == _OF_CELLS and link.SubAddress and not link.Address:
                yield link_at(sheet.name, int(link.Range.Row), int(link.Range.Column), link.SubAddress)
    for name in book.names:
        yield name_of(name.name.rpartition("!")[2], (name.refers_to or "").removeprefix("="))


def _formulas(used: Any) -> Iterator[tuple[int, int, str]]:
    """The cells of a sheet that have a formula, with its text; Excel raises when it finds none."""
    if used.HasFormula is False:
        return
    areas: Any = None
    with contextlib.suppress(Exception):  # another class on every system
        areas = used.SpecialCells(_FORMULAS).Areas
    for at in range(1, areas.Count + 1 if areas is not None else 0):
        area = areas(at)
        held = area.Formula
        for down, row in enumerate(held if isinstance(held, (list, tuple)) else [[held]]):
            for right, text in enumerate(row):
                yield int(area.Row) + down, int(area.Column) + right, str(text).removeprefix("=")
