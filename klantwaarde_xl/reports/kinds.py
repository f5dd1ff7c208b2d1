"""Kinds of customers or contracts to compare: by name the most common first, or by number the middle one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.log.purchases import Codes

_EACH = 5  # a kind, on average, from which kinds can be compared
_PARTS = (0.1, 0.5, 0.9)  # of the customers or contracts, by a number: few, the middle one, many
_BEYOND = 1.0  # times as far beyond few or many as these lie apart, where a number is no longer followed
_MOST = 50  # kinds in one comparison: each has factors of its own, and nobody reads more


class Compared(NamedTuple):
    """Kinds, the most common first, and of which each customer or contract is.

    kind: the code of each; counts: how many are of it; columns: its characteristics, only noughts of the
    first, the measure; which: the place of each customer or contract among the kinds.
    """

    kind: Codes
    counts: Floats
    columns: Floats
    which: Codes


def compared(own: Floats, called: str, instead: str) -> Compared:
    """Return the kinds of these customers or contracts, a code each.

    called: what they are, in Dutch and in the plural; instead: the function that takes a number. One kind,
    and more than can be compared, is `NotAvailable`.
    """
    codes, place, counts = np.unique(own, return_inverse=True, return_counts=True)
    if codes.size > min(_MOST, max(2, own.size / _EACH)):
        raise NotAvailable(
            f"Het kenmerk heeft {codes.size} soorten op {own.size} {called}: te veel om te vergelijken.",
            remedy=f"Voeg soorten samen: hoogstens {_MOST}, en gemiddeld {_EACH} {called} per soort"
            f" (een getal: {instead}).",
        )
    if codes.size < 2:
        raise NotAvailable(f"Alle {called} zijn van één soort.", remedy="Kies een kenmerk dat verschilt.")
    order = np.argsort(-counts, kind="stable")  # the measure is what most are
    rank = np.empty(codes.size, dtype=np.intp)
    rank[order] = np.arange(codes.size)
    kind = codes[order].astype(np.intp)
    return Compared(kind, counts[order].astype(np.float64), np.eye(codes.size)[:, 1:], rank[place])


class Numbered(NamedTuple):
    """A few numbers to compare, the middle first, and of which each customer or contract is nearest to.

    kind: these numbers; columns, own: the characteristic of each of them, and of each customer or contract,
    nought in the middle; which: the place of the nearest; beyond: how many numbers lie below and above
    ends, the lowest and the highest that are followed.
    """

    kind: Floats
    columns: Floats
    own: Floats
    which: Codes
    beyond: tuple[int, int]
    ends: tuple[float, float]


def by_number(own: Floats, called: str) -> Numbered:
    """Return numbers to compare: the middle, and what a tenth do not reach or pass; fewer where alike.

    called: what they are of, in Dutch and in the plural. A number far beyond the others, such as a mistake in
    typing, would be all that the effect of a number is measured by: it counts as the farthest
    that is followed. One number for all is `NotAvailable`.
    """
    if np.ptp(own) == 0:
        raise NotAvailable(f"Alle {called} hebben hetzelfde getal.", remedy="Kies een kenmerk dat verschilt.")
    low, middle, high = np.quantile(own, _PARTS)
    apart = own[own != middle] if low == high else own  # nearly all have it: the others tell how far they go
    few, _, many = np.quantile(apart, _PARTS)
    few, many = min(few, middle), max(many, middle)
    ends = few - _BEYOND * (many - few), many + _BEYOND * (many - few)
    followed = np.clip(own, *ends)
    kinds = np.array([*dict.fromkeys((middle, low, high))])
    if kinds.size == 1:
        kinds = np.array([*dict.fromkeys((middle, followed.min(), followed.max()))])
    scale = float(followed.std())
    return Numbered(
        kinds,
        (kinds[:, None] - middle) / scale,
        (followed[:, None] - middle) / scale,
        np.argmin(np.abs(followed[:, None] - kinds), axis=1),
        (int(np.sum(own < ends[0])), int(np.sum(own > ends[1]))),
        ends,
    )
