"""A budget spread over groups by what the next euro brings in each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats, flag
from klantwaarde_xl.kernels.effects import Codes, sums_by_code

NA = CellError.NA
TOGETHER = -1


class Spread(NamedTuple):
    """One row a group and a last one of all together (`TOGETHER`); all arrays of the same length."""

    group: Codes
    now: Floats
    proposed: Floats
    change: Floats
    value_now: Floats
    value_then: Floats
    next_euro: Floats


def spread_budget(
    groups: Codes,
    spent: Floats,
    brought: Floats,
    budget: float | None = None,
    floor: Floats | None = None,
    ceiling: Floats | None = None,
    elasticity: float = 0.5,
) -> Spread:
    """Spread a budget so that the next euro brings as much in each group between floor and ceiling (D40).

    In each group spending s brings v × (s / spent)^e: twice the money brings 2^e as much.

    groups: codes 0…n−1, one a row; spent: currency ≥ 0, and brought: what that brought in margin, currency
    ≥ 0, both over one period; budget: currency ≥ 0, None for what is spent now; floor, ceiling: currency ≥ 0
    per group; elasticity e: 0 < e < 1. next_euro: what one more euro brings at the proposal. A group in
    which nothing is spent, or which brought nothing, gets its floor: of more nothing is known, and the last
    column is #N/A. What no ceiling has room for is not spent.
    Raises `NotAvailable` without rows or when no group brought anything, `OutOfRange` outside the ranges, for
    a floor above its ceiling, and for floors that come to more than the budget.
    Source: equal marginal returns (Mantrala, Sinha & Zoltners 1992); article 002.
    """
    now, value = sums_by_code(groups, spent, brought)
    low = np.zeros(now.size) if floor is None else sums_by_code(groups, floor)[0]
    high = np.full(now.size, np.inf) if ceiling is None else sums_by_code(groups, ceiling)[0]
    total = float(now.sum()) if budget is None else budget
    _refuse(now, value, low, high, total, elasticity)
    known = (now > 0) & (value > 0)
    if not known.any():
        raise NotAvailable(
            "Geen groep heeft al iets opgebracht: waar de volgende euro het meest brengt, is niet te zeggen.",
            remedy="Vul van ten minste een groep de uitgaven en de opbrengst in.",
        )
    each = np.divide(now, 1.0, where=known, out=np.zeros(now.size))
    rate = np.divide(value, now, where=known, out=np.zeros(now.size))
    proposed = _filled(each * rate ** (1 / (1 - elasticity)), low, high, total)
    with np.errstate(all="ignore"):
        then = np.where(known, value * (proposed / now) ** elasticity, 0.0)
        next_euro = flag(elasticity * then / proposed, (NA, ~known | (proposed <= 0)))
    now, proposed, change, value, then = (
        np.append(one, one.sum()) for one in (now, proposed, proposed - now, value, then)
    )
    codes = np.append(np.arange(now.size - 1, dtype=np.intp), TOGETHER)
    return Spread(codes, now, proposed, change, value, then, np.append(next_euro, NA.nan))


def _refuse(now: Floats, value: Floats, low: Floats, high: Floats, total: float, elasticity: float) -> None:
    if any((one < 0).any() for one in (now, value, low, high)) or total < 0:
        raise OutOfRange("Een uitgave, opbrengst, vloer, plafond of budget is negatief.")
    if not 0 < elasticity < 1:
        raise OutOfRange("De elasticiteit ligt niet tussen 0 en 1.")
    if (low > high).any():
        raise OutOfRange("Een vloer is hoger dan zijn plafond.")
    if low.sum() > total:
        raise OutOfRange("De vloeren samen zijn hoger dan het budget.")


def _filled(weights: Floats, low: Floats, high: Floats, total: float) -> Floats:
    """What each gets when all rise together, in proportion to their weights, between their floor and ceiling.

    The sum is a broken line in how far they have risen, so its corners tell where it comes to the total.
    """
    free = weights > 0
    room = np.where(free, high, low)
    if room.sum() <= total:
        return room
    with np.errstate(all="ignore"):
        begin, end = low / weights, high / weights
    corners = np.concatenate([begin[free], end[free]])
    corners = np.unique(corners[np.isfinite(corners)])

    def given(level: float) -> Floats:
        return np.where(free, np.clip(weights * level, low, np.maximum(high, low)), low)

    sums = np.array([given(level).sum() for level in corners])
    at = int(np.searchsorted(sums, total, side="right"))
    start = corners[at - 1] if at else 0.0
    rising = free & (begin <= start) & (start < end)
    slope = weights[rising].sum()
    left = total - given(start).sum()
    return given(start + left / slope if slope > 0 else start)
