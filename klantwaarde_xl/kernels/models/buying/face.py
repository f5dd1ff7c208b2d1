"""The models of buying as a choice: one face, whichever it is."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Protocol, cast

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.buying import bgbb, bgnbd, mbgnbd, paretonbd
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params


class Model(IntEnum):
    """Which model of buying. Time is continuous in the first three; the BG/BB counts opportunities."""

    BGNBD = 0
    MBGNBD = 1
    PARETONBD = 2
    BGBB = 3

    @property
    def title(self) -> str:
        """Its name in the literature."""
        return ("BG/NBD", "MBG/NBD", "Pareto/NBD", "BG/BB")[self]


class Buying(Protocol):
    """What every model of buying offers; arrays in, arrays out, time in the unit of the fit.

    t is a number of opportunities in the BG/BB, and interest a rate per opportunity; in the others
    interest is continuous.
    """

    NAMES: tuple[str, ...]

    def fit(self, frequency: Numbers, recency: Numbers, T: Numbers, weights: Any = None, /) -> Fit:  # noqa: N803
        """Parameters by maximum likelihood."""
        ...

    def loglik(self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, /) -> Floats:  # noqa: N803
        """Log-likelihood of each customer."""
        ...

    def pmf(self, params: Params, x: Numbers, t: Numbers, /) -> Floats:
        """Probability that a new customer makes x repeat purchases in a time t."""
        ...

    def p_alive(self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, /) -> Floats:  # noqa: N803
        """Probability that each customer has not stopped."""
        ...

    def expected(self, params: Params, t: Numbers, /) -> Floats:
        """Repeat purchases of a new customer in a time t."""
        ...

    def conditional_expected(
        self,
        params: Params,
        frequency: Numbers,
        recency: Numbers,
        T: Numbers,  # noqa: N803
        t: Numbers,
        /,
    ) -> Floats:
        """Purchases of each customer in a time t from now."""
        ...

    def conditional_pmf(
        self,
        params: Params,
        frequency: Numbers,
        recency: Numbers,
        T: Numbers,  # noqa: N803
        t: Numbers,
        k: Numbers,
        /,
    ) -> Floats:
        """Probability of k purchases of each customer in a time t from now."""
        ...

    def discounted_expected(
        self,
        params: Params,
        frequency: Numbers,
        recency: Numbers,
        T: Numbers,  # noqa: N803
        t: float,
        interest: float,
        /,
    ) -> Floats:
        """Discounted purchases of each customer in a time t from now."""
        ...


_MODULES = (bgnbd, mbgnbd, paretonbd, bgbb)


def model_of(code: float) -> Model:
    """Return the model with that code; another raises `OutOfRange`."""
    if code not in list(Model):
        raise OutOfRange("Dit model bestaat niet.", remedy="Kies BG/NBD, MBG/NBD, Pareto/NBD of BG/BB.")
    return Model(int(code))


def module_of(code: float) -> Buying:
    """Return the functions of a model."""
    return cast(Buying, _MODULES[model_of(code)])


def fitted(code: float, frequency: Floats, recency: Floats, T: Floats) -> Fit:  # noqa: N803
    """Fit a model of buying, once for the same customers. Arguments and errors as its `fit`."""
    model = model_of(code)
    return remembered(model.title, (frequency, recency, T), module_of(model).fit)
