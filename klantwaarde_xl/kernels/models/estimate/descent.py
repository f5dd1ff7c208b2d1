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
        except ArithmeticError:
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
    """The next length to try, by a cubic or a parabola through what is known, and the new bracket."""
    crossed = at.slope * math.copysign(1.0, best.slope) < 0
    between = best.length - at.length
    if at.value > best.value:
        cubic = best.length + _share(best, at, -1 if at.length < best.length else 1) * -between
        bend = best.slope / ((best.value - at.value) / -between + best.slope)
        parabola = best.length + bend / 2.0 * -between
        nearer = abs(cubic - best.length) <= abs(parabola - best.length)
        length = cubic if nearer else cubic + (parabola - cubic) / 2.0
        return length, best, at, True
    secant = at.length + (at.slope / (at.slope - best.slope)) * between if at.slope != best.slope else None
    turned = -1 if at.length > best.length else 1
    if crossed:
        cubic = at.length + _share(at, best, turned) * between
        assert secant is not None
        farther = abs(cubic - at.length) > abs(secant - at.length)
        return (cubic if farther else secant), at, best, True
    if abs(at.slope) < abs(best.slope):
        assert secant is not None
        share, root = _share_or_root(best, at, turned)
        if share < 0 and root != 0:
            cubic = at.length + share * between
        else:
            cubic = most if at.length > best.length else least
        nearer = abs(cubic - at.length) < abs(secant - at.length)
        farther = abs(cubic - at.length) > abs(secant - at.length)
        length = cubic if (nearer if bracketed else farther) else secant
        if bracketed:
            edge = at.length + 0.66 * (other.length - at.length)
            length = min(edge, length) if at.length > best.length else max(edge, length)
        else:
            length = min(max(length, least), most)
        return length, at, other, bracketed
    if bracketed:
        length = at.length + _share(at, other, -1 if at.length > other.length else 1) * (
            other.length - at.length
        )
    else:
        length = most if at.length > best.length else least
    return length, at, other, bracketed
