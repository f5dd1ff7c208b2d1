"""The example data: its whole months stay as they were, and a month runs after them."""

import hashlib

import pytest

from klantwaarde_xl.data.sample import FIRST_DAY, LAST_DAY, RUNS_TO, sample_csv, sample_orders

# Of the CSV as it was before a month ran
WHOLE = {
    300: "afdb50840e53c98bb2bdfac98c3acb6b892ac9c1f5ee5d5d1ef0120e864460b4",
    1000: "1e5e164ed6f20c5961e6ac3b81cfc0c5e87596c565415c8fd5a2fe085aa72861",
    3200: "3071711f7ddaba11366400960700bafac08dd8e8f0125223283a0c7ddcf8766d",
}


@pytest.mark.slow
@pytest.mark.parametrize("customers", WHOLE)
def test_the_rows_of_the_whole_months_stay_as_they_are(customers):
    whole = [order for order in sample_orders(customers) if order.day <= LAST_DAY]
    assert hashlib.sha256(sample_csv(whole).encode()).hexdigest() == WHOLE[customers]


@pytest.mark.slow
def test_the_running_month_is_appended():
    orders, whole = sample_orders(), sample_orders(running=False)
    assert orders[: len(whole)] == whole
    running = orders[len(whole) :]
    assert running == sorted(running, key=lambda order: order.day)
    assert {order.day.month for order in running} == {11}
    assert max(order.day for order in running) == RUNS_TO
    assert min(order.day for order in orders) >= FIRST_DAY


@pytest.mark.slow
def test_the_running_month_brings_new_customers_and_old_ones():
    orders = sample_orders()
    known = {order.customer for order in orders if order.day <= LAST_DAY}
    running = {order.customer for order in orders if order.day > LAST_DAY and order.amount > 0}
    assert 50 < len(running - known) < len(running & known)


@pytest.mark.slow
def test_a_refund_in_the_running_month_is_of_an_order_in_it():
    orders = [order for order in sample_orders() if order.day > LAST_DAY]
    bought = {(order.customer, order.amount) for order in orders}
    refunds = [order for order in orders if order.amount < 0]
    assert refunds
    assert all((order.customer, -order.amount) in bought for order in refunds)


def test_drawing_twice_gives_the_same():
    assert sample_orders(50) == sample_orders(50)
