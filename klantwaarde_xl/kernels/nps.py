"""NPS and how sure it is: from answers or counts, with its interval, and two waves compared.

What an interval takes for the spread of few answers is the spread of the answers that happened to
come in: ten customers of whom ninety in a hundred are promoters show none at all in one survey out of
three. So the interval and the comparison add a few answers of every kind (`Method.ADJUSTED`), and
the plain ones keep their name.
"""

from __future__ import annotations

import math
from enum import IntEnum
from statistics import NormalDist
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag
from klantwaarde_xl.kernels.measures import whole_scores
from klantwaarde_xl.refusals import surveys as refused

NUM, DIV0 = CellError.NUM, CellError.DIV0

Counts: TypeAlias = tuple[Any, ...]  # promoters, passives, detractors


class Group(IntEnum):
    """Who answered what."""

    PROMOTERS = 0
    PASSIVES = 1
    DETRACTORS = 2


class Difference(IntEnum):
    """What a test says of two waves."""

    NONE = 0
    RISEN = 1
    FALLEN = 2


class Denominator(IntEnum):
    """What the variance of an NPS is divided by."""

    ANSWERS = 0  # n: the variance of the answers themselves
    ANSWERS_LESS_ONE = 1  # n − 1: unbiased for the population


class Method(IntEnum):
    """Which answers an interval or a comparison takes the spread from."""

    ADJUSTED = 0  # these and a few more, spread ¼, ½, ¼ over the three groups
    PLAIN = 1  # these and no more: far too sure at few answers


# Rocks (2016), "Interval Estimation for the 'Net Promoter Score'", The American Statistician 70(4):
# ¾ promoter, 1½ passive, ¾ detractor, the adjusted Wald interval AW(3, T).
ADDED = 3.0


class NpsInterval(NamedTuple):
    """An NPS with its confidence interval, in points; arrays of length one."""

    points: Floats
    low: Floats
    high: Floats
    standard_error: Floats
    margin: Floats
    answers: Floats


class NpsShares(NamedTuple):
    """The three groups of an NPS, one row each; the group is a `Group`."""

    group: npt.NDArray[np.intp]
    answers: Floats
    share: Floats


class NpsChange(NamedTuple):
    """Two waves compared, in points; arrays of length one.

    standard_error and z are those of the test: adjusted, they come from the adjusted scores.
    """

    before: Floats
    after: Floats
    change: Floats
    standard_error: Floats
    z: Floats
    p_value: Floats
    verdict: Floats


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
    answers = whole_scores(scores, 0, 10)
    promoters = int(np.count_nonzero(answers >= 9))
    detractors = int(np.count_nonzero(answers <= 6))
    return promoters, answers.size - promoters - detractors, detractors


@elementwise
def nps_from_counts(promoters: Element, passives: Element, detractors: Element) -> Floats:
    """Net Promoter Score from counts: 100 × (promoters − detractors) / all answers (D12).

    promoters, passives, detractors: counts ≥ 0; broken ones come from weighting and are allowed.
    Returns points −100…100. No answers is #DIV/0!, a negative count #NUM!.
    """
    total = promoters + passives + detractors
    wrong = (promoters < 0) | (passives < 0) | (detractors < 0)
    return flag(100 * (promoters - detractors) / total, (NUM, wrong), (DIV0, total == 0))


def _score_and_error(counts: Counts, denominator: Any, added: Any = 0.0) -> tuple[Any, Any]:
    """Score −1…1 and its standard error, with so many answers added, spread ¼, ½, ¼."""
    promoters, passives, detractors = counts
    above, below = promoters + added / 4, detractors + added / 4
    total = promoters + passives + detractors + added
    # (p + d)·n − (p − d)² in counts: exact in whole numbers, and never below zero by rounding
    spread = np.maximum((above + below) * total - (above - below) ** 2, 0)
    less = np.where(denominator == Denominator.ANSWERS_LESS_ONE, 1.0, 0.0)
    return (above - below) / total, np.sqrt(spread / (total - less)) / total


def _finite(total: Any, population: Any) -> Any:
    """Share of the variance that is left when so many of the population answered."""
    part = (population - total) / np.where(population > 1, population - 1, 1.0)
    return np.where(population > 0, np.where(population == total, 0.0, part), 1.0)


