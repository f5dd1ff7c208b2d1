"""A name taken out of what programs keep beside the cells: caches, and texts that no cell shows."""

from __future__ import annotations

import re
from collections.abc import Collection

from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.mentions import used_strings
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.idle import drop_idle
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, texts, unescape, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.words import Words

ERASED = "gewist"
_CACHES = re.compile(r"(pivotcache|pivottable|charts?/|slicer|/tables/)", re.IGNORECASE)
_CACHED = frozenset({b"v"})  # the text of a point in a chart's cache
_NUMBERS = frozenset({b"numCache", b"numLit"})  # points that are no text
_FILTERS = frozenset({b"filter", b"customFilter"})
_ITEM = re.compile(rb"<(?:\w+:)?(s|filter|customFilter)\s[^>]*>")  # of a pivot; a choice of a filter


def erase(
    archive: Archive, structure: Structure, words: Words, instead: str, rows: tuple[str, Collection[int]]
) -> None:
    """Take a name out of an archive that is being changed; notes, text and formulas are left to a person.

    instead: what stands in caches in its place, as in the cells; rows: a sheet, and its rows that go.
    """
    for sheet in structure.worksheets:
        if sheet.name.casefold() == rows[0].casefold():
            _replace(archive, sheet.part, _without_rows(archive, sheet.part, rows[1]))
        _replace(archive, sheet.part, _with_items(archive.read(sheet.part), words, instead))
    for part in archive.names():
        if _CACHES.search(part) and part.lower().endswith(".xml"):
            _replace(
                archive, part, _with_items(_with_points(archive.read(part), words, instead), words, instead)
            )
    _erase_strings(archive, words)
    drop_idle(archive, [sheet.part for sheet in structure.worksheets])


def _replace(archive: Archive, part: str, new: bytes) -> None:
    if new != archive.read(part):
        archive.replace(part, (new,))


def _without_rows(archive: Archive, part: str, rows: Collection[int]) -> bytes:
    sheet = archive.once(part, SheetXml)
    edits = Edits(sheet.data)
    for row in sheet.rows():
        if row.number in rows:
            edits.replace(row.start, row.end, b"")
    return edits.result()


def _with_points(data: bytes, words: Words, instead: str) -> bytes:
    """Texts of points of charts that are the name become another; a number is the number of something."""
    edits = Edits(data)
    opened: list[int] = []
    numbers: list[range] = []
    for tag in tags(data):
        if tag.name in _NUMBERS and tag.kind == "open":
            opened.append(tag.end)
        elif tag.name in _NUMBERS and tag.kind == "close" and opened:
            numbers.append(range(opened.pop(), tag.start))
    for start, end in texts(data, _CACHED):
        text = unescape(data[start:end].decode())
        if words.is_whole(text) and text not in words.others and not any(start in one for one in numbers):
            edits.replace(start, end, escape(instead).encode())
    return edits.result()


def _with_items(data: bytes, words: Words, instead: str) -> bytes:
    """Items of pivots and choices of filters that are the name become another."""
    edits = Edits(data)
    for match in _ITEM.finditer(data):
        if match[1] in _FILTERS and not words.has_letters:
            continue  # a number may be chosen in any column
        for name in (b"v", b"val"):
            value = attribute(match[0], name)
            if value is not None and words.is_whole(value):
                edits.replace(match.start(), match.end(), with_attribute(match[0], name, instead))
    return edits.result()


def _erase_strings(archive: Archive, words: Words) -> None:
    """Shared texts that have the name and stand in no cell any more become empty."""
    structure = Structure(archive)
    having = {at for at, text in enumerate(structure.strings) if words.is_in(text)}
    idle = having - used_strings(structure, having)
    for part in structure.related(structure.workbook_part, "sharedStrings") if idle else ():
        data = archive.read(part)
        edits = Edits(data)
        number, start = -1, 0
        for tag in tags(data):
            if tag.name != b"si":
                continue
            if tag.kind in ("open", "empty"):
                number, start = number + 1, tag.end
            elif tag.kind == "close" and number in idle:
                name = re.match(rb"<(\w+:)?", data[tag.start : tag.end].replace(b"</", b"<", 1))
                prefix = (name[1] or b"") if name else b""
                edits.replace(start, tag.start, b"<%st></%st>" % (prefix, prefix))
        _replace(archive, part, edits.result())
