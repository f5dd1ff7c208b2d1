"""Reading a rich workbook, and setting the values that its formulas show."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.errors import CellError, WorkbookUnsafe
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.added_sheet import SheetRows
from klantwaarde_xl.xlsx.package import NewBody, Package
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from tests.workbook.rich import COLUMNS, TOP, cell, customers, edited, pack, rich, unpack, with_openpyxl
from tests.xlsx.applying import apply

DATA = "xl/worksheets/sheet3.xml"
OLD = 12


def write(rows: list[tuple[object, ...]]) -> Plan:
    return Plan((TableWrite("tblData", COLUMNS, rows, ("KlantID",)),))


@pytest.fixture(scope="module")
def book() -> bytes:
    return rich(OLD)


def test_the_contents_are_found_by_name(book: bytes) -> None:
    package = Package.from_bytes(book)
    assert package.sheet_names() == ["Dashboard", "Invoer", "Data", "Mijn blad"]
    assert package.table_names() == ["tblData"]
    assert package.custom_properties() == {"klantwaarde_template": "klv-basis"}
    assert package.read_names("KW_") == {
        "kw_retentie": 0.8,
        "kw_afgeleid": 0.4,
        "kw_scenario": "basis",
        "kw_leeg": None,
    }


def test_a_table_is_read_with_the_types_of_its_cells(book: bytes) -> None:
    table = Package.from_bytes(book).read_table("TBLDATA")
    assert table.headers == (*COLUMNS, "MargeEuro", "Opmerking", "Eigen som")
    assert len(table.rows) == OLD
    assert table.rows[0] == ["K0000", "Café 0 & Zn.", 45292.0, 10.5, 0.2, 2.1, "nabellen K0000", 21.0]
    assert table.rows[1][6] is None


def test_formulas_are_listed_by_sheet_and_address(book: bytes) -> None:
    formulas = Package.from_bytes(book).formulas()
    assert formulas["Invoer"] == {"B2": "B1/2"}
    assert formulas["Data"]["H6"] == "D6*2"
    assert set(formulas) == {"Invoer", "Data", "Mijn blad"}


def test_cached_values_are_set_in_formula_cells_only(book: bytes) -> None:
    package = Package.from_bytes(book)
    values = {
        "Data": {"C1": 42.5, "K6": "tekst & zo", "K7": CellError.NA, "H5": None, "H6": True, "A5": 1.0},
        "Onbekend": {"A1": 1.0},
    }
    assert package.write_cached(values) == 5
    data = package.to_bytes()
    assert cell(data, DATA, "C1").endswith("<v>42.5</v></c>")
    assert cell(data, DATA, "K6") == f'<c r="K6" t="str"><f>SUM(D{TOP}:D16)</f><v>tekst &amp; zo</v></c>'
    assert cell(data, DATA, "K7") == '<c r="K7" t="e"><f>D5+1</f><v>#N/A</v></c>'
    assert cell(data, DATA, "H5") == '<c r="H5"><f>D5*2</f></c>'
    assert cell(data, DATA, "H6") == '<c r="H6" t="b"><f>D6*2</f><v>1</v></c>'
    assert cell(data, DATA, "A5") == cell(book, DATA, "A5")
    assert cell(data, DATA, "H7") == cell(book, DATA, "H7")
    read = with_openpyxl(data, data_only=True)["Data"]
    assert [read[place].value for place in ("C1", "K6", "K7", "H5", "H6")] == [
        42.5,
        "tekst & zo",
        "#N/A",
        None,
        True,
    ]


def test_values_written_after_a_refresh_show_in_the_new_formula_cells(book: bytes) -> None:
    package = Package.from_bytes(book)
    apply(package, write(customers(3)))
    assert package.write_cached({"Data": {"F5": 3.5, "F6": float("nan")}}) == 2
    column = [row[5] for row in package.read_table("tblData").rows]
    assert column == [3.5, CellError.NA, None]


def test_the_fast_way_to_read_a_row_gives_what_reading_its_cells_gives(book: bytes) -> None:
    strings = [f"tekst {n}" for n in range(99)]
    for part in ("sheet2", "sheet3", "sheet4"):
        sheet = SheetXml(unpack(book)[f"xl/worksheets/{part}.xml"], part)
        for row in sheet.rows():
            one_by_one: list[object] = [None] * 12
            for found in sheet.cells(row):
                one_by_one[found.column - 1] = sheet.value(found, strings)
            assert sheet.row_values(row, 1, 12, strings) == one_by_one


def test_rich_text_and_phonetic_guides_are_read_as_the_user_sees_them(book: bytes) -> None:
    runs = "<is><r><t>Ca</t></r><r><rPr><b/></rPr><t>fé &amp; x_x000A_y</t></r>"
    runs += '<rPh sb="0" eb="1"><t>no</t></rPh></is>'
    odd = edited(book, DATA, cell(book, DATA, "B5"), f'<c r="B5" t="inlineStr">{runs}</c>')
    assert Package.from_bytes(odd).read_table("tblData").rows[0][1] == "Café & x\ny"


@pytest.mark.parametrize(
    "taken", [r' r="[A-Z]+\d+"', r' r="\d+"', r' r="[A-Z]*\d+"'], ids=["cells", "rows", "both"]
)
def test_a_sheet_without_addresses_is_read_and_edited_by_position(taken: str) -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.set_properties({"created": dt.datetime(2026, 1, 1)})
    sheet = made.add_worksheet("Blad")
    for row in range(9):
        sheet.write_row(row, 0, [f"kop {n}" for n in range(4)] if not row else [row, "a", 2.5, row * 7])
    sheet.add_table(0, 0, 4, 2, {"name": "t", "columns": [{"header": f"kop {n}"} for n in range(3)]})
    made.define_name("hier", "=Blad!$D$9")
    made.close()
    part = "xl/worksheets/sheet1.xml"
    parts = unpack(out.getvalue())
    head, body, tail = re.split(rb"(<sheetData>.*</sheetData>)", parts[part], flags=re.S)
    bare = pack({**parts, part: head + re.sub(taken.encode(), b"", body) + tail})
    assert bare != out.getvalue()
    books = Package.from_bytes(out.getvalue()), Package.from_bytes(bare)
    for book in books:
        taken_in = book.take_in(["t"])
        assert taken_in == {"t": (6, 9)}
        rows = [(n, "b", n / 4) for n in range(6)]
        book.edit(
            [NewBody("t", range(3), rows, [None] * 6)], {"hier": 5.0}, SheetRows("Blad", ("x",), [("erbij",)])
        )
    assert unpack(books[0].to_bytes()) == unpack(books[1].to_bytes())


@pytest.mark.parametrize("odd", [b'<row r="x"', b'<row r="1"><c r="a1"'], ids=["row", "cell"])
def test_an_address_that_is_none_is_refused_and_gets_no_second_one_beside_it(odd: bytes) -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("Blad").write("A1", 5)
    made.define_name("hier", "=Blad!$A$1")
    made.close()
    part, parts = "xl/worksheets/sheet1.xml", unpack(out.getvalue())
    head, body, tail = re.split(rb"(<sheetData>.*</sheetData>)", parts[part], flags=re.S)
    body = (
        b"<sheetData>"
        + odd
        + (b"><c" if odd.startswith(b'<row r="x') else b"")
        + b"><v>5</v></c></row></sheetData>"
    )
    book = Package.from_bytes(pack({**parts, part: head + body + tail}))
    with pytest.raises(WorkbookUnsafe, match="geen adres is"):
        book.edit(cells={"hier": 6.0})
