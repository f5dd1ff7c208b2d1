"""Where the cells of replaced sheets stand in the sheets that take their place.

A cell is known again by its table (the same column and row of the body), by its name, or by what it says
or is called where that stands once on either sheet. What is known by none of these has no place: to guess
would let a formula look at another figure without a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.formula import TOKEN
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.parts import Structure, TableInfo, single_cell
from klantwaarde_xl.xlsx.sheet_read import SheetXml

Spot = tuple[str, int, int]  # a sheet, a row, a column
_AFTER_TEXT = ((0, 1), (1, 0), (2, 0))  # rows down and columns right of what a figure is called
_CONSTANT = re.compile(r"\b(true|false)\(\)")
_MOST_CELLS = 2_000  # of a range outside tables, that are looked up one by one


@dataclass(frozen=True)
class Pair:
    """A table of a replaced sheet and the one that takes its place, which has as many rows.

    columns: by column of the old sheet that of the new one, those beside the table too; own: those of them,
    of the old sheet, that are the user's; typed: whether the user typed the other columns too, so that
    formulas in them stay.
    """

    old: TableInfo
    new: TableInfo
    columns: Mapping[int, int]
    own: frozenset[int] = frozenset()
    typed: bool = False

    def row(self, row: int) -> int | None:
        """The new row of one of the header or the body."""
        return self.new.area.top + row - self.old.area.top if self.has_row(row) else None

    def has_row(self, row: int) -> bool:
        """Whether a row of the old sheet is the header or one of the body."""
        return self.old.area.top <= row <= self.old.bottom

    def has(self, row: int, column: int) -> bool:
        """Whether a cell of the old sheet is in the table, or beside it and of its rows."""
        return self.old.area.top <= row <= self.old.area.bottom and column in self.columns

    def run(self, left: int, right: int) -> tuple[int, int] | None:
        """The new columns of some that stand side by side, where they still do."""
        new = [self.columns.get(column) for column in range(left, right + 1)]
        if new[0] is None or new != list(range(new[0], new[0] + len(new))):
            return None
        return new[0], new[0] + len(new) - 1


class Places:
    """The map from the cells of the old sheets to those of the new ones."""

    def __init__(
        self, old: Structure, new: Structure, sheets: Mapping[str, str], pairs: Sequence[Pair]
    ) -> None:
        """Sheets: by the name of a replaced sheet that of the one in its place."""
        self._old, self._new, self.pairs = old, new, pairs
        self._sheets = {name.casefold(): target for name, target in sheets.items()}
        self._said: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def replaced(self, sheet: str) -> str | None:
        """The sheet in the place of a replaced one; None for one that is not replaced."""
        return self._sheets.get(sheet.casefold())

    def of(self, sheet: str) -> list[Pair]:
        """The tables of a replaced sheet."""
        return [pair for pair in self.pairs if pair.old.sheet.name.casefold() == sheet.casefold()]

    def cell(self, sheet: str, row: int, column: int) -> Spot | None:
        """Where a cell of a replaced sheet stands now."""
        for pair in self.of(sheet):
            if pair.has(row, column):
                target = pair.row(row)
                return None if target is None else (pair.new.sheet.name, target, pair.columns[column])
        named = self._named.get((sheet.casefold(), row, column))
        if named is not None:
            return named
        said = self._by_text(sheet).get((row, column)) or self._beside_text(sheet, row, column)
        return None if said is None else (self._sheets[sheet.casefold()], *said)

    def area(self, sheet: str, place: Area) -> tuple[str, Area] | None:
        """Where a range of a replaced sheet stands now; None where its cells no longer stand together."""
        for pair in self.of(sheet):
            found = self._in_table(pair, place)
            if found is not None:
                return pair.new.sheet.name, found
        return self._one_by_one(sheet, place)

    def columns(self, sheet: str, left: int, right: int) -> tuple[str, int, int] | None:
        """Where whole columns stand now; None where the tables in them went different ways."""
        new: list[tuple[str, int]] = []
        for column in range(left, right + 1):
            owners = [pair for pair in self.of(sheet) if column in pair.columns]
            targets = {(pair.new.sheet.name, pair.columns[column]) for pair in owners}
            if len(targets) != 1:
                return None
            new.append(targets.pop())
        name, first = new[0]
        together = [(name, first + at) for at in range(len(new))]
        return (name, first, first + len(new) - 1) if new == together else None

    def _in_table(self, pair: Pair, place: Area) -> Area | None:
        run = pair.run(place.left, place.right)
        top = pair.row(place.top)
        if run is None or top is None:
            return None
        if place.bottom > pair.old.bottom and (pair.old.totals_rows or not self._ends(pair)):
            return None
        return Area(top, run[0], top + place.bottom - place.top, run[1])

    def _ends(self, pair: Pair) -> bool:
        """Whether nothing stands under a table on either sheet, so that a longer range is the same."""
        for structure, table in ((self._old, pair.old), (self._new, pair.new)):
            sheet = structure.archive.once(table.sheet.part, SheetXml)
            for row in sheet.rows():
                if row.number > table.area.bottom and any(cell.has_content for cell in sheet.cells(row)):
                    return False
        return True

    def _one_by_one(self, sheet: str, place: Area) -> tuple[str, Area] | None:
        """A range of which every cell that holds something is found again, all by the same step."""
        if place.cells > _MOST_CELLS:
            return None
        steps: set[tuple[str, int, int]] = set()
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                found = self.cell(sheet, row, column)
                if found is not None:
                    steps.add((found[0], found[1] - row, found[2] - column))
                elif (row, column) in self._contents(self._old, sheet):
                    return None
        if len(steps) != 1:
            return None
        name, down, right = steps.pop()
        return name, Area(place.top + down, place.left + right, place.bottom + down, place.right + right)

    # ── by name, and by what a cell says ───────────────────────────────────────────────────

    @cached_property
    def _named(self) -> dict[tuple[str, int, int], Spot]:
        new = _names(self._new)
        return {
            (sheet.casefold(), row, column): new[name]
            for name, (sheet, row, column) in _names(self._old).items()
            if name in new and self.replaced(sheet) is not None
        }

    def _by_text(self, sheet: str) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells outside tables whose text or formula stands once on the old sheet and once on the new."""
        if sheet not in self._said:
            old = self._contents(self._old, sheet)
            new = self._contents(self._new, self._sheets[sheet.casefold()])
            once = _once(new)
            self._said[sheet] = {place: once[text] for text, place in _once(old).items() if text in once}
        return self._said[sheet]

    def _beside_text(self, sheet: str, row: int, column: int) -> tuple[int, int] | None:
        """A figure below or right of a text that stands once on either sheet, with a figure there too."""
        old = self._contents(self._old, sheet)
        new = self._contents(self._new, self._sheets[sheet.casefold()])
        if not _is_figure(old.get((row, column), "")):
            return None
        for down, right in _AFTER_TEXT:
            label = row - down, column - right
            target = self._by_text(sheet).get(label)
            if target is not None and not _is_figure(old[label]):
                place = target[0] + down, target[1] + right
                return place if _is_figure(new.get(place, "")) else None
        return None

    def _contents(self, structure: Structure, sheet: str) -> dict[tuple[int, int], str]:
        return contents_of(structure, sheet)


