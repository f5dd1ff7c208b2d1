"""RFM: recency, frequency and monetary value per customer, their scores, and the segment.

RFM's words are not those of the probability models: recency is days since the last purchase
and frequency counts all purchases.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag
from klantwaarde_xl.refusals import customers as refused
from klantwaarde_xl.refusals import shared

Codes = npt.NDArray[np.intp]
Scores = npt.NDArray[np.int8]

FEWEST_CUSTOMERS = 5


class Nesting(IntEnum):
    """Among whom a customer is scored."""

    INDEPENDENT = 0  # each figure among all customers: a 5 means the same everywhere
    NESTED = 1  # F among customers of equal R, M among those of equal R and F: evenly spread


class AllEqual(IntEnum):
    """What scores are when all customers have the same figure."""

    THREE = 0
    NOT_AVAILABLE = 1


class Direction(IntEnum):
    """Which end of a figure scores 5."""

    HIGH = 0
    LOW = 1


class Segment(IntEnum):
    """A group of customers, of the eleven by R and the mean of F and M that the field names."""

    CHAMPIONS = 0
    LOYAL = 1
    POTENTIALLY_LOYAL = 2
    NEW = 3
    PROMISING = 4
    NEEDS_ATTENTION = 5
    ABOUT_TO_SLEEP = 6
    AT_RISK = 7
    CANNOT_LOSE = 8
    HIBERNATING = 9
    LOST = 10


# R by the rounded mean of F and M, the grid that marketers use; rows R = 5…1, columns FM = 1…5
_GRID = np.array(
    [
        # FM 1  2  3  4  5
        [3, 2, 2, 0, 0],  # R 5
        [4, 2, 2, 1, 0],  # R 4
        [6, 6, 5, 1, 1],  # R 3
        [9, 9, 7, 7, 8],  # R 2
        [10, 10, 9, 7, 8],  # R 1
    ],
    dtype=np.int8,
)


class RfmTable(NamedTuple):
    """One row a customer; all arrays of the same length."""

    customer: Codes
    recency: Floats
    frequency: Floats
    monetary: Floats
    r: Scores
    f: Scores
    m: Scores
    segment: Scores


class ScoreTable(NamedTuple):
    """Figures with their scores, in the order in which they came."""

    value: Floats
    score: Scores


def quintile_scores(
    values: Floats, *, reverse: bool = False, all_equal: float = float(AllEqual.THREE)
) -> Scores:
    """Score values 1…5 by quintile; equal values get equal scores, all equal gives 3.

    values: any numbers, at least five; reverse gives the smallest values the highest score;
    all_equal: an `AllEqual`. A value's place is the middle of its equals, so row order never
    matters and one odd value does not push a whole group to an end.
    Raises `OutOfRange` for fewer than five values, `NotAvailable` for equal ones if so asked.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size < FEWEST_CUSTOMERS:
        raise refused.TOO_FEW_FOR_FIFTHS(least=FEWEST_CUSTOMERS, there=numbers.size)
    if all_equal == AllEqual.NOT_AVAILABLE and np.all(numbers == numbers[0]):
        raise refused.ALL_EQUAL()
    return _fifths(-numbers if reverse else numbers)


def _fifths(numbers: Floats) -> Scores:
    """Scores 1…5 among any number of values."""
    _, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    below = np.cumsum(counts) - counts
    # In whole numbers: no rounding at the borders of a quintile
    score = 5 * (2 * below + counts) // (2 * numbers.size) + 1
    scores: Scores = score.astype(np.int8)[place.reshape(numbers.shape)]
    return scores


def nested_scores(values: Floats, within: Scores) -> Scores:
    """Score values 1…5 by quintile within each group (nested binning, as SPSS calls it).

    values: higher is better; within: the group of each value. A group of fewer than five is
    scored by the same rule, so its scores have holes; a group of one, or of equals, scores 3.
    """
    scores = np.empty(len(values), dtype=np.int8)
    for group in np.unique(within):
        members = within == group
        scores[members] = _fifths(values[members])
    return scores


