"""Which columns beside a table belong to its rows: those that touch it, as a spreadsheet sorts them along.

Excel takes a column that is typed beside a table into it; Calc and other programs do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klantwaarde_xl.addresses import MOST_COLUMNS, Area, area, column_letter
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.rows.movers import attached_to
from klantwaarde_xl.xlsx.rows.ranges import whole_columns
from klantwaarde_xl.xlsx.rows.row_map import Block
from klantwaarde_xl.xlsx.scan import attribute, place_of
from klantwaarde_xl.xlsx.sheet_read import SheetXml


def beside(structure: Structure, table: TableInfo, held: set[int] | None = None) -> tuple[int, int]:
    """How many columns left and right of a table belong to its rows.

    They touch the table, or each other, without an empty column between. A column that has cells of
    another table, merged cells, or an array that fills several rows is not of single rows, and right of a
    table one under a title that looks like the table's own begins a block of its own; it and what lies behind
    it stay where they are. held: what `held_outside` gives, where that is known.
    """
    sheet, whole = structure.archive.once(table.sheet.part, SheetXml), table.area
    held = held_outside(structure, table) if held is None else held
    if whole.left - 1 not in held and whole.right + 1 not in held:
        return 0, 0
    others = [one for one in structure.tables if one.sheet == table.sheet and one.part != table.part]
    blocks = [*(one.area for one in others), *map(area, sheet.merged()), *_arrays(sheet, table)]
    titled = _titled(sheet, whole)
    lead = trail = 0
    while _is_of_rows(whole.left - lead - 1, held, blocks, whole):
        lead += 1
    while (column := whole.right + trail + 1) not in titled and _is_of_rows(column, held, blocks, whole):
        trail += 1
    return lead, trail


def apart(structure: Structure, table: TableInfo, held: set[int], lead: int, trail: int) -> tuple[str, ...]:
    """The letters of columns with something in a table's rows that do not belong to these.

    Those of another table or under cells merged over several rows are left out: these are of no row. held: as
    `held_outside` gives it; lead, trail: as `beside` does.
    """
    whole = table.area
    near = range(whole.left - lead, whole.right + trail + 1)
    others = [one.area for one in structure.tables if one.sheet == table.sheet and one.part != table.part]
    merged = map(area, structure.archive.once(table.sheet.part, SheetXml).merged())
    blocks = [*others, *(one for one in merged if one.top != one.bottom)]
    return tuple(
        column_letter(column)
        for column in sorted(held)
        if column not in near and _is_of_rows(column, held, blocks, whole)
    )


def held_outside(structure: Structure, table: TableInfo) -> set[int]:
    """The columns outside a table with something in its rows: a value, a look of some, a thing attached.

    So is one that has a rule for all of them, such as a list to choose from in a column still empty.
    """
    sheet, whole = structure.archive.once(table.sheet.part, SheetXml), table.area
    looks = looks_of(sheet, whole, table.top, table.bottom)
    inside = set(range(whole.left, whole.right + 1))
    found = _filled(sheet, whole) if looks.columns - inside else set()
    found |= {column for odd in looks.special.values() for column in odd}
    rows = Block(1, MOST_COLUMNS, whole.top, table.top, table.bottom, table.bottom, table.totals_rows, {})
    found |= {one.column for one in attached_to(structure, table.sheet.part, rows)}
    found.update(whole_columns(structure, table.sheet.part, whole._replace(bottom=table.bottom)))
    return found - inside


def _is_of_rows(column: int, held: set[int], blocks: Sequence[Area], table: Area) -> bool:
    return column in held and not any(
        one.left <= column <= one.right and one.top <= table.bottom and one.bottom >= table.top
        for one in blocks
    )


def _titled(sheet: SheetXml, table: Area) -> set[int]:
    """The columns right of a table with a title above its headers that looks like the title of the table."""
    for row in sheet.rows():
        if row.number >= table.top:
            break
        if row.number == table.top - 1:
            looks = {cell.column: cell.style for cell in sheet.cells(row) if cell.has_content}
            own = looks.get(table.left, b"")
            if own not in (b"", b"0"):
                return {column for column, look in looks.items() if column > table.right and look == own}
    return set()


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
    return found


def _arrays(sheet: SheetXml, table: TableInfo) -> Iterator[Area]:
    """The areas of formulas that fill several rows, and of those that are stored once for other rows too."""
    if place_of(sheet.data, b" ref=", sheet.head_end, sheet.tail_start) < 0:
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
