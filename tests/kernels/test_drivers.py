"""What moves a score: Shapley's division against its definition and published figures, effects and evidence."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import DivisionByZero, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.kernels import drivers
from klantwaarde_xl.kernels.measures import Measure
from tests.examples import examples, times
from tests.kernels.surveys import SIZES

# R's data set swiss: correlations of Agriculture, Examination, Education, Catholic and Infant.Mortality with
# each other, and with Fertility
SWISS = np.array(
    [
        [1, -0.68654221, -0.63952252, 0.40109505, -0.06085861],
        [-0.68654221, 1, 0.69841530, -0.5727418, -0.11402160],
        [-0.63952252, 0.69841530, 1, -0.1538589, -0.09932185],
        [0.40109505, -0.5727418, -0.1538589, 1, 0.17549591],
        [-0.06085861, -0.11402160, -0.09932185, 0.17549591, 1],
    ]
)
FERTILITY = np.array([0.35307918, -0.6458827, -0.66378886, 0.4636847, 0.41655603])


def survey(seed, answers, weights, together=0.3):
    """Ratings 1…5 of aspects that go together, and an NPS score that they move."""
    draw = np.random.default_rng(seed)
    common = draw.standard_normal((answers, 1))
    own = draw.standard_normal((answers, len(weights)))
    taste = math.sqrt(together) * common + math.sqrt(1 - together) * own
    ratings = np.clip(np.round(4 + taste), 1, 5)
    liking = taste @ np.array(weights) + draw.standard_normal(answers)
    return ratings, np.clip(np.round(7.5 + 1.5 * liking), 0, 10)


def by_aspect(table, field):
    """A column in the order of the aspects."""
    return getattr(table, field)[np.argsort(table.aspect)]


def r_squared(away, goal):
    if not away.shape[1]:
        return 0.0
    rest = goal - away @ np.linalg.lstsq(away, goal, rcond=1e-9)[0]
    return 1 - rest @ rest / (goal @ goal)


def added_over_every_order(ratings, target):
    """Shapley's division by its definition: the mean over all orders of what each aspect adds."""
    away, goal = ratings - ratings.mean(axis=0), target - target.mean()
    width, total = away.shape[1], np.zeros(away.shape[1])
    for order in itertools.permutations(range(width)):
        for place, aspect in enumerate(order):
            there = r_squared(away[:, order[:place]], goal)
            total[aspect] += r_squared(away[:, order[: place + 1]], goal) - there
    return total / math.factorial(width)


def test_the_swiss_figures_are_those_of_relaimpo():
    # Grömping (2006), Relative Importance for Linear Regression in R, J. Stat. Software 17(1): lmg
    published = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592]
    got = drivers.shapley(SWISS, FERTILITY)
    assert got == pytest.approx(published, abs=1e-7)
    assert got.sum() == pytest.approx(0.706735, abs=1e-6)  # R² of the regression


@given(st.integers(0, 10_000), st.integers(1, 4), st.sampled_from([0.0, 0.5, 0.9]))
@examples(30)
def test_the_division_is_the_mean_over_every_order(seed, width, together):
    ratings, scores = survey(seed, 25, [0.6, 0.3, 0.0, 0.2][:width], together)
    got = drivers.score_drivers(ratings, scores, Measure.MEAN, 10) if scores.min() > 0 else None
    target = scores if got else 100.0 * ((scores >= 9) - 1.0 * (scores <= 6))
    got = got or drivers.score_drivers(ratings, scores)
    assert by_aspect(got, "explained") == pytest.approx(added_over_every_order(ratings, target), abs=1e-9)


@given(st.integers(0, 10_000), st.integers(1, 12))
@examples(20)
def test_the_parts_add_up_to_the_r2_of_all_aspects(seed, width):
    ratings, scores = survey(seed, 60, [0.3] * width)
    got = drivers.score_drivers(ratings, scores)
    target = 100.0 * ((scores >= 9) - 1.0 * (scores <= 6))
    away = ratings - ratings.mean(axis=0)
    assert got.explained.sum() == pytest.approx(r_squared(away, target - target.mean()), abs=1e-9)
    assert got.share.sum() == pytest.approx(1, rel=1e-12)
    assert (got.explained >= 0).all()
    assert (np.diff(got.explained) <= 1e-9).all()


def test_aspects_that_have_nothing_to_do_with_each_other_explain_the_squares_of_their_correlations():
    ratings = np.array(list(itertools.product([1.0, 5.0], [2.0, 3.0, 4.0], [1.0, 2.0])))
    scores = np.array([3, 9, 10, 8, 7, 10, 2, 9, 10, 10, 6, 9.0])
    got = drivers.score_drivers(ratings, scores)
    assert got.explained == pytest.approx(got.correlation**2, abs=1e-12)


