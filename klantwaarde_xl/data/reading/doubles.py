"""How many rows of a table stand there twice, without a table of all different rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_FEW = 100_000  # so many rows the engine counts as well; and so many that may be double are looked at again
_AT_ONCE = 20_000_000
_RUN = 5  # rows one below the other that are no chance
_SURE = 50  # times less often than once in all such files that are alike by chance
_STEPS = 20  # distances to a row's like above, the shortest, of which a block that was pasted often has one


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


def copied_below(
    con: duckdb.DuckDBPyConnection, rows: str, row: str, many: str = "true"
) -> list[tuple[int, int]]:
    """The rows that stand, five or more one below the other, just as they stand further up, and where.

    Where two exports overlap they do, and where a block was pasted once more, or more often. It takes more
    than five where so many rows are alike that five are so by chance. rows: a relation with `rij`; row: the
    SQL of what makes two of them alike; many: SQL over rows that come again, true where they are no chance.
    Of very many rows it is not looked for: none.
    """
    return con.execute(f"""
        with told as (
          select *, row_number() over (order by rij) as spot, hash({row}) as seen from {rows}
          where (select count(*) from {rows}) <= {_FEW}
        ), chance as (  -- so many below each other are none
          select greatest({_RUN}, ceil(ln(n * n * {_SURE}) / nullif(-ln(alike / n / n), 0))) as least_run
          from (select sum(n) as n, sum(n * n) as alike from (
            select count(*) as n from told group by seen))
        ), first as (
          select spot, spot - min(spot) over (partition by seen) as further from told
        ), steps as (
          select distinct further from (
            select further, spot - row_number() over (partition by further order by spot) as run from first
            where further >= {_RUN}) group by further, run having count(*) >= {_RUN}
          order by further limit {_STEPS}
        ), again as (
          select told.*, further, above.rij as before, told.spot
            - row_number() over (partition by further order by told.spot) as run
          from steps cross join told join told above
            on above.spot = told.spot - further and above.seen = told.seen
        )
        select rij, min(before) from again semi join (
          select further, run from again group by further, run
          having count(*) >= (select least_run from chance) and {many}) using (further, run)
        group by rij order by rij""").fetchall()


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
