"""The declaration of a spreadsheet function: frozen data, checked when built.

Every host, the manual, the function sheet and the tests are rendered from these declarations.
Defaults are not declared: they are the kernel's own, so the two cannot drift apart.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import CellError, SpecError
from klantwaarde_xl.functions.reserved import RESERVED_NAMES, VBA_WORDS
from klantwaarde_xl.kernels.arrays import is_elementwise

Cell: TypeAlias = float | int | str | bool | dt.date | CellError | None
Cells: TypeAlias = Cell | tuple[Cell, ...] | tuple[tuple[Cell, ...], ...]

# Limits of Excel's function wizard: it cuts silently beyond them.
LONGEST_HELP = 255
LONGEST_NAMES = 254


class Kind(Enum):
    """What cells an argument takes, and what the kernel gets for them."""

    NUMBER = "getal"  # float, broadcast
    DATE = "datum"  # day number, broadcast
    CHOICE = "keuze"  # code of a named choice, broadcast
    NUMBERS = "getallen"  # range of any shape; blanks skipped; 1-D floats
    KEYS = "kolom met namen of nummers"  # codes 0…n−1; row by row with the other columns
    DATES = "kolom met datums"  # day numbers, row by row
    OPEN_DATES = "kolom met datums, leeg is nog niet"  # day numbers, row by row; a blank is NaN
    FIGURES = "kolom met getallen"  # floats, row by row
    OPEN_FIGURES = "kolom met getallen, leeg is geen"  # floats, row by row; a blank is NaN
    MATRIX = "blok met getallen"  # 2-D floats, no blanks
    TRIANGLE = "blok met getallen, leeg is nog niet bekend"  # 2-D floats, a blank is NaN
    CELLS = "cellen zoals ze zijn"  # the rows that hold data, unread
    KEY = "naam of nummer"  # code of one name from the function's first column of names

    @property
    def is_range(self) -> bool:
        """Whether the argument is naturally a range of cells."""
        return self not in (Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.KEY)

    @property
    def has_dates(self) -> bool:
        """Whether the cells of the range are dates."""
        return self in (Kind.DATES, Kind.OPEN_DATES)

    @property
    def is_open(self) -> bool:
        """Whether a blank cell of the column means something."""
        return self in (Kind.OPEN_DATES, Kind.OPEN_FIGURES)

    @property
    def is_column(self) -> bool:
        """Whether the range belongs row by row with the function's other columns."""
        return self in (Kind.KEYS, Kind.DATES, Kind.OPEN_DATES, Kind.FIGURES, Kind.OPEN_FIGURES)


@dataclass(frozen=True)
class Choice:
    """A named value of a `Kind.CHOICE` argument: the word a user types, the kernel's code."""

    word: str
    code: int
    doc: str


def choices(codes: type[Enum], **named: tuple[str, str]) -> tuple[Choice, ...]:
    """The choices of an argument, in the order given: the word and what it means, by member.

    codes: the enumeration that the kernel reads, each member of which is named; its value is the
    code, or its place when the value is no number. So a code stands in one place, the kernel.
    A member forgotten or unknown is a `SpecError`.
    """
    members = {member.name: member for member in codes}
    if members.keys() != named.keys():
        off = ", ".join(sorted(members.keys() ^ named.keys()))
        raise SpecError(f"De keuzes zijn niet die van {codes.__name__}: {off}.", where=codes.__module__)
    numbers = {name: place for place, name in enumerate(members)}
    numbers |= {name: int(one.value) for name, one in members.items() if isinstance(one.value, int)}
    return tuple(Choice(word, numbers[name], doc) for name, (word, doc) in named.items())


@dataclass(frozen=True)
class Arg:
    """One argument: its Dutch name in the spreadsheet, the kernel's parameter, help and unit.

    dated: of a block of numbers, whether its first column has dates.
    """

    name: str
    parameter: str
    doc: str
    unit: str = ""
    kind: Kind = Kind.NUMBER
    choices: tuple[Choice, ...] = ()
    dated: bool = False

    def help(self) -> str:
        """The text the function wizard shows."""
        words = " / ".join(f'"{c.word}" ({c.code}): {c.doc}' for c in self.choices)
        return self.doc + (f" {words}" if words else "")


@dataclass(frozen=True)
class Column:
    """A column of a spilled table: header, the field of the kernel's result, its texts.

    labels_of names the `Kind.KEYS` argument whose labels the codes stand for, or the block of numbers
    whose columns they are, called by their header; together is what the code −1 stands for; texts are the
    words that codes stand for. A field of two dimensions spreads over columns: its header then has `{n}`,
    which counts them from zero. A header with the name of a choice in braces shows the chosen word, so that
    a unit of time is always named. blank: what is not available shows as an
    empty cell, because colour scales and averages stumble over errors.
    """

    header: str
    field: str
    labels_of: str = ""
    texts: tuple[str, ...] = ()
    blank: bool = False
    together: str = ""


@dataclass(frozen=True)
class Example:
    """A call with its result; ranges are tuples, an omitted argument is None.

    close: relative difference that another computer may show. What a search finds depends on the
    last digits of its library; everything else is equal to nine digits.
    """

    args: tuple[Cells, ...]
    result: Cells
    source: str = ""
    close: float = 1e-9


@dataclass(frozen=True)
class Failure:
    """When a function gives an error value: which, the reason in Dutch, and a call that does."""

    error: CellError
    when: str
    args: tuple[Cells, ...]


