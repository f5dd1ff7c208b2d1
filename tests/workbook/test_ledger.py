"""The Voorspelboek in a workbook: a forecast is filed at each refresh, and the next says what came of it."""

import datetime as dt
import re
import zipfile

import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.workbook.own_column import add_column

HEADERS, BOOK = ("klant", "datum", "bedrag"), "tblVoorspelboek"
ALL = sample_orders(customers=600)
SPRING, AUTUMN = dt.datetime(2026, 3, 31, 9, 30), dt.datetime(2026, 9, 30, 9, 30)
MODEL = {"kw_model": "mbg/nbd", "kw_seizoen": "geen"}


def orders(until):
    rows = [list(one) for one in ALL if one[1] <= until.date()]
    return transactions_from_cells(HEADERS, rows, source="proef")


@pytest.fixture(scope="module")
def spring_bytes():
    return package_of("prognose", orders(SPRING), now=SPRING, inputs={**INPUTS, **MODEL}).to_bytes()


@pytest.fixture(scope="module")
def autumn_bytes(spring_bytes, tmp_path_factory):
    path = tmp_path_factory.mktemp("boek") / "prognose.xlsx"
    path.write_bytes(spring_bytes)
    refresh_file(path, now=AUTUMN, tables=orders(AUTUMN), backup=False)
    return path.read_bytes()


@pytest.fixture
def book(tmp_path, spring_bytes):
    path = tmp_path / "prognose.xlsx"
    path.write_bytes(spring_bytes)
    return path


def rows_of(path):
    package = path if isinstance(path, Package) else Package.open(path)
    table = package.read_table(BOOK)
    return [dict(zip(table.headers, row, strict=True)) for row in table.rows]


def keys(path):
    return [(row["peildatum"], row["weken"]) for row in rows_of(path)]


def said(package):
    """What the sheet says of the previous forecast."""
    looked = Looked("prognose", package.shown())
    ((sheet, placed),) = [pair for pair in looked._of(b.Message) if pair[0].name == "Voorspelboek"]
    return looked.shown[sheet.name][f"B{placed.row}"]


@pytest.mark.slow
def test_a_new_workbook_holds_its_first_forecast(spring_bytes):
    package = Package.from_bytes(spring_bytes)
    rows = rows_of(package)
    assert len(rows) == 13
    assert rows[-1]["verwacht"] == pytest.approx(package.read_names("kw_")["kw_aankopen"])
    assert said(package) == ("Voorspelboek: nog geen uitkomst; die is er met gegevens tot en met 27-4-2026.")
    card = Looked("prognose", package.shown()).card("Vorige voorspelling")
    assert card == ("–", "uitkomst vanaf 27-4-2026")


@pytest.mark.slow
def test_page_and_sheet_say_what_was_expected_and_what_came(autumn_bytes):
    package = Package.from_bytes(autumn_bytes)
    row = [one for one in rows_of(package) if one["kwam"] is not None][-1]
    count = "{:.0f}".format
    inside = row["laag"] <= row["kwam"] <= row["hoog"]
    assert said(package) == (
        f"{'✔' if inside else '⚠'} Vorige voorspelling (van 30-3-2026, tot en met 14-9-2026): "
        f"{count(row['verwacht'])} aankopen, werkelijk {count(row['kwam'])}: {row['oordeel']} "
        f"(tussen {count(row['laag'])} en {count(row['hoog'])})"
    )
    looked = Looked("prognose", package.shown())
    assert looked.card("Vorige voorspelling") == (
        pytest.approx(row["verwacht"]), f"werkelijk {count(row['kwam'])}, t/m 14-9-2026",
    )  # fmt: skip
    held = f"{'✔ tussen' if inside else '✖ buiten'} {count(row['laag'])} en {count(row['hoog'])} (95%)"
    assert held in looked.shown["Prognose"].values()
    names = package.read_names("kw_")
    assert (names["kw_toets"], names["kw_naspel_van"], names["kw_boek_vanaf"]) == ("voorspeld", None, None)
    assert [row[1] for row in package.read_table("tblToetsen").rows] == ["14-9-26"]
    finding = f"{int(inside)} van 1 voorspelling viel binnen het interval"
    assert finding in looked.shown["Prognose"].values()


def test_the_sheet_shows_each_forecast_once_and_the_tenths(autumn_bytes):
    package = Package.from_bytes(autumn_bytes)
    assert len(package.read_table("tblVoorspeltoets").rows) == 1
    assert len(package.read_table("tblVoorspeltienden").rows) == 10
    names = package.read_names("kw_")
    assert (names["kw_boek_getoetst"], names["kw_boek_bericht"]) == (1, None)


@pytest.mark.slow
def test_margins_in_the_chart_reach_as_far_down_as_the_table(autumn_bytes, tmp_path):
    path = tmp_path / "prognose.xlsx"
    path.write_bytes(autumn_bytes)
    winter = dt.datetime(2026, 11, 27, 9, 30)
    refresh_file(path, now=winter, tables=orders(winter), backup=False)
    with zipfile.ZipFile(path) as archive:
        charts = [
            archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")
        ]
    (chart,) = [text for text in charts if "c:errBars" in text and "Voorspelboek" in text]
    bars = re.search("<c:errBars>.*</c:errBars>", chart, re.DOTALL)[0]
    ranges = [re.findall(r"\$(\d+)", one) for one in re.findall("<c:f>([^<]*)</c:f>", bars)]
    assert [int(last) - int(first) + 1 for first, last in ranges] == [2, 2]


