"""RFM scores and segments, Pareto, ABC and Gini: published figures and identities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, DivisionByZero, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels import concentration, rfm
from klantwaarde_xl.kernels.concentration import Correction
from klantwaarde_xl.kernels.rfm import AllEqual, Direction, Nesting
from klantwaarde_xl.wording.segments import SEGMENT_ACTIONS, SEGMENT_NAMES

cents = st.lists(st.integers(0, 100_000), min_size=1, max_size=60).filter(any)
values = cents.map(lambda amounts: np.array(amounts) / 100)
shares = st.floats(0.01, 1)


def figures(n, seed):
    rng = np.random.default_rng(seed)
    return (
        rng.permutation(n).astype(float),
        rng.permutation(n).astype(float),
        rng.permutation(n).astype(float),
    )


# ── RFM ─────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=60))
def test_the_lowest_scores_best_where_low_is_good(numbers):
    column = np.array(numbers)
    low = rfm.score_values(column, Direction.LOW)
    assert (low.score == rfm.score_values(-column).score).all()
    assert (low.value == column).all()


def test_equal_figures_have_no_score_when_so_asked():
    assert rfm.score_values(np.ones(6)).score.tolist() == [3] * 6
    with pytest.raises(NotAvailable):
        rfm.score_values(np.ones(6), Direction.HIGH, AllEqual.NOT_AVAILABLE)


def test_nested_scores_spread_each_group_evenly():
    # 125 customers without ties: every one of the 125 combinations occurs exactly once
    table = rfm.score_customers(*figures(125, 7), Nesting.NESTED)
    combined = 100 * table.r.astype(int) + 10 * table.f + table.m
    assert len(set(combined.tolist())) == 125


def test_independent_scores_are_the_default_and_spread_each_figure_evenly():
    table = rfm.score_customers(*figures(125, 7))
    for score in (table.r, table.f, table.m):
        assert np.bincount(score).tolist() == [0, 25, 25, 25, 25, 25]
    assert len({(r, f, m) for r, f, m in zip(table.r, table.f, table.m, strict=True)}) < 125


@given(st.integers(5, 80), st.integers(0, 99))
def test_nesting_leaves_recency_alone(n, seed):
    nested, plain = (rfm.score_customers(*figures(n, seed), nesting) for nesting in (1, 0))
    assert (nested.r == plain.r).all()


def test_a_nested_frequency_ranks_only_within_its_recency():
    recency, frequency = np.array([1.0, 1, 1, 9, 9, 9]), np.array([1.0, 2, 3, 100, 200, 300])
    table = rfm.score_customers(recency, frequency, frequency, Nesting.NESTED)
    assert table.f[:3].tolist() == table.f[3:].tolist()


def test_scores_that_are_no_scores_have_no_segment():
    got = rfm.segment_of_scores([5, 0, 6, 2.5], [5, 3, 3, 3], [5, 3, 3, 3])
    assert got[0] == 0
    assert [error_of(x) for x in got[1:]] == [CellError.NUM] * 3


def test_every_segment_has_a_name_and_an_action_of_its_own():
    assert len(set(SEGMENT_NAMES)) == len(set(SEGMENT_ACTIONS)) == len(rfm.Segment) == 11


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_one_customers_segment_is_that_of_the_table(r, f, m):
    table = rfm.segment_codes(*(np.array([s], dtype=np.int8) for s in (r, f, m)))
    assert rfm.segment_of_scores(r, f, m) == table[0]


# ── concentration ───────────────────────────────────────────────────────────────────────────


def test_the_gini_of_ten_incomes_is_0_384():
    # justaaa.com, economics 35719: G = (1/10)(10 + 1 − 2 × 1526000/426000)
    incomes = np.array([8, 22, 45, 85, 11, 35, 115, 40, 37, 28]) * 1000.0
    assert round(concentration.gini(incomes), 3) == 0.384


def test_the_gini_of_twenty_incomes_is_0_38625():
    # docstoc.com 10699438, GINI: 20 people, income 320,000 in all
    incomes = [1, 3, 4, 5, 6, 8, 8, 9, 11, 12, 14, 17, 19, 21, 23, 27, 29, 32, 33, 38]
    assert round(concentration.gini(np.array(incomes) * 1000.0), 5) == 0.38625


@given(values)
def test_the_gini_is_half_the_mean_difference_over_the_mean(amounts):
    difference = np.abs(amounts[:, None] - amounts[None, :]).mean()
    assert concentration.gini(amounts) == pytest.approx(difference / (2 * amounts.mean()), abs=1e-9)


@given(values, st.floats(0.01, 1000))
def test_the_gini_knows_no_currency_and_no_order(amounts, rate):
    once = concentration.gini(amounts)
    assert concentration.gini(amounts[::-1] * rate) == pytest.approx(once, abs=1e-9)
    assert 0 <= once < 1


@given(st.integers(2, 50))
def test_one_customer_with_everything_is_one_after_correction(n):
    amounts = np.zeros(n)
    amounts[n // 2] = 5.0
    assert concentration.gini(amounts) == pytest.approx(1 - 1 / n)
    assert concentration.gini(amounts, Correction.SMALL_SAMPLE) == pytest.approx(1)


@given(values, shares)
def test_the_pareto_customers_bring_the_share_and_one_less_does_not(amounts, share):
    best = round(concentration.pareto_share(amounts, share) * amounts.size)
    ordered = np.sort(amounts)[::-1]
    assert ordered[:best].sum() >= share * ordered.sum() * (1 - 1e-9)
    assert ordered[: best - 1].sum() < share * ordered.sum()


def test_eighty_percent_reached_exactly_counts_as_reached():
    assert concentration.pareto_share(np.array([0.1] * 10)) == 0.8


@given(values, shares)
def test_the_top_share_is_at_least_its_share_of_the_customers(amounts, share):
    assert concentration.top_share(amounts, share) >= share * (1 - 1e-9)


def test_three_tenths_of_ten_customers_are_three():
    assert concentration.top_share(np.array([1.0] * 10), 0.3) == pytest.approx(0.3)


@given(values)
def test_abc_classes_descend_and_end_at_all_the_value(amounts):
    table = concentration.abc_classes(np.arange(amounts.size), amounts)
    assert (np.diff(table.value) <= 0).all()
    assert (np.diff(table.klass) >= 0).all()
    assert table.klass[0] == 0
    assert table.cumulative_share[-1] == pytest.approx(1)


@given(values)
def test_customers_of_equal_value_share_a_class(amounts):
    table = concentration.abc_classes(np.arange(amounts.size), amounts)
    for value in np.unique(table.value):
        assert len(set(table.klass[table.value == value].tolist())) == 1


@given(values)
def test_class_a_brings_at_least_its_border(amounts):
    table = concentration.abc_classes(np.arange(amounts.size), amounts)
    assert table.value[table.klass == 0].sum() >= 0.8 * table.value.sum() * (1 - 1e-9)


def test_refunds_lower_a_customers_value_before_it_is_classed():
    table = concentration.abc_classes(np.array([0, 1, 0]), np.array([100.0, 60.0, -90.0]))
    assert table.customer.tolist() == [1, 0]
    assert table.value.tolist() == [60.0, 10.0]


@pytest.mark.parametrize("kernel", [concentration.pareto_share, concentration.top_share, concentration.gini])
def test_value_that_is_negative_or_nothing_cannot_be_shared(kernel):
    with pytest.raises(OutOfRange):
        kernel(np.array([5.0, -1.0]))
    for nothing in (np.zeros(3), np.zeros(0)):
        with pytest.raises(DivisionByZero):
            kernel(nothing)
