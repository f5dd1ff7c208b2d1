"""The parts that a workbook points at, and those that nothing points at any more."""

from __future__ import annotations

from collections.abc import Collection

from klantwaarde_xl.xlsx import other_parts
from klantwaarde_xl.xlsx.added_sheet import CONTENT_TYPES
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.parts import Structure, relationships_part


def reached(structure: Structure) -> set[str]:
    """All parts that relationships lead to, from the package on."""
    found: set[str] = set()
    waiting = [""]
    while waiting:
        for arrow in structure.relationships(waiting.pop()):
            part = None if arrow.external else structure.archive.resolve(arrow.target)
            if part is not None and part not in found:
                found.add(part)
                waiting.append(part)
    return found


def drop_unreached(archive: Archive, before: Collection[str]) -> None:
    """Drop the parts that were reached before and are not now, with their relationships and types."""
    gone = set(before) - reached(Structure(archive))
    types = archive.read(CONTENT_TYPES)
    for part in sorted(gone):
        for name in (part, relationships_part(part)):
            if (there := archive.resolve(name)) is not None:
                archive.drop(there)
            types = other_parts.without(types, b"Override", b"PartName", f"/{name}")
    if types != archive.read(CONTENT_TYPES):
        archive.replace(CONTENT_TYPES, (types,))