def _names(structure: Structure) -> dict[str, Spot]:
    found = {}
    for one in structure.names:
        place = None if one.local else single_cell(one.formula)
        if place is not None:
            found[one.name.casefold()] = place
    return found


def _is_figure(content: str) -> bool:
    """Whether a cell holds a formula or a number rather than a text."""
    return content.startswith("=") or is_number(content)


def is_number(content: str) -> bool:
    """Whether a cell holds nothing but a number."""
    try:
        float(content)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)
def plain(content: str) -> str:
    """What a cell holds, the same whichever program saved it: capitals, spaces, digits in formulas."""
    if not content.startswith("="):
        return content
    pieces = "".join(_plain_token(match) for match in TOKEN.finditer(content))
    return _CONSTANT.sub(r"\1", pieces.replace("_xlfn.", ""))


def _plain_token(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{float(match[0]):.12g}"
    return match[0] if match["text"] else match[0].strip().casefold()


def contents_of(structure: Structure, name: str) -> dict[tuple[int, int], str]:
    """What the cells of a sheet outside its tables hold: a text, a formula with `=`, a number as text."""
    sheet = structure.sheet(name)
    if sheet is None:
        return {}
    xml = structure.archive.once(sheet.part, SheetXml)
    key = "contents", id(structure)
    if key not in xml.looks:
        xml.looks[key] = _read(structure, xml, [one.area for one in structure.tables if one.sheet == sheet])
    found: dict[tuple[int, int], str] = xml.looks[key]
    return found


def _read(structure: Structure, xml: SheetXml, tables: Sequence[Area]) -> dict[tuple[int, int], str]:
    formulas = {}
    filled = []  # the cells of array formulas, which hold a part of a result and nothing of their own
    for one in formula_cells(xml):
        formulas[one.row, one.column] = one.text
        if one.fills.cells > 1:
            filled.append(one.fills)
    found = {}
    for row in xml.rows():
        around = [area for area in (*tables, *filled) if area.top <= row.number <= area.bottom]
        for cell in xml.cells(row):
            place = row.number, cell.column
            inside = [area for area in around if area.left <= cell.column <= area.right]
            if not cell.has_content or any(area in tables or place not in formulas for area in inside):
                continue
            value = xml.value(cell, structure.strings)
            if place in formulas:
                found[place] = f"={formulas[place]}"
            elif value not in (None, "") and not isinstance(value, CellError):
                found[place] = str(value)
    return found


def _once(contents: Mapping[tuple[int, int], str]) -> dict[str, tuple[int, int]]:
    """What stands in one cell only, with that cell."""
    counts = Counter(plain(text) for text in contents.values())
    return {plain(text): place for place, text in contents.items() if counts[plain(text)] == 1}
