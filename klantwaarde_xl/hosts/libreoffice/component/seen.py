"""What else an open document has that a refresh tells of: formulas and names, and rows apart under tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from .workbook import (
    CONTENT,
    FORMULA,
    columns_beside,
    formulas_in,
    has_totals,
    overlap,
    table_cells,
    table_names,
)

MOST_TEXT = 5_000_000  # characters of all formulas: of more none is sent
MOST_ROWS = 1000  # under a table

Cell = tuple[bool | None, str | None]


def pointing(document: Any) -> dict[str, Any]:
    """Return what may point at one row of a table, as `plainplan.contents_of` reads it.

    formulas: (sheet, row, column, text) as Calc writes it; names: (name, text); areas: (sheet, first row,
    first column, last row, last column) of all tables; places: by name of the program's, sheet, rows and
    columns of its body, and the columns that belong to its rows. Rows and columns from 1.
    """
    sheets, left = document.getSheets(), MOST_TEXT
    formulas: list[tuple[str, int, int, str]] = []
    for at in range(sheets.getCount()):
        sheet = sheets.getByIndex(at)
        for part in sheet.queryContentCells(FORMULA).getRangeAddresses():
            cells = sheet.getCellRangeByPosition(
                part.StartColumn, part.StartRow, part.EndColumn, part.EndRow
            ).getFormulaArray()
            for down, row in enumerate(cells):
                for right, text in enumerate(row):
                    left -= len(text)
                    place = (part.StartRow + down + 1, part.StartColumn + right + 1)
                    formulas.append((sheet.getName(), *place, text))
            if left < 0:
                formulas = []
                break
        if left < 0:
            break
    ranges, names = document.DatabaseRanges, document.NamedRanges
    areas = [ranges.getByName(one).getDataArea() for one in ranges.getElementNames()]
    return {
        "formulas": formulas,
        "names": [(one, names.getByName(one).getContent()) for one in names.getElementNames()],
        "areas": [(sheets.getByIndex(one.Sheet).getName(), *_corners(one)) for one in areas],
        "places": {name: _place(document, name) for name in table_names(document)},
    }


def _corners(area: Any) -> tuple[int, int, int, int]:
    return area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1


def _place(document: Any, name: str) -> tuple[Any, ...]:
    area = table_cells(document, name).getRangeAddress()
    top, left, bottom, right = _corners(area)
    lead, trail = columns_beside(document, name)
    body = (top + 1, left, bottom - has_totals(document, name), right)
    return document.getSheets().getByIndex(area.Sheet).getName(), body, (left - lead, right + trail)


def under(
    document: Any, names: Collection[str]
) -> dict[str, tuple[list[Cell], list[tuple[int, list[Cell]]]]]:
    """Return the first row of each of these tables, and the rows under it with their number, from 1.

    Of each cell whether it is a number, None for nothing, and the text of its formula. Rows of other tables
    and merged ones are left out; names: whatever their capitals.
    """
    wanted, found = {name.lower() for name in names}, {}
    for name in table_names(document):
        table = document.DatabaseRanges.getByName(name)
        if name.lower() in wanted and table.ContainsHeader and not has_totals(document, name):
            area = table.getDataArea()
            rows = list(_rows_under(document, name, area)) if area.EndRow > area.StartRow else []
            if rows:
                found[name] = (_cells(document, area, area.StartRow + 1), rows)
    return found


def _rows_under(document: Any, name: str, area: Any) -> list[tuple[int, list[Cell]]]:
    sheet = document.getSheets().getByIndex(area.Sheet)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress().EndRow
    if end <= area.EndRow:
        return []
    below = sheet.getCellRangeByPosition(area.StartColumn, area.EndRow + 1, area.EndColumn, end)
    parts = below.queryContentCells(CONTENT).getRangeAddresses()
    filled = sorted({row for part in parts for row in range(part.StartRow, part.EndRow + 1)})
    ranges = document.DatabaseRanges
    others = [ranges.getByName(one).getDataArea() for one in ranges.getElementNames() if one != name]
    return [
        (row + 1, _cells(document, area, row))
        for row in filled[:MOST_ROWS]
        if not _is_of_others(sheet, area, row, others)
    ]


def _is_of_others(sheet: Any, area: Any, row: int, others: Sequence[Any]) -> bool:
    cells = sheet.getCellRangeByPosition(area.StartColumn, row, area.EndColumn, row)
    here = cells.getRangeAddress()
    return bool(cells.getIsMerged()) or any(overlap(here, other) for other in others)


def _cells(document: Any, area: Any, row: int) -> list[Cell]:
    """What the cells of a row hold in the columns of an area."""
    sheet = document.getSheets().getByIndex(area.Sheet)
    cells = sheet.getCellRangeByPosition(area.StartColumn, row, area.EndColumn, row)
    values = cells.getDataArray()[0]
    texts = [
        (formulas_in(cells.getCellRangeByPosition(at, 0, at, 0)) or (None,))[0] for at in range(len(values))
    ]
    return [
        (None, text) if value in ("", None) else (isinstance(value, float), text)
        for value, text in zip(values, texts, strict=True)
    ]
