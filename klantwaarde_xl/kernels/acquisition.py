"""What a new customer costs and when that is earned back."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, annuity, elementwise, flag, outside
from klantwaarde_xl.kernels.effects import share_of, sums_by_code
from klantwaarde_xl.refusals import money as refused

NUM, DIV0, NA = CellError.NUM, CellError.DIV0, CellError.NA
Codes = npt.NDArray[np.intp]


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


@elementwise
def paid_cac(
    media_costs: Element,
    new_customers: Element,
    organic: Element,
    other_costs: Element = 0.0,
) -> Floats:
    """Paid CAC: acquisition costs / new customers that advertising brought (article 000: D10).

    media_costs: currency ≥ 0; new_customers: count ≥ 0, all of them; organic: count of those who
    came of themselves, 0…new_customers; other_costs: currency ≥ 0, such as wages, agency, tools
    (none: media-only, all: fully loaded). Nobody paid for is #DIV/0!, outside those ranges #NUM!.
    """
    paid = new_customers - organic
    wrong = (media_costs < 0) | (new_customers < 0) | (organic < 0) | (other_costs < 0) | (paid < 0)
    return flag((media_costs + other_costs) / paid, (NUM, wrong), (DIV0, paid == 0))


class Reference(IntEnum):
    """What new customers are compared with."""

    CUSTOMERS = 0
    PROSPECTS = 1


@elementwise
def acquisition_rate(
    new_customers: Element, base: Element, reference: Element = Reference.CUSTOMERS.value
) -> Floats:
    """New customers in a period / customers at its start, or prospects reached (001: D16).

    new_customers, base: counts ≥ 0; reference: `Reference`, what base counts. More new customers
    than prospects reached is #NUM!, as is a negative count; an empty base is #DIV/0!.
    """
    wrong = (new_customers < 0) | (base < 0)
    more = (reference == Reference.PROSPECTS) & (new_customers > base)
    return flag(new_customers / base, (NUM, wrong), (DIV0, base == 0), (NUM, more))


@elementwise
def campaign_roi(
    costs: Element, new_customers: Element, value_each: Element, margin: Element = 1.0
) -> Floats:
    """Return on a campaign: (new customers × value × margin − costs) / costs (article 001: D30).

    costs: currency ≥ 0; new_customers: count ≥ 0; value_each: currency per new customer; margin:
    fraction ≤ 1 of that value. −1 is all money lost, 0 break-even. No costs is #DIV/0!, outside
    those ranges #NUM!.
    """
    wrong = (costs < 0) | (new_customers < 0) | (margin > 1)
    return flag((new_customers * value_each * margin - costs) / costs, (NUM, wrong), (DIV0, costs == 0))


class Rounding(IntEnum):
    """Whether a number of customers has to be whole."""

    NONE = 0
    UP = 1


@elementwise
def break_even_customers(
    fixed_costs: Element,
    revenue: Element,
    variable_costs: Element = 0.0,
    rounding: Element = Rounding.UP.value,
) -> Floats:
    """Customers needed to earn back fixed costs: fixed / (revenue − variable costs) (001: D14).

    fixed_costs: currency ≥ 0; revenue: currency per customer; variable_costs: currency ≥ 0 per
    customer; rounding: `Rounding`. A customer who brings in nothing is #NUM!, as is a value
    outside those ranges.
    """
    contribution = revenue - variable_costs
    customers = fixed_costs / contribution
    # 597 / 19.9 is a hair above 30 in binary: that is thirty customers, not one more
    customers = np.where(rounding == Rounding.UP, np.ceil(customers * (1 - 1e-12)), customers)
    return flag(customers, (NUM, (fixed_costs < 0) | (variable_costs < 0) | (contribution <= 0)))


class ChannelCosts(NamedTuple):
    """One row a channel; all arrays of the same length."""

    channel: Codes
    costs: Floats
    new_customers: Floats
    cac: Floats
    cost_share: Floats
    customer_share: Floats
    blended: Floats


def cac_per_channel(channels: Codes, costs: Floats, new_customers: Floats) -> ChannelCosts:
    """CAC per channel beside the blended CAC of all of them (articles 000, 001: D10, D16).

    channels: codes 0…n−1, one a row; costs: currency ≥ 0; new_customers: count ≥ 0. Rows of one
    channel are added up. A channel without new customers has #DIV/0! for its CAC. blended is all
    costs / all new customers, the same in each row.
    Raises `NotAvailable` without rows, `OutOfRange` for a negative number.
    """
    if np.any(costs < 0) or np.any(new_customers < 0):
        raise refused.NEGATIVE_COSTS()
    spent, found = sums_by_code(channels, costs, new_customers)
    with np.errstate(over="ignore"):
        all_spent, all_found = np.sum(spent), np.sum(found)
    return ChannelCosts(
        np.arange(spent.size, dtype=np.intp),
        spent,
        found,
        np.asarray(cac(spent, found)),
        np.asarray(share_of(spent, all_spent)),
        np.asarray(share_of(found, all_found)),
        np.full(spent.size, cac(all_spent, all_found)),
    )
