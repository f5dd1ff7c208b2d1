"""A refresh of an open book: what it reads, exactly what it writes, and when it writes nothing."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError
from tests.hosts.excel.sheetmodel import Sheet
from tests.hosts.excel.wire import decode, encode

ROWS = [
    ["Rente", 0.08, None, None],
    ["Ververst", None, None, None],
    ["Klant", "Omzet", "Notitie", "Sinds"],
    ["anna", 10, "bel in mei", dt.date(2024, 3, 1)],
    ["bram", 20, None, dt.date(2024, 4, 1)],
    ["cato", 30, "trouwe klant", "#N/A"],
]
NAMES = {"kw_rente": "B1", "kw_ververst": "B2", "kw_bereik": "A1:B2", "kw_vast": "=5", "ander": "A1"}


def kpi(rows=ROWS, **more):
    return Sheet(rows, {"tblKpi": f"A3:D{len(rows)}"}, NAMES, **more)


def write(rows, columns=("Klant", "Omzet"), key=("Klant",), table="tblKpi"):
    return {"table": table, "columns": list(columns), "rows": encode(rows), "key": list(key)}


def refreshed(server, sheet, *tables, **names):
    done = server.ask(verb="refresh", book=sheet.book(), tables=tables, names=encode_names(names))
    sheet.replay(done["actions"])
    return done


def encode_names(names):
    return {name: encode(value) for name, value in names.items()}


def funcs(done):
    return [action["func"] for action in done["actions"]]


def test_a_refresh_reads_named_cells_and_tables_of_the_program(server):
    done = refreshed(server, kpi())
    assert done["names"] == {"kw_rente": 0.08, "kw_ververst": None}
    headers, rows = done["tables"]["tblKpi"]
    assert headers == ["Klant", "Omzet", "Notitie", "Sinds"]
    assert decode(rows)[0] == ["anna", 10, "bel in mei", dt.datetime(2024, 3, 1)]
    assert decode(rows)[2][3] is CellError.NA
    assert done["now"] == "2026-01-02T03:04:05"
    assert done["actions"] == []


def test_a_table_with_only_its_blank_row_has_no_rows(server):
    done = refreshed(server, kpi([*ROWS[:3], [None] * 4]))
    assert done["tables"]["tblKpi"][1] == []


def test_equal_rows_are_written_as_one_block_and_nothing_moves(server):
    done = refreshed(server, kpi(), write([["anna", 11], ["bram", 21], ["cato", 31]]))
    assert funcs(done) == ["clearAutoFilterTable", "setValues"]
    assert done["actions"][1] == {
        "func": "setValues",
        "args": [None],
        "values": [["anna", 11.0], ["bram", 21.0], ["cato", 31.0]],
        "sheet_position": 0,
        "start_row": 3,
        "start_column": 0,
        "row_count": 3,
        "column_count": 2,
    }


def test_the_users_cells_follow_their_row(server):
    sheet = kpi()
    done = refreshed(server, sheet, write([["cato", 3], ["daan", 4], ["anna", 1]]))
    assert sheet.body("tblKpi") == [
        ["cato", 3.0, "trouwe klant", "#N/A"],
        ["daan", 4.0, None, None],
        ["anna", 1.0, "bel in mei", dt.date(2024, 3, 1)],
    ]
    assert funcs(done) == [
        "addSheet", "setValues",  # what stood beside bram is kept
        "clearAutoFilterTable",
        "setValues", "tableSort", "resizeTable", "rangeClearContents",  # bram leaves
        "resizeTable", "setValues", "tableSort",  # daan comes in between
        "setValues",
    ]  # fmt: skip


def test_the_users_cells_are_never_written_so_their_formulas_stay(server):
    done = refreshed(server, kpi(), write([["cato", 3], ["daan", 4], ["anna", 1]]))
    for action in done["actions"]:
        if action["func"] == "setValues" and action["sheet_position"] == 0:
            assert action["start_column"] + action["column_count"] <= 2


def test_what_stood_beside_a_vanished_row_is_told_and_kept_on_a_sheet_before_anything_changes(server):
    sheet = kpi()
    done = refreshed(server, sheet, write([["cato", 3]]))
    assert funcs(done)[:2] == ["addSheet", "setValues"]
    assert [row[1:6] for row in sheet.added["Vervallen rijen"].rows] == [
        ["tabel", "hoorde bij", "rij", "kolom", "waarde"],
        ["tblKpi", "Klant anna", 4.0, "Notitie", "bel in mei"],
        ["tblKpi", "Klant anna", 4.0, "Sinds", dt.datetime(2024, 3, 1)],
        ["tblKpi", "Klant bram", 5.0, "Sinds", dt.datetime(2024, 4, 1)],
    ]
    told = (
        "3 waarden van uzelf horen bij rijen die er niet meer zijn en staan nu op het blad Vervallen rijen:"
    )
    assert done["words"][-4:] == [
        f"Let op: {told}",
        "  tblKpi, Klant anna (rij 4), kolom Notitie: bel in mei",
        "  tblKpi, Klant anna (rij 4), kolom Sinds: 01-03-2024",
        "  tblKpi, Klant bram (rij 5), kolom Sinds: 01-04-2024",
    ]


def test_a_second_refresh_adds_to_the_sheet_of_vanished_rows(server):
    sheet = kpi()
    refreshed(server, sheet, write([["cato", 3], ["bram", 2]]))
    refreshed(server, sheet, write([["cato", 3]]))
    assert list(sheet.added) == ["Vervallen rijen"]
    kept = [row[2:5] for row in sheet.added["Vervallen rijen"].rows if row[0] is not None or row[1]]
    assert kept[1:] == [
        ["Klant anna", 4.0, "Notitie"],
        ["Klant anna", 4.0, "Sinds"],
        ["Klant bram", 5.0, "Sinds"],
    ]


def test_a_refresh_in_which_nothing_is_lost_adds_no_sheet(server):
    assert "addSheet" not in funcs(
        refreshed(server, kpi(), write([[name, 1] for name in ("cato", "bram", "anna")]))
    )


def test_equal_keys_keep_their_order_of_occurrence(server):
    sheet = kpi([*ROWS, ["anna", 40, "tweede anna", None]])
    refreshed(server, sheet, write([["bram", 1], ["anna", 2], ["anna", 3]]))
    assert [row[2] for row in sheet.body("tblKpi")] == [None, "bel in mei", "tweede anna"]


@pytest.mark.parametrize(
    ("held", "planned"),
    [(7, "7"), ("7", 7), (7.0, 7), (" bram", "bram"), (dt.date(2024, 3, 1), dt.date(2024, 3, 1))],
    ids=str,
)
def test_a_key_is_recognised_in_another_type(server, held, planned):
    sheet = kpi([*ROWS[:4], [held, 20, "van mij", None]])
    refreshed(server, sheet, write([[planned, 1], ["anna", 2]]))
    assert [row[2] for row in sheet.body("tblKpi")] == ["van mij", "bel in mei"]


def test_without_a_key_rows_keep_their_place(server):
    sheet = kpi()
    refreshed(server, sheet, write([["x", 1], ["y", 2]], key=()))
    assert [row[2] for row in sheet.body("tblKpi")] == ["bel in mei", None]


def test_headers_match_in_any_case(server):
    sheet = kpi()
    refreshed(server, sheet, write([["anna", 1]], columns=("KLANT", "omzet"), key=("klant",), table="TBLKPI"))
    assert sheet.body("tblKpi") == [["anna", 1.0, "bel in mei", dt.date(2024, 3, 1)]]


def test_a_growing_table_takes_its_number_formats_along(server):
    sheet = kpi()
    names = ["anna", "bram", "cato", "daan", "eva"]
    done = refreshed(server, sheet, write([[name, 1] for name in names]))
    assert funcs(done) == ["clearAutoFilterTable", "resizeTable", "rangeAutofill", "setValues"]
    assert sheet.formatted == ["$A$6:$D$8"]
    assert [row[0] for row in sheet.body("tblKpi")] == names


def test_a_shrinking_table_leaves_nothing_behind(server):
    sheet = kpi()
    refreshed(server, sheet, write([["anna", 1]]))
    assert sheet.tables["tblKpi"].address == "A3:D4"
    assert sheet.rows[4][:4] == sheet.rows[5][:4] == [None] * 4


def test_a_table_without_rows_keeps_one_blank_row(server):
    sheet = kpi()
    refreshed(server, sheet, write([]))
    assert sheet.body("tblKpi") == [[None] * 4]


def test_a_totals_row_steps_aside_and_comes_back(server):
    sheet = kpi([*ROWS, ["Totaal", 60, None, None]], totals=["tblKpi"])
    refreshed(server, sheet, write([[name, 1] for name in ("anna", "bram", "cato", "daan")]))
    assert len(sheet.body("tblKpi")) == 4
    assert sheet.cell("A8") == "Totaal"


def test_columns_apart_are_written_apart(server):
    sheet = kpi()
    rows = [["anna", dt.date(2025, 5, 6)], ["cato", CellError.NUM]]
    done = refreshed(server, sheet, write(rows, columns=("Klant", "Sinds")))
    blocks = [a["values"] for a in done["actions"] if a["func"] == "setValues"]
    assert blocks[-2:] == [[["anna"], ["cato"]], [["2025-05-06"], ["#NUM!"]]]
    assert [row[2] for row in sheet.body("tblKpi")] == ["bel in mei", "trouwe klant"]


def test_named_cells_get_their_values(server):
    sheet = kpi()
    refreshed(server, sheet, kw_ververst=dt.datetime(2026, 1, 2), KW_RENTE=0.1)
    assert sheet.cell("B2") == dt.datetime(2026, 1, 2)
    assert sheet.cell("B1") == 0.1


@pytest.mark.parametrize(
    "text", ["=1+1", "+31", "-x", "@a", "007", "1-2", "2024-01", "mei 2024", "waar", "'t"]
)
def test_text_that_excel_would_take_for_something_else_stays_text(server, text):
    sheet = kpi()
    done = refreshed(server, sheet, write([[text, 1]]), kw_ververst=text)
    assert sheet.body("tblKpi")[0][0] == sheet.cell("B2") == text
    assert done["actions"][-1]["values"] == [[f"'{text}"]]


@pytest.mark.parametrize(
    ("tables", "names", "part"),
    [
        ([write([], table="tblCohort")], {}, "tabel tblCohort"),
        ([write([["a"]], columns=("Marge",), key=())], {}, "kolom Marge in tblKpi"),
        ([], {"kw_weg": 1}, "naam kw_weg"),
        ([], {"kw_bereik": 1}, "naam kw_bereik"),
    ],
    ids=["table", "column", "name", "name of a range"],
)
def test_a_missing_part_stops_the_refresh_before_the_first_write(server, tables, names, part):
    sound = write([["anna", 1]])
    done = refreshed(server, kpi(), sound, *tables, **{"kw_rente": 1, **names})
    assert done["error"][0] == "WorkbookChanged"
    assert part in done["error"][1]
    assert done["actions"] == []


def test_every_missing_part_is_named_at_once(server):
    tables = [write([], table="tblCohort"), write([], columns=("Marge", "Winst"), key=())]
    done = refreshed(server, kpi(), *tables, kw_weg=1)
    for part in ("tblCohort", "Marge", "Winst", "kw_weg"):
        assert part in done["error"][1]


def test_cells_under_the_table_stop_the_refresh_before_the_first_write(server):
    rows = [*ROWS, [None] * 4, [None, None, "van mij", None]]
    sheet = Sheet(rows, {"tblKpi": "A3:D6"}, NAMES)
    four = [[name, 1] for name in ("anna", "bram", "cato", "daan")]
    assert refreshed(server, sheet, write(four))["error"] is None
    done = refreshed(server, Sheet(rows, {"tblKpi": "A3:D6"}, NAMES), write([*four, ["eva", 1]]))
    assert done["error"][0] == "WorkbookFull"
    assert "A7:D8" in done["error"][1]
    assert done["actions"] == []


@pytest.mark.slow
def test_more_rows_than_a_sheet_holds_stop_the_refresh(server):
    far = Sheet([*[[]] * 1_048_570, *ROWS[2:]], {"tblKpi": "A1048571:D1048574"})
    done = refreshed(server, far, write([["anna", n] for n in range(6)]))
    assert done["error"][0] == "WorkbookFull"
    assert "6 rijen is meer dan een werkblad heeft" in done["error"][1]
    assert done["actions"] == []


def test_server_and_lite_show_the_reason_in_dutch_and_send_nothing(server):
    assert server.ask(verb="script", book=kpi().book(), failing="known") == {"shown": "Geen transacties."}
    shown = server.ask(verb="script", book=kpi().book(), failing="bug")["shown"]
    assert shown.startswith("Verversen is door een onverwachte fout gestopt.")
    assert "secret" not in shown


def test_server_and_lite_show_in_words_what_was_done(server):
    done = server.ask(verb="script", book=kpi().book(), failing="")
    assert done["returned"]
    assert done["told"] == [
        "Het werkboek is ververst.\nKerncijfers: 36 maanden\nLet op: er is geen prognose."
    ]


def test_the_script_of_server_and_lite_is_called_ververs(server):
    (script,) = server.ask(verb="meta")["scripts"]
    assert (script["function_name"], script["name"]) == ("ververs", "Ververs")


def test_the_macro_of_classic_shows_in_words_what_was_done(classic):
    shown = classic.ask(verb="press", what="done")["shown"]
    assert shown == ["Het werkboek is ververst.\nKerncijfers: 1 maand"]
    assert classic.ask(verb="press", what="declined")["shown"] == []


def test_the_macro_of_classic_shows_the_reason_in_dutch(classic):
    assert classic.ask(verb="press", what="wrong") == {"value": "", "shown": ["Tabel tblKpi ontbreekt."]}
    (shown,) = classic.ask(verb="press", what="bug")["shown"]
    assert shown.startswith("Verversen is door een onverwachte fout gestopt.")
    assert "secret" not in shown
