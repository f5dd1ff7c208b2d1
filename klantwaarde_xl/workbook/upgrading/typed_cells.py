"""The cells that a user types into, of an older workbook, and where they stand in the present version.

A setting is known by its name. A cell of a grid without a name is known by the words of its row and the
header of its column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from klantwaarde_xl.data.settings import declared
from klantwaarde_xl.plan.lost import shown
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import entries_of, inputs_of
from klantwaarde_xl.workbook.layout import field_of, layout_of
from klantwaarde_xl.xlsx.moving.places import Spot, contents_of
from klantwaarde_xl.xlsx.package import Package


def typed_cells(package: Package, template: Template) -> dict[Spot, Spot]:
    """By cell of the older workbook that its user types into, the cell that takes its contents."""
    new = layout_of(template).names
    found: dict[Spot, Spot] = {}
    for name in (*inputs_of(template), *entries_of(template)):
        old = _place(package, name)
        if old is not None:
            found[old] = (new[name].sheet, new[name].row, new[name].column)
    for old, target in _without_name(package, template):
        found.setdefault(old, target)
    return found


def _place(package: Package, name: str) -> Spot | None:
    for known, (sheet, area, headers) in package.places().items():
        if known.casefold() == name.casefold() and not headers:
            return sheet, area.top, area.left
    return None


def _without_name(package: Package, template: Template) -> Iterator[tuple[Spot, Spot]]:
    """Cells of grids that have no name."""
    for sheet, placed in layout_of(template).pages:
        for one in placed:
            if isinstance(one.block, b.Grid) and any(
                isinstance(cell, b.Input) and not cell.name for row in one.block.rows for cell in row
            ):
                yield from _of_grid(package, sheet.name, one.block, one.row, one.column)


def _of_grid(
    package: Package, sheet: str, grid: b.Grid, row: int, column: int
) -> Iterator[tuple[Spot, Spot]]:
    place = field_of(grid, sheet, row, column)
    contents = contents_of(package.structure, sheet)
    asked = {
        header
        for cells in grid.rows
        for at, (header, cell) in enumerate(zip(place.headers, cells, strict=True))
        if not at or (isinstance(cell, b.Input) and not cell.name)
    }
    top, columns = _header_row(contents, asked)
    if not top:
        return
    for down, cells in enumerate(grid.rows, 1):
        label = cells[0] if isinstance(cells[0], str) else ""
        old_row = top + down
        if label:
            rows = [
                r for (r, c), text in contents.items() if text == label and c == columns.get(place.headers[0])
            ]
            if len(rows) != 1:
                continue
            old_row = rows[0]
        for header, right, cell in zip(place.headers, place.places, cells, strict=True):
            if isinstance(cell, b.Input) and not cell.name and header in columns:
                yield (sheet, old_row, columns[header]), (sheet, place.top + down, right)


def _header_row(
    contents: Mapping[tuple[int, int], str], wanted: Collection[str]
) -> tuple[int, dict[str, int]]:
    """The only row of a sheet that has all of these headers, and the column of each; 0 without one."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), text in sorted(contents.items()):
        if text in wanted:
            rows.setdefault(row, {}).setdefault(text, column)
    whole = [(row, found) for row, found in rows.items() if len(found) == len(wanted)]
    return whole[0] if len(whole) == 1 else (0, {})


def settings_gone(package: Package, template: Template) -> list[tuple[str, str]]:
    """Settings of an older workbook that the present version does not have, each with what was typed."""
    known = {one.name.casefold(): one.label for one in declared()}
    there = {name.casefold() for name in layout_of(template).names}
    gone = []
    for name, value in package.read_names("kw_").items():
        if name.casefold() in known and name.casefold() not in there and not _is_empty(value):
            gone.append((known[name.casefold()], shown(value)))
    return gone


def _is_empty(value: Value) -> bool:
    return value is None or value == ""
