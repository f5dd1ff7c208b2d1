"""What purchases that are still to come are worth now, each discounted from its own moment.

Discounting is continuous, e^(−interest · u) for a purchase at time u from now, so that no length of
a period has to be agreed on: parts add up, and without end it is the DERT of Fader, Hardie & Lee
(2005), "RFM and CLV: using iso-value curves for customer base analysis".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.numeric.quadrature import gauss_legendre
from klantwaarde_xl.refusals import forecasts as refused

Rows: TypeAlias = npt.NDArray[np.intp]

YEAR_DAYS = 365.25
NEGLIGIBLE = 45.0  # e⁻⁴⁵: a discount after which nothing counts any more
DIGITS = 16.0
CELLS = 1_000_000  # moments computed at one time


def discounted(
    total: Callable[[Rows, Floats], Floats],
    scale: Floats,
    horizon: float,
    interest: float,
    steepness: float = 0.0,
) -> Floats:
    """Return ∫ e^(−interest · u) d total(u) over 0 ≤ u ≤ horizon, for each element of scale.

    total: (rows, u) → expected purchases within u, 0 at u = 0, smooth in log(1 + u / scale); rows
    are indices into scale of shape (n, 1), u has shape (n, nodes). scale: > 0, one dimension;
    horizon: ≥ 0, infinite only with interest; interest: ≥ 0 per unit of time, continuous.
    Else `OutOfRange`. steepness: about as e^(−steepness · y) total comes near its end, where
    y = log(1 + u / scale). By parts: e^(−interest · H) total(H) + interest ∫ e^(−interest · u) total(u) du,
    by Gauss and Legendre's rule in y, where total is analytic for |Im y| < π.
    """
    if not (0 <= interest < np.inf and horizon >= 0):
        raise refused.INTEREST_OR_HORIZON()
    if interest == 0 and horizon == np.inf:
        raise refused.NO_INTEREST()
    rows = np.arange(scale.size)[:, None]
    end = min(horizon, NEGLIGIBLE / interest) if interest else horizon
    final = np.full((scale.size, 1), end)
    whole = total(rows, final)[:, 0]
    if interest == 0 or not scale.size:
        return whole
    longest = float(np.log1p(end / scale.min()))
    # Half the strip, because e^(−interest · u) grows beyond it. The rule's error is ρ^(−2 nodes) times
    # what discount and total are at the left end of the ellipse ρ; the ellipse with fewest nodes counts
    wide = np.pi / max(longest, 1e-3)
    rho = (wide + np.hypot(wide, 1)) ** np.linspace(0.1, 1, 30)
    steep = (interest * end + steepness * longest) * ((rho + 1 / rho) / 2 - 1) / 2
    nodes = int(min(400, 6 + np.ceil(np.min((DIGITS * np.log(10) + steep) / 2 / np.log(rho)))))
    place, weight = gauss_legendre(nodes)
    inner = np.empty(scale.size)
    step = max(1, CELLS // nodes)
    for begin in range(0, scale.size, step):
        some = slice(begin, begin + step)
        length = np.log1p(end / scale[some])[:, None]
        y = length * place
        u = scale[some, None] * np.expm1(y)
        height = np.exp(-interest * u + y) * total(rows[some], u)
        inner[some] = scale[some] * length[:, 0] * (height @ weight)
    return np.asarray(np.exp(-interest * end) * whole + interest * inner)


def continuous_rate(yearly: float, days: float) -> float:
    """Return the continuous interest per period of that many days: ln(1 + yearly) · days / 365,25.

    yearly: fraction ≥ 0, 0.1 is 10% a year; else `OutOfRange`.
    """
    if not 0 <= yearly < np.inf:
        raise refused.YEARLY_INTEREST()
    return float(np.log1p(yearly)) * days / YEAR_DAYS
