"""What a model sees of the time ahead: nothing changes without a season, and a season moves what comes."""

from functools import partial

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models import forecast
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.face import IN_TIME, Model
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare, split
from klantwaarde_xl.kernels.models.season.calendar import MONTHS
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.proof import Verdict
from klantwaarde_xl.kernels.models.season.view import View
from klantwaarde_xl.kernels.models.season.wanted import (
    Wanted,
    season_before,
    season_of,
    wanted,
)
from klantwaarde_xl.kernels.models.totals import totals_of
from tests.kernels.models.season import FIRST, shop, steady, winter

WEEK = 7.0


def months(*effects):
    """A season by months with these effects of January and on, and errors of a tenth."""
    full = np.zeros(12)
    full[: len(effects)] = effects
    return Season(MONTHS, full, np.eye(12) / 100, FIRST, FIRST + 1094)


@pytest.fixture(scope="module")
def busy():
    """A log of a shop that is busy in November and December."""
    return Log(*shop(winter, customers=1200, seed=5))


@pytest.mark.parametrize("model", IN_TIME, ids=lambda model: model.title)
def test_a_season_that_does_nothing_gives_the_forecast_without_one(busy, model):
    _, summary = prepare(busy, FIRST + 800)
    for interest in (0.0, 0.15):
        terms = forecast.terms_of(40.0, interest=interest, model=float(model))
        plain, even = (
            forecast.expected_of(summary, forecast.fitted_models(summary, terms, season), terms)
            for season in (None, months())
        )
        for name in ("alive", "buys", "purchases", "value"):
            # without a season discounting is exact, with one by stretches of four weeks
            assert getattr(even, name) == pytest.approx(getattr(plain, name), rel=2e-4 if interest else 1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("horizon", [0.7, 9.3, 52.0, 260.0])
def test_discounting_by_stretches_is_that_by_days(busy, horizon):
    _, summary = prepare(busy, FIRST + 800)
    season, interest = months(0.9, -0.5, 0.2, 0, 0, -0.8, 0, 0, 0.3, 0, 0.8, 1.1), 0.3 / 52
    fit = face.fitted(Model.BGNBD, summary.frequency, summary.recency, summary.T)
    module = face.functions_of(fit)
    view = View(summary, season, WEEK, horizon, interest)
    ends = np.append(np.arange(1.0, np.floor(horizon * 7) + 1), horizon * 7)
    until = [
        module.conditional_expected(fit.params, *view.history, time).sum()
        for time in season.ahead(summary.last_day, ends) / WEEK
    ]
    middles = (ends + np.append(0.0, ends[:-1])) / 2 / WEEK
    daily = np.sum(np.diff(until, prepend=0.0) * np.exp(-interest * middles))
    assert view.discounted(module, fit.params).sum() == pytest.approx(daily, rel=2e-4)


def test_the_time_ahead_is_what_the_days_ahead_are_worth():
    _, summary = prepare(Log(*shop(steady, customers=50)), FIRST + 59)  # the last day is 1 March
    season = months(0, 0, np.log(3.0))
    view = View(summary, season, WEEK, 30 / 7, 0.0)
    assert view.time == pytest.approx(30 / 7 * season.factor(np.array([FIRST + 70]))[0])
    assert view.error > 0


@pytest.mark.slow
def test_coming_weeks_are_forecast_by_how_busy_they_are(busy):
    """Estimated to the end of October: November and December come as busy as they do."""
    log = busy
    october, december = FIRST + 365 + 303, FIRST + 364 + 365  # of the second year
    season = season_of(log, None, Model.BGNBD, wanted(Wanted.MONTHS, Model.BGNBD), 0.0).seasonal.season
    part = split(log, october, december, 0.0)
    known = season_before(log, part, Model.BGNBD, season.calendar)
    came, off = tracking.after(part, tracking.fit_of(part, Model.BGNBD))
    _, seasonal = tracking.after(part, tracking.fit_of(part, Model.BGNBD, known), known)
    assert abs(seasonal.sum() / came.sum() - 1) < 0.1
    assert off.sum() / came.sum() < 0.65


def test_the_line_of_weeks_follows_the_season(busy):
    part = split(busy, FIRST + 2 * 365, None, 2.0)
    known = season_before(busy, part, Model.BGNBD, MONTHS)
    for phase in tracking.Phase:
        errors = []
        for season in (None, known):
            found = tracking.tracking(part, Model.BGNBD, season)
            here = found.phase == phase
            errors.append(np.abs(found.expected - found.actual)[here].sum() / found.actual[here].sum())
        assert errors[1] < 0.7 * errors[0]


def test_what_is_expected_until_a_day_is_that_in_season_time():
    """One customer who came on the first day: the age on each day is the season time since then."""
    _, summary = prepare(Log(np.array([0, 0]), FIRST + np.array([0.0, 100.0])), FIRST + 200)
    season, fit = months(1.0), face.fitted(Model.BGNBD, *(prepare(Log(*shop(steady)), None)[1][1:4]))
    ends = FIRST + np.array([0.0, 30.0, 64.0])
    found = tracking.expected_until(fit, summary, ends, WEEK, season)
    ages = np.array([0.0, *np.cumsum(season.factor(FIRST + np.arange(1, 65)))[[29, 63]]]) / WEEK
    assert found == pytest.approx(face.functions_of(fit).expected(fit.params, ages))


def test_that_the_season_is_an_estimate_widens_the_interval(busy):
    _, summary = prepare(busy, FIRST + 800)
    terms, widths = forecast.terms_of(8.0, model=float(Model.BGNBD)), []
    season = months(0.5, 0.4)
    for covariance in (np.zeros((12, 12)), season.covariance):
        known = Season(MONTHS, season.effects, covariance, season.begin, season.end)
        models = forecast.fitted_models(summary, terms, known)
        found = totals_of(summary, models, forecast.expected_of(summary, models, terms), terms).purchases
        widths.append(np.log(found.upper / found.lower))
    assert widths[1] > 1.05 * widths[0]


@pytest.mark.parametrize(
    ("code", "model", "names"),
    [
        (None, face.AUTO, ("maanden", "winkeljaar")),
        (None, Model.BGNBD, ()),
        (Wanted.NONE, face.AUTO, ()),
        (Wanted.MONTHS, Model.PARETONBD, ("maanden",)),
        (Wanted.AUTO, Model.PARETONBD, ("maanden", "winkeljaar")),
    ],
)
def test_by_default_a_chosen_model_has_a_season_that_is_chosen_and_a_named_one_none(code, model, names):
    from klantwaarde_xl.wording.seasons import called

    assert tuple(map(called, wanted(code, float(model)))) == names


def test_a_season_that_does_not_exist_is_refused():
    with pytest.raises(OutOfRange, match="seizoen"):
        wanted(7.0, face.AUTO)


def test_where_nothing_of_a_season_shows_it_is_not_held_against_what_came():
    choice = season_of(Log(*shop(steady, customers=900, seed=3)), None, Model.BGNBD, [MONTHS], 0.0)
    assert [one.verdict for one in choice.proofs] == [Verdict.UNSEEN]
    assert choice.seasonal is None


@pytest.mark.slow
def test_of_very_many_customers_some_show_the_season(busy, monkeypatch):
    from klantwaarde_xl.kernels.models.season import wanted as module

    monkeypatch.setattr(module, "MOST", 500)
    logs = []

    def choose(log, *more, choose=module.choose, **named):
        logs.append(log)
        return choose(log, *more, **named)

    monkeypatch.setattr(module, "choose", choose)
    monkeypatch.setattr(module, "_found", Memory(1))  # what other tests asked is not remembered
    choice = season_of(busy, None, Model.BGNBD, [MONTHS], 0.0)
    assert choice.seasonal is not None
    assert [np.unique(log.customers).size for log in logs] == [500]


@pytest.mark.slow
def test_before_a_cut_in_the_first_year_there_is_no_season(busy):
    of = partial(season_before, busy, model=Model.BGNBD, calendar=MONTHS)
    assert of(part=split(busy, FIRST + 363, None, 0.0)) is None
    assert of(part=split(busy, FIRST + 366, None, 0.0)) is not None


@pytest.mark.slow
def test_a_customer_who_brings_all_back_after_the_cut_does_not_break_the_proof(busy):
    """Held back are the last 26 weeks: a customer of before is then no customer of the whole."""
    gone = int(busy.customers.max()) + 1
    customers = np.append(busy.customers, [gone, gone])
    days = np.append(busy.days, [FIRST + 100.0, busy.days.max() - 5])
    amounts = np.append(np.full(busy.days.size, 10.0), [10.0, -10.0])
    choice = season_of(Log(customers, days, amounts), None, Model.BGNBD, [MONTHS], 0.0)
    assert choice.seasonal is not None
