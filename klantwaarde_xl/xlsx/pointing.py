"""References to one row: formulas, names and links to the cells of a certain row, whoever stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.formula import TOKEN, sheet_of
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.hyperlinks import links
from klantwaarde_xl.xlsx.sheet_read import SheetXml


class Pointer(NamedTuple):
    """What points (a formula or link by its cell and sheet, or a name), and at which cells of one row.

    home, cell: the sheet, row and column of the formula or link itself; none for a name.
    """

    said: str
    home: str
    cell: tuple[int, int] | None
    sheet: str
    place: Area

    @property
    def target(self) -> str:
        """The cells that it points at, as in a formula."""
        return f"{self.sheet}!{self.place.address}"


Pointers: TypeAlias = Sequence[Pointer]


def pointers(structure: Structure) -> list[Pointer]:
    """All references to cells of one row, in formulas, in links to a cell and in the workbook's own names."""
    found = []
    for sheet in structure.worksheets:
        for place, leads in links(structure, sheet.part):
            said = f"de koppeling in {sheet.name}!{address(place.top, place.left)}"
            for target, cells in _one_row(leads, sheet.name):
                found.append(Pointer(said, sheet.name, (place.top, place.left), target, cells))
        for cell in formula_cells(structure.archive.once(sheet.part, SheetXml)):
            said = f"{sheet.name}!{address(cell.row, cell.column)}"
            for target, place in _one_row(cell.text, sheet.name):
                found.append(Pointer(said, sheet.name, (cell.row, cell.column), target, place))
    for name in structure.names:
        if not name.name.startswith("_"):  # a filter, a print area
            for target, place in _one_row(name.formula, ""):
                found.append(Pointer(f"de naam {name.name}", "", None, target, place))
    return found


def at_rows_of(found: Pointers, sheet: str, body: Area, *, outer: tuple[int, int]) -> list[Pointer]:
    """Those that point into the body of a table, but from its own rows; outer: the columns of these."""
    inside = [
        one
        for one in found
        if one.sheet.casefold() == sheet.casefold()
        and body.top <= one.place.top <= body.bottom
        and one.place.left <= body.right
        and one.place.right >= body.left
    ]
    return [one for one in inside if not _is_of_table(one, sheet, body, outer)]


def _is_of_table(one: Pointer, sheet: str, body: Area, outer: tuple[int, int]) -> bool:
    if one.cell is None or one.home.casefold() != sheet.casefold():
        return False
    row, column = one.cell
    return body.top <= row <= body.bottom and outer[0] <= column <= outer[1]


def _one_row(formula: str, home: str) -> Iterator[tuple[str, Area]]:
    for match in TOKEN.finditer(formula):
        if match["first"] is None:
            continue
        place = area(f"{match['first']}{match['last'] or ''}".replace("$", ""))
        if place.top == place.bottom:
            yield sheet_of(match["sheet"], home), place
