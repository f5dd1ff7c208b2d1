"""How many new customers come: the rate of the last whole months, its growth, and by how much months differ.

Months differ more than chance alone would make them (campaigns, seasons, growth), so their variance is φ
times Poisson's, φ ≥ 1 measured on the months counted (McCullagh & Nelder 1989, "Generalized linear models",
quasi-likelihood). Where they come by a season (`arrival_season`), months are counted in its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead import days as calendar
from klantwaarde_xl.kernels.models.ahead.arrival_season import Proof, season_of_arrivals
from klantwaarde_xl.kernels.models.ahead.growth import (
    PASSING,
    Compared,
    Growth,
    after_a_fall,
    after_gap,
    compared,
    fallen,
    growth_of,
    recurs,
    slope_of,
)
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.calendar import Calendar
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.refusals import forecasts as refused

FAR, SUDDEN = 2.0, 4.0  # times the next month, and standard errors, by which one month stands out
FEWEST, MOST = 3, 12  # months to count: a year, so that its season is in it once
STOPPED = 1e-3  # chance of as long a run of months without anyone, below which nobody comes any more


class Course(IntEnum):
    """What the months counted say of the course of new customers."""

    STEADY = 0
    RISING = 1  # the second half has more of them than chance explains
    FALLING = 2
    STOPPED = 3  # nobody came in the last months, which cannot be chance
    FALLEN = 4  # in the last months far fewer came than before


class Arrivals(NamedTuple):
    """New customers as they came; counted: a month each, from the month that begins on day since on."""

    since: float
    counted: Floats
    days: float  # of those months together, in the time of the season if there is one
    dispersion: float  # φ
    course: Course
    proof: Proof | None = None  # what was found of a season; None where none was asked for
    growth: Growth = Growth()  # what months ahead have more or less than these
    beside: Compared | None = None  # how they compare with those of a year before, where these are known
    busy: float = 1.0  # mean factor of the season over these days as it passes: more than 1 where they differ

    @property
    def season(self) -> Season | None:
        """The season by which they come."""
        return None if self.proof is None else self.proof.season

    @property
    def rate(self) -> float:
        """New customers a day, of the season's time where there is one."""
        return float(self.counted.sum()) / self.days

    @property
    def campaign(self) -> tuple[int, int] | None:
        """The month, or two after another, that holds far more than any other: first and last place."""
        if self.season is not None:
            return None
        for long in (1, 2):
            most = int(np.argmax(np.convolve(self.counted, np.ones(long), "valid")))
            mean, others = (
                self.counted[most : most + long].mean(),
                np.delete(self.counted, np.s_[most : most + long]),
            )
            if others.size < FEWEST or mean < FAR * max(float(others.max()), 1.0):
                continue
            if mean - others.mean() > SUDDEN * np.sqrt(_dispersion(others) * max(others.mean(), 1.0)):
                return most, most + long - 1
        return None


