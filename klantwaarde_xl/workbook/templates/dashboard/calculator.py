"""Sheet Rekenhulp: our functions in cells, on measured figures or the user's own assumptions."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Page
from klantwaarde_xl.workbook.styles import ORANGE


def _setting(name: str) -> str:
    """A setting, or nothing: a blank cell read by name would be a nought."""
    return f'=IF({name}="","",{name})'


# name of the value in use, label, measured value, number format, unit, explanation
ASSUMPTIONS = (
    ("kg_aov", "Gemiddelde orderwaarde", "=kc_aov", "euro2", "euro per order", "omzet / orders"),
    ("kg_frequentie", "Aankoopfrequentie", "=kc_frequentie", "getal", "orders per jaar", "per koper"),
    ("kg_marge", "Marge", _setting("kw_marge"), "procent", "deel van de omzet", "van Instellingen"),
    ("kg_retentie", "Retentie", "=kc_retentie", "procent", "per jaar", "leeg: vul zelf een aanname in"),
    ("kg_rente", "Rente", _setting("kw_rente"), "procent", "per jaar", "van Instellingen"),
    ("kg_perioden", "Horizon", _setting("kw_perioden"), "getal", "jaren", "van Instellingen"),
    ("kg_kosten", "Kosten per klant", _setting("kw_kosten_klant"), "euro2", "euro per jaar", "van Instellingen"),
    ("kg_werving", "Kosten van werving", _setting("kw_wervingskosten"), "euro", "euro per jaar", "van Instellingen"),
    ("kg_nieuw", "Nieuwe klanten", "=kc_nieuw", "aantal", "per jaar", "laatste 12 maanden"),
)  # fmt: skip

ANSWERS = 24  # cells for survey answers
_YEAR = "kg_aov*kg_frequentie"

# name, label, formula, number format, the formula as a Dutch user types it, meaning
RESULTS = (
    ("ku_jaarmarge", "Marge per klant per jaar", f"={_YEAR}*kg_marge-kg_kosten", "euro2",
     "orderwaarde × frequentie × marge − kosten"),
    ("ku_klantwaarde", "Klantwaarde", "=KLANTWAARDE(ku_jaarmarge,kg_perioden,0,kg_retentie,kg_rente)",
     "euro2", "over de horizon, met verloop en rente"),
    ("ku_levensduur", "Levensduur", "=IF(kg_retentie<1,1/(1-kg_retentie),NA())", "getal", "jaren: 1 / (1 − retentie)"),
    ("ku_kldw", "KLDW", f"=KLDW({_YEAR},ku_levensduur,kg_marge)", "euro2", "omzet × levensduur × marge"),
    ("ku_clv", "CLV", '=CLV(ku_jaarmarge,kg_retentie,kg_rente,0,"nu")', "euro2", "zonder einddatum, eerste marge nu"),
    ("ku_clvhistorisch", "CLV historisch", "=CLVHISTORISCH(kg_aov,kg_frequentie,ku_levensduur,kg_marge)", "euro2",
     "zonder rente"),
    ("ku_cac", "CAC", "=CAC(kg_werving,kg_nieuw)", "euro2", "kosten per nieuwe klant"),
    ("ku_verhouding", "CLV : CAC", "=ku_clv/ku_cac", "getal", "vuistregel: 3 of meer"),
    ("ku_terugverdiend", "Terugverdientijd", f"=TERUGVERDIENTIJD(ku_cac,{_YEAR}/12,kg_marge)", "getal", "maanden"),
    ("ku_retentie", "Retentie laatste maand", "=RETENTIE(kc_begin,kc_klanten,kc_erbij)", "procent",
     "(eind − nieuw − gereactiveerd) / begin"),
    ("ku_verloop", "Verloop laatste maand", "=VERLOOP(kc_begin,kc_verloren)", "procent", "verloren / begin"),
    ("ku_nps", "NPS", f'=IF(COUNT(I5:I{4 + ANSWERS})=0,"",NPS(I5:I{4 + ANSWERS}))', "aantal", "van de antwoorden rechts"),
)  # fmt: skip


def calculator(book: Book) -> Page:
    """Assumptions on top, what our functions make of them below, survey answers on the right."""
    page = book.page(
        "Rekenhulp",
        "Rekenhulp",
        "Vul in de gele cellen een eigen aanname in; leeg betekent: het cijfer uit de gegevens of instellingen.",
        (28, 15, 15, 15, 22, 92, 3, 24),
        tab=ORANGE,
    )
    page.header_row(4, "B", ("gegeven", "gemeten", "uw aanname", "gebruikt", "eenheid", "uitleg"))
    for row, (name, label, measured, number, unit, text) in enumerate(ASSUMPTIONS, 5):
        page.text(f"B{row}", label, "label")
        page.formula(f"C{row}", measured, number=number)
        page.input(f"D{row}", "", None, number, _rule(label))
        page.formula(f"E{row}", f'=IF(D{row}<>"",D{row},IF(C{row}="",NA(),C{row}))', number=number)
        book.name(name, page, f"E{row}")
        page.text(f"F{row}", unit, "unit")
        page.text(f"G{row}", text, "unit")
    page.header_row(16, "B", ("uitkomst", "waarde", "wat staat er", "", "", "formule"))
    for row, (name, label, formula, number, text) in enumerate(RESULTS, 17):
        page.text(f"B{row}", label, "label")
        page.formula(f"C{row}", formula, "output", number)
        book.name(name, page, f"C{row}")
        for column, content in (("D", text), ("E", ""), ("F", "")):
            page.text(f"{column}{row}", content, "unit")
        page.text(f"G{row}", _dutch(formula), "formula")
    _survey(page)
    page.text("B31", "Een #N/B betekent dat een gegeven ontbreekt: vul er een aanname voor in.", "note")
    page.sheet.freeze_panes(4, 0)
    return page


def _survey(page: Page) -> None:
    """A column of answers to the recommendation question, for NPS."""
    page.text("I4", "NPS: antwoorden 0-10", "header")
    rule = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": 10,
        "input_title": "Aanbevelingsvraag",
        "input_message": "Hoe waarschijnlijk is het dat u ons aanbeveelt? 0 t/m 10.",
        "error_title": "Geen score",
        "error_message": "Een antwoord is een geheel getal van 0 tot en met 10.",
    }
    for row in range(5, 5 + ANSWERS):
        page.input(f"I{row}", "", None, "aantal", rule)
    page.text(f"I{5 + ANSWERS}", "plak hier de antwoorden", "note")


def _rule(label: str) -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": label[:32],
        "input_message": "Uw aanname, of leeg voor het gemeten cijfer.",
        "error_title": "Geen getal",
        "error_message": "Vul een getal in van nul of meer.",
    }


def _dutch(formula: str) -> str:
    """A file formula as it reads in a Dutch spreadsheet; only what the results above use."""
    return (
        formula.replace(",", ";")
        .replace("COUNT(", "AANTAL(")
        .replace("IF(", "ALS(")
        .replace("ROWS(", "RIJEN(")
        .replace("NA()", "NB()")
    )
