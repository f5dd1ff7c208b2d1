"""The models of buying as a choice: one face, one record each.

A model is added by its module, its record in `Model` and its words in `wording.buying`; every choice and
title follows from these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any, Protocol, cast

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.buying import at_least, bgbb
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.chances import NBD, OWN_RATE, POISSON
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.near_edge import near_edge
from klantwaarde_xl.kernels.models.buying.nearby import Nearby, nearby
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.figures import Follows, ratio
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params
from klantwaarde_xl.refusals import models as refused


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


@dataclass(frozen=True)
class Record:
    """All that there is to know about a model of buying but words, which `wording.buying` has.

    title: in the literature; word: what a user types; functions: the model; in_time: whether time is
    continuous, or a number of opportunities; once_alive: whether who never came back is surely still a
    customer; later: the chance of a k-th purchase, as in `at_least`; follows: from its parameters, the
    rate of buying first.
    """

    title: str
    word: str
    functions: Buying
    later: Callable[..., Floats]
    follows: tuple[Follows, ...]
    in_time: bool = True
    once_alive: bool = False


# What follows from parameters, by name
RATE, RATE_TO_STOP = "rate of buying", "rate of stopping"
TO_BUY, TO_STOP = "chance to buy", "chance to stop"
_BUYS = ratio(RATE, "r", "alpha")
_STOPS = ratio(TO_STOP, "a", "b", odds=True)


class Model(IntEnum):
    """Which model of buying, with its record; the value is its code in a cell."""

    record: Record

    def __new__(cls, code: int, record: Record = cast(Record, None)) -> Model:  # noqa: B008
        """Return the member of that code, with its record."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.record = record
        return member

    BGNBD = (
        0,
        Record(
            title=BGNBD.TITLE,
            word="bg/nbd",
            functions=BGNBD,
            later=at_least.of_chances,
            follows=(_BUYS, _STOPS),
            once_alive=True,
        ),
    )
    MBGNBD = (
        1,
        Record(
            title=MBGNBD.TITLE,
            word="mbg/nbd",
            functions=MBGNBD,
            later=partial(at_least.of_chances, chances=1),
            follows=(_BUYS, _STOPS),
        ),
    )
    PARETONBD = (
        2,
        Record(
            title=PARETONBD.TITLE,
            word="pareto/nbd",
            functions=PARETONBD,
            later=at_least.of_moments,
            follows=(_BUYS, ratio(RATE_TO_STOP, "s", "beta")),
        ),
    )
    BGBB = (
        3,
        Record(
            title=bgbb.MODEL,
            word="bg/bb",
            functions=cast(Buying, bgbb),
            later=at_least.of_opportunities,
            follows=(ratio(TO_BUY, "alpha", "beta", odds=True), ratio(TO_STOP, "gamma", "delta", odds=True)),
            in_time=False,
        ),
    )

    @property
    def title(self) -> str:
        """Its name in the literature."""
        return self.record.title

    @property
    def word(self) -> str:
        """What a user types."""
        return self.record.word


_LIMITS: dict[str, Continuous] = {OWN_RATE.TITLE: OWN_RATE} | {
    limit.TITLE: limit
    for model in Model
    for limit in (model.record.functions.limits if isinstance(model.record.functions, Continuous) else ())
}
IN_TIME = tuple(model for model in Model if model.record.in_time)  # those that a log with dates can have


class OfLog(IntEnum):
    """Which model is fitted to a log, a named or a chosen one; the value is its code in a cell."""

    BGNBD = Model.BGNBD
    MBGNBD = Model.MBGNBD
    PARETONBD = Model.PARETONBD
    AUTO = 4


AUTO, AUTO_WORD = float(OfLog.AUTO), "auto"
# What can be chosen besides a named model: a limit of all of them, or a plain rate
PLAIN: Mapping[float, Continuous] = {10.0: NBD, 11.0: POISSON, 12.0: OWN_RATE}
CONTESTANTS = (*map(float, IN_TIME), *PLAIN)


def model_of(code: float) -> Model:
    """Return the model with that code; another raises `OutOfRange`.

    Of `PLAIN` the one that it can be taken for a limit of.
    """
    if code in PLAIN:
        return Model.MBGNBD
    if code not in list(Model):
        titles = [model.title for model in Model]
        raise refused.NO_SUCH_MODEL(others=titles[:-1], last=titles[-1])
    return Model(int(code))


def title_of(code: float) -> str:
    """Return the title of the model with that code."""
    return PLAIN[code].TITLE if code in PLAIN else model_of(code).title


def module_of(code: float) -> Buying:
    """Return the functions of a model; those of a fit of it are `functions_of`, for it may be a limit."""
    return model_of(code).record.functions


def functions_of(fit: Fit) -> Buying:
    """Return the functions that a fit's parameters belong to: of the model asked for, or of its limit."""
    return _LIMITS.get(fit.model) or next(one for one in Model if one.title == fit.model).record.functions


def limit_of(fit: Fit) -> Continuous | None:
    """Return the limit that a fit is of; nothing if the model itself has an optimum, or nothing has."""
    return _LIMITS.get(fit.model)


def follows_of(fit: Fit, code: float) -> tuple[Follows, ...]:
    """Return what follows from a fit of a model, by the names of the model; in a limit from its own."""
    record, limit = model_of(code).record, limit_of(fit)
    if limit is None:
        return record.follows
    buys, stops = record.follows
    if "lambda" in limit.NAMES:
        buys = buys._replace(quantity=lambda at: at["lambda"])
    if "odds" in limit.NAMES and stops.odds:
        stops = stops._replace(quantity=lambda at: at["odds"])
    elif "mu" in limit.NAMES:
        stops = stops._replace(quantity=lambda at: at["mu"])
    elif not {"a", "beta"} & {*limit.NAMES}:  # of who did not stop at once nobody does
        stops = stops._replace(quantity=lambda _: 0.0)
    return buys, stops


def nearby_of(
    fit: Fit, code: float, history: tuple[Floats, Floats, Floats], time: float, confidence: float
) -> list[Nearby]:
    """Return what a fit of a model at a limit, or just inside an edge, does not rule out in an interval.

    As in `nearby` and `near_edge`. Only one way leads away from a limit, so that the one-sided quantile does
    there (Self & Liang 1987, JASA 82).
    """
    model, by = module_of(code), functions_of(fit)
    if not isinstance(model, Continuous) or not isinstance(by, Continuous):
        return []
    beside = nearby(fit, model, history, intervals.quantile(max(2 * confidence - 1, 0.01)))
    if beside and not by.stopping:  # how much is bought hangs on the mean rate, which is never loose
        return beside
    return [*beside, *near_edge(fit, by, history, time, confidence)]


def once_alive(fit: Fit, code: float) -> bool:
    """Tell whether in a fit who never came back is surely still a customer, and others are not."""
    limit = limit_of(fit)
    return model_of(code).record.once_alive if limit is None else limit.once_alive


def fitted(code: float, frequency: Floats, recency: Floats, T: Floats) -> Fit:  # noqa: N803
    """Fit a model of buying, once for the same customers. Arguments and errors as its `fit`."""
    if code in PLAIN:
        return remembered(f"alone {PLAIN[code].TITLE}", (frequency, recency, T), PLAIN[code].fit)
    return remembered(model_of(code).title, (frequency, recency, T), module_of(code).fit)
