"""Large bodies of tables that nobody writes now, kept out of their sheets while a workbook is computed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from klantwaarde_xl.addresses import Area, area, column_letter
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.held import Held, Kept, is_large, mark
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.scan import attribute, pieces, place_of
from klantwaarde_xl.xlsx.sheet_read import SheetXml


def hold_standing(archive: Archive, structure: Structure, written: Collection[str]) -> Iterator[Held]:
    """Take bodies of which a digest is known out of an archive, and give them; fill puts them back.

    structure: that of before all edits; written: parts with another body, which are left alone.
    """
    for name, digests in structure.digests.items():
        table = structure.table(name)
        if table is None or table.sheet.part in written or not is_large(table.bottom - table.top + 1):
            continue
        part = table.sheet.part
        sheet = archive.once(part, SheetXml)
        place = _place(sheet, table)
        if place is None:
            continue
        start, end = place
        before = archive.copy()
        stands = mark(sheet.prefix.decode(), table.top)
        archive.replace(part, _marked(sheet, start, stands, end))
        whole = table.area
        cells = Cells(table.sheet.name, Area(table.top, whole.left, table.bottom, whole.right))
        kept = Kept(before.entry(part), archive.entry(part))

        def chunks(
            before: Archive = before, part: str = part, at: tuple[int, int] = place
        ) -> Iterator[bytes]:
            return pieces(before.once(part, SheetXml).data, *at)

        yield Held(part, cells, digests, stands, chunks, kept)


def _marked(sheet: SheetXml, start: int, stands: bytes, end: int) -> Iterator[bytes]:
    yield sheet.data[:start]
    yield stands
    yield sheet.data[end:]


def _place(sheet: SheetXml, table: TableInfo) -> tuple[int, int] | None:
    """Where the rows of a table stand; None when they have more than plain values in its own columns."""
    data, p, height = sheet.data, sheet.prefix, table.bottom - table.top + 1
    opening, closing = b"<%srow" % p, b"</%srow>" % p
    start = data.find(b'%s r="%d"' % (opening, table.top), sheet.head_end, sheet.tail_start)
    last = data.rfind(b'%s r="%d"' % (opening, table.bottom), sheet.head_end, sheet.tail_start)
    if not 0 <= start <= last:
        return None
    end = data.find(closing, last, sheet.tail_start) + len(closing)
    if end <= last or data.count(opening, start, end) != height:
        return None
    if place_of(data, b"<%sf" % p, start, end) >= 0 or place_of(data, b" hidden=", start, end) >= 0:
        return None
    letters = b"|".join(column_letter(at).encode() for at in range(table.area.left, table.area.right + 1))
    if re.compile(rb'<%sc(?=[\s/>])(?! r="(?:%s)\d)' % (re.escape(p), letters)).search(data, start, end):
        return None
    return None if _is_filled_from_outside(sheet, table, start, end) else (start, end)


def _is_filled_from_outside(sheet: SheetXml, table: TableInfo, start: int, end: int) -> bool:
    """Whether a formula of more than one cell, above or below, fills cells of the body."""
    for first, last in ((sheet.head_end, start), (end, sheet.tail_start)):
        for match in sheet.formula_pattern.finditer(sheet.data, first, last):
            reference = attribute(match[1], b"ref")
            if reference is not None:
                place = area(reference)
                if place.top <= table.bottom and place.bottom >= table.top:
                    return True
    return False
