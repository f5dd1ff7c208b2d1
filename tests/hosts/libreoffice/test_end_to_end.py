"""The whole way: a workbook in Calc, the real worker, the real refresh."""

import pytest

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.package import Package


def test_a_workbook_that_is_not_ours_is_refused_in_dutch(calc, sheet):
    done, message = calc.dispatch(sheet, command="nl.klantwaarde:ververs")
    assert not done
    assert "Er ging iets mis" not in message
    assert "Oplossing:" in message


def place(package, name):
    """The sheet's number and the address of a named cell, or of a table's body."""
    sheet, area, headers = package.places()[name]
    body = area._replace(top=area.top + 1) if headers else area
    return package.sheet_names().index(sheet), body


def test_the_real_dashboard_is_refreshed_from_its_menu(calc, dashboard):
    package = Package.open(dashboard)
    document = calc.open(path=str(dashboard))
    try:
        (data, transactions), (kpi, months) = place(package, "tblTransacties"), place(package, "tblKpi")
        before = calc.cells(document, months.address, kpi)
        amount = Area(transactions.top, transactions.right, transactions.top, transactions.right).address
        more = calc.cells(document, amount, data) + 1000.0
        calc.write(document, cells=[[amount, "value", more]], sheet=data)
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert done, message
        assert message.splitlines()[:2] == [
            "Het werkboek is ververst.",
            f"Kerncijfers: {len(before)} maanden",
        ]
        after = calc.cells(document, months.address, kpi)
        changed = [(i, j) for i, row in enumerate(after) for j, v in enumerate(row) if v != before[i][j]]
        assert after[0][1] == pytest.approx(before[0][1] + 1000)  # revenue of the first month
        assert {i for i, _ in changed} == {0}
        source, cell = place(package, "kw_bron")
        assert calc.cells(document, cell.address, source) == "blad Gegevens"
        assert calc.shown(document, area="B5", sheet=package.sheet_names().index("Dashboard"))
        sheet, cell = place(package, "kc_netto")
        wanted = package.shown()["Berekening"][cell.address]
        assert calc.cells(document, cell.address, sheet) == pytest.approx(wanted)
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
