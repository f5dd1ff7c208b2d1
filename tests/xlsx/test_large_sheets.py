"""Large sheets: rows that are read as they are asked for, parts that are unpacked once and in pieces."""

import io
import zlib

import pytest
import xlsxwriter

from klantwaarde_xl.errors import WorkbookChanged, WorkbookUnsafe
from klantwaarde_xl.xlsx import archive, scan, sheet_read
from klantwaarde_xl.xlsx.large_sheets import streamed_table, unpacked
from klantwaarde_xl.xlsx.package import NewBody, Package
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from tests.workbook.rich import unpack

ROWS = 700
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def book():
    """`tbl` of 700 rows, in which nothing is written from row 500 on; formulas of another sheet look at it."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, other = made.add_worksheet("Gegevens"), made.add_worksheet("Sommen")
    sheet.add_table(0, 0, ROWS, 1, {"name": "tbl", "columns": [{"header": "klant"}, {"header": "bedrag"}]})
    for at in range(1, 500):
        sheet.write_row(at, 0, (f"klant {at}", at / 4))
    for at in range(300):
        other.write_row(at, 0, (f"regel {at}", at))
    other.write_formula("C7", "=SUM(Gegevens!B2:B701)", None, 5)
    made.close()
    return out.getvalue()


@pytest.fixture
def small(monkeypatch):
    """Every part counts as large, and goes in pieces of some bytes."""
    monkeypatch.setattr(archive, "_REMEMBERED", 100)
    monkeypatch.setattr(archive, "_PACKED", 50)
    monkeypatch.setattr(scan, "_COPIED", 64)


def test_rows_that_are_streamed_are_those_that_are_read(book):
    package = Package.from_bytes(book)
    whole, streamed = package.read_table("tbl"), streamed_table(package.structure, "TBL")
    assert len(streamed.rows) == len(whole.rows) == 499  # asked before they were read
    assert list(streamed.rows) == list(streamed.rows) == list(whole.rows)
    assert (streamed.rows[3], streamed.rows[1:3]) == (whole.rows[3], whole.rows[1:3])
    assert (streamed.headers, streamed.top, streamed.sheet) == (whole.headers, whole.top, whole.sheet)
    with pytest.raises(WorkbookChanged):
        streamed_table(package.structure, "een andere")


def test_they_stay_those_of_the_workbook_as_it_was(book):
    package = Package.from_bytes(book)
    rows = streamed_table(package.structure, "tbl").rows
    package.edit([NewBody("tbl", [0, 1], [["nieuw", 1.0]], [None])])
    assert rows[0] == ["klant 1", 0.25]
    assert package.read_table("tbl").rows[0] == ["nieuw", 1.0]


@pytest.mark.usefixtures("small")
def test_a_large_sheet_is_unpacked_once_while_somebody_has_it(book, monkeypatch):
    package = Package.from_bytes(book)
    made = []
    monkeypatch.setattr(archive, "inflated", lambda *one: made.append(one[1]) or real(*one))
    with unpacked(package.structure):
        first = package.structure.archive.once(SHEET, SheetXml)
        assert package.structure.archive.copy().once(SHEET, SheetXml) is first
    assert made.count(SHEET) == 1
    del first
    package.structure.archive.once(SHEET, SheetXml)
    assert made.count(SHEET) == 2


real = archive.inflated


@pytest.mark.usefixtures("small")
def test_in_pieces_the_workbook_becomes_the_same(book, monkeypatch):
    def edited():
        package = Package.from_bytes(book)
        package.edit([NewBody("tbl", [0, 1], [["nieuw", 1.0]] * 40, [None] * 40)])
        return unpack(package.to_bytes())

    found = edited()
    monkeypatch.undo()
    assert found == edited()
    assert b"SUM(Gegevens!B2:B41)" in found["xl/worksheets/sheet2.xml"]


@pytest.mark.usefixtures("small")
def test_a_part_larger_than_it_says_is_refused_before_it_is_all_there(book):
    package = Package.from_bytes(book)
    info, _ = package.structure.archive.entry(SHEET)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(b" " * 100_000_000) + deflate.flush()
    info.compress_size = len(packed)
    lying = archive.Entry(info, archive._LOCAL.pack(b"PK\3\4", *[0] * 10) + packed)
    with pytest.raises(WorkbookUnsafe):
        archive.inflated(lying, SHEET)


def test_what_stands_nowhere_is_looked_for_once(monkeypatch):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 6))
    data = f'<worksheet><sheetData>{rows}</sheetData><x f="1"><f/></x></worksheet>'.encode()
    sheet = SheetXml(data.replace(b'A2"><v>', b'A2"><f>B1</f><v>'), "blad")
    first = sheet.data.index(b"<f>")
    assert sheet.find(b"<f", sheet.head_end) == first
    assert sheet.find(b"<f", first + 1) == -1
    monkeypatch.setattr(sheet_read, "place_of", None)
    assert sheet.find(b"<f", first + 1) == sheet.find(b"<f", first + 40) == -1
    monkeypatch.undo()
    assert sheet.find(b"<f", first) == first
    assert sheet.has_formulas
    assert [row.number for row in sheet.rows_with(b"<f")] == [2]
