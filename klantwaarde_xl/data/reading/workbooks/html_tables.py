"""Tables of a web page under the name of a workbook, as many programs export `.xls`: each is a sheet.

It runs in the child, which may die of a hostile file. What a cell shows is read as the text of a CSV is.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree

from klantwaarde_xl.data.reading.workbooks.spreadsheet_xml import Corner, XmlSheet
from klantwaarde_xl.limits import MOST_FIELDS, MOST_TABLE_CELLS

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*(?:charset|encoding)\s*=", re.IGNORECASE)
_LOOKED = 1 << 16  # first bytes, in which a page says its encoding
_TALLEST = 65_536  # rows that one cell may cover, as the old Excel has them


def tables_of(path: Path) -> dict[str, XmlSheet]:
    """The tables of a page without those that hold others, by their number; ValueError for none."""
    content = path.read_bytes()
    parser = etree.HTMLParser(encoding=_encoding(content), no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    found = [] if root is None else [one for one in root.iter("table") if one.find(".//table") is None]
    filled = [sheet for sheet in map(_table, found) if any(map(any, sheet.rows))]
    if not filled:
        raise ValueError("no table")
    return {f"tabel {at}": sheet for at, sheet in enumerate(filled, start=1)}


def _encoding(content: bytes) -> str | None:
    """How a page is written; None where it says so itself, which the parser knows."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _CHARSET.search(content[:_LOOKED]):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _table(table: etree._Element) -> XmlSheet:
    rows: list[list[str]] = []
    merged: list[tuple[Corner, Corner]] = []
    covered: dict[Corner, str] = {}  # by cells of rows above
    cells = 0
    for at, row in enumerate(table.iter("tr")):
        texts: list[str] = []
        for cell in row.iter("td", "th"):
            while (at, len(texts)) in covered:
                texts.append(covered[at, len(texts)])
            across, down = (_span(cell, way, most) for way, most in (("col", MOST_FIELDS), ("row", _TALLEST)))
            cells += across * down
            if cells > MOST_TABLE_CELLS:
                raise ValueError("more cells than a table has")
            first = len(texts)
            if across > 1 or down > 1:
                merged.append(((at, first), (at + down - 1, first + across - 1)))
            covered |= {(at + y, first + x): "" for y in range(1, down) for x in range(across)}
            texts += [_text(cell), *[""] * (across - 1)]
        while (at, len(texts)) in covered:
            texts.append("")
        rows.append(texts)
    return XmlSheet(rows, merged)


def _span(cell: etree._Element, way: str, most: int) -> int:
    """Over how many columns or rows a cell goes."""
    said = cell.get(f"{way}span", "1").strip()
    return min(max(int(said), 1), most) if said.isdigit() and len(said) < len(str(most)) + 1 else 1


def _text(cell: etree._Element) -> str:
    """What a cell shows, in one line."""
    return " ".join("".join(map(str, cell.itertext())).split())
