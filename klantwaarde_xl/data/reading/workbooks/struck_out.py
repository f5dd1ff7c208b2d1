"""Rows of a sheet that somebody struck through: done with, or no sale any more, which only he can say."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from typing import IO
from xml.etree import ElementTree

from klantwaarde_xl.data.reading.workbooks.number_formats import (
    OPEN,
    TABLE,
    cells_of_open,
    cells_of_sheet,
    part_of,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NONE = ("0", "false", "none", "")
_ENOUGH = 2  # cells of ours in a row, where its amount is not among them


def struck_rows(path: str, sheet: str, places: Collection[int], amount: int | None) -> list[int]:
    """The rows of a sheet, from nought, whose amount is struck through, or two cells of these places.

    A workbook that is no .xlsx or .ods, or has parts that cannot be read, has none.
    """
    try:
        found = _found(path, sheet)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, RuntimeError, OSError):
        return []
    rows: dict[int, set[int]] = {}
    for row, column in found:
        if column in places:
            rows.setdefault(row, set()).add(column)
    return sorted(row for row, there in rows.items() if amount in there or len(there) >= _ENOUGH)


def _found(path: str, sheet: str) -> list[tuple[int, int]]:
    with zipfile.ZipFile(path) as file:
        if OPEN in file.namelist():
            with file.open(OPEN) as text:
                styles = {*_open_styles(text)}
            if not styles:
                return []
            with file.open(OPEN) as text:
                return [
                    at for at, one in cells_of_open(text, sheet) if one.get(f"{TABLE}style-name") in styles
                ]
        styles = {*_styles(file)}
        if not styles or (part := part_of(file, sheet)) is None:
            return []
        with file.open(part) as text:
            return [at for at, one in cells_of_sheet(text) if one.get("s", "") in styles]


def _styles(file: zipfile.ZipFile) -> Iterator[str]:
    """The styles of cells whose font is struck through, by number."""
    if "xl/styles.xml" not in file.namelist():
        return
    with file.open("xl/styles.xml") as text:
        root = ElementTree.parse(text).getroot()  # noqa: S314  (in the child, which may die of it)
    fonts, cells = ([*root.iterfind(f"{_MAIN}{name}/*")] for name in ("fonts", "cellXfs"))
    struck = {str(at) for at, font in enumerate(fonts) if _is_on(font.find(f"{_MAIN}strike"))}
    for at, one in enumerate(cells):
        if one.get("fontId", "") in struck:
            yield str(at)


def _is_on(strike: ElementTree.Element | None) -> bool:
    return strike is not None and strike.get("val", "1") not in _NONE


def _open_styles(text: IO[bytes]) -> Iterator[str]:
    """The same of an OpenDocument, by name; these stand before its cells."""
    name = ""
    for event, one in ElementTree.iterparse(text, events=("start", "end")):  # noqa: S314
        if one.tag == f"{_STYLE}style" and event == "start":
            name = one.get(f"{_STYLE}name", "")
        elif one.tag == f"{_STYLE}text-properties" and event == "start":
            kinds = [
                value
                for key, value in one.attrib.items()
                if re.search("}text-line-through-(style|type)", key)
            ]
            if kinds and not any(value in _NONE for value in kinds):
                yield name
        elif one.tag == f"{TABLE}table":
            return
