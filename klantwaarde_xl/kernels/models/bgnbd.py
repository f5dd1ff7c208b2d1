"""BG/NBD: customers without a contract buy at their own rate and may stop after each repeat purchase.

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2). The
purchase rate λ is gamma(r, alpha) over the customers, the chance p to stop beta(a, b). MBG/NBD
(`mbgnbd`) differs only in that a customer may stop after the first purchase too: `chances` counts
how often a customer had the occasion to stop more than the BG/NBD's x.
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models import fitting, grouping
from klantwaarde_xl.kernels.models.fitting import Fit, Params, Surface
from klantwaarde_xl.kernels.models.grouping import Customers
from klantwaarde_xl.kernels.models.special import growth, log_rise

NAMES = ("r", "alpha", "a", "b")


def fit(frequency: Numbers, recency: Numbers, T: Numbers, weights: Numbers | None = None) -> Fit:  # noqa: N803
    """Estimate r, alpha, a and b by maximum likelihood.

    frequency: whole ≥ 0, purchases after the first; recency: time of the last purchase since the
    first, 0…T, 0 exactly where frequency is 0; T: time since the first purchase, the same unit;
    weights: ≥ 0, how many customers a row stands for. All of one length.
    Impossible rows raise `OutOfRange`; too little to estimate from is a `Fit` that is not
    converged and says why. Fader, Hardie & Lee (2005), eq. 6.
    """
    return fit_chances("BG/NBD", grouping.group(frequency, recency, T, weights), 0)


def loglik(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Log-likelihood of each customer.

    params: r, alpha, a, b > 0, by name or in that order; the rest as in `fit`, broadcast.
    Impossible input raises `OutOfRange`. Fader, Hardie & Lee (2005), eq. 6.
    """
    return loglik_chances(fitting.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 0)


