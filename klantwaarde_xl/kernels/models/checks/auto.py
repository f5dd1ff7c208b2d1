"""A model and a season chosen together: each in the time of the other.

A season is looked for in the time of the model that did best without one; where it proves itself the models
meet again in its time, for what looked like stopping, or like rates that differ, may have been the season.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from klantwaarde_xl.errors import FunctionError
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.contest import Contest, contest, settled
from klantwaarde_xl.kernels.models.log.prepare import Log, Split, prepare, split
from klantwaarde_xl.kernels.models.log.summary import Summary, unit_of
from klantwaarde_xl.kernels.models.season.calendar import Calendar
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.proof import Choice
from klantwaarde_xl.kernels.models.season.view import seen
from klantwaarde_xl.kernels.models.season.wanted import cut_day, season_before, season_of


class Chosen(NamedTuple):
    """The model to forecast with, the season it follows, and the contest that it won; None of a named one."""

    code: float
    choice: Choice
    contest: Contest | None


def choose_both(
    code: float,
    contest_by: Callable[[Season | None], Contest | None],
    season_for: Callable[[float], Choice],
) -> Chosen:
    """Return the model and the season to forecast with.

    code: of a model, or `face.AUTO`; contest_by: the contest in the time of a season; season_for: what was
    found of seasons in the time of a model.
    """
    if code != face.AUTO:
        return Chosen(code, season_for(code), None)
    plain = contest_by(None)
    first = settled(code, lambda: plain)
    choice = season_for(first)
    if choice.season is None:
        return Chosen(first, choice, plain)
    timed = contest_by(choice.season)
    again = settled(code, lambda: timed)
    other = choice if again == first else season_for(again)
    if other.season is None:  # it is no season to that model
        return Chosen(first, choice, plain)
    return Chosen(again, other, timed)


def of_log(log: Log, as_of: float | None, unit: float, code: float, calendars: Sequence[Calendar]) -> Chosen:
    """Return the model and the season of a log up to and including as_of; arguments as in `season_of`."""
    return choose_both(
        code,
        lambda season: contest_of(log, as_of, unit, season),
        lambda model: season_of(log, as_of, model, calendars, unit),
    )


def contest_of(log: Log, as_of: float | None, unit: float, season: Season | None) -> Contest | None:
    """Return the contest on a log up to and including as_of, cut on `cut_day`, in the time of a season."""
    _, summary = prepare(log, as_of, unit)
    timed = seen(summary, season, unit_of(unit).days)
    try:
        cut = cut_day(float(summary.first_day.min()), summary.last_day, season)
        part = split(log, None if season is None else cut, as_of, unit)
    except FunctionError:  # of one day, or without a purchase in the first half
        return contest(timed, None)
    return contest_in(timed, season, log, part)


def contest_in(timed: Summary, season: Season | None, log: Log, part: Split) -> Contest | None:
    """Return the contest in the time of a season, by what could be known of that at the cut.

    timed: all customers in its time; log: of which part is the cut. Of less than a year nothing can.
    """
    if season is None:
        return contest(timed, part)
    before = season_before(log, part, float(face.Model.MBGNBD), season.calendar)
    return contest(timed, None if before is None else part, before)
