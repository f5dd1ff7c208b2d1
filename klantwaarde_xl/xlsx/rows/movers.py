"""The one list of what moves with rows; cells, their looks and the rows' own are written with the body."""

from __future__ import annotations

from collections.abc import Iterator

from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows import cell_links, comments, drawings, hyperlinks, note_shapes, ranges, threads
from klantwaarde_xl.xlsx.rows.attached import Attached, Mover, nothing
from klantwaarde_xl.xlsx.rows.row_map import Block, RowMap


def _with_all(data: bytes, rows: RowMap) -> bytes:
    """A part as it is: it may be of any sheet, and goes with all of them (`cell_links.Followed`)."""
    return data


_OF_SHEET = ""  # what stands behind the cells of the sheet itself
MOVERS = (
    Mover("comments", comments.find, comments.move),
    Mover("vmlDrawing", nothing, note_shapes.move, is_xml=False),
    Mover("threadedComment", threads.find, threads.move),
    Mover("drawing", drawings.find, drawings.move),
    Mover(_OF_SHEET, hyperlinks.find, hyperlinks.move),
    Mover(_OF_SHEET, ranges.find, ranges.move),
    Mover(_OF_SHEET, nothing, drawings.move),
    Mover(_OF_SHEET, cell_links.find, _with_all),
)


def attached_to(structure: Structure, sheet: str, block: Block) -> list[Attached]:
    """What is attached to the rows of a table, by row; sheet: the part."""
    found: Iterator[Attached] = (one for mover in MOVERS for one in mover.find(structure, sheet, block))
    rows, columns = range(block.top, block.bottom + 1), range(block.left, block.right + 1)
    return sorted((one for one in found if one.row in rows and one.column in columns), key=_row)


def _row(one: Attached) -> int:
    return one.row


def move_parts(archive: Archive, structure: Structure, sheet: str, rows: RowMap) -> None:
    """Move what the parts around a sheet hold; raises WorkbookUnsafe for a part that is no XML."""
    for mover in MOVERS if rows else ():
        for part in structure.related(sheet, mover.relation) if mover.relation else ():
            old = archive.read(part)
            new = mover.move(old, rows)
            if new != old:
                archive.replace(part, (new,), is_xml=mover.is_xml)


def move_behind_cells(tail: bytes, rows: RowMap) -> bytes:
    """What stands behind the cells of a sheet, as it becomes."""
    for mover in MOVERS if rows else ():
        if mover.relation == _OF_SHEET:
            tail = mover.move(tail, rows)
    return tail
