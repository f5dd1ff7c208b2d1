"""What a refresh reads from an open Calc document: the program's named cells and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .cells import rows

NAME_PREFIX = "kw_"
TABLE_PREFIX = "tbl"
PROPERTY_PREFIX = "klantwaarde_"
FORMULA = 16  # com.sun.star.sheet.CellFlags
DAY_ZERO = dt.date(1899, 12, 30)  # of the calendar that nearly every workbook counts in


def contents(document: Any) -> dict[str, Any]:
    """Return what `plainplan.contents_of` reads.

    names: {name: value}; tables: {name: (headers, rows, row of the headers, sheet, formulas)}, the
    formulas by column; unfit: {name: why it cannot be written}; days_behind: how many days less
    than others the document counts; properties: {name: text} of the document, the program's own; charts:
    the names of charts, pictures and shapes.
    """
    tables, unfit = {}, {}
    for name in table_names(document):
        if document.DatabaseRanges.getByName(name).ContainsHeader:
            tables[name] = _table(document, name)
        else:
            unfit[name] = "zonder kopregel"
    found = named_cells(document)
    names = {name: rows(cell)[0][0] for name, cell in found.items()}
    for name in document.NamedRanges.getElementNames():
        if name.lower().startswith(NAME_PREFIX) and name not in found:
            unfit[name] = "wijst niet naar één cel"
    zero = document.NullDate
    behind = (dt.date(zero.Year, zero.Month, zero.Day) - DAY_ZERO).days
    return {
        "names": names,
        "tables": tables,
        "unfit": unfit,
        "days_behind": behind,
        "properties": _properties(document),
        "charts": tuple(shape.Name for shape in shapes(document)),
    }


def _properties(document: Any) -> dict[str, str]:
    """Return which template the document says it was made from, and in which version."""
    held = document.DocumentProperties.UserDefinedProperties
    names = [one.Name for one in held.PropertySetInfo.Properties if one.Name.startswith(PROPERTY_PREFIX)]
    return {name: str(held.getPropertyValue(name)) for name in names}


def _table(document: Any, name: str) -> tuple[Any, ...]:
    cells = table_cells(document, name)
    headers, *body = rows(cells)
    if has_totals(document, name):
        body = body[:-1]
    area = cells.getRangeAddress()
    formulas = {}
    for column in range(area.EndColumn - area.StartColumn + 1):
        if body and (found := _formulas(cells.getCellRangeByPosition(column, 1, column, len(body)))):
            formulas[column] = found
    sheet = cells.getSpreadsheet().getName()
    return tuple(_text(header) for header in headers), tuple(body), area.StartRow + 1, sheet, formulas


def _formulas(column: Any) -> tuple[str | None, ...]:
    """The formulas in a column, None for a cell without one; nothing when it has none at all."""
    parts = column.queryContentCells(FORMULA).getRangeAddresses()
    if not parts:
        return ()
    top = column.getRangeAddress().StartRow
    texts = [row[0] for row in column.getFormulaArray()]
    held = {row - top for part in parts for row in range(part.StartRow, part.EndRow + 1)}
    return tuple(text if row in held else None for row, text in enumerate(texts))


def table_names(document: Any) -> list[str]:
    """Return the names of the database ranges that are the program's tables."""
    found = document.DatabaseRanges.getElementNames()
    return [name for name in found if name.lower().startswith(TABLE_PREFIX)]


def table_cells(document: Any, name: str) -> Any:
    """Return the cell range of a table, its headers in the first row."""
    area = document.DatabaseRanges.getByName(name).getDataArea()
    sheet = document.getSheets().getByIndex(area.Sheet)
    return sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)


def has_totals(document: Any, name: str) -> bool:
    """Whether the table ends with a row of totals, which is not data."""
    table = document.DatabaseRanges.getByName(name)
    return bool(table.getPropertySetInfo().hasPropertyByName("TotalsRow") and table.TotalsRow)


def named_cells(document: Any) -> dict[str, Any]:
    """Return the cells that the program's defined names point at; a name of more cells is no setting."""
    cells = {}
    for name in document.NamedRanges.getElementNames():
        if not name.lower().startswith(NAME_PREFIX):
            continue
        target = document.NamedRanges.getByName(name).getReferredCells()
        if target is None:
            continue
        area = target.getRangeAddress()
        if (area.StartRow, area.StartColumn) == (area.EndRow, area.EndColumn):
            cells[name] = target
    return cells


def shapes(document: Any) -> Iterator[Any]:
    """Give the charts, pictures and shapes of all sheets."""
    sheets = document.getSheets()
    for at in range(sheets.getCount()):
        page = sheets.getByIndex(at).getDrawPage()
        for number in range(page.getCount()):
            yield page.getByIndex(number)


def _text(header: Any) -> str:
    if isinstance(header, float) and header.is_integer():
        return str(int(header))
    return "" if header is None else str(header)
