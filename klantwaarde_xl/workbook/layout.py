"""Where every block of a template stands: blocks get their rows and columns, names their addresses.

Nothing above this floor knows an address, and nothing below it decides one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate

from klantwaarde_xl.addresses import MOST_ROWS, Area, address
from klantwaarde_xl.data.results import Figure, Result, results
from klantwaarde_xl.data.settings import setting
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.state import STATE, used_figure

FIRST_ROW, FIRST_COLUMN = 4, 2  # under the band on top, right of the margin
CARD_ROWS = 3
CARD_COLUMNS = 2
FORM_HEADERS = ("instelling", "waarde", "eenheid", "toelichting", "waar haalt u het")
USED_HEADERS = ("gebruikt bij verversen", "stand")
CHECK_COLUMNS = 5
TOTAL = "kc_meldingen"  # the cell with the number of checks that ask for attention

_NAME = re.compile(r"\bk[a-z]_[a-z0-9_]+\b")
_COLUMN = re.compile(r"\b(tbl[A-Za-z]+)\[([^\[\]]+)\]")
_BLOCK = re.compile(r"\{([A-Za-z]*|\^)\.([^{}]+)\}")


@dataclass(frozen=True)
class Spot:
    """One cell."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Field:
    """A grid or table on its sheet: the row of its headers, its last row, and its headers from the left.

    places: the sheet's column of each header.
    """

    sheet: str
    top: int
    bottom: int
    headers: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def left(self) -> int:
        """The sheet's column of the first header."""
        return self.places[0]

    def column(self, header: str) -> int:
        """The place of a column; raises `SpecError` for one that is not there."""
        if header not in self.headers:
            raise SpecError(f"Blad {self.sheet} heeft geen kolom {header!r}.")
        return self.places[self.headers.index(header)]

    def cells(self, header: str) -> Area:
        """The cells of a column, without its header."""
        at = self.column(header)
        return Area(self.top + 1, at, self.bottom, at)


@dataclass(frozen=True)
class Placed:
    """A block with its first cell."""

    block: b.Block
    row: int
    column: int


