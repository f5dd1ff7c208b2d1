"""NPS and its certainty: published figures with their source, identities, exact coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import CellError, DivisionByZero, error_of
from klantwaarde_xl.kernels import nps
from klantwaarde_xl.kernels.nps import Denominator, Method

PLAIN = Method.PLAIN

counts = st.tuples(*[st.integers(0, 500)] * 3).filter(lambda c: sum(c) > 1)
confidences = st.floats(0.5, 0.999)
nps_scores = st.lists(st.integers(0, 10), min_size=2, max_size=200)
PUBLISHED = (200, 120, 80)  # published.csv: NPS 30, SE 3.9051, MoE95 7.6540, SE(n-1) 3.9100


def scores_of(promoters, passives, detractors):
    return np.repeat([10.0, 8.0, 3.0], [promoters, passives, detractors])


def test_the_published_nps_from_counts_is_30():
    assert nps.nps_from_counts(*PUBLISHED) == 30.0


def test_the_published_standard_error_is_3_9051():
    assert round(nps.nps_standard_error(*PUBLISHED), 4) == 3.9051


def test_the_published_standard_error_with_n_less_one_is_3_9100():
    assert round(nps.nps_standard_error(*PUBLISHED, Denominator.ANSWERS_LESS_ONE), 4) == 3.9100


def test_the_published_margin_at_95_percent_is_7_6540():
    # published.csv takes 1.96 for z; the quantile itself gives 7.6539
    assert round(1.96 * nps.nps_standard_error(*PUBLISHED), 4) == 7.6540
    assert nps.nps_margin(*PUBLISHED, method=PLAIN) == pytest.approx(7.6540, abs=2e-4)


@given(counts)
def test_counts_and_scores_give_the_same_nps(groups):
    assert nps.nps_from_counts(*groups) == pytest.approx(nps.nps(scores_of(*groups)), abs=1e-12)


@given(counts)
def test_the_standard_error_is_that_of_the_mean_of_100_0_and_minus_100(groups):
    recoded = np.repeat([100.0, 0.0, -100.0], groups)
    plain, unbiased = (nps.nps_standard_error(*groups, d) for d in Denominator)
    assert plain == pytest.approx(recoded.std() / math.sqrt(recoded.size), abs=1e-9)
    assert unbiased == pytest.approx(recoded.std(ddof=1) / math.sqrt(recoded.size), abs=1e-9)


@given(counts, confidences)
def test_the_plain_margin_is_the_normal_quantile_times_the_standard_error(groups, confidence):
    z = stats.norm.ppf((1 + confidence) / 2)
    wanted = z * nps.nps_standard_error(*groups)
    assert nps.nps_margin(*groups, confidence, method=PLAIN) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@given(counts, confidences, st.sampled_from(Denominator))
def test_the_adjusted_limits_are_the_plain_ones_of_three_more_answers(groups, confidence, denominator):
    """Rocks (2016), AW(3, T): add ¾, 1½, ¾; here without the cut at the ends of the scale."""
    more = np.array(groups) + [0.75, 1.5, 0.75]
    centre = nps.nps_from_counts(*more)
    half = nps.nps_margin(*more, confidence, denominator, method=PLAIN)
    interval = nps.nps_interval(scores_of(*groups), confidence, denominator)
    point = nps.nps_from_counts(*groups)
    low, high = min(centre - half, point), max(centre + half, point)
    assert interval.low[0] == pytest.approx(max(low, -100), abs=1e-9)
    assert interval.high[0] == pytest.approx(min(high, 100), abs=1e-9)


@given(counts, confidences)
def test_the_margin_reaches_as_far_as_the_interval(groups, confidence):
    interval = nps.nps_interval(scores_of(*groups), confidence)
    reach = max(interval.high[0] - interval.points[0], interval.points[0] - interval.low[0])
    assert interval.margin[0] == nps.nps_margin(*groups, confidence)
    assert reach <= interval.margin[0] + 1e-9


@given(counts)
def test_the_adjusted_interval_of_everyone_asked_is_the_score_itself(groups):
    interval = nps.nps_interval(scores_of(*groups), population=sum(groups))
    assert interval.low[0] == pytest.approx(interval.points[0], abs=1e-9)
    assert interval.high[0] == pytest.approx(interval.points[0], abs=1e-9)
    assert interval.margin[0] == pytest.approx(0, abs=1e-9)


# ── coverage, over every survey that can come in (multinomial), not drawn ───────────────────


def surveys(answers, shares):
    """Every outcome of a survey and its chance."""
    groups = [(a, answers - a - c, c) for a in range(answers + 1) for c in range(answers - a + 1)]
    return groups, stats.multinomial.pmf(groups, answers, shares)


def coverage(answers, shares, method):
    groups, chances = surveys(answers, shares)
    truth = 100 * (shares[0] - shares[2])
    intervals = [nps.nps_interval(scores_of(*one), method=method) for one in groups]
    held = [one.low[0] - 1e-9 <= truth <= one.high[0] + 1e-9 for one in intervals]
    return float(chances[held].sum())


def test_the_plain_interval_of_ten_answers_holds_the_truth_in_two_surveys_of_three():
    assert coverage(10, (0.9, 0.08, 0.02), PLAIN) == pytest.approx(0.649, abs=5e-4)


def test_the_adjusted_interval_of_ten_answers_holds_the_truth_as_often_as_it_says():
    assert coverage(10, (0.9, 0.08, 0.02), Method.ADJUSTED) == pytest.approx(0.930, abs=5e-4)


@pytest.mark.parametrize("answers", [5, 10, 20, 40])
@pytest.mark.parametrize(
    "shares", [(0.9, 0.08, 0.02), (0.5, 0.3, 0.2), (0.7, 0.25, 0.05), (0.95, 0.04, 0.01), (0.6, 0.1, 0.3)]
)
def test_the_adjusted_interval_never_covers_much_less_than_it_says(answers, shares):
    covered = coverage(answers, shares, Method.ADJUSTED)
    assert covered > 0.91
    assert covered > coverage(answers, shares, PLAIN) - 1e-9


MARKETS = [(0.9, 0.08, 0.02), (0.5, 0.0, 0.5), (0.3, 0.4, 0.3), (0.7, 0.25, 0.05), (0.35, 0.0, 0.65)]


def false_alarms(first, second, shares, method):
    """Chance that two surveys of one market are called different, at 95 %."""
    (one, p_one), (other, p_other) = surveys(first, shares), surveys(second, shares)
    columns = np.array([(*a, *b) for a in one for b in other], dtype=float).T
    verdicts = nps.nps_change_code(*columns, 0.95, 0.0, float(method))
    return float(np.outer(p_one, p_other).ravel()[verdicts > 0].sum())


@pytest.mark.parametrize(("first", "second"), [(3, 3), (5, 5), (10, 10), (5, 20)])
@pytest.mark.parametrize("shares", MARKETS)
def test_a_market_that_stays_the_same_is_seldom_called_changed(first, second, shares):
    assert false_alarms(first, second, shares, Method.ADJUSTED) < 0.057


def test_the_plain_comparison_of_few_answers_calls_out_three_times_too_often():
    assert max(false_alarms(5, 20, shares, PLAIN) for shares in MARKETS) > 0.15


# ── the rest ────────────────────────────────────────────────────────────────────────────────


def test_asking_everyone_leaves_no_error_and_half_leaves_the_correction():
    assert nps.nps_standard_error(*PUBLISHED, 0, 400) == 0.0
    half = nps.nps_standard_error(*PUBLISHED, 0, 800)
    assert half == pytest.approx(nps.nps_standard_error(*PUBLISHED) * math.sqrt(400 / 799), rel=1e-12)


def test_one_customer_in_all_who_was_asked_leaves_no_error():
    assert nps.nps_standard_error(1, 0, 0, 0, 1) == 0.0


def test_elements_without_a_standard_error_do_not_touch_the_others():
    got = nps.nps_standard_error([200, 0, -1, 1], [120, 0, 1, 0], [80, 0, 1, 0], [0, 0, 0, 1])
    assert got[0] == pytest.approx(3.905124837953327, rel=1e-15)
    assert [error_of(x) for x in got[1:]] == [CellError.DIV0, CellError.NUM, CellError.DIV0]


@given(nps_scores, confidences)
def test_the_interval_holds_the_nps_and_stays_on_the_scale(scores, confidence):
    interval = nps.nps_interval(np.array(scores), confidence)
    assert -100 <= interval.low[0] <= interval.points[0] <= interval.high[0] <= 100
    assert interval.answers[0] == len(scores)


def test_an_interval_beyond_the_scale_is_cut_off():
    assert nps.nps_interval(np.array([10.0] * 9 + [0.0])).high[0] == 100.0


@given(nps_scores)
def test_the_shares_of_the_three_groups_add_up_to_one(scores):
    shares = nps.nps_shares(np.array(scores))
    assert shares.share.sum() == pytest.approx(1, rel=1e-12)
    points = 100 * (shares.share[0] - shares.share[2])
    assert points == pytest.approx(nps.nps(np.array(scores)), abs=1e-9)


def test_the_difference_of_two_waves_has_the_root_of_the_summed_squares_as_error():
    change = nps.nps_change(scores_of(20, 12, 8), scores_of(30, 6, 4), method=PLAIN)
    assert change.standard_error[0] == pytest.approx(100 * math.sqrt(0.61 / 40 + 0.4275 / 40), rel=1e-12)
    assert change.change[0] == 35.0
    assert change.p_value[0] == pytest.approx(2 * stats.norm.sf(change.z[0]), rel=1e-12)


def test_the_p_value_keeps_its_digits_far_from_zero():
    assert nps.two_sided_p(20.0) == pytest.approx(2 * stats.norm.sf(20.0), rel=1e-9)


@given(counts, counts, confidences, st.sampled_from(Method))
def test_the_verdict_agrees_with_the_p_value_and_turns_around(first, second, confidence, method):
    code = nps.nps_change_code(*first, *second, confidence, method=method)
    back = nps.nps_change_code(*second, *first, confidence, method=method)
    if error_of(code) is CellError.DIV0:
        assert error_of(back) is CellError.DIV0
        return
    assert back == {0: 0, 1: 2, 2: 1}[code]
    p = nps.nps_change(scores_of(*first), scores_of(*second), confidence, method=method).p_value[0]
    if abs(p - (1 - confidence)) > 1e-9:
        assert (code > 0) == (p < 1 - confidence)


def test_the_same_wave_twice_shows_no_difference():
    wave = scores_of(*PUBLISHED)
    change = nps.nps_change(wave, wave)
    assert (change.change[0], change.p_value[0], change.verdict[0]) == (0.0, 1.0, 0.0)


def test_waves_without_any_spread_have_no_plain_test():
    with pytest.raises(DivisionByZero):
        nps.nps_change(np.array([9.0, 9.0]), np.array([3.0, 3.0]), method=PLAIN)


@pytest.mark.parametrize("method", list(Method))
def test_the_standard_error_does_not_depend_on_how_sure_one_wants_to_be(method):
    scores = np.array([10.0, 9, 9, 7, 3, 8, 10, 2])
    errors = [nps.nps_interval(scores, sure, method=method).standard_error[0] for sure in (1e-300, 0.5, 0.99)]
    assert errors == pytest.approx([errors[0]] * 3)
