"""Transactions and settings to named result tables; the one computation behind every workbook."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.quality import Quality
from klantwaarde_xl.data.read import Transactions
from klantwaarde_xl.errors import FunctionError, NotAvailable, UsageError
from klantwaarde_xl.kernels.rfm import SEGMENTS, score_customers

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Settings:
    """What the user decides about the analysis.

    inactive_months: months without an order after which a customer counts as lost (≥ 1);
    as_of: the day on which one looks back, None for the last day in the data.
    """

    inactive_months: int = 12
    as_of: dt.date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.inactive_months <= 120:
            raise UsageError(
                f"'Inactief na' staat op {self.inactive_months} maanden.",
                where="instelling kw_inactief_na",
                remedy="Vul een geheel aantal maanden in van 1 tot en met 120.",
            )


@dataclass(frozen=True)
class ResultTable:
    """A named table of results: headers, and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame, for analysts."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))


@dataclass(frozen=True)
class Analysis:
    """The result tables of one data set, with what they were made from.

    loose_refunds: currency ≤ 0, refunds of customers without an order in the data.
    """

    tables: Mapping[str, ResultTable]
    settings: Settings
    quality: Quality
    first_day: dt.date
    last_day: dt.date
    as_of: dt.date
    loose_refunds: float

    def __getitem__(self, name: str) -> ResultTable:
        return self.tables[name]


def analyse(transactions: Transactions, settings: Settings | None = None) -> Analysis:
    """Compute all result tables: kpi, rfm, segmenten, kwaliteit.

    Raises `NotAvailable` when there is no order up to the chosen day.
    """
    settings = settings or Settings()
    # An order of a day to come is not there yet
    as_of = settings.as_of or min(transactions.last_day, dt.date.today())
    customers = _run(transactions, metrics.CUSTOMERS, as_of=as_of)
    if not customers.rows:
        if not transactions.con.execute("select count(*) from tx where cents >= 0").fetchall()[0][0]:
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
    kpi = _run(transactions, metrics.KPI, as_of=as_of, inactive=settings.inactive_months)
    rfm = _rfm(customers)
    tables = (kpi, rfm, _segments(rfm), _problems(transactions.quality))
    return Analysis(
        {table.name: table for table in tables},
        settings,
        transactions.quality,
        min(customers.column("eerste aankoop")),
        max(customers.column("laatste aankoop")),
        as_of,
        transactions.con.execute(metrics.LOOSE_REFUNDS, {"as_of": as_of}).fetchall()[0][0],
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
