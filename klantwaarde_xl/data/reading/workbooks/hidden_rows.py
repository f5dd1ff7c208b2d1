"""Rows of a sheet that are hidden, by a filter or by hand: whether they count, only the user can say."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from klantwaarde_xl.data.reading.workbooks.number_formats import OPEN, TABLE, part_of

_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)")
_GROUPED = re.compile(rb"\boutlineLevel=[\"'][1-9]")
_CHUNK = 1 << 20
_VISIBILITY, _AWAY = f"{TABLE}visibility", ("filter", "collapse")
_GROUP = f"{TABLE}table-row-group"


def hidden_rows(path: str, sheet: str) -> list[int]:
    """The rows of a sheet, from nought, that are hidden; not those of a group, folded up below its total.

    A workbook that is no .xlsx or .ods, or has parts that cannot be read, has none.
    """
    try:
        with zipfile.ZipFile(path) as file:
            if OPEN in file.namelist():
                with file.open(OPEN) as text:
                    return [*_of_open(text, sheet)]
            if (part := part_of(file, sheet)) is None:
                return []
            with file.open(part) as text:
                return [*_of_sheet(text)]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, RuntimeError, OSError):
        return []


def _of_sheet(text: IO[bytes]) -> Iterator[int]:
    """Seek them in the bytes: most sheets have none, and to parse a long one takes seconds."""
    rest = b""
    while chunk := text.read(_CHUNK):
        whole, mark, rest = (rest + chunk).rpartition(b">")
        for row in _ROW.finditer(whole + mark) if _HIDDEN.search(whole) else ():
            number = _NUMBER.search(row[1])
            if number and _HIDDEN.search(row[1]) and not _GROUPED.search(row[1]):
                yield int(number[1]) - 1


def _of_open(text: IO[bytes], sheet: str) -> Iterator[int]:
    """The same of a sheet of an OpenDocument; equal rows below one another have one element."""
    inside, row, groups = False, 0, 0
    for event, one in ElementTree.iterparse(text, events=("start", "end")):  # noqa: S314
        if one.tag == f"{TABLE}table" and event == "start":
            inside, row = one.get(f"{TABLE}name") == sheet, 0
        elif one.tag == _GROUP:
            groups += 1 if event == "start" else -1
        elif inside and event == "end" and one.tag == f"{TABLE}table-row":
            times = int(one.get(f"{TABLE}number-rows-repeated", "1"))
            if one.get(_VISIBILITY) in _AWAY and not groups:
                yield from range(row, row + min(times, _CHUNK))
            row += times
            one.clear()
