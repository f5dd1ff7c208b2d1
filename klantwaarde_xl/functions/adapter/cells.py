"""What a cell means: a number, a date, text, a blank or an error, whatever the host calls it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from numbers import Real
from typing import Any

import numpy as np

from klantwaarde_xl.dutch import date_to_serial, format_number, parse_date, parse_number
from klantwaarde_xl.errors import BY_TEXT, CellError, OutOfRange, WrongType, error_of
from klantwaarde_xl.functions.spec import Arg, Kind, Spec
from klantwaarde_xl.kernels.arrays import Floats

LAST_DAY = 2958465  # 31 December 9999, the last date of a spreadsheet
_LIKE_DIGITS = "olis"  # `o5` is a mistyped 05
_NUMBERS = {float, int, bool}
_ROWS = {list, tuple}
# What stands in a column for an answer that is not there; never the name of the column
NO_ANSWER = {
    "na", "n.a.", "n/a", "nan", "nb", "n.b.", "nvt", "n.v.t.", "null", "none", "nil", "leeg", "onbekend",
    "geen", "geen antwoord", "geen mening", "weet niet", "weet ik niet", "niet ingevuld",
}  # fmt: skip


def numbers_in(spec: Spec, arg: Arg, cell: Any) -> Any:
    """An argument as a float, or as a 2-D array when it is a range of more than one cell."""
    if not is_range(cell):
        return number_in(spec, arg, cell)
    rows = as_rows(cell)
    widths = set(map(len, rows))
    if len(rows) == 1 and widths == {1}:
        return number_in(spec, arg, rows[0][0])
    if len(widths) > 1:  # no spreadsheet does this, a caller from Python may
        width = max(widths)
        rows = [[*row, *[CellError.NA] * (width - len(row))] for row in rows]
    cells = [row[0] for row in rows] if widths == {1} else list(chain.from_iterable(rows))
    return _floats(spec, arg, cells).reshape(len(rows), -1)


def _floats(spec: Spec, arg: Arg, cells: list[Any]) -> Floats:
    """Cells as floats: all at once when they are numbers, else those that are not one by one."""
    if arg.choices or not set(map(type, cells)) <= _NUMBERS:
        read: dict[Any, float] = {}
        cells = [
            one if type(one) is float and not arg.choices else _remembered(spec, arg, one, read)
            for one in cells
        ]
    try:
        array = np.array(cells, dtype=np.float64)
    except OverflowError:  # a whole number beyond a float
        array = np.array([number_in(spec, arg, one) for one in cells])
    return np.where(np.isinf(array), CellError.NUM.nan, array)


def _remembered(spec: Spec, arg: Arg, cell: Any, read: dict[Any, float]) -> float:
    """The number of a cell; the same text is read once."""
    if type(cell) is not str:
        return number_in(spec, arg, cell)
    if cell not in read:
        read[cell] = number_in(spec, arg, cell)
    return read[cell]


def number_in(spec: Spec, arg: Arg, cell: Any) -> float:
    """One cell as a float; an error, or what is no number, as that error's NaN."""
    if arg.choices and isinstance(cell, str) and cell.strip():
        words = {choice.word: float(choice.code) for choice in arg.choices}
        word = cell.strip().casefold()
        if word in words:
            return words[word]
    value = to_float(cell, is_date=arg.kind is Kind.DATE)
    if value is None:
        if spec.is_optional(arg):
            return float(spec.defaults[arg.name])
        return CellError.VALUE.nan
    if arg.choices and value == value and value not in [choice.code for choice in arg.choices]:
        return CellError.NUM.nan
    return value


def refuse_choice(arg: Arg, cell: Any) -> None:
    """Raise for what is none of an argument's choices, with those that there are; never for an error."""
    if not arg.choices or error_in(cell) is not None or is_blank(cell):
        return
    known = ", ".join(f'"{choice.word}" ({choice.code})' for choice in arg.choices)
    value = to_float(cell)
    if value is None or value != value:
        raise WrongType(f"{arg.name} {str(cell).strip()!r} bestaat niet.", remedy=f"Kies uit: {known}.")
    raise OutOfRange(f"{arg.name} {format_number(value)} bestaat niet.", remedy=f"Kies uit: {known}.")


def to_float(cell: Any, *, is_date: bool = False) -> float | None:
    """A cell's number (dates as day numbers), an error's NaN, or None for a blank."""
    if cell is None:
        return None
    if isinstance(cell, CellError):
        return cell.nan
    if isinstance(cell, str):
        return _text_to_float(cell, is_date=is_date)
    if isinstance(cell, dt.date):
        return date_to_serial(cell)
    if not isinstance(cell, (Real, Decimal)):
        return CellError.VALUE.nan
    try:
        value = float(cell)
    except (OverflowError, ValueError):
        return CellError.NUM.nan
    if is_date and value > LAST_DAY:
        return CellError.VALUE.nan  # such as 20240115
    if value in (np.inf, -np.inf):
        return CellError.NUM.nan
    return value if value == value else (error_of(value) or CellError.NUM).nan


def _text_to_float(text: str, *, is_date: bool) -> float | None:
    body = text.strip()
    if not body:
        return None
    if body in BY_TEXT:
        return BY_TEXT[body].nan
    if is_date:
        date = parse_date(body)
        return date_to_serial(date) if date else CellError.VALUE.nan
    number = parse_number(body)
    return CellError.VALUE.nan if number is None else number


def error_in(cell: Any) -> CellError | None:
    """The error that a cell holds, if it holds one."""
    if isinstance(cell, CellError):
        return cell
    if isinstance(cell, str):
        return BY_TEXT.get(cell.strip())
    if isinstance(cell, float):
        return error_of(cell)
    return None


def is_range(cell: Any) -> bool:
    """Whether an argument is rows of cells rather than one cell."""
    return isinstance(cell, (list, tuple, np.ndarray))


def as_rows(cell: Any) -> Sequence[Sequence[Any]]:
    """Rows of cells; a flat list is one column, an empty range one blank."""
    if isinstance(cell, (list, tuple)) and cell and set(map(type, cell)) <= _ROWS and all(cell):
        return cell
    rows = list(cell) or [None]
    return [list(row) or [None] if is_range(row) else [row] for row in rows]


def flat_cells(cell: Any) -> list[Any]:
    """All cells of an argument, row by row."""
    if not is_range(cell):
        return [cell]
    return list(chain.from_iterable(as_rows(cell)))


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing, or text without a character."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_word(cell: Any) -> bool:
    """Whether a cell can only be a name: text with a letter, no number, date, error or "no answer".

    A digit and one letter (`5x`) are a mistyped number, and a letter before digits is a name (`Q1`), where it
    does not look like one; `EUR` is a currency.
    """
    if not isinstance(cell, str) or error_in(cell) is not None:
        return False
    text = cell.strip().casefold()
    letters = sum(map(str.isalpha, text.replace("eur", "") if text != "eur" else text))
    if re.fullmatch(r"[a-z][ ._-]?[0-9]{1,3}", text) and text[0] not in _LIKE_DIGITS:
        return True
    if letters == 0 or (letters == 1 and any(map(str.isdigit, text))) or text in NO_ANSWER:
        return False
    return parse_number(text) is None and parse_date(text) is None


def is_omitted(cell: Any) -> bool:
    """Whether a range argument was left out: nothing, or one blank cell."""
    cells = flat_cells(cell)
    return len(cells) <= 1 and all(is_blank(one) for one in cells)
