"""Sheets that every workbook with data has: Start, Instellingen, Gegevens.

What it is, what the user decides, what goes in; a template says the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from klantwaarde_xl.workbook.sheets import Book, Field, Page
from klantwaarde_xl.workbook.styles import GREY, TEAL

Rule = dict[str, Any]

FRACTION = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -1,
    "maximum": 1,
    "error_title": "Geen fractie",
    "error_message": "Vul een percentage in tussen -100% en 100%, bijvoorbeeld 35%.",
}
AMOUNT = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": "Geen bedrag",
    "error_message": "Vul een bedrag in van nul of meer, zonder minteken.",
}
DAY = {
    "validate": "date",
    "criteria": "between",
    "minimum": 18264,
    "maximum": 73050,
    "error_title": "Geen datum",
    "error_message": "Vul een datum in zoals 31-12-2025, of laat de cel leeg.",
}


STATE = (
    ("Bijgewerkt op", "kw_ververst", "moment"),
    ("Gegevens uit", "kw_bron", ""),
    ("Eerste order", "kw_periode_van", "datum"),
    ("Laatste order", "kw_periode_tot", "datum"),
)
ROLES = (
    ("input", "invoer: vult u in"),
    ("calculation", "berekening: niet overschrijven"),
    ("output", "uitkomst van een functie van Klantwaarde XL"),
)


@dataclass(frozen=True)
class Setting:
    """A named cell that the user fills in; source: where the value comes from."""

    name: str
    label: str
    value: Any
    number: str
    unit: str
    rule: Rule | None
    text: str
    source: str


def start(
    book: Book,
    title: str,
    subtitle: str,
    navigation: Sequence[tuple[str, str]],
    steps: Sequence[str],
    roles: Sequence[tuple[str, str]] = ROLES,
) -> tuple[Page, int]:
    """Purpose, state, way around, how to use, and the legend of cell styles; and the row behind it."""
    page = book.page("Start", title, subtitle, (22, 26, 34, 34), tab=TEAL)
    page.heading("B4", "Stand van dit werkboek", "E")
    for at, (label, cell, number) in enumerate(STATE, 5):
        page.text(f"B{at}", label, "label")
        page.result(f"C{at}", cell, None, number)
    page.sheet.set_column("C:C", 26, book.style("plain"))
    page.heading("B10", "Ga naar", "E")
    for at, (name, purpose) in enumerate(navigation, 11):
        page.sheet.write_url(f"B{at}", f"internal:'{name}'!A1", book.style("link"), name)
        page.text(f"C{at}", purpose)
    row = 12 + len(navigation)
    page.heading(f"B{row}", "Zo werkt het", "E")
    for place, step in enumerate(steps, 1):
        page.sheet.write_number(f"B{row + place}", place, book.style("step"))
        page.text(f"C{row + place}", step)
    row += len(steps) + 2
    page.heading(f"B{row}", "Kleuren van cellen", "E")
    for place, (role, text) in enumerate(roles, row + 1):
        page.text(f"B{place}", "voorbeeld", role)
        page.text(f"C{place}", text)
    return page, row + len(roles) + 2


def settings_rows(page: Page, settings: Sequence[Setting]) -> None:
    """The settings under each other, each with unit, explanation and source."""
    page.header_row(4, "B", ("instelling", "waarde", "eenheid", "toelichting", "waar haalt u het"))
    for row, one in enumerate(settings, 5):
        page.text(f"B{row}", one.label, "label")
        message = {"input_title": one.label[:32], "input_message": one.text[:255]}
        page.input(f"C{row}", one.name, one.value, one.number, {**one.rule, **message} if one.rule else None)
        page.text(f"D{row}", one.unit, "unit")
        page.text(f"E{row}", one.text, "label")
        page.text(f"F{row}", one.source, "unit")
    page.sheet.freeze_panes(4, 0)


def data(book: Book) -> Page:
    """The transactions: the one table that the user fills."""
    page = book.page(
        "Gegevens",
        "Gegevens",
        "Eén rij per order. Een negatief bedrag is een retour. Laat de drie koppen staan; eigen kolommen mogen "
        "erachter.",
        (26, 14, 14, 14, 44, 14, 24),
        tab=GREY,
    )
    fields = (Field("klant", "tekst"), Field("datum", "datum"), Field("bedrag", "euro2"))
    page.table("tblTransacties", 4, 2, fields)
    page.sheet.freeze_panes(4, 0)
    return page
