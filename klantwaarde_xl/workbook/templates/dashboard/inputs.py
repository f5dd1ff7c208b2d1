"""Sheets Start, Instellingen and Gegevens: what it is, what the user decides, what goes in."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Field, Page
from klantwaarde_xl.workbook.styles import GREY, TEAL

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

_FRACTION = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -1,
    "maximum": 1,
    "error_title": "Geen fractie",
    "error_message": "Vul een percentage in tussen -100% en 100%, bijvoorbeeld 35%.",
}
_AMOUNT = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": "Geen bedrag",
    "error_message": "Vul een bedrag in van nul of meer, zonder minteken.",
}
_MONTHS = {
    "validate": "integer",
    "criteria": "between",
    "minimum": 1,
    "maximum": 120,
    "error_title": "Geen aantal maanden",
    "error_message": "Vul een geheel aantal maanden in van 1 tot en met 120.",
}
_DAY = {
    "validate": "date",
    "criteria": "between",
    "minimum": 18264,
    "maximum": 73050,
    "error_title": "Geen datum",
    "error_message": "Vul een datum in zoals 31-12-2025, of laat de cel leeg.",
}

# name, label, value, number format, unit, rule, explanation, where the value comes from
SETTINGS = (
    ("kw_bedrijf", "Naam van uw bedrijf", None, "tekst", "", None,
     "Staat boven het dashboard.", "uzelf"),
    ("kw_inactief_na", "Klant is verloren na", 12, "aantal", "maanden", _MONTHS,
     "Zonder order in zoveel maanden telt een klant als verloren.", "uw koopcyclus"),
    ("kw_peildatum", "Peildatum", None, "datum", "datum", _DAY,
     "Leeg: de laatste datum in de gegevens. Latere orders tellen niet mee.", "uzelf"),
    ("kw_marge", "Marge", None, "procent", "deel van de omzet", _FRACTION,
     "Winst gedeeld door omzet. CLV hoort op marge, niet op omzet.", "jaarrekening"),
    ("kw_rente", "Rente per jaar", None, "procent", "per jaar", _FRACTION,
     "Waartegen u latere opbrengsten terugrekent naar nu.", "bank of rendementseis"),
    ("kw_wervingskosten", "Kosten van werving", None, "euro", "euro, laatste 12 maanden", _AMOUNT,
     "Marketing en verkoop om nieuwe klanten te winnen, alles bij elkaar.", "boekhouding"),
    ("kw_kosten_klant", "Kosten per klant", None, "euro2", "euro per klant per jaar", _AMOUNT,
     "Behoud en transacties: service, verzending, betaling.", "boekhouding"),
    ("kw_perioden", "Horizon", 3, "getal", "jaren", _AMOUNT,
     "Zoveel jaar kijkt KLANTWAARDE vooruit.", "uzelf"),
)  # fmt: skip


def start(book: Book) -> Page:
    """Purpose, state, way around, and the legend of cell styles."""
    page = book.page(
        "Start",
        "Klantwaarde-dashboard",
        "Wat zijn uw klanten waard, wie blijft er, en waar moet u iets doen?",
        (22, 26, 34, 34),
        tab=TEAL,
    )
    page.heading("B4", "Stand van dit werkboek", "E")
    rows = (
        ("Bijgewerkt op", "kw_ververst", "moment"),
        ("Gegevens uit", "kw_bron", ""),
        ("Eerste order", "kw_periode_van", "datum"),
        ("Laatste order", "kw_periode_tot", "datum"),
    )
    for row, (label, name, number) in enumerate(rows, 5):
        page.text(f"B{row}", label, "label")
        page.result(f"C{row}", name, None, number)
    page.sheet.set_column("C:C", 26, book.style("plain"))
    page.heading("B10", "Ga naar", "E")
    for row, (name, purpose) in enumerate(NAVIGATION, 11):
        page.sheet.write_url(f"B{row}", f"internal:'{name}'!A1", book.style("link"), name)
        page.text(f"C{row}", purpose)
    page.heading("B20", "Zo werkt het", "E")
    steps = (
        "Vul op Instellingen uw marge, rente en kosten in (gele cellen).",
        "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag.",
        "Ververs: menu Klantwaarde in LibreOffice, de xlwings-knop in Excel, of `klantwaarde ververs` met dit bestand gesloten.",
        "Lees het Dashboard, kijk op Controle of alles klopt, en probeer aannamen uit op Rekenhulp.",
    )
    for place, step in enumerate(steps, 21):
        page.sheet.write_number(f"B{place}", place - 20, book.style("step"))
        page.text(f"C{place}", step)
    page.heading("B26", "Kleuren van cellen", "E")
    for row, (role, text) in enumerate(
        (
            ("input", "invoer: vult u in"),
            ("calculation", "berekening: niet overschrijven"),
            ("output", "uitkomst van een functie van Klantwaarde XL"),
        ),
        27,
    ):
        page.text(f"B{row}", "voorbeeld", role)
        page.text(f"C{row}", text)
    page.text(
        "B31", "Klantwaarde XL. Bedragen in euro's; de gegevens bepalen of dat met of zonder btw is.", "note"
    )
    page.text(
        "B32", "Kolommen die u zelf aan een tabel toevoegt, blijven bij het verversen bij hun rij.", "note"
    )
    return page


def settings(book: Book) -> Page:
    """All that the user decides, each with unit, explanation and source."""
    page = book.page(
        "Instellingen",
        "Instellingen",
        "Gele cellen zijn van u. Na een wijziging in 'verloren na' of 'peildatum': ververs het werkboek.",
        (24, 18, 24, 58, 24),
    )
    page.header_row(4, "B", ("instelling", "waarde", "eenheid", "toelichting", "waar haalt u het"))
    for row, (name, label, value, number, unit, rule, text, source) in enumerate(SETTINGS, 5):
        page.text(f"B{row}", label, "label")
        message = {"input_title": label[:32], "input_message": text[:255]} if rule else {}
        page.input(f"C{row}", name, value, number, {**rule, **message} if rule else None)
        page.text(f"D{row}", unit, "unit")
        page.text(f"E{row}", text, "label")
        page.text(f"F{row}", source, "unit")
    note = "Zolang marge, rente of kosten leeg zijn, blijven de uitkomsten die ervan afhangen leeg of #N/B."
    page.text(f"B{6 + len(SETTINGS)}", note, "note")
    page.sheet.freeze_panes(4, 0)
    return page


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
