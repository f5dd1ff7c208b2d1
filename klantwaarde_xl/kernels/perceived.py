"""Value as the customer perceives it: what it brings against what it takes, expected and met."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag, outside
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals import surveys as refused

NUM, DIV0 = CellError.NUM, CellError.DIV0


class Risk(IntEnum):
    """Whether a customer gets less than it gives."""

    HIGH = 0
    RAISED = 1
    LOW = 2


class Verdict(IntEnum):
    """Experience against expectation."""

    BELOW = 0
    MET = 1
    ABOVE = 2


class Position(IntEnum):
    """The places on Gale's customer value map."""

    WORSE = 0
    CHEAP = 1
    AVERAGE = 2
    PREMIUM = 3
    BETTER = 4


class Balance(IntEnum):
    """How benefits and investments are set against each other."""

    DIFFERENCE = 0  # weighted means: lists of different length stay comparable
    RATIO = 1  # weighted means, divided
    SUMS = 2  # plain sums, as article 004 puts it


class Gaps(NamedTuple):
    """One row an aspect; all arrays of the same length."""

    aspect: npt.NDArray[np.intp]
    expectation: Floats
    experience: Floats
    gap: Floats
    verdict: npt.NDArray[np.intp]


def perceived_value(
    benefits: Floats,
    investments: Floats,
    benefit_weights: Floats | None = None,
    investment_weights: Floats | None = None,
    balance: float = float(Balance.DIFFERENCE),
) -> float:
    """Perceived value: benefits experienced against investments made (article 004: D25).

    benefits, investments: scores per aspect (money, time, effort …) on one and the same scale,
    any shape; the weights: ≥ 0, of the same shape, brought to a sum of one, by default equal;
    balance: a `Balance`; with SUMS the weights count as they are, by default one each.
    Weights that add up to zero, and a ratio to investments of zero, are `DivisionByZero`; a
    negative weight is `OutOfRange`; weights of another shape are `WrongType`.
    """
    is_sum = balance == Balance.SUMS
    gained = _weighted(benefits, benefit_weights, is_sum=is_sum)
    given = _weighted(investments, investment_weights, is_sum=is_sum)
    if balance != Balance.RATIO:
        return gained - given
    if given == 0:
        raise refused.NO_INVESTMENT()
    return gained / given


