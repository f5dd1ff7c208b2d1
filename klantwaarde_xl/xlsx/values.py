"""What cells and tables hold, as plain data: the words that this room shares with those above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.errors import CellError

Value: TypeAlias = float | int | str | bool | dt.date | CellError | None

MOST_OVER = 20  # formulas that are told of one column of ours; more are one that was filled down
DAYS_1904 = 1462  # what the calendar from 1904 counts less


class Note(NamedTuple):
    """What a person attached to a cell: the place of its row, from 0, the column in words, what it says."""

    row: int
    column: str
    text: str


class Pointed(NamedTuple):
    """A row of a table (from 0) that a formula shows by its address: which formula, and which cells."""

    row: int
    said: str
    target: str


class Covering(NamedTuple):
    """A range over all rows of a table: what has it, the range as a formula writes it, its last row."""

    said: str
    target: str
    last: int


@dataclass(frozen=True)
class Table:
    """An Excel table: its headers, rows of cell values, the headers' sheet row, its sheet's name.

    formulas: by place of a column, the formula of each of its cells and None for a cell without
    one. Columns without formulas are left out, and so are formulas that the table itself gives to
    every row: those are nobody's to lose. notes: what is attached to its cells and says something;
    bound: whether anything belongs to some of its rows and not to all, so that it must follow them;
    apart: the letters of columns with something in its rows that are not beside it: that stays where it is.
    pointed: rows at which formulas elsewhere point by their address. whole: the rows with all that stands in
    them, where `rows` has a part of it; None where that is not read. covering: ranges over all its rows that
    do not grow with it in this host.
    """

    headers: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    top: int = 1
    sheet: str = ""
    formulas: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    bound: bool = False
    apart: tuple[str, ...] = ()
    pointed: Sequence[Pointed] = ()
    whole: Sequence[Sequence[Value]] | None = None
    covering: Sequence[Covering] = ()
