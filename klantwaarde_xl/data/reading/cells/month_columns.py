"""Which column says the month, quarter or week of a row, in a file without days; and what its cells say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from klantwaarde_xl.data.reading.cells.terms import (
    HALF,
    MONTH,
    QUARTER,
    YEAR,
    Period,
    period_in,
    period_of_year,
)
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import MONTH_NUMBER, bare_date, date_readings, month_readings

DAY, WEEK = "dag", "week"
# Plain headers, those of a period that says its year itself before others
_HEADERS = {
    MONTH: """periode period boekperiode jaarmaand maandjaar yearmonth monthyear maand month boekmaand
        kalendermaand ordermaand bestelmaand factuurmaand verkoopmaand ordermonth invoicemonth salesmonth
        monat mois miesiac periodo""",
    WEEK: """week weeknr weeknummer weeknumber weekno kalenderweek isoweek kw kalenderwoche semaine jaarweek
        weekjaar yearweek weekyear jaarenweek weekenjaar bestelweek factuurweek orderweek verkoopweek""",
    QUARTER: "kwartaal quarter qtr quartal trimestre",
}
_DAYS_TOO = frozenset(["dag", "day", "tag", "jour"])
_KINDS = {header: kind for kind, headers in _HEADERS.items() for header in headers.split()}
_TOTAL = re.compile(r"(sub|eind|grand)?[ -]?(totaal|total|som|summe|gesamt|saldo)\b", re.IGNORECASE)
_FOUR, _TWO = r"((?:19|20)\d\d)", r"(\d{1,2})"
_W = r"(?:w|wk|wk\.|week|kw)"
_YEAR_WEEK = re.compile(rf"{_FOUR}[-/ .]?{_W}[-/ .]?{_TWO}")
_WEEK_YEAR = re.compile(rf"{_W}[-/ .]?{_TWO}[-/ .,]{{1,2}}(?:van )?{_FOUR}")
_WEEK = re.compile(rf"{_W}?[-/ .]?{_TWO}")
# Below a header of weeks `2024-05` is no May
_YEAR_BARE, _BARE_YEAR = re.compile(rf"{_FOUR}[-/ ]?{_TWO}"), re.compile(rf"{_TWO}[-/ ]{_FOUR}")


def find_months(
    cleaned: Sequence[str],
    found: dict[str, int],
    free: Mapping[str, bool],
    below: Sequence[Sequence[str]],
) -> None:
    """Take a column of months for the day, with the year that stands apart where it needs one.

    cleaned: the plain headers; free: whether `datum` and `jaar` are ours to choose; below: the first records,
    which have to say the same. A year is only kept beside a month that needs it.
    """
    year = found.get("jaar")
    if free["jaar"]:
        found.pop("jaar", None)
    day = found.get("datum")
    # A day of the week is none, beside a month
    places = [] if day is None else [day]
    if free["datum"] and (day is None or cleaned[day] in _DAYS_TOO):
        places += [at for at in _headed(cleaned, found) if at != day]
    for at in places:
        kind = _KINDS.get(cleaned[at], MONTH)
        cells = [(_cell(record, at), "" if year is None else _cell(record, year)) for record in below]
        cells = [pair for pair in cells if pair[0] and not _TOTAL.match(pair[0])]
        if not cells:
            continue
        if all(first_day(text, "", kind) for text, _ in cells):
            found["datum"] = at
            return
        if year is not None and all(first_day(text, of, kind) for text, of in cells):
            found["datum"], found["jaar"] = at, year
            return
        if year is None and all(text.casefold().rstrip(".") in MONTH_NUMBER for text, _ in cells):
            found["datum"] = at  # a title may have their year, or the user
            return


def kind_of_header(header: str) -> str:
    """Which period a plain header speaks of; a month for one that speaks of none."""
    return _KINDS.get(header, MONTH)


def first_day(text: str, year: str, kind: str, order: str = "") -> tuple[dt.date, str] | None:
    """The first day of what a cell names, and how long that is; a day is itself.

    year: of a column of years, empty for none; kind: what a number by itself is; order: `dmj` or `jmd`, for
    `03-04`, of which either can be the year. None for what names none, or could be two.
    """
    if text.startswith(MARK) and "." in text:
        return None  # 2024.1 is October as well, once it is a number
    bare = bare_date(text.replace(MARK, "")) or text.casefold().strip()
    if (day := date_readings(bare)) and day.days:
        return (day.dmj or next(iter(day.days)), DAY)
    period: Period | None
    if (week := _week(bare, year if kind == WEEK else "")) is not None:
        return week, WEEK
    if kind == WEEK and (year or _YEAR_BARE.fullmatch(bare) or _BARE_YEAR.fullmatch(bare)):
        return (week, WEEK) if not year and (week := _bare_week(bare)) else None
    if year:
        period = period_of_year(bare, year, quarters=kind == QUARTER)
        return (period.start, period.term) if period and bare else None
    if (months := month_readings(bare)) and months.days:
        chosen = {getattr(months, order)} - {None} if order else months.days
        return (chosen.pop(), MONTH) if len(chosen) == 1 else None
    period = period_in(bare)
    return (period.start, period.term) if period and period.term in (QUARTER, HALF) else None


def months_apart(text: str) -> bool:
    """Whether either part of a month can be its year, as in `03-04`."""
    months = month_readings(bare_date(text.replace(MARK, "")))
    return months is not None and len(months.days) > 1


def _headed(cleaned: Sequence[str], found: Mapping[str, int]) -> Iterator[int]:
    for header in _KINDS:
        yield from (at for at, name in enumerate(cleaned) if name == header and at not in found.values())


def _cell(record: Sequence[str], at: int) -> str:
    return record[at].replace(MARK, "").strip() if at < len(record) else ""


def _week(bare: str, year: str) -> dt.date | None:
    if match := _YEAR_WEEK.fullmatch(bare):
        return _monday(match[1], match[2])
    if match := _WEEK_YEAR.fullmatch(bare):
        return _monday(match[2], match[1])
    if re.fullmatch(_FOUR, year) and (match := _WEEK.fullmatch(bare)):
        return _monday(year, match[1])
    return None


def _bare_week(bare: str) -> dt.date | None:
    """The Monday of a week and its year, without a word for week, in a column of weeks."""
    if match := _YEAR_BARE.fullmatch(bare):
        return _monday(match[1], match[2])
    match = _BARE_YEAR.fullmatch(bare)
    return _monday(match[2], match[1]) if match else None


def _monday(year: str, week: str) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None


IN_WORDS = {
    MONTH: ("maand", "maanden"), WEEK: ("week", "weken"), QUARTER: ("kwartaal", "kwartalen"),
    HALF: ("halfjaar", "halve jaren"), YEAR: ("jaar", "jaren"),
}  # fmt: skip
