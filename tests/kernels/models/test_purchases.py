"""Purchases: refunds netted as a slow plain reading of the rule does it, and nothing lost on the way."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import NotAvailable, WrongType
from klantwaarde_xl.kernels.models.log.purchases import purchases

# Quarters of a euro: sums and differences of them are exact
rows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 8), st.sampled_from([0, 0.25, 0.9]), st.integers(-20, 20)),
    min_size=1,
    max_size=40,
)


def columns(log):
    customer, whole, part, quarters = zip(*log, strict=True)
    return np.array(customer), np.array(whole) + np.array(part), np.array(quarters) / 4


def slowly(log, as_of=None):
    """Day after day: buy, then give back from the latest purchase on. Per customer and day what is left."""
    seen = [row for row in log if as_of is None or row[1] <= as_of]
    left, lost, undone, free = {}, 0.0, 0, 0
    for customer in {row[0] for row in seen}:
        bought, back = defaultdict(float), defaultdict(float)
        for _, at, _, quarters in (row for row in seen if row[0] == customer):
            (back if quarters < 0 else bought)[at] += abs(quarters) / 4
        free += sum(amount == 0 for amount in bought.values())
        rest = dict(bought)
        for at in sorted(back):
            todo = back[at]
            for earlier in sorted((one for one in rest if one <= at), reverse=True):
                part = min(todo, rest[earlier])
                rest[earlier], todo = rest[earlier] - part, todo - part
            lost += todo
        gone = [at for at in rest if rest[at] == 0 and bought[at] > 0]
        undone += len(gone)
        left |= {(customer, at): rest[at] for at in rest if at not in gone}
    return left, lost, undone, free


def as_dict(found):
    keys = zip(found.customer.tolist(), found.day.tolist(), strict=True)
    return dict(zip(keys, found.amount.tolist(), strict=True))


@given(rows, st.none() | st.integers(0, 8))
def test_refunds_are_netted_as_a_plain_reading_of_the_rule_does(log, as_of):
    left, lost, undone, free = slowly(log, as_of)
    if not left:
        with pytest.raises(NotAvailable):
            purchases(*columns(log), as_of)
        return
    found = purchases(*columns(log), as_of)
    assert as_dict(found) == left
    seen = [row for row in log if as_of is None or row[1] <= as_of]
    back = [-row[3] / 4 for row in seen if row[3] < 0]
    emptied = len({row[0] for row in seen}) - len({customer for customer, _ in left})
    assert found.report == (
        len(seen),
        len(log) - len(seen),
        len(back),
        sum(back),
        lost,
        undone,
        free,
        emptied,
    )


@given(rows)
def test_no_money_is_lost(log):
    _, _, amounts = columns(log)
    try:
        found = purchases(*columns(log))
    except NotAvailable:
        return
    bought, back = amounts[amounts > 0].sum(), -amounts[amounts < 0].sum()
    assert found.amount.sum() == bought - back + found.report.unmatched
    assert found.report.refunded == back
    assert np.all(found.amount >= 0)


@given(rows, st.randoms())
def test_the_order_of_the_rows_does_not_matter(log, random):
    shuffled = random.sample(log, len(log))
    try:
        found = purchases(*columns(log))
    except NotAvailable:
        with pytest.raises(NotAvailable):
            purchases(*columns(shuffled))
        return
    again = purchases(*columns(shuffled))
    assert as_dict(again) == as_dict(found)
    assert again.report == found.report


@pytest.mark.slow
@given(rows)
def test_purchases_come_out_by_customer_and_day(log):
    customers, days, _ = columns(log)
    found = purchases(customers, days)
    pairs = list(zip(found.customer.tolist(), found.day.tolist(), strict=True))
    assert pairs == sorted(set(zip(customers.tolist(), np.floor(days).tolist(), strict=True)))
    assert np.all(found.amount == 1)  # without amounts every row counts
    assert found.report == (len(log), 0, 0, 0.0, 0.0, 0, 0, 0)


def netted(*log):
    customers, days, amounts = (np.array(column) for column in zip(*log, strict=True))
    return purchases(customers, days, amounts.astype(float))


def test_a_refund_on_the_day_of_a_purchase_is_of_that_purchase():
    assert as_dict(netted((0, 1, 10), (0, 5, 8), (0, 5, -3))) == {(0, 1): 10, (0, 5): 5}


def test_a_refund_in_the_morning_is_of_a_purchase_in_the_afternoon():
    assert as_dict(netted((0, 5.2, -3), (0, 5.8, 8))) == {(0, 5): 5}


def test_a_refund_before_any_purchase_undoes_nothing_and_is_counted():
    found = netted((0, 1, -4), (0, 5, 8))
    assert as_dict(found) == {(0, 5): 8}
    assert found.report.unmatched == 4


def test_a_refund_takes_the_latest_purchase_first():
    found = netted((0, 1, 10), (0, 2, 10), (0, 3, 10), (0, 4, -15), (0, 5, 10))
    assert as_dict(found) == {(0, 1): 10, (0, 2): 5, (0, 5): 10}
    assert found.report.undone == 1


def test_a_later_refund_goes_on_where_an_earlier_one_stopped():
    found = netted((0, 1, 10), (0, 2, 10), (0, 3, -6), (0, 4, -6))
    assert as_dict(found) == {(0, 1): 8}


def test_a_refund_never_touches_another_customer():
    found = netted((0, 1, 10), (1, 2, 10), (1, 3, -25), (2, 1, 10))
    assert as_dict(found) == {(0, 1): 10, (2, 1): 10}
    assert found.report.emptied == 1
    assert found.report.unmatched == 15


def test_a_customer_with_refunds_only_is_emptied():
    found = netted((0, 1, 10), (1, 2, -5))
    assert found.report.emptied == 1
    assert found.customer.tolist() == [0]


def test_a_free_purchase_is_a_purchase_and_a_refund_passes_it_by():
    found = netted((0, 1, 10), (0, 2, 0), (0, 3, -4))
    assert as_dict(found) == {(0, 1): 6, (0, 2): 0}
    assert found.report.free == 1
    assert found.report.undone == 0


def test_cents_that_binary_numbers_cannot_hold_leave_no_crumbs():
    # 0.1 + 0.2 is more than 0.3 by 4e-17
    found = netted((0, 1, 0.1), (0, 2, 0.2), (0, 3, -0.1), (0, 3, -0.2), (1, 1, 5))
    assert found.report.unmatched == 0
    assert found.report.undone == 2
    assert as_dict(found) == {(1, 1): 5}


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_giving_everything_back_in_one_go_leaves_no_purchase(cents):
    log = [(0, at, cent / 100) for at, cent in enumerate(cents)]
    back = (0, len(cents), -sum(cents) / 100)
    found = netted(*log, back, (1, 0, 1))
    assert found.customer.tolist() == [1]
    assert found.report.unmatched == 0
    assert found.report.undone == len(cents)


def test_a_refund_after_the_day_that_is_looked_at_does_not_count():
    found = purchases(np.array([0, 0]), np.array([1.0, 9.0]), np.array([10.0, -10.0]), as_of=8.9)
    assert found.amount.tolist() == [10]
    assert found.last_day == 8
    assert found.report.later == 1


@pytest.mark.parametrize(
    ("log", "as_of", "words"),
    [
        (([], [], []), None, "geen aankopen"),
        (([0], [5.0], [1.0]), 4, "tot en met de peildatum"),
        (([0, 0], [5.0, 6.0], [1.0, -1.0]), None, "Na aftrek van de retouren"),
    ],
)
def test_a_log_without_purchases_says_so(log, as_of, words):
    with pytest.raises(NotAvailable, match=words):
        purchases(*(np.array(column) for column in log), as_of)


@pytest.mark.parametrize("amounts", [None, np.ones(2)])
def test_columns_of_other_lengths_are_refused(amounts):
    days = np.ones(2) if amounts is None else np.ones(3)
    with pytest.raises(WrongType, match="even lang"):
        purchases(np.zeros(3, dtype=int), days, amounts)
