"""Months, quarters and competitors side by side: a row for each cell."""

import datetime as dt
import sqlite3

import openpyxl
import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import Ambiguous, KlantwaardeError, RowsRefused
from tests.data.exported import TODAY, figures, read, write

__all__ = ["write"]

COSTS = "Kanaal;nov-23;dec-23;jan-24;Totaal\nAds;10,50;20,25;;30,75\nMail;1,00;0;3,00;4,00\n"


def of(name, path, **options):
    return read_table(path, tables()[name], today=TODAY, **options)


def notes(checked):
    return " | ".join(checked.quality.notes)


def test_costs_with_months_side_by_side_are_a_row_for_each_month(write):
    checked = of("kosten", write(COSTS))
    assert checked.rows()[:3] == [
        (dt.date(2023, 11, 1), "Ads", 10.5, None, None),
        (dt.date(2023, 12, 1), "Ads", 20.25, None, None),
        (dt.date(2023, 11, 1), "Mail", 1.0, None, None),
    ]
    assert checked.count() == 5
    assert "3 kolommen staan naast elkaar" in notes(checked)
    assert "kon ook" not in notes(checked)


def test_months_side_by_side_take_the_year_of_their_row(write):
    checked = of("kosten", write("Jaar;Kanaal;januari;februari\n2023;Ads;1,50;2,50\n2024;Ads;3,50;4,50\n"))
    assert [row[0] for row in checked.rows()] == [dt.date(y, m, 1) for y in (2023, 2024) for m in (1, 2)]


