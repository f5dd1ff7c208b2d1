"""What depends on frequency and age alone is computed once for each different pair of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats

FEW = 200  # customers below which looking for equal ones costs more than it saves


def each_pair(compute: Callable[[Floats, Floats], Floats], x: Floats, age: Floats) -> Floats:
    """Return compute(x, age), called with every different pair of a whole x ≥ 0 and an age once.

    x, age: of one shape; compute: arrays of one dimension in, one of the same length out.
    """
    flat, ages = x.ravel(), age.ravel()
    if flat.size <= FEW:
        return np.asarray(compute(flat, ages)).reshape(x.shape)
    different, place = np.unique(ages, return_inverse=True)
    width = int(flat.max()) + 1
    if different.size > flat.size / 2 or different.size * width > 4 * flat.size:
        return np.asarray(compute(flat, ages)).reshape(x.shape)
    cell = place * width + flat.astype(np.intp)
    there = np.zeros(different.size * width, dtype=bool)
    there[cell] = True
    filled = np.flatnonzero(there)
    values = np.zeros(there.size)
    values[filled] = compute((filled % width).astype(np.float64), different[filled // width])
    return np.asarray(values[cell]).reshape(x.shape)
