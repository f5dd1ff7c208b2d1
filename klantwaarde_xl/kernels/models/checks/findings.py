"""What a forecast stands on, in figures: the log, its refunds, the fits, and whether assumptions hold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.forecast import repeat_spend
from klantwaarde_xl.kernels.models.gammagamma import Independence
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS

FAR = 21.0  # days without a purchase that are worth a remark, if they are exceptional


class Findings(NamedTuple):
    """Figures about a log and its fits, in the order in which people read them."""

    rows: float  # read, up to and including the last day
    later: float  # rows after it
    as_of: float  # the last day, a day number
    years: float  # from the first purchase to that day
    customers: float  # with a purchase left after refunds
    emptied: float  # customers without one
    purchases: float  # a day of a customer is one
    once: float  # share 0…1 of the customers with one purchase
    refunds: float  # rows
    refunded: float  # currency
    unmatched: float  # currency refunded without an earlier purchase
    undone: float  # purchases brought back whole
    free: float  # purchases of nothing
    buying: Fit
    spending: Fit
    independence: Independence
    quiet: float  # days before the last day without a purchase, where that is exceptional; else 0


def findings(summary: Summary, buying: Fit) -> Findings:
    """Return what a forecast of these customers would stand on; buying: the fit of a model of buying."""
    report = summary.report
    x, z = repeat_spend(summary)
    return Findings(
        rows=float(report.rows),
        later=float(report.later),
        as_of=summary.last_day,
        years=float(summary.last_day - summary.first_day.min()) / YEAR_DAYS,
        customers=float(summary.T.size),
        emptied=float(report.emptied),
        purchases=float(summary.frequency.sum()) + summary.T.size,
        once=float(np.mean(summary.frequency == 0)),
        refunds=float(report.refunds),
        refunded=report.refunded,
        unmatched=report.unmatched,
        undone=float(report.undone),
        free=float(report.free),
        buying=buying,
        spending=gammagamma.fitted(x, z),
        independence=gammagamma.independence(x, z),
        quiet=quiet_days(summary),
    )


def quiet_days(summary: Summary) -> float:
    """Return how many days before the last nothing was bought, where that may be a mistake; else 0."""
    days: Floats = np.unique(np.concatenate([summary.first_day, summary.final_day, [summary.last_day]]))
    gaps = np.diff(days)
    is_far = gaps.size > 1 and gaps[-1] > max(FAR, 3 * float(gaps[:-1].max()))
    return float(gaps[-1]) if is_far else 0.0
