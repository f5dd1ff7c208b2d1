"""The closed formulas: published figures with their source, and identities."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels import acquisition, nps, retention, rfm, value
from klantwaarde_xl.kernels.arrays import annuity, flag

rate = st.floats(0, 0.999)
interest = st.floats(0.001, 0.5)
amount = st.floats(0.01, 1e6)


# Gupta & Lehmann (2003), Customers as assets, table 1: the margin multiple r / (1 + i - r)
@pytest.mark.parametrize(
    ("r", "row"),
    [
        (0.6, (1.20, 1.15, 1.11, 1.07)),
        (0.7, (1.75, 1.67, 1.59, 1.52)),
        (0.8, (2.67, 2.50, 2.35, 2.22)),
        (0.9, (4.50, 4.09, 3.75, 3.46)),
    ],
)
def test_margin_multiples_are_those_of_gupta_and_lehmann(r, row):
    np.testing.assert_allclose(value.clv(1, r, [0.10, 0.12, 0.14, 0.16]), row, atol=0.005)


def test_worked_examples_of_the_articles():
    assert value.customer_value(500, 2, 200) == 800  # article 001
    assert value.customer_value(50_000 / 50) == 1000  # article 002
    assert value.historical_clv(50, 5, 3) == 750  # article 003
    assert value.historical_clv(50, 5, 1) == 250  # article 003, one year


def test_nps_of_200_promoters_120_passives_80_detractors_is_30():
    assert nps.nps(np.repeat([10, 8, 3], [200, 120, 80])) == 30.0  # published.csv


@given(amount, rate, interest)
def test_paying_now_differs_from_later_by_exactly_one_margin(m, r, i):
    now, later = value.clv(m, r, i, 0, value.Timing.NOW), value.clv(m, r, i)
    assert now - later == pytest.approx(m, rel=1e-9)


@given(amount, interest)
def test_at_zero_retention_the_first_margin_is_all(m, i):
    assert value.clv(m, 0, i, 0, value.Timing.NOW) == pytest.approx(m)
    assert value.customer_value(m, 10, 0, 0, i) == pytest.approx(m)


@given(amount, rate, interest)
def test_many_periods_approach_the_infinite_horizon(m, r, i):
    assume(r / (1 + i) < 0.99)
    finite = value.customer_value(m, 5000, 0, r, i)
    assert finite == pytest.approx(value.clv(m, r, i, 0, value.Timing.NOW), rel=1e-9)


@given(st.floats(0, 400), st.floats(0, 1.5))
def test_the_annuity_is_its_sum(periods, q):
    whole = math.floor(periods)
    wanted = math.fsum(q**t for t in range(whole)) + (periods - whole) * q**whole
    assert annuity(np.float64(periods), np.float64(q)) == pytest.approx(wanted, rel=1e-9, abs=1e-300)


@given(st.floats(1e-12, 1e-6))
def test_the_annuity_keeps_its_digits_near_one(step):
    terms = 1000
    wanted = math.fsum((1 - step) ** t for t in range(terms))
    assert annuity(np.float64(terms), np.float64(1 - step)) == pytest.approx(wanted, rel=1e-12)


@given(amount, amount, st.floats(0.01, 1), rate, st.floats(0, 0.3))
def test_payback_is_the_first_period_in_which_the_sum_reaches_the_cost(cost, revenue, margin, r, i):
    assume(r < 1)
    periods = acquisition.payback_periods(cost, revenue, margin, r, i)
    q, earned = r / (1 + i), revenue * margin
    if error_of(periods) is CellError.NA:
        assert earned / (1 - q) <= cost * (1 + 1e-9)
        return
    assert periods == int(periods)
    assume(periods < 100_000)
    paid = earned * float(annuity(np.float64(periods), np.float64(q)))
    assert paid >= cost * (1 - 1e-9)
    if periods >= 1:
        before = earned * float(annuity(np.float64(periods - 1), np.float64(q)))
        assert before < cost * (1 + 1e-9)


@given(amount, amount)
def test_payback_without_churn_is_a_division(cost, revenue):
    assert acquisition.payback_periods(cost, revenue) == pytest.approx(cost / revenue)


@given(st.integers(1, 10**6), st.data())
def test_retention_and_churn_add_up_to_one(begin, data):
    lost = data.draw(st.integers(0, begin))
    new = data.draw(st.integers(0, 10**6))
    kept = retention.retention_rate(begin, begin - lost + new, new)
    assert kept + retention.churn_rate(begin, lost) == pytest.approx(1)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=200))
def test_nps_lies_between_its_ends_and_mirrors_its_answers(scores):
    points = nps.nps(scores)
    assert -100 <= points <= 100
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    assert points == pytest.approx(100 * (promoters - detractors) / len(scores))


def test_elements_that_have_no_value_do_not_touch_the_others():
    got = acquisition.cac([100, 100, -1, 100], [4, 0, 4, -2])
    assert got[0] == 25
    assert [error_of(x) for x in got[1:]] == [CellError.DIV0, CellError.NUM, CellError.NUM]


def test_the_first_case_that_fits_marks_an_element():
    got = flag([1.0, 2.0], (CellError.DIV0, [True, False]), (CellError.NUM, [True, True]))
    assert [error_of(x) for x in got] == [CellError.DIV0, CellError.NUM]


@given(st.lists(st.floats(-1e9, 1e9), min_size=5, max_size=80))
def test_rfm_scores_rank_and_treat_equals_equally(values):
    scores = rfm.quintile_scores(np.array(values))
    pairs = sorted(zip(values, scores.tolist(), strict=True))
    assert all(a[1] <= b[1] for a, b in itertools.pairwise(pairs))
    assert all(a[1] == b[1] for a, b in itertools.pairwise(pairs) if a[0] == b[0])
    reverse = rfm.quintile_scores(np.array(values), reverse=True)
    assert (reverse == rfm.quintile_scores(-np.array(values))).all()


@given(st.integers(5, 500))
def test_distinct_values_fall_into_five_equal_groups(n):
    counts = np.bincount(rfm.quintile_scores(np.random.default_rng(n).permutation(n).astype(float)))[1:]
    assert counts.sum() == n
    assert counts.max() - counts.min() <= 1


def test_equal_values_all_score_three():
    assert rfm.quintile_scores(np.ones(7)).tolist() == [3] * 7


def test_every_pair_of_scores_has_a_segment():
    grid = np.array([(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)], dtype=np.int8)
    codes = rfm.segment_codes(grid[:, 0], grid[:, 1], grid[:, 2])
    assert set(codes.tolist()) == {*rfm.Segment}
    assert codes[-1] == rfm.Segment.CHAMPIONS
    assert codes[0] == rfm.Segment.LOST
