"""Gauss and Legendre's rule, of which the places cost more than what is summed over them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats


@lru_cache(maxsize=64)
def gauss_legendre(nodes: int) -> tuple[Floats, Floats]:
    """Return places in (0, 1) and weights that add up to 1; nodes: how many, 1 and up.

    The arrays are everybody's and cannot be written to. Source: Abramowitz & Stegun (1964), 25.4.29.
    """
    place, weight = np.polynomial.legendre.leggauss(nodes)
    found = (place + 1) / 2, weight / 2
    for one in found:
        one.flags.writeable = False
    return found
