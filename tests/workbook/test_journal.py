"""The journal on Start: every refresh with its moment, source and what it changed, the newest first."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.results import journal
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.workbook.build import build_workbook, skeleton
from klantwaarde_xl.workbook.content import needs
from klantwaarde_xl.workbook.refresh import plan_refresh, refresh_file, refresh_package
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file
from klantwaarde_xl.xlsx.package import NewBody, Package

OLDER = Path(__file__).with_name("older")
NOW = dt.datetime(2026, 5, 1, 8, 0)
TABLE = "tblJournaal"


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("klant;datum;bedrag\nA;1-2-2026;10,00\nB;3-2-2026;20,00\n", encoding="utf-8")
    return path


def made(orders):
    return build_workbook(template("rfm-segmenten"), read_transactions(orders), now=NOW).package


def later(hours):
    return NOW + dt.timedelta(hours=hours)


def said(package):
    return [(row[1], row[2]) for row in package.read_table(TABLE).rows]


@pytest.mark.slow
def test_every_workbook_of_data_keeps_a_journal_on_its_first_sheet():
    for name, found in templates().items():
        places = Package.from_bytes(skeleton(found, NOW)).places()
        assert (TABLE in places) == bool(needs(found)), name
        if TABLE in places:
            assert places[TABLE][0] == "Start"


@pytest.mark.slow
def test_each_refresh_adds_a_line_before_the_others(orders, tmp_path):
    package = made(orders)
    assert said(package) == [("orders.csv", "2 rijen gebruikt")]
    more = tmp_path / "mei.csv"
    more.write_text(orders.read_text(encoding="utf-8") + "C;1-3-2026;30,00\n", encoding="utf-8")
    refresh_package(package, now=later(1), tables=read_transactions(more))
    refresh_package(package, now=later(2))
    assert said(package) == [
        ("blad Gegevens", "evenveel rijen"),
        ("mei.csv", "1 nieuwe order, omzet 2026 +100,0 %"),
        ("orders.csv", "2 rijen gebruikt"),
    ]
    moments = [row[0] for row in package.read_table(TABLE).rows]
    assert moments == [pytest.approx(date_to_serial(later(hours))) for hours in (2, 1, 0)]


@pytest.mark.slow
def test_a_journal_keeps_the_last_refreshes_and_no_more(orders, monkeypatch):
    package = made(orders)
    monkeypatch.setattr(journal, "KEPT", 4)
    for hour in range(1, 7):
        refresh_package(package, now=later(hour))
    moments = [row[0] for row in package.read_table(TABLE).rows]
    assert moments == [pytest.approx(date_to_serial(later(hour))) for hour in (6, 5, 4, 3)]


@pytest.mark.slow
def test_the_same_moment_twice_is_one_line(orders):
    package = made(orders)
    refresh_package(package, now=NOW)
    assert said(package) == [("blad Gegevens", "evenveel rijen")]


@pytest.mark.slow
def test_moments_of_a_workbook_from_1904_stay_what_they_are(orders):
    package = Package.from_bytes(skeleton(template("dashboard"), NOW, date1904=True))
    refresh_package(package, now=NOW, tables=read_transactions(orders))
    refresh_package(package, now=later(1))
    days = [row[0] for row in package.read_table(TABLE).rows]
    assert days == [pytest.approx(date_to_serial(later(hours)) - 1462) for hours in (1, 0)]


def test_every_host_plans_the_same_line(orders):
    package = made(orders)
    contents = read_contents(package, *package.table_names())
    plan = plan_refresh(contents, now=later(1))
    (write,) = [one for one in plan.tables if one.table == TABLE]
    assert list(write.rows) == [
        (later(1), "blad Gegevens", "evenveel rijen"),
        (NOW, "orders.csv", "2 rijen gebruikt"),
    ]


@pytest.mark.slow
def test_a_note_beside_a_line_goes_with_it(orders):
    from tests.workbook.own_column import add_column

    path = orders.with_name("boek.xlsx")
    made(orders).save(path)
    add_column(path, TABLE, "opmerking", {0: "eerste keer"})
    refresh_file(path, now=later(1), backup=False)
    assert [row[3] for row in Package.open(path).read_table(TABLE).rows] == [None, "eerste keer"]


@pytest.mark.slow
def test_an_older_workbook_has_none_and_gets_one_by_upgrading(tmp_path):
    path = Path(shutil.copy(OLDER / "dashboard-1.xlsx", tmp_path))
    refresh_file(path, now=NOW, backup=False)
    assert TABLE not in Package.open(path).table_names()
    upgrade_file(path, now=later(1))
    assert said(Package.open(path)) == [("blad Gegevens", "425 rijen gebruikt")]


@pytest.mark.slow
def test_a_customer_in_the_name_of_a_source_is_forgotten_in_the_journal(orders):
    from klantwaarde_xl.workbook.forget import forget_in, look_for

    export = orders.with_name("Jan Jansen.csv")
    export.write_text("klant;datum;bedrag\nJan Jansen;1-2-2026;10,00\nB;3-2-2026;20,00\n", encoding="utf-8")
    package = made(export)
    found = look_for(package, "Jan Jansen")
    forget_in(package, found, "vergeten-1", drop=False, now=later(1))
    assert said(package) == [("gewist", "2 rijen gebruikt")]


@pytest.mark.slow
def test_lines_hold_no_customer(orders):
    package = made(orders)
    refresh_package(package, now=later(1), tables=read_transactions(orders))
    customers = {row[0] for row in package.read_table("tblTransacties").rows}
    words = {word for line in said(package) for text in line for word in str(text).split()}
    assert not customers & words


@pytest.mark.slow
def test_a_line_of_the_user_s_own_stays(orders):
    package = made(orders)
    rows = [list(row) for row in package.read_table(TABLE).rows]
    package.edit([NewBody(TABLE, range(3), [*rows, [date_to_serial(later(-24)), "met de hand", "begonnen"]])])
    refresh_package(package, now=later(1))
    assert said(package)[-1] == ("met de hand", "begonnen")
