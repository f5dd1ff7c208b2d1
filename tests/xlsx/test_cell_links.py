"""Check boxes, lists and shapes that are tied to cells by their address: they stay with their customer."""

import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, unpack, with_part

WHO = ["Anna", "Bram", "Cees", "Dora", "Ella"]  # in C4:D8 of Klanten, with a column of their own in E
CONTROL = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LEGACY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape id="_x0000_s1025"><x:ClientData ObjectType="Checkbox">'
    "<x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor>{}</x:ClientData></v:shape></xml>"
)


def book(control, legacy="", behind="", *, own=True, totals=False, textlink=None, at=None):
    """Customers, and on the sheet Pagina one control and perhaps a text box, or that on another place."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, page = made.add_worksheet("Klanten"), made.add_worksheet("Pagina")
    columns = [{"header": one} for one in ("klant", "omzet", "gebeld")]
    sheet.add_table(2, 2, 7 + totals, 4, {"name": "t", "columns": columns, "total_row": totals})
    for row, one in enumerate(WHO, 3):
        sheet.write_row(row, 2, (one, row))
        if own:
            sheet.write_boolean(row, 4, one in ("Bram", "Dora"))
    if textlink:
        where, cell = at or (page, "B2")
        (sheet if where == "Klanten" else page).insert_textbox(cell, "", {"textlink": textlink})
    made.close()
    parts = unpack(out.getvalue())
    owner = "xl/worksheets/sheet2.xml"
    with_part(
        parts, "xl/ctrlProps/ctrlProp1.xml", f'<formControlPr xmlns="{CONTROL}" {control}/>',
        f"{OFFICE}/ctrlProp", owner, "../ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml",
    )  # fmt: skip
    with_part(
        parts, "xl/drawings/vmlDrawing1.vml", LEGACY.format(legacy), f"{OFFICE}/vmlDrawing", owner,
        "../drawings/vmlDrawing1.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing",
    )  # fmt: skip
    parts[owner] = parts[owner].replace(b"</worksheet>", f"{behind}</worksheet>".encode())
    return pack(parts)


def refreshed(data, who):
    package = Package.from_bytes(data)
    rows = [(one, float(at)) for at, one in enumerate(who)]
    report = apply_plan(package, Plan((TableWrite("t", ("klant", "omzet"), rows, ("klant",), "Klanten"),)))
    return unpack(package.to_bytes()), report


def tied(parts):
    """Everything that says of which cells a control is."""
    texts = [parts[name].decode() for name in ("xl/ctrlProps/ctrlProp1.xml", "xl/drawings/vmlDrawing1.vml")]
    texts.append(parts["xl/worksheets/sheet2.xml"].decode().partition("</sheetData>")[2])
    return [
        one.replace("&apos;", "'")
        for text in texts
        for pair in re.findall(r'(?:fmla\w+|linkedCell|listFillRange)="(.*?)"|<x:Fmla\w+>(.*?)<', text)
        for one in pair
        if one
    ]


def everywhere(cell, shown):
    """A control that fills a cell and one that shows cells, as Excel writes both."""
    return (
        f'objectType="Drop" fmlaLink="{cell}" fmlaRange="{shown}"',
        f"<x:FmlaRange>{shown}</x:FmlaRange><x:FmlaLink>{cell}</x:FmlaLink>",
        f'<controls><control name="Vink"><controlPr linkedCell="{cell}" listFillRange="{shown}"/></control></controls>',
    )


@pytest.mark.parametrize("own", [True, False])  # without: the column is still empty
def test_a_check_box_of_a_customer_stays_that_of_this_customer(own):
    data = book(*everywhere("Klanten!$E$5", "Klanten!$C$4:$C$8"), own=own)
    parts, report = refreshed(data, ["Aad", "Abe", *WHO])
    cell, shown = "Klanten!$E$7", "Klanten!$C$4:$C$10"
    assert tied(parts) == [cell, shown, shown, cell, cell, shown]
    assert not report.notices


@pytest.mark.parametrize("own", [True, False])
def test_a_check_box_of_a_customer_who_is_gone_fills_nothing_and_that_is_said(own):
    data = book(*everywhere("Klanten!$E$5", "Klanten!$C$4:$C$8"), own=own)
    parts, report = refreshed(data, ["Anna", "Cees", "Dora"])
    assert tied(parts) == ["Klanten!$C$4:$C$6"] * 3
    said = "2 besturingselementen op blad Pagina vulden een cel in een rij die er niet meer is"
    assert any(said in notice for notice in report.notices)


@pytest.mark.parametrize("cell", ["$E$5", "Klanten!$G$5", "Klanten!$E$2", "gekozen", "Klanten!$E$4:$E$8"])
def test_a_control_on_any_other_cell_keeps_it(cell):
    """Of its own sheet, apart from the table, above it, by a name, of a whole column."""
    data = book(*everywhere(cell, "Klanten!$H$4:$H$9"))
    parts, report = refreshed(data, ["Aad", *WHO])
    assert tied(parts).count(cell) == 3
    assert tied(parts).count("Klanten!$H$4:$H$9") == 3
    assert not report.notices


def test_a_control_under_the_table_fills_the_same_cell_of_the_totals_row():
    parts, _ = refreshed(book('fmlaLink="Klanten!$E$9"', totals=True), [*WHO, "Fred"])
    assert tied(parts) == ["Klanten!$E$10"]


def textlink(parts):
    return re.search(r'textlink="(.*?)"', parts["xl/drawings/drawing1.xml"].decode())[1]


def test_a_shape_in_a_row_shows_the_figure_of_its_own_customer():
    data = book("", textlink="=Klanten!$D$6", at=("Klanten", "E6"))
    parts, report = refreshed(data, ["Aad", *WHO])
    assert textlink(parts) == "Klanten!$D$7"
    assert not report.pointed


def test_a_shape_elsewhere_that_shows_a_customer_by_the_address_is_told():
    parts, report = refreshed(book("", textlink="=Klanten!$D$6"), ["Aad", *WHO])
    assert textlink(parts) == "Klanten!$D$6"
    (told,) = report.pointed
    assert "de vorm TextBox 1 op blad Pagina" in str(told)
    assert "was klant Cees, is nu klant Bram" in str(told)
    _, report = refreshed(book("", textlink="=Klanten!$D$6"), [*WHO, "Zus"])
    assert not report.pointed
