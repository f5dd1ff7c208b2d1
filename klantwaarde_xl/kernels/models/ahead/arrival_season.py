"""Whether new customers come by a season, and by which: estimated from the days on which they came.

What comes on a day has the mean level × factor, and in an average month a variance φ times Poisson's, more
so in busy ones: what makes months differ multiplies what comes (quasi-likelihood, McCullagh & Nelder 1989).
The level may rise, fall, and begin too high, since early in a log old customers
pass for new; it is estimated beside the factor, not used: what comes has the level of the last months. As a
season of buying has to, this one must say more of months that it had not seen than none does.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead import days as calendar_days
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.calendar import Calendar
from klantwaarde_xl.kernels.models.season.clock import Season, usual_years
from klantwaarde_xl.kernels.models.season.estimate import shrinkage
from klantwaarde_xl.kernels.models.season.proof import LEAST, SURE, Verdict

HELD = 12  # months held back at most, so that the months of a year are asked once each
_PASSING = 90.0  # days in which what passes for new becomes a third
_LEVEL = np.array([1e-6, 1 / 0.5**2, 1.0])  # precision of the level, of its growth a year, of its begin
_STEPS, _SETTLED, _FARTHEST = 50, 1e-6, 1.0


class Proof(NamedTuple):
    """What was found of a calendar; season: as it was estimated from all days, None where it is not used."""

    calendar: Calendar
    verdict: Verdict
    gain: float  # in log score of who came in the months held back
    season: Season | None
    dispersion: float  # φ of the months, the season apart


class _Estimate(NamedTuple):
    season: Season
    dispersion: float


def season_of_arrivals(first_days: Floats, last_day: float, calendars: Sequence[Calendar]) -> Proof | None:
    """Return the season by which new customers come, or the best of those by which they do not.

    first_days: day number of each customer's first purchase; last_day: until when the log is known. Fewer
    than 104 weeks carry none. None where no calendar is asked for.
    """
    if not calendars:
        return None
    first = float(first_days.min())
    if last_day - first + 1 < LEAST:
        return Proof(calendars[0], Verdict.TOO_SHORT, np.nan, None, 1.0)
    found = [_proof(first_days, first, last_day, calendar) for calendar in calendars]
    used = [one for one in found if one.verdict is Verdict.USED]
    best = max(used or found, key=lambda one: one.gain)
    if best.verdict is not Verdict.USED:
        return best
    made = _estimate(first_days, first, last_day, best.calendar)
    return best._replace(season=made.season, dispersion=max(made.dispersion, best.dispersion))


def _proof(first_days: Floats, first: float, last_day: float, calendar: Calendar) -> Proof:
    """Hold a calendar against the last whole months."""
    running = float(calendar_days.month_of(np.array([last_day + 1]))[0])
    starts = [calendar_days.first_day_of(running - back) for back in range(HELD + 1)]
    marks = np.array([day for day in starts if day - first >= np.floor(YEAR_DAYS)][::-1])
    cut = marks[0] - 1
    season = _estimate(first_days[first_days <= cut], first, cut, calendar).season
    spans = [np.arange(begin, end) for begin, end in itertools.pairwise(marks)]
    factor = np.concatenate([season.factor(span) for span in spans])
    factor /= factor.mean()
    came = first_days[(first_days >= marks[0]) & (first_days < marks[-1])]
    if not came.size:
        return Proof(calendar, Verdict.NOT_BETTER, 0.0, None, 1.0)
    score = np.log(factor[(np.floor(came) - marks[0]).astype(np.intp)])
    actual = np.histogram(came, marks)[0].astype(np.float64)
    place = np.repeat(np.arange(len(spans)), [span.size for span in spans])
    even = np.bincount(place) * came.size / factor.size
    expected = np.bincount(place, factor) * came.size / factor.size
    wide = max(1.0, float(np.sum((actual - expected) ** 2 / expected)) / max(actual.size - 1, 1))
    gain, error = float(score.sum()), float(np.sqrt(wide * score.size) * score.std())
    better = gain > 0 and np.abs(expected - actual).sum() < np.abs(even - actual).sum()
    verdict = Verdict.NOT_BETTER if not better else Verdict.USED if gain > SURE * error else Verdict.UNSURE
    error_of_effects = YEAR_DAYS / (cut - first + 1)  # a year knows each month once
    return Proof(calendar, verdict, gain, None, max(1.0, wide / (1 + error_of_effects)))


def _estimate(first_days: Floats, first: float, last: float, calendar: Calendar) -> _Estimate:
    """The season of who came from day first up to and including last."""
    days = np.arange(first, last + 1)
    counted = np.bincount((np.floor(first_days) - first).astype(np.intp), minlength=days.size)[: days.size]
    since = days - first
    level = np.stack([np.ones(days.size), (since - since[-1]) / YEAR_DAYS, np.exp(-since / _PASSING)], 1)
    columns = np.concatenate([level, calendar.columns(days)], axis=1)
    at = np.zeros(columns.shape[1])
    at[0] = np.log(max(counted.mean(), 1e-9))
    month = (calendar_days.month_of(days) - calendar_days.month_of(days[:1])).astype(np.intp)
    wide, busy = 1.0, np.ones(days.size)
    for _ in range(2):  # the second time with what months differ beside the season
        at, information, before = _climbed(columns, counted.astype(np.float64), at, 1 + (wide - 1) * busy)
        inverse = np.linalg.inv(information + before)
        told = float(np.trace(inverse @ information))
        mean = np.exp(columns @ at)
        busy, expected = mean / mean.mean(), np.bincount(month, mean)
        apart = (np.bincount(month, counted) - expected) ** 2 / np.maximum(expected, 1e-9)
        wide = max(1.0, float(apart.sum()) / max(expected.size - told, 1.0))
    size = _LEVEL.size
    years = usual_years(first, last)
    covariance = np.asarray(inverse[size:, size:], dtype=np.float64)
    return _Estimate(Season(calendar, at[size:], covariance, *years), wide)


def _climbed(columns: Floats, counted: Floats, at: Floats, wide: Floats) -> tuple[Floats, Floats, Floats]:
    """The likeliest level and effects, what the counts tell of them, and what their priors do."""
    size = _LEVEL.size
    for _ in range(_STEPS):
        mean = np.exp(columns @ at)
        slope = columns.T @ ((counted - mean) / wide)
        information = (columns.T * (mean / wide)) @ columns
        before = np.zeros_like(information)
        before[:size, :size] = np.diag(_LEVEL)
        above, across = information[:size, :size] + before[:size, :size], information[:size, size:]
        lost = np.linalg.solve(above, np.column_stack([across, slope[:size] - _LEVEL * _flat(at[:size])]))
        bend = information[size:, size:] - across.T @ lost[:, :-1]
        before[size:, size:] = shrinkage(at[size:], slope[size:] - across.T @ lost[:, -1], bend)
        pulled = before @ np.append(_flat(at[:size]), at[size:])
        step = np.linalg.solve(information + before, slope - pulled)
        at = at + step * min(1.0, _FARTHEST / max(float(np.max(np.abs(step))), 1e-300))
        if np.max(np.abs(step)) < _SETTLED:
            break
    return at, information, before


def _flat(level: Floats) -> Floats:
    """The level as its prior has it: nothing is known of its height."""
    return np.append(0.0, level[1:])
