"""Which model to forecast with: fitted on the first part of a log, scored by what came after.

The score is the logarithm of the chance that a model gave to each customer's number of purchases after
the cut (Gneiting & Raftery 2007, "Strictly proper scoring rules"): the only one of the figures that no
model can better by expecting too little, or by being too sure. Models that differ by no more than chance
would (two standard errors of the difference per customer) are told apart by AIC on all data up to the
day. Of very many customers each of these is fitted on some, evenly spread; only the one that is chosen is
then fitted on all. Beside the score stand the figures that people read.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.prepare import Split
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.view import View, seen

NA = CellError.NA.nan
FEWEST = 20  # purchases after the cut, to tell models apart by
SCORED = 2000  # customers who are scored, evenly spread, of many
FITTED = 10_000  # and on whom models are fitted to be told apart, which more of them would do no better
RULED_OUT = 1e-12  # a chance below this is scored as this: a model may be surprised, but not to death
CONFIDENCE = 0.9  # of the interval whose coverage is told
MOST = 200  # purchases a customer up to which chances are added up for it


class How(IntEnum):
    """By what a model was chosen."""

    SCORE = 0  # the log score of what came after
    CRITERION = 1  # AIC on all data: the log is too short to hold some of it out


class Entry(NamedTuple):
    """A model in the contest: what it made of the customers after the cut, #N/A where it was not held out."""

    code: float  # of the model, as `face.fitted` takes it
    fit: Fit
    score: float  # mean log chance a customer; or minus AIC / 2 a customer
    bias: float  # expected / actual − 1
    error: float  # mean absolute error of the purchases a customer
    ranks: float  # Spearman's correlation of expected and actual
    coverage: float  # share of the customers inside the interval of `CONFIDENCE`
    tied: bool = False  # whether the score is the best one, but for chance
    codes: tuple[float, ...] = ()  # of all models that ran to this limit, if it is one; `code` is the last


class Contest(NamedTuple):
    """The models, the best one first, and by what."""

    entries: list[Entry]
    how: How
    until: float = NA  # the last day that was known, of a log that was cut
    title: str = ""  # of the best one, as it is on all data: a limit on the first part may be none there

    @property
    def best(self) -> Entry:
        """The model to forecast with."""
        return self.entries[0]


def contest(summary: Summary, part: Split | None, before: Season | None = None) -> Contest | None:
    """Return the contest of all models on a log, once for the same one; None where none has a fit.

    summary: of all customers, in the time of a season where there is one; part: the log cut in two, or None
    where it cannot be, or where a season could not be estimated at the cut; before: as it was estimated then.
    """
    columns = [summary.frequency, summary.recency, summary.T, summary.first_day]
    columns += [] if before is None else [before.effects]
    name = f"{None if part is None else part.until!r} {before is None}"
    return _contests(name, columns, lambda *_: _held(summary, part, before))


_contests: Memory[Contest | None] = Memory(8)


def _held(summary: Summary, part: Split | None, before: Season | None) -> Contest | None:
    entries = [] if part is None else _held_out(part, before)
    if entries:
        tied = [one for one in entries if one.tied]
        if len(tied) > 1:
            some = _some_of(summary)
            tied.sort(key=lambda one: criteria(_whole(one.code, some))[0])
        best = tied[0]
        others = (one for one in entries if one.fit is not best.fit)
        title = _whole(best.code, summary).model
        return Contest([best, *others], How.SCORE, NA if part is None else part.until, title)
    fits = [(codes, fit) for codes, fit in _fits(_some_of(summary)) if fit.converged]
    entries = [_entry(codes, fit, -criteria(fit)[0] / 2 / fit.n) for codes, fit in fits]
    entries.sort(key=lambda one: -one.score)
    if not entries:
        return None
    return Contest(entries, How.CRITERION, NA, _whole(entries[0].code, summary).model)


def _entry(
    codes: tuple[float, ...], fit: Fit, score: float, bias: float = NA, error: float = NA, ranks: float = NA,
    coverage: float = NA,
) -> Entry:  # fmt: skip
    return Entry(codes[-1], fit, score, bias, error, ranks, coverage, codes=codes)


def _whole(code: float, summary: Summary) -> Fit:
    return face.fitted(code, summary.frequency, summary.recency, summary.T)


