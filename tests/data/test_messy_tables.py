"""Costs, contracts, targets, prices and customers as people keep them: totals, words, terms, two languages."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.data.declared_tables import CONTRACTEN, DOELEN, ENQUETE, KLANTEN, PRIJZEN
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.terms import term_named, term_of_header
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.tables import COSTS

TODAY = dt.date(2026, 11, 27)


def read(folder, table, text, **options):
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return read_table(folder / "t.csv", table, today=TODAY, **options)


def cells(table, headers, *rows, **options):
    return table_from_cells(table, headers, rows, source="Blad", today=TODAY, **options)


def left(checked):
    return [str(one) for one in checked.quality.left_out]


def said(checked, about):
    return [one.text for one in checked.quality.said if one.about == about]


# ── totals and means ────────────────────────────────────────────────────────────────────────


def test_a_title_amounts_in_words_and_a_total_of_costs_are_read_and_said(tmp_path):
    got = read(
        tmp_path,
        COSTS,
        "Marketingkosten 2026;;;\n;;;\nMaand;Kanaal;Bedrag excl. btw;Campagne\n"
        "jan-26;Google Ads;€ 1.234,50;Voorjaar\nfeb-26;Google Ads;€ 900,-;\nTotaal;;€ 2.134,50;\n",
    )
    assert [row[2] for row in got.rows()] == [1234.5, 900]
    assert left(got) == ["1 rij: een totaal of gemiddelde"]
    assert (got.quality.rows_read, got.quality.amount_kept) == (3, 2134.5)


@pytest.mark.slow
def test_costs_of_a_workbook_with_two_lines_of_heads_in_english(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        [None, None, "Amount", "Campaign"],
        ["Month", "Channel", "spent (EUR)", "name"],
        [dt.date(2026, 1, 1), "Facebook", 10.5, "A"],
        [dt.date(2026, 2, 1), "Facebook", 20, "B"],
        ["Total", None, 30.5, None],
    ]:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    got = read_table(tmp_path / "t.xlsx", COSTS, today=TODAY)
    assert [row[1:] for row in got.rows()] == [("Facebook", 10.5, "A", None), ("Facebook", 20, "B", None)]
    assert left(got) == ["1 rij: een totaal of gemiddelde"]


@pytest.mark.parametrize(
    ("table", "headers", "row", "total"),
    [
        (DOELEN, ["kpi", "periode", "doel"], ["omzet", "2026", 5], ["omzet", "Totaal", 5]),
        (DOELEN, ["kpi", "doel"], ["omzet", 5], ["Totaal", 5]),
        (KLANTEN, ["Klantnr.", "Plaats"], ["1001", "Utrecht"], ["Totaal: 2", ""]),
        (PRIJZEN, ["product", "concurrent", "prijs"], ["fiets", "x", 5], ["Gemiddelde", "", 5]),
        (ENQUETE, ["Datum", "NPS"], ["1-2-2026", 0], ["Gemiddelde", "6,3"]),
        (ENQUETE, ["Datum", "klant", "NPS"], ["1-2-2026", "a", 0], ["", "Average", "6.3"]),
    ],
)
def test_a_total_or_mean_is_no_row_of_any_table(table, headers, row, total):
    got = cells(table, headers, row, total, reading=Reading(scale="0-10"))
    assert len(got.rows()) == 1
    assert left(got) == ["1 rij: een totaal of gemiddelde"]
    assert got.quality.problems == ()


@pytest.mark.parametrize(
    ("table", "headers", "row"),
    [
        (KLANTEN, ["klant", "plaats"], ["Total Energies", "Utrecht"]),
        (DOELEN, ["kpi", "periode", "doel"], ["Gemiddelde orderwaarde", "2026", 5]),
        (DOELEN, ["kpi", "periode", "doel"], ["Totale omzet", "2026", 5]),
        (CONTRACTEN, ["start", "plan", "klant"], ["1-1-2026", "Totaalpakket", "a"]),
    ],
)
def test_a_name_that_begins_like_a_total_is_a_row(table, headers, row):
    got = cells(table, headers, row)
    assert len(got.rows()) == 1
    assert left(got) == []


def test_a_mean_below_the_answers_hides_no_aspect(tmp_path):
    got = read(
        tmp_path,
        ENQUETE,
        "Tijdstempel;NPS;Service;Prijs;Leeftijd\n1-2-2026 10:00:00;9;4;5;44\n2-2-2026 10:00:00;0;2;3;61\n"
        "Gemiddelde;4,5;3,0;4,0;52\n",
        reading=Reading(scale="1-5"),
    )
    assert [row[3] for row in got.rows()] == [None, "Service", "Prijs"] * 2


# ── contracts ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", ["lopend", "Loopt nog", "n.v.t.", "onbepaalde tijd", "heden", "active", "-"])
def test_a_word_in_place_of_an_end_says_that_the_contract_runs(word):
    got = cells(CONTRACTEN, ["start", "eind"], ["1-2-2025", word], ["1-2-2025", "1-3-2026"])
    assert [row[1] for row in got.rows()] == [None, dt.date(2026, 3, 1)]
    assert said(got, "eind") == ["1 keer een woord als lopend: dan is er geen einde"]


def test_an_end_that_nobody_knows_is_a_problem():
    got = cells(CONTRACTEN, ["start", "eind"], ["1-2-2025", "onbekend"], ["1-2-2025", ""])
    assert [one.text for one in got.quality.problems] == ["onbekend"]


@pytest.mark.parametrize(
    ("told", "term"),
    [
        *(("maand", "maand"), ("per maand", "maand"), ("p/m", "maand"), ("month", "maand")),
        *(("per 3 maanden", "kwartaal"), ("6 maanden", "halfjaar"), ("Per jaar", "jaar"), ("yearly", "jaar")),
    ],
)
def test_the_term_of_an_amount_stands_in_a_column(told, term):
    got = cells(CONTRACTEN, ["start", "bedrag", "interval"], ["1-2-2025", 10, told])
    assert dict(zip(CONTRACTEN.headers, got.rows()[0], strict=True))["termijn"] == term
    assert term_named(told) == term


@pytest.mark.parametrize(
    ("header", "term"),
    [
        ("Bedrag per maand", "maand"),
        ("MRR", "maand"),
        ("Contributie per jaar", "jaar"),
        ("Annual amount", "jaar"),
    ],
)
def test_the_term_of_an_amount_stands_in_its_header(header, term):
    got = cells(CONTRACTEN, ["start", header, "termijn"], ["1-2-2025", 10, "jaar"])
    row = dict(zip(CONTRACTEN.headers, got.rows()[0], strict=True))
    assert (row["bedrag"], row["termijn"]) == (10, term)
    assert term_of_header(header) == term
    assert said(got, "termijn") == [f"{header!r} is per {term}, zoals de kop zegt"]


def test_amounts_of_two_terms_are_said_and_a_strange_one_stays_empty():
    rows = [["1-2-2025", 10, "month"], ["1-2-2025", 99, "year"], ["1-2-2025", 3, "4 weken"]]
    got = cells(CONTRACTEN, ["start", "amount", "interval"], *rows)
    at = CONTRACTEN.headers.index("termijn")
    assert [row[at] for row in got.rows()] == ["maand", "jaar", None]
    assert said(got, "termijn") == [
        "'4 weken' kennen wij niet (1 keer): van welke termijn dat is, blijft leeg"
    ]
    mixed = "bedragen per jaar (1) en per maand (1) staan door elkaar: tel ze niet zomaar op"
    no_end, told = got.quality.notes
    assert "geen enkel contract heeft een einde" in no_end
    assert told == mixed


# ── targets ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Doel 2026", (dt.date(2026, 1, 1), "jaar")),
        ("Target Q2 2026", (dt.date(2026, 4, 1), "kwartaal")),
        ("Doel", (None, None)),
    ],
)
def test_the_header_of_a_goal_may_name_its_period(header, period):
    got = cells(DOELEN, ["KPI", header, "Norm"], ["NPS", 30, 25], ["Retentie", "80%", "75%"])
    assert [(row[1], row[3]) for row in got.rows()] == [period] * 2
    assert [row[2] for row in got.rows()] == [30, 0.8]
    assert "voor doel kon ook 'Norm'" in got.quality.notes[0]


# ── one scale for each question ─────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_scale_that_cannot_be_of_a_question_is_asked_for_by_its_name(tmp_path, capsys):
    from klantwaarde_xl.cli.commands import main

    path = tmp_path / "e.csv"
    path.write_text("NPS;CSAT;CES\n9;4;6\n0;5;7\n", encoding="utf-8")
    words = ["controleer", "--tabel", "enquete", str(path), "--schaal", "1-5"]
    assert main(words) != 0
    assert '--schaal "CES=1-7"' in capsys.readouterr().err
    recipe = ["--recept", str(tmp_path / "r.json")]
    assert main([*words, "--schaal", "CES=1-7", *recipe]) == 0
    assert "'CES': 2 van 1 t/m 7" in capsys.readouterr().out
    assert main([*words[:4], *recipe]) == 0
    assert main([*words, "--schaal", "CES=1-6"]) != 0
    assert "--schaal 1-6 bestaat niet" in capsys.readouterr().err


# ── what typed cells and other words bring ──────────────────────────────────────────────────


@pytest.mark.slow
def test_targets_of_a_workbook_with_a_year_a_share_and_a_mean(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ["Doelen", None, None],
        [None, None, None],
        ["Kerncijfer", "Periode", "Doel"],
        ["Retentie", 2026, 0.8],
        ["NPS", "Q1 2026", 30],
        ["omzet", dt.date(2026, 3, 1), "€ 10.000,00"],
        ["Gemiddelde", None, 3343.6],
    ]:
        book.active.append(row)
    book.active["C4"].number_format = "0%"
    book.save(tmp_path / "d.xlsx")
    got = read_table(tmp_path / "d.xlsx", DOELEN, today=TODAY)
    assert got.rows() == [
        ("Retentie", dt.date(2026, 1, 1), 0.8, "jaar", None, None),
        ("NPS", dt.date(2026, 1, 1), 30, "kwartaal", None, None),
        ("omzet", dt.date(2026, 3, 1), 10000, "maand", None, None),
    ]
    assert left(got) == ["1 rij: een totaal of gemiddelde"]


def test_a_survey_in_two_files_of_one_shape_is_read_together(tmp_path):
    for name, rows in (("a", "9;4;5\n0;5;4\n"), ("b", "10;1;2\n8;x;3\n")):
        (tmp_path / f"{name}.csv").write_text(f"NPS;Service (1-5);Prijs (1-5)\n{rows}", encoding="utf-8")
    got = read_table(tmp_path, ENQUETE, today=TODAY, skip_refused=True)
    assert [row[1] for row in got.rows()] == [9, 4, 5, 0, 5, 4, 10, 1, 2]
    assert [str(one) for one in got.quality.problems] == [
        "b.csv, rij 3, kolom Service (1-5): dit is geen score op de schaal van deze vraag ('x')"
    ]
