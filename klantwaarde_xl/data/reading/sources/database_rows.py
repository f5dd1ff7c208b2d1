"""Records of a database to the engine's table lines, in batches, each column with its own type.

A value that does not fit the type of its column (SQLite types values, not columns; a server may know a
date of year 0 and a number that is none) makes the whole column marked text, which is read like a
workbook's cells: its numbers stay certain, and what is no value is refused with its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.sources.marked import MARK, cell_text
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.typed import (
    TEXT,
    WITH_ZONE,
    Typed,
    family,
    refuse_types,
    zone_notes,
)
from klantwaarde_xl.data.reading.sources.typed_places import places_of
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb

BATCH = 50_000  # records at a time: some tens of megabytes
ANY_DECIMAL = "DECIMAL(38,10)"  # of a number whose digits the database does not limit
UNREADABLE = "BLOB"  # what is neither number, text nor time
_EXACT = 2**53  # whole numbers up to here are the same as a double
_FITTING: dict[str, set[type]] = {
    "BIGINT": {int},
    "DOUBLE": {int, float},
    "DECIMAL": {int, Decimal},
    "DATE": {dt.date},
    "TIMESTAMP": {dt.datetime},
    "BOOLEAN": {bool},
}


@dataclass(frozen=True)
class Answer:
    """What a database answers: its columns with their types in the engine, and batches of records.

    zone: in which the database shows moments (UTC, Europe/Amsterdam).
    """

    headers: tuple[str, ...]
    types: tuple[str, ...]
    batches: Iterable[Sequence[Sequence[Any]]]
    zone: str = "UTC"


def fill_lines(
    con: duckdb.DuckDBPyConnection,
    answer: Answer,
    table: Table,
    named: Mapping[str, str] | None,
    source: Source,
) -> Typed:
    """Put the records of an answer into table lines.

    Raises `ColumnsMissing`, with what the first records propose, and `FileUnreadable` for a column that holds
    no value of its kind, before any other record is fetched.
    """
    places = places_of(
        answer.headers, table, named, source, lambda: next((rows for rows in answer.batches if rows), [])
    )
    refuse_types(answer.types, answer.headers, places, table, source)
    lines = _Lines(con, answer, {*places.values()}, source)
    for rows in answer.batches:
        lines.add(rows)
    return Typed(answer.headers, source, zone_notes(answer.types, answer.headers, places, table, answer.zone))


class _Lines:
    """Table lines while it is filled."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, answer: Answer, ours: set[int], source: Source
    ) -> None:
        self._con, self._answer, self._ours, self._source = con, answer, ours, source
        self._types = [_kept(type_) if at in ours else TEXT for at, type_ in enumerate(answer.types)]
        self._filled = 0
        columns = ", ".join(f"c{at} {type_}" for at, type_ in enumerate(self._types))
        con.execute(f"create or replace table lines (rij bigint, {columns})")

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add a batch of records."""
        import duckdb

        if not rows:
            return
        cells = [[*column] for column in zip(*rows, strict=True)]
        columns = [self._fitting(at, values) for at, values in enumerate(cells)]
        try:
            self._insert(columns)
        except (duckdb.Error, OverflowError):
            columns = [
                column if self._holds(at, column) else self._as_text(at, cells[at])
                for at, column in enumerate(columns)
            ]
            self._insert(columns)
        self._filled += len(rows)

    def _insert(self, columns: Sequence[list[Any]]) -> None:
        cells = ", ".join(f"unnest(cast(? as {type_}[]))" for type_ in self._types)
        span = [self._filled + 1, self._filled + 1 + len(columns[0])]
        self._con.execute(f"insert into lines select unnest(range(?, ?)), {cells}", [*span, *columns])

    def _fitting(self, at: int, values: list[Any]) -> list[Any]:
        """The values of one column of a batch, ready for its type; where they do not fit, of text."""
        kinds = {*map(type, values)} - {type(None)}
        type_ = self._types[at]
        if self._answer.types[at] == WITH_ZONE and kinds == {dt.datetime}:
            values = [value and value.replace(tzinfo=None) for value in values]
        if type_ == TEXT:
            return self._texts(at, values)
        large = int in kinds and type_ == "DOUBLE" and any(_too_large(value) for value in values)
        return values if kinds <= _FITTING[family(type_)] and not large else self._as_text(at, values)

    def _holds(self, at: int, values: list[Any]) -> bool:
        import duckdb

        try:
            self._con.execute(f"select cast(? as {self._types[at]}[])", [values])
        except (duckdb.Error, OverflowError):
            return False
        return True

    def _as_text(self, at: int, values: list[Any]) -> list[Any]:
        """Make a column marked text from here on, and what is in it already."""
        if self._types[at] != TEXT:
            group, name = family(self._types[at]), f"c{at}"
            shown = f"cast({name} as varchar)"
            marked = f"'{MARK}' || {shown}" if group in ("BIGINT", "DOUBLE", "DECIMAL") else shown
            self._con.execute(f"alter table lines alter column {name} type varchar using {marked}")
            self._types[at] = TEXT
        return self._texts(at, values)

    def _texts(self, at: int, values: list[Any]) -> list[str | None]:
        ours = at in self._ours
        if ours and bytes in {*map(type, values)}:
            row = next(row for row, value in enumerate(values) if isinstance(value, bytes))
            raise FileUnreadable(
                "Hier staan bytes waar een tekst of getal hoort.",
                where=f"{self._source}, rij {self._filled + row + 1}, kolom {self._answer.headers[at]}",
                remedy="Maak er bij de bron tekst van, of noem een query die deze rij weglaat.",
            )
        return [_text(value, marked=ours) for value in values]


def _kept(type_: str) -> str:
    """The type of a column in table lines: what has a zone is stored as the database shows it."""
    return "TIMESTAMP" if type_ == WITH_ZONE else type_


def _too_large(value: Any) -> bool:
    return isinstance(value, int) and abs(value) > _EXACT


def _text(value: Any, *, marked: bool) -> str | None:
    """A value as text; marked: that it is a number shows, so that nobody doubts its point."""
    if value is None or isinstance(value, (bytes, bytearray, memoryview)):
        return None
    if isinstance(value, str):
        return value.replace(MARK, "")
    mark = MARK if marked else ""
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):  # exact, also past 15 digits
        return f"{mark}{value:f}" if isinstance(value, Decimal) else f"{mark}{value}"
    if isinstance(value, (float, dt.date, dt.time, dt.timedelta)):
        return cell_text(value) if marked else cell_text(value).replace(MARK, "")
    return str(value)
