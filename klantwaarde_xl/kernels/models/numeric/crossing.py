"""Where many rising functions cross zero, all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats

Rows: TypeAlias = npt.NDArray[np.intp]
_MOST = 200  # steps: halving alone would do with as many


def crossing(function: Callable[[Floats, Rows], Floats], low: Floats, high: Floats, near: float) -> Floats:
    """Return for each element a place within `near` of where its function crosses zero, between low and high.

    function: of places and of the elements that they are of, not falling; it is asked only about elements
    that are not found yet. Where it is not below zero at low, that is the place; where it never gets there,
    high.
    Chandrupatla (1997), "A new hybrid quadratic/bisection algorithm", Advances in Engineering Software 28.
    """
    every = np.arange(low.size)
    below, above = function(low, every), function(high, every)
    found = np.where(below >= 0, low, high)
    rows = every[(below < 0) & (above > 0)]
    a, fa, b, fb = high[rows], above[rows], low[rows], below[rows]
    part = np.full(rows.size, 0.5)
    for _ in range(_MOST):
        if not rows.size:
            break
        place = a + part * (b - a)
        value = function(place, rows)
        same = (value >= 0) == (fa >= 0)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = place, value
        share = near / np.maximum(np.abs(b - a), near / 2)
        done = (share >= 0.5) | (fa == 0)
        found[rows[done]] = np.where(np.abs(fa) < np.abs(fb), a, b)[done]
        left = ~done
        rows, share = rows[left], share[left]
        a, fa, b, fb, c, fc = (one[left] for one in (a, fa, b, fb, c, fc))
        part = _next(a, fa, b, fb, c, fc, share)
    found[rows] = a
    return found


def _next(a: Floats, fa: Floats, b: Floats, fb: Floats, c: Floats, fc: Floats, share: Floats) -> Floats:
    """Which part of the way from a to b to look at: by a parabola through the three, or halfway."""
    with np.errstate(all="ignore"):
        xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
        fits = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
        bowed = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    return np.clip(np.where(fits & np.isfinite(bowed), bowed, 0.5), share, 1 - share)
