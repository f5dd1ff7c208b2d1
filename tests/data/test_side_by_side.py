"""Tables with the same headers beside one another: all of them are read, or it is asked; never half."""

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.fixture
def sheet(tmp_path):
    def made(*rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "naast.xlsx"
        book.save(path)
        return path

    return made


@pytest.mark.slow
def test_two_tables_with_a_blank_column_between_are_read_as_one(sheet):
    checked = read(sheet(["Datum", "Klant", "Omzet", None, "Datum", "Klant", "Omzet"],
                         ["2025-03-04", "A", 5, None, "2025-04-04", "B", 7],
                         ["2025-03-09", "B", 6, None, None, None, None]))  # fmt: skip
    assert figures(checked) == (3, 18.0, 18.0, 2)
    note = next(note for note in checked.quality.notes if "naast elkaar" in note)
    assert "kolom A-C (2 rijen)" in note
    assert "kolom E-G (1 rij)" in note


def test_three_tables_against_one_another_in_text_are_read_as_one(write):
    text = "Klant;Bedrag;Datum;" * 3
    rows = "A;5;4-3-2025;B;6;5-3-2025;C;7;6-3-2025\nD;1;4-3-2025;;;;A;2;7-3-2025\n"
    assert figures(read(write(f"Winkel;;;Markt;;;Web\n{text.rstrip(';')}\n{rows}"))) == (5, 21.0, 21.0, 4)


@pytest.mark.slow
def test_a_table_of_returns_beside_the_sales_is_asked_about(sheet):
    path = sheet(["Verkopen", None, None, "Retouren"], ["Datum", "Klant", "Bedrag"] * 2,
                 ["2025-03-04", "A", 50, "2025-03-05", "A", 20])  # fmt: skip
    with pytest.raises(Ambiguous, match="'Retouren'"):
        read(path)


def test_what_was_invoiced_and_what_was_paid_of_it_are_not_added_up(write):
    text = "Factuur;;;Ontvangen\nDatum;Klant;Bedrag;Datum;Klant;Bedrag\n4-3-2025;A;50;9-3-2025;A;50\n"
    with pytest.raises(Ambiguous, match="naast elkaar"):
        read(write(text))


def test_a_table_beside_its_copy_is_caught(write):
    rows = "".join(f"{day}-3-2025;K{day};{day},00;;{day}-3-2025;K{day};{day},00\n" for day in range(1, 6))
    with pytest.raises(Ambiguous, match="gelijke rijen") as asked:
        read(write(f"Datum;Klant;Bedrag;;Datum;Klant;Bedrag\n{rows}"))
    assert "--blad" not in asked.value.remedy


def test_days_and_amounts_that_stand_twice_behind_one_customer_are_asked_about(write):
    path = write("Klant;Datum;Bedrag;Datum;Bedrag\nA;4-3-2025;50;9-4-2025;20\nB;5-3-2025;7;;\n")
    with pytest.raises(Ambiguous, match="meer dan eens") as asked:
        read(path)
    assert "--kolommen datum=2,bedrag=3" in asked.value.remedy
    assert figures(typed(path, "--kolommen datum=2,bedrag=3"))[:2] == (2, 57.0)


def test_a_second_table_that_is_empty_is_no_reason_to_ask(write):
    path = write("Klant;Datum;Bedrag;Datum;Bedrag\nA;4-3-2025;50;;\nB;5-3-2025;7;;\n")
    assert figures(read(path))[:2] == (2, 57.0)


def test_a_row_that_cannot_be_read_is_named_by_its_own_table(write):
    path = write(
        "Datum;Klant;Bedrag;;Datum;Klant;Bedrag\n4-3-2025;A;5;;5-3-2025;B;6\n6-3-2025;A;5;;7-3-2025;B;x\n"
    )
    with pytest.raises(Exception, match=r"kolom E-G.*rij 3|rij 3.*kolom E-G"):
        read(path)


@pytest.mark.slow
def test_the_currency_of_cells_in_the_second_table_is_seen_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Datum", "Klant", "Bedrag", None, "Datum", "Klant", "Bedrag"])
    book.active.append(["2025-03-04", "A", 5, None, "2025-03-05", "B", 7])
    book.active["G2"].number_format = "[$$-409]#,##0.00"
    book.active["C2"].number_format = "[$€-413] #,##0.00"
    book.save(tmp_path / "naast.xlsx")
    with pytest.raises(Ambiguous, match="valuta"):
        read(tmp_path / "naast.xlsx")
