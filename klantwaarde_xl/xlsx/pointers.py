"""What a package has that points at one row of a table: formulas, links and names."""

from __future__ import annotations

from collections.abc import Iterator

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.pointing import (
    MOST_TEXT,
    Pointer,
    Saying,
    formula_at,
    link_at,
    name_of,
    pointers_of,
    shape_at,
)
from klantwaarde_xl.xlsx.rows.cell_links import shown_by_shapes
from klantwaarde_xl.xlsx.rows.hyperlinks import links
from klantwaarde_xl.xlsx.sheet_read import SheetXml


def pointers(structure: Structure, most: int = MOST_TEXT) -> list[Pointer]:
    """All references to cells of one row of a table; most: as of `pointers_of`, shared ones written out."""
    tables: dict[str, list[Area]] = {}
    for table in structure.tables:
        tables.setdefault(table.sheet.name.casefold(), []).append(table.area)
    return pointers_of(_sayings(structure), tables, most)


def _sayings(structure: Structure) -> Iterator[Saying]:
    for sheet in structure.worksheets:
        for link, leads in links(structure, sheet.part):
            yield link_at(sheet.name, link.top, link.left, leads)
        for corner, shape, formula in shown_by_shapes(structure, sheet.part):
            yield shape_at(sheet.name, shape, corner, formula)
        for cell in formula_cells(structure.archive.once(sheet.part, SheetXml)):
            yield formula_at(sheet.name, cell.row, cell.column, cell.text)
    for name in structure.names:
        yield name_of(name.name, name.formula)
