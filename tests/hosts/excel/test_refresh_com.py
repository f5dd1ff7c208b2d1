"""The same refresh through xlwings' Windows engine, with Excel's objects stood in for."""

import datetime as dt

from tests.hosts.excel.test_refresh import NAMES, ROWS, encode_names, write
from tests.hosts.excel.wire import decode, encode

AFTER = "Na het verversen staat dat op het blad Vervallen rijen:"


def refreshed(classic, *tables, rows=ROWS, table="A3:D6", totals=(), book=None, **names):
    sheet = {"rows": encode(rows), "tables": {"tblKpi": table}, "names": NAMES, "totals": list(totals)}
    sheet |= book or {}
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


def test_the_user_is_asked_before_their_values_go_and_a_no_changes_nothing(classic):
    done = refreshed(classic, write([["cato", 3], ["bram", 2]]), book={"answer": False})
    (question,) = done["asked"]
    assert question.splitlines() == [
        f"2 waarden van uzelf horen bij rijen die er niet meer zijn. {AFTER}",
        "  tblKpi, Klant anna (rij 4), kolom Notitie: bel in mei",
        "  tblKpi, Klant anna (rij 4), kolom Sinds: 01-03-2024",
    ]
    assert done["words"] is None
    assert done["log"] == []
    assert done["sheets"] == {}
    assert [row[0] for row in body(done)] == ["anna", "bram", "cato"]


def test_after_a_yes_the_values_are_kept_behind_the_other_sheets_and_the_same_sheet_is_shown(classic):
    done = refreshed(classic, write([["cato", 3], ["bram", 2]]), book={"answer": True})
    kept = [row[2:6] for row in decode(done["sheets"]["Vervallen rijen"])]
    assert kept[1:] == [
        ["Klant anna", 4.0, "Notitie", "bel in mei"],
        ["Klant anna", 4.0, "Sinds", dt.datetime(2024, 3, 1)],
    ]
    assert done["active"] == "Map1.xlsx"
    assert [row[0] for row in body(done)] == ["cato", "bram"]


def test_nobody_is_asked_when_nothing_is_lost(classic):
    done = refreshed(classic, write([["cato", 3], ["bram", 2], ["anna", 1]]), book={"answer": False})
    assert done["asked"] == []
    assert [row[0] for row in body(done)] == ["cato", "bram", "anna"]


def test_a_book_to_which_no_sheet_can_be_added_is_refused_and_keeps_everything(classic):
    done = refreshed(classic, write([["cato", 3]]), book={"protected": True})
    assert done["error"][0] == "HostError"
    assert "Werkmap beveiligen" in done["error"][1]
    assert done["log"] == []


def test_values_that_vanish_later_come_under_those_that_vanished_before(classic):
    before = {"Vervallen rijen": [["vervallen op", None, None], ["01-01-2025 09:00", "tblKpi", "Klant jan"]]}
    done = refreshed(classic, write([["bram", 2], ["cato", 3]]), book={"added": before})
    rows = decode(done["sheets"]["Vervallen rijen"])
    assert [row[2] for row in rows] == [None, "Klant jan", "Klant anna", "Klant anna"]


def test_a_formula_in_every_row_of_a_column_is_nobodys_to_lose(classic):
    rows = [[*row, None] for row in ROWS[:2]] + [[*ROWS[2][:3], "Dubbel"]]
    rows += [[name, i, None, f"=B{i + 3}*2"] for i, name in enumerate(("anna", "bram"), 1)]
    done = refreshed(classic, write([["bram", 2]]), rows=rows, table="A3:D5")
    assert done["error"] is None
    assert done["sheets"] == {}


def test_no_cell_of_a_table_is_read_twice(classic):
    done = refreshed(classic, write([["cato", 3], ["daan", 4], ["anna", 1]]))
    assert sorted(done["reads"]) == ["A3:D3", "A4:D6", "B1", "B2"]


def test_a_filter_that_is_cleared_is_reported_and_one_that_hides_nothing_is_not(classic):
    same = write([["anna", 1], ["bram", 2], ["cato", 3]])
    assert (
        "Let op: het filter van tblKpi is gewist."
        in refreshed(classic, same, book={"filtered": True})["words"]
    )
    assert refreshed(classic, same)["words"] == ["Het werkboek is ververst.", "tblKpi: 3 rijen"]


def test_a_key_without_a_date_format_is_matched_in_a_workbook_that_counts_from_1904(classic):
    day = dt.date(2024, 3, 1)
    serial = (day - dt.date(1904, 1, 1)).days
    rows = [*ROWS[:3], [serial, 10, "eerste", None], [serial + 31, 20, "tweede", None]]
    new = write([[dt.date(2024, 4, 1), 2], [day, 1]])
    done = refreshed(classic, new, rows=rows, table="A3:D5", book={"date1904": True})
    assert done["days_behind"] == 1462
    assert [row[2] for row in body(done)] == ["tweede", "eerste"]


def test_a_chart_without_a_figure_is_hidden_and_comes_back_with_it(classic):
    charts = ["Eigen", "Grafiek"]
    hide = [["Grafiek", "kw_rente", False], ["Weg", "kw_rente", False]]
    done = refreshed(classic, book={"charts": charts, "hide": hide}, kw_rente=None)
    assert done["charts"] == {"Eigen": True, "Grafiek": False}
    known = [["Grafiek", "kw_rente", True]]
    assert all(refreshed(classic, book={"charts": charts, "hide": known}, kw_rente=0.1)["charts"].values())


def test_a_protected_page_keeps_its_chart_and_does_not_stop_the_refresh(classic):
    book = {"charts": ["Grafiek"], "hide": [["Grafiek", "kw_rente", False]], "locked": True}
    done = refreshed(classic, book=book, kw_rente=None)
    assert (done["error"], done["charts"]) == (None, {"Grafiek": True})
    assert done["words"][0] == "Het werkboek is ververst."
