"""What depends on frequency and age alone is computed once for each different pair of them.

Where ages hardly repeat, as with times to the second, it is computed at some ages for each number
of purchases, and a polynomial through those gives the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.grouping import levels

FEW = 200  # customers below which looking for equal ones costs more than it saves
NODES = 32  # ages at which a polynomial is exact
ROOM = 1e-11  # its last coefficients at most, as a share of the smallest value it stands for
BLOCK = 16_384  # customers at a time, so that what is at hand stays in the processor's cache


def different(columns: Sequence[Floats]) -> tuple[list[Floats], npt.NDArray[np.intp]]:
    """Return the different rows of columns, in order and by column, and the place of each row among them.

    As `np.unique` of rows, in a tenth of its time.
    """
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    new = np.ones(order.size, dtype=bool)
    new[1:] = np.any([column[1:] != column[:-1] for column in ordered], axis=0)
    place = np.empty(order.size, dtype=np.intp)
    place[order] = np.cumsum(new) - 1
    return [column[new] for column in ordered], place


def each_pair(compute: Callable[[Floats, Floats], Floats], x: Floats, age: Floats) -> Floats:
    """Return compute(x, age), called with every different pair of a whole x ≥ 0 and an age once.

    x, age: of one shape; compute: arrays of one dimension in, one of the same length out, smooth in
    the age. Where there are almost as many pairs as customers the values are within 1e-9 of it.
    """
    flat, ages = x.ravel(), age.ravel()
    if flat.size <= FEW:
        return np.asarray(compute(flat, ages)).reshape(x.shape)
    different, place = np.unique(ages, return_inverse=True)
    width = int(flat.max()) + 1
    if different.size > flat.size / 2 or different.size * width > 4 * flat.size:
        return _curves(compute, flat, ages).reshape(x.shape)
    cell = place * width + flat.astype(np.intp)
    there = np.zeros(different.size * width, dtype=bool)
    there[cell] = True
    filled = np.flatnonzero(there)
    values = np.zeros(there.size)
    values[filled] = compute((filled % width).astype(np.float64), different[filled // width])
    return np.asarray(values[cell]).reshape(x.shape)


def _curves(compute: Callable[[Floats, Floats], Floats], x: Floats, age: Floats) -> Floats:
    """Return compute(x, age) by Chebyshev's polynomials in log(c + age), one for each x.

    A polynomial whose last coefficients do not vanish is not used, nor one for fewer customers than
    it has nodes: theirs are computed one by one.
    """
    different, place = levels(x)
    often = np.bincount(place) > 2 * NODES
    if not np.any(often):
        return compute(x, age)
    shift = float(age.max()) / 100 or 1.0
    y = np.log(shift + age)
    low, high = np.full(different.size, np.inf), np.full(different.size, -np.inf)
    np.minimum.at(low, place, y)
    np.maximum.at(high, place, y)
    middle, half = (low + high) / 2, np.maximum(high - low, 1e-6) / 2
    angle = (np.arange(NODES) + 0.5) * np.pi / NODES
    at = np.exp(middle[often, None] + half[often, None] * np.cos(angle)) - shift
    values = compute(np.repeat(different[often], NODES), np.maximum(at, 0.0).ravel()).reshape(at.shape)
    coefficients = np.zeros((NODES, different.size))
    coefficients[:, often], good = _polynomials(values, angle)
    smooth = np.zeros(different.size, dtype=bool)
    smooth[often] = good
    out = np.empty(x.size)
    for begin in range(0, x.size, BLOCK):
        some = slice(begin, begin + BLOCK)
        here = place[some]
        out[some] = _evaluated(coefficients, here, (y[some] - middle[here]) / half[here])
    hard = np.flatnonzero(~smooth[place])
    out[hard] = compute(x[hard], age[hard])
    return out


def _polynomials(values: Floats, angle: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Chebyshev's coefficients of each row of values, and whether the last ones vanish."""
    turns = np.cos(np.arange(NODES)[:, None] * angle) * (2 / NODES)
    turns[0] /= 2
    coefficients = turns @ values.T
    rest = np.abs(coefficients[-4:]).max(axis=0)
    return coefficients, np.isfinite(rest) & (rest <= ROOM * np.abs(values).min(axis=1))


def _evaluated(coefficients: Floats, which: npt.NDArray[np.intp], at: Floats) -> Floats:
    """Each polynomial that is asked for at its place in −1…1, by Clenshaw's recurrence."""
    one, two = np.zeros(at.size), np.zeros(at.size)
    for row in coefficients[:0:-1]:
        one, two = row[which] + 2 * at * one - two, one
    return np.asarray(coefficients[0][which] + at * one - two)
