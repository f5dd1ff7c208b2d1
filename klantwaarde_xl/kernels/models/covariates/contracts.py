"""The effects of characteristics on how soon customers with a contract leave.

As the characteristics of buying (Fader & Hardie 2007, "Incorporating time-invariant covariates into the
Pareto/NBD and BG/NBD models"): a characteristic multiplies the mean odds of leaving at the first renewal,
α / β of the sBG, by a factor. Where the sBG without characteristics is at a limit, the limit has them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.contractlimits import NOBODY_LEAVES, Values, values_in
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.estimate.search import Fit, Surface, converged, maximise
from klantwaarde_xl.kernels.models.numeric.survival import log_survival
from klantwaarde_xl.refusals import contracts as refused

# Of the logs of the factors, where the likelihood alone has no best values: as in `covariates.estimate`
_PRIOR = 1.5


class Explained(NamedTuple):
    """The sBG, or a limit of it, with factors; plain: without; own: how many parameters are its own.

    fit: its own parameters, of contracts whose characteristics are all nought, and behind these the factors.
    """

    plain: Fit
    fit: Fit
    own: int

    def values_of(self, kind: Floats, point: Floats) -> Values:
        """Return α, β and c of contracts with these characteristics, by parameters as in the fit."""
        return _moved(values_in(self.plain, point[: self.own]), float(kind @ np.log(point[self.own :])))


class Effects(NamedTuple):
    """One row a kind: times the odds of leaving of the measure, and the share that renews the first time."""

    leaving: Floats
    lower: Floats
    upper: Floats
    renewing: Floats


def estimate(plain: Fit, seen: Floats, left: Floats, characteristics: Floats) -> Explained:
    """Fit the sBG with characteristics, by maximum likelihood.

    plain: the sBG of these contracts, or its limit; seen, left: as in `spells.Spells`; characteristics: a row
    a contract, finite. Where nobody left, or plain did not converge, `NotAvailable`; for a column that is the
    same for all, or follows from others, `OutOfRange`.
    """
    converged(plain)
    if plain.model == NOBODY_LEAVES.title:
        raise refused.NOBODY_LEFT()
    columns = np.asarray(characteristics, dtype=np.float64).reshape(np.size(seen), -1)
    middle = columns.mean(axis=0)
    if np.linalg.matrix_rank(columns - middle) < columns.shape[1]:
        raise refused.SAME_FOR_ALL()
    own = len(plain.params)
    gone = np.asarray(left) > 0
    rows, counts = np.unique(
        np.column_stack([columns, np.where(gone, left, seen), gone]), axis=0, return_counts=True
    )
    kinds, when, who_left = rows[:, :-2], rows[:, -2], rows[:, -1] > 0
    total = float(counts.sum())

    def mean(theta: Floats, spread: float) -> float:
        alpha, beta, _ = values_in(plain, np.exp(theta[:own]))
        each = _log_chances(alpha * np.exp((kinds - middle) @ theta[own:]), beta, when, who_left)
        return float(counts @ each / total - np.sum(theta[own:] ** 2) / (2 * spread**2 * total))

    names = (*plain.params, *(f"factor {at + 1}" for at in range(columns.shape[1])))
    start = [*plain.params.values(), *[1.0] * columns.shape[1]]
    found = plain
    for spread in (np.inf, _PRIOR):
        surface = Surface(lambda theta, spread=spread: mean(theta, spread))  # type: ignore[misc]
        found = maximise(plain.model, names, surface, total, [start])
        if found.converged:
            break
    return Explained(plain, _of_nought(converged(found), own, middle), own)


def effects_of(explained: Explained, kinds: Floats, measure: Floats, confidence: float) -> Effects:
    """Return what is said of kinds of contracts, a row of characteristics each, beside the measure's."""
    fit, own = explained.fit, explained.own
    point = np.array([*fit.params.values()])
    covariance = fit.covariance / np.outer(point, point)
    apart = kinds - measure
    factor = np.exp(apart @ np.log(point[own:]))
    wide = np.sqrt(np.sum((apart @ covariance[own:, own:]) * apart, axis=1))
    reach = np.exp(quantile(confidence) * wide)
    values = [explained.values_of(kind, point) for kind in kinds]
    renewing = np.array([beta / (alpha + beta) for alpha, beta, _ in values])
    return Effects(factor, factor / reach, factor * reach, renewing)


def _moved(values: Values, log_factor: float) -> Values:
    alpha, beta, c = values
    return float(alpha * np.exp(log_factor)), beta, c


def _log_chances(alpha: Floats, beta: float, when: Floats, who_left: npt.NDArray[np.bool_]) -> Floats:
    """The log of the chance to leave in a period, or to be there after so many, of each."""
    values = alpha, np.full(alpha.size, beta), np.ones(alpha.size)
    stays, before = log_survival(values, when), log_survival(values, np.maximum(when - 1, 0))
    with np.errstate(divide="ignore"):
        leaves = before + np.log(-np.expm1(stays - before))
    return np.asarray(np.where(who_left, leaves, stays))


def _of_nought(fit: Fit, own: int, middle: Floats) -> Fit:
    """The fit with parameters of contracts whose characteristics are nought, instead of in the middle."""
    values = np.array([*fit.params.values()])
    turn = np.eye(values.size)
    turn[0, own:] = -middle  # α, or the odds of a limit
    at_nought = np.exp(turn @ np.log(values))
    covariance = turn @ (fit.covariance / np.outer(values, values)) @ turn.T
    covariance = covariance * np.outer(at_nought, at_nought)
    names = [*fit.params]
    return Fit(
        fit.model,
        dict(zip(names, at_nought.tolist(), strict=True)),
        dict(zip(names, np.sqrt(np.diag(covariance)).tolist(), strict=True)),
        covariance,
        fit.loglik,
        fit.n,
        True,
    )
