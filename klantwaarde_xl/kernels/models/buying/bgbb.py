"""BG/BB: customers who do or do not buy at each opportunity, until they stop for good.

A customer who is alive buys at an opportunity (a year, a month, an event) with a chance of their
own, and stops before each opportunity with another; over customers these have beta distributions
(α, β) and (γ, δ). Source: Fader, Hardie & Shang 2010, "Customer-base analysis in a discrete-time
noncontractual setting", Marketing Science 29(6); below FHS 2010.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.estimate.grouping import Customers, checked, group, refuse_rows
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params, Surface, failed, maximise, values_of
from klantwaarde_xl.kernels.models.numeric.special import log_rise
from klantwaarde_xl.kernels.models.numeric.survival import tail_sums
from klantwaarde_xl.refusals import models as refused
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals.models import OfRows
from klantwaarde_xl.refusals.nouns import Counted
from klantwaarde_xl.refusals.refusal import Because

Shape: TypeAlias = tuple[float, ...]
Index: TypeAlias = npt.NDArray[np.intp]

MODEL = "BG/BB"
NAMES = ("alpha", "beta", "gamma", "delta")
STARTS = ((1, 1, 1, 1), (1, 1, 0.5, 5), (0.5, 2, 0.5, 2), (3, 3, 3, 30))
FEWEST_OPPORTUNITIES = 3  # with two there are four kinds of customers, so three figures, for four parameters
LONGEST = 10_000  # opportunities: what is added up one by one
CELLS = 4_000_000  # of a table of opportunities by frequency held at one time


# ── estimating ──────────────────────────────────────────────────────────────────────────────


def fit(frequency: Numbers, recency: Numbers, n: Numbers, weights: Numbers | None = None) -> Fit:
    """Estimate alpha, beta, gamma and delta by maximum likelihood.

    frequency: whole ≥ 0, opportunities at which the customer bought, the first purchase not
    counted; recency: the last of those, 0…n, 0 where frequency is 0; n: whole ≥ 0, opportunities
    the customer had, at most `LONGEST`; weights: customers per row, ≥ 0; all of one length. Returns a `Fit`.
    Impossible rows raise `OutOfRange`; data that fix nothing are a fit that did not converge.
    Source: FHS 2010.
    """
    _, _, had = _checked(frequency, recency, n)
    refuse_rows(refused.IMPOSSIBLE_OPPORTUNITIES, (OfRows.TOO_MANY_OPPORTUNITIES, had > LONGEST))
    customers = group(frequency, recency, n, weights)
    total = customers.n
    why = _too_little(customers)
    if why is not None:
        return failed(MODEL, NAMES, round(total), why)
    return maximise(MODEL, NAMES, _surface(customers), total, STARTS)


def loglik(params: Params, frequency: Numbers, recency: Numbers, n: Numbers) -> Any:
    """Log-likelihood of each customer, natural logarithm (FHS 2010).

    params: alpha, beta, gamma, delta > 0; the others as `fit`, broadcast; impossible rows raise
    `OutOfRange`.
    """
    return _loglik(values_of(params, NAMES), *_checked(frequency, recency, n))[()]


def _checked(frequency: Numbers, recency: Numbers, n: Numbers) -> tuple[Floats, Floats, Floats]:
    x, t_x, had = checked(frequency, recency, n)
    refuse_rows(
        refused.IMPOSSIBLE_OPPORTUNITIES,
        (OfRows.BROKEN_OPPORTUNITIES, (had != np.floor(had)) | (t_x != np.floor(t_x))),
        (OfRows.MORE_PURCHASES_THAN_OPPORTUNITIES, x > t_x),
    )
    return x, t_x, had


def _too_little(customers: Customers) -> Because | None:
    """Return why nothing can be estimated; nothing if it can be tried."""
    x, _, had, weight = customers
    if weight.sum() <= 1:
        return refused.ONE_CUSTOMER_AT_MOST()
    if had.max() < FEWEST_OPPORTUNITIES:
        return refused.TOO_FEW_OPPORTUNITIES(least=FEWEST_OPPORTUNITIES)
    if not x.any():
        return refused.NOBODY_BOUGHT_AGAIN()
    if np.all(x == had):
        return refused.ALL_BOUGHT_ALWAYS()
    return None


class _Rises(NamedTuple):
    """Logs of the rising factorials of 0, 1, … opportunities, for one set of parameters."""

    bought: Floats
    skipped: Floats
    either: Floats
    stayed: Floats
    left: Floats
    log_gamma: float

    def terms(self, had: int, counts: Index) -> Floats:
        """Log-likelihood of x (rows) of `had` purchases by who is last alive at 0, 1, … (columns).

        Meaningless before the x-th opportunity.
        """
        k = np.arange(had + 1)
        shared = self.log_gamma + self.stayed[: had + 1] - self.left[1 : had + 2] - self.either[: had + 1]
        shared[had] = self.stayed[had] - self.left[had] - self.either[had]
        skips = np.maximum(k - counts[:, None], 0)
        return np.asarray(self.skipped[skips] + shared + self.bought[counts, None])


def _rises(values: Shape, longest: int) -> _Rises:
    alpha, beta, gamma, delta = values
    k = np.arange(longest + 2.0)
    either, left = log_rise(alpha + beta, k), log_rise(gamma + delta, k)
    return _Rises(
        log_rise(alpha, k), log_rise(beta, k), either, log_rise(delta, k), left, float(np.log(gamma))
    )


def _from_the_end(terms: Floats) -> Floats:
    """Log of the sum of the terms from each on: the terms for one x do not depend on t_x."""
    return np.asarray(np.logaddexp.accumulate(terms[:, ::-1], axis=1)[:, ::-1])


class _Table(NamedTuple):
    """Rows with one number of opportunities: place and t_x tell which cell is whose."""

    had: int
    counts: Index
    rows: Index
    place: Index
    t_x: Index


def _tables(x: Floats, t_x: Floats, n: Floats) -> Iterator[_Table]:
    """Deal the rows out over tables of opportunities by frequency, none of which is too large."""
    flat = [np.ravel(column).astype(np.intp) for column in (x, t_x, n)]
    for had in np.unique(flat[2]):
        rows = np.flatnonzero(flat[2] == had)
        counts, place = np.unique(flat[0][rows], return_inverse=True)
        step = max(1, CELLS // (int(had) + 1))
        for begin in range(0, counts.size, step):
            here = (place >= begin) & (place < begin + step)
            some = rows[here]
            yield _Table(int(had), counts[begin : begin + step], some, place[here] - begin, flat[1][some])


def _loglik(values: Shape, x: Floats, t_x: Floats, n: Floats) -> Floats:
    """Sum over when the customer may have stopped: after opportunity t_x, …, n − 1, or not yet."""
    result = np.zeros(np.size(x))
    rises = _rises(values, int(np.max(n, initial=0)))
    for had, counts, rows, place, last in _tables(x, t_x, n):
        result[rows] = _from_the_end(rises.terms(had, counts))[place, last]
    return result.reshape(np.shape(x))


def _surface(customers: Customers) -> Surface:
    """The mean log-likelihood and its exact gradient.

    The gradient is that of the complete data, averaged over when each customer may have stopped
    (Fisher's identity), so it takes only how many customers bought, skipped and stayed how often.
    """
    x, t_x, n, weight = customers
    longest = int(n.max())
    tables = []
    for table in _tables(x, t_x, n):
        share = weight[table.rows] / customers.n
        log_share = np.full((table.counts.size, table.had + 1), -np.inf)
        log_share[table.place, table.t_x] = np.log(share)
        tables.append((table, share, log_share))

    def both(theta: Floats) -> tuple[float, Floats]:
        from scipy.special import psi

        alpha, beta, gamma, delta = np.exp(theta)
        rises = _rises((alpha, beta, gamma, delta), longest)
        value, stopped = 0.0, 0.0
        bought, skipped, passed, left = np.zeros((4, longest + 2))
        for (had, counts, _, place, last), share, log_share in tables:
            terms = rises.terms(had, counts)
            sums = _from_the_end(terms)
            value += float(share @ sums[place, last])
            # how many of these customers were last alive at each opportunity
            chance = np.exp(terms + np.logaddexp.accumulate(log_share - sums, axis=1))
            at = chance.sum(axis=0)
            bought[counts] += chance.sum(axis=1)
            skips = np.maximum(np.arange(had + 1) - counts[:, None], 0)
            skipped += np.bincount(skips.ravel(), weights=chance.ravel(), minlength=longest + 2)
            passed[: had + 1] += at
            left[1 : had + 1] += at[:had]
            left[had] += at[had]
            stopped += at[:had].sum()
        k = np.arange(longest + 2)
        either = passed @ (psi(alpha + beta + k) - psi(alpha + beta))
        gone = left @ (psi(gamma + delta + k) - psi(gamma + delta))
        gradient = (
            bought @ (psi(alpha + k) - psi(alpha)) - either,
            skipped @ (psi(beta + k) - psi(beta)) - either,
            stopped / gamma - gone,
            passed @ (psi(delta + k) - psi(delta)) - gone,
        )
        return value, np.array(gradient) * np.exp(theta)

    return Surface(lambda theta: both(theta)[0], both)


# ── one customer ────────────────────────────────────────────────────────────────────────────


def p_alive(params: Params, frequency: Numbers, recency: Numbers, n: Numbers) -> Any:
    """Probability 0…1 that the customer is still alive at the next opportunity, n + 1.

    Arguments and errors as `loglik`. Source: FHS 2010, Table 6.
    """
    values, x, t_x, had = values_of(params, NAMES), *_checked(frequency, recency, n)
    return np.exp(_log_still(values, x, t_x, had) + _log_share_alive(values, had + 1))[()]


def conditional_expected(
    params: Params, frequency: Numbers, recency: Numbers, n: Numbers, ahead: Numbers
) -> Any:
    """Purchases to expect of a customer at the next opportunities (CET in FHS 2010).

    ahead: whole ≥ 0, how many opportunities; the others and errors as `loglik`; broadcast.
    """
    values, x, t_x, had = values_of(params, NAMES), *_checked(frequency, recency, n)
    alpha, beta, gamma, delta = values
    coming = _whole(ahead, Counted.OPPORTUNITIES_AHEAD)
    scale = np.exp(_log_still(values, x, t_x, had) + _log_share_alive(values, had))
    return (scale * (alpha + x) / (alpha + beta + had) * _opportunities(gamma, delta + had, coming))[()]


def dert(params: Params, frequency: Numbers, recency: Numbers, n: Numbers, d: float) -> Any:
    """Discounted expected residual transactions of a customer, without a horizon.

    d: discount rate per opportunity, a fraction ≥ 0; a purchase at the next opportunity is
    discounted once. The others as `loglik`. A negative d, or d = 0 with γ ≤ 1, where the sum is
    infinite, raises `OutOfRange`. Source: FHS 2010.
    """
    values, x, t_x, had = values_of(params, NAMES), *_checked(frequency, recency, n)
    alpha, beta, gamma, delta = values
    unique, place = np.unique(had, return_inverse=True)
    sums = tail_sums((gamma, delta, 1.0), d, unique + 1)[place].reshape(had.shape)
    alive = np.exp(_log_still(values, x, t_x, had) + _log_share_alive(values, had + 1))
    return (alive * (alpha + x) / (alpha + beta + had) * sums / (1 + d))[()]


def discounted_expected(
    params: Params, frequency: Numbers, recency: Numbers, n: Numbers, ahead: float, d: float
) -> Any:
    """Purchases to expect of a customer at the next opportunities, each discounted to now.

    ahead: whole ≥ 0, how many opportunities, or infinite for `dert`; d: discount rate per
    opportunity, a fraction ≥ 0; the others and errors as `dert`. Source: FHS 2010.
    """
    if ahead == np.inf:
        return dert(params, frequency, recency, n, d)
    values, x, t_x, had = values_of(params, NAMES), *_checked(frequency, recency, n)
    alpha, beta, gamma, delta = values
    if not 0 <= d < np.inf:
        raise shared.DISCOUNT_RATE()
    coming = 1 + np.arange(float(_whole(ahead, Counted.OPPORTUNITIES_AHEAD)))
    unique, place = np.unique(had, return_inverse=True)
    step = max(1, CELLS // max(coming.size, 1))
    parts = [unique[at : at + step, None] for at in range(0, unique.size, step)]
    logs = (log_rise(delta + n, coming) - log_rise(gamma + delta + n, coming) for n in parts)
    found = [np.exp(log - coming * np.log1p(d)).sum(axis=1) for log in logs]
    sums = np.concatenate([np.zeros(0), *found])[place].reshape(had.shape)
    alive = np.exp(_log_still(values, x, t_x, had) + _log_share_alive(values, had))
    return (alive * (alpha + x) / (alpha + beta + had) * sums)[()]


def conditional_pmf(
    params: Params, frequency: Numbers, recency: Numbers, n: Numbers, ahead: Numbers, k: Numbers
) -> Any:
    """Probability 0…1 that a customer buys k times at the next opportunities.

    ahead, k: whole ≥ 0; the others and errors as `loglik`; broadcast. Who is alive buys as a new
    customer of a population with alpha + x, beta + n − x, gamma, delta + n. Source: FHS 2010.
    """
    values, x, t_x, had = values_of(params, NAMES), *_checked(frequency, recency, n)
    alpha, beta, gamma, delta = values
    alive = np.exp(_log_still(values, x, t_x, had) + _log_share_alive(values, had))
    x, had, coming, count = np.broadcast_arrays(
        x, had, _whole(ahead, Counted.OPPORTUNITIES_AHEAD), _whole(k, Counted.PURCHASES)
    )
    bought = [
        _chance((alpha + one, beta + n_ - one, gamma, delta + n_), int(far), int(times))
        for one, n_, far, times in zip(x.flat, had.flat, coming.flat, count.flat, strict=True)
    ]
    return (alive * np.reshape(bought, x.shape) + (1 - alive) * (count == 0))[()]


def _log_still(values: Shape, x: Floats, t_x: Floats, n: Floats) -> Floats:
    """Log of the customer's purchases while alive all along, over their likelihood."""
    alpha, beta, _, _ = values
    bought = log_rise(alpha, x) + log_rise(beta, n - x) - log_rise(alpha + beta, n)
    return np.asarray(bought - _loglik(values, x, t_x, n))


def _log_share_alive(values: Shape, n: Floats) -> Floats:
    """Log of the share of all customers still alive at opportunity n."""
    _, _, gamma, delta = values
    return np.asarray(log_rise(delta, n) - log_rise(gamma + delta, n))


def _opportunities(gamma: float, delta: Floats, ahead: Floats) -> Floats:
    """Sum B(γ, δ + m) / B(γ, δ) over m = 1 … ahead: opportunities at which one is still alive.

    Equal to δ (1 − e^D) / (γ − 1) with D = ln Γ(δ+1+h)/Γ(δ+1) − ln Γ(γ+δ+h)/Γ(γ+δ). Where γ is
    close to 1 both vanish, and D / (1 − γ) is a difference of digammas halfway.
    """
    from scipy.special import digamma

    near = np.abs(gamma - 1) < 1e-4 * (1 + delta)
    middle = delta + (1 + gamma) / 2
    steep = digamma(middle + ahead) - digamma(middle)
    exact = log_rise(delta + 1, ahead) - log_rise(gamma + delta, ahead)
    power = np.where(near, (1 - gamma) * steep, exact)
    with np.errstate(all="ignore"):
        close = steep * np.where(power == 0, 1.0, np.expm1(power) / power)
        far = np.expm1(power) / (1 - gamma)
    return np.asarray(delta * np.where(near, close, far))


# ── a new customer ──────────────────────────────────────────────────────────────────────────


def expected(params: Params, n: Numbers) -> Any:
    """Purchases to expect of a new customer at the first n opportunities.

    params: as `loglik`; n: whole ≥ 0, any shape, else `OutOfRange`. Source: FHS 2010.
    """
    alpha, beta, gamma, delta = values_of(params, NAMES)
    had = _whole(n, Counted.OPPORTUNITIES)
    return (alpha / (alpha + beta) * _opportunities(gamma, np.full(had.shape, delta), had))[()]


def pmf(params: Params, x: Numbers, n: Numbers) -> Any:
    """Probability 0…1 that a new customer buys x times at the first n opportunities.

    params: as `loglik`; x, n: whole ≥ 0, broadcast, else `OutOfRange`; 0 where x > n.
    Source: FHS 2010.
    """
    values = values_of(params, NAMES)
    had, count = np.broadcast_arrays(_whole(n, Counted.OPPORTUNITIES), _whole(x, Counted.PURCHASES))
    pairs, place = np.unique(np.stack([had.ravel(), count.ravel()]), axis=1, return_inverse=True)
    each = np.array([_chance(values, int(one), int(other)) for one, other in pairs.T])
    return each[np.ravel(place)].reshape(had.shape)[()]


def _chance(values: Shape, n: int, x: int) -> float:
    """P(X(n) = x): over the opportunities i at which the customer was last alive."""
    alpha, beta, gamma, delta = values
    if x > n:
        return 0.0
    i = np.arange(x, n + 1)
    stopped = np.log(gamma / (gamma + delta)) + log_rise(delta, i) - log_rise(gamma + delta + 1, i)
    stopped[-1] = log_rise(delta, n) - log_rise(gamma + delta, n)
    ways = log_rise(x + 1.0, i - x) - log_rise(1.0, i - x)
    bought = log_rise(alpha, x) + log_rise(beta, i - x) - log_rise(alpha + beta, i)
    return float(np.exp(ways + bought + stopped).sum())


def _whole(values: Numbers, counted: Counted) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(array) & (array >= 0) & (array == np.floor(array))):
        raise refused.COUNT(counted=counted)
    return array
