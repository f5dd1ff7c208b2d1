"""What customers say in a survey: how satisfied they are (CSAT) and how much effort it took (CES)."""

from __future__ import annotations

import math
from enum import IntEnum
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import DivisionByZero, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats

CSAT_SCALES = (5, 7, 10)


class Summary(IntEnum):
    """How satisfaction or effort scores become one figure."""

    SHARE = 0
    MEAN = 1


class Statement(IntEnum):
    """The two generations of the effort question."""

    EFFORT = 1  # CES 1.0: "how much effort", 1…5, low is good
    EASE = 2  # CES 2.0: "made it easy", agreement 1…7, high is good


class ShareInterval(NamedTuple):
    """A share with its Wilson interval; arrays of length one."""

    share: Floats
    low: Floats
    high: Floats
    satisfied: Floats
    answers: Floats


def whole_scores(scores: Floats, low: int, high: int) -> Floats:
    """Answers to one question; none is `DivisionByZero`, one outside low…high or broken `OutOfRange`."""
    answers = np.asarray(scores, dtype=np.float64)
    if answers.size == 0:
        raise DivisionByZero(
            "Er zijn geen scores.", remedy=f"Geef een bereik met antwoorden {low} t/m {high}."
        )
    if not np.all((answers >= low) & (answers <= high) & (answers == np.floor(answers))):
        raise OutOfRange(f"Een score ligt buiten {low} t/m {high} of is geen geheel getal.")
    return answers


def csat(scores: Floats, scale: float = 5.0, summary: float = float(Summary.SHARE)) -> float:
    """Customer satisfaction: the share of the two highest answers, or the mean (D27).

    scores: whole numbers 1…scale; scale: 5, 7 or 10; summary: a `Summary`. Returns a fraction
    0…1, or a mean on the scale itself.
    No answers is `DivisionByZero`; another scale or a score outside it is `OutOfRange`.
    """
    answers = _csat_answers(scores, scale)
    if summary == Summary.MEAN:
        return float(answers.mean())
    return float(np.mean(answers >= scale - 1))


def _csat_answers(scores: Floats, scale: float) -> Floats:
    if scale not in CSAT_SCALES:
        raise OutOfRange("De schaal is geen 5, 7 of 10.")
    return whole_scores(scores, 1, int(scale))


def csat_interval(scores: Floats, scale: float = 5.0, confidence: float = 0.95) -> ShareInterval:
    """Share of the two highest answers with its Wilson score interval (Wilson 1927).

    scores: whole numbers 1…scale; scale: 5, 7 or 10; confidence: 0…1, ends excluded. One row of
    fractions and counts. Errors as `csat`; a confidence outside its range is `OutOfRange`.
    """
    answers = _csat_answers(scores, scale)
    satisfied = int(np.count_nonzero(answers >= scale - 1))
    low, high = wilson(satisfied, answers.size, confidence)
    row = (satisfied / answers.size, low, high, float(satisfied), float(answers.size))
    return ShareInterval(*(np.array([x]) for x in row))


def wilson(hits: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of hits out of total, without continuity correction.

    hits: 0…total; total ≥ 1; confidence: 0…1, ends excluded, else `OutOfRange`.
    Source: Newcombe (1998), Statistics in Medicine 17, method 3.
    """
    if not 0 < confidence < 1:
        raise OutOfRange("De zekerheid ligt niet tussen 0 en 1.")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / total
    centre = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + (z / (2 * total)) ** 2)
    scale = 1 + z * z / total
    low = 0.0 if hits == 0 else (centre - half) / scale
    high = 1.0 if hits == total else (centre + half) / scale
    return low, high


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
