"""What new customers cost, what they return, and how many are needed."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels import acquisition, value
from klantwaarde_xl.kernels.acquisition import Reference, Rounding
from klantwaarde_xl.kernels.value import Basis

amount = st.floats(0.01, 1e6)
count = st.integers(1, 10_000)
basis = st.sampled_from(list(Basis))


# ── value against its cost ──────────────────────────────────────────────────────────────────

# Gupta & Lehmann (2003), Customers as assets, table 1
TABLE = [
    (0.6, (1.20, 1.15, 1.11, 1.07)),
    (0.7, (1.75, 1.67, 1.59, 1.52)),
    (0.8, (2.67, 2.50, 2.35, 2.22)),
    (0.9, (4.50, 4.09, 3.75, 3.46)),
]


@pytest.mark.parametrize(("r", "row"), TABLE)
def test_the_margin_multiple_is_that_of_gupta_and_lehmann_to_every_printed_digit(r, row):
    multiples = value.margin_multiple(r, [0.10, 0.12, 0.14, 0.16])
    assert [round(x, 2) for x in multiples.tolist()] == list(row)


@given(amount, st.floats(0, 1), st.floats(0.01, 0.5), st.floats(-0.5, 0), st.sampled_from(list(value.Timing)))
def test_the_margin_times_its_multiple_is_the_clv(m, r, i, g, timing):
    clv = value.clv(m, r, i, g, timing)
    assert m * value.margin_multiple(r, i, g, timing) == pytest.approx(clv)


def test_a_margin_multiple_whose_sum_diverges_is_a_num_error():
    assert error_of(value.margin_multiple(1, 0)) is CellError.NUM


@given(amount, amount)
def test_margin_is_one_less_the_share_of_costs(revenue, costs):
    margin = value.margin(revenue, costs)
    assert margin <= 1
    assert margin == pytest.approx(1 - costs / revenue)


def test_margin_without_revenue_is_a_division_by_zero():
    got = value.margin([0, -1, 1], [10, 10, -10])
    assert [error_of(x) for x in got] == [CellError.DIV0, CellError.NUM, CellError.NUM]


@given(st.floats(-1e6, 1e6), amount)
def test_gross_and_net_ratio_differ_by_exactly_one(clv, cac):
    gross = value.clv_cac_ratio(clv, cac)
    net = value.clv_cac_ratio(clv, cac, Basis.NET)
    assert gross - net == pytest.approx(1, abs=1e-6)
    assert net == pytest.approx(value.net_clv(clv, cac) / cac, abs=1e-6)


@given(amount, st.floats(0.1, 20), basis)
def test_at_the_highest_cac_the_ratio_is_the_target(clv, target, which):
    assert value.clv_cac_ratio(clv, value.highest_cac(clv, target, which), which) == pytest.approx(target)


def test_the_rule_of_thumb_is_three_to_one():
    assert value.highest_cac(300) == 100
    assert value.clv_cac_ratio(300, 100) == 3


def test_a_ratio_without_cost_is_a_division_by_zero_and_a_loss_is_allowed():
    got = value.clv_cac_ratio([300, 300, -50], [0, -1, 100])
    assert [error_of(x) for x in got[:2]] == [CellError.DIV0, CellError.NUM]
    assert got[2] == -0.5


def test_no_cost_is_low_enough_for_a_customer_who_brings_a_loss():
    got = value.highest_cac([-50, 300, 300], [3, 0, -1])
    assert [error_of(x) for x in got] == [CellError.NA, CellError.DIV0, CellError.NUM]


def test_a_net_ratio_of_zero_lets_acquisition_cost_the_whole_value():
    assert value.highest_cac(300, 0, Basis.NET) == 300


# ── channels and campaigns ──────────────────────────────────────────────────────────────────


@given(amount, count, st.integers(0, 9999), amount)
def test_paid_cac_is_at_least_the_blended_one(costs, new, organic, other):
    assume(organic < new)
    paid = acquisition.paid_cac(costs, new, organic, other)
    assert paid >= acquisition.cac(costs + other, new) * (1 - 1e-12)


def test_without_organic_customers_paid_and_blended_are_the_same():
    assert acquisition.paid_cac(10_000, 200, 0) == acquisition.cac(10_000, 200) == 50


def test_paid_cac_without_paid_customers_is_a_division_by_zero():
    got = acquisition.paid_cac(100, [10, 10, 10], [10, 11, -1])
    assert [error_of(x) for x in got] == [CellError.DIV0, CellError.NUM, CellError.NUM]


rows = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1e6), st.integers(0, 500)), min_size=1, max_size=30)


@given(rows)
def test_channels_weighted_by_their_customers_give_the_blended_cac(drawn):
    order = list(dict.fromkeys(row[0] for row in drawn))
    codes = np.array([order.index(row[0]) for row in drawn], dtype=np.intp)
    costs, new = np.array([row[1] for row in drawn]), np.array([float(row[2]) for row in drawn])
    assume(new.sum() > 0)
    table = acquisition.cac_per_channel(codes, costs, new)
    assert table.blended[0] == pytest.approx(costs.sum() / new.sum())
    assert math.fsum(table.customer_share) == pytest.approx(1)
    served = table.new_customers > 0
    spent = math.fsum(table.cac[served] * table.new_customers[served]) + table.costs[~served].sum()
    assert spent / new.sum() == pytest.approx(table.blended[0])
    assert {error_of(x) for x in table.cac[~served]} <= {CellError.DIV0}


def test_when_no_channel_brings_anyone_every_cac_is_a_division_by_zero():
    table = acquisition.cac_per_channel(np.array([0, 1]), np.array([5.0, 5.0]), np.zeros(2))
    for column in (table.cac, table.blended, table.customer_share):
        assert {error_of(x) for x in column} == {CellError.DIV0}
    assert table.cost_share.tolist() == [0.5, 0.5]


def test_channels_with_negative_numbers_or_no_rows_are_refused():
    one = np.array([0])
    with pytest.raises(OutOfRange):
        acquisition.cac_per_channel(one, np.array([-1.0]), np.array([1.0]))
    with pytest.raises(OutOfRange):
        acquisition.cac_per_channel(one, np.array([1.0]), np.array([-1.0]))
    with pytest.raises(NotAvailable):
        acquisition.cac_per_channel(np.array([], dtype=np.intp), np.array([]), np.array([]))


def test_more_new_customers_than_prospects_is_a_num_error_and_than_customers_is_growth():
    assert acquisition.acquisition_rate(50, 40) == 1.25
    assert error_of(acquisition.acquisition_rate(50, 40, Reference.PROSPECTS)) is CellError.NUM
    assert error_of(acquisition.acquisition_rate(50, 0, Reference.PROSPECTS)) is CellError.DIV0


@given(amount, count, amount, st.floats(0.01, 1))
def test_a_campaign_breaks_even_when_cac_is_the_margin(costs, new, each, margin):
    roi = acquisition.campaign_roi(costs, new, each, margin)
    assert roi == pytest.approx(each * margin / acquisition.cac(costs, new) - 1, abs=1e-9, rel=1e-9)


def test_a_campaign_that_brings_no_one_loses_all_and_one_without_cost_has_no_return():
    got = acquisition.campaign_roi([2000, 0, -1], [0, 5, 5], 500)
    assert got[0] == -1
    assert [error_of(x) for x in got[1:]] == [CellError.DIV0, CellError.NUM]


@given(amount, st.floats(1, 1e4), st.floats(0, 0.9))
def test_break_even_is_the_first_whole_customer_that_covers_the_fixed_costs(fixed, revenue, part):
    variable = part * revenue
    needed = acquisition.break_even_customers(fixed, revenue, variable)
    earned = revenue - variable
    assert needed == int(needed)
    assert needed * earned >= fixed * (1 - 1e-9)
    assert (needed - 1) * earned < fixed * (1 + 1e-9)


def test_break_even_that_comes_out_whole_is_not_rounded_further():
    assert 597 / 19.9 > 30  # in binary: 30.000000000000004
    assert acquisition.break_even_customers([597, 2.1, 1000], [19.9, 0.7, 10]).tolist() == [30, 3, 100]


def test_break_even_may_be_broken_when_asked():
    assert acquisition.break_even_customers(1000, 50, 20, Rounding.NONE) == pytest.approx(100 / 3)


def test_a_customer_who_brings_in_nothing_never_breaks_even():
    got = acquisition.break_even_customers(1000, [20, 10], 20)
    assert [error_of(x) for x in got] == [CellError.NUM, CellError.NUM]
