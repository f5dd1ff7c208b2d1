"""What the models of buying need to know of each customer.

Their words are not RFM's: frequency counts the purchases after the first, and recency is how old
the customer was at the last purchase, not how long ago that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.log.purchases import (
    NOTHING,
    Codes,
    Netted,
    Purchases,
    purchases,
    refuse_none,
)
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.refusals import forecasts as refused


class Unit(IntEnum):
    """The unit of time of recency, age, parameters and horizon."""

    WEEK = 0
    DAY = 1
    MONTH = 2
    YEAR = 3

    @property
    def days(self) -> float:
        """Its length; a month is a twelfth of a year of 365.25 days."""
        return (7.0, 1.0, YEAR_DAYS / 12, YEAR_DAYS)[self]


class Summary(NamedTuple):
    """One row a customer with a purchase; arrays of the same length but for last_day and report."""

    customer: Codes
    frequency: Floats  # purchases after the first
    recency: Floats  # age at the last purchase
    T: Floats  # age now: since the first purchase
    mean_spend: Floats  # net currency per repeat purchase; #N/A without any
    revenue: Floats  # net currency, the first purchase included
    first_day: Floats
    final_day: Floats
    last_day: float
    report: Netted


_OF_CUSTOMERS = (
    "customer", "frequency", "recency", "T", "mean_spend", "revenue", "first_day", "final_day",
)  # fmt: skip


def unit_of(code: float) -> Unit:
    """Return the unit of time with that code; another raises `OutOfRange`."""
    if code not in list(Unit):
        raise refused.UNIT()
    return Unit(int(code))


def summarise(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    as_of: float | None = None,
    unit: float = float(Unit.WEEK),
) -> Summary:
    """Summarise a log of transactions per customer for the models of buying.

    unit: a `Unit`, in which recency and T are; days are not rounded to it. The rest and errors as
    in `purchases.purchases`. Fader, Hardie & Lee (2005); refunds as in `purchases`.
    """
    return of_purchases(purchases(customers, days, amounts, as_of), unit)


def of_purchases(bought: Purchases, unit: float = float(Unit.WEEK)) -> Summary:
    """Summarise purchases that are in order of customer and day; unit: a `Unit`."""
    length = unit_of(unit).days
    starts = np.flatnonzero(np.append(True, bought.customer[1:] != bought.customer[:-1]))
    ends = np.append(starts[1:], bought.customer.size)
    first, final = bought.day[starts], bought.day[ends - 1]
    frequency = (ends - starts - 1).astype(np.float64)
    revenue = np.add.reduceat(bought.amount, starts)
    later = bought.amount.copy()
    later[starts] = 0.0
    repeat = np.add.reduceat(later, starts)
    mean_spend = np.where(frequency > 0, repeat / np.maximum(frequency, 1), CellError.NA.nan)
    return Summary(
        customer=bought.customer[starts],
        frequency=frequency,
        recency=(final - first) / length,
        T=(bought.last_day - first) / length,
        mean_spend=mean_spend,
        revenue=revenue,
        first_day=first,
        final_day=final,
        last_day=bought.last_day,
        report=bought.report,
    )


def joined(parts: Iterable[Purchases]) -> Summary:
    """Summarise, in weeks, purchases that come in parts, each of other customers up to the same day.

    A part may be without purchases; `NotAvailable` where all are. Of a part nothing is kept but its
    customers, and these only once.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _OF_CUSTOMERS}
    reports, last_day, left = [NOTHING], np.nan, 0
    for bought in parts:
        reports.append(bought.report)
        last_day, left = bought.last_day, left + bought.customer.size
        if bought.customer.size:
            summary = of_purchases(bought)
            for name, found in columns.items():
                found.append(getattr(summary, name))
    report = Netted(*(sum(counts) for counts in zip(*reports, strict=True)))
    refuse_none(report, left)
    whole: dict[str, Any] = {name: np.concatenate(columns.pop(name)) for name in _OF_CUSTOMERS}
    return Summary(**whole, last_day=last_day, report=report)


def only(summary: Summary, rows: npt.NDArray[np.intp]) -> Summary:
    """Return some rows of a summary."""
    return summary._replace(**{name: getattr(summary, name)[rows] for name in _OF_CUSTOMERS})
