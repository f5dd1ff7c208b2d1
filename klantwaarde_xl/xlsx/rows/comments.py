"""Notes: each belongs to the cell that its `ref` names; their shapes are in `note_shapes.py`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.attached import Attached, cell_of, moved_elements
from klantwaarde_xl.xlsx.rows.row_map import Block, CellMap
from klantwaarde_xl.xlsx.scan import local, parse, whole
from klantwaarde_xl.xlsx.sheet_read import plain_text

_OF_THREAD = "tc="  # the author of a note that stands for a threaded comment, in older programs


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every note of a sheet with its text; one that stands for a thread says nothing."""
    for part in structure.related(sheet, "comments"):
        root = structure.archive.once(part, parse)
        authors = [element.text or "" for element in root.iter() if local(element) == "author"]
        for element in root.iter():
            place = cell_of(element.get("ref")) if local(element) == "comment" else None
            if place is None:
                continue
            by = whole(element.get("authorId"))
            of_thread = 0 <= by < len(authors) and authors[by].startswith(_OF_THREAD)
            yield Attached(*place, "opmerking", "" if of_thread else _text(element))


def _text(comment: etree._Element) -> str:
    pieces = [
        element.text or ""
        for element in comment.iter()
        if local(element) == "t" and local(element.getparent()) != "rPh"  # type: ignore[arg-type]
    ]
    return plain_text("".join(pieces)).strip()


def move(data: bytes, cells: CellMap) -> bytes:
    """Notes go with their cells."""
    return moved_elements(data, b"comment", cells)
