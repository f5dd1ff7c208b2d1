"""Two waves and more: published figures, what one reckoning has in common with another, and coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, DivisionByZero, NotAvailable, OutOfRange, WrongType, error_of
from klantwaarde_xl.kernels import measures, nps, waves
from klantwaarde_xl.kernels.measures import Measure
from klantwaarde_xl.kernels.nps import Difference
from klantwaarde_xl.kernels.survey import Statement, Summary
from tests.examples import times
from tests.kernels.surveys import SHAPES, SIZES, drawn, drawn_twice

five = st.lists(st.integers(1, 5), min_size=1, max_size=30)
ten = st.lists(st.integers(0, 10), min_size=1, max_size=30)
confidences = st.floats(0.5, 0.999)


def floats(answers):
    return np.array(answers, dtype=float)


def row(table):
    return tuple(column[0] for column in table)


# ── two waves of different customers ────────────────────────────────────────────────────────


def test_the_interval_of_two_shares_is_that_of_agresti_and_caffo():
    # R, PropCIs: wald2ci(7, 34, 1, 34, 0.95, adjust="AC") gives 0.01161167 and 0.32172166
    got = waves.csat_change(np.repeat([5.0, 1.0], [1, 33]), np.repeat([5.0, 1.0], [7, 27]))
    assert (got.low[0], got.high[0]) == pytest.approx((0.01161167, 0.32172166), abs=5e-9)


@given(ten, ten, confidences)
def test_the_difference_of_an_nps_is_that_of_nps_change(first, second, confidence):
    one, other = (measures.scored(floats(x), Measure.NPS) for x in (first, second))
    before, after, change, low, high, p, verdict = waves.change_of(one, other, confidence)
    wanted = nps.nps_change(floats(first), floats(second), confidence)
    assert (before, after, change) == pytest.approx(
        (wanted.before[0], wanted.after[0], wanted.change[0]), abs=1e-9
    )
    assert p == pytest.approx(wanted.p_value[0], rel=1e-9)
    if abs(p - (1 - confidence)) > 1e-9:
        assert verdict == wanted.verdict[0]
    assert low <= change <= high


@given(five, five, st.sampled_from(Summary), confidences)
def test_the_verdict_agrees_with_the_p_value_and_turns_around(first, second, summary, confidence):
    got = waves.csat_change(floats(first), floats(second), 5, confidence, summary)
    back = waves.csat_change(floats(second), floats(first), 5, confidence, summary)
    assert (got.change[0], got.low[0]) == pytest.approx((-back.change[0], -back.high[0]), abs=1e-12)
    assert got.p_value[0] == pytest.approx(back.p_value[0], rel=1e-9)
    assert back.verdict[0] == {0: 0, 1: 2, 2: 1}[got.verdict[0]]
    if abs(got.p_value[0] - (1 - confidence)) > 1e-9:
        assert (got.verdict[0] > 0) == (got.p_value[0] < 1 - confidence)


def test_the_effort_question_says_which_scale_and_which_answers_are_easy():
    easier = waves.ces_change(floats([3, 4, 5]), floats([6, 7, 7]), summary=Summary.SHARE)
    harder = waves.ces_change(floats([1, 1, 2]), floats([5, 4, 5]), Statement.EFFORT, summary=Summary.SHARE)
    assert (easier.before[0], easier.after[0]) == pytest.approx((1 / 3, 1))
    assert (harder.before[0], harder.after[0]) == (1, 0)
    with pytest.raises(OutOfRange):
        waves.ces_change(floats([1, 2]), floats([6, 5]), Statement.EFFORT)


@pytest.mark.parametrize("scale", [4, 6, 0])
def test_satisfaction_has_no_other_scale_in_two_waves_than_in_one(scale):
    with pytest.raises(OutOfRange):
        waves.csat_change(floats([3]), floats([3]), scale, summary=Summary.MEAN)


@pytest.mark.slow
@pytest.mark.parametrize("answers", SIZES)
@pytest.mark.parametrize("summary", Summary)
def test_the_difference_of_two_waves_covers_what_it_says(answers, summary):
    covered, alarms = [], []
    for seed, (before, after) in enumerate(zip(SHAPES, (*SHAPES[1:], SHAPES[0]), strict=True)):
        weight = np.arange(1.0, 6.0) if summary == Summary.MEAN else np.array([0.0, 0, 0, 1, 1])
        truth = float(weight @ after) - float(weight @ before)
        rounds = times(400)
        first, second = (drawn(x, answers, rounds, seed + 100 * k) for k, x in enumerate((before, after)))
        same = drawn(before, answers, rounds, seed + 500)
        found = [waves.csat_change(a, b, summary=summary) for a, b in zip(first, second, strict=True)]
        covered.append(np.mean([x.low[0] - 1e-9 <= truth <= x.high[0] + 1e-9 for x in found]))
        quiet = [waves.csat_change(a, b, summary=summary) for a, b in zip(first, same, strict=True)]
        alarms.append(np.mean([x.verdict[0] > 0 for x in quiet]))
    assert min(covered) > 0.905
    assert 0.93 < np.mean(covered) < 0.98
    assert max(alarms) < 0.085


# ── the same customers ──────────────────────────────────────────────────────────────────────


@given(ten, ten, st.sampled_from([Measure.NPS, Measure.MEAN]), confidences)
def test_without_a_correlation_the_same_customers_give_what_different_ones_give(a, b, measure, confidence):
    """Every answer of one wave beside every answer of the other: they do not go together at all."""
    low, scale = (0, 0) if measure is Measure.NPS else (1, 10)
    before, after = np.repeat(np.maximum(a, low), len(b)), np.tile(np.maximum(b, low), len(a))
    one, other = (measures.scored(floats(x), measure, scale) for x in (before, after))
    paired = waves.paired_change(floats(before), floats(after), measure, scale, confidence)
    wanted = waves.change_of(one, other, confidence)
    assert row(paired)[:6] == pytest.approx(wanted[:6], rel=1e-9, abs=1e-9)


def test_answers_that_go_together_make_a_difference_easier_to_see():
    before, after = floats([3, 5, 4, 2, 4, 5, 3, 1]), floats([4, 5, 5, 3, 4, 5, 4, 2])
    paired = waves.paired_change(before, after, Measure.MEAN)
    apart = waves.csat_change(before, after, summary=Summary.MEAN)
    assert paired.change[0] == apart.change[0]
    assert paired.p_value[0] < apart.p_value[0]
    assert paired.high[0] - paired.low[0] < apart.high[0] - apart.low[0]


@given(ten)
def test_customers_who_say_the_same_twice_show_no_change_and_still_an_interval(answers):
    got = waves.paired_change(floats(answers), floats(answers))
    assert (got.change[0], got.p_value[0], got.verdict[0]) == (0, 1, Difference.NONE)
    assert got.low[0] < 0 < got.high[0]


def test_who_answered_once_does_not_count_and_is_counted():
    nan = np.nan
    got = waves.paired_change(floats([9, nan, 8, nan, 3]), floats([9, 8, nan, nan, 9]))
    assert (got.pairs[0], got.left_out[0]) == (2, 2)
    assert (got.before[0], got.after[0]) == (0, 100)


@pytest.mark.slow
@pytest.mark.parametrize("answers", SIZES)
@pytest.mark.parametrize("together", [0.0, 0.6])
def test_the_difference_of_the_same_customers_covers_what_it_says(answers, together):
    covered = []
    for seed, shares in enumerate(SHAPES):
        pairs = zip(*drawn_twice(shares, together, answers, times(400), seed), strict=True)
        found = [waves.paired_change(a, b, Measure.MEAN) for a, b in pairs]
        covered.append(np.mean([x.low[0] <= 1e-9 and x.high[0] >= -1e-9 for x in found]))
    assert min(covered) > 0.92
    assert np.mean(covered) < 0.99


def test_nobody_who_answered_twice_is_no_comparison():
    with pytest.raises(DivisionByZero):
        waves.paired_change(floats([9, np.nan]), floats([np.nan, 9]))


@pytest.mark.parametrize("after", [floats([9]), floats([[9, 8], [7, 6]])])
def test_columns_that_are_not_side_by_side_are_refused(after):
    with pytest.raises(WrongType):
        waves.paired_change(floats([9, 8]), after)


# ── many waves ──────────────────────────────────────────────────────────────────────────────


@given(ten, ten, confidences)
def test_two_waves_have_the_trend_that_comparing_them_gives(first, second, confidence):
    codes = np.repeat([0, 1], [len(first), len(second)])
    got = waves.survey_trend(codes, floats(first + second), Measure.NPS, 0, confidence)
    one, other = (measures.scored(floats(x), Measure.NPS) for x in (first, second))
    wanted = waves.change_of(one, other, confidence)
    assert (got.slope[0], got.p_value[0]) == pytest.approx((wanted[2], wanted[5]), rel=1e-9, abs=1e-9)
    table = waves.survey_waves(codes, floats(first + second), Measure.NPS, 0, confidence)
    assert (table.change[1], table.verdict[1]) == pytest.approx((wanted[2], wanted[6]), abs=1e-9)


def test_a_straight_line_has_its_own_slope():
    codes = np.repeat(np.arange(4), [3, 1, 5, 2])
    got = waves.survey_trend(codes, 1.0 + codes, Measure.MEAN)
    assert got.slope[0] == pytest.approx(1, rel=1e-12)
    assert got.low[0] < 1 <= got.high[0] + 1e-12
    assert (got.waves[0], got.answers[0]) == (4, 11)


def test_a_wave_in_which_nobody_answered_is_passed_over():
    codes, scores = np.array([0, 0, 1, 2, 2]), floats([3, 2, np.nan, 9, 10])
    table = waves.survey_waves(codes, scores)
    assert error_of(float(table.value[1])) is CellError.NA
    assert table.answers.tolist() == [2, 0, 2]
    assert table.change[2] == 200
    assert waves.survey_trend(codes, scores).slope[0] == 100  # two waves apart


def test_each_wave_has_the_interval_that_it_has_by_itself():
    codes, scores = np.repeat([0, 1], [4, 3]), floats([9, 3, 8, 10, 10, 9, 7])
    table = waves.survey_waves(codes, scores)
    for wave in (0, 1):
        alone = nps.nps_interval(scores[codes == wave])
        found = (table.value[wave], table.low[wave], table.high[wave])
        assert found == pytest.approx((alone.points[0], alone.low[0], alone.high[0]), abs=1e-9)


@pytest.mark.slow
def test_a_market_that_stays_the_same_for_eight_waves_is_seldom_called_changed():
    """All verdicts together, and the trend: a comparison at 95 % each would call out in one table of four."""
    codes = np.repeat(np.arange(8), 30)
    tables, trends, simple = [], [], []
    for answers in drawn(SHAPES[1], codes.size, times(400), 7):
        table = waves.survey_waves(codes, answers, Measure.MEAN)
        tables.append(np.any(table.verdict[1:] > 0))
        trends.append(waves.survey_trend(codes, answers, Measure.MEAN).verdict[0] > 0)
        pairs = [(answers[codes == k], answers[codes == k + 1]) for k in range(7)]
        simple.append(any(waves.csat_change(*x, summary=Summary.MEAN).verdict[0] > 0 for x in pairs))
    assert np.mean(tables) < 0.07
    assert np.mean(trends) < 0.08
    assert np.mean(simple) > 0.2


@pytest.mark.parametrize("answers", SIZES)
def test_the_slope_covers_what_it_says(answers):
    codes = np.repeat(np.arange(4), answers)
    steps = [np.array(SHAPES[1]) * (1 - k / 4) + np.array(SHAPES[3]) * k / 4 for k in range(4)]
    truth = float(np.arange(1.0, 6.0) @ (steps[1] - steps[0]))
    parts = [drawn(shares / shares.sum(), answers, times(400), k) for k, shares in enumerate(steps)]
    found = [waves.survey_trend(codes, one, Measure.MEAN) for one in np.hstack(parts)]
    covered = np.mean([x.low[0] <= truth <= x.high[0] for x in found])
    assert 0.92 < covered < 0.985


def test_one_wave_has_no_trend_and_no_answers_no_waves():
    with pytest.raises(NotAvailable):
        waves.survey_trend(np.zeros(3, dtype=int), floats([9, 8, 3]))
    with pytest.raises(DivisionByZero):
        waves.survey_waves(np.zeros(1, dtype=int), floats([np.nan]))
    with pytest.raises(OutOfRange):
        waves.survey_waves(np.zeros(1, dtype=int), floats([9]), confidence=95)
