"""Days that stand as plain numbers in a workbook that counts from 1904: nothing in the cell says so."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Sequence
from typing import Any

_BEHIND = 1462  # days between the first of 1900 and of 1904, as spreadsheets count
_DAYS = range(20_000, 100_000)  # what can be a day so: no year, no month of one, and no `20240131`
_COUNTS_SO = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_BOOK = "xl/workbook.xml"


def with_days(path: str, rows: Sequence[list[Any]], places: Collection[int]) -> None:
    """Turn the numbers of these columns into those of 1900, where an .xlsx counts from 1904.

    A cell with the format of a day is one already.
    """
    if not places or not _is_of_1904(path):
        return
    for row in rows:
        for place in places:
            if place < len(row) and isinstance(row[place], float) and int(row[place]) in _DAYS:
                row[place] += _BEHIND


def _is_of_1904(path: str) -> bool:
    try:
        with zipfile.ZipFile(path) as file:
            return _COUNTS_SO.search(file.read(_BOOK)) is not None
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError):
        return False
