"""The way down from a point where value and gradient are known: BFGS, with Moré and Thuente's line search.

Nocedal & Wright (2006), "Numerical Optimization", algorithm 6.1; Moré & Thuente (1994), "Line search
algorithms with guaranteed sufficient decrease", ACM Transactions on Mathematical Software 20(3). It goes
where scipy's `minimize` goes, step for step (a test), and gives up where that tries something else: loading
`scipy.optimize` takes longer than most searches.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats

Slope: TypeAlias = Callable[[Floats], tuple[float, Floats]]

_LESS, _FLATTER = 1e-4, 0.9  # what a step must win, and how much flatter its end must be
_NARROWEST = 1e-14  # relative width of a bracket in which nothing is left to find
_MOST_STEPS = 100  # in one direction


class _At(NamedTuple):
    """A length along a direction: the value there, and the slope in that direction."""

    length: float
    value: float
    slope: float

    def tilted(self, by: float) -> _At:
        """The same of the function less a slope times the length."""
        return _At(self.length, self.value - self.length * by, self.slope - by)


def descend(
    down: Slope, start: Floats, *, flat: float, steps: int, stops: Callable[[Floats], bool]
) -> Floats | None:
    """Return where `down` (value and gradient) is flat, or where `stops` says so.

    flat: the largest |gradient| of an end; steps: at most. None when the line search finds no way on.
    """
    here = start
    value, gradient = down(here)
    before = value + float(np.linalg.norm(gradient)) / 2  # a first guess that moves about 1
    unit = np.eye(here.size)
    inverse = unit
    for _ in range(steps):
        if not np.max(np.abs(gradient)) > flat:
            break
        direction = -np.dot(inverse, gradient)
        try:
            found = _along(down, here, direction, value, before, float(np.dot(gradient, direction)))
        except (ArithmeticError, ValueError):  # what has no length, or a cubic without a minimum
            return None
        if found is None:
            return None
        length, now, next_gradient = found
        step = length * direction
        here, before, value = here + step, value, now
        change = next_gradient - gradient
        gradient = next_gradient
        if stops(here) or not np.max(np.abs(gradient)) > flat or not np.isfinite(value):
            break
        bend = float(np.dot(change, step))
        scale = 1000.0 if bend == 0.0 else 1.0 / bend
        left = unit - step[:, None] * change[None, :] * scale
        right = unit - change[:, None] * step[None, :] * scale
        inverse = np.dot(left, np.dot(inverse, right)) + scale * step[:, None] * step[None, :]
    return here


def _along(
    down: Slope, here: Floats, direction: Floats, value: float, before: float, slope: float
) -> tuple[float, float, Floats] | None:
    """How far to go in a direction, with value and gradient there; None when no length is good enough.

    before: the value one step ago, from which the first length is guessed.
    """
    length = 1.0
    if slope != 0:
        length = min(1.0, 1.01 * 2 * (value - before) / slope)
        length = 1.0 if length < 0 else length
    if not 1e-100 <= length <= 1e100 or slope >= 0:
        return None
    wanted = _LESS * slope
    best = other = _At(0.0, value, slope)
    bracketed, first_stage = False, True
    least, most = 0.0, length + 4.0 * length
    width, width_before = 1e100 - 1e-100, (1e100 - 1e-100) / 0.5
    for _ in range(_MOST_STEPS - 1):
        now, gradient = down(here + length * direction)
        at = _At(length, float(now), float(np.dot(gradient, direction)))
        enough = value + length * wanted
        if first_stage and at.value <= enough and at.slope >= 0:
            first_stage = False
        if at.value <= enough and abs(at.slope) <= _FLATTER * -slope:
            return length, at.value, gradient
        if bracketed and (length <= least or length >= most or most - least <= _NARROWEST * most):
            return None
        # A slope is taken off while the value is lower than before, and not yet low enough
        tilt = wanted if first_stage and at.value <= best.value and at.value > enough else 0.0
        if tilt:
            length, best, other, bracketed = _next(
                best.tilted(tilt), other.tilted(tilt), at.tilted(tilt), bracketed, least, most
            )
            best, other = best.tilted(-tilt), other.tilted(-tilt)
        else:
            length, best, other, bracketed = _next(best, other, at, bracketed, least, most)
        if bracketed:
            if abs(other.length - best.length) >= 0.66 * width_before:
                length = best.length + 0.5 * (other.length - best.length)
            width_before, width = width, abs(other.length - best.length)
            least, most = sorted((best.length, other.length))
        else:
            least, most = (length + by * (length - best.length) for by in (1.1, 4.0))
        length = min(max(length, 1e-100), 1e100)
        if bracketed and (length <= least or length >= most or most - least <= _NARROWEST * most):
            length = best.length
        if not math.isfinite(length) or length in (1e-100, 1e100):
            return None
    return None


def _next(
    best: _At, other: _At, at: _At, bracketed: bool, least: float, most: float
) -> tuple[float, _At, _At, bool]:
    """The next length to try, by a curve through what is known, and the new bracket."""
    ahead = at.length - best.length
    if at.value > best.value:
        cubic = best.length + _share(best, at, -1 if ahead < 0 else 1, from_at=False) * ahead
        parabola = best.length + ((best.slope / ((best.value - at.value) / ahead + best.slope)) / 2.0) * ahead
        nearer = abs(cubic - best.length) <= abs(parabola - best.length)
        return (cubic if nearer else cubic + (parabola - cubic) / 2.0), best, at, True
    if min(at.slope, best.slope) < 0 < max(at.slope, best.slope):
        cubic = at.length + _share(best, at, -1 if ahead > 0 else 1) * -ahead
        secant = at.length + (at.slope / (at.slope - best.slope)) * -ahead
        farther = abs(cubic - at.length) > abs(secant - at.length)
        return (cubic if farther else secant), at, best, True
    if abs(at.slope) < abs(best.slope):
        return _flatter(best, other, at, bracketed, least, most), at, other, bracketed
    if bracketed:
        share = _share(other, at, -1 if at.length > other.length else 1)
        return at.length + share * (other.length - at.length), at, other, True
    return (most if ahead > 0 else least), at, other, False


def _flatter(best: _At, other: _At, at: _At, bracketed: bool, least: float, most: float) -> float:
    """The next length behind one that is lower and flatter than all before, in the same direction."""
    ahead = at.length - best.length
    theta, size = _theta(best, at)
    root = size * math.sqrt(max(0, (theta / size) ** 2 - (best.slope / size) * (at.slope / size)))
    root = -root if ahead > 0 else root
    share = ((root - at.slope) + theta) / ((root + (best.slope - at.slope)) + root)
    cubic = most if ahead > 0 else least
    if share < 0 and root != 0:
        cubic = at.length + share * -ahead
    secant = at.length + (at.slope / (at.slope - best.slope)) * -ahead
    from_cubic, from_secant = abs(cubic - at.length), abs(secant - at.length)
    if not bracketed:
        return min(max(cubic if from_cubic > from_secant else secant, least), most)
    length = cubic if from_cubic < from_secant else secant
    edge = at.length + 0.66 * (other.length - at.length)
    return min(edge, length) if ahead > 0 else max(edge, length)


def _theta(known: _At, at: _At) -> tuple[float, float]:
    """What the cubic through two places bends by, and a size to divide by against overflow."""
    theta = 3.0 * (known.value - at.value) / (at.length - known.length) + known.slope + at.slope
    return theta, max(abs(theta), abs(known.slope), abs(at.slope))


def _share(known: _At, at: _At, turn: int, *, from_at: bool = True) -> float:
    """Which share of the way from one place to the other the cubic through both has its minimum."""
    theta, size = _theta(known, at)
    root = turn * (size * math.sqrt((theta / size) ** 2 - (known.slope / size) * (at.slope / size)))
    begin, end = (at.slope, known.slope) if from_at else (known.slope, at.slope)
    return ((root - begin) + theta) / (((root - begin) + root) + end)
