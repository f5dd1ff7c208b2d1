"""Which periods are whole: the one place that says where a figure over months stops.

A month is whole when the data reach its last day. They do in three cases:

* the chosen day (`kw_peildatum`) is the month's last day or later, and that day has come;
* no day is chosen, and the last order is of the month's last day, or of a later month;
* no day is chosen, the month is over by the calendar, and the last order is at most `CLOSED` days
  before its end: a shop that is closed in the last weekend, with a holiday next to it, has no orders
  then. A longer silence may as well be an export made before the month was over, so there the month
  is not counted; whoever knows better fills in the month's last day as the chosen day.

A month that is not over by the calendar is never whole but for its last day. The first month is taken
as it is: a shop that began and an export that begins on a day in it look the same.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

CLOSED = 3  # days: a weekend and a holiday
YEAR = 12  # months


@dataclass(frozen=True)
class Periods:
    """last_month: the first day of the last whole month; runs_to: up to which day a later month runs."""

    last_month: dt.date
    runs_to: dt.date | None


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; of a month's last day the last one, which is never skipped."""
    number = month_number(day) - months
    there = month_end(dt.date(number // YEAR, number % YEAR + 1, 1))
    return there if day == month_end(day) else min(there, there.replace(day=min(day.day, there.day)))


def month_number(day: dt.date) -> int:
    """Months since the year 0, so that months can be counted."""
    return day.year * YEAR + day.month - 1


def periods(as_of: dt.date, today: dt.date, *, chosen: bool) -> Periods:
    """What is whole at a day up to which the data count.

    as_of: that day; today: the calendar's; chosen: the user says so, not the last order.
    """
    reach = min(as_of, today)
    end, month = month_end(reach), reach.replace(day=1)
    quiet = not chosen and today > end and (end - reach).days <= CLOSED
    if reach == end or quiet:
        return Periods(month, None)
    return Periods((month - dt.timedelta(days=1)).replace(day=1), reach)
