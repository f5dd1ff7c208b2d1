"""Markov chains of segments: Pfeifer & Carraway's example in exact fractions, and identities."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import OutOfRange, WrongType
from klantwaarde_xl.kernels import migration as m
from klantwaarde_xl.kernels import value
from klantwaarde_xl.kernels.value import Timing

# Pfeifer & Carraway (2000), J. Interactive Marketing 14(2): a purchase contributes NC = 40, mailing
# costs M = 4, discount 0.2; states are recency 1…4 and former customer.
CHANCES = [Fraction(n, 100) for n in (30, 20, 15, 5)]
EXACT = [[*([p] + [0] * 4)] for p in CHANCES] + [[0] * 5]
for _row in range(4):
    EXACT[_row][_row + 1] = 1 - CHANCES[_row]
EXACT[4][4] = 1
REWARDS = [36, -4, -4, -4, 0]
RECENCY, MARGINS = np.array(EXACT, dtype=float), np.array(REWARDS, dtype=float)
INTEREST = Fraction(1, 5)
# What the paper's formula gives without end, found by elimination in fractions
ENDLESS = [Fraction(n, 6145) for n in (321504, 34128, 7686, -11184, 0)]


def exact_sum(periods):
    total = [Fraction(r) for r in REWARDS]
    for _ in range(periods):
        moved = [sum(p * v for p, v in zip(row, total, strict=True)) for row in EXACT]
        total = [r + v / (1 + INTEREST) for r, v in zip(REWARDS, moved, strict=True)]
    return total


def chains():
    """Random transition matrices, some cells zero."""

    def build(seed_and_size):
        seed, n = seed_and_size
        rng = np.random.default_rng(seed)
        weights = rng.random((n, n)) * (rng.random((n, n)) < 0.7) + np.eye(n) * 1e-3
        return weights / weights.sum(axis=1, keepdims=True)

    return st.tuples(st.integers(0, 2**32), st.integers(1, 5)).map(build)


def rewards_for(chain, seed=1):
    return np.random.default_rng(seed).normal(size=len(chain)) * 100


def test_pfeifer_and_carraway_through_period_four():
    # Published as 50.115, 4.220, 0.592, -1.980, 0 (the horizon of the paper is T = 4)
    got = m.segment_values(RECENCY, MARGINS, 0.2, 4).value
    np.testing.assert_allclose(got, [50.115, 4.220, 0.592, -1.980, 0], atol=0.0005)
    np.testing.assert_allclose(got, [float(v) for v in exact_sum(4)], rtol=1e-13)


def test_the_fractions_without_end_solve_the_papers_equation():
    for row, r, v in zip(EXACT, REWARDS, ENDLESS, strict=True):
        moved = sum(p * w for p, w in zip(row, ENDLESS, strict=True))
        assert v == r + moved / (1 + INTEREST)


def test_pfeifer_and_carraway_without_end():
    got = m.segment_values(RECENCY, MARGINS, 0.2).value
    np.testing.assert_allclose(got, [float(v) for v in ENDLESS], rtol=1e-13)


def test_mailing_customers_of_recency_four_costs_more_than_it_brings():
    # The paper's point: the value at recency 4 is negative, so stop mailing there.
    assert m.segment_values(RECENCY, MARGINS, 0.2).value[3] < 0


@given(st.floats(0, 0.99), st.floats(0.01, 0.5), st.sampled_from(Timing))
def test_two_segments_of_which_one_is_gone_are_the_clv_at_constant_retention(kept, interest, timing):
    chain = np.array([[kept, 1 - kept], [0, 1]])
    got = m.segment_values(chain, np.array([100.0, 0.0]), interest, None, timing).value
    assert got == pytest.approx([value.clv(100, kept, interest, 0, timing), 0], rel=1e-9)


@given(chains(), st.floats(0.01, 0.5))
def test_value_without_end_solves_its_own_equation(chain, interest):
    margins = rewards_for(chain)
    got = m.segment_values(chain, margins, interest).value
    assert margins + chain @ got / (1 + interest) == pytest.approx(got, rel=1e-9, abs=1e-9)


@given(chains(), st.floats(-0.1, 0.5), st.integers(0, 40))
def test_value_until_a_horizon_is_the_sum_period_by_period(chain, interest, periods):
    margins = rewards_for(chain)
    there, wanted = np.eye(len(chain)), np.zeros(len(chain))
    for _ in range(periods + 1):
        wanted += there @ margins
        there = there @ chain / (1 + interest)
    scale = np.abs(margins).sum() * 100
    got = m.segment_values(chain, margins, interest, periods).value
    np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-12 * scale)


@given(chains(), st.floats(0.05, 0.5))
def test_a_far_horizon_approaches_no_horizon(chain, interest):
    margins = rewards_for(chain)
    far, endless = (m.segment_values(chain, margins, interest, n).value for n in (10**6, None))
    np.testing.assert_allclose(far, endless, rtol=1e-9, atol=1e-9)


@given(chains(), st.floats(0.01, 0.5), st.one_of(st.none(), st.integers(0, 30)))
def test_paying_later_differs_by_the_margin_of_the_first_segment(chain, interest, horizon):
    margins = rewards_for(chain)
    now, later = (
        m.segment_values(chain, margins, interest, horizon, t).value for t in (Timing.NOW, Timing.LATER)
    )
    assert now - later == pytest.approx(margins, rel=1e-9, abs=1e-7)


@pytest.mark.slow
@given(chains(), st.floats(0.01, 0.5))
def test_where_all_segments_earn_the_same_the_moves_do_not_matter(chain, interest):
    got = m.segment_values(chain, np.full(len(chain), 10.0), interest).value
    assert got == pytest.approx(np.full(len(chain), 10 * (1 + interest) / interest), rel=1e-9)


def test_at_zero_interest_a_chain_that_everyone_leaves_has_a_value():
    got = m.segment_values(RECENCY, MARGINS).value
    assert MARGINS + RECENCY @ got == pytest.approx(got)
    assert got[4] == 0


@pytest.mark.parametrize("interest", [0.0, -0.1])
def test_at_zero_interest_a_chain_that_earns_for_ever_diverges(interest):
    for margins in ([1.0, 0.0], [0.0, 1.0], [1.0, -1.0]):
        with pytest.raises(OutOfRange):
            m.segment_values(np.array([[0.8, 0.2], [0.1, 0.9]]), np.array(margins), interest)


def test_below_zero_interest_what_dies_out_fast_enough_has_a_value():
    chain, margins = np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([100.0, 0.0])
    assert m.segment_values(chain, margins, -0.2).value == pytest.approx([100 / (1 - 0.5 / 0.8), 0])
    with pytest.raises(OutOfRange):
        m.segment_values(chain, margins, -0.5)


def test_nothing_earned_is_worth_nothing_at_any_interest():
    assert m.segment_values(np.eye(2), np.zeros(2)).value.tolist() == [0, 0]


@given(chains(), st.integers(0, 30))
def test_customers_move_and_none_is_lost(chain, periods):
    start = np.abs(rewards_for(chain))
    sizes = m.segment_sizes(chain, start, periods).sizes
    assert sizes.shape == (len(chain), periods + 1)
    assert sizes.sum(axis=0) == pytest.approx(np.full(periods + 1, start.sum()))
    wanted = start @ np.linalg.matrix_power(chain, periods)
    np.testing.assert_allclose(sizes[:, -1], wanted, rtol=1e-9, atol=1e-9)


@given(chains(), st.integers(0, 20))
def test_inflow_adds_to_the_total_every_period(chain, periods):
    start, inflow = np.abs(rewards_for(chain)), np.abs(rewards_for(chain, seed=2))
    sizes = m.segment_sizes(chain, start, periods, inflow).sizes
    assert sizes.sum(axis=0) == pytest.approx(start.sum() + np.arange(periods + 1) * inflow.sum())


@given(chains(), st.floats(0.01, 0.3), st.integers(0, 15))
def test_value_is_the_discounted_margin_of_the_segment_sizes(chain, interest, periods):
    margins = rewards_for(chain)
    one = np.eye(len(chain))[0]
    sizes = m.segment_sizes(chain, one, periods).sizes
    wanted = (margins @ sizes) @ (1 + interest) ** -np.arange(periods + 1.0)
    assert m.segment_values(chain, margins, interest, periods).value[0] == pytest.approx(wanted, rel=1e-9)


def test_a_row_or_a_column_of_numbers_is_the_same():
    row, column = MARGINS.reshape(1, 5), MARGINS.reshape(5, 1)
    first, second = (m.segment_values(RECENCY, shape, 0.2).value for shape in (row, column))
    assert first.tolist() == second.tolist()


def test_rounding_in_a_row_of_thirds_is_forgiven_and_two_decimals_are_not():
    thirds = np.full((3, 3), 1 / 3)
    assert m.segment_sizes(thirds, np.ones(3), 1).sizes[:, 1] == pytest.approx([1, 1, 1])
    with pytest.raises(OutOfRange):
        m.segment_sizes(np.full((3, 3), 0.33), np.ones(3), 1)


@pytest.mark.parametrize(
    ("chain", "numbers", "error"),
    [
        (np.array([[1.5, -0.5], [0, 1]]), np.ones(2), OutOfRange),
        (np.array([[0.5, 0.4], [0, 1]]), np.ones(2), OutOfRange),
        (np.array([[0.5, 0.5]]), np.ones(2), WrongType),
        (np.eye(2), np.ones(3), WrongType),
        (np.eye(4), np.ones((2, 2)), WrongType),
    ],
)
def test_what_is_no_chain_is_refused(chain, numbers, error):
    with pytest.raises(error):
        m.segment_values(chain, numbers, 0.1)
    with pytest.raises(error):
        m.segment_sizes(chain, numbers, 1)


def test_growth_beyond_any_number_is_refused():
    with pytest.raises(OutOfRange):
        m.segment_values(np.eye(1), np.ones(1), -0.5, 10**6)
