"""Between which ends the share lies that stays, where the likelihood of a BdW is no parabola.

Three parameters on a few periods are hardly told apart, so that the delta method is too narrow there: its
intervals of 95 % held 88 to 91 % of what 200 to 300 contracts do twelve periods on. Here a share has a
profile likelihood: the least and the most of it under all parameters that are likely enough (Meeker & Escobar
1995, The American Statistician 49(1)), limits too. Likely enough is looked for on a grid: the chance to
leave in the first period, how alike customers are, 1 / (α + β), and c; first a wide one, then one around what
that found.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.numeric.survival import log_survival

Values: TypeAlias = tuple[Floats, Floats, Floats]

POINTS = (17, 21, 25)  # of each axis: log odds, log of 1 / (α + β), log c
ROUNDS = 3
_FIRST = 6.0  # standard errors of the log odds to either side, to begin with
_ALIKE = np.log([1e-5, 1e4])  # so that customers are as good as alike, or leave at once or never
_POWER = np.log([0.05, 12.0])


def ends(
    left: Floats, stayed: Floats, top: float, t: Floats, confidence: float
) -> tuple[Floats, Floats] | None:
    """Return the least and most share that stays until each t, or nothing where the grid is too wide.

    left, stayed: as `contract.outcomes` has them; top: the highest log-likelihood that was found.
    """
    values, falls = _likely(left, stayed, top, confidence)
    if not falls.size:
        return None
    with np.errstate(divide="ignore"):
        place = np.log(-log_survival(values, t[None, :]))
    best = place[np.argmin(falls)]
    # Points lie a little within what is likely enough: they are moved to its edge, as a parabola has it
    reach = quantile(confidence) ** 2 / 2
    moved = np.sqrt(reach / np.maximum(falls, reach / 2))[:, None]
    place = best + (place - best) * np.where(falls[:, None] > reach / 2, moved, 1.0)
    return np.exp(-np.exp(place.max(axis=0))), np.exp(-np.exp(place.min(axis=0)))


def _likely(left: Floats, stayed: Floats, top: float, confidence: float) -> tuple[Values, Floats]:
    """The α, β and c, a column each, that are likely enough, and how much less likely than the best."""
    risk = float(left.sum() + stayed.sum())
    first = min(max(float(left[1]), 0.5) / risk, 1 - 0.5 / risk)
    middle, error = np.log(first / (1 - first)), 1 / np.sqrt(risk * first * (1 - first))
    box = np.array([(middle - _FIRST * error, middle + _FIRST * error), _ALIKE, _POWER])
    reach = quantile(confidence) ** 2 / 2
    kept, likelihoods = [np.zeros((3, 0))], [np.zeros(0)]
    for _ in range(ROUNDS):
        axes = [np.linspace(low, high, many) for (low, high), many in zip(box, POINTS, strict=True)]
        grid = np.stack([one.ravel() for one in np.meshgrid(*axes, indexing="ij")])
        likelihood = _log_likelihood(_values(grid), left, stayed)
        top = max(top, float(likelihood.max()))
        found = grid[:, likelihood >= top - reach]
        if not found.size:
            break
        kept.append(found)
        likelihoods.append(likelihood[likelihood >= top - reach])
        step = np.array([axis[1] - axis[0] for axis in axes])  # the edge lies within one
        box = np.clip(np.array([found.min(axis=1) - step, found.max(axis=1) + step]), *box.T).T
    grid, falls = np.concatenate(kept, axis=1), top - np.concatenate(likelihoods)
    return _values(grid[:, falls <= reach]), falls[falls <= reach]


def _values(grid: Floats) -> Values:
    """The parameters of points of the grid, a column each."""
    odds, alike, c = np.exp(grid)[:, :, None]
    return odds / (1 + odds) / alike, 1 / (1 + odds) / alike, c


def _log_likelihood(values: Values, left: Floats, stayed: Floats) -> Floats:
    """The log-likelihood of each point."""
    log_s = log_survival(values, np.arange(float(left.size))[None, :])
    with np.errstate(all="ignore"):
        log_leave = log_s[:, :-1] + np.log(-np.expm1(np.diff(log_s, axis=1)))
        gone = left[1:] > 0
        return np.nan_to_num(log_leave[:, gone] @ left[1:][gone] + log_s @ stayed, nan=-np.inf)
