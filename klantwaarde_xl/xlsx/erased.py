"""A name taken out of all that stands beside the cells: notes, caches, and texts that no cell shows."""

from __future__ import annotations

import re

from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.mentions import Words, used_strings
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.idle import drop_idle
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, texts, unescape, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

ERASED = "gewist"
_NOTES = ("comments", "threadedComment")
_CACHES = re.compile(r"(pivotcache|pivottable|charts?/|slicer|/tables/)", re.IGNORECASE)
_CACHED = frozenset({b"v"})  # the text of a point in a chart's cache
_ITEMS = frozenset({b"s", b"filter", b"customFilter"})  # a text among those of a pivot, a choice of a filter


def erase(archive: Archive, structure: Structure, words: Words, instead: str, listed: str) -> None:
    """Take a name out of an archive that is being changed.

    instead: what stands in caches in its place, as in the cells; listed: the name of a sheet of which every
    row that has the name goes.
    """
    for sheet in structure.worksheets:
        for kind in _NOTES:
            for part in structure.related(sheet.part, kind):
                _replace(archive, part, _without_notes(archive.read(part), words))
        if sheet.name.casefold() == listed.casefold():
            _replace(archive, sheet.part, _without_rows(archive, structure, sheet.part, words))
        _replace(archive, sheet.part, _with_items(archive.read(sheet.part), words, instead, cached=False))
    for part in archive.names():
        if _CACHES.search(part) and part.lower().endswith(".xml"):
            _replace(archive, part, _with_items(archive.read(part), words, instead, cached=True))
    _erase_strings(archive, words)
    drop_idle(archive, [sheet.part for sheet in structure.worksheets])


def _replace(archive: Archive, part: str, new: bytes) -> None:
    if new != archive.read(part):
        archive.replace(part, (new,))


def _without_notes(data: bytes, words: Words) -> bytes:
    """Notes that have the name say that they are erased, and nothing else."""
    edits = Edits(data)
    start = -1
    for tag in tags(data):
        if tag.name in (b"comment", b"threadedComment"):
            if tag.kind == "open":
                start = tag.end
            elif tag.kind == "close" and start >= 0:
                spans = list(texts(data[start : tag.start], frozenset({b"t", b"text"})))
                said = [unescape(data[start + one : start + end].decode()) for one, end in spans]
                if words.is_in("".join(said)) or words.is_in(" ".join(said)):
                    for number, (one, end) in enumerate(spans):
                        edits.replace(start + one, start + end, b"" if number else ERASED.encode())
                start = -1
    return edits.result()


def _without_rows(archive: Archive, structure: Structure, part: str, words: Words) -> bytes:
    sheet = archive.once(part, SheetXml)
    edits = Edits(sheet.data)
    for row in sheet.rows():
        values = (sheet.value(cell, structure.strings) for cell in sheet.cells(row))
        if any(isinstance(value, str) and words.is_in(value) for value in values):
            edits.replace(row.start, row.end, b"")
    return edits.result()


def _with_items(data: bytes, words: Words, instead: str, *, cached: bool) -> bytes:
    """Items of pivots, choices of filters and points of charts that are the name become another."""
    edits = Edits(data)
    if cached:
        for start, end in texts(data, _CACHED):
            if words.is_whole(unescape(data[start:end].decode())):
                edits.replace(start, end, escape(instead).encode())
    for match in re.finditer(rb"<(?:\w+:)?(s|filter|customFilter)\s[^>]*>", data):
        for name in (b"v", b"val"):
            value = attribute(match[0], name)
            if value is not None and match[1] in _ITEMS and words.is_whole(value):
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
