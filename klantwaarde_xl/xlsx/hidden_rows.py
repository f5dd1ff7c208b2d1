"""Hiding rows of a worksheet, and showing them again; nothing else about them changes."""

from __future__ import annotations

from klantwaarde_xl.xlsx.scan import attribute, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_TRUE = ("1", "true")


def with_rows(sheet: SheetXml, top: int, bottom: int, *, shown: bool) -> bytes:
    """Return a worksheet with its rows top … bottom hidden or to be seen; rows that are so already stay.

    A row that is not written down is written when it has to be hidden.
    """
    parts: list[bytes] = []
    at, expected = 0, top
    for row in sheet.rows():
        if row.number < top:
            continue
        if row.number > bottom:
            break
        if not shown:
            parts += [sheet.data[at : row.start], _hidden(sheet, expected, row.number)]
            at = row.start
        expected = row.number + 1
        if (attribute(row.attributes, b"hidden") in _TRUE) is shown:
            tag = with_attribute(sheet.data[row.start : row.inner_start], b"hidden", None if shown else "1")
            parts += [sheet.data[at : row.start], tag]
            at = row.inner_start
    if not shown and expected <= bottom:
        end = next((row.start for row in sheet.rows() if row.number > bottom), sheet.tail_start)
        parts += [sheet.data[at:end], _hidden(sheet, expected, bottom + 1)]
        at = end
    return b"".join([*parts, sheet.data[at:]])


def _hidden(sheet: SheetXml, start: int, end: int) -> bytes:
    """Rows start … end - 1 as they are written when they are empty and hidden."""
    return b"".join(b'<%srow r="%d" hidden="1"/>' % (sheet.prefix, number) for number in range(start, end))
