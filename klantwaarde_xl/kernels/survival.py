"""The share that is still there after each period, of contracts of which some are not over yet.

Kaplan & Meier (1958), Nonparametric estimation from incomplete observations: who is no longer followed
counts among those who could leave for as long as he was. The interval has Greenwood's (1926) variance on
log(−log S) (Kalbfleisch & Prentice 1980), which stays within 0…1 and holds at few contracts (Borgan &
Liestøl 1990); where nobody or everybody left, the exact binomial one (Clopper & Pearson 1934).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.intervals import quantile

Whole = npt.NDArray[np.int64]
NA = CellError.NA.nan
HALF = 0.5 * (1 + 1e-12)  # a product of shares that is a half may come out a digit above it


class Curve(NamedTuple):
    """One row a period from the start, period 0; all arrays of the same length."""

    period: Floats
    at_risk: Floats  # could leave in it: followed through the whole period, and there at its begin
    left: Floats
    surviving: Floats  # share of those at the start who are still there after it
    lower: Floats
    upper: Floats
    retention: Floats  # share of at_risk that stayed; #N/A at the start


def kaplan_meier(seen: Whole, left: Whole, counts: Floats | None = None, confidence: float = 0.95) -> Curve:
    """Return the steps of each period in which anybody could leave.

    seen: whole periods followed; left: the period of leaving, 0 for who did not; counts: how many a row
    stands for, one by default; confidence: of the interval, 0…1, else `OutOfRange`.
    Source: Kaplan & Meier 1958.
    """
    weight = np.ones(seen.size) if counts is None else np.asarray(counts, dtype=np.float64)
    last = np.where(left > 0, left, seen)
    size = int(last.max(initial=0)) + 1
    at_risk = np.bincount(last, weights=weight, minlength=size)[::-1].cumsum()[::-1]
    gone: Floats = np.bincount(left, weights=np.where(left > 0, weight, 0.0), minlength=size).astype(float)
    stayed = at_risk - gone
    surviving = np.cumprod(stayed / at_risk)
    lower, upper = bounds(surviving, at_risk, gone, confidence)
    retention = np.where(np.arange(size) > 0, stayed / at_risk, NA)
    return Curve(np.arange(size, dtype=np.float64), at_risk, gone, surviving, lower, upper, retention)


def bounds(surviving: Floats, at_risk: Floats, gone: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the lower and upper end of each share of a `Curve`; at the start both are one."""
    z, tail = quantile(confidence), (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(gone / (at_risk * (at_risk - gone)))
        log_share = np.log(surviving)
        factor = np.exp(z * np.sqrt(greenwood) / -log_share)
        # Of those followed through so many periods nobody left, or in the last of them everybody did
        none, everybody = surviving == 1, surviving == 0
        lower = np.where(none, tail ** (1 / at_risk), np.where(everybody, 0.0, surviving**factor))
        upper = np.where(none, 1.0, surviving ** (1 / factor))
        last = np.minimum(1 - tail ** (1 / at_risk), np.append(1.0, upper[:-1]))
        upper = np.where(everybody, last, upper)
    return np.append(1.0, lower[1:]), np.append(1.0, upper[1:])


def survivors(seen: Whole, left: Whole, counts: Floats | None = None) -> Floats:
    """Return the block that a model of staying is fitted on (`models.contract.fit`).

    seen, left, counts: as `kaplan_meier`. A row a number of periods followed, the longest first: how
    many there were at the start and after 1, 2, … periods, NaN beyond what was followed. They are
    all that the sBG and the BdW need of the dates.
    """
    weight = np.ones(seen.size) if counts is None else np.asarray(counts, dtype=np.float64)
    ages = np.unique(seen)[::-1]
    width = int(ages.max(initial=0)) + 1
    row = np.searchsorted(-ages, -seen)
    moved = np.zeros((ages.size, width))
    np.add.at(moved, (row, left), np.where(left > 0, -weight, 0.0))
    np.add.at(moved, (row, np.zeros_like(row)), weight)
    known = np.arange(width) <= ages[:, None]
    return np.where(known, np.cumsum(moved, axis=1), np.nan)


def half_gone(curve: Curve) -> float:
    """Return the first period after which at most half are still there; #N/A while more than half are."""
    found = np.flatnonzero(curve.surviving <= HALF)
    return float(curve.period[found[0]]) if found.size else NA
