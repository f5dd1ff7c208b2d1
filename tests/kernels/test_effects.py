"""What changes, recommendation and groups are worth, and figures against goals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels import effects, value
from klantwaarde_xl.kernels.effects import Direction
from klantwaarde_xl.wording.codes import LIGHTS

amount = st.floats(0, 1e6)
count = st.integers(0, 10_000)
fraction = st.floats(0, 1)


def test_fifty_customers_from_1000_to_1250_bring_12500_which_pays_a_year_of_advertising():
    assert effects.value_increase(50, 1000, 1250) == 12_500  # article 002: D18
    assert effects.value_increase(50, 1000, 1250, 12 * 1000) == 500  # 12.000 ≤ 12.500


def test_an_extra_tenner_a_month_is_customers_times_take_up_times_twelve():
    assert effects.extra_service(50, 10, 1) == 50 * 10 * 12  # article 002: D19
    assert effects.extra_service(50, 10, 0.2) == 1200


@given(count, amount, amount, amount)
def test_saving_a_cost_is_worth_what_the_same_rise_in_value_is(customers, before, after, spent):
    rise = effects.value_increase(customers, after, before, spent)
    assert effects.cost_saving(customers, before, after, spent) == rise


@given(count, fraction, amount, amount, amount)
def test_total_value_is_customer_value_plus_recommendation(referrals, conversion, each, revenue, costs):
    total = effects.value_with_recommendation(revenue, costs, referrals, conversion, each)
    added = effects.recommendation_value(referrals, conversion, each)
    assert total == pytest.approx(value.customer_value(revenue, 1, costs) + added, abs=1e-6)


def test_without_recommendation_total_value_is_that_of_article_001():
    assert effects.value_with_recommendation(1000, 200) == 800


@pytest.mark.parametrize(
    ("kernel", "args"),
    [
        (effects.recommendation_value, (-1, 0.5, 10)),
        (effects.recommendation_value, (1, 1.5, 10)),
        (effects.value_with_recommendation, (10, -1)),
        (effects.value_increase, (-1, 1, 2)),
        (effects.value_increase, (1, 1, 2, -1)),
        (effects.extra_service, (1, 10, 2)),
        (effects.extra_service, (1, 10, 0.5, 2)),
        (effects.extra_service, (1, 10, 0.5, 1, -1)),
        (effects.cost_saving, (1, -1, 0)),
        (effects.cost_saving, (1, 1, 0, -1)),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_scenario_outside_its_ranges_is_a_num_error(kernel, args):
    assert error_of(kernel(*args)) is CellError.NUM


# ── share and goals ─────────────────────────────────────────────────────────────────────────


def test_the_whole_market_is_a_share_of_one_and_more_is_a_num_error():
    got = effects.market_share([400, 401, 0, 1, -1], [400, 400, 0, 0, 400])
    assert got[0] == 1
    errors = [CellError.NUM, CellError.DIV0, CellError.DIV0, CellError.NUM]
    assert [error_of(x) for x in got[1:]] == errors


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_attainment_when_lower_is_better_is_the_inverse(got, goal):
    higher = effects.goal_attainment(got, goal)
    assert effects.goal_attainment(got, goal, Direction.LOWER) == pytest.approx(1 / higher)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.sampled_from(list(Direction)))
def test_green_is_an_attainment_of_one_or_more(got, goal, direction):
    green = effects.goal_light(got, goal, direction) == 2
    assert green == (effects.goal_attainment(got, goal, direction) >= 1)


@pytest.mark.parametrize(
    ("got", "goal", "direction", "light"),
    [
        (20, 20, Direction.HIGHER, "groen"),
        (0.72, 0.8, Direction.HIGHER, "oranje"),  # 0.8 - 0.72 is a hair above 0.08 in binary
        (0.7199, 0.8, Direction.HIGHER, "rood"),
        (-9, -10, Direction.HIGHER, "groen"),
        (-11, -10, Direction.HIGHER, "oranje"),
        (-12, -10, Direction.HIGHER, "rood"),
        (0, 40, Direction.LOWER, "groen"),
        (44, 40, Direction.LOWER, "oranje"),
        (44.1, 40, Direction.LOWER, "rood"),
        (1, 0, Direction.LOWER, "rood"),
        (0, 0, Direction.LOWER, "groen"),
    ],
)
def test_the_light_is_green_at_the_goal_and_amber_within_ten_percent(got, goal, direction, light):
    assert LIGHTS[int(effects.goal_light(got, goal, direction))] == light


def test_attainment_without_a_goal_or_with_a_negative_one_is_an_error():
    got = effects.goal_attainment([1, 1, 0, -1], [0, -1, 5, 5], [0, 0, 1, 1])
    errors = [CellError.DIV0, CellError.NUM, CellError.DIV0, CellError.NUM]
    assert [error_of(x) for x in got] == errors


@given(st.floats(-1000, 1000), st.floats(-1000, 1000).filter(lambda x: abs(x) > 1e-3), fraction)
def test_progress_runs_from_zero_at_the_start_to_one_at_the_goal(start, way, part):
    goal = start + way
    assert effects.goal_progress(start, start, goal) == 0
    assert effects.goal_progress(start, goal, goal) == 1
    assert effects.goal_progress(start, start + part * way, goal) == pytest.approx(part, abs=1e-6)


def test_a_goal_that_equals_the_start_is_a_division_by_zero():
    assert error_of(effects.goal_progress(5, 6, 5)) is CellError.DIV0


# ── per group ───────────────────────────────────────────────────────────────────────────────

rows = st.lists(
    st.tuples(st.integers(0, 4), st.floats(0.01, 1e6), st.floats(0, 1e6)), min_size=1, max_size=30
)


def columns(drawn):
    order = list(dict.fromkeys(row[0] for row in drawn))
    codes = np.array([order.index(row[0]) for row in drawn], dtype=np.intp)
    return codes, np.array([row[1] for row in drawn]), np.array([row[2] for row in drawn])


@given(rows)
def test_the_kinds_of_revenue_add_up_to_all_of_it(drawn):
    codes, revenue, _ = columns(drawn)
    table = effects.revenue_split(codes, revenue)
    assert math.fsum(table.revenue) == pytest.approx(revenue.sum())
    assert math.fsum(table.share) == pytest.approx(1)


@given(rows)
def test_the_groups_add_up_to_the_whole_business(drawn):
    codes, revenue, costs = columns(drawn)
    table = effects.result_per_group(codes, revenue, costs)
    np.testing.assert_allclose(table.profit, table.revenue - table.costs)
    np.testing.assert_allclose(table.margin, value.margin(table.revenue, table.costs), atol=1e-9)
    total = table.profit.sum()
    if total > 1:
        assert math.fsum(table.share) == pytest.approx(1, abs=1e-6)
    elif total < 0:
        assert {error_of(share) for share in table.share} == {CellError.NUM}


def test_a_group_without_revenue_has_no_margin_and_the_others_do():
    table = effects.result_per_group(np.array([0, 1]), np.array([0.0, 100.0]), np.array([10.0, 40.0]))
    assert error_of(table.margin[0]) is CellError.DIV0
    assert table.margin[1] == 0.6
    assert table.share.tolist() == [-0.2, 1.2]


def test_no_rows_are_not_available_and_sums_beyond_the_spreadsheet_refused():
    nothing = np.array([])
    with pytest.raises(NotAvailable):
        effects.revenue_split(np.array([], dtype=np.intp), nothing)
    with pytest.raises(NotAvailable):
        effects.result_per_group(np.array([], dtype=np.intp), nothing, nothing)
    with pytest.raises(OutOfRange):
        effects.revenue_split(np.array([0, 0]), np.array([1e308, 1e308]))
