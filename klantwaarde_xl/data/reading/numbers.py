"""Text columns to amounts and numbers: `1.234,56`, `€ 12,50`, `12,-`, `(5)`, `1,234.56`, `-$9.99`.

The grammar is that of `dutch`, its patterns included. Beyond it a file has what programs and people
write about a number in a table (`="12.50"`, `kr. 5`, `3 st`), and every currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from klantwaarde_xl import dutch
from klantwaarde_xl.data.reading.currencies import marks
from klantwaarde_xl.data.reading.text import MARK, TextColumn
from klantwaarde_xl.data.reading.written import UNKNOWN, Written
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

DECIMALS = ("komma", "punt")
PLACES = 6  # decimals of an amount: rates and prices per unit have four, and sums stay exact
AMOUNT = f"decimal(18, {PLACES})"
_LARGEST = "1e12"  # an amount has 18 digits in all; what is larger is no amount of a customer

# Digits by themselves, as most are: these need no taking apart, which is slow
_PLAIN = "-?[0-9]+([.,][0-9]+)?"
# A text as a formula, so that no program takes it for something else; a 1 stands for the digits
_FORMULA = r'^\s*=?\s*"([^"]*)"\s*$|^\s*=([^"=]*)$'
# The point of a shortened word: behind it a blank, nothing, or a number that has one of its own (`Fr.5.00`)
_POINT = rf"(\pL)\.({dutch.BLANKS}|$|[0-9 '’]+[.,])"
_PIECES = {f"_{word}": "" for word in ("X", "ST", "STK", "STUK", "STUKS", "PCS")}


def _matches(value: str, pattern: str) -> str:
    return f"regexp_full_match({value}, {_quoted(pattern)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def read_amounts(
    con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None, usual: Written = UNKNOWN
) -> Written:
    """Make the table (rij, v DECIMAL(18,6), valuta) of a column's amounts; a percentage is none.

    valuta: the ISO code of the currency that the text names (`KR` for a crown of whichever country), null
    where it names none. decimal: what the user says the decimal sign is; usual: what it was before, which
    holds where the values do not decide. Returns what it is. Raises `Ambiguous` when points or commas can
    be thousands as well as decimals.
    """
    if written := _plainly(con, column):
        con.execute(f"""
            create or replace table {column.into} as
            select rij, v, cast(null as varchar) as valuta
            from (select rij, try_cast(replace({column.text}, ',', '.') as {AMOUNT}) as v from raw)
            where v is not null and abs(v) < {_LARGEST}""")
        return written
    written = _classes(con, column, decimal, usual, marks())
    con.execute(f"""
        create or replace table {column.into} as
        select rij, cast(case when negative then -value else value end as {AMOUNT}) as v, valuta
        from (select rij, negative, valuta, try_cast({_digits(written)} as decimal(24, {PLACES})) as value
              from number_text where not percent)
        where value is not null and abs(value) < {_LARGEST}""")
    return written


def _plainly(con: duckdb.DuckDBPyConnection, column: TextColumn) -> Written | None:
    """How a column is written of which all texts are bare digits, with decimals that are no thousands.

    Most columns of a large file are so, and need none of the taking apart; None for another.
    """
    text = column.text
    plain = f"{_matches(text, _PLAIN)} and substr({text}, -4, 1) not in ('.', ',')"
    is_plain, comma, point = con.execute(
        f"""select bool_and({text} = '' or ({plain})), bool_or(contains({text}, ',')),
              bool_or(contains({text}, '.')) from raw"""
    ).fetchall()[0]
    return _told(bool(comma), bool(point)) if is_plain else None


def read_numbers(
    con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None, usual: Written = UNKNOWN
) -> Written:
    """Make the table (rij, v DOUBLE) of a column's numbers, `3 st` among them; as `read_amounts`."""
    written = _classes(con, column, decimal, usual, {**dict.fromkeys(dutch.EUROS, ""), **_PIECES})
    con.execute(f"""
        create or replace table {column.into} as
        select rij, case when negative then -value else value end as v
        from (select rij, negative,
                try_cast({_digits(written)} as double) / if(percent, 100, 1) as value from number_text)
        where value is not null and isfinite(value)""")
    return written


def _classes(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    decimal: str | None,
    usual: Written,
    known: Mapping[str, str],
) -> Written:
    """Make table number_text (rij, body, negative, percent, valuta, kind); return how it is written.

    known: what the marks about the digits stand for; with others a text is no number.
    """
    _split(con, column)
    _undress(con, known)
    con.execute(f"""
        create or replace table number_text as
        select rij, body, negative, percent, valuta,
          case when typed then 'typed'
               when not sound or (worded and starts_with(body, '.')) then 'bad'
               when tag <> '' then case
                 when tag = ',-' and {_matches("body", dutch.WHOLE_EUROS)} then 'comma'
                 when tag = '.-' and {_matches("body", dutch.WHOLE)} then 'point' else 'bad' end
               when {_matches("body", dutch.DOUBT)} then 'doubt'
               when {_matches("body", dutch.WHOLE)} then 'whole'
               when {_matches("body", dutch.COMMA)} then 'comma'
               when {_matches("body", dutch.POINT)} then 'point'
               when {_matches("body", dutch.EXPONENT)}
                 then case when contains(body, ',') then 'comma' when contains(body, '.') then 'point'
                      else 'whole' end
               else 'bad' end as kind
        from number_parts join number_dress using (lead, tail)""")
    for name in ("number_parts", "number_dress"):
        con.execute(f"drop table {name}")
    return _decide(con, column, decimal, usual)


