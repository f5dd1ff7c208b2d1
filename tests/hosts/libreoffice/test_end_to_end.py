"""The whole way: a workbook in Calc, the real worker, the real refresh."""

import datetime as dt
import re
import zipfile

import pytest

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import package_of
from tests.conftest import NOW as NOW_THERE


@pytest.mark.slow
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


@pytest.mark.slow
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
        told, since, figures = message.splitlines()[:3]
        assert told == "Het werkboek is ververst."
        assert since.startswith("Sinds de vorige keer: evenveel rijen, omzet in totaal +")
        assert figures == f"Kerncijfers: {len(before)} maanden"
        after = calc.cells(document, months.address, kpi)
        changed = [(i, j) for i, row in enumerate(after) for j, v in enumerate(row) if v != before[i][j]]
        assert after[0][1] == pytest.approx(before[0][1] + 1000)  # revenue of the first month
        assert {i for i, _ in changed} == {0}
        source, cell = place(package, "kw_bron")
        assert calc.cells(document, cell.address, source) == "blad Gegevens"
        sheet, cell = place(package, "kn_netto")
        assert calc.shown(document, area=cell.address, sheet=sheet)
        sheet, cell = place(package, "kc_netto")
        wanted = package.shown()["Berekening"][cell.address]
        assert calc.cells(document, cell.address, sheet) == pytest.approx(wanted)
    finally:
        calc.close(document)


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_forecast_that_a_calc_document_holds_goes_on_and_is_judged(calc, shop_csv, tmp_path):
    """Made up to a day in the past; without that day the data reach on."""
    past = dt.date(2026, 3, 31)
    inputs = {"kw_peildatum": past, "kw_model": "mbg/nbd", "kw_seizoen": "geen"}
    package = package_of("prognose", read_transactions(shop_csv), now=NOW_THERE, inputs=inputs)
    path = tmp_path / "prognose.xlsx"
    package.save(path, backup=False)
    filed, (sheet, body) = package.read_table("tblVoorspelboek"), place(package, "tblVoorspelboek")
    settings, day = place(package, "kw_peildatum")
    document = calc.open(path=str(path))
    try:
        calc.write(document, cells=[[day.address, "text", ""]], sheet=settings)
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert done, message
        assert "Voorspelboek: 26 regels" in message
        calc.recalculate(document)
        longer = body._replace(bottom=body.bottom + len(filed.rows))
        rows = [
            dict(zip(filed.headers, one, strict=True)) for one in calc.cells(document, longer.address, sheet)
        ]
        old = rows[13:]
        for name in ("peildatum", "weken", "verwacht", "laag", "hoog", "tiende 1", "parameters"):
            assert [one[name] for one in old] == [one[filed.headers.index(name)] for one in filed.rows]
        judged = [one for one in old if one["kwam"] not in (None, "")]
        assert [one["weken"] for one in judged] == [4.0 * number for number in range(1, 9)]
        said = calc.cells(document, "B4", package.sheet_names().index("Voorspelboek"))
        assert re.fullmatch(r"[✔⚠] Vorige voorspelling \(van 31-3-2026, tot en met 10-11-2026\): .*", said)
        assert f"werkelijk {judged[-1]['kwam']:.0f}: {judged[-1]['oordeel']}" in said
        page = package.sheet_names().index("Prognose")
        card = [row[0] for row in calc.cells(document, "L4:L7", page)]
        assert card[0] == "Vorige voorspelling"
        assert card[1] == pytest.approx(judged[-1]["verwacht"])
        assert card[2] == f"werkelijk {judged[-1]['kwam']:.0f}, t/m 10-11-2026"
        assert calc.undo(document) == "Klantwaarde XL: ververs"
        again = calc.cells(document, body.address, sheet)
        assert [one[0] for one in again] == [row[0] for row in filed.rows]
    finally:
        calc.close(document)


def test_all_that_a_workbook_lacks_is_in_one_message_and_nothing_is_written(calc, dashboard):
    source, cell = place(Package.open(dashboard), "kw_bron")
    with zipfile.ZipFile(dashboard) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    book = "xl/workbook.xml"  # the row of one setting is deleted
    held[book] = re.sub(rb'(name="kw_rente")>[^<]+<', rb"\1>Instellingen!#REF!<", held[book])
    for lost in (b'"tblRetentie"', b'"kw_inactief_na"', b'"kw_bron"'):
        held = {name: data.replace(lost, b'"mijn_' + lost[1:]) for name, data in held.items()}
    with zipfile.ZipFile(dashboard, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    document = calc.open(path=str(dashboard))
    try:
        before = calc.cells(document, cell.address, source)
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert not done
        for part in (
            "(tblRetentie op",
            "'Klant is verloren na' (kw_inactief_na op",
            "(kw_bron op",
            "(kw_rente op",
        ):
            assert part in message
        assert "oudere versie" not in message
        assert calc.cells(document, cell.address, source) == before
    finally:
        calc.close(document)


NOW = str(templates()["dashboard"].version).encode()


@pytest.mark.slow
@pytest.mark.parametrize("says", [b"1", NOW])
def test_calc_tells_which_version_a_workbook_says_it_is(calc, dashboard, says):
    """Without its later parts it is an older workbook or one that lost them."""
    with zipfile.ZipFile(dashboard) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    custom = "docProps/custom.xml"
    held[custom] = held[custom].replace(b"<vt:lpwstr>" + NOW + b"<", b"<vt:lpwstr>" + says + b"<")
    held = {name: data.replace(b'"tblRetentie"', b'"tblMijn"') for name, data in held.items()}
    with zipfile.ZipFile(dashboard, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    document = calc.open(path=str(dashboard))
    try:
        done, message = calc.dispatch(document, command="nl.klantwaarde:ververs")
        assert done == (says == b"1")
        assert ("oudere versie" in message) == done
    finally:
        calc.close(document)
