"""Our looks as cell styles with the numbers that spreadsheet programs know, such as Invoer and Uitvoer.

A user finds them in his own language, and cells say only what differs from their style, so that a program
may let them follow it: LibreOffice gives them the style and keeps their looks. XlsxWriter knows no cell
styles, so they are put in the part that it made (ECMA-376, part 1, 18.8.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from klantwaarde_xl.xlsx.archive import Archive

_PART = "xl/styles.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _BuiltIn(NamedTuple):
    """A style that every program has: its English name, its number, and our roles that look like it."""

    name: str
    number: int
    roles: tuple[str, ...]


_BUILT_IN = (
    _BuiltIn("Title", 15, ("title",)),
    _BuiltIn("Heading 1", 16, ("heading",)),
    _BuiltIn("Heading 2", 17, ("finding",)),
    _BuiltIn("Heading 3", 18, ("header", "header_text", "header_right")),
    _BuiltIn("Input", 20, ("input",)),
    _BuiltIn("Output", 21, ("output", "output_wrap")),
    _BuiltIn("Calculation", 22, ("calculation", "given")),
    _BuiltIn("Explanatory Text", 53, ("note", "remark")),
    _BuiltIn("Warning Text", 11, ("warning",)),
    _BuiltIn("Hyperlink", 8, ("link",)),
)
# What a style says: font, fill and border, as the built-in ones do; its number format is the cell's own
_SAYS = {"fontId": "applyFont", "fillId": "applyFill", "borderId": "applyBorder"}


def with_named_styles(workbook: bytes, used: Mapping[str, Iterable[int]]) -> bytes:
    """Return a workbook whose cell formats belong to named styles.

    used: by role the numbers that its formats have in the workbook.
    """
    archive = Archive.read_from(workbook)
    root = etree.fromstring(archive.read(_PART))
    looks, cells, names = (next(root.iter(_MAIN + one)) for one in ("cellStyleXfs", "cellXfs", "cellStyles"))
    for style in _BUILT_IN:
        own = [cells[at] for role in style.roles for at in sorted(used.get(role, ()))]
        if not own:
            continue
        number = str(len(looks))
        look = _look(own[0])
        looks.append(look)
        names.append(
            names.makeelement(
                _MAIN + "cellStyle",
                {"name": style.name, "xfId": number, "builtinId": str(style.number), "customBuiltin": "1"},
            )
        )
        for cell in own:
            cell.set("xfId", number)
            for what, applied in _SAYS.items():
                if cell.get(what) == look.get(what):
                    _without(cell, applied)
    for each in (looks, names):
        each.set("count", str(len(each)))
    archive.replace(_PART, (etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),))
    return archive.to_bytes()


def _look(cell: etree._Element) -> etree._Element:
    """What the format of a cell says as a style."""
    look = deepcopy(cell)
    _without(look, "xfId", *_SAYS.values())
    for child in look.findall(_MAIN + "alignment"):
        look.remove(child)
    look.set("numFmtId", "0")
    look.set("applyNumberFormat", "0")
    look.set("applyAlignment", "0")
    if not len(look):
        look.set("applyProtection", "0")
    return look


def _without(element: etree._Element, *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]
