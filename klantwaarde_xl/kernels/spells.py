"""Contracts from their dates: how many whole periods each could be followed, and in which one it ended.

The definitions, which everything on dates of contracts shares:

* A period begins at the start and every month, quarter, year or week after it. Of a start on the 31st a
  month is over on the last day of a shorter one (31 January, 28 February, 31 March).
* Periods are followed up to the day of counting. A period counts when all of it is over on that day, for who
  left in it as for who stayed, so that what is not known yet hides no stayer and shows no leaver.
* The end is the last day: a contract to 31 December and one to 1 January end at the same renewal. No
  end (31 December 2099 and later are none), or one after the day of counting, is a contract that runs; one
  on that day has ended.
* A contract that starts after the day of counting is left out.
* Contracts of one customer that overlap, or follow each other with at most so many days between them, are
  one contract, which runs as long as one of them does. After a longer gap the customer is new.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import contracts as refused

Codes = npt.NDArray[np.intp]
Whole = npt.NDArray[np.int64]

EPOCH = np.datetime64("1899-12-30")  # day 0 of the spreadsheet
NEVER = 2958466  # the day after 31 December 9999: no end
ENDLESS = 73050  # 31 December 2099: programs write that day or a later one for no end
MOST_PERIODS = 1200  # a century of months; more is a wrong date, not a wish


class Period(IntEnum):
    """How long a period of a contract is."""

    MONTH = 0
    QUARTER = 1
    YEAR = 2
    WEEK = 3
    HALF_YEAR = 4


MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
DAYS = 7  # of a week


class Contracts(NamedTuple):
    """A contract a row, of one customer taken together: first and last day (`NEVER` for none), in whole days.

    of: for each row that came in, which of these it belongs to.
    """

    start: Whole
    end: Whole
    of: Codes


class Spells(NamedTuple):
    """A contract a row; contracts that start after the day of counting are not there.

    seen: whole periods that are over; left: the period in which it ended, 0 while that is not known;
    runs: whether it still does; ends: whether it runs to an end that is known; wait: the part of
    the running period that is still to come, above 0 and up to 1.
    """

    seen: Whole
    left: Whole
    runs: npt.NDArray[np.bool_]
    ends: npt.NDArray[np.bool_]
    wait: Floats


def contracts_of(starts: Floats, ends: Floats, customers: Codes | None = None, gap: float = 0) -> Contracts:
    """Return contracts from a row each, those of one customer taken together.

    starts, ends: day numbers of the spreadsheet, an end NaN for none; customers: a code a row, None to
    count each row apart; gap: days without a contract that are no leaving, ≥ 0. An end before its
    start, or another gap, is `OutOfRange`.
    """
    start = np.floor(np.asarray(starts, dtype=np.float64)).astype(np.int64)
    end = np.where(np.isnan(ends) | (ends >= ENDLESS), NEVER, np.floor(ends)).astype(np.int64)
    if np.any(end < start):
        row = int(np.argmax(end < start)) + 1
        raise refused.ENDS_BEFORE_START(row=row)
    if not 0 <= gap < NEVER:
        raise refused.GAP()
    if customers is None or not start.size:
        return Contracts(start, end, np.arange(start.size))
    order = np.lexsort((start, customers))
    who = np.unique(customers, return_inverse=True)[1][order].astype(np.int64)
    # The latest end so far of the same customer: a customer's days lie apart from those of all before
    latest = np.maximum.accumulate(end[order] + who * (2 * NEVER)) - who * (2 * NEVER)
    begins = np.append(True, (who[1:] != who[:-1]) | (start[order][1:] > latest[:-1] + 1 + int(gap)))
    first = np.flatnonzero(begins)
    of = np.empty(start.size, dtype=np.intp)
    of[order] = np.cumsum(begins) - 1
    return Contracts(start[order][first], np.maximum.reduceat(end[order], first), of)


def spells(contracts: Contracts, as_of: float, period: float = Period.MONTH) -> tuple[Spells, Codes]:
    """Return what is known of each contract on the day of counting, and the place of each among all.

    as_of: day number, its whole day counts; period: a `Period` code. More than `MOST_PERIODS` periods
    are `OutOfRange`, no contract at all up to that day is `NotAvailable`.
    """
    day = int(np.floor(as_of))
    kept = np.flatnonzero(contracts.start <= day)
    if not contracts.start.size:
        raise refused.NO_CONTRACT()
    if not kept.size:
        raise refused.NO_CONTRACT_YET()
    start, end = contracts.start[kept], contracts.end[kept]
    kind = Period(int(period))
    seen = periods_over(start, day, kind)
    if int(seen.max()) > MOST_PERIODS:
        raise refused.TOO_MANY_PERIODS(most=MOST_PERIODS)
    ended = np.where(end < NEVER, _ended_in(start, np.minimum(end, day + 1), kind), 0)
    left = np.where((end <= day) & (ended <= seen), ended, 0)
    began, over = _begin_of(start, seen, kind), _begin_of(start, seen + 1, kind)
    wait = (over - day) / (over - began)
    return Spells(seen, left, end > day, (end > day) & (end < NEVER), wait), kept


def periods_over(start: Whole, day: int | Whole, period: Period) -> Whole:
    """Return how many periods since the start are over on a day; a period is over where the next begins."""
    if period is Period.WEEK:
        return np.asarray((day - start) // DAYS)
    months = _month(np.asarray(day)) - _month(start)
    months = months - (_later(start, months) > day)
    return np.asarray(months // MONTHS[period])


def _ended_in(start: Whole, end: Whole, period: Period) -> Whole:
    """The period that the last day lies in, from one; the first day of the next is the end of this one."""
    if period is Period.WEEK:
        return np.asarray(np.maximum(1, -((start - end) // DAYS)))
    months = _month(end) - _month(start)
    months = np.maximum(1, months + (_later(start, months) < end))
    return np.asarray(-(-months // MONTHS[period]))


def _begin_of(start: Whole, count: Whole, period: Period) -> Whole:
    """The day on which so many periods are over."""
    return np.asarray(
        start + DAYS * count if period is Period.WEEK else _later(start, MONTHS[period] * count)
    )


def _date(day: Any) -> Any:
    return EPOCH + np.asarray(day).astype("timedelta64[D]")


def _month(day: Any) -> Whole:
    return np.asarray(_date(day).astype("datetime64[M]").astype(np.int64))


def _first(month: Whole) -> Whole:
    """The first day of a month, as a day number."""
    return np.asarray((month.astype("datetime64[M]").astype("datetime64[D]") - EPOCH).astype(np.int64))


def _later(start: Whole, months: Whole) -> Whole:
    """So many months later: the same day of the month, or its last day."""
    own, target = _month(start), _month(start) + months
    return np.asarray(np.minimum(_first(target) + (start - _first(own)), _first(target + 1) - 1))
