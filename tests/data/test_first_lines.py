"""Lines of which only the first has the order's number, day and customer."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import KlantwaardeError, RowsRefused
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

HEAD = "Ordernummer;Besteldatum;Klant;Artikel;Bedrag\n"
LINES = (
    "A-1;4-3-2025;Wever;Kaars;5,50\n;;;Lamp;6,25\n;;;Kaars;1,25\n"
    "A-2;4-3-2025;Wever;Lamp;9,00\nA-3;7-3-2025;Kuiper;Kaars;4,00\n;;;Vaas;8,00\n"
)


def test_lines_without_number_day_and_customer_are_of_the_order_above(write):
    checked = read(write(HEAD + LINES))
    assert figures(checked) == (3, 34.0, 34.0, 2)
    assert [(row[0], row[2]) for row in checked.rows()] == [("Wever", 13.0), ("Wever", 9.0), ("Kuiper", 12.0)]
    assert "3 rijen zonder eigen 'Ordernummer' en 'Besteldatum'" in said(checked, "rij")


def test_lines_that_repeat_the_customer_alone_are_of_the_order_above(write):
    text = LINES.replace(";;;Lamp", ";;Wever;Lamp").replace(";;;Kaars", ";;Wever;Kaars")
    assert figures(read(write(HEAD + text))) == (3, 34.0, 34.0, 2)


def test_a_total_of_the_file_is_no_line(write):
    checked = read(write(HEAD + LINES + "Totaal;;;;34,00\n"))
    assert figures(checked) == (3, 34.0, 34.0, 2)
    assert [one.rows for one in checked.quality.left_out] == [1]


def test_a_line_of_a_cancelled_order_does_not_count_with_it(write):
    text = (
        "Ordernummer;Besteldatum;Klant;Status;Artikel;Bedrag\n"
        "A-1;4-3-2025;Wever;Betaald;Kaars;5\n;;;;Lamp;6\nA-2;5-3-2025;Smid;Geannuleerd;Kaars;7\n;;;;Lamp;8\n"
        "A-3;6-3-2025;Wever;Betaald;Vaas;9\n;;;;Lamp;2\n"
    )
    assert figures(read(write(text))) == (2, 22.0, 22.0, 1)
    assert figures(typed(write(text), '--alleen "Status=Geannuleerd"')) == (1, 15.0, 15.0, 1)


def test_a_line_of_a_credit_note_goes_off(write):
    text = HEAD + LINES + "C-4;9-3-2025;Kuiper;Vaas;-8,00\n;;;Kaars;-1,00\n"
    assert figures(read(write(text)))[:3] == (3, 34.0, 25.0)


@pytest.mark.parametrize("below", [
    ";;;Btw 21%;7,14\n", ";;;Te betalen;34,00\n", ";;;Reeds betaald;-10,00\n", ";;;;3,10\n",
])  # fmt: skip
def test_what_may_be_no_line_is_not_taken_for_one(write, below):
    try:
        found = figures(read(write(HEAD + LINES.replace("A-2;", f"{below}A-2;"))))
    except KlantwaardeError:
        return
    assert found == (3, 34.0, 34.0, 2)


def test_a_row_that_says_no_article_is_asked_about_and_not_lost(write):
    path = write("Ordernummer;Besteldatum;Klant;Bedrag\nA-1;4-3-2025;Wever;5,50\n;;;6,25\nA-2;5-3-2025;Smid;3\n"
                 ";;;1,10\nA-3;7-3-2025;Wever;8\n")  # fmt: skip
    with pytest.raises(RowsRefused) as error:
        read(path)
    assert "--lege-klant erboven" in error.value.remedy
    assert figures(typed(path, "--lege-klant erboven")) == (3, 23.85, 23.85, 2)


def test_lines_below_a_first_line_without_an_article_are_of_its_order(write):
    text = HEAD + "A-1;4-3-2025;Wever;;\n;;;Kaars;5,50\n;;;Lamp;6,25\nA-2;7-3-2025;Kuiper;;\n;;;Vaas;8,00\n"
    assert figures(read(write(text))) == (2, 19.75, 19.75, 2)


def test_lines_of_a_list_without_numbers_are_asked_about_and_not_lost(write):
    path = write("Datum;Klant;Artikel;Bedrag\n4-3-2025;Wever;Kaars;5,50\n;;Lamp;6,25\n4-3-2025;Wever;Lamp;9,00\n"
                 "7-3-2025;Kuiper;Kaars;4,00\n;;Vaas;8,00\n")  # fmt: skip
    with pytest.raises(RowsRefused) as error:
        read(path)
    assert "--lege-klant erboven" in error.value.remedy
    checked = typed(path, "--lege-klant erboven")
    assert figures(checked)[1:] == (32.75, 32.75, 2)
    assert sum(row[2] for row in checked.rows() if row[0] == "Kuiper") == 12.0


def test_a_row_behind_a_sale_without_a_number_is_not_of_the_order_before_it(write):
    text = HEAD + "A-1;4-3-2025;Wever;Kaars;5\n;5-3-2025;Smid;Vaas;3\n;;;Lamp;6\nA-2;6-3-2025;Smid;Vaas;3\n"
    with pytest.raises(RowsRefused, match="rij 4"):
        read(write(text))


def test_a_row_of_another_customer_is_not_of_the_order_above(write):
    text = HEAD + LINES.replace(";;;Lamp", ";;Smid;Lamp")
    with pytest.raises(RowsRefused, match="rij 3"):
        read(write(text))


def test_rows_below_an_empty_line_are_no_lines_of_the_last_order(write):
    text = HEAD + LINES + ";;;;\n;;;Kaars;10,75\n;;;Lamp;15,25\n;;;Vaas;8,00\n"
    try:
        found = figures(read(write(text)))
    except KlantwaardeError:
        return
    assert found == (3, 34.0, 34.0, 2)


def test_where_numbers_stand_on_each_line_a_row_without_is_refused(write):
    text = HEAD + "A-1;4-3-2025;Wever;Kaars;5\nA-1;;;Lamp;6\nA-2;5-3-2025;Smid;Vaas;3\n;;;Vaas;4\n"
    with pytest.raises(RowsRefused, match="rij 5"):
        read(write(text))


@pytest.mark.slow
def test_merged_numbers_are_of_all_lines_that_they_cover(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ordernummer", "Besteldatum", "Klant", "Artikel", "Bedrag"])
    for number, day, customer, amounts in ((71, 4, "Wever", (5, 6, 7)), (72, 4, "Wever", (9,))):
        top = sheet.max_row + 1
        for amount in amounts:
            sheet.append([number, dt.date(2025, 3, day), customer, "Kaars", amount])
        for column in "ABC" if len(amounts) > 1 else "":
            sheet.merge_cells(f"{column}{top}:{column}{sheet.max_row}")
    book.save(tmp_path / "orders.xlsx")
    assert figures(read(tmp_path / "orders.xlsx")) == (2, 27.0, 27.0, 1)


@pytest.mark.slow
def test_typed_cells_of_lines_are_of_the_order_above(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ordernummer", "Besteldatum", "Klantnummer", "Artikelnummer", "Bedrag"])
    for row in ([71, dt.date(2025, 3, 4), 501, 9001, 5.5], [None, None, None, 9002, 6.25],
                [72, dt.date(2025, 3, 4), 501, 9003, 4.0], [73, dt.date(2025, 3, 9), 502, 9001, 5.5],
                [None, None, None, 9004, 1.0]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "orders.xlsx")
    assert figures(read(tmp_path / "orders.xlsx")) == (3, 22.25, 22.25, 2)
