"""The whole way: a workbook in Calc, the real worker, the real refresh."""

import pytest

from klantwaarde_xl.xlsx.package import Package


def test_a_workbook_that_is_not_ours_is_refused_in_dutch(calc, sheet):
    done, message = calc.dispatch(sheet, command="nl.klantwaarde:ververs")
    assert not done
    assert "Er ging iets mis" not in message
    assert "Oplossing:" in message


def test_the_real_dashboard_is_refreshed_from_its_menu(calc, dashboard):
    package = Package.open(dashboard)
    sheets = package.sheet_names()
    document = calc.open(path=str(dashboard))
    try:
        data, kpi = sheets.index("Gegevens"), sheets.index("KPI")
        before = calc.cells(document, "B23:P60", kpi)
        calc.write(document, cells=[["D5", "value", calc.cells(document, "D5", data) + 1000.0]], sheet=data)
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert done, message
        assert message.splitlines()[:2] == ["Het werkboek is ververst.", "Kerncijfers: 36 maanden"]
        after = calc.cells(document, "B23:P60", kpi)
        changed = [(i, j) for i, row in enumerate(after) for j, v in enumerate(row) if v != before[i][j]]
        assert after[0][1] == pytest.approx(before[0][1] + 1000)  # revenue of the first month
        assert {i for i, _ in changed} == {0}
        assert calc.cells(document, "C6", sheets.index("Start")) == "blad Gegevens"
        total = calc.cells(document, "L7", sheets.index("Berekening"))
        assert calc.shown(document, area="B5", sheet=sheets.index("Dashboard"))
        assert total == pytest.approx(package.shown()["Berekening"]["L7"])
    finally:
        calc.close(document)


def test_the_real_forecast_is_refreshed_from_its_menu(calc, forecast_book):
    package = Package.open(forecast_book)
    sheets = package.sheet_names()
    settings, board = sheets.index("Instellingen"), sheets.index("Prognose")
    document = calc.open(path=str(forecast_book))
    try:
        before = calc.cells(document, "B5", board)
        calc.write(document, cells=[["C8", "value", 0.175]], sheet=settings)  # half the margin
        calc.recalculate(document)
        assert calc.cells(document, "B5", board) == before
        assert calc.cells(document, "H8", settings) == "verversen"
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert done, message
        calc.recalculate(document)
        assert calc.cells(document, "B5", board) == pytest.approx(before / 2)
        assert calc.cells(document, "H8", settings) == "bij"
        rows = len(package.read_table("tblPrognose").rows)
        values = [row[0] for row in calc.cells(document, f"L5:L{4 + rows}", sheets.index("Klanten"))]
        assert sum(values) == pytest.approx(before / 2)
        assert values == sorted(values, reverse=True)
    finally:
        calc.close(document)
