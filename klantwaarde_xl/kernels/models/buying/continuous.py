"""The face of a model of buying in continuous time: it checks what comes in, and asks the formulas.

A model gives its formulas for checked arrays and values; which parameters are times, and where a
search begins. Everything that the models share stands here once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.estimate import differences, grouping, search
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params, Surface
from klantwaarde_xl.kernels.models.numeric.quadrature import gauss_legendre
from klantwaarde_xl.refusals import models as refused

Values: TypeAlias = tuple[Element, ...]  # in the order of NAMES; of a fit, or a customer each

CONTEST_ROWS, CONTEST = (
    4000,
    10.0,
)  # of a subsample; log-likelihood, all rows, by which a limit may stay behind in it
PAIR_NODES = 6  # of the integral over pairs of purchases
SAME = 0.01  # of a log-likelihood: two models that differ by less say the same of these customers


class Continuous(ABC):
    """A model of buying in continuous time.

    In every function: params, > 0, by name or in the order of NAMES; frequency: whole ≥ 0, purchases
    after the first; recency: time of the last purchase since the first, 0…T, 0 exactly where
    frequency is 0; T: time since the first purchase; t: ≥ 0; k, x: whole ≥ 0. All times in the unit
    of the fit; everything but params is broadcast. Impossible input raises `OutOfRange`.
    """

    TITLE: str  # its name in the literature, of a limit in English; the `model` of its fits
    NAMES: tuple[str, ...]
    TIMES: tuple[int, ...]  # of which power of time each parameter is
    made_of: tuple[object, object] | None = None  # how its customers stop, and how they buy
    simple: bool = False  # whether a search takes next to no time
    stopping: int = 2  # how many parameters are about stopping
    once_alive: bool = False  # whether only who came back can have stopped
    limits: Sequence[Continuous] = ()  # models of their own, at the edge of the parameters
    ROUGH: int = grouping.ROUGH_ROWS  # rows at most on which its search begins
    FIRST: int = 0  # of those, on which it looks where that may lead, if its likelihood is dear

    # ── what a model gives ──────────────────────────────────────────────────────────────────────

    @abstractmethod
    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        """Where a search begins; rate: purchases per unit of time of all customers together."""

    @abstractmethod
    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers."""

    @abstractmethod
    def _loglik(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats: ...

    @abstractmethod
    def _alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats: ...

    @abstractmethod
    def _expected(self, values: Values, t: Floats) -> Floats: ...

    @abstractmethod
    def _coming(self, values: Values, x: Floats, age: Floats, t: Numbers, interest: float) -> Floats:
        """Purchases within t of who is alive, discounted; without interest t may be an array."""

    @abstractmethod
    def _if_alive(self, values: Values, x: Floats, age: Floats) -> Values:
        """The parameters of the population to which a customer who is alive belongs from now on."""

    @abstractmethod
    def _chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        """Probability that who is alive makes x purchases within t; the values may be arrays."""

    @abstractmethod
    def _pace(self, values: Values, t: Element, k: int) -> Floats:
        """The density of k purchases at given moments, the last one at t, of who is a customer at the begin.

        That is E[λᵏ · chance to stay after k − 1 of them and until t]; with k = 0 the chance to be a
        customer at t. Who did not stop before is a member of the population with these values.
        """

    def _begun(self, values: Values) -> tuple[Element, Values]:
        """The share that is a customer after the first purchase, and their values."""
        return 1.0, values

    def _new_chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        """The same of a new customer, who has just made the first purchase."""
        return self._chance(values, x, t)

    # ── what it is asked ────────────────────────────────────────────────────────────────────────

    def fit(self, frequency: Numbers, recency: Numbers, T: Numbers, weights: Numbers | None = None) -> Fit:  # noqa: N803
        """Estimate the parameters by maximum likelihood.

        weights: ≥ 0, how many customers a row stands for; all of one length. Too little to estimate
        from is a `Fit` that is not converged and says why.
        """
        customers = grouping.group(frequency, recency, T, weights)
        why = grouping.too_little(customers)
        if why is not None:
            return search.failed(self.TITLE, self.NAMES, round(customers.n), why)
        rows, unit = grouping.scaled(customers)
        return best_of(self, grouping.alike(rows), unit, rows)

    def searched(self, rows: Customers, least: float = -np.inf) -> Fit:
        """Search the parameters of this very model on customers as they are, scaled.

        least: the mean log-likelihood that is known to be reached at an edge, of the rows on which
        a search begins.
        """
        few = grouping.rough(rows, self.ROUGH)
        rate = float(rows.weight @ rows.frequency) / max(float(rows.weight @ rows.horizon), 1e-300)
        rough = None if few is rows else self.surface(few)
        starts, surface, near = self._starts(rate), self.surface(rows), None
        if self.FIRST and few.weight.size > self.FIRST:
            some = grouping.rough(few, self.FIRST)
            first = search.maximise(self.TITLE, self.NAMES, self.surface(some), some.n, starts[:1])
            near = [*first.params.values()] if first.converged else None
        return search.maximise(self.TITLE, self.NAMES, surface, rows.n, starts, rough, least, near)

    def in_unit(self, fit: Fit, rows: Customers, unit: float) -> Fit:
        """Return the fit of scaled customers in the unit by which their times were divided."""
        times = float(rows.weight @ rows.frequency) * np.log(unit)
        return search.rescaled(fit, [unit**power for power in self.TIMES], -times)

    def loglik(self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
        """Log-likelihood of each customer."""
        return self._loglik(self._values(params), *grouping.checked(frequency, recency, T))

    def bends_of_each(
        self, values: Values, x: Floats, t_x: Floats, age: Floats, *, bends: bool
    ) -> tuple[Floats, Floats, Floats]:
        """Log-likelihoods of customers who each have parameters of their own, in the order of NAMES.

        With their derivatives to the logs of these: as `differences.bends_of_each`.
        """

        def loglik(logs: Floats) -> Floats:
            return self._loglik(tuple(np.exp(logs)), x, t_x, age)

        return differences.bends_of_each(loglik, np.log(np.array(values)), bends=bends)

    def p_alive(self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
        """Probability 0…1 that each customer has not stopped."""
        return self._alive(self._values(params), *grouping.checked(frequency, recency, T))

    def expected(self, params: Params, t: Numbers) -> Floats:
        """Repeat purchases to expect of a new customer in a time t."""
        return self._expected(self._values(params), duration(t))

    def conditional_expected(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, t: Numbers  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Purchases to expect of each customer in a time t from now."""
        return self._of_customers(params, (frequency, recency, T), t, 0.0)

    def discounted_expected(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, t: float, interest: float  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Purchases to expect of each customer in a time t from now, each discounted from its moment.

        t: ≥ 0, infinite for the discounted expected residual transactions (DERT); interest:
        continuous, ≥ 0 per unit of time of the fit, above 0 with an infinite t. Fader, Hardie & Lee
        (2005), "RFM and CLV".
        """
        return self._of_customers(params, (frequency, recency, T), t, interest)

    def conditional_pmf(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, t: Numbers, k: Numbers  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Probability that each customer makes k purchases in a time t from now."""
        values, (x, t_x, age) = self._values(params), grouping.checked(frequency, recency, T)
        alive, count = self._alive(values, x, t_x, age), whole(k)
        bought = self._chance(self._if_alive(values, x, age), count, duration(t))
        return np.asarray(alive * bought + (1 - alive) * (count == 0))

    def still_alive(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, t: Numbers  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Probability 0…1 that each customer has not stopped a time t from now."""
        values, (x, t_x, age) = self._values(params), grouping.checked(frequency, recency, T)
        stays = self._pace(self._if_alive(values, x, age), duration(t), 0)
        return np.asarray(self._alive(values, x, t_x, age) * stays)

    def conditional_pairs(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, begin: Numbers, end: Numbers  # noqa: N803
    ) -> Floats:  # fmt: skip
        """E[N (N − 1)] of each customer, N the purchases between two times from now; begin ≤ end.

        With the expectation it gives the variance of N. Within about 1e-6 of it.
        """
        values, (x, t_x, age) = self._values(params), grouping.checked(frequency, recency, T)
        found = self._coming_pairs(values, x, age, duration(begin), duration(end))
        return np.asarray(self._alive(values, x, t_x, age) * found)

    def _coming_pairs(self, values: Values, x: Floats, age: Floats, begin: Floats, end: Floats) -> Floats:
        """The same of who is alive."""
        return self._pairs(self._if_alive(values, x, age), begin, end)

    def pairs(self, params: Params, begin: Numbers, end: Numbers) -> Floats:
        """E[N (N − 1)], N the repeat purchases of a new customer between two times after the first."""
        share, values = self._begun(self._values(params))
        return np.asarray(share * self._pairs(values, duration(begin), duration(end)))

    def _pairs(self, values: Values, begin: Floats, end: Floats) -> Floats:
        """2 ∫ (w − begin) · `_pace`(w, 2) dw, by Gauss and Legendre's rule in log(w + the scale of time)."""
        times = [
            np.asarray(value if power > 0 else 1 / value)
            for value, power in zip(values, self.TIMES, strict=True)
            if power
        ]
        scale = np.min(np.broadcast_arrays(*times), axis=0) + begin
        length = np.log1p((end - begin) / scale)
        total: Floats = np.zeros(())
        for place, weight in zip(*gauss_legendre(PAIR_NODES), strict=True):
            y = length * place
            since = scale * np.expm1(y)
            pace = self._pace(values, begin + since, 2)
            total = total + 2 * weight * length * since * scale * np.exp(y) * pace
        return np.asarray(total)

    def pmf(self, params: Params, x: Numbers, t: Numbers) -> Floats:
        """Probability that a new customer makes x repeat purchases in a time t."""
        return self._new_chance(self._values(params), whole(x), duration(t))

    def _values(self, params: Params) -> Values:
        return search.values_of(params, self.NAMES)

    def _of_customers(
        self, params: Params, history: tuple[Numbers, Numbers, Numbers], t: Numbers, interest: float
    ) -> Floats:
        values, (x, t_x, age) = self._values(params), grouping.checked(*history)
        return np.asarray(self._alive(values, x, t_x, age) * self._coming(values, x, age, t, interest))


def best_of(model: Continuous, rows: Customers, unit: float, everybody: Customers) -> Fit:
    """Return the fit of a model, or where it has no best values that of the limit it runs to.

    rows: scaled; unit: by which their times were divided; everybody: before those who are nearly alike were
    merged, for the likelihood that is told. The simple limits take next to no time, on the
    rows with which a search begins: they tell it when it runs away that it can give up, or that it
    ended at a lower top. Only then all limits are searched on all rows. Of those with an optimum of their
    own the likeliest is the answer, but that customers stop must be visible before it is told: against those
    without it a parameter about stopping must earn the price of the BIC (Schwarz 1978).
    """
    few = grouping.rough(rows, model.ROUGH)
    simple = [_once(limit, few) for limit in model.limits if limit.simple]
    least = max((fit.loglik for fit in simple if fit.converged), default=-np.inf) / few.n
    found = model.searched(rows, least)
    if found.converged:
        top = model.surface(few).value(np.log([*found.params.values()])) if few is not rows else None
        reached = found.loglik / found.n if top is None else top
        if reached >= least - SAME / few.n:
            return _told(model, found, rows, unit, everybody)
    answer = _limit_of(model, rows)
    if found.converged and (answer is None or answer[1].loglik < found.loglik):
        answer = model, found  # on all rows it is no lower top
    return found if answer is None else _told(*answer, rows, unit, everybody)


def _told(model: Continuous, fit: Fit, rows: Customers, unit: float, everybody: Customers) -> Fit:
    """The fit in the unit of the data, with the likelihood of all customers as they are."""
    if everybody is not rows:
        value = model.surface(everybody).value(np.log([*fit.params.values()]))
        fit = replace(fit, loglik=float(value * everybody.n))
    return model.in_unit(fit, everybody, unit)


def _limit_of(model: Continuous, rows: Customers) -> tuple[Continuous, Fit] | None:
    """The limit that is the answer, with its fit; of many rows only what a subsample does not rule out."""
    some = grouping.sample(rows, CONTEST_ROWS)
    price, size = np.log(rows.n) / 2, rows.n / some.n
    left: Sequence[Continuous] = model.limits
    if some is not rows:
        worth = {
            limit: fit.loglik * size - price * limit.stopping
            for limit in left
            if (fit := _once(limit, some)).converged
        }
        best = max(worth.values(), default=-np.inf)
        left = [limit for limit in left if worth.get(limit, -np.inf) >= best - CONTEST]
    there = [(limit, fit) for limit in left if (fit := _once(limit, rows)).converged]
    if not there:
        return None

    def likeliest(among: Sequence[tuple[Continuous, Fit]], price: float) -> tuple[Continuous, Fit]:
        worth = [fit.loglik - price * limit.stopping for limit, fit in among]
        best = [one for one, found in zip(among, worth, strict=True) if found >= max(worth) - SAME]
        return min(best, key=lambda one: len(one[1].params))

    found = likeliest(there, price)
    if not found[0].stopping:
        return found
    # That customers stop is visible: how their chances differ has no price, as it has none within the model
    return likeliest([one for one in there if one[0].stopping], 0.0)


def _once(limit: Continuous, rows: Customers) -> Fit:
    """A limit that models share is searched once for the same customers."""
    return remembered(limit.TITLE, [*rows], lambda *_: limit.searched(rows))


def duration(t: Numbers) -> Floats:
    """Return times as floats; a negative or missing one raises `OutOfRange`."""
    times = np.asarray(t, dtype=np.float64)
    if not np.all((times >= 0) & np.isfinite(times)):
        raise refused.DURATION()
    return times


def whole(x: Numbers) -> Floats:
    """Return counts as floats; one that is not whole and ≥ 0 raises `OutOfRange`."""
    count = np.asarray(x, dtype=np.float64)
    if not np.all((count >= 0) & (count == np.floor(count)) & np.isfinite(count)):
        raise refused.COUNT_OF_PURCHASES()
    return count
