"""Which cell of a range a function cannot read, and why: said in words, for one cell."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import Any

from klantwaarde_xl.dutch import format_date, format_number, serial_to_date
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.cells import LAST_DAY, error_in, is_blank, to_float
from klantwaarde_xl.functions.adapter.ranges import Block

NO_FAULT = "geen fout gevonden"
EMPTY = "het bereik is leeg"


class Expected(IntEnum):
    """What every cell of the range has to be."""

    NUMBER = 0
    DATE = 1
    NAME = 2


class Blank(IntEnum):
    """What a blank cell between the data is."""

    SKIPPED = 0  # as in a range of answers
    FAULT = 1  # as in a column that goes row by row with others


def first_fault(
    block: Block,
    expected: float = Expected.NUMBER,
    blank: float = Blank.SKIPPED,
    lowest: float | None = None,
    highest: float | None = None,
) -> str:
    """The first cell that cannot be read, by its row in the range, and why; in Dutch (D33).

    block: the rows with data; expected: an `Expected`; blank: a `Blank`; lowest, highest: what a
    number or day may be at least and at most, None for no limit. `NO_FAULT` when every cell can be read,
    `EMPTY` when there is none. Header and blanks as for every function (`adapter/ranges.py`).
    """
    if not block.rows:
        return EMPTY
    wide = len(block.rows[0]) > 1
    before = block.numbers[0] - 1
    for number, row in zip(block.numbers, block.rows, strict=True):
        if blank == Blank.FAULT and number > before + 1:
            return f"rij {before + 1} van het bereik is leeg"
        before = number
        for column, cell in enumerate(row, 1):
            if is_blank(cell):
                wrong = " is leeg" if blank == Blank.FAULT else ""
            else:
                wrong = _fault(cell, Expected(int(expected)), lowest, highest)
            if wrong:
                place = f"rij {number}{f', kolom {column}' if wide else ''} van het bereik"
                return f"{place}{wrong}"
    return NO_FAULT


def _fault(cell: Any, expected: Expected, lowest: float | None, highest: float | None) -> str:
    """What is wrong with a filled cell, to stand behind its place; empty when nothing is."""
    if isinstance(error := error_in(cell), CellError):
        return f": in de cel staat zelf de fout {error.dutch}"
    if expected is Expected.NAME:
        return "" if isinstance(cell, (str, int, float, dt.date)) else ": geen naam of nummer"
    value = to_float(cell, is_date=expected is Expected.DATE)
    if value is None or value != value:
        kind = "datum" if expected is Expected.DATE else "getal"
        or_two = ", of is op twee manieren te lezen" if _has_digit(cell) else ""
        return f": {_shown(cell)} is geen {kind}{or_two}"
    is_date = expected is Expected.DATE
    if is_date and value < 1:
        return f": {_shown(cell)} ligt voor 1900"
    if lowest is not None and value < lowest:
        return (
            f": {_seen(cell, is_date)} {'ligt voor' if is_date else 'is lager dan'} {_seen(lowest, is_date)}"
        )
    if highest is not None and value > highest:
        return (
            f": {_seen(cell, is_date)} {'ligt na' if is_date else 'is hoger dan'} {_seen(highest, is_date)}"
        )
    return ""


def _seen(cell: Any, is_date: bool) -> str:
    """A cell or a limit as a user sees it: a sheet holds a day as its number."""
    day = to_float(cell) if is_date and not isinstance(cell, str) else None
    return _shown(cell if day is None or not 1 <= day <= LAST_DAY else serial_to_date(day))


def _has_digit(cell: Any) -> bool:
    return isinstance(cell, str) and any(map(str.isdigit, cell))


def _shown(cell: Any) -> str:
    if isinstance(cell, str):
        text = cell.strip()
        return f'"{text if len(text) <= 40 else text[:39] + "…"}"'
    if isinstance(cell, dt.date):
        return format_date(cell)
    value = to_float(cell)
    return "de inhoud" if value is None or value != value else format_number(value)