def test_an_aspect_asked_twice_shares_what_it_explains_and_has_no_effect_of_its_own():
    ratings, scores = survey(3, 40, [0.8, 0.2])
    got = drivers.score_drivers(np.column_stack([ratings, ratings[:, 0]]), scores)
    explained, effect = by_aspect(got, "explained"), by_aspect(got, "effect")
    assert explained[0] == pytest.approx(explained[2], rel=1e-9)
    assert explained.sum() == pytest.approx(drivers.score_drivers(ratings, scores).explained.sum(), rel=1e-9)
    assert np.isnan(effect).tolist() == [True, False, True]


def test_an_aspect_that_all_judge_alike_explains_nothing():
    ratings, scores = survey(4, 40, [0.8])
    got = drivers.score_drivers(np.column_stack([ratings, np.full(40, 4.0)]), scores)
    assert got.aspect.tolist() == [0, 1]
    assert (got.explained[1], got.evidence[1]) == (0, drivers.Evidence.NONE)
    assert np.isnan([got.correlation[1], got.effect[1], got.low[1]]).all()


def test_effects_are_those_of_least_squares_with_the_errors_of_white():
    ratings, scores = survey(5, 50, [0.7, 0.2, 0.1])
    got = drivers.score_drivers(ratings, scores, confidence=0.9)
    target = 100.0 * ((scores >= 9) - 1.0 * (scores <= 6))
    design = np.column_stack([np.ones(50), ratings])
    inverse = np.linalg.inv(design.T @ design)
    effect = inverse @ design.T @ target
    rest = (target - design @ effect) / (1 - np.einsum("ij,jk,ik->i", design, inverse, design))
    error = np.sqrt(np.diag(inverse @ (design.T * rest**2) @ design @ inverse))  # HC3
    half = stats.t.ppf(0.95, 46) * error
    assert by_aspect(got, "effect") == pytest.approx(effect[1:], rel=1e-9)
    assert by_aspect(got, "low") == pytest.approx((effect - half)[1:], rel=1e-9)
    assert by_aspect(got, "high") == pytest.approx((effect + half)[1:], rel=1e-9)


@given(st.integers(0, 10_000))
@examples(20)
def test_another_scale_of_the_ratings_changes_effects_only(seed):
    ratings, scores = survey(seed, 30, [0.6, 0.4])
    got, again = drivers.score_drivers(ratings, scores), drivers.score_drivers(2 * ratings - 1, scores)
    assert again.explained == pytest.approx(got.explained, abs=1e-9)
    assert again.effect == pytest.approx(got.effect / 2, rel=1e-9, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("answers", SIZES)
def test_aspects_that_move_nothing_are_seldom_called_out(answers):
    """All aspects together: one in twenty surveys, at 95 %."""
    found = []
    for seed in range(times(400)):
        ratings, scores = survey(seed, answers, [0.0] * 4)[0], survey(seed + 9999, answers, [0.0])[1]
        if np.ptp(np.digitize(scores, [7, 9])):  # else all are of one group, and it says so
            found.append(drivers.score_drivers(ratings, scores))
    assert np.mean([one.evidence.any() for one in found]) < 0.08


@pytest.mark.slow
@pytest.mark.parametrize("answers", SIZES)
def test_the_interval_of_an_effect_covers_what_it_says(answers):
    weights = [0.6, 0.3]
    truth = by_aspect(drivers.score_drivers(*survey(1, 400_000, weights)), "effect")
    found = [drivers.score_drivers(*survey(seed, answers, weights)) for seed in range(100, 100 + times(400))]
    low, high = (np.array([by_aspect(one, name) for one in found]) for name in ("low", "high"))
    covered = ((low <= truth) & (truth <= high)).mean(axis=0)
    assert covered.min() > 0.92
    assert covered.max() < 0.985


def test_rows_with_a_blank_do_not_count():
    ratings, scores = survey(6, 30, [0.5, 0.5])
    holes, more = ratings.copy(), scores.copy()
    holes[3, 1], more[7] = np.nan, np.nan
    got = drivers.score_drivers(holes, more)
    whole = np.delete(np.arange(30), [3, 7])
    assert got.explained == pytest.approx(drivers.score_drivers(ratings[whole], scores[whole]).explained)
    assert got.answers.tolist() == [28, 28]


@pytest.mark.parametrize(
    ("ratings", "scores", "error"),
    [
        ([[1.0, 2], [3, 4], [5, 1]], [9.0, 8, 3], NotAvailable),
        ([[1.0], [3], [5]], [9.0, 10, 9], DivisionByZero),
        ([[1.0], [3], [5]], [np.nan] * 3, DivisionByZero),
        ([[1.0], [3], [5]], [9.0, 11, 2], OutOfRange),
        ([[1.0] * 13] * 20, [9.0, 2] * 10, OutOfRange),
        ([[1.0], [3], [5]], [9.0, 3], WrongType),
    ],
)
def test_what_nothing_can_be_said_of_is_refused(ratings, scores, error):
    with pytest.raises(error):
        drivers.score_drivers(np.array(ratings), np.array(scores))
