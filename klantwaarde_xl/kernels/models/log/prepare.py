"""A log of transactions made ready for the models, once for the same numbers."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.log.purchases import Codes, Purchases, purchases, purchases_if_any
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, joined, of_purchases, only, unit_of
from klantwaarde_xl.refusals import forecasts as refused

_AT_ONCE = 1_000_000  # rows
LONGEST = 73_050  # days of a log: 200 years; more is a wrong date, and season and backtest go day by day
_prepared: Memory[tuple[Purchases, Summary]] = Memory(4)  # logs; one that is cut in two is two


class Log(NamedTuple):
    """Rows of transactions: codes 0…n−1 of customers, day numbers, and currency or None."""

    customers: Codes
    days: Floats
    amounts: Floats | None = None


class Split(NamedTuple):
    """A log cut in two: the customers as they were at the cut, and what they bought until the end."""

    summary: Summary
    bought: Purchases  # of these customers, to the end, their first purchase included
    first_day: Floats  # of the customer of each of those purchases
    until: float
    length: float  # of the unit of time, in days


def some_of(log: Log, most: int) -> Log:
    """Return the rows of at most so many customers, evenly spread, with codes of their own."""
    many = int(log.customers.max(initial=-1)) + 1
    if many <= most:
        return log
    chosen = np.zeros(many, dtype=bool)
    chosen[np.linspace(0, many - 1, most).astype(np.intp)] = True
    return _of_chosen(log, chosen[log.customers], np.cumsum(chosen) - 1)


def every_of(log: Log, step: int) -> Log:
    """Return the rows of the customers whose code is a multiple of step, with that multiple for a code.

    Of a log that comes in parts, the parts of what is chosen follow each other as those of the log do.
    """
    kept = np.asarray(log.customers) % step == 0
    return _of_chosen(log, kept, np.arange(int(log.customers.max(initial=-1)) + 1) // step)


def _of_chosen(log: Log, kept: npt.NDArray[np.bool_], codes: Codes) -> Log:
    """The rows that are kept, and the code that each customer has from now on."""
    amounts = None if log.amounts is None else log.amounts[kept]
    return Log(codes[log.customers[kept]], log.days[kept], amounts)


def prepare(
    log: Log, as_of: float | None = None, unit: float = float(Unit.WEEK)
) -> tuple[Purchases, Summary]:
    """Return the purchases in a log up to and including as_of, and the summary of each customer.

    as_of: day number, by default the last day of the log; unit: a `Unit`, in which the summary's
    times are. The arrays are shared by all who ask, and so cannot be written to. Errors as in
    `purchases.purchases` and `unit_of`; more than `LONGEST` days are `OutOfRange`.
    """
    name = f"{as_of!r} {unit_of(unit).name} {log.amounts is None}"
    columns = [np.asarray(column, dtype=np.float64) for column in log if column is not None]
    return _prepared(name, columns, lambda *_: _made(log, as_of, unit))


def _made(log: Log, as_of: float | None, unit: float) -> tuple[Purchases, Summary]:
    bought = purchases(*log, as_of)
    if bought.last_day - float(bought.day.min()) > LONGEST:
        raise refused.TOO_LONG()
    summary = of_purchases(bought, unit)
    for column in (*bought, *summary):
        if isinstance(column, np.ndarray):
            column.flags.writeable = False
    return bought, summary


def summary_of(log: Log, as_of: float) -> Summary:
    """Return the summary of each customer, in weeks, of a log of any length; `prepare` keeps more."""
    return prepare(log, as_of)[1] if len(log.customers) < _AT_ONCE else summary_of_parts([log], as_of)


def summary_of_parts(logs: Iterable[Log], as_of: float) -> Summary:
    """Return the same of a log that comes in parts, in order of code, each of customers of its own.

    A long part is summarised so many customers at a time, because its purchases all at once take ten times
    the memory of its rows.
    """
    return joined(bought for log in logs for bought in _bought_in_parts(log, as_of))


def _bought_in_parts(log: Log, as_of: float) -> Iterator[Purchases]:
    customers, days = np.asarray(log.customers), np.asarray(log.days)
    if not customers.size:
        yield purchases_if_any(*log, as_of)
        return
    first, last = int(customers.min()), int(customers.max())
    parts = customers.size // _AT_ONCE + 1
    ends = np.unique(np.linspace(first, last + 1, parts + 1).astype(np.intp))
    for begin, end in itertools.pairwise(ends.tolist()):
        rows = np.flatnonzero((customers >= begin) & (customers < end))
        amounts = None if log.amounts is None else np.asarray(log.amounts)[rows]
        # Counted from the first of them: what is counted a customer is then as short as the part
        bought = purchases_if_any(customers[rows] - begin, days[rows], amounts, as_of)
        yield bought._replace(customer=bought.customer + begin)


def split(log: Log, until: float | None, as_of: float | None, unit: float) -> Split:
    """Cut a log at the end of day until, by default halfway; only customers from before it remain.

    A refund after the cut has not happened before it. `OutOfRange` for a cut outside the log.
    """
    whole, _ = prepare(log, as_of, unit)
    start = float(whole.day.min())
    cut = float(np.floor((start + whole.last_day) / 2)) if until is None else float(np.floor(until))
    if start == whole.last_day:
        raise refused.ONE_DAY()
    if not start <= cut < whole.last_day:
        raise refused.CUT()
    _, summary = prepare(log, cut, unit)
    first = np.full(int(log.customers.max()) + 1, np.inf)
    first[summary.customer] = summary.first_day
    kept = first[whole.customer] < np.inf
    bought = whole._replace(customer=whole.customer[kept], day=whole.day[kept], amount=whole.amount[kept])
    return Split(summary, bought, first[bought.customer], cut, unit_of(unit).days)


def by_segment(summary: Summary, log: Log, segments: Codes) -> list[tuple[int, Codes, Summary]]:
    """Return each segment with its rows in the summary and the summary of its customers.

    segments: a code a row of the log; a customer belongs to the one of the first purchase.
    """
    which = segment_at_start(summary, log, segments)
    rows = [(int(one), np.flatnonzero(which == one)) for one in np.unique(which)]
    return [(one, places, only(summary, places)) for one, places in rows]


def segment_at_start(summary: Summary, log: Log, segments: Codes) -> Codes:
    """Return the segment of the first purchase of each customer of a summary, and of its first row."""
    return segments[row_at_start(summary, log)]


def row_at_start(summary: Summary, log: Log) -> Codes:
    """Return the row of the log in which each customer of a summary bought first."""
    first = np.full(int(log.customers.max()) + 1, np.inf)
    first[summary.customer] = summary.first_day
    is_first = np.floor(log.days) == first[log.customers]
    rows = np.flatnonzero(is_first if log.amounts is None else is_first & (log.amounts >= 0))[::-1]
    found = np.zeros(first.size, dtype=np.intp)
    found[log.customers[rows]] = rows  # from the last to the first, so that the first remains
    return found[summary.customer]
