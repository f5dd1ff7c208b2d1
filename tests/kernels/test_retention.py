"""Retention, churn and revenue retention: worked figures and identities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, error_of
from klantwaarde_xl.kernels import retention as r
from klantwaarde_xl.kernels.retention import Denominator, FirstPeriod, RevenueMeasure

cents = st.integers(0, 10**8).map(lambda n: n / 100)
customers = st.lists(st.tuples(cents, cents), min_size=1, max_size=40)


@given(st.integers(1, 10**6), st.data())
def test_retention_and_churn_of_the_start_add_up_to_one_however_many_are_new(begin, data):
    lost, new = data.draw(st.integers(0, begin)), data.draw(st.integers(0, 10**6))
    kept = r.retention_rate(begin, begin - lost + new, new)
    assert kept + r.churn_rate(begin, lost, new) == pytest.approx(1)


def test_new_customers_lower_the_churn_of_both_other_denominators():
    assert r.churn_rate(200, 10, 50, Denominator.BEGIN) == 10 / 200
    assert r.churn_rate(200, 10, 50, Denominator.AVERAGE) == 10 / ((200 + 240) / 2)
    assert r.churn_rate(200, 10, 50, Denominator.BEGIN_AND_NEW) == 10 / 250


def test_when_as_many_come_as_go_the_average_is_the_start():
    assert r.churn_rate(200, 10, 10, Denominator.AVERAGE) == r.churn_rate(200, 10)


def test_on_the_average_the_churn_of_a_business_that_lost_everyone_is_two():
    assert r.churn_rate(200, 200, 0, Denominator.AVERAGE) == 2.0


def test_new_customers_who_left_again_only_fit_a_denominator_that_holds_them():
    begin, plus = r.churn_rate(10, 15, 20), r.churn_rate(10, 15, 20, Denominator.BEGIN_AND_NEW)
    assert error_of(begin) is CellError.NUM
    assert plus == 0.5


def test_nobody_on_average_is_a_division_by_zero():
    assert error_of(r.churn_rate(0, 5, 5, Denominator.AVERAGE)) is CellError.DIV0


@given(st.floats(0.001, 1))
def test_leaving_out_the_first_period_shortens_a_lifetime_by_exactly_one(churn):
    shorter = r.expected_lifetime(churn, FirstPeriod.EXCLUDED)
    assert r.expected_lifetime(churn) - shorter == pytest.approx(1, rel=1e-9)


@given(st.floats(0.05, 1))
def test_a_lifetime_is_the_sum_of_the_chances_to_be_there(churn):
    there = np.sum((1 - churn) ** np.arange(2000))
    assert r.expected_lifetime(churn) == pytest.approx(there, rel=1e-9)


@given(cents, cents, cents, cents)
def test_net_retention_is_gross_retention_plus_growth(begin, grown, shrunk, lost):
    begin += shrunk + lost + 0.01
    gross = r.gross_revenue_retention(begin, shrunk, lost)
    assert r.net_revenue_retention(begin, grown, shrunk, lost) == pytest.approx(gross + grown / begin)
    assert 0 <= gross <= 1


@given(cents, cents, cents, cents)
def test_revenue_churn_is_one_minus_revenue_retention(begin, grown, shrunk, lost):
    begin += shrunk + lost + 0.01
    gross, net = r.revenue_churn(begin, shrunk, lost), r.revenue_churn(begin, shrunk, lost, grown)
    assert gross + r.gross_revenue_retention(begin, shrunk, lost) == pytest.approx(1)
    assert net + r.net_revenue_retention(begin, grown, shrunk, lost) == pytest.approx(1, abs=1e-9)


def test_losing_everything_in_parts_that_do_not_add_up_in_binary_is_zero_and_no_error():
    assert 0.1 + 0.2 > 0.3
    assert r.gross_revenue_retention(0.3, 0.1, 0.2) == 0
    assert r.net_revenue_retention(0.3, 0, 0.1, 0.2) == 0
    assert r.revenue_churn(0.3, 0.1, 0.2) == 1


def test_losing_a_cent_more_than_there_was_is_an_error():
    assert error_of(r.gross_revenue_retention(1e6, 1e6, 0.01)) is CellError.NUM


@given(customers)
def test_gross_retention_per_customer_never_exceeds_net_or_one(pairs):
    begin, end = np.array(pairs).T
    if not begin.any():
        with pytest.raises(DivisionByZero):
            r.revenue_retention(begin, end)
        return
    gross = r.revenue_retention(begin, end, RevenueMeasure.GROSS)
    assert gross <= 1
    assert gross <= r.revenue_retention(begin, end) * (1 + 1e-12)


@given(customers)
def test_the_bridge_leads_from_start_to_end_and_gives_both_retentions(pairs):
    begin, end = np.array(pairs).T
    bridge = r.revenue_bridge(begin, end)
    start, grown, shrunk, lost, new, finish = bridge.revenue
    assert start + grown - shrunk - lost + new == pytest.approx(finish, abs=1e-6)
    assert bridge.customers[0] - bridge.customers[3] + bridge.customers[4] == bridge.customers[5]
    if start:
        net = r.net_revenue_retention(start, grown, shrunk, lost)
        assert net == pytest.approx(r.revenue_retention(begin, end), abs=1e-9)
        gross = r.gross_revenue_retention(start, shrunk, lost)
        assert gross == pytest.approx(r.revenue_retention(begin, end, RevenueMeasure.GROSS), abs=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_with_one_euro_each_all_measures_are_the_retention_of_customers(pairs):
    begin, end = np.array(pairs, dtype=float).T
    kept = np.count_nonzero(begin * end)
    if begin.any():
        wanted = r.retention_rate(begin.sum(), end.sum(), end.sum() - kept)
        assert [r.revenue_retention(begin, end, m) for m in RevenueMeasure] == pytest.approx([wanted] * 3)


def test_new_customers_do_not_help_revenue_retention():
    begin, end = np.array([100.0, 0.0]), np.array([50.0, 900.0])
    assert r.revenue_retention(begin, end) == 0.5


@pytest.mark.parametrize("kernel", [r.revenue_retention, r.revenue_bridge])
def test_negative_revenue_is_refused(kernel):
    with pytest.raises(OutOfRange):
        kernel(np.array([1.0, -1.0]), np.array([1.0, 1.0]))
