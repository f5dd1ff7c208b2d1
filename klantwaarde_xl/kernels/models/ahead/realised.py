"""Between which ends a total falls that is still to be counted, of which mean and variance are known.

The number of purchases is taken to be negative binomial, the amount to be that number of gamma amounts (a
compound distribution, which may be nought), both with the mean and the variance that the models give:
exact moments, and a skewness near that of a sum over customers who differ.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.numeric.crossing import crossing

MANY = 200.0  # purchases from which on an amount is as good as gamma itself
_NEAR = 1e-12  # of an amount: so close to its end it is found
_SURE = 1e-9  # of a distribution, that is left out at either end


def counts(mean: Floats, variance: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the least and most to count with that confidence, whole; arrays of one dimension, ≥ 0."""
    least = np.maximum(variance, mean * (1 + 1e-6))  # counts vary at least as Poisson's
    tail = (1 - confidence) / 2
    top = mean + 60 * np.sqrt(least) + 60
    low = _smallest(lambda counted: _at_most(mean, least, counted) > tail, top)
    high = _smallest(lambda counted: _at_most(mean, least, counted) >= 1 - tail, top)
    return np.where(mean > 0, low, 0.0), np.where(mean > 0, high, 0.0)


def amounts(
    mean_count: Floats, variance_count: Floats, mean: Floats, variance: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Return the least and most amount with that confidence, ≥ 0; of one dimension.

    mean, variance: of the amount; those of the count say how likely it is that there is none.
    """
    tail = (1 - confidence) / 2
    ends = [
        _amount(float(many), float(vary), float(one), float(other), tail)
        for many, vary, one, other in zip(mean_count, variance_count, mean, variance, strict=True)
    ]
    lower, upper = zip(*ends, strict=True)
    return np.array(lower), np.array(upper)


def _amount(
    mean_count: float, variance_count: float, mean: float, variance: float, tail: float
) -> tuple[float, float]:
    """The ends of one amount."""
    from scipy.special import gammainc, gammaincinv

    if not mean > 0:
        return (0.0, 0.0) if mean == 0 else (np.nan, np.nan)
    if mean_count > MANY:
        shape = mean**2 / variance
        low, high = gammaincinv(shape, [tail, 1 - tail]) * mean / shape
        return float(low), float(high)
    each = mean / mean_count
    spread = max((variance - variance_count * each**2) / mean_count, 1e-6 * each**2)  # of one amount
    shape = each**2 / spread
    count_variance = max(variance_count, mean_count * (1 + 1e-6))
    _, most = counts(np.array([mean_count]), np.array([count_variance]), 1 - 2 * _SURE)
    number = np.arange(float(most[0]) + 2)
    chance = np.diff(_at_most(np.array(mean_count), np.array(count_variance), number), prepend=0.0)
    chance[-1] += 1 - chance.sum()  # what lies beyond
    number, chance, none = number[1:], chance[1:], chance[0]

    def short_of(amount: float, wanted: float) -> float:
        """How much less likely it is to stay under that amount than it should be."""
        return float(none + gammainc(shape * number, shape * amount / each) @ chance) - wanted

    # By Cantelli's inequality at most a tail lies beyond so many of its own standard deviations
    most = mean + np.sqrt((mean_count * spread + count_variance * each**2) / tail)

    def end(wanted: float) -> float:
        if wanted <= none:
            return 0.0
        asked = np.zeros(1), np.array([most]), _NEAR * mean
        return float(crossing(lambda at, _: np.array([short_of(at[0], wanted)]), *asked)[0])

    return end(tail), end(1 - tail)


def _at_most(mean: Floats, variance: Floats, counted: Floats) -> Floats:
    """The chance to count no more than that, negative binomial."""
    from scipy.special import betainc

    there = mean > 0  # of nothing the rest is made of something
    some, spread = np.where(there, mean, 1.0), np.where(there, variance, 2.0)
    size = some**2 / (spread - some)
    return np.where(counted >= 0, betainc(size, np.maximum(counted, 0.0) + 1, some / spread), 0.0)


def _smallest(holds: Callable[[Floats], npt.NDArray[np.bool_]], top: Floats) -> Floats:
    """The smallest whole number ≥ 0 for which something holds that holds from there on."""
    low, high = np.full(top.size, -1.0), np.ceil(top)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        there = holds(middle) & (middle >= 0)
        high, low = np.where(there, middle, high), np.where(there, low, middle)
    return high
