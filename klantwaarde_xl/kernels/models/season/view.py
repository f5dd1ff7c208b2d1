"""What a model of buying sees of customers and of the time ahead: in calendar time, or in a season's.

In season time a horizon is as long as the busy days in it make it. What a purchase is worth now still
depends on the calendar: the horizon is cut into stretches, in each of which customers buy evenly in season
time, so that each day of it counts as busy as it is.
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.face import Buying
from klantwaarde_xl.kernels.models.estimate.search import Params
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.season.clock import AHEAD, Season, in_season_time

_STRETCH, _EVEN, _GROWTH = 28.0, 26, 1.25  # days; so many of that length, each next one longer


class View:
    """Customers and a horizon in the time of a model.

    history: frequency, recency and age of each customer; time: the horizon; error: of its logarithm, because
    the season is an estimate.
    """

    def __init__(
        self, summary: Summary, season: Season | None, length: float, horizon: float, interest: float
    ) -> None:
        """length: of the summary's unit of time, in days; horizon, interest: in that unit, continuous."""
        self.history = history_of(summary, season, length)
        self.time, self.error, self._interest = horizon, 0.0, interest
        self._ends: Floats | None = None
        if season is None:
            return
        now, days = summary.last_day, horizon * length
        self.time = float(season.ahead(now, np.array(days))) / length
        self.error = season.error_ahead(now, 0.0, days)
        if interest:
            self._ends, self._worth = _stretches(season, now, days, interest / length)
            self._ends /= length

    def discounted(self, functions: Buying, params: Params) -> Floats:
        """Return the discounted purchases of each customer to expect in the horizon."""
        if self._ends is None:
            return functions.discounted_expected(params, *self.history, self.time, self._interest)
        found, before = np.zeros(self.history[0].size), np.zeros(self.history[0].size)
        for end, worth in zip(self._ends.tolist(), self._worth.tolist(), strict=True):
            until = np.asarray(functions.conditional_expected(params, *self.history, end))
            found += worth * (until - before)
            before = until
        return found


def history_of(summary: Summary, season: Season | None, length: float) -> tuple[Floats, Floats, Floats]:
    """Return frequency, recency and age of each customer in the time of a model; length as in `View`."""
    timed = seen(summary, season, length)
    return timed.frequency, timed.recency, timed.T


def seen(summary: Summary, season: Season | None, length: float) -> Summary:
    """Return a summary in the time of a model: the season's, where there is one."""
    return summary if season is None else in_season_time(summary, season, length)


def _stretches(season: Season, now: float, days: float, interest: float) -> tuple[Floats, Floats]:
    """The ends in season time of stretches of so many days, and the worth now of a purchase in each."""
    whole = min(days, float(AHEAD))
    lengths: list[float] = []
    while sum(lengths) < whole:
        lengths.append(_STRETCH * _GROWTH ** max(0, len(lengths) - _EVEN + 1))
    until = np.minimum(np.cumsum(lengths), whole)
    grid = np.arange(np.ceil(whole) + 1)
    factor = season.factor(now + 1 + grid[:-1])
    clock = np.append(0.0, np.cumsum(factor))
    worth = np.append(0.0, np.cumsum(factor * np.exp(-interest * (grid[:-1] + 0.5))))
    ends, worths = np.interp(until, grid, clock), np.interp(until, grid, worth)
    return ends, np.diff(worths, prepend=0.0) / np.diff(ends, prepend=0.0)
