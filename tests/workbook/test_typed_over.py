"""A value typed over a figure of the program's: told and kept; never said of what the program wrote itself."""

import datetime as dt
import shutil
import subprocess
import warnings

import openpyxl
import pytest

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.plan.report import in_words
from klantwaarde_xl.workbook.build import build_workbook, empty_workbook
from klantwaarde_xl.workbook.forget import forget_in, look_for
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package

NOW = dt.datetime(2026, 5, 1, 8, 0, 17)
INPUT = {
    "tblTransacties",
    "tblDoelen",
    "tblKosten",
    "tblKlantgegevens",
    "tblAdressen",
    "tblProducten",
    "tblDrukte",
}


def export(folder, many, name="orders.csv"):
    path = folder / name
    lines = [f"K{at % 17:03};{1 + at % 28}-{1 + at % 12}-2025;{10 + at / 7:.2f}" for at in range(many)]
    path.write_text("\n".join(["klant;datum;bedrag", *lines]).replace(".", ","), encoding="utf-8")
    return path


def made(folder, name="rfm-segmenten", many=60):
    path = folder / "boek.xlsx"
    build_workbook(template(name), read_transactions(export(folder, many)), now=NOW).package.save(path)
    return path


def edit(path, change):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    told = change(book)
    book.save(path)
    return told


def refreshed(path, days=1, **data):
    return refresh_file(path, now=NOW + dt.timedelta(days=days), backup=False, **data).report


def tables(book):
    return {
        one.displayName: (sheet, area(one.ref)) for sheet in book.worksheets for one in sheet.tables.values()
    }


def typed(book):
    """Type in the last cell of every result, and in a card; what the tables are called."""
    found = []
    for name, (sheet, place) in tables(book).items():
        if name not in INPUT and name not in ("tblJournaal", "tblActieboek", "tblVoorspelboek"):
            sheet.cell(place.bottom, place.right).value = 4711
            found.append(name)
    ((sheet, cell),) = book.defined_names["kw_bron"].destinations
    book[sheet][cell.replace("$", "")].value = "van mij"
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rfm-segmenten", "dashboard", "retentie-cohorten", "prognose"])
def test_what_was_typed_over_any_result_is_told_once_and_stands_on_the_sheet(tmp_path, name):
    path = made(tmp_path, name)
    assert refreshed(path).retyped == ()
    names = edit(path, typed)
    report = refreshed(path, 2)
    assert {one.table for one in report.retyped} == {*names, ""}
    kept = openpyxl.load_workbook(path)["Vervallen rijen"]
    values = [row[5] for row in kept.iter_rows(min_row=2, values_only=True)]
    assert len(values) == len(names) + 1
    assert set(values) <= {4711, "van mij", "23-11-1912"}  # the last in a column of days
    assert refreshed(path, 3).retyped == ()


@pytest.fixture(scope="module")
def profile(calc_host, tmp_path_factory):
    """Where LibreOffice keeps what it makes of its own when it starts for the first time."""
    return tmp_path_factory.mktemp("profiel")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rfm-segmenten", "dashboard", "prognose"])
def test_other_programs_change_nothing_that_is_told(tmp_path, name, profile):
    path = made(tmp_path, name)
    for step in range(4):
        if step % 2:
            edit(path, lambda book: None)
        else:
            converted(path, tmp_path, profile)
        report = refreshed(path, step + 1)
        assert (report.retyped, report.over, report.by_hand) == ((), (), ())


def converted(path, folder, profile):
    """Save as LibreOffice saves, computed anew."""
    out = folder / "uit"
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
    ]
    subprocess.run([*command, str(out), str(path)], check=True, capture_output=True, timeout=120)
    shutil.copy(out / path.name, path)


