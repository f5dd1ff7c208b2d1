"""Surveys that come back: two waves compared, of different customers or of the same, and many in a row.

Differences are tested on the answers with a few added to each wave (`measures`): Agresti and Caffo's (2000)
for shares, Rocks's (2016) for an NPS, and the like for means. What is shown is the difference of the answers
themselves; the interval always holds it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.measures import (
    Measure,
    Scored,
    estimate,
    scored,
    settled,
    summed,
    two_sided,
)
from klantwaarde_xl.kernels.nps import Difference, two_sided_p
from klantwaarde_xl.kernels.survey import Statement, Summary, csat_answers
from klantwaarde_xl.refusals import surveys as refused
from klantwaarde_xl.refusals.nouns import Beside

NOT_THERE = CellError.NA.nan


class Change(NamedTuple):
    """Two waves compared; arrays of length one. The verdict is a `Difference`."""

    before: Floats
    after: Floats
    change: Floats
    low: Floats
    high: Floats
    p_value: Floats
    verdict: Floats


class PairedChange(NamedTuple):
    """As `Change`, of customers who answered twice: how many, and how many did so once only."""

    before: Floats
    after: Floats
    change: Floats
    low: Floats
    high: Floats
    p_value: Floats
    verdict: Floats
    pairs: Floats
    left_out: Floats


class Waves(NamedTuple):
    """One row a wave, in the order in which they came; all arrays of the same length."""

    wave: npt.NDArray[np.intp]
    value: Floats
    low: Floats
    high: Floats
    answers: Floats
    change: Floats
    verdict: Floats


class Trend(NamedTuple):
    """How a measure goes from wave to wave; arrays of length one. The verdict is a `Difference`."""

    slope: Floats
    low: Floats
    high: Floats
    p_value: Floats
    waves: Floats
    answers: Floats
    verdict: Floats


def verdict_of(shift: float, error: float, confidence: float) -> float:
    """A `Difference`: whether what was found is more than chance explains."""
    if abs(shift) <= error * two_sided(confidence):
        return float(Difference.NONE)
    return float(Difference.RISEN if shift > 0 else Difference.FALLEN)


def _judged(
    values: tuple[float, float], shift: float, error: float, most: float, confidence: float
) -> tuple[float, ...]:
    """A row of `Change`; shift, error: of the adjusted answers; most: the largest difference there can be."""
    change, half = values[1] - values[0], two_sided(confidence) * error
    low = max(min(shift - half, change), -most)
    high = min(max(shift + half, change), most)
    return (
        *values,
        change,
        low,
        high,
        two_sided_p(shift / error),
        verdict_of(shift, error, confidence),
    )


def change_of(before: Scored, after: Scored, confidence: float) -> tuple[float, ...]:
    """Two waves of different customers compared: a row of `Change`."""
    first, second = summed(before.values), summed(after.values)
    (low, error), (high, other) = settled(first, before.added), settled(second, after.added)
    most = before.high - before.low
    return _judged((first.mean, second.mean), high - low, math.hypot(error, other), most, confidence)


def csat_change(
    before: Floats,
    after: Floats,
    scale: float = 5.0,
    confidence: float = 0.95,
    summary: float = float(Summary.SHARE),
) -> Change:
    """Difference of the CSAT of two independent waves, with its interval, p-value and a verdict.

    before, after: scores, whole numbers 1…scale; scale: 5, 7 or 10; confidence: 0…1, ends excluded;
    summary: a `Summary`. One row, as `csat`; p a fraction; the verdict is a `Difference`. Errors as
    `csat_interval`.
    """
    measure = Measure.CSAT if summary == Summary.SHARE else Measure.MEAN
    first, second = (scored(csat_answers(x, scale), measure, scale) for x in (before, after))
    row = change_of(first, second, confidence)
    return Change(*columns_of(row))


def ces_change(
    before: Floats,
    after: Floats,
    statement: float = float(Statement.EASE),
    confidence: float = 0.95,
    summary: float = float(Summary.MEAN),
) -> Change:
    """Difference of the CES of two independent waves, with its interval, p-value and a verdict.

    before, after, statement, summary: as `ces`; confidence: 0…1, ends excluded. One row, as `ces`;
    p a fraction; the verdict is a `Difference`, of the figure: at CES 1.0 a higher mean is worse.
    Errors as `ces_interval`.
    """
    measure = Measure.CES if summary == Summary.MEAN else Measure.EASY
    scale = 7.0 if statement == Statement.EASE else 5.0
    row = change_of(scored(before, measure, scale), scored(after, measure, scale), confidence)
    return Change(*columns_of(row))


def columns_of(row: Sequence[float]) -> list[Floats]:
    """One row as the columns of a table."""
    return [np.array([value]) for value in row]


def answers_of(scores: Floats, rows: int, beside: Beside) -> Floats:
    """The answers of a column beside others, NaN for none; another height or width is `WrongType`."""
    answers = np.asarray(scores, dtype=np.float64)
    if answers.ndim == 1:
        answers = answers[:, np.newaxis]
    if answers.shape != (rows, 1):
        raise refused.NOT_AS_MANY_SCORES(beside=beside)
    return answers[:, 0]


def paired_change(
    before: Floats,
    after: Floats,
    measure: float = float(Measure.NPS),
    scale: float = 0.0,
    confidence: float = 0.95,
) -> PairedChange:
    """Difference of two waves of the same customers, with its interval, p-value and a verdict.

    before, after: a customer's scores in one row, NaN where he did not answer; such rows do not count.
    measure: a `Measure`; scale: its highest answer, 0 for the usual one; confidence: 0…1, ends excluded.
    The standard error is √(SE₁² + SE₂² − 2 cov) of the answers with a few added, which do not go
    together: so with a covariance of nought it is that of different customers, and it is never nothing.
    One row, in the unit of the measure. Errors as `scored`; columns of unequal height are
    `WrongType`; nobody who answered twice is `DivisionByZero`.
    """
    first = answers_of(before, len(before), Beside.ROWS)
    second = answers_of(after, len(first), Beside.SCORES_OF_FIRST_WAVE)
    both = ~(np.isnan(first) | np.isnan(second))
    if not both.any():
        raise refused.NOBODY_IN_BOTH_WAVES()
    one, other = (scored(x[both], measure, scale) for x in (first, second))
    found = summed(one.values), summed(other.values)
    (centre, error), (after_centre, after_error) = (settled(x, one.added) for x in found)
    pairs = found[0].answers
    together = float(np.mean((one.values - found[0].mean) * (other.values - found[1].mean)))
    variance = error**2 + after_error**2 - 2 * pairs * together / (pairs + one.added.answers) ** 2
    row = _judged(
        (found[0].mean, found[1].mean),
        after_centre - centre,
        math.sqrt(variance),
        one.high - one.low,
        confidence,
    )
    once = float(np.count_nonzero(np.isnan(first) != np.isnan(second)))
    return PairedChange(*columns_of((*row, pairs, once)))


def _by_wave(
    waves: npt.NDArray[np.intp], scores: Floats, measure: float, scale: float
) -> list[Scored | None]:
    """The answers of each wave; None for one in which nobody answered."""
    answers = answers_of(scores, len(waves), Beside.WAVES)
    known = ~np.isnan(answers)
    scored(answers[known], measure, scale)  # no answer at all, or one off the scale, is of the whole table
    codes = range(int(waves.max()) + 1 if waves.size else 0)
    chosen = (answers[known & (waves == code)] for code in codes)
    return [scored(one, measure, scale) if one.size else None for one in chosen]


def survey_waves(
    waves: npt.NDArray[np.intp],
    scores: Floats,
    measure: float = float(Measure.NPS),
    scale: float = 0.0,
    confidence: float = 0.95,
) -> Waves:
    """A measure per wave with its interval, and whether it differs from the wave before.

    waves: codes 0…n−1 in order of time; scores: NaN for no answer; measure, scale: as `scored`;
    confidence: 0…1, ends excluded. All verdicts are right together with that confidence: each has
    confidence^(1/comparisons) (Šidák), for of twelve waves of a market that stays the same one in two
    tables would call one out. A wave without answers has #N/A, and the next is compared with the last that
    had any. No answers is `DivisionByZero`; else errors as `scored`.
    """
    found = _by_wave(waves, scores, measure, scale)
    there = sum(one is not None for one in found)
    each = confidence ** (1 / max(there - 1, 1)) if 0 < confidence < 1 else confidence
    rows: list[tuple[float, ...]] = []
    last: Scored | None = None
    for one in found:
        if one is None:
            rows.append((NOT_THERE,) * 3 + (0.0, NOT_THERE, NOT_THERE))
            continue
        value = estimate(one, summed(one.values), confidence)
        compared = (NOT_THERE, NOT_THERE)
        if last is not None:
            row = change_of(last, one, each)
            compared = (row[2], row[-1])
        rows.append((*value, float(one.values.size), *compared))
        last = one
    return Waves(np.arange(len(rows)), *(np.array(column) for column in zip(*rows, strict=True)))


def survey_trend(
    waves: npt.NDArray[np.intp],
    scores: Floats,
    measure: float = float(Measure.NPS),
    scale: float = 0.0,
    confidence: float = 0.95,
) -> Trend:
    """How much a measure changes per wave: a straight line through all waves, and whether it is chance.

    waves, scores, measure, scale, confidence: as `survey_waves`; waves are equally far apart. The line is
    that of least squares over the answers; its test and interval take the answers with a few added to each
    wave, so that two waves give what comparing them gives. One row, in the unit of the measure per wave;
    the verdict is a `Difference`. Only chance in who answered is reckoned with. Fewer than two waves with
    answers is `NotAvailable`; else errors as `survey_waves`.
    """
    found = [(at, one) for at, one in enumerate(_by_wave(waves, scores, measure, scale)) if one is not None]
    if len(found) < 2:
        raise refused.TOO_FEW_WAVES()
    place = np.array([float(at) for at, _ in found])
    sums = [summed(one.values) for _, one in found]
    slope = _slope(place, np.array([one.answers for one in sums])) @ np.array([one.mean for one in sums])
    added = found[0][1].added
    centre, error = np.array([settled(one, added) for one in sums]).T
    pull = _slope(place, np.array([one.answers + added.answers for one in sums]))
    shift, spread = float(pull @ centre), float(np.sqrt(pull**2 @ error**2))
    half = two_sided(confidence) * spread
    row = (
        float(slope),
        min(shift - half, float(slope)),
        max(shift + half, float(slope)),
        two_sided_p(shift / spread),
        float(len(found)),
        sum(one.answers for one in sums),
        verdict_of(shift, spread, confidence),
    )
    return Trend(*columns_of(row))


def _slope(place: Floats, weight: Floats) -> Floats:
    """What each wave's mean counts for in the slope of least squares."""
    apart = place - np.average(place, weights=weight)
    pull: Floats = weight * apart / np.sum(weight * apart**2)
    return pull
