"""What customers who are still to come will buy in windows of time: expectation and variance of their totals.

One who comes on day a buys then, and again as a new customer of the model does in the time from a.
Customers come at a rate; that months differ by more than chance makes the variance of their number φ times
as large (`arrivals`). By a season they come in its time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead.arrivals import Arrivals, dispersion_ahead
from klantwaarde_xl.kernels.models.ahead.days import Windows, of_windows
from klantwaarde_xl.kernels.models.ahead.present import Figures
from klantwaarde_xl.kernels.models.ahead.spread import First, Spread
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.log.summary import Summary

MOST_DAYS = 400  # on which customers come, of which variances are computed
DIFFERENT = 3.0  # standard errors by which the newest buy otherwise than a customer of the model
HALF = 0.5  # of a customer: what nobody in the months counted still leaves possible


@dataclass(frozen=True)
class Newcomers:
    """Customers who are still to come; first: what their first purchase costs."""

    arrivals: Arrivals
    first: First
    windows: Windows
    last_day: float  # until when the log is known, from which the windows are counted
    confidence: float
    again: float = 1.0  # how often these come back, in what a customer of the model does

    @property
    def rate(self) -> float:
        """Customers a day as intervals are made with: above nought, also where nobody came."""
        return max(float(self.arrivals.counted.sum()), HALF) / self.arrivals.days

    @property
    def share(self) -> float:
        """What of that rate is expected: all of it, or nothing where nobody came."""
        return self.arrivals.rate / self.rate

    @property
    def lasts(self) -> Floats:
        """How long each day until the end of the windows lasts in the time by which they come, growth too."""
        season, days = self.arrivals.season, np.arange(1.0, self.windows.of_days.size)
        level = self.arrivals.growth.level(days)
        return level if season is None else level * season.factor(self.last_day + days)

    @property
    def number(self) -> Floats:
        """How many come in each window."""
        return np.asarray(self.rate * self._long)

    def number_variance(self) -> Floats:
        """The variance of how many come, the rate and the season being estimates too."""
        chance = self.rate * self._over(self.lasts * (1 + self._wider * self.lasts))
        return np.asarray(chance + self._unsure * self._long**2 + (self.number * self._errors) ** 2)

    @property
    def _long(self) -> Floats:
        """How long each window lasts in that time."""
        return self._over(self.lasts)

    def _over(self, days: Floats) -> Floats:
        """What each window holds of what each day has."""
        return of_windows(np.append(0.0, np.cumsum(days))[self.windows.days.astype(np.intp)])

    @property
    def _unsure(self) -> float:
        """The variance of the rate; busy days of the season, on which more is chance, were counted too."""
        return (1 + self._wider * self.arrivals.busy) * self.rate / self.arrivals.days

    @property
    def _errors(self) -> Floats:
        """Of the logarithm of how long each window lasts in it."""
        season, spans = self.arrivals.season, (self.windows.begins, self.windows.ends)
        days = np.arange(1.0, self.windows.of_days.size)
        # Who says how growth goes on says so of every day alike
        grown = self._over(self.lasts * self.arrivals.growth.errors(days)) / self._long
        if season is None:
            return np.asarray(grown)
        of_season = [season.error_ahead(self.last_day, *one) for one in zip(*spans, strict=True)]
        return np.hypot(grown, of_season)

    @property
    def _wider(self) -> float:
        """By how much φ of an average day is above 1; that of a busy one is as much more above it."""
        return dispersion_ahead(self.arrivals, self.confidence) - 1

    def repeats(self, by: Continuous, params: Floats) -> Floats:
        """The repeat purchases to expect in each window."""
        day = np.arange(1, self.windows.of_days.size)
        lag = np.maximum(self.windows.times - self.windows.of_days[1:, None], 0.0)
        until = np.where(day[:, None] <= self.windows.days, _once_each(by, params, lag), 0.0)
        return np.asarray(self.again * self.rate * of_windows(self.lasts @ until))

    def expected(self, repeats: Floats, spend: float) -> Figures:
        """What they are expected to buy, the first purchase included; spend: per repeat purchase."""
        return Figures(self.number + repeats, self.number * self.first.mean + spend * repeats)

    def variance(self, by: Continuous, params: Floats, spend: float, spread: Spread) -> Figures:
        """The variances of what they will buy: of chance, of who comes when, of the first purchase's mean."""
        windows = self.windows
        step = -(-windows.of_days.size // MOST_DAYS)  # of a long time some days stand for all
        day = np.arange(1 + step // 2, windows.of_days.size, step)[:, None]
        starts, lasts = windows.of_days[day], self.lasts[day - 1] * step
        begin, end = (np.maximum(at - starts, 0.0) for at in windows.between)
        many = self.again * (_once_each(by, params, end) - _once_each(by, params, begin))
        pairs = self.again**2 * _pairs(by, params, begin, end)
        comes = ((windows.begins < day) & (day <= windows.ends)).astype(np.float64)
        of_one, apart = self.first, 1 + spread.of_new
        count, count_square = comes + many, comes + many + pairs + 2 * comes * many
        amount = comes * of_one.mean + many * spend
        square = (
            comes * of_one.mean**2 * (1 + of_one.spread)
            + spend**2 * apart * (pairs + (1 + spread.within) * many)
            + 2 * comes * many * of_one.mean * spend * apart
        )
        wider = self._wider * self.lasts[day - 1]

        def together(mean: Floats, squared: Floats) -> Floats:
            alone = self.rate * (lasts * (squared + wider * mean**2)).sum(axis=0)
            whole = (lasts * mean).sum(axis=0)
            return np.asarray(alone + (self._unsure + (self.rate * self._errors) ** 2) * whole**2)

        error = of_one.spread / max(of_one.many, 1) * (self.number * of_one.mean) ** 2
        return Figures(together(count, count_square), together(amount, square) + error)


def again_of(by: Continuous, params: Floats, summary: Summary, since: float) -> float:
    """Return how often who came from a day on bought again, in what the model expects of new customers.

    One where that may be chance: who comes later may be of another kind than who came before.
    """
    of = summary.first_day >= since
    if not of.any():
        return 1.0
    ages, place = np.unique(summary.T[of], return_inverse=True)
    members = np.bincount(place)
    each, begins = by.expected(params, ages), np.zeros(ages.size)
    expected = float(members @ each)
    variance = float(members @ (by.pairs(params, begins, ages) + each - each**2))
    bought = float(summary.frequency[of].sum())
    return bought / expected if abs(bought - expected) > DIFFERENT * np.sqrt(max(variance, 0.0)) else 1.0


def _once_each(by: Continuous, params: Floats, lag: Floats) -> Floats:
    """What a new customer is expected to buy in each time, of which many are alike."""
    different, place = np.unique(np.round(lag, 9), return_inverse=True)
    return np.asarray(by.expected(params, different)[place.reshape(lag.shape)])


def _pairs(by: Continuous, params: Floats, begin: Floats, end: Floats) -> Floats:
    both = np.round(np.stack([begin.ravel(), end.ravel()]), 9)
    (first, last), place = np.unique(both, axis=1, return_inverse=True)
    return np.asarray(by.pairs(params, first, last)[place.ravel()].reshape(begin.shape))
