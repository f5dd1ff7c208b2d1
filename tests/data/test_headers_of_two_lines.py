"""Headers of two lines, of which the second parts a column of the first."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import KlantwaardeError
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

ROWS = (
    "4-3-2025;Wever;Kaars;2;10,00;12,10\n5-3-2025;Smid;Lamp;1;20,00;24,20\n6-3-2025;Wever;Vaas;3;7,00;8,47\n"
)
PARTED = ["Datum;Klant;Verkoop;;Prijs;", "Datum;Klant;Verkoop;Verkoop;Prijs;Prijs", "Datum;Klant;Verkoop;;Bedrag;",
          "Datum;Klant;Verkoop;Verkoop;Totaal;Totaal"]  # fmt: skip


@pytest.mark.parametrize("above", PARTED)
def test_a_line_that_parts_columns_of_the_header_is_of_it(write, above):
    checked = read(write(f"{above}\n;;artikel;stuks;exclusief btw;inclusief btw\n{ROWS}"))
    assert figures(checked) == (3, 37.0, 37.0, 2)
    assert any("twee regels" in note for note in checked.quality.notes)
    assert dict(checked.quality.headers)["bedrag"].endswith("exclusief btw")


@pytest.mark.parametrize("name", ["inclusief btw", "Bedrag inclusief btw"])
def test_a_column_of_such_a_header_is_typed_by_its_second_word_or_both(write, name):
    path = write(f"Datum;Klant;Verkoop;;Bedrag;\n;;artikel;stuks;exclusief btw;inclusief btw\n{ROWS}")
    assert figures(typed(path, f'--kolommen "bedrag={name}"')) == (3, 44.77, 44.77, 2)


@pytest.mark.parametrize("below", [
    "(dag);naam;artikel;stuks;excl. btw;incl. btw", ";;artikel;stuks;excl. btw;incl. btw (EUR)",
])  # fmt: skip
def test_a_second_line_may_say_what_belongs_in_other_columns(write, below):
    checked = read(write(f"Datum;Klant;Verkoop;;Bedrag;\n{below}\n{ROWS}"))
    assert figures(checked) == (3, 37.0, 37.0, 2)
    assert dict(checked.quality.headers)["klant"] == "Klant"


@pytest.mark.parametrize("below", ["(dag-maand-jaar);(wie);;in euro", ";;;EUR", ";;wat;(verplicht)"])
def test_a_line_that_says_what_belongs_below_each_header_is_no_row(write, below):
    checked = read(
        write(f"Datum;Klant;Artikel;Bedrag\n{below}\n4-3-2025;Wever;Kaars;5\n5-3-2025;Smid;Vaas;6\n")
    )
    assert (figures(checked), checked.quality.rows_read) == ((2, 11.0, 11.0, 2), 2)
    assert any("twee regels" in note for note in checked.quality.notes)


def test_a_currency_below_the_header_of_amounts_is_theirs(write):
    checked = read(write("Datum;Klant;Status;Bedrag\n;;(keuze);(USD)\n4-3-2025;Wever;Betaald;5\n"
                         "5-3-2025;Smid;Geannuleerd;6\n"))  # fmt: skip
    assert checked.quality.currency == "USD"
    assert figures(checked)[:2] == (1, 5.0)


@pytest.mark.parametrize(
    "first", ["maart;Wever;Kaars;gratis", "4-3-2025;Wever;Kaars;gratis", ";Wever;Kaars;n.v.t."]
)
def test_a_row_with_a_day_or_nought_below_the_header_is_no_part_of_it(write, first):
    try:
        checked = read(write(f"Datum;Klant;Artikel;Bedrag\n{first}\n5-3-2025;Smid;Vaas;6\n"))
    except KlantwaardeError:
        return
    assert not any("twee regels" in note for note in checked.quality.notes)


def test_a_row_of_words_below_whole_columns_is_no_header(write):
    text = "Datum;Klant;Artikel;Kleur;Bedrag\n;;vervallen;vervallen;\n4-3-2025;Wever;Kaars;rood;5,00\n"
    checked = read(write(text + "5-3-2025;Smid;Lamp;wit;6,00\n"))
    assert dict(checked.quality.headers)["bedrag"] == "Bedrag"
    assert figures(checked)[:2] == (2, 11.0)


def test_a_row_with_figures_is_data_and_not_taken_for_a_header(write):
    text = (
        "Datum;Klant;Verkoop;;Bedrag;\n4-3-2025;Wever;Kaars;2;10,00;12,10\n5-3-2025;Smid;Lamp;1;20,00;24,20\n"
    )
    try:
        found = figures(read(write(text)))
    except KlantwaardeError:
        return
    assert found[:2] == (2, 30.0)


@pytest.mark.slow
def test_merged_names_above_their_parts_are_read_on_each_sheet(tmp_path):
    book = openpyxl.Workbook()
    for month in (3, 4):
        sheet = book.active if month == 3 else book.create_sheet()
        sheet.title = f"Maand {month}"
        for row in (["Verkopen"], ["Datum", "Klant", "Verkoop", None, "Bedrag", None],
                    [None, None, "artikel", "stuks", "excl. btw", "incl. btw"]):  # fmt: skip
            sheet.append(row)
        for area in ("A2:A3", "B2:B3", "C2:D2", "E2:F2"):
            sheet.merge_cells(area)
        for day in (1, 2, 3):
            sheet.append([dt.date(2025, month, day), f"K{day}", "Kaars", 1, 10 * month, 12.1 * month])
        sheet.append(["Totaal", None, None, None, 30 * month, 36.3 * month])
    book.save(tmp_path / "boek.xlsx")
    assert figures(read(tmp_path / "boek.xlsx")) == (6, 210.0, 210.0, 3)
