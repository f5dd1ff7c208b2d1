"""Where things are in a workbook: sheets, tables and names, found through the relationships."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.formula import sheet_of
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.digests import Digest
from klantwaarde_xl.xlsx.scan import local, not_xml, parse, whole
from klantwaarde_xl.xlsx.shared_strings import shared_strings
from klantwaarde_xl.xlsx.sheet_read import without_hex

_PROPERTIES = ("custom-properties", "customProperties")  # transitional and strict


class Relationship(NamedTuple):
    """One arrow from a part to another (or outside, when external)."""

    id: str
    kind: str  # the last word of its type: worksheet, table, chart …
    target: str
    external: bool


class Sheet(NamedTuple):
    """A sheet: its name and its part; kind tells worksheets from chart sheets."""

    name: str
    part: str
    kind: str


class DefinedName(NamedTuple):
    """A defined name and the formula it stands for; local means it belongs to one sheet."""

    name: str
    formula: str
    local: bool


class TableColumn(NamedTuple):
    """A table's column: its header, and the formula of a calculated column."""

    name: str
    formula: str | None
    is_array: bool


@dataclass(frozen=True)
class TableInfo:
    """A table as its part describes it."""

    name: str
    part: str
    sheet: Sheet
    area: Area
    header_rows: int
    totals_rows: int
    columns: tuple[TableColumn, ...]

    @property
    def top(self) -> int:
        """The first body row."""
        return self.area.top + self.header_rows

    @property
    def bottom(self) -> int:
        """The last body row."""
        return self.area.bottom - self.totals_rows


