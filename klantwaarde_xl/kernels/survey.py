"""What customers say in a survey: NPS and how sure it is, CSAT, CES."""

from __future__ import annotations

import math
from enum import IntEnum
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, error_of
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag

NUM, DIV0 = CellError.NUM, CellError.DIV0

CSAT_SCALES = (5, 7, 10)
GROUPS = ("promotors (9-10)", "passieven (7-8)", "criticasters (0-6)")
DIFFERENCES = ("geen aantoonbaar verschil", "gestegen", "gedaald")


class Denominator(IntEnum):
    """What the variance of an NPS is divided by."""

    ANSWERS = 0  # n: the variance of the answers themselves
    ANSWERS_LESS_ONE = 1  # n − 1: unbiased for the population


class Summary(IntEnum):
    """How satisfaction or effort scores become one figure."""

    SHARE = 0
    MEAN = 1


class Statement(IntEnum):
    """The two generations of the effort question."""

    EFFORT = 1  # CES 1.0: "how much effort", 1…5, low is good
    EASE = 2  # CES 2.0: "made it easy", agreement 1…7, high is good


class NpsInterval(NamedTuple):
    """An NPS with its confidence interval, in points; arrays of length one."""

    points: Floats
    low: Floats
    high: Floats
    standard_error: Floats
    margin: Floats
    answers: Floats


class NpsShares(NamedTuple):
    """The three groups of an NPS, one row each; the group indexes `GROUPS`."""

    group: npt.NDArray[np.intp]
    answers: Floats
    share: Floats


class NpsChange(NamedTuple):
    """Two waves compared, in points; arrays of length one."""

    before: Floats
    after: Floats
    change: Floats
    standard_error: Floats
    z: Floats
    p_value: Floats
    verdict: Floats


class ShareInterval(NamedTuple):
    """A share with its Wilson interval; arrays of length one."""

    share: Floats
    low: Floats
    high: Floats
    satisfied: Floats
    answers: Floats


def normal_quantile(probability: Element) -> Floats:
    """Standard normal quantile; NaN outside 0 < probability < 1."""
    values, place = np.unique(np.asarray(probability, dtype=np.float64), return_inverse=True)
    normal = NormalDist()
    quantiles = np.array([normal.inv_cdf(v) if 0 < v < 1 else np.nan for v in values.tolist()])
    return quantiles[place].reshape(np.shape(probability))


def two_sided_p(z: float) -> float:
    """Chance of a standard normal farther from zero than z; exact in the far tail."""
    return math.erfc(abs(z) / math.sqrt(2))


# ── NPS ─────────────────────────────────────────────────────────────────────────────────────


def nps(scores: Floats) -> float:
    """Net Promoter Score: 100 × (promoters 9–10 − detractors 0–6) / answers (article 000: D12).

    scores: answers, whole numbers 0…10, any shape. Returns points −100…100.
    No answers is `DivisionByZero`; a score outside 0…10 or not whole is `OutOfRange`.
    """
    promoters, passives, detractors = _nps_counts(scores)
    return 100.0 * (promoters - detractors) / (promoters + passives + detractors)


def _nps_counts(scores: Floats) -> tuple[int, int, int]:
    """Promoters, passives, detractors."""
    answers = _whole_scores(scores, 0, 10)
    promoters = int(np.count_nonzero(answers >= 9))
    detractors = int(np.count_nonzero(answers <= 6))
    return promoters, answers.size - promoters - detractors, detractors


def _whole_scores(scores: Floats, low: int, high: int) -> Floats:
    answers = np.asarray(scores, dtype=np.float64)
    if answers.size == 0:
        raise DivisionByZero(
            "Er zijn geen scores.", remedy=f"Geef een bereik met antwoorden {low} t/m {high}."
        )
    if not np.all((answers >= low) & (answers <= high) & (answers == np.floor(answers))):
        raise OutOfRange(f"Een score ligt buiten {low} t/m {high} of is geen geheel getal.")
    return answers


@elementwise
def nps_from_counts(promoters: Element, passives: Element, detractors: Element) -> Floats:
    """Net Promoter Score from counts: 100 × (promoters − detractors) / all answers (D12).

    promoters, passives, detractors: counts ≥ 0; broken ones come from weighting and are allowed.
    Returns points −100…100. No answers is #DIV/0!, a negative count #NUM!.
    """
    total = promoters + passives + detractors
    wrong = (promoters < 0) | (passives < 0) | (detractors < 0)
    return flag(100 * (promoters - detractors) / total, (NUM, wrong), (DIV0, total == 0))


@elementwise
def nps_standard_error(
    promoters: Element,
    passives: Element,
    detractors: Element,
    denominator: Element = float(Denominator.ANSWERS),
    population: Element = 0.0,
) -> Floats:
    """Standard error of an NPS: 100 × √((p + d − (p − d)²) / n) (cybaea.net, 14 January 2016).

    promoters, passives, detractors: counts ≥ 0; denominator: a `Denominator`; population: how
    many customers there are in all, for the finite population correction √((N − n) / (N − 1));
    0 for unknown or very many. Returns points.
    No answers is #DIV/0!, and so are fewer than two with n − 1; a negative count or a
    population smaller than the number of answers is #NUM!.
    """
    total = promoters + passives + detractors
    # (p + d)·n − (p − d)² in counts: exact in whole numbers, and never below zero by rounding
    spread = np.maximum((promoters + detractors) * total - (promoters - detractors) ** 2, 0)
    less = np.where(denominator == Denominator.ANSWERS_LESS_ONE, 1.0, 0.0)
    finite = np.where(population > 0, (population - total) / np.maximum(population - 1, 1e-300), 1.0)
    error = 100 * np.sqrt(spread / (total - less) * np.where(population == total, 0, finite)) / total
    wrong = (promoters < 0) | (passives < 0) | (detractors < 0) | (population < 0)
    wrong |= (population > 0) & (population < total)
    return flag(error, (NUM, wrong), (DIV0, (total == 0) | ((less == 1) & (total < 2))))


