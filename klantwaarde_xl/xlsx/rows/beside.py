"""Which columns beside a table belong to its rows: those that touch it, as a spreadsheet sorts them along.

Excel takes a column that is typed beside a table into it; Calc and other programs do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.scan import attribute, tags
from klantwaarde_xl.xlsx.sheet_read import SheetXml


def beside(sheet: SheetXml, table: TableInfo, neighbours: Sequence[TableInfo]) -> tuple[int, int]:
    """How many columns left and right of a table belong to its rows.

    They touch the table, or each other, without an empty column between. A column that has cells of
    another table, merged cells, or an array that fills several rows is not of single rows; it and what
    lies behind it stay where they are. neighbours: the other tables of the sheet.
    """
    whole = table.area
    there = looks_of(sheet, whole, table.top, table.bottom).columns
    if whole.left - 1 not in there and whole.right + 1 not in there:
        return 0, 0
    filled = _filled(sheet, whole)
    blocks = [*(one.area for one in neighbours), *_merged(sheet), *_arrays(sheet, table)]
    lead = trail = 0
    while _is_of_rows(whole.left - lead - 1, filled, blocks, whole):
        lead += 1
    while _is_of_rows(whole.right + trail + 1, filled, blocks, whole):
        trail += 1
    return lead, trail


def _is_of_rows(column: int, filled: set[int], blocks: Sequence[Area], table: Area) -> bool:
    return column in filled and not any(
        one.left <= column <= one.right and one.top <= table.bottom and one.bottom >= table.top
        for one in blocks
    )


def _filled(sheet: SheetXml, table: Area) -> set[int]:
    """The columns outside a table with something in its rows."""
    found: set[int] = set()
    for row in sheet.rows():
        if row.number > table.bottom:
            break
        if row.number < table.top:
            continue
        outermost = sheet.outermost(row)
        if outermost and (outermost[0] < table.left or outermost[1] > table.right):
            found.update(cell.column for cell in sheet.cells(row) if cell.has_content)
    return found - set(range(table.left, table.right + 1))


def _merged(sheet: SheetXml) -> Iterator[Area]:
    for tag in tags(sheet.data, sheet.tail_start):
        if tag.name == b"mergeCell" and (reference := attribute(sheet.data[tag.start : tag.end], b"ref")):
            yield area(reference)


def _arrays(sheet: SheetXml, table: TableInfo) -> Iterator[Area]:
    """The areas of formulas that fill several rows, and of those that are stored once for other rows too."""
    if sheet.data.find(b" ref=", sheet.head_end, sheet.tail_start) < 0:
        return
    for match in sheet.formula_pattern.finditer(sheet.data, sheet.head_end, sheet.tail_start):
        reference = attribute(match[1], b"ref")
        if reference is None:
            continue
        place = area(reference)
        is_written_out = attribute(match[1], b"t") == "shared"
        reaches_out = place.top < table.top or place.bottom > table.bottom
        if place.top != place.bottom and (reaches_out or not is_written_out):
            yield place
