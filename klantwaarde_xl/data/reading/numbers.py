"""Text columns to amounts and numbers: `1.234,56`, `€ 12,50`, `12,-`, `(5)`, `1,234.56`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl import dutch
from klantwaarde_xl.data.reading.text import MARK, TextColumn
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

DECIMALS = ("komma", "punt")
PLACES = 6  # decimals of an amount: rates and prices per unit have four, and sums stay exact
AMOUNT = f"decimal(18, {PLACES})"
_LARGEST = "1e12"  # an amount has 18 digits in all; what is larger is no amount of a customer


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, '{pattern}')"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def read_amounts(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> None:
    """Make the table (rij, v DECIMAL(18,6)) of a column's amounts in euro; a percentage is none.

    decimal: what the user says the decimal sign is. Raises `Ambiguous` when points or commas can be
    thousands as well as decimals.
    """
    digits = _classes(con, column, decimal)
    con.execute(f"""
        create or replace table {column.into} as
        select rij, cast(case when negative then -value else value end as {AMOUNT}) as v,
          cast(null as varchar) as valuta
        from (select rij, negative, try_cast({digits} as decimal(24, {PLACES})) as value from number_text
              where not percent)
        where value is not null and abs(value) < {_LARGEST}""")


def read_numbers(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> None:
    """Make the table (rij, v DOUBLE) of a column's numbers; as `read_amounts`."""
    digits = _classes(con, column, decimal)
    con.execute(f"""
        create or replace table {column.into} as
        select rij, case when negative then -value else value end as v
        from (select rij, negative,
                try_cast({digits} as double) / if(percent, 100, 1) as value from number_text)
        where value is not null and isfinite(value)""")


def _classes(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> str:
    """Make table number_text (rij, body, negative, percent, kind); return the SQL of its digits.

    The grammar is that of `dutch`, its patterns included.
    """
    bare = f"regexp_replace({column.text}, {_quoted(dutch.BLANKS)}, '', 'g')"
    dressed = _quoted(f"^{dutch.DRESSED}$")
    con.execute(f"""
        create or replace table number_text as
        with stripped as (
          select rij, replace(upper({bare}), '−', '-') as t, starts_with(t, '{MARK}') as typed from raw
        ), parted as (
          select *, regexp_extract(t, {dressed}, {list(dutch.PARTS)}) as part,
            regexp_full_match(t, {dressed}) and len(regexp_extract_all(t, '{dutch.CURRENCY}')) <= 1 as fits
          from stripped
        ), signed as (
          select rij, typed, part, part.front || part.inner || part.behind || part.last as signs,
            fits and not typed and signs in ('', '-', '+', '()') as sound,
            case when typed then substr(t, 2) else part.digits end as body
          from parted
        )
        select rij, body, sound and signs in ('-', '()') as negative, sound and part.percent <> '' as percent,
          case when typed then 'typed'
               when not sound then 'bad'
               when part.tag <> '' then
                 case when {_matches("body", dutch.WHOLE_EUROS)} then 'comma' else 'bad' end
               when {_matches("body", dutch.DOUBT)} then 'doubt'
               when {_matches("body", dutch.WHOLE)} then 'whole'
               when {_matches("body", dutch.COMMA)} then 'comma'
               when {_matches("body", dutch.POINT)} then 'point'
               when {_matches("body", dutch.EXPONENT)} then 'exponent' else 'bad' end as kind
          from signed""")
    decimal = decimal or _decide(con, column)
    doubtful = "replace(body, '.', '')" if decimal == "komma" else "replace(body, ',', '')"
    return f"""case kind when 'typed' then body
                      when 'comma' then replace(replace(body, '.', ''), ',', '.')
                      when 'point' then replace(body, ',', '')
                      when 'doubt' then replace({doubtful}, ',', '.')
                      when 'exponent' then replace(body, ',', '.')
                      when 'whole' then body end"""


def _decide(con: duckdb.DuckDBPyConnection, column: TextColumn) -> str:
    seen = dict(con.execute("select kind, count(*) from number_text group by kind").fetchall())
    if not seen.get("doubt"):
        return "komma"
    comma, point = seen.get("comma", 0), seen.get("point", 0)
    if bool(comma) != bool(point):
        return "komma" if comma else "punt"
    row = con.execute(
        "select rij, body from number_text where kind = 'doubt' order by rij limit 1"
    ).fetchall()[0]
    raise Ambiguous(
        f"Bedragen zoals {row[1]} zijn op twee manieren te lezen: als duizendtallen of als decimalen.",
        where=column.where(row[0]),
        remedy="Zeg welk teken de decimalen scheidt: --decimaal komma (1.234,56) "
        "of --decimaal punt (1,234.56).",
    )
