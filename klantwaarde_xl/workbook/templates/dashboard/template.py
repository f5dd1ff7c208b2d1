"""The dashboard's declaration: its sheets in order, and what fills its tables."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book
from klantwaarde_xl.workbook.templates import Feed, Template
from klantwaarde_xl.workbook.templates.dashboard import (
    board,
    calculation,
    calculator,
    checks,
    inputs,
    results,
)


def _write(book: Book) -> None:
    first = inputs.start(book)
    inputs.settings(book)
    inputs.data(book)
    results.kpi(book)
    results.rfm(book)
    calculation.calculation(book)
    calculator.calculator(book)
    board.dashboard(book)
    checks.checks(book)
    first.sheet.activate()


DASHBOARD = Template(
    id="dashboard",
    version="1",
    title="Klantwaarde-dashboard",
    purpose="Kerncijfers per maand, RFM-segmenten, rekenhulp en dashboard uit transacties.",
    write=_write,
    feeds=(
        Feed("tblKpi", "kpi", ("maand",)),
        Feed("tblSegmenten", "segmenten", ("segment",)),
        Feed("tblRfm", "rfm", ("klant",)),
        Feed("tblKwaliteit", "kwaliteit", ("rij", "kolom")),
    ),
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 23, 28, 32, 33, 34, 35)),
)
