"""The same refresh through xlwings' Windows engine, with Excel's objects stood in for."""

import datetime as dt

from tests.hosts.excel.test_refresh import NAMES, ROWS, encode_names, write
from tests.hosts.excel.wire import decode, encode


def refreshed(classic, *tables, rows=ROWS, table="A3:D6", totals=(), **names):
    sheet = {"rows": encode(rows), "tables": {"tblKpi": table}, "names": NAMES, "totals": list(totals)}
    return classic.ask(verb="refresh", sheet=sheet, tables=tables, names=encode_names(names))


def body(done):
    return decode(done["bodies"]["tblKpi"])


def test_the_users_cells_follow_their_row(classic):
    done = refreshed(classic, write([["cato", 3], ["daan", 4], ["anna", 1]]))
    assert [row[:3] for row in body(done)] == [
        ["cato", 3.0, "trouwe klant"],
        ["daan", 4.0, None],
        ["anna", 1.0, "bel in mei"],
    ]


def test_rows_are_written_as_one_block_with_calculation_held_back_and_then_done(classic):
    done = refreshed(classic, write([["anna", 11], ["bram", 21], ["cato", 31]]), kw_rente=0.1)
    assert [entry for entry in done["log"] if entry[0] != "AutoFilter"] == [
        ["Value", "A4:B6"],
        ["Value", "B1"],
        ["Calculate", -4105, True],
    ]
    assert done["cells"]["kw_rente"] == 0.1


def test_dates_arrive_as_dates(classic):
    moment = dt.datetime(2026, 1, 2, 3, 4, 5)
    done = refreshed(
        classic, write([["anna", dt.date(2025, 5, 6)]], columns=("Klant", "Sinds")), kw_ververst=moment
    )
    assert body(done)[0][3] == dt.datetime(2025, 5, 6)
    assert decode(done["cells"]["kw_ververst"]) == moment


def test_a_growing_table_takes_its_number_formats_along_and_its_totals_row(classic):
    rows = [*ROWS, ["Totaal", 60, None, None]]
    four = write([[name, 1] for name in ("anna", "bram", "cato", "daan")])
    done = refreshed(classic, four, rows=rows, table="A3:D7", totals=["tblKpi"])
    assert [row[0] for row in body(done)] == ["anna", "bram", "cato", "daan"]
    assert ["AutoFill", "A6:D7", 3] in done["log"]  # xlFillFormats


def test_a_formula_under_the_table_stops_the_refresh_even_when_it_shows_nothing(classic):
    rows = [*ROWS, ['=""', None, None, None]]
    done = refreshed(classic, write([[name, 1] for name in "abcd"]), rows=rows)
    assert done["error"][0] == "WorkbookFull"
    assert done["log"] == []
