"""The way down a function of a few numbers whose gradient is known: a quasi-Newton method.

Broyden, Fletcher, Goldfarb & Shanno's, with steps that keep both of Wolfe's conditions (Nocedal & Wright
2006, "Numerical Optimization", algorithms 6.1, 3.5 and 3.6). To import scipy's own costs a command more
than all its searches together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats

Function: TypeAlias = Callable[[Floats], tuple[float, Floats]]

LOWER, FLATTER = 1e-4, 0.9  # Wolfe's conditions: of the fall that the slope promises, and of the slope itself
LONGER = 4.0  # times the last step, as long as it goes down
TRIES = 40  # of the length of one step


class _Point(NamedTuple):
    """Where a step of this length leads; slope: along the step."""

    length: float
    value: float
    slope: float
    gradient: Floats


def descend(function: Function, start: Floats, *, flat: float, most: int, far: float) -> Floats:
    """Return where the way down from a point ends.

    function: value and gradient; flat: largest |gradient| there; most: steps at most; far: of any number,
    beyond which there is no use in going on.
    """
    point, (value, gradient) = start, function(start)
    inverse = np.eye(start.size)
    guess = value + float(np.linalg.norm(gradient)) / 2  # of the value before: a first step of length one
    for taken in range(most):
        if np.max(np.abs(gradient)) <= flat or (taken and np.max(np.abs(point)) > far):
            break
        way = -(inverse @ gradient)
        slope = float(gradient @ way)
        if slope >= 0:  # rounding has spoiled what was known of the bends
            inverse, way = np.eye(start.size), -gradient
            slope = float(gradient @ way)
        first = min(1.0, 1.01 * 2 * (value - guess) / slope)
        found = _step(function, point, way, _Point(0.0, value, slope, gradient), first if first > 0 else 1.0)
        if found is None:
            break
        step, change = found.length * way, found.gradient - gradient
        point, guess, value, gradient = point + step, value, found.value, found.gradient
        inverse = _bent(inverse, step, change)
    return point


def _bent(inverse: Floats, step: Floats, change: Floats) -> Floats:
    """The inverse Hessian, with what a step and the change of the gradient over it say."""
    along = float(change @ step)
    if along <= 0:
        return inverse
    left = np.eye(step.size) - np.outer(step, change) / along
    return np.asarray(left @ inverse @ left.T + np.outer(step, step) / along)


def _step(function: Function, point: Floats, way: Floats, begin: _Point, length: float) -> _Point | None:
    """A step along a way that keeps Wolfe's conditions; None where rounding leaves none."""

    def at(length: float) -> _Point:
        value, gradient = function(point + length * way)
        return _Point(length, value, float(gradient @ way), gradient)

    last = begin
    for tried in range(TRIES):
        now = at(length)
        if not _lower(begin, now) or (tried and now.value >= last.value):
            return _between(at, begin, last, now)
        if abs(now.slope) <= -FLATTER * begin.slope:
            return now
        if now.slope >= 0:
            return _between(at, begin, now, last)
        last, length = now, LONGER * length
    return last


def _between(at: Callable[[float], _Point], begin: _Point, low: _Point, high: _Point) -> _Point | None:
    """A step that keeps the conditions between two, of which low is the lower and leads down to high."""
    for _ in range(TRIES):
        now = at(_lowest(low, high))
        if not _lower(begin, now) or now.value >= low.value:
            high = now
        else:
            if abs(now.slope) <= -FLATTER * begin.slope:
                return now
            if now.slope * (high.length - low.length) >= 0:
                high = low
            low = now
        if abs(high.length - low.length) <= 1e-14 * max(low.length, high.length):
            break
    return low if low.length > 0 else None


def _lower(begin: _Point, now: _Point) -> bool:
    return now.value <= begin.value + LOWER * now.length * begin.slope


def _lowest(one: _Point, other: _Point) -> float:
    """Where the cubic through two points is lowest, a tenth of the way between them or more from both."""
    wide = other.length - one.length
    bend = one.slope + other.slope - 3 * (other.value - one.value) / wide
    root = bend * bend - one.slope * other.slope
    middle = 0.5
    if np.isfinite(root) and root >= 0:
        turn = np.copysign(np.sqrt(root), wide)
        below = other.slope - one.slope + 2 * turn
        middle = 1 - (other.slope + turn - bend) / below if below else 0.5
    if not np.isfinite(middle):
        middle = 0.5
    return one.length + wide * min(max(float(middle), 0.1), 0.9)
