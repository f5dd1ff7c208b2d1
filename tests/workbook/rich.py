"""A workbook with nearly everything in it that a user can add, to see what an edit leaves alone."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
import zlib

import openpyxl
import xlsxwriter

COLUMNS = ("KlantID", "Naam", "Datum", "Bedrag", "Marge")  # what the program writes
TOP = 5  # the first body row of tblData
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OWN = "tblData[[#This Row],[Bedrag]]*tblData[[#This Row],[Marge]]"


def customers(count: int, start: int = 0) -> list[tuple[str, str, dt.date, float, float]]:
    """Rows for COLUMNS, each with its own key."""
    return [
        (
            f"K{n:04d}",
            f"Café {n} & Zn.",
            dt.date(2024, 1, 1) + dt.timedelta(days=n),
            10.5 + n,
            0.2 + n / 1000,
        )
        for n in range(start, start + count)
    ]


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\x1f\x4e\x79"))
        + chunk(b"IEND", b"")
    )


def rich(rows: int = 12, *, totals: bool = False) -> bytes:
    """Build the workbook, with that many rows in tblData (sheet Data, from A4)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_custom_property("klantwaarde_template", "klv-basis")
    book.add_vba_project(io.BytesIO(b"no real macros" * 50), is_stream=True)
    book.set_vba_name("ThisWorkbook")
    sheets = {name: book.add_worksheet(name) for name in ("Dashboard", "Invoer", "Data", "Mijn blad")}
    for number, sheet in enumerate(sheets.values(), 1):
        sheet.set_vba_name(f"Sheet{number}")
    last = TOP + rows - 1
    _data(book, sheets["Data"], rows, totals)
    _input(book, sheets["Invoer"], last)
    _dashboard(book, sheets["Dashboard"], last)
    own = sheets["Mijn blad"]
    own.write_formula("A1", f"=SUM(Data!$D${TOP}:$D${last})*2", None, 1.0)
    own.write_formula("A2", f'=COUNTIF(Data!A{TOP}:A{last},"Data!D{TOP}:D{last}")', None, 1.0)
    own.write_formula("A3", "=VLOOKUP(1,Data!A:D,4,FALSE)+Data!D6", None, 1.0)
    own.write_rich_string("A4", "vet ", book.add_format({"bold": 1}), "deel")
    book.close()
    return _with_more_parts(out.getvalue(), last)


def _data(book: xlsxwriter.Workbook, sheet: object, rows: int, totals: bool) -> None:
    date = book.add_format({"num_format": "dd-mm-yyyy"})
    euro = book.add_format({"num_format": "#,##0.00"})
    last = TOP + rows - 1
    sheet.write("A1", "Transacties van de webshop")
    sheet.write_formula("C1", f"=SUM(D{TOP}:D{last})", None, 1.0)
    columns = [{"header": name} for name in COLUMNS]
    columns += [{"header": "MargeEuro", "formula": f"={_OWN}", "format": euro}]
    columns += [{"header": "Opmerking"}, {"header": "Eigen som"}]
    if totals:
        columns[3]["total_function"] = "sum"
        columns[0]["total_string"] = "Totaal"
    sheet.add_table(
        TOP - 2, 0, last + totals - 1, 7, {"name": "tblData", "columns": columns, "total_row": totals}
    )
    for n, row in enumerate(customers(rows)):
        at = TOP - 1 + n
        sheet.write_row(at, 0, row[:2])
        sheet.write_datetime(at, 2, row[2], date)
        sheet.write_number(at, 3, row[3], euro)
        sheet.write_number(at, 4, row[4])
        sheet.write_formula(at, 5, f"={_OWN}", euro, row[3] * row[4])
        if n % 3 == 0:
            sheet.write_string(at, 6, f"nabellen {row[0]}")
        sheet.write_formula(at, 7, f"=D{at + 1}*2", None, row[3] * 2)
    sheet.set_row(TOP, 30)
    sheet.write("K5", "notitie van de gebruiker")
    sheet.write_formula("K6", f"=SUM(D{TOP}:D{last})", None, 1.0)
    sheet.write_formula("K7", "=D5+1", None, 1.0)
    sheet.write("A200", "ver onder de tabel")
    sheet.freeze_panes(4, 0)
    sheet.conditional_format(TOP - 1, 3, last - 1, 3, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(TOP - 1, 4, last - 1, 4, {"type": "3_color_scale"})
    sheet.data_validation(TOP - 1, 1, last - 1, 1, {"validate": "length", "criteria": "<", "value": 99})
    sheet.write_comment("B6", "Jaarlijks")
    sheet.print_area(0, 0, last + totals - 1, 8)


def _input(book: xlsxwriter.Workbook, sheet: object, last: int) -> None:
    yellow = book.add_format({"bg_color": "#FFCC99", "locked": False, "num_format": "0.0%"})
    sheet.write("A1", "Retentie")
    sheet.write_number("B1", 0.8, yellow)
    sheet.write_formula("B2", "=B1/2", yellow, 0.4)
    sheet.write("B3", "basis", yellow)
    sheet.protect("", {"sort": True})
    book.define_name("kw_retentie", "=Invoer!$B$1")
    book.define_name("kw_afgeleid", "=Invoer!$B$2")
    book.define_name("kw_scenario", "=Invoer!$B$3")
    book.define_name("kw_leeg", "='Mijn blad'!$C$40")
    book.define_name("kw_bereik", f"=Data!$D${TOP}:$D${last}")
    book.define_name("kw_kolom", "=tblData[Bedrag]")


def _dashboard(book: xlsxwriter.Workbook, sheet: object, last: int) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": "=Data!$D$4",
            "categories": f"=Data!$A${TOP}:$A${last}",
            "values": f"=Data!$D${TOP}:$D${last}",
        }
    )
    sheet.insert_chart("B6", chart, {"description": "omzet"})
    sheet.add_sparkline("D3", {"range": f"Data!D{TOP}:D{last}"})
    sheet.insert_textbox("K1", "Toelichting")
    sheet.insert_image("H1", "logo.png", {"image_data": io.BytesIO(png())})
    sheet.insert_button("F2", {"macro": "Vernieuw", "caption": "Vernieuwen"})
    sheet.set_landscape()
    sheet.set_footer("&CPagina &P van &N")


