"""Customers by the period of their first purchase, and who is active in which period."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.retention import retention_rate
from klantwaarde_xl.refusals import customers as refused
from klantwaarde_xl.refusals import shared

Codes = npt.NDArray[np.intp]
Whole = npt.NDArray[np.int64]

EPOCH = np.datetime64("1899-12-30")  # day 0 of the spreadsheet
LAST_DAY = 2958465.0  # 31 December 9999
MOST_PERIODS = 1200  # a century of months; more is a wrong date, not a wish


class Period(IntEnum):
    """How long a period is."""

    MONTH = 0
    QUARTER = 1
    YEAR = 2


class Shown(IntEnum):
    """What the cells of a cohort table hold."""

    RETENTION = 0
    CUSTOMERS = 1
    REVENUE = 2
    REVENUE_PER_CUSTOMER = 3
    CUMULATIVE_PER_CUSTOMER = 4


class Returned(IntEnum):
    """What a customer is who comes back after at least one period without a purchase."""

    NEW = 0
    RETAINED = 1


class CohortTable(NamedTuple):
    """One row a cohort; ages has a column for each age in periods."""

    cohort: npt.NDArray[np.str_]
    size: Floats
    ages: Floats


class RetentionCurve(NamedTuple):
    """One row an age in periods."""

    age: Floats
    customers: Floats
    active: Floats
    survival: Floats
    retention: Floats


class CustomerFlow(NamedTuple):
    """One row a period; all arrays of the same length."""

    period: npt.NDArray[np.str_]
    begin: Floats
    retained: Floats
    returned: Floats
    new: Floats
    lost: Floats
    end: Floats
    retention: Floats


class _Activity(NamedTuple):
    """Purchases and refunds until the last period, each with the period it falls in."""

    customer: Codes
    time: Whole
    amount: Floats
    bought: npt.NDArray[np.bool_]
    last: int


class _Cohorts(NamedTuple):
    """Counts by cohort (rows, ascending) and age (columns)."""

    start: Whole
    size: Floats
    active: Floats
    revenue: Floats
    observed: npt.NDArray[np.bool_]


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def period_numbers(days: Floats, period: float) -> Whole:
    """Number of the month, quarter or year that each day lies in, counted from 1970.

    days: day numbers of the spreadsheet; period: a `Period` code. A day before 1900 or after
    9999 is `OutOfRange`.
    """
    serial = np.floor(np.asarray(days, dtype=np.float64))
    if np.any((serial < 1) | (serial > LAST_DAY)):
        raise refused.DATE()
    months = (EPOCH + serial.astype("timedelta64[D]")).astype("datetime64[M]").astype(np.int64)
    numbers: Whole = months // _MONTHS[Period(int(period))]
    return numbers


def period_labels(numbers: Whole, period: float) -> npt.NDArray[np.str_]:
    """Names of periods that sort as text: 2024-01, 2024-K1, 2024."""
    kind = Period(int(period))
    per_year = 12 // _MONTHS[kind]
    shown = {Period.MONTH: "{}-{:02d}", Period.QUARTER: "{}-K{}", Period.YEAR: "{}"}[kind]
    return np.array([shown.format(1970 + n // per_year, n % per_year + 1) for n in numbers.tolist()])


def _activity(
    customers: Codes, days: Floats, amounts: Floats | None, period: float, as_of: float | None
) -> _Activity:
    day = np.floor(np.asarray(days, dtype=np.float64))
    kept = day <= (np.inf if as_of is None else np.floor(as_of))
    amount = np.zeros(day.size) if amounts is None else np.asarray(amounts, dtype=np.float64)
    if not np.any(kept & (amount >= 0)):
        raise shared.NO_PURCHASES_YET()
    time = period_numbers(day[kept], period)
    last = int(time.max()) if as_of is None else int(period_numbers(np.array([as_of]), period)[0])
    if last - int(time.min()) >= MOST_PERIODS:
        raise refused.TOO_MANY_PERIODS(most=MOST_PERIODS)
    return _Activity(np.asarray(customers)[kept], time, amount[kept], amount[kept] >= 0, last)


def _cohorts(activity: _Activity) -> _Cohorts:
    bought = activity.bought
    never = activity.last + 1
    first = np.full(int(activity.customer.max()) + 1, never, dtype=np.int64)
    np.minimum.at(first, activity.customer[bought], activity.time[bought])
    start, sizes = np.unique(first[first < never], return_counts=True)
    width = activity.last - int(start[0]) + 1
    # A refund of a sale before the data counts with the first period; without a purchase, nowhere.
    mine = first[activity.customer] < never
    age = np.maximum(activity.time - first[activity.customer], 0)
    cell = np.searchsorted(start, first[activity.customer]) * width + age
    shape, cells = (start.size, width), start.size * width
    # A customer with several purchases in a period is active once.
    seen = np.unique(np.column_stack((activity.customer, cell))[bought], axis=0)[:, 1]
    active = np.bincount(seen, minlength=cells).astype(np.float64)
    revenue = np.bincount(cell[mine], weights=activity.amount[mine], minlength=cells).astype(np.float64)
    observed = start[:, None] + np.arange(width) <= activity.last
    return _Cohorts(start, sizes.astype(np.float64), active.reshape(shape), revenue.reshape(shape), observed)


def cohort_table(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    shown: float = Shown.RETENTION,
    period: float = Period.MONTH,
    as_of: float | None = None,
) -> CohortTable:
    """Customers by the period of their first purchase, followed through the periods after (D7).

    customers: codes, one a transaction; days: day numbers; amounts: currency, a negative amount
    is a refund: it lowers revenue and is no purchase; shown: a `Shown` code; period: a `Period`
    code; as_of: day number after which nothing counts, by default the last day in the data.
    Age 0 is the period of the first purchase. Periods without new customers have no row; a cell
    after the last period is #N/A, a zero means that nobody bought.
    Revenue without amounts is `WrongType`; no purchases `NotAvailable`; a date outside 1900…9999
    or more than 1200 periods `OutOfRange`.
    """
    if amounts is None and shown >= Shown.REVENUE:
        raise refused.NO_AMOUNTS()
    found = _cohorts(_activity(customers, days, amounts, period, as_of))
    size = found.size[:, None]
    if shown == Shown.RETENTION:
        values = found.active / size
    elif shown == Shown.CUSTOMERS:
        values = found.active
    elif shown == Shown.REVENUE:
        values = found.revenue
    elif shown == Shown.REVENUE_PER_CUSTOMER:
        values = found.revenue / size
    else:
        values = np.cumsum(found.revenue, axis=1) / size
    ages = np.where(found.observed, values, CellError.NA.nan)
    return CohortTable(period_labels(found.start, period), found.size, ages)


def retention_curve(
    customers: Codes,
    days: Floats,
    period: float = Period.MONTH,
    as_of: float | None = None,
) -> RetentionCurve:
    """Share of customers still active by age, all cohorts together (D7).

    customers, days, period, as_of: as `cohort_table`. At each age only cohorts old enough count:
    survival S = active / customers, which weighs each cohort by its size; retention = active at
    this age / active one age earlier in the same cohorts (reference/metrics.md: S(t)/S(t−1)).
    A customer may skip a period, so retention may exceed one; it is #N/A at age 0 and where
    nobody was active before. Errors as `cohort_table`.
    """
    found = _cohorts(_activity(customers, days, None, period, as_of))
    at_risk = (found.observed * found.size[:, None]).sum(axis=0)
    active = (found.observed * found.active).sum(axis=0)
    before = np.append(0.0, (found.observed[:, 1:] * found.active[:, :-1]).sum(axis=0))
    known = before > 0
    retention = np.where(known, active / np.where(known, before, 1.0), CellError.NA.nan)
    return RetentionCurve(
        np.arange(active.size, dtype=np.float64), at_risk, active, active / at_risk, retention
    )


def customer_flow(
    customers: Codes,
    days: Floats,
    period: float = Period.MONTH,
    returned: float = Returned.NEW,
    as_of: float | None = None,
) -> CustomerFlow:
    """Who stayed, came back, was new and was lost, period by period (D11).

    customers, days, period, as_of: as `cohort_table`; a customer is active in a period with a
    purchase. begin = active in the period before; retained = active in both; returned = active
    again after a gap; new = first purchase; lost = active before, not now. begin − lost +
    returned + new = end. returned: a `Returned` code: whether those who came back count as new
    or as retained in the retention rate (end − new) / begin. Nobody at the start is #DIV/0!,
    more kept than there were #NUM!. Other errors as `cohort_table`.
    """
    activity = _activity(customers, days, None, period, as_of)
    pairs = np.unique(np.column_stack((activity.customer, activity.time)), axis=0)
    customer, time = pairs[:, 0], pairs[:, 1]
    start = int(time.min())
    slots = activity.last - start + 1

    def count(mask: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(time[mask] - start, minlength=slots).astype(np.float64)

    is_new = np.append(True, customer[1:] != customer[:-1])
    is_next = np.append(False, np.diff(time) == 1) & ~is_new
    end, new, retained = count(np.ones_like(is_new)), count(is_new), count(is_next)
    back = count(~is_new & ~is_next)
    begin = np.append(0.0, end[:-1])
    added = new + back if returned == Returned.NEW else new
    labels = period_labels(np.arange(start, activity.last + 1), period)
    rate = retention_rate(begin, end, added)
    return CustomerFlow(labels, begin, retained, back, new, begin - retained, end, np.atleast_1d(rate))
