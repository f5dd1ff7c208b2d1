"""NPS and its certainty, CSAT and CES: published figures with their source, and identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, error_of
from klantwaarde_xl.kernels import survey
from klantwaarde_xl.kernels.survey import Denominator, Statement, Summary

counts = st.tuples(*[st.integers(0, 500)] * 3).filter(lambda c: sum(c) > 1)
confidences = st.floats(0.5, 0.999)
nps_scores = st.lists(st.integers(0, 10), min_size=2, max_size=200)
PUBLISHED = (200, 120, 80)  # published.csv: NPS 30, SE 3.9051, MoE95 7.6540, SE(n-1) 3.9100


def scores_of(promoters, passives, detractors):
    return np.repeat([10.0, 8.0, 3.0], [promoters, passives, detractors])


def test_the_published_nps_from_counts_is_30():
    assert survey.nps_from_counts(*PUBLISHED) == 30.0


def test_the_published_standard_error_is_3_9051():
    assert round(survey.nps_standard_error(*PUBLISHED), 4) == 3.9051


def test_the_published_standard_error_with_n_less_one_is_3_9100():
    assert round(survey.nps_standard_error(*PUBLISHED, Denominator.ANSWERS_LESS_ONE), 4) == 3.9100


def test_the_published_margin_at_95_percent_is_7_6540():
    # published.csv takes 1.96 for z; the quantile itself gives 7.6539
    assert round(1.96 * survey.nps_standard_error(*PUBLISHED), 4) == 7.6540
    assert survey.nps_margin(*PUBLISHED) == pytest.approx(7.6540, abs=2e-4)


@given(counts)
def test_counts_and_scores_give_the_same_nps(groups):
    assert survey.nps_from_counts(*groups) == pytest.approx(survey.nps(scores_of(*groups)), abs=1e-12)


@given(counts)
def test_the_standard_error_is_that_of_the_mean_of_100_0_and_minus_100(groups):
    recoded = np.repeat([100.0, 0.0, -100.0], groups)
    plain, unbiased = (survey.nps_standard_error(*groups, d) for d in Denominator)
    assert plain == pytest.approx(recoded.std() / math.sqrt(recoded.size), abs=1e-9)
    assert unbiased == pytest.approx(recoded.std(ddof=1) / math.sqrt(recoded.size), abs=1e-9)


@given(counts, confidences)
def test_the_margin_is_the_normal_quantile_times_the_standard_error(groups, confidence):
    z = stats.norm.ppf((1 + confidence) / 2)
    wanted = z * survey.nps_standard_error(*groups)
    assert survey.nps_margin(*groups, confidence) == pytest.approx(wanted, rel=1e-12, abs=1e-12)


def test_asking_everyone_leaves_no_error_and_half_leaves_the_correction():
    assert survey.nps_standard_error(*PUBLISHED, 0, 400) == 0.0
    half = survey.nps_standard_error(*PUBLISHED, 0, 800)
    assert half == pytest.approx(survey.nps_standard_error(*PUBLISHED) * math.sqrt(400 / 799), rel=1e-12)


def test_one_customer_in_all_who_was_asked_leaves_no_error():
    assert survey.nps_standard_error(1, 0, 0, 0, 1) == 0.0


def test_elements_without_a_standard_error_do_not_touch_the_others():
    got = survey.nps_standard_error([200, 0, -1, 1], [120, 0, 1, 0], [80, 0, 1, 0], [0, 0, 0, 1])
    assert got[0] == pytest.approx(3.905124837953327, rel=1e-15)
    assert [error_of(x) for x in got[1:]] == [CellError.DIV0, CellError.NUM, CellError.DIV0]


@given(nps_scores, confidences)
def test_the_interval_holds_the_nps_and_stays_on_the_scale(scores, confidence):
    interval = survey.nps_interval(np.array(scores), confidence)
    assert -100 <= interval.low[0] <= interval.points[0] <= interval.high[0] <= 100
    assert interval.answers[0] == len(scores)


def test_an_interval_beyond_the_scale_is_cut_off():
    assert survey.nps_interval(np.array([10.0] * 9 + [0.0])).high[0] == 100.0


@given(nps_scores)
def test_the_shares_of_the_three_groups_add_up_to_one(scores):
    shares = survey.nps_shares(np.array(scores))
    assert shares.share.sum() == pytest.approx(1, rel=1e-12)
    points = 100 * (shares.share[0] - shares.share[2])
    assert points == pytest.approx(survey.nps(np.array(scores)), abs=1e-9)


def test_the_difference_of_two_waves_has_the_root_of_the_summed_squares_as_error():
    change = survey.nps_change(scores_of(20, 12, 8), scores_of(30, 6, 4))
    assert change.standard_error[0] == pytest.approx(100 * math.sqrt(0.61 / 40 + 0.4275 / 40), rel=1e-12)
    assert change.change[0] == 35.0
    assert change.p_value[0] == pytest.approx(2 * stats.norm.sf(change.z[0]), rel=1e-12)


def test_the_p_value_keeps_its_digits_far_from_zero():
    assert survey.two_sided_p(20.0) == pytest.approx(2 * stats.norm.sf(20.0), rel=1e-9)


@given(counts, counts, confidences)
def test_the_verdict_agrees_with_the_p_value_and_turns_around(first, second, confidence):
    code = survey.nps_change_code(*first, *second, confidence)
    back = survey.nps_change_code(*second, *first, confidence)
    if error_of(code) is CellError.DIV0:
        assert error_of(back) is CellError.DIV0
        return
    assert back == {0: 0, 1: 2, 2: 1}[code]
    p = survey.nps_change(scores_of(*first), scores_of(*second), confidence).p_value[0]
    if abs(p - (1 - confidence)) > 1e-9:
        assert (code > 0) == (p < 1 - confidence)


def test_the_same_wave_twice_shows_no_difference():
    wave = scores_of(*PUBLISHED)
    change = survey.nps_change(wave, wave)
    assert (change.change[0], change.p_value[0], change.verdict[0]) == (0.0, 1.0, 0.0)


def test_waves_without_any_spread_cannot_be_tested():
    with pytest.raises(DivisionByZero):
        survey.nps_change(np.array([9.0, 9.0]), np.array([3.0, 3.0]))


# Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_those_of_newcombe(hits, total, low, high):
    got = survey.wilson(hits, total)
    assert (round(got[0], 4), round(got[1], 4)) == (low, high)


@given(st.integers(1, 500), st.data(), confidences)
def test_wilson_intervals_solve_the_score_equation_and_mirror(total, data, confidence):
    hits = data.draw(st.integers(0, total))
    low, high = survey.wilson(hits, total, confidence)
    z = stats.norm.ppf((1 + confidence) / 2)
    for end in (low, high):
        if 0 < end < 1:
            distance = abs(hits / total - end)
            assert distance == pytest.approx(z * math.sqrt(end * (1 - end) / total), rel=1e-6, abs=1e-9)
    mirrored = survey.wilson(total - hits, total, confidence)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-12)


def test_csat_counts_the_two_highest_answers_of_each_scale():
    shares = [survey.csat(np.arange(1.0, scale + 1), scale) for scale in survey.CSAT_SCALES]
    assert shares == [2 / 5, 2 / 7, 2 / 10]


def test_the_csat_interval_holds_the_csat():
    scores = np.array([5.0, 4, 3, 5, 2])
    interval = survey.csat_interval(scores)
    assert interval.low[0] < interval.share[0] == survey.csat(scores) < interval.high[0]


@pytest.mark.parametrize(("scores", "scale"), [([6.0], 5), ([0.0], 5), ([3.5], 5), ([3.0], 6), ([11.0], 10)])
def test_csat_outside_its_scale_is_refused(scores, scale):
    with pytest.raises(OutOfRange):
        survey.csat(np.array(scores), scale)


def test_the_published_ces_of_1000_answers_is_4_08():
    # support.cys.group, Customer Effort Score (7-point scale to average): 80 … 120 answers 1 … 7
    answers = np.repeat(np.arange(1.0, 8.0), [80, 210, 140, 110, 160, 180, 120])
    assert survey.ces(answers) == pytest.approx(4.08, rel=1e-15)
    assert survey.ces(answers, summary=Summary.SHARE) == pytest.approx(0.46, rel=1e-15)


def test_the_older_effort_question_runs_the_other_way():
    easy, hard = np.array([1.0, 1, 2]), np.array([5.0, 4, 5])
    shares = [survey.ces(answers, Statement.EFFORT, Summary.SHARE) for answers in (easy, hard)]
    assert shares == [1.0, 0.0]
    assert survey.ces(easy, Statement.EFFORT) < survey.ces(hard, Statement.EFFORT)


def test_a_six_fits_the_new_effort_question_only():
    assert survey.ces(np.array([6.0])) == 6.0
    with pytest.raises(OutOfRange):
        survey.ces(np.array([6.0]), Statement.EFFORT)
