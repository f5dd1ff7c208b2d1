"""Cells that controls and shapes are tied to by their address: a check box fills one, a list shows a column.

Excel keeps such an address with the control, in the legacy drawing and behind the cells of the sheet, and
that of a shape in the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.formula import sheet_of
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.references import Move, rewrite
from klantwaarde_xl.xlsx.rows.attached import Attached
from klantwaarde_xl.xlsx.rows.drawings import anchors
from klantwaarde_xl.xlsx.rows.row_map import Block, RowMap
from klantwaarde_xl.xlsx.scan import escape, unescape
from klantwaarde_xl.xlsx.sheet_read import SheetXml

RELATIONS = ("ctrlProp", "vmlDrawing", "drawing")  # of a sheet; some stand behind its cells
_CONTROLS = ("ctrlProp", "control")  # of a form, and ActiveX
_FILLS = rb"fmlaLink|linkedCell"
_SHOWS = rb"fmlaRange|fmlaTxbx|listFillRange|textlink|cellRange"
_ATTRIBUTE = re.compile(rb"""\s(?:(%s)|%s)=(?:"([^"]*)"|'([^']*)')""" % (_FILLS, _SHOWS))
_ELEMENT = re.compile(
    rb"<((?:\w+:)?(?:(FmlaLink)|FmlaRange|FmlaTxbx|FmlaPict))\s*>([^<]*)</\1\s*>"  # of a legacy drawing
)


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every cell of a sheet that a control fills, wherever that is: it is somebody's, also while it is empty.

    block is not looked at; as for every mover, what is not in the table is left out later.
    """
    here = next((one.name for one in structure.worksheets if one.part == sheet), "")
    for other in structure.worksheets:
        parts = [structure.archive.read(part) for part in structure.related(other.part, "ctrlProp")]
        for data in (*parts, tied_behind_cells(structure, other.part)):
            for match in _ATTRIBUTE.finditer(data):
                name, place = _cell(unescape((match[2] or match[3] or b"").decode()), other.name)
                if match[1] and place is not None and name.casefold() == here.casefold():
                    yield Attached(place.top, place.left, "besturingselement", "")


def tied_behind_cells(structure: Structure, sheet: str) -> bytes:
    """What stands behind the cells of a sheet, where that ties a control to cells; else nothing.

    A sheet without controls is not read.
    """
    if not any(structure.related(sheet, kind) for kind in _CONTROLS):
        return b""
    xml = structure.archive.once(sheet, SheetXml)
    has_any = any(xml.data.find(name, xml.tail_start) >= 0 for name in (b"linkedCell", b"listFillRange"))
    return xml.data[xml.tail_start :] if has_any else b""


def _cell(reference: str, home: str) -> tuple[str, Area | None]:
    """The sheet and the cell of an address; None for what is no single cell."""
    prefix, mark, cell = reference.rpartition("!")
    try:
        place = area(cell)
    except ValueError:
        return "", None
    return sheet_of(prefix + mark, home), place if place.cells == 1 else None


class Tied(NamedTuple):
    """A part with addresses that follow; cut: how many controls filled a cell that is gone."""

    data: bytes
    cut: int


class Followed:
    """How cells moved, for what is tied to them: the rows by sheet, and the tables of another size."""

    def __init__(self, rows: Mapping[str, RowMap], moves: Sequence[Move]) -> None:
        self._rows = {sheet.casefold(): found for sheet, found in rows.items() if found}
        self._moves = [move for move in moves if move.end != move.new_end]

    def __bool__(self) -> bool:
        return bool(self._rows or self._moves)

    def in_part(self, data: bytes, home: str) -> Tied:
        """A part of a sheet: what is filled goes with its row, what is shown grows with its table.

        A control whose cell is gone fills nothing: else it would write beside somebody else.
        """
        cut = 0

        def attribute(match: re.Match[bytes]) -> bytes:
            nonlocal cut
            old = match[2] if match[2] is not None else match[3]
            new = self._new(old, home, is_filled=match[1] is not None)
            cut += new is None
            if new is None:
                return b""
            start, end = (match.start(2), match.end(2)) if match[2] is not None else match.span(3)
            return match[0][: start - match.start()] + new + match[0][end - match.start() :]

        def element(match: re.Match[bytes]) -> bytes:
            new = self._new(match[3], home, is_filled=match[2] is not None)
            return b"" if new is None else match[0].replace(b">%s<" % match[3], b">%s<" % new)

        return Tied(_ELEMENT.sub(element, _ATTRIBUTE.sub(attribute, data)), cut)

    def _new(self, raw: bytes, home: str, *, is_filled: bool) -> bytes | None:
        """An address as it becomes; None when its row is gone."""
        old = unescape(raw.decode())
        new = self._filled(old, home) if is_filled else rewrite(old, home, self._moves)
        if new is None or new == old:
            return None if new is None else raw
        return escape(new).replace('"', "&quot;").encode()

    def _filled(self, reference: str, home: str) -> str | None:
        sheet, place = _cell(reference, home)
        rows = self._rows.get(sheet.casefold())
        if rows is None or place is None:
            return reference
        row = rows.row(place.top, place.left)
        return None if row is None else f"{reference.rstrip('0123456789')}{row}"


def shown_by_shapes(structure: Structure, sheet: str) -> Iterator[tuple[tuple[int, int] | None, str, str]]:
    """What shapes of a sheet show of cells: the cell under the corner, the name, and the formula.

    sheet: the part.
    """
    for part in structure.related(sheet, "drawing"):
        for corner, anchor in anchors(structure, part):
            for element in anchor.iter():
                if formula := element.get("textlink"):
                    yield corner, _name(element), formula


def _name(shape: etree._Element) -> str:
    return next((str(one.get("name")) for one in shape.iter() if one.get("name")), "zonder naam")
