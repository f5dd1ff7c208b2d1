"""The journal of a workbook: its last refreshes, each with its source and what it changed."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.data.results import Column, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.dutch import format_number

NAME = "journaal"
KEPT = 12  # refreshes: a year of those who refresh every month


def _journal(context: Context) -> Made:
    """Put the refresh of today before the earlier ones; a workbook knows its moment, and what it changed."""
    source = next((one.source.name for one in context.tables.values()), "")
    rows = context.quality.rows_kept
    filled = sum(map(context.has, context.tables))
    together = f", van {filled} tabellen samen" if filled > 1 else ""  # the source is that of one
    today: Row = (
        dt.datetime.combine(context.today, dt.time()),
        source,
        f"{format_number(rows, 0)} {'rij' if rows == 1 else 'rijen'} gebruikt{together}",
    )
    earlier = [row for row in context.earlier.get(NAME, ()) if row[0] != today[0]]
    return Made([today, *earlier][:KEPT])


JOURNAL = Result(
    name=NAME,
    title="Journaal",
    compute=_journal,
    table="tblJournaal",
    columns=(
        Column("ververst op", "moment"),
        Column("gegevens uit", "tekst"),
        Column("wat er veranderde", "tekst", "Tegenover de vorige verversing.", wraps=True),
    ),
    key=("ververst op",),
    needs=(),
    counted=("verversing", "verversingen"),
    continues=True,
    of_workbook=True,
)
