"""One unknown number: where a function is nought, and where it is lowest, between two ends.

Brent (1973), "Algorithms for Minimization without Derivatives", chapters 4 and 5. They go where scipy's
`brentq` and `minimize_scalar(method="bounded")` go, step for step (a test): loading `scipy.optimize` takes
longer than all they do.
"""

from __future__ import annotations

import math
from collections.abc import Callable

_FINEST = 4 * 2.0**-52  # relative; nearer no double is to be told from the next
_MOST_ROOT, _MOST_LOWEST = 100, 500  # steps
_ROUGH = 1e-5  # of the place of a minimum, around which the function is flat
_GOLDEN = 0.5 * (3.0 - math.sqrt(5.0))
_SQRT_EPS = math.sqrt(2.2e-16)


def root(
    function: Callable[[float], float], low: float, high: float, *, near: float, share: float = _FINEST
) -> float:
    """Return where a function is nought between two ends at which it has opposite signs.

    near, share: how far off it may be, and as a share of itself. Raises ValueError for ends with the same
    sign, or when it is not found in a hundred steps.
    """
    before, now = float(low), float(high)
    f_before, f_now = function(before), function(now)
    if f_before == 0 or f_now == 0:
        return before if f_before == 0 else now
    if (f_before > 0) == (f_now > 0):
        raise ValueError("the ends have the same sign")
    across = f_across = step_before = step = 0.0
    for _ in range(_MOST_ROOT):
        if f_before != 0 and f_now != 0 and (f_before > 0) != (f_now > 0):
            across, f_across = before, f_before
            step_before = step = now - before
        if abs(f_across) < abs(f_now):
            before, now, across = now, across, now
            f_before, f_now, f_across = f_now, f_across, f_now
        least, half = (near + share * abs(now)) / 2, (across - now) / 2
        if f_now == 0 or abs(half) < least:
            return now
        tried = math.inf
        if abs(step_before) > least and abs(f_now) < abs(f_before):
            if before == across:
                tried = -f_now * (now - before) / (f_now - f_before)
            else:
                slope = (f_before - f_now) / (before - now)
                other = (f_across - f_now) / (across - now)
                tried = -f_now * (f_across * other - f_before * slope)
                tried /= other * slope * (f_across - f_before)
        if 2 * abs(tried) < min(abs(step_before), 3 * abs(half) - least):
            step_before, step = step, tried
        else:
            step_before = step = half
        before, f_before = now, f_now
        now += step if abs(step) > least else math.copysign(least, half)
        f_now = function(now)
    raise ValueError("no root in a hundred steps")


def lowest(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one valley between two ends is lowest, to five decimals."""
    left, right = float(low), float(high)
    best = second = third = left + _GOLDEN * (right - left)
    f_best = f_second = f_third = function(best)
    step = step_before = 0.0
    for _ in range(_MOST_LOWEST - 1):
        middle, near = 0.5 * (left + right), _SQRT_EPS * abs(best) + _ROUGH / 3.0
        if not abs(best - middle) > 2.0 * near - 0.5 * (right - left):
            break
        golden = True
        if abs(step_before) > near:
            by_third, by_second = (best - second) * (f_best - f_third), (best - third) * (f_best - f_second)
            over = (best - third) * by_second - (best - second) * by_third
            under = 2.0 * (by_second - by_third)
            over, under = (-over if under > 0.0 else over), abs(under)
            last, step_before = step_before, step
            if abs(over) < abs(0.5 * under * last) and under * (left - best) < over < under * (right - best):
                golden, step = False, over / under
                place = best + step
                if place - left < 2.0 * near or right - place < 2.0 * near:
                    step = math.copysign(near, middle - best)
        if golden:
            step_before = (left if best >= middle else right) - best
            step = _GOLDEN * step_before
        place = best + math.copysign(max(abs(step), near), step)
        value = function(place)
        if value <= f_best:
            left, right = (best, right) if place >= best else (left, best)
            third, f_third, second, f_second = second, f_second, best, f_best
            best, f_best = place, value
            continue
        left, right = (place, right) if place < best else (left, place)
        if value <= f_second or second == best:
            third, f_third, second, f_second = second, f_second, place, value
        elif value <= f_third or third in (best, second):
            third, f_third = place, value
    return best
