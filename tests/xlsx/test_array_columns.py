"""Columns of array formulas of one cell each, as a newer Excel stores many a formula: calculated like any other."""

import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, unpack

WHO = ["Anna", "Bram", "Cees"]  # in B3:C5; the column of the user's is D
SHEET = "xl/worksheets/sheet1.xml"


def book(write, *, in_table):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Klanten")
    columns = [{"header": "klant"}, {"header": "omzet"}]
    if in_table:
        columns.append({"header": "som"})
    sheet.add_table(1, 1, 4, 1 + len(columns) - 1, {"name": "t", "columns": columns})
    sheet.write("D2", "som")
    for row, one in enumerate(WHO, 2):
        sheet.write_row(row, 1, (one, row))
        write(sheet, f"D{row + 1}", f"SUM(IF($F$1:$F$9=B{row + 1},$G$1:$G$9))")
    made.close()
    return out.getvalue()


def dynamic(sheet, cell, text):
    sheet.write_dynamic_array_formula(f"{cell}:{cell}", f"={text}")


def entered(sheet, cell, text):
    sheet.write_array_formula(f"{cell}:{cell}", f"={text}")


def formulas(package):
    """By row of column D: its attributes but for the address, and what kind of formula stands there."""
    xml = unpack(package.to_bytes())[SHEET].decode()
    found = re.findall(r'<c r="D(\d+)"([^>]*)><f([^>]*)>(.*?)</f>', xml)
    return {int(row): (attributes, kind, text) for row, attributes, kind, text in found}


@pytest.mark.parametrize(("write", "meta"), [(dynamic, ' cm="1"'), (entered, "")])
@pytest.mark.parametrize("in_table", [True, False])
def test_new_customers_have_the_formula_too_and_in_the_same_way(write, meta, in_table):
    package = Package.from_bytes(book(write, in_table=in_table))
    who = ["Aad", "Bram", "Bert", "Cees", "Dirk"]
    rows = [(one, float(at)) for at, one in enumerate(who)]
    report = apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",)),)))
    assert formulas(package) == {
        row: (meta, f' t="array" ref="D{row}"', f"SUM(IF($F$1:$F$9=B{row},$G$1:$G$9))") for row in range(3, 8)
    }
    assert not report.lost  # Anna is gone, with nothing that somebody typed


def test_rows_typed_under_the_table_get_it_too():
    package = Package.from_bytes(book(dynamic, in_table=True))
    parts = unpack(package.to_bytes())
    row = (
        '<row r="6"><c r="B6" t="inlineStr"><is><t>Dora</t></is></c><c r="C6"><v>7</v></c></row></sheetData>'
    )
    xml = parts[SHEET].replace(b"</sheetData>", row.encode())
    package = Package.from_bytes(pack(parts | {SHEET: xml}))
    package.take_in(["t"])
    assert formulas(package)[6] == (' cm="1"', ' t="array" ref="D6"', "SUM(IF($F$1:$F$9=B6,$G$1:$G$9))")


def test_an_array_over_several_rows_is_nobodys():
    """It fills cells of more customers than one, so it stays where it is."""

    def over_all(sheet, cell, text):
        if cell == "D3":
            sheet.write_array_formula("D3:D5", f"={text}")

    package = Package.from_bytes(book(over_all, in_table=False))
    rows = [(one, 1.0) for one in ["Aad", *WHO]]
    apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",)),)))
    assert [(row, kind) for row, (_, kind, _) in formulas(package).items()] == [(3, ' t="array" ref="D3:D5"')]
