"""Dutch text to numbers and dates, and numbers to Dutch text.

What can be read in two ways is refused, never guessed: `1.234` is a thousand in the
Netherlands and a fraction in an English export; `01/02/2024` is two different days.
"""

from __future__ import annotations

import datetime as dt
import re

_SPACES = "\u00a0\u202f\u2009"
_STRIP = str.maketrans("", "", _SPACES + " \t'")
# The sign in front, behind the euro sign, behind the digits, or as brackets: one of them.
_DRESSED = re.compile(
    r"(?P<bracket>\()?(?P<sign>[-+])?(?:€|EUR)?(?P<inner>[-+])?(?P<digits>[\d.,]*?(?:E[-+]?\d+)?)(?:,-)?"
    r"(?P<percent>%)?(?P<behind>-)?(?:EUR)?(?P<close>\))?"
)
_DUTCH = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d*,\d+|\d+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d*\.\d+")
_THOUSANDS_OR_DECIMALS = re.compile(r"\d{1,3}[.]\d{3}")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}")

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
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?")
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})")


def parse_number(text: str) -> float | None:
    """Read a number as a Dutch user writes it: `1.234,56`, `€ 12,50`, `12,5%`, `-€ 5`, `(5)`.

    Returns None for anything that is no number or can be read in two ways (`1.234`).
    """
    match = _DRESSED.fullmatch(text.translate(_STRIP).upper())
    if match is None:
        return None
    body = match["digits"]
    signs = [match["sign"], match["inner"], match["behind"], "-" if match["bracket"] else ""]
    if sum(map(bool, signs)) > 1 or bool(match["bracket"]) != bool(match["close"]):
        return None
    sign = -1.0 if "-" in signs else 1.0
    if _THOUSANDS_OR_DECIMALS.fullmatch(body):
        return None
    if _DUTCH.fullmatch(body):
        digits = body.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(body):
        digits = body.replace(",", "")
    elif _EXPONENT.fullmatch(body):
        digits = body.replace(",", ".")
    else:
        return None
    # Dividing by 100 keeps 12,5% exactly what 0,125 is; multiplying by 0.01 does not.
    return sign * (float(digits) / 100 if match["percent"] else float(digits))


def parse_date(text: str) -> dt.date | None:
    """Read a date: `31-12-2024`, `2024-12-31`, `31 december 2024`, `31/12/2024`.

    A date with slashes whose day and month could change places, and a year of two digits,
    give None. Times behind the date are dropped.
    """
    body = text.strip().lower()
    try:
        if match := _ISO.fullmatch(body):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(body):
            day, month = int(match[1]), int(match[3])
            if match[2] == "/" and day <= 12 and month <= 12 and day != month:
                return None
            return dt.date(int(match[4]), month, day)
        if (match := _NAMED.fullmatch(body)) and match[2] in _MONTH_NUMBER:
            return dt.date(int(match[3]), _MONTH_NUMBER[match[2]], int(match[1]))
    except ValueError:
        return None
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
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.15g}"
    return text.translate(str.maketrans(",.", ".,"))


def format_date(value: dt.date) -> str:
    """Write a date the Dutch way: `31-12-2024`."""
    return f"{value.day}-{value.month}-{value.year}"
