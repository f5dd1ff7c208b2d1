"""How customers with a contract stay where the sBG or BdW has no best values: its limits.

α, β → ∞: all customers have one chance to leave, each period the same (in the BdW moving with time as
t^c); α, β → 0: who leaves does so at once, the others never; nobody left: nobody leaves. Each is computed
as the model at parameters so far out that it is the limit to the last digit, S(t) = B(α, β + t^c) / B(α, β).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.search import Fit

NA = CellError.NA.nan
Values: TypeAlias = tuple[float, float, float]

FAR = 1e12  # α + β where they are as good as infinite
NEAR = 1e-12  # and as good as nought


@dataclass(frozen=True)
class ContractLimit:
    """A limit: the `model` of its fits, its parameters, and what they are of the model (α, β, c)."""

    title: str
    names: tuple[str, ...]
    values: Callable[[Floats], Values]


def _shares(odds: float, size: float) -> tuple[float, float]:
    return odds / (1 + odds) * size, size / (1 + odds)


ONE_CHANCE = ContractLimit(
    "one retention",
    ("odds",),
    lambda point: (*_shares(point[0], FAR), 1.0),
)
ONE_MOVING = ContractLimit(
    "one retention that moves",
    ("odds", "c"),
    lambda point: (*_shares(point[0], FAR), float(point[1])),
)
NOW_OR_NEVER = ContractLimit(
    "at once or never",
    ("odds",),
    lambda point: (*_shares(point[0], NEAR), 1.0),
)
NOBODY_LEAVES = ContractLimit(
    "nobody leaves",
    (),
    lambda _: (NEAR * NEAR, 1.0, 1.0),
)
OF_SBG, OF_BDW = (ONE_CHANCE, NOW_OR_NEVER), (ONE_CHANCE, ONE_MOVING, NOW_OR_NEVER)
_BY_TITLE = {limit.title: limit for limit in (*OF_BDW, NOBODY_LEAVES)}


def limit_of(fit: Fit) -> ContractLimit | None:
    """Return the limit that a fit is of; nothing if it is of the model itself."""
    return _BY_TITLE.get(fit.model)


def values_in(fit: Fit, point: Floats) -> Values:
    """Return α, β and c (one in the sBG) from the parameters of a fit, or of its limit, as an array."""
    limit = limit_of(fit)
    if limit is not None:
        return limit.values(point)
    return float(point[0]), float(point[1]), float(point[2]) if point.size > 2 else 1.0


def nobody_leaves(n: float) -> Fit:
    """Return the fit of customers of whom nobody left."""
    return Fit(NOBODY_LEAVES.title, {}, {}, np.zeros((0, 0)), 0.0, round(n), True)


def most_leaving(renewals: float, confidence: float) -> float:
    """Return the largest chance to leave, per period, that so many renewals without a loss leave open.

    One-sided and exact: (1 − p)^renewals = 1 − confidence (Clopper & Pearson 1934), about 3 / renewals
    at 95 %.
    """
    return float(-np.expm1(np.log1p(-confidence) / renewals))
