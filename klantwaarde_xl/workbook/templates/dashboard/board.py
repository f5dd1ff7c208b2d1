"""Sheet Dashboard: six key figures and four charts on one printable page."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Page, axis
from klantwaarde_xl.workbook.styles import EURO, GOLD, GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.templates.dashboard.calculation import FIRST, LAST
from klantwaarde_xl.workbook.templates.dashboard.results import SEGMENTS

_MONTHS = f"='Berekening'!$C${FIRST}:$C${LAST}"
_SIZE = (588, 300)


def _change(now: str, before: str) -> str:
    """A comment that compares with a year earlier, without a locale-bound number format."""
    share = f"(ROUND(100*({now}/{before}-1),0)+0)"  # plus nought: there is no minus nought per cent
    return f'=IF(OR(ROWS(tblKpi[maand])<24,N({before})=0),"nog geen twee hele jaren",IF({share}>=0,"▲ +","▼ ")&{share}&"% t.o.v. een jaar eerder")'


CARDS = (
    ("B:C", "Netto omzet, 12 maanden", "=kc_netto", "euro", _change("kc_netto", "kc_netto_vorig")),
    ("D:E", "Klanten nu", "=kc_klanten", "aantal", _change("kc_klanten", "kc_klanten_vorig")),
    ("F:G", "Gemiddelde orderwaarde", '=IFERROR(kc_aov,"–")', "euro2",
     _change("kc_omzet/kc_orders", "IFERROR(kc_omzet_vorig/kc_orders_vorig,0)")),
    ("H:I", "Retentie per jaar", '=IF(kc_retentie="","–",kc_retentie)', "procent",
     '=IF(kc_retentie="","nog te weinig maanden","deel van de klanten dat blijft")'),
    ("J:K", "CLV per klant", '=IFERROR(ku_clv,"–")', "euro",
     '=IFERROR("klantwaarde over "&kg_perioden&" jaar: € "&ROUND(ku_klantwaarde,0),"vul aannamen in op Rekenhulp")'),
    ("L:M", "CAC", '=IFERROR(ku_cac,"–")', "euro2",
     '=IFERROR(IF(ku_verhouding>=3,"✔ CLV is 3 keer de CAC of meer","⚠ CLV is minder dan 3 keer de CAC"),"")'),
)  # fmt: skip


def dashboard(book: Book) -> Page:
    """The page that one prints and talks about."""
    page = book.page("Dashboard", "Dashboard", "", (13.5,) * 12, tab=TEAL)
    page.formula(
        "B2",
        '=IF(kw_bedrijf="","vul uw gegevens in op Instellingen",kw_bedrijf)&"  ·  gegevens tot en met "&DAY(kw_periode_tot)&"-"&MONTH(kw_periode_tot)&"-"&YEAR(kw_periode_tot)',
        "subtitle",
    )
    page.sheet.set_row(2, 8)
    for columns, label, value, number, note in CARDS:
        page.card(columns, 4, label, value, number, note)
    page.sheet.set_row(3, 24)
    page.sheet.set_row(4, 32)
    page.sheet.set_row(5, 20)
    page.chart("B8", _revenue(book), "Netto omzet en orderwaarde per maand", _ALT[0], _SIZE)
    page.chart("H8", _buyers(book), "Kopers per maand: nieuw en terugkerend", _ALT[1], _SIZE)
    page.chart("B24", _segments(book), "Segmenten: deel van de klanten en van de omzet", _ALT[2], _SIZE)
    page.chart("H24", _churn(book), "Verloop per maand", _ALT[3], _SIZE, legend=False)
    page.text("B40", "Verloop is leeg zolang er nog niemand verloren kan zijn (zie Instellingen).", "note")
    page.sheet.print_area("A1:M40")
    page.sheet.fit_to_pages(1, 1)
    return page


_ALT = (
    "Kolommen: netto omzet per maand; lijn: gemiddelde orderwaarde.",
    "Gestapelde kolommen: nieuwe en terugkerende kopers per maand.",
    "Staven per RFM-segment: deel van de klanten en deel van de omzet.",
    "Lijn: deel van de klanten dat per maand verloren gaat.",
)


def _revenue(book: Book) -> object:
    chart = book.raw.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "netto omzet",
            "categories": _MONTHS,
            "values": f"='Berekening'!$D${FIRST}:$D${LAST}",
            "fill": {"color": TEAL},
            "gap": 40,
        }
    )
    line = book.raw.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "gemiddelde orderwaarde (rechts)",
            "categories": _MONTHS,
            "values": f"='Berekening'!$G${FIRST}:$G${LAST}",
            "line": {"color": ORANGE, "width": 2.25},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    chart.set_x_axis(axis("mmm yy", interval_unit=3))
    chart.set_y_axis(axis(EURO, grid=True, min=0))
    line.set_y2_axis(axis(EURO, min=0))
    return chart


def _buyers(book: Book) -> object:
    chart = book.raw.add_chart({"type": "column", "subtype": "stacked"})
    for name, column, color in (("terugkerend", "F", NAVY), ("nieuw", "E", GOLD)):
        chart.add_series(
            {
                "name": name,
                "categories": _MONTHS,
                "values": f"='Berekening'!${column}${FIRST}:${column}${LAST}",
                "fill": {"color": color},
                "gap": 40,
            }
        )
    chart.set_x_axis(axis("mmm yy", interval_unit=3))
    chart.set_y_axis(axis("#,##0", grid=True))
    return chart


def _segments(book: Book) -> object:
    chart = book.raw.add_chart({"type": "bar"})
    for name, column, color in (("deel van de klanten", "D", GREY), ("deel van de omzet", "F", TEAL)):
        chart.add_series(
            {
                "name": name,
                "categories": f"='RFM'!$B$5:$B${4 + SEGMENTS}",
                "values": f"='RFM'!${column}$5:${column}${4 + SEGMENTS}",
                "fill": {"color": color},
                "gap": 60,
            }
        )
    chart.set_x_axis(axis("0%", grid=True))
    chart.set_y_axis(axis(reverse=True))
    return chart


def _churn(book: Book) -> object:
    chart = book.raw.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": "verloop per maand",
            "categories": _MONTHS,
            "values": f"='Berekening'!$I${FIRST}:$I${LAST}",
            "line": {"color": ORANGE, "width": 2.5},
            "marker": {"type": "circle", "size": 5, "fill": {"color": ORANGE}, "border": {"color": ORANGE}},
        }
    )
    chart.set_x_axis(axis("mmm yy", interval_unit=3))
    chart.set_y_axis(axis("0.0%", grid=True, min=0))
    chart.show_na_as_empty_cell()
    return chart
