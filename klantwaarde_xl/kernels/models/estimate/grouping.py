"""The customers that a model sees: checked, with equal ones merged, scaled and sampled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.refusals import models as refused
from klantwaarde_xl.refusals.models import Impossible, OfRows, Problem
from klantwaarde_xl.refusals.refusal import Because

ROUGH_ROWS = 20_000  # rows at most on which a search begins
MANY = 10 * ROUGH_ROWS  # rows from which a look at some of them tells whether grouping pays
ALONE = 0.99  # the share of different rows among those above which it does not
FEWEST = 3  # customers with a repeat purchase, to say anything of the others
ALIKE_ROWS = 50_000  # different rows above which those that are nearly so are merged
ALIKE = 20  # customers are alike whose times differ less than one part in so many, and more as they buy more
ROUGHLY = (6.0, 3.0)  # the same of the customers on whom a search begins, the first that leaves few enough
TIME_SCALE = 10.0  # the longest T during the search
BLOCK = 16_384  # rows at a time, so that what is at hand stays in the processor's cache

Keys: TypeAlias = npt.NDArray[np.uint64]


def checked(frequency: Numbers, recency: Numbers, horizon: Numbers) -> tuple[Floats, Floats, Floats]:
    """Return x, t_x and T as float arrays of one shape, all possible; else raise `OutOfRange`.

    x: whole ≥ 0; 0 ≤ t_x ≤ T; t_x = 0 exactly where x = 0. All problems are in one message.
    """
    arrays = [np.asarray(part, dtype=np.float64) for part in (frequency, recency, horizon)]
    try:
        x, t_x, age = np.broadcast_arrays(*arrays)
    except ValueError:
        raise refused.UNEQUAL_HISTORIES() from None
    refuse_rows(
        refused.IMPOSSIBLE_CUSTOMERS,
        (OfRows.NO_NUMBER, ~(np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age))),
        (OfRows.FREQUENCY, (x < 0) | (x != np.floor(x))),
        (OfRows.NEGATIVE_TIME, (t_x < 0) | (age < 0)),
        (OfRows.RECENCY_BEYOND_AGE, t_x > age),
        (OfRows.REPEATS_WITHOUT_RECENCY, (x > 0) & (t_x == 0)),
        (OfRows.RECENCY_WITHOUT_REPEATS, (x == 0) & (t_x > 0)),
    )
    return x, t_x, age


def weights_of(weights: Numbers | None, size: int) -> Floats:
    """Return that many weights, ones if none are given; negative or missing ones are `OutOfRange`."""
    if weights is None:
        return np.ones(size)
    weight = np.asarray(weights, dtype=np.float64).ravel()
    if weight.size != size or not np.all((weight >= 0) & np.isfinite(weight)):
        raise refused.WEIGHTS()
    return weight


def refuse_rows(refusal: Impossible, *cases: tuple[OfRows, npt.NDArray[np.bool_]]) -> None:
    """Raise a refusal if any case has rows: each with how often and where first, in one message."""
    found = [Problem(what, int(mask.sum()), int(np.argmax(mask)) + 1) for what, mask in cases if np.any(mask)]
    if found:
        raise refusal(found)


class Customers(NamedTuple):
    """Different customers (x, t_x, T) with how many of each; all arrays of the same length."""

    frequency: Floats
    recency: Floats
    horizon: Floats
    weight: Floats

    @property
    def n(self) -> float:
        """The number of customers."""
        return float(self.weight.sum())


def group(
    frequency: Numbers, recency: Numbers, horizon: Numbers, weights: Numbers | None = None
) -> Customers:
    """Merge identical (x, t_x, T) rows and count them; weights ≥ 0 count for more or less than one.

    Impossible rows or weights raise `OutOfRange`. Where of many rows hardly two are alike, as with
    times to the second, they are left as they are.
    """
    columns = [np.ravel(column) for column in checked(frequency, recency, horizon)]
    weight = weights_of(weights, columns[0].size)
    if np.any(weight == 0):
        columns, weight = [column[weight > 0] for column in columns], weight[weight > 0]
    if not weight.size or (weight.size >= MANY and _share_different(columns) > ALONE):
        return Customers(columns[0], columns[1], columns[2], weight)
    order, starts = _together(columns)
    x, t_x, age = (column[order[starts]] for column in columns)
    if weights is None:
        return Customers(x, t_x, age, np.diff(starts, append=weight.size).astype(np.float64))
    return Customers(x, t_x, age, np.add.reduceat(weight[order], starts))


def alike(customers: Customers) -> Customers:
    """Merge customers of a very large log who differ too little for any model, at their means.

    They bought as often, and their times differ less than a part of themselves, the smaller the oftener they
    bought. What a mean leaves out is a part of the square of that: of parameters far less than their
    standard errors, where a few hundred thousand rows do as well as millions.
    """
    return customers if customers.weight.size <= ALIKE_ROWS else _merged(customers, ALIKE)


def _merged(customers: Customers, fine: float) -> Customers:
    """Those together who bought as often and whose times differ less than one part in so many."""
    x, t_x, age, weight = customers
    shortest, parts = float(age.max()) / 50, fine + fine / 5 * x
    order, starts = _together([x, *(np.floor(parts * np.log1p(times / shortest)) for times in (t_x, age))])
    return Customers(x[order[starts]], *means((t_x, age), weight, order, starts))


def alike_spenders(frequency: Floats, spend: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """The same of how often and for how much on average customers bought: frequency, spend and weight."""
    if weight.size <= ALIKE_ROWS:
        return frequency, spend, weight
    fine = 2 * ALIKE + ALIKE / 5 * frequency
    order, starts = _together([frequency, np.floor(fine * np.log(spend))])
    return frequency[order[starts]], *means((spend,), weight, order, starts)  # type: ignore[return-value]


def means(
    columns: Sequence[Floats], weight: Floats, order: npt.NDArray[np.int64], starts: npt.NDArray[np.intp]
) -> list[Floats]:
    """The weighted means of columns in groups of rows, and the weights of these."""
    size = np.add.reduceat(weight[order], starts)
    return [*(np.add.reduceat((weight * one)[order], starts) / size for one in columns), size]


def without_recency(customers: Customers) -> Customers:
    """Merge customers who differ in their last purchase only, which is set to nought."""
    x, _, age, weight = customers
    order, starts = _together([x, age])
    kept = order[starts]
    return Customers(x[kept], np.zeros(kept.size), age[kept], np.add.reduceat(weight[order], starts))


def _together(columns: Sequence[Floats]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """The order that puts equal rows together, and where in it each kind of rows begins."""
    order, new = _sorted(_keys(columns))
    for column in columns:  # two kinds of rows with one key: at worst one kind becomes two groups
        here = column[order]
        new[1:] |= here[1:] != here[:-1]
    return order, np.flatnonzero(new)


def _keys(columns: Sequence[Floats]) -> Keys:
    """One number a row, equal for equal rows and otherwise scattered (the mixing of splitmix64)."""
    keys = np.empty(columns[0].size, dtype=np.uint64)
    for at in range(0, keys.size, BLOCK):
        key = np.zeros(min(BLOCK, keys.size - at), dtype=np.uint64)
        for column in columns:
            key ^= (column[at : at + BLOCK] + 0.0).view(np.uint64)  # + 0: minus nought is nought
            key *= np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
            key *= np.uint64(0xBF58476D1CE4E5B9)
            key ^= key >> np.uint64(32)
        keys[at : at + BLOCK] = key
    return keys


def _sorted(keys: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the order that puts equal keys together, and where another key begins.

    The row number takes the place of the lowest digits: sorting plain numbers is several times
    faster than sorting places by them.
    """
    room = np.uint64(keys.size.bit_length())
    keys = (keys >> room << room) | np.arange(keys.size, dtype=np.uint64)
    keys.sort()
    new = np.ones(keys.size, dtype=bool)
    new[1:] = (keys[1:] ^ keys[:-1]) >> room != 0
    return (keys & ((np.uint64(1) << room) - np.uint64(1))).view(np.int64), new


