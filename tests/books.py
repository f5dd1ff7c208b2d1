"""Where a template's cards, checks and named cells stand, so that tests name them as people do."""

import re
from pathlib import Path

from klantwaarde_xl.addresses import address
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package

SHEETS = {
    "basis": ["Start", "Instellingen", "Artikelen", "Sommen", "Begrippen", "Controle"],
    "cac-kanalen": [
        "Start", "Instellingen", "Gegevens", "Kosten", "Klanten", "Budget", "Kanalen", "Campagnes", "Budgetvoorstel", "Berekening", "Kanaaloverzicht", "Begrippen", "Controle",
    ],
    "dashboard": [
        "Start", "Instellingen", "Doelen", "Gegevens", "Kosten", "Klanten", "KPI", "Retentie", "RFM", "Berekening",
        "Jaarcijfers", "CLV en prognose", "Rekenhulp", "Beste klanten", "Dashboard", "Begrippen", "Controle",
    ],
    "directierapport": [
        "Start", "Instellingen", "Doelen", "Gegevens", "Kosten", "Klanten", "Waarde", "Kanalen", "Retentie", "KPI",
        "Berekening", "Rapport", "Begrippen", "Controle",
    ],
    "nps-onderzoek": [
        "Start", "Instellingen", "Enquete", "Gegevens", "Uitkomsten", "Metingen", "Drijfveren", "Waarde", "Bellen", "Berekening", "Onderzoek", "Begrippen", "Controle",
    ],
    "prognose": [
        "Start", "Instellingen", "Gegevens", "Drukte", "Klanten", "Volgende", "Model", "Verloop", "Vooruit",
        "Voorspelboek", "Berekening", "Prognose", "Begrippen", "Controle",
    ],
    "klantbeleving": [
        "Start", "Instellingen", "Aspecten", "Prijzen", "Vertrek", "Berekening", "Beleving", "Begrippen", "Controle",
    ],
    "retentie-cohorten": [
        "Start", "Instellingen", "Gegevens", "Klanten", "Terugkeer", "Terugkeer klanten", "Waarde", "Omzet", "Koopgedrag", "Berekening", "Retentie", "Begrippen", "Controle",
    ],
    "rfm-segmenten": [
        "Start", "Instellingen", "Gegevens", "Adressen", "Producten", "RFM", "Segmenten", "Per product", "Beweging", "Actielijst", "Meting", "Actieboek", "Berekening",
        "Segmentkaart", "Begrippen", "Controle",
    ],
    "scenario": [
        "Start", "Instellingen", "Scenario's", "Plannen", "Behoud", "Loyaliteit", "Berekening", "Scenariopagina", "Begrippen", "Controle",
    ],
}  # fmt: skip


def package_of(name, tables=None, *, now, **more):
    """The package of a new workbook."""
    return build_workbook(template(name), tables, now=now, **more).package


SHIPPED = Path(__file__).parents[1] / "templates"


def shipped(name):
    """The package of a template as the project offers it, filled where there is an example of it.

    That it is what we make today is for another test.
    """
    return Package.open(SHIPPED / f"klantwaarde-{name}.xlsx")


class Looked:
    """The shown values of a workbook by what they are called."""

    def __init__(self, name, shown):
        self.layout, self.shown = layout_of(template(name)), shown

    def __getitem__(self, name):
        """What a named cell shows."""
        spot = self.layout.names[name]
        return self.shown[spot.sheet][address(spot.row, spot.column)]

    def card(self, label):
        """The value and the note of a card."""
        return self._of_card(label, 1), self._of_card(label, 2)

    def below_card(self, label):
        """What stands below the note of a card."""
        return self._of_card(label, 3)

    def _of_card(self, label, line):
        for sheet, placed in self._of(b.Cards):
            for at, card in enumerate(placed.block.cards):
                if card.label == label:
                    return self.shown[sheet.name][address(placed.row + line, placed.column + 2 * at)]
        raise KeyError(label)

    def cards(self):
        """The values of all cards by label."""
        labels = [card.label for _, placed in self._of(b.Cards) for card in placed.block.cards]
        return {label: self.card(label)[0] for label in labels}

    def checks(self):
        """What each check says, by its label."""
        ((sheet, placed),) = self._of(b.Checks)
        rows = enumerate(placed.block.checks, placed.row + 1)
        return {check.label: self.shown[sheet.name][address(row, placed.column + 1)] for row, check in rows}

    def attention(self):
        """The labels of the checks that ask for attention."""
        return {label for label, outcome in self.checks().items() if outcome == "let op"}

    def errors(self):
        """The error values where a user looks; Berekening has #N/A, for which a chart draws nothing."""
        return [
            (sheet, cell, value)
            for sheet, cells in self.shown.items()
            for cell, value in cells.items()
            if sheet != "Berekening" and re.match(r"#[A-Z]", str(value))
        ]

    def column(self, grid, header):
        """The shown cells of a grid's column, from top to bottom."""
        place = self.layout.fields[grid]
        at = place.column(header)
        rows = range(place.top + 1, place.bottom + 1)
        return [self.shown[place.sheet].get(address(row, at)) for row in rows]

    def message(self):
        """What the first message of the page says."""
        return self.messages()[0]

    def messages(self):
        """What the messages of the pages say."""
        pages = [pair for pair in self._of(b.Message) if pair[0].prints == "page"]
        return [self.shown[sheet.name].get(address(placed.row, placed.column)) for sheet, placed in pages]

    def _of(self, kind):
        return [
            (sheet, placed)
            for sheet, blocks in self.layout.pages
            for placed in blocks
            if isinstance(placed.block, kind)
        ]