def _faults(counts: Counts, denominator: Any, population: Any, added: Any = 0.0) -> list[tuple[Any, Any]]:
    """The errors of counts, as `flag` takes them."""
    total = sum(counts)
    wrong = (np.minimum(np.minimum(*counts[:2]), counts[2]) < 0) | (population < 0)
    wrong |= (population > 0) & (population < total)
    few = (denominator == Denominator.ANSWERS_LESS_ONE) & (total + added < 2)
    return [(NUM, wrong), (DIV0, (total == 0) | few)]


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
    0 for unknown or very many. Returns points. This is the definition, of these answers alone; at
    few answers an interval made with it is too narrow, see `nps_interval`.
    No answers is #DIV/0!, and so are fewer than two with n − 1; a negative count or a
    population smaller than the number of answers is #NUM!.
    """
    counts = (promoters, passives, detractors)
    error = _score_and_error(counts, denominator)[1] * np.sqrt(_finite(sum(counts), population))
    return flag(100 * error, *_faults(counts, denominator, population))


@elementwise
def nps_margin(
    promoters: Element,
    passives: Element,
    detractors: Element,
    confidence: Element = 0.95,
    denominator: Element = float(Denominator.ANSWERS),
    population: Element = 0.0,
    method: Element = float(Method.ADJUSTED),
) -> Floats:
    """Margin of error of an NPS: the farthest that its interval reaches from it, in points.

    Plain: z × standard error, z the two-sided normal quantile. Adjusted: the interval of
    `nps_interval` lies around a score nearer to zero, so that the margin is its half width and
    that shift. Not cut off at the ends of the scale.
    confidence: 0…1, both ends excluded (0.95 gives z = 1.96); method: a `Method`; the other
    arguments, units and errors are those of `nps_standard_error`, and with the adjusted method one
    answer is enough for n − 1; a confidence outside its range is #NUM!.
    """
    counts = (promoters, passives, detractors)
    added = _added(counts, population, method)
    centre, error = _centre_and_error(counts, denominator, population, added)
    margin = error * normal_quantile((1 + confidence) / 2) + 100 * np.abs(
        centre - _score_and_error(counts, denominator)[0]
    )
    outside = (confidence <= 0) | (confidence >= 1)
    return flag(margin, (NUM, outside), *_faults(counts, denominator, population, added))


def _added(counts: Counts, population: Any, method: Any) -> Any:
    """How many answers the method adds: fewer as less of the population is unknown, to none."""
    return np.where(method == Method.ADJUSTED, ADDED, 0.0) * _finite(sum(counts), population)


def _centre_and_error(counts: Counts, denominator: Any, population: Any, added: Any) -> tuple[Any, Any]:
    """The middle of the interval as a score −1…1, and its standard error in points."""
    centre, error = _score_and_error(counts, denominator, added)
    left = np.sqrt(_finite(sum(counts), population))
    return centre, 100 * error * left


def nps_interval(
    scores: Floats,
    confidence: float = 0.95,
    denominator: float = float(Denominator.ANSWERS),
    population: float = 0.0,
    method: float = float(Method.ADJUSTED),
) -> NpsInterval:
    """NPS of scores with its confidence interval: adjusted Wald, or plain Wald by name.

    Adjusted: the interval of these answers and ¾ promoter, 1½ passive, ¾ detractor (Rocks 2016).
    Exactly, over all surveys of ten answers with shares 0.90, 0.08, 0.02, a nominal 95 % interval
    then holds the true NPS in 93.0 %; the plain one in 64.9 %. With a known population the answers
    added shrink with the part of it that is unknown, to none when all were asked.
    scores: whole numbers 0…10; confidence: 0…1, ends excluded; denominator: a `Denominator`;
    population: customers in all, 0 for unknown; method: a `Method`. One row, in points: the NPS
    itself, the limits (always holding it, cut off at −100 and 100), the standard error of the
    interval and the margin of `nps_margin`. Errors as `nps` and `nps_margin`.
    """
    counts = _nps_counts(scores)
    points = float(nps_from_counts(*counts))
    margin = _value(nps_margin(*counts, confidence, denominator, population, method))
    added = _added(counts, population, method)
    centre, error = map(float, _centre_and_error(counts, denominator, population, added))
    half = error * float(normal_quantile((1 + confidence) / 2))
    low = max(min(100 * centre - half, points), -100.0)
    high = min(max(100 * centre + half, points), 100.0)
    return NpsInterval(*(np.array([x]) for x in (points, low, high, error, margin, float(sum(counts)))))


def _value(result: Any) -> float:
    """A kernel's number; its error value raised, for a table has one answer or none."""
    number = float(result)
    if number == number:
        return number
    if error_of(number) is DIV0:
        raise refused.TOO_FEW_ANSWERS()
    raise refused.CERTAINTY_OR_POPULATION()


