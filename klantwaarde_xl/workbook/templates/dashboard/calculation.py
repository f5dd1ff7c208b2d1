"""Sheet Berekening: the last 24 months and the key figures, each computed once, by name."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Page
from klantwaarde_xl.workbook.styles import GREY

MONTHS = 24
FIRST = 6
LAST = FIRST + MONTHS - 1
_LAST12 = f"H{LAST - 11}:H{LAST}"
_SINCE = '">"&EDATE(kc_laatste_maand,-12),tblKpi[maand],"<="&kc_laatste_maand'
_BEFORE = '">"&EDATE(kc_laatste_maand,-24),tblKpi[maand],"<="&EDATE(kc_laatste_maand,-12)'


def _last_year(column: str) -> str:
    return f"=SUMIFS(tblKpi[{column}],tblKpi[maand],{_SINCE})"


def _year_before(column: str) -> str:
    return f"=SUMIFS(tblKpi[{column}],tblKpi[maand],{_BEFORE})"


def _month(column: str) -> str:
    return f"=SUMIFS(tblKpi[{column}],tblKpi[maand],kc_laatste_maand)"


# name, label, formula, number format, explanation
FIGURES = (
    (
        "kc_laatste_maand",
        "Laatste hele maand",
        # A month counts as whole when the last day is in it, give or take a weekend
        "=IF(OR(DAY(kw_peildag)>=DAY(EOMONTH(kw_peildag,0))-3,ROWS(tblKpi[maand])=1),MAX(tblKpi[maand]),EDATE(MAX(tblKpi[maand]),-1))",
        "maand",
        "een maand die nog loopt telt niet mee",
    ),
    ("kc_netto", "Netto omzet", _last_year("netto omzet"), "euro", "laatste 12 maanden"),
    ("kc_netto_vorig", "Netto omzet, jaar ervoor", _year_before("netto omzet"), "euro", "12 maanden daarvoor"),
    ("kc_omzet", "Omzet uit orders", _last_year("omzet"), "euro", "laatste 12 maanden, zonder retouren"),
    ("kc_orders", "Orders", _last_year("orders"), "aantal", "laatste 12 maanden"),
    ("kc_omzet_vorig", "Omzet uit orders, jaar ervoor", _year_before("omzet"), "euro", "12 maanden daarvoor"),
    ("kc_orders_vorig", "Orders, jaar ervoor", _year_before("orders"), "aantal", "12 maanden daarvoor"),
    ("kc_nieuw", "Nieuwe klanten", _last_year("nieuw"), "aantal", "laatste 12 maanden"),
    ("kc_kopers", "Kopers", '=COUNTIFS(tblRfm[laatste aankoop],">="&EDATE(kc_laatste_maand,-11))', "aantal",
     "kochten in de laatste 12 maanden"),
    ("kc_klanten", "Klanten nu", _month("klanten eind"), "aantal",
     "niet verloren"),
    ("kc_klanten_vorig", "Klanten, jaar geleden",
     "=SUMIFS(tblKpi[klanten eind],tblKpi[maand],EDATE(kc_laatste_maand,-12))", "aantal", "niet verloren"),
    ("kc_begin", "Klanten aan het begin", _month("klanten begin"), "aantal",
     "van de laatste maand"),
    ("kc_erbij", "Nieuw of gereactiveerd",
     f"{_month('nieuw')}+{_month('gereactiveerd')[1:]}", "aantal",
     "in de laatste maand"),
    ("kc_verloren", "Verloren", _month("verloren"), "aantal", "in de laatste maand"),
    ("kc_aov", "Gemiddelde orderwaarde (AOV)", "=AOV(kc_omzet,kc_orders)", "euro2", "functie AOV"),
    ("kc_frequentie", "Aankoopfrequentie", "=AANKOOPFREQUENTIE(kc_orders,kc_kopers)", "getal",
     "orders per koper per jaar"),
    ("kc_retentie", "Retentie per jaar", f'=IF(COUNT({_LAST12})=0,"",PRODUCT({_LAST12})^(12/COUNT({_LAST12})))',
     "procent", "maandretenties van het laatste jaar met elkaar vermenigvuldigd"),
    ("kc_losse_retouren", "Retouren zonder order", None, "euro2", "van klanten die geen order in de gegevens hebben"),
)  # fmt: skip


def calculation(book: Book) -> Page:
    """The window of months that the charts draw, and the key figures by name."""
    page = book.page(
        "Berekening",
        "Berekening",
        "Tussenstappen. Hier hoeft u niets in te vullen; de grafieken en kaarten lezen deze cellen.",
        (7, 11, 14, 11, 13, 12, 12, 14, 4, 30, 16, 60),
        tab=GREY,
    )
    page.heading("B4", f"De laatste {MONTHS} maanden", "I")
    heads = ("rij", "maand", "netto omzet", "nieuw", "terugkerend", "AOV", "retentie", "verloop grafiek")
    page.header_row(5, "B", heads)
    columns = (
        ("C", "maand", "maand"),
        ("D", "netto omzet", "euro"),
        ("E", "nieuw", "aantal"),
        ("F", "terugkerend", "aantal"),
        ("G", "AOV", "euro2"),
        ("H", "retentie", "procent"),
    )
    for row in range(FIRST, LAST + 1):
        page.formula(f"B{row}", f"=ROWS(tblKpi[maand])-{LAST - row}", number="aantal")
        for column, header, number in columns:
            cell = f"INDEX(tblKpi[{header}],$B{row})"
            # An empty cell read through INDEX would show as zero: retention of nought is another thing
            formula = f'=IF($B{row}<1,"",IF({cell}="","",{cell}))'
            page.formula(f"{column}{row}", formula, number=number)
        page.formula(f"I{row}", f'=IF(H{row}="",NA(),1-H{row})', number="procent")
    page.sheet.conditional_format(
        f"I{FIRST}:I{LAST}",
        {"type": "errors", "format": book.raw.add_format({"font_color": "#C5CCD3"})},
    )
    page.heading("K4", "Kerncijfers", "M")
    page.header_row(5, "K", ("cijfer", "waarde", "uitleg"))
    for row, (name, label, figure, number, text) in enumerate(FIGURES, FIRST):
        page.text(f"K{row}", label, "label")
        if figure is None:
            page.result(f"L{row}", "kw_losse_retouren", None, number)
        else:
            page.formula(f"L{row}", figure, number=number)
            book.name(name, page, f"L{row}")
        page.text(f"M{row}", text, "unit")
    page.sheet.freeze_panes(5, 0)
    return page
