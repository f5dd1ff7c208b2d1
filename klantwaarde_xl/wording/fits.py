"""The figures of a fitted model with their words: what each is called, and what it means."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.figures import NA, Figure, Follows, figures
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.gammagamma import Independence, Tie
from klantwaarde_xl.kernels.models.log.summary import unit_of
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.wording import buying, limits

GOOD = "geslaagd: dit is de best passende waarde"
UNITS = (("week", "weken"), ("dag", "dagen"), ("maand", "maanden"), ("jaar", "jaren"))  # by `Unit`
QUALITY = {
    "loglik": ("log-aannemelijkheid", "hoe hoger hoe beter, op dezelfde klanten"),
    "aic": ("AIC", "lager is beter"),
    "bic": ("BIC", "lager is beter"),
}
SPENDING = {
    "p": "vorm: hoe hoger, hoe meer de aankopen van een klant op elkaar lijken",
    "q": "vorm: hoe hoger, hoe meer de klanten op elkaar lijken; boven 1 bestaat er een gemiddelde",
    "v": "schaal, in de munt van de bedragen",
}
MEAN = "gemiddelde besteding"
MEAN_NOTE = "per aankoop, over alle klanten: p v / (q - 1)"
NO_VALUE = "heeft op deze grens geen waarde: het model past even goed zonder"
NO_MEAN = "bestaat niet, want q is niet groter dan 1: enkele zeer hoge bedragen overheersen"
TIED = "correlatie van herhaalaankopen en besteding; het model neemt aan dat die nul is"


def good(fit: Fit) -> str:
    """Say that a fit succeeded, and at which limit if it is of one."""
    limit = limits.of_contracts(fit) or limits.of_buying(fit) or limits.of_spending(fit)
    return f"geslaagd, op de grens: {limit}" if limit else GOOD


class Line(NamedTuple):
    """A figure with what people call it and what it means (Dutch)."""

    figure: Figure
    label: str
    note: str


def lines(
    fit: Fit,
    notes: Mapping[str, str],
    follows: Sequence[Follows],
    confidence: float,
    counted: str,
    names: Sequence[str] = (),
) -> list[Line]:
    """Return the figures of a fit with their words, whether it succeeded last.

    notes: of each parameter and of what follows, by name; counted: what n counts; names: of the
    parameters, as in `figures`.
    """
    found = []
    for figure in figures(fit, follows, confidence, names):
        label, note = QUALITY.get(figure.name, (figure.name, notes.get(figure.name, "")))
        if figure.name == "n":
            label = counted
        elif figure.name == "converged":
            label, note = called(fit.model), fit.message or good(fit)
        elif names and figure.name in names and figure.name not in fit.params:
            note = NO_VALUE
        found.append(Line(figure, label, note))
    return found


def of_buying(fit: Fit, model: float, unit: float, confidence: float) -> list[Line]:
    """Return a fit of a model of buying with its words.

    model: the `Model` of the fit; unit: its `Unit` of time, in the BG/BB the time between two
    opportunities; confidence: 0…1, else `OutOfRange`.
    """
    (one, more), notes = UNITS[unit_of(unit)], buying.SAID[face.model_of(model)].notes
    names, follows = face.module_of(model).NAMES, face.follows_of(fit, model)
    found = lines(fit, notes, follows, confidence, "klanten", names)
    words = {"unit": one, "units": more}
    return [
        line
        if line.figure.name == "converged"
        else Line(line.figure, _label(line).format(**words), line.note.format(**words))
        for line in found
    ]


def _label(line: Line) -> str:
    return buying.LABELS.get(line.figure.name, line.label)


def of_spending(fit: Fit, check: Independence, confidence: float) -> list[Line]:
    """Return a fit of the Gamma-Gamma model with its words, and its independence check below it."""
    has_mean = not fit.converged or fit.params.get("q", np.inf) > 1
    notes = {**SPENDING, gammagamma.MEAN.name: MEAN_NOTE if has_mean else NO_MEAN}
    found = lines(
        fit, notes, (gammagamma.MEAN,), confidence, "klanten met betaalde herhaalaankopen", gammagamma.NAMES
    )
    found = [one._replace(label=MEAN) if one.figure.name == gammagamma.MEAN.name else one for one in found]
    lower, upper = _of_correlation(check, confidence)
    tie = Figure("correlation", check.correlation, NA, lower, upper)
    holds = Figure("independent", float(not check.warns))
    return [*found, Line(tie, "samenhang", TIED), Line(holds, "samenhang past", independence(check))]


def _of_correlation(check: Independence, confidence: float) -> tuple[float, float]:
    """The interval of a correlation by Fisher's z; none of too few customers."""
    if check.n < gammagamma.FEWEST or abs(check.correlation) >= 1:
        return NA, NA
    middle, width = np.arctanh(check.correlation), intervals.quantile(confidence) / math.sqrt(check.n - 3)
    return float(np.tanh(middle - width)), float(np.tanh(middle + width))


def independence(check: Independence) -> str:
    """Say whether frequency and spend go together, and what to do about it."""
    shown = f"{check.correlation:z.2f}".replace(".", ",")
    if check.tie is Tie.TOO_FEW:
        words = f"Te weinig klanten met betaalde herhaalaankopen ({check.n}) om te zeggen of dit model past."
        return f"{words} Neem er minstens {gammagamma.FEWEST}."
    if check.tie is Tie.UNSURE:
        return f"Te weinig klanten om te zien of frequentie en besteding samenhangen (correlatie {shown})."
    if check.tie is Tie.LOOSE:
        return f"Frequentie en besteding hangen nauwelijks samen (correlatie {shown}): het model past."
    more, effect = ("meer", "te laag") if check.correlation > 0 else ("minder", "te hoog")
    return (
        f"Klanten die vaker kopen besteden {more} per aankoop (correlatie {shown}). Het model neemt aan dat"
        f" dit los van elkaar staat; de klantwaarde van vaste klanten kan {effect} uitvallen. Splits de"
        " klanten in groepen of gebruik per klant het eigen gemiddelde."
    )
