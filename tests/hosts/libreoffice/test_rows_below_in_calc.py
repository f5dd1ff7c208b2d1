"""Rows typed right under a table of an open Calc document: the menu takes them in, or says why it cannot."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.xlsx.package import Package
from tests.books import package_of
from tests.conftest import NOW
from tests.hosts.libreoffice.test_end_to_end import place

VERVERS = "nl.klantwaarde:ververs"
DAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A table of customers from a shop with three."""
    path = tmp_path_factory.mktemp("onder") / "segmenten.xlsx"
    source = path.with_name("orders.csv")
    days = [DAY - dt.timedelta(ago) for ago in (99, 40, 9)]
    orders = "".join(f"{name};{day};25,50\n" for day in days for name in ("Bos", "Das", "Vos"))
    source.write_text("klant;datum;bedrag\n" + orders, encoding="utf-8")
    read = read_transactions(source, today=NOW.date())
    package_of("rfm-segmenten", read, now=NOW).save(path, backup=False)
    return path


@pytest.fixture
def opened(calc, book):
    document = calc.open(path=str(book))
    package = Package.open(book)
    sheet, body = place(package, "tblTransacties")
    yield document, sheet, body, package
    calc.close(document)


def typed(calc, opened, *rows, gap=0):
    """Type rows under the table: customer, day and amount, or cells of a kind."""
    document, sheet, body, _ = opened
    cells = []
    for at, row in enumerate(rows, body.bottom + 1 + gap):
        for column, value in enumerate(row, body.left):
            if value is not None:
                kind = "text" if isinstance(value, str) else "value"
                kind = "formula" if isinstance(value, str) and value.startswith("=") else kind
                cells.append([f"{chr(64 + column)}{at}", kind, value])
    calc.write(document, cells=cells, sheet=sheet)


def areas(calc, opened):
    return calc.tables(opened[0])["tblTransacties"]


@pytest.mark.slow
def test_rows_typed_under_the_orders_are_taken_in_and_said(calc, opened):
    document, _, body, package = opened
    before = areas(calc, opened)
    typed(calc, opened, ("Bos", date_to_serial(DAY), 1000.0), ("Uil", date_to_serial(DAY), 50.0))
    done, message = calc.dispatch(document, command=VERVERS)
    assert done, message
    first = body.bottom + 1
    assert (
        f"2 rijen onder de tabel op blad Gegevens horen er nu bij (rij {first} t/m {first + 1})." in message
    )
    assert "Sinds de vorige keer: 2 rijen meer" in message
    assert areas(calc, opened) == [*before[:2], before[2] + 2, before[3]]
    sheet, customers = place(package, "tblRfm")
    longer = customers._replace(bottom=customers.bottom + 1)
    found = {row[0]: row for row in calc.cells(document, longer.address, sheet)}
    assert found["Uil"][3:5] == [1.0, 50.0]
    assert found["Bos"][3] == 4.0
    shown = [calc.shown(document, area=f"{letter}{first}", sheet=opened[1]) for letter in "CD"]
    assert (shown[0], shown[1][:3]) == ("20-11-2026", "€ 1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("Totaal", None, "=SUM(D5:D8)"), "een formule over andere rijen"),
        (("Bos", None, 12.0), "heeft niets bij datum"),
    ],
)
def test_a_row_that_is_none_is_refused_and_the_table_stays(calc, opened, row, why):
    before = areas(calc, opened)
    typed(calc, opened, ("Uil", date_to_serial(DAY), 50.0), row)
    done, message = calc.dispatch(opened[0], command=VERVERS)
    assert not done
    assert why in message
    assert f"rij {opened[2].bottom + 2}" in message
    assert areas(calc, opened) == before


@pytest.mark.slow
def test_what_stands_apart_is_left_alone(calc, opened):
    before = areas(calc, opened)
    typed(calc, opened, ("bron: kassa", None, None), gap=1)
    done, message = calc.dispatch(opened[0], command=VERVERS)
    assert done, message
    assert "horen er nu bij" not in message
    assert areas(calc, opened) == before


@pytest.mark.slow
def test_a_row_may_look_something_up_on_another_sheet(calc, opened):
    before = areas(calc, opened)
    typed(calc, opened, ("Uil", date_to_serial(DAY), "=50+COUNT($Adressen.A1:A9)"))
    done, message = calc.dispatch(opened[0], command=VERVERS)
    assert done, message
    assert areas(calc, opened)[2] == before[2] + 1


@pytest.mark.slow
@pytest.mark.parametrize("refused", [False, True])
def test_a_calculated_column_goes_on_when_the_rows_are_taken_in_for_good(calc, opened, refused):
    document, sheet, body, package = opened
    column = chr(64 + body.right)
    calc.write(
        document,
        cells=[[f"{column}{row}", "formula", "=20+5"] for row in range(body.top, body.bottom + 1)],
        sheet=sheet,
    )
    typed(calc, opened, ("Uil", date_to_serial(DAY), None))
    if refused:
        calc.protect(document, sheet=place(package, "tblRfm")[0])
    assert calc.dispatch(document, command=VERVERS)[0] is not refused
    below = f"{column}{body.bottom + 1}"
    assert calc.formulas(document, area=f"{below}:{below}", sheet=sheet) == [["" if refused else "=20+5"]]


@pytest.mark.slow
def test_a_refresh_that_is_refused_takes_nothing_in(calc, opened):
    document, _, _, package = opened
    before = areas(calc, opened)
    typed(calc, opened, ("Uil", date_to_serial(DAY), 50.0))
    calc.protect(document, sheet=place(package, "tblRfm")[0])
    done, message = calc.dispatch(document, command=VERVERS)
    assert not done
    assert "beveiligd" in message
    assert areas(calc, opened) == before


@pytest.mark.slow
def test_a_row_that_stands_apart_and_looks_like_one_is_told_and_does_not_count(calc, opened):
    document, _, body, _ = opened
    before = areas(calc, opened)
    typed(calc, opened, ("bron: kassa", None, None), ("Uil", date_to_serial(DAY), 50.0), gap=1)
    done, message = calc.dispatch(document, command=VERVERS)
    assert done, message
    lines = [line for line in message.splitlines() if "lijkt een rij van de tabel erboven" in line]
    assert [f"rij {body.bottom + 3} op blad Gegevens" in line for line in lines] == [True]
    assert areas(calc, opened) == before
    assert "horen er nu bij" not in message


@pytest.mark.slow
def test_a_total_that_stands_apart_is_no_row(calc, opened):
    document, _, body, _ = opened
    total = f"=SUM(C{body.top + 1}:C{body.bottom})"
    typed(calc, opened, ("samen", "=MAX(B:B)", total), gap=1)
    done, message = calc.dispatch(document, command=VERVERS)
    assert done, message
    assert "lijkt een rij" not in message
