"""What a change is worth, what recommendation adds, where the revenue comes from, and goals."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag, outside
from klantwaarde_xl.refusals import customers as refused

NUM, DIV0 = CellError.NUM, CellError.DIV0
Codes = npt.NDArray[np.intp]


# ── recommendation and scenarios ────────────────────────────────────────────────────────────


@elementwise
def recommendation_value(referrals: Element, conversion: Element, value_each: Element) -> Floats:
    """Value added by recommendation: referred people × conversion × value each (001, 002: D17).

    referrals: count ≥ 0; conversion: fraction 0…1 of them that becomes a customer; value_each:
    currency per new customer. #NUM! outside those ranges.
    """
    wrong = (referrals < 0) | outside(conversion, 0, 1)
    return flag(referrals * conversion * value_each, (NUM, wrong))


@elementwise
def value_with_recommendation(
    revenue: Element,
    costs: Element,
    referrals: Element = 0.0,
    conversion: Element = 1.0,
    value_each: Element = 0.0,
) -> Floats:
    """Revenue + recommendation value − costs (articles 001, 002: D17).

    revenue: currency; costs: currency ≥ 0; the others as in `recommendation_value`.
    #NUM! outside those ranges.
    """
    wrong = (referrals < 0) | outside(conversion, 0, 1) | (costs < 0)
    return flag(revenue + referrals * conversion * value_each - costs, (NUM, wrong))


@elementwise
def value_increase(
    customers: Element, value_before: Element, value_after: Element, budget: Element = 0.0
) -> Floats:
    """What a higher value per customer yields: customers × (after − before) − budget (002: D18).

    customers: count ≥ 0 in a period; value_before, value_after: currency per customer; budget:
    currency ≥ 0 spent in that period. #NUM! outside those ranges.
    """
    return flag(customers * (value_after - value_before) - budget, (NUM, (customers < 0) | (budget < 0)))


@elementwise
def extra_service(
    customers: Element,
    amount: Element,
    take_up: Element,
    margin: Element = 1.0,
    months: Element = 12.0,
) -> Floats:
    """What an extra service for present customers yields (article 002: D19).

    customers × take-up × amount per month × margin × months. customers: count ≥ 0; amount:
    currency per customer per month; take_up: fraction 0…1; margin: fraction ≤ 1; months ≥ 0.
    #NUM! outside those ranges.
    """
    wrong = (customers < 0) | outside(take_up, 0, 1) | (margin > 1) | (months < 0)
    return flag(customers * take_up * amount * margin * months, (NUM, wrong))


@elementwise
def cost_saving(
    customers: Element, cost_before: Element, cost_after: Element, investment: Element = 0.0
) -> Floats:
    """What a lower cost per customer yields: customers × (before − after) − investment (D20).

    customers: count ≥ 0 in a period; cost_before, cost_after: currency ≥ 0 per customer;
    investment: currency ≥ 0 in that period. Source: article 002. #NUM! outside those ranges.
    """
    wrong = (customers < 0) | (cost_before < 0) | (cost_after < 0) | (investment < 0)
    return flag(customers * (cost_before - cost_after) - investment, (NUM, wrong))


# ── share and goals ─────────────────────────────────────────────────────────────────────────


class Direction(IntEnum):
    """Which way a figure should go."""

    HIGHER = 0
    LOWER = 1


@elementwise
def market_share(own: Element, market: Element) -> Floats:
    """Market share: own revenue (or units) / that of the whole market (article 000: D31).

    own, market: the same unit, ≥ 0; the market includes one's own. No market is #DIV/0!; a
    negative figure, or more than the market, is #NUM!.
    """
    wrong = (own < 0) | (market < 0)
    return flag(own / market, (NUM, wrong), (DIV0, market == 0), (NUM, own > market))


@elementwise
def goal_attainment(value: Element, goal: Element, direction: Element = Direction.HIGHER.value) -> Floats:
    """How far a goal is reached: value / goal, or goal / value when lower is better (000: D29).

    value, goal: the same unit; direction: `Direction`. One or more is a goal that is reached.
    A goal of zero (lower is better: a value of zero) is #DIV/0!; a negative goal, or a negative
    value when lower is better, makes the quotient meaningless: #NUM!.
    """
    lower = direction == Direction.LOWER
    above, below = np.where(lower, goal, value), np.where(lower, value, goal)
    return flag(above / below, (NUM, (goal < 0) | (lower & (value < 0))), (DIV0, below == 0))


@elementwise
def goal_progress(start: Element, value: Element, goal: Element) -> Floats:
    """Part of the way from start to goal that is done: (value − start) / (goal − start) (D29).

    start, value, goal: the same unit, any sign, up or down. Negative when it went the wrong way.
    A goal that equals the start is #DIV/0!. Source: article 000.
    """
    return flag((value - start) / (goal - start), (DIV0, goal == start))


class Light(IntEnum):
    """The traffic light of a goal."""

    RED = 0
    ORANGE = 1
    GREEN = 2


@elementwise
def goal_light(
    value: Element,
    goal: Element,
    direction: Element = Direction.HIGHER.value,
    tolerance: Element = 0.1,
) -> Floats:
    """Traffic light of a goal as a `Light`: green reached, orange within the tolerance, red not (000: D29).

    value, goal: the same unit, any sign; direction: `Direction`; tolerance: ≥ 0, the part of the
    goal that may be missing for orange, else #NUM!.
    """
    missing = np.where(direction == Direction.LOWER, value - goal, goal - value)
    # 0.72 is within 10 % of 0.8: do not let the last bit decide
    near = missing <= (tolerance + 1e-12) * np.abs(goal)
    light = np.where(near, float(Light.ORANGE), float(Light.RED))
    return flag(np.where(missing <= 0, float(Light.GREEN), light), (NUM, tolerance < 0))


# ── per group ───────────────────────────────────────────────────────────────────────────────


def sums_by_code(codes: Codes, *columns: Floats) -> list[Floats]:
    """Sum each column per code.

    codes: 0…n−1, one a row. Raises `NotAvailable` without rows, `OutOfRange` when a sum overflows.
    """
    if not codes.size:
        raise refused.NO_ROWS()
    sums = [np.bincount(codes, weights=column).astype(np.float64) for column in columns]
    if not all(np.isfinite(one).all() for one in sums):
        raise refused.AMOUNTS_TOO_LARGE()
    return sums


@elementwise
def share_of(part: Element, whole: Element) -> Floats:
    """Part / whole; nothing to share is #DIV/0!, a negative whole #NUM!."""
    return flag(part / whole, (DIV0, whole == 0), (NUM, whole < 0))


