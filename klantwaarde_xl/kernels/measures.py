"""What an answer counts as: NPS, satisfied or not, easy or not, or itself; and how sure their mean is.

Every measure of a survey is the mean of what each answer counts as, so one reckoning serves them all.
What came in shows too little spread when few answered: so a few answers are added, as many and as spread
as the measure has them (`Scored`). A share by itself has Wilson's interval. Exactly, of twelve answers of 1
or 5, 92 in a hundred of them 5, a nominal 95 % interval by Student's t holds the true mean in 63.1 %, this
one in 98.8 %. Student's quantile on top of the answers added would be a seventh wider and hold it in 97 to
99 % nearly everywhere, so the normal one is taken.
"""

from __future__ import annotations

import math
from enum import IntEnum
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals import surveys as refused


class Measure(IntEnum):
    """What is made of the answers to one question."""

    NPS = 0  # 0…10: 100 for 9 and 10, −100 for 0 to 6, else nothing
    CSAT = 1  # 1…scale: one for the two highest answers
    CES = 2  # 1…7 (CES 2.0, high is easy) or 1…5 (CES 1.0, low is easy): the answer itself
    EASY = 3  # the same: one for 5 to 7, or for 1 and 2
    MEAN = 4  # 1…scale: the answer itself


# The highest answer that each can have; the first where none is named
SCALES = {
    Measure.NPS: (10,),
    Measure.CSAT: (5, 7, 10),
    Measure.CES: (7, 5),
    Measure.EASY: (7, 5),
    Measure.MEAN: (5, 4, 7, 10),
}
_SHARES = (Measure.CSAT, Measure.EASY)


class Added(NamedTuple):
    """The answers that are added: how many, with which mean and variance."""

    answers: float
    mean: float
    variance: float


class Scored(NamedTuple):
    """What each answer counts as, in the order given, between its lowest and highest value."""

    values: Floats
    low: float
    high: float
    added: Added
    is_share: bool


class Estimate(NamedTuple):
    """A measure with its interval."""

    value: float
    low: float
    high: float


class Summed(NamedTuple):
    """What is left of answers: how many (weighted: as good as), their mean and variance."""

    answers: float
    mean: float
    variance: float


def whole_scores(scores: Floats, low: int, high: int) -> Floats:
    """Answers to one question; none is `DivisionByZero`, one outside low…high or broken `OutOfRange`."""
    answers = np.asarray(scores, dtype=np.float64)
    if answers.size == 0:
        raise refused.NO_ANSWERS(low=low, high=high)
    if not np.all((answers >= low) & (answers <= high) & (answers == np.floor(answers))):
        raise refused.ANSWER(low=low, high=high)
    return answers


def highest(measure: float, scale: float = 0.0) -> int:
    """The highest answer of a measure's scale; scale 0 is the usual one, another unknown `OutOfRange`."""
    known = SCALES[Measure(int(measure))]
    if scale == 0:
        return known[0]
    if scale not in known:
        raise refused.SCALE_OF_MEASURE(scale=scale, known=known)
    return int(scale)


def scored(scores: Floats, measure: float, scale: float = 0.0) -> Scored:
    """What answers count as in a measure.

    scores: whole numbers on its scale; measure: a `Measure`; scale: its highest answer, 0 for the usual one.
    No answers is `DivisionByZero`; a scale that it has not, or a score outside it, `OutOfRange`.
    """
    kind, top = Measure(int(measure)), highest(measure, scale)
    answers = whole_scores(scores, 0 if kind is Measure.NPS else 1, top)
    if kind is Measure.NPS:
        # Rocks (2016), "Interval Estimation for the 'Net Promoter Score'", The American Statistician 70(4)
        values = 100.0 * ((answers >= 9).astype(float) - (answers <= 6))
        return Scored(values, -100.0, 100.0, Added(3.0, 0.0, 5000.0), is_share=False)
    if kind in _SHARES:
        is_good = answers >= top - 1 if kind is Measure.CSAT else answers >= 5 if top == 7 else answers <= 2
        # Agresti & Caffo (2000), The American Statistician 54(4): one that is and one that is not
        return Scored(is_good.astype(float), 0.0, 1.0, Added(2.0, 0.5, 0.25), is_share=True)
    # Likewise two, spread evenly over the answers that could have been given
    even = Added(2.0, (1 + top) / 2, (top * top - 1) / 12)
    return Scored(answers, 1.0, float(top), even, is_share=False)


def two_sided(confidence: float) -> float:
    """Standard normal quantile of a two-sided confidence; outside 0…1 it is `OutOfRange`."""
    if not 0 < confidence < 1:
        raise shared.NO_CERTAINTY()
    return -NormalDist().inv_cdf((1 - confidence) / 2)  # of the tail, which keeps its digits next to one


def summed(values: Floats) -> Summed:
    """Number, mean and variance (divided by the number) of values; there is one at least."""
    return Summed(float(values.size), float(values.mean()), float(values.var()))


def settled(found: Summed, added: Added) -> tuple[float, float]:
    """Mean and standard error of answers with some added."""
    total = found.answers + added.answers
    apart = found.answers * added.answers / total * (found.mean - added.mean) ** 2
    spread = (found.answers * found.variance + added.answers * added.variance + apart) / total
    centre = (found.answers * found.mean + added.answers * added.mean) / total
    return centre, math.sqrt(spread / total)


def estimate(one: Scored, found: Summed, confidence: float = 0.95) -> Estimate:
    """A measure with the interval in which that of all customers lies: Wilson's, or adjusted.

    one: the values that found sums up; confidence: 0…1, ends excluded, else `OutOfRange`. The limits
    hold the value and stay on the scale.
    """
    if one.is_share:
        return Estimate(found.mean, *wilson(found.mean * found.answers, found.answers, confidence))
    z = two_sided(confidence)
    centre, error = settled(found, one.added)
    low = max(min(centre - z * error, found.mean), one.low)
    return Estimate(found.mean, low, min(max(centre + z * error, found.mean), one.high))


def wilson(hits: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of hits out of total, without continuity correction.

    hits: 0…total; total > 0, broken when answers are weighted; confidence: 0…1, ends excluded, else
    `OutOfRange`. Source: Newcombe (1998), Statistics in Medicine 17, method 3.
    """
    z = two_sided(confidence)
    share = hits / total
    centre = share + z * z / (2 * total)
    half = z * math.sqrt(max(share * (1 - share), 0.0) / total + (z / (2 * total)) ** 2)
    scale = 1 + z * z / total
    low = 0.0 if hits == 0 else (centre - half) / scale
    high = 1.0 if hits == total else (centre + half) / scale
    return low, high
