"""The models estimated from a summary, as tables to read: what each figure means, in Dutch.

The summary is a row a customer, or a row for equal customers with how many they are. What a
parameter means does not depend on where the fit comes from, so a fit of a log is shown by
`buying_table` and `spending_table` too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import WrongType
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.face import Model, model_of, module_of
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.gammagamma import Independence
from klantwaarde_xl.kernels.models.log.summary import Unit, unit_of
from klantwaarde_xl.reports.fit_table import NOTHING, FitTable, Follows, table_of

UNIT_WORDS = ("week", "dag", "maand", "jaar")  # by code of a `Unit`
PLURALS = {"week": "weken", "dag": "dagen", "maand": "maanden", "jaar": "jaren"}
TO_BUY, TO_STOP = "kans om te kopen", "kans om te stoppen"


class _Words(NamedTuple):
    """What the figures of a model mean: its parameters, and what follows from them."""

    notes: Mapping[str, str]
    follows: tuple[Follows, ...]


def buying_parameters(
    frequency: Floats,
    recency: Floats,
    age: Floats,
    weights: Floats | None = None,
    model: float = float(Model.BGNBD),
    unit: float = float(Unit.WEEK),
    confidence: float = 0.95,
) -> FitTable:
    """Estimate a model of buying from a summary, as a table.

    frequency, recency, age: as the `fit` of the model takes them, one dimension, one length, times
    in the unit, a `Unit`; in the BG/BB whole opportunities, one in each unit; weights: ≥ 0, customers
    per row; model: a `Model`; confidence: of the intervals, 0…1. Impossible rows or settings raise
    `OutOfRange`; a fit that did not converge is a table without figures that says why.
    Sources: those of the models.
    """
    chosen, word = model_of(model), UNIT_WORDS[unit_of(unit)]
    intervals.quantile(confidence)  # refuse before the search
    columns = [frequency, recency, age] if weights is None else [frequency, recency, age, weights]
    fit = remembered(chosen.title, columns, module_of(chosen).fit)
    return buying_table(fit, chosen, word, confidence)


def buying_table(fit: Fit, model: float, unit_word: str, confidence: float) -> FitTable:
    """Return a fit of a model of buying as a table that says what its figures mean.

    model: the `Model` of the fit; unit_word: its unit of time, one of `UNIT_WORDS`, in the BG/BB
    the time between two opportunities; confidence: 0…1, else `OutOfRange`.
    """
    if unit_word not in PLURALS:
        raise WrongType(f"De eenheid van tijd {unit_word} bestaat niet.")
    notes, follows = _WORDS[model_of(model)](unit_word)
    table = table_of(fit, notes, follows, confidence, "klanten")
    return _odds_as_chances(table, (TO_BUY, TO_STOP))


def spending_parameters(
    frequency: Floats, mean_spend: Floats, weights: Floats | None = None, confidence: float = 0.95
) -> FitTable:
    """Estimate the Gamma-Gamma model of spending from a summary, as a table.

    frequency, mean_spend, weights: as `gammagamma.fit` takes them, but customers whose repeat
    purchases were free (spend 0) are left out; confidence: of the intervals, 0…1. Errors as
    `buying_parameters`. Source: Fader & Hardie (2013), note 025.
    """
    intervals.quantile(confidence)
    frequency = np.where(mean_spend == 0, 0.0, frequency)
    columns = [frequency, mean_spend] if weights is None else [frequency, mean_spend, weights]
    fit = remembered(gammagamma.MODEL, columns, gammagamma.fit)
    return spending_table(fit, gammagamma.independence(frequency, mean_spend, weights), confidence)


def spending_table(fit: Fit, check: Independence, confidence: float) -> FitTable:
    """Return a fit of the Gamma-Gamma model as a table, with its independence check below it."""
    notes = {
        "p": "vorm: hoe hoger, hoe meer de aankopen van een klant op elkaar lijken",
        "q": "vorm: hoe hoger, hoe meer de klanten op elkaar lijken; boven 1 bestaat er een gemiddelde",
        "v": "schaal, in de munt van de bedragen",
    }
    mean = Follows(
        "gemiddelde besteding",
        lambda at: at["p"] * at["v"] / (at["q"] - 1) if at["q"] > 1 else np.nan,
        "per aankoop, over alle klanten: p v / (q - 1)",
    )
    if fit.converged and fit.params["q"] <= 1:
        words = "bestaat niet, want q is niet groter dan 1: enkele zeer hoge bedragen overheersen"
        mean = mean._replace(note=words)
    with np.errstate(invalid="ignore"):
        table = table_of(fit, notes, (mean,), confidence, "klanten met herhaalaankopen")
    lower, upper = _of_correlation(check, confidence)
    tie = "correlatie van herhaalaankopen en besteding; het model neemt aan dat die nul is"
    figures = (check.correlation, float(not check.warns))
    return FitTable(
        np.append(table.label, ("samenhang", "samenhang past")),
        np.append(table.value, figures),
        np.append(table.error, (NOTHING, NOTHING)),
        np.append(table.lower, (lower, NOTHING)),
        np.append(table.upper, (upper, NOTHING)),
        np.append(table.note, (tie, check.message)),
    )


def _of_correlation(check: Independence, confidence: float) -> tuple[float, float]:
    """The interval of a correlation by Fisher's z; none of too few customers."""
    if check.n < gammagamma.FEWEST or abs(check.correlation) >= 1:
        return NOTHING, NOTHING
    middle, width = np.arctanh(check.correlation), intervals.quantile(confidence) / np.sqrt(check.n - 3)
    return float(np.tanh(middle - width)), float(np.tanh(middle + width))