def _digits(written: Written) -> str:
    """The SQL of the digits in table number_text; without any doubt the sign does not matter."""
    doubtful = "replace(body, ',', '')" if written.decimal == "punt" else "replace(body, '.', '')"
    return f"""case kind when 'typed' then body
                      when 'comma' then replace(replace(body, '.', ''), ',', '.')
                      when 'point' then replace(body, ',', '')
                      when 'doubt' then replace({doubtful}, ',', '.')
                      when 'whole' then body end"""


def _split(con: duckdb.DuckDBPyConnection, column: TextColumn) -> None:
    """Make table number_parts (rij, typed, lead, body, tail): the digits, and what stands about them."""
    text = f"regexp_replace(t, {_quoted(_POINT)}, '\\1\\2', 'g')"
    con.execute(f"""
        create or replace table number_parts as
        with apart as (
          select rij, typed, case
            when typed then {{'lead': '', 'body': substr(t, 2), 'tail': ''}}
            when {_matches("t", _PLAIN)}
              then {{'lead': if(starts_with(t, '-'), '-', ''), 'body': ltrim(t, '-'), 'tail': ''}}
            else regexp_extract({text}, {_quoted(f"^{dutch.SPLIT}$")}, ['lead', 'body', 'tail']) end as part
          from (select rij, {column.text} as t, starts_with({column.text}, '{MARK}') as typed from raw)
        )
        select rij, typed, part.lead, part.tail, case when {_matches("part.body", dutch.THOUSANDS)}
          then regexp_replace(part.body, {_quoted(dutch.BLANKS)}, '', 'g') else upper(part.body) end as body
        from apart""")


def _undress(con: duckdb.DuckDBPyConnection, known: Mapping[str, str]) -> None:
    """Make table number_dress: what each lead and tail, of which there are few, says of the digits between.

    sound: whether this is how a number is dressed; worded: whether a point behind it can be that of a word.
    """
    bare = f"regexp_replace(lead || '1' || tail, {_quoted(_FORMULA)}, '\\1\\2')"
    bare = f"upper(regexp_replace({bare}, {_quoted(dutch.BLANKS)}, '', 'g'))"
    bare = f"regexp_replace({bare}, {_quoted(dutch.DASHES)}, '-', 'g')"
    dressed = _quoted(f"^{dutch.DRESSED}$")
    named = ", ".join(f"({_quoted(mark)}, {_quoted(code)})" for mark, code in known.items())
    con.execute(f"""
        create or replace table number_dress as
        with parted as (
          select lead, tail, regexp_extract({bare}, {dressed}, {list(dutch.PARTS)}) as part,
            regexp_full_match({bare}, {dressed}) as fits
          from (select distinct lead, tail from number_parts)
        ), signed as (
          select lead, tail, fits, part.tag, part.percent <> '' as percent,
            part.front || part.inner || part.behind || part.last as signs,
            part.ahead || part.within || '_' || part.after || part.rear as mark,
            contains(part.behind || part.last, '-') as less
          from parted
        )
        select lead, tail, tag, percent, valuta, regexp_matches(lead, '\\pL$') as worded,
          signs in ('-', '()') as negative,
          fits and signs in {dutch.SIGNS} and (signed.mark = '_' or known.mark is not null)
            and not (tag <> '' and less) as sound
        from signed left join (values {named}) known(mark, valuta) on signed.mark = known.mark""")


def _told(comma: bool, point: bool) -> Written:
    """What decimals with a comma, with a point, or with both, tell."""
    if comma == point:
        return Written(None, decimals_mixed=comma)
    return Written("komma" if comma else "punt")


def _decide(
    con: duckdb.DuckDBPyConnection, column: TextColumn, decimal: str | None, usual: Written
) -> Written:
    seen = dict(con.execute("select kind, count(*) from number_text group by kind").fetchall())
    comma, point = bool(seen.get("comma")), bool(seen.get("point"))
    told = _told(comma, point)
    if not seen.get("doubt"):
        return told
    if decimal or told.decimal:
        return Written(decimal or told.decimal, told.decimals_mixed)
    if usual.decimal and (usual.decimals_mixed or not told.decimals_mixed):
        return Written(usual.decimal, told.decimals_mixed)
    row = con.execute(
        "select rij, body from number_text where kind = 'doubt' order by rij limit 1"
    ).fetchall()[0]
    raise Ambiguous(
        f"Bedragen zoals {row[1]} zijn op twee manieren te lezen: als duizendtallen of als decimalen.",
        where=column.where(row[0]),
        remedy="Zeg welk teken de decimalen scheidt: --decimaal komma (1.234,56) "
        "of --decimaal punt (1,234.56).",
    )
