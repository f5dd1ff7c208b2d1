"""Formulas of the user's in the rows of a table: after a refresh each looks at the cells that it is meant to look at."""

import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, unpack

WHO = ["Anna", "Bram", "Cees", "Dora"]  # in C5:D8 of Klanten; the formulas are in E
SHEET = "xl/worksheets/sheet1.xml"
MORE = ["Aad", "Bram", "Bert", "Cees", "Dora", "Zus"]  # Anna is gone; the old ones are in rows 6, 8 and 9


def book(formula, *, first=None, who=WHO, calculated=None, odd=()):
    """formula: for each row, with its number for `{r}`, that above it for `{a}` and that below it for `{b}`."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, _ = made.add_worksheet("Klanten"), made.add_worksheet("Blad")
    columns = [{"header": "klant"}, {"header": "omzet"}]
    if calculated:
        columns.append({"header": "van mij", "formula": f"={calculated}"})
    bottom = 4 + len(who)
    sheet.add_table(3, 2, bottom - 1, 1 + len(columns), {"name": "t", "columns": columns})
    sheet.write("E4", "van mij")
    for row, one in enumerate(who, 5):
        sheet.write_row(row - 1, 2, (one, row))
        text = first if first and row == 5 else formula
        if row not in odd:
            sheet.write_formula(row - 1, 4, f"={written(text, row)}")
    made.close()
    return out.getvalue()


def written(formula, row):
    return formula.format(r=row, a=row - 1, b=row + 1)


def refreshed(data, who):
    package = Package.from_bytes(data)
    rows = [(one, float(at)) for at, one in enumerate(who)]
    report = apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",), "Klanten"),)))
    xml = unpack(package.to_bytes())[SHEET].decode()
    found = re.findall(r'<c r="E(\d+)"[^>]*>(?:<f[^>]*>(.*?)</f>)', xml)
    return {int(row): text for row, text in found if int(row) > 4}, report


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(D$5:D{r})",  # a running total
        "SUM($D$5:D{r})/SUM($D$5:$D$99)",
        "SUM(D{r}:D$4)",
        "AVERAGE(D{a}:D{b})",  # with the rows above and below
        "D{r}-D{a}",
        "Klanten!D{r}*2",  # with the name of its own sheet
        "SUM('Klanten'!$D$5:$D{r})",
        "D{r}*H$1+Blad!$A$1",
        "VLOOKUP(C{r},Blad!A:B,2,0)",
        'IF(C{r}="D5:D8",1,0)',
    ],
)
@pytest.mark.parametrize("who", [MORE, WHO[::-1], ["Cees"], ["Nieuw", *WHO]])
def test_a_formula_that_all_rows_have_is_in_each_row_as_filling_down_gives_it(formula, who):
    found, report = refreshed(book(formula), who)
    assert found == {row: written(formula, row) for row in range(5, 5 + len(who))}
    assert not report.lost
    assert not report.notices


def test_a_share_of_the_whole_column_is_of_the_whole_column():
    found, _ = refreshed(book("D{r}/SUM(D$5:D$8)"), MORE)
    assert found == {row: f"D{row}/SUM(D$5:D$10)" for row in range(5, 11)}


def test_a_running_total_of_one_row_goes_on_as_one():
    found, _ = refreshed(book("SUM(D$5:D{r})", who=["Anna"]), WHO)
    assert found == {row: f"SUM(D$5:D{row})" for row in range(5, 9)}


def test_what_the_first_row_begins_the_others_go_on_with():
    found, _ = refreshed(book("E{a}+D{r}", first="D{r}"), MORE)
    assert found == {5: "D5", **{row: f"E{row - 1}+D{row}" for row in range(6, 11)}}
    found, _ = refreshed(book("E{a}+D{r}", first="D{r}"), ["Dora", "Zus"])
    assert found == {5: "D5", 6: "E5+D6"}


def test_a_first_row_that_differs_otherwise_is_of_its_customer():
    found, _ = refreshed(book("D{r}*2", first="D{r}*3"), ["Aad", *WHO])
    assert found == {6: "D6*3", 7: "D7*2", 8: "D8*2", 9: "D9*2"}


def test_what_was_typed_over_a_formula_goes_with_its_customer_and_the_others_are_as_filled_down():
    data = book("SUM(D$5:D{r})", odd=(6,))
    package = Package.from_bytes(data)
    parts = unpack(package.to_bytes())
    typed = parts[SHEET].replace(b'<c r="D6"><v>6</v></c>', b'<c r="D6"><v>6</v></c><c r="E6"><v>77</v></c>')
    assert typed != parts[SHEET]
    found, _ = refreshed(pack(parts | {SHEET: typed}), MORE)
    assert found == {row: f"SUM(D$5:D{row})" for row in range(5, 11) if row != 6}  # Bram stands there


@pytest.mark.parametrize("formula", ["Blad!A{r}", "D{r}*Blad!$A{r}", "H{r}+D{r}", "Klanten!$H{r}"])
@pytest.mark.parametrize("calculated", [False, True])
def test_a_customer_keeps_what_stood_beside_him_elsewhere_and_a_new_one_gets_nobodys(formula, calculated):
    """What stands in row 6 of another sheet is Bram's; who stands in row 6 next has nothing there."""
    data = book(formula, calculated=written(formula, 5) if calculated else None)
    found, report = refreshed(data, MORE)
    own = formula.replace("D{r}", "D{n}")
    rows = {6: 6, 8: 7, 9: 8}  # now: then
    assert found == {now: own.format(r=then, n=now) for now, then in rows.items()}
    (told,) = report.notices
    assert "de formules in kolom E van Klanten" in told
    found, report = refreshed(data, WHO)
    assert found == {row: written(formula, row) for row in range(5, 9)}
    assert not report.notices


def test_a_list_elsewhere_that_was_not_made_fast_is_looked_up_in_by_new_customers_too():
    found, report = refreshed(book("VLOOKUP(C{r},Blad!A{r}:B{b},2,0)"), ["Aad", *WHO])
    assert found[5] == "VLOOKUP(C5,Blad!A5:B6,2,0)"
    assert found[6] == "VLOOKUP(C6,Blad!A5:B6,2,0)"
    assert not report.notices


def test_formulas_that_would_begin_above_the_sheet_are_of_their_customers_still():
    """Bram in row 9 has what stands in row 1 of another sheet; filled up from there nothing is left of it."""
    package = Package.from_bytes(book("Blad!A{r}"))
    for who in (["Aa", "Ab", "Ac", "Ad", "Ae", "Af", *WHO], ["Aa", *WHO, "Zus"]):
        rows = [(one, float(at)) for at, one in enumerate(who)]
        apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",), "Klanten"),)))
    xml = unpack(package.to_bytes())[SHEET].decode()
    assert "#REF!" not in xml
    found = re.findall(r'<c r="E(\d+)"[^>]*><f>(.*?)</f>', xml)
    assert found == [("6", "Blad!A5"), ("7", "Blad!A6"), ("8", "Blad!A7"), ("9", "Blad!A8")]


def test_what_the_table_says_of_a_running_total_stays_one():
    data = book("SUM(D$5:D{r})", who=["Anna"], calculated="SUM(D$5:D5)")
    package = Package.from_bytes(data)
    rows = [(one, 1.0) for one in WHO]
    apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",), "Klanten"),)))
    parts = unpack(package.to_bytes())
    assert b"<calculatedColumnFormula>SUM(D$5:D5)<" in parts["xl/tables/table1.xml"]
    assert re.findall(rb"<f>(.*?)</f>", parts[SHEET]) == [b"SUM(D$5:D%d)" % row for row in range(5, 9)]
