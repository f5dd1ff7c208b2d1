"""What lies beside a limit and is not ruled out: some stop after all, or customers differ after all.

At a limit the error of a fit says nothing of the direction that leads away from it. So the likelihood is
followed in that direction, with the limit's own parameters at their best for each step (one step of
Newton's), as far as an interval of that confidence reaches; an interval then holds what is expected there
too. This is a profile likelihood (Meeker & Escobar 1995, The American Statistician 49(1)), held against
the one-sided quantile, because only one way leads away from an edge (Self & Liang 1987, JASA 82).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.chances import NBD, OWN_RATE, POISSON
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Fit

FIRST, DOUBLINGS, NEAR_ENOUGH = 1e-5, 40, 1.05  # of the distance, in the unit of a search
STEP = 1e-3  # of a log-parameter
ROWS = 4000  # of the subsample on which the likelihood is followed
KEPT = 3  # of the steps on the way, the last ones


class Nearby(NamedTuple):
    """Parameters beside a limit; room: the share 0…1 of the half width of an interval that is left there."""

    model: Continuous
    params: Floats
    room: float


_nearby: Memory[list[Nearby]] = Memory(8)


def nearby(
    fit: Fit, model: Continuous, history: tuple[Floats, Floats, Floats], quantile: float
) -> list[Nearby]:
    """Return what the customers of a fit at a limit do not rule out; nothing for other fits.

    model: that was asked for, whose customers may stop as they may in it; history: x, t_x and T of the
    customers; quantile: of the interval.
    """
    ways = list(_ways(fit, model))
    if not ways:
        return []

    def compute(*columns: Floats) -> list[Nearby]:
        rows, unit = grouping.scaled(grouping.sample(grouping.group(*columns), ROWS))
        return [found for way in ways for found in _followed(fit, way, rows, unit, quantile)]

    name = f"{fit.model} {model.TITLE} {quantile!r}"
    return _nearby(name, history, compute)


class _Way(NamedTuple):
    """A model around a limit; params: of it, from those of the limit and the distance from it."""

    model: Continuous
    params: Callable[[Floats, float], Floats]


def _ways(fit: Fit, model: Continuous) -> Iterator[_Way]:
    if fit.model not in (NBD.TITLE, POISSON.TITLE, OWN_RATE.TITLE):
        return
    for limit in model.limits:
        if limit.NAMES in ((*fit.params, "odds"), (*fit.params, "mu")):
            yield _Way(limit, np.append)
    if fit.model == POISSON.TITLE:
        yield _Way(NBD, lambda params, far: np.array([1 / far, 1 / (far * params[0])]))


def _followed(fit: Fit, way: _Way, rows: Customers, unit: float, quantile: float) -> list[Nearby]:
    """Follow a way as far as the likelihood allows."""
    surface = way.model.surface(rows)
    units = unit ** np.array(way.model.TIMES)
    at = np.array([*fit.params.values()])
    covariance = fit.covariance / np.outer(at, at)
    size = float(fit.n)

    def value(moved: Floats, far: float) -> float:
        return size * surface.value(np.log(way.params(at * np.exp(moved), far) / units))

    def best(far: float) -> tuple[Floats, float]:
        axes = np.eye(at.size) * STEP
        slope = [(value(axis, far) - value(-axis, far)) / (2 * STEP) for axis in axes]
        moved = covariance @ slope
        return way.params(at * np.exp(moved), far), value(moved, far)

    length = 1 / unit if way.model.NAMES[-1] == "mu" else 1.0  # a rate, the other distances have no unit
    lowest = quantile**2 / 2
    inside, outside = FIRST, np.inf
    steps = [best(inside * length)]
    top = steps[0][1]
    for _ in range(DOUBLINGS):
        far = 2 * inside if outside == np.inf else (inside + outside) / 2
        params, found = best(far * length)
        if found >= top - lowest:
            inside, top = far, max(top, found)
            steps.append((params, found))
        else:
            outside = far
        if outside < inside * NEAR_ENOUGH:
            break
    falls = [(params, 2 * (top - found) / quantile**2) for params, found in steps[-KEPT:]]
    return [Nearby(way.model, params, float(np.sqrt(1 - min(fall, 1.0)))) for params, fall in falls]
