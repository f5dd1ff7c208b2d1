"""Repeat rate, intervals and drop-out: counted by hand, and against plain counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import DivisionByZero, NotAvailable, OutOfRange
from klantwaarde_xl.kernels import behaviour as b
from klantwaarde_xl.kernels.behaviour import Average, Base, SameDay, Weight

log = st.lists(st.tuples(st.integers(0, 6), st.integers(40000, 40060)), min_size=1, max_size=60)
NOTHING = np.array([], dtype=np.intp), np.array([])


def columns(rows):
    return np.array([c for c, _ in rows], dtype=np.intp), np.array([float(d) for _, d in rows])


def by_customer(rows, same_day=SameDay.TOGETHER):
    """Sorted days of each customer, the slow way."""
    found = {}
    for customer, day in rows:
        found.setdefault(customer, []).append(day)
    return [sorted(set(days)) if same_day == SameDay.TOGETHER else sorted(days) for days in found.values()]


@given(log, st.sampled_from(SameDay))
def test_the_repeat_rate_is_the_share_with_two_purchases(rows, same_day):
    days = by_customer(rows, same_day)
    assert b.repeat_rate(*columns(rows), same_day) == pytest.approx(sum(len(d) > 1 for d in days) / len(days))


@given(log, st.integers(0, 40))
def test_a_window_counts_customers_followed_that_long_and_no_others(rows, window):
    last = max(day for _, day in rows)
    followed = [d for d in by_customer(rows) if d[0] + window <= last]
    if not followed:
        with pytest.raises(DivisionByZero):
            b.repeat_rate(*columns(rows), SameDay.TOGETHER, window)
        return
    wanted = sum(len(d) > 1 and d[1] - d[0] <= window for d in followed) / len(followed)
    assert b.repeat_rate(*columns(rows), SameDay.TOGETHER, window) == pytest.approx(wanted)


@given(log, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert b.repeat_rate(*columns(rows)) == b.repeat_rate(*columns(shuffled))
    before, after = b.purchase_ladder(*columns(rows)), b.purchase_ladder(*columns(shuffled))
    np.testing.assert_array_equal(np.array(before), np.array(after))


@given(log, st.sampled_from(SameDay))
def test_intervals_are_the_gaps_within_customers(rows, same_day):
    gaps = [gap for d in by_customer(rows, same_day) for gap in np.diff(d)]
    if not gaps:
        with pytest.raises(NotAvailable):
            b.purchase_interval(*columns(rows), same_day=same_day)
        return
    got = [b.purchase_interval(*columns(rows), average, same_day=same_day) for average in Average]
    assert got == pytest.approx([np.mean(gaps), np.median(gaps)])


@given(log)
def test_by_customer_each_counts_once(rows):
    means = [np.mean(np.diff(d)) for d in by_customer(rows) if len(d) > 1]
    if means:
        got = [b.purchase_interval(*columns(rows), average, Weight.CUSTOMERS) for average in Average]
        assert got == pytest.approx([np.mean(means), np.median(means)])


def test_a_frequent_buyer_weighs_more_by_interval_than_by_customer():
    rows = [(0, day) for day in range(0, 101, 10)] + [(1, 0), (1, 90)]
    assert b.purchase_interval(*columns(rows)) == pytest.approx((10 * 10 + 90) / 11)
    assert b.purchase_interval(*columns(rows), Average.MEAN, Weight.CUSTOMERS) == (10 + 90) / 2


def test_times_of_day_do_not_split_a_day():
    customers, days = columns([(0, 40000), (0, 40000)])
    days += [0.3, 0.8]
    assert b.repeat_rate(customers, days) == 0


@given(log, st.sampled_from(SameDay))
def test_the_ladder_counts_who_stopped_where(rows, same_day):
    ladder = b.purchase_ladder(*columns(rows), highest=100, same_day=same_day)
    counts = [len(d) for d in by_customer(rows, same_day)]
    assert ladder.number.tolist() == list(range(1, max(counts) + 1))
    assert ladder.customers.tolist() == [sum(c >= n for c in counts) for n in ladder.number]
    assert ladder.stopped.sum() == len(counts)
    assert ladder.again + ladder.dropout == pytest.approx(np.ones(len(ladder.number)))


@given(log)
def test_the_first_step_of_the_ladder_is_the_repeat_rate(rows):
    assert b.purchase_ladder(*columns(rows)).again[0] == pytest.approx(b.repeat_rate(*columns(rows)))


@given(log)
def test_the_product_of_the_steps_is_the_share_that_got_there(rows):
    ladder = b.purchase_ladder(*columns(rows), highest=100)
    reached = ladder.customers[1:] / ladder.customers[0]
    assert np.cumprod(ladder.again)[:-1] == pytest.approx(reached)


def test_a_purchase_of_last_week_is_not_a_departure():
    rows = [(0, 100), (0, 130), (1, 110), (2, 195), (3, 100), (3, 200)]
    assert b.purchase_ladder(*columns(rows)).stopped.tolist() == [2, 2]
    waited = b.purchase_ladder(*columns(rows), wait=30)
    assert waited.customers.tolist() == [3, 1]
    assert waited.stopped.tolist() == [1, 1]


def test_the_ladder_ends_where_it_is_told():
    rows = [(0, day) for day in range(50)]
    assert b.purchase_ladder(*columns(rows)).number[-1] == 20
    assert b.purchase_ladder(*columns(rows), highest=3).again.tolist() == [1, 1, 1]


@given(log, st.sampled_from(SameDay))
def test_frequency_is_purchases_over_customers(rows, same_day):
    days = by_customer(rows, same_day)
    got = b.purchases_per_customer(*columns(rows), same_day=same_day)
    assert got == pytest.approx(sum(map(len, days)) / len(days))


def test_both_ends_of_a_period_count_and_times_of_the_last_day_too():
    customers, days = columns([(0, 100), (1, 110), (1, 120), (2, 90)])
    days[2] += 0.9
    assert b.purchases_per_customer(customers, days, 100, 120) == 1.5
    assert b.purchases_per_customer(customers, days, 100, 120, Base.ALL) == 1.0
    assert b.purchases_per_customer(customers, days, None, 100) == 1.0


@pytest.mark.parametrize("kernel", [b.repeat_rate, b.purchases_per_customer])
def test_no_customers_is_a_division_by_zero(kernel):
    with pytest.raises(DivisionByZero):
        kernel(*NOTHING)


@pytest.mark.parametrize("kernel", [b.purchase_interval, b.purchase_ladder])
def test_no_purchases_have_no_interval_and_no_ladder(kernel):
    with pytest.raises(NotAvailable):
        kernel(*NOTHING)


@pytest.mark.parametrize("wrong", [{"wait": -1}, {"highest": 0}, {"highest": 2.5}])
def test_a_ladder_of_impossible_size_is_refused(wrong):
    with pytest.raises(OutOfRange):
        b.purchase_ladder(*columns([(0, 1)]), **wrong)
