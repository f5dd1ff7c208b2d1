"""Rows right under a table of an open workbook: they are taken in, or refused with the row."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from tests.books import package_of
from tests.hosts.excel.test_real_refresh import NOW, opened
from tests.hosts.excel.test_refresh import ROWS
from tests.hosts.excel.test_refresh import write as written
from tests.hosts.excel.test_refresh_com import body, refreshed

DAY = dt.datetime(2025, 12, 30)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A table of customers from a shop with three."""
    source = tmp_path_factory.mktemp("onder") / "orders.csv"
    days = [DAY.date() - dt.timedelta(ago) for ago in (99, 40, 9)]
    orders = "".join(f"{name};{day};25,50\n" for day in days for name in ("Bos", "Das", "Vos"))
    source.write_text("klant;datum;bedrag\n" + orders, encoding="utf-8")
    return package_of("rfm-segmenten", read_transactions(source, today=NOW.date()), now=NOW)


@pytest.fixture
def sheet(package):
    return opened(package)


def typed(sheet, *rows, gap=0):
    place = sheet.tables["tblTransacties"]
    for at, row in enumerate(rows, place.bottom + gap):
        while len(sheet.rows) <= at:
            sheet.rows.append([None] * len(sheet.rows[0]))
        sheet.rows[at][place.left - 1 : place.right] = row


@pytest.mark.slow
def test_rows_under_the_orders_are_taken_in_and_said(server, sheet):
    before = sheet.tables["tblTransacties"]
    typed(sheet, ("Bos", DAY, 1000.0), ("Uil", DAY, 50.0))
    done = server.ask(verb="real", book=sheet.book())
    assert done["error"] is None
    first = before.bottom + 1
    wanted = f"2 rijen onder de tabel op blad Blad 1 horen er nu bij (rij {first} t/m {first + 1})."
    assert any(wanted in line for line in done["words"]), done["words"]
    sheet.replay(done["actions"])
    assert sheet.tables["tblTransacties"] == before._replace(bottom=before.bottom + 2)
    scores = {row[0]: row for row in sheet.body("tblRfm")}
    assert scores["Uil"][3:5] == [1.0, 50.0]
    assert scores["Bos"][3] == 4.0


@pytest.mark.slow
def test_a_row_that_lacks_what_all_have_is_refused_and_nothing_is_written(server, sheet):
    typed(sheet, ("Uil", DAY, 50.0), ("Totaal", None, 1100.0))
    kind, said = (done := server.ask(verb="real", book=sheet.book()))["error"]
    assert (kind, done["actions"]) == ("WorkbookChanged", [])
    assert f"Rij {sheet.tables['tblTransacties'].bottom + 2} staat direct onder de tabel" in said
    assert "heeft niets bij datum" in said


@pytest.mark.slow
def test_what_stands_apart_or_is_another_table_is_left_alone(server, sheet):
    before = dict(sheet.tables)
    typed(sheet, ("bron: kassa", None, None), gap=1)
    done = server.ask(verb="real", book=sheet.book())
    assert done["error"] is None
    sheet.replay(done["actions"])
    assert sheet.tables["tblTransacties"] == before["tblTransacties"]
    assert not any("horen er nu bij" in line for line in done["words"])


@pytest.mark.slow
def test_a_row_that_stands_apart_and_looks_like_one_is_told_and_does_not_count(server, sheet):
    before = sheet.tables["tblTransacties"]
    typed(sheet, ("bron: kassa", None, None), ("Uil", DAY, 50.0), gap=2)
    done = server.ask(verb="real", book=sheet.book())
    assert done["error"] is None
    wanted = f"rij {before.bottom + 4} op blad Blad 1 lijkt een rij van de tabel erboven"
    assert any(wanted in line and "vlak onder de tabel" in line for line in done["words"]), done["words"]
    sheet.replay(done["actions"])
    assert sheet.tables["tblTransacties"] == before


@pytest.mark.parametrize(
    ("apart", "is_told"),
    [
        ([["daan", 40, None, None]], True),
        ([["daan", "=4*10", None, None]], False),  # COM shows text for a formula here
        ([["daan", None, None, None]], False),
        ([[None, None, "x", None], ["daan", 40, None, None]], True),
    ],
)
def test_in_excel_itself_a_row_apart_is_told(classic, apart, is_told):
    rows = [*ROWS[:3], *([*row[:2], None, None] for row in ROWS[3:]), [None] * 4, *apart]
    done = refreshed(classic, written([["anna", 1]]), rows=rows, book={"growing": ["tblKpi"]})
    assert done["error"] is None
    told = [line for line in done["words"] if "lijkt een rij van de tabel erboven" in line]
    assert [f"rij {len(rows)} op blad" in line for line in told] == [True] * is_told


def test_in_excel_itself_a_row_under_a_table_is_taken_in(classic):
    rows = [*ROWS, ["daan", 40, "belt", dt.datetime(2025, 7, 1)]]
    done = refreshed(classic, rows=rows, book={"growing": ["TBLKPI"]})
    assert done["error"] is None
    assert [row[0] for row in body(done)] == ["anna", "bram", "cato", "daan"]
    assert any("de rij onder de tabel op blad" in line and "(rij 7)" in line for line in done["words"])


@pytest.mark.parametrize("formula", ["=SUM(B4:B6)", "=SUBTOTAL(9,B:B)"])
def test_in_excel_itself_a_total_under_a_table_is_none_of_its_rows(classic, formula):
    rows = [*ROWS, ["totaal", formula, None, dt.datetime(2025, 7, 1)]]
    done = refreshed(classic, written([["anna", 1]]), rows=rows, book={"growing": ["tblKpi"]})
    kind, said = done["error"]
    assert kind == "WorkbookChanged"
    assert "Rij 7 staat direct onder de tabel tblKpi" in said
    assert "een formule over andere rijen" in said
    assert done["log"] == []
