"""A share that stays, S(t) = B(α, β + t^c) / B(α, β), and its discounted sums.

Contracts are kept this way (`contract`, c = 1 in the sBG), and in the BG/BB customers stay alive
this way (`bgbb`).
"""

from __future__ import annotations

import functools

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.numeric.quadrature import gauss_legendre
from klantwaarde_xl.kernels.models.numeric.special import log_rise
from klantwaarde_xl.refusals import contracts as refused
from klantwaarde_xl.refusals import shared

TERMS = 4096  # summed one by one; what comes after is smooth enough to integrate
NEGLIGIBLE = 45.0  # e⁻⁴⁵: a discount after which nothing counts any more
HIGHEST_LOG = 600.0  # a larger t^c is not formed; there S(t) is a pure power
KEPT = 4096  # sums, the last used: a column of cells asks for the same one in each


def log_survival(values: tuple[Element, Element, Element], t: Numbers) -> Floats:
    """Return ln S(t) for alpha, beta, c > 0 and times t ≥ 0; all broadcast."""
    with np.errstate(divide="ignore", over="ignore"):
        return _log_survival_at(values, np.log(np.asarray(t, dtype=np.float64)))


def _log_survival_at(values: tuple[Element, Element, Element], log_t: Floats) -> Floats:
    """Ln S(t) from ln t: of t^c and α, which play the same part, the smaller one is added."""
    alpha, beta, c = values
    log_power = c * log_t
    power = np.exp(np.minimum(log_power, HIGHEST_LOG))
    less, more = np.minimum(power, alpha), np.maximum(power, alpha)
    beyond = alpha * np.maximum(log_power - HIGHEST_LOG, 0.0)
    return np.asarray(log_rise(beta, less) - log_rise(beta + more, less) - beyond)


def tail_sums(values: tuple[float, float, float], d: float, firsts: Numbers) -> Floats:
    """Return `tail_sum` for many firsts, whole numbers ≥ 0 of any shape: each from the next larger one.

    The sum from n is the terms up to n + k and the sum from there, weighed: positive terms only, so
    no digits are lost.
    """
    when = np.asarray(firsts, dtype=np.float64)
    unique, place = np.unique(when, return_inverse=True)
    sums, rate = np.empty(unique.size), float(np.log1p(d)) if d > -1 else np.nan
    for at in range(unique.size - 1, -1, -1):
        begin = float(unique[at])
        gap = unique[at + 1] - begin if at + 1 < unique.size else np.inf
        if gap > TERMS:
            sums[at] = tail_sum(values, d, begin)
        else:
            k = np.arange(gap + 1)
            log_s = log_survival(values, begin + k)
            weight = np.exp(log_s - log_s[0] - rate * k)
            sums[at] = weight[:-1].sum() + weight[-1] * sums[at + 1]
    return sums[place].reshape(when.shape)


@functools.lru_cache(maxsize=KEPT)
def tail_sum(values: tuple[float, float, float], d: float, first: float) -> float:
    """Sum S(first + k) / S(first) / (1 + d)^k over k = 0, 1, …; relative error below 1e-9.

    values: alpha, beta, c; d: fraction ≥ 0. The first terms one by one; the rest, if it counts,
    is an integral with Euler and Maclaurin's correction. Without discount an infinite sum is
    `OutOfRange`, as is a negative d. The sBG's ₂F₁(1, β; α+β; 1/(1+d)) is this sum, but
    library routines for that overflow from α + β of about a thousand.
    """
    alpha, _, c = values
    if not 0 <= d < np.inf:
        raise shared.DISCOUNT_RATE()
    rate = float(np.log1p(d))
    if rate == 0 and alpha * c <= 1:
        raise refused.ENDLESS()
    terms = int(min(max(TERMS, 20 * c * alpha), 2**20))
    enough = rate * terms > NEGLIGIBLE
    k = np.arange(int(NEGLIGIBLE / rate) + 2 if enough else terms, dtype=np.float64)
    start = float(log_survival(values, first))
    total = float(np.exp(log_survival(values, first + k) - start - rate * k).sum())
    if not enough:
        total += _remainder(values, rate, first, first + terms, start)
    if not np.isfinite(total):
        raise refused.LIFETIME_TOO_LARGE()
    return total


def _remainder(
    values: tuple[float, float, float], rate: float, first: float, begin: float, start: float
) -> float:
    """Sum the same terms from begin on: ∫ f + f/2 − f′/12 (Euler–Maclaurin), over ln t."""
    from scipy.special import digamma

    alpha, beta, c = values
    # Where the discount has made an end of it, or where S(t) is a power to ten digits
    size = np.log(1e10) + np.log1p(alpha) + np.log1p(alpha + beta)
    low = float(np.log(begin))
    high = float(np.log(first + NEGLIGIBLE / rate)) if rate else max(low, float(size) / c)
    panels = int(np.clip(np.ceil((high - low) / 0.25), 1, 50_000))
    width = (high - low) / panels
    nodes, weights = gauss_legendre(16)

    def log_area(log_t: Floats) -> Floats:
        with np.errstate(over="ignore"):
            discount = rate * (np.exp(log_t) - first) if rate else 0.0
        return np.asarray(log_t + _log_survival_at(values, log_t) - start - discount)

    with np.errstate(over="ignore"):
        places = low + width * (np.arange(panels)[:, None] + nodes)
        area = float((np.exp(log_area(places)) @ weights).sum() * width)
        if not rate:
            area += float(np.exp(log_area(np.array(high)))) / (alpha * c - 1)
        edge = float(np.exp(log_area(np.array(low)) - low))
        power = float(np.exp(min(c * low, HIGHEST_LOG)))
        slope = -rate + c * power / begin * float(digamma(beta + power) - digamma(alpha + beta + power))
    return area + edge / 2 - edge * slope / 12
