"""What customers spend where the Gamma-Gamma has no best values: its limits, models of their own.

q, v → ∞: all customers spend the same on average, and only purchases vary; p → ∞: each customer spends
the same each time, and only customers vary; both: everything costs one amount. Derived from Fader &
Hardie (2013), "The Gamma-Gamma model of monetary value" (note 025).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.search import (
    FARTHEST,
    Fit,
    Params,
    Surface,
    maximise,
    rescaled,
    values_of,
)
from klantwaarde_xl.kernels.models.numeric.crossing import crossing

NA = CellError.NA.nan
MOST = FARTHEST + 2  # of a logarithm: farther than a search goes
MEAN = "mean"  # the parameter that is the mean spend of all customers


@dataclass(frozen=True)
class SpendLimit:
    """A limit of the Gamma-Gamma.

    title: the `model` of its fits; expected: (params, x, z) → spend per purchase, z ignored where x is 0.
    """

    title: str
    names: tuple[str, ...]
    is_money: tuple[bool, ...]
    surface: Callable[[Floats, Floats, Floats], Surface]
    best: Callable[[Floats, Floats, Floats], tuple[float, float]]
    expected: Callable[[tuple[float, ...], Floats, Floats], Floats]

    def fit(self, x: Floats, z: Floats, share: Floats, n: float) -> Fit:
        """Find the parameters; z: in its own geometric mean; share: of the customers, 1 together.

        The best ones follow from one equation in the shape, so that the search begins at its end: on a
        ridge, which is what nearly equal amounts make of it, how far it comes depends on the last digits.
        """
        with np.errstate(all="ignore"):
            surface, best = self.surface(x, z, share), self.best(x, z, share)
        return maximise(self.title, self.names, surface, n, [best])


def _one_mean_surface(x: Floats, z: Floats, share: Floats) -> Surface:
    """Z is gamma(p x, p x / mean)."""
    counts, place = np.unique(x, return_inverse=True)
    per_count = np.bincount(place, weights=share)
    constant = float(share @ np.log(z))
    log_sum, total, number = share @ (x * np.log(z)), share @ (x * z), share @ x

    def both(theta: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        p, mean = np.exp(theta)
        shape = p * counts
        rest = log_sum - number * theta[1] - total / mean
        value = per_count @ (shape * np.log(shape) - gammaln(shape)) + p * rest - constant
        slope = p * (per_count @ (counts * (np.log(shape) + 1 - digamma(shape))) + rest)
        return float(value), np.array([slope, p * (total / mean - number)])

    return Surface(lambda theta: both(theta)[0], both)


def _own_mean_surface(_: Floats, z: Floats, share: Floats) -> Surface:
    """1 / z is gamma(q, u), the same for all numbers of purchases."""
    log_sum, inverse = share @ np.log(z), share @ (1 / z)

    def both(theta: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        q, u = np.exp(theta)
        value = q * theta[1] - gammaln(q) - (q + 1) * log_sum - u * inverse
        return float(value), np.array([q * (theta[1] - digamma(q) - log_sum), q - u * inverse])

    return Surface(lambda theta: both(theta)[0], both)


def _one_mean_best(x: Floats, z: Floats, share: Floats) -> tuple[float, float]:
    mean = float(share @ (x * z) / (share @ x))
    return _shape(x, share, float(share @ (x * np.log(mean / z)))), mean


def _own_mean_best(_: Floats, z: Floats, share: Floats) -> tuple[float, float]:
    inverse = float(share @ (1 / z))
    q = _shape(np.ones(z.size), share, float(share @ np.log(inverse * z)))
    return q, q / inverse


def _shape(counts: Floats, share: Floats, spread: float) -> float:
    """Solve share · counts (ln(p counts) - ψ(p counts)) = spread, whose left side falls from ∞ to 0 in p."""
    from scipy.special import digamma

    each, place = np.unique(counts, return_inverse=True)
    weight = np.bincount(place, weights=share) * each

    def over(log_p: float) -> float:
        shape = np.exp(log_p) * each
        return float(weight @ (np.log(shape) - digamma(shape))) - spread

    if not over(-MOST) > 0:  # amounts beyond any shop's, or so far apart that there is no figure
        return float(np.exp(-MOST))
    if over(MOST) >= 0:
        return float(np.exp(MOST))
    ends = np.array([-MOST]), np.array([MOST])
    return float(np.exp(crossing(lambda at, _: np.array([-over(at[0])]), *ends, 1e-14)[0]))


ONE_MEAN = SpendLimit(
    title="Gamma, one mean",
    names=("p", MEAN),
    is_money=(False, True),
    surface=_one_mean_surface,
    best=_one_mean_best,
    expected=lambda params, x, _: np.full(x.shape, params[1]),
)
OWN_MEAN = SpendLimit(
    title="Gamma, own mean",
    names=("q", "u"),
    is_money=(False, True),
    surface=_own_mean_surface,
    best=_own_mean_best,
    expected=lambda params, x, z: np.where(
        x > 0, z, params[1] / (params[0] - 1) if params[0] > 1 else np.nan
    ),
)
ONE_AMOUNT = "one amount"
LIMITS = {limit.title: limit for limit in (ONE_MEAN, OWN_MEAN)}


def one_amount(amount: float, n: float) -> Fit:
    """Return the fit of customers who all spend one amount per purchase; nothing of it is uncertain."""
    return Fit(ONE_AMOUNT, {MEAN: amount}, {MEAN: 0.0}, np.zeros((1, 1)), NA, round(n), True)


def likeliest(x: Floats, z: Floats, weight: Floats, unit: float) -> Fit | None:
    """Return the likeliest limit with an optimum of its own for customers with repeat purchases.

    x: purchases; z: spend in the unit; weight: customers. The fit is in the currency.
    """
    n = float(weight.sum())
    fits = [
        rescaled(
            limit.fit(x, z, weight / n, n),
            [unit if money else 1.0 for money in limit.is_money],
            -n * float(np.log(unit)),
        )
        for limit in LIMITS.values()
    ]
    there = [fit for fit in fits if fit.converged]
    return max(there, key=lambda fit: fit.loglik) if there else None


def expected_in_limit(title: str, params: Params, x: Floats, z: Floats) -> Floats:
    """Return the expected spend per purchase in the limit of that title; z is ignored where x is 0."""
    if title == ONE_AMOUNT:
        return np.full(x.shape, float(values_of(params, (MEAN,))[0]))
    limit = LIMITS[title]
    return limit.expected(values_of(params, limit.names), x, z)
