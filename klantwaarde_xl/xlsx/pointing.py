"""References to one row: formulas, names and links to the cells of a certain row, whoever stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.addresses import MOST_ROWS, Area, address, area
from klantwaarde_xl.formula import TOKEN, sheet_of
from klantwaarde_xl.xlsx.references import Move
from klantwaarde_xl.xlsx.values import Covering, Pointed

_MOST_FOLLOWED = 100_000  # rows: of more, who stands where is not compared for a formula or two

MOST_TEXT = 5_000_000  # of 100,000 formulas and more: nobody is kept waiting longer for a notice


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


class Saying(NamedTuple):
    """A formula, what a link leads to, or what a name means: what people call it, where it is, its text.

    is_link: whether it is a link, which may stand in a row of a table and lead to another.
    """

    said: str
    home: str
    cell: tuple[int, int] | None
    text: str
    is_link: bool = False


def formula_at(sheet: str, row: int, column: int, text: str) -> Saying:
    """The formula in a cell."""
    return Saying(f"{sheet}!{address(row, column)}", sheet, (row, column), text)


def link_at(sheet: str, row: int, column: int, text: str) -> Saying:
    """The link of a cell to cells of the workbook."""
    said = f"de koppeling in {sheet}!{address(row, column)}"
    return Saying(said, sheet, (row, column), text, is_link=True)


def shape_at(sheet: str, name: str, corner: tuple[int, int] | None, text: str) -> Saying:
    """What a shape on a sheet shows of a cell; corner: the row and column under its corner."""
    return Saying(f"de vorm {name} op blad {sheet}", sheet, corner or (1, 1), text)


def name_of(name: str, text: str) -> Saying:
    """A name of the workbook; one of its own, such as of a filter or a print area, points at nothing."""
    return Saying(f"de naam {name}", "", None, "" if name.startswith("_") else text)


def pointers_of(
    sayings: Iterable[Saying], tables: Mapping[str, Sequence[Area]], most: int = MOST_TEXT
) -> list[Pointer]:
    """All references to cells of one row of a table; tables: by sheet, in small letters, where they are.

    most: the characters that all formulas may have; of more none is known. A formula in a table itself is of
    its row, and is not looked at.
    """
    found = []
    for one in sayings:
        here = tables.get(one.home.casefold(), ())
        if one.cell is not None and not one.is_link:
            most -= len(one.text)
            if most < 0:
                return []
            row, column = one.cell
            is_of_table = any(
                area.top <= row <= area.bottom and area.left <= column <= area.right for area in here
            )
            if is_of_table or not (here or "!" in one.text):
                continue
        places = dict.fromkeys(_one_row(one.text, one.home, tables))  # a formula may name a cell twice
        found += [Pointer(one.said, one.home, one.cell, *at) for at in places]
    return found


def pointed_at(found: Pointers, sheet: str, body: Area, *, outer: tuple[int, int]) -> list[Pointed]:
    """The rows of a table at which something elsewhere points; as `at_rows_of`.

    The only row of a table is the table, and of very many rows it is not looked who stands where.
    """
    if not body.top < body.bottom <= body.top + _MOST_FOLLOWED:
        return []
    those = at_rows_of(found, sheet, body, outer=outer)
    return [Pointed(one.place.top - body.top, one.said, one.target) for one in those]


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


def covering(sayings: Iterable[Saying], sheet: str, body: Area, *, outer: tuple[int, int]) -> list[Covering]:
    """The ranges over all rows of a table's body, each once; outer: the columns that belong to its rows."""
    move = Move(
        sheet, body.left, body.right, body.top - 1, body.top, body.bottom, MOST_ROWS,
        lead=body.left - outer[0], trail=outer[1] - body.right,
    )  # fmt: skip
    found: dict[str, Covering] = {}
    for one in sayings:
        for match in TOKEN.finditer(one.text) if ":" in one.text and not one.is_link else ():
            if not match["last"] or sheet_of(match["sheet"], one.home).casefold() != sheet.casefold():
                continue
            place = area(f"{match['first']}{match['last']}".replace("$", ""))
            ends = place.top, place.left, place.bottom, place.right
            if move.moved(*ends) or move.widened(*ends):
                found.setdefault(place.address, Covering(one.said, f"{sheet}!{place.address}", place.bottom))
    return list(found.values())


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