class RevenueSplit(NamedTuple):
    """One row a kind of revenue; all arrays of the same length."""

    kind: Codes
    revenue: Floats
    share: Floats


def revenue_split(kinds: Codes, amounts: Floats) -> RevenueSplit:
    """Revenue by kind, such as direct, recurring, word of mouth, with shares (002: D21).

    kinds: codes 0…n−1, one a row; amounts: currency, negative for refunds. The shares add up to
    one; without revenue they are #DIV/0!, below zero #NUM!.
    Raises `NotAvailable` without rows.
    """
    (revenue,) = sums_by_code(kinds, amounts)
    return RevenueSplit(np.arange(revenue.size, dtype=np.intp), revenue, share_of(revenue, _total(revenue)))


class GroupResult(NamedTuple):
    """One row a group; all arrays of the same length."""

    group: Codes
    revenue: Floats
    costs: Floats
    profit: Floats
    margin: Floats
    share: Floats


def result_per_group(groups: Codes, revenue: Floats, costs: Floats) -> GroupResult:
    """Revenue, costs, profit, margin and share of the profit per group (article 002: D22).

    groups: codes 0…n−1 of services or segments, one a row; revenue: currency, negative for
    refunds; costs: currency, negative for credits. margin is profit / revenue: without revenue
    #DIV/0!, below zero #NUM!. The shares add up to one; when there is no profit in all they are
    #DIV/0!, at a loss in all #NUM!. Raises `NotAvailable` without rows.
    """
    earned, spent = sums_by_code(groups, revenue, costs)
    with np.errstate(over="ignore"):
        profit = flag(earned - spent, (NUM, np.isinf(earned - spent)))
    codes = np.arange(profit.size, dtype=np.intp)
    return GroupResult(
        codes, earned, spent, profit, share_of(profit, earned), share_of(profit, _total(profit))
    )


def _total(values: Floats) -> float:
    with np.errstate(over="ignore"):
        return float(np.sum(values))
