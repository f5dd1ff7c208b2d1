"""The cells of a table in a worksheet as values: all of them, or some columns with their formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.values import Table, Value


def headers_of(table: TableInfo) -> tuple[str, ...]:
    """The headers of a table, from left to right."""
    return tuple(column.name for column in table.columns)


def whole_table(sheet: SheetXml, table: TableInfo, strings: Sequence[str]) -> Table:
    """A table with its body; formulas give the value they last showed."""
    return Table(headers_of(table), list(_body(sheet, table, strings)), table.top - 1, table.sheet.name)


def _body(sheet: SheetXml, table: TableInfo, strings: Sequence[str]) -> Iterator[list[Value]]:
    left, width = table.area.left, table.area.right - table.area.left + 1
    expected = table.top
    for row in sheet.rows():
        if row.number < table.top:
            continue
        if row.number > table.bottom:
            break
        while expected < row.number:
            yield [None] * width
            expected += 1
        yield sheet.row_values(row, left, width, strings)
        expected += 1
    while expected <= table.bottom:
        yield [None] * width
        expected += 1


def own_columns(sheet: SheetXml, table: TableInfo, columns: Collection[int], strings: Sequence[str]) -> Table:
    """Some columns of a table (from 0) with the formulas in them; the others are empty.

    The formulas that a calculated column gives to every row are left out: they are nobody's to
    lose. A cell that follows a shared formula has the empty string for a formula.
    """
    height, width = table.bottom - table.top + 1, len(table.columns)
    rows: list[list[Value]] = [[None] * width for _ in range(height)]
    formulas: dict[int, list[str | None]] = {}
    for row in sheet.rows():
        if not table.top <= row.number <= table.bottom:
            continue
        for cell in sheet.cells(row):
            at = cell.column - table.area.left
            if at not in columns:
                continue
            formula = sheet.formula(cell)
            if formula is not None and table.columns[at].formula is not None:
                continue
            place = row.number - table.top
            rows[place][at] = sheet.value(cell, strings)
            if formula is not None:
                found = formulas.setdefault(at, [None] * height)
                found[place] = f"={formula.text}" if formula.text else ""
    return Table(headers_of(table), rows, table.top - 1, table.sheet.name, formulas)
