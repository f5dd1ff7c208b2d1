"""How the columns of a grid or table look, beside the format of their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from klantwaarde_xl.data.settings import Setting


@dataclass(frozen=True)
class Bar:
    """Light bars behind the digits of a column; high: the value of a full one."""

    column: str
    high: float | None = None


@dataclass(frozen=True)
class Scale:
    """Two colours, from the lowest to the highest value of a column; to: of all columns up to that one.

    from_row: the first row that is coloured, where those above it are sums.
    """

    column: str
    to: str = ""
    from_row: int = 1


@dataclass(frozen=True)
class Shades:
    """Five shades of all columns up to `to`, so many rows together, by the amount in the last of them."""

    column: str
    to: str
    rows: int


@dataclass(frozen=True)
class Words:
    """Words of a column in a colour of their own."""

    column: str
    colors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Faint:
    """Errors of a column in grey: they are there for a chart, which draws nothing for #N/A."""

    column: str


@dataclass(frozen=True)
class ByWord:
    """Numbers of which the kind hangs on a word in their row: format, unit and limits of each by that word.

    word: the column with the words; rules: what a number beside each word is.
    """

    column: str
    word: str
    rules: tuple[tuple[str, Setting], ...]


@dataclass(frozen=True)
class Filled:
    """Rows that show nothing, no frame either, while this column is empty in them; to: the last column."""

    column: str
    to: str


@dataclass(frozen=True)
class AsChosen:
    """Another number format in columns up to `to`, by the word that the user chose in a named cell."""

    column: str
    to: str
    cell: str
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reached:
    """A line round the first value of a row, of the columns up to `to`, that is as much as a named cell.

    when: a formula that is TRUE while the columns hold what can be compared with it; number: their format,
    for LibreOffice lays only the first rule that holds over a cell, so that this goes before any other.
    """

    column: str
    to: str
    cell: str
    when: str = "TRUE"
    number: str = "euro2"


@dataclass(frozen=True)
class Course:
    """A small chart in each cell of a column: of the numbers in its row, of the columns from first to last.

    It says nothing that these do not say: some programs leave it out of a PDF.
    """

    column: str
    first: str
    last: str


Look: TypeAlias = Bar | Course | Scale | Shades | Words | Faint | ByWord | Filled | AsChosen | Reached
