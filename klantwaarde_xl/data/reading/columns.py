"""Text columns to dates and amounts, a whole column at a time, inside the engine.

A value that can be read in one way is read that way. A value that can be read in two ways
(`1.234`, `01/02/2024`) is decided by the other values of its column; when those do not decide,
the user is asked. Nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.text import MARK
from klantwaarde_xl.dutch import parse_date
from klantwaarde_xl.errors import Ambiguous, UsageError

if TYPE_CHECKING:
    import duckdb

DECIMALS = ("komma", "punt")
DATE_ORDERS = ("dmj", "mdj")

# Classes of amounts. Certain: only one reading. Doubtful: thousands or decimals.
_COMMA = r"\d{1,3}(\.\d{3})+,\d*|\d*,\d{1,2}|\d*,\d{4,}|\d{1,3}(\.\d{3}){2,}|0+,\d+|\d{4,},\d+"
_POINT = r"\d{1,3}(,\d{3})+\.\d*|\d*\.\d{1,2}|\d*\.\d{4,}|\d{1,3}(,\d{3}){2,}|0+\.\d+|\d{4,}\.\d+"
_DOUBT = r"[1-9]\d{0,2}[.,]\d{3}"
_TAG = r"\d{1,3}(\.\d{3})*"  # before the ,- of a Dutch price tag
_WHOLE = r"\d+"

_TIME = r"([T ]\d{1,2}:\d{2}.*)?"
_ISO = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}" + _TIME
_PACKED = r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])"
_PARTS = r"\d{1,2}([-./])\d{1,2}[-./]\d{4}" + _TIME
_SPLIT = r"^(\d{1,2})[-./](\d{1,2})[-./](\d{4})"


@dataclass(frozen=True)
class Reading:
    """What the user says about the columns; None leaves it to the data."""

    decimal: str | None = None
    date_order: str | None = None

    def __post_init__(self) -> None:
        if self.decimal not in (None, *DECIMALS):
            raise UsageError(f"Decimaalteken {self.decimal!r} bestaat niet.", remedy="Kies komma of punt.")
        if self.date_order not in (None, *DATE_ORDERS):
            raise UsageError(
                f"Datumvolgorde {self.date_order!r} bestaat niet.",
                remedy="Kies dmj (dag-maand-jaar) of mdj (maand-dag-jaar).",
            )


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, '{pattern}')"


def read_amounts(con: duckdb.DuckDBPyConnection, reading: Reading, where: str) -> None:
    """Add `cents` (BIGINT, null where unreadable) to table raw from its text column `bedrag`.

    Raises `Ambiguous` when points or commas can be thousands as well as decimals.
    """
    con.execute(f"""
        create or replace table amount_text as
        with stripped as (
          select rij, regexp_replace(replace(upper(bedrag), '−', '-'),
            '[\\s\u00a0\u202f'']|€|EUR', '', 'g') as t from raw
        ), signed as (
          select rij, t,
            starts_with(t, '-') or starts_with(t, '(')
              or ends_with(t, '-') and not ends_with(t, ',-') as negative,
            regexp_replace(regexp_replace(t, '^[-+(]+', ''), ',-$|[-)]+$', '') as body
          from stripped
        )
        select rij, negative, body,
          case when starts_with(t, '{MARK}') then 'typed'
               when ends_with(t, ',-') and {_matches("body", _TAG)} then 'comma'
               when {_matches("body", _DOUBT)} then 'doubt'
               when {_matches("body", _COMMA)} then 'comma'
               when {_matches("body", _POINT)} then 'point'
               when {_matches("body", _WHOLE)} then 'whole' else 'bad' end as kind,
          t from signed""")
    seen = dict(con.execute("select kind, count(*) from amount_text group by kind").fetchall())
    decimal = _decide_decimal(con, seen, reading, where)
    doubtful = "replace(body, '.', '')" if decimal == "komma" else "replace(body, ',', '')"
    con.execute(f"""
        create or replace table amounts as
        select rij, cast(round(100 * case when negative and kind <> 'typed' then -value else value end)
            as bigint) as cents
        from (select rij, negative, kind, try_cast(
            case kind when 'typed' then substr(t, 2)
                      when 'comma' then replace(replace(body, '.', ''), ',', '.')
                      when 'point' then replace(body, ',', '')
                      when 'doubt' then replace({doubtful}, ',', '.')
                      when 'whole' then body end as decimal(24, 6)) as value
          from amount_text) where value is not null and abs(value) < 1e13""")


def _decide_decimal(
    con: duckdb.DuckDBPyConnection, seen: dict[str, int], reading: Reading, where: str
) -> str:
    if reading.decimal:
        return reading.decimal
    if not seen.get("doubt"):
        return "komma"
    comma, point = seen.get("comma", 0), seen.get("point", 0)
    if bool(comma) != bool(point):
        return "komma" if comma else "punt"
    row = con.execute(
        "select rij, body from amount_text where kind = 'doubt' order by rij limit 1"
    ).fetchall()[0]
    raise Ambiguous(
        f"Bedragen zoals {row[1]} zijn op twee manieren te lezen: als duizendtallen of als decimalen.",
        where=f"{where}, rij {row[0]}, kolom bedrag",
        remedy="Zeg welk teken de decimalen scheidt: --decimaal komma (1.234,56) "
        "of --decimaal punt (1,234.56).",
    )


def read_dates(con: duckdb.DuckDBPyConnection, reading: Reading, where: str) -> None:
    """Add table `days` (rij, dag DATE) from table raw's text column `datum`.

    Raises `Ambiguous` when day and month could change places and nothing in the column decides.
    """
    con.execute(f"""
        create or replace table date_text as
        select rij, t, case
            when {_matches("t", _ISO)} then 'iso'
            when {_matches(f"ltrim(t, '{MARK}')", _PACKED)} then 'packed'
            when starts_with(t, '{MARK}') then 'serial'
            when {_matches("t", _PARTS)} then 'parts' else 'other' end as kind,
          try_cast(regexp_extract(t, '{_SPLIT}', 1) as int) as a,
          try_cast(regexp_extract(t, '{_SPLIT}', 2) as int) as b,
          try_cast(regexp_extract(t, '{_SPLIT}', 3) as int) as y,
          contains(substr(t, 1, 6), '/') as slash
        from (select rij, trim(replace(datum, '\u00a0', ' ')) as t from raw)""")
    order = _decide_order(con, reading, where)
    day, month = ("a", "b") if order == "dmj" else ("b", "a")
    con.execute(f"""
        create or replace table days as
        select rij, case kind
            when 'iso' then try_cast(replace(regexp_extract(t, '^[0-9/-]+'), '/', '-') as date)
            when 'packed' then try_cast(try_strptime(ltrim(t, '{MARK}'), '%Y%m%d') as date)
            when 'parts' then try_cast(y || '-' || {month} || '-' || {day} as date)
            when 'serial' then case when try_cast(substr(t, 2) as double) between 18264 and 73050
                then date '1899-12-30' + cast(floor(try_cast(substr(t, 2) as double)) as int) end
          end as dag from date_text where kind <> 'other'""")
    _read_written_dates(con)
    # A typing error in a year would stretch every table to it
    con.execute("delete from days where dag is null or dag < date '1980-01-01' or dag > current_date + 366")


def _decide_order(con: duckdb.DuckDBPyConnection, reading: Reading, where: str) -> str:
    if reading.date_order:
        return reading.date_order
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
        where=f"{where}, rij {row[0]}, kolom datum: {row[1]}",
        remedy="Zeg de volgorde: --datumvolgorde dmj (dag-maand-jaar) of mdj (maand-dag-jaar).",
    )


def _read_written_dates(con: duckdb.DuckDBPyConnection) -> None:
    """Dates in words (`31 december 2024`): few different texts, read one by one."""
    texts = con.execute("select distinct t from date_text where kind = 'other' and t <> ''").fetchall()
    read = [(text, parsed) for (text,) in texts if (parsed := parse_date(text)) is not None]
    if not read:
        return
    con.execute("create or replace table written (t varchar, dag date)")
    con.executemany("insert into written values (?, ?)", read)
    con.execute("insert into days select rij, dag from date_text join written using (t) where kind = 'other'")
