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

from klantwaarde_xl.kernels.arrays import Element, Floats
from klantwaarde_xl.kernels.models.buying.face import Model, module_of
from klantwaarde_xl.kernels.models.numeric.special import log_rise

Shape: TypeAlias = tuple[float, ...]

NODES = 4000  # at most, in the integral of one probability
SUMMED = 2000  # purchases up to which the chances of fewer are added up one by one
CERTAIN = 0.999  # the chance of more, above which they are


def at_least(
    model: Model, params: Shape, x: Floats, t_x: Floats, age: Floats, t: Floats, count: Floats
) -> Floats:
    """Probability that each customer makes at least so many purchases in a time t from now.

    params: of the model, > 0; x, t_x, age: a possible history, all 0 for a new customer; t: ≥ 0,
    in the BG/BB a whole number of opportunities; count: whole ≥ 0. Arrays of one dimension and one
    length. Impossible input raises `OutOfRange`, as in the model's `p_alive`.
    """
    alive = np.asarray(module_of(model).p_alive(params, x, t_x, age))
    first, second, third, fourth = params
    k = np.maximum(count, 1.0)
    if model is Model.BGBB:
        # p_alive is about the next opportunity; here it must be about the last one
        alive = alive * (third + fourth + age) / (fourth + age)
        rows = zip(first + x, second + age - x, fourth + age, t, k, strict=True)
        later = np.array([_of_opportunities((a, b, third, d), n, one) for a, b, d, n, one in rows])
    elif model is Model.PARETONBD:
        rows = zip(first + x, second + age, fourth + age, t, k, strict=True)
        later = np.array([_of_moments((r, alpha, third, b), end, one) for r, alpha, b, end, one in rows])
    else:
        later = _of_chances((first + x, second + age, third, fourth + x + (model is Model.MBGNBD)), t, k)
    return np.where(count > 0, alive * later, 1.0)


def at_most(
    model: Model, params: Shape, x: Floats, t_x: Floats, age: Floats, t: Floats, count: Floats
) -> Floats:
    """Probability that each customer makes at most so many purchases; arguments as `at_least`.

    What more purchases leave; where that is next to nothing, the sum of the chances of 0, 1, ….
    """
    more = at_least(model, params, x, t_x, age, t, count + 1)
    result = 1 - more
    for row in np.flatnonzero((more > CERTAIN) & (count <= SUMMED)):
        fewer = np.arange(count[row] + 1)
        each = module_of(model).conditional_pmf(params, x[row], t_x[row], age[row], t[row], fewer)
        result[row] = each.sum()
    return np.asarray(result)


def _of_chances(params: tuple[Element, ...], t: Floats, k: Floats) -> Floats:
    """BG/NBD: stayed after k − 1 purchases, and the k-th of a negative binomial in time."""
    from scipy.special import betainc

    r, alpha, a, b = params
    stayed = np.exp(log_rise(b, k - 1) - log_rise(a + b, k - 1))
    return np.asarray(stayed * betainc(k, r, t / (alpha + t)))


def _of_moments(params: Shape, t: float, k: float) -> float:
    """Pareto/NBD: ∫ P(alive at u) over the moment u of the k-th purchase, in log(u / (t − u))."""
    from scipy.special import gammaln

    r, alpha, s, beta = params
    if t == 0:
        return 0.0
    low, high = -40 - np.log1p(t / beta) - np.log1p(t / alpha), 40.0
    step = max(0.25 * min(1.0, np.sqrt(1 / k + 1 / r), 3 / np.sqrt(s)), (high - low) / NODES)
    y = np.arange(low, high, step)
    u = t * np.exp(-np.logaddexp(0, -y))
    moment = log_rise(r, k) - gammaln(k) - r * np.log1p(u / alpha) - k * np.log1p(alpha / u)
    return float(step * np.exp(moment - s * np.log1p(u / beta) - np.logaddexp(0, y)).sum())


def _of_opportunities(params: Shape, n: float, k: float) -> float:
    """BG/BB: the sum over the opportunity m ≤ n of the k-th purchase, alive until then."""
    alpha, beta, gamma, delta = params
    m = np.arange(k, n + 1)
    ways = log_rise(k, m - k) - log_rise(1.0, m - k)
    bought = log_rise(alpha, k) + log_rise(beta, m - k) - log_rise(alpha + beta, m)
    return float(np.exp(ways + bought + log_rise(delta, m) - log_rise(gamma + delta, m)).sum())
