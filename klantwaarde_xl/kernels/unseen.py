"""Ends that seem to be missing: an export of contracts that leaves out those which ended before some day.

Of the old contracts such a list holds only those that lasted, so everybody in it seems to stay. It shows:
long before the first end that is known there were contracts enough of ages at which others leave.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.spells import NEVER, Contracts, Spells, spells
from klantwaarde_xl.kernels.survival import kaplan_meier

TOO_MANY = 10.0  # expected where none is: e⁻¹⁰ is a chance below one in ten thousand


class Unseen(NamedTuple):
    """No contract ends before a day, though so many would by what came after; 0 where that may be chance."""

    before: int
    expected: float


def unseen_ends(contracts: Contracts, as_of: float, spelled: Spells, period: float) -> Unseen:
    """Return whether contracts that ended before the first known end seem to be left out.

    spelled: the spells of these contracts on that day, in that period (`spells`). Expected are the ends
    of the periods that were over before the first end, at the rate at which contracts of the same age
    ended since; an age that was not seen since counts for none.
    """
    first = int(contracts.end.min(initial=NEVER))
    if first > as_of or not np.any(spelled.left):
        return Unseen(0, 0.0)
    try:
        early, _ = spells(contracts, first - 1, period)
    except NotAvailable:
        return Unseen(0, 0.0)
    curve = kaplan_meier(spelled.seen, spelled.left)
    size = curve.left.size
    before = np.bincount(np.minimum(early.seen, size - 1), minlength=size)[::-1].cumsum()[::-1]
    since = curve.at_risk - before
    rate = np.where(since > 0, curve.left / np.where(since > 0, since, 1.0), 0.0)
    expected = float((rate * before)[1:].sum())
    return Unseen(first, expected) if expected >= TOO_MANY else Unseen(0, 0.0)