def score_values(
    values: Floats,
    direction: float = float(Direction.HIGH),
    all_equal: float = float(AllEqual.THREE),
) -> ScoreTable:
    """RFM score 1…5 of each value in a column (article 003: D28).

    values: numbers, one a customer; direction: a `Direction` (HIGH: the largest values score 5,
    as for purchases and revenue; LOW: the smallest, as for days since the last purchase);
    all_equal: an `AllEqual`. Errors as `quintile_scores`.
    """
    is_low = direction == Direction.LOW
    return ScoreTable(values, quintile_scores(values, reverse=is_low, all_equal=all_equal))


def segment_codes(r: Scores, f: Scores, m: Scores) -> Scores:
    """The `Segment` of scores 1…5, by R and the mean of F and M (halves round down).

    Raises `OutOfRange` for a score outside 1…5.
    """
    for score in (r, f, m):
        if np.any((score < 1) | (score > 5)):
            raise refused.RFM_SCORE()
    fm = (f.astype(np.int64) + m) // 2
    segments: Scores = _GRID[5 - r.astype(np.int64), fm - 1]
    return segments


@elementwise
def segment_of_scores(r: Element, f: Element, m: Element) -> Floats:
    """The `Segment` of three scores (article 003: D28).

    r, f, m: whole scores 1…5; anything else is #NUM!.
    """
    scores = [np.asarray(score, dtype=np.float64) for score in (r, f, m)]
    wrong = np.any(
        [~((s >= 1) & (s <= 5) & (s == np.floor(s))) for s in np.broadcast_arrays(*scores)], axis=0
    )
    # What is wrong is looked up as a 1, and marked afterwards
    whole = [np.where(wrong, 1, score).astype(np.int8) for score in scores]
    return flag(segment_codes(*whole), (CellError.NUM, wrong))


def score_customers(
    recency: Floats,
    frequency: Floats,
    monetary: Floats,
    nesting: float = float(Nesting.INDEPENDENT),
    all_equal: float = float(AllEqual.THREE),
) -> RfmTable:
    """Score customers from their three figures; customers keep their order.

    recency: days since the last purchase; frequency: purchases; monetary: currency in total;
    nesting: a `Nesting`; all_equal: an `AllEqual`, for a figure that all customers share.
    Raises `OutOfRange` for fewer than five customers, `NotAvailable` as `quintile_scores`.
    """
    r = quintile_scores(recency, reverse=True, all_equal=all_equal)
    f = quintile_scores(frequency, all_equal=all_equal)
    m = quintile_scores(monetary, all_equal=all_equal)
    if nesting == Nesting.NESTED:
        f = nested_scores(frequency, r)
        m = nested_scores(monetary, 10 * r + f)
    customers = np.arange(len(r), dtype=np.intp)
    return RfmTable(customers, recency, frequency, monetary, r, f, m, segment_codes(r, f, m))


def rfm(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    as_of: float | None = None,
    nesting: float = float(Nesting.INDEPENDENT),
    all_equal: float = float(AllEqual.THREE),
) -> RfmTable:
    """RFM per customer from transactions (article 003: D28).

    customers: codes 0…n−1, one a transaction; days: day numbers; amounts: currency, a negative
    amount is a refund: it lowers monetary and is no purchase; as_of: day number from which
    recency counts, by default the last day in the data. Later transactions are left out, and so
    are customers without a purchase. nesting: a `Nesting`; all_equal: an `AllEqual`.
    Raises `NotAvailable` when nothing is left, or as `quintile_scores`; `OutOfRange` for fewer
    than five customers.
    """
    last_day = float(np.max(days)) if as_of is None and days.size else as_of
    kept = days <= (last_day if last_day is not None else 0.0)
    bought = kept & (amounts >= 0)
    if not np.any(bought):
        raise shared.NO_PURCHASES_YET()
    total = int(customers.max()) + 1
    frequency = np.bincount(customers[bought], minlength=total).astype(np.float64)
    monetary = np.bincount(customers[kept], weights=amounts[kept], minlength=total).astype(np.float64)
    latest = np.full(total, -np.inf)
    np.maximum.at(latest, customers[bought], np.floor(days[bought]))
    buyers = np.flatnonzero(frequency > 0)
    recency = np.floor(last_day or 0.0) - latest[buyers]
    table = score_customers(recency, frequency[buyers], monetary[buyers], nesting, all_equal)
    return table._replace(customer=buyers)
