"""The rows of customers as the kernels take them: numbers for names, in as few bytes as hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from klantwaarde_xl.dutch import EPOCH
from klantwaarde_xl.kernels.models.log.prepare import Log

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 4_000_000  # rows


def names_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The customers of table tx, in order of name."""
    rows = con.execute("select distinct klant from tx where klant is not null order by klant").fetchall()
    return [name for (name,) in rows]


def log_of(con: duckdb.DuckDBPyConnection) -> Log:
    """The rows of table tx with a customer, by his place in `names_of`, in any order."""
    return next(logs_of(con, None))


def logs_of(con: duckdb.DuckDBPyConnection, most: int | None = AT_ONCE) -> Iterator[Log]:
    """The same in parts of about so many rows, in order of name, all rows of a customer in one part.

    most: None for a single part.
    """
    return in_parts(con, most)[1]


def in_parts(con: duckdb.DuckDBPyConnection, most: int | None = AT_ONCE) -> tuple[int, Iterator[Log]]:
    """How many customers there are, and those parts.

    A million customers are put in order, and not their ten million rows.
    """
    part = "0" if most is None else f"cast((sum(n) over (order by klant) - n) // {most} as integer)"
    con.execute(f"""
        create or replace temp table codes as
        select klant, cast(row_number() over (order by klant) - 1 as integer) as code, {part} as part
        from (select klant, count(*) as n from tx where klant is not null group by klant)""")
    found = con.execute("select part, count(*) from codes group by part order by part").fetchall()
    return sum(many for _, many in found), _fetched(con, [one for one, _ in found] or [0])


def _fetched(con: duckdb.DuckDBPyConnection, parts: Sequence[int]) -> Iterator[Log]:
    for one in parts:
        columns = con.execute(
            """select code, cast(date_diff('day', $epoch, dag) as integer) as day,
                 cast(bedrag as double) as amount
               from tx join (select klant, code from codes where part = $part) using (klant)""",
            {"epoch": EPOCH, "part": one},
        ).fetchnumpy()
        if one == parts[-1]:
            con.execute("drop table codes")
        yield Log(*(np.asarray(columns.pop(name)) for name in ("code", "day", "amount")))
