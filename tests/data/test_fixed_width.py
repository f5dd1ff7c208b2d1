"""Text in columns of a fixed width, with lines drawn between, and headers that are not above the rows."""

import openpyxl
import pytest

from klantwaarde_xl.errors import FileUnreadable, KlantwaardeError
from tests.data.exported import figures, read, write

__all__ = ["write"]

HEAD = ("Bon nr", "Datum", "Klant", "Plaats", "Bedrag")
ROWS = [
    ("17", "03-01-2024", "Vries en Zn.", "Den Haag", "1.204,50"),
    ("18", "14-01-2024", "Bos", "Ede", "9,95"),
    ("19", "15-01-2024", "Vries en Zn.", "Den Haag", "20,05"),
    ("20", "01-02-2024", "De Jong-Smit", "", "7,50"),
]
LINE = "{:<8}{:<12}{:<16}{:<12}{:>10}"


def printed(*rows):
    return "".join(f"{LINE.format(*row).rstrip()}\n" for row in rows)


@pytest.mark.parametrize("name", ["lijst.txt", "lijst.prn"])
@pytest.mark.parametrize("title", ["", "VERKOOP JANUARI\n\n", "Kassa 2  filiaal Ede\n"])
@pytest.mark.parametrize("rule", ["", f"{'-' * 58}\n", f"{LINE.format(*['=' * 6] * 5)}\n"])
def test_blanks_at_the_same_places_part_columns(write, name, title, rule):
    head, *rows = printed(HEAD, *ROWS).splitlines(keepends=True)
    checked = read(write(f"{title}{head}{rule}{''.join(rows)}\n", name))
    assert figures(checked) == (4, 1242.0, 1242.0, 3)
    assert {row[0] for row in checked.rows()} == {"Vries en Zn.", "Bos", "De Jong-Smit"}
    assert any("vaste plaats" in note for note in checked.quality.notes)


def test_text_that_runs_over_into_the_next_column_is_refused_with_its_row(write):
    many = [(str(at), "03-01-2024", f"K {at % 7}", "Ede", "1,50") for at in range(250)]
    long = f"{'999':<8}{'04-01-2024':<12}Een naam die veel te lang is  2,00\n"
    path = write(printed(HEAD, *many) + long, "lijst.txt")
    with pytest.raises(FileUnreadable, match="op een plaats die in de eerste rijen leeg is") as error:
        read(path)
    assert error.value.where.endswith("rij 252")


@pytest.mark.parametrize(
    "rule", ["------;----------;-----;-----", "---;---;---;---", "=====;=====;====;===="]
)
def test_a_line_drawn_in_a_file_is_no_row(write, rule):
    path = write(f"Nr;Datum;Klant;Bedrag\n{rule}\n1;3-1-2024;A;10,00\n2;4-1-2024;B;5,00\n{rule}\n")
    checked = read(path)
    assert figures(checked) == (2, 15.0, 15.0, 2)
    assert [(one.rows, one.reason) for one in checked.quality.left_out] == [
        (2, "alleen een lijn, geen order")
    ]


def test_a_table_of_a_database_as_it_prints_it(write):
    rule = "+----+------------+---------+--------+\n"
    rows = (
        "| nr | datum      | klantnr | bedrag |\n",
        "|  1 | 2024-01-03 | A 1     |  10.00 |\n",
        "|  2 | 2024-01-04 | B       |   5.00 |\n",
    )
    assert figures(read(write(rule + rows[0] + rule + "".join(rows[1:]) + rule, "uit.txt")))[:2] == (2, 15.0)


@pytest.mark.parametrize(("above", "below"), [(3, 0), (3, 5), (1, 30), (40, 0)])
def test_headers_among_or_below_the_rows_are_said(write, above, below):
    rows = [f"{at};{at % 27 + 1}-1-2024;K{at % 4};{at},50\n" for at in range(1, above + below + 1)]
    path = write("".join([*rows[:above], "Nr;Datum;Klant;Bedrag\n", *rows[above:]]))
    with pytest.raises(KlantwaardeError, match=f"De koppen staan in rij {above + 1}") as error:
        read(path)
    assert "bovenaan" in error.value.remedy


def test_headers_among_the_rows_of_a_sheet_are_said(tmp_path):
    book = openpyxl.Workbook()
    for row in [(1, "3-1-2024", "A", 5.5), ("Nr", "Datum", "Klant", "Bedrag"), (2, "4-1-2024", "B", 6.5)]:
        book.active.append(row)
    book.save(tmp_path / "boek.xlsx")
    with pytest.raises(FileUnreadable, match="De koppen staan in rij 2, en in de rij erboven"):
        read(tmp_path / "boek.xlsx")


@pytest.mark.parametrize(
    "title", ["Verkopen;3-1-2024;tot;31-1-2024", "Beginsaldo;3-1-2024;kas;100,00", ";3-1-2024;;"]
)
def test_a_title_with_a_day_above_the_headers_is_no_row(write, title):
    assert (
        figures(read(write(f"{title}\nNr;Datum;Klant;Bedrag\n1;3-1-2024;A;10,00\n2;4-1-2024;B;5,00\n")))[0]
        == 2
    )


def test_tabs_below_titles_part_columns_and_are_no_places(write):
    path = write(
        "Overzicht 1\nGemaakt op 1-4-2025\nOrder\tKlantnummer\tJaar\tMaand\tOrdertotaal\tStatus\n"
        + "".join(f"B{at}\tK{at % 3}\t2025\tmaart\t{at}00,50\tBetaald\n" for at in range(1, 8))
    )
    checked = read(path)
    assert figures(checked)[1] == 2803.5
    assert not any("vaste plaats" in note for note in checked.quality.notes)


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_a_title_above_a_header_with_a_delimiter_makes_no_fixed_width(write, sign):
    rows = [
        ["Nr", "Datum", "Klant", "Bedrag"],
        ["1  ", "3-1-2024", "A   ", "10.25"],
        ["2  ", "4-1-2024", "Bo  ", "5.50"],
    ]
    path = write("Verkopen 2024\n\n" + "".join(f"{sign.join(row)}\n" for row in rows))
    assert figures(read(path))[:2] == (2, 15.75)
