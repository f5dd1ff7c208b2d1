"""The rows of which every cell could be read, and a complaint for each cell that could not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.columns import Reading, complaint, read_column
from klantwaarde_xl.data.reading.doubts import TOTALS
from klantwaarde_xl.data.reading.load import text_column
from klantwaarde_xl.data.reading.quality import Problem, Quality
from klantwaarde_xl.data.reading.text import MARK, RawText
from klantwaarde_xl.data.reading.typed import Typed
from klantwaarde_xl.data.tables import Kind, Table

if TYPE_CHECKING:
    import duckdb

_TEXT = (Kind.KEY, Kind.TEXT)  # kinds whose text is their value


def read_values(
    con: duckdb.DuckDBPyConnection, raw: RawText | Typed, table: Table, reading: Reading, today: dt.date
) -> None:
    """Make a table of values, v0, v1, …, of each column that is more than its text."""
    for column in table.columns:
        if column.kind not in _TEXT:
            read_column(con, column.kind, text_column(table, column, raw), reading, today)


def keep(con: duckdb.DuckDBPyConnection, raw: RawText | Typed, table: Table, today: dt.date) -> Quality:
    """Make the table's relation of the rows that could be read whole; say of the others why not.

    The working tables are dropped; lines and blank stay for who looks on.
    """
    con.execute("create or replace table problems (rij bigint, kolom int, inhoud varchar, reden varchar)")
    for at, column in enumerate(table.columns):
        if column.kind in _TEXT or _lacks_some(con, at):
            con.execute(f"insert into problems {_problems(table, at, today)}")
    shown, joins = ["r.rij"], []
    for at, column in enumerate(table.columns):
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
    values = [f"v{at}" for at, column in enumerate(table.columns) if column.kind not in _TEXT]
    for name in ("raw", "problems", *values):
        con.execute(f"drop table {name}")
    return quality


def _lacks_some(con: duckdb.DuckDBPyConnection, at: int) -> bool:
    """Whether a column has cells without a value; mostly not, and then nobody need look for them."""
    rows, values = con.execute(f"select (select count(*) from raw), (select count(*) from v{at})").fetchall()[
        0
    ]
    return bool(rows > values)


def _problems(table: Table, at: int, today: dt.date) -> str:
    """The query for the cells of one column that are missing, or no value of its kind."""
    column, text = (
        table.columns[at],
        f"coalesce(cast(t{at} as varchar), '')",
    )  # of what has a type: to show it
    empty = f"when trim({text}) = '' then 'dit is niet ingevuld'"
    if column.kind in _TEXT:
        bad = f"{text} = ''" if column.required else "false"
        if column.kind is Kind.KEY:
            bad = f"({bad} or {TOTALS.format(text)})"
        reason, rows = f"case {empty} else 'dit lijkt een totaalregel' end", f"raw where {bad}"
    else:
        reason = f"case {empty} else {complaint(text, column.kind, today)} end"
        rows = f"raw anti join v{at} using (rij)"
        if not column.required:
            rows += f" where trim({text}) <> ''"
    return f"select rij, {at}, {text}, {reason} from {rows}"


def _quality(con: duckdb.DuckDBPyConnection, raw: RawText | Typed, table: Table) -> Quality:
    rows = con.execute("select rij, kolom, inhoud, reden from problems order by rij, kolom").fetchall()
    rows_read, rows_kept = con.execute(
        f"select (select count(*) from raw), (select count(*) from {table.sql})"
    ).fetchall()[0]
    problems = tuple(
        Problem(row, table.columns[at].name, text.replace(MARK, "")[:80], reason)
        for row, at, text, reason in rows
    )
    kept = refused = None
    unknown = 0
    if table.amount is not None:
        at = table.columns.index(table.amount)
        kept = con.execute(
            f"select coalesce(sum({table.amount.sql}), 0) / 100.0 from {table.sql}"
        ).fetchall()[0][0]
        refused, unknown = con.execute(
            f"""select coalesce(sum(v), 0) / 100.0, count(*) - count(v)
                from (select distinct rij from problems) left join v{at} using (rij)"""
        ).fetchall()[0]
    return Quality(
        raw.source,
        rows_read,
        rows_kept,
        problems,
        amount_kept=None if kept is None else float(kept),
        amount_refused=None if refused is None else float(refused),
        amounts_unknown=unknown,
    )
