"""What a refresh reads from an open Calc document: the program's named cells and tables."""

from __future__ import annotations

from typing import Any

from .cells import rows

NAME_PREFIX = "kw_"
TABLE_PREFIX = "tbl"


def contents(document: Any) -> dict[str, Any]:
    """Return {"names": {name: value}, "tables": {name: (headers, rows, row of the headers)}}."""
    tables = {}
    for name in table_names(document):
        headers, *body = rows(table_cells(document, name))
        if has_totals(document, name):
            body = body[:-1]
        top = table_cells(document, name).getRangeAddress().StartRow + 1
        tables[name] = (tuple(_text(header) for header in headers), tuple(body), top)
    names = {name: rows(cell)[0][0] for name, cell in named_cells(document).items()}
    return {"names": names, "tables": tables}


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


def _text(header: Any) -> str:
    if isinstance(header, float) and header.is_integer():
        return str(int(header))
    return "" if header is None else str(header)
