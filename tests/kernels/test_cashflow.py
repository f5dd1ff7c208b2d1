"""Value as a stream of amounts: over a horizon, and from past transactions."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, OutOfRange, error_of
from klantwaarde_xl.kernels import cashflow, value
from klantwaarde_xl.kernels.cashflow import Moment

rate = st.floats(0, 1, allow_subnormal=False)
interest = st.floats(-0.5, 0.5)
growth = st.floats(-0.5, 0.3)
amount = st.floats(0.01, 1e6)
horizon = st.integers(0, 60)
moment = st.sampled_from(list(Moment))

# ── finite horizon ──────────────────────────────────────────────────────────────────────────


@given(amount, rate, interest, horizon, growth, moment)
def test_finite_clv_is_its_sum_term_by_term(m, r, i, n, g, when):
    terms = [m * (1 + g) ** t * r ** (t + when / 2) / (1 + i) ** (t + when / 2) for t in range(n + 1)]
    assert cashflow.finite_clv(m, r, i, n, g, when) == pytest.approx(math.fsum(terms), rel=1e-9)


@given(amount, rate, interest, growth)
def test_at_horizon_zero_only_the_first_margin_counts(m, r, i, g):
    assert cashflow.finite_clv(m, r, i, 0, g) == pytest.approx(m, rel=1e-12)


@given(amount, rate, st.floats(0.01, 0.5), growth)
def test_a_far_horizon_is_the_clv_without_end_at_either_moment(m, r, i, g):
    assume(r * (1 + g) < 0.97 * (1 + i))
    begin = cashflow.finite_clv(m, r, i, 5000, g, Moment.BEGIN)
    end = cashflow.finite_clv(m, r, i, 5000, g, Moment.END)
    assert begin == pytest.approx(value.clv(m, r, i, g, value.Timing.NOW), rel=1e-9)
    assert end == pytest.approx(value.clv(m, r, i, g, value.Timing.LATER), rel=1e-9)


@given(amount, rate, interest, horizon, growth)
def test_the_middle_of_the_period_is_the_geometric_mean_of_its_ends(m, r, i, n, g):
    begin, middle, end = (cashflow.finite_clv(m, r, i, n, g, when) for when in Moment)
    assert middle == pytest.approx(math.sqrt(begin * end), rel=1e-9)


@given(amount, rate, interest, st.integers(0, 30))
def test_finite_clv_at_the_begin_is_klantwaarde_of_one_period_more(m, r, i, n):
    assert cashflow.finite_clv(m, r, i, n) == pytest.approx(value.customer_value(m, n + 1, 0, r, i))


def test_without_churn_interest_or_growth_margins_are_counted():
    assert cashflow.finite_clv(100, 1, 0, 11) == 1200


def test_a_horizon_that_is_negative_or_broken_is_a_num_error_and_leaves_the_others():
    got = cashflow.finite_clv(100, 0.8, 0, [2, -1, 2.5])
    assert got[0] == pytest.approx(244)
    assert [error_of(x) for x in got[1:]] == [CellError.NUM, CellError.NUM]


def test_a_sum_beyond_the_spreadsheet_is_a_num_error():
    assert error_of(cashflow.finite_clv(100, 1, 0, 5000, 1)) is CellError.NUM


@given(amount, rate, interest, horizon, growth, moment, st.floats(0, 1e6))
def test_the_last_cumulative_value_is_finite_clv_less_the_cost(m, r, i, n, g, when, cost):
    table = cashflow.cash_flow(m, r, i, n, g, when, cost)
    wanted = cashflow.finite_clv(m, r, i, n, g, when)
    assert table.cumulative[-1] == pytest.approx(wanted - cost, rel=1e-9, abs=1e-9 * (wanted + cost))


@given(amount, rate, interest, horizon, growth, moment, st.floats(0, 1e6))
def test_the_columns_of_the_cash_flow_multiply_and_add_up(m, r, i, n, g, when, cost):
    table = cashflow.cash_flow(m, r, i, n, g, when, cost)
    np.testing.assert_array_equal(table.period, np.arange(n + 1))
    np.testing.assert_allclose(table.expected, table.margin * table.survival)
    np.testing.assert_allclose(table.present, table.expected * table.factor)
    net = np.cumsum(table.present - table.cost)
    np.testing.assert_allclose(table.cumulative, net, rtol=1e-9, atol=1e-9 * (cost + table.present.sum()))


def test_the_cost_of_acquisition_falls_at_time_zero_and_once():
    assert cashflow.cash_flow(100, 0.8, 0.1, 3, acquisition_cost=70).cost.tolist() == [70, 0, 0, 0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"retention": 1.1},
        {"retention": -0.1},
        {"interest": -1},
        {"growth": -1},
        {"horizon": -1},
        {"horizon": 0.5},
        {"horizon": cashflow.LONGEST_TABLE + 1},
        {"acquisition_cost": -1},
    ],
    ids=str,
)
def test_a_cash_flow_outside_its_ranges_is_refused(wrong):
    good = {"margin": 100, "retention": 0.8, "interest": 0.1, "horizon": 3}
    cashflow.cash_flow(**good)
    with pytest.raises(OutOfRange):
        cashflow.cash_flow(**{**good, **wrong})


def test_a_cash_flow_that_overflows_has_num_errors_in_its_cells():
    table = cashflow.cash_flow(1e300, 1, 0, 100, 1)
    assert table.present[0] == 1e300
    assert error_of(table.present[-1]) is CellError.NUM


# ── past transactions ───────────────────────────────────────────────────────────────────────

rows = st.lists(
    st.tuples(st.integers(0, 9), st.integers(40_000, 41_000), st.floats(-500, 5000)), min_size=1, max_size=40
)


def columns(drawn):
    """Codes in order of first appearance, days, amounts."""
    order = list(dict.fromkeys(row[0] for row in drawn))
    codes = np.array([order.index(row[0]) for row in drawn], dtype=np.intp)
    return codes, np.array([row[1] for row in drawn], float), np.array([row[2] for row in drawn])


@given(rows, st.floats(0.01, 1), st.floats(-0.2, 0.5), st.integers(40_500, 42_000))
def test_the_customers_add_up_to_the_total(drawn, margin, i, as_of):
    codes, days, amounts = columns(drawn)
    table = cashflow.clv_per_customer(codes, days, amounts, margin, i, as_of)
    total = cashflow.total_clv(days, amounts, margin, i, as_of)
    assert math.fsum(table.value) == pytest.approx(total, rel=1e-9, abs=1e-6)


@given(rows, st.floats(0.01, 1))
def test_without_interest_the_value_is_the_margin_on_the_revenue(drawn, margin):
    table = cashflow.clv_per_customer(*columns(drawn), margin)
    np.testing.assert_allclose(table.value, table.revenue * margin, atol=1e-9)
    np.testing.assert_allclose(table.margin, table.value, atol=1e-9)


def test_a_year_of_interest_is_added_after_365_days():
    assert cashflow.total_clv(np.array([40_000.0]), np.array([100.0]), 1, 0.1, 40_365) == pytest.approx(110)


def test_a_purchase_later_on_the_day_itself_counts_in_full():
    days, amounts = np.array([40_000.75]), np.array([100.0])
    assert cashflow.total_clv(days, amounts, 1, 0.1, 40_000) == 100
    assert cashflow.total_clv(days, amounts, 1, 0.1) == 100


def test_customers_without_purchases_up_to_the_day_are_left_out_and_the_others_keep_their_code():
    codes, days, amounts = np.array([0, 1, 2]), np.array([10.0, 99.0, 11.0]), np.array([5.0, 6.0, 7.0])
    table = cashflow.clv_per_customer(codes, days, amounts, as_of=50)
    assert table.customer.tolist() == [0, 2]
    assert table.revenue.tolist() == [5, 7]


def test_a_refund_lowers_the_revenue_and_is_no_purchase():
    table = cashflow.clv_per_customer(np.array([0, 0]), np.array([1.0, 2.0]), np.array([50.0, -20.0]))
    assert (table.purchases.tolist(), table.revenue.tolist()) == ([1], [30])


def test_no_transactions_are_worth_nothing():
    nothing = np.array([])
    assert cashflow.total_clv(nothing, nothing) == 0
    assert cashflow.clv_per_customer(np.array([], dtype=np.intp), nothing, nothing).value.size == 0


def test_a_sum_of_past_margins_beyond_the_spreadsheet_is_a_num_error():
    days, amounts = np.array([0.0, 0.0]), np.array([1e308, 1e308])
    assert error_of(cashflow.total_clv(days, amounts)) is CellError.NUM
    table = cashflow.clv_per_customer(np.array([0, 0]), days, amounts)
    assert error_of(table.value[0]) is CellError.NUM
