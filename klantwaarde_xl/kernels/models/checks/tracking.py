"""How well a model follows reality over time: estimated on the first part, held against the rest."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.goodness import LAST
from klantwaarde_xl.kernels.models.checks.scoring import came
from klantwaarde_xl.kernels.models.estimate.search import Fit, converged
from klantwaarde_xl.kernels.models.log.prepare import Split
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.view import View, history_of
from klantwaarde_xl.refusals import forecasts as refused

MOST_PERIODS = 5000


class Phase(IntEnum):
    """The part of the time from which the model was estimated, and the part after it."""

    ESTIMATE = 0
    CONTROL = 1


class Tracking(NamedTuple):
    """One row a period since the first purchase of all; repeat purchases of all customers together."""

    period: Floats
    day: Floats  # the last day of the period
    actual: Floats
    expected: Floats
    actual_sum: Floats
    expected_sum: Floats
    phase: Floats  # a `Phase`


class Holdout(NamedTuple):
    """One row a number of repeat purchases before the cut, the last one all: purchases after it."""

    customers: Floats
    actual: Floats  # purchases a customer
    expected: Floats
    difference: Floats


def fit_of(part: Split, model: float, season: Season | None = None) -> Fit:
    """Fit a model before the cut, in a season's time if there is one; `NotAvailable` without an optimum."""
    return converged(face.fitted(model, *history_of(part.summary, season, part.length)))


def tracking(part: Split, model: float, season: Season | None = None) -> Tracking:
    """Follow the repeat purchases of all customers by period: what was, and what the model expects.

    part: a log cut in two; the model, a `Model`, sees the first part, and only customers who came
    before the cut take part; season: as it was estimated from that part. A fit that does not converge is
    `NotAvailable`, and a log that spans no whole period is `OutOfRange`. Fader, Hardie & Lee (2005),
    figures 3 and 4.
    """
    fit, length = fit_of(part, model, season), part.length
    start = float(part.summary.first_day.min())
    periods = int((part.bought.last_day - start + 1) // length)
    if not 1 <= periods <= MOST_PERIODS:
        raise refused.PERIODS_OF_DATA()
    period = np.arange(1.0, periods + 1)
    ends = start + period * length - 1
    repeats = np.sort(part.bought.day[part.bought.day > part.first_day])
    actual = np.searchsorted(repeats, ends, side="right").astype(np.float64)
    expected = expected_until(fit, part.summary, ends, length, season)
    return Tracking(
        period=period,
        day=np.floor(ends),
        actual=np.diff(actual, prepend=0.0),
        expected=np.diff(expected, prepend=0.0),
        actual_sum=actual,
        expected_sum=expected,
        phase=np.where(ends > part.until, float(Phase.CONTROL), float(Phase.ESTIMATE)),
    )


def expected_until(
    fit: Fit, summary: Summary, ends: Floats, length: float, season: Season | None = None
) -> Floats:
    """Return the repeat purchases of all customers together to expect until each day."""
    starts, members = np.unique(summary.first_day, return_counts=True)
    until, begun = ends, starts
    if season is not None:
        first = float(starts[0])
        clock = season.clock(first, float(np.ceil(ends[-1])))
        grid = first - 1 + np.arange(clock.size)  # the season time at the end of each day
        until, begun = np.interp(ends, grid, clock), np.interp(starts, grid, clock)
    age = np.maximum(until[:, None] - begun, 0.0) / length
    different, place = np.unique(age, return_inverse=True)
    each = face.functions_of(fit).expected(fit.params, different)
    return np.asarray(each[place.reshape(age.shape)] @ members)


def holdout(part: Split, model: float, season: Season | None = None) -> Holdout:
    """Compare purchases after the cut, by number of repeat purchases before it; the last row is all.

    Arguments and errors as in `tracking`. Fader, Hardie & Lee (2005), figure 5.
    """
    summary, fit = part.summary, fit_of(part, model, season)
    actual, expected = after(part, fit, season)
    row = np.minimum(summary.frequency, LAST).astype(int)
    members = np.bincount(row, minlength=LAST + 1)
    sums = [np.bincount(row, weights=column, minlength=LAST + 1) for column in (actual, expected)]
    size = np.append(members, members.sum()).astype(np.float64)
    means = [
        np.where(size > 0, np.append(column, column.sum()) / np.maximum(size, 1), CellError.NA.nan)
        for column in sums
    ]
    difference = np.where(size > 0, means[0] - means[1], CellError.NA.nan)
    return Holdout(size, means[0], means[1], difference)


def after(part: Split, fit: Fit, season: Season | None = None) -> tuple[Floats, Floats]:
    """Return the purchases of each customer after the cut: actual and expected."""
    summary = part.summary
    actual = came(part.bought, summary, part.bought.last_day)
    ahead = (part.bought.last_day - part.until) / part.length
    view = View(summary, season, part.length, ahead, 0.0)
    expected = face.functions_of(fit).conditional_expected(fit.params, *view.history, view.time)
    return actual, expected
