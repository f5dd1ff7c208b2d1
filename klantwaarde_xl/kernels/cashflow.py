"""What a customer is worth as a stream of amounts: the margins to come, and those of the past."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, annuity, elementwise, flag, outside
from klantwaarde_xl.refusals import money as refused
from klantwaarde_xl.refusals import shared

NUM = CellError.NUM
Codes = npt.NDArray[np.intp]

DAYS_PER_YEAR = 365.0  # as Excel's XNPV counts
LONGEST_TABLE = 1200  # periods: a century of months


class Moment(IntEnum):
    """When in its period a margin is paid, in halves of a period."""

    BEGIN = 0
    MIDDLE = 1
    END = 2


@elementwise
def finite_clv(
    margin: Element,
    retention: Element,
    interest: Element,
    horizon: Element,
    growth: Element = 0.0,
    moment: Element = Moment.BEGIN.value,
) -> Floats:
    """CLV over a finite horizon: Σ_{t=0..n} m(1 + g)ᵗ · (r / (1 + i))ᵗ⁺ˢ, s = 0, ½ or 1.

    margin: currency per period, the first one; retention: fraction 0…1; interest, growth:
    fraction > −1, all per period; horizon n: whole periods ≥ 0 after the first, so n + 1 margins;
    moment: s, the part of the period after which the margin is paid, by those who are still
    customers then. At the begin the sum runs to `clv` with the first margin now, at the end to
    Gupta & Lehmann's (2003) with the first margin after one period. #NUM! outside those ranges.
    """
    kept = retention / (1 + interest)
    value = margin * kept ** (moment / 2) * annuity(horizon + 1, kept * (1 + growth))
    wrong = (horizon < 0) | (horizon != np.floor(horizon)) | outside(retention, 0, 1)
    return flag(value, (NUM, wrong | (interest <= -1) | (growth <= -1)))


class CashFlow(NamedTuple):
    """One row a period; all arrays of the same length."""

    period: Floats
    survival: Floats
    margin: Floats
    expected: Floats
    cost: Floats
    factor: Floats
    present: Floats
    cumulative: Floats


def cash_flow(
    margin: float,
    retention: float,
    interest: float,
    horizon: float,
    growth: float = 0.0,
    moment: float = Moment.BEGIN.value,
    acquisition_cost: float = 0.0,
) -> CashFlow:
    """The rows of which `finite_clv` is the sum, less a cost of acquisition at time zero.

    Arguments as in `finite_clv`; horizon: at most 1200; acquisition_cost: currency ≥ 0.
    The last cumulative value is CLV − cost. Raises `OutOfRange` outside those ranges.
    """
    _check_cash_flow(retention, interest, horizon, growth, acquisition_cost)
    period = np.arange(int(horizon) + 1, dtype=np.float64)
    with np.errstate(all="ignore"):
        paid = period + moment / 2
        survival = np.float64(retention) ** paid
        factor = np.float64(1 + interest) ** -paid
        margins = margin * np.float64(1 + growth) ** period
        expected = margins * survival
        present = expected * factor
        cumulative = np.cumsum(present) - acquisition_cost
    cost = np.where(period == 0, acquisition_cost, 0.0)
    rows = (period, survival, margins, expected, cost, factor, present, cumulative)
    return CashFlow(*(flag(row, (NUM, np.isinf(row))) for row in rows))


def _check_cash_flow(
    retention: float, interest: float, horizon: float, growth: float, acquisition_cost: float
) -> None:
    if not 0 <= horizon <= LONGEST_TABLE or horizon != int(horizon):
        raise refused.HORIZON(most=LONGEST_TABLE)
    if not 0 <= retention <= 1:
        raise refused.RETENTION()
    if interest <= -1 or growth <= -1:
        raise refused.INTEREST_OR_GROWTH()
    if acquisition_cost < 0:
        raise refused.NEGATIVE_COST_OF_WINNING()


class CustomerMargins(NamedTuple):
    """One row a customer; all arrays of the same length."""

    customer: Codes
    purchases: Floats
    revenue: Floats
    margin: Floats
    value: Floats


def clv_per_customer(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    margin: float = 1.0,
    interest: float = 0.0,
    as_of: float | None = None,
) -> CustomerMargins:
    """Historical CLV per customer: the sum of past margins, with interest up to a day (003: D5).

    customers: codes 0…n−1, one a transaction; days: day numbers; amounts: currency, a negative
    one is a refund: it lowers the value and is no purchase; margin: fraction ≤ 1 of each amount;
    interest: fraction > −1 per year of 365 days, with which past margins are compounded; as_of:
    day number, by default the last day in the data. Later transactions are left out, and so are
    customers who have no others. No transactions give no rows.
    Raises `OutOfRange` outside those ranges.
    """
    kept, weight = _compounding(days, margin, interest, as_of)
    codes, sums = customers[kept], amounts[kept]
    found = np.unique(codes)
    total = int(customers.max()) + 1 if customers.size else 0

    def per_customer(weights: Floats) -> Floats:
        summed = np.bincount(codes, weights=weights, minlength=total)[found]
        return flag(summed, (NUM, np.isinf(summed)))

    with np.errstate(all="ignore"):
        margins, compounded = sums * margin, sums * weight
    return CustomerMargins(
        found.astype(np.intp),
        per_customer((sums >= 0).astype(np.float64)),
        per_customer(sums),
        per_customer(margins),
        per_customer(compounded),
    )


def total_clv(
    days: Floats,
    amounts: Floats,
    margin: float = 1.0,
    interest: float = 0.0,
    as_of: float | None = None,
) -> float:
    """Historical CLV of all customers together: the sum of past margins, with interest (003: D5).

    Arguments and errors as in `clv_per_customer`, of whose values this is the sum; no
    transactions give 0.
    """
    kept, weight = _compounding(days, margin, interest, as_of)
    with np.errstate(all="ignore"):
        value = float(np.sum(amounts[kept] * weight))
    return value if np.isfinite(value) else NUM.nan


def _compounding(
    days: Floats, margin: float, interest: float, as_of: float | None
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Which transactions count, and what one unit of currency of each has become."""
    if margin > 1:
        raise refused.MARGIN()
    if interest <= -1:
        raise shared.INTEREST_TOO_LOW()
    whole = np.floor(days)
    last = np.max(whole, initial=-np.inf) if as_of is None else np.floor(as_of)
    kept = whole <= last
    with np.errstate(all="ignore"):
        weight = margin * np.float64(1 + interest) ** ((last - whole[kept]) / DAYS_PER_YEAR)
    return kept, weight
