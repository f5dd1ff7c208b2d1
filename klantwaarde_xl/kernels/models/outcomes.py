"""How many purchases all customers together will make by a moment, with the interval of what may come.

An interval of an expectation says how sure the estimate is. What comes differs more: customers happen to
buy and to stop. Given the parameters they do so apart from each other, so that their variances add up; to
this comes the variance of the estimate. The total is taken for a negative binomial with that mean and that
variance, which has no end below zero, and is Poisson's where nothing but chance varies.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats, descending
from klantwaarde_xl.kernels.models.ahead import realised
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Params, converged
from klantwaarde_xl.kernels.models.forecast import Fitted, Terms
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, only
from klantwaarde_xl.kernels.models.season.view import View, seen

TENTHS = 10
ROWS = 600  # of the sample from which variances are reckoned, as shares of the mean
MARKS = 4  # moments at which they are: in between they move evenly


class Outcome(NamedTuple):
    """Purchases of all customers together from now until each moment; the ends are whole numbers.

    tenths: a row a moment, what is expected of each tenth of the customers by `tenths_of`.
    """

    expected: Floats
    lower: Floats
    upper: Floats
    tenths: Floats


def outcome(summary: Summary, models: Fitted, terms: Terms, times: Floats) -> Outcome:
    """Return how many purchases to expect until each time, with the interval of what may come.

    models: of these customers, by the terms, in the time of a season where they follow one; times: > 0,
    rising, in the unit of the terms. At a limit of the model the interval holds what may come beside it too.
    A fit that did not converge is `NotAvailable`.
    """
    fit, length = converged(models.buying), terms.unit.days
    module, params = face.functions_of(fit), np.array([*fit.params.values()])
    timed, one = seen(summary, models.season, length), only(summary, np.zeros(1, dtype=np.intp))
    ahead = [View(one, models.season, length, time, 0.0) for time in times.tolist()]
    passed, unsure = np.array([view.time for view in ahead]), np.array([view.error for view in ahead])
    history = timed.frequency, timed.recency, timed.T
    each = module.conditional_expected(params, *history, float(passed[-1]))
    place = tenths_of(each)
    of_each = (module.conditional_expected(params, *history, time) for time in passed)
    tenths = np.array([np.bincount(place, weights=one, minlength=TENTHS) for one in of_each])
    expected = tenths.sum(axis=1)
    some, marks = _sample(timed, each), np.linspace(passed[0], passed[-1], MARKS)

    def between(found: Floats) -> Floats:
        return np.asarray(np.interp(passed, marks, found))

    estimate = intervals.log_error([fit], lambda moved: np.log(_means(module, moved, some, marks)))
    errors = np.hypot(between(estimate), unsure)
    lower, upper = _ends(expected, between(_spread(module, params, some, marks)), errors, terms.confidence)
    for near in face.nearby_of(fit, terms.model, history, float(passed[-1]), terms.confidence):
        there = _means(near.model, near.params, some, marks) / _means(module, params, some, marks)
        spread = between(_spread(near.model, near.params, some, marks))
        least, most = _ends(expected * between(there), spread, errors * near.room, terms.confidence)
        lower, upper = np.fmin(lower, least), np.fmax(upper, most)
    return Outcome(expected, lower, upper, tenths)


def tenths_of(each: Floats) -> Codes:
    """Return the tenth, from 0, of each customer: who will buy most come first, equals in their order."""
    place = np.empty(each.size, dtype=np.intp)
    place[descending(each)] = np.arange(each.size) * TENTHS // max(each.size, 1)
    return place


def _sample(summary: Summary, each: Floats) -> Summary:
    """So many customers: the middle one of equal parts, from who will buy most to who will buy least."""
    if each.size <= ROWS:
        return summary
    middles = (np.arange(ROWS) + 0.5) * each.size / ROWS
    return only(summary, descending(each)[middles.astype(np.intp)])


def _means(module: face.Buying, params: Params, some: Summary, times: Floats) -> Floats:
    history = some.frequency, some.recency, some.T
    sums = [module.conditional_expected(params, *history, time).sum() for time in times]
    return np.maximum(sums, 1e-300)


def _spread(module: face.Buying, params: Params, some: Summary, times: Floats) -> Floats:
    """The variance of the purchases of customers together, as a share of their mean, until each time."""
    assert isinstance(module, Continuous)
    history = some.frequency, some.recency, some.T
    shares = []
    for time in times:
        each = module.conditional_expected(params, *history, time)
        pairs = module.conditional_pairs(params, *history, 0.0, float(time))
        shares.append(1 + (pairs - each**2).sum() / max(each.sum(), 1e-300))
    return np.array(shares)


def _ends(mean: Floats, spread: Floats, errors: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The whole numbers between which a count lies with that chance; errors: of the log of its mean."""
    variance = mean * spread + (mean * errors) ** 2
    return realised.counts(mean, variance, confidence)
