"""Tables below or beside one another with their columns in another order, and lines of an order on several days."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import Ambiguous, FileUnreadable
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

FIRST = (
    "Factuurnr;Factuurdatum;Klantnr;Korting;Totaal\n11;5-3-2024;K1;1,00;10,50\n12;6-3-2024;K2;2,00;20,00\n"
)
OTHER = (
    "Klantnr;Totaal;Factuurnr;Factuurdatum;Korting\nK3;30,25;13;7-3-2024;3,00\nK1;40,00;14;8-3-2024;4,00\n"
)


@pytest.mark.slow
def test_a_second_header_in_another_order_is_read_by_name(write):
    checked = read(write(FIRST + OTHER + FIRST.replace("11;", "15;").replace("12;", "16;")))
    assert figures(checked) == (6, 131.25, 131.25, 3)
    assert any(
        "vanaf rij 4 staan de kolommen in een andere volgorde" in note for note in checked.quality.notes
    )


def test_a_second_header_with_another_column_is_refused_with_its_row(write):
    with pytest.raises(FileUnreadable) as refused:
        read(write(FIRST + OTHER.replace("Korting", "Verzending")))
    assert "rij 4" in refused.value.where


def test_files_of_a_folder_with_their_columns_in_another_order_are_read_together(tmp_path):
    for name, text in (("a.csv", FIRST), ("b.csv", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    checked = read(tmp_path)
    assert figures(checked) == (4, 100.75, 100.75, 3)
    assert any("b.csv" in note for note in checked.quality.notes)


LINES = """\
Ordernr;Datum;Klantnr;Artikel;{}
7;5-3-2024;K1;Mok;{}
7;9-3-2024;K1;Bord;{}
8;6-3-2024;K2;Mok;20,00
8;6-3-2024;K2;Glas;20,00
"""


@pytest.mark.parametrize(
    ("money", "first", "second", "total"),
    [("Ordertotaal", "30,50", "30,50", 50.5), ("Regelbedrag", "10,50", "20,00", 70.5)],
)
def test_lines_of_an_order_on_two_days_are_one_order_on_the_first(write, money, first, second, total):
    checked = read(write(LINES.format(money, first, second)))
    assert figures(checked)[:2] == (2, total)
    assert {row[1] for row in checked.rows()} == {dt.date(2024, 3, 5), dt.date(2024, 3, 6)}
    assert "meer dan één dag" in said(checked, "rij")


@pytest.mark.parametrize(
    "rows",
    [
        "7;5-3-2024;K1;Mok;10,50\n8;5-3-2024;K2;Mok;9,50\n7;6-3-2024;K1;Mok;11,50\n",  # a till begins again
        "7;5-3-2024;K1;Mok;10,50\n7;5-6-2024;K1;Mok;10,50\n",  # the number of a contract
        "7;5-3-2024;;Mok;10,50\n7;6-3-2024;;Bord;10,75\n",  # of nobody
    ],
)
def test_numbers_that_come_back_later_or_of_nobody_are_other_orders(write, rows):
    count = rows.count("\n")
    text = "Ordernr;Datum;Klantnr;Artikel;Regelbedrag\n9;1-3-2024;K9;Mok;1,25\n" + rows
    checked = read(write(text), blanks="gast")
    assert figures(checked)[0] == count + 1


def test_what_came_back_later_keeps_its_day(write):
    rows = "7;5-3-2024;K1;Mok;10,50\n7;9-3-2024;K1;Bord;20,00\n7;20-3-2024;K1;Mok;-10,50\n"
    checked = read(write("Ordernr;Datum;Klantnr;Artikel;Regelbedrag\n" + rows))
    assert figures(checked)[:3] == (1, 30.5, 20.0)
    assert [row[1].day for row in checked.rows()] == [5, 20]


@pytest.mark.parametrize("title", ["Geannuleerd", "Nog openstaande facturen:", "OFFERTES", "Retouren"])
@pytest.mark.parametrize("total", ["Totaal;;30,00\n;;\n", ""])
def test_a_line_that_says_that_the_rows_below_are_no_sales_is_asked_about(write, title, total):
    path = write(
        f"Klant;Datum;Bedrag\nA;1-2-2024;10,00\nB;3-2-2024;20,00\n{total}{title};;\nA;1-3-2024;99,00\n"
    )
    with pytest.raises(Ambiguous, match=f"een blok met de titel '{title}'"):
        read(path)


@pytest.mark.parametrize("title", ["Februari", "Jansen Retour BV", "Betaald", "Webshop"])
def test_a_line_that_says_something_else_is_none(write, title):
    path = write(f"Klant;Datum;Bedrag\nA;1-2-2024;10,00\nB;3-2-2024;20,00\n{title};;\nA;1-3-2024;99,00\n")
    assert figures(read(path))[1] == 129.0
