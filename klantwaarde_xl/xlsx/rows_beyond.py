"""Rows under a table that look like its rows and are none of them: nothing counts them, so they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.xlsx.formula_cells import last_row
from klantwaarde_xl.xlsx.likeness import MOST_LOOKED_AT, NOTHING, Seen, first_alike, is_in_way
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.sheet_read import Row, SheetXml


def beyond(structure: Structure, names: Collection[str]) -> dict[str, int]:
    """The first row under each of these tables that looks like a row of it; names: whatever their capitals.

    As `first_alike` says. A table with a totals row ends there, and nothing is looked for under it.
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
    first = next((row for row in sheet.rows() if row.number >= table.top), None)
    if first is None or first.number != table.top:
        return None
    rows = (
        (row.number, _seen(sheet, table, row))
        for row in islice(_rows_under(sheet, table), MOST_LOOKED_AT)
        if not any(is_in_way(one, row.number, table.area) for one in others)
    )
    return first_alike(_seen(sheet, table, first), rows)


def _seen(sheet: SheetXml, table: TableInfo, row: Row) -> list[Seen]:
    """What the cells of a row hold in the table's columns."""
    width = table.area.right - table.area.left + 1
    found: list[Seen] = [NOTHING] * width
    for cell in sheet.cells(row):
        if table.area.left <= cell.column <= table.area.right and cell.has_content:
            formula = sheet.formula(cell)
            text = formula.text if formula is not None else None
            found[cell.column - table.area.left] = Seen(cell.type == b"n", text)
    return found


def _rows_under(sheet: SheetXml, table: TableInfo) -> Iterator[Row]:
    start = looks_of(sheet, table.area, table.top, table.bottom)
    for row in sheet.rows(start.end, start.last) if start.start < start.end else sheet.rows():
        if row.number > table.bottom:
            yield row
