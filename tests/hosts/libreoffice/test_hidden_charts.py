"""Charts that were hidden for want of figures, in an open Calc document: shown when these come."""

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.package import Package
from tests.hosts.libreoffice import stub_worker

VERVERS = "nl.klantwaarde:ververs"
NAME, OTHER = "Grafiek Pagina B6", "Eigen grafiek"


@pytest.fixture(scope="module", autouse=True)
def _stub(calc, worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


@pytest.fixture(params=[None, 7.0], ids=["unknown", "known"])
def document(calc, tmp_path, request):
    """Settings on one sheet, on another a chart of a figure, which starts without or with a value."""
    path = tmp_path / "pagina.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        settings, page = workbook.add_worksheet("Instellingen"), workbook.add_worksheet("Pagina")
        workbook.define_name("kw_plan", "=Instellingen!$B$1")
        workbook.define_name("kw_cijfer", "=Instellingen!$B$2")
        settings.write("A1", "plan")
        if request.param is not None:
            settings.write("B2", request.param)
        page.write_column("A1", [1, 2, 3])
        for name, place in ((NAME, "B6"), (OTHER, "B26")):
            chart = workbook.add_chart({"type": "line", "name": name})
            chart.add_series({"values": "=Pagina!$A$1:$A$3"})
            page.insert_chart(place, chart)
    opened = calc.open(path=str(path))
    yield opened, request.param
    calc.close(opened)


def refresh(calc, opened, plan):
    calc.write(opened, cells=[["B1", "text", plan]])
    assert calc.dispatch(opened, command=VERVERS)[0]
    return calc.charts(opened, sheet=1)


def test_a_hidden_chart_is_shown_when_its_figure_comes(calc, document):
    opened, before = document
    calc.hide_chart(opened, name=NAME, sheet=1)
    assert refresh(calc, opened, "bekend") == {NAME: before is None, OTHER: True}


def test_a_chart_without_its_figure_stays_for_calc_would_not_undo_that(calc, document):
    opened, before = document
    assert refresh(calc, opened, "onbekend") == {NAME: True, OTHER: True}
    assert calc.undo(opened) == "Klantwaarde XL: ververs"
    assert calc.charts(opened, sheet=1) == {NAME: True, OTHER: True}
    assert calc.cells(opened, "B2") == (before or "")


@pytest.mark.slow
def test_a_chart_hidden_in_a_file_keeps_its_place_in_calc(calc, document, tmp_path):
    opened, _ = document
    places = calc.chart_places(opened, sheet=1)
    path = tmp_path / "verborgen.xlsx"
    calc.save(opened, path=str(path))
    package = Package.open(path)
    package.edit(charts={NAME: False})
    package.save(path, backup=False)
    hidden = calc.open(path=str(path))
    assert calc.charts(hidden, sheet=1) == {NAME: False, OTHER: True}
    calc.save(hidden, path=str(tmp_path / "weer.xlsx"))
    calc.close(hidden)
    again = calc.open(path=str(tmp_path / "weer.xlsx"))
    assert calc.chart_places(again, sheet=1) == places
    calc.close(again)