def p_alive(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Probability 0…1 that each customer has not stopped; 1 without repeat purchases.

    Arguments and errors as in `loglik`. Fader, Hardie & Lee (2008), "Computing P(alive) using the
    BG/NBD model", note 021.
    """
    return alive_chances(fitting.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 0)


def expected(params: Params, t: Numbers) -> Floats:
    """Repeat purchases to expect of a new customer in a time t.

    params as in `loglik`; t: ≥ 0, the unit of the fit; a negative t raises `OutOfRange`.
    Fader, Hardie & Lee (2005), eq. 9.
    """
    r, alpha, a, b = fitting.values_of(params, NAMES)
    return growth(r, alpha, a, b, duration(t))


def conditional_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: Numbers,
) -> Floats:
    """Purchases to expect of each customer in a time t from now.

    Arguments and errors as in `loglik` and `expected`. Fader, Hardie & Lee (2005), eq. 10.
    """
    r, alpha, a, b = fitting.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    alive = alive_chances((r, alpha, a, b), x, t_x, age, 0)
    return np.asarray(alive * growth(r + x, alpha + age, a, b + x, duration(t)))


def pmf(params: Params, x: Numbers, t: Numbers) -> Floats:
    """Probability that a new customer makes x repeat purchases in a time t.

    params as in `loglik`; x: whole ≥ 0; t: ≥ 0; else `OutOfRange`. Fader, Hardie & Lee (2005),
    eq. 8, its sum written as an incomplete beta function.
    """
    return pmf_chances(fitting.values_of(params, NAMES), x, t, 0)


def duration(t: Numbers) -> Floats:
    """Return times as floats; a negative or missing one raises `OutOfRange`."""
    times = np.asarray(t, dtype=np.float64)
    if not np.all((times >= 0) & np.isfinite(times)):
        raise OutOfRange("De duur is negatief of ontbreekt.", remedy="Vul een duur van 0 of meer in.")
    return times


def fit_chances(model: str, customers: Customers, chances: int) -> Fit:
    """Fit BG/NBD (chances 0) or MBG/NBD (chances 1) to grouped customers."""
    why = grouping.refusal(customers)
    if why:
        return fitting.failed(model, NAMES, round(customers.n), why)
    rows, unit = grouping.scaled(customers)
    few = grouping.sample(rows)
    rate = float(rows.weight @ rows.frequency) / max(float(rows.weight @ rows.horizon), 1e-300)
    starts = [(r, r / rate / 2, a, b) for r, a, b in ((0.7, 0.8, 2.5), (2.0, 0.5, 5.0), (0.2, 2.0, 20.0))]
    rough = None if few is rows else surface(few, chances)
    found = fitting.maximise(model, NAMES, surface(rows, chances), rows.n, starts, rough)
    times = float(rows.weight @ rows.frequency) * np.log(unit)
    return fitting.rescaled(found, (1.0, unit, 1.0, 1.0), -times)


def surface(rows: Customers, chances: int) -> Surface:
    """The mean log-likelihood of grouped customers with its exact gradient."""
    from scipy.special import gammaln, psi

    steps, place = np.unique(rows.frequency, return_inverse=True)
    share = rows.weight / rows.n
    per_step = np.bincount(place, weights=share, minlength=steps.size)
    stops = steps + chances
    x, may_stop = rows.frequency, stops[place] > 0

    def both(theta: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(theta)
        table = gammaln(r + steps) - gammaln(r) + r * theta[1]
        table += gammaln(a + b) + gammaln(b + stops) - gammaln(b) - gammaln(a + b + stops)
        age, last = alpha + rows.horizon, alpha + rows.recency
        log_age, waited = np.log(age), np.log(age / last)
        hazard = theta[2] - np.log(np.where(stops > 0, b + stops - 1, 1.0))
        odds = np.where(may_stop, hazard[place] + (r + x) * waited, -np.inf)
        # log(1 + e^odds), with the log and exp that run on whole vectors
        soft = np.maximum(odds, 0.0) + np.log(1 + np.exp(-np.abs(odds)))
        stopped = np.exp(odds - soft)
        value = per_step @ table + share @ (soft - (r + x) * log_age)
        gone = np.bincount(place, weights=share * stopped, minlength=steps.size)
        both_ends = psi(a + b) - psi(a + b + stops)
        gradient = (
            per_step @ (psi(r + steps) - psi(r) + theta[1]) - share @ (log_age - stopped * waited),
            r / alpha - share @ ((r + x) * (1 + stopped * ((age - last) / last)) / age),
            per_step @ both_ends + gone.sum() / a,
            per_step @ (both_ends + psi(b + stops) - psi(b))
            - gone @ (1 / np.where(stops > 0, b + stops - 1, 1.0)),
        )
        return float(value), np.array(gradient) * np.array((r, alpha, a, b))

    return Surface(lambda theta: both(theta)[0], both)


def log_odds_stopped(params: tuple[float, ...], x: Floats, t_x: Floats, age: Floats, chances: int) -> Floats:
    """Log of the odds that a customer has stopped; −∞ for who could not."""
    r, alpha, a, b = params
    stops = x + chances
    hazard = np.log(a) - np.log(np.where(stops > 0, b + stops - 1, 1.0))
    waited = (r + x) * np.log1p((age - t_x) / (alpha + t_x))
    return np.where(stops > 0, hazard + waited, -np.inf)


def loglik_chances(params: tuple[float, ...], x: Floats, t_x: Floats, age: Floats, chances: int) -> Floats:
    """`loglik` for BG/NBD (chances 0) or MBG/NBD (chances 1), of checked arrays."""
    r, alpha, a, b = params
    stops = x + chances
    stayed = log_rise(b, stops) - log_rise(a + b, stops)
    bought = log_rise(r, x) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
    return np.asarray(stayed + bought + np.logaddexp(0.0, log_odds_stopped(params, x, t_x, age, chances)))


def alive_chances(params: tuple[float, ...], x: Floats, t_x: Floats, age: Floats, chances: int) -> Floats:
    """`p_alive` for BG/NBD (chances 0) or MBG/NBD (chances 1), of checked arrays."""
    from scipy.special import expit

    return np.asarray(expit(-log_odds_stopped(params, x, t_x, age, chances)))


def pmf_chances(params: tuple[float, ...], x: Numbers, t: Numbers, chances: int) -> Floats:
    """`pmf` for BG/NBD (chances 0) or MBG/NBD (chances 1)."""
    from scipy.special import betainc, betaln, gammaln, xlogy

    r, alpha, a, b = params
    count, times = np.broadcast_arrays(whole(x), duration(t))
    stops = count + chances
    bought = log_rise(r, count) - gammaln(count + 1) - r * np.log1p(times / alpha)
    bought = bought + xlogy(count, times / (alpha + times))
    stayed = np.exp(betaln(a, b + stops) - betaln(a, b) + bought)
    more = np.where(count > 0, betainc(np.maximum(count, 1), r, times / (alpha + times)), 1.0)
    left = np.exp(betaln(a + 1, np.where(stops > 0, b + stops - 1, 1.0)) - betaln(a, b))
    return np.asarray(stayed + np.where(stops > 0, left * more, 0.0))


def whole(x: Numbers) -> Floats:
    """Return counts as floats; one that is not whole and ≥ 0 raises `OutOfRange`."""
    count = np.asarray(x, dtype=np.float64)
    if not np.all((count >= 0) & (count == np.floor(count)) & np.isfinite(count)):
        raise OutOfRange("Een aantal aankopen is negatief of gebroken.")
    return count
