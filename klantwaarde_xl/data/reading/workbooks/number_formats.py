"""The currency of a workbook's cells that only their number format names, such as `[$$-409]#,##0.00`."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any
from xml.etree import ElementTree

from klantwaarde_xl.addresses import column_number
from klantwaarde_xl.data.reading.cells.currencies import currency_named

_EURO = "EUR"
# A currency with its country, a text between quotes, or a sign that stands for itself
_PARTS = re.compile(r'\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]|"([^"]*)"|\\?([€$£¥])')
_DOLLARS = {"1009": "CAD", "C09": "AUD", "1409": "NZD"}  # by the number of a country
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OPEN = "content.xml"  # of an OpenDocument
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WIDEST = 1000  # equal cells beside one another


def named_in(form: str) -> str:
    """The code of the currency that a number format names; empty for none."""
    for symbol, country, text, sign in _PARTS.findall(form.split(";")[0]):
        word = (symbol or text or sign).strip()
        if code := currency_named(word):
            return _DOLLARS.get(country.upper(), code) if word == "$" else code
    return ""


def with_currencies(path: str, sheet: str, rows: list[list[Any]], columns: Sequence[int]) -> None:
    """Write the currency before numbers in these columns of a sheet, where one of them is not in euros.

    rows: all cells of the sheet, from its first. A workbook whose formats name nothing but euros is left
    alone, and so is one that is no .xlsx or .ods or has parts that cannot be read.
    """
    try:
        found = _found(path, sheet, columns)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, RuntimeError, OSError):
        return
    if set(found.values()) <= {_EURO}:
        return
    for (row, column), code in found.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # So many decimals that no point is one of thousands
            rows[row][column] = f"{code} {value:.6f}"


def _found(path: str, sheet: str, columns: Sequence[int]) -> dict[tuple[int, int], str]:
    """The currency of each cell of these columns that has one; none where all styles are in euros."""
    with zipfile.ZipFile(path) as file:
        if OPEN in file.namelist():
            with file.open(OPEN) as text:
                return _named(cells_of_open(text, sheet), columns, _open_currency)
        styles = _styles(file)
        if not set(styles.values()) - {_EURO} or (part := part_of(file, sheet)) is None:
            return {}
        with file.open(part) as text:
            return _named(cells_of_sheet(text), columns, lambda one: styles.get(one.get("s", ""), ""))


def _named(
    cells: Iterable[tuple[tuple[int, int], ElementTree.Element]],
    columns: Sequence[int],
    named: Callable[[ElementTree.Element], str],
) -> dict[tuple[int, int], str]:
    return {at: code for at, one in cells if at[1] in columns and (code := named(one))}


def _open_currency(cell: ElementTree.Element) -> str:
    """The currency that a cell of an OpenDocument names itself."""
    return currency_named(cell.get(f"{_OFFICE}currency", ""))


def _styles(file: zipfile.ZipFile) -> dict[str, str]:
    """The currency of each style of cells that has one."""
    if "xl/styles.xml" not in file.namelist():
        return {}
    with file.open("xl/styles.xml") as text:
        root = ElementTree.parse(text).getroot()  # noqa: S314  (in the child, which may die of it)
    forms = {
        one.get("numFmtId", ""): named_in(one.get("formatCode", "")) for one in root.iter(f"{_MAIN}numFmt")
    }
    cells = root.find(f"{_MAIN}cellXfs")
    kinds = [] if cells is None else [one.get("numFmtId", "") for one in cells]
    return {str(at): forms[kind] for at, kind in enumerate(kinds) if forms.get(kind)}


def part_of(file: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of a workbook in which a sheet stands."""
    names = file.namelist()
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= {*names}:
        return None
    with file.open("xl/workbook.xml") as text:
        book = ElementTree.parse(text).getroot()  # noqa: S314
    with file.open("xl/_rels/workbook.xml.rels") as text:
        links: Mapping[str, str] = {
            one.get("Id", ""): one.get("Target", "")
            for one in ElementTree.parse(text).getroot()  # noqa: S314
        }
    # Strict workbooks have these names in other spaces
    ours = (one for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet)
    ids = (value for one in ours for key, value in one.items() if key.endswith("}id"))
    target = links.get(next(ids, ""), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def cells_of_sheet(text: IO[bytes]) -> Iterator[tuple[tuple[int, int], ElementTree.Element]]:
    """The place and the element of each cell of a sheet."""
    for _, one in ElementTree.iterparse(text):  # noqa: S314
        if one.tag == f"{_MAIN}c":
            yield _place(one.get("r", "A1")), one
        elif one.tag == f"{_MAIN}row":
            one.clear()


def cells_of_open(text: IO[bytes], sheet: str) -> Iterator[tuple[tuple[int, int], ElementTree.Element]]:
    """The same of a sheet of an OpenDocument; equal cells beside one another have one element."""
    inside, row, column = False, 0, 0
    for event, one in ElementTree.iterparse(text, events=("start", "end")):  # noqa: S314
        if one.tag == f"{TABLE}table" and event == "start":
            inside, row, column = one.get(f"{TABLE}name") == sheet, 0, 0
        elif inside and event == "end" and one.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = int(one.get(f"{TABLE}number-columns-repeated", "1"))
            yield from (((row, column + at), one) for at in range(min(times, _WIDEST)))
            column += times
        elif inside and event == "end" and one.tag == f"{TABLE}table-row":
            row, column = row + int(one.get(f"{TABLE}number-rows-repeated", "1")), 0
            one.clear()


def _place(reference: str) -> tuple[int, int]:
    """The row and column, from nought, of a reference such as `C2`."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 1) - 1, column_number(letters) - 1
