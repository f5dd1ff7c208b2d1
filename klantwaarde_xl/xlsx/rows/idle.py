"""Relationships that nothing uses any more, and the parts that only these led to: they still tell of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    before = reached(structure)
    dropped = False
    for sheet in sheets:
        xml = archive.once(sheet, SheetXml)
        dropped |= _drop(structure, sheet, xml.data[: xml.head_end] + xml.data[xml.tail_start :])
        for part in (one for kind in _AROUND for one in structure.related(sheet, kind)):
            dropped |= _drop(structure, part, archive.read(part))
    if dropped:
        drop_unreached(archive, before)


def _drop(structure: Structure, part: str, data: bytes) -> bool:
    """Drop the relationships of a part that it does not use; whether there were any."""
    archive, arrows = structure.archive, structure.relationships(part)
    idle = [arrow.id for arrow in arrows if arrow.kind in _BY_ID and not _uses(data, arrow.id)]
    where = archive.resolve(relationships_part(part)) if idle else None
    if where is None:
        return False
    old = new = archive.read(where)
    for identity in idle:
        new = other_parts.without(new, b"Relationship", b"Id", identity)
    archive.replace(where, (new,))
    return new != old


def _uses(data: bytes, identity: str) -> bool:
    return re.search(rb"(?<!\w)%s(?!\w)" % re.escape(identity.encode()), data) is not None
