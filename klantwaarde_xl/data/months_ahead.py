"""Revenue by month: counted until the day, and to come, of present customers and of new ones."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np

from klantwaarde_xl.data.forecast_basis import Basis, tried
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.dutch import MONTHS_SHORT, serial_to_date
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead import days as calendar
from klantwaarde_xl.kernels.models.ahead.arrivals import arrivals
from klantwaarde_xl.kernels.models.ahead.customers import still_customers
from klantwaarde_xl.kernels.models.ahead.totals import Coming, Group, Outlook, outlook
from klantwaarde_xl.kernels.models.log.prepare import prepare
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.wording import ahead as wording

BEFORE = 12  # months that were counted, shown before those to come
MOST = 60
MEASURED = 1_000_000  # orders from which on the spread of amounts is the model's, which takes no memory
DAYS = 365.25 / 12  # of a month
FIGURES = ("omzet", "huidige", "nieuwe", "aankopen", "aantal")  # each with laag and hoog

_COUNTED = """
    select cast(date_trunc('month', dag) as date), cast(sum(bedrag) as double) from tx
    where klant is not null and dag <= $as_of group by 1"""


def months_ahead(basis: Basis, *, runs: bool) -> tuple[list[Row], dict[str, Any]]:
    """Return a row for each month counted and to come, and the figures of all months to come together.

    runs: whether the month of the day still runs; of one that is whole (`data.periods`) nothing is to come.
    What cannot be known is empty; the figure vooruit_bericht says why there are no new customers to come,
    or no forecast.
    """
    past = _counted(basis)
    empty = dict.fromkeys(f"vooruit_{name}{end}" for name in FIGURES for end in ("", "_laag", "_hoog"))
    figures: dict[str, Any] = empty | dict.fromkeys(("vooruit_tot", "vooruit_klant", "vooruit_bericht"))
    models, message = basis.models
    if models is None or not models.buying.converged:
        return _rows(past, None, None), figures | {
            "vooruit_bericht": message or (models.buying.message if models else None)
        }
    came, why = tried(lambda: arrivals(basis.summary.first_day, basis.as_of, basis.calendars))
    is_long = basis.transactions.count() >= MEASURED
    bought = None if is_long else prepare(basis.log, basis.as_of)[0]
    many = min(max(math.ceil(7 * basis.terms.horizon / DAYS - 0.05), 1), MOST)
    length = Unit.WEEK.days
    windows = calendar.windows(_edges(basis.as_of, many, runs=runs), basis.as_of, basis.season, length)
    found = outlook(basis.seen, models, basis.terms, windows, came, bought)
    ahead = calendar.ahead_of(basis.season, basis.as_of, length)
    still = still_customers(models.buying, basis.seen, float(windows.days[-1]), ahead)
    figures |= _figures(found) | {
        "vooruit_tot": serial_to_date(basis.as_of + float(windows.days[-1])),
        "vooruit_klant": math.fsum(still.then),
        "vooruit_bericht": why if came is None else wording.rests_on(came, "", found.again),
    }
    return _rows(past, found, basis.as_of + windows.days), figures


def _edges(as_of: float, many: int, *, runs: bool) -> Floats:
    """The days after the day at which months to come end; the first is where they begin."""
    if runs:
        return calendar.months_ahead(as_of, many)
    day = serial_to_date(as_of)
    quiet = float((_last(day) - day).days)
    return calendar.months_ahead(as_of + quiet, many) + quiet


def _counted(basis: Basis) -> dict[dt.date, float]:
    """The net revenue of customers in each month from the first until the day, nought in one without."""
    as_of = serial_to_date(basis.as_of)
    found = dict(basis.transactions.con.execute(_COUNTED, {"as_of": as_of}).fetchall())
    month, counted = min(found, default=dt.date.max), {}
    while month <= as_of:
        counted[month] = float(found.get(month, 0.0))
        month = _last(month) + dt.timedelta(days=1)
    return counted


def _figures(found: Outlook) -> dict[str, Any]:
    """The figures of all months together."""
    groups: list[tuple[str, Coming | None]] = [
        ("huidige", found.present.revenue),
        ("nieuwe", found.new.revenue if found.new else None),
        ("omzet", _all(found).revenue),
        ("aankopen", _all(found).purchases),
        ("aantal", found.newcomers),
    ]
    return {
        f"vooruit_{name}{end}": float(column[-1])
        for name, one in groups
        if one is not None
        for end, column in zip(("", "_laag", "_hoog"), one, strict=True)
    }


def _all(found: Outlook) -> Group:
    return found.together or found.present


def _rows(past: dict[dt.date, float], found: Outlook | None, ends: Any) -> list[Row]:
    """The months counted and those to come; a running month is one row, what was counted counts in it."""
    to_come = {} if found is None else _to_come(found, ends)
    running = min(to_come) if to_come else None
    before = sorted(month for month in past if month not in to_come)[-BEFORE:]
    rows: list[Row] = [(_name(month), month, _last(month), past[month], *[None] * 11) for month in before]
    for month, figures in to_come.items():
        counted = past.get(month, 0.0) if month == running and month in past else None
        here = counted or 0.0
        revenue = (*figures[:2], *(None if end is None else here + end for end in figures[2:5]))
        label = _name(month) + (" *" if counted is not None else "")
        rows.append((label, month, _last(month), counted, *revenue, *figures[5:]))
    return rows


def _to_come(found: Outlook, ends: Any) -> dict[dt.date, tuple[float | None, ...]]:
    """Of each month to come, by its first day: the figures of a row from the present customers on."""
    size = ends.size - 1
    nothing = np.full(size, np.nan)
    every = _all(found)
    columns = [
        found.present.revenue.expected,
        found.new.revenue.expected if found.new else nothing,
        *every.revenue,
        *every.purchases,
        *(found.newcomers or (nothing,) * 3),
    ]
    table = np.array([column[:size] for column in columns]).T
    months = [serial_to_date(float(end)).replace(day=1) for end in ends[1:]]
    return {
        month: tuple(None if np.isnan(cell) else float(cell) for cell in row)
        for month, row in zip(months, table, strict=True)
    }


def _name(month: dt.date) -> str:
    return f"{MONTHS_SHORT[month.month - 1]} {month:%y}"


def _last(month: dt.date) -> dt.date:
    """The last day of a month."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
