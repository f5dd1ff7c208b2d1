"""What the result tables of a forecast share: the log, the models and the forecast, each computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from klantwaarde_xl.data.customer_codes import AT_ONCE, in_parts, log_of, logs_of, names_of
from klantwaarde_xl.data.reading.files import Checked, Transactions
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.dutch import EPOCH
from klantwaarde_xl.errors import FunctionError, OutOfRange
from klantwaarde_xl.kernels.models.buying.face import AUTO, IN_TIME, Model
from klantwaarde_xl.kernels.models.checks.auto import Chosen, choose_both, contest_in
from klantwaarde_xl.kernels.models.checks.contest import Contest, contest
from klantwaarde_xl.kernels.models.checks.regularity import Regularity, regularity
from klantwaarde_xl.kernels.models.forecast import (
    Fitted,
    Forecast,
    Terms,
    expected_of,
    fitted_models,
    terms_of,
    with_ends,
    with_model,
)
from klantwaarde_xl.kernels.models.log.prepare import (
    Log,
    Split,
    every_of,
    prepare,
    some_of,
    split,
    summary_of,
    summary_of_parts,
)
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit
from klantwaarde_xl.kernels.models.season.calendar import Calendar, of_index
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.proof import Choice
from klantwaarde_xl.kernels.models.season.view import seen
from klantwaarde_xl.kernels.models.season.wanted import (
    Wanted,
    cut_day,
    season_before,
    season_of,
    wanted,
)
from klantwaarde_xl.wording import checks, seasons

Found = TypeVar("Found")

CONFIDENCE = 0.95
SHOWN_BY = 500_000  # rows whose purchases are looked at all at once, which takes ten times their memory
SHOWING = 20_000  # customers by whom regularity shows where there are more rows
CONTENDERS = 100_000  # customers by whom models are held against each other in a very long log


@dataclass(frozen=True)
class Basis:
    """What the tables share; each part is computed once, and only when it is needed."""

    transactions: Transactions
    as_of: float
    asked: Terms  # with `face.AUTO` where the model is to be chosen
    calendars: tuple[Calendar, ...] = ()  # that a season may go by

    @property
    def model(self) -> Model:
        """The model in use."""
        return self.terms.model

    @cached_property
    def chosen(self) -> Chosen:
        """The model and the season in use, with the contest that chose it."""
        return choose_both(self.asked.code, self._contest_in, self._season_for)

    @property
    def terms(self) -> Terms:
        """The terms with the model in use."""
        return with_model(self.asked, self.chosen.code)

    def _contest_in(self, season: Season | None) -> Contest | None:
        """The contest of the models; None where none has a fit. Of many rows on some customers."""
        timed = seen(self.summary, season, Unit.WEEK.days)
        log = self._some
        part = tried(lambda: split(log, self._cut_in(season), self.as_of, Unit.WEEK))[0]
        return contest(timed, None) if part is None else contest_in(timed, season, log, part)

    def _season_for(self, code: float) -> Choice:
        """What was found of each season that the forecast may follow, with a model."""
        if not self.calendars:
            return Choice((), None)
        return season_of(self._some, self.as_of, code, self.calendars, Unit.WEEK)

    @property
    def _is_long(self) -> bool:
        return self.transactions.count() > AT_ONCE

    @cached_property
    def names(self) -> list[str]:
        """The customers by code; a fit needs none of them."""
        return names_of(self.transactions.con)

    @cached_property
    def log(self) -> Log:
        """The rows of all customers at once; of very many rows a fit needs none of it."""
        return log_of(self.transactions.con)

    @cached_property
    def summary(self) -> Summary:
        """The customers as they are on the day."""
        return self._long[0] if self._is_long else self.summary_on(self.as_of)

    @cached_property
    def _long(self) -> tuple[Summary, Log]:
        """Of a very long log the customers on the day, and the rows of some: fetched once for both."""
        many, logs = in_parts(self.transactions.con)
        step = max(1, -(-many // CONTENDERS))
        some: list[Log] = []

        def passing() -> Iterator[Log]:
            for log in logs:
                some.append(every_of(log, step))
                yield log

        summary = summary_of_parts(passing(), self.as_of)
        return summary, Log(*(np.concatenate(column) for column in zip(*some, strict=True)))

    @property
    def _some(self) -> Log:
        """The rows by which models are held against each other and a season is looked for."""
        return self._long[1] if self._is_long else self.log

    def summary_on(self, day: float) -> Summary:
        """Return the customers as they were on a day; `NotAvailable` where there were none."""
        if self._is_long:
            return summary_of_parts(logs_of(self.transactions.con), day)
        return summary_of(self.log, day)

    @property
    def seasons(self) -> Choice:
        """What was found of each season that the forecast may follow."""
        return self.chosen.choice

    @property
    def season(self) -> Season | None:
        """The season that the forecast follows."""
        return self.seasons.season

    @cached_property
    def seen(self) -> Summary:
        """The customers as the model of buying sees them: in the season's time, where there is one."""
        return seen(self.summary, self.season, Unit.WEEK.days)

    @cached_property
    def models(self) -> tuple[Fitted | None, str]:
        """The models that the forecast uses, or why there are none."""
        return tried(lambda: fitted_models(self.summary, self.terms, self.season))

    @cached_property
    def made(self) -> tuple[Forecast | None, str]:
        """The forecast with its intervals, or why there is none."""
        (models, _), (expected, message) = self.models, self.expected
        if models is None or expected is None:
            return None, message
        return with_ends(expected, self.summary, models, self.terms), ""

    @cached_property
    def expected(self) -> tuple[Forecast | None, str]:
        """The forecast without intervals, or why there is none."""
        models, message = self.models
        if models is None:
            return None, message
        made = expected_of(self.summary, models, self.terms)
        return (made, "") if models.buying.converged else (None, models.buying.message)

    @property
    def about(self) -> str:
        """What is special about the models; nothing for most, nor without a forecast."""
        models, _ = self.models
        if models is None or not models.buying.converged:
            return ""
        found = self.chosen.contest
        said = "" if found is None else checks.choice_in_words(found)
        about = said, seasons.used(self.seasons), checks.about_models(models), checks.regular(self.regularity)
        return "; ".join(filter(None, about))

    @cached_property
    def regularity(self) -> Regularity:
        """How regularly customers buy; of many rows, some customers, who show it as well."""
        many = self.transactions.count() > SHOWN_BY
        log = some_of(self._some, SHOWING) if many else self.log
        return regularity(prepare(log, self.as_of)[0])

    @cached_property
    def cut(self) -> float:
        """The day on which the models are held against what came after: halfway, in a season later."""
        return self._cut_in(self.season)

    def _cut_in(self, season: Season | None) -> float:
        return cut_day(float(self.summary.first_day.min()), self.as_of, season)

    @cached_property
    def half(self) -> tuple[Split | None, str]:
        """The log cut there, or why it cannot be."""
        return tried(lambda: self.cut_at(self.cut))

    def season_at(self, part: Split) -> Season | None:
        """Return the season that the forecast follows, as it was to be estimated at a cut."""
        if self.season is None:
            return None
        return season_before(self.log, part, self.terms.code, self.season.calendar)

    def cut_at(self, day: float) -> Split:
        """Return the log cut on that day; `OutOfRange` where it cannot be."""
        return split(self.log, day, self.as_of, Unit.WEEK)


