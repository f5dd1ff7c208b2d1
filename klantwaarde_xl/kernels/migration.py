"""Customers who move between segments: a Markov chain of segments and its value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.value import Timing
from klantwaarde_xl.refusals import customers as refused
from klantwaarde_xl.refusals import shared
from klantwaarde_xl.refusals.nouns import Argument

Codes = npt.NDArray[np.intp]

ROW_SUM = 1e-9  # how far a row of probabilities may be from one
MOST_PERIODS = 1200


class SegmentValues(NamedTuple):
    """One row a starting segment."""

    segment: Codes
    value: Floats


class SegmentSizes(NamedTuple):
    """One row a segment; sizes has a column for each period, the start first."""

    segment: Codes
    sizes: Floats


def segment_values(
    transitions: Floats,
    values: Floats,
    interest: float = 0.0,
    horizon: float | None = None,
    timing: float = Timing.NOW,
    segments: Codes | None = None,
) -> SegmentValues:
    """Present value of a customer by the segment it starts in, V = Σ (P / (1+i))ᵗ R.

    transitions P: probabilities of moving from the row's segment to the column's in one period;
    values R: currency per period in each segment; interest i > −1 per period; horizon n: last
    period that counts, whole and ≥ 0, None is without end: V = (I − P/(1+i))⁻¹ R; timing: a
    `Timing` code: the first value today, t = 0…n (Pfeifer & Carraway 2000), or after one period
    and one move, t = 1…n; segments: a code per segment, by default 1…k.
    Probabilities outside 0…1, rows that do not sum to one, a bad horizon or interest, and a sum
    without end are `OutOfRange`; sizes that do not match `WrongType`.
    """
    chain = _chain(transitions)
    rewards = _per_segment(values, chain, Argument.VALUES)
    if not interest > -1:
        raise shared.INTEREST_TOO_LOW()
    step = chain / (1 + interest)
    if horizon is None:
        total = _without_end(chain, rewards, interest)
    else:
        total = _until(step, rewards, _whole(horizon, Argument.HORIZON))
    result = total if timing == Timing.NOW else total - rewards
    if not np.all(np.isfinite(result)):
        raise refused.VALUE_TOO_LARGE()
    return SegmentValues(_labels(segments, chain), result)


def segment_sizes(
    transitions: Floats,
    counts: Floats,
    periods: float,
    inflow: Floats | None = None,
    segments: Codes | None = None,
) -> SegmentSizes:
    """Expected customers per segment over time: n(t+1) = n(t) P + inflow.

    transitions P: as `segment_values`; counts: customers ≥ 0 in each segment at the start;
    periods: whole, 0…1200; inflow: new customers ≥ 0 per period in each segment, none by
    default, who move from the period after; segments: a code per segment, by default 1…k.
    Errors as `segment_values`; a negative count is `OutOfRange`.
    """
    chain = _chain(transitions)
    start = _per_segment(counts, chain, Argument.COUNTS)
    arrivals = np.zeros_like(start) if inflow is None else _per_segment(inflow, chain, Argument.ARRIVALS)
    if np.any(start < 0) or np.any(arrivals < 0):
        raise refused.NEGATIVE_COUNT()
    steps = _whole(periods, Argument.PERIODS)
    if steps > MOST_PERIODS:
        raise refused.PERIODS_TOO_MANY(most=MOST_PERIODS)
    sizes = np.empty((start.size, steps + 1))
    sizes[:, 0] = start
    with np.errstate(over="ignore"):
        for period in range(steps):
            sizes[:, period + 1] = sizes[:, period] @ chain + arrivals
    if not np.all(np.isfinite(sizes)):
        raise refused.COUNT_TOO_LARGE()
    return SegmentSizes(_labels(segments, chain), sizes)


def _chain(transitions: Floats) -> Floats:
    """The transition matrix, checked, each row scaled to sum to one in all digits."""
    chain = np.asarray(transitions, dtype=np.float64)
    if chain.ndim != 2 or chain.shape[0] != chain.shape[1]:
        raise refused.MOVES_NOT_SQUARE()
    if np.any((chain < 0) | (chain > 1)):
        raise refused.CHANCE_OF_MOVING()
    sums = chain.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(np.abs(sums - 1) > ROW_SUM)
    if wrong.size:
        row = int(wrong[0]) + 1
        raise refused.CHANCES_OF_ROW(row=row)
    scaled: Floats = chain / sums
    return scaled


def _per_segment(values: Floats, chain: Floats, argument: Argument) -> Floats:
    """A row or column with one number a segment."""
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size != len(chain) or numbers.size != max(numbers.shape):
        raise refused.NOT_PER_SEGMENT(argument=argument, segments=len(chain))
    return numbers.ravel()


def _whole(value: float, argument: Argument) -> int:
    if value < 0 or value != np.floor(value) or value > 2**53:
        raise refused.NOT_WHOLE(argument=argument)
    return int(value)


def _labels(segments: Codes | None, chain: Floats) -> Codes:
    if segments is None:
        return np.arange(1, len(chain) + 1, dtype=np.intp)
    if len(segments) != len(chain):
        raise refused.NAMES_OF_SEGMENTS(segments=len(chain))
    return segments


def _until(step: Floats, rewards: Floats, periods: int) -> Floats:
    """Σ stepᵗ rewards for t = 0…periods, by squaring.

    With M = [[A, R], [0, 1]] the last column of M^(n+1) is R + A R + … + Aⁿ R.
    """
    count = rewards.size
    block = np.zeros((count + 1, count + 1))
    block[:count, :count] = step
    block[:count, count] = rewards
    block[count, count] = 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        total: Floats = np.linalg.matrix_power(block, periods + 1)[:count, count]
    return total


def _without_end(chain: Floats, rewards: Floats, interest: float) -> Floats:
    """Σ (P/(1+i))ᵗ rewards for t = 0, 1, …; `OutOfRange` when it has no limit.

    Segments from which no value can be reached are worth nothing; the others' chain has to die
    out faster than interest makes it grow. So a chain in which everyone leaves for good has a
    value even at zero interest.
    """
    alive = rewards != 0
    for _ in range(len(chain)):
        alive = alive | ((chain > 0) @ alive)
    moves = chain[np.ix_(alive, alive)]
    if moves.size and np.abs(np.linalg.eigvals(moves)).max() >= 1 + interest - ROW_SUM:
        raise refused.ENDLESS()
    total = np.zeros_like(rewards)
    total[alive] = np.linalg.solve(np.eye(len(moves)) - moves / (1 + interest), rewards[alive])
    return total
