"""The forecast's declaration: its sheets in order, and what fills its tables."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book
from klantwaarde_xl.workbook.templates import Feed, Template
from klantwaarde_xl.workbook.templates.checks import checks as checks_sheet
from klantwaarde_xl.workbook.templates.forecast import board, checks, customers, inputs, model
from klantwaarde_xl.workbook.templates.inputs import data


def _write(book: Book) -> None:
    first = inputs.start(book)
    inputs.settings(book)
    data(book)
    customers.customers(book)
    model.model(book)
    model.progress(book)
    board.board(book)
    checks_sheet(book, checks.CHECKS)
    first.sheet.activate()


FORECAST = Template(
    id="prognose",
    version="1",
    title="Klantprognose",
    purpose="Wie nog klant is, wat elke klant gaat kopen en waard is, en hoe zeker dat is.",
    write=_write,
    feeds=(
        Feed("tblPrognose", "prognose", ("klant",)),
        Feed("tblTop", "prognosetop", ("klant",)),
        Feed("tblModelkeuze", "modelkeuze", ("model",)),
        Feed("tblModeltoets", "modeltoets", ("herhaalaankopen",)),
        Feed("tblControle", "modelcontrole", ("onderdeel",)),
        Feed("tblModel", "model", ("model", "cijfer")),
        Feed("tblVerloop", "verloop", ("week",)),
        Feed("tblKwaliteit", "kwaliteit", ("rij", "kolom")),
    ),
    inputs=tuple(setting.name for setting in inputs.SETTINGS),
    settings=tuple(name for name, _ in inputs.USED),
    sources=tuple(f"D{n}" for n in (6, 11, 13, 23, 28, 32, 33, 34)),
)
