"""The models of buying as a choice: one face, one record each.

A model is added by its module and its record in `Model`; every choice, title and word follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any, Protocol, TypeAlias, cast

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

Shown: TypeAlias = Callable[[float], str]  # how a number is written


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
    """All that there is to know about a model of buying, words included.

    title: in the literature; word: what a user types; help: what sets it apart from the others
    (Dutch); functions: the model; in_time: whether time is continuous, or a number of opportunities;
    once_alive: whether who never came back is surely still a customer; later: the chance of a k-th
    purchase, as in `at_least`; follows: from its parameters, the rate of buying first; notes: what
    each parameter and each of those means (Dutch), {unit} and {units} for the unit of time, and
    alive_in_words: how the chance of being a customer still follows from parameters and history.
    """

    title: str
    word: str
    help: str
    functions: Buying
    later: Callable[..., Floats]
    follows: tuple[Follows, ...]
    notes: Mapping[str, str]
    alive_in_words: Callable[[Mapping[str, float], float, float, float, Shown], str]
    in_time: bool = True
    once_alive: bool = False


_ALIKE = "hoe hoger, hoe meer de klanten op elkaar lijken"
_ACTIVE = "van een klant zolang die actief is"
_RATE = {
    "r": f"vorm van het kooptempo: {_ALIKE}",
    "alpha": "schaal van het kooptempo, in {units}",
    "aankopen per {unit}": f"gemiddeld, {_ACTIVE}",
}
TO_BUY, TO_STOP = "kans om te kopen", "kans om te stoppen"


def _chances(after: str) -> dict[str, str]:
    """What the parameters of a model mean in which a customer may stop after a purchase."""
    return {
        **_RATE,
        "a": f"vorm van de kans om te stoppen {after}, samen met b",
        "b": "hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar",
        TO_STOP: f"gemiddeld, {after}: a / (a + b)",
    }


def _odds_in_words(
    chances: int, params: Mapping[str, float], x: float, recency: float, age: float, shown: Shown
) -> str:
    occasions = x + chances
    if occasions == 0:
        return "in dit model kan een klant pas na een herhaalaankoop stoppen"
    stop = f"{shown(params['a'])} / ({shown(params['b'])} + {occasions - 1:.0f})"
    quiet = f"({shown(params['alpha'] + age)} / {shown(params['alpha'] + recency)})"
    return f"1 / (1 + {stop} × {quiet}^{shown(params['r'] + x)})"


def _silence_in_words(*_: Any) -> str:
    return "zo lang stil, na deze aankopen, bij klanten die op elk moment kunnen stoppen"


_BUYS = ratio("aankopen per {unit}", "r", "alpha")
_STOPS = ratio(TO_STOP, "a", "b", odds=True)
_EACH = "per gelegenheid (een per {unit})"
_LIKE = "die kans; samen groot: klanten lijken op elkaar"


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
            help="stoppen kan na elke herhaalaankoop",
            functions=BGNBD,
            later=at_least.of_chances,
            follows=(_BUYS, _STOPS),
            notes=_chances("na een herhaalaankoop"),
            alive_in_words=partial(_odds_in_words, 0),
            once_alive=True,
        ),
    )
    MBGNBD = (
        1,
        Record(
            title=MBGNBD.TITLE,
            word="mbg/nbd",
            help="ook na de eerste aankoop",
            functions=MBGNBD,
            later=partial(at_least.of_chances, chances=1),
            follows=(_BUYS, _STOPS),
            notes=_chances("na een aankoop, ook de eerste"),
            alive_in_words=partial(_odds_in_words, 1),
        ),
    )
    PARETONBD = (
        2,
        Record(
            title=PARETONBD.TITLE,
            word="pareto/nbd",
            help="op elk moment",
            functions=PARETONBD,
            later=at_least.of_moments,
            follows=(_BUYS, ratio("stoppen per {unit}", "s", "beta")),
            notes={
                **_RATE,
                "s": f"vorm van het stoptempo: {_ALIKE}",
                "beta": "schaal van het stoptempo, in {units}",
                "stoppen per {unit}": "gemiddeld, van klanten die nog actief zijn: s / beta per {unit}",
            },
            alive_in_words=_silence_in_words,
        ),
    )
    BGBB = (
        3,
        Record(
            title=bgbb.MODEL,
            word="bg/bb",
            help="gelegenheden in plaats van tijd",
            functions=cast(Buying, bgbb),
            later=at_least.of_opportunities,
            follows=(ratio(TO_BUY, "alpha", "beta", odds=True), ratio(TO_STOP, "gamma", "delta", odds=True)),
            notes={
                "alpha": f"vorm van de kans om te kopen {_EACH}, samen met beta",
                "beta": f"hoe groter naast alpha, hoe kleiner {_LIKE}",
                "gamma": f"vorm van de kans om te stoppen {_EACH}, samen met delta",
                "delta": f"hoe groter naast gamma, hoe kleiner {_LIKE}",
                TO_BUY: f"gemiddeld, {_EACH}, {_ACTIVE}",
                TO_STOP: "gemiddeld, voor elke gelegenheid, een per {unit}",
            },
            alive_in_words=_silence_in_words,
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

    Of `PLAIN` the one that it can be taken for a limit of, whose words it has.
    """
    if code in PLAIN:
        return Model.MBGNBD
    if code not in list(Model):
        titles = [model.title for model in Model]
        raise refused.NO_SUCH_MODEL(others=titles[:-1], last=titles[-1])
    return Model(int(code))


def title_of(code: float) -> str:
    """Return what the model with that code is called."""
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
    return beside or near_edge(fit, by, history, time, confidence)


def alive_in_words(fit: Fit, code: float, history: tuple[float, float, float], shown: Shown) -> str:
    """Say how the chance of being a customer still follows from a fit and a history."""
    limit = limit_of(fit)
    if limit is None:
        return model_of(code).record.alive_in_words(fit.params, *history, shown)
    return _silence_in_words() if limit.stopping else limit.WORDS


def once_alive(fit: Fit, code: float) -> bool:
    """Tell whether in a fit who never came back is surely still a customer, and others are not."""
    limit = limit_of(fit)
    return model_of(code).record.once_alive if limit is None else limit.once_alive


def fitted(code: float, frequency: Floats, recency: Floats, T: Floats) -> Fit:  # noqa: N803
    """Fit a model of buying, once for the same customers. Arguments and errors as its `fit`."""
    if code in PLAIN:
        return remembered(f"alone {PLAIN[code].TITLE}", (frequency, recency, T), PLAIN[code].fit)
    return remembered(model_of(code).title, (frequency, recency, T), module_of(code).fit)
