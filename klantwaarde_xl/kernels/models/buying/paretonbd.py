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

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.buying.continuous import Continuous, Many, Values, duration
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Params, Surface
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.special import exponential_integral, gauss, log_rise

NODES = 4000  # at most, in the integral of one probability
CELLS = 50_000  # nodes at one time, so that what is at hand stays in the processor's cache


class ParetoNBD(Continuous):
    """The model in which a customer may stop at any moment."""

    TITLE = "Pareto/NBD"
    NAMES: tuple[str, ...] = ("r", "alpha", "s", "beta")
    TIMES = (False, True, False, True)
    ROUGH = grouping.ROUGH_ROWS // 4

    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        return [
            (r, r / rate / 2, s, beta) for r, s, beta in ((0.7, 0.6, 3.0), (2.0, 1.5, 10.0), (0.2, 0.3, 0.5))
        ]

    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers."""
        return _surface(rows)

    def _loglik(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Fader & Hardie (2005), eq. 18."""
        r, alpha, s, beta = values
        bought = log_rise(r, x) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
        stayed = -s * np.log1p(age / beta)
        return np.asarray(bought + stayed + _log_not_alive(values, x, t_x, age))

    def _alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 11–13."""
        return np.asarray(np.exp(-_log_not_alive(values, x, t_x, age)))

    def _expected(self, values: Values, t: Floats) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 17."""
        r, alpha, s, beta = values
        return np.asarray(r / alpha * _lifetime(s, beta, t))

    def _if_alive(self, values: Values, x: Floats, age: Floats) -> Many:
        r, alpha, s, beta = values
        return r + x, alpha + age, s, beta + age

    def _coming(self, values: Values, x: Floats, age: Floats, t: Numbers, interest: float) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 22; without end as in `dert`."""
        r, alpha, s, beta = values
        if interest == 0 and np.ndim(t):
            return np.asarray((r + x) / (alpha + age) * _lifetime(s, beta + age, duration(t)))
        ages, place = np.unique(age, return_inverse=True)
        if t == np.inf:
            stay = _endless(s, np.asarray(beta + ages), interest)
        else:
            whole = float(np.asarray(t))

            def total(rows: npt.NDArray[np.intp], u: Floats) -> Floats:
                return _lifetime(s, beta + ages[rows], u)

            stay = discounted(total, np.asarray(beta + ages), whole, interest, s)
        return np.asarray((r + x) / (alpha + age) * stay[place.reshape(age.shape)])

    def _chance(self, values: Many, x: Floats, t: Floats) -> Floats:
        columns = np.broadcast_arrays(x, t, *values)
        shape = columns[0].shape
        return _probabilities(*(np.ravel(column).astype(np.float64) for column in columns)).reshape(shape)

    def dert(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, interest: float  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Discounted expected residual transactions of each customer, without end.

        interest: continuously compounded rate > 0 per unit of time of the fit, ln(1 + yearly rate) / 52
        for weeks; else `OutOfRange`. Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing
        Research 42(4), eq. 2.
        """
        return self.discounted_expected(params, frequency, recency, T, np.inf, interest)


def _endless(s: float, scale: Floats, interest: float) -> Floats:
    """Expected discounted time that a customer still stays."""
    if not 0 < interest < np.inf:
        raise OutOfRange(
            "De rente is nul of negatief: zonder rente kan de som oneindig zijn.",
            remedy="Vul een rente boven 0 in, of reken met een eindige horizon.",
        )
    return np.asarray(scale * exponential_integral(s, interest * scale))


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


def _lifetime(s: float, beta: Element, t: Floats) -> Floats:
    """Expected part of a time t that a customer stays: ∫₀ᵗ (β / (β + u))ˢ du, also at s = 1."""
    log_growth = np.log1p(t / beta)
    if s == 1:
        return np.asarray(beta * log_growth)
    return np.asarray(beta * -np.expm1(-(s - 1) * log_growth) / (s - 1))


def _probabilities(x: Floats, *columns: Floats) -> Floats:
    """The chance of x purchases, element by element; columns: t and the parameters, as in `_grid`.

    What does not depend on x is computed once for all x that meet the same time and parameters.
    """
    counts, which = np.unique(x, return_inverse=True)
    kinds, place = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    if counts.size > 1 and counts.size * len(kinds) > 2 * x.size:  # most pairs are not asked for
        out = np.empty(x.size)
        for at in range(counts.size):
            rows = np.flatnonzero(which == at)
            out[rows] = _probabilities(x[rows], *(column[rows] for column in columns))
        return out
    return _grid(counts, *np.ascontiguousarray(kinds.T))[which.ravel(), place.ravel()]


def _grid(counts: Floats, t: Floats, r: Floats, alpha: Floats, s: Floats, beta: Floats) -> Floats:
    """The chance of each number of purchases (rows) within each time t (columns).

    Fader & Hardie (2006), "Deriving an expression for P(X(t) = x) under the Pareto/NBD model": its sum
    cancels, so the moment of stopping is integrated out by the trapezoid rule in log(τ / (t − τ)).
    """
    from scipy.special import gammaln

    x = counts[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):  # at t = 0, which is known
        log_t, log_alpha, log_stop = np.log(t), np.log(alpha), np.log(s / beta)
        low = -40 - np.log1p(t / beta) - np.log1p(t / alpha)
        narrow = np.sqrt(1 / (counts.max(initial=0.0) + 1) + 1 / r)
        fine = 0.25 * np.minimum(np.minimum(1.0, narrow), 3 / np.sqrt(s))
        step = np.maximum(fine, (40.0 - low) / NODES)
        nodes = np.ceil((40.0 - low) / step).astype(int)
        ways = log_rise(r, x) - gammaln(x + 1)
        bought = ways - r * np.log1p(t / alpha) + x * (log_t - np.log(alpha + t))
        out = np.exp(bought - s * np.log1p(t / beta))
        order = np.argsort(nodes, kind="stable")
        many = max(1, CELLS // int(nodes.max(initial=1)))
        for begin in range(0, order.size, many):
            some = order[begin : begin + many]
            col = some[:, None]
            y = low[col] + step[col] * np.arange(int(nodes[some[-1]]))
            log_p = -np.logaddexp(0, -y)
            moment = t[col] * np.exp(log_p)
            # log(τ / (α + τ)) and log(q) = log(p) − y need no logarithms of their own
            older = np.log1p(moment / alpha[col])
            each = log_t[col] + log_p - log_alpha[col] - older
            rest = log_stop[col] - (s[col] + 1) * np.log1p(moment / beta[col]) + log_t[col] + 2 * log_p - y
            rest -= r[col] * older
            for at, count in enumerate(counts):
                out[at, some] += step[some] * np.exp(ways[at, some][:, None] + count * each + rest).sum(
                    axis=1
                )
    return np.where(t == 0, np.where(x == 0, 1.0, 0.0), out)


PARETONBD = ParetoNBD()
