"""The order of calculation, which lists formula cells: dropped when these move, Excel makes a new one."""

from __future__ import annotations

from klantwaarde_xl.xlsx import other_parts
from klantwaarde_xl.xlsx.added_sheet import CONTENT_TYPES
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.parts import Structure, relationships_part


def drop_calculation_chain(archive: Archive, structure: Structure) -> None:
    """Drop the part, and what says that it is there."""
    workbook = structure.workbook_part
    arrows = archive.resolve(relationships_part(workbook)) or relationships_part(workbook)
    for arrow in structure.relationships(workbook):
        if arrow.kind != "calcChain":
            continue
        part = archive.resolve(arrow.target)
        if part is not None:
            archive.drop(part)
        for where, element, name, value in (
            (arrows, b"Relationship", b"Id", arrow.id),
            (CONTENT_TYPES, b"Override", b"PartName", f"/{arrow.target}"),
        ):
            old = archive.read(where)
            new = other_parts.without(old, element, name, value)
            if new != old:
                archive.replace(where, (new,))
