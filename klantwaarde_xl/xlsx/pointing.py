"""References to one row: formulas, names and links to the cells of a certain row, whoever stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.formula import TOKEN, sheet_of
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.hyperlinks import links
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_MOST_TEXT = 5_000_000  # of 100,000 formulas and more: nobody is kept waiting longer for a notice


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


def pointers(structure: Structure, most: int = _MOST_TEXT) -> list[Pointer]:
    """All references to cells of one row of a table: in formulas, in links to cells, in the workbook's names.

    most: the characters that all formulas may have, shared ones written out; of more none is known. A formula
    in a table itself is of its row, and is not looked at.
    """
    found = []
    tables: dict[str, list[Area]] = {}
    for table in structure.tables:
        tables.setdefault(table.sheet.name.casefold(), []).append(table.area)
    for sheet in structure.worksheets:
        here = tables.get(sheet.name.casefold(), [])
        for place, leads in links(structure, sheet.part):
            said, at = (
                f"de koppeling in {sheet.name}!{address(place.top, place.left)}",
                (place.top, place.left),
            )
            found += [Pointer(said, sheet.name, at, *one) for one in _one_row(leads, sheet.name, tables)]
        for cell in formula_cells(structure.archive.once(sheet.part, SheetXml)):
            most -= len(cell.text)
            if most < 0:
                return []
            is_of_table = any(
                one.top <= cell.row <= one.bottom and one.left <= cell.column <= one.right for one in here
            )
            if is_of_table or not (here or "!" in cell.text):
                continue
            said, at = f"{sheet.name}!{address(cell.row, cell.column)}", (cell.row, cell.column)
            found += [Pointer(said, sheet.name, at, *one) for one in _one_row(cell.text, sheet.name, tables)]
    for name in structure.names:
        if not name.name.startswith("_"):  # a filter, a print area
            said = f"de naam {name.name}"
            found += [Pointer(said, "", None, *one) for one in _one_row(name.formula, "", tables)]
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


def _one_row(formula: str, home: str, tables: Mapping[str, Sequence[Area]]) -> Iterator[tuple[str, Area]]:
    """The cells of one row in a formula, with their sheet, where that has a table in that row."""
    for match in TOKEN.finditer(formula):
        if match["first"] is None:
            continue
        sheet = sheet_of(match["sheet"], home)
        bodies = tables.get(sheet.casefold())
        if bodies:
            place = area(f"{match['first']}{match['last'] or ''}".replace("$", ""))
            if place.top == place.bottom and any(one.top <= place.top <= one.bottom for one in bodies):
                yield sheet, place
