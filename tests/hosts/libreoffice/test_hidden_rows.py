"""Rows without anything to show, in an open Calc document: hidden, shown again, and undone."""

import pytest
import xlsxwriter

from tests.hosts.libreoffice import stub_worker

VERVERS = "nl.klantwaarde:ververs"
DRAWN = [5, 6, 7, 8]  # rows on the page, of which 6 and 7 are the chart's


@pytest.fixture(scope="module", autouse=True)
def _stub(calc, worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


@pytest.fixture(params=[None, 7.0], ids=["unknown", "known"])
def document(calc, tmp_path, request):
    """Settings on one sheet, on another rows that go with a figure, which starts without or with a value."""
    path = tmp_path / "pagina.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        settings, page = workbook.add_worksheet("Instellingen"), workbook.add_worksheet("Pagina")
        workbook.define_name("kw_plan", "=Instellingen!$B$1")
        workbook.define_name("kw_cijfer", "=Instellingen!$B$2")
        workbook.define_name("kr_deel", "=Pagina!$A$6:$A$7")
        workbook.define_name("kr_weg", "=#REF!")
        settings.write("A1", "plan")
        if request.param is not None:
            settings.write("B2", request.param)
        page.write("B6", "grafiek")
    opened = calc.open(path=str(path))
    opened_with = request.param
    yield opened, opened_with
    calc.close(opened)


def refresh(calc, opened, plan):
    calc.write(opened, cells=[["B1", "text", plan]])
    assert calc.dispatch(opened, command=VERVERS)[0]
    return calc.visible(opened, rows=DRAWN, sheet=1)


def test_rows_are_hidden_while_their_figure_is_unknown_and_come_back_with_it(calc, document):
    opened, _ = document
    assert refresh(calc, opened, "onbekend") == [True, False, False, True]
    assert refresh(calc, opened, "onbekend") == [True, False, False, True]
    assert refresh(calc, opened, "bekend") == [True] * 4


def test_rows_that_the_user_hid_stay_hidden_while_they_have_something_to_show(calc, document):
    opened, before = document
    calc.hide(opened, rows=[6], sheet=1)
    assert refresh(calc, opened, "bekend") == [True, before is None, True, True]


def test_undo_brings_the_rows_back_with_the_rest(calc, document):
    opened, before = document
    refresh(calc, opened, "onbekend")
    assert calc.undo(opened) == "Klantwaarde XL: ververs"
    assert calc.visible(opened, rows=DRAWN, sheet=1) == [True] * 4
    assert calc.cells(opened, "B2") == (before or "")


def test_rows_of_a_protected_page_stay_as_they_are_and_the_figures_are_written(calc, document):
    opened, _ = document
    calc.protect(opened, sheet=1)
    assert refresh(calc, opened, "onbekend") == [True] * 4
    assert calc.cells(opened, "B2") == ""
    assert refresh(calc, opened, "bekend") == [True] * 4
    assert calc.cells(opened, "B2") == 1.0
