"""Where every block of a template stands: blocks get their rows and columns, names their addresses.

Nothing above this floor knows an address, and nothing below it decides one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, chain

from klantwaarde_xl.addresses import MOST_ROWS, Area, address
from klantwaarde_xl.data.settings import Setting, declared, setting
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.functions.plain import plain_formula
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.content import (
    columns_in,
    name_of,
    placed_blocks,
    result_of,
    sheets_of,
    used_settings,
)
from klantwaarde_xl.workbook.entered import GRID, Entry, entries
from klantwaarde_xl.workbook.sizes import FORM_HEADERS, size_of
from klantwaarde_xl.workbook.state import used_figure
from klantwaarde_xl.workbook.waits import CELL_NAME, COLUMN_OF, Waits, without_texts

FIRST_ROW, FIRST_COLUMN = 4, 2  # under the band on top, right of the margin
TOTAL = "kc_meldingen"  # the cell with the number of checks that ask for attention

_COLUMN = re.compile(r"\b(tbl\w+)\[([^\[\]]+)\]")


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
        if self.headers.count(header) != 1:
            many = "meer dan één" if header in self.headers else "geen"
            raise SpecError(f"Dit raster of deze tabel op blad {self.sheet} heeft {many} kolom {header!r}.")
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


@dataclass(frozen=True)
class Waiting:
    """Cells of a sheet that show nothing while a figure has no value; cell: the name of the figure's cell."""

    sheet: str
    cells: Area
    cell: str

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of its sheet is among them."""
        return self.cells.top <= row <= self.cells.bottom and self.cells.left <= column <= self.cells.right


@dataclass
class Layout:
    """A template with every block in its place."""

    template: b.Template
    pages: list[tuple[b.Sheet, list[Placed]]] = field(default_factory=list)
    names: dict[str, Spot] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    anchors: dict[str, Spot] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    # Of charts that may be hidden, name to the cells that they wait for: of their figure, and of those around
    charts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entries: list[tuple[Spot, str, Setting]] = field(default_factory=list)  # cells to fill in, name and rule

    def __post_init__(self) -> None:
        for sheet in sheets_of(self.template):
            self.pages.append((sheet, list(self._place(sheet))))
        for cell in (*chain.from_iterable(self.charts.values()), *(one.cell for one in self.waiting)):
            if cell not in self.names:
                raise SpecError(f"Sjabloon {self.template.id} heeft geen cel {cell} om op te wachten.")

    # ── places ────────────────────────────────────────────────────────────────────────────

    def _place(self, sheet: b.Sheet) -> Iterator[Placed]:
        row = FIRST_ROW
        for block in sheet.blocks:
            yield from self._put(block, sheet.name, row, FIRST_COLUMN)
            row += size_of(block)[0] + 1

    def _put(self, block: b.Block, sheet: str, row: int, column: int) -> Iterator[Placed]:
        """A block and those within it, each with its first cell."""
        if isinstance(block, b.Beside):
            for one in block.blocks:
                yield from self._put(one, sheet, row, column)
                column += size_of(one)[1] + block.gap
        elif isinstance(block, b.Stack | b.WhenKnown):
            if isinstance(block, b.WhenKnown):
                rows, columns = size_of(block)
                cells = Area(row, column, row + rows - 1, column + columns - 1)
                self.waiting.append(Waiting(sheet, cells, f"kw_{block.figure}"))
            for one in block.blocks:
                yield from self._put(one, sheet, row, column)
                row += size_of(one)[0] + 1
        else:
            self._enter(block, sheet, row, column)
            yield Placed(block, row, column)

    def _enter(self, block: b.Block, sheet: str, row: int, column: int) -> None:
        """Give the names of a block their cells."""
        if isinstance(block, b.Grid):
            self._enter_grid(block, sheet, row, column)
        elif isinstance(block, b.Form):
            self._enter_form(block, sheet, row, column)
        elif isinstance(block, b.ResultBlock):
            result = result_of(block.result)
            headers = (*result.headers, *(one.header for one in block.own))
            self._field_at(result.table, _table(sheet, row + bool(block.heading), column, headers))
        elif isinstance(block, b.DataBlock):
            table = tables()[block.table]
            headers = tuple(one.name for one in columns_in(block))
            self._field_at(table.sheet_table, _table(sheet, row, column, headers))
        elif isinstance(block, b.Checks):
            self._name(TOTAL, sheet, row + len(block.checks) + 1, column + 1)
        elif isinstance(block, b.Chart) and block.figure:
            around = (one.cell for one in self.waiting if one.sheet == sheet and one.holds(row, column))
            also = (f"kw_{block.also[0]}",) if block.also[0] else ()
            self.charts[chart_name(sheet, row, column)] = (f"kw_{block.figure}", *also, *around)
        elif isinstance(block, b.Text) and block.anchor:
            self.anchors[block.anchor] = Spot(sheet, row, column)

    def _enter_grid(self, block: b.Grid, sheet: str, row: int, column: int) -> None:
        place = field_of(block, sheet, row, column)
        if block.name:
            self._field_at(block.name, place)
        for down, cells in enumerate(block.rows, place.top + 1):
            for right, cell in zip(place.places, cells, strict=True):
                self._name(name_of(cell), sheet, down, right)
                if isinstance(cell, b.Input) and cell.among is None:
                    self.entries.append((Spot(sheet, down, right), cell.name, cell.rule))

    def _enter_form(self, block: b.Form, sheet: str, row: int, column: int) -> None:
        unknown = [name for name in block.settings if name not in {one.name for one in declared()}]
        if unknown:
            raise SpecError(f"Er is geen instelling {unknown[0]!r}.")
        waits = used_settings(self.template) if block.used else ()
        for down, name in enumerate(block.settings, row + 1):
            self._name(name, sheet, down, column + 1)
            self.entries.append((Spot(sheet, down, column + 1), name, setting(name)))
            if name in waits:
                self._name(used_figure(name).cell, sheet, down, column + len(FORM_HEADERS))

    def _field_at(self, name: str, place: Field) -> None:
        if name in self.fields:
            raise SpecError(f"Het raster of de tabel {name} staat twee keer in sjabloon {self.template.id}.")
        self.fields[name] = place

    def _name(self, name: str, sheet: str, row: int, column: int) -> None:
        if name:
            if name in self.names:
                raise SpecError(f"De naam {name} staat twee keer in sjabloon {self.template.id}.")
            self.names[name] = Spot(sheet, row, column)

    # ── references ────────────────────────────────────────────────────────────────────────

    def formula(self, text: str, row: int = 0, grid: Field | None = None) -> str:
        """A formula with every name looked up and every `{grid.column}` as an address.

        row, grid: where it stands, for `{.column}`. Our functions are written out, unless the template calls
        them. Raises `SpecError` for what is nowhere.
        """
        if text == possible.TEST and GRID not in self.fields:  # nothing to fill in
            return "=TRUE"
        for name in CELL_NAME.findall(without_texts(text)):
            if name.lower() not in self.names:
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

        resolved = possible.counted(COLUMN_OF.sub(resolve, text), self._rules)
        return resolved if self.template.calls_functions else plain_formula(resolved)

    def said(self, text: str, row: int = 0, *, brief: bool = False) -> str:
        """As `formula`, of a text that names what cannot be in a cell under it; brief: in few words."""
        return self.formula(self._waits.instead(text, row, brief=brief), row)

    def top(self, text: str | b.Formula) -> str:
        """What stands under a sheet's title, or what cannot be in a cell; empty where nothing is typed."""
        if GRID not in self.fields:
            return ""
        quoted = text.text if isinstance(text, b.Formula) else '"' + text.replace('"', '""') + '"'
        return self.formula(self._waits.first(quoted))

    def formulas_in_grids(self) -> Iterator[tuple[Spot, tuple[str, int, Field]]]:
        """Every formula of a grid, by where it stands, with its row and grid."""
        for sheet, placed in self.pages:
            for one in placed:
                if isinstance(one.block, b.Grid):
                    place = field_of(one.block, sheet.name, one.row, one.column)
                    for down, cells in enumerate(one.block.rows, place.top + 1):
                        for at, cell in zip(place.places, cells, strict=True):
                            if isinstance(cell, b.Formula):
                                yield Spot(sheet.name, down, at), (cell.text, down, place)

    def reference(self, values: str, rows: tuple[int, int] = (0, 0)) -> str:
        """`grid.column` or `tblKpi.omzet` as a chart refers to it; a table's range grows with it.

        rows: the first and last that are meant, from one; noughts are all.
        """
        block, _, header = values.partition(".")
        place = self._field(block)
        cells = place.cells(header)
        if rows[0]:
            cells = Area(place.top + rows[0], cells.left, place.top + rows[1], cells.right)
        return f"={_absolute(place.sheet, cells)}"

    def spots(self, place: Field, header: str, row: int = 0) -> set[Spot]:
        """The cells of a column, or the one in a row."""
        cells = place.cells(header)
        rows = (row,) if row else range(cells.top, cells.bottom + 1)
        return {Spot(place.sheet, one, cells.left) for one in rows}

    def spot(self, name: str) -> str:
        """A named cell as `'Blad'!$B$4`."""
        spot = self.names[name]
        return self.place(spot.sheet, spot.row, spot.column)

    def place(self, sheet: str, row: int, column: int, last: int = 0) -> str:
        """A cell as `'Blad'!$B$4`, or the cells of its column down to a row."""
        return _absolute(sheet, Area(row, column, last or row, column))

    def rows_of(self, values: str) -> int:
        """How many rows a column of a grid has; values: `grid.column`."""
        place = self._field(values.partition(".")[0])
        return place.bottom - place.top

    def anchor(self, name: str) -> Spot:
        """Where a link goes; raises `SpecError` for a place that is not there."""
        if name not in self.anchors:
            raise SpecError(f"Sjabloon {self.template.id} heeft geen plek {name!r} om heen te gaan.")
        return self.anchors[name]

    def _field(self, name: str) -> Field:
        if name not in self.fields:
            raise SpecError(f"Sjabloon {self.template.id} heeft geen raster of tabel {name}.")
        return self.fields[name]

    @cached_property
    def _rules(self) -> dict[str, Setting]:
        """The rules of the cells to fill in that have a name."""
        return {name: rule for _, name, rule in self.entries if name}

    @cached_property
    def _waits(self) -> Waits:
        listed = entries(placed_blocks(self.template)) if GRID in self.fields else ()
        return Waits(
            self, {spot: place for place, one in enumerate(listed, 1) for spot in self._cells_of(one)}
        )

    def _cells_of(self, entry: Entry) -> set[Spot]:
        if entry.name:
            return {self.names[entry.name]}
        grid, _, header = entry.column.partition(".")
        place = self._field(grid)
        return self.spots(place, header, place.top + entry.row if entry.row else 0)

    @cached_property
    def has_checks(self) -> bool:
        """Whether there is a total of checks, for the top of every sheet."""
        return TOTAL in self.names


def chart_name(sheet: str, row: int, column: int) -> str:
    """How a chart is called in the workbook, by where it stands in a new one."""
    return f"Grafiek {sheet} {address(row, column)}"


def field_of(grid: b.Grid, sheet: str, row: int, column: int) -> Field:
    """Where the headers and rows of a grid stand."""
    top = row + bool(grid.heading)
    places = list(accumulate((one.span for one in grid.columns[:-1]), initial=column))
    return Field(sheet, top, top + len(grid.rows), tuple(one.header for one in grid.columns), tuple(places))


def _table(sheet: str, top: int, left: int, headers: tuple[str, ...]) -> Field:
    """A table is one row high until a refresh fills it."""
    return Field(sheet, top, top + 1, headers, tuple(range(left, left + len(headers))))


def _absolute(sheet: str, cells: Area) -> str:
    first = address(cells.top, cells.left, absolute=True)
    last = address(cells.bottom, cells.right, absolute=True)
    where = first if first == last else f"{first}:{last}"
    return "'" + sheet.replace("'", "''") + "'!" + where


@cache
def layout_of(template: b.Template) -> Layout:
    """The layout of a template, made once."""
    return Layout(template)
