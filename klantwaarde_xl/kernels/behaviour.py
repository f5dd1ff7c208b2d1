"""How customers buy: how many come back, after how long, and after which purchase they stop."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import customers as refused

Codes = npt.NDArray[np.intp]

LONGEST_LADDER = 20.0


class SameDay(IntEnum):
    """Whether orders of one customer on one day are one purchase or several."""

    TOGETHER = 0
    APART = 1


class Average(IntEnum):
    """Which middle of the intervals."""

    MEAN = 0
    MEDIAN = 1


class Weight(IntEnum):
    """What counts once: each interval, or each customer."""

    INTERVALS = 0
    CUSTOMERS = 1


class Base(IntEnum):
    """The customers to divide by: who bought in the period, or everyone in the list."""

    ACTIVE = 0
    ALL = 1


class PurchaseLadder(NamedTuple):
    """One row a purchase number; all arrays of the same length."""

    number: Floats
    customers: Floats
    stopped: Floats
    again: Floats
    dropout: Floats


class _Purchases(NamedTuple):
    """Purchases by customer and then by day; starts is where each customer begins."""

    customer: Codes
    day: Floats
    starts: Codes
    counts: Codes


def _in_order(customers: Codes, days: Floats, same_day: float) -> _Purchases:
    day = np.floor(np.asarray(days, dtype=np.float64))
    order = np.lexsort((day, customers))
    customer, day = np.asarray(customers)[order], day[order]
    if same_day == SameDay.TOGETHER and day.size:
        kept = np.append(True, (customer[1:] != customer[:-1]) | (day[1:] != day[:-1]))
        customer, day = customer[kept], day[kept]
    starts = np.flatnonzero(np.append(True, customer[1:] != customer[:-1])) if day.size else np.arange(0)
    return _Purchases(customer, day, starts, np.diff(np.append(starts, day.size)))


def repeat_rate(
    customers: Codes,
    days: Floats,
    same_day: float = SameDay.TOGETHER,
    window: float | None = None,
) -> float:
    """Share of the customers who made a second purchase (D23).

    customers: codes, one a purchase; days: day numbers; same_day: a `SameDay` code; window: days
    ≥ 0 after the first purchase within which the second must fall; None is ever. With a window
    only customers count whose window had passed by the last day in the data: a customer of
    yesterday says nothing yet.
    No customers, or none followed that long, is `DivisionByZero`; a negative window `OutOfRange`.
    """
    bought = _in_order(customers, days, same_day)
    if not bought.day.size:
        raise refused.NO_CUSTOMERS()
    again = bought.counts >= 2
    if window is None:
        return float(again.mean())
    if window < 0:
        raise refused.NEGATIVE_WINDOW()
    first = bought.day[bought.starts]
    second = bought.day[np.minimum(bought.starts + 1, bought.day.size - 1)]
    followed = first + window <= bought.day.max()
    if not np.any(followed):
        raise refused.NOBODY_FOLLOWED_SO_LONG()
    return float((again & (second - first <= window))[followed].mean())


def purchase_interval(
    customers: Codes,
    days: Floats,
    average: float = Average.MEAN,
    weight: float = Weight.INTERVALS,
    same_day: float = SameDay.TOGETHER,
) -> float:
    """Days between two successive purchases of one customer, mean or median (D23).

    customers: codes, one a purchase; days: day numbers; average, weight, same_day: codes of
    `Average`, `Weight`, `SameDay`. By customer, each counts with the mean of its own intervals.
    Long intervals that have not ended yet are not seen, so the true mean is longer.
    Nobody with two purchases is `NotAvailable`.
    """
    bought = _in_order(customers, days, same_day)
    gaps = np.diff(bought.day)[bought.customer[1:] == bought.customer[:-1]]
    if not gaps.size:
        raise refused.NOBODY_BOUGHT_TWICE()
    if weight == Weight.CUSTOMERS:
        ends = bought.starts + bought.counts - 1
        span, steps = bought.day[ends] - bought.day[bought.starts], bought.counts - 1
        gaps = span[steps > 0] / steps[steps > 0]
    return float(np.median(gaps) if average == Average.MEDIAN else np.mean(gaps))


def purchase_ladder(
    customers: Codes,
    days: Floats,
    wait: float = 0.0,
    highest: float = LONGEST_LADDER,
    same_day: float = SameDay.TOGETHER,
) -> PurchaseLadder:
    """By purchase number: customers who made it, who stopped there, who bought again (D23).

    customers: codes, one a purchase; days: day numbers; wait: days ≥ 0 that must have passed
    since a purchase, up to the last day in the data, before it counts: without it everyone who
    bought last week seems to have left; highest: number of the last row, whole and ≥ 1; same_day:
    a `SameDay` code. Returns rows n = 1, 2, …: again = bought an (n+1)-th time / customers,
    dropout = 1 − again.
    No purchases that count is `NotAvailable`; a negative wait or a highest below 1 `OutOfRange`.
    """
    if wait < 0 or highest < 1 or highest != np.floor(highest):
        raise refused.WAIT_OR_HIGHEST()
    bought = _in_order(customers, days, same_day)
    number = np.arange(bought.day.size) - np.repeat(bought.starts, bought.counts) + 1
    more = number < np.repeat(bought.counts, bought.counts)
    judged = (bought.day <= bought.day.max(initial=-np.inf) - wait) & (number <= highest)
    if not np.any(judged):
        raise refused.NO_PURCHASES_LONG_AGO()
    made = np.bincount(number[judged])[1:].astype(np.float64)
    repeated = np.bincount(number[judged & more], minlength=made.size + 1)[1:].astype(np.float64)
    numbers = np.arange(1.0, made.size + 1)
    return PurchaseLadder(numbers, made, made - repeated, repeated / made, (made - repeated) / made)


def purchases_per_customer(
    customers: Codes,
    days: Floats,
    first: float | None = None,
    last: float | None = None,
    base: float = Base.ACTIVE,
    same_day: float = SameDay.APART,
) -> float:
    """Purchase frequency: purchases in a period / customers (D23).

    customers: codes, one a purchase; days: day numbers; first, last: day numbers of the period,
    both included, None is unbounded; base, same_day: codes of `Base` and `SameDay`.
    No customers is `DivisionByZero`; a last day before the first is `OutOfRange`.
    """
    low, high = -np.inf if first is None else np.floor(first), np.inf if last is None else np.floor(last)
    if high < low:
        raise refused.PERIOD_ENDS_TOO_SOON()
    bought = _in_order(customers, days, same_day)
    inside = (bought.day >= low) & (bought.day <= high)
    counted = inside if base == Base.ACTIVE else np.ones_like(inside)
    buyers = np.unique(bought.customer[counted]).size
    if not buyers:
        raise refused.NO_CUSTOMERS_IN_PERIOD()
    return float(np.count_nonzero(inside) / buyers)
