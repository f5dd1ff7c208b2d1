"""What a refresh reads from a workbook, and what it will write: data, for any host to apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from klantwaarde_xl.errors import CellError

Value: TypeAlias = float | int | str | bool | dt.date | CellError | None


@dataclass(frozen=True)
class Table:
    """The contents of an Excel table: its headers, rows of cell values, the headers' sheet row."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    top: int = 1


@dataclass(frozen=True)
class Contents:
    """What the program needs to know of a workbook: named cells and tables, by name.

    Dates in cells may still be day numbers, because only their format tells them apart.
    """

    names: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True)
class TableWrite:
    """Replace the body of one table: its rows for the program's own columns.

    columns: the headers that the program writes; any other column of the table is the user's
    and stays with the row that has the same key (and the same occurrence of it).
    """

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameWrite:
    """Set the one cell that a defined name points at."""

    name: str
    value: Value


@dataclass(frozen=True)
class Plan:
    """All writes of one refresh."""

    tables: tuple[TableWrite, ...] = ()
    names: tuple[NameWrite, ...] = ()

    def value(self, name: str) -> Value:
        """What a named cell gets; None when that is nothing, or the plan does not write it."""
        return next((write.value for write in self.names if write.name == name), None)
