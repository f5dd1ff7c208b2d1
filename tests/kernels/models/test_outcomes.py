"""What all customers together will buy, with the interval of what may come, and what came of it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from klantwaarde_xl.data.filed_models import read_again, written
from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.checks.scoring import came, customers_at, recalled
from klantwaarde_xl.kernels.models.estimate.search import failed
from klantwaarde_xl.kernels.models.forecast import Fitted, expected_of, fitted_models, terms_of
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare, split
from klantwaarde_xl.kernels.models.outcomes import TENTHS, outcome, tenths_of
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.refusals.models import ONE_CUSTOMER
from tests.examples import times
from tests.kernels.models.logs import made_log

TRUTH, SPEND = (0.6, 6.0, 0.8, 2.5), (6.0, 4.0, 15.0)
WEEKS = np.array([4.0, 13.0, 26.0, 52.0])
HISTORIES = np.array([0.0, 1, 3, 9]), np.array([0.0, 5, 20, 40]), np.array([20.0, 30, 20.5, 45])
_VALUES = {
    "r": 0.6,
    "alpha": 6.0,
    "lambda": 0.1,
    "a": 0.8,
    "b": 2.5,
    "odds": 0.2,
    "s": 0.6,
    "beta": 9.0,
    "mu": 0.02,
}
EVERY_MODEL = {
    one.TITLE: one
    for model in (BGNBD, MBGNBD, PARETONBD)
    for one in (model, *model.limits)
}  # fmt: skip
SIMULATIONS = times(8, more=50)


@pytest.fixture(scope="module")
def shop():
    log = Log(*made_log(400, TRUTH, SPEND, 7, weeks=104))
    part = split(log, 363.0, 727.0, 0.0)
    summary = part.summary
    return log, summary, face.fitted(1.0, summary.frequency, summary.recency, summary.T)


@pytest.mark.parametrize("title", EVERY_MODEL)
@pytest.mark.parametrize("time", [3.0, 52.0])
def test_pairs_are_those_that_the_chances_of_each_number_give(title, time):
    model = EVERY_MODEL[title]
    params = [_VALUES[name] for name in model.NAMES]
    k = np.arange(0.0, 160.0)[:, None]
    chances = model.conditional_pmf(params, *HISTORIES, time, k)
    wanted = (k * (k - 1) * chances).sum(axis=0)
    assert model.conditional_pairs(params, *HISTORIES, 0.0, time) == pytest.approx(wanted, rel=1e-4)


def test_what_is_expected_is_what_the_customers_together_are_expected_to_buy(shop):
    _, summary, fit = shop
    found = outcome(summary, Fitted(fit, None, 1.0), terms_of(52.0, model=1.0), WEEKS)
    history = summary.frequency, summary.recency, summary.T
    for time, expected in zip(WEEKS, found.expected, strict=True):
        assert expected == pytest.approx(MBGNBD.conditional_expected(fit.params, *history, time).sum())
    assert found.tenths.sum(axis=1) == pytest.approx(found.expected)


def test_in_a_season_what_is_expected_is_what_the_forecast_says(shop):
    _, summary, _ = shop
    effects = np.where(np.arange(12) == 11, 0.9, 0.0)
    season = Season(MONTHS, effects, np.eye(12) * 0.01, summary.last_day - 364, summary.last_day)
    terms = terms_of(52.0, model=1.0)
    models = fitted_models(summary, terms, season)
    found = outcome(summary, models, terms, WEEKS)
    assert found.expected[-1] == pytest.approx(expected_of(summary, models, terms).purchases.sum())
    sure = outcome(
        summary, models._replace(season=replace(season, covariance=np.zeros((12, 12)))), terms, WEEKS
    )
    wider = (found.upper - found.lower) - (sure.upper - sure.lower)
    assert np.all(wider[:3] > 0)  # of a whole year the season is known to be 1


@pytest.mark.parametrize(
    "season", [None, Season(SHOPS, np.linspace(-0.4, 0.7, 9), np.eye(9), 44000.0, 45094.0)]
)
def test_a_model_is_read_again_from_what_was_written(shop, season):
    fit, again = shop[2], read_again(shop[2].model, written(shop[2], season), shop[2].n)
    assert again[0].params == pytest.approx(dict(fit.params), rel=1e-6)
    days = np.arange(45000.0, 45400)
    assert (
        again[1] is None
        if season is None
        else again[1].factor(days) == pytest.approx(season.factor(days), rel=1e-5)
    )


@pytest.mark.parametrize(
    "more", ["maanden=1,2", "maanden=a", "winkeljaar=" + ",".join(["0"] * 9), "seizoen=1"]
)
def test_a_season_that_is_not_whole_is_not_read(shop, more):
    assert read_again(shop[2].model, f"{written(shop[2], None)} {more}", 10)[0] is None


def test_what_may_come_differs_more_than_what_is_expected(shop):
    """Poisson's spread alone is the root of the mean; customers differ, and the estimate is not sure."""
    _, summary, fit = shop
    found = outcome(summary, Fitted(fit, None, 1.0), terms_of(52.0, model=1.0), WEEKS)
    assert np.all(found.upper - found.lower > 2 * 1.96 * np.sqrt(found.expected))
    assert np.all((found.lower < found.expected) & (found.expected < found.upper))
    assert np.all(found.lower % 1 == 0)
    assert np.all(found.upper % 1 == 0)


