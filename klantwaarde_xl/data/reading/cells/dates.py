"""Text columns to dates and months, each different text once: `31-12-2024`, `11-Feb-13`, `1704412800`.

The grammar is that of `dutch`: the engine takes away what stands around a date, so that a million times
of day leave a few thousand days to read. A column of numbers only can be moments or day numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from klantwaarde_xl import dutch
from klantwaarde_xl.data.reading.cells.dates_likely import likely, note
from klantwaarde_xl.data.reading.cells.dates_order import day_in, decide, orders_of, possible, told_by
from klantwaarde_xl.data.reading.cells.dates_packed import packed_days
from klantwaarde_xl.data.reading.cells.dates_sorted import BECAUSE, by_rows
from klantwaarde_xl.data.reading.cells.dates_swapped import (
    all_may_be,
    is_iso,
    may_be_swapped,
    question,
    swapped,
)
from klantwaarde_xl.data.reading.cells.months_of_two import LANGUAGES, settle
from klantwaarde_xl.data.reading.cells.valued import Valued, by_text, read_texts, show_values
from klantwaarde_xl.data.reading.cells.written import UNKNOWN, Written
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import FIRST_YEAR, SWAPPED, Readings
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

_UNIX = dt.date(1970, 1, 1)
_REAL = 1000  # different day numbers that are looked at
_NUMBER = "[0-9]+(?:[.,][0-9]+)?"
# Digits that stand for a year, a month and perhaps a day and a time. As numbers these lie outside every
# unit of `_units`: day numbers have five digits; seconds since 1970 nine or ten; thousandths as many as a
# packed minute, twelve, only before 2010, and then they begin with a 3 or higher.
_PACKED = "(?:19|20)[0-9]{4}(?:[0-9]{2}(?:[0-9]{4}(?:[0-9]{2})?)?)?"


@dataclass(frozen=True)
class _Unit:
    """What a number can count from a first day: how many make a day, and the numbers of possible days."""

    first_day: dt.date
    in_a_day: int
    least: int
    end: int

    def fits(self, low: float, high: float) -> bool:
        return self.least <= low and high < self.end

    def day(self, number: str) -> str:
        """The SQL of a number's day; of a moment in UTC."""
        return f"date '{self.first_day}' + cast(floor({number} / {self.in_a_day}) as int)"


def _units(today: dt.date) -> tuple[_Unit, ...]:
    """Day numbers of a spreadsheet, seconds and thousandths since 1970; no number fits two of these."""

    def unit(first_day: dt.date, in_a_day: int) -> _Unit:
        least, end = (
            in_a_day * (dt.date(year, 1, 1) - first_day).days for year in (FIRST_YEAR, today.year + 2)
        )
        return _Unit(first_day, in_a_day, least, end)

    return unit(dutch.EPOCH, 1), unit(_UNIX, 86_400), unit(_UNIX, 86_400_000)


def read_dates(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    order: str | None,
    today: dt.date,
    usual: Written = UNKNOWN,
) -> Valued:
    """Make the view (rij, v DATE) of a column's dates.

    order: what the user says of day, month and year; today: after its next year, no date can be; usual: the
    order before, which holds where the values leave it. Raises `Ambiguous` when these could change places
    and nothing in the column decides.
    """
    return _read(con, column, order, today, usual, dutch.date_readings, "v")


def read_months(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    order: str | None,
    today: dt.date,
    usual: Written = UNKNOWN,
) -> Valued:
    """Make the view (rij, v DATE) of the first days of a column's months.

    A month stands as year and month (`2024-03`, `03-2024`, `202403`, `mrt-24`), or as a date in it.
    Otherwise as `read_dates`.
    """
    month = "cast(date_trunc('month', v) as date)"  # of those that were numbers
    return _read(con, column, order, today, usual, dutch.month_readings, month)


