"""Kinds of customers or contracts to compare: which there are, the most common one first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.log.purchases import Codes

_EACH = 5  # a kind, on average, from which kinds can be compared
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
