"""From a log of transactions: who is a customer on a day to come, and what comes in days and months ahead."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead import customers as each
from klantwaarde_xl.kernels.models.ahead import days as calendar
from klantwaarde_xl.kernels.models.ahead.arrivals import arrivals
from klantwaarde_xl.kernels.models.ahead.totals import Coming, Outlook, outlook
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.forecast import Spending, expected_of, fitted_models, terms_of
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.season.view import seen
from klantwaarde_xl.reports.arguments import STANDARD, WEEK, Asked, settled_for
from klantwaarde_xl.reports.season_arguments import Following, following_of
from klantwaarde_xl.wording import ahead as wording
from klantwaarde_xl.wording import seasons
from klantwaarde_xl.wording.checks import about_models, remarks

NA = CellError.NA.nan
MOST_MONTHS = 60
Words = npt.NDArray[np.str_]


class Who(IntEnum):
    """Of whom a total is."""

    PRESENT = 0
    NEW = 1
    ALL = 2


class StillCustomer(NamedTuple):
    """One row a customer, as in the kernel."""

    customer: Codes
    last: Floats
    now: Floats
    then: Floats
    stays: Floats


class Between(NamedTuple):
    """All together, code −1, and one row a customer, as in the kernel; note says in Dutch what is special."""

    customer: Codes
    begins: Floats
    ends: Floats
    purchases: Floats
    purchases_lower: Floats
    purchases_upper: Floats
    value: Floats
    value_lower: Floats
    value_upper: Floats
    note: Words


class Months(NamedTuple):
    """One row a month to come, and last all of them; begin and end are day numbers."""

    label: Words
    begin: Floats
    end: Floats
    purchases: Floats
    purchases_lower: Floats
    purchases_upper: Floats
    revenue: Floats
    revenue_lower: Floats
    revenue_upper: Floats
    note: Words


class NewMonths(NamedTuple):
    """The same of new customers, with how many come and their purchases after the first."""

    label: Words
    begin: Floats
    end: Floats
    number: Floats
    number_lower: Floats
    number_upper: Floats
    repeats: Floats
    revenue: Floats
    revenue_lower: Floats
    revenue_upper: Floats
    note: Words


def still_customer(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    on: float,
    model: float = STANDARD,
    as_of: float | None = None,
    season: float | None = None,
    index: Floats | None = None,
) -> StillCustomer:
    """Say how likely each customer still is one at the end of a day to come.

    on: day number after as_of; the rest and errors as in `customers.forecast`.
    """
    log = Log(customers, days, amounts)
    _, summary = prepare(log, as_of)
    _, until = calendar.window(summary.last_day, on, on)
    asked = Asked(terms_of(None, 1.0, 0.0, WEEK, model), as_of)
    settled = settled_for(asked, log, following_of(season, index))
    timed = seen(summary, settled.season, Unit.WEEK.days)
    fit = face.fitted(settled.terms.code, timed.frequency, timed.recency, timed.T)
    ahead = calendar.ahead_of(settled.season, summary.last_day, Unit.WEEK.days)
    found = each.still_customers(fit, timed, until, ahead)
    return StillCustomer(found.customer, summary.final_day, found.now, found.then, found.stays)


def between(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    begin: float,
    end: float,
    margin: float = 1.0,
    interest: float = 0.0,
    model: float = STANDARD,
    as_of: float | None = None,
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
    season: float | None = None,
    index: Floats | None = None,
) -> Between:
    """Forecast the purchases and the value of each customer from day begin up to and including day end.

    Both are day numbers that are not before as_of; the rest and errors as in `customers.forecast`, a fit that
    does not converge being `NotAvailable`.
    """
    terms = terms_of(None, margin, interest, WEEK, model, spending, confidence)
    log = Log(customers, days, amounts)
    _, summary = prepare(log, as_of)
    window = calendar.window(summary.last_day, begin, end)
    settled = settled_for(Asked(terms, as_of), log, following_of(season, index))
    terms = settled.terms
    models = fitted_models(summary, terms, settled.season)
    found = each.between(summary, models, terms, window)
    special = remarks(expected_of(summary, models, terms), models, terms)
    total = (-1, NA, NA, *found.all_purchases, *found.all_value, about_models(models))
    columns = (*found[:-2], special)
    return Between._make(
        np.concatenate([np.array([one]), column]) for one, column in zip(total, columns, strict=True)
    )


def months_ahead(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    months: float = 12.0,
    who: float = float(Who.PRESENT),
    model: float = STANDARD,
    as_of: float | None = None,
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
    season: float | None = None,
    index: Floats | None = None,
) -> Months:
    """Forecast purchases and revenue of the months to come, with intervals in which they will be counted.

    months: 1…60 whole months, after what is left of a running one; who: a `Who`; the rest and errors as in
    `between`; new customers are `NotAvailable` before three whole months.
    """
    if who not in list(Who):
        raise OutOfRange("Deze groep klanten bestaat niet.", remedy="Kies huidige, nieuwe of allen.")
    asked = _asked(model, as_of, spending, confidence)
    log, following = Log(customers, days, amounts), following_of(season, index)
    found, said, labels, ends = _outlook(log, months, asked, following, new=who != Who.PRESENT)
    group = (found.present, found.new, found.together)[int(who)]
    assert group is not None
    return Months(labels, *ends, *group.purchases, *group.revenue, _notes(labels, said))


def new_customers(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    months: float = 12.0,
    model: float = STANDARD,
    as_of: float | None = None,
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
    season: float | None = None,
    index: Floats | None = None,
) -> NewMonths:
    """Forecast how many new customers come in the months to come, and what these bring until their end.

    Arguments and errors as in `months_ahead`.
    """
    asked = _asked(model, as_of, spending, confidence)
    log, following = Log(customers, days, amounts), following_of(season, index)
    found, said, labels, ends = _outlook(log, months, asked, following, new=True)
    assert found.new is not None
    assert found.newcomers is not None
    assert found.repeats is not None
    revenue: Coming = found.new.revenue
    return NewMonths(labels, *ends, *found.newcomers, found.repeats, *revenue, _notes(labels, said))


def _asked(model: float, as_of: float | None, spending: float, confidence: float) -> Asked:
    return Asked(terms_of(None, 1.0, 0.0, WEEK, model, spending, confidence), as_of)


def _outlook(
    log: Log, months: float, asked: Asked, following: Following, *, new: bool
) -> tuple[Outlook, str, Words, tuple[Floats, Floats]]:
    """What comes, what that rests on in words, what the windows are called, and their first and last days."""
    if not (1 <= months <= MOST_MONTHS and months == int(months)):
        raise OutOfRange(
            f"Het aantal maanden is geen heel getal van 1 tot en met {MOST_MONTHS}.",
            remedy="Vul 12 in voor een jaar.",
        )
    bought, summary = prepare(log, asked.as_of)
    terms, choice = settled = settled_for(asked, log, following)
    models = fitted_models(summary, terms, settled.season)
    calendars = following.calendars(asked.terms.code)
    came = arrivals(summary.first_day, summary.last_day, calendars) if new else None
    length, ends = Unit.WEEK.days, calendar.months_ahead(summary.last_day, int(months))
    windows = calendar.windows(ends, summary.last_day, settled.season, length)
    found = outlook(seen(summary, settled.season, length), models, terms, windows, came, bought)
    begin, end = summary.last_day + windows.begins + 1, summary.last_day + windows.ends
    rows = zip(begin[:-1].tolist(), end[:-1].tolist(), strict=True)
    labels = [*(wording.month_ahead(*row) for row in rows), wording.TOGETHER]
    about = "; ".join(filter(None, (seasons.used(choice), about_models(models))))
    said = wording.rests_on(came, about, found.again)
    return found, said, np.array(labels), (begin, end)


def _notes(labels: Words, said: str) -> Words:
    """What all rests on, beside the last row."""
    return np.array([*[""] * (labels.size - 1), said])
