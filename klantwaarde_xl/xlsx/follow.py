"""Cells and formulas of a sheet that go along when a table gets another size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.xlsx.references import Move, Template, rewrite
from klantwaarde_xl.xlsx.scan import (
    Edits,
    attribute,
    escape,
    pieces,
    place_of,
    tags,
    texts,
    unescape,
    with_attribute,
)
from klantwaarde_xl.xlsx.sheet_read import Cell, Formula, SheetXml

_FORMULAS = frozenset((b"f", b"formula", b"formula1", b"formula2"))
_ADDRESS = re.compile(r"""\sr=["'][A-Z]{1,3}(\d+)""")


class FormulaRewriter:
    """Let the references and the dimension of one worksheet follow the tables that move."""

    def __init__(self, sheet: SheetXml, name: str, moves: Sequence[Move]) -> None:
        self._sheet, self._name = sheet, name
        self._moves = [move for move in moves if move.end != move.new_end]

    def cells(self, xml: bytes) -> bytes:
        """Return cells in which formulas cover the new bodies."""
        if not self._moves or b"<%sf" % self._sheet.prefix not in xml:
            return xml
        return self._sheet.formula_pattern.sub(self._formula, xml)

    def _formula(self, match: re.Match[bytes]) -> bytes:
        if not match[2]:
            return match[0]
        old = unescape(match[2].decode())
        new = rewrite(old, self._name, self._moves)
        if new == old:
            return match[0]
        start, end = match.start(2) - match.start(), match.end(2) - match.start()
        return match[0][:start] + escape(new).encode() + match[0][end:]

    @cached_property
    def _rows(self) -> list[tuple[int, int, bytes]]:
        """The rows with a formula that follows: where each begins and ends, and what it becomes."""
        sheet, found = self._sheet, []
        for row in sheet.rows_with(b"<%sf" % sheet.prefix) if self._moves else ():
            old = sheet.data[row.start : row.end]
            if (new := self.cells(old)) != old:
                found.append((row.start, row.end, new))
        return found

    def between(self, start: int, end: int) -> Iterator[bytes]:
        """Give whole rows of the worksheet, from where they begin to where they end, in pieces."""
        for first, last, new in self._rows:
            if start <= first and last <= end:
                yield from pieces(self._sheet.data, start, first)
                yield new
                start = last
        yield from pieces(self._sheet.data, start, end)

    def whole(self) -> Edits:
        """Return the edits of a worksheet in which no table is replaced, following those of other sheets."""
        sheet = self._sheet
        edits = Edits(sheet.data)
        for first, last, new in self._rows:
            edits.replace(first, last, new)
        edits.replace(sheet.tail_start, len(sheet.data), self.tail(sheet.data[sheet.tail_start :]))
        return edits

    def head(self, xml: bytes, move: Move, last_row: int, unfilter: bool) -> bytes:
        """Return what stands before the cells, with the dimension of the sheet as it becomes."""
        edits = Edits(xml)
        for tag in tags(xml):
            text = xml[tag.start : tag.end]
            if tag.name == b"dimension" and attribute(text, b"ref"):
                old = area(attribute(text, b"ref") or "A1")
                left, right = min(old.left, move.outer_left), max(old.right, move.outer_right)
                new = Area(min(old.top, move.header), left, last_row, right)
                edits.replace(tag.start, tag.end, with_attribute(text, b"ref", new.address))
            elif tag.name == b"sheetPr" and unfilter and attribute(text, b"filterMode"):
                edits.replace(tag.start, tag.end, with_attribute(text, b"filterMode", None))
        return edits.result()

    def tail(self, xml: bytes) -> bytes:
        """Return what stands behind the cells, with formulas that follow the tables."""
        edits = Edits(xml)
        if not self._moves:
            return xml
        for start, end in texts(xml, _FORMULAS):
            old = unescape(xml[start:end].decode())
            if _is_sparkline_of_row(xml, start, old):
                continue
            edits.replace(
                start, end, self._as_before(xml[start:end], old, rewrite(old, self._name, self._moves))
            )
        return edits.result()

    @staticmethod
    def _as_before(raw: bytes, old: str, new: str) -> bytes:
        return raw if new == old else escape(new).encode()


