"""What can be computed from tables and settings: results, each declared once with its columns.

A result's declaration gives the workbook's table (name, headers, number formats), the frame and
files for analysts, and the manual's line. Its function computes the rows, when they are asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """A column of a result.

    header: as it stands in workbook, frame and file; number: the name of its number format, empty
    for text that is no key; help: what it is, with its unit (Dutch); wraps: text that may take lines.
    """

    header: str
    number: str = ""
    help: str = ""
    wraps: bool = False


@dataclass(frozen=True)
class Figure:
    """A single figure that a result gives: it lands in the cell `kw_` plus its name."""

    name: str
    label: str
    number: str = ""
    help: str = ""

    @property
    def cell(self) -> str:
        """The name of its cell in a workbook."""
        return f"kw_{self.name}"


@dataclass(frozen=True)
class Made:
    """What computing a result gave: its rows, and its figures by name."""

    rows: Sequence[Row] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """A result that can be asked for.

    name: how one asks; title: how people call it (Dutch); table: of a workbook, empty for figures
    only; key: the headers that tell rows apart; settings: the named cells whose value it reads;
    needs: the input tables, by name; counted: what one row is and what more are, in words; top: the
    header of the figure whose highest rows a sheet shows when it cannot hold all; continues: whether it
    goes on from the rows that its table in the workbook holds (`Context.earlier`), which it gives back with
    what is new; of_workbook: whether it says something of a workbook rather than of data, so that only a
    workbook has it; compute: from a `context.Context`, in which what results share is computed once.
    """

    name: str
    title: str
    compute: Callable[[Any], Made]
    table: str = ""
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    settings: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("transacties",)
    counted: tuple[str, str] = ("rij", "rijen")
    top: str = ""
    continues: bool = False
    of_workbook: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of its columns, in order."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True)
class ResultTable:
    """A named table of results: headers, and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame, for analysts."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))


@cache
def results() -> Mapping[str, Result]:
    """All results by name: those that the modules of this folder declare, a new file by being there."""
    found: dict[str, Result] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for declared in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if isinstance(declared, Result):
                found[declared.name] = declared
    return MappingProxyType(found)
