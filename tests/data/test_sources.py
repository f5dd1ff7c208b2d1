"""From a file to lines: quotation marks, rows that slid, and headers of any shape."""

import csv
import datetime as dt
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.questions.proposals import propose
from klantwaarde_xl.data.reading.sources.lines import make_lines
from klantwaarde_xl.data.reading.sources.text import from_csv
from klantwaarde_xl.data.tables import COSTS, TRANSACTIONS
from klantwaarde_xl.errors import ColumnsMissing, FileUnreadable, RowsRefused
from tests.data.files_read import CASES, HEAD, read, total
from tests.examples import examples


@pytest.fixture
def write(tmp_path):
    def _write(text, name="a.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return _write


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


@pytest.mark.slow
@examples(20)
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_row_with_more_fields_than_the_header_is_refused_with_both_numbers():
    with pytest.raises(RowsRefused, match="rij 3, kolom klant: deze rij heeft 6 velden, de kop 5"):
        read(CASES / "c10_verschoven.csv")
    assert total(CASES / "c10_verschoven.csv", skip_refused=True) == (2, 413.74)


@pytest.mark.slow
def test_a_shifted_row_far_down_is_refused_as_well(write):
    lines = "".join(f"K{n},2024-02-01,5\n" for n in range(1000))
    with pytest.raises(RowsRefused, match="rij 1002, kolom klant: deze rij heeft 4 velden, de kop 3"):
        read(write(f"klant,datum,bedrag\n{lines}L,2024-02-01,5,50\n"))


@pytest.mark.slow
def test_a_shifted_row_is_no_row_without_date_and_amount(write):
    text = "klant,soort,datum,bedrag\nA,x,2024-02-01,5\nB, y, z,,,2024-02-01,5\n"
    with pytest.raises(RowsRefused, match="rij 3, kolom klant: deze rij heeft 7 velden, de kop 4"):
        read(write(text))


def test_empty_fields_at_the_end_of_a_row_are_no_shift(write):
    assert total(write("klant;datum;bedrag\nA;1-2-2024;5;;\nB;2-2-2024;6\n")) == (2, 11.0)


def test_a_row_that_leaves_off_its_empty_last_fields_is_whole(write):
    assert total(write("klant;datum;bedrag;notitie;x\nA;1-2-2024;5\nB;2-2-2024;6;ja;1\n")) == (2, 11.0)


def test_a_row_wider_than_any_export_is_refused(write):
    with pytest.raises(FileUnreadable, match=r"20\.002 velden") as error:
        read(write(f"klant;datum;bedrag\nA;1-2-2024;5\n{';' * 20001}\n".replace(";;;;", "; ; ; ;")))
    assert "rij 3" in error.value.where


# ── headers ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_header_below_others_is_taken_when_it_says_enough_by_itself():
    got = read(CASES / "x1_kop_twee_regels.xlsx")
    assert got.quality.amount_kept == 350.0
    assert ("klant", "Naam") in got.quality.headers


def test_a_header_of_two_lines_is_read_and_said(write):
    got = read(write("Overzicht;;\n;;\nKlant;Order;Order\nNummer;Datum;Bedrag\nA;1-2-2024;350\n"))
    assert got.quality.amount_kept == 350.0
    assert ("klant", "Klant Nummer") in got.quality.headers
    assert any("rij 3 en 4" in note for note in got.quality.notes)


def test_a_header_of_two_lines_in_text_is_read(write):
    text = "Verkoop;;;\nKlant;Factuur;;\nNummer;Nummer;Datum;Bedrag\n17;9;1-2-2024;5\n"
    assert read(write(text)).rows() == [("17", dt.date(2024, 2, 1), 5.0)]


def test_a_name_that_the_second_line_has_twice_is_not_chosen_from(write):
    text = "Klant;Naam;Levering;Factuur\nx;y;Bedrag;Bedrag\nA;1-2-2024;5;6\n"
    with pytest.raises(ColumnsMissing):
        read(write(text))


@pytest.mark.slow
def test_a_file_without_a_header_is_asked_about_with_a_proposal_that_works(write):
    path = write("00001,19970202,2,11.50\n00002,19970303,3,13.00\n")
    with pytest.raises(ColumnsMissing, match="geen kop") as error:
        read(path)
    assert "--kolommen klant=1,datum=2,bedrag=4" in error.value.remedy
    got = read(path, columns={"klant": "1", "datum": "2", "bedrag": "4"})
    assert [(row[0], row[2]) for row in got.rows()] == [("00001", 11.5), ("00002", 13.0)]


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_column_is_named_by_its_number_under_a_header_too(write):
    path = write("Export\nwie;wanneer;hoeveel\nA;1-2-2024;5\n")
    assert read(path, columns={"klant": "1", "datum": "2", "bedrag": "3"}).rows()[0][2] == 5.0


@pytest.mark.slow
def test_a_header_that_is_a_number_goes_before_the_number_of_a_column(write):
    got = read(write("2;klant;datum\n5;A;1-2-2024\n"), columns={"bedrag": "2"})
    assert got.rows() == [("A", dt.date(2024, 2, 1), 5.0)]


@pytest.mark.slow
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
    needed = [column.name for column in table.columns if column.required]
    found = propose([*"12345"[: len(first)]], [first], table, {}, needed).columns
    assert {name: one[0].place + 1 for name, one in found.items() if one} == wanted
