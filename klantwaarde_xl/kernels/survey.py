"""What customers say in a survey: how satisfied they are (CSAT) and how much effort it took (CES)."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.measures import SCALES, Measure, estimate, scored, summed, whole_scores
from klantwaarde_xl.refusals import surveys as refused

CSAT_SCALES = SCALES[Measure.CSAT]


class Summary(IntEnum):
    """How satisfaction or effort scores become one figure."""

    SHARE = 0
    MEAN = 1


class Statement(IntEnum):
    """The two generations of the effort question."""

    EFFORT = 1  # CES 1.0: "how much effort", 1…5, low is good
    EASE = 2  # CES 2.0: "made it easy", agreement 1…7, high is good


class SurveyInterval(NamedTuple):
    """A satisfaction or effort score with its interval; arrays of length one.

    good: how many were satisfied, or found it easy.
    """

    value: Floats
    low: Floats
    high: Floats
    good: Floats
    answers: Floats


def csat(scores: Floats, scale: float = 5.0, summary: float = float(Summary.SHARE)) -> float:
    """Customer satisfaction: the share of the two highest answers, or the mean (D27).

    scores: whole numbers 1…scale; scale: 5, 7 or 10; summary: a `Summary`. Returns a fraction
    0…1, or a mean on the scale itself.
    No answers is `DivisionByZero`; another scale or a score outside it is `OutOfRange`.
    """
    answers = csat_answers(scores, scale)
    if summary == Summary.MEAN:
        return float(answers.mean())
    return float(np.mean(answers >= scale - 1))


def csat_answers(scores: Floats, scale: float) -> Floats:
    """The answers to a question of satisfaction; errors as `csat`."""
    if scale not in CSAT_SCALES:
        raise refused.SCALE()
    return whole_scores(scores, 1, int(scale))


def csat_interval(
    scores: Floats,
    scale: float = 5.0,
    confidence: float = 0.95,
    summary: float = float(Summary.SHARE),
) -> SurveyInterval:
    """CSAT with its interval: a share by Wilson (1927), a mean with two answers added (`measures`).

    scores: whole numbers 1…scale; scale: 5, 7 or 10; confidence: 0…1, ends excluded; summary: a
    `Summary`. One row, as `csat`, and counts. Errors as `csat`; a confidence outside its range is
    `OutOfRange`.
    """
    answers = csat_answers(scores, scale)
    return _interval(answers, Measure.CSAT, Measure.MEAN, scale, confidence, summary)


def _interval(
    answers: Floats, share: Measure, mean: Measure, scale: float, confidence: float, summary: float
) -> SurveyInterval:
    good = scored(answers, share, scale)
    one = good if summary == Summary.SHARE else scored(answers, mean, scale)
    found = estimate(one, summed(one.values), confidence)
    return SurveyInterval(*(np.array([x]) for x in (*found, float(good.values.sum()), float(answers.size))))


def ces(
    scores: Floats, statement: float = float(Statement.EASE), summary: float = float(Summary.MEAN)
) -> float:
    """Customer effort score: the mean, or the share of customers for whom it was easy (D27).

    scores: whole numbers, 1…7 for `Statement.EASE` (CES 2.0, high is easy; easy is 5–7) or 1…5
    for `Statement.EFFORT` (CES 1.0, low is easy; easy is 1–2); summary: a `Summary`. The mean
    keeps the direction of its scale.
    No answers is `DivisionByZero`; a score outside the scale or not whole is `OutOfRange`.
    """
    is_ease = statement == Statement.EASE
    answers = whole_scores(scores, 1, 7 if is_ease else 5)
    if summary == Summary.MEAN:
        return float(answers.mean())
    return float(np.mean(answers >= 5 if is_ease else answers <= 2))


def ces_interval(
    scores: Floats,
    statement: float = float(Statement.EASE),
    confidence: float = 0.95,
    summary: float = float(Summary.MEAN),
) -> SurveyInterval:
    """CES with its interval: a mean with two answers added (`measures`), a share by Wilson (1927).

    scores, statement, summary: as `ces`; confidence: 0…1, ends excluded. One row, as `ces`, and counts.
    Errors as `ces`; a confidence outside its range is `OutOfRange`.
    """
    scale = 7.0 if statement == Statement.EASE else 5.0
    answers = whole_scores(scores, 1, int(scale))
    return _interval(answers, Measure.EASY, Measure.CES, scale, confidence, summary)
