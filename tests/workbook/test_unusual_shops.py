"""Shops and surveys of an unusual shape: long lists, a hole, refunds only, nothing that changes, one season."""

import csv
import datetime as dt
import io
import re
import zipfile

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.content import examples_of
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.parts import sheet_named_in
from tests.books import SHIPPED, Looked, package_of, shipped

NOW = dt.datetime(2026, 11, 27, 9, 30)
MONEY = {"kw_marge": 0.4, "kw_rente": 0.08, "kw_kosten_klant": 5}
# Results that have other results below them, with the rows that they have at most
AT_MOST = {
    "cacmaanden": 12, "segmenten": 11, "segmentwaarde": 11, "segmentbeweging": 12, "waardebrug": 5, "acties": 4, "seizoen": 13,
    "modelkeuze": 3, "modeltoets": 12, "modelcontrole": 20, "voorspeltienden": 10, "voorspeltoets": 8, "prognosetop": 10,
    "toetsen": 8, "koopladder": 10, "koopintervallen": 7, "waardeverloop": 25,
}  # fmt: skip


def text(head, rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head.split(";"), *rows])
    return out.getvalue()


def package(folder, name, given, **inputs):
    con, read = duckdb.connect(), {}
    for table, (head, rows) in given.items():
        (folder / f"{table}.csv").write_text(text(head, rows), encoding="utf-8")
        read[table] = read_table(folder / f"{table}.csv", tables()[table], today=NOW.date(), con=con)
    return package_of(name, read, now=NOW, inputs=inputs)


def looked(folder, name, given, **inputs):
    return Looked(name, package(folder, name, given, **inputs).shown())


def orders(rows):
    return {"transacties": ("klant;datum;bedrag", rows)}


def monthly(months, customers=20, each=lambda one, month: 25 + one):
    return [
        (f"K{n}", f"{month}-{1 + n % 28:02}", each(n, month)) for month in months for n in range(customers)
    ]


MONTHS = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][:34]

# ── what grows ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", templates())
def test_nothing_stands_under_a_table_that_can_grow_into_it(name):
    for sheet, placed in layout_of(template(name)).pages:
        results = [one for one in placed if isinstance(one.block, b.ResultBlock)]
        for one in results:
            if any(two.row > one.row and two.column == one.column for two in placed):
                assert AT_MOST.get(one.block.result, 10**6) <= one.block.room + 1, (
                    sheet.name,
                    one.block.result,
                )


@pytest.mark.parametrize("name", templates())
def test_a_table_of_ten_years_is_printed_to_its_end(name):
    """What comes out as one page ends where it was laid out; what may go on beyond that is not one page."""
    bounded = AT_MOST | {
        "beste": 10,
        "maandbeeld": 25,
        "journaal": 1,
    }  # of the journal the last refresh is printed
    for sheet, placed in layout_of(template(name)).pages:
        if sheet.prints == "page":
            results = [one.block for one in placed if isinstance(one.block, b.ResultBlock)]
            assert all(bounded.get(one.result, 10**6) <= one.room for one in results), sheet.name


def test_forty_channels_have_a_place_and_long_names_do_not_run_off_the_page(tmp_path):
    names = [
        f"Een kanaal met een lange naam die nergens op een pagina past, nummer {n:02}" for n in range(40)
    ]
    rows = [(f"K{n}", f"{MONTHS[n % 34]}-05", 40) for n in range(400)]
    given = {
        **orders([*rows, ("K0", "2026-10-31", 40)]),
        "klanten": ("klant;kanaal", [(f"K{n}", names[n % 40]) for n in range(400)]),
        "kosten": ("maand;kanaal;bedrag", [(month, name, 50) for month in MONTHS[-12:] for name in names]),
    }
    made = package(tmp_path, "cac-kanalen", given, **MONEY)
    assert len(made.read_table("tblKanalen").rows) == 40
    book = Looked("cac-kanalen", made.shown())
    assert all(len(name) <= 34 for name in book.column("kanalen", "kanaal"))
    assert len(book.message()) < 125
    assert not book.errors()


