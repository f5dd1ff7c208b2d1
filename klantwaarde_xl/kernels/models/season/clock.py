"""Season time: how long a stretch of days lasts where busy days count for more.

If the season multiplies everyone's rate of buying by a factor that is 1 on average, a model of buying is
exact in this time: a customer's age and recency become integrals of the factor from the first purchase on,
and the likelihood gains the log of the factor on the day of each repeat purchase. In a model in which
customers stop at any moment, they do so in this time as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.calendar import Calendar

AHEAD = 200 * 366  # days to look ahead at most


@dataclass(frozen=True)
class Season:
    """A season as it was estimated.

    calendar: what drives it; effects: of each column on the log of the factor; covariance: of these;
    begin, end: the days of the whole years over which the factor is 1 on average.
    """

    calendar: Calendar
    effects: Floats
    covariance: Floats
    begin: float
    end: float
    _known: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)

    def factor(self, days: Floats) -> Floats:
        """Return by what the rate of buying is multiplied on each day."""
        return np.asarray(np.exp(self.calendar.columns(days) @ self.effects) / self._mean)

    @property
    def _mean(self) -> float:
        if "mean" not in self._known:
            usual = np.arange(self.begin, self.end + 1)
            self._known["mean"] = np.exp(self.calendar.columns(usual) @ self.effects).mean(keepdims=True)
        return float(self._known["mean"][0])

    def of_days(self, columns: Floats) -> tuple[float, float]:
        """Return the mean factor and the standard error of its log, of the days with these rows together."""
        usual = self.calendar.columns(np.arange(self.begin, self.end + 1))
        weight, here = np.exp(usual @ self.effects), np.exp(columns @ self.effects)
        apart = here @ columns / here.sum() - weight @ usual / weight.sum()
        error = float(np.sqrt(apart @ self.covariance @ apart))
        return float(here.mean() / weight.mean()), error

    def clock(self, first: float, last: float) -> Floats:
        """Return the season time in days at the end of each day from first to last, 0 before first."""
        return np.append(0.0, np.cumsum(self.factor(np.arange(first, last + 1))))

    def ahead(self, now: float, days: Floats) -> Floats:
        """Return how much season time, in days, passes in so many days, ≥ 0, after the end of day now."""
        span = np.asarray(days, dtype=np.float64)
        whole = np.minimum(np.floor(span), AHEAD).astype(np.intp)
        clock = self.clock(now + 1, now + 1 + int(whole.max(initial=0)))
        rest = span - whole  # beyond what is looked at, season time goes as fast as any
        pace = np.where(rest < 1, np.diff(clock)[whole], 1.0)
        return np.asarray(clock[whole] + rest * pace)

    def error_ahead(self, now: float, begin: float, end: float) -> float:
        """Return the error of the log of how much season time passes between two numbers of days from now."""
        first = np.floor(min(begin, AHEAD))
        last = np.clip(np.ceil(end), first + 1, AHEAD + 1)
        return self.of_days(self.calendar.columns(np.arange(now + 1 + first, now + 1 + last)))[1]

    def when(self, now: float, passed: Floats) -> Floats:
        """Return after how many days from the end of day now so much season time has passed."""
        wanted = np.asarray(passed, dtype=np.float64)
        top = float(np.max(wanted, where=np.isfinite(wanted), initial=0.0))
        days = int(min(np.ceil(top) + YEAR_DAYS, AHEAD))
        while (clock := self.clock(now + 1, now + days))[-1] < top and days < AHEAD:
            days = min(2 * days, AHEAD)
        found = np.interp(wanted, clock, np.arange(clock.size, dtype=np.float64))
        beyond = wanted > clock[-1]
        return np.where(beyond, days + wanted - clock[-1], found)


def in_season_time(summary: Summary, season: Season, length: float) -> Summary:
    """Return a summary of which recency and age are in season time; length: of its unit, in days."""
    start = float(summary.first_day.min())
    clock = season.clock(start, summary.last_day)

    def at(days: Floats | float) -> Floats:
        return np.asarray(clock[(np.asarray(days) - start).astype(np.intp) + 1])

    begun = at(summary.first_day)
    return summary._replace(
        recency=np.where(summary.frequency > 0, at(summary.final_day) - begun, 0.0) / length,
        T=(at(summary.last_day) - begun) / length,
    )


def usual_years(first: float, last: float) -> tuple[float, float]:
    """Return the first and last day of the whole years up to last; all days where there is no whole year."""
    years = int((last - first + 1) // YEAR_DAYS)
    return (last - np.floor(years * YEAR_DAYS) + 1 if years else first), last
