"""Customers who may stop after a purchase: rates of buying (`rates`) with chances to stop (`stops`).

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2); (2008),
"Computing P(alive) using the BG/NBD model", note 021. A customer had x + chances occasions to stop:
chances is 1 where one may stop after the first purchase too, as in the MBG/NBD. The BG/NBD, the MBG/NBD
and the limits of both are choices of rates and stops.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.buying.continuous import Continuous, duration
from klantwaarde_xl.kernels.models.buying.rates import GAMMA, ONE, Rates, Values
from klantwaarde_xl.kernels.models.buying.stops import BETA, NEVER, NOW_OR_NEVER, ONE_CHANCE, Stops
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Fit, Surface
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.pairs import each_pair
from klantwaarde_xl.kernels.models.numeric.special import log_one_more

BLOCK = 8192  # rows at a time in a likelihood, so that what is at hand stays in the processor's cache


class Chances(Continuous):
    """A model in which a customer may stop after a purchase; chances: 0 or 1, as above."""

    def __init__(self, title: str, rates: Rates, stops: Stops, chances: int = 0) -> None:
        self.TITLE = title
        self.rates, self.stops, self.chances = rates, stops, chances
        self.simple, self.stopping = stops in (NEVER, NOW_OR_NEVER), len(stops.NAMES)
        self.once_alive = not chances and stops is not NEVER
        self.NAMES = (*rates.NAMES, *stops.NAMES)
        self.TIMES = (*rates.TIMES, *(0 for _ in stops.NAMES))
        self.made_of = (stops, rates)

    def _parts(self, values: Values) -> tuple[Values, Values]:
        """The values of the rates and those of the chances to stop."""
        of_rates = len(self.rates.NAMES)
        return values[:of_rates], values[of_rates:]

    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        stops = self.stops.starts()
        rates = self.rates.starts(rate)
        return [(*rates[min(at, len(rates) - 1)], *stop) for at, stop in enumerate(stops)] + [
            (*one, *stops[0]) for one in rates[len(stops) :]
        ]

    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers with its exact gradient."""
        if self.stops is NEVER:
            rows = grouping.without_recency(rows)
        return _surface(self.rates, self.stops, self.chances, rows)

    def _loglik(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 6."""
        of_rates, of_stops = self._parts(values)
        stayed = self.stops.stayed(of_stops, x + self.chances)
        bought = self.rates.ways(of_rates, x) + self.rates.waited(of_rates, x, age)
        return np.asarray(stayed + bought + log_one_more(self._log_odds(values, x, t_x, age)))

    def _alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        from scipy.special import expit

        return np.asarray(expit(-self._log_odds(values, x, t_x, age)))

    def _log_odds(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Log of the odds that a customer has stopped; −∞ for who could not."""
        of_rates, of_stops = self._parts(values)
        occasions = x + self.chances
        hazard = self.stops.hazard(of_stops, np.maximum(occasions, 1.0))
        return np.where(occasions > 0, hazard + self.rates.silence(of_rates, x, t_x, age), -np.inf)

    def _expected(self, values: Values, t: Floats) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 9; in the MBG/NBD of the part that stays after the first."""
        share, begun = self._begun(values)
        return np.asarray(share * self.stops.grown(self.rates, *self._parts(begun), t))

    def _begun(self, values: Values) -> tuple[Element, Values]:
        of_rates, of_stops = self._parts(values)
        first = np.asarray(float(self.chances))
        return np.exp(self.stops.stayed(of_stops, first)), (*of_rates, *self.stops.later(of_stops, first))

    def _pace(self, values: Values, t: Element, k: int) -> Floats:
        # λᵏ (1 − p)ᵏ⁻¹ e^(−λpt): stopping comes at rate λp, whatever happens between
        of_rates, of_stops = self._parts(values)
        many, often = np.asarray(float(k)), np.asarray(float(max(k - 1, 0)))
        weight = np.exp(self.rates.ways(of_rates, many) + self.stops.stayed(of_stops, often))
        later = self.rates.later(of_rates, many, np.zeros(())), self.stops.later(of_stops, often)
        return np.asarray(weight * self.stops.staying(self.rates, *later, t))

    def _if_alive(self, values: Values, x: Floats, age: Floats) -> Values:
        of_rates, of_stops = self._parts(values)
        return (*self.rates.later(of_rates, x, age), *self.stops.later(of_stops, x + self.chances))

    def _coming(self, values: Values, x: Floats, age: Floats, t: Numbers, interest: float) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 10."""
        if interest == 0 and np.ndim(t):

            def grown(x: Floats, age: Floats) -> Floats:
                of_rates, of_stops = self._parts(self._if_alive(values, x, age))
                return np.asarray(self.stops.grown(self.rates, of_rates, of_stops, duration(t)))

            return self._each_count(grown, x, age, t)

        def of_pairs(x: Floats, age: Floats) -> Floats:
            def total(rows: npt.NDArray[np.intp], u: Floats) -> Floats:
                now = self._parts(self._if_alive(values, x[rows], age[rows]))
                return self.stops.grown(self.rates, *now, u)

            of_rates, of_stops = self._parts(self._if_alive(values, x, age))
            shape, chance = self.rates.shape(of_rates), self.stops.chance(of_stops)
            steep = np.where(np.isfinite(shape), shape, 0.0) * chance
            scale = np.broadcast_to(self.rates.scale(of_rates), x.shape)
            horizon = float(np.asarray(t))
            return discounted(total, np.asarray(scale), horizon, interest, float(np.max(steep, initial=0.0)))

        if self.rates is ONE:  # of which the age says nothing
            many, place = np.unique(x, return_inverse=True)
            return np.asarray(of_pairs(many, np.zeros(many.size))[place].reshape(x.shape))
        return each_pair(of_pairs, x, age)

    def _coming_pairs(self, values: Values, x: Floats, age: Floats, begin: Floats, end: Floats) -> Floats:
        def pairs(x: Floats, age: Floats) -> Floats:
            return self._pairs(self._if_alive(values, x, age), begin, end)

        return self._each_count(pairs, x, age, begin, end)

    def _each_count(
        self, compute: Callable[[Floats, Floats], Floats], x: Floats, age: Floats, *times: Numbers
    ) -> Floats:
        """Return compute(x, age); where all have one rate, of which the age says nothing, once for each x.

        x, age: customers, below each other where there are several times.
        """
        if self.rates is not ONE or x.ndim != 2 or x.shape[1] != 1 or max(map(np.ndim, times)) > 1:
            return compute(x, age)
        _, first, place = np.unique(x, return_index=True, return_inverse=True)
        found = compute(x[first], age[first])
        return found if found.ndim < 2 else np.asarray(found[place.ravel()])

    def _chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        return self._probability(values, x, t, 0)  # who is alive had the occasion of the last purchase

    def _new_chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        return self._probability(values, x, t, self.chances)

    def _probability(self, values: Values, x: Floats, t: Floats, chances: int) -> Floats:
        """Fader, Hardie & Lee (2005), eq. 8: stayed after each, or stopped at the last of at least x."""
        of_rates, of_stops = self._parts(values)
        count, times = np.broadcast_arrays(x, t)
        occasions = np.asarray(count + chances, dtype=np.float64)
        stayed = np.exp(self.stops.stayed(of_stops, occasions))
        left = stayed * np.exp(self.stops.hazard(of_stops, np.maximum(occasions, 1.0)))
        more = np.where(count > 0, self.rates.at_least(of_rates, np.maximum(count, 1.0), times), 1.0)
        all_stay = stayed * self.rates.exactly(of_rates, count, times)
        return np.asarray(all_stay + np.where(occasions > 0, left * more, 0.0))


def _surface(rates: Rates, stops: Stops, chances: int, rows: Customers) -> Surface:
    """The mean log-likelihood of grouped customers with its exact gradient."""
    from scipy.special import expit

    steps, place = grouping.levels(rows.frequency)
    share = rows.weight / rows.n
    per_step = np.asarray(np.bincount(place, weights=share, minlength=steps.size), dtype=np.float64)
    occasions, many = steps + chances, len(rates.NAMES)
    columns: tuple[npt.NDArray[Any], ...] = (rows.frequency, rows.recency, rows.horizon, share, place)
    could = occasions[place] > 0 if stops is not NEVER else np.zeros(place.size, dtype=bool)
    parts = [(only(columns, could), True), (only(columns, ~could), False)]

    def both(theta: Floats) -> tuple[float, Floats]:
        values: Values = tuple(np.exp(theta))
        of_rates, of_stops = values[:many], values[many:]
        value = float(per_step @ (rates.ways(of_rates, steps) + stops.stayed(of_stops, occasions)))
        of_stayed, of_hazard = stops.slopes(of_stops, np.maximum(occasions, 1.0))
        hazard = stops.hazard(of_stops, np.maximum(occasions, 1.0))
        gradient = np.array([
            *(per_step @ one for one in rates.ways_slopes(of_rates, steps)),
            *(per_step @ np.where(occasions > 0, one, 0.0) for one in of_stayed),
        ])  # fmt: skip
        for part, stopping in parts:
            for at in range(0, part[0].size, BLOCK):
                x, t_x, age, weight, step = (column[at : at + BLOCK] for column in part)
                value += float(weight @ rates.waited(of_rates, x, age))
                now = rates.waited_slopes(of_rates, x, age)
                gradient[:many] += [weight @ one for one in now]
                if stopping:
                    odds = hazard[step] + rates.silence(of_rates, x, t_x, age)
                    value += float(weight @ log_one_more(odds))
                    stopped, then = weight * expit(odds), rates.waited_slopes(of_rates, x, t_x)
                    gradient[:many] += [stopped @ (one - last) for one, last in zip(then, now, strict=True)]
                    gradient[many:] += [stopped @ one[step] for one in of_hazard]
        return value, gradient

    return Surface(lambda theta: both(theta)[0], both)


def only(columns: tuple[npt.NDArray[Any], ...], kept: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[Any], ...]:
    """The rows of columns that are kept."""
    places = np.flatnonzero(kept)
    return tuple(column[places] for column in columns)


NBD = Chances("NBD", GAMMA, NEVER)
POISSON = Chances("Poisson", ONE, NEVER)


class OwnRate(Chances):
    """The plain rival of all models: each customer's own rate, (x + 1) / (T + the mean time between two).

    Nothing is searched: it is the NBD with r = 1 and alpha that mean time.
    """

    def searched(self, rows: Customers, least: float = -np.inf) -> Fit:
        """Return the rate of all customers together as parameters, known but for chance."""
        bought = float(rows.weight @ rows.frequency)
        alpha = float(rows.weight @ rows.horizon) / bought
        value = self.surface(rows).value(np.log([1.0, alpha])) * rows.n
        error = alpha / np.sqrt(bought)
        covariance = np.diag([0.0, error**2])
        params = {"r": 1.0, "alpha": alpha}
        return Fit(self.TITLE, params, {"r": 0.0, "alpha": error}, covariance, value, round(rows.n), True)


OWN_RATE = OwnRate("own rate", GAMMA, NEVER)
AT_ONCE = Chances("NBD, stops at once or never", GAMMA, NOW_OR_NEVER, 1)
AT_ONCE_AT_ONE_RATE = Chances("Poisson, stops at once or never", ONE, NOW_OR_NEVER, 1)
_AFTER_ONE = Chances("NBD, stops after one or never", GAMMA, NOW_OR_NEVER)
_AFTER_ONE_AT_ONE_RATE = Chances("Poisson, stops after one or never", ONE, NOW_OR_NEVER)


def limits_of(title: str, chances: int) -> tuple[Chances, ...]:
    """Return the limits of the model of that title with gamma rates and beta chances."""
    return (
        NBD,
        POISSON,
        Chances(f"{title}, one chance to stop", GAMMA, ONE_CHANCE, chances),
        Chances(f"{title}, one rate", ONE, BETA, chances),
        AT_ONCE if chances else _AFTER_ONE,
        Chances(f"{title}, one rate, one chance to stop", ONE, ONE_CHANCE, chances),
        AT_ONCE_AT_ONE_RATE if chances else _AFTER_ONE_AT_ONE_RATE,
    )