def test_rows_typed_under_orders_from_a_file_are_told_when_a_file_replaces_them(tmp_path):
    path = made(tmp_path)

    def add(book):
        sheet, place = tables(book)["tblTransacties"]
        for at, row in enumerate(
            [("Zus", dt.datetime(2025, 12, 1), 5.0), ("Zo", dt.datetime(2025, 12, 2), 6.0)]
        ):
            for column, value in enumerate(row, place.left):
                sheet.cell(place.bottom + 1 + at, column).value = value

    edit(path, add)
    assert refreshed(path).by_hand == ()  # they are orders now
    with (export(tmp_path, 60, "nieuw.csv")).open("a", encoding="utf-8") as file:
        file.write("\nZo;2-12-2025;6,00")
    report = refreshed(path, 2, tables=read_transactions(tmp_path / "nieuw.csv"))
    (one,) = report.by_hand
    assert (one.belongs_to, one.value) == ("klant Zus", "Zus | 01-12-2025 | 5")
    assert refreshed(path, 3, tables=read_transactions(tmp_path / "orders.csv")).by_hand == ()


@pytest.mark.parametrize("many", [60, 90, 20])
def test_a_row_right_under_orders_from_a_file_that_no_refresh_took_in_is_told_and_kept(tmp_path, many):
    path = made(tmp_path)

    def add(book):
        sheet, place = tables(book)["tblTransacties"]
        for column, value in enumerate(("Zus", dt.datetime(2025, 12, 1), 5.0), place.left):
            sheet.cell(place.bottom + 1, column).value = value

    edit(path, add)
    report = refreshed(path, tables=read_transactions(export(tmp_path, many)))
    assert [one.value for one in report.by_hand] == ["Zus | 01-12-2025 | 5"]
    sheet, place = tables(openpyxl.load_workbook(path))["tblTransacties"]
    assert place.bottom - place.top == many
    under = [cell.value for row in sheet.iter_rows(min_row=place.bottom + 1) for cell in row]
    assert not any(under)


def test_what_stands_under_orders_from_a_file_and_is_no_order_stays(tmp_path):
    path = made(tmp_path)

    def add(book):
        sheet, place = tables(book)["tblTransacties"]
        sheet.cell(place.bottom + 1, place.left).value = "bron: kassa"

    edit(path, add)
    assert refreshed(path, tables=read_transactions(export(tmp_path, 20))).by_hand == ()
    values = [cell.value for row in openpyxl.load_workbook(path)["Gegevens"].iter_rows() for cell in row]
    assert "bron: kassa" in values


def test_a_second_refresh_without_new_data_says_that_nothing_changed(tmp_path):
    path = made(tmp_path)
    refreshed(path)
    report = refreshed(path, 2)
    assert report.is_same
    assert "RFM-scores" not in "\n".join(in_words(report))
    edit(path, lambda book: setattr(tables(book)["tblTransacties"][0]["C5"], "value", 99))
    assert not refreshed(path, 3).is_same


def test_orders_typed_in_an_empty_workbook_are_told_when_a_file_replaces_them(tmp_path):
    path = tmp_path / "boek.xlsx"
    empty_workbook(template("rfm-segmenten"), now=NOW, example=False).package.save(path, backup=False)

    def fill(book):
        sheet, place = tables(book)["tblTransacties"]
        for column, value in enumerate(("Zus", dt.datetime(2025, 12, 1), 5.0), place.left):
            sheet.cell(place.top + 1, column).value = value

    edit(path, fill)
    report = refreshed(path, tables=read_transactions(export(tmp_path, 10)))
    assert [one.value for one in report.by_hand] == ["Zus | 01-12-2025 | 5"]
    assert report.retyped == ()


@pytest.mark.parametrize("drop", [False, True])
def test_nothing_is_kept_of_a_forgotten_customer_and_nothing_told_of_it(tmp_path, drop):
    path = made(tmp_path)
    package = Package.open(path)
    forget_in(package, look_for(package, "K003"), "vergeten-1f3a", drop=drop, now=NOW)
    assert not [name for name in package.custom_properties() if "geschreven" in name]
    package.save(path, backup=False)
    assert refreshed(path).kept == ()


def test_a_workbook_of_before_tells_of_nothing_and_knows_from_then_on(tmp_path):
    path = made(tmp_path)
    package = Package.open(path)
    package.set_properties("klantwaarde_geschreven_", {})
    package.save(path, backup=False)
    edit(path, typed)
    assert refreshed(path).kept == ()
    names = edit(path, typed)
    assert len(refreshed(path, 2).retyped) == len(names) + 1
