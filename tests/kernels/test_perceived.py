"""Perceived value: hand-worked figures and identities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, DivisionByZero, OutOfRange, WrongType, error_of
from klantwaarde_xl.kernels import perceived
from klantwaarde_xl.kernels.perceived import Balance
from klantwaarde_xl.wording.codes import POSITIONS, RISKS, VERDICTS

score = st.floats(1, 10)
scores = st.lists(score, min_size=1, max_size=12).map(np.array)
ratio = st.floats(0.2, 5)


def test_the_sum_of_benefits_less_investments_is_that_of_article_004():
    assert perceived.perceived_value([8, 7, 9], [6, 4], balance=Balance.SUMS) == 24 - 10


@given(scores, scores, st.floats(0.1, 100))
def test_only_the_proportion_of_the_weights_matters(benefits, investments, factor):
    weights = np.arange(1.0, benefits.size + 1)
    once = perceived.perceived_value(benefits, investments, weights)
    assert perceived.perceived_value(benefits, investments, weights * factor) == pytest.approx(once, abs=1e-9)


@given(scores, scores)
def test_equal_weights_are_the_default(benefits, investments):
    weights = np.full(benefits.size, 3.0)
    once = perceived.perceived_value(benefits, investments)
    assert perceived.perceived_value(benefits, investments, weights) == pytest.approx(once, abs=1e-9)


@given(scores, scores)
def test_the_ratio_is_above_one_where_the_difference_is_above_zero(benefits, investments):
    difference = perceived.perceived_value(benefits, investments)
    ratio = perceived.perceived_value(benefits, investments, balance=Balance.RATIO)
    if abs(difference) > 1e-9:
        assert (ratio > 1) == (difference > 0)


def test_what_equals_itself_is_in_balance():
    assert perceived.perceived_value([7, 8], [8, 7]) == 0.0
    assert perceived.perceived_value([7, 8], [8, 7], balance=Balance.RATIO) == 1.0


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (([7], [7], [0]), DivisionByZero),
        (([7], [0], None, None, Balance.RATIO), DivisionByZero),
        (([7], [7], [-1]), OutOfRange),
        (([7], [7], [1, 1]), WrongType),
    ],
)
def test_impossible_weights_and_ratios_are_refused(args, error):
    with pytest.raises(error):
        perceived.perceived_value(*args)


def test_the_risk_goes_down_as_the_balance_goes_up():
    codes = perceived.departure_risk([-0.01, 0, 0.99, 1])
    assert [RISKS[int(code)] for code in codes] == [
        "hoog risico op vertrek",
        "verhoogd risico",
        "verhoogd risico",
        "laag risico",
    ]


def test_answers_of_several_customers_are_averaged_per_aspect():
    gaps = perceived.expectation_gaps(np.array([0, 1, 0]), np.array([7.0, 8, 9]), np.array([6.0, 9, 6]))
    assert gaps.gap.tolist() == [-2.0, 1.0]
    assert [VERDICTS[code] for code in gaps.verdict] == ["onder verwachting", "boven verwachting"]


def test_a_gap_of_exactly_the_tolerance_is_as_expected():
    gaps = perceived.expectation_gaps(np.array([0, 1]), np.array([7.6, 8.1]), np.array([8.1, 7.6]))
    assert gaps.verdict.tolist() == [1, 1]


@given(scores)
def test_the_total_gap_is_the_mean_of_the_gaps(expectation):
    experience = expectation[::-1] + 1
    gaps = perceived.expectation_gaps(np.arange(expectation.size), expectation, experience)
    assert perceived.total_gap(expectation, experience) == pytest.approx(gaps.gap.mean(), abs=1e-12)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_the_premium_brings_the_competitors_price_to_ours(own, competitor):
    again = competitor * (1 + perceived.price_premium(own, competitor))
    # A premium near -1 has the digits of the competitor's price, not of ours
    assert again == pytest.approx(own, rel=1e-9, abs=4e-16 * competitor)


def test_a_competitor_who_is_free_leaves_no_premium():
    assert error_of(perceived.price_premium(10, 0)) is CellError.DIV0


@given(scores)
def test_being_as_good_on_every_aspect_is_a_quality_ratio_of_one(own):
    assert perceived.quality_ratio(own, own, np.arange(1.0, own.size + 1)) == pytest.approx(1, rel=1e-12)


@given(ratio, st.floats(0, 1))
def test_equal_quality_and_price_ratios_lie_on_the_line_at_even_weights(both, weight):
    assert perceived.fair_value_distance(both, both) == pytest.approx(0, abs=1e-12)
    assert perceived.fair_value_distance(1, 1, weight) == 0.0


@given(ratio, ratio)
def test_a_heavy_price_makes_only_the_price_count(quality, price):
    assert perceived.fair_value_distance(quality, price, 1) == pytest.approx(1 - price, abs=1e-12)
    assert perceived.fair_value_distance(quality, price, 0) == pytest.approx(quality - 1, abs=1e-12)


@pytest.mark.parametrize(
    ("quality", "price", "wanted"),
    [
        (1.2, 0.9, "betere waarde"),
        (0.8, 1.1, "slechtere waarde"),
        (1.5, 1.5, "premium"),
        (0.6, 0.6, "goedkoop"),
        (1.0, 1.0, "gemiddeld"),
        (1.1, 1.0, "gemiddeld"),  # a distance of 0.05: on the tolerance
        (1.11, 1.0, "betere waarde"),
    ],
)
def test_a_place_on_the_value_map_has_its_word(quality, price, wanted):
    assert POSITIONS[int(perceived.value_position(quality, price))] == wanted


@given(ratio, ratio)
def test_better_for_us_is_worse_for_the_other_on_the_line_through_one(quality, price):
    distance = perceived.fair_value_distance(quality, price)
    assert perceived.fair_value_distance(2 - quality, 2 - price) == pytest.approx(-distance, abs=1e-12) or (
        quality >= 2 or price >= 2
    )
