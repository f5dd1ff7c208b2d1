"""What a column of cells adds to a formula over it, so that the cells themselves need not be there."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple, cast

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.xlsx.alike import AlikeRows
from klantwaarde_xl.xlsx.sheet_write import MOST_WHOLE, first_day
from klantwaarde_xl.xlsx.values import DAYS_1904, Value

_KNOWN = {float, int, str, dt.date, dt.datetime, type(None)}


class Digest(NamedTuple):
    """How many cells are filled, how many with a number, and the sum and ends of these numbers."""

    filled: int = 0
    numbers: int = 0
    total: float = 0.0
    low: float | None = None
    high: float | None = None


class Running:
    """The digest of each column of cells as they stand in a workbook, made while their rows pass by."""

    def __init__(self, width: int) -> None:
        self._columns: list[Digest | None] = [Digest()] * width

    def add(self, rows: AlikeRows | Sequence[Sequence[Value]]) -> None:
        """Count some more rows."""
        if isinstance(rows, AlikeRows):
            found = [
                (len(column.shown) if column.numbers is None else 0, column.numbers)
                for column in rows.columns
            ]
            each = zip(self._columns, found, strict=True)
            self._columns = [one and _with_these(one, *column) for one, column in each]
        elif rows:
            columns = zip(self._columns, zip(*rows, strict=True), strict=True)
            self._columns = [one and _with(one, values) for one, values in columns]

    @property
    def digests(self) -> list[Digest] | None:
        """As `digests`; None too when a text is empty, which is no empty cell to every function."""
        return [one for one in self._columns if one] if None not in self._columns else None


def _with(one: Digest, values: Sequence[Value]) -> Digest | None:
    """A digest with some more cells; None when they count otherwise in one function than in another."""
    kinds = {*map(type, values)}
    if not kinds <= {float, str, type(None)}:
        return None
    is_all = kinds == {float}
    numbers = cast("Sequence[float]", values) if is_all else [one for one in values if type(one) is float]
    texts = len(values) - len(numbers) - values.count(None)
    if texts and "" in values:
        return None
    return _with_these(one, texts, numbers)


def _with_these(one: Digest, texts: int, numbers: Sequence[float] | None) -> Digest | None:
    """The same of so many texts and of these numbers."""
    if not numbers:
        return one._replace(filled=one.filled + texts)
    low, high, total = min(numbers), max(numbers), math.fsum(numbers)
    if not -MOST_WHOLE < low <= high < MOST_WHOLE or not math.isfinite(total):
        return None
    return Digest(
        one.filled + texts + len(numbers),
        one.numbers + len(numbers),
        math.fsum((one.total, total)),
        low if one.low is None else min(one.low, low),
        high if one.high is None else max(one.high, high),
    )


def digests(rows: Sequence[Sequence[Value]], width: int, *, date1904: bool) -> list[Digest] | None:
    """The digest of every column of rows as `CellWriter` writes them.

    None when a cell is neither plain text nor a plain number or day: a boolean and an error count
    otherwise in one function than in another.
    """
    found = []
    for at in range(width):
        one = _digest([row[at] for row in rows], date1904=date1904)
        if one is None:
            return None
        found.append(one)
    return found


def _digest(values: Sequence[Value], *, date1904: bool) -> Digest | None:
    if not set(map(type, values)) <= _KNOWN:
        return None
    texts = sum(1 for value in values if type(value) is str and value)
    numbers: list[float] = [value for value in values if type(value) is float or type(value) is int]
    days = [value for value in values if isinstance(value, dt.date)]
    behind, first = (DAYS_1904 if date1904 else 0), first_day(date1904=date1904)
    serials = [date_to_serial(day) - behind for day in days if dt.date(day.year, day.month, day.day) >= first]
    numbers += serials
    if not all(abs(number) < MOST_WHOLE for number in numbers) or len(serials) < len(days):
        return None
    if not numbers:
        return Digest(texts)
    filled = texts + len(numbers)
    return Digest(filled, len(numbers), math.fsum(numbers), float(min(numbers)), float(max(numbers)))
