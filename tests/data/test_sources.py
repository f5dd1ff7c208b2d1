"""From what a user has to lines: files, folders, sheets and headers of any shape, and what is asked of them."""

import csv
import datetime as dt
import io
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.reading import sheets_of
from klantwaarde_xl.data.reading.files import read_table, read_transactions, transactions_from_cells
from klantwaarde_xl.data.reading.lines import make_lines
from klantwaarde_xl.data.reading.no_header import proposal
from klantwaarde_xl.data.reading.sheets import is_copy
from klantwaarde_xl.data.reading.source import PART, Source
from klantwaarde_xl.data.reading.text import from_csv
from klantwaarde_xl.data.tables import COSTS, TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, RowsRefused, UsageError

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 1, 1)
HEAD = ["klant", "datum", "bedrag"]


def read(path, **options):
    return read_transactions(path, today=TODAY, **options)


def total(path, **options):
    checked = read(path, **options)
    return len(checked.rows()), checked.quality.amount_kept


@pytest.fixture
def write(tmp_path):
    def _write(text, name="a.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return _write


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


# ── line breaks and quotation marks ─────────────────────────────────────────────────────────


def test_a_note_over_several_lines_is_one_row():
    assert total(CASES / "c03_notitie_met_regeleinde.csv") == (3, 60.0)


def test_a_line_break_in_the_last_of_many_rows_is_read_too(write):
    lines = "".join(f"K{n};1-2-2024;5;\n" for n in range(5000))
    text = f'klant;datum;bedrag;notitie\n{lines}L;2-2-2024;7;"een\ntwee"\n'
    assert total(write(text)) == (5001, 25007.0)


def test_a_row_behind_a_line_break_keeps_the_number_that_excel_shows(write):
    with pytest.raises(RowsRefused, match="rij 3, kolom datum"):
        read(write('klant;datum;bedrag;notitie\nA;1-2-2024;5;"een\n\ntwee"\nB;ooit;5;\n'))


def test_a_header_and_a_name_may_hold_a_line_break(write):
    got = read(write('klant;datum;"Bedrag\nexcl. btw"\n"Jan\nJansen";1-2-2024;5\n'))
    assert got.rows() == [("Jan Jansen", dt.date(2024, 2, 1), 5.0)]


def test_line_ends_within_quotes_may_differ_from_those_of_the_rows(write):
    assert total(write(b'klant;datum;bedrag;x\r\nA;1-2-2024;5;"a\nb"\r\nB;2-2-2024;6;\r\n')) == (2, 11.0)


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
def test_every_kind_of_line_end_is_read(write, ends):
    text = ends.join(["klant;datum;bedrag", "A;1-2-2024;5", "B;2-2-2024;6", ""])
    assert total(write(text)) == (2, 11.0)


def test_line_ends_of_two_kinds_in_one_file_are_read(write):
    assert total(write(b"klant;datum;bedrag\r\nA;1-2-2024;5\nB;2-2-2024;6\r\n")) == (2, 11.0)


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (['"A;1-2-2024;5;x', "B;2-2-2024;6;y"], 2),  # swallows to the end
        (["A;1-2-2024;5;", 'B;2-2-2024;6;"y', "C;3-2-2024;7;z", 'D;4-2-2024;8;"w"'], 3),  # to the next quote
        (['A;"1-2-2024;5;x', 'B;2-2-2024";6;y'], 2),  # two loose quotes in one column
        (['A;1-2-2024;5;"x', "B;2-2-2024;6;y", 'C;3-2-2024;7;z"'], 2),  # a whole row between
        (['A;"12 inch;5;x', 'B;2-2-2024;6;12"'], 2),  # in two columns: fewer fields than the header
        (['A;1-2-2024;5;"12', 'B";2-2-2024;6;y'], 2),  # in two columns: more fields
    ],
)
def test_a_quote_that_swallows_rows_is_refused_with_its_row(write, lines, row):
    with pytest.raises(FileUnreadable, match="aanhalingsteken") as error:
        read(write("\n".join(["klant;datum;bedrag;notitie", *lines, ""])), skip_refused=True)
    assert f"rij {row}" in error.value.where


