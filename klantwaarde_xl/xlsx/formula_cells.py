"""The formula cells of a worksheet: what each holds, and which cells its result fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.xlsx.references import Template
from klantwaarde_xl.xlsx.scan import attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml


class FormulaCell(NamedTuple):
    """One formula: where it stands, its text, and the cells that show its result.

    text is empty where it cannot be known; is_array: entered as an array, so that ranges are not
    narrowed to the formula's own row; is_dynamic: the program chooses how far the result runs.
    """

    row: int
    column: int
    text: str
    fills: Area
    is_array: bool = False
    is_dynamic: bool = False


def formula_cells(sheet: SheetXml) -> Iterator[FormulaCell]:
    """Give every formula cell of a sheet; a shared formula is written out for each of its cells."""
    if not sheet.has_formulas:
        return
    shared: dict[str, tuple[int, int, Template]] = {}
    for row in sheet.rows_with(b"<%sf" % sheet.prefix):
        for cell in sheet.cells(row):
            formula = sheet.formula(cell)
            if formula is None:
                continue
            here = Area(row.number, cell.column, row.number, cell.column)
            kind = attribute(formula.tag, b"t")
            text, fills = formula.text, here
            if kind == "shared":
                text = _shared(shared, attribute(formula.tag, b"si") or "", text, here)
            elif kind == "array":
                fills = area(attribute(formula.tag, b"ref") or here.address)
            elif kind == "dataTable":
                text = ""
            is_array = kind == "array"
            is_dynamic = is_array and (b" cm=" in cell.attributes)
            yield FormulaCell(row.number, cell.column, text, fills, is_array, is_dynamic)


def _shared(shared: dict[str, tuple[int, int, Template]], group: str, text: str, here: Area) -> str:
    """The formula of one cell of a group; the first cell of the group holds the text."""
    if text:
        shared[group] = here.top, here.left, Template(text)
        return text
    if group not in shared:
        return ""
    row, column, template = shared[group]
    return template.at(here.top - row, here.left - column)


def hides_rows(sheet: SheetXml) -> bool:
    """Whether a row of the sheet is hidden, by hand or by a filter."""
    return any(b"hidden=" in row.attributes for row in sheet.rows())


def last_row(sheet: SheetXml) -> int:
    """The number of the last row that is written down, 1 when there is none."""
    start = sheet.data.rfind(b"<%srow " % sheet.prefix, sheet.head_end, sheet.tail_start)
    numbered = start >= 0 and attribute(sheet.data[start : sheet.data.find(b">", start)], b"r")
    return int(numbered) if numbered else max((row.number for row in sheet.rows()), default=1)
