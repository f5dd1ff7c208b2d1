"""What a workbook has besides cells never keeps its formulas from getting their values."""

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from klantwaarde_xl.workbook.ironcalc import Engine
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, rich, unpack

SHEET = "xl/worksheets/sheet1.xml"


def plain(more=None):
    """Two numbers, their sum, and a name for it; more: what else to do to the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Blad & 'n tweede")
    sheet.add_table("A1:A3", {"name": "t", "columns": [{"header": "x"}]})
    sheet.write_column("A2", [3, 4])
    sheet.write_formula("C1", "=SUM(t[x])", None, 0)
    sheet.write_formula("C2", "=som*2", book.add_format({"num_format": "0.0", "bold": True}), 0)
    book.define_name("som", "='Blad & ''n tweede'!$C$1")
    if more:
        more(book, sheet)
    book.close()
    return out.getvalue()


def with_note(data):
    """As openpyxl saves it: the address of the note's part begins with a slash."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["A2"].comment = Comment("bellen", "Jan")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data, part, old, new):
    parts = unpack(data)
    assert old in parts[part], (part, old)
    return pack({**parts, part: parts[part].replace(old, new)})


WHAT_IF = b'<c r="E5"><f t="dataTable" ref="E5:E6" dt2D="0" dtr="0" r1="A2"/><v>1</v></c>'
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(data):
    parts = unpack(data)
    for old, new in STRICT.items():
        parts = {name: content.replace(old, new) for name, content in parts.items()}
    return pack(parts)


def _chart_sheet(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Blad & ''n tweede'!$A$2:$A$3"})
    book.add_chartsheet("Grafiek").set_chart(chart)


BOOKS = {
    "plain": plain(),
    "a note by openpyxl": with_note(plain()),
    "a what-if table": changed(
        plain(), SHEET, b"</row></sheetData>", b'</row><row r="5">' + WHAT_IF + b"</row></sheetData>"
    ),
    "no styles in a list": changed(
        plain(), "xl/styles.xml", b"<cellStyles", b'<dxfs count="0"></dxfs><cellStyles'
    ),
    "an empty arrow": changed(plain(), SHEET, b"<tableParts", b'<drawing r:id=""/><tableParts'),
    "a table without a name": changed(plain(), "xl/tables/table1.xml", b' name="t"', b""),
    "the strict format": strict(plain()),
    "a chart sheet": plain(lambda book, _: _chart_sheet(book)),
    "rules": plain(
        lambda _, sheet: sheet.conditional_format(
            "A2:A3", {"type": "formula", "criteria": "=COUNTIF(A$2:A$3,A2)>1"}
        )
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_formulas_get_their_values_whatever_else_there_is(name):
    package = Package.from_bytes(BOOKS[name])
    refill(package)
    (shown,) = package.shown().values()
    assert (shown["C1"], shown["C2"]) == (7, 14)


@pytest.mark.slow
def test_the_copy_for_the_engine_has_cells_and_no_words_of_other_parts(tmp_path):
    package, path = Package.from_bytes(rich(3)), tmp_path / "cells.xlsx"
    package.save_cells(path)
    parts = unpack(path.read_bytes())
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/sharedStrings.xml", *(f"xl/worksheets/sheet{n}.xml" for n in range(1, 5)),
    }  # fmt: skip
    assert b"conditionalFormatting" not in parts["xl/worksheets/sheet3.xml"]
    with Engine(package.save_cells) as engine:
        engine.evaluate()


def test_a_what_if_table_stays_in_the_workbook_and_shows_nothing_that_may_be_old():
    package = Package.from_bytes(BOOKS["a what-if table"])
    refill(package)
    assert WHAT_IF.replace(b"<v>1</v>", b"") in unpack(package.to_bytes())[SHEET]