@pytest.mark.slow
def test_the_interval_holds_what_came_as_often_as_it_says():
    inside = 0
    for seed in range(SIMULATIONS):
        log = Log(*made_log(250, TRUTH, SPEND, seed, weeks=104))
        part = split(log, 363.0, 727.0, 0.0)
        summary = part.summary
        fit = face.fitted(1.0, summary.frequency, summary.recency, summary.T)
        found = outcome(summary, Fitted(fit, None, 1.0), terms_of(26.0, model=1.0), np.array([26.0]))
        bought = np.count_nonzero((part.bought.day > 363) & (part.bought.day <= 363 + 182))
        inside += bool(found.lower[0] <= bought <= found.upper[0])
    allowed = 3 * math.sqrt(0.95 * 0.05 / SIMULATIONS)
    assert 0.95 - allowed <= inside / SIMULATIONS <= 0.95 + allowed


def test_a_fit_that_failed_has_no_outcome(shop):
    _, summary, _ = shop
    with pytest.raises(NotAvailable):
        outcome(
            summary,
            Fitted(failed("MBG/NBD", MBGNBD.NAMES, 3, ONE_CUSTOMER()), None, 1.0),
            terms_of(52.0, model=1.0),
            WEEKS,
        )


def test_tenths_are_as_large_as_each_other_and_begin_with_who_will_buy_most():
    each = np.arange(25.0)
    place = tenths_of(each)
    assert np.ptp(np.bincount(place, minlength=TENTHS)) <= 1
    assert place[24] == 0
    assert place[0] == TENTHS - 1


def test_equals_fall_into_tenths_in_their_order():
    assert tenths_of(np.full(20, 3.0)).tolist() == [number // 2 for number in range(20)]


def test_only_customers_of_that_day_are_counted_and_only_after_it():
    #       customer 0: before, after, after that; customer 1: only later; customer 2: on the day itself
    log = Log(np.array([0, 0, 0, 1, 2, 2]), np.array([10.0, 21, 40, 25, 20, 30]), np.array([5.0] * 6))
    there, bought = customers_at(log, 20.0), prepare(log, 50.0)[0]
    assert there.customer.tolist() == [0, 2]
    assert came(bought, there, 30.0).tolist() == [1.0, 1.0]
    assert came(bought, there, 50.0).tolist() == [2.0, 1.0]


def test_what_was_returned_later_did_not_come():
    log = Log(np.array([0, 0, 0]), np.array([10.0, 25, 30]), np.array([5.0, 8, -8]))
    assert came(prepare(log, 50.0)[0], customers_at(log, 20.0), 27.0).tolist() == [0.0]


def test_before_the_first_purchase_there_are_no_customers():
    assert customers_at(Log(np.array([0]), np.array([10.0]), np.array([5.0])), 9.0) is None


def test_a_fit_that_is_recalled_expects_what_it_did(shop):
    _, summary, fit = shop
    again = recalled(fit.model, fit.params, fit.n)
    history = summary.frequency, summary.recency, summary.T
    assert face.functions_of(again).conditional_expected(again.params, *history, 9.0) == pytest.approx(
        MBGNBD.conditional_expected(fit.params, *history, 9.0)
    )


@pytest.mark.parametrize(
    ("title", "params"),
    [
        ("MBG/NBD", {"r": 1.0, "alpha": 2.0}),
        ("MBG/NBD", {"r": 1.0, "alpha": 2.0, "a": -1.0, "b": 2.0}),
        ("MBG/NBD", {"r": 1.0, "alpha": 2.0, "a": 1.0, "b": 2.0, "december": 1.4}),
        ("Een model van later", {"r": 1.0}),
    ],
)
def test_what_is_no_model_here_is_not_recalled(title, params):
    assert recalled(title, params, 10) is None
