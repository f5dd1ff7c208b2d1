"""The whole way in Excel: an open workbook, the real computation, the actions a client replays."""

import datetime as dt

import pytest

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.plan.plan import Contents
from klantwaarde_xl.workbook.refresh import plan_refresh
from klantwaarde_xl.xlsx.package import Package
from tests.books import package_of
from tests.hosts.excel.sheetmodel import WIDTH, Sheet

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def opened(package, more=None):
    """The workbook's tables and named cells, side by side on one sheet; more: columns of the user's by table."""
    more = more or {}
    tables = {name: package.read_table(name) for name in package.table_names()}
    names = package.read_names("kw_")
    rows = [[None] * WIDTH for _ in range(4 + max(len(table.rows) for table in tables.values()))]
    areas, places, column = {}, {}, 1
    for name, table in tables.items():
        headers = [*table.headers, *more.get(name, ())]
        width = len(headers)
        for r, row in enumerate([headers, *table.rows], 3):
            rows[r][column - 1 : column - 1 + len(row)] = row
        areas[name] = Area(4, column, 4 + len(table.rows), column + width - 1).address
        column += width + 1
    for i, (name, value) in enumerate(names.items(), 1):
        rows[0][i - 1] = value
        places[name] = Area(1, i, 1, i).address
    return Sheet(rows, areas, places)


def plain(value):
    """A value as a cell holds it after the client has written it."""
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        is_count = isinstance(value, int) and not isinstance(value, bool)
        return float(value) if is_count else None if value == "" else value
    return dt.datetime(value.year, value.month, value.day)


@pytest.fixture(scope="module")
def named_model_bytes(shop_csv):
    """A forecast by a model that is named, so that none has to be chosen twice."""
    inputs = {"kw_model": "bg/nbd", "kw_seizoen": "geen"}
    return package_of("prognose", read_transactions(shop_csv), now=NOW, inputs=inputs).to_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("template", ["shop_bytes", "named_model_bytes"])
def test_a_workbook_open_in_excel_gets_the_same_plan_as_a_closed_file(server, template, request):
    package = Package.from_bytes(request.getfixturevalue(template))
    sheet = opened(package)
    data = sheet.tables["tblTransacties"]
    sheet.rows[data.top][data.left + 1] += 1000.0  # the user changes the first amount
    done = server.ask(verb="real", book=sheet.book())
    sheet.replay(done["actions"])
    tables = {name: package.read_table(name) for name in package.table_names()}
    tables["tblTransacties"].rows[0][2] += 1000.0
    plan = plan_refresh(Contents(package.read_names("kw_"), tables), now=NOW)
    for write in plan.tables:
        body = sheet.body(write.table)
        rows = write.rows or [[None] * len(write.columns)]  # a table keeps one row
        assert len(body) == len(rows)
        for got, row in zip(body, rows, strict=True):
            for cell, value in zip(got, row, strict=True):
                wanted = plain(value)
                assert cell == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)
    assert sheet.cell(sheet.names["kw_bron"]) == "blad Gegevens"
    assert sheet.cell(sheet.names["kw_rijen_gebruikt"]) == len(tables["tblTransacties"].rows)


@pytest.mark.slow
def test_a_forecast_that_an_open_workbook_holds_goes_on_and_is_judged(server, shop_csv):
    """Made up to a day in the past; without that day the data reach on. Excel gives days as dates."""
    past = dt.date(2025, 6, 30)
    inputs = {"kw_peildatum": past, "kw_model": "mbg/nbd", "kw_seizoen": "geen"}
    package = package_of("prognose", read_transactions(shop_csv), now=NOW, inputs=inputs)
    sheet = opened(package)
    row, column, *_ = area(sheet.names["kw_peildatum"])
    sheet.rows[row - 1][column - 1] = None
    filed = package.read_table("tblVoorspelboek")
    days = [filed.headers.index(name) for name in ("peildatum", "tot en met", "gemaakt op")]
    place = sheet.tables["tblVoorspelboek"]
    for r in range(place.top, place.top + len(filed.rows)):
        for day in days:
            c = place.left - 1 + day
            sheet.rows[r][c] = dt.datetime(1899, 12, 30) + dt.timedelta(days=sheet.rows[r][c])
    done = server.ask(verb="real", book=sheet.book())
    assert done["error"] is None
    sheet.replay(done["actions"])
    body = [dict(zip(filed.headers, one, strict=True)) for one in sheet.body("tblVoorspelboek")]
    assert len(body) == 26
    old = [one for one in body if one["peildatum"] == dt.datetime(2025, 6, 30)]
    assert [one["verwacht"] for one in old] == [one[filed.headers.index("verwacht")] for one in filed.rows]
    assert [one["kwam"] is not None for one in old] == [one["weken"] <= 26 for one in old]
    assert sheet.cell(sheet.names["kw_vorige_peildag"]) == dt.datetime(2025, 6, 30)
    assert sheet.cell(sheet.names["kw_vorige_werkelijk"]) == old[5]["kwam"]


def test_all_that_an_open_workbook_lacks_is_in_one_message_and_nothing_is_written(server, shop_bytes):
    sheet = opened(Package.from_bytes(shop_bytes))
    sheet.names["kw_inactief_na"] = "=#REF!"
    sheet.names["mijn_rente"] = sheet.names.pop("kw_rente")
    sheet.tables["tblMijn"] = sheet.tables.pop("tblRetentie")
    done = server.ask(verb="real", book=sheet.book())
    kind, said = done["error"]
    assert (kind, done["actions"]) == ("WorkbookChanged", [])
    for part in (
        "instelling 'Klant is verloren na' (kw_inactief_na",
        "(kw_rente op",
        "(tblRetentie op",
        "tblMijn",
    ):
        assert part in said
    assert "oudere versie" not in said
