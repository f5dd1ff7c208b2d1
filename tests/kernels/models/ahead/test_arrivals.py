"""How many new customers come: which months count, and how sure that is."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.ahead import realised
from klantwaarde_xl.kernels.models.ahead.arrivals import Arrivals, Course, arrivals, dispersion_ahead
from tests.examples import times
from tests.kernels.models.logs import CUT, cdnow_log, day


def came(first, *counts):
    """Days on which customers came, so many in each month from first on, on its first day."""
    months = np.datetime64(first, "M") + np.arange(len(counts))
    days = [day(str(month)) for month in months.astype("datetime64[D]")]
    return np.repeat(days, counts)


def test_a_long_log_counts_its_last_year():
    found = arrivals(came("2023-01", *[9] * 24, *[5] * 12), day("2025-12-31"))
    assert found.counted.tolist() == [5] * 12
    assert found.since == day("2025-01-01")
    assert found.rate == pytest.approx(60 / 365)


def test_a_short_log_counts_its_later_half_for_in_the_first_old_customers_pass_for_new():
    assert arrivals(came("2025-01", *range(20, 8, -1)), day("2025-12-31")).counted.size == 6
    assert arrivals(came("2025-01", 9, 5, 5, 5), day("2025-04-30")).counted.size == 3


def test_a_running_month_does_not_count_and_neither_does_one_that_began_before_the_log():
    days = np.append(day("2025-01-15"), came("2025-02", 4, 5, 6, 7))
    found = arrivals(days, day("2025-05-20"))
    assert found.counted.tolist() == [4, 5, 6]
    assert found.days == 28 + 31 + 30


def test_fewer_than_three_whole_months_tell_nothing():
    with pytest.raises(NotAvailable):
        arrivals(came("2025-01", 4, 5, 6), day("2025-03-20"))


def test_months_that_differ_more_than_chance_are_measured_to():
    calm, wild = (
        arrivals(came("2023-01", *[5] * 24, *([20] * 12 if flat else [5, 35] * 6)), day("2025-12-31"))
        for flat in (True, False)
    )
    assert calm.dispersion == 1
    assert wild.dispersion == pytest.approx(np.var([5, 35] * 6, ddof=1) / 20)
    assert dispersion_ahead(wild, 0.95) > wild.dispersion


def test_a_shop_that_stopped_winning_customers_is_told_by_the_months_in_which_nobody_came():
    codes, days, _ = cdnow_log()
    first = np.full(codes.max() + 1, np.inf)
    np.minimum.at(first, codes, days)
    found = arrivals(first[first <= CUT], CUT)
    assert found.course is Course.STOPPED
    assert found.rate == 0


def test_a_slow_shop_may_have_months_without_anyone():
    found = arrivals(came("2023-01", *[1, 0, 0, 1, 0, 0] * 5, 0, 0, 0, 0), day("2025-10-31"))
    assert found.course is not Course.STOPPED
    assert found.rate > 0


@pytest.mark.parametrize(
    ("counts", "course"),
    [
        ([10] * 6 + [30] * 6, Course.RISING),
        ([30] * 6 + [10] * 6, Course.FALLING),
        ([20, 24] * 6, Course.STEADY),
    ],
)
def test_a_change_beyond_chance_is_told(counts, course):
    assert arrivals(came("2023-01", *[20] * 24, *counts), day("2025-12-31")).course is course


@pytest.mark.slow
@pytest.mark.parametrize("months", [6, 12])
@pytest.mark.parametrize("mean", [8.0, 60.0])
@pytest.mark.parametrize("dispersion", [1.0, 2.0, 4.0])
def test_intervals_hold_what_comes(months, mean, dispersion):
    """Of 400 simulations, 4,000 in explore; next month and next year, 92 to 98 % and three times chance."""
    rng, many = np.random.default_rng(11), times(400)
    size = (many, months + 12)
    rate = mean if dispersion == 1 else rng.gamma(mean / (dispersion - 1), dispersion - 1, size)
    counts = rng.poisson(rate, size)
    inside = []
    for row in counts:
        seen = row[:months].astype(float)
        spread = max(1.0, seen.var(ddof=1) / max(seen.mean(), 1e-9))
        found = Arrivals(0.0, seen, 30.0 * months, spread, Course.STEADY)
        ahead = np.array([1.0, 12.0])
        expected = found.rate * 30 * ahead
        variance = dispersion_ahead(found, 0.95) * expected * (1 + ahead / months)
        low, high = realised.counts(expected, variance, 0.95)
        really = np.array([row[months], row[months:].sum()])
        inside.append((low <= really) & (really <= high))
    chance = 3 * np.sqrt(0.95 * 0.05 / many)
    assert np.all(np.mean(inside, axis=0) >= 0.92 - chance)
    assert np.all(np.mean(inside, axis=0) <= min(0.98 + chance, 0.999))


@pytest.mark.parametrize("until", ["2025-10-31", "2025-12-31"])
def test_a_shop_that_wins_customers_in_one_season_has_not_stopped_outside_it(until):
    """Nor begins anew in each: months of nobody that are so every year are no gap."""
    season = [*[0] * 10, 60, 30]
    days = came("2022-11", 60, 30, *season * 3)
    found = arrivals(days[days <= day(until)], day(until))
    assert found.course is not Course.STOPPED
    assert (found.counted.size, found.counted.sum()) == (12, 90)


def test_a_silence_that_is_new_or_a_year_long_is_a_stop_or_a_gap_as_it_was():
    """Nobody since summer, of a shop that sold in each month before; and a log with a year missing."""
    assert arrivals(came("2023-01", *[30] * 30, *[0] * 6), day("2025-12-31")).course is Course.STOPPED
    months = [*[30] * 12, *[0] * 12, *[20] * 8]
    assert arrivals(came("2023-01", *months), day("2025-08-31")).counted.tolist() == [20] * 8
