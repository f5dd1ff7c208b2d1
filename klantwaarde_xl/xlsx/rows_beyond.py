"""Rows under a table that look like its rows and are none of them: nothing counts them, so they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.xlsx.formula_cells import last_row
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.references import covers_rows
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml

_LOOKED_AT = 1000  # rows: who leaves more under a table has another table there
_FEWEST = 2  # columns: one value looks like anything


def beyond(structure: Structure, names: Collection[str]) -> dict[str, int]:
    """The first row under each of these tables that looks like a row of it; names: whatever their capitals.

    Such a row has a number where the first row of the table has one, a text where that has a text, and no
    formula over other rows. A table with a totals row ends there, and nothing is looked for under it.
    """
    wanted = {name.casefold() for name in names}
    found = {}
    for table in structure.tables:
        if table.name.casefold() not in wanted or table.totals_rows:
            continue
        sheet = structure.archive.once(table.sheet.part, SheetXml)
        if last_row(sheet) <= table.bottom:
            continue
        taken = [one.area for one in structure.tables if one.sheet == table.sheet and one.part != table.part]
        if row := _first_alike(sheet, table, [*taken, *map(area, sheet.merged())]):
            found[table.name] = row
    return found


def _first_alike(sheet: SheetXml, table: TableInfo, others: Collection[Area]) -> int | None:
    kinds = _kinds(sheet, table)
    if len(kinds) < _FEWEST:
        return None
    for row in islice(_rows_under(sheet, table), _LOOKED_AT):
        cells = {cell.column: cell for cell in sheet.cells(row) if cell.has_content}
        is_others = any(
            one.top <= row.number <= one.bottom
            and one.left <= table.area.right
            and one.right >= table.area.left
            for one in others
        )
        if not is_others and _is_alike(sheet, row, cells, kinds):
            return row.number
    return None


def _kinds(sheet: SheetXml, table: TableInfo) -> dict[int, bool]:
    """By column of the sheet whether the table's first row has a number there; only what was typed."""
    for row in sheet.rows():
        if row.number == table.top:
            return {
                cell.column: cell.type == b"n"
                for cell in sheet.cells(row)
                if table.area.left <= cell.column <= table.area.right
                and cell.has_content
                and sheet.formula(cell) is None
            }
        if row.number > table.top:
            break
    return {}


def _rows_under(sheet: SheetXml, table: TableInfo) -> Iterator[Row]:
    start = looks_of(sheet, table.area, table.top, table.bottom)
    for row in sheet.rows(start.end, start.last) if start.start < start.end else sheet.rows():
        if row.number > table.bottom:
            yield row


def _is_alike(sheet: SheetXml, row: Row, cells: Mapping[int, Cell], kinds: Mapping[int, bool]) -> bool:
    for column, is_number in kinds.items():
        cell = cells.get(column)
        if cell is None or (cell.type == b"n") != is_number:
            return False
        formula = sheet.formula(cell)
        if formula is not None and covers_rows(formula.text, row.number):
            return False
    return True