def _share_different(columns: Sequence[Floats]) -> float:
    """The share of different rows among some."""
    picked = _spread(columns[0].size, ROUGH_ROWS)
    return np.unique(_keys([column[picked] for column in columns])).size / picked.size


def _spread(rows: int, picks: int) -> npt.NDArray[np.int64]:
    """Row numbers spread evenly, each at random within its own stretch: no regularity is met."""
    within = np.random.default_rng(1).uniform(size=picks)
    return ((np.arange(picks) + within) * (rows / picks)).astype(np.int64)


def levels(counts: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
    """The different values among whole counts ≥ 0, in order, and the place of each count in them."""
    if not counts.size or counts.max() > 4 * counts.size + 1000:
        different, place = np.unique(counts, return_inverse=True)
        return different, place
    small = counts.astype(np.intp)
    present = np.bincount(small) > 0
    return np.flatnonzero(present).astype(np.float64), (np.cumsum(present) - 1)[small]


def too_little(customers: Customers) -> Because | None:
    """Return why nothing can be learned from these customers; nothing if something can."""
    if not customers.n:
        return refused.NO_CUSTOMERS()
    if not np.any(customers.horizon > 0):
        return refused.ALL_CAME_ON_THE_LAST_DAY()
    if not np.any(customers.frequency > 0):
        return refused.NOBODY_CAME_BACK()
    if customers.n < 2:
        return refused.ONE_CUSTOMER()
    again = float(customers.weight[customers.frequency > 0].sum())
    return refused.few_came_back(again) if again < FEWEST else None


def scaled(customers: Customers) -> tuple[Customers, float]:
    """Return the customers with the longest T at 10, and the unit by which times were divided."""
    unit = float(customers.horizon.max()) / TIME_SCALE
    return customers._replace(recency=customers.recency / unit, horizon=customers.horizon / unit), unit


def rough(customers: Customers, rows: int) -> Customers:
    """Return at most that many rows to begin a search on: those roughly alike merged, else some of them.

    Of merged rows the best values are next to those of all; of some they may lie a standard error off.
    """
    if customers.weight.size <= rows:
        return customers
    for fine in ROUGHLY:
        merged = _merged(customers, fine)
        if merged.weight.size <= rows:
            return merged
    return sample(customers, rows)


def sample(customers: Customers, rows: int = ROUGH_ROWS) -> Customers:
    """Return at most that many rows, a customer at random from each of as many equal parts."""
    if customers.weight.size <= rows:
        return customers
    ends = np.cumsum(customers.weight)
    within = np.random.default_rng(1).uniform(size=rows)
    picked = np.searchsorted(ends, (np.arange(rows) + within) * (ends[-1] / rows))
    which, counts = np.unique(picked, return_counts=True)
    x, t_x, age = (column[which] for column in customers[:3])
    return Customers(x, t_x, age, counts.astype(np.float64))
