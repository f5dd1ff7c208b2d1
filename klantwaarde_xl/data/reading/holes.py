"""Time in the middle or behind the orders in which nothing was bought, far longer than this shop is used to.

Mostly it is a part of the export that is not there, and then retention, cohorts and forecasts are of another
shop. A shop that is closed each winter misses nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from klantwaarde_xl.dutch import format_count, format_date

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from klantwaarde_xl.data.reading.doubts import Looked

SHORTEST = 60  # days; a shorter hole is a holiday
FEWEST = 20  # days with orders, from which on it shows what a shop is used to
TIMES = 5  # as long as nine in ten times between two days with orders
NEAR_A_YEAR = 45  # days that a closing season may begin earlier or later than a year before
YEAR = 365
SAID = "geen orders tussen"  # so begins what is said of them
OPEN = 5  # days with orders that a season of selling has


class Hole(NamedTuple):
    """The days before and after a hole, on which there were orders."""

    before: dt.date
    after: dt.date


def holes(looked: Looked) -> list[str]:
    """Say where orders may be missing."""
    rows = looked.con.execute(
        "select distinct dag from tx where dag <= $today order by dag", {"today": looked.today}
    ).fetchall()
    found = holes_in([day for (day,) in rows])
    if not found:
        return []
    first, *others = found
    more = f", en nog {format_count(len(others), 'keer', 'keer')} zo lang niet" if others else ""
    missing = (first.after - first.before).days - 1
    days = f"{SAID} {format_date(first.before)} en {format_date(first.after)} ({missing} dagen)"
    return [f"{days}{more}: ontbreekt er een deel van de export? Retentie en prognose kloppen dan niet"]


def silence(con: DuckDBPyConnection, as_of: dt.date) -> str:
    """Say that behind the last order nothing is known up to the day that was chosen; empty where it may be.

    con: with the orders in the table tx. What was not bought then counts as customers who stay away.
    """
    from klantwaarde_xl.kernels.models.checks.findings import FAR  # which loads numpy

    rows = con.execute("select distinct dag from tx where dag <= ? order by dag", [as_of]).fetchall()
    days = [day for (day,) in rows]
    if len(days) < FEWEST:
        return ""
    missing = (as_of - days[-1]).days
    if missing <= max(FAR, 3 * max((after - before).days for before, after in pairwise(days))):
        return ""
    between = f"{format_date(days[-1])} en de peildatum {format_date(as_of)} ({missing} dagen)"
    return (
        f"{SAID} {between}: staan die nog niet in deze gegevens, dan tellen klanten als weggebleven, en zijn "
        "prognose en retentie te laag. Ververs met nieuwere gegevens, of kies een eerdere peildatum"
    )


def holes_in(days: Sequence[dt.date]) -> list[Hole]:
    """Return the holes in days with orders, which are in order and each there once; the longest first."""
    if len(days) < FEWEST:
        return []
    gaps = [(after - before).days for before, after in pairwise(days)]
    usual = sorted(gaps)[math.ceil(0.9 * len(gaps)) - 1]
    least = max(SHORTEST, TIMES * usual)
    long = [Hole(before, after) for before, after in pairwise(days) if (after - before).days > least]
    found = [hole for hole in long if not any(_are_seasons(hole, other, days) for other in long)]
    return sorted(found, key=lambda hole: hole.before - hole.after)


def _are_seasons(hole: Hole, other: Hole, days: Sequence[dt.date]) -> bool:
    """Whether one begins a year after the other, with a time of selling between them, not a stray order."""
    first, later = sorted((hole, other))
    apart = (later.before - first.before).days
    open_days = bisect_right(days, later.before) - bisect_left(days, first.after)
    return abs(apart - YEAR) <= NEAR_A_YEAR and open_days >= OPEN
