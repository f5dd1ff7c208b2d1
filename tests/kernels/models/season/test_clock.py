"""Season time: as long as the calendar's on average, faster where it is busy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.kernels.models.log.purchases import purchases
from klantwaarde_xl.kernels.models.log.summary import of_purchases
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS
from klantwaarde_xl.kernels.models.season.clock import Season, in_season_time, usual_years
from tests.kernels.models.season import FIRST, shop, winter

END = FIRST + 3 * 366
EFFECTS = st.lists(st.floats(-1.5, 1.5), min_size=12, max_size=12)


def season_of(effects, calendar=MONTHS):
    effects = np.array(effects)
    return Season(calendar, effects, np.zeros((effects.size,) * 2), *usual_years(FIRST, END))


@given(EFFECTS)
def test_a_factor_is_one_on_average_over_whole_years(effects):
    season = season_of(effects)
    days = np.arange(season.begin, season.end + 1)
    assert days.size == 1095  # the last three years of 365.25 days, in whole days
    assert season.factor(days).mean() == pytest.approx(1)


@given(EFFECTS, st.lists(st.floats(0, 3000), min_size=1, max_size=6))
def test_when_says_after_how_long_what_ahead_says_has_passed(effects, days):
    season = season_of(effects)
    assert season.when(END, season.ahead(END, np.array(days))) == pytest.approx(days, abs=1e-6)


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=5))
def test_without_effects_its_time_is_the_calendars(days):
    season = season_of([0.0] * 9, SHOPS)
    assert season.ahead(END, np.array(days)) == pytest.approx(days)


def test_time_without_end_stays_without_end():
    season = season_of([0.5] * 6 + [-0.5] * 6)
    assert season.ahead(END, np.array([np.inf])).tolist() == [np.inf]
    assert season.when(END, np.array([np.inf])).tolist() == [np.inf]


def test_a_december_of_twice_the_rate_lasts_twice_as_long_as_another_month_of_31_days():
    season = season_of([0.0] * 11 + [np.log(2)])
    may, december = 45412.0, 45626.0  # the last days of April and November 2024
    assert season.ahead(december, np.array([31.0])) == pytest.approx(2 * season.ahead(may, np.array([31.0])))


def test_ages_and_recencies_are_the_time_between_the_days():
    codes, days = shop(winter, customers=50)
    summary = of_purchases(purchases(codes, days))
    season = season_of([0.0] * 10 + [0.7, 0.9])
    timed = in_season_time(summary, season, 7.0)
    for row in range(summary.customer.size):
        age = season.ahead(summary.first_day[row], np.array([summary.last_day - summary.first_day[row]]))
        since = season.ahead(
            summary.first_day[row], np.array([summary.final_day[row] - summary.first_day[row]])
        )
        assert timed.T[row] == pytest.approx(age[0] / 7)
        assert timed.recency[row] == pytest.approx(since[0] / 7 if summary.frequency[row] else 0)


def test_a_log_shorter_than_a_year_is_its_own_average():
    assert usual_years(100.0, 300.0) == (100.0, 300.0)
