"""The sheet with the ranges that examples of functions refer to, filled while the examples are written."""

from __future__ import annotations

from klantwaarde_xl.functions.notation import FILE, Dialect, Placed, literal, place
from klantwaarde_xl.functions.spec import Cell, Cells, Example, Spec
from klantwaarde_xl.workbook.blocks import Free, Sheet
from klantwaarde_xl.workbook.layout import FIRST_COLUMN, FIRST_ROW
from klantwaarde_xl.workbook.styles import GREY

_NAME = "Voorbeelddata"


class ExampleRanges:
    """Ranges beside each other, under the names of the functions that use them; the same ranges stand there once."""

    def __init__(self) -> None:
        self.column = FIRST_COLUMN
        self.cells: list[tuple[int, int, Cell]] = []
        self.titles: dict[int, str] = {}
        self._placed: dict[tuple[Cells, ...], int] = {}

    def place(self, spec: Spec, example: Example, dialect: Dialect = FILE) -> Placed:
        """The arguments of an example, with its ranges on this sheet."""
        ranges = tuple(arg for arg in example.args if isinstance(arg, tuple))
        there = self._placed.get(ranges)
        column = there or self.column
        placed = place(example.args, row=FIRST_ROW + 1, column=column, dialect=dialect, sheet=_NAME)
        if there is not None:
            if spec.name not in self.titles[there].split(", "):
                self.titles[there] += f", {spec.name}"
        elif placed.cells:
            self._placed[ranges] = self.column
            self.titles[self.column] = spec.name
            self.cells += placed.cells
            self.column = max(column for _, column, _ in placed.cells) + 2
        return placed

    def sheet(self) -> Sheet:
        """The sheet as it is by now."""
        titles = [(FIRST_ROW, column, name) for column, name in self.titles.items()]
        cells = tuple(
            (row - FIRST_ROW, column - FIRST_COLUMN, value) for row, column, value in (*titles, *self.cells)
        )
        return Sheet(
            _NAME, "Voorbeelddata", "De bereiken waar de voorbeelden naar verwijzen; dit blad wordt niet afgedrukt.",
            (Free(cells),), (13,) * self.column, "De bereiken waar de voorbeelden naar verwijzen.", tab=GREY, prints="no",
        )  # fmt: skip


def as_formula(value: Cell) -> str:
    """What a function gives, as a formula that says just that."""
    known = float(f"{value:.7g}") if isinstance(value, float) else value  # what a search finds differs behind
    return f"={literal(known, FILE)}"
