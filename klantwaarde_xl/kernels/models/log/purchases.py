"""From a log of transactions to purchases: one a customer and a day, refunds taken off.

A refund (a negative amount) undoes the customer's latest purchases before it, the last one first,
as far as it reaches: what is left of a purchase keeps counting, a purchase that is undone whole is
no purchase. Refunds of more than was bought have nothing to undo and are counted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.refusals import forecasts as refused
from klantwaarde_xl.refusals import shared

Codes = npt.NDArray[np.intp]

ROUNDING = 1e-9  # of the amount of a purchase or refund: less than this is nothing


class Netted(NamedTuple):
    """What was done to the log, in counts of rows and in currency."""

    rows: int  # up to and including the last day
    later: int  # rows after the last day, left out
    refunds: int  # rows with a negative amount
    refunded: float  # their sum, currency ≥ 0
    unmatched: float  # the part that had no earlier purchase to undo
    undone: int  # purchases undone whole
    free: int  # purchases of which the amount is zero
    emptied: int  # customers without a purchase left


NOTHING = Netted(0, 0, 0, 0.0, 0.0, 0, 0, 0)


class Purchases(NamedTuple):
    """Purchases by customer and within a customer by day; arrays of the same length but for report."""

    customer: Codes
    day: Floats
    amount: Floats
    last_day: float
    report: Netted


def purchases(
    customers: Codes, days: Floats, amounts: Floats | None = None, as_of: float | None = None
) -> Purchases:
    """Return the purchases in a log of transactions up to and including as_of.

    customers: codes 0…n−1, a transaction each; days: day numbers, the time of day is dropped;
    amounts: currency, negative for a refund; without amounts every row is (part of) a purchase of
    1; as_of: day number, by default the last day of the log. All of one length, else `WrongType`.
    Rows of one customer on one day are one purchase. Raises `NotAvailable` when none is left.
    """
    found = purchases_if_any(customers, days, amounts, as_of)
    refuse_none(found.report, found.customer.size)
    return found


def purchases_if_any(
    customers: Codes, days: Floats, amounts: Floats | None = None, as_of: float | None = None
) -> Purchases:
    """Return the same of a log, or a part of one, that may have no purchase left."""
    codes, dates = np.asarray(customers, dtype=np.intp), np.floor(np.asarray(days, dtype=np.float64))
    money = None if amounts is None else np.asarray(amounts, dtype=np.float64)
    if codes.size != dates.size or (money is not None and money.size != codes.size):
        raise refused.UNEQUAL_COLUMNS()
    end = float(np.floor(dates.max(initial=-np.inf) if as_of is None else as_of))
    kept = dates <= end
    later = int(kept.size - np.count_nonzero(kept))
    if later:
        codes, dates = codes[kept], dates[kept]
        money = None if money is None else money[kept]
    if not codes.size:
        nothing = np.zeros(0)
        return Purchases(codes, nothing, nothing, end, NOTHING._replace(later=later))
    start = float(dates.min())
    span = int(end - start) + 1
    key = codes * span + (dates - start).astype(np.intp)
    if money is None:
        found = _different(np.sort(key))
        report = NOTHING._replace(rows=int(key.size), later=later)
        return _dated(found, np.ones(found.size), start, span, end, report)
    found, amount, report = _by_day(key, money, span, later)
    return _dated(found, amount, start, span, end, report)


def refuse_none(report: Netted, left: int) -> None:
    """Raise `NotAvailable` where no purchase is left."""
    if not report.rows + report.later:
        raise refused.NO_PURCHASES()
    if not report.rows:
        raise shared.NO_PURCHASES_YET()
    if not left:
        raise refused.ALL_RETURNED()


def _dated(key: Codes, amount: Floats, start: float, span: int, end: float, report: Netted) -> Purchases:
    customer, offset = np.divmod(key, span)
    return Purchases(customer, offset.astype(np.float64) + start, amount, end, report)


def _by_day(key: Codes, money: Floats, span: int, later: int) -> tuple[Codes, Floats, Netted]:
    """The purchases by key (customer and day), net of refunds."""
    is_refund = money < 0
    back, refunded = _summed(key[is_refund], -money[is_refund])
    days, amount = _summed(key[~is_refund], money[~is_refund])
    before = amount.copy()
    unmatched = _net(days, amount, back, refunded, span)
    undone = (amount <= ROUNDING * before) & (before > 0)
    left = ~undone
    report = Netted(
        rows=int(key.size),
        later=later,
        refunds=int(np.count_nonzero(is_refund)),
        refunded=float(refunded.sum()),
        unmatched=unmatched,
        undone=int(np.count_nonzero(undone)),
        free=int(np.count_nonzero(before == 0)),
        emptied=int(np.count_nonzero(np.bincount(key // span)) - _different(days[left] // span).size),
    )
    return days[left], amount[left], report


def _different(ordered: Codes) -> Codes:
    """The different values of what is in order; numpy's unique hashes, which takes thirty times as long."""
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if ordered.size else ordered


def _summed(key: Codes, money: Floats) -> tuple[Codes, Floats]:
    """The different keys in order and the sum of the money of each."""
    if not key.size:
        return key, money
    if np.any(key[1:] < key[:-1]):
        order = np.argsort(key)
        key, money = key[order], money[order]
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    return key[starts], np.add.reduceat(money, starts)


def _net(days: Codes, amount: Floats, back: Codes, refunded: Floats, span: int) -> float:
    """Take the refunds off the amounts, the latest purchase first; return what could not be."""
    unmatched = 0.0
    # A customer's purchases begin here; those up to the refund's day end there
    begins = np.searchsorted(days, back // span * span)
    ends = np.searchsorted(days, back, side="right")
    for begin, end, whole in zip(begins.tolist(), ends.tolist(), refunded.tolist(), strict=True):
        at, left, least = end - 1, whole, ROUNDING * whole
        while left > least and at >= begin:
            part = min(left, float(amount[at]))
            amount[at] -= part
            left -= part
            at -= 1
        unmatched += left if left > least else 0.0
    return unmatched
