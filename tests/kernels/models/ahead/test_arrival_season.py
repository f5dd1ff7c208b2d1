"""New customers come by a season where that proves itself, and evenly elsewhere."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.ahead import realised
from klantwaarde_xl.kernels.models.ahead.arrival_season import season_of_arrivals
from klantwaarde_xl.kernels.models.ahead.arrivals import Course, arrivals
from klantwaarde_xl.kernels.models.ahead.days import months_ahead, windows
from klantwaarde_xl.kernels.models.ahead.newcomers import Newcomers
from klantwaarde_xl.kernels.models.ahead.spread import First
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS
from klantwaarde_xl.kernels.models.season.proof import Verdict
from klantwaarde_xl.wording.ahead import rests_on
from tests.examples import times
from tests.kernels.models.logs import day

BUSY = np.array([0.8, 0.7, 0.8, 0.8, 0.9, 0.8, 0.7, 0.7, 0.9, 1.0, 2.4, 2.7])  # of each month, 1 on average
BUSY = BUSY / BUSY.mean()
EVEN = np.ones(12)
END = day("2025-12-31")
NO_SPREAD = First(1.0, 1.0, 1)


def came(by, seed, years=3.0, mean=60.0, wide=1.0, passing=0.0, growth=0.0, ahead=366):
    """Days on which customers came, until a year after the end.

    wide: variance of a month's number in its mean; passing: how many times as many there are at the begin,
    because old customers pass for new; growth: of the log, a year.
    """
    rng = np.random.default_rng(seed)
    days = np.arange(END - round(365.25 * years) + 1, END + ahead)
    month = (np.datetime64("1899-12-30") + days.astype(int)).astype("datetime64[M]").astype(int)
    rate = by[month % 12] * np.exp(growth * (days - END) / 365) + passing * np.exp(-(days - days[0]) / 60)
    if wide > 1:
        each = rng.gamma(mean / (wide - 1), (wide - 1) / mean, month.max() - month.min() + 1)
        rate = rate * each[month - month.min()]
    return np.repeat(days, rng.poisson(rate * mean * 12 / 365.25))


def found(days, calendars=(MONTHS, SHOPS)):
    return arrivals(days[days <= END], END, calendars)


def new(arrived, ahead=12):
    coming = windows(months_ahead(END, ahead), END, None, 7.0)
    return Newcomers(arrived, NO_SPREAD, coming, END, 0.95)


def test_a_season_of_new_customers_is_seen_and_spreads_those_to_come():
    arrived = found(came(BUSY, 1))
    assert arrived.season is not None
    assert arrived.course is Course.STEADY
    *months, year = new(arrived).number
    assert months == pytest.approx(60 * BUSY, rel=0.25)
    assert year == pytest.approx(sum(months))
    assert year == pytest.approx(720, rel=0.1)


def test_it_is_seen_too_where_old_customers_pass_for_new_at_the_begin_or_ever_more_come():
    passing = found(came(BUSY, 2, passing=4.0))
    assert passing.course is Course.STEADY
    assert new(passing).number[:-1] == pytest.approx(60 * BUSY, rel=0.3)
    growing = found(came(BUSY, 3, mean=300, growth=0.5))
    assert growing.course is Course.RISING
    assert new(growing).number[10] / new(growing).number[5] == pytest.approx(BUSY[10] / BUSY[5], rel=0.3)


@pytest.mark.slow
def test_months_without_a_season_are_even_whatever_they_differ_by():
    seasons = [found(came(EVEN, seed, mean=30, wide=3.0)).season for seed in range(times(30))]
    assert sum(season is not None for season in seasons) <= 1 + len(seasons) / 30


def test_less_than_104_weeks_are_even_and_the_words_say_why():
    arrived = found(came(BUSY, 1, years=1.9))
    assert arrived.season is None
    assert arrived.proof.verdict is Verdict.TOO_SHORT
    assert "elke maand evenveel (seizoen: minder dan 104 weken" in rests_on(arrived, "")


def test_who_all_came_in_the_first_month_have_no_season_and_raise_no_warning():
    days = np.repeat(np.arange(END - 5 * 365, END - 5 * 365 + 28), 10)
    got = season_of_arrivals(days.astype(float), float(END), (MONTHS, SHOPS))
    assert (got.verdict, got.gain, got.season) == (Verdict.NOT_BETTER, 0.0, None)


def test_where_no_season_is_asked_for_none_is_looked_for():
    arrived = found(came(BUSY, 1), ())
    assert arrived.proof is None
    assert "per maand, elke maand evenveel." in rests_on(arrived, "")


def test_the_words_say_by_which_season_they_come():
    assert "naar het seizoen van nieuwe klanten (maanden)" in rests_on(found(came(BUSY, 1), (MONTHS,)), "")


def test_a_season_tells_months_apart_better_than_none():
    days = came(BUSY, 4)
    real = np.histogram(days, END + 1 + months_ahead(END, 12))[0]
    off = [np.abs(new(found(days, by)).number[:-1] - real).sum() / real.sum() for by in ((MONTHS,), ())]
    assert off[0] < 0.16 < 0.4 < off[1]


@pytest.mark.slow
@pytest.mark.parametrize("wide", [1.0, 3.0])
@pytest.mark.parametrize("years", [2.0, 3.0])
def test_the_ends_of_months_in_a_season_hold_what_comes(years, wide):
    """Of 40 simulations, 400 in explore, where a season is used: at least 92 % of months and years."""
    inside = []
    for seed in range(times(40)):
        days = came(BUSY, seed, years, wide=wide)
        arrived = found(days, (MONTHS,))
        if arrived.season is None:
            continue
        coming = new(arrived)
        low, high = realised.counts(coming.number, coming.number_variance(), 0.95)
        real = np.histogram(days, END + 1 + months_ahead(END, 12))[0]
        real = np.append(real, real.sum())
        inside.append((low <= real) & (real <= high))
    inside = np.array(inside)
    chance = 3 * np.sqrt(0.95 * 0.05 / len(inside))
    assert len(inside) > times(40) / 3
    print(inside[:, :-1].mean(), inside[:, -1].mean())  # noqa: T201 - for pytest -rA
    assert inside[:, :-1].mean() >= 0.92 - chance / 3
    assert inside[:, -1].mean() >= 0.92 - chance


@pytest.mark.parametrize("last", [0, 1])
def test_a_shop_that_won_nobody_of_late_has_no_season_of_newcomers(last):
    """Nor a remark of a library about noughts: these are errors here."""
    days = came(BUSY, 3, ahead=0)
    old = days[days < END - 500]
    assert found(np.append(old, [END - 20.0] * last)).season is None
