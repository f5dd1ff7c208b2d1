"""Text columns to dates and months: `31-12-2024`, `2024-12-31T23:10`, `20241231`, `1 mrt 2024`, `2024-03`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from klantwaarde_xl import dutch
from klantwaarde_xl.data.reading.text import MARK, TextColumn
from klantwaarde_xl.dutch import parse_date
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

ORDERS = ("dmj", "mdj")
FIRST_YEAR = 1980  # a typing error in a year would stretch every table to it

_SPLIT = r"^(\d{1,2})[-./](\d{1,2})[-./](\d{4})"
_YEAR_MONTH = r"(\d{4})[-/.](\d{1,2})"
_MONTH_YEAR = r"(\d{1,2})[-/.](\d{4})"
_PACKED_MONTH = r"((?:19|20)\d{2})(0[1-9]|1[0-2])"


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, '{pattern}')"


def read_dates(con: duckdb.DuckDBPyConnection, column: TextColumn, order: str | None, today: dt.date) -> None:
    """Make the table (rij, v DATE) of a column's dates.

    order: what the user says of day and month; today: a year after it, no date can be. Raises
    `Ambiguous` when day and month could change places and nothing in the column decides.
    """
    _parts(con, f"select rij, {column.text} as t from raw")
    _read(con, column, order)
    _only_possible(con, column.into, today)


def read_months(
    con: duckdb.DuckDBPyConnection, column: TextColumn, order: str | None, today: dt.date
) -> None:
    """Make the table (rij, v DATE) of the first days of a column's months.

    A month stands as year and month (`2024-03`, `03-2024`, `202403`, `maart 2024`), or as a date in it.
    Otherwise as `read_dates`.
    """
    text = f"trim(replace({column.text}, '\u00a0', ' '))"
    con.execute(f"""
        create or replace table month_text as
        select rij, t, case
            when {_matches("t", _YEAR_MONTH)} then regexp_extract(t, '{_YEAR_MONTH}', ['y', 'm'])
            when {_matches("t", _MONTH_YEAR)} then regexp_extract(t, '{_MONTH_YEAR}', ['m', 'y'])
            when {_matches(f"ltrim(t, '{MARK}')", _PACKED_MONTH)}
              then regexp_extract(ltrim(t, '{MARK}'), '{_PACKED_MONTH}', ['y', 'm']) end as ym
        from (select rij, {text} as t from raw)""")
    _parts(con, "select rij, t from month_text where ym is null")
    _read(con, column, order, "1 ")
    con.execute(f"update {column.into} set v = date_trunc('month', v)")
    con.execute(f"insert into {column.into} select rij, try_cast(ym.y || '-' || ym.m || '-1' as date) "
                "from month_text where ym is not null")  # fmt: skip
    _only_possible(con, column.into, today)


def _only_possible(con: duckdb.DuckDBPyConnection, into: str, today: dt.date) -> None:
    con.execute(
        f"delete from {into} where v is null or v < make_date({FIRST_YEAR}, 1, 1) or v > $today + 366",
        {"today": today},
    )


def complaint(text: str, word: str, today: dt.date) -> str:
    """The SQL that says in Dutch why a text is no date (or month: word) that can be."""
    return f"""case
        when regexp_full_match(trim({text}), '\\d{{1,2}}[-./]\\d{{1,2}}[-./]\\d{{2}}')
          then 'het jaartal heeft twee cijfers'
        when try_cast(regexp_extract({text}, '(\\d{{4}})', 1) as int)
          not between {FIRST_YEAR} and {today.year + 1} then 'het jaartal kan niet kloppen'
        else 'dit is geen {word}' end"""


def _parts(con: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Make table date_text of the rows (rij, t) that a query gives: which form each has, and its numbers."""
    con.execute(f"""
        create or replace table date_text as
        select rij, t, case
            when {_matches("t", dutch.YEAR_FIRST)} then 'iso'
            when {_matches(f"ltrim(t, '{MARK}')", dutch.PACKED)} then 'packed'
            when starts_with(t, '{MARK}') then 'serial'
            when {_matches("t", dutch.YEAR_LAST)} then 'parts' else 'other' end as kind,
          try_cast(regexp_extract(t, '{_SPLIT}', 1) as int) as a,
          try_cast(regexp_extract(t, '{_SPLIT}', 2) as int) as b,
          try_cast(regexp_extract(t, '{_SPLIT}', 3) as int) as y,
          contains(substr(t, 1, 6), '/') as slash
        from (select rij, trim(replace(t, '\u00a0', ' ')) as t from ({texts}))""")


