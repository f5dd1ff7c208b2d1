"""How many rows of a table stand there twice, without a table of all different rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_FEW = 100_000  # so many rows the engine counts as well; and so many that may be double are looked at again
_AT_ONCE = 20_000_000
_RUN = 5  # rows one below the other that are no chance


def doubles(
    con: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str], rows: int | None = None
) -> int:
    """How many rows of a relation are the same, in these columns, as one before them.

    rows: how many there are, where that is known.
    """
    values, which = ", ".join(columns), ""
    if rows is None:
        rows = int(con.execute(f"select count(*) from {relation}").fetchall()[0][0])
    if rows > _FEW:
        twice = _twice(con, relation, values, rows // _AT_ONCE + 1)
        if not twice:
            return 0
        if len(twice) <= _FEW:
            which = f"where hash({values}) in (select unnest($twice))"
    found = con.execute(
        f"select count(*) - count(distinct ({values})) from {relation} {which}",
        {"twice": twice} if which else None,
    ).fetchall()
    return int(found[0][0])


def again_in_a_row(con: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str]) -> int:
    """How many rows stand, five or more one below the other, just as they stand further up.

    Where two exports overlap they do. Of very many rows it is not looked for: 0.
    """
    found = con.execute(f"""
        with told as (
          select row_number() over (order by rij) as spot, hash({", ".join(columns)}) as row from {relation}
          where (select count(*) from {relation}) <= {_FEW}
        ), again as (
          select spot, row, spot - lag(spot) over (partition by row order by spot) as further from told
        ), runs as (
          select *, spot - row_number() over (partition by further order by spot) as run from again
          where further >= {_RUN}
        )
        select coalesce(sum(n), 0) from (
          select count(*) as n from runs group by further, run
          having n >= {_RUN} and 2 * count(distinct row) > n)""").fetchall()
    return int(found[0][0])


def _twice(con: duckdb.DuckDBPyConnection, relation: str, values: str, parts: int) -> list[int]:
    """The hashes that more than one row has, of rows that are the same and by chance of others; or too many.

    Sorted in an array, part by part, which takes a fifth of the time and memory of a table in the engine.
    """
    import numpy as np

    found: list[int] = []
    for part in range(parts):
        own = f"where hash({values}) % {parts} = {part}" if parts > 1 else ""
        query = f"select hash({values}) as hashed from {relation} {own}"
        hashes = np.asarray(con.execute(query).fetchnumpy()["hashed"], dtype=np.uint64)
        hashes.sort()
        found += np.unique(hashes[1:][hashes[1:] == hashes[:-1]])[: _FEW + 1].tolist()
        if len(found) > _FEW:
            break  # too many to look at apart
    return found
