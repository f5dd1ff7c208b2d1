"""What goes with a score: which aspects, judged by the same customers, move the NPS.

The variance that a regression on all aspects explains is divided over them as Shapley divides (Lindeman,
Merenda and Gold 1980): what an aspect adds to the R² of those that were there before it, over every order.
So aspects that go together share what they explain, and the parts add up to the R² of all. The R² of every
subset comes from one sweep of the one before it; an aspect that the others already hold adds nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats, descending
from klantwaarde_xl.kernels.measures import Measure, scored
from klantwaarde_xl.kernels.waves import answers_of
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals import surveys as refused
from klantwaarde_xl.refusals.nouns import Beside

MOST_ASPECTS = 12  # 4096 subsets: as many as a questionnaire has, and done at once
_NOTHING = 1e-10  # of a standardised aspect's variance: no more than this is left when others hold it
UNKNOWN = CellError.NA.nan


class Evidence(IntEnum):
    """Whether an aspect goes with the score more than by chance."""

    NONE = 0
    FOUND = 1


class Drivers(NamedTuple):
    """One row an aspect, the one that explains most first; all arrays of the same length.

    mean: of the aspect; correlation: with the measure; evidence: an `Evidence`; effect,
    low, high: units of the measure per point of the aspect, the other aspects being equal, with its
    interval; explained: part of the measure's variance; share: of all that is explained; answers: rows used.
    """

    aspect: npt.NDArray[np.intp]
    mean: Floats
    correlation: Floats
    evidence: Floats
    effect: Floats
    low: Floats
    high: Floats
    explained: Floats
    share: Floats
    answers: Floats


def score_drivers(
    ratings: Floats,
    scores: Floats,
    measure: float = float(Measure.NPS),
    scale: float = 0.0,
    confidence: float = 0.95,
) -> Drivers:
    """Which aspects move a score: Shapley's division of the variance that they explain together.

    ratings: a row a customer, a column an aspect, NaN for no answer; scores: in the same rows; measure,
    scale: as `scored`; confidence: 0…1, ends excluded. Rows with a blank do not count. The verdict on the
    correlations is right for all aspects together (Holm 1979); it says that they go together, not which
    causes which. The interval of an effect is White's in the form HC3, with Student's quantile; #N/A where
    other aspects hold the same, and of an aspect that all judge alike, as its correlation. Errors as
    `scored`; columns of unequal height are `WrongType`; more than twelve aspects `OutOfRange`; fewer than
    two answers more than aspects `NotAvailable`; scores that all count the same `DivisionByZero`.
    """
    block = np.asarray(ratings, dtype=np.float64)
    if block.shape[1] > MOST_ASPECTS:
        raise refused.TOO_MANY_ASPECTS(most=MOST_ASPECTS)
    answers = answers_of(scores, len(block), Beside.ROWS_WITH_RATINGS)
    whole = ~(np.isnan(answers) | np.isnan(block).any(axis=1))
    target, block = scored(answers[whole], measure, scale).values, block[whole]
    count, width = block.shape
    if not 0 < confidence < 1:
        raise shared.NO_CERTAINTY()
    if count < width + 2:
        raise refused.TOO_FEW_WHOLE_ROWS(rows=count, aspects=width, least=width + 2)
    if np.ptp(target) == 0:
        raise refused.NOTHING_TO_EXPLAIN()
    away, spread = _standardised(block)
    goal = (target - target.mean()) / target.std()
    correlation = away.T @ goal / count
    explained = shapley(away.T @ away / count, correlation)
    total = float(explained.sum())
    share = explained / total if total > 0 else np.full(width, UNKNOWN)
    judged = np.where(spread > 0, correlation, UNKNOWN)
    effect = _effects(block - block.mean(axis=0), target - target.mean(), confidence)
    order = descending(explained)
    size = np.full(width, float(count))
    rows = (block.mean(axis=0), judged, _evidence(judged, count, confidence), *effect, explained, share, size)
    return Drivers(order, *(row[order] for row in rows))


def _standardised(block: Floats) -> tuple[Floats, Floats]:
    """Each column with mean nought and variance one (nought where all are alike), and its spread."""
    away = block - block.mean(axis=0)
    spread = away.std(axis=0)
    return np.divide(away, spread, out=np.zeros_like(away), where=spread > 0), spread


def shapley(together: Floats, goal: Floats) -> Floats:
    """What each of some aspects adds to R², over every order in which they can come.

    together: the correlations of k aspects, k × k, a row of noughts for one without spread; goal: those
    with what is explained. The parts add up to the R² of all aspects.
    """
    width = len(goal)
    matrix = np.zeros((width + 1, width + 1))
    matrix[:width, :width], matrix[:width, width], matrix[width, :width] = together, goal, goal
    matrix[width, width] = 1.0
    known = np.zeros(1 << width)
    for subset, left in _left_over(matrix, 0, width, 0):
        known[subset] = 1 - left
    sizes = np.array([subset.bit_count() for subset in range(1 << width)])
    weight = np.array([1 / (width * math.comb(width - 1, size)) for size in range(width)])
    places = np.arange(1 << width)
    without = [places[(places >> aspect) & 1 == 0] for aspect in range(width)]
    return np.array(
        [
            weight[sizes[rest]] @ np.maximum(known[rest | (1 << aspect)] - known[rest], 0)
            for aspect, rest in enumerate(without)
        ]
    )


def _left_over(matrix: Floats, first: int, width: int, subset: int) -> Iterator[tuple[int, float]]:
    """Each subset that holds this one, and of aspects from first on, with the variance that it leaves."""
    yield subset, float(matrix[width, width])
    for aspect in range(first, width):
        pivot = matrix[aspect, aspect]
        swept = matrix
        if pivot > _NOTHING:
            swept = matrix - np.outer(matrix[:, aspect], matrix[aspect]) / pivot
        yield from _left_over(swept, aspect + 1, width, subset | (1 << aspect))


def _evidence(correlation: Floats, count: int, confidence: float) -> Floats:
    """An `Evidence` of each correlation, by Student's t and Holm's steps."""
    from scipy.special import stdtr

    found = np.full(len(correlation), float(Evidence.NONE))
    tested = np.flatnonzero(~np.isnan(correlation))
    strong = np.minimum(np.abs(correlation[tested]), 1.0)
    with np.errstate(divide="ignore"):
        chance = 2 * stdtr(count - 2, -strong * np.sqrt((count - 2) / (1 - strong**2)))
    for step, at in enumerate(np.argsort(chance, kind="stable")):
        if chance[at] > (1 - confidence) / (len(tested) - step):
            break
        found[tested[at]] = float(Evidence.FOUND)
    return found


def _effects(away: Floats, goal: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Coefficients with their intervals; #N/A for those that other columns can stand in for."""
    from scipy.special import stdtrit

    count = len(away)
    left, sizes, right = np.linalg.svd(away, full_matrices=False)
    kept = sizes > sizes.max(initial=0.0) * 1e-10
    rank = int(np.count_nonzero(kept))
    inverse = right[kept].T / sizes[kept] @ left[:, kept].T  # width × count
    effect = inverse @ goal
    leverage = 1 / count + np.sum(left[:, kept] ** 2, axis=1)
    rest = goal - away @ effect
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(inverse**2 @ np.square(rest / (1 - np.minimum(leverage, 1.0))))
    half = stdtrit(count - rank - 1, (1 + confidence) / 2) * error
    alone = np.sum(right[kept] ** 2, axis=0) > 1 - 1e-9
    known = alone & np.isfinite(half) & (leverage.max() < 1 - 1e-9)
    return (
        np.where(alone, effect, UNKNOWN),
        np.where(known, effect - half, UNKNOWN),
        np.where(known, effect + half, UNKNOWN),
    )
