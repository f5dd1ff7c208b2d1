"""How long customers stay who may stop at any moment: the limits of gamma(s, beta) rates of stopping.

With s, beta → ∞ all have one rate mu = s / beta. With f the density of the moment of stopping and W the
weight of the purchases (`rates`), the Pareto/NBD needs κ(t) = ∫ₜ^∞ W(x, u) f(u) du / (W(x, t) S(t)), a
share in 0…1, and the time that a customer still stays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Element, Floats
from klantwaarde_xl.kernels.models.buying.rates import FALL, ONE, Bends, Rates, Values
from klantwaarde_xl.kernels.models.numeric.discounting import discounted
from klantwaarde_xl.kernels.models.numeric.special import exponential_integral, gauss
from klantwaarde_xl.refusals import models as refused


class Lasting(ABC):
    """A distribution of how long customers stay; in every function values are in the order of NAMES."""

    NAMES: tuple[str, ...]
    TIMES: tuple[int, ...]  # of which power of time each parameter is

    @abstractmethod
    def starts(self) -> list[tuple[float, ...]]:
        """Where a search begins."""

    @abstractmethod
    def stayed(self, values: Values, t: Element) -> Floats:
        """Log of the chance to stay a time t."""

    @abstractmethod
    def density(self, values: Values, t: Floats) -> Floats:
        """Log of the density of the moment of stopping."""

    @abstractmethod
    def stayed_slopes(self, values: Values, t: Floats) -> list[Floats]:
        """The derivatives of `stayed` to the logarithm of each parameter."""

    @abstractmethod
    def density_slopes(self, values: Values, t: Floats) -> list[Floats]:
        """The derivatives of `density`."""

    def density_and_slopes(self, values: Values, t: Floats) -> tuple[Floats, list[Floats]]:
        """`density` with its derivatives, which may share the work."""
        return self.density(values, t), self.density_slopes(values, t)

    @abstractmethod
    def stayed_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        """The second derivatives of `stayed` to the logarithms of two parameters, not 0, from the first."""

    @abstractmethod
    def density_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        """The second derivatives of `density`, that are not 0, from the first."""

    @abstractmethod
    def scale(self, values: Values) -> Element:
        """The time on whose scale customers stop."""

    @abstractmethod
    def until(self, values: Values, t: Floats) -> Floats:
        """The time at which e^−`FALL` are left of who was there at t."""

    @abstractmethod
    def kappa(self, rates: Rates, of_rates: Values, values: Values, x: Floats, t: Floats) -> Floats:
        """κ(t), after x purchases."""

    @abstractmethod
    def later(self, values: Values, t: Element) -> Values:
        """The values of who stayed a time t."""

    @abstractmethod
    def lifetime(self, values: Values, t: Element) -> Floats:
        """Expected part of a time t that a customer stays."""

    @abstractmethod
    def discounted(self, values: Values, t: float, interest: float) -> Floats:
        """The same, discounted; t may be infinite, with interest."""

    @abstractmethod
    def far(self, values: Values) -> tuple[Element, Element]:
        """The gamma distribution that this is, or is very near to."""


class GammaLasting(Lasting):
    """Rates of stopping are gamma(s, beta) over the customers."""

    NAMES: tuple[str, ...] = ("s", "beta")
    TIMES = (0, 1)

    def starts(self) -> list[tuple[float, ...]]:
        return [(0.6, 3.0), (1.5, 10.0)]

    def stayed(self, values: Values, t: Element) -> Floats:
        s, beta = values
        return np.asarray(-s * np.log1p(t / beta))

    def density(self, values: Values, t: Floats) -> Floats:
        s, beta = values
        return np.asarray(np.log(s / beta) - (s + 1) * np.log1p(t / beta))

    def stayed_slopes(self, values: Values, t: Floats) -> list[Floats]:
        s, beta = values
        return [np.asarray(-s * np.log1p(t / beta)), np.asarray(s * t / (beta + t))]

    def density_slopes(self, values: Values, t: Floats) -> list[Floats]:
        return self.density_and_slopes(values, t)[1]

    def density_and_slopes(self, values: Values, t: Floats) -> tuple[Floats, list[Floats]]:
        s, beta = values
        older = np.log1p(t / beta)
        slopes = [1 - s * older, np.asarray((s + 1) * t / (beta + t) - 1)]
        return np.log(s / beta) - (s + 1) * older, slopes

    def stayed_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        s, _ = values
        of_s, of_beta = slopes
        return [(0, 0, of_s), (0, 1, of_beta), (1, 1, of_beta * (of_beta / s - 1))]

    def density_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        s, _ = values
        of_s, steep = slopes[0] - 1, slopes[1] + 1
        share = steep / (s + 1)
        return [(0, 0, of_s), (0, 1, s * share), (1, 1, steep * (share - 1))]

    def scale(self, values: Values) -> Element:
        return values[1]

    def until(self, values: Values, t: Floats) -> Floats:
        s, beta = values
        return np.asarray(t + (beta + t) * np.expm1(np.minimum(FALL / s, 300.0)))

    def kappa(self, rates: Rates, of_rates: Values, values: Values, x: Floats, t: Floats) -> Floats:
        s, beta = values
        if rates is ONE:
            return np.asarray(s * exponential_integral(s + 1, of_rates[0] * (beta + t)))
        r, alpha = of_rates
        total = r + s + x
        # Each of a form whose terms are positive; the one that is not taken has z = 0
        near, far = np.maximum(alpha - beta, 0.0) / (alpha + t), np.maximum(beta - alpha, 0.0) / (beta + t)
        if np.all(alpha >= beta):
            g = gauss(r + x, total + 1, near)
        else:
            swapped = (alpha + t) / (beta + t) * gauss(s + 1, total + 1, far)
            g = np.where(alpha >= beta, gauss(r + x, total + 1, near), swapped)
        return np.asarray(s / total * g)

    def later(self, values: Values, t: Element) -> Values:
        s, beta = values
        return s, beta + t

    def lifetime(self, values: Values, t: Element) -> Floats:
        s, beta = values
        log_growth = np.log1p(t / beta)
        if np.all(s == 1):
            return np.asarray(beta * log_growth)
        return np.asarray(beta * -np.expm1(-(s - 1) * log_growth) / (s - 1))

    def discounted(self, values: Values, t: float, interest: float) -> Floats:
        s, beta = values
        if t == np.inf:
            _refuse_endless(interest)
            return np.asarray(beta * exponential_integral(s, interest * beta))
        scales, place = np.unique(beta, return_inverse=True)

        def total(rows: npt.NDArray[np.intp], u: Floats) -> Floats:
            return self.lifetime((s, scales[rows]), u)

        found = discounted(total, scales, t, interest, float(np.max(s)))
        return np.asarray(found[place.reshape(np.shape(beta))])

    def far(self, values: Values) -> tuple[Element, Element]:
        return values[0], values[1]


class OneLasting(Lasting):
    """All customers have one rate of stopping, mu."""

    NAMES: tuple[str, ...] = ("mu",)
    TIMES = (-1,)
    SHAPE = 1e15  # of the gamma distribution that is it, to the last digit

    def starts(self) -> list[tuple[float, ...]]:
        return [(0.1,), (0.01,)]

    def stayed(self, values: Values, t: Element) -> Floats:
        return np.asarray(-values[0] * t)

    def density(self, values: Values, t: Floats) -> Floats:
        return np.asarray(np.log(values[0]) - values[0] * t)

    def stayed_slopes(self, values: Values, t: Floats) -> list[Floats]:
        return [np.asarray(-values[0] * t)]

    def density_slopes(self, values: Values, t: Floats) -> list[Floats]:
        return [np.asarray(1 - values[0] * t)]

    def stayed_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        return [(0, 0, slopes[0])]

    def density_bends(self, values: Values, slopes: list[Floats]) -> Bends:
        return [(0, 0, slopes[0] - 1)]

    def scale(self, values: Values) -> Element:
        return 1 / values[0]

    def until(self, values: Values, t: Floats) -> Floats:
        return np.asarray(t + FALL / values[0])

    def kappa(self, rates: Rates, of_rates: Values, values: Values, x: Floats, t: Floats) -> Floats:
        mu = values[0]
        if rates is ONE:
            return np.full(np.shape(x), mu / (of_rates[0] + mu))
        r, alpha = of_rates
        return np.asarray(mu * (alpha + t) * exponential_integral(r + x, mu * (alpha + t)))

    def later(self, values: Values, t: Element) -> Values:
        return values

    def lifetime(self, values: Values, t: Element) -> Floats:
        return np.asarray(-np.expm1(-values[0] * t) / values[0])

    def discounted(self, values: Values, t: float, interest: float) -> Floats:
        if t == np.inf:
            _refuse_endless(interest)
        ends = values[0] + interest
        return np.asarray(-np.expm1(-ends * t) / ends)

    def far(self, values: Values) -> tuple[Element, Element]:
        return self.SHAPE, self.SHAPE / values[0]


def _refuse_endless(interest: float) -> None:
    """Raise `OutOfRange` for an interest at which a sum without end need not exist."""
    if not 0 < interest < np.inf:
        raise refused.ENDLESS()


GAMMA_LASTING, ONE_LASTING = GammaLasting(), OneLasting()