def settled(code: float, found: Callable[[], Contest | None]) -> float:
    """Return the model to forecast with: the best of a contest where it is to be chosen."""
    if code != face.AUTO:
        return code
    best = found()
    return float(face.Model.MBGNBD) if best is None else best.best.code


def _fits(summary: Summary) -> list[tuple[tuple[float, ...], Fit]]:
    """Each model once: those that run to one limit are one, with the codes of all."""
    found: dict[str, tuple[tuple[float, ...], Fit]] = {}
    for code in face.CONTESTANTS:
        fit = face.fitted(code, summary.frequency, summary.recency, summary.T)
        codes, _ = found.get(fit.model, ((), fit))
        found[fit.model] = (*codes, code), fit
    return list(found.values())


def _held_out(part: Split, season: Season | None) -> list[Entry]:
    """The entries scored on what came after the cut; none where that is too little."""
    timed = seen(part.summary, season, part.length)
    fits = [(codes, fit) for codes, fit in _fits(_some_of(timed)) if fit.converged]
    if not fits:
        return []
    actual, _ = tracking.after(part, fits[0][1], season)
    if actual.sum() < FEWEST:
        return []
    days = (part.bought.last_day - part.until) / part.length
    ahead = View(part.summary, season, part.length, days, 0.0).time
    found = [_scored(codes, fit, timed, actual, ahead) for codes, fit in fits]
    found.sort(key=lambda one: -one[0].score)
    best = found[0][1]
    error = [float(np.std(best - each)) / np.sqrt(best.size) for _, each in found]
    return [
        one._replace(tied=bool(np.mean(best - each) <= 2 * by))
        for (one, each), by in zip(found, error, strict=True)
    ]


def _scored(
    codes: tuple[float, ...], fit: Fit, summary: Summary, actual: Floats, ahead: float
) -> tuple[Entry, Floats]:
    """The entry of a model, and the score of each customer."""
    functions = face.functions_of(fit)
    history = summary.frequency, summary.recency, summary.T
    expected = functions.conditional_expected(fit.params, *history, ahead)
    some = _spread(actual.size, SCORED)
    x, t_x, age = (column[some] for column in history)
    chance = functions.conditional_pmf(fit.params, x, t_x, age, ahead, actual[some])
    score = np.log(np.maximum(chance, RULED_OUT))
    made = _entry(
        codes,
        fit,
        float(np.mean(score)),
        float(expected.sum() / actual.sum() - 1),
        float(np.mean(np.abs(expected - actual))),
        _spearman(expected, actual),
        _coverage(functions, fit, (x, t_x, age), ahead, actual[some]),
    )
    return made, score


def _coverage(
    functions: face.Buying, fit: Fit, history: tuple[Floats, Floats, Floats], ahead: float, actual: Floats
) -> float:
    """How often what came lies in the interval of the chances; of customers spread over all of them."""
    some = _spread(actual.size, SCORED // 10)
    (x, t_x, age), came = (column[some, None] for column in history), np.minimum(actual[some], MOST)
    counts = np.arange(float(came.max()) + 1)
    below = np.cumsum(functions.conditional_pmf(fit.params, x, t_x, age, ahead, counts), axis=1)
    row, place = np.arange(some.size), came.astype(np.intp)
    until, before = below[row, place], np.where(came > 0, below[row, np.maximum(place - 1, 0)], 0.0)
    tail = (1 - CONFIDENCE) / 2
    return float(np.mean((until >= tail) & (before <= 1 - tail)))


def _some_of(summary: Summary) -> Summary:
    """The columns that a fit sees, of customers evenly spread where they are many."""
    some = _spread(summary.frequency.size, FITTED)
    return summary._replace(
        frequency=summary.frequency[some], recency=summary.recency[some], T=summary.T[some]
    )


def _spread(size: int, most: int) -> npt.NDArray[np.intp]:
    """Places evenly spread over so many customers; all of them where they are few."""
    return np.unique(np.linspace(0, size - 1, min(size, most)).astype(np.intp))


def _spearman(one: Floats, other: Floats) -> float:
    ranks = [_ranks(column) for column in (one, other)]
    spread = [float(np.std(column)) for column in ranks]
    if min(spread) == 0:
        return NA
    together = np.mean((ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean()))
    return float(together / (spread[0] * spread[1]))


def _ranks(values: Floats) -> Floats:
    """Ranks, equal values sharing the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place.ravel()])
