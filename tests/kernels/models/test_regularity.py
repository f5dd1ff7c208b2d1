"""Customers who buy in step are told from those who buy at random, whatever their pace."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.regularity import regularity
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.wording import checks

DAYS = 3 * 364


def shop(shape, customers, seed, pace=42.0):
    """Days on which customers buy who come, buy at their own pace with times of that shape, and leave."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        mean, day = rng.gamma(3, pace / 3), rng.uniform(0, DAYS / 2)
        end = day + rng.exponential(600)
        while day < min(end, 2 * DAYS):
            rows.append((customer, np.floor(day)))
            day += rng.gamma(shape, mean / shape)
    codes, days = np.array(rows).T
    return codes.astype(np.intp), days


def seen(codes, days, until=DAYS):
    return prepare(Log(codes[days <= until], days[days <= until]), until)


@pytest.mark.parametrize("shape", [1.0, 2.0, 5.0])
def test_the_shape_of_the_times_between_purchases_is_found(shape):
    found = [regularity(seen(*shop(shape, 1500, seed))[0]).shape for seed in range(5)]
    assert np.mean(found) == pytest.approx(shape, rel=0.1)


def test_chance_is_seldom_taken_for_regularity_and_regularity_is_seen():
    assert sum(regularity(seen(*shop(1.0, 120, seed))[0]).is_visible for seed in range(100)) <= 2
    assert sum(regularity(seen(*shop(3.0, 120, seed))[0]).is_visible for seed in range(100)) >= 95


@pytest.mark.parametrize("pace", [2.0, 4.0, 9.0, 30.0])
def test_days_that_are_whole_make_no_regularity_of_chance(pace):
    rng = np.random.default_rng(8)
    days = np.flatnonzero(rng.random(400_000) < 1 / pace)
    codes, days = np.divmod(days, 400)
    found = regularity(prepare(Log(codes.astype(np.intp), days.astype(float)), 400.0)[0])
    assert found.shape == pytest.approx(1, abs=0.12)
    assert not found.is_visible


def held_against_later(codes, days):
    """Of customers with a chance of 30 to 70 %: the mean chance, the share that still bought; and the total.

    The total is what all were expected to buy in the year after over what they bought.
    """
    found, summary = seen(codes, days)
    times = summary.frequency, summary.recency, summary.T
    fit = face.fitted(2.0, *times)
    model, params = face.functions_of(fit), fit.params
    alive = model.p_alive(params, *times)
    came = np.bincount(codes[days > DAYS], minlength=codes.max() + 1)[np.unique(found.customer)]
    unsure = (alive > 0.3) & (alive < 0.7)
    year = (days > DAYS) & (days <= DAYS + 364)
    bought = np.isin(codes[year], found.customer).sum()
    expected = model.conditional_expected(params, *times, 52.0).sum()
    return alive[unsure].mean(), (came[unsure] > 0).mean(), expected / bought


def test_what_is_said_is_so():
    """Of the uncertain fewer are left than the model says, and all together buy less."""
    drawn = [shop(3.0, 1500, seed) for seed in range(3)]
    assert all(regularity(seen(*one)[0]).is_visible for one in drawn)
    told, left, total = np.mean([held_against_later(*one) for one in drawn], axis=0)
    assert left < told - 0.1
    assert 1.03 < total < 1.3


def test_it_is_that_of_the_last_three_purchases_of_each():
    codes = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3], dtype=np.intp)
    days = np.array([1.0, 5.0, 15.0, 45.0, 1.0, 90.0, 10.0, 30.0, 40.0, 7.0, 9.0, 12.0])
    found = regularity(prepare(Log(codes, days), 100.0)[0])
    spread = np.mean([(30 / 40 - 0.5) ** 2, (10 / 30 - 0.5) ** 2])  # one bought twice, one too fast to tell
    spread /= np.mean([(39**2 - 1) / 40**2, (29**2 - 1) / 30**2])
    assert found.customers == 2
    assert found.shape == pytest.approx((1 - 4 * spread) / (8 * spread))


def test_nobody_with_three_purchases_shows_nothing():
    found = regularity(prepare(Log(np.array([0, 1, 1]), np.array([1.0, 1.0, 9.0])), 20.0)[0])
    assert (found.customers, found.is_visible, checks.regular(found)) == (0, False, "")


def test_clockwork_is_as_regular_as_can_be():
    codes, days = np.repeat(np.arange(40), 6), np.tile(np.arange(6) * 30.0, 40)
    found = regularity(prepare(Log(codes, days), 200.0)[0])
    assert (found.shape, found.is_visible) == (np.inf, True)
