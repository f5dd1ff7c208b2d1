"""A formula ready to be computed: what it reads, our calls in it, and what must hold for its value.

The engine does not know our functions. In the text that it gets, each of our calls is a `Site`: a
place that holds the call's result, as a literal or as a block of cells on the scratch sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.formula_cells import FormulaCell


class Unknowable(Exception):
    """The value of a formula cannot be known here."""


class Takes(Enum):
    """What the place of a call takes of a result that is a table."""

    FIRST = "the first cell, as a formula of one cell shows it"
    ALL = "all of it"
    LINE = "all of it, when it is one row or column"
    ONE = "nothing but a single value"


@dataclass(eq=False)
class Site:
    """One call of ours: where its arguments come from, and what its place in the formula takes.

    Without a spec: a number that becomes text, which the engine writes with other digits than Excel.
    """

    spec: Spec | None
    takes: Takes
    given: list[Given] = field(default_factory=list)
    within: tuple[Branch, ...] = ()
    result: Any = None
    text: str = "#N/A"

    def rows(self) -> list[list[Any]]:
        """The result as rows."""
        found = self.result if isinstance(self.result, (list, tuple)) else [[self.result]]
        return [list(row) if isinstance(row, (list, tuple)) else [row] for row in found]


Parts: TypeAlias = "list[str | Site]"


@dataclass(eq=False)
class Probe:
    """An expression that is computed by itself, on a row of the scratch sheet."""

    parts: Parts
    row: int = 0


@dataclass(eq=False)
class Branch:
    """Which of its branches an IF, IFS, CHOOSE, SWITCH or IFERROR takes, and the one that is meant.

    asked: makes `chooses`, which is seldom wanted, and what it needs.
    """

    asked: Callable[[], tuple[Probe, tuple[Check, ...]]]
    number: int

    @cached_property
    def _asked(self) -> tuple[Probe, tuple[Check, ...]]:
        return self.asked()

    @property
    def chooses(self) -> Probe:
        """It gives the number of the branch that is taken; an error means that it is not known."""
        return self._asked[0]

    @property
    def needs(self) -> tuple[Check, ...]:
        """What must hold before `chooses` may be believed."""
        return self._asked[1]


@dataclass(frozen=True)
class Constant:
    """An argument that is written out: a value, or rows of values."""

    value: Any


Given: TypeAlias = "Constant | Cells | Probe | Site"


class Rule(Enum):
    """What a value must be, so that every spreadsheet in every country makes the same of it."""

    NUMBER = "no text that could be read as a number"
    WHOLE = "a whole number, or an error"
    ORDINAL = "a whole number from 1 on, or an error"
    DAY = "a day from March 1900 on: before that, programs count otherwise"
    TEXT = "nothing that another country writes otherwise"
    CRITERION = "not empty, no text that could be read as another number or date"
    JOINED = "the same behind a > or <, where a boolean would be written in words"
    NOT_ENGINES = "no error that is the engine's own"
    TRUSTED = "the same, nor one that the engine sees late: a number that is too large"
    FILLED = "not empty: Excel leaves such an argument out, Calc hands over a nought"
    NO_BOOLEAN = "no boolean: a number to Calc, while Excel skips it in a range and orders it behind numbers"
    BOOLEAN = "a boolean, empty, or an error"
    NOT_ZERO = "not zero, and not empty"


@dataclass(frozen=True, eq=False)
class Check:
    """A rule for the value of cells, of an expression, or of a call."""

    rule: Rule
    target: Cells | Probe | Site
    within: tuple[Branch, ...] = ()  # it matters only where each of these is taken


@dataclass(eq=False)
class Prepared:
    """One formula cell: its text for the engine (None: as it is), and what its value stands on."""

    sheet: str
    cell: FormulaCell
    parts: Parts | None = None
    known: bool = True
    is_call: bool = False  # the whole formula is one call of ours
    follows: Site | None = None  # the call whose result is as large as this array formula's
    reads: list[Cells] = field(default_factory=list)
    digested: list[Cells] = field(default_factory=list)  # those of which a digest says enough
    reads_anything: bool = False
    is_narrowed: bool = False
    sites: list[Site] = field(default_factory=list)  # inner calls first
    checks: list[Check] = field(default_factory=list)

    @property
    def fills(self) -> Cells:
        """The cells that show its result."""
        return Cells(self.sheet, self.cell.fills)
