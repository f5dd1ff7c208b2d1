"""Rows typed or pasted right under a table are its rows, or are refused by their number."""

import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import cell, edited, unpack, with_openpyxl

SHEET = "xl/worksheets/sheet1.xml"
BODY = [("Anna", 10.0), ("Bram", 20.0)]


def book(under=(), *, more=None, totals=False, calculated=True):
    """`tbl` in B3:D5 with a formula in its last column, a colour in its first; then rows under it."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, other = made.add_worksheet("Gegevens"), made.add_worksheet("Sommen")
    euro = made.add_format({"num_format": "0.00"})
    columns = [{"header": "klant"}, {"header": "bedrag"}, {"header": "dubbel"}]
    if calculated:
        columns[2] |= {"formula": "=tbl[[#This Row],[bedrag]]*2", "format": euro}
    sheet.add_table(2, 1, 4 + totals, 3, {"name": "tbl", "columns": columns, "total_row": totals})
    for at, (customer, amount) in enumerate(BODY, 4):
        sheet.write_row(at - 1, 1, (customer, amount))
        if not calculated:
            sheet.write_formula(at - 1, 3, f"=C{at}*2", euro, amount * 2)
    for at, row in enumerate(under, 6 + totals):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.write(at - 1, column, value)
    sheet.conditional_format("C4:C5", {"type": "data_bar"})
    sheet.data_validation("B4:B5", {"validate": "length", "criteria": "<", "value": 99})
    other.write_formula("A1", "=SUM(Gegevens!C4:C5)", None, 30)
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": "=Gegevens!$C$4:$C$5"})
    other.insert_chart("C1", chart)
    made.define_name("bedragen", "=Gegevens!$C$4:$C$5")
    if more:
        more(sheet)
    made.close()
    return out.getvalue()


def taken(data, names=("TBL",)):
    package = Package.from_bytes(data)
    under = package.take_in(names)
    return package, {name: tuple(rows) for name, rows in under.items()}


def test_rows_right_under_a_table_are_its_rows():
    package, under = taken(book([("Cees", 30), ("Dora", 40.5)]))
    assert under == {"tbl": (6, 7)}
    rows = package.read_table("tbl").rows
    assert [row[:2] for row in rows] == [*map(list, BODY), ["Cees", 30.0], ["Dora", 40.5]]
    assert with_openpyxl(package.to_bytes())["Gegevens"].tables["tbl"].ref == "B3:D7"


def test_what_looks_at_the_table_looks_at_the_new_rows_too():
    package, _ = taken(book([("Cees", 30)]))
    parts = {name: data.decode() for name, data in unpack(package.to_bytes()).items()}
    assert "<f>SUM(Gegevens!C4:C6)</f>" in parts["xl/worksheets/sheet2.xml"]
    assert "Gegevens!$C$4:$C$6</definedName>" in parts["xl/workbook.xml"]
    assert "<c:f>Gegevens!$C$4:$C$6</c:f>" in parts["xl/charts/chart1.xml"]
    assert {"C4:C6", "B4:B6"} <= set(re.findall(r'sqref="([^"]*)"', parts[SHEET]))
    assert 'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


@pytest.mark.parametrize("calculated", [True, False], ids=["by Excel", "by another program"])
def test_a_calculated_column_goes_on_in_the_new_rows(calculated):
    package, _ = taken(book([("Cees", 30), ("Dora", 40, 7.0)], calculated=calculated))
    formula = package.formulas()["Gegevens"]["D6"]
    assert formula == ("tbl[[#This Row],[bedrag]]*2" if calculated else "C6*2")
    style = re.search(r' s="\d+"', cell(book(calculated=calculated), SHEET, "D4"))
    assert style
    assert style[0] in cell(package.to_bytes(), SHEET, "D6")
    assert package.read_table("tbl").rows[3][2] == 7.0


def test_what_stands_in_a_new_row_stays_there():
    def more(sheet):
        sheet.write_comment("B6", "van Cees")
        sheet.write_url("C7", "https://voorbeeld.nl/dora", string="Dora")
        sheet.write("F6", "ernaast")

    package, _ = taken(book([("Cees", 30), ("Dora", 40)], more=more))
    sheet = with_openpyxl(package.to_bytes())["Gegevens"]
    assert sheet["B6"].comment.text.strip() == "van Cees"
    assert sheet["C7"].hyperlink.target.endswith("/dora")
    assert sheet["F6"].value == "ernaast"


def test_an_empty_row_ends_the_table():
    package, under = taken(book([("Cees", 30), (), ("Bron: de kassa",)]))
    assert under == {"tbl": (6, 6)}
    assert len(package.read_table("tbl").rows) == 3


@pytest.mark.parametrize("data", [book(), book([("Cees", 3)], totals=True)], ids=["nothing", "totals"])
def test_a_table_with_nothing_under_it_or_with_totals_is_left_as_it_is(data):
    package, under = taken(data)
    assert under == {}
    assert package.to_bytes() == data


def test_only_the_tables_that_are_named_take_rows_in():
    data = book([("Cees", 30)])
    package, under = taken(data, ["tblAnders"])
    assert under == {}
    assert package.to_bytes() == data


@pytest.mark.parametrize(
    ("under", "row", "why"),
    [
        ([("Cees", 30), ("Totaal", "=SUM(C4:C6)")], 7, "in C7 een formule over andere rijen"),
        ([("Bron: de kassa",)], 6, "niets bij bedrag"),
        ([("Cees", 30), (None, 40)], 7, "niets bij klant"),
    ],
)
def test_a_row_that_is_none_of_the_table_is_refused_by_its_number(under, row, why):
    data = book(under)
    package = Package.from_bytes(data)
    with pytest.raises(WorkbookChanged, match=f"Rij {row} staat direct onder de tabel tbl") as refused:
        package.take_in(["tbl"])
    assert why in refused.value.what
    assert "rij leeg" in refused.value.remedy
    assert package.to_bytes() == data


def test_merged_cells_under_a_table_are_no_row_of_it():
    data = book(more=lambda sheet: sheet.merge_range("B6:D6", "De gegevens van de kassa"))
    with pytest.raises(WorkbookChanged, match=r"Rij 6 .* samengevoegde cellen"):
        taken(data)


def test_another_table_right_under_it_is_not_taken_in():
    more = {"name": "twee", "columns": [{"header": "a"}, {"header": "b"}]}
    data = book(more=lambda sheet: sheet.add_table("B6:C8", more))
    assert taken(data)[1] == {}


def test_a_filter_that_is_set_stays_when_rows_come_in():
    filtered = edited(
        book([("Cees", 30)]), "xl/tables/table1.xml", '<autoFilter ref="B3:D5"/>',
        '<autoFilter ref="B3:D5"><filterColumn colId="0"><filters><filter val="Anna"/></filters>'
        "</filterColumn></autoFilter>",
    )  # fmt: skip
    package, _ = taken(filtered)
    table = unpack(package.to_bytes())["xl/tables/table1.xml"]
    assert b'<autoFilter ref="B3:D6"><filterColumn' in table


LOOKS = {"euro": {"num_format": '"€" 0.00'}, "own": {"bold": True}, "column": {"font_name": "Arial"}}


def with_looks(*, column):
    """`tbl` with a look for amounts and two rows under it, of which only Cees' amount has a look of its own."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Gegevens")
    looks = {name: made.add_format(one) for name, one in LOOKS.items()}
    if column:
        sheet.set_column(2, 2, 12, looks["column"])
    sheet.add_table(2, 1, 4, 2, {"name": "tbl", "columns": [{"header": "klant"}, {"header": "bedrag"}]})
    for at, (customer, amount) in enumerate(BODY, 3):
        sheet.write_row(at, 1, (customer,))
        sheet.write_number(at, 2, amount, looks["euro"])
    sheet.write_row(5, 1, ("Cees",))
    sheet.write_number(5, 2, 30, looks["own"])
    sheet.write_row(6, 1, ("Dora", 40, 7))
    if column:
        sheet.write_number(6, 2, 40, looks["column"])
    made.close()
    return out.getvalue()


@pytest.mark.parametrize("column", [False, True], ids=["no style", "that of the column"])
def test_a_cell_without_a_look_of_its_own_gets_that_of_its_column(column):
    package, under = taken(with_looks(column=column))
    assert under == {"tbl": (6, 7)}
    sheet = with_openpyxl(package.to_bytes())["Gegevens"]
    assert sheet["C7"].number_format == sheet["C4"].number_format == '"€" 0.00'
    assert (sheet["C6"].number_format, sheet["C6"].font.b) == ("General", True)
    assert (sheet["C7"].value, sheet["D7"].number_format) == (40, "General")
