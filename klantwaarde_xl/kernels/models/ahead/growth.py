"""Whether ever more or ever fewer new customers come: by how much, and what that leaves open of months ahead.

Growth is measured on the same months of two years, so that no season passes for it: the logarithm of how many
came over how many a year before, with a normal prior that lets 95 % of all shops grow or shrink by up to e a
year. What lies ahead follows it, less every month, because trends seldom last (Gardner & McKenzie 1985,
"Forecasting trends in time series", damping of 0.8 to 0.98 a month; 0.9 here); how sure that is goes from
growth that stops now to growth that goes on undamped. Before two such years are known nothing is followed,
and the error is that of any growth that the prior and the course of the months leave open. Where the last
months hold far fewer customers than those before, these months are the level.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS

MONTHS = 12
PAIRS = 4  # months beside those of a year before from which growth is followed
PASSING = 3  # of a log, the first third: old customers pass for new there
SEEN, SURE = 2.58, 0.99  # standard errors from which growth is told, and the chance of these
_PRIOR = 0.5  # of growth a year, as a logarithm
_YOUNG = 0.8  # the same before two years are known
_CHANGES = 0.2  # by how much it may change, where there is none
_SEASON = 0.36  # a year: what a season that nobody knows may make of the slope of a year's months
_RUNS = 3.0  # by how much months that go up and down together, as in a season, move a slope more than apart
_LIKELIER = 4.0  # growth than a jump, before anything is seen
_DAMPED = -np.log(0.9) * MONTHS  # a year
_STEEP = 1.5  # a slope beyond it is a season or a campaign
_SHUT, _CHANCE = 2, 1e-3  # months without anyone, and the chance of these, that are a gap
_JUMP, _SHORTEST = 4.0, 2  # standard errors of a jump, and months on either side of it
_SUDDEN, _LITTLE = 3.0, 1 / 3  # standard errors, and share of the months before


class Growth(NamedTuple):
    """What months ahead have more or less than the mean of the months counted, as logarithms.

    followed: growth a year that is expected, with its standard error; possible: its size as it may be;
    behind: years from the middle of the months counted to the day; shift: of the level that the last months
    have by themselves; error: of that level.
    """

    followed: float = 0.0
    unsure: float = 0.0
    possible: float = 0.0
    behind: float = 0.0
    shift: float = 0.0
    error: float = 0.0

    def level(self, days: Floats) -> Floats:
        """By what the mean of the months counted is multiplied so many days after the day."""
        return np.exp(self.shift + self.followed * (self.behind + _damped(days)))

    def errors(self, days: Floats) -> Floats:
        """The standard error of its logarithm."""
        ahead = _damped(days)
        measured = self.unsure * (self.behind + ahead)
        return np.sqrt(measured**2 + (self.possible * ahead / 2) ** 2 + self.error**2)


class Compared(NamedTuple):
    """Months beside those of a year before.

    growth: a year, as a logarithm, with its standard error; shift: of the level of the last months beside
    all of these, 0 where they do not differ, with that of its own.
    """

    growth: float
    error: float
    shift: float
    shift_error: float

    @property
    def change(self) -> float:
        """What is seen beyond chance of it all, 0 where nothing is."""
        seen = self.shift or abs(self.growth) > SEEN * self.error
        return self.growth + self.shift if seen else 0.0


class Slope(NamedTuple):
    """The growth a year within a few months, a share of their mean, with its error and degrees of freedom."""

    slope: float
    error: float
    free: int

    @property
    def seen(self) -> bool:
        """Whether it is beyond chance, by Student's quantile."""
        from scipy.special import stdtrit

        return self.free > 0 and abs(self.slope) > float(stdtrit(self.free, SURE)) * self.error


def _damped(days: Floats) -> Floats:
    """Years ahead, each month counting less than the one before."""
    return np.asarray(-np.expm1(-_DAMPED * days / YEAR_DAYS) / _DAMPED)