def _odds_as_chances(table: FitTable, labels: Sequence[str]) -> FitTable:
    """Turn odds into chances, so that the interval of a chance stays below one."""
    rows = np.isin(table.label, labels)

    def chance(odds: Floats) -> Floats:
        return np.where(rows, odds / (1 + odds), odds)

    return table._replace(
        value=chance(table.value),
        error=np.where(rows, table.error / (1 + table.value) ** 2, table.error),
        lower=chance(table.lower),
        upper=chance(table.upper),
    )


def _ratio(above: str, below: str) -> Callable[[Mapping[str, float]], float]:
    return lambda at: at[above] / at[below]


_ALIKE = "hoe hoger, hoe meer de klanten op elkaar lijken"


def _buying_rate(unit: str) -> tuple[dict[str, str], Follows]:
    notes = {
        "r": f"vorm van het kooptempo: {_ALIKE}",
        "alpha": f"schaal van het kooptempo, in {PLURALS[unit]}",
    }
    rate = Follows(
        f"aankopen per {unit}", _ratio("r", "alpha"), "gemiddeld, van een klant zolang die actief is"
    )
    return notes, rate


def _of_chances(unit: str, after: str) -> _Words:
    notes, rate = _buying_rate(unit)
    notes |= {
        "a": f"vorm van de kans om te stoppen {after}, samen met b",
        "b": "hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar",
    }
    stop = Follows(TO_STOP, _ratio("a", "b"), f"gemiddeld, {after}: a / (a + b)")
    return _Words(notes, (rate, stop))


def _of_moments(unit: str) -> _Words:
    notes, rate = _buying_rate(unit)
    notes |= {
        "s": f"vorm van het stoptempo: {_ALIKE}",
        "beta": f"schaal van het stoptempo, in {PLURALS[unit]}",
    }
    words = f"gemiddeld, van klanten die nog actief zijn: s / beta per {unit}"
    return _Words(notes, (rate, Follows(f"stoppen per {unit}", _ratio("s", "beta"), words)))


def _of_opportunities(unit: str) -> _Words:
    each = f"per gelegenheid (een per {unit})"
    notes = {
        "alpha": f"vorm van de kans om te kopen {each}, samen met beta",
        "beta": "hoe groter naast alpha, hoe kleiner die kans; samen groot: klanten lijken op elkaar",
        "gamma": f"vorm van de kans om te stoppen {each}, samen met delta",
        "delta": "hoe groter naast gamma, hoe kleiner die kans; samen groot: klanten lijken op elkaar",
    }
    buy = Follows(TO_BUY, _ratio("alpha", "beta"), f"gemiddeld, {each}, van een klant zolang die actief is")
    stop = Follows(TO_STOP, _ratio("gamma", "delta"), f"gemiddeld, voor elke gelegenheid, een per {unit}")
    return _Words(notes, (buy, stop))


_WORDS: dict[Model, Callable[[str], _Words]] = {
    Model.BGNBD: lambda unit: _of_chances(unit, "na een herhaalaankoop"),
    Model.MBGNBD: lambda unit: _of_chances(unit, "na een aankoop, ook de eerste"),
    Model.PARETONBD: _of_moments,
    Model.BGBB: _of_opportunities,
}
