"""The cells of workbooks in the engine, each with its own type, and table lines that shows them as text.

Table cells has the texts of a CSV as c0, c1, … and, of columns with numbers or days, these as n0, n1, …. View
lines has all cells as c0, c1, …, as if they had come as marked text; after these the columns n of which every
cell below the header is a number (or a day), or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.engine import make_view
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import WITHOUT_WORDS, digits, family

if TYPE_CHECKING:
    import duckdb

DATE, NUMBER = "DATE", "DOUBLE"


def table_of(parts: Sequence[RawText]) -> str:
    """The table that holds the records of texts: lines itself where no cell of theirs has a type."""
    return "cells" if _types(parts) else "lines"


def cells_and_typed(con: duckdb.DuckDBPyConnection) -> tuple[list[str], dict[int, str]]:
    """The types of the cells in lines, from left to right, and those of its columns n, by their place."""
    lines = con.table("lines")  # which asks no query of it
    types = dict(zip(lines.columns, map(str, lines.types), strict=True))
    return (
        [type_ for name, type_ in types.items() if name.startswith("c")],
        {int(name[1:]): type_ for name, type_ in types.items() if name.startswith("n")},
    )


def with_words(con: duckdb.DuckDBPyConnection, places: Iterable[int]) -> list[int]:
    """Those of these places of lines at which a cell below the header can hold a word: no number or day."""
    types, typed = cells_and_typed(con)
    return [at for at in places if at not in typed and family(types[at]) not in WITHOUT_WORDS]


@contextmanager
def joined(
    con: duckdb.DuckDBPyConnection, parts: Sequence[RawText], part: RawText, width: int, records: str
) -> Iterator[str]:
    """The query for the records of a part with what stands beside it; records: SQL of its CSV with `rij`."""
    types, beside = _types(parts), part.beside.columns if part.beside else {}
    if not types:
        yield f"select * from {records}"
        return
    import numpy as np

    own = {at: _value(f"b{at}", one.of_days) for at, one in beside.items() if _type(one.of_days) == types[at]}
    others = {at: _text(_value(f"b{at}", one.of_days), _type(one.of_days)) for at, one in beside.items()}
    cells = [
        f"coalesce(c{at}, {others[at]}) as c{at}" if at in others and at not in own else f"c{at}"
        for at in range(width)
    ]
    typed = [f"{own.get(at, f'cast(null as {type_})')} as n{at}" for at, type_ in types.items()]
    found = f"select rij, {', '.join([*cells, *typed])} from {records}"
    if not beside:
        yield found
        return
    con.register("beside", {f"b{at}": np.frombuffer(one.values()) for at, one in beside.items()})
    try:
        yield f"{found} positional join beside"
    finally:
        con.unregister("beside")


def show_lines(con: duckdb.DuckDBPyConnection, parts: Sequence[RawText], width: int) -> None:
    """Make view lines of table cells, where that is the one that was filled."""
    types = _types(parts)
    if not types:
        return
    cells = [
        f"if(n{at} is null, c{at}, {_text(f'n{at}', types[at])}) as c{at}" if at in types else f"c{at}"
        for at in range(width)
    ]
    typed = [f"n{at}" for at, type_ in types.items() if _are_alone(parts, at, type_)]
    make_view(con, "lines", f"select rij, {', '.join([*cells, *typed])} from cells")


def _types(parts: Sequence[RawText]) -> dict[int, str]:
    """The types of columns in table cells, by place: of parts that differ that of the first."""
    found: dict[int, str] = {}
    for part in parts:
        for at, column in part.beside.columns.items() if part.beside else ():
            found.setdefault(at, _type(column.of_days))
    return found


def _are_alone(parts: Sequence[RawText], at: int, type_: str) -> bool:
    """Whether no part has anything else at a place, and all have it there."""
    if any(part.order for part in parts):
        return False
    every = [part.beside for part in parts]
    return all(one and at not in one.texts for one in every) and all(
        _type(one.columns[at].of_days) == type_ for one in every if one and at in one.columns
    )


def _type(of_days: bool) -> str:
    return DATE if of_days else NUMBER


def _value(number: str, of_days: bool) -> str:
    """The SQL of what a number stands for, null for a gap."""
    value = f"date '1970-01-01' + cast({number} as int)" if of_days else number
    return f"if(isnan({number}), null, {value})"


def _text(value: str, type_: str) -> str:
    """The SQL of a number or a day as `marked.marked` has it."""
    return f"'{MARK}' || {digits(value, NUMBER)}" if type_ == NUMBER else f"cast({value} as varchar)"
