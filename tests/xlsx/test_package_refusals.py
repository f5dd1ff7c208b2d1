"""What a refresh refuses: with a Dutch message that says where, and with nothing changed."""

from __future__ import annotations

import re

import pytest

from klantwaarde_xl.errors import WorkbookChanged, WorkbookError, WorkbookFull, WorkbookUnsafe
from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import COLUMNS, cell, customers, edited, pack, rich, unpack
from tests.xlsx.applying import apply

DATA = "xl/worksheets/sheet3.xml"
TABLE = "xl/tables/table1.xml"


@pytest.fixture(scope="module")
def book() -> bytes:
    return rich(12)


def refused(data: bytes, plan: Plan, kind: type[WorkbookError], *words: str) -> None:
    """Check that a plan is refused with these words in the message, and changes nothing."""
    package = Package.from_bytes(data)
    with pytest.raises(kind) as caught:
        apply(package, plan)
    assert package.to_bytes() == data
    error = caught.value
    assert error.what.endswith(".")
    assert error.remedy.endswith(".")
    for word in words:
        assert word in str(error)


def rows(count: int, **more: object) -> Plan:
    return Plan((TableWrite("tblData", COLUMNS, customers(count), **more),))


def test_a_signed_workbook_is_refused(book: bytes) -> None:
    signed = pack({**unpack(book), "_xmlsignatures/sig1.xml": b"<Signature/>"})
    refused(signed, rows(3), WorkbookUnsafe, "digitaal ondertekend")


def test_a_renamed_table_is_named_with_those_that_are_there(book: bytes) -> None:
    plan = Plan((TableWrite("tblWeg", ("a",), []),))
    refused(book, plan, WorkbookChanged, "tblWeg", "tblData")


def test_a_renamed_column_is_named(book: bytes) -> None:
    renamed = edited(book, TABLE, 'name="Bedrag"', 'name="Omzet"')
    refused(renamed, rows(3), WorkbookChanged, "kolom Bedrag", "blad Data")


def test_a_missing_key_column_is_named(book: bytes) -> None:
    refused(book, rows(3, key=("Nummer",)), WorkbookChanged, "kolom Nummer")


def test_a_table_without_a_header_row_is_refused(book: bytes) -> None:
    bare = edited(book, TABLE, 'ref="A4:H16"', 'ref="A4:H16" headerRowCount="0"')
    refused(bare, rows(3), WorkbookChanged, "kopregel")


def test_content_under_the_table_is_never_overwritten(book: bytes) -> None:
    refused(book, rows(196), WorkbookFull, "A200", "tblData")


def test_the_last_free_row_above_the_users_content_may_be_used(book: bytes) -> None:
    package = Package.from_bytes(book)
    apply(package, rows(195))
    assert "ver onder" not in cell(package.to_bytes(), DATA, "A199")
    assert cell(package.to_bytes(), DATA, "A200") == cell(book, DATA, "A200")


def test_a_totals_row_needs_room_too() -> None:
    refused(rich(12, totals=True), rows(195), WorkbookFull, "A200")


def test_an_empty_cell_with_a_style_is_not_in_the_way(book: bytes) -> None:
    styled = edited(book, DATA, '<c r="A200" t="s"><v>38</v></c>', '<c r="A200" s="2"/>')
    apply(Package.from_bytes(styled), rows(250))


def test_more_rows_than_a_sheet_holds_are_refused_before_they_are_read(book: bytes) -> None:
    class Endless(list[object]):
        def __len__(self) -> int:
            return 1_048_573

        def __iter__(self) -> object:
            raise AssertionError("read")

    plan = Plan((TableWrite("tblData", COLUMNS, Endless()),))
    refused(book, plan, WorkbookFull, "1.048.576", "klantwaarde analyse")


def test_merged_cells_over_the_body_are_refused(book: bytes) -> None:
    merged = edited(
        book, DATA, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="H8:J9"/></mergeCells>'
    )
    refused(merged, rows(3), WorkbookFull, "H8:J9")


