"""BG/NBD: customers without a contract buy at their own rate and may stop after each repeat purchase.

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2). The
purchase rate λ is gamma(r, alpha) over the customers, the chance p to stop beta(a, b). MBG/NBD
(`mbgnbd`) differs only in that a customer may stop after the first purchase too: `chances` counts
how often a customer had the occasion to stop more than the BG/NBD's x.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.estimate import grouping, search
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Bent, Fit, Params, Surface
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.pairs import each_pair
from klantwaarde_xl.kernels.models.numeric.special import growth, log_rise

NAMES = ("r", "alpha", "a", "b")
BLOCK = 8192  # rows at a time in a likelihood, so that what is at hand stays in the processor's cache


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
    return loglik_chances(search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 0)


def p_alive(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Probability 0…1 that each customer has not stopped; 1 without repeat purchases.

    Arguments and errors as in `loglik`. Fader, Hardie & Lee (2008), "Computing P(alive) using the
    BG/NBD model", note 021.
    """
    return alive_chances(search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 0)


def expected(params: Params, t: Numbers) -> Floats:
    """Repeat purchases to expect of a new customer in a time t.

    params as in `loglik`; t: ≥ 0, the unit of the fit; a negative t raises `OutOfRange`.
    Fader, Hardie & Lee (2005), eq. 9.
    """
    r, alpha, a, b = search.values_of(params, NAMES)
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
    return conditional_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, 0.0, 0
    )


def discounted_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: float,
    interest: float,
) -> Floats:
    """Purchases to expect of each customer in a time t from now, each discounted from its moment.

    t: ≥ 0, infinite for the discounted expected residual transactions (DERT); interest: continuous,
    ≥ 0 per unit of time of the fit, above 0 with an infinite t; the rest and errors as in `loglik`.
    Fader, Hardie & Lee (2005), "RFM and CLV", with the expectation of eq. 10.
    """
    return conditional_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, interest, 0
    )


def conditional_pmf(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: Numbers,
    k: Numbers,
) -> Floats:
    """Probability that each customer makes k purchases in a time t from now.

    k: whole ≥ 0; the rest and errors as in `conditional_expected`; broadcast. Who is alive buys as
    a new customer of a population with r + x, alpha + T, a, b + x. Fader, Hardie & Lee (2005).
    """
    return conditional_pmf_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, k, 0
    )


def pmf(params: Params, x: Numbers, t: Numbers) -> Floats:
    """Probability that a new customer makes x repeat purchases in a time t.

    params as in `loglik`; x: whole ≥ 0; t: ≥ 0; else `OutOfRange`. Fader, Hardie & Lee (2005),
    eq. 8, its sum written as an incomplete beta function.
    """
    return pmf_chances(search.values_of(params, NAMES), x, t, 0)


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
        return search.failed(model, NAMES, round(customers.n), why)
    rows, unit = grouping.scaled(customers)
    few = grouping.sample(rows)
    rate = float(rows.weight @ rows.frequency) / max(float(rows.weight @ rows.horizon), 1e-300)
    starts = [(r, r / rate / 2, a, b) for r, a, b in ((0.7, 0.8, 2.5), (2.0, 0.5, 5.0), (0.2, 2.0, 20.0))]
    rough = None if few is rows else surface(few, chances)
    found = search.maximise(model, NAMES, surface(rows, chances), rows.n, starts, rough)
    times = float(rows.weight @ rows.frequency) * np.log(unit)
    return search.rescaled(found, (1.0, unit, 1.0, 1.0), -times)


def surface(rows: Customers, chances: int) -> Surface:
    """The mean log-likelihood of grouped customers with its exact gradient and Hessian."""
    steps, place = grouping.levels(rows.frequency)
    share = rows.weight / rows.n
    per_step = np.asarray(np.bincount(place, weights=share, minlength=steps.size), dtype=np.float64)
    stops = steps + chances
    columns: tuple[npt.NDArray[Any], ...] = (rows.frequency, rows.recency, rows.horizon, share, place)
    could = stops[place] > 0
    parts = [(columns, True)]
    if not could.all():  # who cannot have stopped needs a third of the work
        parts = [(_only(columns, could), True), (_only(columns, ~could), False)]

    def bent(theta: Floats) -> Bent:
        params = np.exp(theta)
        value, gradient, hessian = _of_steps(params, steps, stops, per_step)
        ahead = np.where(stops > 0, params[3] + stops - 1, 1.0)
        for part, stopping in parts:
            for at in range(0, part[0].size, BLOCK):
                block = [column[at : at + BLOCK] for column in part]
                more = _of_rows(params, ahead, *block, stopping=stopping)
                value, gradient, hessian = value + more[0], gradient + more[1], hessian + more[2]
        # from the parameters to their logs
        gradient = gradient * params
        hessian = (hessian + hessian.T) / 2 * np.outer(params, params) + np.diag(gradient)
        return value, gradient, hessian

    return Surface(lambda theta: bent(theta)[0], lambda theta: bent(theta)[:2], bent)


def _only(columns: tuple[npt.NDArray[Any], ...], kept: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[Any], ...]:
    places = np.flatnonzero(kept)
    return tuple(column[places] for column in columns)


