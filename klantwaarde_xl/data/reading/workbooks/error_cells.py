"""Cells of a sheet that hold an error, which the reader of workbooks gives as blank ones."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from klantwaarde_xl.addresses import column_number
from klantwaarde_xl.data.reading.workbooks.number_formats import part_of

_SIGN = re.compile(rb"\bt=[\"']e[\"']")
_CELL = re.compile(
    rb"<c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*\br=[\"']([A-Z]{1,3})([1-9][0-9]{0,6})[\"'][^>]*(?<!/)>(?:(?!</c>).)*?<v>([^<]{1,40})</v>",
    re.DOTALL,
)
_BEGIN = b"<c "
_CHUNK = 1 << 20


def with_errors(path: str, sheet: str, rows: Sequence[list[Any]]) -> None:
    """Write the errors of a sheet of an .xlsx in the cells that came blank: `#N/A` is no empty cell.

    A workbook of another form, or with parts that cannot be read, is left as it is.
    """
    try:
        with zipfile.ZipFile(path) as file:
            part = part_of(file, sheet)
            if part is None:
                return
            with file.open(part) as text:
                for row, column, error in _errors(text):
                    if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", None):
                        rows[row][column] = error
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError):
        return


def _errors(text: IO[bytes]) -> Iterator[tuple[int, int, str]]:
    """Seek them in the bytes: most sheets have none. No cell is as long as what is read at once."""
    rest = b""
    while chunk := text.read(_CHUNK):
        whole, begin, last = (rest + chunk).rpartition(_BEGIN)
        yield from _in(whole)
        rest = begin + last if len(last) < _CHUNK else b""
    yield from _in(rest)


def _in(cells: bytes) -> Iterator[tuple[int, int, str]]:
    for cell in _CELL.finditer(cells) if _SIGN.search(cells) else ():
        yield int(cell[2]) - 1, column_number(cell[1].decode()) - 1, cell[3].decode()
