"""How often customers buy as long as they are customers: gamma rates, or one rate that all share.

Of the gamma distribution (r, alpha) of rates, one rate lambda = r / alpha is the limit r, alpha → ∞. A
rate meets the rest of a model in E[λ^x e^(−λt)], the weight of x purchases in a time t at known moments.
Everything here is elementwise, the values too, so that each customer may have their own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats
from klantwaarde_xl.kernels.models.numeric.special import log_rise

Values: TypeAlias = tuple[Element, ...]
Bends: TypeAlias = list[tuple[int, int, Floats]]  # second derivatives: of which two parameters, at least
FALL = 40.0  # e⁻⁴⁰ of something is nothing beside it


class Rates(ABC):
    """A distribution of rates over the customers; in every function values are in the order of NAMES."""

    NAMES: tuple[str, ...]
    TIMES: tuple[int, ...]  # of which power of time each parameter is

    @abstractmethod
    def starts(self, rate: float) -> list[tuple[float, ...]]:
        """Where a search begins; rate: purchases per unit of time of all customers together."""

    @abstractmethod
    def ways(self, values: Values, x: Floats) -> Floats:
        """The part of log E[λ^x e^(−λt)] that has no time in it."""

    @abstractmethod
    def waited(self, values: Values, x: Floats, t: Floats) -> Floats:
        """The rest of it."""

    @abstractmethod
    def silence(self, values: Values, x: Floats, t: Floats, later: Floats) -> Floats:
        """By how much `waited` falls between two times t ≤ later."""

    @abstractmethod
    def shape(self, values: Values) -> Element:
        """The shape of the distribution, infinite where all are equal."""

    @abstractmethod
    def scale(self, values: Values) -> Element:
        """The time on whose scale purchases come."""

    @abstractmethod
    def until(self, values: Values, x: Floats, t: Floats) -> Floats:
        """The time at which the weight is e^−`FALL` of what it is at t."""

    @abstractmethod
    def ways_slopes(self, values: Values, x: Floats) -> list[Floats]:
        """The derivatives of `ways` to the logarithm of each parameter."""

    @abstractmethod
    def waited_slopes(self, values: Values, x: Floats, t: Floats) -> list[Floats]:
        """The derivatives of `waited`."""

    def waited_and_slopes(self, values: Values, x: Floats, t: Floats) -> tuple[Floats, list[Floats]]:
        """`waited` with its derivatives, which may share the work."""
        return self.waited(values, x, t), self.waited_slopes(values, x, t)

    @abstractmethod
    def ways_bends(self, values: Values, x: Floats) -> Bends:
        """The second derivatives of `ways` to the logarithms of two parameters, that are not 0."""

    @abstractmethod
    def waited_bends(self, values: Values, x: Floats, slopes: list[Floats]) -> Bends:
        """The second derivatives of `waited`, that are not 0, from the first."""

    @abstractmethod
    def later(self, values: Values, x: Floats, t: Floats) -> Values:
        """The values of who made x purchases in a time t."""

    @abstractmethod
    def mean(self, values: Values) -> Element:
        """The mean rate."""

    @abstractmethod
    def none(self, values: Values, t: Element) -> Floats:
        """Log of the chance of no purchase in a time t, which may be a share of one."""

    @abstractmethod
    def exactly(self, values: Values, x: Floats, t: Floats) -> Floats:
        """The chance of x purchases in a time t."""

    @abstractmethod
    def at_least(self, values: Values, x: Floats, t: Floats) -> Floats:
        """The chance of at least x purchases, x ≥ 1, in a time t."""

    @abstractmethod
    def far(self, values: Values) -> tuple[Element, Element]:
        """The gamma distribution that this is, or is very near to."""


class Gamma(Rates):
    """Rates are gamma(r, alpha) over the customers."""

    NAMES: tuple[str, ...] = ("r", "alpha")
    TIMES = (0, 1)

    def starts(self, rate: float) -> list[tuple[float, ...]]:
        return [(r, r / rate) for r in (1.0, 10.0)]

    def ways(self, values: Values, x: Floats) -> Floats:
        r, alpha = values
        return np.asarray(log_rise(r, x) - x * np.log(alpha))

    def waited(self, values: Values, x: Floats, t: Floats) -> Floats:
        # Both parts hold α for large r, where their own logs would cancel
        r, alpha = values
        return np.asarray(-(r + x) * np.log1p(t / alpha))

    def silence(self, values: Values, x: Floats, t: Floats, later: Floats) -> Floats:
        r, alpha = values
        return np.asarray((r + x) * np.log1p((later - t) / (alpha + t)))

    def shape(self, values: Values) -> Element:
        return values[0]

    def scale(self, values: Values) -> Element:
        return values[1]

    def until(self, values: Values, x: Floats, t: Floats) -> Floats:
        r, alpha = values
        return np.asarray(t + (alpha + t) * np.expm1(np.minimum(FALL / (r + x), 300.0)))

    def ways_slopes(self, values: Values, x: Floats) -> list[Floats]:
        from scipy.special import psi

        r, _ = values
        return [np.asarray(r * (psi(r + x) - psi(r))), np.asarray(-x)]

    def waited_slopes(self, values: Values, x: Floats, t: Floats) -> list[Floats]:
        return self.waited_and_slopes(values, x, t)[1]

    def waited_and_slopes(self, values: Values, x: Floats, t: Floats) -> tuple[Floats, list[Floats]]:
        r, alpha = values
        older = np.log1p(t / alpha)
        return -(r + x) * older, [-r * older, np.asarray((r + x) * t / (alpha + t))]

    def ways_bends(self, values: Values, x: Floats) -> Bends:
        from scipy.special import psi, zeta

        r, _ = values
        return [(0, 0, np.asarray(r * (psi(r + x) - psi(r)) + r**2 * (zeta(2, r + x) - zeta(2, r))))]

    def waited_bends(self, values: Values, x: Floats, slopes: list[Floats]) -> Bends:
        r, _ = values
        of_r, of_alpha = slopes
        share = of_alpha / (r + x)
        return [(0, 0, of_r), (0, 1, r * share), (1, 1, of_alpha * (share - 1))]

    def later(self, values: Values, x: Floats, t: Floats) -> Values:
        r, alpha = values
        return r + x, alpha + t

    def mean(self, values: Values) -> Element:
        return values[0] / values[1]

    def none(self, values: Values, t: Element) -> Floats:
        r, alpha = values
        return np.asarray(-r * np.log1p(t / alpha))

    def exactly(self, values: Values, x: Floats, t: Floats) -> Floats:
        # The negative binomial
        from scipy.special import gammaln, xlogy

        r, alpha = values
        log_p = log_rise(r, x) - gammaln(x + 1) - r * np.log1p(t / alpha) + xlogy(x, t / (alpha + t))
        return np.asarray(np.exp(log_p))

    def at_least(self, values: Values, x: Floats, t: Floats) -> Floats:
        from scipy.special import betainc

        r, alpha = values
        return np.asarray(betainc(x, r, t / (alpha + t)))

    def far(self, values: Values) -> tuple[Element, Element]:
        return values[0], values[1]


class One(Rates):
    """All customers have one rate, lambda."""

    NAMES: tuple[str, ...] = ("lambda",)
    TIMES = (-1,)
    SHAPE = 1e15  # of the gamma distribution that is it, to the last digit

    def starts(self, rate: float) -> list[tuple[float, ...]]:
        return [(rate,)]

    def ways(self, values: Values, x: Floats) -> Floats:
        return np.asarray(x * np.log(values[0]))

    def waited(self, values: Values, x: Floats, t: Floats) -> Floats:
        return np.asarray(-values[0] * t)

    def silence(self, values: Values, x: Floats, t: Floats, later: Floats) -> Floats:
        return np.asarray(values[0] * (later - t))

    def shape(self, values: Values) -> Element:
        return np.inf

    def scale(self, values: Values) -> Element:
        return 1 / values[0]

    def until(self, values: Values, x: Floats, t: Floats) -> Floats:
        return np.asarray(t + FALL / values[0])

    def ways_slopes(self, values: Values, x: Floats) -> list[Floats]:
        return [x]

    def waited_slopes(self, values: Values, x: Floats, t: Floats) -> list[Floats]:
        return [np.asarray(-values[0] * t)]

    def ways_bends(self, values: Values, x: Floats) -> Bends:
        return []

    def waited_bends(self, values: Values, x: Floats, slopes: list[Floats]) -> Bends:
        return [(0, 0, slopes[0])]

    def later(self, values: Values, x: Floats, t: Floats) -> Values:
        # What a customer did says nothing of the rate
        return values

    def mean(self, values: Values) -> Element:
        return values[0]

    def none(self, values: Values, t: Element) -> Floats:
        return np.asarray(-values[0] * t)

    def exactly(self, values: Values, x: Floats, t: Floats) -> Floats:
        # Poisson's
        from scipy.special import gammaln, xlogy

        mean = values[0] * t
        return np.asarray(np.exp(xlogy(x, mean) - mean - gammaln(x + 1)))

    def at_least(self, values: Values, x: Floats, t: Floats) -> Floats:
        from scipy.special import gammainc

        return np.asarray(gammainc(x, values[0] * t))

    def far(self, values: Values) -> tuple[Element, Element]:
        return self.SHAPE, self.SHAPE / values[0]


GAMMA, ONE = Gamma(), One()
