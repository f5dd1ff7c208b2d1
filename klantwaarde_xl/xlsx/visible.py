"""Which sheets of a workbook show and print: for a copy of which some are to be drawn."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.guard import guard
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import Edits, attribute, tags, whole, with_attribute

_PRINTED = "_xlnm.print_area"  # LibreOffice prints it of a hidden sheet too


def showing(path: Path, names: Collection[str]) -> bytes:
    """Return a workbook's file with these sheets only in sight, one of which has to be there.

    Raises as `guard`.
    """
    archive = Archive.read_from(guard(path))
    _hide_others(archive, Structure(archive), names)
    return archive.to_bytes()


def _hide_others(archive: Archive, structure: Structure, names: Collection[str]) -> None:
    part, tabs = structure.workbook_part, structure.tabs
    data = archive.read(part)
    first = next(at for at, name in enumerate(tabs) if name in names)
    edits, left, begun = Edits(data), iter(tabs), -1
    for tag in tags(data):
        text = data[tag.start : tag.end]
        if tag.name == b"sheet" and tag.kind != "close":
            hidden = None if next(left) in names else "hidden"
            edits.replace(tag.start, tag.end, with_attribute(text, b"state", hidden))
        elif tag.name == b"workbookView" and tag.kind != "close":
            text = with_attribute(text, b"firstSheet", None)
            edits.replace(tag.start, tag.end, with_attribute(text, b"activeTab", str(first)))
        elif tag.name == b"definedName" and tag.kind == "open":
            of = whole(attribute(text, b"localSheetId"), -1)
            is_area = (attribute(text, b"name") or "").casefold() == _PRINTED
            begun = tag.start if is_area and 0 <= of < len(tabs) and tabs[of] not in names else -1
        elif tag.name == b"definedName" and tag.kind == "close" and begun >= 0:
            edits.replace(begun, tag.end, b"")
    archive.replace(part, (edits.result(),))
