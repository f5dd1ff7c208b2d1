"""Formulas in a workbook whose outcome the file does not hold: nobody opened it since a program wrote them.

A reader sees an empty cell there, or the nought that some programs put in its place.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.data.reading.workbooks.number_formats import part_of
from klantwaarde_xl.data.reading.workbooks.sheets import Sheet

_FIRST = 20  # rows below the header that tell
_MOST = 4 << 20  # bytes of a sheet that are looked at: these rows and more
_CELL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>0?</v>)?\s*</c>'
)


def without_outcome(path: Path, sheet: Sheet, amount: str) -> tuple[str, str] | None:
    """The first cell that holds a formula without its outcome in a column that is read, and its header.

    amount: our name for the column in which nought in each of the first rows is no outcome either. None where
    there is none, and for a workbook of another form than .xlsx.
    """
    first = sheet.header.at + 2  # the row below the header, as a spreadsheet counts
    rows = [(first + at, row) for at, row in enumerate(sheet.data[:_FIRST])]
    places = sheet.header.places
    is_nought = amount in places and all(_at(row, places[amount]) in (0, "", None) for _, row in rows)
    cells = {
        f"{column_letter(place + 1)}{number}": place
        for number, row in rows
        for name, place in places.items()
        if (_at(row, place) in ("", None) or (name == amount and is_nought)) and _tells(row, places, place)
    }
    if not cells or not zipfile.is_zipfile(path):
        return None
    cell = _first_cell(path, sheet.name, cells)
    return (cell, sheet.header.texts[cells[cell]]) if cell else None


def _tells(row: Sequence[object], places: Mapping[str, int], place: int) -> bool:
    """Whether a row is one of data beside a cell, and no total, which has a word there at most."""
    return sum(_at(row, other) not in ("", None) for other in places.values() if other != place) > 1


def _at(row: Sequence[object], place: int) -> object:
    return row[place] if place < len(row) else ""


def _first_cell(path: Path, name: str, cells: Collection[str]) -> str:
    with zipfile.ZipFile(path) as book:
        part = part_of(book, name)
        if part is None:
            return ""
        with book.open(part) as file:
            text = file.read(_MOST)
    return next((cell for found in _CELL.finditer(text) if (cell := found[1].decode()) in cells), "")
