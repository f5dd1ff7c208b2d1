"""The menu item that refreshes: the plan of a stub worker, applied to a workbook open in Calc."""

from pathlib import Path

import pytest
import xlsxwriter

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from tests.hosts.libreoffice import stub_worker
from tests.hosts.libreoffice.stub_worker import DAY, EARLIER, ROWS

VERVERS = "nl.klantwaarde:ververs"
SERIAL = date_to_serial(DAY)
BEFORE = [
    ["klant", "notitie", "omzet", "datum", "dubbel"],
    ["Anna", "belt graag", 1.0, SERIAL, 2.0],
    ["Bram", "", 2.0, SERIAL, 4.0],
    ["Cees", "weegt", 3.0, SERIAL, 6.0],
]


@pytest.fixture(scope="module", autouse=True)
def _stub(calc, worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Settings above, a table with two columns of the user's from row 5, a sum over it in H1."""
    path = tmp_path_factory.mktemp("ververs") / "klanten.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("Klanten")
        euro = workbook.add_format({"num_format": '"€" 0.00', "bold": True})
        day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        for name, area in (("kw_plan", "$B$1"), ("kw_ververst", "$B$2"), ("kw_bereik", "$B$1:$B$2")):
            workbook.define_name(name, f"=Klanten!{area}")
        workbook.define_name("eigen_naam", "=Klanten!$B$3")
        columns = [{"header": header} for header in BEFORE[0]]
        columns[4]["formula"] = "=[@omzet]*2"
        page.add_table("A5:E8", {"name": "tblKlanten", "columns": columns})
        for i, (customer, note, amount, date, _) in enumerate(BEFORE[1:], 5):
            page.write(i, 0, customer)
            page.write(i, 1, note)
            page.write(i, 2, amount, euro)
            page.write(i, 3, date, day)
            page.write_formula(i, 4, f"=C{i + 1}*2", None, amount * 2)
        page.write_formula("H1", "=SUM(tblKlanten[omzet])", None, 6)
    return path


@pytest.fixture
def book_with_totals(tmp_path):
    path = tmp_path / "totaal.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("Klanten")
        workbook.define_name("kw_plan", "=Klanten!$B$1")
        workbook.define_name("kw_ververst", "=Klanten!$B$2")
        columns = [{"header": header} for header in stub_worker.COLUMNS]
        columns[0]["total_string"] = "Totaal"
        data = [[name, amount] for name, _, amount, *_ in BEFORE[1:]]
        table = {"name": "tblKlanten", "columns": columns, "data": data, "total_row": True}
        page.add_table("A5:C9", table)
        # XlsxWriter's own total is SUBTOTAL(109,[omzet]), which Calc shows as #NAME?
        page.write_formula("B9", "=SUBTOTAL(109,tblKlanten[omzet])", None, 6)
    return path


@pytest.fixture
def book_from_1904(tmp_path):
    """Two rows of Anna's that only their day tells apart."""
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        page = workbook.add_worksheet("Klanten")
        day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        workbook.define_name("kw_plan", "=Klanten!$B$1")
        workbook.define_name("kw_ververst", "=Klanten!$B$2")
        page.write("B1", "dagen")
        page.write_blank("B2", None, day)
        columns = [{"header": header} for header in (*stub_worker.COLUMNS, "notitie")]
        page.add_table("A5:D7", {"name": "tblKlanten", "columns": columns})
        for i, (date, note) in enumerate(((EARLIER, "eerste"), (DAY, "tweede")), 5):
            page.write(i, 0, "Anna")
            page.write(i, 1, 7)
            page.write_datetime(i, 2, date, day)
            page.write(i, 3, note)
    return path


@pytest.fixture
def document(calc, book):
    opened = calc.open(path=str(book))
    yield opened
    calc.close(opened)


def choose(calc, document, plan):
    calc.write(document, cells=[["B1", "text", plan]])


def refresh(calc, document, plan):
    choose(calc, document, plan)
    return calc.dispatch(document, command=VERVERS)


def table(calc, document):
    top, left, bottom, right = calc.tables(document)["tblKlanten"]
    assert (top, left, right) == (4, 0, 4)
    return calc.cells(document, f"A5:E{bottom + 1}")


def test_the_menu_offers_the_two_commands(calc):
    assert calc.menu() == [
        ["Klantwaarde", ""],
        ["Ververs dit werkboek", VERVERS],
        ["Over Klantwaarde XL", "nl.klantwaarde:over"],
    ]


def test_the_workbook_is_read_as_contents(calc, document):
    calc.write(document, cells=[["C7", "formula", "=#DIV/0!"]])
    assert refresh(calc, document, "teruglezen")[0]
    headers, rows, names = BEFORE[0], 3, ["kw_plan", "kw_ververst"]
    seen = calc.cells(document, "B2").split("|")
    assert seen[: len(headers)] == headers
    assert seen[len(headers) + rows :] == names
    assert seen[len(headers) + 1] == repr(["Bram", None, CellError.DIV0, SERIAL, CellError.DIV0])


def test_the_programs_columns_are_replaced_and_the_users_stay(calc, document):
    assert refresh(calc, document, "gelijk") == [
        True,
        "Het werkboek is ververst.\nKlanten: 3 klanten\nLet op: er is geen prognose.",
    ]
    assert table(calc, document) == [
        BEFORE[0],
        ["Anna", "belt graag", 11.0, SERIAL, 22.0],
        ["Bram", "", 22.0, SERIAL, 44.0],
        ["Cees", "weegt", 33.0, SERIAL, 66.0],
    ]
    assert calc.cells(document, "B2") == SERIAL + 0.75


def test_the_users_cells_follow_their_row(calc, document):
    refresh(calc, document, "omgekeerd")
    assert table(calc, document)[1:] == [
        ["Cees", "weegt", 33.0, SERIAL, 66.0],
        ["Bram", "", 22.0, SERIAL, 44.0],
        ["Anna", "belt graag", 11.0, SERIAL, 22.0],
    ]
    assert calc.formulas(document, area="E6:E8") == [["=C6*2"], ["=C7*2"], ["=C8*2"]]


@pytest.mark.parametrize("way", ["filter", "hand"])
def test_hidden_rows_move_too(calc, document, way):
    if way == "filter":
        calc.filter(document, table="tblKlanten", column=0, text="Cees")
    else:
        calc.hide(document, rows=[6, 7])
    assert calc.visible(document, rows=[6, 7, 8]) == [False, False, True]
    refresh(calc, document, "omgekeerd")
    assert [row[:2] for row in table(calc, document)[1:]] == [
        ["Cees", "weegt"],
        ["Bram", ""],
        ["Anna", "belt graag"],
    ]


def test_a_longer_table_grows_with_formats_and_formulas(calc, document):
    refresh(calc, document, "groei")
    notes = {"Anna": "belt graag", "Cees": "weegt"}
    assert table(calc, document)[1:] == [
        [name, notes.get(name, ""), float(amount), SERIAL, 2.0 * amount] for name, amount, _ in ROWS["groei"]
    ]
    assert calc.shown(document, area="C11") == "€ 60.00"
    assert calc.shown(document, area="D11") == "01-05-2024"
    assert calc.cells(document, "H1") == 210.0
    used = [row for row in calc.cells(document, "A12:E40") if any(row)]
    assert used == []


def test_a_shorter_table_leaves_nothing_behind(calc, document):
    done, message = refresh(calc, document, "krimp")
    assert done
    told = "1 waarde van uzelf hoort bij een rij die er niet meer is en staat nu op het blad Vervallen rijen:"
    assert message.splitlines()[2:] == [
        "1 rij staat nu ergens anders; wat u erbij zette, ging mee.",
        f"Let op: {told}",
        "  Klanten, klant Anna (rij 6), kolom notitie: belt graag",
        "Met Ongedaan maken is alles weer zoals het was.",
    ]
    assert calc.cells(document, "A1:F2", sheet=1) == [
        ["vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde"],
        ["01-05-2024 18:00", "Klanten", "klant Anna", 6.0, "notitie", "belt graag"],
    ]
    assert table(calc, document)[1:] == [["Cees", "weegt", 33.0, SERIAL, 66.0]]
    assert calc.cells(document, "A7:E8") == [[""] * 5] * 2
    assert calc.cells(document, "H1") == 33.0


@pytest.mark.slow
def test_a_new_row_does_not_inherit_what_was_typed_for_another(calc, document):
    _, message = refresh(calc, document, "ander")
    assert "1 waarde van uzelf" in message  # Anna; Bram's row held only a formula
    assert table(calc, document)[1:] == [
        ["Dora", "", 1.0, SERIAL, 2.0],
        ["Cees", "weegt", 2.0, SERIAL, 4.0],
        ["Ella", "", 3.0, SERIAL, 6.0],
    ]


def test_a_table_without_rows_keeps_one_blank_row(calc, document):
    refresh(calc, document, "leeg")
    assert [row[:4] for row in table(calc, document)[1:]] == [[""] * 4]


def test_every_kind_of_value_arrives_as_what_it_is(calc, document):
    refresh(calc, document, "soorten")
    rows = [[row[0], row[2], row[3]] for row in table(calc, document)[1:]]
    assert rows == [["=1+1", 1.0, ""], ["001", CellError.DIV0, SERIAL], ["", 1.5, SERIAL + 0.5]]


def test_one_undo_brings_everything_back(calc, document):
    choose(calc, document, "groei")
    calc.dispatch(document, command=VERVERS)
    assert calc.undo(document) == "Klantwaarde XL: ververs"
    assert table(calc, document) == BEFORE
    assert calc.cells(document, "B2") == ""
    assert calc.cells(document, "H1") == 6.0
    assert [row for row in calc.cells(document, "A9:E40") if any(row)] == []


def test_one_undo_takes_the_sheet_of_vanished_rows_away_again(calc, document):
    refresh(calc, document, "krimp")
    assert calc.sheets(document) == ["Klanten", "Vervallen rijen"]
    calc.undo(document)
    assert calc.sheets(document) == ["Klanten"]
    assert table(calc, document) == BEFORE


def test_a_second_refresh_adds_to_the_sheet_of_vanished_rows(calc, document):
    refresh(calc, document, "ander")
    refresh(calc, document, "leeg")
    assert calc.cells(document, "C2:F3", sheet=1) == [
        ["klant Anna", 6.0, "notitie", "belt graag"],
        ["klant Cees", 7.0, "notitie", "weegt"],
    ]


def test_a_protected_workbook_that_cannot_keep_lost_values_is_refused(calc, document):
    choose(calc, document, "krimp")
    calc.protect_workbook(document)
    done, message = calc.dispatch(document, command=VERVERS)
    assert not done
    assert "Vervallen rijen" in message
    assert table(calc, document) == BEFORE


def test_a_workbook_that_counts_from_1904_is_read_and_written_in_its_own_calendar(calc, book_from_1904):
    opened = calc.open(path=str(book_from_1904))
    assert calc.dispatch(opened, command=VERVERS)[0]
    assert calc.shown(opened, area="C6") == "01-05-2024"
    assert calc.shown(opened, area="B2") == "01-05-2024"
    assert calc.cells(opened, "A6:D7") == [
        ["Anna", 2.0, SERIAL - 1462, "tweede"],
        ["Anna", 1.0, SERIAL - 1462 - 30, "eerste"],
    ]
    calc.close(opened)


@pytest.mark.slow
def test_a_refused_refresh_says_what_where_and_the_remedy(calc, document):
    assert refresh(calc, document, "weigert") == [
        False,
        "Het bestand is leeg.\nWaar: verkopen.csv\nOplossing: Kies een ander bestand.",
    ]


def test_a_failing_refresh_writes_nothing_and_says_so(calc, document):
    done, message = refresh(calc, document, "kapot")
    assert not done
    assert "ValueError: stuk" in message
    assert table(calc, document) == BEFORE


def test_all_that_is_missing_is_named_at_once(calc, document):
    done, message = refresh(calc, document, "kolom weg")
    assert not done
    assert "kolom winst in tblKlanten op blad Klanten, tabel tblWeg, naam kw_weg" in message
    assert table(calc, document) == BEFORE


@pytest.mark.parametrize(
    ("area", "kind", "content"), [("A11", "text", "Totaal"), ("E9", "formula", '=""'), ("B10", "value", 0.0)]
)
def test_cells_below_the_table_are_never_overwritten(calc, document, area, kind, content):
    calc.write(document, cells=[[area, kind, content]])
    done, message = refresh(calc, document, "groei")
    assert not done
    assert f"vanaf rij {area[1:]}" in message
    assert table(calc, document) == BEFORE


def test_cells_beside_the_table_are_not_in_the_way(calc, document):
    calc.write(document, cells=[["F9", "text", "ernaast"]])
    assert refresh(calc, document, "groei")[0]
    assert calc.cells(document, "F9") == "ernaast"


def test_a_protected_sheet_is_refused(calc, document):
    choose(calc, document, "gelijk")
    calc.protect(document)
    done, message = calc.dispatch(document, command=VERVERS)
    assert not done
    assert "Het blad is beveiligd." in message
    assert table(calc, document) == BEFORE


def test_a_row_of_totals_is_no_data_and_keeps_the_number_of_rows(calc, book_with_totals):
    opened = calc.open(path=str(book_with_totals))
    done, message = refresh(calc, opened, "groei")
    assert not done
    assert "totaalrij" in message
    assert refresh(calc, opened, "omgekeerd")[0]
    assert [row[0] for row in calc.cells(opened, "A6:C9")] == ["Cees", "Bram", "Anna", "Totaal"]
    assert calc.cells(opened, "B9:C9") == [[66.0, ""]]
    calc.close(opened)


def test_a_click_without_a_screen_does_not_wait_for_one(calc, document):
    choose(calc, document, "gelijk")
    calc.click(document, command=VERVERS)
    assert table(calc, document)[1][2] == 11.0


def test_a_click_that_nobody_answers_takes_none_of_the_users_values_away(calc, document):
    choose(calc, document, "krimp")
    calc.click(document, command=VERVERS)
    assert table(calc, document) == BEFORE
    assert calc.sheets(document) == ["Klanten"]


def test_the_refreshed_workbook_is_saved_with_its_table(calc, document, tmp_path):
    refresh(calc, document, "groei")
    path = tmp_path / "klanten.xlsx"
    calc.save(document, path=str(path))
    again = calc.open(path=str(path))
    assert calc.tables(again)["tblKlanten"] == [4, 0, 10, 4]
    assert calc.names(again)["kw_ververst"] == "$Klanten.$B$2"
    calc.close(again)
    assert Path(path).stat().st_size > 0
