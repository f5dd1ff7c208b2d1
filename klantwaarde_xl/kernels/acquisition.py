"""What a new customer costs and when that is earned back."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, annuity, elementwise, flag, outside

NUM, DIV0, NA = CellError.NUM, CellError.DIV0, CellError.NA


@elementwise
def cac(costs: Element, new_customers: Element) -> Floats:
    """Customer acquisition cost: marketing and sales costs / new customers (article 000: D10).

    costs: currency ≥ 0; new_customers: count ≥ 0. No new customers is #DIV/0!, a negative
    number #NUM!.
    """
    wrong = (costs < 0) | (new_customers < 0)
    return flag(costs / new_customers, (NUM, wrong), (DIV0, new_customers == 0))


@elementwise
def payback_periods(
    acquisition_cost: Element,
    revenue: Element,
    margin: Element = 1.0,
    retention: Element = 1.0,
    interest: Element = 0.0,
) -> Floats:
    """Periods until the margin of one customer has paid for its acquisition.

    Without churn and interest: cost / (revenue × margin), broken periods included. With churn
    or interest: the smallest whole n with Σ_{t<n} m·qᵗ ≥ cost, q = retention / (1 + interest),
    the margin coming in at the start of a period.
    acquisition_cost: currency ≥ 0; revenue: currency per customer per period; margin: fraction
    ≤ 1; retention: fraction 0…1; interest: fraction > −1. A margin of nothing or less is #NUM!,
    as is a value outside those ranges; a cost that is never earned back is #N/A.
    """
    earned = revenue * margin
    needed = acquisition_cost / earned
    ratio = retention / (1 + interest)
    # Inverse of the annuity; then mend the rounding of log by looking at the sums themselves.
    guess = np.ceil(np.log1p(needed * (ratio - 1)) / np.log(np.where(ratio == 1, 2.0, ratio)))
    guess = np.where(np.isfinite(guess), np.maximum(guess, 0), 0)
    enough = needed * (1 - 1e-12)
    guess = np.where((guess >= 1) & (annuity(np.maximum(guess - 1, 0), ratio) >= enough), guess - 1, guess)
    guess = np.where(annuity(guess, ratio) < enough, guess + 1, guess)
    periods = np.where((retention == 1) & (interest == 0), needed, guess)
    never = (ratio < 1) & (needed * (1 - ratio) > 1 - 1e-12) & (annuity(guess, ratio) < enough)
    wrong = (acquisition_cost < 0) | (earned <= 0) | (margin > 1) | (interest <= -1)
    return flag(periods, (NUM, wrong | outside(retention, 0, 1)), (NA, never))
