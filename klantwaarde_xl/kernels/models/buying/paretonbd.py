"""Pareto/NBD: customers without a contract buy at their own rate and stop at a moment of their own.

Schmittlein, Morrison & Colombo (1987), "Counting your customers: who are they and what will they do
next?", Management Science 33(1); Fader & Hardie (2005), "A note on deriving the Pareto/NBD model and
related expressions". The purchase rate λ is gamma(r, alpha) over the customers, the rate of stopping
μ gamma(s, beta).

With F(t) = κ (α + t)^−(r+x) (β + t)^−s G(t), κ = s / (r + s + x), and by Euler's transformation
G(t) = ₂F₁(1, r + x; r + s + x + 1; (α − β) / (α + t)), the usual A₀ is F(t_x) − F(T): no term
overflows, all terms of G are positive. For α < β Pfaff's transformation keeps them so.
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.buying.bgnbd import duration, whole
from klantwaarde_xl.kernels.models.estimate import grouping, search
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params, Surface
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.special import exponential_integral, gauss, log_rise

NAMES = ("r", "alpha", "s", "beta")
NODES = 4000  # at most, in the integral of one probability


def fit(frequency: Numbers, recency: Numbers, T: Numbers, weights: Numbers | None = None) -> Fit:  # noqa: N803
    """Estimate r, alpha, s and beta by maximum likelihood.

    frequency: whole ≥ 0, purchases after the first; recency: time of the last purchase since the
    first, 0…T, 0 exactly where frequency is 0; T: time since the first purchase, the same unit;
    weights: ≥ 0, how many customers a row stands for. All of one length.
    Impossible rows raise `OutOfRange`; too little to estimate from is a `Fit` that is not
    converged and says why. Fader & Hardie (2005), eq. 18.
    """
    customers = grouping.group(frequency, recency, T, weights)
    why = grouping.refusal(customers)
    if why:
        return search.failed("Pareto/NBD", NAMES, round(customers.n), why)
    rows, unit = grouping.scaled(customers)
    few = grouping.sample(rows, grouping.ROUGH_ROWS // 4)
    rate = float(rows.weight @ rows.frequency) / float(rows.weight @ rows.horizon)
    starts = [
        (r, r / rate / 2, s, beta) for r, s, beta in ((0.7, 0.6, 3.0), (2.0, 1.5, 10.0), (0.2, 0.3, 0.5))
    ]
    rough = None if few is rows else _surface(few)
    found = search.maximise("Pareto/NBD", NAMES, _surface(rows), rows.n, starts, rough)
    times = float(rows.weight @ rows.frequency) * np.log(unit)
    return search.rescaled(found, (1.0, unit, 1.0, unit), -times)


def _surface(rows: Customers) -> Surface:
    """The mean log-likelihood; G is computed once for each different pair (x, t)."""
    size = rows.weight.size
    pairs = np.append(rows.frequency + 1j * rows.recency, rows.frequency + 1j * rows.horizon)
    different, place = np.unique(pairs, return_inverse=True)
    steps, step = grouping.levels(rows.frequency)
    share = rows.weight / rows.n
    per_step = np.bincount(step, weights=share, minlength=steps.size)
    last, now = place[:size], place[size:]

    def value(theta: Floats) -> float:
        r, alpha, s, beta = np.exp(theta)
        x, t = different.real, different.imag
        log_time = (r + x) * np.log(alpha + t) + s * np.log(beta + t)
        part = _kappa_g((r, alpha, s, beta), x, t)
        log_part = np.log(part) - log_time
        waited = log_time[now]
        table = log_rise(r, steps) + r * theta[1] + s * theta[3]
        return float(per_step @ table + share @ (_log_more(log_part[last] + waited, part[now]) - waited))

    return Surface(value)


def _kappa_g(params: tuple[float, ...], x: Floats, t: Floats) -> Floats:
    """κ G(t), each of a form whose terms are positive."""
    r, alpha, s, beta = params
    c = r + s + x + 1
    if alpha >= beta:
        g = gauss(r + x, c, (alpha - beta) / (alpha + t))
    else:
        g = (alpha + t) / (beta + t) * gauss(s + 1, c, (beta - alpha) / (beta + t))
    return np.asarray(s / (r + s + x) * g)


def _log_more(log_last: Floats, now: Floats) -> Floats:
    """log(1 + e^log_last − now): minus the log of P(alive); the difference is never negative."""
    with np.errstate(over="ignore"):
        inner = np.maximum(np.exp(np.minimum(log_last, 700.0)) - now, 0.0)
    return np.where(log_last < 700, np.log1p(inner), log_last)


def _log_not_alive(params: tuple[float, ...], x: Floats, t_x: Floats, age: Floats) -> Floats:
    """−log P(alive)."""
    r, alpha, s, beta = params
    waited = (r + x) * np.log1p((age - t_x) / (alpha + t_x)) + s * np.log1p((age - t_x) / (beta + t_x))
    return _log_more(waited + np.log(_kappa_g(params, x, t_x)), _kappa_g(params, x, age))


def loglik(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Log-likelihood of each customer.

    params: r, alpha, s, beta > 0, by name or in that order; the rest as in `fit`, broadcast.
    Impossible input raises `OutOfRange`. Fader & Hardie (2005), eq. 18.
    """
    values = r, alpha, s, beta = search.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    bought = log_rise(r, x) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
    stayed = -s * np.log1p(age / beta)
    return np.asarray(bought + stayed + _log_not_alive(values, x, t_x, age))


