"""Rows without a number and cells without an address, which the format allows: given theirs to be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from klantwaarde_xl.addresses import address
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml

_ADDRESS = re.compile(rb"\sr\s*=")


def addressed(archive: Archive, part: str) -> SheetXml:
    """Return a worksheet in which each row and cell says where it is.

    A sheet that leaves that out, as some programs write them, is replaced by one that does not. Raises
    WorkbookUnsafe for XML that no program writes.
    """
    sheet = archive.once(part, SheetXml)
    if _says_where not in sheet.looks:
        sheet.looks[_says_where] = _says_where(sheet)
    if not sheet.looks[_says_where]:
        missing = list(_missing(sheet))
        if missing:
            archive.replace(part, _with(sheet.data, missing))
            sheet = archive.once(part, SheetXml)
    return sheet


def _says_where(sheet: SheetXml) -> bool:
    """Whether each row and cell plainly has an address, as nearly every program writes it."""
    data, within = sheet.data, (sheet.head_end, sheet.tail_start)
    return not any(pattern.search(data, *within) for pattern in _addressless(sheet.prefix))


@lru_cache(maxsize=8)
def _addressless(prefix: bytes) -> list[re.Pattern[bytes]]:
    """Rows and cells that do not say where they are, each a letter further: sooner than all in one."""
    found = []
    for name, begins in ((b"row", b"0-9"), (b"c", b"A-Z")):
        opened, said = b"<%s%s" % (re.escape(prefix), name), b' r="'
        ends = [b"[%s]" % bytes([sign]) for sign in said] + [b"[%s]" % begins]
        found += [
            opened + re.escape(said[:at]) + (b"[^" + end[1:] if at else b"[\t\n\r/>]")
            for at, end in enumerate(ends)
        ]
    return [*map(re.compile, found)]


def _missing(sheet: SheetXml) -> Iterator[tuple[int, bytes]]:
    """Where an address is missing, in order, and which."""
    name_of_row, name_of_cell = len(b"<%srow" % sheet.prefix), len(b"<%sc" % sheet.prefix)
    for row in sheet.rows():
        _refuse_unread(sheet, row)
        if not row.is_numbered:
            yield row.start + name_of_row, b' r="%d"' % row.number
        for cell in sheet.cells(row):
            _refuse_unread(sheet, cell)
            if not cell.has_address:
                place = address(row.number, cell.column)
                yield cell.start + name_of_cell, b' r="%s"' % place.encode()


def _refuse_unread(sheet: SheetXml, one: Row | Cell) -> None:
    """Raise WorkbookUnsafe for an address that is there and says nothing: a second one would be no XML."""
    said = one.is_numbered if isinstance(one, Row) else one.has_address
    if not said and _ADDRESS.search(one.attributes):
        raise sheet.odd("een rij of cel heeft een adres dat geen adres is")


def _with(data: bytes, missing: list[tuple[int, bytes]]) -> Iterator[bytes]:
    done = 0
    for at, text in missing:
        yield data[done:at]
        yield text
        done = at
    yield data[done:]