def test_a_survey_of_25_aspects_has_a_place_for_each(tmp_path):
    asked = [f"Hoe tevreden bent u over onderdeel {n:02}?" for n in range(25)]
    rows = [
        (f"2026-{1 + n % 9:02}-04", n % 11, *((n + n // k) % 5 + 1 for k in range(1, 26))) for n in range(90)
    ]
    given = {"enquete": (";".join(("datum", "nps", *asked)), rows)}
    made = package(tmp_path, "nps-onderzoek", given)
    assert len(made.read_table("tblEnqueteTrend").rows) == 26
    assert len(made.read_table("tblAntwoorden").rows) == 11 + 25 * 5
    book = Looked("nps-onderzoek", made.shown())
    value, note = book.card("Tevredenheid: CSAT")
    content = [sum((n + n // k) % 5 >= 3 for n in range(90)) / 90 for k in range(1, 26)]
    assert value == f"{round(100 * min(content))}% – {round(100 * max(content))}%"
    assert re.fullmatch(r"25 vragen; laagst Hoe tevre.*", note)
    assert not book.errors()


# ── charts ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name, one in templates().items() if one.refreshes])
def test_every_bar_begins_at_nought(name):
    """Its axis is told to, or holds the cell with nought, where values may lie below."""
    book = CalamineWorkbook.from_path(SHIPPED / f"klantwaarde-{name}.xlsx")
    with zipfile.ZipFile(SHIPPED / f"klantwaarde-{name}.xlsx") as parts:
        charts = [
            parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/charts/chart")
        ]
    # Of the scenarios that are compared, both sides of nought are among the values
    bars = [xml for xml in charts if "<c:barChart>" in xml and "<c:v>slechtst</c:v>" not in xml]
    for xml in bars:
        single = re.findall(r"<c:val><c:numRef><c:f>'([^!]+)'!\$([A-Z])\$(\d+)</c:f>", xml)
        cells = [
            (book.get_sheet_by_name(sheet.replace("''", "'")), ord(at) - 65, int(row))
            for sheet, at, row in single
        ]
        nought = [sheet.to_python(skip_empty_area=False)[row - 1][at] for sheet, at, row in cells]
        assert '<c:min val="0"/>' in xml or 0 in nought
    assert len(bars) >= (name != "rfm-segmenten")


def test_a_month_of_refunds_only_is_drawn_under_nought_and_counts_to_its_last_day(tmp_path):
    rows = monthly(MONTHS[:-1])
    book = looked(
        tmp_path, "dashboard", orders([*rows, ("K1", "2026-10-31", -90), ("K2", "2026-10-03", -60)])
    )
    assert book.column("maanden", "netto omzet")[-1] == -150
    assert book["kz_netto"] == "Netto omzet is in oktober 2026 lager: −€ 150, een jaar eerder € 690"
    assert "gegevens tot en met 31-10-2026" in book.shown["Dashboard"]["B2"]


# ── sentences ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("left_out", "says"), [(MONTHS[10:22], True), ((), False)])
def test_a_year_without_orders_asks_for_attention_and_the_board_is_told(tmp_path, left_out, says):
    rows = monthly([month for month in MONTHS if month not in left_out])
    book = looked(tmp_path, "directierapport", orders([*rows, ("K1", "2026-10-31", 20)]), **MONEY)
    assert ("Er ontbreekt geen tijd in de orders" in book.attention()) is says
    assert (
        book.messages()[-1].startswith("Van een deel van de tijd zijn er geen orders: zie Controle.") is says
    )


def test_customers_who_never_change_are_worth_what_they_were(tmp_path):
    book = looked(tmp_path, "directierapport", orders(monthly(MONTHS, each=lambda *_: 50)), **MONEY)
    said = [value for value in book.shown["Rapport"].values() if str(value).startswith("De waarde")]
    assert said[0] == "De waarde is even hoog als op 20-7-2026"
    assert not any("plus € 0" in str(value) for value in book.shown["Rapport"].values())
    assert any(
        "; de beste 2 klanten brengen 10% daarvan." in str(value) for value in book.shown["Rapport"].values()
    )


def test_a_shop_of_one_season_compares_groups_a_year_later_and_no_month_of_nought(tmp_path):
    months = [f"{year}-{month}" for year in range(2021, 2026) for month in (11, 12)]
    rows = [
        (f"K{n}", f"{month}-09", 20) for at, month in enumerate(months) for n in range(at * 4, at * 4 + 24)
    ]
    given = orders([*rows, ("K1", "2026-11-20", 20)])
    said = looked(tmp_path, "retentie-cohorten", given).message()
    assert re.match(r"Nieuwe groepen komen .* na 4 kwartalen", said)
    assert looked(tmp_path, "dashboard", given)["kz_netto"] == (
        "Netto omzet is nul in oktober 2026, en een jaar eerder ook"
    )


def test_three_groups_of_which_one_is_new_are_not_three_to_compare(tmp_path):
    rows = monthly(["2026-01", "2026-02", "2026-03"]) + [("X", "2026-05-03", 9), ("Y", "2026-09-30", 9)]
    said = looked(tmp_path, "retentie-cohorten", orders(rows)).message()
    assert said == "Met drie groepen die een kwartaal ouder zijn ziet u of nieuwe klanten vaker terugkomen."


def test_a_month_that_is_not_there_leaves_no_empty_frame_without_a_word(tmp_path):
    book = package(tmp_path, "dashboard", orders(monthly(MONTHS, customers=6)))
    book.edit(cells={"kw_maand": dt.date(2019, 5, 1)}, then=refill)
    page = list(Looked("dashboard", book.shown()).shown["Dashboard"].values())
    assert page.count("Kies een maand uit de lijst.") == 4


def test_one_question_of_satisfaction_beside_the_nps_is_the_csat(tmp_path):
    rows = [(f"2026-0{1 + 6 * (n % 2)}-04", (9, 3)[n % 2 and n % 4 > 1], 5 - n % 2) for n in range(40)]
    book = looked(tmp_path, "nps-onderzoek", {"enquete": ("datum;nps;csat", [*rows, ("2026-01-05", 0, 1)])})
    value, note = book.card("Tevredenheid: CSAT")
    assert value == pytest.approx(40 / 41)
    assert note.startswith("tussen ")
    assert "Csat is het enige aspect" in book.shown["Onderzoek"].values()


def test_an_nps_that_stays_stays(tmp_path):
    rows = [
        (f"2026-0{month}-0{day}", score) for month in (2, 8) for day, score in enumerate((0, 3, 9, 10, 5), 1)
    ]
    book = looked(tmp_path, "nps-onderzoek", {"enquete": ("datum;nps", rows)})
    assert "NPS bleef −20 (2026 K1 en 2026 K3)." in book.shown["Onderzoek"].values()
    assert "NPS per kwartaal: geen aantoonbare trend" in book.shown["Onderzoek"].values()


@pytest.mark.parametrize(("load", "worst"), [(9, "Moeite"), (5, "Service")])
def test_where_to_begin_is_what_falls_shortest_of_both_sides(load, worst):
    scores = {"kw_voordeel8": (8, 6), "kw_voordeel1": (7, 7), "kw_voordeel2": (7, 8), "kw_last3": (4, load)}
    typed = {
        f"{aspect}_{what}": score
        for aspect, pair in scores.items()
        for what, score in zip(("verwachting", "ervaring"), pair, strict=True)
    }
    book = Looked("klantbeleving", package_of("klantbeleving", now=NOW, inputs=typed).shown())
    assert book.message().endswith(f"2 aspecten vallen tegen: begin bij {worst}.")


def test_scenarios_that_are_all_as_now_are_one_value():
    typed = {name: value for name, value in examples_of(template("scenario")).items() if name.endswith("_nu")}
    book = Looked("scenario", package_of("scenario", now=NOW, inputs={"kw_rente": 0.08, **typed}).shown())
    said = [value for value in book.shown["Scenariopagina"].values() if str(value).startswith("Klantwaarde ")]
    assert re.fullmatch(r"Klantwaarde is overal € [\d.]+", said[-1])


def test_one_order_is_one_row_and_asks_for_no_choice_that_is_not_there(tmp_path):
    made = package(tmp_path, "dashboard", orders([("Ans", "2026-05-03", 25)]))
    shown = Looked("dashboard", made.shown()).shown
    assert shown["Gegevens"]["B2"].startswith("Transacties: 1 rij; afdruk")
    assert "Kies een maand uit de lijst." not in shown["Dashboard"].values()


def test_customers_who_cost_more_than_they_bring_are_said_to_in_every_workbook(tmp_path):
    rows = [
        (f"K{n}", f"{month}-08", 20) for at, month in enumerate(MONTHS) for n in range(at * 2, at * 2 + 20)
    ]
    given = {
        **orders([*rows, ("K0", "2026-10-31", 20)]),
        "klanten": ("klant;kanaal", [(f"K{n}", "Beurs") for n in range(100)]),
        "kosten": ("maand;kanaal;bedrag", [(month, "Beurs", 100) for month in MONTHS[-12:]]),
    }
    inputs = {**MONEY, "kw_kosten_klant": 900}
    said = looked(tmp_path, "cac-kanalen", given, **inputs).message()
    assert said.endswith("per klant en brengt minder dan niets: kosten per klant gaan boven de marge.")
    note = looked(tmp_path, "dashboard", given, **inputs).messages()[-1]
    assert "CLV : CAC is onder nul; de vuistregel is 3 of meer." in note


@pytest.mark.parametrize(("costs", "cac", "said"), [
    (50, 50, "Kosten en opbrengst en acquisitie brengen evenveel: € 5,00 per klant"),
    (10, 50, "Opbrengst en acquisitie brengen evenveel: € 5,00 per klant"),
    (10, 20, "Meer opbrengst brengt het meest: € 5,00 per klant"),
])  # fmt: skip
def test_buttons_that_bring_the_same_are_named(costs, cac, said):
    typed = {"kw_aankoopwaarde": 100, "kw_frequentie": 1, "kw_marge": 0.5, "kw_retentie": 0.0, "kw_rente": 0.0,
             "kw_kosten_klant": costs, "kw_cac": cac}  # fmt: skip
    book = Looked("basis", package_of("basis", now=NOW, inputs=typed).shown())
    assert said in book.shown["Sommen"].values()


@pytest.mark.parametrize("name", templates())
def test_the_way_back_and_the_state_of_the_checks_are_on_paper_of_every_sheet(name):
    package = shipped(name)
    printed = {
        sheet_named_in(one.formula): column_index(re.search(r"\$([A-Z]+)(?:\$\d+)?$", one.formula)[1])
        for one in package.structure.names
        if one.name == "_xlnm.Print_Area"
    }
    for sheet, formulas in package.formulas().items():
        links = [cell for cell, text in formulas.items() if text.startswith('HYPERLINK("#Start!A1"')]
        for cell in links:
            assert column_index(re.match("[A-Z]+", cell)[0]) <= printed.get(sheet, 16384), (sheet, cell)
        assert len(links) == (sheet != "Start"), sheet


def column_index(letters):
    return sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))
