"""What keeping customers is worth: the most one may spend on it, a loyalty programme, reasons for leaving."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, descending, elementwise, flag, outside
from klantwaarde_xl.kernels.effects import Codes, share_of, sums_by_code
from klantwaarde_xl.kernels.value import clv

NUM, DIV0, NA = CellError.NUM, CellError.DIV0, CellError.NA


@elementwise
def highest_retention_spend(
    margin: Element, retention_before: Element, retention_after: Element, interest: Element
) -> Floats:
    """The most to spend on keeping one customer: the rise in CLV that the higher retention brings (001: D38).

    margin: currency per period; retentions: fractions 0…1; interest: fraction > −1, all per period; the
    answer: currency, once. Below nought where retention falls. #NUM! as `clv`.
    """
    return np.asarray(clv(margin, retention_after, interest)) - np.asarray(
        clv(margin, retention_before, interest)
    )


@elementwise
def loyalty_value(
    customers: Element,
    margin: Element,
    retention_before: Element,
    retention_after: Element,
    interest: Element,
    uplift: Element = 0.0,
    cost_each: Element = 0.0,
    fixed_costs: Element = 0.0,
) -> Floats:
    """What a loyalty programme brings: CLV with it − CLV without, × customers, − its fixed costs (D41).

    customers: count ≥ 0; margin: currency per period; retentions: fractions 0…1; uplift of the margin:
    fraction ≥ −1; cost_each: currency ≥ 0 per customer per period; interest: fraction > −1 per period;
    fixed_costs: currency ≥ 0, once. #NUM! outside those ranges, and as `clv`. Source: articles 001, 003.
    """
    wrong = (customers < 0) | (uplift < -1) | (cost_each < 0) | (fixed_costs < 0)
    after = np.asarray(clv(margin * (1 + uplift) - cost_each, retention_after, interest))
    before = np.asarray(clv(margin, retention_before, interest))
    return flag(customers * (after - before) - fixed_costs, (NUM, wrong))


@elementwise
def loyalty_break_even(
    customers: Element,
    margin: Element,
    retention_before: Element,
    interest: Element,
    uplift: Element = 0.0,
    cost_each: Element = 0.0,
    fixed_costs: Element = 0.0,
) -> Floats:
    """The retention at which a loyalty programme just pays for itself: where `loyalty_value` is nought (D41).

    Arguments as there; the answer: a fraction per period. Nobody to earn it back from is #DIV/0!; a
    programme that no retention of at most 1 pays for, #N/A; #NUM! outside the ranges, and as `clv`.
    """
    wrong = (customers < 0) | (uplift < -1) | (cost_each < 0) | (fixed_costs < 0)
    needed = np.asarray(clv(margin, retention_before, interest)) + fixed_costs / customers
    each = margin * (1 + uplift) - cost_each
    retention = needed * (1 + interest) / (each + needed)
    never = (each <= 0) | outside(retention, 0, 1)
    return flag(
        retention, (NUM, wrong | np.isnan(needed) & (customers != 0)), (DIV0, customers == 0), (NA, never)
    )


class Reasons(NamedTuple):
    """One row a reason, the one that cost most first; all arrays of the same length."""

    reason: Codes
    customers: Floats
    share: Floats
    value: Floats
    value_share: Floats
    running: Floats


def leaving_reasons(reasons: Codes, values: Floats) -> Reasons:
    """Why customers left: customers and the value that left by reason, the dearest first (002: D39).

    reasons: codes 0…n−1, one a customer who left; values: currency, what each was worth, or one for each to
    count them only. running: the share of all value up to this reason. Shares of nothing are #DIV/0!, of less
    than nothing #NUM!. Raises `NotAvailable` without rows.
    """
    many, worth = sums_by_code(reasons, np.ones(reasons.size), values)
    order = descending(worth)
    many, worth = many[order], worth[order]
    total = worth.sum()
    return Reasons(
        order,
        many,
        np.asarray(share_of(many, many.sum())),
        worth,
        np.asarray(share_of(worth, total)),
        np.asarray(share_of(np.cumsum(worth), total)),
    )
