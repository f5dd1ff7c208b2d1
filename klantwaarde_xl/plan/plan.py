"""What a refresh reads from a workbook, and what it will write: data, for any host to apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.xlsx.values import Note, Table, Value

__all__ = [
    "NAME_PREFIX",
    "ChartWrite",
    "Contents",
    "NameWrite",
    "Note",
    "Plan",
    "Table",
    "TableWrite",
    "Value",
]

NAME_PREFIX = "kw_"  # of the cells that the program reads and writes


@dataclass(frozen=True)
class Contents:
    """What the program needs to know of a workbook: named cells and tables, by name.

    names: the values of named cells. tables: those that were read. present: the others that
    are there, without their rows. unfit: parts that are there but cannot be written, and why (Dutch).
    days_behind: how many days less than ours the workbook counts, 1462 from 1904. properties: of the
    document, as text; empty where a host does not read them. charts: the names of charts,
    pictures and shapes.

    Dates in cells may still be day numbers of the workbook's calendar, because only what a cell
    means tells them apart.
    """

    names: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    present: Mapping[str, Table] = field(default_factory=dict)
    unfit: Mapping[str, str] = field(default_factory=dict)
    days_behind: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    charts: Collection[str] = ()

    def table_names(self) -> list[str]:
        """The names of all tables that are there, read or not."""
        return list(dict.fromkeys([*self.tables, *sorted(self.present)]))

    def table(self, name: str) -> tuple[str, Table] | None:
        """A table that was read, and its name as it is written there; capitals do not matter."""
        return _by_name(self.tables, name)

    def head(self, name: str) -> tuple[str, Table] | None:
        """As `table`, also of a table of which only the headers were read."""
        return _by_name(self.tables, name) or _by_name(self.present, name)

    def day(self, value: Value) -> Value:
        """What a cell that means a date holds, with a day number as our calendar counts it."""
        if self.days_behind and isinstance(value, int | float) and not isinstance(value, bool):
            return value + self.days_behind
        return value


def _by_name(tables: Mapping[str, Table], name: str) -> tuple[str, Table] | None:
    wanted = name.casefold()
    return next(((key, table) for key, table in tables.items() if key.casefold() == wanted), None)


@dataclass(frozen=True)
class TableWrite:
    """Replace the body of one table: its rows for the program's own columns.

    columns: the headers that the program writes; any other column of the table is the user's
    and stays with the row that has the same key (and the same occurrence of it). title: how people
    call it, the table's own name when there is none; counted: one of its rows and more of them; shares_rows:
    whether the template itself has something else in its rows. is_input: whether these are rows of a file,
    where a user may type rows too. is_journal: whether they say something of the refresh, not of the data.
    """

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    key: tuple[str, ...] = ()
    title: str = ""
    counted: tuple[str, str] = ("rij", "rijen")
    shares_rows: bool = False
    is_input: bool = False
    is_journal: bool = False

    @property
    def called(self) -> str:
        """How the user knows the table."""
        return self.title or self.table


@dataclass(frozen=True)
class NameWrite:
    """Set the one cell that a defined name points at.

    title: how people call the figure, its name when there is none; is_given: whether the user gives the
    value.
    """

    name: str
    value: Value
    title: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class ChartWrite:
    """Hide a chart while the cell of a figure is empty; show it when it gets a value.

    name: of the chart; cell: the name of the figure's cell; known: whether it, and each of `also`, has a
    value now; also: names of cells that the chart waits for as well.
    """

    name: str
    cell: str
    known: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All writes of one refresh, what the user should know (Dutch), and when it was made.

    changes: what is new in the data against what the workbook held, each a piece of a sentence (Dutch).
    """

    tables: tuple[TableWrite, ...] = ()
    names: tuple[NameWrite, ...] = ()
    notices: tuple[str, ...] = ()
    made: dt.datetime | None = None
    charts: tuple[ChartWrite, ...] = ()
    changes: tuple[str, ...] = ()

    def value(self, name: str) -> Value:
        """What a named cell gets; None when that is nothing, or the plan does not write it."""
        return next((write.value for write in self.names if write.name == name), None)


def header(text: str) -> str:
    """A header or key column as it is compared: capitals and spaces around it do not matter."""
    return text.strip().casefold()


def positions(headers: Iterable[str]) -> dict[str, int]:
    """The place of each header as it is compared."""
    return {header(text): place for place, text in enumerate(headers)}
