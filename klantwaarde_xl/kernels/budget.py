"""A budget spread over groups by what the next euro brings in each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats, flag
from klantwaarde_xl.kernels.effects import Codes, sums_by_code
from klantwaarde_xl.refusals import money as refused

NA = CellError.NA
TOGETHER = -1
_WIDEST = 600.0  # of logarithms that stay numbers; so far apart, groups fill one after another anyway


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
    a row, NaN for none; the rows of a group add up, and one row without a ceiling leaves the group without;
    elasticity e: 0 < e < 1. next_euro: what one more euro brings at the proposal. A group in which nothing
    is spent, or which brought nothing, gets its floor: of more nothing is known, the last column is #N/A, and
    what it brings without being paid for stays. What no ceiling has room for is left.
    Raises `NotAvailable` without rows or when no group brought anything, `OutOfRange` outside the ranges, for
    a floor above its ceiling, and for floors that come to more than the budget.
    Source: equal marginal returns (Mantrala, Sinha & Zoltners 1992); article 002.
    """
    now, value = sums_by_code(groups, spent, brought)
    low, _ = _limits(groups, np.full(groups.size, np.nan) if floor is None else floor)
    high, none = _limits(groups, np.full(groups.size, np.nan) if ceiling is None else ceiling)
    high = np.where(none, np.inf, high)
    total = float(now.sum()) if budget is None else budget
    _refuse(now, value, low, high, total, elasticity)
    known = (now > 0) & (value > 0)
    if not known.any():
        raise refused.NO_GROUP_BROUGHT_ANYTHING()
    with np.errstate(all="ignore"):
        log_weights = np.log(now) + np.log(value / now) / (1 - elasticity)
        proposed = _filled(_weights(log_weights, known), low, high, total)
        # What comes without being paid for stays
        then = np.where(known, value * (proposed / now) ** elasticity, np.where(now > 0, 0.0, value))
        next_euro = flag(elasticity * then / proposed, (NA, ~known | (proposed <= 0)))
    now, proposed, value, then = (np.append(one, one.sum()) for one in (now, proposed, value, then))
    codes = np.append(np.arange(now.size - 1, dtype=np.intp), TOGETHER)
    return Spread(codes, now, proposed, proposed - now, value, then, np.append(next_euro, NA.nan))


def _limits(groups: Codes, rows: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The sum of what the rows of each group say, and whether one of them says nothing."""
    said, none = sums_by_code(groups, np.where(np.isnan(rows), 0.0, rows), np.isnan(rows).astype(np.float64))
    return said, none > 0


def _refuse(now: Floats, value: Floats, low: Floats, high: Floats, total: float, elasticity: float) -> None:
    if any((one < 0).any() for one in (now, value, low, high)) or total < 0:
        raise refused.NEGATIVE_BUDGET()
    if not 0 < elasticity < 1:
        raise refused.ELASTICITY()
    if (low > high).any():
        raise refused.FLOOR_ABOVE_CEILING()
    if low.sum() > total:
        raise refused.FLOORS_ABOVE_BUDGET()


def _weights(logs: Floats, known: npt.NDArray[np.bool_]) -> Floats:
    """Weights of the largest one, nought where nothing is known."""
    below = np.where(known, logs - np.max(logs, where=known, initial=-np.inf), 0.0)
    widest = -below.min()
    return np.where(known, np.exp(below * min(1.0, _WIDEST / widest) if widest else below), 0.0)


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
