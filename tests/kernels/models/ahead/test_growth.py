"""What months ahead have more or less than the months counted: growth, jumps, falls, campaigns, and how sure."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.ahead import growth, realised
from klantwaarde_xl.kernels.models.ahead.arrivals import Course, arrivals
from klantwaarde_xl.kernels.models.ahead.newcomers import again_of
from klantwaarde_xl.kernels.models.buying.face import Model, fitted, functions_of
from klantwaarde_xl.kernels.models.log.purchases import purchases
from klantwaarde_xl.kernels.models.log.summary import of_purchases
from klantwaarde_xl.wording.ahead import rests_on
from tests.examples import times
from tests.kernels.models.ahead.test_arrival_season import BUSY, END, EVEN, came, found, new
from tests.kernels.models.shops import shop

YEAR = np.arange(1.0, 366)


def months(*parts):
    return np.concatenate([np.full(many, float(each)) for many, each in parts])


def test_growth_is_measured_on_the_same_months_of_two_years_so_that_no_season_passes_for_it():
    season = np.tile([5.0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 40, 60], 3)
    assert growth.compared(season).change == 0
    risen = growth.compared(season * np.repeat([1, 1, 1.6], 12))
    assert risen.growth == pytest.approx(np.log(1.6))
    assert risen.change > 0


def test_months_of_a_first_third_in_which_old_customers_pass_for_new_do_not_count():
    passing = months((8, 300), (16, 40))
    found_ = growth.compared(passing)
    assert found_.growth == pytest.approx(0)
    assert growth.compared(months((20, 40))) is None


def test_a_campaign_is_no_growth_in_either_year():
    for at in (15, 16, 29):
        one = months((36, 40))
        one[at : at + 2] = 200
        assert growth.compared(one).growth == pytest.approx(0, abs=0.01)


def test_a_jump_within_the_year_moves_the_level_and_no_more():
    beside = growth.compared(months((30, 40), (6, 120)))
    assert beside.shift > 0
    ahead = growth.growth_of(beside, growth.slope_of(months((6, 40), (6, 120))), 0.5)
    assert ahead.followed == 0
    assert 80 * ahead.level(YEAR) == pytest.approx(np.full(365, 120.0), rel=1e-6)


def test_a_jump_a_year_ago_is_told_from_growth_by_the_year_itself():
    smooth = 40 * 3.0 ** (np.arange(36) / 12)
    for counted, goes_on in ((smooth, 0.8), (months((24, 40), (12, 120)), 0.1)):
        beside = growth.compared(counted)
        ahead = growth.growth_of(beside, growth.slope_of(counted[-12:]), 0.5)
        assert beside.growth == pytest.approx(np.log(3), rel=1e-6)
        assert (ahead.followed > goes_on) == (goes_on == 0.8)


def test_growth_that_is_followed_wears_off_and_its_ends_hold_both_that_it_stops_and_that_it_goes_on():
    counted = 40 * 2.0 ** (np.arange(36) / 12)
    ahead = growth.growth_of(growth.compared(counted), growth.slope_of(counted[-12:]), 0.5)
    level, error = np.log(ahead.level(YEAR)), ahead.errors(YEAR)
    stops = ahead.followed * 0.5
    assert np.all(np.diff(level, 2) < 0)
    assert np.all(level - 2 * error < stops)
    assert np.all(level + 2 * error > stops + ahead.followed * YEAR / 365.25 * 0.99)


def test_before_two_years_nothing_is_followed_and_what_rises_is_less_sure_than_what_does_not():
    flat, rising = (
        growth.growth_of(None, growth.slope_of(one), 0.3)
        for one in (months((9, 40)), np.linspace(20, 60, 9).round())
    )
    assert np.all(flat.level(YEAR) == 1)
    assert np.all(rising.level(YEAR) == 1)
    assert np.all(rising.errors(YEAR) > 1.5 * flat.errors(YEAR))


@pytest.mark.parametrize(
    ("counts", "last"),
    [
        (months((20, 40), (2, 4)), 2),
        (months((20, 40), (4, 4)), 4),
        (months((20, 40), (2, 30)), 0),  # not so few
        (months((20, 40), (1, 4)), 0),  # one month may be anything
        (np.tile(months((10, 40), (2, 4)), 3), 0),  # so it was a year before
        (months((20, 3), (2, 0)), 0),  # chance
    ],
)
def test_far_fewer_in_the_last_months_are_seen_unless_a_year_before_was_alike(counts, last):
    assert growth.fallen(counts) == last


def test_months_before_a_hole_in_the_log_are_not_compared_with_those_after_it():
    holed = months((12, 40), (12, 0), (12, 40))
    assert growth.after_gap(holed) == 24
    assert growth.compared(holed) is None
    assert growth.after_gap(months((12, 40), (12, 0))) == 0  # nobody came since: no hole, an end
    assert growth.after_gap(np.tile([2.0, 0, 0], 8)) == 0  # chance
    days = came(EVEN, 1)
    arrived = found(days[(days < END - 800) | (days > END - 240)])
    assert arrived.counted.min() > 0
    assert arrived.rate == pytest.approx(60 * 12 / 365.25, rel=0.1)


def test_a_fall_counts_with_the_running_month_once_half_of_it_is_known():
    days = came(EVEN, 5, ahead=25)
    last, fell = END + 24, END - 30
    short = days[(days < fell) | (np.arange(days.size) % 15 == 0)]
    arrived = arrivals(short, last)
    assert arrived.course is Course.FALLEN
    assert arrived.since + arrived.days == last + 1
    assert arrived.rate == pytest.approx(60 / 15 * 12 / 365.25, rel=0.7)
    assert arrived.rate == pytest.approx(np.count_nonzero(short >= arrived.since) / arrived.days)
    assert "vanaf december 2025" in rests_on(arrived, "")


@pytest.mark.parametrize(("slower", "again"), [(1.0, 1.0), (4.0, 0.58)])
def test_newcomers_come_back_as_often_as_the_newest_did_where_these_differ(slower, again):
    spend = (6.25, 3.74, 15.44)
    old = shop("bgnbd", (0.8, 6.0, 0.8, 3.0), spend, np.append(np.full(500, 1.0), np.zeros(500)), 1000, 1)
    new_ = shop("bgnbd", (0.8, 6.0 * slower, 0.8, 3.0), spend, 1.0, 500, 2)
    codes = np.append(old[0], new_[0] + old[0].max() + 1)
    days = np.append(old[1], new_[1] + 500)
    summary = of_purchases(purchases(codes, days))
    fit = fitted(Model.BGNBD, summary.frequency, summary.recency, summary.T)
    params = np.array([*fit.params.values()])
    told = again_of(functions_of(fit), params, summary, 640.0)
    assert told == pytest.approx(again, abs=0.12 if slower > 1 else 1e-12)
    assert ("minder vaak opnieuw" in rests_on(found(came(EVEN, 1)), "", told)) == (told < 1)


def test_the_words_say_what_was_reckoned_with():
    grows = rests_on(found(came(EVEN, 1, growth=0.7)), "")
    assert "meer dan in dezelfde maanden een jaar eerder: gerekend is met groei" in grows
    assert "krimp die langzaam" in rests_on(found(came(EVEN, 1, growth=-0.7)), "")
    assert "Het aantal stijgt. Zonder dezelfde" in rests_on(found(came(EVEN, 1, 1.5, growth=1.1)), "")
    assert rests_on(found(came(EVEN, 1, years=1.2)), "").endswith("laag en hoog laten er ruimte voor.")
    days = came(EVEN, 2)
    short = days[(days < END - 70) | (np.arange(days.size) % 12 == 0)]
    assert found(short).course is Course.FALLEN
    assert "Ervoor kwamen er veel meer" in rests_on(found(short), "")
    assert "veel meer dan anders" in rests_on(found(np.append(days, np.full(300, END - 100.0))), "")


@pytest.mark.slow
@pytest.mark.parametrize(("yearly", "off"), [(0.0, 0.06), (0.26, 0.12), (0.69, 0.2), (-0.69, 0.4)])
@pytest.mark.parametrize("by", [EVEN, BUSY], ids=["even", "busy"])
def test_a_year_of_new_customers_of_a_shop_that_grows_lies_between_the_ends(yearly, off, by):
    """Three years; the mean of months alone was 25 to 50 % too low, 100 % too high, and its ends held none."""
    inside, expected, real = [], 0.0, 0.0
    for seed in range(times(15)):
        days = came(by, seed, growth=yearly)
        coming = new(found(days))
        low, high = realised.counts(coming.number, coming.number_variance(), 0.95)
        year = np.count_nonzero(days > END)
        inside.append(low[-1] <= year <= high[-1])
        expected, real = expected + coming.number[-1], real + year
    assert abs(expected / real - 1) < off
    assert np.mean(inside) >= 0.9 - 3 * np.sqrt(0.9 * 0.1 / len(inside))
