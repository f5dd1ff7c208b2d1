"""Answers that weigh differently, and how many a survey needs: published figures, identities, power."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, WrongType, error_of
from klantwaarde_xl.kernels import measures, waves, weighting
from klantwaarde_xl.kernels.measures import Measure
from tests.examples import times
from tests.kernels.surveys import SHAPES, SIZES, drawn

answers = st.lists(st.integers(1, 5), min_size=1, max_size=40)
measure_of_five = st.sampled_from([Measure.CSAT, Measure.MEAN])


def floats(values):
    return np.array(values, dtype=float)


def weighted(scores, weights, measure=Measure.MEAN, **options):
    got = weighting.weighted_survey(floats(scores), floats(weights), measure, **options)
    return {name: float(column[0]) for name, column in got._asdict().items()}


# ── weights ─────────────────────────────────────────────────────────────────────────────────


@given(answers, measure_of_five, st.sampled_from([1.0, 0.25, 3.0]), st.floats(0.5, 0.999))
def test_equal_weights_give_the_unweighted_figure_and_interval(scores, measure, weight, confidence):
    got = weighted(scores, [weight] * len(scores), measure, confidence=confidence)
    one = measures.scored(floats(scores), measure)
    wanted = measures.estimate(one, measures.summed(one.values), confidence)
    assert (got["value"], got["low"], got["high"]) == pytest.approx(wanted, abs=1e-9)
    assert (got["effective"], got["loss"]) == (len(scores), 1)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), min_size=1, max_size=40), measure_of_five)
def test_only_the_proportion_of_weights_counts_and_their_number_is_never_more_than_the_answers(
    pairs, measure
):
    scores, weights = (floats(x) for x in zip(*pairs, strict=True))
    if weights.sum() == 0:
        with pytest.raises(DivisionByZero):
            weighted(scores, weights, measure)
        return
    got, twice = weighted(scores, weights, measure), weighted(scores, 2 * weights, measure)
    assert twice == pytest.approx(got, rel=1e-12, abs=1e-12)
    assert 1 - 1e-12 <= got["effective"] <= len(pairs) + 1e-9
    assert got["low"] - 1e-12 <= got["value"] <= got["high"] + 1e-12


@given(answers, measure_of_five)
def test_answers_of_no_weight_change_nothing_but_their_number(scores, measure):
    got = weighted([*scores, 1, 5], [*([2.0] * len(scores)), 0, 0], measure)
    alone = weighted(scores, [1.0] * len(scores), measure)
    assert [got[x] for x in ("value", "low", "effective")] == pytest.approx(
        [alone[x] for x in ("value", "low", "effective")]
    )


def test_weights_undo_that_one_half_of_the_customers_answered_thrice_as_often():
    """60 of 80 answers come from half of the customers: their CSAT is 1, that of the others 0."""
    often, seldom = (weighting.weight_factor(n, 80, 500, 1000) for n in (60, 20))
    got = weighted([5] * 60 + [1] * 20, [often] * 60 + [seldom] * 20, Measure.CSAT)
    assert got["value"] == pytest.approx(0.5, rel=1e-12)
    assert got["effective"] == pytest.approx(80**2 / (60 * often**2 + 20 * seldom**2), rel=1e-12)  # Kish 1965
    assert got["effective"] == pytest.approx(60, rel=1e-12)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 500)), min_size=1, max_size=6))
def test_the_weights_of_all_groups_add_up_to_the_number_of_answers(groups):
    came, there = (floats(x) for x in zip(*groups, strict=True))
    factors = weighting.weight_factor(came, came.sum(), there, there.sum())
    assert factors @ came == pytest.approx(came.sum(), rel=1e-12)


def test_a_weight_factor_without_a_meaning_is_an_error_of_its_own():
    got = weighting.weight_factor(
        [0, 20, -1, 20, 90], 80, [500, 500, 500, 2000, 500], [1000, 0, 1000, 1000, 1000]
    )
    assert [error_of(x) for x in got] == [
        CellError.DIV0, CellError.NUM, CellError.NUM, CellError.NUM, CellError.NUM
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "weights", "error"),
    [
        ([3], [-1], OutOfRange),
        ([3], [np.nan], OutOfRange),
        ([np.nan], [1], DivisionByZero),
        ([3, 4], [1], WrongType),
    ],
)
def test_weights_that_cannot_be_are_refused(scores, weights, error):
    with pytest.raises(error):
        weighted(scores, weights)


@pytest.mark.parametrize("size", SIZES)
def test_the_weighted_interval_covers_no_less_than_it_says(size):
    """A third of the answers weigh three times as much, and come from who thinks otherwise.

    How many come from each is fixed here, which makes them surer than Kish's number says.
    """
    light, heavy = SHAPES[2], SHAPES[1]
    heavies = size // 3
    weights = floats([1.0] * (size - heavies) + [3.0] * heavies)
    part = weights / weights.sum()
    scale = np.arange(1.0, 6.0)
    truth = float(
        part[: size - heavies].sum() * (scale @ light) + part[size - heavies :].sum() * (scale @ heavy)
    )
    rounds = times(400)
    scores = np.hstack([drawn(light, size - heavies, rounds, 1), drawn(heavy, heavies, rounds, 2)])
    found = [weighted(one, weights) for one in scores]
    covered = np.mean([one["low"] <= truth <= one["high"] for one in found])
    assert covered > 0.93


# ── how many answers ────────────────────────────────────────────────────────────────────────


# Krejcie & Morgan (1970), Determining sample size for research activities, table 1 (5 %, 95 %), rounded to
# the nearest whole number there and up here
@pytest.mark.parametrize(
    ("population", "table"),
    [(10, 10), (50, 44), (100, 80), (500, 217), (1000, 278), (2000, 322), (5000, 357), (10_000, 370)],
)
def test_the_answers_that_a_margin_needs_are_those_of_krejcie_and_morgan(population, table):
    assert weighting.sample_size(0.05, Measure.CSAT, population=population) - table in (0, 1)


def test_without_a_population_a_margin_of_five_percent_takes_385_answers():
    assert weighting.sample_size(0.05, Measure.CSAT) == 385  # Cochran (1977): 1.96² × ¼ / 0.05² = 384.16


@pytest.mark.parametrize(
    ("measure", "scale", "most"), [(0, 0, 100), (1, 7, 0.5), (2, 0, 3), (2, 5, 2), (4, 10, 4.5)]
)
def test_a_spread_that_is_not_given_is_the_largest_there_can_be(measure, scale, most):
    assert weighting.sample_size(most / 10, measure, scale) == weighting.sample_size(
        most / 10, measure, scale, most
    )
    assert error_of(weighting.sample_size(most / 10, measure, scale, most * 1.001)) is CellError.NUM


@given(st.floats(0.02, 0.5), st.integers(1, 10_000))
def test_never_more_answers_are_needed_than_there_are_customers(margin, population):
    assert 1 <= weighting.sample_size(margin, Measure.CSAT, population=population) <= population


@pytest.mark.parametrize("margin", [0.05, 0.1, 0.2])
def test_so_many_answers_give_an_interval_that_is_no_wider(margin):
    answers = int(weighting.sample_size(margin, Measure.CSAT))
    low, high = measures.wilson(answers / 2, answers)
    assert (high - low) / 2 <= margin


# Cohen (1988), Statistical power analysis, table 2.4.1: power 0.80, two-sided 0.05; R's power.t.test gives
# 393.4057, 63.76561 and 25.52458
@pytest.mark.parametrize(("deviations", "wanted"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_the_answers_that_a_difference_needs_are_those_of_cohen(deviations, wanted):
    assert weighting.sample_size_of_change(0.5 * deviations, Measure.CSAT) == wanted


@given(st.floats(0.15, 1.0), st.floats(0.55, 0.95))
def test_students_test_has_the_power_that_was_asked_for(deviations, power):
    each = int(weighting.sample_size_of_change(0.5 * deviations, Measure.CSAT, power=power))
    free, away = 2 * each - 2, deviations * math.sqrt(each / 2)
    reach = stats.t.ppf(0.975, free)
    got = stats.nct.sf(reach, free, away) + stats.nct.cdf(-reach, free, away)
    assert power - 0.01 < got < power + 0.06


@pytest.mark.parametrize("together", [0.0, 0.6])
def test_so_many_answers_show_the_difference_as_often_as_is_said(together):
    """An NPS of −10 that becomes 25, in our own comparison: of different customers, and of the same."""
    before, after = np.array([0.35, 0.40, 0.25]), np.array([0.20, 0.35, 0.45])
    value, shift = np.array([-100.0, 0, 100]), 35.0
    spread = math.sqrt(np.mean([value**2 @ p - (value @ p) ** 2 for p in (before, after)]))
    draw = np.random.default_rng(11)
    normal = draw.standard_normal((2, 200_000))
    second = together * normal[0] + math.sqrt(1 - together**2) * normal[1]
    score = np.array([3.0, 8.0, 10.0])
    first, later = (
        score[np.searchsorted(stats.norm.ppf(np.cumsum(p)[:-1]), x)]
        for p, x in ((before, normal[0]), (after, second))
    )
    nps = [measures.scored(x, Measure.NPS).values for x in (first, later)]
    correlation = float(np.corrcoef(*nps)[0, 1]) if together else 0.0
    each = int(weighting.sample_size_of_change(shift, Measure.NPS, 0, spread, correlation=correlation))
    seen = []
    for k in range(times(400, more=2)):
        part = slice(k * each, (k + 1) * each)
        verdict = waves.paired_change(first[part], later[part]).verdict[0]
        if not together:
            pair = (measures.scored(x[part], Measure.NPS) for x in (first, later))
            verdict = waves.change_of(*pair, 0.95)[-1]
        seen.append(verdict > 0)
    assert 0.73 < np.mean(seen) < 0.87


def test_what_no_plan_can_be_made_of_is_an_error():
    bad = [(0, 0), (5, 0, 5), (5, 0, 0, -1), (5, 0, 0, 101), (5, 0, 0, 0, 1), (5, 0, 0, 0, 0.95, 0.5)]
    assert {error_of(weighting.sample_size(*one)) for one in bad} == {CellError.NUM}
    bad = [(0,), (5, 0, 0, 0, 0.95, 0.4), (5, 0, 0, 0, 0.95, 1), (5, 0, 0, 0, 0.95, 0.8, 1)]
    assert {error_of(weighting.sample_size_of_change(*one)) for one in bad} == {CellError.NUM}


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_only_the_proportion_of_weights_counts_whatever_their_size(size):
    weights = np.array([0.5, 1, 2, 1, 3])
    plain = weighting.weighted_survey(np.array([9.0, 3, 8, 10, 6]), weights)
    scaled = weighting.weighted_survey(np.array([9.0, 3, 8, 10, 6]), weights * size)
    assert [one[0] for one in scaled] == pytest.approx([one[0] for one in plain])
