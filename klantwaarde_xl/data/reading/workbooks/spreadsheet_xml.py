"""Workbooks of Excel 2003 in XML, which shops still write under the name `.xls`: their sheets as cells.

ECMA-376 came after it; the elements are those of Microsoft's "XML Spreadsheet Reference" (2001). It runs in
the child, which may die of a hostile file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{SPREADSHEET}}}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
_MOST_BLANK = 10_000  # rows or cells that a file may pass over at once
Corner = tuple[int, int]


@dataclass(frozen=True)
class XmlSheet:
    """The cells of a sheet from its first row, and the corners (row, column) of its merged cells."""

    rows: list[list[Any]]
    merged_cell_ranges: list[tuple[Corner, Corner]]

    def to_python(self, *, skip_empty_area: bool) -> list[list[Any]]:
        """All rows, as wide as the widest; skip_empty_area: as the reader of other workbooks has it."""
        rows = [*self.rows]
        while skip_empty_area and rows and not any(cell != "" for cell in rows[0]):
            rows.pop(0)
        width = max(map(len, rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]


def sheets_of(path: Path) -> dict[str, XmlSheet]:
    """The sheets of such a workbook, by name; raises ValueError for one that is damaged."""
    try:
        root = etree.fromstring(path.read_bytes(), _PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    return {
        one.get(f"{_SS}Name", f"Blad{at}"): _sheet(one)
        for at, one in enumerate(root.iterfind(f"{_SS}Worksheet"), start=1)
    }


def _sheet(sheet: etree._Element) -> XmlSheet:
    rows: list[list[Any]] = []
    merged: list[tuple[Corner, Corner]] = []
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        _pass_over(rows, row, [])
        cells: list[Any] = []
        for cell in row.iterfind(f"{_SS}Cell"):
            _pass_over(cells, cell, "")
            across, down = (int(cell.get(f"{_SS}Merge{way}", "0")) for way in ("Across", "Down"))
            at = len(rows), len(cells)
            if across or down:
                merged.append((at, (at[0] + down, at[1] + across)))
            cells.append(_value(cell))
            cells.extend([""] * min(across, _MOST_BLANK))
        rows.append(cells)
    return XmlSheet(rows, merged)


def _pass_over(before: list[Any], one: etree._Element, blank: Any) -> None:
    """Fill up to the place that a row or a cell names, where it is not the next one."""
    place = int(one.get(f"{_SS}Index", "0")) - 1
    if place - len(before) > _MOST_BLANK:
        raise ValueError("passes over more than a table has")
    while len(before) < place:
        before.append(blank if blank == "" else [])


def _value(cell: etree._Element) -> Any:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text, kind = "".join(map(str, data.itertext())), data.get(f"{_SS}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        return dt.datetime.fromisoformat(text)
    if kind == "Boolean":
        return text.strip() == "1"
    return text
