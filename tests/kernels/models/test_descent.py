"""The way down: the same ends as scipy's, and where it stops."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.optimize import minimize, rosen, rosen_der

from klantwaarde_xl.kernels.models.estimate.descent import descend


def _rosenbrock(point):
    return float(rosen(point)), rosen_der(point)


def _steep(point):
    """Flat far away and steep nearby, lowest at (1, -2), as log-likelihoods are."""
    apart = point - np.array([1.0, -2.0])
    return float(np.log1p(apart @ apart * 50)), 100 * apart / (1 + apart @ apart * 50)


@pytest.mark.parametrize("function", [_rosenbrock, _steep])
@pytest.mark.parametrize("start", [(-1.2, 1.0), (0.0, 0.0), (3.0, -4.0), (6.0, 7.0)])
def test_it_ends_where_scipy_ends(function, start):
    found = descend(function, np.array(start), flat=1e-7, most=500, far=np.inf)
    known = minimize(function, start, jac=True, method="BFGS", options={"gtol": 1e-7}).x
    assert np.max(np.abs(function(found)[1])) <= 1e-7
    assert found == pytest.approx(known, abs=1e-6)


def test_it_takes_few_looks():
    asked = []

    def counted(point):
        asked.append(point)
        return _rosenbrock(point)

    descend(counted, np.array([-1.2, 1.0]), flat=1e-5, most=500, far=np.inf)
    known = minimize(_rosenbrock, [-1.2, 1.0], jac=True, method="BFGS").nfev
    assert len(asked) <= 1.5 * known


def test_it_leaves_a_way_that_has_no_end():
    slide = descend(lambda x: (float(-x[0]), np.array([-1.0])), np.zeros(1), flat=1e-9, most=500, far=11.0)
    assert slide[0] > 11.0


def test_it_stays_where_it_is_flat():
    start = np.array([1.0, -2.0])
    assert descend(_steep, start, flat=1e-5, most=500, far=np.inf) is start


def test_a_wall_stops_it_short_of_the_wall():
    def walled(point):
        if point[0] > 2:
            return 1e10, np.zeros(1)
        return float(-point[0]), np.array([-1.0])

    found = descend(walled, np.zeros(1), flat=1e-9, most=50, far=np.inf)
    assert 1.9 < found[0] <= 2


def test_to_fit_a_model_no_optimizer_of_scipy_is_loaded():
    program = (
        "import sys; import numpy as np\n"
        "from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD\n"
        "from klantwaarde_xl.kernels.models import gammagamma\n"
        "x = np.arange(60.0) % 5; age = 20 + np.arange(60.0) % 7\n"
        "PARETONBD.fit(x, np.where(x > 0, age * (1 + x) / 8, 0.0), age)\n"
        "gammagamma.fit(x[x > 0], 20 + np.arange(48.0) % 11)\n"
        "print([name for name in sys.modules if name.startswith('scipy.optimize')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
