"""Which model is chosen: by what came after, and with which figures beside the score."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import contest as kernel
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.checks.auto import contest_of, of_log
from klantwaarde_xl.kernels.models.checks.contest import How, contest, settled
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare, split
from klantwaarde_xl.kernels.models.season.calendar import MONTHS
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.wording.checks import choice_in_words
from tests.kernels.models.logs import CUT, cdnow_log, made_log
from tests.kernels.models.season import shop, steady, winter

WEEK = 0.0


@pytest.fixture(scope="module")
def cdnow():
    return contest_of(Log(*cdnow_log()), CUT, WEEK, None)


def test_the_model_chosen_for_cdnow_misses_its_customers_by_little_in_the_39_weeks_after(cdnow):
    log = Log(*cdnow_log())
    _, known = prepare(log, CUT, WEEK)
    fit = face.fitted(cdnow.best.code, known.frequency, known.recency, known.T)
    actual, expected = tracking.after(split(log, CUT, None, WEEK), fit)
    assert actual.sum() == 1882
    assert np.mean(np.abs(actual - expected)) <= 0.77


def test_named_models_limits_and_the_plain_rate_take_part(cdnow):
    titles = {one.fit.model for one in cdnow.entries}
    assert {"BG/NBD", "MBG/NBD", "NBD", "Poisson", "own rate"} <= titles
    assert len(titles) == len(cdnow.entries)


def test_those_that_are_as_good_but_for_chance_are_told_apart_by_all_data(cdnow):
    assert cdnow.how is How.SCORE
    assert cdnow.best.tied
    best = max(one.score for one in cdnow.entries)
    assert cdnow.best.score > best - 0.01
    assert all(one.score < best - 0.02 for one in cdnow.entries if not one.tied)
    assert choice_in_words(cdnow).startswith(f"gekozen: {called(cdnow.best.fit.model)}")


def test_a_model_that_expects_too_little_does_not_win_by_its_mean_error(cdnow):
    least = min(cdnow.entries, key=lambda one: one.error)
    assert least.bias < cdnow.best.bias < 0
    assert least.code != cdnow.best.code


def test_the_figures_beside_the_score_are_those_of_scipy_and_of_counting(cdnow):
    from scipy.stats import spearmanr

    part = split(Log(*cdnow_log()), None, CUT, WEEK)
    for one in cdnow.entries:
        actual, expected = tracking.after(part, one.fit)
        assert one.bias == pytest.approx(expected.sum() / actual.sum() - 1)
        assert one.error == pytest.approx(np.mean(np.abs(expected - actual)))
        if one.fit.model != "Poisson":
            assert one.ranks == pytest.approx(spearmanr(expected, actual).statistic)
        assert 0.8 < one.coverage <= 1


@pytest.mark.slow
@pytest.mark.parametrize("part", [True, False])
def test_of_many_customers_some_tell_models_apart_and_the_one_chosen_is_fitted_on_all(monkeypatch, part):
    log = Log(*cdnow_log())
    _, known = prepare(log, CUT, WEEK)
    monkeypatch.setattr(kernel, "FITTED", 1000)
    monkeypatch.setattr(kernel, "_contests", Memory(1))
    sizes = []
    fitted = face.fitted
    monkeypatch.setattr(face, "fitted", lambda code, x, *rest: sizes.append(x.size) or fitted(code, x, *rest))
    found = contest(known, split(log, None, CUT, WEEK) if part else None)
    assert {one.fit.n for one in found.entries} == {1000}
    assert sizes.count(known.frequency.size) == 1
    assert sizes.count(1000) == len(sizes) - 1
    assert found.title == fitted(found.best.code, known.frequency, known.recency, known.T).model


def loyal_log(customers, rate, seed, days=730):
    rng = np.random.default_rng(seed)
    rows = []
    for code in range(customers):
        day, own = np.floor(rng.uniform(0, days / 3)), rate(rng)
        while day < days:
            rows.append((code, np.floor(day)))
            day += 1 + rng.exponential(1 / own)
    codes, when = (np.array(column) for column in zip(*rows, strict=True))
    return Log(codes.astype(np.intp), when, None)


@pytest.mark.slow
def test_where_nobody_stops_the_chosen_model_keeps_a_customer_who_is_silent_for_long():
    found = contest_of(loyal_log(300, lambda rng: rng.gamma(3, 1 / 120), 6), None, WEEK, None)
    functions, fit = face.functions_of(found.best.fit), found.best.fit
    assert functions.p_alive(fit.params, 5, 40, 52) > 0.9


@pytest.mark.slow
def test_where_customers_stop_a_model_with_stopping_is_chosen():
    codes, days, _ = made_log(1500, (1, 4, 1, 2), (3, 4, 50), 2)
    found = contest_of(Log(codes, days, None), None, WEEK, None)
    assert found.best.code in map(float, face.IN_TIME)
    assert found.best.score > max(one.score for one in found.entries if one.code in face.PLAIN) + 0.01


def test_a_log_too_short_to_hold_some_of_it_out_is_judged_by_a_criterion_and_says_so():
    codes = np.array([0, 0, 1, 1, 2, 2, 2, 3, 4])
    days = np.array([1.0, 5, 2, 8, 1, 4, 9, 3, 2])
    found = contest_of(Log(codes, days, None), None, 1.0, None)
    assert found.how is How.CRITERION
    assert "te kort" in choice_in_words(found)
    assert np.isnan(found.best.bias)


def test_a_log_that_no_model_fits_has_no_contest_and_keeps_a_named_model():
    log = Log(np.array([0, 1, 2]), np.array([1.0, 2, 9]), None)
    assert contest_of(log, None, WEEK, None) is None
    assert settled(face.AUTO, lambda: None) == face.Model.MBGNBD


def test_a_named_model_is_not_put_to_the_contest():
    def refuse():
        raise AssertionError("nothing was to be chosen")

    assert settled(2.0, refuse) == 2.0


def test_a_contest_on_the_same_log_is_held_once(monkeypatch):
    log = Log(*cdnow_log())
    part = split(log, None, CUT, WEEK)
    _, summary = prepare(log, CUT, WEEK)
    first = contest(summary, part)
    monkeypatch.setattr(kernel, "_held", None)
    assert contest(summary, part) is first


@pytest.mark.slow
def test_models_meet_again_in_the_time_of_a_season_that_proves_itself():
    """Customers by BG/NBD in a shop that is busy in November: without the season another model may do better."""
    log = Log(*shop(winter, customers=900, seed=2))
    found = of_log(log, None, WEEK, face.AUTO, [MONTHS])
    season = found.choice.seasonal.season
    timed = contest_of(log, None, WEEK, season)
    assert found.contest is timed
    assert found.code == timed.best.code
    assert timed.best.score > contest_of(log, None, WEEK, None).best.score


@pytest.mark.slow
def test_a_named_model_is_in_no_contest_and_without_a_season_the_plain_one_is_told():
    log = Log(*shop(steady, customers=500, seed=3))
    assert of_log(log, None, WEEK, 2.0, [MONTHS]).contest is None
    found = of_log(log, None, WEEK, face.AUTO, [MONTHS])
    assert found.choice.seasonal is None
    assert found.contest is contest_of(log, None, WEEK, None)
