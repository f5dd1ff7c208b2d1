"""What may drive a season: columns of numbers a day, such as one for each month of the year.

Days are the numbers of a sheet: 1 is 31 December 1899, 45658 is 1 January 2025.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import forecasts as refused

Dates = npt.NDArray[np.datetime64]

_NOUGHT = np.datetime64("1899-12-30")
_YEAR_BACK = 364  # days: the same day of the week


class Calendar(NamedTuple):
    """Columns of numbers a day; a season is the exponent of their sum, each times an effect.

    names: of the columns; columns: from day numbers to a row a day, finite; shown: of an index, from a value
    of its column to the number that the user gave.
    """

    names: tuple[str, ...]
    columns: Callable[[Floats], Floats]
    shown: Callable[[float], float] = float


def _dates(days: Floats) -> Dates:
    return _NOUGHT + np.floor(days).astype("timedelta64[D]")


def _month(dates: Dates) -> npt.NDArray[np.int64]:
    return dates.astype("datetime64[M]").astype(np.int64) % 12 + 1


def _of_months(days: Floats) -> Floats:
    return np.asarray(_month(_dates(days))[:, None] == np.arange(1, 13), dtype=np.float64)


MONTHS = Calendar(tuple(f"{month:02}" for month in range(1, 13)), _of_months)


# ── the Dutch year of a shop ────────────────────────────────────────────────────────────────


def easter(year: int) -> np.datetime64:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    ahead = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * ahead) // 451
    month, day = divmod(moon + ahead - 7 * late + 114, 31)
    return np.datetime64(f"{year:04}-{month:02}-{day + 1:02}")


def _weekday(date: np.datetime64) -> int:
    """The day of the week: 0 is Monday."""
    return int((date - np.datetime64("1970-01-05")).astype(int) % 7)


def _nth(year: int, month: int, weekday: int, number: int) -> np.datetime64:
    """The so manieth day of the week of a month."""
    first = np.datetime64(f"{year:04}-{month:02}-01")
    return first + np.timedelta64((weekday - _weekday(first)) % 7 + 7 * (number - 1), "D")


def black_friday(year: int) -> np.datetime64:
    """Return the day after the fourth Thursday of November."""
    return _nth(year, 11, 3, 4) + np.timedelta64(1, "D")


def kings_day(year: int) -> np.datetime64:
    """Return Koningsdag, 27 April (30 April until 2013), or the day before where that is a Sunday."""
    day, sunday = (27, -1) if year >= 2014 else (30, -1 if year >= 1980 else 1)
    date = np.datetime64(f"{year:04}-04-{day}")
    return date + np.timedelta64(sunday if _weekday(date) == 6 else 0, "D")


def _fixed(month: int, day: int) -> Callable[[int], np.datetime64]:
    return lambda year: np.datetime64(f"{year:04}-{month:02}-{day:02}")


# Name: the day that it turns on, the first and the last day of its time, counted from that day
_TIMES: dict[str, tuple[Callable[[int], np.datetime64], int, int]] = {
    "january sales": (_fixed(1, 1), 1, 30),
    "easter": (easter, -13, -1),
    "king's day": (kings_day, -7, 0),
    "mother's day": (lambda year: _nth(year, 5, 6, 2), -9, -1),
    "holiday pay": (_fixed(5, 23), 0, 18),
    "summer": (_fixed(7, 1), 0, 61),
    "black friday": (black_friday, -4, 3),
    "sinterklaas": (_fixed(12, 5), -19, -1),
    "christmas": (_fixed(12, 25), -19, -1),
}


def _of_shops(days: Floats) -> Floats:
    dates = _dates(days)
    years = range(int(str(dates.min())[:4]), int(str(dates.max())[:4]) + 1) if dates.size else range(0)
    found = np.zeros((dates.size, len(_TIMES)))
    for column, (turns_on, begin, end) in enumerate(_TIMES.values()):
        for year in years:
            since = (dates - turns_on(year)).astype(np.int64)
            found[(since >= begin) & (since <= end), column] = 1.0
    return found


SHOPS = Calendar(tuple(_TIMES), _of_shops)


# ── of the user ─────────────────────────────────────────────────────────────────────────────


def of_index(name: str, days: Floats, index: Floats) -> Calendar:
    """Return a calendar of the user's own index: a number from each of some days on, until the next.

    days: day numbers, in any order, each once; index: of each. Where all numbers are above nought the
    season follows a power of them, so that an effect of 1 takes them as they are; otherwise (a week is
    busy, 1, or not, 0) an exponent of their multiple. Before the first day it is what it was on that day;
    after the last one, more than its usual distance, what it was 52 weeks before. `OutOfRange` for
    lengths that differ, a missing number, a day twice, or numbers that are all the same.
    """
    given, numbers = np.floor(np.asarray(days, dtype=np.float64)), np.asarray(index, dtype=np.float64)
    if given.shape != numbers.shape or given.ndim != 1 or not given.size:
        raise refused.UNEQUAL_SEASON()
    if not (np.all(np.isfinite(given)) and np.all(np.isfinite(numbers))):
        raise refused.SEASON_WITH_BLANKS()
    order = np.argsort(given)
    given, numbers = given[order], numbers[order]
    apart = np.diff(given)
    if np.any(apart == 0):
        raise refused.day_twice(float(given[np.argmin(apart)]))
    if np.ptp(numbers) == 0:
        raise refused.FLAT_SEASON()
    mean, span, is_power = float(numbers.mean()), float(np.ptp(numbers)), bool(np.all(numbers > 0))
    # Of whatever unit: an effect of 1 is a factor e from the lowest number to the highest
    values = np.log(numbers / mean) if is_power else numbers / span
    last = float(given[-1] + (np.median(apart) if apart.size else 1)) - 1  # the last day that it tells of

    def columns(asked: Floats) -> Floats:
        day = np.floor(np.asarray(asked, dtype=np.float64))
        back = np.maximum(np.ceil((day - last) / _YEAR_BACK), 0)
        at = np.searchsorted(given, day - back * _YEAR_BACK, side="right") - 1
        return np.asarray(values[np.maximum(at, 0)][:, None])

    return Calendar((name,), columns, lambda value: float(np.exp(value) * mean if is_power else value * span))
