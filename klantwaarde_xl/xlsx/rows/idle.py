"""Relationships that nothing uses any more, and the parts that only these led to: they still tell of whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from klantwaarde_xl.xlsx import other_parts
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.moving.reach import drop_unreached, reached
from klantwaarde_xl.xlsx.parts import Structure, relationships_part
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_BY_ID = frozenset({"hyperlink", "image", "media", "video", "audio", "hdphoto"})  # others also by their kind
_AROUND = ("drawing", "vmlDrawing")


def drop_idle(archive: Archive, sheets: Iterable[str]) -> None:
    """Drop where links and pictures led that sheets, and the drawings on them, do not have any more."""
    structure = Structure(archive)
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        found[sheet] = _idle(structure, sheet, lambda part: _around_cells(archive, part))
        for part in (one for kind in _AROUND for one in structure.related(sheet, kind)):
            found[part] = _idle(structure, part, archive.read)
    idle = {part: identities for part, identities in found.items() if identities}
    if not idle:
        return
    before = reached(structure)
    for part, identities in idle.items():
        where = archive.resolve(relationships_part(part)) or ""  # it has these
        rest = archive.read(where)
        for identity in identities:
            rest = other_parts.without(rest, b"Relationship", b"Id", identity)
        archive.replace(where, (rest,))
    drop_unreached(archive, before)


def _around_cells(archive: Archive, sheet: str) -> bytes:
    xml = archive.once(sheet, SheetXml)
    return xml.data[: xml.head_end] + xml.data[xml.tail_start :]


def _idle(structure: Structure, part: str, read: Callable[[str], bytes]) -> list[str]:
    """The relationships of a part that it does not use; without any that could be, it is not read."""
    arrows = [arrow for arrow in structure.relationships(part) if arrow.kind in _BY_ID]
    data = read(part) if arrows else b""
    return [arrow.id for arrow in arrows if not _uses(data, arrow.id)]


def _uses(data: bytes, identity: str) -> bool:
    return re.search(rb"(?<!\w)%s(?!\w)" % re.escape(identity.encode()), data) is not None