@dataclass(frozen=True)
class Native:
    """A closed form as a plain Excel formula in file notation, with {argument} in braces.

    num and na are conditions for #NUM! and #N/A; an argument left out takes its default. A form
    that holds only while the arguments from position `before` on are left out says so.
    """

    value: str
    num: str = ""
    na: str = ""
    before: int = 99


@dataclass(frozen=True)
class Spec:
    """One spreadsheet function.

    columns: of the table that it spills, none for a function of one value; texts: the words that
    the kernel's result codes stand for, none for a function of numbers; closed: the closed form of a
    LAMBDA, where it is not the last of native: with LET, MAP and the like, over arguments already read.
    """

    name: str
    kernel: Callable[..., Any]
    group: str
    doc: str
    unit: str
    sources: tuple[str, ...]
    args: tuple[Arg, ...]
    examples: tuple[Example, ...]
    failures: tuple[Failure, ...] = ()
    columns: tuple[Column, ...] = ()
    texts: tuple[str, ...] = ()
    native: tuple[Native, ...] = ()
    closed: Native | None = None
    defaults: dict[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parameters = inspect.signature(self.kernel).parameters
        found = {
            arg.name: parameters[arg.parameter].default
            for arg in self.args
            if arg.parameter in parameters
            and parameters[arg.parameter].default is not inspect.Parameter.empty
        }
        object.__setattr__(self, "defaults", found)
        problems = [*_name_problems(self.name), *self._help_problems(), *self._argument_problems(parameters)]
        if not self.examples:
            problems.append("heeft geen voorbeeld")
        calls = [*(e.args for e in self.examples), *(f.args for f in self.failures)]
        problems += [f"voorbeeld {args!r} past niet" for args in calls if not self._fits(args)]
        if problems:
            raise SpecError(f"{self.name}: {'; '.join(problems)}.", where=self.kernel.__module__)

    def _help_problems(self) -> list[str]:
        long = [a.name for a in self.args if len(a.help()) > LONGEST_HELP or not a.doc]
        problems = [f"help van {name} ontbreekt of is langer dan {LONGEST_HELP} tekens" for name in long]
        if not 0 < len(self.doc) <= LONGEST_HELP:
            problems.append(f"omschrijving ontbreekt of is langer dan {LONGEST_HELP} tekens")
        if len(self.name) + sum(len(a.name) + 2 for a in self.args) > LONGEST_NAMES:
            problems.append("de namen van functie en argumenten zijn samen te lang voor Excel")
        return problems

    def _argument_problems(self, parameters: Any) -> list[str]:
        problems = []
        if [a.parameter for a in self.args] != list(parameters):
            problems.append(f"argumenten zijn niet die van de rekenkern: {', '.join(parameters)}")
        names = [a.name for a in self.args]
        if len(set(names)) != len(names):
            problems.append("een argumentnaam komt twee keer voor")
        for arg in self.args:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", arg.name) or arg.name in VBA_WORDS:
                problems.append(f"argumentnaam {arg.name!r} kan niet in VBA")
            if bool(arg.choices) != (arg.kind is Kind.CHOICE):
                problems.append(f"{arg.name}: keuzes horen bij een keuze-argument en alleen daar")
            if arg.kind.is_range and is_elementwise(self.kernel):
                problems.append(f"{arg.name}: een rekenkern per element neemt geen bereik")
        optional = [a.name in self.defaults for a in self.args]
        if optional != sorted(optional):
            problems.append("een verplicht argument staat achter een optioneel")
        return problems

    def _fits(self, args: tuple[Cells, ...]) -> bool:
        return len(args) <= len(self.args) and len(args) >= len(self.args) - len(self.defaults)

    def __call__(self, *cells: Any, **named: Any) -> Any:
        """Compute the function from Python values, in order or by the Dutch name of their argument.

        Returns one value or rows of them; raises `FunctionError` with the reason where a cell
        would show an error, and `UsageError` for arguments that it does not have.
        """
        from klantwaarde_xl.functions.adapter.python import value_of

        return value_of(self, cells, named)

    def is_optional(self, arg: Arg) -> bool:
        """Whether the argument may be left out."""
        return arg.name in self.defaults

    def default_text(self, arg: Arg) -> str:
        """What an optional argument is when it is left out, as a Dutch user reads it."""
        value = self.defaults[arg.name]
        if value is None:
            return "zie uitleg"
        for choice in arg.choices:
            if choice.code == value:
                return f'"{choice.word}"'
        return format_number(value)

    def signature(self, separator: str = "; ") -> str:
        """`KLANTWAARDE(besteding; [perioden]; …)`, optional arguments in brackets."""
        shown = (f"[{a.name}]" if self.is_optional(a) else a.name for a in self.args)
        return f"{self.name}({separator.join(shown)})"

    def explain(self, error: CellError) -> str:
        """Say in Dutch when this function gives that error; empty when it is not declared."""
        reasons = dict.fromkeys(f.when for f in self.failures if f.error is error)
        return "; ".join(reasons)


def _name_problems(name: str) -> list[str]:
    problems = []
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{2,}", name):
        problems.append("de naam moet uit hoofdletters bestaan, minstens drie tekens, zonder punt")
    if re.fullmatch(r"[A-Z]{1,3}\d+|R\d*C\d*", name):
        problems.append("de naam is een celadres")
    if name in RESERVED_NAMES:
        problems.append("Excel heeft zelf een functie met deze naam")
    return problems
