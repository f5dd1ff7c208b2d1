"""The effects of a season, estimated together with a model of buying in season time.

The model and the season are improved in turn until neither moves: given the season the model is fitted in
its time as always; given the model the effects climb by Newton's steps. What they hardly know of each other,
because the factor is 1 on average, makes that few turns do. Effects are shrunk towards nought: of several
as much as their own spread says (the likeliest one, with a prior), of one alone by a prior of spread 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.ratio_test import chi_square_tail
from klantwaarde_xl.kernels.models.estimate.search import Fit, converged
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, only
from klantwaarde_xl.kernels.models.season.calendar import Calendar
from klantwaarde_xl.kernels.models.season.clock import Season, in_season_time, usual_years
from klantwaarde_xl.refusals import forecasts as refused

_MOST = 20_000  # customers from whom the effects are estimated; the model is fitted to all
_TURNS = 8
_STEPS = 20  # of Newton's a turn
_SETTLED = 1e-3  # an effect that moves less in a turn has settled: by a thousandth of a factor
_ALONE = 1.0  # standard deviation of the prior of one effect
_USUAL, _WIDE = 0.3, 1.0  # of several: about a third, give or take a factor e
_TRIED, _NARROWED = 65, 5  # spreads that are tried at once, and how often between the best one's neighbours
_NEAR = 1e-4  # of a unit of time: a step to see how the likelihood changes


class Seasonal(NamedTuple):
    """A season and the model of buying in its time.

    loglik: of both together, to be held against that of a fit without a season; summary: in season time.
    """

    season: Season
    fit: Fit
    loglik: float
    summary: Summary


def estimate(
    model: float,
    bought: Purchases,
    summary: Summary,
    calendar: Calendar,
    length: float,
    *,
    errors: bool = True,
) -> Seasonal:
    """Estimate a season and a model of buying from the same purchases.

    model: a `Model` in continuous time; bought, summary: of the same log up to the same day; length: of
    the summary's unit of time, in days; errors: whether the effects get their covariance, which costs as
    much as the rest. `NotAvailable` where the model cannot be fitted, nobody came
    back, or what drives the season is the same on all days.
    """
    first, last = float(summary.first_day.min()), summary.last_day
    season = _none(calendar, first, last)
    counted = repeats(bought, summary, first)
    if not counted.any():
        raise refused.NOBODY_CAME_BACK()
    columns = calendar.columns(np.arange(first, last + 1))
    if not np.ptp(columns, axis=0).any():
        raise refused.FLAT_ON_PURCHASES()
    some = _some(summary)
    share = summary.frequency.sum() / max(some.frequency.sum(), 1.0)
    for _ in range(_TURNS):
        fit, timed = _fitted(model, summary, season, length)
        gradient = _slope_of(fit, some, season, counted, share, length)
        effects = _climbed(gradient, season.effects)
        if np.max(np.abs(effects - season.effects)) < _SETTLED:
            break
        season = _moved(season, effects)
    else:
        fit, timed = _fitted(model, summary, season, length)
    if errors:
        bend = _bend(gradient, season.effects) + shrinkage(season.effects, *gradient(season.effects))
        season = _moved(season, season.effects, _inverse(bend))
    return Seasonal(season, fit, fit.loglik + log_rate(season, counted, first), timed)


def evenness(model: float, bought: Purchases, summary: Summary, calendar: Calendar, length: float) -> float:
    """Return the chance that purchases are as unevenly spread over a year without a season.

    By the slope of the likelihood where there is none (Rao's score test); arguments and errors as in
    `estimate`. 1 where nobody came back.
    """
    first = float(summary.first_day.min())
    season, counted = _none(calendar, first, summary.last_day), repeats(bought, summary, first)
    if not counted.any():
        return 1.0
    some = _some(summary)
    share = summary.frequency.sum() / max(some.frequency.sum(), 1.0)
    fit, _ = _fitted(model, summary, season, length)
    slope, bend = _slope_of(fit, some, season, counted, share, length)(season.effects)
    sizes, along = np.linalg.eigh(bend)
    there = sizes > sizes.max() * 1e-9  # columns without days, or that add up to others, tell nothing
    statistic = float(np.sum((along.T @ slope)[there] ** 2 / sizes[there]))
    return chi_square_tail(statistic, float(there.sum()))


def repeats(bought: Purchases, summary: Summary, first: float) -> Floats:
    """Return how many repeat purchases there are on each day from first to the summary's last day."""
    begun = np.full(int(bought.customer.max()) + 1, np.inf)
    begun[summary.customer] = summary.first_day
    days = bought.day[bought.day > begun[bought.customer]]
    size = int(summary.last_day - first) + 1
    return np.bincount((days - first).astype(np.intp), minlength=size)[:size].astype(np.float64)


def log_rate(season: Season, counted: Floats, first: float) -> float:
    """Return what the days of repeat purchases add to the log-likelihood."""
    return float(counted @ np.log(season.factor(np.arange(first, first + counted.size))))


def _none(calendar: Calendar, first: float, last: float) -> Season:
    size = len(calendar.names)
    return Season(calendar, np.zeros(size), np.zeros((size, size)), *usual_years(first, last))


def _some(summary: Summary) -> Summary:
    """Customers spread over all of them, where there are very many."""
    size = summary.customer.size
    if size <= _MOST:
        return summary
    return only(summary, np.unique(np.linspace(0, size - 1, _MOST).astype(np.intp)))


def _fitted(model: float, summary: Summary, season: Season, length: float) -> tuple[Fit, Summary]:
    timed = in_season_time(summary, season, length)
    return converged(face.fitted(model, timed.frequency, timed.recency, timed.T)), timed


def _slope_of(
    fit: Fit, some: Summary, season: Season, counted: Floats, share: float, length: float
) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Of effects the slope of the log-likelihood, and about how it bends, with the model as it is."""
    days = np.arange(some.last_day - counted.size + 1, some.last_day + 1)
    columns = season.calendar.columns(days)
    usual = season.calendar.columns(np.arange(season.begin, season.end + 1))
    slopes = _slopes(fit, some, days[0], length)

    def gradient(effects: Floats) -> tuple[Floats, Floats]:
        now = _moved(season, effects)
        factor = now.factor(days)
        weight = np.exp(usual @ effects)
        middle = weight @ usual / weight.sum()
        apart = columns - middle  # how a day's log factor changes with each effect
        weeks = share * slopes(now) * factor / length
        busy = counted.sum() * factor / factor.sum()
        return counted @ apart + weeks @ apart, (apart.T * busy) @ apart

    return gradient


def shrinkage(effects: Floats, slope: Floats, bend: Floats) -> Floats:
    """Return the precision of the prior of effects; slope, bend: of the log-likelihood at these effects."""
    return np.asarray(np.eye(effects.size) / _spread(slope + bend @ effects, bend) ** 2)


def _climbed(gradient: Callable[[Floats], tuple[Floats, Floats]], effects: Floats) -> Floats:
    """Improve the effects."""
    for _ in range(_STEPS):
        slope, bend = gradient(effects)
        prior = shrinkage(effects, slope, bend)
        step = np.linalg.solve(bend + prior, slope - prior @ effects)
        effects = effects + step * min(1.0, 1.0 / max(float(np.max(np.abs(step))), 1e-300))
        if np.max(np.abs(step)) < _SETTLED / 10:
            break
    return np.asarray(effects)


def _spread(slope: Floats, bend: Floats) -> float:
    """The standard deviation of the prior of the effects under which what is seen is likeliest.

    slope, bend: of the log-likelihood, where there are no effects; it is taken to be a parabola.
    """
    if slope.size == 1:
        return _ALONE
    sizes, turn = np.linalg.eigh(bend)
    sizes, along = np.maximum(sizes, 0.0), turn.T @ slope
    low, high = np.log(_USUAL) - 4 * _WIDE, np.log(_USUAL) + 4 * _WIDE
    for _ in range(_NARROWED):
        tried = np.linspace(low, high, _TRIED)[:, None]
        room = np.exp(2 * tried)
        gained = along**2 * room / (1 + room * sizes) - np.log1p(room * sizes)
        likely = gained.sum(axis=1) - ((tried[:, 0] - np.log(_USUAL)) / _WIDE) ** 2
        best = int(np.argmax(likely))
        low, high = tried[max(best - 1, 0), 0], tried[min(best + 1, _TRIED - 1), 0]
    return float(np.exp((low + high) / 2))


def _moved(season: Season, effects: Floats, covariance: Floats | None = None) -> Season:
    known = season.covariance if covariance is None else covariance
    return Season(season.calendar, effects, known, season.begin, season.end)


def _slopes(fit: Fit, some: Summary, start: float, length: float) -> Callable[[Season], Floats]:
    """How the log-likelihood of the model changes with a little more season time on each day."""
    module = face.functions_of(fit)

    def slopes(season: Season) -> Floats:
        timed = in_season_time(some, season, length)
        x, t_x, age = timed.frequency, timed.recency, timed.T
        near = _NEAR * np.ones(x.size)
        back = np.where(x > 0, near, 0.0)  # the last purchase may be on the last day: one cannot look ahead

        def value(t_x: Floats, age: Floats) -> Floats:
            return module.loglik(fit.params, x, t_x, age)

        here = value(t_x, age)
        by_age = (4 * value(t_x, age + near) - value(t_x, age + 2 * near) - 3 * here) / (2 * _NEAR)
        by_last = (3 * here + value(t_x - 2 * back, age) - 4 * value(t_x - back, age)) / (2 * _NEAR)
        size = int(some.last_day - start) + 1
        first, final = ((days - start).astype(np.intp) for days in (some.first_day, some.final_day))
        # A day counts for the recency of who bought before it and on it or later, and so for the age
        ends = np.bincount(final, by_last, size)
        ends[-1] += by_age.sum()
        return np.asarray(np.cumsum((ends - np.bincount(first, by_last + by_age, size))[::-1])[::-1])

    return slopes


def _bend(gradient: Callable[[Floats], tuple[Floats, Floats]], point: Floats) -> Floats:
    """Minus the Hessian, by differences of the gradient."""
    step = 1e-3
    axes = np.eye(point.size) * step
    rows = np.array([(gradient(point - axis)[0] - gradient(point + axis)[0]) / (2 * step) for axis in axes])
    return np.asarray((rows + rows.T) / 2)


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv(np.asarray(matrix, dtype=np.float64)))