def test_merged_cells_where_the_table_does_not_come_are_left_alone(book: bytes) -> None:
    merged = edited(
        book, DATA, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A90:B91"/></mergeCells>'
    )
    apply(Package.from_bytes(merged), rows(80))
    refused(merged, rows(86), WorkbookFull, "A90:B91")


def test_a_shared_formula_across_the_border_is_refused(book: bytes) -> None:
    shared = edited(book, DATA, "<f>D5+1</f>", '<f t="shared" ref="H7:K7" si="3">D5+1</f>')
    refused(shared, rows(3), WorkbookChanged, "H7:K7", "rand van de tabel")


def test_an_array_formula_across_the_border_is_refused(book: bytes) -> None:
    array = edited(book, DATA, "<f>D5+1</f>", '<f t="array" ref="G7:K7">D5+1</f>')
    refused(array, rows(3), WorkbookChanged, "G7:K7")


def test_another_table_under_the_table_is_not_grown_into(book: bytes) -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Blad")
    sheet.add_table("A1:A2", {"name": "boven", "header_row": True})
    sheet.add_table("A6:A7", {"name": "onder", "header_row": True})
    made.close()
    plan = Plan((TableWrite("boven", ("Column1",), [(n,) for n in range(5)]),))
    refused(out.getvalue(), plan, WorkbookFull, "onder")


def test_a_named_cell_that_holds_a_formula_is_not_overwritten(book: bytes) -> None:
    refused(book, Plan(names=(NameWrite("kw_afgeleid", 1.0),)), WorkbookChanged, "formule", "B2")


def test_a_name_of_a_range_is_not_written(book: bytes) -> None:
    refused(book, Plan(names=(NameWrite("kw_bereik", 1.0),)), WorkbookChanged, "één cel", "kw_bereik")


def test_a_name_that_is_gone_is_named(book: bytes) -> None:
    refused(book, Plan(names=(NameWrite("kw_weg", 1.0),)), WorkbookChanged, "kw_weg")


def test_one_refusal_undoes_the_writes_before_it(book: bytes) -> None:
    plan = Plan(rows(3).tables, (NameWrite("kw_retentie", 0.1), NameWrite("kw_weg", 1.0)))
    refused(book, plan, WorkbookChanged, "kw_weg")


def test_reading_a_table_that_is_gone_names_it(book: bytes) -> None:
    with pytest.raises(WorkbookChanged, match="tblWeg"):
        Package.from_bytes(book).read_table("tblWeg")


@pytest.mark.parametrize("odd", ["<!-- opmerking -->", "<?pi?>"])
def test_a_sheet_with_xml_that_no_program_writes_is_refused(book: bytes, odd: str) -> None:
    strange = edited(book, DATA, "<sheetData>", f"<sheetData>{odd}")
    refused(strange, rows(3), WorkbookUnsafe, "sheet3.xml")


def test_rows_out_of_order_are_refused(book: bytes) -> None:
    strange = edited(book, DATA, '<row r="7"', '<row r="3"')
    refused(strange, rows(3), WorkbookUnsafe, "volgorde")


def test_a_part_that_is_no_xml_is_refused(book: bytes) -> None:
    broken = edited(book, DATA, "<pageMargins", "<ongesloten><pageMargins")
    refused(broken, rows(3), WorkbookUnsafe, "sheet3.xml")


def test_a_damaged_part_is_refused(book: bytes) -> None:
    at = book.index(b"xl/tables/table1.xml") + len("xl/tables/table1.xml")
    damaged = book[: at + 40] + bytes([book[at + 40] ^ 0xFF]) + book[at + 41 :]
    with pytest.raises(WorkbookUnsafe, match="beschadigd"):
        apply(Package.from_bytes(damaged), rows(3))


def test_text_that_looks_like_a_formula_stays_text(book: bytes) -> None:
    package = Package.from_bytes(book)
    for start in ("=", "+", "-", "@", "\t="):
        text = f"{start}1+1"
        apply(package, Plan((TableWrite("tblData", ("Naam",), [(text,)]),)))
        assert package.read_table("tblData").rows[0][1] == text
        assert not re.search(r"<f", cell(package.to_bytes(), DATA, "B5"))
