"""Days that are still to come: how long they last in a model, and in which months they lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.refusals import forecasts as refused

# Days after the end of the last day known → the time of the model until the end of that day. All that
# looks ahead takes time through this one function, so that a season enters in one place.
Ahead: TypeAlias = Callable[[Floats], Floats]

FARTHEST = 20 * 366  # days to look ahead at most
_EPOCH = np.datetime64("1899-12-30")


def evenly(length: float) -> Ahead:
    """Return what takes days to a time of which the unit has that many days, each day the same."""
    return lambda days: np.asarray(days, dtype=np.float64) / length


def ahead_of(season: Season | None, last_day: float, length: float) -> Ahead:
    """Return what takes days to the time of a model that follows a season; as `evenly` without one."""
    if season is None:
        return evenly(length)
    return lambda days: season.ahead(last_day, np.asarray(days, dtype=np.float64)) / length


def window(last_day: float, begin: float, end: float) -> tuple[float, float]:
    """Return how many days after last_day the days from begin up to and including end lie.

    All are day numbers. The first is of the end of the day before begin; of last_day itself everything is
    known, so that a window from it on is one from the day after. `OutOfRange` for days that are no future
    of the log, or in the wrong order.
    """
    first, last = float(np.floor(begin)), float(np.floor(end))
    if first < last_day or last <= last_day:
        raise refused.DAYS_BEFORE()
    if last < first:
        raise refused.END_BEFORE_BEGIN()
    if last - last_day > FARTHEST:
        raise refused.DAY_TOO_FAR()
    return max(first - 1 - last_day, 0.0), last - last_day


def months_ahead(last_day: float, many: int) -> Floats:
    """Return the days after last_day on which the months to come end, 0 before them.

    The first is what is left of a running month, if anything is; then come so many whole months.
    """
    after = _EPOCH + np.timedelta64(int(last_day) + 1, "D")
    month = after.astype("datetime64[M]")
    whole = month == after
    ends = (month + np.arange(1, many + 1 + (not whole))).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.append(0.0, (ends - after).astype(np.float64) + 1)


def month_of(days: Floats) -> Floats:
    """Return the months in which days lie, counted from one of long ago; days: day numbers."""
    dates = _EPOCH + np.floor(days).astype(np.int64).astype("timedelta64[D]")
    return np.asarray(dates.astype("datetime64[M]").astype(np.float64))


def first_day_of(month: float) -> float:
    """Return the day number of the first day of such a month."""
    day = np.datetime64(int(month), "M").astype("datetime64[D]")
    return float((day - _EPOCH).astype(np.float64))


class Windows(NamedTuple):
    """Windows of time one after another, and last the whole of them.

    days: after the last day known, at which they end, 0 before the first; times: the same in the time of
    the model; of_days: the time of the model at the end of each day until then, 0 before the first; errors:
    of the logarithm of how long each lasts in it, because a season is an estimate.
    """

    days: Floats
    times: Floats
    of_days: Floats
    errors: Floats

    @property
    def begins(self) -> Floats:
        """The day before each window, as a number of days."""
        return np.append(self.days[:-1], self.days[0])

    @property
    def ends(self) -> Floats:
        """The last day of each window."""
        return np.append(self.days[1:], self.days[-1])

    @property
    def between(self) -> tuple[Floats, Floats]:
        """Begin and end of each window in the time of the model."""
        return np.append(self.times[:-1], self.times[0]), np.append(self.times[1:], self.times[-1])


def windows(days: Floats, last_day: float, season: Season | None, length: float) -> Windows:
    """Return the windows between days, as `months_ahead` gives them; length: of the unit of time, in days."""
    ahead = ahead_of(season, last_day, length)
    made = Windows(days, ahead(days), ahead(np.arange(days[-1] + 1)), np.zeros(days.size))
    if season is None:
        return made
    spans = zip(made.begins.tolist(), made.ends.tolist(), strict=True)
    return made._replace(errors=np.array([season.error_ahead(last_day, *one) for one in spans]))


def of_windows(cumulative: Floats) -> Floats:
    """Return what each window holds, and all together, of what there is until each day (last axis)."""
    return np.concatenate([np.diff(cumulative), cumulative[..., -1:] - cumulative[..., :1]], axis=-1)
