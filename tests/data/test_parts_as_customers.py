"""A sheet, or a file, for each customer: its name says who it is, once the user says so."""

import datetime as dt
import re

import openpyxl
import pytest

from klantwaarde_xl.errors import ColumnsMissing, KlantwaardeError, UsageError
from tests.data.exported import figures, read, typed


def book(path, sheets, above=()):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in (*above, *rows):
            sheet.append(row)
    made.save(path)
    return path


def rows(*amounts):
    head = ["Datum", "Werk", "Bedrag"]
    return [head, *([dt.date(2025, 3, at), "maaien", amount] for at, amount in enumerate(amounts, start=1))]


@pytest.mark.slow
@pytest.mark.parametrize("above", [[], [["Overzicht van het werk"], []]])
def test_sheets_called_after_customers_are_proposed_and_read(tmp_path, above):
    sheets = {"Tuin Bos": rows(10, 20), "Fam. Das": rows(5.5), "Hof Eik": rows(4, 4)}
    path = book(tmp_path / "werk.xlsx", sheets, above)
    with pytest.raises(ColumnsMissing, match=r"'Blad' \(Tuin Bos\)") as asked:
        read(path)
    assert "'Blad'" not in str(asked.value).partition("Naar de inhoud")[0]
    checked = typed(path, re.search(r"--kolommen \S+[^.\s]", asked.value.remedy)[0])
    assert figures(checked) == (5, 43.5, 43.5, 3)
    assert {row[0] for row in checked.rows()} == set(sheets)


@pytest.mark.slow
@pytest.mark.parametrize("names", [("jan", "feb"), ("2023", "2024"), ("Blad1", "Blad2"), ("Q1", "Q2")])
def test_sheets_of_periods_are_no_customers_and_none_is_left_out_of_the_advice(tmp_path, names):
    path = book(tmp_path / "werk.xlsx", {name: rows(10 + at, 20 + at) for at, name in enumerate(names)})
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "Blad'" not in str(asked.value)
    assert "--blad" not in asked.value.remedy


@pytest.mark.slow
def test_a_sheet_of_another_shape_is_left_out_of_the_advice(tmp_path):
    path = book(tmp_path / "werk.xlsx", {"Bos": rows(10), "Das": rows(5), "Uitleg": [["Wat is dit", "Zie"]]})
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert '--blad "Bos" --blad "Das" --kolommen klant=Blad' in asked.value.remedy


def test_a_column_that_is_called_so_goes_before(tmp_path):
    head = ["Datum", "Blad", "Bedrag"]
    path = book(tmp_path / "werk.xlsx", {"jan": [head, [dt.date(2025, 3, 1), "B1", 7]]})
    assert typed(path, "--kolommen klant=Blad").rows()[0][0] == "B1"


def test_files_called_after_customers_are_read_so_too(tmp_path):
    for name, amount in (("Tuin Bos", "10,00"), ("Hof Eik", "2,50")):
        (tmp_path / f"{name}.csv").write_text(
            f"Datum;Bedrag\n3-3-2025;{amount}\n13-3-2025;{amount}\n", "utf-8"
        )
    checked = typed(tmp_path, "--kolommen klant=Bestand")
    assert figures(checked) == (4, 25.0, 25.0, 2)
    assert {row[0] for row in checked.rows()} == {"Tuin Bos", "Hof Eik"}


def months(year, *people):
    names = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    return [["Klant", *names, "Totaal"], *([who, *[each] * 12, 12 * each] for who, each in people)]


@pytest.mark.slow
@pytest.mark.parametrize("names", [("2023", "2024"), ("Omzet 2023", "Omzet 2024")])
def test_sheets_of_years_with_months_side_by_side_each_have_their_own_year(tmp_path, names):
    sheets = {name: months(name[-4:], ("Bos", 10), ("Das", at)) for at, name in enumerate(names, start=1)}
    checked = read(book(tmp_path / "omzet.xlsx", sheets))
    assert figures(checked) == (48, 276.0, 276.0, 2)
    assert (checked.first_day, checked.last_day) == (dt.date(2023, 1, 1), dt.date(2024, 12, 1))


@pytest.mark.slow
def test_a_wrong_cell_of_such_a_sheet_is_shown_with_its_sheet_row_and_column(tmp_path):
    sheets = {"2023": months("2023", ("Bos", 10)), "2024": months("2024", ("Bos", 10))}
    sheets["2024"][1][3] = "3 of 4"
    with pytest.raises(
        Exception, match=r"blad 2024.*kolom 'mrt 2024'.*rij 2|blad 2024, rij 2, kolom 'mrt 2024'"
    ):
        read(book(tmp_path / "omzet.xlsx", sheets))


def test_files_of_years_with_months_side_by_side_are_read_together(tmp_path):
    months = "jan;feb;mrt;apr;mei;jun;jul;aug;sep;okt;nov;dec"
    for year in (2023, 2024):
        text = f"Klant;{months}\nBos;{';'.join(['1,50'] * 12)}\nDas;{';'.join(['2,00'] * 12)}\n"
        (tmp_path / f"omzet-{year}.csv").write_text(text.replace("2,00", f"{year - 2020},00"), "utf-8")
    checked = read(tmp_path)
    assert figures(checked) == (48, 120.0, 120.0, 2)
    assert (checked.first_day, checked.last_day) == (dt.date(2023, 1, 1), dt.date(2024, 12, 1))


BLOCKS = """Tuin Bos;;
Datum;Werk;Bedrag
3-3-2025;maaien;10,00
13-3-2025;snoeien;20,00
;;
Hof Eik;;
Datum;Werk;Bedrag
4-3-2025;maaien;2,50
Totaal;;2,50
"""


def test_blocks_called_after_customers_are_proposed_and_read(tmp_path):
    (tmp_path / "werk.csv").write_text(BLOCKS, "utf-8")
    with pytest.raises(ColumnsMissing, match=r"'Titel' \(Tuin Bos\)"):
        read(tmp_path / "werk.csv")
    checked = typed(tmp_path / "werk.csv", "--kolommen klant=Titel")
    assert figures(checked) == (3, 32.5, 32.5, 2)
    assert {row[0] for row in checked.rows()} == {"Tuin Bos", "Hof Eik"}


@pytest.mark.slow
def test_blocks_of_a_workbook_are_read_so_too(tmp_path):
    lines = [line.split(";") for line in BLOCKS.replace(",", ".").splitlines()]
    cells = [
        [float(text) if text.replace(".", "").isdigit() else text or None for text in line] for line in lines
    ]
    path = book(tmp_path / "werk.xlsx", {"2025": cells})
    assert figures(typed(path, "--kolommen klant=Titel")) == (3, 32.5, 32.5, 2)


@pytest.mark.parametrize("change", [("Tuin Bos", "januari 2025"), ("Hof Eik", "Retouren"), ("Hof Eik", "")])
def test_titles_of_periods_or_missing_ones_are_no_customers(tmp_path, change):
    (tmp_path / "werk.csv").write_text(BLOCKS.replace(*change), "utf-8")
    with pytest.raises(KlantwaardeError) as asked:
        read(tmp_path / "werk.csv")
    assert "Titel" not in str(asked.value)


def test_a_title_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "werk.csv").write_text("Datum;Bedrag\n3-3-2025;10,00\n", "utf-8")
    with pytest.raises(UsageError, match="geen kolom 'Titel'"):
        typed(tmp_path / "werk.csv", "--kolommen klant=Titel")
