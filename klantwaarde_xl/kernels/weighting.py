"""Answers that count for more or fewer customers than one, and how many answers a survey needs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag
from klantwaarde_xl.kernels.measures import SCALES, Measure, Summed, estimate, scored
from klantwaarde_xl.kernels.nps import normal_quantile
from klantwaarde_xl.kernels.waves import answers_of, columns_of
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals import surveys as refused
from klantwaarde_xl.refusals.nouns import Beside

NUM, DIV0 = CellError.NUM, CellError.DIV0
_HAIR = 1e-9  # so that 100.00000000001 answers are a hundred
LEAST_POWER = 0.5


class Weighted(NamedTuple):
    """A weighted measure with its interval; arrays of length one.

    effective: as many answers of equal weight would be as sure; loss: answers / effective.
    """

    value: Floats
    low: Floats
    high: Floats
    answers: Floats
    effective: Floats
    loss: Floats


def weighted_survey(
    scores: Floats,
    weights: Floats,
    measure: float = float(Measure.NPS),
    scale: float = 0.0,
    confidence: float = 0.95,
) -> Weighted:
    """A measure of answers that weigh differently, with its interval and the effective number of answers.

    scores: NaN for no answer, which does not count; weights: ≥ 0, in the same rows; measure, scale: as
    `scored`; confidence: 0…1, ends excluded. The effective number is (Σw)² / Σw² (Kish 1965); the
    interval is that of so many answers (`measures.estimate`). One row, in the unit of the measure.
    Errors as `scored`; a negative weight, and a blank one beside a score, is `OutOfRange`; weights that add
    up to zero are `DivisionByZero`.
    """
    answers = answers_of(scores, len(scores), Beside.ROWS)
    weight = answers_of(weights, len(answers), Beside.WEIGHTS)
    known = ~np.isnan(answers)
    one = scored(answers[known], measure, scale)
    weight = weight[known]
    if not np.all(weight >= 0):
        raise refused.WEIGHT_OF_ANSWER()
    largest = float(weight.max(initial=0.0))
    if largest == 0:
        raise shared.NO_WEIGHT()
    weight = weight / largest  # only their proportion counts, and their squares stay numbers
    total = float(weight.sum())
    mean = float(weight @ one.values) / total
    effective = total**2 / float(weight @ weight)
    found = Summed(effective, mean, float(weight @ (one.values - mean) ** 2) / total)
    size = float(answers[known].size)
    row = (*estimate(one, found, confidence), size, effective, size / effective)
    return Weighted(*columns_of(row))


@elementwise
def weight_factor(
    answers: Element, all_answers: Element, customers: Element, all_customers: Element
) -> Floats:
    """What an answer of a group weighs: its share of the customers / its share of the answers.

    answers, all_answers, customers, all_customers: counts ≥ 0. One where both shares are equal. No
    answers in the group, and no customers at all, is #DIV/0!; a negative count, and a group that is larger
    than the whole, #NUM!.
    """
    wrong = (answers < 0) | (customers < 0) | (answers > all_answers) | (customers > all_customers)
    weight = (customers / all_customers) / (answers / all_answers)
    return flag(weight, (NUM, wrong), (DIV0, (answers == 0) | (all_customers == 0)))


def _most_spread(measure: Element, scale: Element) -> tuple[Any, Any]:
    """The largest standard deviation that one answer can have, and whether the scale is unknown."""
    most: Any = 0.0
    unknown: Any = True
    for kind, tops in SCALES.items():
        for top in tops:
            fits = (measure == kind) & ((scale == top) | ((scale == 0) & (top == tops[0])))
            size = {Measure.NPS: 100.0, Measure.CSAT: 0.5, Measure.EASY: 0.5}.get(kind, (top - 1) / 2)
            most, unknown = np.where(fits, size, most), np.logical_and(unknown, np.logical_not(fits))
    return most, unknown


@elementwise
def sample_size(
    margin: Element,
    measure: Element = float(Measure.NPS),
    scale: Element = 0.0,
    spread: Element = 0.0,
    confidence: Element = 0.95,
    population: Element = 0.0,
) -> Floats:
    """How many answers a margin needs: n₀ = (z s / margin)², n = n₀ / (1 + (n₀ − 1) / N) (Cochran 1977).

    margin: > 0, in the unit of the measure (points, a fraction, a score); measure: a `Measure`; scale: its
    highest answer, 0 for the usual one; spread s: the standard deviation of one answer, 0 for the largest
    that there can be; confidence: 0…1, ends excluded; population N: customers in all, 0 for unknown.
    Rounded up. #NUM! outside those ranges, for a margin or a spread that the scale cannot have (a margin is
    at most half of it) and for a scale that the measure has not.
    """
    most, unknown = _most_spread(measure, scale)
    deviation = np.where(spread == 0, most, spread)
    needed = (normal_quantile((1 + confidence) / 2) * deviation / margin) ** 2
    needed = np.where(population > 0, needed / (1 + (needed - 1) / np.maximum(population, 1)), needed)
    wrong = unknown | (margin <= 0) | (margin > most) | (spread < 0) | (spread > most)
    wrong |= (confidence <= 0) | (confidence >= 1) | ((population < 1) & (population != 0))
    return flag(np.maximum(np.ceil(needed - _HAIR), 1), (NUM, wrong))


@elementwise
def sample_size_of_change(
    change: Element,
    measure: Element = float(Measure.NPS),
    scale: Element = 0.0,
    spread: Element = 0.0,
    confidence: Element = 0.95,
    power: Element = 0.8,
    correlation: Element = 0.0,
) -> Floats:
    """How many answers per wave it takes to see a difference: 2(1 − ρ) (s (z₁ + z₂) / change)² + z₁²/4.

    change: > 0, in the unit of the measure, at most all of its scale; power: 0.5…1, the chance to see a
    difference of that size (1 excluded); correlation ρ: −1…1, ends excluded, of the answers of the same
    customers, 0 for different ones; the others as `sample_size`. z₁²/4 makes up for the spread being
    estimated (Guenther 1981, The American Statistician 35(4)). Rounded up. #NUM! outside those ranges.
    """
    most, unknown = _most_spread(measure, scale)
    deviation = np.where(spread == 0, most, spread)
    chance = normal_quantile((1 + confidence) / 2)
    reach = deviation * (chance + normal_quantile(power)) / change
    needed = 2 * (1 - correlation) * reach**2 + chance**2 / 4
    wrong = unknown | (change <= 0) | (change > 2 * most) | (spread < 0) | (spread > most)
    wrong |= (confidence <= 0) | (confidence >= 1) | (power < LEAST_POWER) | (power >= 1)
    wrong |= np.abs(correlation) >= 1
    return flag(np.ceil(needed - _HAIR), (NUM, wrong))
