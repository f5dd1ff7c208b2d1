"""Every cell that a user types a number, a day or a choice into, listed on Controle with what it takes.

From this list each page says which cell has what cannot be, and what can, in the place of what waits for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.data.settings import Kind, Setting, declared
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.possible import impossible, impossible_in
from klantwaarde_xl.workbook.styles import BAD

GRID = "invoer"  # the name of the list, of which formulas ask
NAMED, STAND, WHERE, TAKES = "gele cel", "stand", "waar", "wat er kan"
_LONGEST = 100  # of what a cell takes, on one line
WRONG = "kan niet"


class Entry(NamedTuple):
    """A cell to type into, or a column of cells that take the same.

    name: of the cell, empty for one that has none; sheet: where it stands; rule: what it takes; label:
    what to call it; apart: the heading over it, for cells that are called alike; said: a cell with the
    first words of what it is called, where the user gives these; column: of cells without a name, as
    `grid.column`; row: which of its rows, nought for all.
    """

    name: str
    sheet: str
    rule: Setting
    label: str
    apart: str = ""
    said: str = ""
    column: str = ""
    row: int = 0

    @property
    def cell(self) -> str:
        """The cell in a formula; of a column all of it."""
        if self.name:
            return self.name
        return f"INDEX({{{self.column}}},{self.row})" if self.row else f"{{{self.column}}}"


def entries(blocks: Sequence[tuple[str, b.Block]]) -> Iterator[Entry]:
    """The cells of a workbook, in the order of its sheets; blocks: with the name of their sheet."""
    for sheet, block in blocks:
        if isinstance(block, b.Form):
            rules = (one for one in declared() if one.name in block.settings and one.kind is not Kind.TEXT)
            ordered = sorted(rules, key=lambda one: block.settings.index(one.name))
            yield from (Entry(one.name, sheet, one, one.label) for one in ordered)
        elif isinstance(block, b.Grid):
            found = [
                one for number, row in enumerate(block.rows, 1) for one in _in_row(sheet, block, row, number)
            ]
            yield from dict.fromkeys(found)


def _in_row(sheet: str, grid: b.Grid, row: tuple[b.Cell, ...], number: int) -> Iterator[Entry]:
    typed = [
        (column.header, cell)
        for column, cell in zip(grid.columns, row, strict=True)
        if isinstance(cell, b.Input) and cell.rule.kind is not Kind.TEXT and cell.among is None
    ]
    first = row[0]
    apart = grid.heading.partition(":")[0] if isinstance(grid.heading, str) else ""
    for header, cell in typed:
        column = "" if cell.name else f"{grid.name}.{header}"
        chooses = isinstance(first, b.Input) and first.among is not None  # that names no row
        if first is cell or chooses:  # without a name it is one of a column
            yield Entry(cell.name, sheet, cell.rule, cell.rule.label, apart, column=column)
        elif isinstance(first, b.Input):
            what = f"{first.rule.label} {number}, {header}"
            yield Entry(cell.name, sheet, cell.rule, what, apart, first.name, column, number)
        else:
            # A row with a target is called after the figure that it is for
            alone = len(typed) == 1 and header != "doel"
            what = str(first) if alone else f"{first}, {header}"
            yield Entry(cell.name, sheet, cell.rule, what, apart, "", column, number)


def listed(found: Sequence[Entry]) -> b.Grid:
    """The list of these cells: what each is, how it stands, where it is, and what it takes."""
    often = Counter((one.sheet, one.label) for one in found)
    columns = (
        b.Column(NAMED),
        b.Column(STAND),
        b.Column(WHERE, "unit"),
        b.Column(TAKES, "unit", span=2),
    )
    rows = tuple(_row(one, alike=often[one.sheet, one.label] > 1) for one in found)
    return b.Grid(columns, rows, GRID, "Gele cellen, en wat er kan", (b.Words(STAND, ((WRONG, BAD),)),))


def _row(one: Entry, *, alike: bool) -> tuple[b.Cell, ...]:
    label = f"{one.label}, bij {one.apart}" if alike and one.apart else one.label
    called: b.Cell = label
    if one.said:
        rest = label.partition(",")[2]
        called = b.Formula(f'=IF({one.said}="","{label}",{one.said}&",{rest}")', role="label")
    beyond, blank = f"OR({impossible(one.cell, one.rule)})", f'{one.cell}=""'
    if not (one.name or one.row):
        beyond, blank = impossible_in(one.cell, one.rule), f"COUNTA({one.cell})=0"
    takes = one.rule.message()
    return (
        called,
        b.Formula(f'=IF({beyond},"{WRONG}",IF({blank},"leeg","in orde"))', role="label"),
        one.sheet,
        takes if len(takes) <= _LONGEST else "Kies een waarde uit de lijst.",
    )  # fmt: skip