@pytest.mark.slow
def test_a_workbook_with_months_side_by_side_is_read_too(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Begroting van ons"])
    sheet.append(["Kanaal", dt.date(2024, 1, 1), dt.date(2024, 2, 1)])
    sheet.append(["Ads", 10.5, 20])
    book.save(tmp_path / "kosten.xlsx")
    checked = of("kosten", tmp_path / "kosten.xlsx")
    assert [row[:3] for row in checked.rows()] == [
        (dt.date(2024, 1, 1), "Ads", 10.5),
        (dt.date(2024, 2, 1), "Ads", 20.0),
    ]


@pytest.mark.parametrize(
    "head", ["Q1 2026;Q2 2026", "1e kwartaal 2026;2e kwartaal 2026", "Doel Q1 2026;Doel Q2 2026"]
)
def test_goals_with_quarters_side_by_side_are_goals_of_quarters(write, head):
    checked = of("doelen", write(f"KPI;{head}\nNPS;30;\nomzet;1000;2500\n"))
    assert [row[:4] for row in checked.rows()] == [
        ("NPS", dt.date(2026, 1, 1), 30.0, "kwartaal"),
        ("omzet", dt.date(2026, 1, 1), 1000.0, "kwartaal"),
        ("omzet", dt.date(2026, 4, 1), 2500.0, "kwartaal"),
    ]


def test_prices_of_competitors_side_by_side_are_a_row_for_each_competitor(write):
    checked = of(
        "prijzen",
        write("Artikel;Prijs;Winkel Noord;De Buur;Voorraad\nMok;12,50;11,99;13,00;5\nBord;20,00;;19,95;7\n"),
    )
    assert [row[:4] for row in checked.rows()] == [
        ("Mok", "Winkel Noord", 11.99, 12.5),
        ("Mok", "De Buur", 13.0, 12.5),
        ("Bord", "De Buur", 19.95, 20.0),
    ]
    assert "niet gelezen: 'Voorraad'" in notes(checked)


def test_customers_with_months_side_by_side_are_orders_of_those_months(write):
    checked = of("transacties", write("Klant;nov-23;dec-23\nA;10,50;0,00\nB;;20,25\n"))
    assert figures(checked) == (2, 30.75, 30.75, 2)
    assert [row[1] for row in checked.rows()] == [dt.date(2023, 11, 1), dt.date(2023, 12, 1)]


def test_a_cell_that_is_no_figure_is_refused_with_its_row_and_column(write):
    with pytest.raises(RowsRefused) as refused:
        of("kosten", write(COSTS.replace("20,25", "veel")))
    assert "rij 2" in str(refused.value)
    assert "dec-23" in str(refused.value)


def test_a_table_with_rows_of_its_own_is_left_as_it_is(write):
    checked = of("kosten", write("Maand;Kanaal;Bedrag;jan-24;feb-24\n2024-03;Ads;10,50;1,00;2,00\n"))
    assert [row[:3] for row in checked.rows()] == [(dt.date(2024, 3, 1), "Ads", 10.5)]


def test_months_side_by_side_without_any_year_are_asked_about(write):
    path = write("Kanaal;jan;feb\nAds;1,50;2,50\n")
    with pytest.raises(Ambiguous, match="maanden zonder jaar"):
        of("kosten", path)
    read = of("kosten", path, reading=Reading(year=2024))
    assert [row[0] for row in read.rows()] == [dt.date(2024, m, 1) for m in (1, 2)]


@pytest.mark.parametrize(
    ("heads", "days"),
    [
        ("nov;dec;jan;feb", [(2023, 11), (2023, 12), (2024, 1), (2024, 2)]),
        ("dec;jan", [(2023, 12), (2024, 1)]),
        ("feb;jan;dec;nov", [(2023, 2), (2023, 1), (2022, 12), (2022, 11)]),
        ("jul;okt;jan;apr", [(2023, 7), (2023, 10), (2024, 1), (2024, 4)]),
        ("Q3;Q4;Q1;Q2", [(2023, 7), (2023, 10), (2024, 1), (2024, 4)]),
        ("mei;feb;sep", [(2023, 5), (2023, 2), (2023, 9)]),
        ("jan;dec", [(2023, 1), (2023, 12)]),
    ],
)
def test_months_that_go_on_after_december_are_of_the_next_year(write, heads, days):
    amounts = ";".join("1,50" for _ in days)
    read = of("transacties", write(f"Klant;{heads}\nA;{amounts}\n"), reading=Reading(year=2023))
    assert sorted(row[1] for row in read.rows()) == sorted(dt.date(*day, 1) for day in days)


def test_one_year_above_months_of_two_is_asked_about_and_each_answer_works(write):
    path = write("Omzet 2024\nKlant;nov;dec;jan;feb\nA;1,50;1,50;1,50;1,50\n")
    with pytest.raises(Ambiguous, match="jaarwisseling") as asked:
        of("transacties", path)
    assert "is 'jan' in 2024, dan --jaar 2023; is 'nov' in 2024, dan --jaar 2024" in asked.value.remedy
    rows = of("transacties", path, reading=Reading(year=2023)).rows()
    assert max(row[1] for row in rows) == dt.date(2024, 2, 1)


def test_what_was_read_from_columns_side_by_side_is_read_again_by_its_recipe(write):
    path = write(COSTS)
    first = of("kosten", path)
    assert of("kosten", path, recipe=first.recipe).rows() == first.rows()


def test_a_table_of_answers_in_a_database_is_named_first(tmp_path):
    path = tmp_path / "winkel.sqlite"
    with sqlite3.connect(path) as con:
        con.execute("create table bestellingen (klantnr, besteldatum, bedrag)")
        con.execute('create table reacties (ingevuld, "Wat vond u van de bezorging?")')
    con.close()
    with pytest.raises(Ambiguous) as asked:
        of("enquete", path)
    assert "De kolommen voor enquete staan in: reacties." in str(asked.value)


def _months(*people):
    head = ["Klant", "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    return [head, *([who, *[each] * 12] for who, each in people)]


def _text(rows):
    return "\n".join(";".join(map(str, row)) for row in rows) + "\n"


@pytest.mark.parametrize(
    "word", ["Totaal", "Eindtotaal", "Total:", "Gesamt-Summe".replace("-", "").casefold()]
)
@pytest.mark.parametrize("below", ["", ";;\n"])
def test_a_total_below_months_side_by_side_is_left_out_and_said(tmp_path, word, below):
    path = tmp_path / "omzet-2024.csv"
    path.write_text(_text(_months(("Bos", 2), ("Das", 3), (word, 5))) + below, "utf-8")
    checked = read(path)
    assert figures(checked) == (24, 60.0, 60.0, 2)
    assert any("is een totaal" in note for note in checked.quality.notes)


def test_a_total_above_other_rows_is_refused(tmp_path):
    path = tmp_path / "omzet-2024.csv"
    path.write_text(_text(_months(("Bos", 2), ("Totaal", 2), ("Das", 3))), "utf-8")
    with pytest.raises(KlantwaardeError, match="totaalregel"):
        read(path)


@pytest.mark.slow
def test_a_sheet_of_years_beside_sheets_of_months_is_asked_about(tmp_path):
    made = openpyxl.Workbook()
    made.remove(made.active)
    years = [["Klant", 2023, 2024], ["Bos", 24, 24], ["Das", 36, 36]]
    for name, rows in {
        "Overzicht": years,
        "2023": _months(("Bos", 2), ("Das", 3)),
        "2024": _months(("Bos", 2), ("Das", 3)),
    }.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(tmp_path / "omzet.xlsx")
    with pytest.raises(Ambiguous) as asked:
        read(tmp_path / "omzet.xlsx")
    assert '--blad "2023" --blad "2024"' in asked.value.remedy
    assert figures(read(tmp_path / "omzet.xlsx", sheets=("2023", "2024"))) == (48, 120.0, 120.0, 2)


@pytest.mark.parametrize("years", [("2023", "", "2024", ""), ("2023", "2023", "2024", "2024")])
@pytest.mark.parametrize("title", ["", "Omzet per klant\n\n"])
def test_years_may_stand_in_the_row_above_their_months(write, years, title):
    rows = f"{';'.join(['', *years])}\nKlant;nov;dec;jan;feb\nVos;10,50;;3,00;4,00\nBos;;2,50;;1,00\n"
    checked = read(write(f"{title}{rows}"))
    assert figures(checked) == (5, 21.0, 21.0, 2)
    assert (checked.first_day, checked.last_day) == (dt.date(2023, 11, 1), dt.date(2024, 2, 1))


def test_years_above_months_in_a_workbook(tmp_path):
    made = openpyxl.Workbook()
    for row in [
        [None, 2023, None, 2024, None],
        ["Klant", "Nov", "Dec", "Jan", "Feb"],
        ["Vos", 10.5, None, 3, 4],
    ]:
        made.active.append(row)
    made.save(tmp_path / "omzet.xlsx")
    assert figures(read(tmp_path / "omzet.xlsx"))[:2] == (3, 17.5)


def _numbered(*rows):
    months = ["jan", "feb", "mrt", "apr"]
    return _text([["Klantnummer", "Bedrijf", *(f"{month} 2024" for month in months)], *rows])


def test_a_total_is_known_by_its_word_in_another_column_than_the_customers(write):
    rows = [(31, "Bos", 2, 3, 4, 5), (47, "Das", 1, "", 1, 2), ("", "Totaal", 3, 3, 5, 7)]
    checked = read(write(_numbered(*rows)))
    assert figures(checked) == (7, 18.0, 18.0, 2)
    assert any("'Totaal', is een totaal" in note for note in checked.quality.notes)


def test_a_question_about_a_total_between_rows_names_the_row_of_the_file(write):
    rows = [(31, "Bos", 2, 3, 4, 5), ("", "Totaal", 2, 3, 4, 6), (47, "Das", 1, "", 1, 2)]
    with pytest.raises(KlantwaardeError) as error:
        read(write(_numbered(*rows)))
    assert "rij 3" in error.value.where


def test_a_customer_with_a_number_whose_name_is_a_word_for_a_total_is_no_total(write):
    rows = [(31, "Bos", 2, 3, 4, 5), (47, "Som", 1, "", 1, 2)]
    with pytest.raises(Ambiguous, match="'Som'"):
        read(write(_numbered(*rows)))
