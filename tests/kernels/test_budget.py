"""A budget spread over groups: no other spread between floor and ceiling brings more."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels.budget import TOGETHER, spread_budget

GROUPS = st.lists(
    st.tuples(st.floats(10, 1e4), st.floats(10, 1e5), st.floats(0, 500), st.floats(600, 2e4)),
    min_size=1,
    max_size=6,
)


def brings(spent, brought, money, elasticity):
    return (brought * (money / spent) ** elasticity).sum()


@pytest.mark.slow
@given(GROUPS, st.floats(0.1, 0.9), st.floats(0, 1), st.randoms(use_true_random=False))
def test_no_other_spread_brings_more(groups, elasticity, share, random):
    spent, brought, low, high = np.array(groups).T
    total = low.sum() + share * (high.sum() - low.sum())
    codes = np.arange(spent.size)
    found = spread_budget(codes, spent, brought, total, low, high, elasticity)
    proposed = found.proposed[:-1]
    assert (proposed >= low - 1e-6).all()
    assert (proposed <= high + 1e-6).all()
    assert proposed.sum() == pytest.approx(total)
    best = brings(spent, brought, proposed, elasticity)
    assert found.value_then[-1] == pytest.approx(best)
    for _ in range(20):  # move money from one group to another, as far as it goes
        one, other = random.randrange(spent.size), random.randrange(spent.size)
        step = random.random() * min(proposed[one] - low[one], high[other] - proposed[other])
        moved = proposed.copy()
        moved[one] -= step
        moved[other] += step
        assert brings(spent, brought, moved, elasticity) <= best * (1 + 1e-9)


@given(GROUPS, st.floats(0.1, 0.9))
def test_between_floor_and_ceiling_the_next_euro_brings_the_same(groups, elasticity):
    spent, brought, low, high = np.array(groups).T
    assume(low.sum() < spent.sum() < high.sum())
    found = spread_budget(np.arange(spent.size), spent, brought, None, low, high, elasticity)
    proposed = found.proposed[:-1]
    free = (proposed > low + 1e-6) & (proposed < high - 1e-6)
    each = found.next_euro[:-1][free]
    assert each == pytest.approx(np.full(each.size, each.mean() if each.size else 0))
    for at in np.flatnonzero(free):
        step = 1e-4 * proposed[at]
        above, below = (
            brought[at] * ((proposed[at] + one) / spent[at]) ** elasticity for one in (step, -step)
        )
        assert found.next_euro[at] == pytest.approx((above - below) / (2 * step), rel=1e-5)


def test_a_channel_that_brings_as_much_per_euro_stays_as_it_is():
    found = spread_budget(np.arange(3), np.array([100.0, 200, 700]), np.array([300.0, 600, 2100]))
    assert found.proposed.tolist() == pytest.approx([100, 200, 700, 1000])
    assert found.group[-1] == TOGETHER


def test_what_no_ceiling_has_room_for_is_not_spent():
    found = spread_budget(
        np.arange(2), np.array([100.0, 100]), np.array([1.0, 1]), 1000, None, np.array([150.0, 250])
    )
    assert found.proposed.tolist() == [150, 250, 400]


def test_a_group_of_which_nothing_is_known_gets_its_floor():
    found = spread_budget(
        np.arange(3), np.array([0.0, 100, 100]), np.array([0.0, 50, 0]), 300, np.array([20.0, 0, 30])
    )
    assert found.proposed.tolist() == pytest.approx([20, 250, 30, 300])
    assert error_of(found.next_euro[0]) is CellError.NA


def test_what_comes_without_being_paid_for_stays():
    found = spread_budget(np.arange(2), np.array([0.0, 100]), np.array([70.0, 50]))
    assert found.value_then.tolist() == pytest.approx([70, 50, 120])


@pytest.mark.parametrize("elasticity", [0.001, 0.99, 0.9999])
def test_an_elasticity_near_its_ends_still_spreads_all_of_it(elasticity):
    spent, brought = np.array([10.0, 1000, 5]), np.array([5000.0, 900, 1e6])
    found = spread_budget(np.arange(3), spent, brought, 2000, np.zeros(3), np.full(3, 1500.0), elasticity)
    assert found.proposed[:-1].sum() == pytest.approx(2000)
    assert np.isfinite(found.value_then).all()
    best_first = found.proposed[:-1][np.argsort(-brought / spent)]
    assert elasticity < 0.5 or best_first.tolist() == pytest.approx([1500, 500, 0])


def test_rows_of_one_group_are_one_group():
    found = spread_budget(np.array([0, 1, 0]), np.array([50.0, 100, 50]), np.array([10.0, 20, 10]))
    assert found.now.tolist() == [100, 100, 200]
    assert found.proposed.tolist() == pytest.approx([100, 100, 200])


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": -1.0},
        {"floor": np.array([500.0, 0]), "budget": 400.0},
        {"elasticity": 0.0},
        {"elasticity": 1.0},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(OutOfRange):
        spread_budget(np.arange(2), np.array([100.0, 100]), np.array([1.0, 1]), **wrong)


def test_without_anything_brought_there_is_no_answer():
    with pytest.raises(NotAvailable, match="opgebracht"):
        spread_budget(np.arange(2), np.array([100.0, 100]), np.zeros(2))


def test_a_row_without_a_floor_or_a_ceiling_has_none():
    spent, brought, none = np.array([700.0, 900, 150]), np.array([900.0, 2500, 800]), np.nan
    said = spread_budget(np.arange(3), spent, brought, 2000, np.array([none, 400, none]), np.full(3, none))
    same = spread_budget(np.arange(3), spent, brought, 2000, np.array([0.0, 400, 0]))
    assert said.proposed.tolist() == same.proposed.tolist()


def test_one_row_without_a_ceiling_leaves_its_group_without():
    groups, spent, brought = np.array([0, 0, 1]), np.array([40.0, 60, 100]), np.array([300.0, 200, 9000])
    found = spread_budget(groups, spent, brought, 900, None, np.array([10.0, np.nan, 80]))
    assert found.proposed.tolist() == pytest.approx([820, 80, 900])


def test_what_all_get_more_or_less_is_what_their_sums_differ():
    spent = np.array([137.0, 211.1, 95.3])
    found = spread_budget(np.arange(3), spent, np.array([401.0, 390.7, 512.9]))
    assert found.change[-1] == found.proposed[-1] - found.now[-1]
    assert abs(found.change[-1]) < 1e-9
