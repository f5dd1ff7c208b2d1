"""Whether a season has proved itself: estimated without the last months, held against what came in these.

What is compared is the log score of all that happened after the cut, each purchase on its day and each
silence, given all before it: the log-likelihood of the whole history minus that of the part before the cut,
with and without a season. A season that only fits noise loses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError, FunctionError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, unit_of
from klantwaarde_xl.kernels.models.season.calendar import Calendar
from klantwaarde_xl.kernels.models.season.clock import Season, in_season_time
from klantwaarde_xl.kernels.models.season.estimate import Seasonal, estimate, evenness

NA = CellError.NA.nan
LEAST = 104 * 7  # days of data for a season
_HELD, _LONG = 26 * 7, 156 * 7  # days held back, of a log as long as that twice as many
_PERIOD = 28  # days whose totals are compared
SURE = 2.326  # standard errors above nought: chance gives so much one time in a hundred
SEEN = 0.01  # the chance of a year as uneven as this without a season, below which one is looked for


class Verdict(IntEnum):
    """What is said of a season."""

    USED = 0
    TOO_SHORT = 1  # fewer than 104 weeks of data
    NO_MODEL = 2  # without the last months the model cannot be fitted
    NOT_BETTER = 3  # it says no more of what came than the model without
    UNSURE = 4  # it says more, but no more than chance can
    BEATEN = 5  # it proved itself; another one more so
    UNSEEN = 6  # the purchases differ no more from a year without one than chance lets them


class Proof(NamedTuple):
    """A season held against what came; #N/A where it was not.

    gain: in log score; error: its standard error, over customers; off, plain_off: mean absolute error of
    the totals of four weeks, as a share of a period's mean, with the season and without.
    """

    calendar: Calendar
    gain: float
    error: float
    off: float
    plain_off: float
    verdict: Verdict


class Choice(NamedTuple):
    """What was found of each calendar, in their order, and which is used.

    seasonal: of the one that proved itself, estimated from all data; None where none did.
    """

    proofs: tuple[Proof, ...]
    seasonal: Seasonal | None

    @property
    def season(self) -> Season | None:
        """The season that is used."""
        return None if self.seasonal is None else self.seasonal.season


def choose(
    log: Log,
    as_of: float | None,
    model: float,
    calendars: Sequence[Calendar],
    unit: float = 0.0,
    *,
    quick: bool = False,
) -> Choice:
    """Return the season that says most of the last months of a log, and whether it is to be used.

    log, as_of: as in `prepare`; model: a `Model` in continuous time; unit: a `Unit`. Fewer than 104 weeks
    carry none. Held back are the last 26 weeks, of three years and more the last 52. quick: whether a season
    of which nothing shows in the purchases is not held against what came at all.
    """
    length = unit_of(unit).days
    bought, summary = prepare(log, as_of, unit)
    days = summary.last_day - float(summary.first_day.min()) + 1
    if days < LEAST:
        return Choice(tuple(_unheld(one, Verdict.TOO_SHORT) for one in calendars), None)
    cut = summary.last_day - (_HELD if days < _LONG else 2 * _HELD)
    plain = _Held(log, cut, unit, bought, summary, length)
    proofs = [plain.proof(model, calendar, quick=quick) for calendar in calendars]
    proved = [at for at, one in enumerate(proofs) if one.verdict is Verdict.USED]
    best = max(proved, key=lambda at: proofs[at].gain, default=None)
    if best is None:
        return Choice(tuple(proofs), None)
    told = tuple(
        one._replace(verdict=Verdict.BEATEN) if at in proved and at != best else one
        for at, one in enumerate(proofs)
    )
    return Choice(told, estimate(model, bought, summary, calendars[best], length))


def _unheld(calendar: Calendar, verdict: Verdict) -> Proof:
    return Proof(calendar, NA, NA, NA, NA, verdict)


class _Held:
    """A log of which the last months are held back."""

    def __init__(
        self, log: Log, cut: float, unit: float, bought: Purchases, summary: Summary, length: float
    ) -> None:
        self.bought, self.summary, self.length, self.cut = bought, summary, length, cut
        self.before, self.known = prepare(log, cut, unit)
        # Which customers of the whole were there at the cut, and who of these were still after later refunds
        self.there = np.isin(summary.customer, self.known.customer)
        self.left = np.isin(self.known.customer, summary.customer)

    def proof(self, model: float, calendar: Calendar, *, quick: bool) -> Proof:
        """Hold one calendar against what came."""
        try:
            if quick and evenness(model, self.before, self.known, calendar, self.length) > SEEN:
                return _unheld(calendar, Verdict.UNSEEN)
            found = estimate(model, self.before, self.known, calendar, self.length, errors=False)
            plain = face.fitted(model, self.known.frequency, self.known.recency, self.known.T)
        except FunctionError:
            return _unheld(calendar, Verdict.NO_MODEL)
        if not plain.converged:
            return _unheld(calendar, Verdict.NO_MODEL)
        season = found.season
        after = in_season_time(self.summary, season, self.length)
        score = self._score(found.fit, found.summary, after) + self._days(season)
        score -= self._score(plain, self.known, self.summary)
        gain, error = float(score.sum()), float(np.sqrt(score.size) * score.std(ddof=1))
        off = self._off(found.fit, found.summary, lambda days: season.ahead(self.cut, days))
        plain_off = self._off(plain, self.known, lambda days: days)
        verdict = Verdict.USED if gain > SURE * error else Verdict.UNSURE
        return Proof(
            calendar,
            gain,
            error,
            off,
            plain_off,
            verdict if gain > 0 and off <= plain_off else Verdict.NOT_BETTER,
        )

    def _score(self, fit: Fit, before: Summary, after: Summary) -> Floats:
        """Of each customer of the whole the log-likelihood of what came after the cut."""
        module = face.functions_of(fit)
        score = module.loglik(fit.params, after.frequency, after.recency, after.T)
        until = module.loglik(fit.params, before.frequency, before.recency, before.T)
        score[self.there] -= until[self.left]
        return score

    def _days(self, season: Season) -> Floats:
        """What the days of repeat purchases after the cut add, of each customer."""
        begun = np.full(int(self.bought.customer.max()) + 1, np.inf)
        begun[self.summary.customer] = self.summary.first_day
        later = (self.bought.day > begun[self.bought.customer]) & (self.bought.day > self.cut)
        factors = np.log(season.factor(self.bought.day[later]))
        added = np.bincount(self.bought.customer[later], factors, minlength=begun.size)
        return np.asarray(added[self.summary.customer])

    def _off(self, fit: Fit, known: Summary, ahead: Callable[[Floats], Floats]) -> float:
        """The mean absolute error of the totals of four weeks of who were there at the cut."""
        size = int((self.summary.last_day - self.cut) // _PERIOD)
        ends = _PERIOD * np.arange(1.0, size + 1)
        module, here = face.functions_of(fit), np.isin(self.bought.customer, self.known.customer)
        days = self.bought.day[here & (self.bought.day > self.cut)] - self.cut
        actual = np.bincount(((days - 1) // _PERIOD).astype(np.intp), minlength=size)[:size]
        history = known.frequency, known.recency, known.T
        until = [
            module.conditional_expected(fit.params, *history, time).sum()
            for time in ahead(ends) / self.length
        ]
        expected = np.diff(until, prepend=0.0)
        return float(np.abs(expected - actual).sum() / max(actual.sum(), 1))
