"""The rows of which every cell could be read, and a complaint for each cell that could not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.columns import Reading, complaint, read_column
from klantwaarde_xl.data.reading.doubts import TOTALS
from klantwaarde_xl.data.reading.ends import latest_of
from klantwaarde_xl.data.reading.lines import SHIFTED
from klantwaarde_xl.data.reading.load import text_column
from klantwaarde_xl.data.reading.quality import Problem, Quality
from klantwaarde_xl.data.reading.text import MARK, RawText
from klantwaarde_xl.data.reading.typed import Typed
from klantwaarde_xl.data.reading.written import Written, together
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

_TEXT = (Kind.KEY, Kind.TEXT)  # kinds whose text is their value


def read_values(
    con: duckdb.DuckDBPyConnection,
    raw: RawText | Typed,
    table: Table,
    places: dict[str, int],
    reading: Reading,
    today: dt.date,
) -> Written:
    """Make a table of values, v0, v1, …, of each column that is more than its text.

    Returns what these told of how they are written. A column that only helps, and could be read in two
    ways, is asked about where nothing else will do.
    """
    told = []
    for column in table.columns:
        if column.kind not in (*_TEXT, Kind.SCORE):  # scores are read with their scale, before
            text, latest = text_column(table, column, raw), latest_of(column, today)
            told.append(read_column(con, column.kind, text, reading, latest))
    needed = {name for column in table.columns if column.name not in places for name in column.instead}
    needed |= {"terugbetaald", *(("btw",) if reading.vat else ())}  # without them a figure is another
    for column in table.aids:
        if column.kind in _TEXT or column.name not in places:
            continue
        try:
            told.append(read_column(con, column.kind, text_column(table, column, raw), reading, today))
        except Ambiguous:
            if column.name in needed:
                raise
            places.pop(column.name)
    return together(told)


def keep(
    con: duckdb.DuckDBPyConnection,
    raw: RawText | Typed,
    table: Table,
    today: dt.date,
    helpers: Sequence[Column] = (),
    people: Sequence[int] = (),
) -> Quality:
    """Make the table's relation of the rows that could be read whole; say of the others why not.

    helpers: columns that only help, and stand in the relation too; people: rows of customers who are called
    as a total is. The working tables are dropped; lines
    and blank stay for who looks on.
    """
    con.execute("create or replace table problems (rij bigint, kolom int, inhoud varchar, reden varchar)")
    for at in range(len(table.columns)):
        con.execute(f"insert into problems {_problems(table, at, today, people)}")
    for column in helpers:
        if column.kind not in _TEXT:
            con.execute(f"insert into problems {_problems(table, table.read.index(column), today)}")
    for column in table.columns:
        if column.not_before:
            con.execute(f"insert into problems {_too_early(table, column)}")
    con.execute(f"insert into problems {SHIFTED}")
    shown, joins = ["r.rij"], []
    for column in (*table.columns, *helpers):
        at = table.read.index(column)
        if column.kind in _TEXT:
            shown.append(f"nullif(r.t{at}, '') as {column.sql}")
        else:
            shown.append(f"v{at}.v as {column.sql}")
            joins.append(f"{'' if column.required else 'left '}join v{at} on v{at}.rij = r.rij")
    con.execute(
        f"""create or replace table {table.sql} as select {", ".join(shown)}
            from raw r {" ".join(joins)}
            where r.rij not in (select rij from problems) order by r.rij"""
    )
    quality = _quality(con, raw, table)
    for name in ("raw", "problems", "shifted", *(f"v{at}" for at in range(len(table.read)))):
        con.execute(f"drop table if exists {name}")
    return quality


def _problems(table: Table, at: int, today: dt.date, people: Sequence[int] = ()) -> str:
    """The query for the cells of one column that are missing, or no value of its kind."""
    column, text = table.read[at], f"coalesce(cast(t{at} as varchar), '')"
    empty = f"when trim({text}) = '' then 'dit is niet ingevuld'"
    if column.kind in _TEXT:
        bad = f"{text} = ''" if column.required and not column.open_cells else "false"
        if column.kind is Kind.KEY:
            somebody = f" and rij not in ({', '.join(map(str, people))})" if people else ""
            bad = f"({bad} or ({TOTALS.format(text)}{somebody}))"
        reason, rows = f"case {empty} else 'dit lijkt een totaalregel' end", f"raw where {bad}"
    else:
        reason = f"case {empty} else {complaint(text, column.kind, latest_of(column, today))} end"
        rows = f"raw anti join v{at} using (rij)"
        if not column.required:
            rows += f" where trim({text}) <> ''"
    return f"select rij, {at}, {text}, {reason} from {rows}"


def _too_early(table: Table, column: Column) -> str:
    """The query for the cells of a column that lie before what they may not precede, such as an end."""
    first = next(one for one in table.columns if one.name == column.not_before)
    at, before = table.columns.index(column), table.columns.index(first)
    text = f"coalesce(cast(t{at} as varchar), '')"
    return f"""select rij, {at}, {text}, 'dit ligt voor de {first.name}' from raw
        join v{at} using (rij) join v{before} using (rij) where v{at}.v < v{before}.v"""


def _quality(con: duckdb.DuckDBPyConnection, raw: RawText | Typed, table: Table) -> Quality:
    rows = con.execute("select rij, kolom, inhoud, reden from problems order by rij, kolom").fetchall()
    rows_read, rows_kept = con.execute(
        f"select (select count(*) from raw), (select count(*) from {table.sql})"
    ).fetchall()[0]
    problems = []
    for row, at, text, reason in rows:
        part, own = raw.source.place(row)
        shown = text.replace(MARK, "")[:80]
        problems.append(Problem(own, table.read[at].name, shown, reason, part=part))
    kept = refused = None
    unknown = 0
    if table.amount is not None:
        at = table.columns.index(table.amount)
        kept = con.execute(f"select coalesce(sum({table.amount.sql}), 0) from {table.sql}").fetchall()[0][0]
        refused, unknown = con.execute(
            f"""select coalesce(sum(v), 0), count(*) - count(v)
                from (select distinct rij from problems) left join v{at} using (rij)"""
        ).fetchall()[0]
    return Quality(
        raw.source,
        rows_read,
        rows_kept,
        tuple(problems),
        amount_kept=None if kept is None else float(kept),
        amount_refused=None if refused is None else float(refused),
        amounts_unknown=unknown,
    )