def test_a_quote_that_swallows_more_than_a_field_can_hold_is_refused(write):
    lines = "".join(f"K{n};1-2-2024;5\n" for n in range(20_000))
    with pytest.raises(FileUnreadable, match="aanhalingsteken") as error:
        read(write(f'klant;datum;bedrag\n"{lines}'))
    assert "rij 2" in error.value.where


@pytest.mark.parametrize("text", ["x" * 200_000, "klant;datum;bedrag\nA;1-2-2024;" + "5" * 200_000])
def test_a_field_longer_than_any_cell_is_refused_as_that(write, text):
    with pytest.raises(FileUnreadable, match="langer dan een cel"):
        read(write(text))


def test_a_quote_within_a_quoted_field_is_refused_and_not_guessed(write):
    with pytest.raises(FileUnreadable, match="midden in een veld") as error:
        read(write('klant;datum;bedrag\nA;1-2-2024;5\n"K"7;1-2-2024;5\n'))
    assert "rij 3" in error.value.where


def test_an_inch_in_a_field_without_quotes_is_just_an_inch(write):
    assert total(write('klant;datum;bedrag;naam\nA;1-2-2024;5;buis 5" lang\nB;2-2-2024;6;"x"\n')) == (2, 11.0)


@pytest.mark.parametrize("line", ['A; "1-2-2024" ;"5"', ' "A";"1-2-2024";  "5"  '])
def test_blanks_beside_quotes_are_no_part_of_a_field(write, line):
    assert total(write(f"klant;datum;bedrag\n{line}\n")) == (1, 5.0)


def test_a_note_with_delimiters_and_line_breaks_is_a_note(write):
    note = '"Bellen, na vijf\nof, als dat niet lukt, mailen, liefst"'
    assert total(write(f"klant,datum,bedrag,notitie\nA,2024-02-01,5,{note}\n")) == (1, 5.0)


@given(
    notes=st.lists(st.text(st.sampled_from('ab "\n\r;,é'), max_size=12), min_size=1, max_size=8),
    ends=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_every_note_that_a_program_can_write_leaves_the_rows_as_they_are(
    tmp_path_factory, notes, ends, encoding
):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator=ends)
    writer.writerows(
        [[*HEAD, "notitie"], *([f"K{n}", "1-2-2024", n, note] for n, note in enumerate(notes, 1))]
    )
    path = tmp_path_factory.mktemp("noten") / "a.csv"
    path.write_bytes(file.getvalue().encode(encoding))
    assert [row[::2] for row in read(path).rows()] == [(f"K{n}", float(n)) for n in range(1, len(notes) + 1)]


