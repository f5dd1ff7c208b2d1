"""Rows under what a sheet already holds; the sheet is added behind the others when it is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.cell_values import set_cells
from klantwaarde_xl.xlsx.numbering import addressed
from klantwaarde_xl.xlsx.parts import Sheet, Structure, relationships_part
from klantwaarde_xl.xlsx.scan import Edits, escape, local, parse, tags, whole
from klantwaarde_xl.xlsx.sheet_write import CellWriter
from klantwaarde_xl.xlsx.values import Value

CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_WIDE = 24


class SheetRows(NamedTuple):
    """Rows for the end of a sheet: its name, the headers when it has to be made, the rows."""

    sheet: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]


def append_rows(archive: Archive, structure: Structure, wanted: SheetRows) -> CellWriter:
    """Write the rows; returns the writer, which has counted what did not fit.

    A chart sheet of that name is left alone: the rows go to a worksheet whose name has a number.
    """
    name = _free_name(structure, wanted.sheet)
    sheet = structure.sheet(name)
    rows = list(wanted.rows)
    if sheet is None:
        sheet = add_sheet(archive, structure, name, len(wanted.headers))
        rows.insert(0, wanted.headers)
    xml = addressed(archive, sheet.part)
    last = max((row.number for row in xml.rows()), default=0)
    cells = {
        (last + i, column): value for i, row in enumerate(rows, 1) for column, value in enumerate(row, 1)
    }
    writer = CellWriter(xml.prefix.decode(), date1904=structure.date1904)
    archive.replace(sheet.part, set_cells(xml, cells, name, writer))
    return writer


def _free_name(structure: Structure, name: str) -> str:
    others = {sheet.name.casefold() for sheet in structure.sheets if sheet.kind != "worksheet"}
    free, number = name, 1
    while free.casefold() in others:
        number += 1
        free = f"{name} {number}"
    return free


def add_sheet(archive: Archive, structure: Structure, name: str, columns: int = 1) -> Sheet:
    """Add an empty worksheet behind the others, known to the workbook, its relationships and types."""
    taken = {part.lower() for part in archive.names()}
    number = next(n for n in range(1, 100_000) if f"xl/worksheets/sheet{n}.xml" not in taken)
    part = f"xl/worksheets/sheet{number}.xml"
    book = archive.read(structure.workbook_part)
    strict = STRICT.encode() in book
    main, relation = (STRICT, _STRICT_RELATION) if strict else (_MAIN, _RELATION)
    wide = f'<cols><col min="1" max="{columns}" width="{_WIDE}" customWidth="1"/></cols>'
    xml = f'<worksheet xmlns="{main}">{wide}<sheetData></sheetData></worksheet>'
    archive.add(part, (DECLARATION, xml.encode()))

    arrows = relationships_part(structure.workbook_part)
    arrows = archive.resolve(arrows) or arrows
    known = {arrow.id for arrow in structure.relationships(structure.workbook_part)}
    identity = next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in known)
    arrow = f'Relationship Id="{identity}" Type="{relation}/worksheet" Target="/{part}"/'
    insert(archive, arrows, b"Relationships", arrow)
    kind = f'Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/'
    insert(archive, CONTENT_TYPES, b"Types", kind)

    root = archive.once(structure.workbook_part, parse)
    used = [whole(element.get("sheetId")) for element in root.iter() if local(element) == "sheet"]
    title = escape(name).replace('"', "&quot;")
    declared = f'sheet xmlns:kw="{relation}" name="{title}" sheetId="{max(used, default=0) + 1}"'
    insert(archive, structure.workbook_part, b"sheets", f'{declared} kw:id="{identity}"/')
    return Sheet(name, part, "worksheet")


def insert(archive: Archive, part: str, parent: bytes, element: str, inside: str = "") -> None:
    """Put an element at the end of its parent, under the parent's prefix; as `insert_all`."""
    insert_all(archive, part, parent, [(element, inside)])


def insert_all(archive: Archive, part: str, parent: bytes, elements: Sequence[tuple[str, str]]) -> None:
    """Put elements at the end of their parent, under the parent's prefix.

    Each is without its `<` and `>`, ending in `/` where it holds nothing, with what it holds.
    """
    data = archive.read(part)
    edits = Edits(data)
    for tag in tags(data):
        if tag.name == parent and tag.kind == "close":
            text = data[tag.start : tag.end]
            found = re.match(rb"</([^\s>]*?)%s" % parent, text)
            prefix = found[1] if found else b""
            made = b"".join(_element(prefix, *one) for one in elements)
            edits.replace(tag.start, tag.start, made)
    archive.replace(part, (edits.result(),))


def _element(prefix: bytes, element: str, inside: str) -> bytes:
    opened = b"<%s%s>" % (prefix, element.encode())
    closed = b"%s</%s%s>" % (inside.encode(), prefix, element.split()[0].encode()) if inside else b""
    return opened + closed
