"""Where a function is nought or lowest: the places that scipy asks for, in its order."""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from klantwaarde_xl.kernels.models.numeric.one_unknown import lowest, root

ROOTS = {
    "line": lambda x: 3 * x - 1.25,
    "cubic": lambda x: x**3 - 2 * x - 5,
    "far": lambda x: np.expm1(x) - 1e6,
    "flat": lambda x: (x - 0.3) ** 9,
    "steep": lambda x: np.tanh(40 * (x - 0.7)),
    "kink": lambda x: abs(x - 1) - 0.5 if x > 0 else -1.0 - x,
}
VALLEYS = {
    "bowl": lambda x: (x - 1.7) ** 2,
    "kink": lambda x: abs(x + 0.25),
    "edge": lambda x: x,
    "other edge": lambda x: -np.exp(x),
    "waves": lambda x: np.cos(2 * x) + x**2 / 3,
    "flat": lambda x: (x - 0.4) ** 8,
    "level": lambda x: 1.0 if abs(x) < 2 else 2.0,
}
ENDS = [(-3.0, 20.0), (-2.5, 9.0), (-1.0, 3.0)]


def traced(function):
    places = []

    def asked(x):
        places.append(float(x))
        return float(function(x))

    return asked, places


@pytest.mark.parametrize("name", ROOTS)
@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("near", [1e-14, 1e-6])
def test_a_root_is_found_as_scipy_finds_it(name, ends, near):
    (ours, our_places), (theirs, their_places) = traced(ROOTS[name]), traced(ROOTS[name])
    if ROOTS[name](ends[0]) * ROOTS[name](ends[1]) > 0:
        with pytest.raises(ValueError, match="sign"):
            root(ours, *ends, near=near)
        return
    if name == "flat" and near < 1e-9:  # to either there is no end of it
        with pytest.raises(ValueError, match="hundred"):
            root(ours, *ends, near=near)
        with pytest.raises(RuntimeError):
            brentq(theirs, *ends, xtol=near)
        return
    assert root(ours, *ends, near=near) == pytest.approx(brentq(theirs, *ends, xtol=near), rel=1e-13)
    np.testing.assert_allclose(our_places, their_places, rtol=1e-9, atol=1e-12)


def test_a_root_at_an_end_is_that_end():
    assert root(lambda x: x, 0.0, 1.0, near=1e-9) == 0.0
    assert root(lambda x: x - 1, 0.0, 1.0, near=1e-9) == 1.0


@pytest.mark.parametrize("name", VALLEYS)
@pytest.mark.parametrize("ends", ENDS)
def test_a_lowest_place_is_found_as_scipy_finds_it(name, ends):
    (ours, our_places), (theirs, their_places) = traced(VALLEYS[name]), traced(VALLEYS[name])
    found = minimize_scalar(theirs, bounds=ends, method="bounded")
    assert lowest(ours, *ends) == pytest.approx(found.x, rel=1e-12)
    np.testing.assert_allclose(our_places, their_places, rtol=1e-9, atol=1e-12)
