"""Customers who move between segments: a Markov chain of segments and its value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import OutOfRange, WrongType
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.value import Timing

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
    rewards = _per_segment(values, chain, "waarden")
    if not interest > -1:
        raise OutOfRange("De rente is -100% of lager.")
    step = chain / (1 + interest)
    if horizon is None:
        total = _without_end(chain, rewards, interest)
    else:
        total = _until(step, rewards, _whole(horizon, "horizon"))
    result = total if timing == Timing.NOW else total - rewards
    if not np.all(np.isfinite(result)):
        raise OutOfRange("De waarde is te groot voor de spreadsheet.")
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
    start = _per_segment(counts, chain, "aantallen")
    arrivals = np.zeros_like(start) if inflow is None else _per_segment(inflow, chain, "instroom")
    if np.any(start < 0) or np.any(arrivals < 0):
        raise OutOfRange("Een aantal klanten is negatief.")
    steps = _whole(periods, "perioden")
    if steps > MOST_PERIODS:
        raise OutOfRange(f"Meer dan {MOST_PERIODS} perioden past niet.")
    sizes = np.empty((start.size, steps + 1))
    sizes[:, 0] = start
    with np.errstate(over="ignore"):
        for period in range(steps):
            sizes[:, period + 1] = sizes[:, period] @ chain + arrivals
    if not np.all(np.isfinite(sizes)):
        raise OutOfRange("Een aantal is te groot voor de spreadsheet.")
    return SegmentSizes(_labels(segments, chain), sizes)


def _chain(transitions: Floats) -> Floats:
    """The transition matrix, checked, each row scaled to sum to one in all digits."""
    chain = np.asarray(transitions, dtype=np.float64)
    if chain.ndim != 2 or chain.shape[0] != chain.shape[1]:
        raise WrongType("De overgangen zijn geen vierkant blok: evenveel rijen als kolommen.")
    if np.any((chain < 0) | (chain > 1)):
        raise OutOfRange("Een overgangskans ligt buiten 0 en 1.")
    sums = chain.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(np.abs(sums - 1) > ROW_SUM)
    if wrong.size:
        row = int(wrong[0]) + 1
        raise OutOfRange(f"De kansen in rij {row} zijn samen geen 1.")
    scaled: Floats = chain / sums
    return scaled


def _per_segment(values: Floats, chain: Floats, name: str) -> Floats:
    """A row or column with one number a segment."""
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size != len(chain) or numbers.size != max(numbers.shape):
        raise WrongType(f"{name}: geef een rij of kolom met {len(chain)} getallen, een per segment.")
    return numbers.ravel()


def _whole(value: float, name: str) -> int:
    if value < 0 or value != np.floor(value) or value > 2**53:
        raise OutOfRange(f"{name} is geen heel getal vanaf 0.")
    return int(value)


def _labels(segments: Codes | None, chain: Floats) -> Codes:
    if segments is None:
        return np.arange(1, len(chain) + 1, dtype=np.intp)
    if len(segments) != len(chain):
        raise WrongType(f"segmenten: geef {len(chain)} namen, een per segment.")
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
        raise OutOfRange(
            "De som heeft geen einde: klanten blijven eeuwig waarde opleveren.",
            remedy="Vul een rente boven nul of een horizon in.",
        )
    total = np.zeros_like(rewards)
    total[alive] = np.linalg.solve(np.eye(len(moves)) - moves / (1 + interest), rewards[alive])
    return total
