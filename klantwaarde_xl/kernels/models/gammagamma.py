"""What customers spend per purchase: the Gamma-Gamma model.

A customer's purchases vary around the customer's own mean with gamma shape p; those means differ
between customers so that the population's mean is p v / (q − 1). Spend and frequency are taken to
be independent. Sources: Fader, Hardie & Lee 2005, "RFM and CLV"; Fader & Hardie 2013, "The
Gamma-Gamma model of monetary value" (note 025).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers, elementwise, flag
from klantwaarde_xl.kernels.models import spendlimits
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.figures import Follows
from klantwaarde_xl.kernels.models.estimate.grouping import (
    ROUGH_ROWS,
    alike_spenders,
    refuse_rows,
    weights_of,
)
from klantwaarde_xl.kernels.models.estimate.search import (
    Fit,
    Params,
    Surface,
    failed,
    maximise,
    rescaled,
    values_of,
)
from klantwaarde_xl.kernels.models.numeric.special import log_rise
from klantwaarde_xl.refusals import models as refused
from klantwaarde_xl.refusals.models import OfRows

MODEL = "Gamma-Gamma"
NAMES = ("p", "q", "v")
STARTS = ((4, 4, 3), (1, 2, 1), (10, 10, 10), (2, 30, 15))  # v in the geometric mean of the spend

CLEARLY = 0.5  # of a log-likelihood, by which a limit must pass a top within, to be the answer


def _mean(at: Mapping[str, float]) -> float:
    """The mean spend of all customers; NaN where there is none."""
    if spendlimits.MEAN in at:
        return at[spendlimits.MEAN]
    above = at["u"] if "u" in at else at["p"] * at["v"]
    return above / (at["q"] - 1) if at["q"] > 1 else np.nan


MEAN = Follows("mean", _mean)

# Rules of thumb for the independence check, ours: a correlation is a warning when it is too large
# to be chance and large enough to matter. CDNOW's repeat buyers have 0.11.
CHANCE = 1.96  # standard errors of Fisher's z
HARMFUL = 0.15
FEWEST = 10  # customers, for a judgement


class Tie(IntEnum):
    """What a correlation between frequency and spend says of the model, which assumes that there is none."""

    TOO_FEW = 0  # customers to say anything
    UNSURE = 1  # it is large, but may be chance
    LOOSE = 2  # it is too small to matter
    TIED = 3  # the model does not hold


class Independence(NamedTuple):
    """Whether frequency and spend go together."""

    correlation: float
    n: int
    tie: Tie

    @property
    def warns(self) -> bool:
        """Whether the model is not shown to hold."""
        return self.tie in (Tie.TOO_FEW, Tie.TIED)


def fit(frequency: Numbers, mean_spend: Numbers, weights: Numbers | None = None) -> Fit:
    """Estimate p, q, v by maximum likelihood from each customer's mean spend per purchase.

    frequency: whole ≥ 0, how many purchases the mean is of, the same as in the model of buying
    (without the first); customers with 0 are left out; mean_spend: currency > 0 where frequency
    > 0; weights: customers per row, ≥ 0; all of one length. Returns a `Fit` (v in the currency).
    Impossible rows raise `OutOfRange`; too few customers are a fit that did not converge; where the
    parameters run away it is the fit of a limit (`spendlimits`). Source: Fader & Hardie 2013.
    """
    x, z, weight = _buyers(frequency, mean_spend, weights)
    n = float(weight.sum())
    if n < len(NAMES):
        why = refused.TOO_FEW_SPENDERS(customers=n, least=len(NAMES))
        return failed(MODEL, NAMES, round(n), why)
    if np.ptp(z) <= 1e-9 * np.max(z):
        return spendlimits.one_amount(float(np.mean(z)), n)
    everybody = x, z, weight
    x, z, weight = alike_spenders(x, z, weight)
    unit = float(np.exp(weight @ np.log(z) / n))  # money in its own geometric mean during the search
    every = -(-x.size // ROUGH_ROWS)
    rough = _surface(x[::every], z[::every] / unit, weight[::every]) if every > 1 else None
    edge = spendlimits.likeliest(x, z / unit, weight, unit)
    shift = n * float(np.log(unit))
    least = -np.inf if edge is None else (edge.loglik + shift) / n
    found = maximise(MODEL, NAMES, _surface(x, z / unit, weight), n, STARTS, rough, least)
    found = rescaled(found, (1.0, 1.0, unit), -shift)
    if edge is not None and not found.loglik >= edge.loglik - CLEARLY:
        return edge
    if everybody[0] is x or not found.converged:
        return found
    return replace(found, loglik=log_likelihood(found.params, *everybody))  # of all as they are


def fitted(frequency: Floats, mean_spend: Floats, weights: Floats | None = None) -> Fit:
    """Fit the model, once for the same customers. Arguments and errors as `fit`."""
    columns = [frequency, mean_spend] if weights is None else [frequency, mean_spend, weights]
    return remembered(MODEL, columns, fit)


def log_likelihood(
    params: Params, frequency: Numbers, mean_spend: Numbers, weights: Numbers | None = None
) -> float:
    """Return the log-likelihood of these customers, natural logarithm (Fader & Hardie 2013).

    params: p, q, v > 0; the others and errors as `fit`.
    """
    x, z, weight = _buyers(frequency, mean_spend, weights)
    values = np.array(values_of(params, NAMES))
    return _surface(x, z, weight).value(np.log(values)) * float(weight.sum()) if x.size else 0.0


def of_each(params: Floats, frequency: Floats, mean_spend: Floats) -> Floats:
    """Return the log-likelihood of each customer, but for what does not depend on p, q, v.

    frequency: 0 for who says nothing, whose logarithm is 0.
    """
    from scipy.special import gammaln

    p, q, v = params
    buys = frequency > 0
    x, z = np.where(buys, frequency, 1.0), np.where(buys, mean_spend, 1.0)
    total = x * z
    found = log_rise(p * x, q) - gammaln(q) - p * x * np.log1p(v / total) - q * np.log1p(total / v)
    return np.asarray(np.where(buys, found, 0.0))


def conditional_mean_spend(params: Params, frequency: Numbers, mean_spend: Numbers) -> Any:
    """Expected mean spend per purchase of a customer: p (v + x z) / (p x + q − 1).

    params: p, q, v > 0; frequency: whole ≥ 0; mean_spend: currency > 0, ignored where frequency
    is 0; broadcast. A weighted average of the customer's own mean and the population's. Where
    p x + q ≤ 1 there is no mean: `OutOfRange`, in words. Source: Fader & Hardie 2013.
    """
    p, q, v = values_of(params, NAMES)
    x, z = _possible(frequency, mean_spend)
    if np.any(p * x + q <= 1):
        raise refused.no_mean(q)
    return expected_spend(x, z, p, q, v)


@elementwise
def expected_spend(frequency: Element, mean_spend: Element, p: Element, q: Element, v: Element) -> Floats:
    """Expected mean spend per purchase of a customer, element by element.

    frequency: whole ≥ 0, purchases after the first; mean_spend: currency > 0 of those, ignored
    where there are none; p, q, v: > 0, v in the currency. Impossible numbers are #NUM!, and so is
    p x + q ≤ 1, where there is no mean. Source: Fader & Hardie 2013, p (v + x z) / (p x + q − 1).
    """
    bought = frequency > 0
    impossible = ~((p > 0) & (q > 0) & (v > 0) & (frequency >= 0) & (frequency == np.floor(frequency)))
    unpaid = bought & ~(mean_spend > 0)
    spent = frequency * np.where(bought, mean_spend, 0.0)
    mean = p * (v + spent) / (p * frequency + q - 1)
    return flag(mean, (CellError.NUM, impossible | unpaid), (CellError.NUM, p * frequency + q <= 1))


def population_mean(params: Params) -> float:
    """Expected mean spend per purchase over all customers: p v / (q − 1).

    params: p, q, v > 0. With q ≤ 1 there is no mean: `OutOfRange`, in words.
    Source: Fader & Hardie 2013.
    """
    p, q, v = values_of(params, NAMES)
    if q <= 1:
        raise refused.no_mean(q)
    return p * v / (q - 1)


def independence(frequency: Numbers, mean_spend: Numbers, weights: Numbers | None = None) -> Independence:
    """Check the model's assumption that who buys more often does not spend more, or less, each time.

    Arguments and errors as `fit`. Returns the correlation −1…1 over customers with a purchase (0
    where all are equal), their number, and what it says. Source of the check: Fader & Hardie 2013.
    """
    x, z, weight = _buyers(frequency, mean_spend, weights)
    n = float(weight.sum())
    r = _correlation(x, z, weight)
    if n < FEWEST:
        return Independence(r, round(n), Tie.TOO_FEW)
    if abs(r) < HARMFUL:
        return Independence(r, round(n), Tie.LOOSE)
    by_chance = abs(np.arctanh(np.clip(r, -0.999999, 0.999999))) * np.sqrt(n - 3) <= CHANCE
    return Independence(r, round(n), Tie.UNSURE if by_chance else Tie.TIED)


def _possible(frequency: Numbers, mean_spend: Numbers) -> tuple[Floats, Floats]:
    """Return x and z as floats of one shape, or refuse with all problems in one message."""
    try:
        x, z = np.broadcast_arrays(
            np.asarray(frequency, dtype=np.float64), np.asarray(mean_spend, dtype=np.float64)
        )
    except ValueError:
        raise refused.UNEQUAL_SPENDING() from None
    refuse_rows(
        refused.IMPOSSIBLE_SPENDING,
        (OfRows.NO_FREQUENCY, ~(np.isfinite(x) & (x >= 0) & (x == np.floor(x)))),
        (OfRows.NO_SPENDING, (x > 0) & ~(np.isfinite(z) & (z > 0))),
    )
    return x, z


def _buyers(
    frequency: Numbers, mean_spend: Numbers, weights: Numbers | None
) -> tuple[Floats, Floats, Floats]:
    """The customers with a purchase: frequency, spend and weight."""
    x, z = (np.ravel(column) for column in _possible(frequency, mean_spend))
    weight = weights_of(weights, x.size)
    kept = (x > 0) & (weight > 0)
    return x[kept], z[kept], weight[kept]


def _surface(x: Floats, z: Floats, weight: Floats) -> Surface:
    """Mean log-likelihood and its gradient in log p, log q, log v; gamma functions once per x."""
    counts, place = np.unique(x, return_inverse=True)
    total, share = x * z, weight / weight.sum()
    per_count = np.bincount(place, weights=share)
    constant = float(share @ np.log(z))

    def both(theta: Floats) -> tuple[float, Floats]:
        from scipy.special import digamma, gammaln

        p, q, v = np.exp(theta)
        # Γ(px+q) / (Γ(px) Γ(q)) · (xz / (xz+v))^px · (v / (xz+v))^q / z
        low, high = np.log1p(v / total), np.log1p(total / v)
        lows = np.bincount(place, weights=share * low, minlength=counts.size) * counts
        rise = log_rise(p * counts, q) - gammaln(q)
        value = per_count @ rise - p * lows.sum() - q * (share @ high) - constant
        psi = digamma(p * counts + q)
        slope_p = p * (per_count @ (counts * (psi - digamma(p * counts))) - lows.sum())
        slope_q = q * (per_count @ psi - digamma(q) - share @ high)
        slope_v = share @ ((q * total - p * x * v) / (total + v))
        return float(value), np.array([slope_p, slope_q, slope_v])

    return Surface(lambda theta: both(theta)[0], both)


def _correlation(x: Floats, z: Floats, weight: Floats) -> float:
    if not x.size:
        return 0.0
    far = [column - np.average(column, weights=weight) for column in (x, z)]
    far = [column / max(float(np.max(np.abs(column))), 1e-300) for column in far]
    if np.ptp(x) <= 1e-12 * np.max(x) or np.ptp(z) <= 1e-12 * np.max(z):
        return 0.0
    spread = [float(np.sqrt(weight @ column**2)) for column in far]
    return float(np.clip(weight @ (far[0] * far[1]) / (spread[0] * spread[1]), -1, 1))
