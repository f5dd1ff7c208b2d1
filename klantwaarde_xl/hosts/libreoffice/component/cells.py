"""Cells of a Calc document as plain values: numbers, text, None for a blank, a NaN for an error."""

from __future__ import annotations

from typing import Any

from .facts import error_nan

ROWS = 1_048_576  # of a sheet in Calc
ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult.ERROR


def arguments(given: tuple[Any, ...]) -> list[Any]:
    """Read the arguments of a function call; a cell range becomes rows of values.

    A reference to whole columns is read as far as its sheet is in use, or as far as one of them is
    filled when Calc hands over their values. Several of them are read equally far, so that their
    rows stay beside each other.
    """
    whole = [one for one in given if _is_range(one) and _is_whole_column(one)]
    copies = [one for one in given if isinstance(one, tuple) and len(one) == ROWS]
    if not whole and not copies:
        return [rows(one) if _is_range(one) else one for one in given]
    last = max(
        [*(_last_used_row(one.getSpreadsheet()) for one in whole), *(_last_filled_row(one) for one in copies)]
    )
    start = whole[0].getRangeAddress().StartRow if whole else 0
    height = whole[0].getSpreadsheet().getRows().getCount() - start if whole else ROWS
    return [_beside(one, last, start, height) for one in given]


def _last_filled_row(column: tuple[tuple[Any, ...], ...]) -> int:
    for row in range(len(column) - 1, 0, -1):
        if any(value not in ("", None) for value in column[row]):
            return row
    return 0


def _beside(argument: Any, last: int, start: int, height: int) -> Any:
    """An argument next to whole columns; one without a cell range comes as the values of all its cells."""
    if _is_range(argument):
        return _rows_of_argument(argument, last)
    is_column = isinstance(argument, tuple) and len(argument) == height
    return argument[: max(last - start, 0) + 1] if is_column else argument


def _is_range(argument: Any) -> bool:
    return hasattr(argument, "getDataArray")


def _rows_of_argument(cells: Any, last: int) -> tuple[tuple[Any, ...], ...]:
    if _is_whole_column(cells):
        area = cells.getRangeAddress()
        height = max(last - area.StartRow, 0)
        cells = cells.getCellRangeByPosition(0, 0, area.EndColumn - area.StartColumn, height)
    return rows(cells)


def rows(cells: Any) -> tuple[tuple[Any, ...], ...]:
    """Read a cell range: rows of floats, text, None for blanks, NaNs for errors."""
    found: tuple[tuple[Any, ...], ...] = cells.getDataArray()
    if any(None in row for row in found):  # Calc leaves error cells out
        found = _with_errors(cells, found)
    return tuple(tuple(None if value == "" else value for value in row) for row in found)


def _with_errors(cells: Any, found: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Any, ...], ...]:
    area = cells.getRangeAddress()
    sheet = cells.getSpreadsheet()
    filled = [list(row) for row in found]
    for part in cells.queryFormulaCells(ERROR_RESULTS).getRangeAddresses():
        for row in range(part.StartRow, part.EndRow + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                code = sheet.getCellByPosition(column, row).getError()
                filled[row - area.StartRow][column - area.StartColumn] = error_nan(code)
    return tuple(tuple(row) for row in filled)


def _is_whole_column(cells: Any) -> bool:
    is_to_the_end: bool = cells.getRangeAddress().EndRow == cells.getSpreadsheet().getRows().getCount() - 1
    return is_to_the_end


def _last_used_row(sheet: Any) -> int:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    row: int = cursor.getRangeAddress().EndRow
    return row
