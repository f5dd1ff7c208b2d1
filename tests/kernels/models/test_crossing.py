"""Where rising functions cross zero: against their inverses, and against scipy's search of one function."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import brentq

from klantwaarde_xl.kernels.models.numeric.crossing import crossing

NEAR = 1e-10


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=40), st.floats(0.1, 9))
def test_a_curve_is_crossed_where_its_inverse_says(places, steep):
    wanted = np.array(places)
    found = crossing(
        lambda x, rows: np.tanh((x - wanted[rows]) / steep),
        np.full(wanted.size, -31.0),
        np.full(wanted.size, 31.0),
        NEAR,
    )
    assert found == pytest.approx(wanted, abs=2 * NEAR)


@pytest.mark.parametrize("power", [1, 3, 9, 0.2])
def test_flat_and_steep_curves_are_crossed_where_scipy_says(power):
    levels = np.array([1e-6, 0.3, 2.0, 700.0])

    def one(x, level):
        return np.sign(x) * np.abs(x) ** power - level

    found = crossing(lambda x, rows: one(x, levels[rows]), np.full(4, -5.0), np.full(4, 1e16), NEAR)
    wanted = [brentq(one, -5.0, 1e16, args=(level,), xtol=1e-12, maxiter=1000) for level in levels]
    assert found == pytest.approx(wanted, rel=1e-8, abs=2 * NEAR)


def test_a_jump_is_found_to_the_digit_and_few_places_are_asked():
    asked = []

    def jump(x, rows):
        asked.append(rows.size)
        return np.where(x >= 0.123456789, 1.0, -1.0)

    found = crossing(jump, np.zeros(1), np.ones(1), NEAR)
    assert found == pytest.approx([0.123456789], abs=2 * NEAR)
    assert len(asked) < 60


def test_what_never_crosses_gets_an_end_and_is_not_asked_again():
    asked = []

    def shifted(x, rows):
        asked.append(set(rows.tolist()))
        return x + np.array([5.0, -5.0, 0.0])[rows]

    found = crossing(shifted, np.full(3, -1.0), np.full(3, 1.0), NEAR)
    assert found == pytest.approx([-1.0, 1.0, 0.0], abs=2 * NEAR)
    assert all(rows == {2} for rows in asked[2:])


def test_a_smooth_curve_takes_half_the_halvings():
    asked = []

    def curve(x, rows):
        asked.append(rows.size)
        return np.expm1(x - 1.3)

    crossing(curve, np.full(1, -20.0), np.full(1, 10.0), 1e-10)
    assert len(asked) < 20  # of the 39 that halving takes
