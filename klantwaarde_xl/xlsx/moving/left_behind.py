"""What a replaced sheet has of its user that no other sheet can take: each with its place and its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from klantwaarde_xl.addresses import address
from klantwaarde_xl.xlsx.moving.attached import Left
from klantwaarde_xl.xlsx.moving.places import contents_of
from klantwaarde_xl.xlsx.parts import Sheet, Structure
from klantwaarde_xl.xlsx.rows import drawings
from klantwaarde_xl.xlsx.rows.row_map import Block
from klantwaarde_xl.xlsx.scan import local, parse, tags, whole
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_KINDS = {
    "pivotTable": "draaitabel",
    "ctrlProp": "formulierbesturing",
    "oleObject": "ingesloten object",
    "queryTable": "koppeling naar gegevens",
    "slicer": "slicer",
    "timeline": "tijdlijn",
    "image": "achtergrond",
}
_EVERYWHERE = Block(1, 1 << 20, 1, 1, 1 << 30, 1 << 30, 0, {})
_SECRET = re.compile(rb"""\s(?:password|hashValue)=""")
_LONGEST = 60  # characters of a text that is named


@dataclass(frozen=True)
class Ours:
    """What of a replaced sheet is the template's, or goes along.

    content: of a cell outside tables, given its sheet, row and column; chart: given its sheet and name;
    protects: whether the new sheet of this name is protected, without a password.
    """

    content: Callable[[str, int, int, str], bool]
    chart: Callable[[str, str], bool]
    protects: Callable[[str], bool] = lambda name: False


def left_behind(structure: Structure, name: str, tables: Collection[str], ours: Ours) -> Iterator[Left]:
    """Things on a sheet that is going to be replaced, which are not of its template.

    tables: names of those that are carried, in small letters.
    """
    sheet = structure.sheet(name)
    if sheet is None:
        return
    for (row, column), content in sorted(contents_of(structure, name).items()):
        if not ours.content(name, row, column, content):
            kind = "formule" if content.startswith("=") else "tekst of getal"
            yield Left(f"blad {name}, cel {address(row, column)}", kind, _short(content))
    yield from _tables(structure, sheet, tables)
    for row, column, title in _charts(structure, sheet.part):
        if not ours.chart(name, title):
            yield Left(f"blad {name}, bij cel {address(row, column)}", "grafiek", title)
    for one in drawings.find(structure, sheet.part, _EVERYWHERE):
        yield Left(f"blad {name}, bij cel {address(one.row, one.column)}", one.kind, _short(one.text))
    for arrow in structure.relationships(sheet.part):
        if arrow.kind in _KINDS:
            yield Left(f"blad {name}", _KINDS[arrow.kind])
    protection = protection_of(structure, sheet)
    if protection and not (ours.protects(name) and not _SECRET.search(protection)):
        yield Left(f"blad {name}", "beveiliging van het blad")


def protection_of(structure: Structure, sheet: Sheet) -> bytes:
    """The tag with which a sheet is protected; nothing for one that is not."""
    xml = structure.archive.once(sheet.part, SheetXml)
    found = (tag for tag in tags(xml.data, xml.tail_start) if tag.name == b"sheetProtection")
    return next((xml.data[tag.start : tag.end] for tag in found), b"")


def _tables(structure: Structure, sheet: Sheet, carried: Collection[str]) -> Iterator[Left]:
    for table in structure.tables:
        if table.sheet == sheet and table.name.casefold() not in carried:
            yield Left(f"blad {sheet.name}, {table.area.address}", "tabel", table.name)
        elif table.sheet == sheet and table.totals_rows:
            yield Left(f"blad {sheet.name}, rij {table.area.bottom}", "totaalrij", table.name)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _charts(structure: Structure, sheet: str) -> Iterator[tuple[int, int, str]]:
    """The charts of a sheet: the cell under the corner of each, and its name."""
    for part in structure.related(sheet, "drawing"):
        for anchor in structure.archive.once(part, parse):
            frame = next((one for one in anchor.iter() if local(one) == "graphicFrame"), None)
            if frame is None:
                continue
            corner = {
                local(one): whole(one.text)
                for start in anchor
                if local(start) == "from"
                for one in start
                if local(one) in ("row", "col")
            }
            about = next((one for one in frame.iter() if local(one) == "cNvPr"), None)
            title = (about.get("name") or "") if about is not None else ""
            yield corner.get("row", 0) + 1, corner.get("col", 0) + 1, title
