"""Typed cells as text: a number is marked, so that nobody doubts its point."""

from __future__ import annotations

import datetime as dt
from typing import Any

from klantwaarde_xl.errors import CellError, error_of

MARK = "\x02"


def cell_text(cell: Any) -> str:
    """A typed cell as marked text; an error value as its own text, a blank as nothing."""
    return marked(cell_value(cell))


def cell_value(cell: Any) -> float | dt.date | str:
    """What a typed cell holds: a number, a day, or a text; an error value its own, a blank none."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace(MARK, "") if MARK in cell else cell
    if type(cell) is float and cell == cell:  # most cells, and none that is an error
        return cell
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, bool):
        return "WAAR" if cell else "ONWAAR"
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, (dt.time, dt.timedelta)):
        return str(cell)
    number = float(cell)
    error = error_of(number)
    return error.text if error else number


def marked(value: float | dt.date | str) -> str:
    """A number with its mark, a day in ISO form, a text as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if -1e15 < value < 1e15 and (whole := int(value)) == value:
        return f"{MARK}{whole}"
    return f"{MARK}{value!r}"
