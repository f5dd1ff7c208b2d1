"""Value beside score: a published chance, an interval that never collapses, and totals that add up."""

import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, WrongType, error_of
from klantwaarde_xl.kernels import score_value
from klantwaarde_xl.kernels.nps import Difference
from tests.examples import times

sizes = st.integers(1, 60)
customers = st.lists(st.tuples(st.integers(0, 10), st.floats(-1000, 10_000)), min_size=1, max_size=60)


def test_the_chance_of_the_pain_scores_is_the_published_one():
    # R, lawstat: brunner.munzel.test(Y, N) gives P(X<Y) + .5 P(X=Y) = 0.788961 (Brunner & Munzel 2000)
    treated = np.array([1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1.0])
    control = np.array([3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4.0])
    assert score_value.chance_of_more(control, treated) == pytest.approx(0.788961, abs=5e-7)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=30), st.lists(st.integers(0, 9), min_size=1, max_size=30)
)
def test_the_chance_counts_every_pair(ours, theirs):
    one, other = np.array(ours, dtype=float), np.array(theirs, dtype=float)
    away = np.sign(one[:, None] - other[None, :])
    got = score_value.chance_of_more(one, other)
    assert got == pytest.approx((away.mean() + 1) / 2, abs=1e-12)
    assert got + score_value.chance_of_more(other, one) == pytest.approx(1, abs=1e-12)


@given(sizes, sizes, st.floats(0, 1), st.floats(0.5, 0.999))
def test_the_limits_of_a_chance_solve_their_equation_and_mirror(ours, theirs, chance, confidence):
    low, high = score_value.chance_interval(chance, ours, theirs, confidence)
    assert 0 <= low <= chance + 1e-9
    assert chance - 1e-9 <= high <= 1
    assert high - low > 1e-3
    z = measures_quantile(confidence)
    for end in (low, high):
        if 1e-6 < end < 1 - 1e-6 and end != 0.5:
            more = 1 + ((ours + theirs) / 2 - 1) * ((1 - end) / (2 - end) + end / (1 + end))
            reach = z * math.sqrt(end * (1 - end) * more / (ours * theirs))
            assert abs(chance - end) == pytest.approx(reach, rel=1e-6, abs=1e-9)
    mirrored = score_value.chance_interval(1 - chance, theirs, ours, confidence)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-9)


def measures_quantile(confidence):
    from scipy import stats

    return stats.norm.ppf((1 + confidence) / 2)


@functools.cache
def orders(wins, ours, theirs):
    """In how many orders of all amounts ours win so often from theirs."""
    if wins < 0 or not (ours and theirs):
        return int(wins == 0)
    return orders(wins - theirs, ours - 1, theirs) + orders(wins, ours, theirs - 1)


@pytest.mark.slow
def test_customers_who_are_worth_the_same_are_seldom_told_apart_however_few():
    """Exactly, over every order in which the amounts of so many can come."""
    for ours in range(1, 13):
        for theirs in range(1, 13):
            pairs = ours * theirs
            told = 0
            for wins in range(pairs + 1):
                low, high = score_value.chance_interval(wins / pairs, ours, theirs)
                told += orders(wins, ours, theirs) if low > 0.5 or high < 0.5 else 0
            assert told / math.comb(ours + theirs, ours) < 0.06


@pytest.mark.parametrize(("ours", "theirs"), [(3, 3), (4, 8), (12, 12), (30, 8), (30, 30)])
@pytest.mark.parametrize("richer", [1.0, 3.0])
@pytest.mark.parametrize("spread", [1.0, 0.7])
def test_the_limits_of_a_chance_hold_it_for_skewed_amounts_of_few_customers(ours, theirs, richer, spread):
    draw = np.random.default_rng(ours * theirs)
    rounds = times(400)
    mine = richer * draw.lognormal(4, 1, (rounds, ours))
    others = draw.lognormal(4, spread, (rounds, theirs))
    truth = 0.5 * math.erfc(-math.log(richer) / math.hypot(1, spread) / math.sqrt(2))
    found = [
        score_value.chance_interval(score_value.chance_of_more(a, b), ours, theirs)
        for a, b in zip(mine, others, strict=True)
    ]
    assert np.mean([low <= truth <= high for low, high in found]) > 0.915


@given(customers)
def test_the_groups_add_up_to_all_customers_and_all_money(pairs):
    scores, amounts = (np.array(x, dtype=float) for x in zip(*pairs, strict=True))
    got = score_value.score_values(scores, amounts)
    assert got.customers.sum() == len(pairs)
    assert got.share.sum() == pytest.approx(1, rel=1e-12)
    assert got.total.sum() == pytest.approx(amounts.sum(), rel=1e-9, abs=1e-6)
    for group in range(3):
        if got.customers[group]:
            assert got.mean[group] * got.customers[group] == pytest.approx(
                got.total[group], rel=1e-9, abs=1e-9
            )
        else:
            assert error_of(float(got.median[group])) is CellError.NA
    if amounts.sum() <= 0:
        assert error_of(float(got.share_of_total[0])) is CellError.NA


def test_promoters_who_are_all_worth_more_are_said_to_be_when_there_are_enough():
    few = score_value.score_difference(np.array([9.0, 10, 3]), np.array([50.0, 60, 10]))
    assert (few.chance[0], few.verdict[0]) == (1, Difference.NONE)
    scores = np.repeat([9.0, 3.0], 6)
    many = score_value.score_difference(scores, np.arange(12.0)[::-1])
    less = score_value.score_difference(scores, np.arange(12.0))
    assert (many.verdict[0], less.verdict[0]) == (Difference.RISEN, Difference.FALLEN)
    assert many.change[0] == -less.change[0] == 6


def test_who_has_no_amount_or_no_score_does_not_count():
    got = score_value.score_values(np.array([9, 3, np.nan, 8.0]), np.array([5, np.nan, 7, 2.0]))
    assert got.customers.tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("scores", "amounts", "error"),
    [([9, 8], [1, 2], DivisionByZero), ([np.nan], [1], DivisionByZero), ([11, 3], [1, 2], OutOfRange),
     ([9, 3], [1], WrongType)],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(scores, amounts, error):
    with pytest.raises(error):
        score_value.score_difference(np.array(scores, dtype=float), np.array(amounts, dtype=float))
