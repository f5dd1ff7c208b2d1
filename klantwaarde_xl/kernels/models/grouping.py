"""The customers that a model sees: checked, with equal ones merged, scaled and sampled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Floats, Numbers

ROUGH_ROWS = 20_000  # rows of the subsample on which a search begins
TIME_SCALE = 10.0  # the longest T during the search


def checked(frequency: Numbers, recency: Numbers, horizon: Numbers) -> tuple[Floats, Floats, Floats]:
    """Return x, t_x and T as float arrays of one shape, all possible; else raise `OutOfRange`.

    x: whole ≥ 0; 0 ≤ t_x ≤ T; t_x = 0 exactly where x = 0. All problems are in one message.
    """
    arrays = [np.asarray(part, dtype=np.float64) for part in (frequency, recency, horizon)]
    try:
        x, t_x, age = np.broadcast_arrays(*arrays)
    except ValueError:
        raise OutOfRange("Frequentie, recentheid en leeftijd zijn niet even lang.") from None
    cases = (
        ("ontbrekend of oneindig getal", ~(np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age))),
        ("frequentie negatief of gebroken", (x < 0) | (x != np.floor(x))),
        ("recentheid of leeftijd negatief", (t_x < 0) | (age < 0)),
        ("recentheid groter dan leeftijd", t_x > age),
        ("herhaalaankopen maar recentheid 0", (x > 0) & (t_x == 0)),
        ("recentheid zonder herhaalaankopen", (x == 0) & (t_x > 0)),
    )
    problems = [
        f"{text}: {int(mask.sum())} keer, eerst in rij {int(np.argmax(mask)) + 1}"
        for text, mask in cases
        if np.any(mask)
    ]
    if problems:
        raise OutOfRange(
            f"Onmogelijke klantgegevens: {'; '.join(problems)}.",
            remedy="Tel de eerste aankoop niet mee in de frequentie en meet recentheid en leeftijd"
            " vanaf de eerste aankoop, in dezelfde eenheid.",
        )
    return x, t_x, age


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

    Impossible rows or weights raise `OutOfRange`. The order of the rows is mixed, so that a part
    of them is a fair sample.
    """
    columns = [np.ravel(column) + 0.0 for column in checked(frequency, recency, horizon)]
    weight = np.ones(columns[0].size) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    if weight.size != columns[0].size or not np.all((weight >= 0) & np.isfinite(weight)):
        raise OutOfRange("De gewichten zijn negatief, ontbreken of zijn niet even lang als de klanten.")
    if np.any(weight == 0):
        columns, weight = [column[weight > 0] for column in columns], weight[weight > 0]
    if not weight.size:
        return Customers(columns[0], columns[1], columns[2], weight)
    order = np.argsort(_mixed(columns), kind="stable")
    starts = _starts([column[order] for column in columns])
    first = order[starts]
    x, t_x, age = (column[first] for column in columns)
    return Customers(x, t_x, age, np.add.reduceat(weight[order], starts))


def _mixed(columns: Sequence[Floats]) -> np.typing.NDArray[np.uint64]:
    """One number a row, equal for equal rows and otherwise scattered (the mixing of splitmix64)."""
    key = np.zeros(columns[0].size, dtype=np.uint64)
    for column in columns:
        key = (key ^ column.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
        key *= np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(32)
    return key


def _starts(columns: Sequence[Floats]) -> np.typing.NDArray[np.intp]:
    """Where a row differs from the one before it; two rows with one key only make more groups."""
    new = np.ones(columns[0].size, dtype=bool)
    new[1:] = False
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def refusal(customers: Customers) -> str:
    """Say in Dutch why nothing can be learned from these customers; nothing if something can."""
    if not customers.n:
        return "Er zijn geen klanten. Controleer of het bereik gegevens bevat."
    if not np.any(customers.horizon > 0):
        return "Alle klanten zijn vandaag begonnen. Neem een langere periode."
    if not np.any(customers.frequency > 0):
        return (
            "Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is"
            " niet te zien. Neem een langere periode of meer klanten."
        )
    if customers.n < 2:
        return "Eén klant is te weinig om verschillen tussen klanten te schatten. Neem meer klanten."
    if customers.weight.size == 1:
        return (
            "Alle klanten zijn precies gelijk, dus er zijn geen verschillen te schatten. Neem meer klanten."
        )
    return ""


def scaled(customers: Customers) -> tuple[Customers, float]:
    """Return the customers with the longest T at 10, and the unit by which times were divided."""
    unit = float(customers.horizon.max()) / TIME_SCALE
    return customers._replace(recency=customers.recency / unit, horizon=customers.horizon / unit), unit


def sample(customers: Customers, rows: int = ROUGH_ROWS) -> Customers:
    """Return at most that many rows, every so many-th customer."""
    if customers.weight.size <= rows:
        return customers
    ends = np.cumsum(customers.weight)
    picked = np.searchsorted(ends, (np.arange(rows) + 0.5) * (ends[-1] / rows))
    which, counts = np.unique(picked, return_counts=True)
    x, t_x, age = (column[which] for column in customers[:3])
    return Customers(x, t_x, age, counts.astype(np.float64))
