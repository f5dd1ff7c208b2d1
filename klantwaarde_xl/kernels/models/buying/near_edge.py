"""What a fit just inside an edge does not rule out: where, likely enough, more is bought, or less.

Near an edge (hardly anybody stops, or all with nearly one chance) the likelihood is no parabola, so that the
delta method is too narrow: its intervals of 95 % held 65 to 79 % where one of 400 customers in fifty stops.
There the purchases of all customers get a profile likelihood: the parameters that make them least and most,
of those with a likelihood that is near enough to the highest (Meeker & Escobar 1995, The American
Statistician 49(1)). Near enough by two parameters, for beside the purchases the one that is near its edge is
free: by one it held 88 %, by two 95 %.
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.buying.nearby import Nearby
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import FARTHEST, Fit

LOOSE = 0.6  # standard error of the log of a parameter from which on it is near an edge
ROWS = 4000  # of the subsample on which the likelihood is followed
BOUGHT = 200  # rows of customers whose purchases are followed
STEP, ENOUGH, STEPS = 1e-4, 1e-8, 60  # of a log-parameter, of the log of the purchases, of a search at most
_ROOM = 0.05  # of a likelihood, that a search may end beyond what is near enough

_found: Memory[list[Nearby]] = Memory(8)


def is_near_edge(fit: Fit) -> bool:
    """Tell whether a parameter of a fit is so unsure that its likelihood is no parabola."""
    if not fit.converged:
        return False
    return any(fit.se[name] > LOOSE * value for name, value in fit.params.items())


def near_edge(
    fit: Fit, model: Continuous, history: tuple[Floats, Floats, Floats], time: float, confidence: float
) -> list[Nearby]:
    """Return the parameters under which least and most is bought in a time; nothing for a fit within.

    model: of the fit; history: x, t_x and T of its customers, all of them; confidence: 0…1, of the interval.
    """
    if not is_near_edge(fit) or history[0].size != fit.n:
        return []

    def compute(*columns: Floats) -> list[Nearby]:
        rows, unit = grouping.scaled(grouping.sample(grouping.group(*columns), ROWS))
        with np.errstate(all="ignore"):
            ends = [_end(fit, model, rows, unit, time / unit, confidence, side) for side in (-1.0, 1.0)]
        return [Nearby(model, params, 0.0) for params in ends if params is not None]

    return _found(f"{fit.model} {time!r} {confidence!r}", history, compute)


def _end(
    fit: Fit, model: Continuous, rows: Customers, unit: float, time: float, confidence: float, side: float
) -> Floats | None:
    """The parameters with which most is bought, or with side −1 least; None where the search fails."""
    from scipy.optimize import minimize

    surface, units, size = model.surface(rows), unit ** np.array(model.TIMES), float(fit.n)
    at = np.log(np.array([*fit.params.values()]) / units)
    some = grouping.sample(rows, BOUGHT)
    history = some.frequency, some.recency, some.horizon
    top, tilt = surface.slope(at)
    reach = -np.log(1 - confidence)

    def left(moved: Floats) -> float:
        # A subsample has its top beside that of all customers: without its slope it has it there too
        return float(size * (surface.value(moved) - top - tilt @ (moved - at)) + reach)

    def left_slope(moved: Floats) -> Floats:
        return np.asarray(size * (surface.slope(moved)[1] - tilt))

    def bought(moved: Floats) -> float:
        each = model.conditional_expected(np.exp(moved), *history, time)
        return float(-side * np.log(some.weight @ each))

    def slope(moved: Floats) -> Floats:
        here = bought(moved)
        return np.array([(bought(moved + axis) - here) / STEP for axis in np.eye(at.size) * STEP])

    made = minimize(
        bought,
        at,
        jac=slope,
        method="SLSQP",
        bounds=[(-FARTHEST, FARTHEST)] * at.size,
        constraints=[{"type": "ineq", "fun": left, "jac": left_slope}],
        options={"maxiter": STEPS, "ftol": ENOUGH},
    )
    if not np.all(np.isfinite(made.x)) or not left(made.x) >= -_ROOM or not bought(made.x) <= bought(at):
        return None
    return np.asarray(np.exp(made.x) * units)
