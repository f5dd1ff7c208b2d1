"""Dutch text to numbers and dates, and numbers to Dutch text: the grammar, once.

Cells are read here, columns of files in SQL with the very patterns below (data/reading), so the two
accept the same text. What can be read in two ways is refused, never guessed; a column may decide
by its other values, a cell has none.

A number, blanks left out:
* digits, with a comma or a point for the decimals, and the other sign, blanks or apostrophes between
  thousands: `1234`, `1.234,56`, `1,234.56`, `1.234.567`, `1 234,56`, `,5`, `1,5E3`; `12 50` is two numbers;
* three digits behind the only comma or point are thousands or decimals: `1.234` and `1,234` are refused,
  `0,125`, `,125` and `1234,125` are not;
* one sign, in front, behind the currency or behind the digits, or brackets that close: `-5`, `€ -5`, `5-`,
  `(5)`, and `-/- 5` as in books; a currency in front or behind; `,-`, `,--` or `,=` behind whole euros, with
  a point as well; `%` divides by a hundred (a number, never an amount of money).

A cell's currency is the euro: of other money it cannot be asked what it is worth, and a formula would add
it up. A column of amounts names its currencies (`data/reading/cells/currencies`).

A date, with or without a day of the week before it and a time behind it:
* `31-12-2024`, also with slashes, points or spaces; `2024-12-31`, `20241231`, `2024-W52-2`;
* with the month in words, in the languages of `month_names`: `31 december 2024`, `11-Feb-13`, `Feb 11, 2013`,
  `2013 Feb 11`, `3 de enero de 2024`; not a word that is two months (`listopad`);
* day first, unless that is no date; with slashes `01/02/2024` is two days and refused, and so is `01-02-03`,
  of which any part can be the year. A year of two digits lies in 1980 to 2079.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from klantwaarde_xl.month_names import month_named, near_months, of_two

# The patterns hold for Python's re (ASCII) and for the engine's RE2 alike.
BLANKS = "[\\s\u00a0\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff'’]"
DASHES = "[\u2010-\u2015\u2212\ufe63\uff0d]"
# Letters of Latin, Greek, Cyrillic, Hebrew, Arabic, Japanese, Chinese and Korean: to make the engine's class
# of all letters takes longer than to read a small file with it
LETTER = (
    "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u1e00-\u1fff\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)
MINUS = "-/-"  # as bookkeepers write one
# Two dashes with a blank between them: a price tag and a minus, or one tag
TWO_DASHES = f"(-|{DASHES}){BLANKS}+(-|{DASHES})"
# What stands before the digits, the digits (blanks between them as well), what stands behind
SPLIT = f"([^0-9.,]*)((?:[.,]*{BLANKS}*[0-9])+(?:[Ee][-+]?[0-9]{{1,3}})?)?((?:.|\\n)*)"
# A blank between digits stands between thousands, or the text is no number but two
THOUSANDS = f"[1-9][0-9]{{0,2}}({BLANKS}+[0-9]{{3}})+([.,][0-9]+)?"
# How digits are dressed, with a 1 in their place: a mark is what is no sign, such as a currency.
# Groups: mark, sign or bracket, mark, sign, price tag, percent, sign, mark, sign or bracket, mark
_MARK = "([^-+()0-9.,%]{0,5})"
DRESSED = f"{_MARK}([-+(]?){_MARK}([-+]?)1([,.](?:--?|=))?(%?)([-+]?){_MARK}([-+)]?){_MARK}"
PARTS = ("ahead", "front", "within", "inner", "tag", "percent", "behind", "after", "last", "rear")
SIGNS = ("", "-", "+", "()")
EUROS = ("€_", "_€", "EUR_", "_EUR", "EURO_", "_EURO", "€_EUR")  # the marks in front, _, those behind
COMMA = (
    r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]*,([0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(\.[0-9]{3}){2,}|0*,[0-9]+"
    r"|[0-9]{4,},[0-9]+"
)
POINT = (
    r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]*\.([0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(,[0-9]{3}){2,}|0*\.[0-9]+"
    r"|[0-9]{4,}\.[0-9]+"
)
DOUBT = r"[1-9][0-9]{0,2}[.,][0-9]{3}"
WHOLE = r"[0-9]+"
WHOLE_EUROS = r"[0-9]{1,3}(\.[0-9]{3})+|[0-9]+"
EXPONENT = r"[0-9]+([.,][0-9]+)?E[-+]?[0-9]{1,3}"

DATE_BLANKS = "[ \t\r\n\u00a0\u202f\u2009\u200b-\u200f\u2060\ufeff]+"
_WEEKDAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|mi|fr|sa|so"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mié|jue|vie|sáb|dom"
    "|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|seg|ter|qua|qui|sex"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gio|sab"
    "|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tir|ons|tor|fre|lør|søn"
    "|måndag|tisdag|lördag|söndag|mån|tis|tors|lör|sön"
    "|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pon|wt|śr|czw|pt|sob|niedz"
    "|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
)
_ZONE = "[+-] ?[0-9]{1,2}(?::?[0-9]{2})?"
_PACKED_TIME = f"[t ]?[0-2][0-9][0-5][0-9](?:[0-5][0-9](?:[.,][0-9]+)?)?(?: ?(?:z|{_ZONE}))?"
_CLOCK = r"(?:[0-9]{1,2}[:.uh][0-9]{2}(?:[:.,][0-9]+)*|[0-9]{1,2} ?(?:uur|u|h|[ap]\.?m))"
# What stands around a date in small letters, and what is left of it. The date is the date as written:
# no zone moves it. Words behind a time (pm, uur, CET) say nothing about the day, so any will do.
AROUND_DATE = (
    (f"^(?:{_WEEKDAYS})[., ]{{1,3}}", ""),
    (f"^((?:19|20)[0-9]{{6}}){_PACKED_TIME}$", r"\1"),
    (r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) ?(?:z|utc|[+-][0-9]{2}:[0-9]{2})$", r"\1"),
    (f"(?:t|,? ?(?:om|at|um) |, ?| ){_CLOCK}[^0-9+-]*(?:{_ZONE}[^0-9]*)?$", ""),
)

FIRST_YEAR = 1980  # of the hundred that two digits can be; a file holds no earlier ones (data/reading)
EPOCH = dt.date(1899, 12, 30)  # day 0 of the spreadsheet calendar, valid from 1 March 1900

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NUMBER = near_months()  # of names that are looked for in texts that may be something else
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = "[-/ ,.]"
_DAY = f"([0-9]{{1,2}})(?:(?:st|nd|rd|th|ste|de|e|er)(?={_BETWEEN}))?(?: of)?"
_NAME = r"([^\W\d_]{3,})\.?"
_YEAR = "([0-9]{4}|['’]?[0-9]{2})"
_DAY_NAME_YEAR = re.compile(
    rf"{_DAY}{_BETWEEN}{{0,3}}(?:de )?{_NAME}{_BETWEEN}{{0,3}}(?:del? )?{_YEAR}\.?(?: ?[rг]\.)?"
)
_NAME_DAY_YEAR = re.compile(rf"{_NAME}{_BETWEEN}{{0,3}}{_DAY}{_BETWEEN}{{1,3}}{_YEAR}")
_YEAR_NAME_DAY = re.compile(rf"([0-9]{{4}}){_BETWEEN}{{0,3}}{_NAME}{_BETWEEN}{{0,3}}{_DAY}\.?")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})")
_PACKED = re.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_WEEK_DAY = re.compile("([0-9]{4})-?w([0-9]{2})-?([1-7])")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})( ?[-./] ?| )([0-9]{{1,2}})\2(?:{_YEAR}|([0-9]))")
_NAME_YEAR = re.compile(rf"{_NAME}{_BETWEEN}{{0,3}}(?:del? )?{_YEAR}")
_YEAR_NAME = re.compile(rf"([0-9]{{4}}){_BETWEEN}{{0,3}}{_NAME}")
_YEAR_MONTH = re.compile("([0-9]{4})(?:[-/. ]|-?m)([0-9]{1,2})|((?:19|20)[0-9]{2})([0-9]{2})")
_MONTH_YEAR = re.compile(f"([0-9]{{1,2}})[-/. ]{_YEAR}")
_LONGEST = 100  # characters; the date of a browser, its zone in words, has seventy

DATE_ORDERS = {"dmj": "dag-maand-jaar", "mdj": "maand-dag-jaar", "jmd": "jaar-maand-dag"}
SWAPPED = "verwisseld"  # said in their place, where a program took the day of real dates for the month
FIXED, NAMED = "fixed", "named"


class Readings(NamedTuple):
    """The day that a text is in each order of its parts, None where it is none.

    form: `FIXED` when no order matters, `NAMED` with the month in words, otherwise the sign
    between the numbers.
    """

    dmj: dt.date | None
    mdj: dt.date | None
    jmd: dt.date | None
    form: str

    @property
    def days(self) -> set[dt.date]:
        """The different days that it can be."""
        return {day for day in self[:3] if day}

    def is_dutch(self, orders: Iterable[str]) -> bool:
        """Whether the Dutch order holds among these when nothing tells.

        With the month in words, day-month-year is the only usual order with two digits for the year.
        Slashes are American too, and a year of two digits may stand in front.
        """
        return self.form == NAMED or (self.form != "/" and (self.jmd is None or "jmd" not in orders))


def _is(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def parse_number(text: str) -> float | None:
    """Read a number as a Dutch user writes it: `1.234,56`, `€ 12,50`, `12,5%`, `-€ 5`, `(5)`.

    Returns None for anything that is no number or can be read in two ways (`1.234`).
    """
    split = _is(SPLIT, text)
    lead, body, tail = split.groups("") if split else ("", "", "")
    if _is(LETTER, lead[-1:]) and body.startswith("."):
        return None  # EUR.50: the point can be the word's
    dress = re.sub(DASHES, "-", re.sub(BLANKS, "", f"{lead}1{tail}", flags=re.ASCII)).upper()
    dress = dress.replace(MINUS, "-")
    match = _is(DRESSED, dress)
    if match is None or re.search(TWO_DASHES, f"{lead}1{tail}", re.ASCII):
        return None
    ahead, front, within, inner, tag, percent, behind, after, last, rear = match.groups()
    signs, mark = front + inner + behind + last, f"{ahead}{within}_{after}{rear}"
    if signs not in SIGNS or mark not in ("_", *EUROS) or (tag and "-" in behind + last):
        return None  # 12,---: a price tag, and less than nought as well
    digits = _digits(re.sub(BLANKS, "", body) if _is(THOUSANDS, body) else body.upper(), tag)
    if digits is None:
        return None
    # Dividing by 100 keeps 12,5% exactly what 0,125 is; multiplying by 0.01 does not.
    value = float(digits) / 100 if percent else float(digits)
    if math.isinf(value):
        return None
    return -value if signs in ("-", "()") else value


def _digits(body: str, tag: str) -> str | None:
    """The digits of a number with a point for the decimals; None when they are none, or in doubt."""
    if tag:
        return body.replace(".", "") if _is(WHOLE_EUROS if tag[0] == "," else WHOLE, body) else None
    if _is(DOUBT, body):
        return None
    if _is(WHOLE, body) or _is(COMMA, body):
        return body.replace(".", "").replace(",", ".")
    if _is(POINT, body):
        return body.replace(",", "")
    return body.replace(",", ".") if _is(EXPONENT, body) else None


def parse_date(text: str) -> dt.date | None:
    """Read a date: `31-12-2024`, `2024-12-31`, `20241231`, `31 december 2024`, `31/12/2024`, `Feb 11, 2013`.

    A date whose parts could change places gives None: with slashes day and month, with a year of two
    digits all three. A time behind the date is dropped.
    """
    bare = bare_date(text)
    read = date_readings(bare)
    if read is None or any(map(of_two, _WORD.findall(bare))):
        return None  # `3 listopad 2024` is another day to Croats than to Poles
    if len(read.days) > 1:
        return read.dmj if read.is_dutch(DATE_ORDERS) else None
    day = next(iter(read.days))
    # What can be a day is no year in front, even where there is no such day: `31-2-24` is no date
    return None if read[:2] == (None, None) and day.year % 100 <= 31 else day


def bare_date(text: str) -> str:
    """A text in small letters without what stands around its date: the day of the week, the time."""
    if not any(map(text.__contains__, "0123456789")):
        return ""  # most texts of a workbook are names
    bare = re.sub(DATE_BLANKS, " ", text).strip(" ").lower()
    for pattern, left in AROUND_DATE:
        bare = re.sub(pattern, left, bare)
    return bare


def date_readings(bare: str) -> Readings | None:
    """All days that a bare date can be; None for what is no date in any order."""
    if len(bare) > _LONGEST:
        return None
    if match := _YEAR_LAST.fullmatch(bare):
        read = _three_numbers(*match.groups())
    elif match := _YEAR_FIRST.fullmatch(bare):
        read = _fixed(_day(match[1], match[3], match[4]))
    elif match := _PACKED.fullmatch(bare):
        read = _fixed(_day(*match.groups()))
    elif match := _WEEK_DAY.fullmatch(bare):
        read = _fixed(_day_of_week(*match.groups()))
    else:
        read = _with_name(bare)
    return read if read.days else None


def month_readings(bare: str) -> Readings | None:
    """The first days of all months that a bare text can be: year and month (`mrt-26`), or a date in it."""
    if (read := _month_and_year(bare)) and read.days:
        return read
    if (date := date_readings(bare)) is None:
        return None
    return Readings(_first_day(date.dmj), _first_day(date.mdj), _first_day(date.jmd), date.form)


def _first_day(day: dt.date | None) -> dt.date | None:
    return day and day.replace(day=1)


def _month_and_year(bare: str) -> Readings | None:
    if match := _YEAR_MONTH.fullmatch(bare):
        return _fixed(_day(match[1] or match[3], match[2] or match[4], "1"))
    if match := _MONTH_YEAR.fullmatch(bare):
        first, last = match.groups()
        behind = _day(last, first, "1")
        if not _both_short(first, last):
            return _fixed(behind)
        return Readings(behind, behind, _day(first, last, "1"), "/")  # `03-04` has no usual order
    if match := _NAME_YEAR.fullmatch(bare):
        name, year = match.groups()
        # `Set 12` is no September, unless all of the year is there
        return _fixed(
            _day(year, name, "1") if len(year) == 4 or len(name) > 3 or name in MONTH_NUMBER else None
        )
    if match := _YEAR_NAME.fullmatch(bare):
        return _fixed(_day(match[1], match[2], "1"))
    return None


def _three_numbers(first: str, sign: str, second: str, year: str | None, digit: str) -> Readings:
    form = sign.strip() or " "
    if year is None:  # one digit is no year, so that can only stand in front
        return Readings(None, None, _day(first, second, digit) if len(first) == 2 else None, form)
    front = _day(first, second, year) if _both_short(first, year) else None
    return Readings(_day(year, second, first), _day(year, first, second), front, form)


def _with_name(bare: str) -> Readings:
    if match := _DAY_NAME_YEAR.fullmatch(bare):
        first, name, last = match.groups()
        behind = _day(last, name, first)
        if not _both_short(first, last):
            return _fixed(behind)
        return Readings(behind, behind, _day(first, name, last), NAMED)
    if match := _NAME_DAY_YEAR.fullmatch(bare):
        return _fixed(_day(match[3], match[1], match[2]))
    if match := _YEAR_NAME_DAY.fullmatch(bare):
        return _fixed(_day(*match.groups()))
    return _fixed(None)


def _both_short(first: str, last: str) -> bool:
    """Whether the first of these parts could be the year as well as the last."""
    return len(first) == len(last) == 2


def _fixed(day: dt.date | None) -> Readings:
    return Readings(day, day, day, FIXED)


def _day(year: str, month: str, day: str) -> dt.date | None:
    """A day of texts, the month a number or a name; None when there is no such day."""
    number = int(year.lstrip("'’"))
    if len(year) < 4:  # two digits: the one year of the hundred from the first
        number += 1900 if number >= FIRST_YEAR % 100 else 2000
    try:
        return dt.date(number, month_named(month) or int(month), int(day))
    except ValueError:
        return None


def _day_of_week(year: str, week: str, day: str) -> dt.date | None:
    """A day of a week by its number, Monday the first (ISO 8601); None when there is no such week."""
    try:
        return dt.date.fromisocalendar(int(year), int(week), int(day))
    except ValueError:
        return None


def date_to_serial(value: dt.date) -> float:
    """Return the spreadsheet's day number of a date or datetime (time as a fraction)."""
    day = float((dt.date(value.year, value.month, value.day) - EPOCH).days)
    if isinstance(value, dt.datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return day + (seconds + value.microsecond / 1e6) / 86400
    return day


def serial_to_date(serial: float) -> dt.date:
    """Return the date of a spreadsheet day number (0 is 30 December 1899)."""
    return EPOCH + dt.timedelta(days=int(serial))


def format_number(value: float, decimals: int | None = None) -> str:
    """Write a number the Dutch way: `1.234,5`; all digits that matter unless decimals is given."""
    text = f"{value:z,.{decimals}f}" if decimals is not None else f"{value:z,.15g}"
    return text.translate(str.maketrans(",.", ".,"))


def format_count(number: int, one: str, more: str) -> str:
    """Write how many there are of a thing: `1 rij`, `1.204 rijen`."""
    return f"{format_number(number, 0)} {one if number == 1 else more}"


def format_rows(number: int) -> str:
    """Write how many rows there are: `1 rij`, `1.204 rijen`."""
    return format_count(number, "rij", "rijen")


def format_date(value: dt.date) -> str:
    """Write a date the Dutch way: `31-12-2024`."""
    return f"{value.day}-{value.month}-{value.year}"


def runs_of_months(months: Sequence[dt.date]) -> str:
    """Name months, those that follow one another as `maart 2026 tot en met mei 2026`.

    months: the first day of each, in order, at least one.
    """
    runs: list[list[dt.date]] = []
    for month in months:
        if runs and (month - runs[-1][-1]).days <= 31:
            runs[-1].append(month)
        else:
            runs.append([month])
    named = [
        " tot en met ".join(f"{MONTHS[month.month - 1]} {month.year}" for month in sorted({run[0], run[-1]}))
        for run in runs
    ]
    return " en ".join(filter(None, (", ".join(named[:-1]), named[-1])))