def _read(con: duckdb.DuckDBPyConnection, column: TextColumn, order: str | None, before: str = "") -> None:
    """before: what a text in words lacks to be a date (the day of a month)."""
    order = order or _decide_order(con, column)
    day, month = ("a", "b") if order == "dmj" else ("b", "a")
    con.execute(f"""
        create or replace table {column.into} as
        select rij, case kind
            when 'iso' then try_cast(replace(regexp_extract(t, '^[0-9/-]+'), '/', '-') as date)
            when 'packed' then try_cast(try_strptime(ltrim(t, '{MARK}'), '%Y%m%d') as date)
            when 'parts' then try_cast(y || '-' || {month} || '-' || {day} as date)
            when 'serial' then case when try_cast(substr(t, 2) as double) between 18264 and 73050
                then date '1899-12-30' + cast(floor(try_cast(substr(t, 2) as double)) as int) end
          end as v from date_text where kind <> 'other'""")
    _read_written(con, column.into, before)


def _decide_order(con: duckdb.DuckDBPyConnection, column: TextColumn) -> str:
    counts = con.execute("""
        select count(*) filter (a > 12 and b <= 12), count(*) filter (b > 12 and a <= 12),
               count(*) filter (a <= 12 and b <= 12 and a <> b),
               min(rij) filter (slash and a <= 12 and b <= 12 and a <> b),
               count(*) filter (not slash and b > 12 and a <= 12)
        from date_text where kind = 'parts'""").fetchall()
    day_first, month_first, open_, slash_row, dashed = counts[0]
    if day_first and month_first and open_:
        problem = "Deze kolom heeft datums met de dag voorop én datums met de maand voorop."
    elif not day_first and not month_first and slash_row is not None:
        problem = "Datums met een schuine streep zoals 01/02/2024 zijn op twee manieren te lezen."
    elif dashed and open_ and not day_first:
        problem = "Datums met streepjes hebben hier soms de maand voorop, en dat is in Nederland ongewoon."
    else:
        # With dashes or points the Dutch order holds; slashes follow the evidence
        return "mdj" if month_first and not day_first else "dmj"
    row = con.execute(
        """select rij, t from date_text where kind = 'parts' and a <= 12 and b <= 12 and a <> b
           order by rij limit 1"""
    ).fetchall()[0]
    raise Ambiguous(
        problem,
        where=f"{column.where(row[0])}: {row[1]}",
        remedy="Zeg de volgorde: --datumvolgorde dmj (dag-maand-jaar) of mdj (maand-dag-jaar).",
    )


def _read_written(con: duckdb.DuckDBPyConnection, into: str, before: str) -> None:
    """Dates in words (`31 december 2024`, for a month `december 2024`): few different texts, one by one."""
    texts = con.execute("select distinct t from date_text where kind = 'other' and t <> ''").fetchall()
    read = [(text, day) for (text,) in texts if (day := parse_date(text) or parse_date(before + text))]
    if not read:
        return
    con.execute("create or replace table written (t varchar, v date)")
    con.executemany("insert into written values (?, ?)", read)
    con.execute(
        f"insert into {into} select rij, v from date_text join written using (t) where kind = 'other'"
    )
