"""Value beside score: what promoters are worth, and detractors.

Amounts per customer are so skewed that an interval of a difference of means holds the truth at hundreds of
customers, not at twelve. So the comparison is of who is worth more: the chance that a promoter brings more
than a detractor, with an interval that holds from three customers on.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.measures import Measure, scored, two_sided
from klantwaarde_xl.kernels.nps import Difference, Group
from klantwaarde_xl.kernels.waves import answers_of, columns_of
from klantwaarde_xl.refusals import surveys as refused
from klantwaarde_xl.refusals.nouns import Beside

NOT_THERE = CellError.NA.nan


class ScoreValues(NamedTuple):
    """One row a group of the NPS; the group is a `Group`. Amounts in the currency given."""

    group: npt.NDArray[np.intp]
    customers: Floats
    share: Floats
    mean: Floats
    median: Floats
    total: Floats
    share_of_total: Floats


class ScoreDifference(NamedTuple):
    """Promoters beside detractors; arrays of length one.

    chance: that a promoter is worth more than a detractor, equal amounts for half; the verdict is a
    `Difference`, of that chance against a half.
    """

    promoters: Floats
    detractors: Floats
    change: Floats
    chance: Floats
    low: Floats
    high: Floats
    verdict: Floats


def _grouped(scores: Floats, amounts: Floats) -> list[Floats]:
    """The amounts of each `Group`, of who has both a score and an amount."""
    answers = answers_of(scores, len(scores), Beside.ROWS)
    worth = answers_of(amounts, len(answers), Beside.AMOUNTS)
    both = ~(np.isnan(answers) | np.isnan(worth))
    sides = np.sign(scored(answers[both], Measure.NPS).values)
    return [worth[both][sides == side] for side in (1, 0, -1)]


def score_values(scores: Floats, amounts: Floats) -> ScoreValues:
    """What promoters, passives and detractors are worth: how many, mean, median and total.

    scores: a customer's answer, whole numbers 0…10; amounts: revenue, margin or value of the same customer;
    NaN in either does not count. Three rows; a group without customers has #N/A for its mean and
    median, and so has a share of a total that is not above nought. Errors as `scored`; columns of
    unequal height are `WrongType`.
    """
    groups = _grouped(scores, amounts)
    customers = np.array([float(one.size) for one in groups])
    totals = np.array([float(one.sum()) for one in groups])
    whole = float(totals.sum())
    return ScoreValues(
        np.arange(len(Group)),
        customers,
        customers / customers.sum(),
        np.array([float(one.mean()) if one.size else NOT_THERE for one in groups]),
        np.array([float(np.median(one)) if one.size else NOT_THERE for one in groups]),
        totals,
        totals / whole if whole > 0 else np.full(len(groups), NOT_THERE),
    )


def score_difference(scores: Floats, amounts: Floats, confidence: float = 0.95) -> ScoreDifference:
    """Promoters beside detractors: the difference of their means, and the chance that one is worth more.

    scores, amounts: as `score_values`; confidence: 0…1, ends excluded. The chance is Mann and Whitney's, with
    the score interval of Newcombe (2006), Statistics in Medicine 25, method 5. One row. Errors as
    `score_values`; no promoters, or no detractors, is `DivisionByZero`.
    """
    promoters, _, detractors = _grouped(scores, amounts)
    if not (promoters.size and detractors.size):
        raise refused.NO_PROMOTERS_OR_DETRACTORS()
    chance = chance_of_more(promoters, detractors)
    low, high = chance_interval(chance, promoters.size, detractors.size, confidence)
    verdict = Difference.RISEN if low > 0.5 else Difference.FALLEN if high < 0.5 else Difference.NONE
    means = float(promoters.mean()), float(detractors.mean())
    row = (*means, means[0] - means[1], chance, low, high, float(verdict))
    return ScoreDifference(*columns_of(row))


def chance_of_more(ours: Floats, theirs: Floats) -> float:
    """Chance that one of ours is more than one of theirs, equals for half; neither is empty."""
    ordered = np.sort(theirs)
    below = np.searchsorted(ordered, ours, side="left") + np.searchsorted(ordered, ours, side="right")
    return float(below.sum()) / (2 * ours.size * theirs.size)


def chance_interval(chance: float, ours: int, theirs: int, confidence: float = 0.95) -> tuple[float, float]:
    """Score interval of Mann and Whitney's chance from so many of ours and of theirs (Newcombe 2006, 5).

    Its ends are the chances t from which the one found lies z standard errors, of variance
    t(1 − t)(1 + N((1 − t)/(2 − t) + t/(1 + t))) / (mn) with N = (m + n)/2 − 1. Where even amounts that are
    all more, or all less, come too often by chance (three and three: one in ten), they hold a half.
    """
    z, size = two_sided(confidence), (ours + theirs) / 2 - 1

    def reach(true: float) -> float:
        more = 1 + size * ((1 - true) / (2 - true) + true / (1 + true))
        return z * math.sqrt(true * (1 - true) * more / (ours * theirs))

    def end(outer: float) -> float:
        """Where the distance is as far as it reaches, between the end of the scale and the chance."""
        near, far = chance, outer
        for _ in range(100):
            middle = (near + far) / 2
            near, far = (middle, far) if abs(chance - middle) < reach(middle) else (near, middle)
        return (near + far) / 2

    low, high = end(0.0), end(1.0)
    if chance in (0, 1) and 2 / math.comb(ours + theirs, ours) > 1 - confidence:
        return min(low, 0.5), max(high, 0.5)
    return low, high
