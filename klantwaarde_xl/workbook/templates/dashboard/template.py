"""The dashboard's declaration: its sheets in order, and what fills its tables."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book
from klantwaarde_xl.workbook.templates import Feed, Template
from klantwaarde_xl.workbook.templates.checks import checks as checks_sheet
from klantwaarde_xl.workbook.templates.dashboard import (
    board,
    calculation,
    calculator,
    checks,
    inputs,
    results,
)
from klantwaarde_xl.workbook.templates.inputs import data


def _write(book: Book) -> None:
    first = inputs.start(book)
    inputs.settings(book)
    data(book)
    results.kpi(book)
    results.rfm(book)
    calculation.calculation(book)
    calculator.calculator(book)
    board.dashboard(book)
    checks_sheet(book, checks.CHECKS)
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
    inputs=tuple(setting.name for setting in inputs.SETTINGS),
    settings=("kw_inactief_na", "kw_peildatum"),
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 23, 28, 32, 33, 34, 35)),
)
