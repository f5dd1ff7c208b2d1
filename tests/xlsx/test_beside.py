"""Which columns beside a table follow its rows, whatever they hold, and what is said of those that do not."""

import io

import pytest
import xlsxwriter

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.plan.report import in_words
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, unpack, with_openpyxl

WHO = ["Anna", "Bram", "Cees", "Dora", "Ella"]


def book(mark, column):
    """A table of customers in B3:C8, and for Bram and Dora a mark in another column of the sheet."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Klanten")
    sheet.add_table(2, 1, 7, 2, {"name": "t", "columns": [{"header": "klant"}, {"header": "omzet"}]})
    for at, one in enumerate(WHO, 3):
        sheet.write_row(at, 1, (one, at))
        if one in ("Bram", "Dora"):
            mark(made, sheet, at, column, one)
    made.close()
    return out.getvalue()


def comment(made, sheet, row, column, one):
    sheet.write_comment(row, column, f"over {one}")


def fill(made, sheet, row, column, one):
    sheet.write_blank(row, column, None, made.add_format({"bg_color": "#FFFF00"}))


def link(made, sheet, row, column, one):
    sheet.write_url(row, column, f"https://voorbeeld.nl/{one}", string="")


def text(made, sheet, row, column, one):
    sheet.write_string(row, column, f"over {one}")


def picked(made, sheet, row, column, one):
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": [one, "anders"]})


def refreshed(data, who, **also):
    package = Package.from_bytes(data)
    rows = [(one, float(at)) for at, one in enumerate(who)]
    report = apply_plan(
        package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",), "Klanten", **also),))
    )
    return package.to_bytes(), report


def marked(data, column):
    """The customers in whose rows a mark stands, by what it says or looks like."""
    sheet = with_openpyxl(data)["Klanten"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    found = set()
    for row in range(4, sheet.max_row + 1):
        cell = sheet.cell(row, column + 1)
        if (
            cell.comment
            or cell.hyperlink
            or cell.value
            or cell.fill.fgColor.rgb == "FFFFFF00"
            or cell.coordinate in lists
        ):
            found.add(sheet.cell(row, 2).value)
    return found


@pytest.mark.parametrize("column", [0, 3])
@pytest.mark.parametrize("mark", [comment, fill, link, text, picked])
def test_a_column_that_touches_the_table_goes_with_the_rows_whatever_it_holds(mark, column):
    data, report = refreshed(book(mark, column), ["Aad", *WHO[::-1]])
    assert marked(data, column) == {"Bram", "Dora"}
    assert report.moved
    assert report.apart == ()


@pytest.mark.parametrize("mark", [comment, fill, link, text, picked])
def test_what_stands_behind_an_empty_column_stays_and_is_said(mark):
    data, report = refreshed(book(mark, 5), ["Aad", *WHO])
    assert marked(data, 5) == {"Anna", "Cees"}
    assert report.apart == ("kolom F naast Klanten",)
    said = "\n".join(in_words(report))
    assert "kolom F naast Klanten staat, ging niet met de rijen mee" in said
    assert "wat u erbij zette" not in said


def test_a_customer_who_is_gone_leaves_what_stands_apart_beside_the_next_one():
    _, report = refreshed(book(text, 5), WHO[:-1])
    assert report.apart == ("kolom F naast Klanten",)


@pytest.mark.parametrize("also", [{}, {"shares_rows": True}])
def test_nothing_is_said_of_what_stands_apart_where_no_row_moves_or_the_template_put_it_there(also):
    who = ["Aad", *WHO] if also else WHO
    _, report = refreshed(book(text, 5), who, **also)
    assert report.apart == ()


@pytest.mark.parametrize("attributes", ['hidden="1"', 'outlineLevel="1"', 'spans="1:3" collapsed="1"'])
@pytest.mark.parametrize("who", [WHO, WHO[::-1]])
def test_a_row_keeps_an_attribute_that_is_its_only_one(attributes, who):
    """As openpyxl writes rows."""
    parts = unpack(book(text, 3))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b'<row r="5" spans="2:4">', f'<row r="5" {attributes}>'.encode()
    )
    parts["xl/worksheets/sheet1.xml"] = sheet
    assert attributes.encode() in sheet
    data, _ = refreshed(pack(parts), who)
    row = 4 + who.index("Bram")
    name = attributes.split()[-1]
    assert f'<row r="{row}" {name}'.encode() in unpack(data)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("taken_in", [True, False])
def test_a_block_under_a_title_like_that_of_the_table_is_not_of_its_rows(titled, taken_in):
    """Notes fill the gap between both; Excel takes them into the table."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Klanten")
    title = made.add_format({"bold": True, "font_size": 14})
    headers = ["klant", "omzet", *(["notitie"] if taken_in else [])]
    columns = [{"header": header} for header in headers]
    sheet.add_table(2, 1, 7, len(headers), {"name": "t", "columns": columns})
    sheet.write(1, 1, "Klanten", title)
    sheet.write(1, 4, "Per letter", title if titled else None)
    sheet.write(2, 4, "letter")
    for at, one in enumerate(WHO, 3):
        sheet.write_row(at, 1, (one, at, f"over {one}", one[0]))
        sheet.write_formula(at, 5, f'=COUNTIF($B$4:$B$8,E{at + 1}&"*")')
    made.close()
    after, _ = refreshed(out.getvalue(), WHO[::-1])
    rows = [[one.value for one in row] for row in with_openpyxl(after)["Klanten"]["B4:F8"]]
    assert [row[2] for row in rows] == [f"over {one}" for one in WHO[::-1]]
    letters = [one[0] for one in (WHO if titled else WHO[::-1])]
    assert [row[3] for row in rows] == letters
    assert [row[4] for row in rows] == [f'=COUNTIF($B$4:$B$8,E{row}&"*")' for row in range(4, 9)]
