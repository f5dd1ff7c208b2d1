"""The way down is that of scipy, step for step; where it finds none it says so."""

import numpy as np
import pytest
from scipy.optimize import minimize, rosen, rosen_der

from klantwaarde_xl.kernels.models.estimate.descent import descend

RNG = np.random.default_rng(8)


def bowl(size):
    """A skewed bowl with a ripple on it."""
    turn = RNG.normal(size=(size, size))
    bend = turn @ turn.T + np.eye(size) * 0.01
    middle = RNG.normal(size=size)

    def down(x):
        left = x - middle
        ripple = np.cos(3 * left)
        return float(left @ bend @ left / 2 - ripple.sum() / 4), bend @ left + np.sin(3 * left) * 0.75

    return down


def steep(x):
    """Far from flat at the beginning, and flat at the end."""
    near = np.exp(np.minimum(x, 40.0))
    return float(near.sum() - 3 * x.sum()), near - 3


def banana(x):
    return float(rosen(x)), rosen_der(x)


def barrel(x):
    return float(np.sum(np.sqrt(1 + x**2)) + 0.01 * np.sum(x**4)), x / np.sqrt(1 + x**2) + 0.04 * x**3


def traced(down):
    """A function, and every place at which it is asked."""
    places = []

    def asked(x):
        places.append(np.array(x))
        return down(x)

    return asked, places


FUNCTIONS = {"rosenbrock": banana, "steep": steep, "barrel": barrel} | {
    f"bowl of {size}, {at}": bowl(size) for size in (2, 3, 4, 6) for at in range(5)
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("far", [0.5, 3.0, 8.0])
def test_every_step_is_that_of_scipy(name, far):
    size = int(name.split()[2][0]) if name.startswith("bowl") else 4
    for _ in range(6):
        start = RNG.normal(size=size) * far
        (ours, our_places), (theirs, their_places) = traced(FUNCTIONS[name]), traced(FUNCTIONS[name])
        end = descend(ours, start, flat=1e-5, steps=200, stops=lambda _: False)
        found = minimize(theirs, start, jac=True, method="BFGS", options={"gtol": 1e-5, "maxiter": 200})
        assert end is not None
        assert len(our_places) == len(their_places)
        np.testing.assert_allclose(our_places, their_places, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(end, found.x, rtol=1e-9, atol=1e-12)
        assert np.max(np.abs(ours(end)[1])) <= 1e-5 or found.status != 0


def test_it_stops_where_it_is_told_to():
    def runs_away(x):
        return bool(np.max(np.abs(x)) > 2)

    def slide(x):
        return float(np.exp(-x).sum()), -np.exp(-x)

    end = descend(slide, np.zeros(3), flat=1e-5, steps=200, stops=runs_away)
    assert end is not None
    assert np.max(end) > 2
    few = descend(banana, np.full(4, -3.0), flat=1e-5, steps=3, stops=runs_away)
    more = descend(banana, np.full(4, -3.0), flat=1e-5, steps=5, stops=lambda _: False)
    assert few is not None
    assert more is not None
    assert banana(more)[0] < banana(few)[0]


def test_where_the_value_and_the_gradient_disagree_there_is_no_way_down():
    assert descend(lambda x: (float(x @ x), -2 * x), np.ones(2), flat=1e-5, steps=9, stops=bool) is None


def test_it_needs_no_other_library():
    """Loading `scipy.optimize` takes longer than the search."""
    import subprocess
    import sys

    code = (
        "import sys, numpy as np\n"
        "from klantwaarde_xl.kernels.models.estimate.search import Surface, maximise\n"
        "both = lambda t: (float(-np.sum((t - 1) ** 2)), -2 * (t - 1))\n"
        "fit = maximise('x', ['a', 'b'], Surface(lambda t: both(t)[0], both), 9, [[1, 1]])\n"
        "assert fit.converged and 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
