"""Text on disk to rows in the engine, with the columns of a table found in its header."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.columns import cleaned
from klantwaarde_xl.data.reading.headers import (
    HEADER_WITHIN,
    columns_missing,
    find_columns,
    needed_of,
    wanted_of,
)
from klantwaarde_xl.data.reading.text import RawText, TextColumn
from klantwaarde_xl.data.reading.typed import Typed, cell, is_there, places_of, types_of
from klantwaarde_xl.data.tables import Column, Table
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Loaded:
    """What was found: the file's headers and their row, and the place of each column that is there."""

    headers: tuple[str, ...]
    header_row: int
    places: Mapping[str, int]


def text_column(table: Table, column: Column, raw: RawText | Typed) -> TextColumn:
    """A column's text in table raw, and the table that its values go to."""
    at = table.columns.index(column)
    return TextColumn(f"t{at}", f"v{at}", column.name, raw.source)


def load(
    con: duckdb.DuckDBPyConnection, raw: RawText | Typed, table: Table, named: Mapping[str, str] | None
) -> Loaded:
    """Make table raw: `rij`, the row as the user's program shows it, and each column's text as t0, t1, ….

    Also tables lines, the whole file, and blank, the rows without any figure. A typed source has made
    lines itself, and its dates and numbers keep their types in raw. Raises `ColumnsMissing` when no header
    is found, and `FileUnreadable` for a quote that is never closed.
    """
    if isinstance(raw, Typed):
        loaded = Loaded(raw.headers, 0, places_of(raw.headers, table, named, raw.source))
        _texts(con, table, loaded)
        return loaded
    con.execute("set preserve_insertion_order = true")
    con.execute(
        """create or replace table lines as select row_number() over () + ? - 1 as rij, * from read_csv(
            ?, delim = ?, header = false, all_varchar = true, auto_detect = false, quote = '"', escape = '"',
            null_padding = true, strict_mode = false, max_line_size = 10000000, columns = ?)""",
        [raw.first_row, str(raw.path), raw.delimiter, _width(raw)],
    )
    loaded = _header(con, raw, table, named)
    _refuse_open_quote(con, raw, loaded.places)
    _texts(con, table, loaded)
    return loaded


def _header(
    con: duckdb.DuckDBPyConnection, raw: RawText, table: Table, named: Mapping[str, str] | None
) -> Loaded:
    head = con.execute(f"select * from lines order by rij limit {HEADER_WITHIN}").fetchall()
    wanted, needed = wanted_of(table, named), needed_of(table, named)
    for line in head:
        headers = tuple(text or "" for text in line[1:])
        found = find_columns(headers, wanted, needed)
        if found is not None:
            places = {name: found[name] for name in table.headers if name in found}
            return Loaded(headers, line[0], places)
    first = [text or "" for text in head[0][1:]] if head else []
    raise columns_missing(first, table, str(raw.source), named)


def _texts(con: duckdb.DuckDBPyConnection, table: Table, loaded: Loaded) -> None:
    types = types_of(con, "lines")[1:]
    there = [is_there(types[place], f"c{place}") for place in loaded.places.values()]
    texts = {
        column.name: _cell(column, types[loaded.places[column.name]], f"c{loaded.places[column.name]}")
        if column.name in loaded.places
        else "''"
        for column in table.columns
    }
    shown = ", ".join(f"{text} as t{at}" for at, text in enumerate(texts.values()))
    con.execute(
        f"""create or replace table cells as select rij, {shown}
            from lines where rij > ? and ({" or ".join(there)})""",
        [loaded.header_row],
    )
    # A row without date and amount is no order: a total, or a line that goes on
    types = types_of(con, "cells")[1:]
    telling = [is_there(types[at], f"t{at}") for at in map(table.columns.index, table.telling)]
    empty = f"not ({' or '.join(telling)})" if telling else "false"
    con.execute(f"create or replace table blank as from cells where {empty}")
    con.execute(f"create or replace table raw as from cells where not ({empty})")
    con.execute("drop table cells")


def _cell(column: Column, type_: str, text: str) -> str:
    return cell(column, type_, text) or cleaned(column, f"coalesce({text}, '')")


def _refuse_open_quote(con: duckdb.DuckDBPyConnection, raw: RawText, places: Mapping[str, int]) -> None:
    """A quote that is never closed swallows the rows behind it; better no figures than those."""
    text = " || ".join(f"coalesce(c{place}, '')" for place in places.values())
    rows = con.execute(
        f"select rij from lines where contains({text}, chr(10)) order by rij limit 1"
    ).fetchall()
    if rows:
        raise FileUnreadable(
            "Een aanhalingsteken in dit bestand wordt niet gesloten; de regels erachter vallen dan weg.",
            where=f"{raw.source}, rij {rows[0][0]}",
            remedy='Verwijder het losse " in die regel, of bewaar het bestand als .xlsx.',
        )


def _width(raw: RawText) -> dict[str, str]:
    """Every line's fields as c0, c1, …: as many as the widest of the first lines."""
    with raw.path.open(encoding="utf-8", newline="") as file:
        first = itertools.islice(csv.reader(file, delimiter=raw.delimiter), 200)
        widest = max((len(row) for row in first), default=1)
    return {f"c{i}": "VARCHAR" for i in range(max(widest, 1))}