def p_alive(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Probability 0…1 that each customer has not stopped.

    Arguments and errors as in `loglik`. Schmittlein, Morrison & Colombo (1987), eq. 11–13.
    """
    values = search.values_of(params, NAMES)
    return np.asarray(np.exp(-_log_not_alive(values, *grouping.checked(frequency, recency, T))))


def expected(params: Params, t: Numbers) -> Floats:
    """Repeat purchases to expect of a new customer in a time t.

    params as in `loglik`; t: ≥ 0, the unit of the fit; a negative t raises `OutOfRange`.
    Schmittlein, Morrison & Colombo (1987), eq. 17.
    """
    r, alpha, s, beta = search.values_of(params, NAMES)
    return np.asarray(r / alpha * _lifetime(s, beta, duration(t)))


def _lifetime(s: float, beta: Element, t: Floats) -> Floats:
    """Expected part of a time t that a customer stays: ∫₀ᵗ (β / (β + u))ˢ du, also at s = 1."""
    log_growth = np.log1p(t / beta)
    if s == 1:
        return np.asarray(beta * log_growth)
    return np.asarray(beta * -np.expm1(-(s - 1) * log_growth) / (s - 1))


def conditional_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: Numbers,
) -> Floats:
    """Purchases to expect of each customer in a time t from now.

    Arguments and errors as in `loglik` and `expected`. Schmittlein, Morrison & Colombo (1987),
    eq. 22.
    """
    values = r, alpha, s, beta = search.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    alive = np.exp(-_log_not_alive(values, x, t_x, age))
    return np.asarray(alive * (r + x) / (alpha + age) * _lifetime(s, beta + age, duration(t)))


def discounted_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: float,
    interest: float,
) -> Floats:
    """Purchases to expect of each customer in a time t from now, each discounted from its moment.

    t: ≥ 0, infinite for `dert`; interest: continuous, ≥ 0 per unit of time of the fit, above 0 with
    an infinite t; the rest and errors as in `loglik`. Fader, Hardie & Lee (2005), "RFM and CLV".
    """
    if t == np.inf:
        return dert(params, frequency, recency, T, interest)
    values = r, alpha, s, beta = search.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    ages, place = np.unique(age, return_inverse=True)
    stay = discounted(lambda rows, u: _lifetime(s, beta + ages[rows], u), beta + ages, t, interest, s)
    alive = np.exp(-_log_not_alive(values, x, t_x, age))
    return np.asarray(alive * (r + x) / (alpha + age) * stay[place.reshape(age.shape)])


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
    a new customer of a population with r + x, alpha + T, s, beta + T. Fader & Hardie (2006).
    """
    values = r, alpha, s, beta = search.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    alive = np.exp(-_log_not_alive(values, x, t_x, age))
    x, age, count, times = np.broadcast_arrays(x, age, whole(k), duration(t))
    bought = [
        _probability((r + one, alpha + old, s, beta + old), n, time)
        for one, old, n, time in zip(x.ravel(), age.ravel(), count.ravel(), times.ravel(), strict=True)
    ]
    return np.asarray(alive * np.reshape(bought, x.shape) + (1 - alive) * (count == 0))


def dert(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    interest: float,
) -> Floats:
    """Discounted expected residual transactions of each customer, without end.

    interest: continuously compounded rate > 0 per unit of time of the fit, ln(1 + yearly rate) / 52
    for weeks; else `OutOfRange`. The rest as in `loglik`. Fader, Hardie & Lee (2005), "RFM and CLV",
    Journal of Marketing Research 42(4), eq. 2.
    """
    values = r, alpha, s, beta = search.values_of(params, NAMES)
    x, t_x, age = grouping.checked(frequency, recency, T)
    if not 0 < interest < np.inf:
        raise OutOfRange(
            "De rente is nul of negatief: zonder rente kan de som oneindig zijn.",
            remedy="Vul een rente boven 0 in, of reken met een eindige horizon.",
        )
    ages, place = np.unique(age, return_inverse=True)
    stay = (beta + ages) * exponential_integral(s, interest * (beta + ages))
    alive = np.exp(-_log_not_alive(values, x, t_x, age))
    return np.asarray(alive * (r + x) / (alpha + age) * stay[place.reshape(age.shape)])


def pmf(params: Params, x: Numbers, t: Numbers) -> Floats:
    """Probability that a new customer makes x repeat purchases in a time t.

    params as in `loglik`; x: whole ≥ 0; t: ≥ 0; else `OutOfRange`. Fader & Hardie (2006), "Deriving
    an expression for P(X(t) = x) under the Pareto/NBD model": its sum cancels, so the moment of
    stopping is integrated out by the trapezoid rule in log(τ / (t − τ)).
    """
    values = search.values_of(params, NAMES)
    count, times = np.broadcast_arrays(whole(x), duration(t))
    found = [_probability(values, n, time) for n, time in zip(count.ravel(), times.ravel(), strict=True)]
    return np.array(found, dtype=np.float64).reshape(count.shape)


def _probability(params: tuple[float, ...], x: float, t: float) -> float:
    from scipy.special import gammaln, xlogy

    r, alpha, s, beta = params
    if t == 0:
        return float(x == 0)

    def bought(time: Element) -> Floats:
        ways = log_rise(r, np.asarray(x)) - gammaln(x + 1)
        return np.asarray(ways - r * np.log1p(time / alpha) + xlogy(x, time / (alpha + time)))

    low, high = -40 - np.log1p(t / beta) - np.log1p(t / alpha), 40.0
    step = max(0.25 * min(1.0, np.sqrt(1 / (x + 1) + 1 / r), 3 / np.sqrt(s)), (high - low) / NODES)
    y = np.arange(low, high, step)
    log_p, log_q = -np.logaddexp(0, -y), -np.logaddexp(0, y)
    moment = t * np.exp(log_p)
    stops = np.log(s / beta) - (s + 1) * np.log1p(moment / beta) + np.log(t) + log_p + log_q
    stopped = step * np.exp(bought(moment) + stops).sum()
    return float(stopped + np.exp(bought(t) - s * np.log1p(t / beta)))
