"""What present customers will buy in windows of time: expectation and variance of their totals.

Given the parameters customers are independent, so that variances add up. That of one follows from E[N] and
E[N (N − 1)] and the spread of amounts (`spread`). Of many customers it is computed of some: all of the
greatest, and others evenly spread over those in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead.customers import alike
from klantwaarde_xl.kernels.models.ahead.days import Windows, of_windows
from klantwaarde_xl.kernels.models.ahead.spread import Spread
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary

GREATEST, OTHERS = 300, 700  # customers of whom variances are computed
_GROUP = 256  # of them at a time


class Figures(NamedTuple):
    """Of each window: purchases, and revenue in currency."""

    purchases: Floats
    revenue: Floats


@dataclass(frozen=True)
class Some:
    """Some customers who stand for all of them.

    rows: their places in the summary; weight: how many each stands for.
    """

    summary: Summary
    rows: Codes
    weight: Floats

    @property
    def history(self) -> tuple[Floats, Floats, Floats]:
        """Frequency, recency and age, a row each."""
        s = self.summary
        x, t_x, age = (column[self.rows, None] for column in (s.frequency, s.recency, s.T))
        return x, t_x, age

    def purchases(self, by: Continuous, params: Floats, windows: Windows) -> Floats:
        """Return what each is expected to buy in each window, times how many it stands for."""
        until = by.conditional_expected(params, *self.history, windows.times)
        return of_windows(until) * self.weight[:, None]

    def variance(
        self, by: Continuous, params: Floats, spend: Floats, spread: Spread, windows: Windows
    ) -> Figures:
        """Return the variances of what all will buy, of chance alone."""
        found = np.zeros((2, windows.ends.size))
        for at in range(0, self.rows.size, _GROUP):
            part = Some(self.summary, self.rows[at : at + _GROUP], self.weight[at : at + _GROUP])
            many = of_windows(by.conditional_expected(params, *part.history, windows.times))
            pairs = by.conditional_pairs(params, *part.history, *windows.between)
            mean, apart = spend[part.rows, None], 1 + spread.between[part.rows, None]
            amounts = apart * (pairs + (1 + spread.within) * many) - many**2
            found[0] += part.weight @ (pairs + many - many**2)
            found[1] += part.weight @ (mean**2 * amounts)
        return Figures(*np.maximum(found, 0.0))


def some_of(summary: Summary, worth: Floats) -> Some:
    """Return customers who stand for all; worth: what each is expected to bring."""
    size = worth.size
    if size <= GREATEST + OTHERS:
        return Some(summary, np.arange(size), np.ones(size))
    order = np.argsort(-worth, kind="stable")
    rest = order[GREATEST:]
    share = rest.size / OTHERS
    spread = rest[np.floor((np.arange(OTHERS) + 0.5) * share).astype(np.intp)]
    rows = np.append(order[:GREATEST], spread)
    return Some(summary, rows, np.append(np.ones(GREATEST), np.full(OTHERS, share)))


def expected_of_all(
    by: Continuous, params: Floats, summary: Summary, spend: Floats, windows: Windows
) -> tuple[Figures, Floats]:
    """Return what all customers are expected to buy, and what each brings in the whole of the windows.

    Histories that are alike are computed once.
    """
    columns, place = alike(summary)
    members = np.bincount(place).astype(np.float64)
    money = np.bincount(place, weights=spend)
    each = [by.conditional_expected(params, *columns, float(time)) for time in windows.times]
    until = np.array([[members @ one, money @ one] for one in each]).T
    return Figures(*of_windows(until)), spend * (each[-1] - each[0])[place]