@dataclass
class Layout:
    """A template with every block in its place."""

    template: b.Template
    pages: list[tuple[b.Sheet, list[Placed]]] = field(default_factory=list)
    names: dict[str, Spot] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    anchors: dict[str, Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sheet in sheets_of(self.template):
            self.pages.append((sheet, list(self._place(sheet))))

    # ── places ────────────────────────────────────────────────────────────────────────────

    def _place(self, sheet: b.Sheet) -> Iterator[Placed]:
        row = FIRST_ROW
        for block in sheet.blocks:
            yield from self._put(block, sheet.name, row, FIRST_COLUMN)
            row += self._size(block)[0] + 1

    def _put(self, block: b.Block, sheet: str, row: int, column: int) -> Iterator[Placed]:
        """A block and those within it, each with its first cell."""
        if isinstance(block, b.Beside):
            for one in block.blocks:
                yield from self._put(one, sheet, row, column)
                column += self._size(one)[1] + block.gap
        elif isinstance(block, b.Stack):
            for one in block.blocks:
                yield from self._put(one, sheet, row, column)
                row += self._size(one)[0] + 1
        else:
            self._enter(block, sheet, row, column)
            yield Placed(block, row, column)

    def _size(self, block: b.Block) -> tuple[int, int]:
        """Rows and columns of a block, its heading included."""
        if isinstance(block, b.Beside | b.Stack):
            sizes = [self._size(one) for one in block.blocks]
            rows, columns = zip(*sizes, strict=True)
            if isinstance(block, b.Stack):
                return sum(rows) + len(rows) - 1, max(columns)
            return max(rows), sum(columns) + block.gap * (len(columns) - 1)
        if isinstance(block, b.Text):
            return len(block.lines) + bool(block.heading), 1
        if isinstance(block, b.Message):
            return 1, 1
        if isinstance(block, b.Grid):
            return len(block.rows) + 1 + bool(block.heading), sum(one.span for one in block.columns)
        if isinstance(block, b.Form):
            return len(block.settings) + 1, len(FORM_HEADERS) + len(USED_HEADERS) * block.used
        if isinstance(block, b.ResultBlock):
            return block.room + 1 + bool(block.heading), len(result_of(block.result).columns)
        if isinstance(block, b.DataBlock):
            return 2, len(tables()[block.table].columns)
        if isinstance(block, b.Chart):
            return block.rows + 1, block.span
        if isinstance(block, b.Cards):
            return CARD_ROWS, CARD_COLUMNS * len(block.cards)
        if isinstance(block, b.Checks):
            return len(block.checks) + 2, CHECK_COLUMNS
        if isinstance(block, b.Links):
            return len(sheets_of(self.template)), 2
        if isinstance(block, b.Legend):
            return len(block.roles) + 1, 2
        if isinstance(block, b.Spill):
            return len(block.rows), len(block.rows[0])
        if isinstance(block, b.Free):
            return max((row for row, _, _ in block.cells), default=0), 1
        raise SpecError(f"Van dit blok is de grootte onbekend: {type(block).__name__}.")

    def _enter(self, block: b.Block, sheet: str, row: int, column: int) -> None:
        """Give the names of a block their cells."""
        if isinstance(block, b.Grid):
            place = field_of(block, sheet, row, column)
            if block.name:
                self.fields[block.name] = place
            for down, cells in enumerate(block.rows, place.top + 1):
                for right, cell in zip(place.places, cells, strict=True):
                    self._name(name_of(cell), sheet, down, right)
        elif isinstance(block, b.Text):
            if block.anchor:
                self.anchors[block.anchor] = Spot(sheet, row, column)
        elif isinstance(block, b.Form):
            for down, name in enumerate(block.settings, row + 1):
                self._name(name, sheet, down, column + 1)
                if block.used and name in used_settings(self.template):
                    self._name(used_figure(name).cell, sheet, down, column + len(FORM_HEADERS))
        elif isinstance(block, b.ResultBlock):
            result = result_of(block.result)
            top = row + bool(block.heading)
            self.fields[result.table] = _table(sheet, top, column, result.headers)
        elif isinstance(block, b.DataBlock):
            table = tables()[block.table]
            headers = tuple(one.name for one in table.columns)
            self.fields[table.sheet_table] = _table(sheet, row, column, headers)
        elif isinstance(block, b.Checks):
            self._name(TOTAL, sheet, row + len(block.checks) + 1, column + 1)

    def _name(self, name: str, sheet: str, row: int, column: int) -> None:
        if name:
            if name in self.names:
                raise SpecError(f"De naam {name} staat twee keer in sjabloon {self.template.id}.")
            self.names[name] = Spot(sheet, row, column)

    # ── references ────────────────────────────────────────────────────────────────────────

    def formula(self, text: str, row: int = 0, grid: Field | None = None) -> str:
        """A formula with every name looked up and every `{grid.column}` as an address.

        row, grid: where it stands, for `{.column}`. Raises `SpecError` for what is nowhere.
        """
        for name in _NAME.findall(_without_texts(text)):
            if name not in self.names:
                raise SpecError(f"Sjabloon {self.template.id} heeft geen cel {name}: {text}")
        for table, header in _COLUMN.findall(text):
            self._field(table).column(header)

        def resolve(match: re.Match[str]) -> str:
            block, header = match.groups()
            if block in ("", "^"):
                if grid is None:
                    raise SpecError(f"Buiten een raster is er geen kolom {header!r}: {text}")
                return address(row - (block == "^"), grid.column(header), absolute=True)
            if block == "below":
                place = self._field(header)
                return _absolute(place.sheet, Area(place.top + 1, place.left, MOST_ROWS, place.left))
            place = self._field(block)
            return _absolute(place.sheet, place.cells(header))

        return _BLOCK.sub(resolve, text)

    def reference(self, values: str) -> str:
        """`grid.column` or `tblKpi.omzet` as a chart refers to it; a table's range grows with it."""
        block, _, header = values.partition(".")
        place = self._field(block)
        return f"={_absolute(place.sheet, place.cells(header))}"

    def spot(self, name: str) -> str:
        """A named cell as `'Blad'!$B$4`."""
        spot = self.names[name]
        return _absolute(spot.sheet, Area(spot.row, spot.column, spot.row, spot.column))

    def _field(self, name: str) -> Field:
        if name not in self.fields:
            raise SpecError(f"Sjabloon {self.template.id} heeft geen raster of tabel {name}.")
        return self.fields[name]

    @cached_property
    def has_checks(self) -> bool:
        """Whether there is a total of checks, for the top of every sheet."""
        return TOTAL in self.names


def field_of(grid: b.Grid, sheet: str, row: int, column: int) -> Field:
    """Where the headers and rows of a grid stand."""
    top = row + bool(grid.heading)
    places = list(accumulate((one.span for one in grid.columns[:-1]), initial=column))
    return Field(sheet, top, top + len(grid.rows), tuple(one.header for one in grid.columns), tuple(places))


def _table(sheet: str, top: int, left: int, headers: tuple[str, ...]) -> Field:
    """A table is one row high until a refresh fills it."""
    return Field(sheet, top, top + 1, headers, tuple(range(left, left + len(headers))))


def name_of(cell: b.Cell) -> str:
    """The workbook-wide name of a cell of a grid; empty without one."""
    if isinstance(cell, b.Formula | b.Input):
        return cell.name
    return f"kw_{cell.figure}" if isinstance(cell, b.Given) else ""


def _without_texts(formula: str) -> str:
    return re.sub(r'"[^"]*"', '""', formula)


def _absolute(sheet: str, cells: Area) -> str:
    first = address(cells.top, cells.left, absolute=True)
    last = address(cells.bottom, cells.right, absolute=True)
    where = first if first == last else f"{first}:{last}"
    return "'" + sheet.replace("'", "''") + "'!" + where


# ── what follows from a template's blocks ───────────────────────────────────────────────────


@cache
def sheets_of(template: b.Template) -> tuple[b.Sheet, ...]:
    """The sheets of a template, made once."""
    return template.sheets() if callable(template.sheets) else template.sheets


def blocks_of(template: b.Template) -> Iterator[b.Block]:
    """Every block of a template that holds something."""
    for sheet in sheets_of(template):
        for block in sheet.blocks:
            yield from _within(block)


def _within(block: b.Block) -> Iterator[b.Block]:
    if isinstance(block, b.Beside | b.Stack):
        for one in block.blocks:
            yield from _within(one)
    else:
        yield block


def result_of(name: str) -> Result:
    """A declared result; raises `SpecError` for another name."""
    if name not in results():
        raise SpecError(f"Er is geen uitkomst {name!r}.")
    return results()[name]


def feeds(template: b.Template) -> tuple[b.ResultBlock, ...]:
    """The tables that a refresh fills."""
    return tuple(block for block in blocks_of(template) if isinstance(block, b.ResultBlock))


@cache
def asked(template: b.Template) -> tuple[str, ...]:
    """The names of all results that a template shows: as a table, or as a figure in a cell."""
    by_figure = {one.name: result.name for result in results().values() for one in result.figures}
    names = dict.fromkeys(block.result for block in feeds(template))
    for figure in figures_in(template):
        if figure in by_figure:
            names[by_figure[figure]] = None
    return tuple(names)


def figures_in(template: b.Template) -> Iterator[str]:
    """The figures that stand in cells of grids."""
    for block in blocks_of(template):
        if isinstance(block, b.Grid):
            for row in block.rows:
                yield from (cell.figure for cell in row if isinstance(cell, b.Given))


def figure_of(name: str) -> Figure:
    """The declaration of a figure, of a result or of the state of a workbook."""
    declared = {one.name: one for one in STATE}
    for result in results().values():
        declared |= {one.name: one for one in result.figures}
    if name not in declared:
        raise SpecError(f"Geen uitkomst geeft het cijfer {name!r}.")
    return declared[name]


def inputs_of(template: b.Template) -> tuple[str, ...]:
    """The settings that the user of a workbook fills in."""
    return tuple(
        name for block in blocks_of(template) if isinstance(block, b.Form) for name in block.settings
    )


@cache
def used_settings(template: b.Template) -> tuple[str, ...]:
    """Those of its settings that its results read: a change of them waits for a refresh."""
    read = {name for result in asked(template) for name in result_of(result).settings}
    return tuple(name for name in inputs_of(template) if name in read)


def needs(template: b.Template) -> tuple[str, ...]:
    """The input tables that a workbook has, by name."""
    return tuple(block.table for block in blocks_of(template) if isinstance(block, b.DataBlock))


def checked_settings(template: b.Template) -> None:
    """Raise KeyError for a setting in a form that is not declared."""
    for name in inputs_of(template):
        setting(name)
