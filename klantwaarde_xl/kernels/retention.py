"""Who stays and who leaves, and what their revenue does, from counts and sums of one period."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag
from klantwaarde_xl.refusals import customers as refused

NUM, DIV0 = CellError.NUM, CellError.DIV0

# Amounts in cents add up to their total but for the last binary digits: 0.1 + 0.2 > 0.3.
ROUNDING = 1e-12


Codes = npt.NDArray[np.intp]


class BridgeStep(IntEnum):
    """From the revenue of the start to that of the end."""

    BEGIN = 0
    GROWN = 1
    SHRUNK = 2
    LOST = 3
    NEW = 4
    END = 5


class Denominator(IntEnum):
    """Which customers could have left: those of the start, the average, or the new ones too."""

    BEGIN = 0
    AVERAGE = 1
    BEGIN_AND_NEW = 2


class FirstPeriod(IntEnum):
    """Whether the period in which a customer arrives counts in a lifetime."""

    INCLUDED = 0
    EXCLUDED = 1


class RevenueMeasure(IntEnum):
    """Retention of what: revenue with growth, revenue without growth, or customers."""

    NET = 0
    GROSS = 1
    CUSTOMERS = 2


class RevenueBridge(NamedTuple):
    """From the revenue of the start to that of the end, one row a step."""

    step: Codes  # a BridgeStep
    customers: Floats
    revenue: Floats


@elementwise
def retention_rate(
    begin: Element,
    end: Element,
    new: Element = 0.0,
) -> Floats:
    """Share of the customers at the start who are still there: (end − new) / begin.

    begin, end, new: counts ≥ 0. With new = 0 this is article 000's end / begin (D11), which
    counts new customers as retained. No customers at the start is #DIV/0!; more customers left
    over than there were, or more new ones than there are at the end, is #NUM!.
    """
    wrong = (begin < 0) | (end < 0) | (new < 0) | (new > end)
    return flag((end - new) / begin, (NUM, wrong), (DIV0, begin == 0), (NUM, end - new > begin))


@elementwise
def churn_rate(
    begin: Element,
    lost: Element,
    new: Element = 0.0,
    denominator: Element = Denominator.BEGIN,
) -> Floats:
    """Customers who left during the period as a share of those who could: lost / denominator.

    begin, lost, new: counts ≥ 0; denominator: a `Denominator` code: begin B, the average of
    begin and end B + (new − lost) / 2, or begin plus new. The new ones only matter for the last
    two, where lost may hold new customers who left again. On the average the result may exceed
    one. A denominator of zero is #DIV/0!; more lost than there were, or a negative count, is
    #NUM!. Variants: reference/metrics.md.
    """
    of_begin = denominator == Denominator.BEGIN
    pool = np.where(of_begin, begin, begin + new)
    divisor = np.where(denominator == Denominator.AVERAGE, begin + (new - lost) / 2, pool)
    wrong = (begin < 0) | (lost < 0) | (new < 0)
    return flag(lost / divisor, (NUM, wrong), (DIV0, pool == 0), (NUM, lost > pool), (DIV0, divisor == 0))


@elementwise
def expected_lifetime(churn: Element, first_period: Element = FirstPeriod.INCLUDED) -> Floats:
    """Expected number of periods a customer stays under constant churn c: 1/c.

    churn: share per period, 0…1; first_period: a `FirstPeriod` code; without the first period
    it is r / (1 − r) = (1 − c) / c, one less. Churn 0 is #DIV/0! (no end), outside 0…1 #NUM!.
    Customers differ in practice, so those who remain stay longer than this (Fader & Hardie 2010).
    """
    kept = np.where(first_period == FirstPeriod.EXCLUDED, 1 - churn, 1.0)
    return flag(kept / churn, (NUM, (churn < 0) | (churn > 1)), (DIV0, churn == 0))


def _revenue_problems(begin: Element, shrunk: Element, lost: Element, grown: Element) -> list[Any]:
    wrong = (begin < 0) | (shrunk < 0) | (lost < 0) | (grown < 0)
    too_much = shrunk + lost > begin * (1 + ROUNDING)
    return [(NUM, wrong), (DIV0, begin == 0), (NUM, too_much)]


@elementwise
def net_revenue_retention(begin: Element, grown: Element, shrunk: Element, lost: Element) -> Floats:
    """Net revenue retention: (begin + grown − shrunk − lost) / begin; may exceed one.

    begin: recurring revenue at the start; grown, shrunk: more and less revenue from customers who
    stayed; lost: revenue of customers who left; all currency ≥ 0, none of new customers.
    Begin 0 is #DIV/0!; a negative amount, or more lost than there was, is #NUM!.
    """
    value = (begin + grown - np.minimum(shrunk + lost, begin)) / begin
    return flag(value, *_revenue_problems(begin, shrunk, lost, grown))


@elementwise
def gross_revenue_retention(begin: Element, shrunk: Element, lost: Element) -> Floats:
    """Gross revenue retention: (begin − shrunk − lost) / begin; never above one.

    Arguments and errors as `net_revenue_retention`; growth does not count, so a negative shrunk
    or lost, which would make it exceed 100 %, is #NUM!.
    """
    value = (begin - np.minimum(shrunk + lost, begin)) / begin
    return flag(value, *_revenue_problems(begin, shrunk, lost, np.zeros_like(begin)))


@elementwise
def revenue_churn(begin: Element, shrunk: Element, lost: Element, grown: Element = 0.0) -> Floats:
    """Revenue churn: (shrunk + lost − grown) / begin: gross without grown, net with it.

    Arguments and errors as `net_revenue_retention`. Net churn is below zero when customers who
    stayed grew more than was lost.
    """
    value = (np.minimum(shrunk + lost, begin) - grown) / begin
    return flag(value, *_revenue_problems(begin, shrunk, lost, grown))


def revenue_retention(begin: Floats, end: Floats, measure: float = RevenueMeasure.NET) -> float:
    """Retention of revenue from the revenue per customer at the start and at the end.

    begin, end: currency ≥ 0 per customer, of equal length, 0 for who was not there; measure: a
    `RevenueMeasure` code: net Σ end / Σ begin, gross Σ min(begin, end) / Σ begin, or the share
    of customers with revenue left. Only customers with revenue at the start count.
    No revenue at the start is `DivisionByZero`, a negative amount `OutOfRange`.
    """
    before, after = _revenue_columns(begin, end)
    kept = before > 0
    if not np.any(kept):
        raise refused.NOBODY_AT_THE_BEGIN()
    if measure == RevenueMeasure.CUSTOMERS:
        return float(np.count_nonzero(kept & (after > 0)) / np.count_nonzero(kept))
    left = np.minimum(before, after) if measure == RevenueMeasure.GROSS else after
    return float(left[kept].sum() / before[kept].sum())


def revenue_bridge(begin: Floats, end: Floats) -> RevenueBridge:
    """The steps from revenue at the start to revenue at the end, with the customers of each.

    begin, end: currency ≥ 0 per customer, of equal length, 0 for who was not there. Returns rows
    of `BridgeStep`; begin + grown − shrunk − lost + new = end.
    A negative amount is `OutOfRange`.
    """
    before, after = _revenue_columns(begin, end)
    stayed = (before > 0) & (after > 0)
    masks = (
        before > 0,
        stayed & (after > before),
        stayed & (after < before),
        (before > 0) & (after == 0),
        (before == 0) & (after > 0),
        after > 0,
    )
    amounts = (before, after - before, before - after, before, after, after)
    return RevenueBridge(
        np.arange(len(BridgeStep)),
        np.array([np.count_nonzero(mask) for mask in masks], dtype=np.float64),
        np.array([amount[mask].sum() for mask, amount in zip(masks, amounts, strict=True)]),
    )


def _revenue_columns(begin: Floats, end: Floats) -> tuple[Floats, Floats]:
    before, after = np.asarray(begin, dtype=np.float64), np.asarray(end, dtype=np.float64)
    if np.any(before < 0) or np.any(after < 0):
        raise refused.NEGATIVE_REVENUE()
    return before, after