def arrivals(first_days: Floats, last_day: float, calendars: Sequence[Calendar] = ()) -> Arrivals:
    """Return how customers came in the last months of a log, whole ones unless these fell.

    first_days: day number of each customer's first purchase; last_day: until when the log is known;
    calendars: of a season by which they may come, where one proves itself. At most half of the whole months
    count, because early in a log old customers pass for new ones, at least three and at most twelve; fewer
    than three whole months are `NotAvailable`.
    """
    month = calendar.month_of(first_days)
    began = float(first_days.min())
    first = float(month.min()) + (calendar.first_day_of(float(month.min())) < began)
    running = calendar.month_of(np.array([last_day + 1]))[0]
    there = int(running - first)
    if there < FEWEST:
        raise refused.TOO_FEW_MONTHS(least=FEWEST)
    within = (month >= first) & (month < running)
    counted = np.bincount((month - first).astype(np.intp)[within], minlength=there).astype(np.float64)
    course = Course.STEADY
    anew = min(after_gap(counted), there - FEWEST)
    since = max(there - min(MOST, max(FEWEST, there // 2)), anew, 0)
    silent = there - 1 - int(np.flatnonzero(counted).max(initial=-1))
    before = counted[: there - silent][-MOST:]
    if silent == there:  # all came before the first whole month
        course = Course.STOPPED
    elif (
        silent >= FEWEST
        and before.sum() / max(before.size, 1) * silent > -np.log(STOPPED)
        and not recurs(counted, there - silent, there)
    ):
        since, course = there - silent, Course.STOPPED
    begin, end = calendar.first_day_of(first + since), calendar.first_day_of(running)
    recent = counted[since:]
    if course is Course.STOPPED:
        return Arrivals(begin, recent, end - begin, _dispersion(recent), course)
    whole, part = calendar.first_day_of(running + 1) - end, last_day + 1 - end
    late = counted[:0] if part < whole / 2 else np.array([float(np.count_nonzero(month == running))])
    if last := fallen(np.append(counted, late * whole / max(part, 1))):
        recent = np.append(counted[there + late.size - last :], late)
        begin = calendar.first_day_of(first + there + late.size - last)
        days = end + part * late.size - begin
        growth = after_a_fall(counted, recent, (last_day + 1 - begin - days / 2) / YEAR_DAYS)
        return Arrivals(begin, recent, days, _dispersion(recent), Course.FALLEN, growth=growth)
    found = Arrivals(begin, recent, end - begin, _dispersion(recent), course)
    behind = (last_day + 1 - (begin + end) / 2) / YEAR_DAYS
    proof = season_of_arrivals(first_days, last_day, calendars)
    if proof is not None and proof.season is not None:
        found = _in_season(found, proof, proof.season)
    beside, even = compared(counted), _even(found)
    within = slope_of(even if beside is not None else counted[max(there // PASSING, anew) :])
    course = _course(within.slope if within.seen else 0.0) if beside is None else _course(beside.change)
    growth = growth_of(beside, within, behind)
    return found._replace(course=course, proof=proof, growth=growth, beside=beside)


def _course(change: float) -> Course:
    return Course.STEADY if not change else Course.RISING if change > 0 else Course.FALLING


def _in_season(found: Arrivals, proof: Proof, season: Season) -> Arrivals:
    """The same months in the time of a season."""
    lasts = _lengths(found, season)
    expected = found.counted.sum() * lasts / lasts.sum()
    apart = float(np.sum((found.counted - expected) ** 2 / np.maximum(expected, 1e-9)))
    wide = max(proof.dispersion, apart / max(lasts.size - 1, 1))
    factor = season.factor(np.arange(found.since, found.since + found.days))
    busy = float(np.sum(factor**2) / np.sum(factor))
    return found._replace(days=float(lasts.sum()), dispersion=wide, proof=proof, busy=busy)


def _lengths(found: Arrivals, season: Season) -> Floats:
    """How long each of the months lasts in the time of a season, in days."""
    first = float(calendar.month_of(np.array([found.since]))[0])
    marks = [calendar.first_day_of(first + at) for at in range(found.counted.size + 1)]
    clock = season.clock(marks[0], marks[-1])
    return np.diff(clock[(np.array(marks) - marks[0]).astype(np.intp)])


def _dispersion(counted: Floats) -> float:
    mean = float(counted.mean())
    return max(1.0, float(counted.var(ddof=1)) / mean) if mean > 0 else 1.0


def _even(found: Arrivals) -> Floats:
    """The months counted as they would have been without their season."""
    if found.season is None:
        return found.counted
    return np.asarray(found.counted * found.days / found.counted.size / _lengths(found, found.season))


def dispersion_ahead(found: Arrivals, confidence: float) -> float:
    """Return the φ of months to come, for intervals of that confidence.

    What φ is above 1 is measured on few months, for which Student's quantile stands beside the normal one;
    and chance may have hidden some: one over the degrees of freedom. Of Poisson's counts and of those that
    vary two and five times as much it holds 92 to 98 % in intervals of 95 %, measured on six to twelve
    months (of three 90 to 99 %).
    """
    from scipy.special import stdtrit

    free, tail = found.counted.size - 1, (1 - confidence) / 2
    wide = float(stdtrit(free, tail) / NormalDist().inv_cdf(tail)) ** 2
    return 1 + (found.dispersion - 1) * wide + 1 / free
