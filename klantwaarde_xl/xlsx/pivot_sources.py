"""Where pivot tables get their rows: those that read what a refresh changes read it anew when opened.

A pivot keeps a copy of its rows. It is renewed unless it surely holds what its source holds still: cells of
this workbook that are in none of our tables and have no formulas.
"""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.addresses import MOST_COLUMNS, MOST_ROWS, Area, area
from klantwaarde_xl.formula import FormulaError, Name, Reference, Structured
from klantwaarde_xl.xlsx.areas import Areas
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.references import Move, rewrite, touches
from klantwaarde_xl.xlsx.scan import Edits, Tag, attribute, tags, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_SOURCES = (b"worksheetSource", b"rangeSet")


class PivotSources:
    """The tables of a workbook that get another body, for those that read them."""

    def __init__(self, structure: Structure, tables: Sequence[tuple[TableInfo, Move]]) -> None:
        self._structure, self._tables = structure, tables
        self._moves = [move for _, move in tables]
        self._areas = Areas(structure)

    def renewed(self, cache: bytes) -> bytes:
        """A pivot's cache with its source as it becomes, marked where it has to be read anew."""
        edits = Edits(cache)
        root: Tag | None = None
        reads = False
        for tag in tags(cache):
            if tag.name == b"pivotCacheDefinition" and tag.kind in ("open", "empty"):
                root = tag
            if tag.name not in _SOURCES or tag.kind == "close":
                continue
            text = cache[tag.start : tag.end]
            if b":id=" in text:  # of another workbook
                continue
            reads |= self._reads(text)
            sheet, reference = attribute(text, b"sheet") or "", attribute(text, b"ref")
            if reference:
                new = rewrite(reference, sheet, self._moves)
                edits.replace(tag.start, tag.end, with_attribute(text, b"ref", new))
        if root is not None and reads:
            opening = cache[root.start : root.end]
            edits.replace(root.start, root.end, with_attribute(opening, b"refreshOnLoad", "1"))
        return edits.result()

    def _reads(self, source: bytes) -> bool:
        """Whether a source may hold something else by now."""
        sheet, reference = attribute(source, b"sheet") or "", attribute(source, b"ref")
        if reference:
            is_ours = any(
                move.sheet.casefold() == sheet.casefold() and touches(reference, sheet, move)
                for move in self._moves
            )
            return is_ours or self._has_formulas(sheet, _cells(reference))
        name = attribute(source, b"name") or ""
        table = self._structure.table(name)
        if table is None:
            return bool(name) and self._name_reads(name)
        is_ours = any(one.part == table.part for one, _ in self._tables)
        return is_ours or self._has_formulas(table.sheet.name, table.area)

    def _name_reads(self, name: str) -> bool:
        """Whether a name may hold something else: any but that of plain cells may."""
        try:
            found = self._areas.name(Name("", name))
            if isinstance(found, Name):
                return self._name_reads(found.name)
            if not isinstance(found, (Reference, Structured)):
                return True
            if isinstance(found, Structured):
                cells = self._areas.structured(found, "", 0, 0)
            else:
                cells = self._areas.reference(found, "")
        except (FormulaError, RecursionError):
            return True
        is_ours = any(touches(cells.text, "", move) for move in self._moves)
        return is_ours or self._has_formulas(cells.sheet, cells.area)

    def _has_formulas(self, name: str, place: Area) -> bool:
        """Whether there are formulas in an area; also where that cannot be told."""
        sheet = self._structure.sheet(name)
        if sheet is None:
            return True
        xml = self._structure.archive.once(sheet.part, SheetXml)
        return any(
            place.top <= row.number <= place.bottom
            and any(
                place.left <= cell.column <= place.right and xml.formula(cell) is not None
                for cell in xml.cells(row)
            )
            for row in xml.rows_with(b"<%sf" % xml.prefix)
        )


def _cells(reference: str) -> Area:
    """The cells of a source; all of a sheet for whole columns and rows, and for what is no area."""
    try:
        return area(reference)
    except ValueError:
        return Area(1, 1, MOST_ROWS, MOST_COLUMNS)
