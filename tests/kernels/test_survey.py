"""CSAT and CES: published figures with their source, and identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels import measures, survey
from klantwaarde_xl.kernels.survey import Statement, Summary

confidences = st.floats(0.5, 0.999)


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
    got = measures.wilson(hits, total)
    assert (round(got[0], 4), round(got[1], 4)) == (low, high)


@given(st.integers(1, 500), st.data(), confidences)
def test_wilson_intervals_solve_the_score_equation_and_mirror(total, data, confidence):
    hits = data.draw(st.integers(0, total))
    low, high = measures.wilson(hits, total, confidence)
    z = stats.norm.ppf((1 + confidence) / 2)
    for end in (low, high):
        if 0 < end < 1:
            distance = abs(hits / total - end)
            assert distance == pytest.approx(z * math.sqrt(end * (1 - end) / total), rel=1e-6, abs=1e-9)
    mirrored = measures.wilson(total - hits, total, confidence)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-12)


def test_csat_counts_the_two_highest_answers_of_each_scale():
    shares = [survey.csat(np.arange(1.0, scale + 1), scale) for scale in survey.CSAT_SCALES]
    assert shares == [2 / 5, 2 / 7, 2 / 10]


def test_the_csat_interval_holds_the_csat():
    scores = np.array([5.0, 4, 3, 5, 2])
    interval = survey.csat_interval(scores)
    assert interval.low[0] < interval.value[0] == survey.csat(scores) < interval.high[0]


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
