"""Sheets Start and Instellingen of the dashboard: what it is, and what the user decides."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Page
from klantwaarde_xl.workbook.templates import inputs
from klantwaarde_xl.workbook.templates.inputs import AMOUNT, DAY, FRACTION, Setting

NAVIGATION = (
    ("Instellingen", "Marge, rente, kosten en wanneer een klant verloren is. Vul dit als eerste in."),
    ("Gegevens", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand."),
    ("KPI", "Omzet, orders, AOV, klanten en retentie per maand."),
    ("RFM", "Segmenten met wat u ermee doet, en elke klant met zijn scores."),
    ("Berekening", "De tussenstappen: elk getal van het dashboard is hier na te rekenen."),
    ("Rekenhulp", "Klantwaarde, CLV, CAC en terugverdientijd met uw cijfers en uw aannamen."),
    ("Dashboard", "De stand van zaken op één pagina, klaar om af te drukken."),
    ("Controle", "Kloppen de cijfers? Wat is er gelezen en wat geweigerd?"),
)

STEPS = (
    "Vul op Instellingen uw marge, rente en kosten in (gele cellen).",
    "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag.",
    "Ververs: menu Klantwaarde in LibreOffice, de xlwings-knop in Excel, of `klantwaarde ververs` met dit bestand gesloten.",
    "Lees het Dashboard, kijk op Controle of alles klopt, en probeer aannamen uit op Rekenhulp.",
)

MONTHS = {
    "validate": "integer",
    "criteria": "between",
    "minimum": 1,
    "maximum": 120,
    "error_title": "Geen aantal maanden",
    "error_message": "Vul een geheel aantal maanden in van 1 tot en met 120.",
}

SETTINGS = (
    Setting("kw_bedrijf", "Naam van uw bedrijf", None, "tekst", "", None,
     "Staat boven het dashboard.", "uzelf"),
    Setting("kw_inactief_na", "Klant is verloren na", 12, "aantal", "maanden", MONTHS,
     "Zonder order in zoveel maanden telt een klant als verloren.", "uw koopcyclus"),
    Setting("kw_peildatum", "Peildatum", None, "datum", "datum", DAY,
     "Leeg: de laatste datum in de gegevens. Latere orders tellen niet mee.", "uzelf"),
    Setting("kw_marge", "Marge", None, "procent", "deel van de omzet", FRACTION,
     "Winst gedeeld door omzet. CLV hoort op marge, niet op omzet.", "jaarrekening"),
    Setting("kw_rente", "Rente per jaar", None, "procent", "per jaar", FRACTION,
     "Waartegen u latere opbrengsten terugrekent naar nu.", "bank of rendementseis"),
    Setting("kw_wervingskosten", "Kosten van werving", None, "euro", "euro, laatste 12 maanden", AMOUNT,
     "Marketing en verkoop om nieuwe klanten te winnen, alles bij elkaar.", "boekhouding"),
    Setting("kw_kosten_klant", "Kosten per klant", None, "euro2", "euro per klant per jaar", AMOUNT,
     "Behoud en transacties: service, verzending, betaling.", "boekhouding"),
    Setting("kw_perioden", "Horizon", 3, "getal", "jaren", AMOUNT,
     "Zoveel jaar kijkt KLANTWAARDE vooruit.", "uzelf"),
)  # fmt: skip


def start(book: Book) -> Page:
    """Purpose, state, way around, and the legend of cell styles."""
    page, row = inputs.start(
        book,
        "Klantwaarde-dashboard",
        "Wat zijn uw klanten waard, wie blijft er, en waar moet u iets doen?",
        NAVIGATION,
        STEPS,
    )
    page.text(
        f"B{row}",
        "Klantwaarde XL. Bedragen in euro's; de gegevens bepalen of dat met of zonder btw is.",
        "note",
    )
    page.text(
        f"B{row + 1}",
        "Kolommen die u zelf aan een tabel toevoegt, blijven bij het verversen bij hun rij.",
        "note",
    )
    return page


def settings(book: Book) -> Page:
    """All that the user decides."""
    page = book.page(
        "Instellingen",
        "Instellingen",
        "Gele cellen zijn van u. Na een wijziging in 'verloren na' of 'peildatum': ververs het werkboek.",
        (24, 18, 24, 58, 24),
    )
    inputs.settings_rows(page, SETTINGS)
    note = "Zolang marge, rente of kosten leeg zijn, blijven de uitkomsten die ervan afhangen leeg of #N/B."
    page.text(f"B{6 + len(SETTINGS)}", note, "note")
    return page
