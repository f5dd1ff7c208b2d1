"""Orders that stand in an export once for each version: the last one counts, or it is asked."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import TODAY, figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Versie", ("1", "2", "3")),
        ("Order revision", ("A", "B", "C")),
        ("Versienr", ("v1", "v2", "v10")),
        ("Rev", ("1.0", "2.0", "3.0")),
    ],
)
def test_of_versions_of_an_order_the_highest_counts(write, header, words):
    one, two, three = words
    path = write(
        f"Ordernummer;{header};Orderdatum;Klantnr;Totaal\n71;{one};1-2-2024;A;40,00\n72;{one};3-2-2024;B;25,00\n"
        f"71;{three};1-2-2024;A;35,00\n71;{two};2-2-2024;A;90,00\n73;{two};9-3-2024;C;8,00\n"
    )
    found = read(path)
    assert figures(found) == (3, 68.0, 68.0, 3)
    assert "1 order staat er in meer dan één versie: die met de hoogste in kolom" in said(found, "rij")
    assert [(one.rows, one.amount) for one in found.quality.left_out] == [(2, 130.0)]
    assert figures(typed(path, "--regels optellen"))[1] == 198.0


def test_a_version_of_an_order_takes_all_lines_of_it(write):
    path = write(
        "Order ID,Version,Date,Customer,SKU,Qty,Amount\n1,1,2024-02-01,A,x,1,10.00\n1,1,2024-02-01,A,y,1,5.00\n"
        "1,2,2024-02-01,A,x,2,20.00\n1,2,2024-02-01,A,z,1,7.00\n2,1,2024-02-05,B,x,1,10.00\n"
    )
    assert figures(read(path))[:2] == (2, 37.0)


@pytest.mark.parametrize("header", ["Version", "Rev"])
def test_a_version_of_an_article_is_none_of_its_order(write, header):
    path = write(
        f"Order ID,{header},Date,Customer,Product,Amount\n1,2,2024-02-01,A,Editor,10.00\n"
        "1,3,2024-02-01,A,Player,5.00\n2,2,2024-02-05,B,Editor,10.00\n"
    )
    assert figures(read(path))[:2] == (2, 25.0)


@pytest.mark.parametrize(
    ("header", "moments"),
    [
        ("Laatst gewijzigd", ("1-2-2024 9:05", "1-2-2024 10:04", "13-2-2024")),
        ("Last modified at", ("2024-02-01T09:05:00Z", "2024-02-01T10:04:00Z", "2024-02-13")),
        ("Updated", ("02/01/2024 9:05 AM", "02/01/2024 1:04 PM", "02/13/2024")),
        ("Wijzigingsdatum", ("1706778300", "1706781840", "1707820000")),
    ],
)
def test_of_rows_that_were_changed_later_is_asked_which_count(write, header, moments):
    one, two, three = moments
    path = write(
        f"Ordernr;Datum;{header};Klantnr;Bedrag\n5;1-2-2024;{two};A;44,00\n5;1-2-2024;{one};A;40,00\n"
        f"6;13-2-2024;{three};B;21,00\n"
    )
    with pytest.raises(Ambiguous, match="1 order heeft meer rijen") as error:
        read(path)
    assert error.value.remedy.startswith("Telt alleen de laatste versie: --regels laatste.")
    assert figures(typed(path, "--regels laatste"))[:2] == (2, 65.0)
    assert figures(typed(path, "--regels optellen"))[:2] == (2, 105.0)


def test_lines_that_were_changed_apart_are_no_versions(write):
    path = write(
        "Ordernr;Datum;Gewijzigd op;Klantnr;Artikel;Bedrag\n5;1-2-2024;1-2-2024;A;Stoel;44,00\n"
        "5;1-2-2024;3-2-2024;A;Tafel;40,00\n6;13-2-2024;13-2-2024;B;Stoel;44,00\n"
    )
    assert figures(read(path))[:2] == (2, 128.0)


def test_a_refund_that_came_later_is_no_version(write):
    path = write(
        "Ordernr;Datum;Gewijzigd;Klantnr;Bedrag\n5;1-2-2024;1-2-2024;A;44,00\n"
        "5;1-2-2024;9-2-2024;A;-14,00\n6;13-2-2024;13-2-2024;B;21,00\n"
    )
    assert figures(read(path))[2] == 51.0


def test_moments_that_can_be_read_in_two_ways_are_asked_about(write):
    path = write(
        "Ordernr;Datum;Gewijzigd;Klantnr;Bedrag\n5;13-1-2024;2/3/2024;A;44,00\n5;13-1-2024;3/2/2024;A;40,00\n"
        "6;14-1-2024;1/2/2024;B;21,00\n"
    )
    with pytest.raises(Ambiguous, match="kan de dag ook de maand zijn"):
        typed(path, "--regels laatste")
    assert figures(typed(path, "--regels laatste", "--datumvolgorde dmj"))[1] == 65.0


def test_without_a_column_the_lowest_row_is_the_last(write):
    path = write(
        "Ordernr;Datum;Klantnr;Bedrag\n5;1-2-2024;A;44,00\n6;13-2-2024;B;21,00\n5;1-2-2024;A;40,00\n"
    )
    assert figures(read(path))[:2] == (2, 105.0)
    assert figures(typed(path, "--regels laatste"))[:2] == (2, 61.0)


def test_versions_in_a_workbook_go_by_real_moments(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Factuurnr", "Datum", "Gewijzigd op", "Klant", "Bedrag"])
    for number, day, hour, customer, amount in [(1, 3, 9, "A", 10), (1, 3, 17, "A", 12), (2, 4, 9, "B", 5)]:
        moment = dt.datetime(2024, 2, day, hour, 30)
        book.active.append([number, dt.datetime(2024, 2, day), moment, customer, float(amount)])
    path = tmp_path / "facturen.xlsx"
    book.save(path)
    assert figures(typed(path, "--regels laatste"))[:2] == (2, 17.0)


@pytest.mark.parametrize(("answer", "total"), [("laatste", 39.0), ("optellen", 72.0)])
def test_a_recipe_remembers_which_rows_of_an_order_count(write, answer, total):
    def export(name, number):
        return write(
            f"Ordernummer;Gewijzigd op;Orderdatum;Klantnr;Totaal\n{number};1-2-2024 10:00;1-2-2024;A;33,00\n"
            f"{number};2-2-2024 11:00;1-2-2024;A;39,00\n",
            name,
        )

    with pytest.raises(Ambiguous):
        read(export("een.csv", 71))
    recipe = typed(export("een.csv", 71), f"--regels {answer}").recipe
    later = read_table(export("twee.csv", 81), TRANSACTIONS, today=TODAY, recipe=recipe)
    assert figures(later)[1] == total
