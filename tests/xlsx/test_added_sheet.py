"""The sheet on which a closed file keeps what the user had beside rows that are gone."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package, SheetRows
from tests.workbook.rich import COLUMNS, customers, rich, unpack, with_openpyxl

ROWS = SheetRows("Vervallen", ("wat", "waarde"), [("tekst", "=1+1"), ("fout", CellError.NA), ("getal", 2.5)])


@pytest.fixture(scope="module")
def book() -> bytes:
    return rich(12)


def added(data: bytes, rows: SheetRows = ROWS) -> bytes:
    package = Package.from_bytes(data)
    package.edit(added=rows)
    return package.to_bytes()


def test_the_sheet_comes_behind_the_others_and_other_programs_read_it(book: bytes) -> None:
    data = added(book)
    names = Package.from_bytes(book).sheet_names()
    assert Package.from_bytes(data).sheet_names() == [*names, "Vervallen"]
    sheet = with_openpyxl(data)["Vervallen"]
    wanted = [("wat", "waarde"), ("tekst", "=1+1"), ("fout", "#N/A"), ("getal", 2.5)]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == wanted
    assert sheet["B2"].data_type != "f"
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names[-1] == "Vervallen"


def test_adding_a_sheet_changes_only_the_list_of_sheets(book: bytes) -> None:
    before, after = unpack(book), unpack(added(book))
    assert {name for name in after if after[name] != before.get(name)} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        *(after.keys() - before.keys()),
    }
    assert len(after) == len(before) + 1


def test_later_rows_come_under_what_stands_there_without_the_headers_again(book: bytes) -> None:
    data = added(added(book), SheetRows("VERVALLEN", ("wat", "waarde"), [("later", 1.0)]))
    sheet = with_openpyxl(data)["Vervallen"]
    assert [row[0].value for row in sheet.iter_rows()] == ["wat", "tekst", "fout", "getal", "later"]


def test_a_chart_sheet_of_that_name_is_left_alone() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("Blad")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Blad!$A$1:$A$3"})
        made.add_chartsheet("Vervallen").set_chart(chart)
    package = Package.from_bytes(added(out.getvalue()))
    assert package.sheet_names() == ["Blad", "Vervallen", "Vervallen 2"]


def test_values_of_vanished_rows_are_kept_with_the_moment_and_their_customer(book: bytes) -> None:
    package = Package.from_bytes(book)
    write = TableWrite("tblData", COLUMNS, customers(12, 1), ("KlantID",), "Klanten")
    report = apply_plan(package, Plan((write,), made=dt.datetime(2026, 7, 1, 9, 5)))
    sheet = with_openpyxl(package.to_bytes())["Vervallen rijen"]
    lines = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert lines[0] == ("vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde")
    assert ("01-07-2026 09:05", "Klanten", "KlantID K0000", 5, "Opmerking", "nabellen K0000") in lines
    assert len(lines) == 1 + len(report.lost)


def test_a_plan_in_which_nothing_is_lost_adds_no_sheet(book: bytes) -> None:
    package = Package.from_bytes(book)
    apply_plan(package, Plan((TableWrite("tblData", COLUMNS, customers(30), ("KlantID",)),)))
    assert "Vervallen rijen" not in package.sheet_names()
