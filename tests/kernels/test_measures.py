"""One reckoning for every measure: which values answers have, and how often an interval holds the truth."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import DivisionByZero, OutOfRange
from klantwaarde_xl.kernels import measures, nps, survey
from klantwaarde_xl.kernels.measures import SCALES, Measure
from tests.examples import times
from tests.kernels.surveys import SHAPES, SIZES, drawn

EVERY = [(measure, scale) for measure in Measure for scale in SCALES[measure]]
confidences = st.floats(0.5, 0.999)


def interval(answers, measure, scale=0.0, confidence=0.95):
    one = measures.scored(answers, measure, scale)
    return measures.estimate(one, measures.summed(one.values), confidence)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60), confidences)
def test_the_nps_and_its_interval_are_those_of_nps(scores, confidence):
    got = interval(np.array(scores, dtype=float), Measure.NPS, confidence=confidence)
    wanted = nps.nps_interval(np.array(scores), confidence)
    assert got == pytest.approx((wanted.points[0], wanted.low[0], wanted.high[0]), abs=1e-9)


@pytest.mark.parametrize("scale", survey.CSAT_SCALES)
def test_the_values_of_satisfaction_add_up_to_the_csat(scale):
    answers = np.arange(1.0, scale + 1)
    assert measures.scored(answers, Measure.CSAT, scale).values.mean() == survey.csat(answers, scale)
    assert measures.scored(answers, Measure.MEAN, scale).values.mean() == answers.mean()


@pytest.mark.parametrize(("statement", "scale"), [(survey.Statement.EASE, 7), (survey.Statement.EFFORT, 5)])
def test_the_values_of_effort_add_up_to_the_ces(statement, scale):
    answers = np.arange(1.0, scale + 1)
    share = survey.ces(answers, statement, survey.Summary.SHARE)
    assert measures.scored(answers, Measure.EASY, scale).values.mean() == share
    assert measures.scored(answers, Measure.CES, scale).values.mean() == survey.ces(answers, statement)


@given(st.sampled_from(EVERY), st.integers(0, 40), confidences, st.data())
def test_an_interval_holds_its_value_and_stays_on_the_scale(case, size, confidence, data):
    measure, scale = case
    lowest = 0 if measure is Measure.NPS else 1
    answers = data.draw(st.lists(st.integers(lowest, scale), min_size=size + 1, max_size=size + 1))
    one = measures.scored(np.array(answers, dtype=float), measure, scale)
    value, low, high = measures.estimate(one, measures.summed(one.values), confidence)
    assert one.low <= low <= value + 1e-12
    assert value - 1e-12 <= high <= one.high
    assert low < high


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_one_answer_leaves_nearly_everything_open_and_a_thousand_alike_do_not(case):
    measure, scale = case
    one, many = (interval(np.full(n, float(scale)), measure, scale) for n in (1, 1000))
    top = measures.scored(np.array([float(scale)]), measure, scale)
    assert one.high - one.low > (top.high - top.low) / 2
    assert many.high - many.low < (top.high - top.low) / 50


@pytest.mark.parametrize("measure", [Measure.CES, Measure.MEAN])
def test_the_interval_of_a_mean_mirrors_its_answers(measure):
    answers = np.array([1.0, 2, 2, 5, 4, 1])
    got, back = interval(answers, measure, 5), interval(6 - answers, measure, 5)
    assert (6 - back.high, 6 - back.low) == pytest.approx((got.low, got.high), abs=1e-12)


@pytest.mark.parametrize(
    ("scores", "measure", "scale"),
    [([11.0], Measure.NPS, 0), ([0.0], Measure.CSAT, 0), ([6.0], Measure.CSAT, 5), ([3.5], Measure.MEAN, 0),
     ([3.0], Measure.NPS, 5), ([3.0], Measure.CSAT, 4), ([6.0], Measure.EASY, 5), ([3.0], Measure.CES, 10)],
)  # fmt: skip
def test_a_score_or_scale_that_the_measure_has_not_is_refused(scores, measure, scale):
    with pytest.raises(OutOfRange):
        measures.scored(np.array(scores), measure, scale)


def test_no_answers_and_no_confidence_are_refused():
    with pytest.raises(DivisionByZero):
        measures.scored(np.array([]), Measure.MEAN)
    with pytest.raises(OutOfRange):
        interval(np.array([3.0]), Measure.MEAN, confidence=1.0)


# ── coverage ────────────────────────────────────────────────────────────────────────────────


def exact(shares, answers, holds):
    """Chance that what is asked of a survey's answers holds, over every survey that can come in."""
    top = len(shares)
    surveys = [
        counts
        for counts in itertools.product(range(answers + 1), repeat=top)
        if sum(counts) == answers and not any(n and not p for n, p in zip(counts, shares, strict=True))
    ]
    chances = stats.multinomial.pmf(surveys, answers, shares)
    held = [holds(np.repeat(np.arange(1.0, top + 1), counts)) for counts in surveys]
    return float(chances[held].sum())


def holds_by_t(truth):
    """Student's interval of a mean, which has no width where all answers are alike."""

    def holds(answers):
        half = stats.t.ppf(0.975, answers.size - 1) * answers.std(ddof=1) / np.sqrt(answers.size)
        return abs(answers.mean() - truth) <= half + 1e-12

    return holds


def holds_here(truth):
    def holds(answers):
        _, low, high = interval(answers, Measure.MEAN, 5)
        return low - 1e-12 <= truth <= high + 1e-12

    return holds


def test_twelve_answers_nearly_all_alike_are_too_few_for_students_t_and_not_for_us():
    shares = (0.08, 0.0, 0.0, 0.0, 0.92)
    truth = 5 * 0.92 + 0.08
    assert exact(shares, 12, holds_by_t(truth)) == pytest.approx(0.631, abs=5e-4)
    assert exact(shares, 12, holds_here(truth)) == pytest.approx(0.988, abs=5e-4)


def test_a_mean_of_five_answers_is_held_as_often_as_is_said():
    for shares in SHAPES:
        truth = float(np.arange(1, 6) @ shares)
        assert 0.91 < exact(shares, 5, holds_here(truth)) < 0.99


@pytest.mark.parametrize("answers", SIZES)
@pytest.mark.parametrize("measure", [Measure.CSAT, Measure.MEAN])
def test_the_interval_covers_what_it_says_at_twelve_thirty_and_a_hundred_answers(measure, answers):
    covered = []
    for seed, shares in enumerate(SHAPES):
        values = measures.scored(np.arange(1.0, 6.0), measure).values
        truth = float(values @ shares)
        found = [interval(one, measure) for one in drawn(shares, answers, times(400), seed)]
        covered.append(np.mean([one.low - 1e-9 <= truth <= one.high + 1e-9 for one in found]))
    assert min(covered) > 0.91
    assert 0.93 < np.mean(covered) < 0.98
