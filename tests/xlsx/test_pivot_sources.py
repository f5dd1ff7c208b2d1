"""Pivots that read what a refresh changes read it anew when opened; the others keep their copy of their rows."""

import io

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.package import NewBody, Package
from tests.workbook.rich import pack, unpack, with_part

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CACHE = "xl/pivotCache/pivotCacheDefinition1.xml"


def book(sources, kind="worksheet"):
    """Our table in C4:D8 of Klanten; on Blad a list without formulas in A1:B3, a table and a sum; and one pivot."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, own = made.add_worksheet("Klanten"), made.add_worksheet("Blad")
    sheet.add_table("C3:D8", {"name": "t", "columns": [{"header": "klant"}, {"header": "omzet"}]})
    for row, one in enumerate("ABCDE", 3):
        sheet.write_row(row, 2, (one, row))
    for row in range(3):
        own.write_row(row, 0, ("plaats", row))
    own.write_formula("E2", "=SUM(t[omzet])")
    own.add_table("G1:G3", {"name": "plaatsen", "columns": [{"header": "plaats"}]})
    own.add_table("I1:I3", {"name": "sommen", "columns": [{"header": "som", "formula": "=SUM(t[omzet])"}]})
    for name, meaning in (
        ("alles", "=Klanten!$C$3:$D$8"), ("ook", "=alles"), ("lijst", "=Blad!$A$1:$B$3"), ("kolom", "=t[omzet]"),
        ("loopt", "=OFFSET(Blad!$A$1,0,0,COUNTA(Blad!$A:$A),2)"), ("vast", "=plaatsen[plaats]"),
    ):  # fmt: skip
        made.define_name(name, meaning)
    made.close()
    parts = unpack(out.getvalue())
    with_part(
        parts, CACHE,
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}"><cacheSource type="{kind}">{sources}</cacheSource>'
        '<cacheFields count="1"><cacheField name="klant"/></cacheFields></pivotCacheDefinition>',
        f"{OFFICE}/pivotCacheDefinition", "xl/workbook.xml", "pivotCache/pivotCacheDefinition1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
    )  # fmt: skip
    return pack(parts)


def refreshed(sources, kind="worksheet"):
    package = Package.from_bytes(book(sources, kind))
    package.edit([NewBody("t", [0, 1], [["Z", float(row)] for row in range(9)])])
    return unpack(package.to_bytes())[CACHE].decode()


@pytest.mark.parametrize(
    ("source", "new"),
    [
        ('name="t"', 'name="t"'),
        ('name="T"', 'name="T"'),
        ('ref="C3:D8" sheet="Klanten"', 'ref="C3:D12" sheet="Klanten"'),
        ('ref="C3:D99" sheet="Klanten"', 'ref="C3:D99" sheet="Klanten"'),
        ('ref="C:D" sheet="Klanten"', 'ref="C:D" sheet="Klanten"'),  # whole columns, as Excel writes them
        ('ref="3:8" sheet="klanten"', 'ref="3:8" sheet="klanten"'),
        ('ref="A1:E3" sheet="Blad"', 'ref="A1:E3" sheet="Blad"'),  # a formula among its cells
        ('ref="A:E" sheet="Blad"', 'ref="A:E" sheet="Blad"'),
        ('name="sommen"', 'name="sommen"'),
        ('name="alles"', 'name="alles"'),
        ('name="ook"', 'name="ook"'),
        ('name="kolom"', 'name="kolom"'),
        ('name="loopt"', 'name="loopt"'),  # where it ends only a spreadsheet program knows
        ('name="onbekend"', 'name="onbekend"'),
    ],
)
def test_a_pivot_over_what_may_have_changed_is_read_anew(source, new):
    after = refreshed(f"<worksheetSource {source}/>")
    assert 'refreshOnLoad="1"' in after
    assert f"<worksheetSource {new}/>" in after


@pytest.mark.parametrize(
    "source",
    [
        'ref="A1:B3" sheet="Blad"',
        'name="plaatsen"',
        'name="lijst"',
        'name="vast"',
        'ref="G1:G3" sheet="Blad"',
        'ref="C3:D8" sheet="Klanten" r:id="rId1"',  # of another workbook
        'ref="F:H" sheet="Klanten"',
    ],
)
def test_a_pivot_over_anything_else_keeps_every_byte(source):
    text = f"<worksheetSource {source}/>"
    assert refreshed(text) == unpack(book(text))[CACHE].decode()


def test_a_pivot_over_several_ranges_is_read_anew_when_one_of_them_is_ours():
    ranges = '<rangeSet ref="A1:B3" sheet="Blad"/><rangeSet ref="C3:D8" sheet="Klanten"/>'
    sources = f'<consolidation><rangeSets count="2">{ranges}</rangeSets></consolidation>'
    after = refreshed(sources, "consolidation")
    assert 'refreshOnLoad="1"' in after
    assert 'ref="C3:D12"' in after
    assert 'ref="A1:B3"' in after