def basis_of(
    transactions: Transactions, settings: Settings, as_of: dt.date, busy: Checked | None = None
) -> Basis:
    """Read what a forecast needs from transactions and settings; as_of: the day on which one looks ahead.

    busy: the user's own index of how busy days are, which `auto` looks at in place of the calendars of ours.
    Raises `OutOfRange` for an index that is none.
    """
    terms = terms_of(
        settings.horizon,
        1.0 if settings.margin is None else settings.margin,
        settings.interest or 0.0,
        model=next((float(model) for model in IN_TIME if model.word == settings.model), AUTO),
        confidence=CONFIDENCE,
    )
    asked = next((one for one, word in seasons.WANTED.items() if word == settings.season), Wanted.AUTO)
    calendars = wanted(float(asked), terms.code)
    if asked is Wanted.AUTO and busy is not None and busy.count():
        calendars = (_own_calendar(busy),)
    return Basis(transactions, float((as_of - EPOCH).days), terms, calendars)


def _own_calendar(busy: Checked) -> Calendar:
    rows = [(float((day - EPOCH).days), float(index)) for day, index in busy.rows()]
    days, index = (np.array(column) for column in zip(*rows, strict=True))
    try:
        return of_index("index", days, index)
    except OutOfRange as error:
        raise OutOfRange(error.what, where=str(busy.source), remedy=error.remedy) from None


def tried(compute: Callable[[], Found]) -> tuple[Found | None, str]:
    """Return what a kernel gives, or nothing and its words: what is wrong, and what helps."""
    try:
        return compute(), ""
    except FunctionError as error:
        return None, " ".join(filter(None, (error.what, error.remedy)))
