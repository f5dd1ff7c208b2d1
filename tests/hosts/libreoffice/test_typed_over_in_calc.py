"""In an open Calc document what was typed over a figure of the program's is asked about, told and kept."""

import datetime as dt

import openpyxl
import pytest
import xlsxwriter

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import package_of
from tests.hosts.libreoffice import stub_worker
from tests.hosts.libreoffice.stub_book import add_customers
from tests.hosts.libreoffice.test_refresh import VERVERS, refresh

WORDS = "na het verversen staat die op het blad Vervallen rijen:"


@pytest.fixture
def stub(worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "klanten.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        add_customers(workbook)
    return path


@pytest.fixture
def opened(calc, book):
    document = calc.open(path=str(book))
    yield document
    calc.close(document)


@pytest.mark.usefixtures("stub")
def test_a_value_and_a_formula_over_figures_are_told_and_kept(calc, opened):
    assert refresh(calc, opened, "gelijk")[0]
    calc.write(opened, cells=[("D6", "value", 99.5), ("D8", "formula", "=30+3")])
    done, message = refresh(calc, opened, "omgekeerd")
    assert done, message
    lines = message.splitlines()
    assert lines[
        lines.index(f"Let op: in een cel die Klantwaarde XL vult typte u een waarde; {WORDS}") + 1
    ] == ("  Klanten, klant Anna (rij 6), kolom omzet: 99,5")
    assert "  Klanten, klant Cees (rij 8), kolom omzet: =30+3" in lines
    assert calc.sheets(opened)[-1] == "Vervallen rijen"
    kept = calc.cells(opened, "C2:F3", sheet=1)
    assert {tuple(row) for row in kept} == {
        ("klant Anna", 6.0, "omzet", 99.5),
        ("klant Cees", 8.0, "omzet", "=30+3"),
    }


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("plan", ["gelijk", "groei", "soorten", "dagen"])
def test_what_was_written_is_told_by_nobody_again_nor_after_an_undo(calc, opened, plan):
    for _ in range(2):
        done, message = refresh(calc, opened, plan)
        assert done, message
    assert "Vervallen" not in message
    calc.undo(opened)
    done, message = refresh(calc, opened, "krimp")
    assert done, message
    assert "Vervallen" not in message


@pytest.mark.slow
def test_a_closed_file_and_calc_know_of_each_other_what_they_wrote(calc, tmp_path, shop_csv):
    path = tmp_path / "boek.xlsx"
    now = dt.datetime.now().replace(microsecond=0)
    package = package_of("rfm-segmenten", read_transactions(shop_csv), now=now)
    package.save(path, backup=False)
    sheet, body, _ = package.places()["tblRfm"]
    with pytest.warns(UserWarning, match="extension"):
        made = openpyxl.load_workbook(path)
    made[sheet].cell(body.top + 2, body.left + 4).value = 4711
    made.save(path)
    document = calc.open(path=str(path))
    try:
        done, message = calc.dispatch(document, command=VERVERS)
        assert done, message
        assert "kolom omzet: 4711" in message
        done, message = calc.dispatch(document, command=VERVERS)
        assert "typte" not in message
        calc.save(document, path=str(path))
    finally:
        calc.close(document)
    done = refresh_file(path, now=now + dt.timedelta(days=1), backup=False)
    assert (done.report.retyped, done.report.over) == ((), ())
    assert "klantwaarde_geschreven_001" in Package.open(path).custom_properties()
