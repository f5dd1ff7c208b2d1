"""Which cells that a user types into a text stands on: what cannot be in one of them is said in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from klantwaarde_xl.workbook.entered import GRID, NAMED, STAND, TAKES, WHERE, WRONG

if TYPE_CHECKING:
    from klantwaarde_xl.workbook.layout import Field, Layout, Spot

CELL_NAME = re.compile(r"\bk[a-z]_[a-z0-9_]+\b", re.IGNORECASE)
COLUMN_OF = re.compile(r"\{([A-Za-z][\w-]*|\^|)\.([^{}]+)\}")

SIGN = "✖ "  # before what is wrong, on top of a sheet


def without_texts(formula: str) -> str:
    """A formula with the insides of its texts left out."""
    return re.sub(r'"[^"]*"', '""', formula)


class Waits:
    """The formulas of a layout, and which of the listed cells each stands on."""

    def __init__(self, layout: Layout, listed: Mapping[Spot, int]) -> None:
        """listed: the place in the list of each cell, from one."""
        self._layout = layout
        self._listed = listed
        self._known: dict[Spot, frozenset[int]] = {}

    def instead(self, text: str, row: int = 0, *, brief: bool) -> str:
        """A formula that says first what cannot be in a cell that the given one stands on.

        brief: only which cell it is, where the top of the sheet says what it takes.
        """
        said = text.removeprefix("=")
        for first, last in reversed(_runs(self.on(text, row))):
            said = self._where_wrong((first, last), said, brief=brief)
        return f"={said}"

    def first(self, text: str) -> str:
        """The same of any listed cell, for the top of a sheet; text: a formula, or words in quotes."""
        return f"={self._where_wrong((1, max(self._listed.values())), text.removeprefix('='), sign=SIGN)}"

    def _where_wrong(
        self, run: tuple[int, int], otherwise: str, *, brief: bool = False, sign: str = ""
    ) -> str:
        """What is wrong in the first of a run of listed cells that has it, else another formula."""
        stand, named, where, takes = (
            self._layout.reference(f"{GRID}.{column}", run).removeprefix("=")
            for column in (STAND, NAMED, WHERE, TAKES)
        )
        if run[0] < run[1]:
            here = f'MATCH("{WRONG}",{stand},0)'
            named, where, takes = (f"INDEX({cells},{here})" for cells in (named, where, takes))
        what = f'{named}&" {WRONG}"' if brief else f'"{sign}"&{named}&" ("&{where}&") {WRONG}. "&{takes}'
        return (
            f"IFERROR({what},{otherwise})" if run[0] < run[1] else f'IF({stand}="{WRONG}",{what},{otherwise})'
        )

    @cached_property
    def _formulas(self) -> dict[Spot, tuple[str, int, Field]]:
        """Every formula of a grid by where it stands."""
        return dict(self._layout.formulas_in_grids())

    def on(self, text: str, row: int = 0, grid: Field | None = None) -> frozenset[int]:
        """The places in the list of the cells that a formula stands on, directly or not."""
        found: set[int] = set()
        for spot in self._read(text, row, grid):
            found |= self._under(spot)
        return frozenset(found)

    def _under(self, spot: Spot) -> frozenset[int]:
        if spot not in self._known:
            own = self._listed.get(spot)
            self._known[spot] = frozenset(() if own is None else (own,))  # of a circle no more than that
            if spot in self._formulas:
                self._known[spot] |= self.on(*self._formulas[spot])
        return self._known[spot]

    def _read(self, text: str, row: int, grid: Field | None) -> set[Spot]:
        names = (name.lower() for name in CELL_NAME.findall(without_texts(text)))
        found = {self._layout.names[name] for name in names if name in self._layout.names}
        for block, header in COLUMN_OF.findall(text):
            if block in ("", "^") and grid is not None:
                found |= self._layout.spots(grid, header, row - (block == "^"))
            elif block in self._layout.fields:
                found |= self._layout.spots(self._layout.fields[block], header)
        return found


def _runs(places: frozenset[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other as first and last."""
    ordered = sorted(places)
    if not ordered:
        return []
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return list(zip(starts, ends, strict=True))