def test_all_checks_are_in_order_after_a_refresh_with_newer_data(autumn_bytes):
    assert Looked("prognose", Package.from_bytes(autumn_bytes).shown()).attention() <= {
        "De voorspelling was in het controledeel hooguit 20% mis"
    }


@pytest.mark.slow
def test_twice_the_same_day_is_one_forecast(tmp_path, autumn_bytes):
    path = tmp_path / "prognose.xlsx"
    path.write_bytes(autumn_bytes)
    before = rows_of(path)
    refresh_file(path, now=AUTUMN + dt.timedelta(minutes=5), backup=False)
    assert rows_of(path) == before


@pytest.mark.slow
def test_a_deleted_row_stays_away_and_the_others_stay(book):
    package = Package.open(book)
    table = package.read_table(BOOK)
    kept = [row for row in table.rows if row[table.headers.index("weken")] != 8]
    apply_plan(package, Plan((TableWrite(BOOK, table.headers, kept, ("peildatum", "weken")),)))
    package.save(book, backup=False)
    refresh_file(book, now=AUTUMN, tables=orders(AUTUMN), backup=False)
    weeks = [weeks for day, weeks in keys(book) if day == keys(book)[-1][0]]
    assert weeks == [4.0, *(4.0 * number for number in range(3, 14))]


@pytest.mark.slow
def test_a_users_own_column_stays_beside_its_row(book):
    add_column(book, BOOK, "mijn notitie", {0: "begroting", 12: "heel jaar"})
    noted = {keys(book)[at]: note for at, note in ((0, "begroting"), (12, "heel jaar"))}
    done = refresh_file(book, now=AUTUMN, tables=orders(AUTUMN), backup=False)
    assert done.report.lost == ()
    found = {
        (row["peildatum"], row["weken"]): row["mijn notitie"] for row in rows_of(book) if row["mijn notitie"]
    }
    assert found == noted


@pytest.mark.slow
def test_an_older_workbook_without_the_book_gets_on_as_before(book):
    """As version 4 was: without the tables and cells of the sheet."""
    with zipfile.ZipFile(book) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for name in held:
        if name.startswith("xl/tables/"):
            held[name] = held[name].replace(b'"tblVoorspel', b'"oudVoorspel')
    held["xl/workbook.xml"] = re.sub(
        rb'name="kw_(vorige|boek|tienden)_', rb'name="oud_\1_', held["xl/workbook.xml"]
    )
    custom = "docProps/custom.xml"
    held[custom] = re.sub(rb"<vt:lpwstr>\d+<", b"<vt:lpwstr>4<", held[custom])
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    done = refresh_file(book, now=AUTUMN, tables=orders(AUTUMN), backup=False)
    package = Package.open(book)
    assert "oudVoorspelboek" in package.table_names()
    assert len(package.read_table("oudVoorspelboek").rows) == 13
    assert package.read_names("kw_")["kw_klanten"] > 0
    assert not [line for line in done.words() if "oorspel" in line]


@pytest.mark.slow
def test_a_workbook_that_counts_from_1904_goes_on_from_the_same_days(book):
    with zipfile.ZipFile(book) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["xl/workbook.xml"] = re.sub(
        rb"<workbookPr", rb'<workbookPr date1904="1"', held["xl/workbook.xml"], count=1
    )
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    refresh_file(book, now=SPRING, tables=orders(SPRING), backup=False)
    # What stood there now means days of four years later; the new forecast is of the day that it was made on
    new = min(day for day, _ in keys(book))
    assert dt.date(1904, 1, 1) + dt.timedelta(days=new) == dt.date(2026, 3, 30)
    refresh_file(book, now=AUTUMN, tables=orders(AUTUMN), backup=False)
    assert len({day for day, _ in keys(book)}) == 3
    assert {row["kwam"] is not None for row in rows_of(book) if row["peildatum"] == new} == {True, False}


@pytest.mark.slow
def test_without_a_forecast_earlier_ones_stay_and_are_judged(book):
    few = transactions_from_cells(HEADERS, [["A", AUTUMN.date(), 10.0]], source="proef")
    before = keys(book)
    refresh_file(book, now=AUTUMN, tables=few, backup=False)
    assert keys(book) == before
    assert rows_of(book)[0]["oordeel"].startswith("uitkomst niet te bepalen: nu 0 klanten")
    assert said(Package.open(book)).startswith("Vorige voorspelling: uitkomst niet te bepalen: nu 0 klanten")


@pytest.mark.slow
def test_another_horizon_on_the_same_day_replaces_the_forecast(book):
    package = Package.open(book)
    apply_plan(package, Plan(names=(NameWrite("kw_horizon", 10.0),)))
    package.save(book, backup=False)
    refresh_file(book, now=SPRING, backup=False)
    assert [weeks for _, weeks in keys(book)] == [4.0, 8.0, 10.0]
