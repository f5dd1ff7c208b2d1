"""Sheets and files: which are read, which are read together, and which are asked about."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.reading import sheets_of
from klantwaarde_xl.data.reading.files import read_table, transactions_from_cells
from klantwaarde_xl.data.reading.sources.parts import is_copy
from klantwaarde_xl.data.reading.sources.source import PART, Source
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, RowsRefused, UsageError
from tests.data.files_read import CASES, HEAD, TODAY, read, total


@pytest.fixture
def book(tmp_path):
    """A workbook of sheets by name, each a list of rows."""

    def _book(sheets, name="a.xlsx", merged=()):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
            for area in merged:
                sheet.merge_cells(area)
        made.save(tmp_path / name)
        return tmp_path / name

    return _book


def days(month, customers, amount=10):
    return [HEAD, *([f"K{n}", dt.date(2024, month, n), amount] for n in range(1, customers + 1))]


# ── sheets ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x3_blad_per_maand.xlsx", "x3_blad_per_maand.xls", "x3_blad_per_maand.ods"])
def test_sheets_of_one_shape_are_read_together_and_said(name):
    got = read(CASES / name)
    assert (len(got.rows()), got.quality.amount_kept) == (9, 200.0)
    assert any("jan (2 rijen), blad feb (3 rijen), blad mrt (4 rijen)" in note for note in got.quality.notes)


@pytest.mark.slow
def test_a_sheet_that_is_a_copy_by_its_name_is_asked_about():
    with pytest.raises(Ambiguous, match=r"Kopie oud \(12 rijen\), Orders \(6 rijen\)") as error:
        read(CASES / "x2_twee_bladen.xlsx")
    assert '--blad "Orders"' in error.value.remedy
    assert total(CASES / "x2_twee_bladen.xlsx", sheets=["orders"]) == (6, 60.0)


@pytest.mark.parametrize(
    "name", ["Orders (2)", "Kopie van Orders", "orders_oud", "Totaal 2024", "Backup", "Archief"]
)
def test_names_of_copies_are_known(name):
    assert is_copy(name, ["Orders", name])


@pytest.mark.parametrize("name", ["jan", "2024", "Oudenaarde", "Orders 2", "Kopieerpapier", "Q1 (2)"])
def test_names_of_other_sheets_are_no_copies(name):
    assert not is_copy(name, ["Orders", name])


@pytest.mark.slow
def test_a_sheet_that_holds_the_rows_of_others_is_asked_about(book):
    path = book({"jan": days(1, 4), "feb": days(2, 4), "jaar": days(1, 4) + days(2, 4)[1:]})
    with pytest.raises(Ambiguous, match="blad jan en blad jaar hebben 4 gelijke rijen"):
        read(path)
    assert total(path, sheets=["jaar"]) == (8, 80.0)
    assert total(path, sheets=["jan", "feb"]) == (8, 80.0)


@pytest.mark.slow
def test_sheets_of_two_shapes_are_asked_about(book):
    other = [["datum", "klant", "omzet"], [dt.date(2024, 3, 1), "A", 7]]
    path = book({"a": days(1, 2), "b": other})
    with pytest.raises(Ambiguous, match="niet dezelfde koppen"):
        read(path)
    assert total(path, sheets=["b"]) == (1, 7.0)


@pytest.mark.slow
def test_an_empty_sheet_with_the_headers_is_no_second_one(book):
    assert total(book({"Sjabloon": [HEAD], "Orders": days(1, 3)})) == (3, 30.0)


@pytest.mark.slow
def test_a_sheet_that_is_not_there_is_named_with_those_that_are(book):
    with pytest.raises(UsageError, match="geen blad 'mei'") as error:
        read(book({"jan": days(1, 1), "feb": days(2, 1)}), sheets=["mei"])
    assert "'jan', 'feb'" in error.value.remedy


@pytest.mark.slow
def test_a_problem_in_one_of_several_sheets_names_that_sheet_and_its_row(book):
    path = book({"jan": [["Titel"], *days(1, 3)], "feb": [*days(2, 3), ["B", "ooit", 5]]})
    with pytest.raises(RowsRefused, match="blad feb, rij 5, kolom datum"):
        read(path)
    assert total(path, skip_refused=True) == (6, 60.0)


@pytest.mark.slow
def test_a_question_about_one_of_several_sheets_names_that_sheet_and_its_row(book):
    path = book({"jan": days(1, 2), "feb": [*days(2, 2), ["B", "01/02/2024", 5]]})
    with pytest.raises(Ambiguous, match="--datumvolgorde") as error:
        read(path)
    assert "blad feb, rij 4" in error.value.where


def test_a_row_of_a_source_in_parts_is_found_back():
    source = Source(Path("map"), parts=(Source(Path("map/a.csv")), Source(Path("map/b.xlsx"), "x")))
    assert source.place(PART + 7) == ("b.xlsx, blad x", 7)
    assert source.at(3) == f"{Path('map/a.csv')}, rij 3"


def test_a_sheet_of_a_file_of_text_is_refused():
    with pytest.raises(UsageError, match="geen bladen"):
        read(CASES / "c13_utf16.csv", sheets=["Blad1"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x6_samengevoegde_klant.xlsx", "x6_samengevoegde_klant.xls"])
def test_a_merged_customer_counts_for_all_its_rows(name):
    got = read(CASES / name)
    assert [(row[0], row[2]) for row in got.rows()] == [("Alfa", 10), ("Alfa", 20), ("Beta", 5), ("Beta", 7)]
    assert any("samengevoegde cel" in note for note in got.quality.notes)


@pytest.mark.slow
def test_a_merged_amount_counts_once(book):
    rows = [HEAD, ["A", dt.date(2024, 1, 5), 100], ["B", dt.date(2024, 1, 6), None]]
    with pytest.raises(RowsRefused, match="rij 3, kolom bedrag: dit is niet ingevuld"):
        read(book({"Orders": rows}, merged=["C2:C3"]))


def test_the_cells_of_a_sheet_may_hold_line_breaks_and_quotes():
    cells = [['A "b"\nC', "1-2-2024", 5.0], ["D", "1-2-2024", 6.0]]
    got = transactions_from_cells(HEAD, cells, source="Gegevens", today=TODAY)
    assert [row[0] for row in got.rows()] == ['A "b" C', "D"]


@pytest.mark.slow
def test_a_header_that_lacks_a_column_is_shown_whole_and_not_the_title(book):
    path = book(
        {"Blad1": [["Verkooprapport 2024"], [], ["Relatie", "Factuurdatum", "Hoeveelheid"], ["A", "x", 1]]}
    )
    with pytest.raises(ColumnsMissing, match="Gevonden: 'Relatie', 'Factuurdatum', 'Hoeveelheid'"):
        read(path)


# ── several files ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path, book):
    """Three files of one shape and three encodings of it, and one that is no data."""
    (tmp_path / "export-1.csv").write_bytes(b"klant;datum;bedrag\nA;1-1-2024;5\nB;2-1-2024;6\n")
    (tmp_path / "export-2.csv").write_bytes("Titel\nKlant,Datum,Bedrag\nZoë,2024-02-01,7\n".encode("cp1252"))
    book({"Blad1": [HEAD, ["C", dt.date(2024, 3, 1), 8]]}, "export-3.xlsx")
    (tmp_path / "lees-mij.pdf").write_bytes(b"%PDF")
    return tmp_path


@pytest.mark.slow
def test_the_files_of_a_folder_are_read_together_and_said(folder):
    got = read(folder)
    assert [row[0] for row in got.rows()] == ["A", "B", "Zoë", "C"]
    assert any(
        "export-1.csv (2 rijen), export-2.csv (1 rij), export-3.xlsx" in note for note in got.quality.notes
    )
    assert any("lees-mij.pdf" in note for note in got.quality.notes)


@pytest.mark.slow
def test_a_pattern_chooses_files(folder):
    assert total(folder / "export-[12]*.csv") == (3, 18.0)


def test_a_pattern_that_no_file_has_is_said(folder):
    with pytest.raises(FileUnreadable, match="geen bestand met een naam"):
        read(folder / "order*.csv")


def test_the_same_file_twice_is_refused_with_both_names(folder):
    (folder / "export-1 (1).csv").write_bytes((folder / "export-1.csv").read_bytes())
    with pytest.raises(FileUnreadable, match=r"export-1 \(1\)\.csv en export-1\.csv hebben dezelfde inhoud"):
        read(folder)


def test_an_export_that_holds_another_is_asked_about_though_a_status_changed(tmp_path):
    (tmp_path / "a.csv").write_text("klant;datum;bedrag;staat\nA;1-1-2024;5;open\nB;2-1-2024;6;open\n")
    (tmp_path / "b.csv").write_text("klant;datum;bedrag;staat\nA;1-1-2024;5;betaald\nC;2-1-2024;7;open\n")
    with pytest.raises(Ambiguous, match="1 gelijke rijen"):
        read(tmp_path)


@pytest.mark.slow
def test_files_of_two_shapes_are_refused_with_both_headers(folder):
    (folder / "export-4.csv").write_text("klant;datum;bedrag;kassa\nD;1-4-2024;9;2\n")
    with pytest.raises(FileUnreadable, match=r"export-4\.csv hebben niet dezelfde koppen"):
        read(folder)


@pytest.mark.slow
def test_a_problem_in_one_of_several_files_names_that_file_and_its_row(folder):
    (folder / "export-2.csv").write_text("Titel\nKlant,Datum,Bedrag\nD,2024-02-01,7\nE,ooit,7\n")
    with pytest.raises(RowsRefused, match=r"export-2\.csv, rij 4, kolom datum"):
        read(folder)


def test_files_without_headers_are_read_together(tmp_path):
    (tmp_path / "a.csv").write_text("A;1-1-2024;5\n")
    (tmp_path / "b.csv").write_text("B;2-1-2024;6\nC;3-1-2024;7\n")
    assert total(tmp_path, columns={"klant": "1", "datum": "2", "bedrag": "3"}) == (3, 18.0)


@pytest.mark.slow
def test_a_folder_of_workbooks_with_sheets_reads_them_all(book, tmp_path):
    book({"jan": days(1, 2), "feb": days(2, 2)}, "a.xlsx")
    book({"mrt": days(3, 3)}, "b.xlsx")
    assert total(tmp_path) == (7, 70.0)


# ── on the command line ─────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_sheet_is_chosen_on_the_command_line(capsys):
    assert main(["controleer", str(CASES / "x2_twee_bladen.xlsx")]) == 3
    assert '--blad "Orders"' in capsys.readouterr().err
    assert main(["controleer", str(CASES / "x2_twee_bladen.xlsx"), "--blad", "Orders"]) == 0
    assert "6 rijen" in capsys.readouterr().out


def test_the_sheet_of_a_second_table_is_named_with_its_table():
    both = ["transacties", "kosten"]
    assert sheets_of(["jan", "kosten=Blad1", "feb"], both) == {
        "transacties": ["jan", "feb"],
        "kosten": ["Blad1"],
    }
    assert sheets_of(["a=b"], ["kosten"]) == {"kosten": ["a=b"]}
    with pytest.raises(UsageError, match="geen naam"):
        sheets_of([" "], both)


@pytest.mark.slow
def test_a_sheet_of_costs_is_chosen_as_one_of_orders_is(book):
    head = ["maand", "kanaal", "bedrag"]
    path = book({"a": [head, ["2024-01", "post", 5]], "b oud": [head, ["2023-01", "post", 7]]})
    assert len(read_table(path, COSTS, today=TODAY, sheets=["a"]).rows()) == 1


@pytest.mark.slow
def test_a_sheet_whose_name_says_that_it_sums_up_another_is_asked_about(book):
    head = ["klant", "datum", "bedrag"]
    day = dt.date(2024, 1, 1)
    path = book({"Samenvatting": [head, ["A", day, 15]], "Orders": [head] + [["A", day, 5]] * 3})
    with pytest.raises(Ambiguous, match="Samenvatting") as error:
        read(path)
    assert '--blad "Orders"' in error.value.remedy
    assert len(read(path, sheets=["Orders"]).rows()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("other", ["Retouren 2024", "Creditnota's", "Angebote", "Inkoop", "Budget 24"])
def test_a_sheet_that_is_no_list_of_sales_by_its_name_is_asked_about(book, other):
    with pytest.raises(Ambiguous, match="geen verkopen") as asked:
        read(book({"Verkoop": days(3, 5), other: days(4, 2)}))
    assert '--blad "Verkoop"' in asked.value.remedy


@pytest.mark.slow
@pytest.mark.parametrize(("other", "both"), [("Retouren 2024", 30), ("Creditnota's", 30), ("Inkoop", 70)])
def test_such_a_sheet_is_left_out_or_read_with_the_sales_as_the_user_says(book, other, both):
    path = book({"Verkoop": days(3, 5), other: days(4, 2)})
    assert read(path, sheets=("Verkoop",)).quality.amount_kept == 50
    assert read(path, sheets=("Verkoop", other)).quality.amount_kept == both


@pytest.mark.slow
def test_sheets_that_are_all_of_one_kind_are_read_together(book):
    path = book({"Creditcard": days(3, 5), "iDEAL": days(4, 2)})
    assert read(path).quality.amount_kept == 70
