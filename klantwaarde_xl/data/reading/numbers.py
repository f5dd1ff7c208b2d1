"""Text columns to amounts and numbers: `1.234,56`, `€ 12,50`, `12,-`, `(5)`, `1,234.56`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.text import MARK, TextColumn
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

DECIMALS = ("komma", "punt")

# Classes of numbers. Certain: only one reading. Doubtful: thousands or decimals.
_COMMA = r"\d{1,3}(\.\d{3})+,\d*|\d*,\d{1,2}|\d*,\d{4,}|\d{1,3}(\.\d{3}){2,}|0+,\d+|\d{4,},\d+"
_POINT = r"\d{1,3}(,\d{3})+\.\d*|\d*\.\d{1,2}|\d*\.\d{4,}|\d{1,3}(,\d{3}){2,}|0+\.\d+|\d{4,}\.\d+"
_DOUBT = r"[1-9]\d{0,2}[.,]\d{3}"
_TAG = r"\d{1,3}(\.\d{3})*"  # before the ,- of a Dutch price tag
_WHOLE = r"\d+"


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, '{pattern}')"


def read_amounts(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> None:
    """Make the table (rij, v BIGINT) of a column's amounts in whole cents.

    decimal: what the user says the decimal sign is. Raises `Ambiguous` when points or commas can be
    thousands as well as decimals.
    """
    digits = _classes(con, column, decimal)
    con.execute(f"""
        create or replace table {column.into} as
        select rij, cast(round(100 * case when negative then -value else value end) as bigint) as v
        from (select rij, negative, try_cast({digits} as decimal(24, 6)) as value from number_text)
        where value is not null and abs(value) < 1e13""")


def read_numbers(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> None:
    """Make the table (rij, v DOUBLE) of a column's numbers; as `read_amounts`."""
    digits = _classes(con, column, decimal)
    con.execute(f"""
        create or replace table {column.into} as
        select rij, case when negative then -value else value end as v
        from (select rij, negative, try_cast({digits} as double) as value from number_text)
        where value is not null and isfinite(value)""")


def _classes(con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None) -> str:
    """Make table number_text (rij, negative, body, kind); return the SQL of its digits with a point.

    A sign stands once: in front, behind, or as brackets that close.
    """
    text = (
        f"""regexp_replace(replace(upper({column.text}), '−', '-'), '[\\s\u00a0\u202f'']|€|EUR', '', 'g')"""
    )
    con.execute(f"""
        create or replace table number_text as
        with stripped as (
          select rij, {text} as t from raw
        ), signed as (
          select rij, starts_with(t, '{MARK}') as typed,
            not typed and (starts_with(t, '-') or starts_with(t, '(')
              or ends_with(t, '-') and not ends_with(t, ',-')) as negative,
            case when typed then substr(t, 2)
              when starts_with(t, '(') and ends_with(t, ')') then substr(t, 2, length(t) - 2)
              when starts_with(t, '-') or starts_with(t, '+') then substr(t, 2)
              when ends_with(t, '-') and not ends_with(t, ',-') then substr(t, 1, length(t) - 1)
              else t end as dressed,
            not typed and ends_with(dressed, ',-') as tag,
            case when tag then substr(dressed, 1, length(dressed) - 2) else dressed end as body
          from stripped
        )
        select rij, negative, body,
          case when typed then 'typed'
               when tag then case when {_matches("body", _TAG)} then 'comma' else 'bad' end
               when {_matches("body", _DOUBT)} then 'doubt'
               when {_matches("body", _COMMA)} then 'comma'
               when {_matches("body", _POINT)} then 'point'
               when {_matches("body", _WHOLE)} then 'whole' else 'bad' end as kind
          from signed""")
    decimal = decimal or _decide(con, column)
    doubtful = "replace(body, '.', '')" if decimal == "komma" else "replace(body, ',', '')"
    return f"""case kind when 'typed' then body
                      when 'comma' then replace(replace(body, '.', ''), ',', '.')
                      when 'point' then replace(body, ',', '')
                      when 'doubt' then replace({doubtful}, ',', '.')
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
