"""Threaded comments: a remark and the answers to it, each with the address of its cell."""

from __future__ import annotations

from collections.abc import Iterator

from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.attached import Attached, cell_of, moved_elements
from klantwaarde_xl.xlsx.rows.row_map import Block, CellMap
from klantwaarde_xl.xlsx.scan import local, parse


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every remark and answer on a sheet, with the name of who wrote it."""
    people = _people(structure)
    for part in structure.related(sheet, "threadedComment"):
        for element in structure.archive.once(part, parse).iter():
            place = cell_of(element.get("ref")) if local(element) == "threadedComment" else None
            if place is not None:
                said = "".join(child.text or "" for child in element if local(child) == "text").strip()
                who = people.get(element.get("personId", "").casefold(), "")
                yield Attached(*place, "gesprek", f"{who}: {said}" if who and said else said)


def _people(structure: Structure) -> dict[str, str]:
    return {
        element.get("id", "").casefold(): element.get("displayName", "")
        for part in structure.related(structure.workbook_part, "person")
        for element in structure.archive.once(part, parse).iter()
        if local(element) == "person"
    }


def move(data: bytes, cells: CellMap) -> bytes:
    """Remarks and answers go with their cells."""
    return moved_elements(data, b"threadedComment", cells)
