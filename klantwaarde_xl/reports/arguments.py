"""What the functions on a log are asked with: arguments of cells that stand for one thing.

A report takes a log, terms or a log cut in two as one argument; in cells each is several. `spelled`
gives a report the arguments of what makes them, so that each list of arguments stands here once.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.face import AUTO
from klantwaarde_xl.kernels.models.checks.auto import contest_of, of_log
from klantwaarde_xl.kernels.models.checks.contest import settled
from klantwaarde_xl.kernels.models.forecast import Spending, Terms, terms_of, with_model
from klantwaarde_xl.kernels.models.log.prepare import Log, Split, prepare, split
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.proof import Choice
from klantwaarde_xl.kernels.models.season.wanted import cut_day, season_before, season_of
from klantwaarde_xl.reports.season_arguments import Following, following_of

WEEK, STANDARD = float(Unit.WEEK), AUTO
Made = TypeVar("Made")


class Asked(NamedTuple):
    """The terms of a forecast, and the day on which one looks ahead."""

    terms: Terms
    as_of: float | None


class Settled(NamedTuple):
    """The terms of a forecast of a log with its model, and its season, if it has one."""

    terms: Terms
    choice: Choice

    @property
    def season(self) -> Season | None:
        """The season that proved itself."""
        return self.choice.season


class Halves(NamedTuple):
    """A log cut in two, and the model and the season that are estimated from the first part."""

    part: Split
    model: float
    season: Season | None
    chosen: bool  # whether the model was, as `auto` asks


class Seen(NamedTuple):
    """What a model sees of a log: its customers in a unit of time, and which model."""

    summary: Summary
    unit: float
    model: float


def whole(customers: Codes, days: Floats, amounts: Floats) -> Log:
    """Return a log of transactions; arguments as in `purchases.purchases`."""
    return Log(customers, days, amounts)


def asked_of(
    horizon: float | None = None,
    margin: float = 1.0,
    interest: float = 0.0,
    unit: float = WEEK,
    model: float = STANDARD,
    as_of: float | None = None,
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
) -> Asked:
    """Check what is asked for; arguments and errors as in `terms_of`, as_of a day number."""
    return Asked(terms_of(horizon, margin, interest, unit, model, spending, confidence), as_of)


def seen_of(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    unit: float = WEEK,
    model: float = STANDARD,
    as_of: float | None = None,
) -> Seen:
    """Return what a model sees of a log up to and including as_of; errors as in `prepare.prepare`."""
    log = Log(customers, days, amounts)
    return Seen(prepare(log, as_of, unit)[1], unit, chosen(model, log, as_of, unit))


def halves_of(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    until: float | None = None,
    unit: float = WEEK,
    model: float = STANDARD,
    as_of: float | None = None,
    season: float | None = None,
    index: Floats | None = None,
) -> Halves:
    """Cut a log at the end of day until, by default on `cut_day`; errors as in `split` and `following_of`.

    Model and season are those of the forecast; at a cut of one's own the model is chosen by what was known
    then. The season is one that the whole log proves, estimated from what was known.
    """
    calendars = following_of(season, index).calendars(model)
    log = Log(customers, days, amounts)
    if until is None:
        _, summary = prepare(log, as_of, unit)
        code, choice, _ = of_log(log, as_of, unit, model, calendars)
        cut = cut_day(float(summary.first_day.min()), summary.last_day, choice.season)
        part = split(log, None if choice.season is None else cut, as_of, unit)
        return Halves(part, code, season_at(log, part, choice.season, code), model == AUTO)
    part = split(log, until, as_of, unit)
    code = of_log(log, part.until, unit, model, calendars).code
    whole_season = season_of(log, as_of, code, calendars, unit).season
    return Halves(part, code, season_at(log, part, whole_season, code), model == AUTO)


def season_at(log: Log, part: Split, season: Season | None, model: float) -> Season | None:
    """Return a season that the whole log proves as it was to be estimated at a cut; None without one."""
    return None if season is None else season_before(log, part, model, season.calendar)


def chosen(model: float, log: Log, as_of: float | None, unit: float) -> float:
    """Return the model that is asked for, or where it is auto the one that is chosen on the log."""
    return settled(model, lambda: contest_of(log, as_of, unit, None))


def settled_for(asked: Asked, log: Log, following: Following) -> Settled:
    """Return the terms with the model that is asked for, or chosen on the log, and the season in its time."""
    code = asked.terms.code
    found = of_log(log, asked.as_of, float(asked.terms.unit), code, following.calendars(code))
    return Settled(with_model(asked.terms, found.code), found.choice)


def spelled(**makers: Callable[..., Any]) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Let a report be called with the arguments of its parts' makers, where each part stands.

    makers: by name of the report's argument, what makes it; its parameters take the place.
    """

    def decorate(report: Callable[..., Made]) -> Callable[..., Made]:
        own = inspect.signature(report, eval_str=True).parameters
        inside = {name: inspect.signature(maker, eval_str=True).parameters for name, maker in makers.items()}
        shown = inspect.Signature(
            [one for name, part in own.items() for one in inside.get(name, {name: part}).values()]
        )

        @functools.wraps(report)
        def call(*args: Any, **kwargs: Any) -> Made:
            given = shown.bind(*args, **kwargs).arguments
            parts = {
                name: maker(**{part: given[part] for part in inside[name] if part in given})
                for name, maker in makers.items()
            }
            return report(**{name: given[name] for name in own if name in given}, **parts)

        call.__signature__ = shown  # type: ignore[attr-defined]
        return call

    return decorate
