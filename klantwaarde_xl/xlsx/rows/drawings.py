"""Pictures and shapes that lie on a table, and form controls, by the cell under their top left corner.

A chart on a table is about the table: it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.attached import Attached
from klantwaarde_xl.xlsx.rows.pruned import Pruned
from klantwaarde_xl.xlsx.rows.row_map import Block, RowMap
from klantwaarde_xl.xlsx.scan import Tag, local, parse, tags

ANCHORS = {b"twoCellAnchor", b"oneCellAnchor", b"anchor"}  # the last of a control, behind a sheet's cells
_KINDS = {"pic": "afbeelding", "sp": "vorm", "cxnSp": "lijn", "grpSp": "groep vormen"}
_FRAME = "graphicFrame"
# A shape that shows a cell: its sheet with a mark, and its row
_SHOWN = re.compile(rb"""\stextlink=["']((?:[^"'!]*!|&apos;[^"!]*!|'[^"!]*!)?)\$?[A-Z]{1,3}\$?(\d+)["']""")
_OF_ITS_OWN = 2  # right in the drawing; deeper lie controls and what one program shows in place of another


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every picture and shape of a sheet: the text in it, or else its description or name."""
    for part in structure.related(sheet, "drawing"):
        for place, anchor in anchors(structure, part):
            if place is not None:
                kind = next((word for name, word in _KINDS.items() if _has(anchor, name)), "vorm")
                yield Attached(*place, kind, _words(anchor))


def anchors(structure: Structure, drawing: str) -> Iterator[tuple[tuple[int, int] | None, etree._Element]]:
    """Every anchor of a drawing but those of charts, with the cell under its corner."""
    for anchor in structure.archive.once(drawing, parse).iter():
        if local(anchor).encode() in ANCHORS and not _has(anchor, _FRAME):
            yield corner(anchor), anchor


def _has(anchor: etree._Element, name: str) -> bool:
    return any(local(element) == name for element in anchor)


def corner(anchor: etree._Element) -> tuple[int, int] | None:
    """Row and column of the cell under the top left corner of an anchor; None where it has none."""
    start = next((element for element in anchor if local(element) == "from"), None)
    found = {local(element): element.text or "" for element in start} if start is not None else {}
    try:
        return int(found["row"]) + 1, int(found["col"]) + 1
    except (KeyError, ValueError):
        return None


def _words(anchor: etree._Element) -> str:
    text = " ".join(element.text or "" for element in anchor.iter() if local(element) == "t").strip()
    about = next((element for element in anchor.iter() if local(element) == "cNvPr"), None)
    if text or about is None:
        return text or "zonder naam"
    return about.get("descr") or about.get("name") or "zonder naam"


@dataclass
class _Anchor:
    """An anchor that has begun: how deep it lies, the texts of its rows, and its first column."""

    start: int
    depth: int
    is_control: bool
    rows: list[tuple[int, int]] = field(default_factory=list)
    column: tuple[int, int] | None = None
    is_frame: bool = False


def move(data: bytes, rows: RowMap) -> bytes:
    """Pictures and shapes go with their rows; a control whose row is gone stays, for other parts know it."""
    edits = Pruned(data)
    anchor: _Anchor | None = None
    last: Tag | None = None
    depth = 0
    for tag in tags(data):
        if tag.kind == "open":
            depth += 1
            if tag.name in ANCHORS:
                anchor = _Anchor(tag.start, depth, tag.name == b"anchor")
        if anchor is not None:
            anchor.is_frame |= tag.name == _FRAME.encode()
            if tag.kind == "close" and last is not None and last.kind == "open" and last.name == tag.name:
                _note(anchor, tag, last)
            if tag.kind == "close" and depth == anchor.depth:
                _move_anchor(edits, data, anchor, tag.end, rows)
                anchor = None
        depth -= tag.kind == "close"
        last = tag
    return edits.result()


def _note(anchor: _Anchor, tag: Tag, opened: Tag) -> None:
    """Keep where the numbers of an anchor's two corners stand."""
    if tag.name == b"row":
        anchor.rows.append((opened.end, tag.start))
    elif tag.name == b"col" and anchor.column is None:
        anchor.column = opened.end, tag.start


def _move_anchor(edits: Pruned, data: bytes, anchor: _Anchor, end: int, rows: RowMap) -> None:
    if anchor.is_frame or not anchor.rows or anchor.column is None:
        return
    try:
        old = [int(data[first:last]) for first, last in anchor.rows]
        column = int(data[slice(*anchor.column)])
    except ValueError:
        return
    target = rows.row(old[0] + 1, column + 1)
    if target is None:
        if anchor.depth == _OF_ITS_OWN and not anchor.is_control:
            edits.remove(anchor.start, end)
        return
    for place, row in zip(anchor.rows, old, strict=True):
        edits.replace(*place, b"%d" % (row + target - 1 - old[0]))
    for match in _SHOWN.finditer(data, anchor.start, end) if target != old[0] + 1 else ():
        if rows.is_here(match[1].decode()) and int(match[2]) == old[0] + 1:
            edits.replace(*match.span(2), b"%d" % target)