def with_part(
    parts: dict[str, bytes], name: str, content: str, kind: str, owner: str, target: str, content_type: str
) -> str:
    """Add a part that another points at; returns the name of the arrow."""
    parts[name] = _XML + content.encode()
    folder, _, base = owner.rpartition("/")
    arrows = f"{folder}/_rels/{base}.rels"
    empty = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b"</Relationships>"
    )
    text = parts.get(arrows, _XML + empty)
    identity = f"rIdX{text.count(b'<Relationship ') + 1}"
    arrow = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/></Relationships>'
    parts[arrows] = text.replace(b"</Relationships>", arrow.encode())
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override.encode())
    return identity


def _with_more_parts(data: bytes, last: int) -> bytes:
    """Add by hand what XlsxWriter cannot make: calculation chain, pivot, threaded comment, custom XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}

    book = "xl/workbook.xml"
    with_part(
        parts,
        "xl/calcChain.xml",
        f'<calcChain xmlns="{_MAIN}"><c r="F5" i="3"/></calcChain>',
        f"{_OFFICE}/calcChain", book, "calcChain.xml", f"{_SHEETML}calcChain+xml",
    )  # fmt: skip
    pivot = with_part(
        parts,
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{_MAIN}" recordCount="1"><cacheSource type="worksheet">'
        f'<worksheetSource ref="A4:H{last}" sheet="Data"/></cacheSource><cacheFields count="1">'
        '<cacheField name="KlantID"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>',
        f"{_OFFICE}/pivotCacheDefinition", book, "pivotCache/pivotCacheDefinition1.xml",
        f"{_SHEETML}pivotCacheDefinition+xml",
    )  # fmt: skip
    with_part(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "xl/worksheets/sheet3.xml", "../threadedComments/threadedComment1.xml",
        "application/vnd.ms-excel.threadedcomments+xml",
    )  # fmt: skip
    with_part(
        parts,
        "customXml/item1.xml", "<klv>klv-basis</klv>", f"{_OFFICE}/customXml", book,
        "../customXml/item1.xml", "application/xml",
    )  # fmt: skip
    caches = f'<pivotCaches><pivotCache cacheId="7" xmlns:r="{_OFFICE}" r:id="{pivot}"/></pivotCaches>'
    parts[book] = parts[book].replace(b"</workbook>", caches.encode() + b"</workbook>")
    return pack(parts)


def pack(parts: dict[str, bytes]) -> bytes:
    """Zip parts in their order, as another program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 3, 1, 12, 0, 2))
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Change one text in one part, which must be there."""
    parts = unpack(data)
    before = parts[part].decode()
    assert old in before, (part, old)
    parts[part] = before.replace(old, new, 1).encode()
    return pack(parts)


def with_openpyxl(data: bytes, **options: object) -> openpyxl.Workbook:
    """Read with openpyxl, which warns about all that it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), **options)


def cell(data: bytes, part: str, address: str) -> str:
    """Return the XML of one cell; empty when it is not there."""
    match = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', unpack(data)[part].decode())
    return match[0] if match else ""