def _weighted(scores: Floats, weights: Floats | None, *, is_sum: bool = False) -> float:
    values = np.asarray(scores, dtype=np.float64)
    if values.size == 0:
        raise refused.NO_SCORES()
    shares = np.ones(values.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if shares.shape != values.shape:
        raise refused.NOT_AS_MANY_WEIGHTS()
    if np.any(shares < 0):
        raise refused.NEGATIVE_WEIGHT()
    total = float(shares.sum())
    if total == 0:
        raise shared.NO_WEIGHT()
    return float((values * shares).sum()) / (1 if is_sum else total)


@elementwise
def departure_risk(balance: Element, threshold: Element = 0.0, safe_margin: Element = 1.0) -> Floats:
    """A `Risk`, by the balance of perceived value (article 004: D25).

    balance: as `perceived_value`; threshold: below it the customer gives more than it gets;
    safe_margin: ≥ 0, how far above it a customer counts as safe. The article names no borders:
    zero is the balance itself, one point on the scale is our margin. A negative margin is #NUM!.
    """
    code = np.where(
        balance < threshold,
        float(Risk.HIGH),
        np.where(balance < threshold + safe_margin, float(Risk.RAISED), float(Risk.LOW)),
    )
    return flag(code, (NUM, safe_margin < 0))


def expectation_gaps(
    aspects: npt.NDArray[np.intp], expectation: Floats, experience: Floats, tolerance: float = 0.5
) -> Gaps:
    """Gap of experience and expectation per aspect (article 004: D26; the gap of SERVQUAL).

    aspects: codes 0…n−1; more rows of one aspect (several respondents) are averaged;
    expectation, experience: scores on one scale; tolerance: ≥ 0, a gap up to it counts as met.
    gap = experience − expectation; the verdict is a `Verdict`.
    No rows is `DivisionByZero`, a negative tolerance `OutOfRange`.
    """
    if len(aspects) == 0:
        raise refused.NO_ASPECTS()
    if tolerance < 0:
        raise refused.NEGATIVE_TOLERANCE()
    answers = np.bincount(aspects)
    expected = np.bincount(aspects, weights=expectation) / answers
    experienced = np.bincount(aspects, weights=experience) / answers
    gap = experienced - expected
    # A hair of room: 8.1 − 7.6 is not quite a half
    verdict = np.where(
        np.abs(gap) <= tolerance + 1e-12, Verdict.MET, np.where(gap < 0, Verdict.BELOW, Verdict.ABOVE)
    )
    return Gaps(np.arange(len(answers)), expected, experienced, gap, verdict)


def total_gap(expectation: Floats, experience: Floats, weights: Floats | None = None) -> float:
    """Weighted mean of experience − expectation over all aspects (D26; Parasuraman et al. 1988).

    expectation, experience: scores, row by row; weights: ≥ 0, by default equal.
    No rows, or weights that add up to zero, is `DivisionByZero`; a negative weight `OutOfRange`.
    """
    return _weighted(np.asarray(experience) - np.asarray(expectation), weights)


@elementwise
def price_premium(own_price: Element, competitor_price: Element) -> Floats:
    """Price premium: own price / competitor's price − 1 (article 002: D24). A fraction.

    Both prices: currency ≥ 0 for the same amount. A competitor's price of nothing is #DIV/0!,
    a negative price #NUM!.
    """
    wrong = (own_price < 0) | (competitor_price < 0)
    return flag(own_price / competitor_price - 1, (NUM, wrong), (DIV0, competitor_price == 0))


def quality_ratio(own: Floats, competitors: Floats, weights: Floats | None = None) -> float:
    """Market-perceived quality ratio: weighted mean of own score / competitors' score (Gale 1994).

    own, competitors: scores ≥ 0 per quality aspect, the same shape; weights: ≥ 0, by default
    equal. A competitors' score of zero, and weights that add up to zero, are `DivisionByZero`;
    a negative score or weight is `OutOfRange`; other shapes are `WrongType`.
    """
    mine, theirs = np.asarray(own, dtype=np.float64), np.asarray(competitors, dtype=np.float64)
    if mine.shape != theirs.shape:
        raise refused.NOT_AS_MANY_OF_RIVAL()
    if np.any(mine < 0) or np.any(theirs < 0):
        raise refused.NEGATIVE_SCORE()
    if np.any(theirs == 0):
        raise refused.RIVAL_WITHOUT_SCORE()
    return _weighted(mine / theirs, weights)


@elementwise
def fair_value_distance(quality_ratio: Element, price_ratio: Element, price_weight: Element = 0.5) -> Floats:
    """Distance to the fair-value line: (1 − w)(quality − 1) − w(price − 1) (Gale 1994; D25).

    quality_ratio, price_ratio: own / competitor, > 0; price_weight w: 0…1, how much price weighs
    in the choice. On the line (0) customers get what they pay for; above it they get more.
    #NUM! outside those ranges.
    """
    distance = (1 - price_weight) * (quality_ratio - 1) - price_weight * (price_ratio - 1)
    return flag(distance, (NUM, _wrong_ratios(quality_ratio, price_ratio, price_weight)))


def _wrong_ratios(quality: Element, price: Element, weight: Element) -> npt.NDArray[np.bool_]:
    wrong: npt.NDArray[np.bool_] = (quality <= 0) | (price <= 0) | outside(weight, 0, 1)
    return wrong


@elementwise
def value_position(
    quality_ratio: Element,
    price_ratio: Element,
    price_weight: Element = 0.5,
    tolerance: Element = 0.05,
) -> Floats:
    """A `Position`: the place on Gale's customer value map (Gale 1994).

    Farther than the tolerance from the fair-value line is better or worse value. On the line,
    by price: premium above 1 + tolerance, cheap below 1 − tolerance, average between.
    The first arguments as `fair_value_distance`; tolerance: ≥ 0; ours, 0.05 by default.
    #NUM! outside those ranges.
    """
    # A hair of room, so that a distance of exactly the tolerance is on the line
    room = tolerance + 1e-12
    distance = (1 - price_weight) * (quality_ratio - 1) - price_weight * (price_ratio - 1)
    low, middle, high = float(Position.CHEAP), float(Position.AVERAGE), float(Position.PREMIUM)
    on_line = np.where(price_ratio > 1 + room, high, np.where(price_ratio < 1 - room, low, middle))
    worse, better = float(Position.WORSE), float(Position.BETTER)
    code = np.where(distance > room, better, np.where(distance < -room, worse, on_line))
    return flag(code, (NUM, _wrong_ratios(quality_ratio, price_ratio, price_weight) | (tolerance < 0)))
