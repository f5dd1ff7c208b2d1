"""How value is spread over customers: Pareto share, ABC classes, Gini coefficient."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import customers as refused

CLASSES = ("A", "B", "C")
# Sums of amounts in cents are off by less; without it 0.8 of the value may miss the customer at 0.8
_HAIR = 1e-12


class Correction(IntEnum):
    """Whether a Gini coefficient is corrected for the number of customers."""

    NONE = 0
    SMALL_SAMPLE = 1  # × n / (n − 1): one customer with everything is 1


class AbcTable(NamedTuple):
    """One row a customer, most valuable first; all arrays of the same length."""

    customer: npt.NDArray[np.intp]
    value: Floats
    cumulative_share: Floats
    klass: npt.NDArray[np.intp]


def _checked(values: Floats) -> Floats:
    """Values from large to small, none negative and not all zero."""
    amounts = np.asarray(values, dtype=np.float64)
    if np.any(amounts < 0):
        raise refused.NEGATIVE_VALUE()
    if not np.any(amounts > 0):
        raise refused.NO_VALUES()
    ordered: Floats = np.sort(amounts)[::-1]
    return ordered


def pareto_share(values: Floats, share: float = 0.8) -> float:
    """Smallest share of customers that together brings a share of the value (D22, D31).

    values: value or revenue per customer, ≥ 0; share: fraction of the value, above 0 and at
    most 1. Returns a fraction of the customers, whole customers counted.
    A negative value, or a share outside its range, is `OutOfRange`; no value is `DivisionByZero`.
    """
    ordered = _checked(values)
    if not 0 < share <= 1:
        raise refused.SHARE()
    cumulative = np.cumsum(ordered)
    needed = share * cumulative[-1] * (1 - _HAIR)
    return float(np.searchsorted(cumulative, needed) + 1) / ordered.size


def top_share(values: Floats, share: float = 0.2) -> float:
    """Share of the value that the best customers bring (D22, D31): 20 % of them by default.

    values: value or revenue per customer, ≥ 0; share: fraction of the customers, above 0 and at
    most 1, rounded up to whole customers. Returns a fraction of the value. Errors as
    `pareto_share`.
    """
    ordered = _checked(values)
    if not 0 < share <= 1:
        raise refused.SHARE()
    best = int(np.ceil(share * ordered.size * (1 - _HAIR)))
    return float(ordered[:best].sum() / ordered.sum())


def abc_classes(
    customers: npt.NDArray[np.intp], values: Floats, border_a: float = 0.8, border_b: float = 0.95
) -> AbcTable:
    """ABC class of each customer by cumulative share of the value (D22, D28).

    customers: codes 0…n−1, rows of one customer are added up, to ≥ 0; values: currency; border_a, border_b:
    0 < a < b ≤ 1. A customer is in class A when those worth more than it bring less than
    border_a, B below border_b, C otherwise: so the one who crosses the border is still inside,
    even a single customer who brings it all, and equal customers share a class.
    A negative total or borders out of order are `OutOfRange`; no value is `DivisionByZero`.
    """
    if not 0 < border_a < border_b <= 1:
        raise refused.BORDERS()
    per_customer = np.bincount(customers, weights=values).astype(np.float64)
    ordered = _checked(per_customer)
    order = np.argsort(-per_customer, kind="stable")
    cumulative = np.cumsum(ordered)
    # What customers worth strictly more bring, the same for all of equal value
    first = np.searchsorted(-ordered, -ordered, side="left")
    before = np.concatenate(([0.0], cumulative))[first] / cumulative[-1]
    klass = np.searchsorted([border_a, border_b], before + _HAIR, side="right")
    return AbcTable(order, ordered, cumulative / cumulative[-1], klass)


def gini(values: Floats, correction: float = float(Correction.NONE)) -> float:
    """Gini coefficient: 0 when all customers are worth the same, towards 1 when one is all.

    Σ (2i − n − 1) xᵢ / (n Σ xᵢ), values from small to large (D22, D31). values: ≥ 0, one a
    customer; correction: a `Correction`. One customer gives 0.
    A negative value is `OutOfRange`; no value is `DivisionByZero`.
    """
    ordered = _checked(values)[::-1]
    count = ordered.size
    if count == 1:
        return 0.0
    ranks = 2 * np.arange(1, count + 1) - count - 1
    groups = count - 1 if correction == Correction.SMALL_SAMPLE else count
    # Equal values can come out a rounding below zero
    return max(0.0, float((ranks * ordered).sum() / (groups * ordered.sum())))
