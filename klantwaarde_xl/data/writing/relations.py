"""What is to be written, as relations in an engine with real types: results, figures, input tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.analyse import Analysis
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.results import Column, Row, results
from klantwaarde_xl.errors import SpecError

if TYPE_CHECKING:
    import duckdb

FIGURES = "cijfers"
TEXT, DAY, COUNT, NUMBER = "varchar", "date", "bigint", "double"
# By the name of a column's number format; every other one is of a number with a fraction
_TYPES = {"": TEXT, "tekst": TEXT, "datum": DAY, "maand": DAY, "aantal": COUNT}
_PLACE = "#"  # of a row among the others; no result has a column of this name
_EMPTY = {TEXT: "", DAY: "1970-01-01", COUNT: 0, NUMBER: 0.0}
_EXACT = {TEXT: str, DAY: dt.date, COUNT: int, NUMBER: float}
_FIGURE_COLUMNS = (
    Column("cijfer", "tekst"),
    Column("omschrijving", "tekst"),
    Column("waarde", "cijfer"),
    Column("tekst", "tekst"),
    Column("datum", "datum"),
)


@dataclass(frozen=True)
class Output:
    """A table to write: its name, its columns, and the query that gives its rows in their order."""

    name: str
    con: duckdb.DuckDBPyConnection
    columns: tuple[Column, ...]
    query: str

    @property
    def types(self) -> tuple[str, ...]:
        """The type of each column in the engine."""
        return tuple(type_of(column) for column in self.columns)

    def count(self) -> int:
        """How many rows it has."""
        return int(self.con.execute(f"select count(*) from ({self.query})").fetchall()[0][0])


def type_of(column: Column) -> str:
    """The type of a result's column in the engine, and so in a file."""
    return _TYPES.get(column.number, NUMBER)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def names_of(names: Iterable[str], tables: Iterable[str]) -> list[str]:
    """What `outputs_of` gives for results and input tables, by name."""
    asked = [results()[name] for name in names]
    figures = [FIGURES] if any(one.figures for one in asked) else []
    return [*(one.name for one in asked if one.columns), *figures, *tables]


def outputs_of(analysis: Analysis, tables: Mapping[str, Checked]) -> list[Output]:
    """Everything of an analysis that can be written, in its order; tables: the input tables to write too."""
    import duckdb

    con = duckdb.connect()
    found = [
        _relation(con, name, results()[name].columns, table.rows)
        for name, table in analysis.tables.items()
        if results()[name].columns
    ]
    if analysis.figures:
        found.append(_relation(con, FIGURES, _FIGURE_COLUMNS, _figure_rows(analysis)))
    return [*found, *(input_of(checked) for checked in tables.values())]


def _figure_rows(analysis: Analysis) -> list[Row]:
    """A row a figure, its value in the column of its kind."""
    declared = {one.name: one for result in analysis.tables for one in results()[result].figures}
    rows: list[Row] = []
    for name, value in analysis.figures.items():
        kind = _TYPES.get(declared[name].number, NUMBER)
        cells = [value if kind in kinds else None for kinds in ((COUNT, NUMBER), (TEXT,), (DAY,))]
        rows.append((name, declared[name].label, *cells))
    return rows


def input_of(checked: Checked) -> Output:
    """An input table as it was read, amounts as doubles."""
    columns = tuple(Column(one.name, one.form, one.help) for one in checked.table.columns)
    shown = ", ".join(
        f"cast({one.sql} as {type_of(column)}) as {quoted(one.name)}"
        for one, column in zip(checked.table.columns, columns, strict=True)
    )
    query = f"select {shown} from {checked.table.sql} order by rij"
    return Output(checked.table.name, checked.con, columns, query)


def exact_output(name: str, columns: tuple[Column, ...], rows: Sequence[Row]) -> Output | None:
    """Rows as a relation in an engine of its own; None when that would hold a value otherwise than it is."""
    import duckdb

    for place, column in enumerate(columns):
        values = [row[place] for row in rows]
        kind = _EXACT[type_of(column)]
        if not set(map(type, values)) <= {kind, type(None)}:
            return None
        if kind is float and any(value != value for value in values):
            return None
    return _relation(duckdb.connect(), name, columns, rows)


def _relation(
    con: duckdb.DuckDBPyConnection, name: str, columns: tuple[Column, ...], rows: Sequence[Row]
) -> Output:
    """Rows as a relation; empty cells become null, whatever the type."""
    import numpy as np

    arrays: dict[str, Any] = {_PLACE: np.arange(len(rows))}
    for place, column in enumerate(columns):
        arrays |= _arrays(place, column, [row[place] for row in rows])
    con.register("given", arrays)
    shown = ", ".join(
        f"case when not e{place} then cast(v{place} as {type_of(column)}) end as {quoted(column.header)}"
        for place, column in enumerate(columns)
    )
    relation = quoted(name)
    con.execute(f"create table {relation} as select {quoted(_PLACE)}, {shown} from given")
    con.unregister("given")
    return Output(
        name, con, columns, f"select * exclude ({quoted(_PLACE)}) from {relation} order by {quoted(_PLACE)}"
    )


def _arrays(place: int, column: Column, values: Sequence[Any]) -> dict[str, Any]:
    """A column as an array of values of one type, and one that says which cells are empty.

    The engine guesses the type of an array that holds both; a guess from the first thousand is none.
    Raises `SpecError` for a column of counts that holds a fraction: it would be rounded without a word.
    """
    import numpy as np

    kind = type_of(column)
    empty = np.array([value is None or value != value for value in values], dtype=bool)
    filled = [_EMPTY[kind] if gone else value for value, gone in zip(values, empty, strict=True)]
    if kind == TEXT:
        array = np.array([str(value) for value in filled], dtype=object)
    elif kind == DAY:
        array = np.array(filled, dtype="datetime64[D]").astype("datetime64[us]")
    else:
        array = np.array(filled, dtype=np.float64)
        if kind == COUNT and (array != np.floor(array)).any():
            raise SpecError(f"De kolom {column.header!r} telt, en bevat een breuk.")
    return {f"v{place}": array, f"e{place}": empty}
