"""What the value of all customers came to between two days: who came, who left, how the others bought.

Both values are by the same models, estimated on the last day, so that a difference is of the customers and
not of the estimate. A customer has left when on the first day he was more likely than not to be one still,
and on the last day no more; or when all that he bought was taken back since. The steps add up exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.forecast import (
    Fitted,
    Terms,
    expected_of,
    expected_spend,
    repeat_spend,
    view_of,
)
from klantwaarde_xl.kernels.models.log.summary import Summary

_STILL = 0.5  # the chance from which on somebody is taken for a customer


class Step(NamedTuple):
    """Value in the currency, and how many customers it is of."""

    value: float
    customers: int


class Bridge(NamedTuple):
    """From the opening to the closing value, and how sure the difference is."""

    opening: Step
    won: Step  # whose first purchase came after the opening
    behaviour: Step  # who neither came nor left
    lost: Step
    closing: Step
    change: float
    lower: float
    upper: float


def value_bridge(before: Summary | None, now: Summary, models: Fitted, terms: Terms) -> Bridge:
    """Take apart how the value of all customers changed.

    before, now: the customers on the two days, None where there was none yet; models: estimated of now. The
    interval of the change holds what other customers of the same kind would have made of it: the sum of
    squares of what each of them does to it, himself and through the estimate (the infinitesimal jackknife),
    with Student's quantile, because a few large customers make that sum uncertain (Satterthwaite 1946).
    """
    later = expected_of(now, models, terms)
    opening, behaviour, lost = Step(0.0, 0), Step(0.0, 0), Step(0.0, 0)
    came, by_each, gone = np.ones(later.customer.size, dtype=bool), later.value.copy(), np.zeros(0)
    if before is not None:
        earlier = expected_of(before, models, terms)
        at = np.searchsorted(later.customer, earlier.customer).clip(max=later.customer.size - 1)
        there = later.customer[at] == earlier.customer  # not who took all back
        moved = np.where(there, later.value[at], 0.0) - earlier.value
        left = (earlier.alive >= _STILL) & (later.alive[at] < _STILL) | ~there
        came[at[there]], by_each[at[there]], gone = False, moved[there], moved[~there]
        opening, behaviour, lost = _step(earlier.value), _step(moved[~left]), _step(moved[left])
    closing = _step(later.value)
    change = closing.value - opening.value
    by_each += _through_the_estimate(before, now, models, terms)
    width = _width(np.append(by_each, gone), terms.confidence)
    won = _step(later.value[came])
    return Bridge(opening, won, behaviour, lost, closing, change, change - width, change + width)


def _width(by_each: Floats, confidence: float) -> float:
    """Half of the interval around a sum of what each customer does."""
    from scipy.special import stdtrit

    squares = np.square(by_each)
    total = float(squares.sum())
    if not total:
        return 0.0
    freedom = max(2 * total**2 / float(np.square(squares).sum()) - 1, 1.0)
    return float(stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(total))


def _step(values: Floats) -> Step:
    return Step(float(values.sum()), int(values.size))


def _through_the_estimate(before: Summary | None, now: Summary, models: Fitted, terms: Terms) -> Floats:
    """What each customer does to the change because the models are estimated of him too, in the currency."""
    module = face.functions_of(models.buying)
    then = [] if before is None else [(-1, before)]
    views = [(sign, one, view_of(one, models, terms)) for sign, one in [*then, (1, now)]]
    bought: dict[bytes, list[Floats]] = {}  # spending moves by itself, and buying then stays the same

    def change(params: Floats, spending: Floats | None = None) -> float:
        key = params.tobytes()
        if key not in bought:
            bought.clear()
            bought[key] = [view.discounted(module, params) for _, _, view in views]
        parts = (
            sign * float((many * expected_spend(one, models.spending, models.average, spending)).sum())
            for many, (sign, one, _) in zip(bought[key], views, strict=True)
        )
        return terms.margin * sum(parts)

    buying = np.array([*models.buying.params.values()])
    history = view_of(now, models, terms).history
    found = _influence(models.buying, change, lambda params: module.loglik(params, *history))
    spending = models.spending
    if spending is not None and spending.converged and spending.model == gammagamma.MODEL:
        x, z = repeat_spend(now)
        found = found + _influence(
            spending, lambda params: change(buying, params), lambda params: gammagamma.of_each(params, x, z)
        )
    return found


def _influence(fit: Fit, change: Callable[[Floats], float], likely: Callable[[Floats], Floats]) -> Floats:
    """How far each customer's own likelihood moves a sum through the parameters; likely: its logarithm."""
    point = np.array([*fit.params.values()])
    slopes, scores = [], []
    for axis in np.eye(point.size) * intervals.STEP:
        up, down = point * np.exp(axis), point * np.exp(-axis)
        slopes.append((change(up) - change(down)) / (2 * intervals.STEP))
        scores.append((likely(up) - likely(down)) / (2 * intervals.STEP))
    moved = np.array(scores).T @ (fit.covariance / np.outer(point, point)) @ np.array(slopes)
    return np.where(np.isfinite(moved), moved, 0.0)
