"""Sheets Model and Verloop: what the forecast stands on, and how it would have done before."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Field, Page, axis
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

# label, name of the figure (with _laag and _hoog where there is an interval), number format, unit
TOTALS = (
    ("Klanten", "kw_klanten", False, "aantal", "met minstens één aankoop, na aftrek van retouren"),
    ("Nog klant", "kw_actief", False, "aantal", "alle kansen om nog klant te zijn opgeteld"),
    ("Verwachte aankopen", "kw_aankopen", True, "aantal", "van alle klanten samen, in de horizon"),
    ("Klantwaarde", "kw_waarde", True, "euro", "van alle klanten samen, nu"),
    ("Klantwaarde per klant", "kw_perklant", True, "euro2", "gemiddeld"),
    ("Aankopen na de schatting", "kw_erna_werkelijk", False, "aantal", "geteld in het deel dat het model niet zag"),
    ("Verwacht na de schatting", "kw_erna_verwacht", False, "aantal", "wat het model ervan verwachtte"),
    ("Gewicht van dit model", "kw_gewicht", False, "procent", "deel van het bewijs, naast de twee andere modellen"),
    ("Besteding staat los", "kw_samenhang_past", False, "tekst", "van hoe vaak klanten kopen; het model neemt dat aan"),
)  # fmt: skip
MESSAGES = (("Melding van de prognose", "kw_bericht"), ("Melding van het verloop", "kw_verloop_bericht"))
MODEL_FIELDS = (
    Field("model", "tekst"),
    Field("cijfer", "tekst"),
    Field("waarde", "drie"),
    Field("standaardfout", "drie"),
    Field("laag", "drie"),
    Field("hoog", "drie"),
    Field("betekenis", "tekst"),
)
CHOICE_FIELDS = (
    Field("model", "tekst"),
    Field("gebruikt", "tekst"),
    Field("log-aannemelijkheid", "een"),
    Field("AIC", "een"),
    Field("BIC", "een"),
    Field("gewicht", "procent"),
    Field("p chi-kwadraat", "procent"),
    Field("werkelijk erna", "aantal"),
    Field("verwacht erna", "aantal"),
    Field("afwijking", "procent"),
    Field("oordeel", "tekst", wraps=True),
)
COUNT_FIELDS = (
    Field("herhaalaankopen", "tekst"),
    Field("klanten", "aantal"),
    Field("verwacht", "een"),
    Field("verschil", "een"),
)
BASIS_FIELDS = (Field("onderdeel", "tekst"), Field("waarde", "cijfer"), Field("uitleg", "tekst"))
PROGRESS_FIELDS = (
    Field("week", "aantal"),
    Field("tot en met", "datum"),
    Field("werkelijk", "aantal"),
    Field("verwacht", "een"),
    Field("werkelijk samen", "aantal"),
    Field("verwacht bij schatten", "een"),
    Field("verwacht bij controle", "een"),
    Field("deel", "tekst"),
)

# Where each block begins; a block has room for the most rows that a model gives, and a line of air
_TOTALS, _CHOICE, _COUNTS, _BASIS, _MODEL = 4, 18, 26, 42, 61
_PROGRESS = 24


def model(book: Book) -> Page:
    """Totals with intervals, the models compared, counts, what it stands on, and the parameters."""
    page = book.page(
        "Model",
        "Model",
        "Waarop de prognose rust. Van boven naar beneden: de totalen, welk model past, of het de aantallen "
        "raakt, de gegevens, de parameters.",
        (26, 26, 20, 13, 13, 13, 14, 14, 14, 13, 54),
        tab=GREY,
    )
    page.header_row(_TOTALS, "B", ("totaal", "waarde", "laag (95%)", "hoog (95%)"), numbers=True)
    page.text(f"F{_TOTALS}", "uitleg", "header_text")
    for column in "GHI":
        page.text(f"{column}{_TOTALS}", "", "header")
    for row, (label, name, has_ends, number, text) in enumerate(TOTALS, _TOTALS + 1):
        page.text(f"B{row}", label, "label")
        page.result(f"C{row}", name, None, number)
        for column, end in (("D", "_laag"), ("E", "_hoog")):
            if has_ends:
                page.result(f"{column}{row}", name + end, None, number)
            else:
                page.text(f"{column}{row}", "", "unit")
        page.text(f"F{row}", text, "unit")
    for row, (label, name) in enumerate(MESSAGES, _TOTALS + 1 + len(TOTALS)):
        page.text(f"B{row}", label, "label")
        page.result(f"C{row}", name, None, "tekst")
    page.heading(f"B{_CHOICE - 1}", "Welk model past het best?", "L")
    page.table("tblModelkeuze", _CHOICE, 2, CHOICE_FIELDS)
    page.text(
        f"B{_CHOICE + 5}",
        "Gewicht: deel van het bewijs (Akaike). p onder 5%: het model mist de aantallen. Erna: geschat op de "
        "eerste helft van de tijd, gelegd naast de tweede.",
        "note",
    )
    page.heading(f"B{_COUNTS - 1}", "Hoe vaak kochten klanten opnieuw: werkelijk en volgens het model", "L")
    page.table("tblModeltoets", _COUNTS, 2, COUNT_FIELDS)
    page.chart(
        f"G{_COUNTS + 1}",
        _counts(book),
        "Klanten naar aantal herhaalaankopen",
        "Kolommen per aantal herhaalaankopen: klanten werkelijk en volgens het model.",
        (700, 270),
    )
    page.heading(f"B{_BASIS - 1}", "Waar de prognose op rust: gegevens, retouren, aannamen", "L")
    page.table("tblControle", _BASIS, 2, BASIS_FIELDS)
    page.heading(f"B{_MODEL - 1}", "Parameters en wat ze betekenen", "L")
    page.table("tblModel", _MODEL, 2, MODEL_FIELDS)
    page.sheet.freeze_panes(2, 0)
    return page


def _counts(book: Book) -> object:
    chart = book.raw.add_chart({"type": "column"})
    first = _COUNTS + 1
    for name, column, color in (("werkelijk", "C", TEAL), ("volgens het model", "D", ORANGE)):
        chart.add_series(
            {
                "name": name,
                "categories": f"='Model'!$B${first}:$B${first}",
                "values": f"='Model'!${column}${first}:${column}${first}",
                "fill": {"color": color},
                "gap": 60,
            }
        )
    chart.set_x_axis(axis())
    chart.set_y_axis(axis("#,##0", grid=True, min=0))
    return chart


def progress(book: Book) -> Page:
    """The weeks, what was bought again and what the model expected, drawn above the table."""
    page = book.page(
        "Verloop",
        "Verloop",
        "",
        (10, 14, 14, 14, 16, 16, 16, 14, 14, 14),
        tab=GREY,
    )
    page.formula(
        "B2",
        '=IF(kw_verloop_bericht<>"","Niet getoetst: zie de melding onder de grafiek",'
        '"Geschat op aankopen tot en met "&DAY(kw_schatting_tot)&"-"&MONTH(kw_schatting_tot)&"-"'
        '&YEAR(kw_schatting_tot)&"; de weken daarna zag het model niet.")',
        "subtitle",
    )
    page.chart(
        "B4",
        progress_chart(book),
        "Herhaalaankopen sinds het begin: werkelijk en verwacht",
        ALT_PROGRESS,
        (1010, 330),
    )
    page.text("B21", "Eerste helft tot en met", "label")
    page.text("C21", "", "label")
    page.result("D21", "kw_schatting_tot", None, "datum")
    page.message("B22:K22", '=IF(kw_verloop_bericht="","",kw_verloop_bericht)', "warning", 48)
    page.table("tblVerloop", _PROGRESS, 2, PROGRESS_FIELDS)
    return page


ALT_PROGRESS = (
    "Lijnen: alle herhaalaankopen tot en met elke week; werkelijk, en verwacht door een model dat "
    "alleen de eerste helft van de tijd zag."
)


def progress_chart(book: Book) -> object:
    """Cumulative repeat purchases: actual, and expected in the estimation and the control part."""
    chart = book.raw.add_chart({"type": "line"})
    row = _PROGRESS + 1
    for name, column, line in (
        ("werkelijk", "F", {"color": NAVY, "width": 2.5}),
        ("model, schatting", "G", {"color": TEAL, "width": 2.25}),
        ("model, controle", "H", {"color": ORANGE, "width": 2.25, "dash_type": "dash"}),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": f"='Verloop'!$C${row}:$C${row}",
                "values": f"='Verloop'!${column}${row}:${column}${row}",
                "line": line,
            }
        )
    chart.set_x_axis(axis("mmm yy", date_axis=True, major_unit=6, major_unit_type="months"))
    chart.set_y_axis(axis("#,##0", grid=True, min=0))
    chart.show_blanks_as("gap")
    return chart
