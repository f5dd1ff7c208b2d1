"""Rules of a sheet that are wider or longer than a table: no row of it is left without, and no cell beside it."""

import io

import pytest
import xlsxwriter
from openpyxl.worksheet.datavalidation import DataValidation

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import with_openpyxl

WHO = ["Anna", "Bram", "Cees", "Dora", "Ella"]  # in C4:D8, under their headers


def book(*areas, beside=False, totals=False):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Klanten")
    columns = [{"header": "klant"}, {"header": "omzet"}]
    sheet.add_table(2, 2, 7 + totals, 3, {"name": "t", "columns": columns, "total_row": totals})
    for at, one in enumerate(WHO, 3):
        sheet.write_row(at, 2, (one, at))
    if beside:
        sheet.add_table("F3:F8", {"name": "u", "columns": [{"header": "klant"}]})
        sheet.write_column("F4", WHO)
    for area in areas:
        row = area.strip("ABCDEFGHIJ").partition(":")[0]
        sheet.conditional_format(area, {"type": "formula", "criteria": f"=$C{row}<>0"})
    made.close()
    return out.getvalue()


def refreshed(data, who):
    package = Package.from_bytes(data)
    rows = [(one, float(at)) for at, one in enumerate(who)]
    apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",)),)))
    return package.to_bytes()


def rules(data):
    """The areas of every rule, with its formula."""
    sheet = with_openpyxl(data)["Klanten"]
    found = {str(one.sqref): one.rules[0].formula[0] for one in sheet.conditional_formatting}
    return found | {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}


MANY = [*WHO, *(f"K{n}" for n in range(5))]  # ten, down to row 13


@pytest.mark.parametrize(
    ("area", "many", "few"),
    [
        ("A4:H8", "A4:H13", "A4:H8"),  # cells beside the table keep it when rows go
        ("A1:D8", "A1:D13", "A1:D8"),
        ("C2:D8", "C2:D13", "C2:D5"),
        ("C4:D11", "C4:D13", "C4:D11"),
        ("C4:D20", "C4:D20", "C4:D20"),
        ("C1:C11", "C1:C13", "C1:C11"),
        ("F4:F8", "F4:F8", "F4:F8"),
        ("C5:D20", "C5:D20", "C5:D20"),
        ("A10:H20", "A10:H20", "A10:H20"),
    ],
)
def test_a_rule_that_all_rows_have_is_had_by_all_rows(area, many, few):
    row = area.strip("ABCDEFGH").partition(":")[0]
    assert rules(refreshed(book(area), MANY)) == {many: f"$C{row}<>0"}
    assert rules(refreshed(book(area), WHO[:2])) == {few: f"$C{row}<>0"}


@pytest.mark.parametrize("area", ["A6:H6", "C6:H6", "B6:C6"])
def test_a_rule_for_one_row_goes_with_it_however_wide_it_is(area):
    moved = area.replace("6", "8")
    assert rules(refreshed(book(area), ["Aad", "Abe", *WHO])) == {moved: "$C8<>0"}
    assert rules(refreshed(book(area), ["Anna", "Bram"])) == {}


def test_a_rule_over_two_tables_is_of_neither():
    data = book("A6:H6", beside=True)
    package = Package.from_bytes(data)
    rows = [(one, 1.0) for one in reversed(WHO)]
    writes = (TableWrite("t", ("klant", "omzet"), rows, ("klant",)),
              TableWrite("u", ("klant",), [(one,) for one in ["Aad", *WHO]], ("klant",)))  # fmt: skip
    apply_plan(package, Plan(writes))
    assert rules(package.to_bytes()) == {"A6:H6": "$C6<>0"}


@pytest.mark.parametrize("totals", [False, True])
def test_an_empty_column_with_a_list_to_choose_from_is_of_the_rows(totals):
    """Somebody means to fill it in for each customer: new ones have the list too, and keep what was chosen."""
    data = book(totals=totals)
    sheet = with_openpyxl(data)
    chosen = DataValidation("list", formula1='"ja,nee"')
    chosen.add("E4:E8")
    sheet["Klanten"].add_data_validation(chosen)
    out = io.BytesIO()
    sheet.save(out)
    many = refreshed(out.getvalue(), MANY)
    assert rules(many) == {"E4:E13": '"ja,nee"'}
    assert rules(refreshed(many, WHO[:2])) == {"E4:E5": '"ja,nee"'}
