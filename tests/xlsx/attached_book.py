"""A table with everything that a person can attach to single rows of it, and where each of it is, by customer."""

from __future__ import annotations

import io
import re

import xlsxwriter

from klantwaarde_xl.addresses import area
from tests.workbook.rich import pack, png, unpack, with_openpyxl, with_part

TOP = 5  # the first row of the body; the table begins in column B
OURS = ("klant", "naam", "omzet")
SHEET = "xl/worksheets/sheet1.xml"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OF_2017 = "http://schemas.microsoft.com/office/2017/10/relationships"


def rows_of(customers):
    """What the program writes for them."""
    return [(one, f"Naam van {one}", float(len(one))) for one in customers]


def attached_book(customers, marked, *, totals=False):
    """A workbook with `tblA`, in which the marked customers have one of everything."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Klanten")
    euro = book.add_format({"num_format": "#,##0.00"})
    yellow = book.add_format({"num_format": "#,##0.00", "bg_color": "#FFFF00"})
    bottom = TOP + len(customers) - 1
    columns = [{"header": name} for name in (*OURS, "van mij", "dubbel")]
    if totals:
        columns[2]["total_function"] = "sum"
    place = (TOP - 2, 1, bottom - 1 + totals, 5)
    sheet.add_table(*place, {"name": "tblA", "columns": columns, "total_row": totals})
    sheet.write("G4", "ernaast")
    sheet.conditional_format(TOP - 1, 3, bottom - 1, 3, {"type": "data_bar"})
    sheet.data_validation(TOP - 1, 1, bottom - 1, 1, {"validate": "length", "criteria": "<", "value": 99})
    sheet.write("J5", "staat los van de tabel")
    sheet.write_comment("J6", "ook los")
    for at, (customer, name, amount) in enumerate(rows_of(customers), TOP):
        is_marked = customer in marked
        sheet.write_row(at - 1, 1, (customer, name))
        sheet.write_number(at - 1, 3, amount, yellow if is_marked and len(customers) > 1 else euro)
        sheet.write_formula(at - 1, 5, f"=D{at}*2", None, amount * 2)
        if is_marked:
            _mark(sheet, at, customer)
    book.close()
    parts = unpack(out.getvalue())
    _threads(parts, [(customers.index(one) + TOP, one) for one in marked if one in customers])
    return pack(parts)


def _mark(sheet, row, customer):
    """One of everything; each says whose it is."""
    sheet.write_string(row - 1, 4, f"in {customer}")
    sheet.write_string(row - 1, 6, f"naast {customer}")
    sheet.write_comment(row - 1, 1, f"opmerking {customer}", {"author": "Jan"})
    sheet.write_url(row - 1, 2, f"https://voorbeeld.nl/{customer}", string=f"Naam van {customer}")
    sheet.set_row(row - 1, 33, None, {"level": 2})
    sheet.data_validation(row - 1, 4, row - 1, 4, {"validate": "list", "source": [customer, "anders"]})
    rule = {"type": "formula", "criteria": f'=AND($B{row}="{customer}",D{row}>0)'}
    sheet.conditional_format(row - 1, 4, row - 1, 4, rule)
    sheet.insert_image(
        row - 1, 2, "foto.png", {"image_data": io.BytesIO(png()), "description": f"foto {customer}"}
    )
    sheet.insert_textbox(row - 1, 3, f"tekst {customer}", {"height": 18, "width": 30})
    sheet.add_sparkline(row - 1, 6, {"range": f"Klanten!D{row}:F{row}"})


def _threads(parts, places):
    """A remark and an answer to it for each place, with the names of who wrote them."""
    said = "".join(
        f'<threadedComment ref="D{row}" dT="2026-01-02T03:04:05.00" personId="{{P}}" id="{{{row}-1}}">'
        f"<text>vraag {one}</text></threadedComment>"
        f'<threadedComment ref="D{row}" dT="2026-01-03T03:04:05.00" personId="{{P}}" id="{{{row}-2}}" '
        f'parentId="{{{row}-1}}"><text>antwoord {one}</text></threadedComment>'
        for row, one in places
    )
    with_part(
        parts, "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{_THREADS}">{said}</ThreadedComments>',
        f"{_OF_2017}/threadedComment", SHEET, "../threadedComments/threadedComment1.xml",
        "application/vnd.ms-excel.threadedcomments+xml",
    )  # fmt: skip
    with_part(
        parts, "xl/persons/person.xml",
        f'<personList xmlns="{_THREADS}"><person displayName="Piet" id="{{P}}" providerId="None"/></personList>',
        f"{_OF_2017}/person", "xl/workbook.xml", "persons/person.xml", "application/vnd.ms-excel.person+xml",
    )  # fmt: skip


def found(data):
    """By kind of thing, the pairs of the customer in whose row it is and the customer that it names."""
    parts = {name: content.decode() for name, content in unpack(data).items() if not name.endswith("png")}
    sheet = with_openpyxl(data)["Klanten"]
    bottom = area(sheet.tables["tblA"].ref).bottom
    whose = {row: sheet.cell(row, 2).value for row in range(TOP, bottom + 1)}
    there = {kind: set() for kind in KINDS}

    def note(kind, row, text):
        there[kind].add((whose.get(int(row), int(row)), text.split()[-1].rpartition("/")[2]))

    for row in whose:
        cells = {letter: sheet[f"{letter}{row}"] for letter in "BCDEG"}
        for kind, letter in (("in de tabel", "E"), ("naast de tabel", "G")):
            if cells[letter].value:
                note(kind, row, cells[letter].value)
        if cells["B"].comment:
            note("opmerking", row, cells["B"].comment.text)
        if cells["C"].hyperlink:
            note("koppeling", row, cells["C"].hyperlink.target)
        if cells["D"].fill.fgColor.rgb == "FFFFFF00":
            note("kleur", row, whose[row] or "leeg")
        if sheet.row_dimensions[row].height == 33 and sheet.row_dimensions[row].outlineLevel == 2:
            note("hoogte", row, whose[row] or "leeg")
    _note_rules(sheet, note)
    _note_parts(parts, note)
    return there


def _note_rules(sheet, note):
    """Validations and conditional formats of single cells."""
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            note("validatie", area(str(rule.sqref)).top, rule.formula1.strip('"').split(",")[0])
    for areas in sheet.conditional_formatting:
        if areas.rules[0].type == "expression":
            row = area(str(areas.sqref)).top
            said = re.fullmatch(r'AND\(\$B(\d+)="(.*)",D(\d+)>0\)', areas.rules[0].formula[0])
            note("opmaakregel", row if {said[1], said[3]} == {str(row)} else -row, said[2])


KINDS = (
    "in de tabel", "naast de tabel", "opmerking", "vorm van opmerking", "gesprek", "koppeling", "kleur",
    "hoogte", "validatie", "opmaakregel", "afbeelding", "tekstvak", "sparkline",
)  # fmt: skip


def _note_parts(parts, note):
    """What only the XML tells."""
    texts = dict(re.findall(r'<comment ref="B(\d+)".*?<t[^>]*>(.*?)</t>', parts["xl/comments1.xml"]))
    for shape in re.findall(r"<v:shape .*?</v:shape>", parts["xl/drawings/vmlDrawing1.vml"], re.S):
        row, column = re.search(r"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>", shape).groups()
        corner = int(re.search(r"<x:Anchor>\s*\d+, \d+, (\d+),", shape)[1])
        if column == "1":
            is_near = abs(corner - int(row)) <= 1
            note("vorm van opmerking", int(row) + 1 if is_near else -1, texts.get(str(int(row) + 1), "niets"))
    threads = parts["xl/threadedComments/threadedComment1.xml"]
    for row, text in re.findall(r'<threadedComment ref="D(\d+)".*?<text>(.*?)</text>', threads):
        note("gesprek", row, text)
    for anchor in re.findall(
        r"<xdr:twoCellAnchor.*?</xdr:twoCellAnchor>", parts.get("xl/drawings/drawing1.xml", ""), re.S
    ):
        first, last = (int(row) + 1 for row in re.findall(r"<xdr:row>(\d+)</xdr:row>", anchor))
        row = first if 0 <= last - first <= 3 else -1
        if "<xdr:pic>" in anchor:
            note("afbeelding", row, re.search(r'descr="([^"]*)"', anchor)[1])
        else:
            note("tekstvak", row, re.search(r"<a:t>(.*?)</a:t>", anchor)[1])
    for first, row, last, at in re.findall(
        r"<xm:f>Klanten!(D(\d+)):F(\d+)</xm:f><xm:sqref>G(\d+)</xm:sqref>", parts[SHEET]
    ):
        assert first == f"D{at}"
        assert row == last == at
        note("sparkline", row, "x")


def everything(marked):
    """What `found` gives when all that the marked customers have is where it should be."""
    each = {(one, one) for one in marked}
    return {kind: {(one, "x") for one in marked} if kind == "sparkline" else each for kind in KINDS}
