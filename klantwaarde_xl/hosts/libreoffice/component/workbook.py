"""What a refresh reads from an open Calc document: the program's named cells and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from .cells import rows

NAME_PREFIX = "kw_"
TABLE_PREFIX = "tbl"
PROPERTY_PREFIX = "klantwaarde_"
FORMULA = 16  # com.sun.star.sheet.CellFlags
CONTENT = 1 | 2 | 4 | FORMULA  # value, date, text, formula
ANNOTATION = 8
_TITLE_LOOKS = ("CharHeight", "CharWeight", "CharColor", "CellBackColor")
DAY_ZERO = dt.date(1899, 12, 30)  # of the calendar that nearly every workbook counts in


def contents(document: Any) -> dict[str, Any]:
    """Return what `plainplan.contents_of` reads.

    names: {name: value}; tables: {name: (headers, rows, row of the headers, sheet, formulas, notes, bound)},
    with the columns beside a table that belong to its rows behind its own; the formulas by column, notes as
    (row from 0, column, text), bound for what some rows have and others have not; unfit: {name: why it cannot
    be written}; days_behind: how many days less than others the document counts; properties: {name: text} of
    the document, the program's own; charts: the names of charts, pictures and shapes.
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
    """A table, then the columns right of it and left of it that belong to its rows."""
    lead, trail = columns_beside(document, name)
    own = table_cells(document, name).getRangeAddress()
    sheet = document.getSheets().getByIndex(own.Sheet)
    first, last = own.StartColumn - lead, own.EndColumn + trail
    cells = sheet.getCellRangeByPosition(first, own.StartRow, last, own.EndRow)
    order = [*range(own.StartColumn, last + 1), *range(first, own.StartColumn)]
    headers, *body = (tuple(row[column - first] for column in order) for row in rows(cells))
    if has_totals(document, name):
        body = body[:-1]
    formulas, differs = {}, False
    for at, column in enumerate(order if body else ()):
        part = cells.getCellRangeByPosition(column - first, 1, column - first, len(body))
        if found := formulas_in(part):
            formulas[at] = found
        differs = differs or (len(body) > 1 and part.getUniqueCellFormatRanges().getCount() > 1)
    notes = tuple(_notes(sheet, own.StartRow + 1, len(body), order))
    texts = _headers(headers, own.EndColumn - own.StartColumn + 1, order)
    return texts, tuple(body), own.StartRow + 1, sheet.getName(), formulas, notes, differs or bool(notes)


def _headers(cells: Sequence[Any], width: int, order: Sequence[int]) -> tuple[str, ...]:
    """The headers; that of a column beside the table is its text, or else its letter."""
    found = [_text(header) for header in cells[:width]]
    taken = {text.strip().lower() for text in found}
    for at in range(width, len(order)):
        text, letter = _text(cells[at]).strip(), _letter(order[at])
        name = text or letter
        found.append(f"{name} ({letter})" if name.lower() in taken else name)
        taken.add(name.lower())
    return tuple(found)


def _letter(column: int) -> str:
    name = ""
    while column >= 0:
        name, column = chr(65 + column % 26) + name, column // 26 - 1
    return name


def _notes(sheet: Any, top: int, height: int, order: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """The notes in rows of a sheet: row from the first, place of the column in the order, text."""
    held = sheet.getAnnotations()
    for number in range(held.getCount()):
        note = held.getByIndex(number)
        place = note.getPosition()
        if top <= place.Row < top + height and place.Column in order:
            yield place.Row - top, order.index(place.Column), text_of(note)


def text_of(note: Any) -> str:
    """What a note says; of one from an .xlsx only its shape knows."""
    return str(note.getAnnotationShape().getString() or note.getString())


def formulas_in(column: Any) -> tuple[str | None, ...]:
    """Return the formulas in a column, None for a cell without one; nothing when it has none at all."""
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


def columns_beside(document: Any, name: str) -> tuple[int, int]:
    """Return how many columns left and right of a table belong to its rows.

    They touch it, or each other, and hold something in its rows; one of another table, with merged cells
    or an array of several rows, is not of single rows, and ends them, as does a column right of the table
    under a title that looks like the table's own. LibreOffice never takes such a column into a table.
    """
    area = table_cells(document, name).getRangeAddress()
    sheet = document.getSheets().getByIndex(area.Sheet)
    others = [
        one.getDataArea()
        for one in map(document.DatabaseRanges.getByName, document.DatabaseRanges.getElementNames())
        if one.getName() != name
    ]

    def is_of_rows(at: int) -> bool:
        if not 0 <= at < sheet.getColumns().getCount() or area.EndRow == area.StartRow:
            return False
        column = sheet.getCellRangeByPosition(at, area.StartRow + 1, at, area.EndRow)
        if column.getIsMerged() or any(overlap(column.getRangeAddress(), one) for one in others):
            return False
        holds = column.queryContentCells(CONTENT | ANNOTATION).getRangeAddresses()
        return bool(holds) and not _has_array(column)

    lead = trail = 0
    while is_of_rows(area.StartColumn - lead - 1):
        lead += 1
    while is_of_rows(at := area.EndColumn + trail + 1) and not _has_title(sheet, area, at):
        trail += 1
    return lead, trail


def _has_title(sheet: Any, area: Any, at: int) -> bool:
    """Whether the cell above the headers looks, in this column, like the title that the table has there."""
    if area.StartRow == 0:
        return False
    own, other = (sheet.getCellByPosition(one, area.StartRow - 1) for one in (area.StartColumn, at))
    there = bool(own.getString() and other.getString())
    plain, looks, others = (
        [cell.getPropertyValue(name) for name in _TITLE_LOOKS] for cell in (sheet, own, other)
    )
    return there and looks == others and looks != plain


def overlap(one: Any, other: Any) -> bool:
    """Whether two areas share a cell."""
    return bool(
        one.Sheet == other.Sheet
        and one.StartRow <= other.EndRow
        and other.StartRow <= one.EndRow
        and one.StartColumn <= other.EndColumn
        and other.StartColumn <= one.EndColumn
    )


def _has_array(column: Any) -> bool:
    """Whether a formula in a column fills several rows."""
    sheet = column.getSpreadsheet()
    for row, text in enumerate(formulas_in(column)):
        if text and text.startswith("{"):
            cursor = sheet.createCursorByRange(column.getCellByPosition(0, row))
            cursor.collapseToCurrentArray()
            if cursor.getRows().getCount() > 1:
                return True
    return False


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
