"""What is said of the models of buying in Dutch: what sets each apart, and what its parameters mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from klantwaarde_xl.kernels.models.buying.face import (
    RATE,
    RATE_TO_STOP,
    TO_BUY,
    TO_STOP,
    Model,
    limit_of,
    model_of,
)
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.wording import limits

Shown: TypeAlias = Callable[[float], str]  # how a number is written
Alive: TypeAlias = Callable[[Mapping[str, float], float, float, float, Shown], str]

LABELS = {
    RATE: "aankopen per {unit}",
    RATE_TO_STOP: "stoppen per {unit}",
    TO_BUY: "kans om te kopen",
    TO_STOP: "kans om te stoppen",
}
_ALIKE = "hoe hoger, hoe meer de klanten op elkaar lijken"
_ACTIVE = "van een klant zolang die actief is"
_RATE = {
    "r": f"vorm van het kooptempo: {_ALIKE}",
    "alpha": "schaal van het kooptempo, in {units}",
    RATE: f"gemiddeld, {_ACTIVE}",
}
_EACH = "per gelegenheid (een per {unit})"
_LIKE = "die kans; samen groot: klanten lijken op elkaar"


class Said(NamedTuple):
    """The words of a model.

    help: what sets it apart from the others; notes: what each parameter and what follows from them means,
    {unit} and {units} for the unit of time; alive: how the chance of being a customer still follows from
    parameters and history.
    """

    help: str
    notes: Mapping[str, str]
    alive: Alive


def _chances(after: str) -> dict[str, str]:
    """What the parameters of a model mean in which a customer may stop after a purchase."""
    return {
        **_RATE,
        "a": f"vorm van de kans om te stoppen {after}, samen met b",
        "b": "hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar",
        TO_STOP: f"gemiddeld, {after}: a / (a + b)",
    }


def _odds(
    chances: int, params: Mapping[str, float], x: float, recency: float, age: float, shown: Shown
) -> str:
    occasions = x + chances
    if occasions == 0:
        return "in dit model kan een klant pas na een herhaalaankoop stoppen"
    stop = f"{shown(params['a'])} / ({shown(params['b'])} + {occasions - 1:.0f})"
    quiet = f"({shown(params['alpha'] + age)} / {shown(params['alpha'] + recency)})"
    return f"1 / (1 + {stop} × {quiet}^{shown(params['r'] + x)})"


def _silence(*_: Any) -> str:
    return "zo lang stil, na deze aankopen, bij klanten die op elk moment kunnen stoppen"


SAID = {
    Model.BGNBD: Said(
        "stoppen kan na elke herhaalaankoop", _chances("na een herhaalaankoop"), partial(_odds, 0)
    ),
    Model.MBGNBD: Said(
        "ook na de eerste aankoop", _chances("na een aankoop, ook de eerste"), partial(_odds, 1)
    ),
    Model.PARETONBD: Said(
        "op elk moment",
        {
            **_RATE,
            "s": f"vorm van het stoptempo: {_ALIKE}",
            "beta": "schaal van het stoptempo, in {units}",
            RATE_TO_STOP: "gemiddeld, van klanten die nog actief zijn: s / beta per {unit}",
        },
        _silence,
    ),
    Model.BGBB: Said(
        "gelegenheden in plaats van tijd",
        {
            "alpha": f"vorm van de kans om te kopen {_EACH}, samen met beta",
            "beta": f"hoe groter naast alpha, hoe kleiner {_LIKE}",
            "gamma": f"vorm van de kans om te stoppen {_EACH}, samen met delta",
            "delta": f"hoe groter naast gamma, hoe kleiner {_LIKE}",
            TO_BUY: f"gemiddeld, {_EACH}, {_ACTIVE}",
            TO_STOP: "gemiddeld, voor elke gelegenheid, een per {unit}",
        },
        _silence,
    ),
}


def alive(fit: Fit, code: float, history: tuple[float, float, float], shown: Shown) -> str:
    """Say how the chance of being a customer still follows from a fit and a history."""
    limit = limit_of(fit)
    if limit is None:
        return SAID[model_of(code)].alive(fit.params, *history, shown)
    return _silence() if limit.stopping else limits.of_buying(fit)
