"""A log in a season is held against what came after two years of it, by the model of the forecast."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.season.wanted import LEFT, cut_day
from klantwaarde_xl.reports import model_checks, model_contest, overview
from klantwaarde_xl.wording.checks import day
from tests.kernels.models.season import FIRST, shop, steady, winter

LAST = FIRST + 1095
SEASONAL = shop(winter, customers=900)
SOME_SEASON = object()  # whichever


def test_without_a_season_the_cut_is_halfway():
    assert cut_day(FIRST, LAST, None) == FIRST + 547


@pytest.mark.parametrize(("years", "known"), [(5, 912), (3, 731), (2.75, 731), (2.25, 821 - 182)])
def test_in_a_season_two_years_are_known_where_half_a_year_is_left(years, known):
    last = FIRST + np.floor(365.25 * years) - 1
    cut = cut_day(FIRST, last, SOME_SEASON)
    assert cut - FIRST + 1 == pytest.approx(known, abs=1)
    assert last - cut >= LEFT


@pytest.mark.slow
def test_the_tracking_of_a_log_in_a_season_knows_two_years():
    found = model_checks.tracking(*SEASONAL)
    last_known = found.day[found.phase == 0][-1]
    assert 725 <= last_known - FIRST + 1 <= 731
    off = np.abs(found.actual - found.expected)[found.phase == 1].sum() / found.actual[found.phase == 1].sum()
    early = model_checks.tracking(*SEASONAL, until=FIRST + 547)
    assert 545 <= early.day[early.phase == 0][-1] - FIRST + 1 <= 548
    assert off < 0.4


@pytest.mark.slow
def test_the_check_says_when_the_cut_is_and_why():
    found = overview.check(*SEASONAL, np.ones(SEASONAL[0].size))
    at = found.label.tolist().index("weken bekend bij de toets")
    assert found.value[at] == 104
    assert day(cut_day(SEASONAL[1].min(), SEASONAL[1].max(), SOME_SEASON)) in found.note[at]
    assert "twee jaar" in found.note[at]
    short = SEASONAL[1] < FIRST + 2.25 * 365
    found = overview.check(SEASONAL[0][short], SEASONAL[1][short], np.ones(short.sum()))
    assert (
        "met 1,7 jaar van het seizoen" in found.note[found.label.tolist().index("weken bekend bij de toets")]
    )


@pytest.mark.slow
@pytest.mark.parametrize("log", [SEASONAL, shop(steady, customers=400, years=1.5)], ids=["season", "none"])
def test_the_holdout_is_of_the_model_of_the_forecast_and_names_it(log):
    best = model_contest.contest(*log).model[0]
    assert model_checks.holdout(*log).label[-1] == f"alle klanten ({best})"


def test_a_named_model_needs_no_name():
    assert model_checks.holdout(*SEASONAL, model=0.0).label[-1] == "alle klanten"


@pytest.mark.slow
def test_the_contest_says_from_when_on_it_was_best():
    found = model_contest.contest(*SEASONAL)
    cut = cut_day(SEASONAL[1].min(), SEASONAL[1].max(), SOME_SEASON)
    assert f"best in wat kwam na {day(cut)}" in found.note[0]
