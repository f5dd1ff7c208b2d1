"""What keeping customers is worth: the article's example, and what holds for any figures."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels import keeping
from klantwaarde_xl.kernels.value import Timing, clv

MARGINS = st.floats(1, 1000)
RETENTIONS = st.floats(0, 0.95)
INTERESTS = st.floats(0, 0.3)


def test_the_example_of_the_domain_page():
    """D38: retention 60 → 65 % on a margin of 100 a year, without interest."""
    assert keeping.highest_retention_spend(100, 0.6, 0.65, 0) == pytest.approx(35.714286)


@given(MARGINS, RETENTIONS, RETENTIONS, INTERESTS)
def test_when_the_first_margin_comes_makes_no_difference(margin, before, after, interest):
    now = clv(margin, after, interest, 0, Timing.NOW) - clv(margin, before, interest, 0, Timing.NOW)
    assert keeping.highest_retention_spend(margin, before, after, interest) == pytest.approx(now, abs=1e-6)


@given(MARGINS, RETENTIONS, RETENTIONS, RETENTIONS, INTERESTS)
def test_two_steps_are_worth_what_one_is(margin, first, second, third, interest):
    steps = [
        keeping.highest_retention_spend(margin, *pair, interest)
        for pair in ((first, second), (second, third), (first, third))
    ]
    assert steps[0] + steps[1] == pytest.approx(steps[2], abs=1e-6)


@given(st.integers(1, 1000), MARGINS, RETENTIONS, RETENTIONS, INTERESTS)
def test_a_programme_that_costs_nothing_brings_what_one_may_spend(customers, margin, before, after, interest):
    each = keeping.highest_retention_spend(margin, before, after, interest)
    brought = keeping.loyalty_value(customers, margin, before, after, interest)
    assert brought == pytest.approx(customers * each, abs=1e-5)


@given(
    st.integers(1, 1000),
    MARGINS,
    RETENTIONS,
    st.floats(0.01, 0.3),
    st.floats(0, 0.5),
    st.floats(0, 20),
    st.floats(0, 1e4),
)
def test_at_the_break_even_retention_a_programme_brings_nothing(
    customers, margin, before, interest, uplift, cost, fixed
):
    programme = uplift, cost, fixed
    limit = keeping.loyalty_break_even(customers, margin, before, interest, *programme)
    assume(math.isfinite(limit))
    brought = keeping.loyalty_value(customers, margin, before, limit, interest, *programme)
    assert brought == pytest.approx(0, abs=1e-6 * customers * margin * 100)
    higher = keeping.loyalty_value(customers, margin, before, min(1.0, limit + 0.001), interest, *programme)
    assert limit > 0.999 or higher > brought


def test_a_retention_of_which_the_sum_has_no_end_is_no_number():
    assert error_of(keeping.loyalty_break_even(200, 100, 1, 0)) is CellError.NUM
    assert error_of(keeping.loyalty_value(200, 100, 0.6, 1, 0)) is CellError.NUM


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1e4)), min_size=1, max_size=30))
def test_reasons_add_up_and_fall(rows):
    kinds = {code: place for place, code in enumerate(dict.fromkeys(code for code, _ in rows))}
    codes, worth = np.array([kinds[code] for code, _ in rows]), np.array([value for _, value in rows])
    found = keeping.leaving_reasons(codes, worth)
    assert found.customers.sum() == len(rows)
    assert found.value.sum() == pytest.approx(worth.sum())
    assert (np.diff(found.value) <= 1e-9 * max(1.0, worth.max())).all()
    assert sorted(found.reason) == list(range(len(kinds)))
    for place, reason in enumerate(found.reason):
        assert found.value[place] == pytest.approx(worth[codes == reason].sum())
    if worth.sum() > 0:
        assert found.running[-1] == pytest.approx(1)
        assert found.running == pytest.approx(np.cumsum(found.value_share))


def test_reasons_that_cost_nothing_have_no_share_of_it():
    found = keeping.leaving_reasons(np.array([0, 1]), np.zeros(2))
    assert {error_of(share) for share in (*found.value_share, *found.running)} == {CellError.DIV0}
    assert found.share.tolist() == [0.5, 0.5]
