"""Which season a forecast is asked to use, and whether it gets one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from klantwaarde_xl.errors import FunctionError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.face import AUTO
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.log.prepare import Log, Split, prepare, some_of
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS, Calendar
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.estimate import estimate
from klantwaarde_xl.kernels.models.season.proof import Choice, choose
from klantwaarde_xl.refusals import forecasts as refused


class Wanted(IntEnum):
    """By what a season may go; used is one only that proves itself."""

    NONE = 0
    MONTHS = 1
    SHOPS = 2
    AUTO = 3  # whichever says most of what came


_CALENDARS: dict[Wanted, tuple[Calendar, ...]] = {
    Wanted.NONE: (),
    Wanted.MONTHS: (MONTHS,),
    Wanted.SHOPS: (SHOPS,),
    Wanted.AUTO: (MONTHS, SHOPS),
}
KNOWN, LEFT = 731.0, 182.0  # days of a season that are known at a cut, and days after it
MOST = 5_000  # customers from whom a season is estimated; the model is then fitted to all
_found: Memory[Choice] = Memory(8)
_before: Memory[Season | None] = Memory(8)


def wanted(code: float | None, model: float) -> tuple[Calendar, ...]:
    """Return the calendars that a season may go by; none where none is asked for.

    code: a `Wanted`, another one is `OutOfRange`; by default of a model that is chosen the season is chosen
    too, and a named model has none. model: as it was asked for.
    """
    if code is None:
        code = float(Wanted.AUTO if model == AUTO else Wanted.NONE)
    if code not in list(Wanted):
        raise refused.NO_SUCH_SEASON()
    return _CALENDARS[Wanted(int(code))]


def season_of(
    log: Log, as_of: float | None, model: float, calendars: Sequence[Calendar], unit: float
) -> Choice:
    """Return the season of a log and what was found of each calendar, once for the same log.

    log, as_of, unit: as in `prepare`; model: in whose time it is, a `Model` or one of `face.PLAIN`. Of very
    many customers some are looked at, evenly spread.
    """
    if not calendars:
        return Choice((), None)
    first, last = _span(log, as_of)

    def compute(*_: object) -> Choice:
        return choose(some_of(log, MOST), as_of, model, calendars, unit, quick=True)

    return _found(f"{last!r} {model!r} {unit!r}", _columns(log, calendars, first, last), compute)


def season_before(log: Log, part: Split, model: float, calendar: Calendar | None) -> Season | None:
    """Return a season as it could be estimated at a cut; None of less than a year, or where it cannot be.

    log: of which part is the cut; calendar: of the season that the whole log has, None where it has none.
    """
    first = float(part.summary.first_day.min())
    if calendar is None or part.until - first + 1 < YEAR_DAYS:
        return None

    def compute(*_: object) -> Season | None:
        unit = next(one for one in Unit if one.days == part.length)
        bought, summary = prepare(some_of(log, MOST), part.until, float(unit))
        try:
            return estimate(model, bought, summary, calendar, part.length, errors=False).season
        except FunctionError:
            return None

    columns = _columns(log, [calendar], first, part.until)
    return _before(f"{part.until!r} {model!r} {part.length!r}", columns, compute)


def cut_day(first: float, last: float, season: Season | None) -> float:
    """Return the day on which a log is cut to hold a model against what came after it: halfway.

    first, last: days of the log; in a season later, when two years are known of it, since one year knows each
    part of it once; but half a year is left to hold it against.
    """
    half = float(np.floor((first + last) / 2))
    return half if season is None else max(half, min(first + KNOWN - 1, last - LEFT))


def _span(log: Log, as_of: float | None) -> tuple[float, float]:
    days = np.floor(np.asarray(log.days, dtype=np.float64))
    return float(days.min(initial=np.inf)), float(days.max(initial=-np.inf)) if as_of is None else as_of


def _columns(log: Log, calendars: Sequence[Calendar], first: float, last: float) -> list[Floats]:
    """What a season of a log follows from, as numbers."""
    span = np.arange(first, max(first, last) + 1)
    given = [np.asarray(column, dtype=np.float64) for column in log if column is not None]
    return [*given, *(one.columns(span) for one in calendars)]
