"""Sheets KPI and RFM: the tables that a refresh fills, with a chart above each."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Field, Page, axis
from klantwaarde_xl.workbook.styles import GOOD, GREY, NAVY, ORANGE, TEAL

KPI_FIELDS = (
    Field("maand", "maand"),
    Field("omzet", "euro"),
    Field("retouren", "euro"),
    Field("netto omzet", "euro"),
    Field("orders", "aantal"),
    Field("AOV", "euro2"),
    Field("kopers", "aantal"),
    Field("nieuw", "aantal"),
    Field("terugkerend", "aantal"),
    Field("klanten begin", "aantal"),
    Field("gereactiveerd", "aantal"),
    Field("verloren", "aantal"),
    Field("klanten eind", "aantal"),
    Field("retentie", "procent"),
    Field("verloop", "procent"),
)
SEGMENT_FIELDS = (
    Field("segment", "tekst"),
    Field("klanten", "aantal"),
    Field("deel klanten", "procent"),
    Field("omzet", "euro"),
    Field("deel omzet", "procent"),
    Field("omzet per klant", "euro"),
    Field("actie", "tekst"),
)
RFM_FIELDS = (
    Field("klant", "tekst"),
    Field("laatste aankoop", "datum"),
    Field("dagen geleden", "aantal"),
    Field("aankopen", "aantal"),
    Field("omzet", "euro2"),
    Field("R", "aantal"),
    Field("F", "aantal"),
    Field("M", "aantal"),
    Field("segment", "tekst"),
)
SEGMENTS = 11


def kpi(book: Book) -> Page:
    """Key figures a month, with net revenue and orders drawn above the table."""
    page = book.page(
        "KPI",
        "Kerncijfers per maand",
        "Klanten eind = begin + nieuw + gereactiveerd - verloren. Retentie is leeg zolang er nog niemand "
        "verloren kan zijn.",
        (12,) * len(KPI_FIELDS),
    )
    chart = book.raw.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "netto omzet",
            "categories": "='KPI'!$B$23:$B$23",
            "values": "='KPI'!$E$23:$E$23",
            "fill": {"color": TEAL},
            "gap": 40,
        }
    )
    line = book.raw.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "klanten eind (rechts)",
            "categories": "='KPI'!$B$23:$B$23",
            "values": "='KPI'!$N$23:$N$23",
            "line": {"color": NAVY, "width": 2.25},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    chart.set_x_axis(axis("mmm yy"))
    chart.set_y_axis(axis("#,##0", grid=True))
    line.set_y2_axis(axis("#,##0"))
    alt = "Kolommen: netto omzet per maand. Lijn: aantal klanten aan het eind van de maand."
    page.chart("B4", chart, "Netto omzet en aantal klanten", alt, (1290, 330))
    page.table("tblKpi", 22, 2, KPI_FIELDS)
    return page


def rfm(book: Book) -> Page:
    """Segments with their share and action, and below them every customer."""
    page = book.page(
        "RFM",
        "RFM-segmenten",
        "R: hoe kort geleden, F: hoe vaak, M: hoeveel. Scores 1 (laag) tot 5 (hoog), in vijf gelijke groepen.",
        (24, 15, 14, 14, 14, 15, 10, 10, 24, 34),
    )
    page.table("tblSegmenten", 4, 2, SEGMENT_FIELDS)
    page.sheet.conditional_format(
        4, 3, 4, 3, {"type": "data_bar", "bar_color": TEAL, "bar_solid": True, "data_bar_2010": True}
    )
    page.sheet.conditional_format(
        4, 5, 4, 5, {"type": "data_bar", "bar_color": ORANGE, "bar_solid": True, "data_bar_2010": True}
    )
    page.heading("B18", "Alle klanten", "J")
    page.table("tblRfm", 19, 2, RFM_FIELDS)
    for column in (6, 7, 8):
        page.sheet.conditional_format(
            19,
            column,
            19,
            column,
            {"type": "2_color_scale", "min_color": "#FBE3DC", "max_color": "#BFE3DE"},
        )
    page.sheet.conditional_format(
        19, 9, 19, 9, {"type": "cell", "criteria": "==", "value": '"Kampioenen"',
                       "format": book.raw.add_format({"font_color": GOOD, "bold": True})}
    )  # fmt: skip
    page.text("B17", "Klik op het pijltje in een kop om te filteren of te sorteren.", "note")
    page.sheet.set_tab_color(GREY)
    return page
