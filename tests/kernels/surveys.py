"""Surveys to try intervals on: shapes of answers as they come, drawn one after another."""

import numpy as np

# Shares of the answers from the lowest to the highest, of a scale of five: split, mild, glad, delighted, cross
SHAPES = (
    (0.30, 0.15, 0.10, 0.15, 0.30),
    (0.10, 0.20, 0.40, 0.20, 0.10),
    (0.02, 0.05, 0.13, 0.45, 0.35),
    (0.03, 0.02, 0.05, 0.20, 0.70),
    (0.35, 0.30, 0.20, 0.10, 0.05),
)
SIZES = (12, 30, 100)


def drawn(shares, answers, times, seed):
    """So many surveys, a row each, of answers from one on."""
    draw = np.random.default_rng(seed)
    return draw.choice(np.arange(1.0, len(shares) + 1), size=(times, answers), p=shares)


def drawn_twice(shares, together, answers, times, seed):
    """So many surveys of the same customers in two waves, by a normal copula with that correlation."""
    draw = np.random.default_rng(seed)
    first, other = draw.standard_normal((2, times, answers))
    ends = np.quantile(draw.standard_normal(200_000), np.cumsum(shares)[:-1])
    second = together * first + np.sqrt(1 - together**2) * other
    return tuple(1.0 + np.searchsorted(ends, one) for one in (first, second))
