"""Transactions and settings to named result tables; the one computation behind every workbook."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from klantwaarde_xl.data import forecasts, metrics
from klantwaarde_xl.data.reading.files import Transactions
from klantwaarde_xl.data.reading.quality import Quality
from klantwaarde_xl.data.results import ResultTable, Row
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.errors import FunctionError, NotAvailable
from klantwaarde_xl.kernels.rfm import SEGMENTS, score_customers

__all__ = ["ALL", "STANDARD", "Analysis", "ResultTable", "Settings", "analyse"]

STANDARD = ("kpi", "rfm", "segmenten", "kwaliteit")
ALL = (*STANDARD, *forecasts.TABLES)


@dataclass(frozen=True)
class Analysis:
    """The result tables of one data set, with what they were made from.

    figures: single values by name, that belong to the tables asked for.
    """

    tables: Mapping[str, ResultTable]
    figures: Mapping[str, Any]
    settings: Settings
    quality: Quality
    first_day: dt.date
    last_day: dt.date
    as_of: dt.date

    def __getitem__(self, name: str) -> ResultTable:
        return self.tables[name]


def analyse(
    transactions: Transactions, settings: Settings | None = None, results: Collection[str] = STANDARD
) -> Analysis:
    """Compute result tables; only what they need is computed.

    results: names out of `ALL`: kpi, rfm, segmenten, kwaliteit, and those of `forecasts.TABLES`.
    Raises `NotAvailable` when there is no order up to the chosen day. A forecast that cannot be
    made raises nothing: its tables are empty and the figure `bericht` says why.
    """
    settings = settings or Settings()
    # An order of a day to come is not there yet
    as_of = settings.as_of or min(transactions.last_day, dt.date.today())
    first_day, last_day = _span(transactions, as_of)
    tables: list[ResultTable] = []
    figures: dict[str, Any] = {}
    if "kpi" in results:
        tables.append(_run(transactions, metrics.KPI, as_of=as_of, inactive=settings.inactive_months))
        loose = transactions.con.execute(metrics.LOOSE_REFUNDS, {"as_of": as_of}).fetchall()[0][0]
        figures["losse_retouren"] = loose
    if "rfm" in results or "segmenten" in results:
        rfm = _rfm(_run(transactions, metrics.CUSTOMERS, as_of=as_of))
        tables += [rfm, _segments(rfm)]
    if "kwaliteit" in results:
        tables.append(_problems(transactions.quality))
    if not set(forecasts.TABLES).isdisjoint(results):
        made, single = forecasts.forecasts(transactions, settings, as_of)
        tables += made
        figures |= single
    return Analysis(
        {table.name: table for table in tables if table.name in results},
        figures,
        settings,
        transactions.quality,
        first_day,
        last_day,
        as_of,
    )


def _span(transactions: Transactions, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The days of the first and the last order up to the chosen day."""
    first, last, orders = transactions.con.execute(metrics.SPAN, {"as_of": as_of}).fetchall()[0]
    if first is not None:
        return first, last
    if not orders:
        raise NotAvailable(
            "Alle bedragen zijn negatief: er zijn retouren, maar geen orders.",
            where=transactions.quality.source,
            remedy="Kies de kolom met het orderbedrag: --kolommen bedrag=…",
        )
    raise NotAvailable(
        f"Er zijn geen orders tot en met {as_of:%d-%m-%Y}.",
        where="instelling kw_peildatum",
        remedy="Kies een latere peildatum, of laat hem leeg.",
    )


def _run(transactions: Transactions, definition: metrics.Definition, **parameters: Any) -> ResultTable:
    rows = transactions.con.execute(definition.sql, parameters).fetchall()
    return ResultTable(definition.name, definition.columns, [tuple(_plain(v) for v in row) for row in rows])


def _plain(value: Any) -> Any:
    """Exact decimals of the engine as floats; everything else as it is."""
    return float(value) if value.__class__.__name__ == "Decimal" else value


def _rfm(customers: ResultTable) -> ResultTable:
    recency, frequency, monetary = (
        np.array(customers.column(name), dtype=np.float64) for name in ("dagen geleden", "aankopen", "omzet")
    )
    columns = ("klant", "laatste aankoop", "dagen geleden", "aankopen", "omzet", "R", "F", "M", "segment")
    try:
        table = score_customers(recency, frequency, monetary)
    except FunctionError:  # fewer than five customers: figures, but no scores
        scored: list[Row] = [(None, None, None, None)] * len(customers.rows)
    else:
        names = [SEGMENTS[code].name for code in table.segment]
        scored = list(zip(table.r.tolist(), table.f.tolist(), table.m.tolist(), names, strict=True))
    rows = [
        (customer, last, days, orders, amount, *score)
        for (customer, _, last, days, orders, amount), score in zip(customers.rows, scored, strict=True)
    ]
    return ResultTable("rfm", columns, rows)


def _segments(rfm: ResultTable) -> ResultTable:
    """One row a segment, all eleven, so that a table on a sheet keeps its size."""
    members: dict[str | None, list[float]] = {}
    for name, amount in zip(rfm.column("segment"), rfm.column("omzet"), strict=True):
        members.setdefault(name, []).append(amount)
    total = math.fsum(rfm.column("omzet"))
    rows: list[Row] = []
    for segment in SEGMENTS:
        amounts = members.get(segment.name, [])
        revenue = round(math.fsum(amounts), 2)
        rows.append(
            (
                segment.name,
                len(amounts),
                len(amounts) / len(rfm.rows),
                revenue,
                revenue / total if total else 0.0,
                revenue / len(amounts) if amounts else None,
                segment.action,
            )
        )
    columns = ("segment", "klanten", "deel klanten", "omzet", "deel omzet", "omzet per klant", "actie")
    return ResultTable("segmenten", columns, rows)


def _problems(quality: Quality) -> ResultTable:
    rows: list[Row] = [("opmerking", None, "", "", note) for note in quality.notes]
    rows += [("geweigerd", p.row, p.column, p.text, p.reason) for p in quality.problems]
    rows = rows or [("in orde", None, "", "", "alle rijen zijn gelezen")]
    return ResultTable("kwaliteit", ("soort", "rij", "kolom", "inhoud", "uitleg"), rows)