def _read(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    order: str | None,
    today: dt.date,
    usual: Written,
    readings: Callable[[str], Readings | None],
    value: str,
) -> Valued:
    _texts(con, column)
    last_year = today.year + 1
    seen = con.execute("""
        select if(regexp_matches(bare, '[0-9]'), bare, null) as text, min(number), max(number), bool_or(typed)
        from date_text group by text""").fetchall()
    texts = [text for text, *_ in seen if text is not None]
    low, high = (
        min((one[1] for one in seen if one[1] is not None), default=None),
        max((one[2] for one in seen if one[2] is not None), default=None),
    )
    names = settle(texts, column.beside, order or usual.date_order, column.name)
    order = None if order in LANGUAGES else order
    found = {text: read for text in texts if (read := readings(names.texts.get(text, text)))}
    left_over = {text: left for text, read in found.items() if (left := possible(read, last_year))}
    counts = low is None or high is None or any(unit.fits(low, high) for unit in _units(today))
    if not left_over and not counts:
        left_over = _packed(con, last_year)
        found |= left_over
    real = _real_days(con, today) if any(typed for *_, typed in seen) else []
    order, written, told = _decide(
        con, column, left_over, order, usual, real, today if readings is dutch.date_readings else None
    )
    if names.language:
        written = replace(written, date_order=names.language)
    days = [(text, day) for text, read in found.items() if (day := _day(text, read, order, last_year))]
    number = _numbers(low, high, today, alone=not left_over)
    if order == SWAPPED:
        number = f"make_date(year({number}), day({number}), month({number}))"
    con.execute(
        f"""
        create or replace table {read_texts(column)} as
        with date_read as (
          select unnest(cast($bare as varchar[])) as bare, unnest(cast($day as date[])) as day)
        select written, {value} as v from (
          select written, coalesce(day, {number}) as v
          from date_text left join date_read using (bare)
        ) where v is not null""",
        {"bare": [text for text, _ in days], "day": [day for _, day in days]},
    )
    con.execute("drop table date_text")
    return show_values(con, column, Valued(f"{read_texts(column)}.v", by_text(column), written, told))


def _texts(con: duckdb.DuckDBPyConnection, column: TextColumn) -> None:
    """Make table date_text of the different texts: the number in it, and what can be a written date."""
    con.execute(f"""
        create or replace table date_text as
        with told as (
          select written, contains(written, '{MARK}') as typed, {_plain("written")} as plain
          from (select distinct {column.text} as written from raw)
        ), counted as (
          select *, case when regexp_full_match(plain, '{_NUMBER}')
            then try_cast(replace(plain, ',', '.') as double) end as number from told
        )
        select written, typed, number, case
          when number is null or regexp_full_match(plain, '{_PACKED}') or (not typed and number < 1e4)
          then {_bare("plain")} else '' end as bare
        from counted""")


def _packed(con: duckdb.DuckDBPyConnection, last_year: int) -> dict[str, Readings]:
    """The days in digits alone, where all numbers are that; of these date_text then has the digits."""
    numbers = con.execute("select distinct number from date_text where number is not null").fetchall()
    if any(number % 1 for (number,) in numbers):
        return {}
    found = packed_days([int(number) for (number,) in numbers], last_year)
    if found:
        con.execute("""update date_text set bare = cast(cast(number as bigint) as varchar)
            where number is not null""")
    return found


def _plain(text: str) -> str:
    return f"lower(trim(replace(regexp_replace({text}, '{dutch.DATE_BLANKS}', ' ', 'g'), '{MARK}', '')))"


def _bare(plain: str) -> str:
    for pattern, left in dutch.AROUND_DATE:
        plain = f"regexp_replace({plain}, '{pattern}', '{left}')"
    return plain


def _numbers(low: float | None, high: float | None, today: dt.date, *, alone: bool) -> str:
    """The SQL of a number's day: of a typed cell, or of any when the column holds nothing else.

    low, high: the least and the highest number, None for none at all;
    alone: no text of the column is a date; words that are none do not take from what the numbers are.
    """
    serials = _units(today)[0]
    if alone and low is not None and high is not None:
        for unit in _units(today):
            if unit.fits(low, high):
                return f"case when number is not null then {unit.day('number')} end"
    return f"""case when typed and number >= {serials.least} and number < {serials.end}
               then {serials.day("number")} end"""


def _real_days(con: duckdb.DuckDBPyConnection, today: dt.date) -> list[dt.date]:
    """The days of cells that are day numbers, as many as tell of what they are."""
    unit = _units(today)[0]
    rows = con.execute(
        f"""select distinct {unit.day("number")} from date_text
            where typed and number >= {unit.least} and number < {unit.end} limit {_REAL}"""
    ).fetchall()
    return [day for (day,) in rows]


def _day(text: str, read: Readings, order: str, last_year: int) -> dt.date | None:
    """The day of a text in an order; where real dates changed places those do, and texts have their own."""
    if order != SWAPPED:
        return day_in(read, order, last_year)
    day = day_in(read, "dmj", last_year)
    return swapped(day) if day and is_iso(text, read) else day


