"""What a refresh says of the data: orders that came, went and differ, and revenue; the same in every host."""

import datetime as dt
from dataclasses import replace

import pytest

from klantwaarde_xl.data.reading.files import read_table, read_transactions, transactions_from_cells
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.plan.plan import NameWrite
from klantwaarde_xl.plan.report import Report, in_words
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.change import went_back
from klantwaarde_xl.workbook.currency import with_kept_currency
from klantwaarde_xl.workbook.refresh import plan_refresh, refresh_package
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import NewBody, Package

NOW = dt.datetime(2026, 5, 1, 8, 0)
ROWS = {
    ("A", "1-2-2026"): 10, ("B", "3-2-2026"): 20, ("C", "5-3-2025"): 30, ("D", "5-3-2026"): 30, ("E", "6-3-2026"): 40,
}  # fmt: skip


def read(folder, rows):
    path = folder / f"{abs(hash(str(rows)))}.csv"
    lines = [f"{who};{day};{amount},00" for (who, day), amount in rows.items()]
    path.write_text("\n".join(["klant;datum;bedrag", *lines]), encoding="utf-8")
    return read_transactions(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A workbook of these rows; what is told of them is the same in each with orders."""
    orders = read(tmp_path_factory.mktemp("orders"), ROWS)
    return build_workbook(template("rfm-segmenten"), orders, now=NOW).package.to_bytes()


@pytest.fixture
def package(built):
    """A fresh copy of that workbook, for a test to refresh."""
    return Package.from_bytes(built)


def said(package, tables=None):
    _, report = refresh_package(package, now=NOW + dt.timedelta(days=1), tables=tables)
    return report.changes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ("geen nieuwe of andere orders",)),
        ({("F", "7-4-2026"): 100}, ("1 nieuwe order", "omzet 2026 +100,0 %")),
        ({("F", "7-4-2026"): 30, ("G", "8-4-2026"): 20}, ("2 nieuwe orders", "omzet 2026 +50,0 %")),
        ({("A", "1-2-2026"): None}, ("1 vervallen", "omzet 2026 −10,0 %")),
        ({("D", "9-4-2026"): -5}, ("1 nieuwe retour", "omzet 2026 −5,0 %")),
        (
            {("D", "9-4-2026"): -5, ("B", "9-4-2026"): -5, ("F", "7-4-2026"): 30, ("A", "1-2-2026"): None},
            ("1 nieuwe order", "2 nieuwe retouren", "1 vervallen", "omzet 2026 +10,0 %"),
        ),
        ({("D", "5-3-2026"): 35}, ("1 gewijzigd", "omzet 2026 +5,0 %")),
        ({("C", "5-3-2025"): 31}, ("1 gewijzigd",)),
        (
            {("A", "1-2-2026"): None, ("D", "5-3-2026"): 40, ("F", "7-4-2026"): 100},
            ("1 nieuwe order", "1 vervallen", "1 gewijzigd", "omzet 2026 +100,0 %"),
        ),
    ],
)
def test_a_new_file_is_held_against_the_rows_of_the_workbook(package, tmp_path, change, words):
    new = {key: amount for key, amount in {**ROWS, **change}.items() if amount is not None}
    assert said(package, read(tmp_path, new)) == words
    assert said(package, read(tmp_path, new)) == ("geen nieuwe of andere orders",)


@pytest.mark.slow
def test_the_same_order_twice_is_two_orders(package, tmp_path):
    path = tmp_path / "dubbel.csv"
    path.write_text("klant;datum;bedrag\n" + "A;1-2-2026;10,00\n" * 3, encoding="utf-8")
    assert said(package, read_transactions(path))[:2] == ("2 nieuwe orders", "4 vervallen")


@pytest.mark.slow
def test_rows_typed_in_the_workbook_are_told_by_the_figures_of_the_last_time(package):
    table = package.read_table("tblTransacties")
    width = len(table.headers)
    grown = [*table.rows, ["F", 46100.0, 26.0, *[None] * (width - 3)]]
    package.edit([NewBody("tblTransacties", range(width), grown)])
    assert said(package) == ("1 rij meer", "omzet in totaal +20,0 %")
    assert said(package) == ("evenveel rijen",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            [("F", "gisteren", 26.0)],
            "1 rij telt op blad Gegevens niet mee: rij 10, kolom datum: dit is geen datum",
        ),
        (
            [("F", "gisteren", 26.0), ("G", 46100.0, 5.0), ("H", 46100.0, "veel")],
            "2 rijen tellen op blad Gegevens niet mee: rij 10, kolom datum: dit is geen datum ('gisteren'); rij 12",
        ),
        ([("F", "?", "?")] * 3, "; en nog 3, zie het blad Controle. Verbeter ze en ververs opnieuw."),
    ],
)
def test_a_typed_row_that_cannot_be_read_is_named_and_no_other_is_lost(package, cells, words):
    table = package.read_table("tblTransacties")
    width = len(table.headers)
    grown = [*table.rows, *([*row, *[None] * (width - 3)] for row in cells)]
    package.edit([NewBody("tblTransacties", range(width), grown)])
    _, report = refresh_package(package, now=NOW + dt.timedelta(days=1))
    (said,) = (one for one in report.notices if "niet mee" in one)
    assert words in said
    _, report = refresh_package(package, now=NOW + dt.timedelta(days=2))
    assert said in report.notices
    assert package.read_table("tblTransacties").rows[-len(cells)][0] == "F"


@pytest.mark.slow
def test_a_first_refresh_has_nothing_to_hold_its_rows_against(tmp_path):
    from klantwaarde_xl.workbook.build import empty_workbook

    package = empty_workbook(template("dashboard"), now=NOW, example=False).package
    assert said(package, read(tmp_path, ROWS)) == ()


@pytest.mark.slow
def test_a_table_too_large_to_compare_is_told_by_figures(package, tmp_path, monkeypatch):
    monkeypatch.setattr("klantwaarde_xl.workbook.refresh.MOST_COMPARED", 2)
    new = {**ROWS, ("F", "7-4-2026"): 130, ("G", "8-4-2026"): 0}
    assert said(package, read(tmp_path, new)) == ("2 rijen meer", "omzet in totaal +100,0 %")


@pytest.mark.slow
def test_every_host_gets_the_same_changes(package, tmp_path):
    """An open workbook is read by its host into the same contents."""
    everything = read_contents(package, *package.table_names())
    new = {**ROWS, ("F", "7-4-2026"): 100}
    plan = plan_refresh(everything, now=NOW, tables=read(tmp_path, new))
    assert plan.changes == ("1 nieuwe order", "omzet 2026 +100,0 %")
    assert (
        in_words(Report(changes=plan.changes))[1]
        == "Sinds de vorige keer: 1 nieuwe order, omzet 2026 +100,0 %."
    )


def test_rows_that_moved_with_what_was_beside_them_are_counted():
    assert in_words(Report(moved=1))[1] == "1 rij staat nu ergens anders; wat u erbij zette, ging mee."
    assert (
        in_words(Report(moved=1204))[1] == "1.204 rijen staan nu ergens anders; wat u erbij zette, ging mee."
    )


def test_revenue_is_told_in_the_currency_of_the_file_and_again_of_the_workbooks_own_rows(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "klant;datum;bedrag;valuta\nA;1-2-2026;-10,00;DKK\nB;3-2-2026;2,00;DKK\n", encoding="utf-8"
    )
    orders = read_transactions(path)
    package = Package.from_bytes(
        build_workbook(template("rfm-segmenten"), orders, now=NOW).package.to_bytes()
    )
    path.write_text(path.read_text(encoding="utf-8") + "B;4-2-2026;1250,00;DKK\n", encoding="utf-8")
    assert "omzet 2026 nu DKK 1.242" in said(package, read_transactions(path))
    held = read_contents(package, "tblKwaliteit")
    assert with_kept_currency(orders_of_sheet(), held).quality.currency == "DKK"
    without = read_contents(package)  # its table of remarks
    assert with_kept_currency(orders_of_sheet(), without).quality.currency == "DKK"
    assert with_kept_currency(orders_of_sheet(), replace(without, properties={})).quality.currency == "EUR"
    assert with_kept_currency(orders_of_sheet(), replace(held, properties={})).quality.currency == "DKK"


def orders_of_sheet():
    return transactions_from_cells(["klant", "datum", "bedrag"], [["A", NOW.date(), 5]], source="Transacties")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ({"E"}, ("laatste order 05-03-2026 (was 06-03-2026)",)),
        ({"E", "D", "B"}, ("laatste order 01-02-2026 (was 06-03-2026)",)),
        ({"A", "C"}, ()),
    ],
)
def test_data_that_end_earlier_than_before_are_told_with_both_days(package, tmp_path, gone, words):
    orders = read(tmp_path, {key: amount for key, amount in ROWS.items() if key[0] not in gone})
    _, report = refresh_package(package, now=NOW + dt.timedelta(days=1), tables=orders)
    assert tuple(one for one in report.changes if "laatste" in one) == words
    assert any("eindigen eerder" in one for one in report.notices) == bool(words)
    again = refresh_package(package, now=NOW + dt.timedelta(days=2), tables=read(tmp_path, ROWS))[1]
    assert not [one for one in (*again.changes, *again.notices) if "laatste" in one or "eindigen" in one]


@pytest.mark.parametrize(("gone", "says"), [({"C"}, True), ({"A", "E"}, False), (set(), False)])
def test_data_that_begin_later_than_before_are_told_with_what_to_do(package, tmp_path, gone, says):
    orders = read(tmp_path, {key: amount for key, amount in ROWS.items() if key[0] not in gone})
    _, report = refresh_package(package, now=NOW + dt.timedelta(days=1), tables=orders)
    told = [one for one in report.notices if "beginnen nu op" in one]
    assert bool(told) == says
    assert all("als map of patroon" in one for one in told)


@pytest.mark.slow
def test_a_last_day_that_cannot_be_read_is_not_held_against_the_data(package, tmp_path):
    names = {name: value for name, value in package.read_names("kw_").items() if name == "kw_periode_tot"}
    for odd in ("gisteren", None, -5.0, 1e9, True):
        contents = replace(read_contents(package), names={**names, "kw_periode_tot": odd})
        assert not [*went_back(contents, [NameWrite("kw_periode_tot", dt.date(1990, 1, 1))])]
    contents = replace(read_contents(package), names={"KW_Periode_tot": 44_000.0}, days_behind=1462)
    ((old, new),) = went_back(contents, [NameWrite("kw_periode_tot", dt.date(2024, 6, 1))])
    assert (old, new) == (dt.date(2024, 6, 19), dt.date(2024, 6, 1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "words"), [(1, "1 rij meer in 2 tabellen samen"), (0, "evenveel rijen in 2")]
)
def test_rows_of_several_tables_are_said_to_be_counted_together(tmp_path, typed, words):
    costs = tmp_path / "kosten.csv"
    costs.write_text("maand;kanaal;bedrag\n2026-02;Zoeken;5\n2026-03;Zoeken;6\n", encoding="utf-8")
    orders = read(tmp_path, ROWS)
    spent = read_table(costs, input_tables()["kosten"], con=orders.con, today=NOW.date())
    tables = {"transacties": orders, "kosten": spent}
    package = build_workbook(template("cac-kanalen"), tables, now=NOW).package
    ((_, _, first),) = package.read_table("tblJournaal").rows
    assert first == "7 rijen gebruikt, van 2 tabellen samen"
    rows = [*map(tuple, package.read_table("tblTransacties").rows), ("F", dt.date(2026, 4, 7), 100.0)]
    package.edit([NewBody("tblTransacties", (0, 1, 2), rows[: len(ROWS) + typed])])
    assert next(one for one in said(package) if "rij" in one).startswith(words)
