"""Which model of buying fits these customers best, and whether groups of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import descending
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.checks.goodness import chi_square, counts
from klantwaarde_xl.kernels.models.estimate.ratio_test import chi_square_tail, criteria
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.prepare import Split
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.season.clock import Season

NA = CellError.NA.nan
SURE, EVEN = 0.9, 0.1  # Akaike's weight from which the best one is far ahead, and another one is as good
DIFFERENT = 0.05  # p-value below which segments are told apart


class Rank(IntEnum):
    """What a comparison says of a model."""

    UNFIT = 0  # it cannot be estimated
    ALONE = 1  # the only one that can
    BEST = 2
    BEST_BY_LITTLE = 3
    AS_GOOD = 4  # almost
    WORSE = 5


class Compared(NamedTuple):
    """A model among others; weight is Akaike's: the share of the evidence for it among these models."""

    code: float  # of the model, as `face.fitted` takes it
    title: str
    fit: Fit
    aic: float
    bic: float
    weight: float
    chi_p: float  # p-value of the counts of purchases against the model
    actual: float  # purchases after the cut; #N/A without one
    expected: float
    deviation: float  # expected / actual − 1
    rank: Rank

    @property
    def is_limit(self) -> bool:
        """Whether the model ran to a limit, which others may share."""
        return self.fit.converged and face.limit_of(self.fit) is not None


class Verdict(IntEnum):
    """Whether segments are one population."""

    ONE_SEGMENT = 0
    UNKNOWN = 1  # not each of them can be estimated
    DIFFERENT = 2
    ALIKE = 3  # not shown to differ


class Segments(NamedTuple):
    """The fit of each segment and of all together, and whether they differ; p_value #N/A where unknown."""

    apart: tuple[Fit, ...]
    together: Fit
    p_value: float
    verdict: Verdict


def compare(
    summary: Summary,
    part: Split | None = None,
    codes: Sequence[float] = tuple(map(float, face.IN_TIME)),
    season: Season | None = None,
) -> list[Compared]:
    """Compare the models of buying in continuous time on the same customers, the best one first.

    codes: of the models; part: of which these are the customers at the cut, to hold the models against
    what came after; season: in whose time the summary is. A model that does not converge has no figures.
    Akaike (1974); Burnham & Anderson (2002) for the weights.
    """
    fits = [face.fitted(model, summary.frequency, summary.recency, summary.T) for model in codes]
    aic, bic = np.array([criteria(fit) for fit in fits]).T
    best = np.nanmin(aic) if np.any(np.isfinite(aic)) else np.nan
    weight = np.exp((best - aic) / 2)
    # Models that ran to one limit are one model
    weight = weight / np.nansum([*{fit.model: each for fit, each in zip(fits, weight, strict=True)}.values()])
    order = descending(-aic)
    is_alone = sum(fit.converged for fit in fits) == 1
    found = []
    for at in order:
        model, fit = codes[at], fits[at]
        chi_p, actual, expected = _held(model, fit, summary, part, season)
        deviation = expected / actual - 1 if actual > 0 else NA
        rank = _rank(fit, fit.model == fits[order[0]].model, is_alone, weight[at])
        figures = (float(aic[at]), float(bic[at]), float(weight[at]), chi_p, actual, expected, deviation)
        found.append(Compared(model, face.title_of(model), fit, *figures, rank))
    return found


def at_one_limit(found: Sequence[Compared]) -> list[list[Compared]]:
    """Return models that ran to one limit together, for they are one model; the others each alone."""
    groups: dict[str, list[Compared]] = {}
    for one in found:
        groups.setdefault(one.fit.model if one.is_limit else one.title, []).append(one)
    return [*groups.values()]


def _held(
    model: float, fit: Fit, summary: Summary, part: Split | None, season: Season | None
) -> tuple[float, float, float]:
    """The p-value of chi-square, and purchases after the cut: actual and expected."""
    if not fit.converged:
        return NA, NA, NA
    test = chi_square(*counts(summary, fit, model), len(fit.params))
    p_value = test.p_value if test.df > 0 else NA
    if part is None:
        return p_value, NA, NA
    actual, expected = tracking.after(part, fit, season)
    return p_value, float(actual.sum()), float(expected.sum())


def _rank(fit: Fit, is_first: bool, is_alone: bool, weight: float) -> Rank:
    if not fit.converged:
        return Rank.UNFIT
    if is_first and is_alone:
        return Rank.ALONE
    if is_first:
        return Rank.BEST if weight >= SURE else Rank.BEST_BY_LITTLE
    return Rank.AS_GOOD if weight >= EVEN else Rank.WORSE


def segments(parts: list[Summary], summary: Summary, model: float) -> Segments:
    """Fit a model of buying to each segment apart and to all together, and test whether they differ.

    parts: the customers of each segment; summary: all of them; model: a `Model`. The test is the
    likelihood ratio of one fit for all against one a segment, on chi-square with parameters ×
    (segments − 1) degrees of freedom.
    """
    *apart, together = (face.fitted(model, one.frequency, one.recency, one.T) for one in (*parts, summary))
    count = len(face.module_of(model).NAMES)
    return Segments(tuple(apart), together, *_differ(apart, together, count))


def _differ(apart: list[Fit], together: Fit, parameters: int) -> tuple[float, Verdict]:
    """The p-value that the segments are one population, and what it says."""
    if len(apart) < 2:
        return NA, Verdict.ONE_SEGMENT
    if not all(fit.converged for fit in (*apart, together)):
        return NA, Verdict.UNKNOWN
    # Each has all parameters of the model, also where they are at a limit: the test is then a cautious one
    gain = float(np.sum([fit.loglik for fit in apart])) - together.loglik
    p_value = chi_square_tail(max(0.0, 2 * gain), parameters * (len(apart) - 1))
    return p_value, Verdict.DIFFERENT if p_value < DIFFERENT else Verdict.ALIKE