def relationships_part(part: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Structure:
    """The parts of one workbook by their role. Made again after an edit that changes them.

    What a part says is read once while the part stays the same, so making one again costs little.
    digests: by table, what is known of its columns since its rows were read.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._relationships: dict[str, list[Relationship]] = {}
        self.digests: dict[str, list[Digest]] = {}

    def relationships(self, part: str) -> list[Relationship]:
        """Return the relationships of a part; of the package itself for an empty name."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> list[Relationship]:
        source = self.archive.resolve(relationships_part(part))
        if source is None:
            return []
        found = []
        for element in self.archive.once(source, parse):
            if local(element) != "Relationship":
                continue
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                path = posixpath.join("/", posixpath.dirname(part), unquote(target))
                path = posixpath.normpath(path).lstrip("/")
                target = self.archive.resolve(path) or path
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relationship(element.get("Id", ""), kind, target, external))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts of one kind that a part points at and that exist."""
        return [
            arrow.target
            for arrow in self.relationships(part)
            if arrow.kind == kind and not arrow.external and self.archive.resolve(arrow.target)
        ]

    @cached_property
    def workbook_part(self) -> str:
        """The name of the workbook part."""
        found = self.related("", "officeDocument")
        if not found:
            raise WorkbookUnsafe(
                "Dit bestand bevat geen werkboek.", remedy="Kies een .xlsx- of .xlsm-bestand."
            )
        return found[0]

    @cached_property
    def _workbook(self) -> etree._Element:
        return self.archive.once(self.workbook_part, parse)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """All sheets in the order of their tabs, hidden ones too."""
        arrows = {arrow.id: arrow for arrow in self.relationships(self.workbook_part)}
        sheets = []
        for element in self._workbook.iter():
            if local(element) != "sheet":
                continue
            identity = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            arrow = arrows.get(str(identity))
            if arrow is not None and not arrow.external:
                sheets.append(Sheet(element.get("name", ""), arrow.target, arrow.kind))
        return sheets

    @cached_property
    def tabs(self) -> list[str]:
        """The names of all sheets, as `localSheetId` counts them: also one whose part is missing."""
        return [element.get("name", "") for element in self._workbook.iter() if local(element) == "sheet"]

    @property
    def worksheets(self) -> list[Sheet]:
        """The sheets that hold cells."""
        return [sheet for sheet in self.sheets if sheet.kind == "worksheet"]

    def sheet(self, name: str) -> Sheet | None:
        """Return a worksheet by name, whatever its capitals."""
        wanted = name.casefold()
        return next((sheet for sheet in self.worksheets if sheet.name.casefold() == wanted), None)

    @cached_property
    def date1904(self) -> bool:
        """Whether day numbers count from 1904."""
        return any(
            local(element) == "workbookPr" and element.get("date1904") in ("1", "true")
            for element in self._workbook
        )

    @cached_property
    def names(self) -> list[DefinedName]:
        """All defined names."""
        return [
            DefinedName(element.get("name", ""), element.text or "", element.get("localSheetId") is not None)
            for element in self._workbook.iter()
            if local(element) == "definedName"
        ]

    @cached_property
    def drawings(self) -> list[str]:
        """The parts with the drawings of all sheets."""
        return [part for sheet in self.sheets for part in self.related(sheet.part, "drawing")]

    @cached_property
    def tables(self) -> list[TableInfo]:
        """All tables of all worksheets."""
        return [
            self._table(sheet, part)
            for sheet in self.worksheets
            for part in self.related(sheet.part, "table")
        ]

    @property
    def table_names(self) -> list[str]:
        """The names of all tables, also of those whose cells cannot be told."""
        parts = [part for sheet in self.worksheets for part in self.related(sheet.part, "table")]
        return [_table_name(self.archive.once(part, parse)) for part in parts]

    def table(self, name: str) -> TableInfo | None:
        """Return a table by name, whatever its capitals."""
        wanted = name.casefold()
        return next((table for table in self.tables if table.name.casefold() == wanted), None)

    def _table(self, sheet: Sheet, part: str) -> TableInfo:
        root = self.archive.once(part, parse)
        try:
            place = area(root.get("ref", ""))
            header, totals = whole(root.get("headerRowCount"), 1), whole(root.get("totalsRowCount"))
        except ValueError as error:
            raise not_xml(part) from error
        columns = tuple(_column(element) for element in root.iter() if local(element) == "tableColumn")
        if len(columns) != place.right - place.left + 1:
            raise not_xml(part)
        return TableInfo(_table_name(root), part, sheet, place, header, totals, columns)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        for part in self.related(self.workbook_part, "sharedStrings"):
            return self.archive.once(part, shared_strings)
        return []

    @property
    def properties_parts(self) -> list[str]:
        """The parts with custom document properties: one, or none."""
        return [part for kind in _PROPERTIES for part in self.related("", kind)]

    def custom_properties(self) -> dict[str, str]:
        """Return the custom document properties as text."""
        found: dict[str, str] = {}
        for part in self.properties_parts:
            for element in self.archive.once(part, parse):
                if local(element) == "property":
                    found[element.get("name", "")] = "".join(str(text) for text in element.itertext())
        return found


def _table_name(root: etree._Element) -> str:
    return root.get("displayName") or root.get("name") or ""


def _column(element: etree._Element) -> TableColumn:
    name = without_hex(element.get("name", ""))
    for child in element:
        if local(child) == "calculatedColumnFormula":
            return TableColumn(name, child.text or "", child.get("array") in ("1", "true"))
    return TableColumn(name, None, False)


def single_cell(formula: str) -> tuple[str, int, int] | None:
    """Return sheet, row and column when a defined name stands for one cell; else None."""
    prefix, mark, reference = formula.strip().rpartition("!")
    if not mark or "[" in prefix:
        return None
    try:
        place = area(reference)
    except ValueError:
        return None
    if (place.top, place.left) != (place.bottom, place.right):
        return None
    return sheet_of(prefix + mark, ""), place.top, place.left


def sheet_named_in(formula: str) -> str:
    """The sheet of a defined name that stands for cells of one; nothing where it names none."""
    prefix, mark, _ = formula.strip().rpartition("!")
    return sheet_of(prefix + mark, "") if mark and "[" not in prefix else ""
