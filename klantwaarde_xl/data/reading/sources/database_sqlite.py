"""SQLite files, which are only read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.sources.database_rows import BATCH, UNREADABLE, Answer, fill_lines
from klantwaarde_xl.data.reading.sources.database_tables import choose, is_query, relations
from klantwaarde_xl.data.reading.sources.typed import TEXT, TableSource, Typed
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb

_COLUMNS = """
    select '', m.name, c.name from sqlite_master m, pragma_table_info(m.name) c
    where m.type in ('table', 'view') and m.name not like 'sqlite\\_%' escape '\\' order by m.name, c.cid"""
_ABSENT = re.compile(r"no such (table|column): (.+)")
_NEAR = re.compile(r'near "(.+)": syntax error')


def from_sqlite(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    part: str,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    """Put a table, or a query's answer, of an SQLite file into table lines.

    part: the table or query; empty for the only table. Raises `FileUnreadable`, `Ambiguous` (which of
    the tables) or `ColumnsMissing`.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            file.execute("pragma query_only = on")
            file.execute("begin")  # one moment, also when a shop writes meanwhile
            if is_query(part):
                query, words = part, "eigen vraag"
            else:
                there = relations(file.execute(_COLUMNS).fetchall(), "")
                chosen = choose(there, part, table, named, str(path))
                query, words = f"select * from {chosen.sql()}", f"tabel {chosen}"
            source = TableSource(path, part=words)
            return fill_lines(con, _answer(file.execute(query)), table, named, source)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged file has names that are no text
        raise _in_words(error, path) from error


def _answer(cursor: sqlite3.Cursor) -> Answer:
    """The types of SQLite are those of its values: the first batch shows them."""
    headers = tuple(str(column[0]) for column in cursor.description or ())
    first = cursor.fetchmany(BATCH)
    columns = [*zip(*first, strict=True)] if first else [()] * len(headers)
    return Answer(headers, tuple(map(_type_of, columns)), _batches(first, cursor))


def _batches(first: Sequence[Sequence[Any]], cursor: sqlite3.Cursor) -> Iterator[Sequence[Sequence[Any]]]:
    yield first
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _type_of(values: Sequence[Any]) -> str:
    kinds = {*map(type, values)} - {type(None)}
    if kinds == {int}:
        return "BIGINT"
    if kinds and kinds <= {int, float}:
        return "DOUBLE"
    return UNREADABLE if kinds == {bytes} else TEXT


def _in_words(error: Exception, path: Path) -> FileUnreadable:
    said = str(error)
    if match := _ABSENT.match(said):
        what = "tabel" if match[1] == "table" else "kolom"
        return FileUnreadable(
            f"De vraag noemt een {what} die er niet is: {match[2]}.",
            where=str(path),
            remedy="Verbeter de naam in de vraag achter het #.",
        )
    if (match := _NEAR.match(said)) or isinstance(error, sqlite3.ProgrammingError):
        spot = f" bij {match[1]!r}" if match else ""
        return FileUnreadable(
            f"De vraag is geen goede SQL{spot}.",
            where=str(path),
            remedy="Verbeter de vraag achter het #; het moet één select zijn.",
        )
    if "locked" in said or "busy" in said:
        return FileUnreadable(
            "Een ander programma schrijft nu in dit bestand.",
            where=str(path),
            remedy="Sluit dat programma, of lees een kopie van het bestand.",
        )
    return FileUnreadable(
        f"Dit SQLite-bestand of deze vraag is niet te lezen (SQLite zegt: {said}).",
        where=str(path),
        remedy="Controleer het bestand en de vraag achter het #, of exporteer de gegevens als CSV.",
    )