@elementwise
def nps_margin(
    promoters: Element,
    passives: Element,
    detractors: Element,
    confidence: Element = 0.95,
    denominator: Element = float(Denominator.ANSWERS),
    population: Element = 0.0,
) -> Floats:
    """Margin of error of an NPS: z × standard error, z the two-sided normal quantile.

    confidence: 0…1, both ends excluded (0.95 gives z = 1.96); the other arguments, units and
    errors are those of `nps_standard_error`; a confidence outside its range is #NUM!.
    """
    error = nps_standard_error(promoters, passives, detractors, denominator, population)
    outside = (confidence <= 0) | (confidence >= 1)
    margin: Floats = np.asarray(error) * normal_quantile((1 + confidence) / 2)
    return flag(np.where(np.isnan(error), error, margin), (NUM, outside))


def nps_interval(
    scores: Floats,
    confidence: float = 0.95,
    denominator: float = float(Denominator.ANSWERS),
    population: float = 0.0,
) -> NpsInterval:
    """NPS of scores with its confidence interval, cut off at −100 and 100.

    scores: whole numbers 0…10; confidence: 0…1, ends excluded; denominator: a `Denominator`;
    population: customers in all, 0 for unknown. One row, in points.
    Errors as `nps` and `nps_margin`.
    """
    counts = _nps_counts(scores)
    points = float(nps_from_counts(*counts))
    error = _value(nps_standard_error(*counts, denominator, population))
    margin = _value(nps_margin(*counts, confidence, denominator, population))
    low, high = max(points - margin, -100.0), min(points + margin, 100.0)
    return NpsInterval(*(np.array([x]) for x in (points, low, high, error, margin, float(sum(counts)))))


def _value(result: Any) -> float:
    """A kernel's number; its error value raised, for a table has one answer or none."""
    number = float(result)
    if number == number:
        return number
    if error_of(number) is DIV0:
        raise DivisionByZero("Er zijn te weinig antwoorden, of alle antwoorden vallen in dezelfde groep.")
    raise OutOfRange("De zekerheid ligt niet tussen 0 en 1, of de populatie is te klein voor de antwoorden.")


def nps_shares(scores: Floats) -> NpsShares:
    """Count and share of promoters, passives and detractors (article 000: D12).

    scores: whole numbers 0…10. Three rows; shares are fractions that add up to one.
    Errors as `nps`.
    """
    counts = np.array(_nps_counts(scores), dtype=np.float64)
    return NpsShares(np.arange(len(GROUPS)), counts, counts / counts.sum())


def nps_change(
    before: Floats,
    after: Floats,
    confidence: float = 0.95,
    denominator: float = float(Denominator.ANSWERS),
) -> NpsChange:
    """Difference of the NPS of two independent waves, with z, p-value and a verdict.

    The standard error is √(SE₁² + SE₂²). before, after: scores, whole numbers 0…10;
    confidence: 0…1, ends excluded; denominator: a `Denominator`. One row; points, p a fraction;
    the verdict indexes `DIFFERENCES`.
    Errors as `nps`; without any spread in either wave there is no test: `DivisionByZero`.
    """
    first, second = _nps_counts(before), _nps_counts(after)
    code = _value(nps_change_code(*first, *second, confidence, denominator))
    points = [float(nps_from_counts(*counts)) for counts in (first, second)]
    errors = [float(nps_standard_error(*counts, denominator)) for counts in (first, second)]
    error = math.hypot(*errors)
    change = points[1] - points[0]
    row = (*points, change, error, change / error, two_sided_p(change / error), code)
    return NpsChange(*(np.array([x]) for x in row))


@elementwise
def nps_change_code(
    promoters_before: Element,
    passives_before: Element,
    detractors_before: Element,
    promoters_after: Element,
    passives_after: Element,
    detractors_after: Element,
    confidence: Element = 0.95,
    denominator: Element = float(Denominator.ANSWERS),
) -> Floats:
    """Index into `DIFFERENCES`: whether the NPS rose or fell by more than chance explains.

    Counts ≥ 0 of two independent waves; confidence: 0…1, ends excluded; denominator: a
    `Denominator`. Errors as `nps_standard_error`; no spread in either wave is #DIV/0!.
    """
    first = (promoters_before, passives_before, detractors_before)
    second = (promoters_after, passives_after, detractors_after)
    errors = [nps_standard_error(*counts, denominator) for counts in (first, second)]
    change = nps_from_counts(*second) - nps_from_counts(*first)
    error = np.hypot(*errors)
    reached = np.abs(change) > error * normal_quantile((1 + confidence) / 2)
    code = np.where(reached, np.where(change > 0, 1.0, 2.0), 0.0)
    code = np.where(np.isnan(errors[1]), errors[1], code)
    code = np.where(np.isnan(errors[0]), errors[0], code)
    outside = (confidence <= 0) | (confidence >= 1)
    return flag(code, (NUM, outside), (DIV0, error == 0))


# ── satisfaction and effort ─────────────────────────────────────────────────────────────────


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
    return _whole_scores(scores, 1, int(scale))


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
    answers = _whole_scores(scores, 1, 7 if is_ease else 5)
    if summary == Summary.MEAN:
        return float(answers.mean())
    return float(np.mean(answers >= 5 if is_ease else answers <= 2))