@given(rows=st.lists(st.text(st.sampled_from('a1 ",'), max_size=9), min_size=1, max_size=6))
def test_whatever_quotes_a_file_has_its_rows_are_what_they_are_or_it_is_refused(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("los") / "a.csv"
    text = "\n".join(["h,i,j", *(f"x,{row}" for row in rows)])
    path.write_text(text, encoding="utf-8")
    con = duckdb.connect()
    try:
        make_lines(con, from_csv(path, path.parent), 3)
        wanted = list(csv.reader(io.StringIO(text), strict=True, skipinitialspace=True))
    except (FileUnreadable, csv.Error, duckdb.Error):
        return
    got = [
        [(field or "").strip() for field in row[1:]]
        for row in con.execute("from lines order by rij").fetchall()
    ]
    assert got == [[field.strip() for field in row] + [""] * (len(got[0]) - len(row)) for row in wanted]


@pytest.mark.parametrize("name", ["a[1].csv", "jaar=2024/a.csv", "~/a.csv", "a.csv.txt", "a'b.csv"])
def test_a_name_of_signs_is_just_a_name(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("klant;datum;bedrag\nA;1-2-2024;5\n")
    Path("a1.csv").write_text("klant;datum;bedrag\nB;1-2-2024;999\n")
    assert total(path) == (1, 5.0)


# ── shifted rows ────────────────────────────────────────────────────────────────────────────


def test_a_row_with_more_fields_than_the_header_is_refused_with_both_numbers():
    with pytest.raises(RowsRefused, match="rij 3, kolom klant: deze rij heeft 6 velden, de kop 5"):
        read(CASES / "c10_verschoven.csv")
    assert total(CASES / "c10_verschoven.csv", skip_refused=True) == (2, 413.74)


def test_a_shifted_row_far_down_is_refused_as_well(write):
    lines = "".join(f"K{n},2024-02-01,5\n" for n in range(1000))
    with pytest.raises(RowsRefused, match="rij 1002, kolom klant: deze rij heeft 4 velden, de kop 3"):
        read(write(f"klant,datum,bedrag\n{lines}L,2024-02-01,5,50\n"))


def test_a_shifted_row_is_no_row_without_date_and_amount(write):
    text = "klant,soort,datum,bedrag\nA,x,2024-02-01,5\nB, y, z,,,2024-02-01,5\n"
    with pytest.raises(RowsRefused, match="rij 3, kolom klant: deze rij heeft 7 velden, de kop 4"):
        read(write(text))


def test_empty_fields_at_the_end_of_a_row_are_no_shift(write):
    assert total(write("klant;datum;bedrag\nA;1-2-2024;5;;\nB;2-2-2024;6\n")) == (2, 11.0)


def test_a_row_that_leaves_off_its_empty_last_fields_is_whole(write):
    assert total(write("klant;datum;bedrag;notitie;x\nA;1-2-2024;5\nB;2-2-2024;6;ja;1\n")) == (2, 11.0)


def test_a_row_wider_than_any_sheet_is_refused(write):
    with pytest.raises(FileUnreadable, match="20002 velden") as error:
        read(write(f"klant;datum;bedrag\nA;1-2-2024;5\n{';' * 20001}\n".replace(";;;;", "; ; ; ;")))
    assert "rij 3" in error.value.where


# ── headers ─────────────────────────────────────────────────────────────────────────────────


def test_a_header_of_two_lines_is_read_and_said():
    got = read(CASES / "x1_kop_twee_regels.xlsx", skip_refused=True)
    assert got.quality.amount_kept == 350.0
    assert ("klant", "Klant Naam") in got.quality.headers
    assert any("rij 3 en 4" in note for note in got.quality.notes)


def test_a_header_of_two_lines_in_text_is_read(write):
    text = "Verkoop;;;\nKlant;Factuur;;\nNummer;Nummer;Datum;Bedrag\n17;9;1-2-2024;5\n"
    assert read(write(text)).rows() == [("17", dt.date(2024, 2, 1), 5.0)]


def test_a_name_that_the_second_line_has_twice_is_not_chosen_from(write):
    text = "Klant;Naam;Levering;Factuur\nx;y;Bedrag;Bedrag\nA;1-2-2024;5;6\n"
    with pytest.raises(ColumnsMissing):
        read(write(text))


def test_a_header_that_lacks_a_column_is_shown_whole_and_not_the_title(book):
    path = book(
        {"Blad1": [["Verkooprapport 2024"], [], ["Relatie", "Factuurdatum", "Hoeveelheid"], ["A", "x", 1]]}
    )
    with pytest.raises(ColumnsMissing, match="Gevonden: 'Relatie', 'Factuurdatum', 'Hoeveelheid'"):
        read(path)


def test_a_file_without_a_header_is_asked_about_with_a_proposal_that_works(write):
    path = write("00001,19970202,2,11.50\n00002,19970303,3,13.00\n")
    with pytest.raises(ColumnsMissing, match="geen kop") as error:
        read(path)
    assert "--kolommen klant=1,datum=2,bedrag=4" in error.value.remedy
    got = read(path, columns={"klant": "1", "datum": "2", "bedrag": "4"})
    assert [(row[0], row[2]) for row in got.rows()] == [("00001", 11.5), ("00002", 13.0)]


def test_columns_that_blanks_part_are_read_by_their_number():
    path = CASES / "c18_vaste_breedte.txt"
    with pytest.raises(ColumnsMissing) as error:
        read(path)
    assert "klant=1,datum=2,bedrag=4" in error.value.remedy
    assert total(path, columns={"klant": "1", "datum": "2", "bedrag": "4"}) == (12, 237.0)


def test_a_line_of_fewer_words_is_refused_where_blanks_part_the_columns(write):
    with pytest.raises(FileUnreadable, match="3 stukken tekst") as error:
        read(write(" 1 19970202 2 11.50\n" * 300 + " 2 19970303 13.00\n", "a.txt"))
    assert "rij 301" in error.value.where


def test_a_column_is_named_by_its_number_under_a_header_too(write):
    path = write("Export\nwie;wanneer;hoeveel\nA;1-2-2024;5\n")
    assert read(path, columns={"klant": "1", "datum": "2", "bedrag": "3"}).rows()[0][2] == 5.0


def test_a_header_that_is_a_number_goes_before_the_number_of_a_column(write):
    got = read(write("2;klant;datum\n5;A;1-2-2024\n"), columns={"bedrag": "2"})
    assert got.rows() == [("A", dt.date(2024, 2, 1), 5.0)]


def test_words_far_down_a_file_without_header_are_no_header(write):
    text = "K1;1-2-2024;5\nK2;2-2-2024;6\nK3;onbekend;nvt\n"
    got = read(write(text), columns={"klant": "1", "datum": "2", "bedrag": "3"}, skip_refused=True)
    assert [row[0] for row in got.rows()] == ["K1", "K2"]


@pytest.mark.parametrize(
    ("first", "table", "wanted"),
    [
        (["12,50", "2024-02-01", "jan@x.nl"], TRANSACTIONS, {"klant": 3, "datum": 2, "bedrag": 1}),
        (["3", "x", "1 feb 2024", "7", "8.25"], TRANSACTIONS, {"klant": 1, "datum": 3, "bedrag": 5}),
        (["1-2-2024", "x"], TRANSACTIONS, {"klant": 2, "datum": 1}),
        (["2024-02-01", "Google", "100"], COSTS, {"maand": 1, "kanaal": 2, "bedrag": 3}),
    ],
)
def test_a_proposal_takes_days_for_dates_and_decimals_for_amounts(first, table, wanted):
    assert proposal(first, table) == wanted


# ── sheets ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["x3_blad_per_maand.xlsx", "x3_blad_per_maand.xls", "x3_blad_per_maand.ods"])
def test_sheets_of_one_shape_are_read_together_and_said(name):
    got = read(CASES / name)
    assert (len(got.rows()), got.quality.amount_kept) == (9, 200.0)
    assert any("jan (2 rijen), blad feb (3 rijen), blad mrt (4 rijen)" in note for note in got.quality.notes)


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


def test_a_sheet_that_holds_the_rows_of_others_is_asked_about(book):
    path = book({"jan": days(1, 4), "feb": days(2, 4), "jaar": days(1, 4) + days(2, 4)[1:]})
    with pytest.raises(Ambiguous, match="blad jan en blad jaar hebben 4 gelijke rijen"):
        read(path)
    assert total(path, sheets=["jaar"]) == (8, 80.0)
    assert total(path, sheets=["jan", "feb"]) == (8, 80.0)


def test_sheets_of_two_shapes_are_asked_about(book):
    other = [["datum", "klant", "omzet"], [dt.date(2024, 3, 1), "A", 7]]
    path = book({"a": days(1, 2), "b": other})
    with pytest.raises(Ambiguous, match="niet dezelfde koppen"):
        read(path)
    assert total(path, sheets=["b"]) == (1, 7.0)


def test_an_empty_sheet_with_the_headers_is_no_second_one(book):
    assert total(book({"Sjabloon": [HEAD], "Orders": days(1, 3)})) == (3, 30.0)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(book):
    with pytest.raises(UsageError, match="geen blad 'mei'") as error:
        read(book({"jan": days(1, 1), "feb": days(2, 1)}), sheets=["mei"])
    assert "'jan', 'feb'" in error.value.remedy


def test_a_problem_in_one_of_several_sheets_names_that_sheet_and_its_row(book):
    path = book({"jan": [["Titel"], *days(1, 3)], "feb": [*days(2, 3), ["B", "ooit", 5]]})
    with pytest.raises(RowsRefused, match="blad feb, rij 5, kolom datum"):
        read(path)
    assert total(path, skip_refused=True) == (6, 60.0)


def test_a_question_about_one_of_several_sheets_names_that_sheet_and_its_row(book):
    path = book({"jan": days(1, 2), "feb": [*days(2, 2), ["B", "01/02/2024", 5]]})
    with pytest.raises(Ambiguous, match="--datumvolgorde") as error:
        read(path)
    assert "blad feb, rij 4" in error.value.where


def test_a_row_of_a_source_in_parts_is_found_back():
    source = Source(Path("map"), parts=(Source(Path("map/a.csv")), Source(Path("map/b.xlsx"), "x")))
    assert source.place(PART + 7) == ("b.xlsx, blad x", 7)
    assert source.at(3) == f"{Path('map/a.csv')}, rij 3"


def test_a_sheet_of_a_file_of_text_is_refused(write):
    with pytest.raises(UsageError, match="geen bladen"):
        read(write("klant;datum;bedrag\nA;1-2-2024;5\n"), sheets=["Blad1"])


@pytest.mark.parametrize("name", ["x6_samengevoegde_klant.xlsx", "x6_samengevoegde_klant.xls"])
def test_a_merged_customer_counts_for_all_its_rows(name):
    got = read(CASES / name)
    assert [(row[0], row[2]) for row in got.rows()] == [("Alfa", 10), ("Alfa", 20), ("Beta", 5), ("Beta", 7)]
    assert any("samengevoegde cel" in note for note in got.quality.notes)


def test_a_merged_amount_counts_once(book):
    rows = [HEAD, ["A", dt.date(2024, 1, 5), 100], ["B", dt.date(2024, 1, 6), None]]
    with pytest.raises(RowsRefused, match="rij 3, kolom bedrag: dit is niet ingevuld"):
        read(book({"Orders": rows}, merged=["C2:C3"]))


def test_the_cells_of_a_sheet_may_hold_line_breaks_and_quotes():
    cells = [['A "b"\nC', "1-2-2024", 5.0], ["D", "1-2-2024", 6.0]]
    got = transactions_from_cells(HEAD, cells, source="Gegevens", today=TODAY)
    assert [row[0] for row in got.rows()] == ['A "b" C', "D"]


# ── several files ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path, book):
    """Three files of one shape and three encodings of it, and one that is no data."""
    (tmp_path / "export-1.csv").write_bytes(b"klant;datum;bedrag\nA;1-1-2024;5\nB;2-1-2024;6\n")
    (tmp_path / "export-2.csv").write_bytes("Titel\nKlant,Datum,Bedrag\nZoë,2024-02-01,7\n".encode("cp1252"))
    book({"Blad1": [HEAD, ["C", dt.date(2024, 3, 1), 8]]}, "export-3.xlsx")
    (tmp_path / "lees-mij.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_the_files_of_a_folder_are_read_together_and_said(folder):
    got = read(folder)
    assert [row[0] for row in got.rows()] == ["A", "B", "Zoë", "C"]
    assert any(
        "export-1.csv (2 rijen), export-2.csv (1 rij), export-3.xlsx" in note for note in got.quality.notes
    )
    assert any("lees-mij.pdf" in note for note in got.quality.notes)


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


def test_files_of_two_shapes_are_refused_with_both_headers(folder):
    (folder / "export-4.csv").write_text("datum;klant;bedrag\n1-4-2024;D;9\n")
    with pytest.raises(FileUnreadable, match=r"export-4\.csv hebben niet dezelfde koppen"):
        read(folder)


def test_a_problem_in_one_of_several_files_names_that_file_and_its_row(folder):
    (folder / "export-2.csv").write_text("Titel\nKlant,Datum,Bedrag\nD,2024-02-01,7\nE,ooit,7\n")
    with pytest.raises(RowsRefused, match=r"export-2\.csv, rij 4, kolom datum"):
        read(folder)


def test_files_without_headers_are_read_together(tmp_path):
    (tmp_path / "a.csv").write_text("A;1-1-2024;5\n")
    (tmp_path / "b.csv").write_text("B;2-1-2024;6\nC;3-1-2024;7\n")
    assert total(tmp_path, columns={"klant": "1", "datum": "2", "bedrag": "3"}) == (3, 18.0)


def test_a_folder_of_workbooks_with_sheets_reads_them_all(book, tmp_path):
    book({"jan": days(1, 2), "feb": days(2, 2)}, "a.xlsx")
    book({"mrt": days(3, 3)}, "b.xlsx")
    assert total(tmp_path) == (7, 70.0)


# ── on the command line ─────────────────────────────────────────────────────────────────────


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


def test_a_sheet_of_costs_is_chosen_as_one_of_orders_is(book):
    head = ["maand", "kanaal", "bedrag"]
    path = book({"a": [head, ["2024-01", "post", 5]], "b oud": [head, ["2023-01", "post", 7]]})
    assert len(read_table(path, COSTS, today=TODAY, sheets=["a"]).rows()) == 1
