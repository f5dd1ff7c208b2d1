"""The chance of at least so many purchases, for each model of buying.

At least k is the k-th purchase in time: the chance that it comes within the horizon and that the
customer is still there to make it. So no sum of chances is taken from one, and a chance of one in
a billion keeps its digits. Derived from the stories of the models: Fader, Hardie & Lee (2005);
Batislam, Denizel & Filiztekin (2007); Schmittlein, Morrison & Colombo (1987); Fader, Hardie &
Shang (2010).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.numeric.special import log_one_more, log_rise

Shape: TypeAlias = tuple[float, ...]

NODES = 4000  # at most, in the integral of one probability


# Each takes the parameters of its model, frequency and age of customers who are alive, a time t from
# now and k ≥ 1, and returns the chance that they make a k-th purchase within it.


def of_chances(params: Shape, x: Floats, age: Floats, t: Floats, k: Floats, *, chances: int = 0) -> Floats:
    """BG/NBD: stayed after k − 1 purchases, and the k-th of a negative binomial in time.

    chances: 1 in the MBG/NBD, as in `bgnbd`.
    """
    from scipy.special import betainc

    first, second, a, fourth = params
    r, alpha, b = first + x, second + age, fourth + x + chances
    stayed = np.exp(log_rise(b, k - 1) - log_rise(a + b, k - 1))
    return np.asarray(stayed * betainc(k, r, t / (alpha + t)))


def of_moments(params: Shape, x: Floats, age: Floats, t: Floats, k: Floats) -> Floats:
    """Pareto/NBD: ∫ P(alive at u) over the moment u of the k-th purchase, customer by customer."""
    r, alpha, s, beta = params
    rows = zip(r + x, alpha + age, beta + age, t, k, strict=True)
    return np.array([_of_moments((one, scale, s, b), end, k) for one, scale, b, end, k in rows])


def of_opportunities(params: Shape, x: Floats, age: Floats, t: Floats, k: Floats) -> Floats:
    """BG/BB: the sum over the opportunity of the k-th purchase, alive until then.

    Its customers are alive at the next opportunity, not at the last one.
    """
    alpha, beta, gamma, delta = params
    rows = zip(alpha + x, beta + age - x, delta + age, t, k, strict=True)
    later = np.array([_of_opportunities((a, b, gamma, d), n, one) for a, b, d, n, one in rows])
    return np.asarray((gamma + delta + age) / (delta + age) * later)


def _of_moments(params: Shape, t: float, k: float) -> float:
    """Pareto/NBD: ∫ P(alive at u) over the moment u of the k-th purchase, in log(u / (t − u))."""
    from scipy.special import gammaln

    r, alpha, s, beta = params
    if t == 0:
        return 0.0
    low, high = -40 - np.log1p(t / beta) - np.log1p(t / alpha), 40.0
    step = max(0.25 * min(1.0, np.sqrt(1 / k + 1 / r), 3 / np.sqrt(s)), (high - low) / NODES)
    y = np.arange(low, high, step)
    u = t * np.exp(-log_one_more(-y))
    moment = log_rise(r, k) - gammaln(k) - r * np.log1p(u / alpha) - k * np.log1p(alpha / u)
    return float(step * np.exp(moment - s * np.log1p(u / beta) - log_one_more(y)).sum())


def _of_opportunities(params: Shape, n: float, k: float) -> float:
    """BG/BB: the sum over the opportunity m ≤ n of the k-th purchase, alive until then."""
    alpha, beta, gamma, delta = params
    m = np.arange(k, n + 1)
    ways = log_rise(k, m - k) - log_rise(1.0, m - k)
    bought = log_rise(alpha, k) + log_rise(beta, m - k) - log_rise(alpha + beta, m)
    return float(np.exp(ways + bought + log_rise(delta, m) - log_rise(gamma + delta, m)).sum())
