"""When customers stop who may do so after a purchase: the limits of a beta distribution of chances.

Of beta(a, b), with odds a / b: odds → 0, nobody stops; a, b → ∞, all have one chance; a, b → 0, of each
customer the chance is 0 or 1, so that who stops does so at the first occasion; and the distribution
itself, for where the rates are at their limit. A chance p meets the rest of a model in E[(1 − p)ⁿ], in
E[p (1 − p)ⁿ⁻¹] / E[(1 − p)ⁿ] and in the purchases to come, E[(1 − e^(−λpt)) / p] (Fader, Hardie & Lee 2005).
Everything is elementwise, the values too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats
from klantwaarde_xl.kernels.models.buying.rates import Rates, Values
from klantwaarde_xl.kernels.models.numeric.special import growth, log_rise


class Stops(ABC):
    """A distribution of the chance to stop; in every function values are in the order of NAMES."""

    NAMES: tuple[str, ...]

    @abstractmethod
    def starts(self) -> list[tuple[float, ...]]:
        """Where a search begins."""

    @abstractmethod
    def stayed(self, values: Values, n: Floats) -> Floats:
        """Log of the chance to stay after each of n occasions."""

    @abstractmethod
    def hazard(self, values: Values, n: Floats) -> Floats:
        """Log of the odds to have stopped at the last of n ≥ 1 occasions, not to have stayed after it."""

    @abstractmethod
    def slopes(self, values: Values, n: Floats) -> tuple[list[Floats], list[Floats]]:
        """The derivatives of both to the logarithm of each parameter."""

    @abstractmethod
    def later(self, values: Values, n: Floats) -> Values:
        """The values of who stayed n times."""

    @abstractmethod
    def grown(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        """Purchases within a time t of who is a customer at its begin."""

    @abstractmethod
    def staying(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        """The chance E[e^(−λpt)] to be a customer a time t later too: who is one stops at rate λp."""

    def chance(self, values: Values) -> Element:
        """The mean chance to stop."""
        return values[0] / (1 + values[0])


class Never(Stops):
    """Nobody stops."""

    NAMES: tuple[str, ...] = ()

    def starts(self) -> list[tuple[float, ...]]:
        return [()]

    def stayed(self, values: Values, n: Floats) -> Floats:
        return np.zeros_like(n)

    def hazard(self, values: Values, n: Floats) -> Floats:
        return np.full_like(n, -np.inf)

    def slopes(self, values: Values, n: Floats) -> tuple[list[Floats], list[Floats]]:
        return [], []

    def later(self, values: Values, n: Floats) -> Values:
        return ()

    def grown(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        return np.asarray(rates.mean(of_rates) * t)

    def chance(self, values: Values) -> Element:
        return 0.0

    def staying(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        return np.ones_like(rates.none(of_rates, t))


class OneChance(Stops):
    """All customers have one chance to stop, the same after each purchase."""

    NAMES: tuple[str, ...] = ("odds",)

    def starts(self) -> list[tuple[float, ...]]:
        return [(0.2,), (0.02,), (2.0,)]

    def stayed(self, values: Values, n: Floats) -> Floats:
        return np.asarray(-n * np.log1p(values[0]))

    def hazard(self, values: Values, n: Floats) -> Floats:
        return np.log(values[0]) + np.zeros_like(n)

    def slopes(self, values: Values, n: Floats) -> tuple[list[Floats], list[Floats]]:
        return [np.asarray(-n * self.chance(values))], [np.ones_like(n)]

    def later(self, values: Values, n: Floats) -> Values:
        # What a customer did says nothing of the chance
        return values

    def grown(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        p = self.chance(values)
        return np.asarray(-np.expm1(rates.none(of_rates, p * t)) / p)

    def staying(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        return np.asarray(np.exp(rates.none(of_rates, self.chance(values) * t)))


class NowOrNever(Stops):
    """A share of the customers stops at the first occasion, the others never do."""

    NAMES: tuple[str, ...] = ("odds",)

    def starts(self) -> list[tuple[float, ...]]:
        return [(0.3,), (0.03,)]

    def stayed(self, values: Values, n: Floats) -> Floats:
        return np.where(n > 0, -np.log1p(values[0]), 0.0)

    def hazard(self, values: Values, n: Floats) -> Floats:
        with np.errstate(divide="ignore"):  # where nobody can stop any more
            return np.where(n == 1, np.log(values[0]), -np.inf)

    def slopes(self, values: Values, n: Floats) -> tuple[list[Floats], list[Floats]]:
        return [np.where(n > 0, -self.chance(values), 0.0)], [np.ones_like(n)]

    def later(self, values: Values, n: Floats) -> Values:
        # Who stayed once stays
        return (np.where(n > 0, 0.0, values[0]),)

    def grown(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        # One purchase of who stops at it
        p = self.chance(values)
        return np.asarray(p * -np.expm1(rates.none(of_rates, t)) + (1 - p) * rates.mean(of_rates) * t)

    def staying(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        p = self.chance(values)
        return np.asarray(p * np.exp(rates.none(of_rates, t)) + (1 - p))


class Beta(Stops):
    """Chances are beta(a, b) over the customers."""

    NAMES: tuple[str, ...] = ("a", "b")

    def starts(self) -> list[tuple[float, ...]]:
        return [(0.8, 2.5), (0.5, 5.0)]

    def stayed(self, values: Values, n: Floats) -> Floats:
        a, b = values
        return np.asarray(log_rise(b, n) - log_rise(a + b, n))

    def hazard(self, values: Values, n: Floats) -> Floats:
        a, b = values
        return np.asarray(np.log(a) - np.log(b + (n - 1)))  # in this order: b may be tiny

    def slopes(self, values: Values, n: Floats) -> tuple[list[Floats], list[Floats]]:
        from scipy.special import psi

        a, b = values
        ends = psi(a + b) - psi(a + b + n)
        stays = [a * ends, b * (ends + psi(b + n) - psi(b))]
        return stays, [np.ones_like(n), np.asarray(-b / (b + (n - 1)))]

    def later(self, values: Values, n: Floats) -> Values:
        a, b = values
        return a, b + n

    def grown(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        a, b = values
        return growth(*rates.far(of_rates), a, b, t)

    def chance(self, values: Values) -> Element:
        a, b = values
        return a / (a + b)

    def staying(self, rates: Rates, of_rates: Values, values: Values, t: Element) -> Floats:
        # E[1 − p (1 − e^(−λpt)) / p], of which p makes beta(a + 1, b) of beta(a, b): no digits cancel
        a, b = values
        return np.maximum(1 - a / (a + b) * growth(*rates.far(of_rates), a + 1, b, t), 0.0)


NEVER, ONE_CHANCE, NOW_OR_NEVER, BETA = Never(), OneChance(), NowOrNever(), Beta()