def _decide(
    con: duckdb.DuckDBPyConnection,
    column: TextColumn,
    found: dict[str, Readings],
    said: str | None,
    usual: Written,
    real: list[dt.date],
    today: dt.date | None,
) -> tuple[str, Written, str]:
    """The order to read in, what is known of it from now on, what to say.

    real: the days of day numbers; today: None for months, which have no day to go by.
    """
    answer, before = decide(found), usual.date_order
    suspect = may_be_swapped(found, real)
    problem = "" if isinstance(answer, str) else answer.problem
    if said:
        return said, Written(date_order=said, dates_mixed=bool(problem or suspect)), ""
    if before == SWAPPED:
        days = [day for bare, read in found.items() if is_iso(bare, read) and (day := read.dmj)]
        if suspect or all_may_be([*days, *real]):
            return SWAPPED, Written(date_order=SWAPPED, dates_mixed=True), ""
        before = None
    if suspect:
        first = "dmj" if found[suspect[1]].dmj else "mdj"
        if before == first and usual.dates_mixed:
            return first, Written(date_order=first, dates_mixed=True), ""
        row = con.execute(
            f"""select min(rij) from raw join date_text on {column.text} = written where bare = $bare""",
            {"bare": suspect[1]},
        ).fetchall()[0][0]
        what, remedy = question(*suspect, first)
        raise Ambiguous(what, where=column.where(row), remedy=remedy)
    if before in orders_of(found) and (not problem or usual.dates_mixed or told_by(found)):
        return str(before), Written(date_order=before, dates_mixed=bool(problem)), ""
    if isinstance(answer, str):
        return answer, Written(date_order=told_by(found)), ""
    if before in answer.orders and usual.dates_mixed:
        return str(before), Written(date_order=before, dates_mixed=True), ""
    row, written, bare = con.execute(
        f"""select rij, trim(written), bare from raw join date_text on {column.text} = written
            where bare in (select unnest($texts)) order by rij limit 1""",
        {"texts": list(answer.texts)},
    ).fetchall()[0]
    because = ""
    if today:
        rows = by_rows(con, column, answer, found) if not answer.problem else None
        if rows:
            answer, because = replace(answer, orders=(rows,)), BECAUSE
        else:
            answer, because = likely(answer, found, today, comma=column.has_comma())
    if because and len(answer.orders) == 1:
        order = answer.orders[0]
        return order, Written(date_order=order), note(written, found[bare], order, because)
    what, remedy = answer.in_words(written, bare)
    raise Ambiguous(what, where=f"{column.where(row)}: {written}", remedy=remedy)


def complaint(text: str, word: str, today: dt.date) -> str:
    """The SQL that says in Dutch why a text is no date (or month: word) that can be."""
    bare = _bare(_plain(text))
    number = f"try_cast(replace({bare}, ',', '.') as double)"
    moments = " or ".join(f"{number} >= {u.least} and {number} < {u.end}" for u in _units(today))
    sign = " ?[-./ ] ?"
    first, second = (
        f"regexp_extract({bare}, '^([0-9]{{1,2}}){sign}([0-9]{{1,2}}){sign}[0-9]+$', {group})"
        for group in (1, 2)
    )
    long = f"regexp_extract({bare}, '(?:^|[^0-9])([0-9]{{4}})(?:[0-9]{{4}})?(?:[^0-9]|$)', 1)"
    before = (
        f"[0-9]{{1,2}}{sign}[0-9]{{1,2}}{sign}|[0-9]{{1,2}}[-/]|.*(?:{'|'.join(dutch.MONTH_NUMBER)})[^a-z]*"
    )
    short = f"regexp_extract({bare}, '^(?:{before})([0-9]{{2}})$', 1)"
    century = f"{FIRST_YEAR} + (try_cast({short} as int) + {100 - FIRST_YEAR % 100}) % 100"
    year = f"coalesce(try_cast({long} as int), {century})"
    return f"""case
        when {moments} then 'dit getal is alleen een {word} als de hele kolom uit zulke getallen bestaat'
        when {year} not between {FIRST_YEAR} and {today.year + 1} then 'het jaartal kan niet kloppen'
        when try_cast(concat_ws('-', {year}, {second}, {first}) as date) is not null
          or try_cast(concat_ws('-', {year}, {first}, {second}) as date) is not null
          then 'dit past niet bij de datumvolgorde van deze kolom'
        else 'dit is geen {word}' end"""
