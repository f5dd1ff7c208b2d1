"""Which marked rows of an export are the sum of others: of their order, or of the rows above them."""

from __future__ import annotations

from dataclasses import dataclass

from klantwaarde_xl.data.reading.export import Export, cell_of

_SURELY = 20  # rows that one row adds up to the cent, whoever it is of


@dataclass(frozen=True)
class Found:
    """Marked rows: how many are the sum of others, how many are not, and the most rows that one adds up.

    edge: all of them are the first of their order, or all the last; bare: how many orders of several rows
    have none; ends: the last row of all is one.
    """

    sums: int
    others: int
    most: int
    edge: bool
    ends: bool
    bare: int = 0


def lacks(export: Export, sums: str) -> int:
    """How many columns have nothing in each row of a query, and something in every other row."""
    alone = ", ".join(f"bool_and(({cell_of(at)} = '') = (rij in (select rij from {sums})))"
                      for at in range(len(export.headers)))  # fmt: skip
    told = export.rows(f"select {alone} from raw join lines using (rij)")[0]
    return sum(one is True for one in told)


def run_of(export: Export) -> str:
    """The SQL of what joins lines of one order that stand together."""
    return "(select orde from order_run where order_run.rij = raw.rij)"


def in_orders(export: Export, marked: str, group: str) -> Found:
    """Make table sums (rij, v, rest, nr, n, fits) of marked rows that stand with other rows of their order.

    marked: the SQL of what says it of a row; group: that of its order.
    """
    number = export.shown("order") if export.has("order") else "'?'"
    export.con.execute(f"""
        create or replace temp table sums as
        with told as (
          select raw.rij, v, {number} as nr, {group} as orde, {marked} as marked
          from raw join lines using (rij) join {export.values("bedrag")} using (rij) where {number} <> ''
        )
        select rij, v, nr, rest, n, is_first, is_last, v = rest as fits from (
          select *, sum(v) filter (not marked) over (partition by orde) as rest,
            count(*) filter (not marked and v <> 0) over (partition by orde) as n,
            rij = min(rij) over (partition by orde) as is_first,
            rij = max(rij) over (partition by orde) as is_last
          from told) where marked and v <> 0 and n > 0""")
    bare = f"""select count(*) from (select {group} as orde, count(*) as n, bool_or({marked}) as has
        from raw join lines using (rij) where {number} <> '' group by 1) where n > 1 and not has"""
    return _found(export, export.count(bare))


def in_a_run(export: Export, marked: str, *, whose: bool = False) -> Found:
    """Make table sums (rij, v, rest, nr, fits) of marked rows; one fits that is the sum of rows above it.

    These begin at the top or behind another marked row; whose: the row has no customer and number, or those
    of all rows above it since the last marked one.
    """
    number = export.shown("order") if export.has("order") else "''"
    customer = f"coalesce({export.text('klant')}, '')"
    own = (
        "m.klant in ('', m.of_klant) and m.nr in ('', m.of_nr) and (m.klant || m.nr = '' or s.n = m.before_n)"
    )
    same = own if whose else "true"
    export.con.execute(f"""
        create or replace temp table sums as
        with told as (
          select raw.rij, v, {customer} as klant, {number} as nr, {marked} as marked
          from raw join lines using (rij) join {export.values("bedrag")} using (rij)
        ), summed as (
          select *, sum(if(marked, 0, v)) over (order by rij) as above,
            -- sums, because the engine takes the square of the rows for a running count of some of them
            sum(if(marked, 0, 1)) over (order by rij) as n,
            sum(if(marked, 1, 0)) over (order by rij) - if(marked, 1, 0) as run
          from told
        ), runs as (
          select run, if(min(klant) = max(klant), min(klant), null) as of_klant,
            if(min(nr) = max(nr), min(nr), null) as of_nr from summed where not marked group by run
        ), marks as (
          select s.*, r.of_klant, r.of_nr, coalesce(lag(n) over (order by rij), 0) as before_n
          from summed s left join runs r using (run) where marked and v <> 0
        ), starts as (
          select rij, above, n from marks union all select -1, 0, 0
        ), fitting as (
          select m.rij, max(m.n - s.n) as added from marks m join starts s
            on s.above = m.above - m.v and s.rij < m.rij and s.n < m.n
          where {same} or m.n - s.n >= {_SURELY} group by m.rij
        )
        select m.rij, m.v, m.above as rest, m.nr, coalesce(f.added, 0) as n, false as is_first,
          true as is_last, f.rij is not null as fits
        from marks m left join fitting f using (rij)""")
    return _found(export)


def _found(export: Export, bare: int = 0) -> Found:
    sums, others, most, edge, ends = export.rows("""
        select count(*) filter (fits), count(*) filter (not fits), coalesce(max(n) filter (fits), 0),
          coalesce(bool_and(is_first) or bool_and(is_last), false),
          coalesce(max(rij) filter (fits) = (select max(rij) from raw), false)
        from sums""")[0]
    return Found(sums, others, most, edge, ends, bare)
