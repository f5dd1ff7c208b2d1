"""Upgrades that are refused: what would go wrong is told, and the file stays as it is."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from klantwaarde_xl.data.declared_tables import ENQUETE
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import table_from_cells
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull, WorkbookInUse
from klantwaarde_xl.workbook.recognise import VERSION
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file, upgrade_package
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.customised import customised
from tests.workbook.rich import rich
from tests.workbook.test_upgrade import NOW, OLDER, by_customer, copied

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")


def changed(tmp_path, change):
    path = tmp_path / "boek.xlsx"
    book = openpyxl.load_workbook(OLDER / "dashboard-1.xlsx")
    change(book)
    book.save(path)
    return path


def own_table(book):
    sheet = book.create_sheet("Eigen")
    sheet["A1"], sheet["A2"] = "x", 1
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="tblRetentie", ref="A1:A2"))


def other_header(book):
    sheet = book["Gegevens"]
    sheet["B4"] = "Klantnaam"
    sheet.tables["tblTransacties"].tableColumns[0].name = "Klantnaam"


def moved_table(book):
    sheet, old = book.create_sheet("Van mij"), book["RFM"]
    table = old.tables.pop("tblRfm")
    for row in old["B19:J169"]:
        for cell in row:
            sheet[cell.coordinate] = cell.value
    sheet["A1"], sheet["A2"], sheet["A3"] = "dit", "is", "van mij"
    sheet.add_table(table)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (own_table, "Uw eigen tabellen of namen heten zoals onderdelen"),
        (other_header, "heten kolommen anders dan in het sjabloon: klant"),
        (moved_table, "Onderdelen van het sjabloon staan op een blad van uzelf"),
    ],
)
def test_what_would_go_wrong_is_refused_and_the_file_stays(tmp_path, change, says):
    path = changed(tmp_path, change)
    before = path.read_bytes()
    with pytest.raises(WorkbookChanged, match=says):
        upgrade_file(path, now=NOW)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_foreign_workbook_is_refused(tmp_path):
    path = tmp_path / "vreemd.xlsx"
    path.write_bytes(rich())
    before = path.read_bytes()
    with pytest.raises(WorkbookChanged, match=r"mist onderdelen|niet met Klantwaarde XL gemaakt"):
        upgrade_file(path, now=NOW)
    assert path.read_bytes() == before
    openpyxl.Workbook().save(path)
    with pytest.raises(WorkbookChanged, match="niet met Klantwaarde XL gemaakt"):
        upgrade_file(path, now=NOW)
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_workbook_is_refused(tmp_path):
    path = copied("dashboard-1", tmp_path)
    path.with_name(f"~${path.name}").write_bytes(b"\x03Jan")
    with pytest.raises(WorkbookInUse):
        upgrade_file(path, now=NOW)


@pytest.mark.slow
def test_who_saves_meanwhile_wins(tmp_path, monkeypatch):
    path = copied("dashboard-1", tmp_path)

    def meanwhile(package, *, now):
        path.write_bytes(b"van een ander")
        return upgrade_package(package, now=now)

    monkeypatch.setattr("klantwaarde_xl.workbook.upgrading.upgrade.upgrade_package", meanwhile)
    with pytest.raises(WorkbookInUse, match="intussen"):
        upgrade_file(path, now=NOW)
    assert path.read_bytes() == b"van een ander"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
def test_a_workbook_with_a_part_of_its_rows_is_refused(tmp_path):
    path = copied("dashboard-1", tmp_path)
    upgrade_file(path, now=NOW)
    package = Package.open(path)
    package.edit((), {"kw_deel_gegevens": "de laatste 10.000 van 60.000 orders"})
    package.set_properties(VERSION, {VERSION: "3"})
    package.save(path, backup=False)
    with pytest.raises(WorkbookFull, match="staat een deel van de transacties"):
        upgrade_file(path, now=NOW)


def test_a_strict_workbook_is_refused_in_words():
    data = io.BytesIO()
    with zipfile.ZipFile(OLDER / "dashboard-1.xlsx") as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            new.writestr(name, text)
    with pytest.raises(WorkbookChanged, match="Strict Open XML"):
        upgrade_package(Package.from_bytes(data.getvalue()), now=NOW)


@pytest.mark.slow
def test_attributes_of_later_programs_on_rows_and_rules_do_not_break_the_new_sheet(tmp_path):
    plain, path = tmp_path / "plain.xlsx", tmp_path / "excel.xlsx"
    whose = customised(plain)
    sheet = Package.open(plain).structure.sheet("RFM").part
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).decode("latin-1")
            if name == sheet:
                data = data.replace("<worksheet ", '<worksheet xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" ', 1)
                data = data.replace(
                    '<row r="22"', '<row r="22" ht="30" customHeight="1" x14ac:dyDescent="0.25"'
                )
                data = data.replace("<dataValidation ", '<dataValidation xr:uid="{00000000-0001}" ')
            new.writestr(name, data.encode("latin-1"))
    upgrade_file(path, now=NOW)
    book = openpyxl.load_workbook(path)
    row = by_customer(book)[whose["bellen!"]][1].row
    assert book["RFM"].row_dimensions[row].height == 30
    assert len(book["RFM"].data_validations.dataValidation) == 1


def test_what_does_not_fit_in_an_older_workbook_does_after_the_upgrade_that_is_advised(tmp_path):
    path = copied("nps-onderzoek-1", tmp_path)
    asked = [f"Vraag {n}" for n in range(24)]
    rows = [[dt.date(2026, 1 + n % 3, 5), n % 11, *((n + k) % 5 + 1 for k in range(24))] for n in range(30)]
    reading = Reading(aspects=tuple(asked))
    answers = table_from_cells(
        ENQUETE, ["datum", "nps", *asked], rows, source="proef", today=NOW.date(), reading=reading
    )
    with pytest.raises(WorkbookFull) as told:
        refresh_file(path, now=NOW, tables=answers)
    assert told.value.remedy.endswith(f'de nieuwe bladen met: klantwaarde opwaarderen "{path}".')
    upgrade_file(path, now=NOW)
    refresh_file(path, now=NOW, tables=answers)
    assert len(Package.open(path).read_table("tblEnqueteTrend").rows) == 25