def _is_sparkline_of_row(xml: bytes, start: int, formula: str) -> bool:
    """Whether a text is what a sparkline shows, and that is one row: a sparkline has one line of cells."""
    before = xml[max(0, xml.rfind(b"<", 0, start - 1) - 64) : start]
    parent = re.search(rb"<(?:\w+:)?sparkline\s*>\s*<[^<>]*>$", before)
    try:
        place = area(formula.rpartition("!")[2])
    except ValueError:
        return False
    return parent is not None and place.top == place.bottom and place.left != place.right


class CellMover:
    """Write a cell again in another row; formulas go along as when its row is sorted."""

    def __init__(self, sheet: SheetXml, name: str, move: Move, moves: Sequence[Move]) -> None:
        self._sheet, self._name, self._move, self._moves = sheet, name, move, moves

    @cached_property
    def groups(self) -> list[tuple[Area, bytes]]:
        """The areas of shared, array and data-table formulas, with the tag of each."""
        sheet = self._sheet
        if place_of(sheet.data, b" ref=", sheet.head_end, sheet.tail_start) < 0:
            return []
        found = []
        for match in sheet.formula_pattern.finditer(sheet.data, sheet.head_end, sheet.tail_start):
            reference = attribute(match[1], b"ref")
            if reference:
                found.append((area(reference), match[1]))
        return found

    @cached_property
    def _shared(self) -> dict[str, tuple[int, int, Template]]:
        """The cell and the formula that each shared formula is written for."""
        found: dict[str, tuple[int, int, Template]] = {}
        sheet = self._sheet
        for row in sheet.rows():
            if sheet.data.find(b"shared", row.inner_start, row.inner_end) < 0:
                continue
            for cell in sheet.cells(row):
                formula = sheet.formula(cell)
                index = attribute(formula.tag, b"si") if formula else None
                if formula and formula.text and index is not None:
                    found.setdefault(index, (row.number, cell.column, Template(formula.text)))
        return found

    def text(self, formula: Formula, row: int, column: int) -> str:
        """Return the full text of a cell's formula, also when it shares another cell's."""
        if formula.text or attribute(formula.tag, b"t") != "shared":
            return formula.text
        master = self._shared.get(attribute(formula.tag, b"si") or "")
        return master[2].at(row - master[0], column - master[1]) if master else ""

    def single(self, cell: Cell, row: int) -> str:
        """Return the text of a formula of one cell by itself; nothing for an array or no formula."""
        formula = self._sheet.formula(cell)
        if formula is None or attribute(formula.tag, b"t") in ("array", "dataTable"):
            return ""
        return self.text(formula, row, cell.column)

    def alone(self, cell: Cell, row: int) -> str:
        """Return the text of an array formula that fills its own cell only; nothing for any other."""
        formula = self._sheet.formula(cell)
        if formula is None or attribute(formula.tag, b"t") != "array":
            return ""
        here = address(row, cell.column)
        return formula.text if attribute(formula.tag, b"ref") in (None, here, f"{here}:{here}") else ""

    def moved(self, cell: Cell, row: int, target: int) -> str:
        """Return a cell of the table as it stands in another row."""
        sheet, prefix = self._sheet, self._sheet.prefix.decode()
        attributes = cell.attributes.rstrip().decode()
        if old := _ADDRESS.search(attributes):
            attributes = f"{attributes[: old.start(1)]}{target}{attributes[old.end(1) :]}"
        start = f"<{prefix}c{attributes}"
        inner = cell.inner.decode()
        formula = sheet.formula(cell)
        if formula is None:
            return f"{start}>{inner}</{prefix}c>" if inner else f"{start}/>"
        text = Template(self.text(formula, row, cell.column), within=self._move, row=row).at(target - row)
        text = escape(rewrite(text, self._name, self._moves, row=target))
        array = attribute(formula.tag, b"t") == "array"
        kind = ""
        if array:
            place = area(attribute(formula.tag, b"ref") or f"A{row}")
            shift = target - row
            place = Area(place.top + shift, place.left, place.bottom + shift, place.right)
            kind = f' t="array" ref="{place.address}"'
        value = sheet.value_pattern.search(cell.inner)
        shown = value[0].decode() if value else ""
        return f"{start}><{prefix}f{kind}>{text}</{prefix}f>{shown}</{prefix}c>"
