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
  `(5)`; a currency in front or behind; `,-` or `.-` behind whole euros; `%` divides by a hundred
  (a number, never an amount of money).

A cell's currency is the euro: of other money it cannot be asked what it is worth, and a formula would add
it up. A column of amounts names its currencies (`data/reading/currencies`).

A date: `31-12-2024`, `31/12/2024`, `31.12.2024`, `2024-12-31`, `2024/12/31`, `20241231`, `31 december 2024`,
with or without a time behind it. Day first, unless that is no date; with slashes `01/02/2024` is two days
and refused. A year has four digits.
"""

from __future__ import annotations

import datetime as dt
import math
import re

# The patterns hold for Python's re (ASCII) and for the engine's RE2 alike.
BLANKS = "[\\s\u00a0\u2000-\u200b\u202f\u205f\u3000'’]"
DASHES = "[\u2010-\u2015\u2212\ufe63\uff0d]"
# What stands before the digits, the digits (blanks between them as well), what stands behind
SPLIT = f"([^0-9.,]*)((?:[.,]*{BLANKS}*[0-9])+(?:[Ee][-+]?[0-9]{{1,3}})?)?((?:.|\\n)*)"
# A blank between digits stands between thousands, or the text is no number but two
THOUSANDS = f"[1-9][0-9]{{0,2}}({BLANKS}+[0-9]{{3}})+([.,][0-9]+)?"
# How digits are dressed, with a 1 in their place: a mark is what is no sign, such as a currency.
# Groups: mark, sign or bracket, mark, sign, price tag, percent, sign, mark, sign or bracket, mark
_MARK = "([^-+()0-9.,%]{0,5})"
DRESSED = f"{_MARK}([-+(]?){_MARK}([-+]?)1([,.]-)?(%?)([-+]?){_MARK}([-+)]?){_MARK}"
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

TIME = r"([Tt ][0-9]{1,2}:[0-9]{2}.*)?"
YEAR_FIRST = f"([0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{4}}/[0-9]{{1,2}}/[0-9]{{1,2}}){TIME}"
PACKED = r"(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])"
YEAR_LAST = (
    "("
    + "|".join(f"[0-9]{{1,2}}{sign}[0-9]{{1,2}}{sign}[0-9]{{4}}" for sign in ("-", "/", r"\."))
    + f"){TIME}"
)

EPOCH = dt.date(1899, 12, 30)  # day 0 of the spreadsheet calendar, valid from 1 March 1900

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NUMBER = {
    **{name: i for i, name in enumerate(MONTHS, 1)},
    **{name: i for i, name in enumerate(MONTHS_SHORT, 1)},
}
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})")
_SPLIT = re.compile(r"[-./Tt ]")


def _is(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def parse_number(text: str) -> float | None:
    """Read a number as a Dutch user writes it: `1.234,56`, `€ 12,50`, `12,5%`, `-€ 5`, `(5)`.

    Returns None for anything that is no number or can be read in two ways (`1.234`).
    """
    split = _is(SPLIT, text)
    lead, body, tail = split.groups("") if split else ("", "", "")
    if lead[-1:].isalpha() and body.startswith("."):
        return None  # EUR.50: the point can be the word's
    dress = re.sub(DASHES, "-", re.sub(BLANKS, "", f"{lead}1{tail}", flags=re.ASCII)).upper()
    match = _is(DRESSED, dress)
    if match is None:
        return None
    ahead, front, within, inner, tag, percent, behind, after, last, rear = match.groups()
    signs, mark = front + inner + behind + last, f"{ahead}{within}_{after}{rear}"
    if signs not in SIGNS or mark not in ("_", *EUROS) or (tag and "-" in behind + last):
        return None  # 12,--: a longer tag, or less than nought
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
        return body.replace(".", "") if _is(WHOLE_EUROS if tag == ",-" else WHOLE, body) else None
    if _is(DOUBT, body):
        return None
    if _is(WHOLE, body) or _is(COMMA, body):
        return body.replace(".", "").replace(",", ".")
    if _is(POINT, body):
        return body.replace(",", "")
    return body.replace(",", ".") if _is(EXPONENT, body) else None


def parse_date(text: str) -> dt.date | None:
    """Read a date: `31-12-2024`, `2024-12-31`, `20241231`, `31 december 2024`, `31/12/2024`.

    A date with slashes whose day and month could change places, and a year of two digits,
    give None. Times behind the date are dropped.
    """
    body = text.replace("\u00a0", " ").strip().lower()
    try:
        if _is(YEAR_FIRST, body):
            year, month, day = (int(part) for part in _SPLIT.split(body)[:3])
            return dt.date(year, month, day)
        if _is(PACKED, body):
            return dt.date(int(body[:4]), int(body[4:6]), int(body[6:]))
        if _is(YEAR_LAST, body):
            return _year_last(*(int(part) for part in _SPLIT.split(body)[:3]), is_open="/" in body[:6])
        if (match := _NAMED.fullmatch(body)) and match[2] in _MONTH_NUMBER:
            return dt.date(int(match[3]), _MONTH_NUMBER[match[2]], int(match[1]))
    except ValueError:
        return None
    return None


def _year_last(day: int, month: int, year: int, *, is_open: bool) -> dt.date | None:
    """Day first; month first when only that is a date; neither when both are and nothing tells."""
    if is_open and day <= 12 and month <= 12 and day != month:
        return None
    return dt.date(year, month, day) if month <= 12 else dt.date(year, day, month)


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


def format_date(value: dt.date) -> str:
    """Write a date the Dutch way: `31-12-2024`."""
    return f"{value.day}-{value.month}-{value.year}"