def compared(months: Floats) -> Compared | None:
    """Return how the last months, twelve at most, compare with those a year before.

    months: whole ones, from the first on. None where fewer than four lie beyond the first third of the log,
    or nobody came in either.
    """
    passing = max(months.size // PASSING, after_gap(months), 1)
    many = min(months.size - passing - MONTHS, MONTHS)
    if many < PAIRS:
        return None
    new, old = months[-many:], months[-many - MONTHS : months.size - MONTHS]
    if not (new.sum() and old.sum()):
        return None
    usual = _usual(new, old)
    new, old = new[usual], old[usual]
    many = new.size
    growth, error = _ratio(new, old)
    shift, unsure, most = 0.0, 0.0, _JUMP
    for last in range(_SHORTEST, many - _SHORTEST + 1):
        parts = [(one[:-last], one[-last:]) for one in (new, old)]
        if not all(part.sum() for one in parts for part in one):
            continue
        (early, of_early), (late, of_late) = (_ratio(*both) for both in zip(*parts, strict=True))
        surprise = abs(late - early) / float(np.hypot(of_late, of_early))
        if surprise > most:
            shift, unsure, most = late - growth, of_late, surprise
    return Compared(growth, error, shift, unsure)


def after_gap(months: Floats) -> int:
    """Return from which month on none is missing: a shop that was shut, or a log with a hole, begins anew.

    Missing are months on end in which nobody came, and not by chance, and somebody did later; where it is so
    each year, the shop sells in a season.
    """
    there = np.flatnonzero(months)
    for late, early in zip(there[:0:-1], there[-2::-1], strict=True):
        empty = int(late - early) - 1
        by_chance = empty < _SHUT or empty * float(months.mean()) <= -np.log(_CHANCE)
        if not by_chance and not recurs(months, int(early) + 1, int(late)):
            return int(late)
    return 0


def recurs(months: Floats, begin: int, end: int) -> bool:
    """Whether nobody came in the same months of the year before or after either: from begin up to end."""
    return end - begin < MONTHS and any(
        begin + apart >= 0 and end + apart <= months.size and not months[begin + apart : end + apart].any()
        for apart in (-MONTHS, MONTHS)
    )


def _usual(new: Floats, old: Floats) -> npt.NDArray[np.bool_]:
    """All months but one, or two together, that stand out in either year: a campaign is no growth."""
    usual, most, place = np.ones(new.size, dtype=bool), _JUMP, np.arange(new.size)
    parts = [(at, 1) for at in range(new.size)] + [(at, 2) for at in range(new.size - 2)]
    for at, long in parts:  # two at the end are no campaign yet
        rest = (place < at) | (place >= at + long)
        if not all(one[part].sum() for one in (new, old) for part in (rest, ~rest)):
            continue
        (one, of_one), (others, of_others) = (_ratio(new[part], old[part]) for part in (~rest, rest))
        # What the others differ by beyond chance, these may too
        wide = of_others / math.sqrt(1 / new[rest].sum() + 1 / old[rest].sum())
        apart = abs(one - others) / math.hypot(max(wide, 1.0) * of_one, of_others)
        if apart > most:
            usual, most = rest, apart
    return usual


def _ratio(new: Floats, old: Floats) -> tuple[float, float]:
    """The logarithm of how many came over how many a year before, and its standard error.

    Months differ by more than chance as their shares of both do (φ ≥ 1).
    """
    share, both = new.sum() / (new.sum() + old.sum()), new + old
    there = both > 0
    apart = (new - share * both)[there] ** 2 / (share * (1 - share) * both[there])
    wide = max(1.0, float(apart.sum()) / max(int(there.sum()) - 1, 1))
    return float(np.log(new.sum() / old.sum())), float(np.sqrt(wide * (1 / new.sum() + 1 / old.sum())))


def growth_of(found: Compared | None, within: Slope, behind: float) -> Growth:
    """Return the growth to reckon with.

    found: how months compare with those of a year before, if they can be; within: the slope of the last
    months, without their season if it is known; behind: years from the middle of those counted to the day.
    """
    slope, error, _ = within
    if found is None:
        kept = _YOUNG**2 / (_YOUNG**2 + error**2)
        possible = float(np.hypot(kept * np.clip(slope, -_STEEP, _STEEP), np.sqrt(kept) * error))
        return Growth(0.0, possible, possible, behind)
    if found.shift:
        return Growth(0.0, 0.0, _PRIOR, behind, found.shift, found.shift_error)
    kept = _PRIOR**2 / (_PRIOR**2 + found.error**2)
    growth, unsure = kept * found.growth, float(np.sqrt(kept)) * found.error
    # A jump a year ago has the same two years as growth has, and no slope within the last
    against = ((slope - growth) ** 2 - slope**2) / 2 / (_RUNS * error**2 + _SEASON**2)
    grows = 1 / (1 + math.exp(min(against, 700.0)) / _LIKELIER)
    unsure = math.sqrt(grows * unsure**2 + grows * (1 - grows) * growth**2)
    followed = grows * growth
    return Growth(followed, unsure, float(np.hypot(followed, _CHANGES)), behind)


def slope_of(counted: Floats) -> Slope:
    """Return the slope of a few months; that of nobody is nought, and as unsure as can be."""
    mean, free = float(counted.mean()), counted.size - 2
    if not mean or free < 1:
        return Slope(0.0, _STEEP, free)
    at = (np.arange(counted.size) - (counted.size - 1) / 2) / MONTHS
    squares = float(at @ at)
    slope = float(at @ counted) / squares
    wide = max(1.0, float(np.sum((counted - mean - slope * at) ** 2)) / free / mean)
    return Slope(slope / mean, float(np.sqrt(wide / mean / squares)), free)


def fallen(months: Floats) -> int:
    """Return how many of the last months hold far fewer than those before them, 0 where none do.

    Two months at least and half of those before, under a third of their mean and beyond chance; not where
    the same months a year before did too.
    """
    for last in range(min(MONTHS // 2, months.size // 3), 1, -1):
        before = months[: months.size - last][-MONTHS:]
        mean, now = float(before.mean()), float(months[-last:].mean())
        if not mean or now >= _LITTLE * mean or np.any(months[-last:] >= before.mean() / 2):
            continue
        wide = max(1.0, float(before.var(ddof=1)) / mean)
        if mean - now < _SUDDEN * np.sqrt(wide * mean * (1 / last + 1 / before.size)):
            continue
        year_ago = months[-last - MONTHS : months.size - MONTHS]
        if year_ago.size < last or now < year_ago.mean() / 2:
            return last
    return 0


def after_a_fall(months: Floats, last: Floats, behind: float) -> Growth:
    """Return the growth to reckon with where these last months count: half of the fall may come back.

    months: all whole ones; last: the level is of, the running one among them if it counts.
    """
    before = months[: max(months.size - last.size, 1)][-MONTHS:].mean()
    fall = max(float(np.log(before / max(last.mean(), 0.5))), 0.0)
    return Growth(0.0, 0.0, _PRIOR, behind, 0.0, fall / 2)