def nps_shares(scores: Floats) -> NpsShares:
    """Count and share of promoters, passives and detractors (article 000: D12).

    scores: whole numbers 0…10. Three rows; shares are fractions that add up to one.
    Errors as `nps`.
    """
    counts = np.array(_nps_counts(scores), dtype=np.float64)
    return NpsShares(np.arange(len(Group)), counts, counts / counts.sum())


def nps_change(
    before: Floats,
    after: Floats,
    confidence: float = 0.95,
    denominator: float = float(Denominator.ANSWERS),
    method: float = float(Method.ADJUSTED),
) -> NpsChange:
    """Difference of the NPS of two independent waves, with z, p-value and a verdict.

    The standard error is √(SE₁² + SE₂²). Adjusted: z and its standard error come from the scores
    with ¾ promoter, 1½ passive, ¾ detractor added to each wave. Of a market that stays the same,
    whichever its shares, a nominal 5 % test of five answers against twenty then says in at most
    5.6 % that it changed; the plain one in up to 21.2 %. before, after: scores, whole numbers
    0…10; confidence: 0…1, ends excluded; denominator: a `Denominator`; method: a `Method`. One
    row; points (the difference is that of the scores themselves), p a fraction; the verdict
    is a `Difference`. Errors as `nps`; plain and without any spread in either wave there is no
    test: `DivisionByZero`.
    """
    first, second = _nps_counts(before), _nps_counts(after)
    code = _value(nps_change_code(*first, *second, confidence, denominator, method))
    points = [float(nps_from_counts(*counts)) for counts in (first, second)]
    shift, error = (float(one) for one in _shift_and_error(first, second, denominator, method))
    row = (*points, points[1] - points[0], error, shift / error, two_sided_p(shift / error), code)
    return NpsChange(*(np.array([x]) for x in row))


def _shift_and_error(first: Counts, second: Counts, denominator: Any, method: Any) -> tuple[Any, Any]:
    """What the test compares: the difference of two scores and its standard error, in points."""
    added = np.where(method == Method.ADJUSTED, ADDED, 0.0)
    (before, error), (after, other) = (
        _score_and_error(counts, denominator, added) for counts in (first, second)
    )
    return 100 * (after - before), 100 * np.hypot(error, other)


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
    method: Element = float(Method.ADJUSTED),
) -> Floats:
    """A `Difference`: whether the NPS rose or fell by more than chance explains.

    Counts ≥ 0 of two independent waves; confidence: 0…1, ends excluded; denominator: a
    `Denominator`; method: a `Method`, see `nps_change`. Errors as `nps_margin`; plain and without
    any spread in either wave #DIV/0!.
    """
    first = (promoters_before, passives_before, detractors_before)
    second = (promoters_after, passives_after, detractors_after)
    shift, error = _shift_and_error(first, second, denominator, method)
    reached = np.abs(shift) > error * normal_quantile((1 + confidence) / 2)
    code = np.where(
        reached,
        np.where(shift > 0, float(Difference.RISEN), float(Difference.FALLEN)),
        float(Difference.NONE),
    )
    added = np.where(method == Method.ADJUSTED, ADDED, 0.0)
    faults = [fault for counts in (first, second) for fault in _faults(counts, denominator, 0.0, added)]
    outside = (confidence <= 0) | (confidence >= 1)
    return flag(code, (NUM, outside), *faults, (DIV0, error == 0))
