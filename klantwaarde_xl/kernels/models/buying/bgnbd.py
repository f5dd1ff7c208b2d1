"""BG/NBD: customers without a contract buy at their own rate and may stop after each repeat purchase.

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2); (2008),
"Computing P(alive) using the BG/NBD model", note 021. The purchase rate λ is gamma(r, alpha) over
the customers, the chance p to stop beta(a, b); the formulas are in `chances`. MBG/NBD (`mbgnbd`) differs
only in that a customer may stop after the first purchase too. Here stands how both are estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.chances import BLOCK, Chances, limits_of, only
from klantwaarde_xl.kernels.models.buying.rates import GAMMA
from klantwaarde_xl.kernels.models.buying.stops import BETA
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Bent, Surface


class BetaChances(Chances):
    """BG/NBD and MBG/NBD: gamma rates, beta chances, with the exact Hessian besides."""

    def __init__(self, title: str, chances: int) -> None:
        super().__init__(title, GAMMA, BETA, chances)
        self.limits = limits_of(title, chances)

    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        return [(r, r / rate / 2, a, b) for r, a, b in ((0.7, 0.8, 2.5), (2.0, 0.5, 5.0), (0.2, 2.0, 20.0))]

    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers with its exact gradient and Hessian."""
        return _surface(rows, self.chances)


def _surface(rows: Customers, chances: int) -> Surface:
    """The mean log-likelihood of grouped customers with its exact gradient and Hessian."""
    steps, place = grouping.levels(rows.frequency)
    share = rows.weight / rows.n
    per_step = np.asarray(np.bincount(place, weights=share, minlength=steps.size), dtype=np.float64)
    stops = steps + chances
    columns: tuple[npt.NDArray[Any], ...] = (rows.frequency, rows.recency, rows.horizon, share, place)
    could = stops[place] > 0
    parts = [(columns, True)]
    if not could.all():  # who cannot have stopped needs a third of the work
        parts = [(only(columns, could), True), (only(columns, ~could), False)]

    def bent(theta: Floats) -> Bent:
        params = np.exp(theta)
        value, gradient, hessian = _of_steps(params, steps, stops, per_step)
        ahead = np.where(stops > 0, params[3] + (stops - 1), 1.0)
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


BGNBD = BetaChances("BG/NBD", 0)
