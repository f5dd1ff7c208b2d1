"""What lies beside a limit and is not ruled out: some stop after all, or customers differ after all.

At a limit the error of a fit says nothing of the direction that leads away from it. So the likelihood is
followed in that direction, with the limit's own parameters at their best for each step (a few steps of
Newton's), as far as an interval of that confidence reaches; an interval then holds what is expected there
too. A limit has such directions where nobody stops, for some may, and where all share a rate or a chance,
for they may differ; without the latter, intervals of 95 % held 74 to 88 % at one chance or one rate to stop
that is nearly so. This is a profile likelihood (Meeker & Escobar 1995, The American Statistician 49(1)), held
against the one-sided quantile, because only one way leads away from an edge (Self & Liang 1987, JASA 82).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.buying.lasting import GAMMA_LASTING, ONE_LASTING
from klantwaarde_xl.kernels.models.buying.rates import GAMMA, ONE
from klantwaarde_xl.kernels.models.buying.stops import BETA, NOW_OR_NEVER, ONE_CHANCE
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Fit

FIRST, STRIDE, FARTHER, NEAR_ENOUGH = 1e-5, 4.0, 25, 1.05  # of the distance, in the unit of a search
STEP, LONGEST = 1e-3, 1.0  # of a log-parameter, of the slope and of a step
NEWTON, GAIN = 2, 0.01  # steps to the best of the limit's own parameters, at each distance; of its likelihood
HALFWAY = 0.75  # of the room: there or at the end of a way an interval reaches farthest


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
    if fit.model == model.TITLE or not fit.converged:
        return []

    def compute(*columns: Floats) -> list[Nearby]:
        rows, unit = grouping.scaled(grouping.group(*columns))
        rows = grouping.alike(rows)
        with np.errstate(all="ignore"):
            ways = _ways(fit, model, unit)
            return [found for way in ways for found in _followed(fit, way, rows, unit, quantile)]

    name = f"{fit.model} {model.TITLE} {quantile!r}"
    return _nearby(name, history, compute)


class _Way(NamedTuple):
    """A model around a limit; params: of it, from those of the limit and the distance from it."""

    model: Continuous
    params: Callable[[Floats, float], Floats]
    length: float = 1.0  # of a distance; most have no unit


# What a limit that all share, by its one value, comes apart to: a distribution, and its values so far from it
_APART: dict[object, tuple[object, Callable[[float, float], tuple[float, float]]]] = {
    ONE: (GAMMA, lambda rate, far: (1 / far, 1 / (far * rate))),
    ONE_LASTING: (GAMMA_LASTING, lambda rate, far: (1 / far, 1 / (far * rate))),
    ONE_CHANCE: (BETA, lambda odds, far: (odds / (1 + odds) / far, 1 / (1 + odds) / far)),
    NOW_OR_NEVER: (BETA, lambda odds, far: (odds / (1 + odds) * far, 1 / (1 + odds) * far)),
}


def _ways(fit: Fit, model: Continuous, unit: float) -> Iterator[_Way]:
    around = (model, *model.limits)
    for one in around:
        if one.NAMES in ((*fit.params, "odds"), (*fit.params, "mu")):
            yield _Way(one, np.append, 1 / unit if one.NAMES[-1] == "mu" else 1.0)
    at = next((one for one in model.limits if fit.model == one.TITLE), None)
    if at is None or at.made_of is None:
        return
    stops, rates = at.made_of
    for one in around:
        if rates in _APART and one.made_of == (stops, _APART[rates][0]):
            yield _Way(one, partial(_first_apart, _APART[rates][1]))
        elif stops in _APART and one.made_of == (_APART[stops][0], rates):
            yield _Way(one, partial(_last_apart, _APART[stops][1]))


def _first_apart(pair: Callable[[float, float], tuple[float, float]], at: Floats, far: float) -> Floats:
    return np.array([*pair(at[0], far), *at[1:]])


def _last_apart(pair: Callable[[float, float], tuple[float, float]], at: Floats, far: float) -> Floats:
    return np.array([*at[:-1], *pair(at[-1], far)])


def _followed(fit: Fit, way: _Way, rows: Customers, unit: float, quantile: float) -> list[Nearby]:
    """Follow a way as far as the likelihood allows."""
    surface = way.model.surface(rows)
    units = unit ** np.array(way.model.TIMES)
    at = np.array([*fit.params.values()])
    covariance = fit.covariance / np.outer(at, at)
    size = float(fit.n)

    def params(moved: Floats, far: float) -> Floats:
        return way.params(at * np.exp(moved), far)

    def known(moved: Floats, far: float) -> tuple[float, Floats]:
        here = np.log(params(moved, far))
        turned = [(np.log(params(moved + axis, far)) - here) / STEP for axis in np.eye(at.size) * STEP]
        value, slope = surface.slope(here - np.log(units))
        return size * value, size * np.array(turned) @ slope

    def best(moved: Floats, far: float) -> tuple[Floats, float]:
        value, slope = known(moved, far)
        for _ in range(NEWTON):
            step = covariance @ slope
            there = moved + step * min(1.0, LONGEST / max(float(np.linalg.norm(step)), 1e-300))
            found, slope = known(there, far)
            if not found > value:
                break
            gain, moved, value = found - value, there, found
            if gain < GAIN:
                break
        return moved, value

    lowest = quantile**2 / 2
    inside, outside = FIRST, np.inf
    moved, top = best(np.zeros(at.size), inside * way.length)
    if not np.isfinite(top):
        return []
    steps = [(params(moved, inside * way.length), top)]
    for _ in range(FARTHER):
        far = STRIDE * inside if outside == np.inf else float(np.sqrt(inside * outside))
        there, found = best(moved, far * way.length)
        if found >= top - lowest:
            inside, moved, top = far, there, max(top, found)
            steps.append((params(moved, far * way.length), found))
        else:
            outside = far
        if outside < inside * NEAR_ENOUGH:
            break
    beside = [
        Nearby(way.model, there, float(np.sqrt(max(1 - 2 * (top - value) / quantile**2, 0.0))))
        for there, value in steps
    ]
    passed = beside[
        int(np.argmax([value for _, value in steps])) : -1
    ]  # the likeliest one, and what is farther
    return [*sorted(passed, key=lambda one: abs(one.room - HALFWAY))[:1], beside[-1]]
