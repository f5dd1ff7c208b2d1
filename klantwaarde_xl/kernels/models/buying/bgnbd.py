"""BG/NBD: customers without a contract buy at their own rate and may stop after each repeat purchase.

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2); (2008),
"Computing P(alive) using the BG/NBD model", note 021. The purchase rate λ is gamma(r, alpha) over
the customers, the chance p to stop beta(a, b). MBG/NBD (`mbgnbd`) differs only in that a customer may
stop after the first purchase too: `chances` counts how often a customer had the occasion to stop
more than the BG/NBD's x.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.buying.continuous import Continuous, Many, Values, duration
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Bent, Surface
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.pairs import each_pair
from klantwaarde_xl.kernels.models.numeric.special import growth, log_rise

BLOCK = 8192  # rows at a time in a likelihood, so that what is at hand stays in the processor's cache


class Chances(Continuous):
    """The models in which a customer may stop after a purchase; chances: 0 or 1, as above."""

    NAMES: tuple[str, ...] = ("r", "alpha", "a", "b")
    TIMES = (False, True, False, False)

    def __init__(self, title: str, chances: int) -> None:
        self.TITLE = title
        self.chances = chances

    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        return [(r, r / rate / 2, a, b) for r, a, b in ((0.7, 0.8, 2.5), (2.0, 0.5, 5.0), (0.2, 2.0, 20.0))]

    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers with its exact gradient and Hessian."""
        return _surface(rows, self.chances)

    def _loglik(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 6."""
        r, alpha, a, b = values
        stops = x + self.chances
        stayed = log_rise(b, stops) - log_rise(a + b, stops)
        bought = log_rise(r, x) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
        return np.asarray(stayed + bought + np.logaddexp(0.0, self._log_odds(values, x, t_x, age)))

    def _alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        from scipy.special import expit

        return np.asarray(expit(-self._log_odds(values, x, t_x, age)))

    def _log_odds(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Log of the odds that a customer has stopped; −∞ for who could not."""
        r, alpha, a, b = values
        stops = x + self.chances
        hazard = np.log(a) - np.log(np.where(stops > 0, b + stops - 1, 1.0))
        waited = (r + x) * np.log1p((age - t_x) / (alpha + t_x))
        return np.where(stops > 0, hazard + waited, -np.inf)

    def _expected(self, values: Values, t: Floats) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 9; in the MBG/NBD of the part that stays after the first."""
        r, alpha, a, b = values
        stays = b / (a + b) if self.chances else 1.0
        return np.asarray(stays * growth(r, alpha, a, b + self.chances, t))

    def _if_alive(self, values: Values, x: Floats, age: Floats) -> Many:
        r, alpha, a, b = values
        return r + x, alpha + age, a, b + x + self.chances

    def _coming(self, values: Values, x: Floats, age: Floats, t: Numbers, interest: float) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 10."""
        r, alpha, a, b = values
        if interest == 0 and np.ndim(t):
            return growth(*self._if_alive(values, x, age), duration(t))

        def of_pairs(x: Floats, age: Floats) -> Floats:
            def total(rows: npt.NDArray[np.intp], u: Floats) -> Floats:
                return growth(*self._if_alive(values, x[rows], age[rows]), u)

            stops = float(np.max((r + x) * a / (a + b + x + self.chances), initial=0.0))
            return discounted(total, np.asarray(alpha + age), float(np.asarray(t)), interest, stops)

        return each_pair(of_pairs, x, age)

    def _chance(self, values: Many, x: Floats, t: Floats) -> Floats:
        return _probability(values, x, t, 0)  # who is alive had the occasion of the last purchase

    def _new_chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        return _probability(values, x, t, self.chances)


def _probability(values: Many, x: Floats, t: Floats, chances: int) -> Floats:
    """Fader, Hardie & Lee (2005), eq. 8, its sum written as an incomplete beta function."""
    from scipy.special import betainc, betaln, gammaln, xlogy

    r, alpha, a, b = values
    count, times = np.broadcast_arrays(x, t)
    stops = count + chances
    bought = log_rise(r, count) - gammaln(count + 1) - r * np.log1p(times / alpha)
    bought = bought + xlogy(count, times / (alpha + times))
    stayed = np.exp(betaln(a, b + stops) - betaln(a, b) + bought)
    more = np.where(count > 0, betainc(np.maximum(count, 1), r, times / (alpha + times)), 1.0)
    left = np.exp(betaln(a + 1, np.where(stops > 0, b + stops - 1, 1.0)) - betaln(a, b))
    return np.asarray(stayed + np.where(stops > 0, left * more, 0.0))


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


BGNBD = Chances("BG/NBD", 0)