def _of_steps(params: Floats, steps: Floats, stops: Floats, share: Floats) -> Bent:
    """What depends on the number of purchases only: the gamma functions of eq. 6."""
    from scipy.special import gammaln, psi, zeta

    r, alpha, a, b = params
    table = gammaln(r + steps) - gammaln(r) + r * np.log(alpha)
    table += gammaln(a + b) + gammaln(b + stops) - gammaln(b) - gammaln(a + b + stops)
    ends, bends = psi(a + b) - psi(a + b + stops), zeta(2, a + b) - zeta(2, a + b + stops)
    slopes = (
        psi(r + steps) - psi(r) + np.log(alpha),
        np.full(steps.size, r / alpha),
        ends,
        ends + psi(b + stops) - psi(b),
    )
    hessian = np.zeros((4, 4))
    hessian[0, 0] = share @ (zeta(2, r + steps) - zeta(2, r))
    hessian[0, 1] = hessian[1, 0] = 1 / alpha
    hessian[1, 1] = -r / alpha**2
    hessian[2:, 2:] = share @ bends
    hessian[3, 3] += share @ (zeta(2, b + stops) - zeta(2, b))
    return float(share @ table), np.array(slopes) @ share, hessian


def _of_rows(
    params: Floats,
    ahead: Floats,
    x: Floats,
    t_x: Floats,
    age: Floats,
    share: Floats,
    place: npt.NDArray[np.intp],
    *,
    stopping: bool,
) -> Bent:
    """What depends on the times too: −(r + x) log(α + T) + log(1 + odds of having stopped)."""
    r, alpha, a, _ = params
    buying, now = r + x, 1 / (alpha + age)
    log_age, weight = np.log(alpha + age), share * buying
    value = -(weight @ log_age)
    gradient = np.array((-(share @ log_age), -(weight @ now), 0.0, 0.0))
    hessian = np.zeros((4, 4))
    hessian[0, 1] = -(share @ now)
    hessian[1, 1] = weight @ (now * now)
    if stopping:
        last, hazard = 1 / (alpha + t_x), 1 / ahead
        # the log odds and their derivatives to r, alpha, a and b
        slopes = np.empty((4, x.size))
        slopes[0] = log_age + np.log(last)
        slopes[1] = buying * (now - last)
        slopes[2] = 1 / a
        slopes[3] = -hazard[place]
        odds = (np.log(a) - np.log(ahead))[place] + buying * slopes[0]
        small = np.exp(-np.abs(odds))
        most = 1 / (1 + small)
        stopped = np.where(odds > 0, most, small * most) * share
        value += share @ (np.maximum(odds, 0.0) - np.log(most))
        gradient += slopes @ stopped
        hessian += (slopes * (share * small * most * most)) @ slopes.T
        hessian[0, 1] += stopped @ (now - last)
        hessian[1, 1] -= stopped @ (slopes[1] * (now + last))
        hessian[2, 2] -= stopped.sum() / a**2
        hessian[3, 3] += stopped @ slopes[3] ** 2
    hessian[1, 0] = hessian[0, 1]
    return float(value), gradient, hessian


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


def conditional_chances(
    params: tuple[float, ...],
    x: Floats,
    t_x: Floats,
    age: Floats,
    t: Numbers,
    interest: float,
    chances: int,
) -> Floats:
    """`discounted_expected` for BG/NBD (chances 0) or MBG/NBD (chances 1), of checked arrays.

    Without interest t may be an array; it is then `conditional_expected`.
    """
    r, alpha, a, b = params
    alive = alive_chances(params, x, t_x, age, chances)
    if interest == 0 and np.ndim(t):
        return np.asarray(alive * growth(r + x, alpha + age, a, b + x + chances, duration(t)))

    def if_alive(x: Floats, age: Floats) -> Floats:
        def total(rows: npt.NDArray[np.intp], u: Floats) -> Floats:
            return growth(r + x[rows], alpha + age[rows], a, b + x[rows] + chances, u)

        stops = float(np.max((r + x) * a / (a + b + x + chances), initial=0.0))
        return discounted(total, alpha + age, float(np.asarray(t)), interest, stops)

    return np.asarray(alive * each_pair(if_alive, x, age))


def conditional_pmf_chances(
    params: tuple[float, ...],
    x: Floats,
    t_x: Floats,
    age: Floats,
    t: Numbers,
    k: Numbers,
    chances: int,
) -> Floats:
    """`conditional_pmf` for BG/NBD (chances 0) or MBG/NBD (chances 1), of checked arrays."""
    r, alpha, a, b = params
    alive = alive_chances(params, x, t_x, age, chances)
    bought = pmf_chances((r + x, alpha + age, a, b + x + chances), k, t, 0)
    return np.asarray(alive * bought + (1 - alive) * (np.asarray(k) == 0))


def pmf_chances(params: tuple[Element, ...], x: Numbers, t: Numbers, chances: int) -> Floats:
    """`pmf` for BG/NBD (chances 0) or MBG/NBD (chances 1); parameters may be arrays."""
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
