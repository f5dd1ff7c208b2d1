"""Where a name stands in a workbook, whatever part holds it, and what cannot be looked into."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from klantwaarde_xl.addresses import address, area
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.drawings import ANCHORS, corner
from klantwaarde_xl.xlsx.scan import local, parse
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.words import Words

_XML = (".xml", ".vml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".svg")
# By what the name of a part has in it, the first that fits
_PARTS = (
    ("threadedcomment", "gesprek bij een cel"),
    ("comment", "opmerking bij een cel"),
    ("person", "namen van wie opmerkingen schreven"),
    ("pivot", "draaitabel"),
    ("slicer", "slicer"),
    ("chart", "grafiek"),
    ("drawing", "tekst in een vorm"),
    ("tables/", "tabel"),
    ("docprops", "eigenschappen van het bestand"),
    ("workbook.xml", "naam van een blad, of een naam in het werkboek"),
    ("vba", "macro"),
)
_AROUND = "regel, keuzelijst, filter of kop- en voettekst"  # what stands around the cells of a sheet
_LINK = "koppeling"
_ADDRESSES = frozenset({"r", "ref", "sqref", "activeCell", "topLeftCell", "spans"})
_FORMULAS = frozenset(
    {"f", "definedName", "formula", "formula1", "formula2", "sqref", "calculatedColumnFormula"}
)
# Elements that say of which cells they are
_PLACED = frozenset(
    {"comment", "threadedComment", "hyperlink", "dataValidation", "conditionalFormatting", "autoFilter"}
)


@dataclass(frozen=True)
class Mention:
    """A place where a name stands: what it is in Dutch, the sheet and the cells, and what stands there.

    Sheet, cells and text are empty where there are none. seen: False for a part that cannot be looked into.
    """

    what: str
    sheet: str = ""
    cell: str = ""
    text: str = field(default="", compare=False)
    seen: bool = True

    @property
    def row(self) -> int:
        """The first row of its cells; 0 without cells."""
        try:
            return area(self.cell.partition(" ")[0]).top
        except ValueError:
            return 0

    def __str__(self) -> str:
        where = [f"blad {self.sheet}" if self.sheet else "", f"cel {self.cell}" if self.cell else ""]
        said = f': "{self.text}"' if self.text else ""
        return ", ".join(filter(None, [self.what, *where])) + said


def mentions(structure: Structure, words: Words) -> list[Mention]:
    """Every place where a name stands, once: cells, then all other parts by the sheet that they are of."""
    return list(dict.fromkeys(_mentions(structure, words)))


def _mentions(structure: Structure, words: Words) -> Iterator[Mention]:
    sheets = {sheet.part: sheet.name for sheet in structure.worksheets}
    strings = next(iter(structure.related(structure.workbook_part, "sharedStrings")), "")
    for part, name in sheets.items():
        yield from _in_cells(structure, part, name, words)
        yield from _around_cells(structure, part, name, words)
    used = used_strings(structure, {at for at, text in enumerate(structure.strings) if words.is_in(text)})
    if any(words.is_in(text) for at, text in enumerate(structure.strings) if at not in used):
        yield Mention("tekst die in geen cel meer staat")
    owners = _owners(structure, sheets)
    for part in structure.archive.names():
        if part.endswith(".rels"):
            yield from _in_links(structure, part, sheets | owners, words)
        elif part not in sheets and part != strings:
            yield from _in_part(structure, part, owners.get(part, ""), words)


def _in_cells(structure: Structure, part: str, name: str, words: Words) -> Iterator[Mention]:
    sheet = structure.archive.once(part, SheetXml)
    for row in sheet.rows():
        for cell in sheet.cells(row):
            if not cell.inner:
                continue
            value = sheet.value(cell, structure.strings)
            formula = sheet.formula(cell)
            place = address(row.number, cell.column)
            if formula is not None and any(map(words.is_in, _literals(formula.text))):
                yield Mention("formule", name, place, words.shortened(f"={formula.text}"))
            elif formula is not None and formula.text in words.others:
                continue  # it is computed, from what stands in other cells
            elif isinstance(value, str) and words.is_in(value):
                yield Mention("tekst", name, place, words.shortened(value))


def _around_cells(structure: Structure, part: str, name: str, words: Words) -> Iterator[Mention]:
    for element, cell, text in _places(_read(structure, part), words):
        yield Mention(_LINK if element == "hyperlink" else _AROUND, name, cell, text)


def _read(structure: Structure, part: str) -> etree._Element:
    """A part, of a worksheet what stands around the cells."""
    if part not in {sheet.part for sheet in structure.worksheets}:
        return structure.archive.once(part, parse)
    sheet = structure.archive.once(part, SheetXml)
    return parse(sheet.data[: sheet.head_end] + sheet.data[sheet.tail_start :], part)


def _in_links(
    structure: Structure, arrows: str, owners: Mapping[str, str], words: Words
) -> Iterator[Mention]:
    """Where links lead, by the cell that has them, or that the picture with it lies on."""
    folder, _, name = arrows.rpartition("/")
    source = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
    part = structure.archive.resolve(source) or ""
    for arrow in structure.relationships(part):
        text = unquote(arrow.target)
        if not arrow.external or not words.is_in(text):
            continue
        cells = _cells_with(_read(structure, part), arrow.id) if part.endswith(".xml") else ()
        for cell in list(cells) or [""]:
            yield Mention(_LINK, owners.get(part, ""), cell, words.shortened(text))


def _cells_with(root: etree._Element, identity: str) -> Iterator[str]:
    """The cells of the elements that use a relationship."""
    for element in root.iter():
        cell = _cell_of(element)
        if cell and any(identity in one.attrib.values() for one in element.iter()):
            yield cell


def _cell_of(element: etree._Element) -> str:
    """The cells that an element says it is of, or the one under its corner; empty for neither."""
    name = local(element)
    if name.encode() in ANCHORS:
        place = corner(element)
        return address(*place) if place else ""
    return element.get("ref") or element.get("sqref") or "" if name in _PLACED else ""


def used_strings(structure: Structure, wanted: set[int]) -> set[int]:
    """Which of the shared strings, by number, a cell shows."""
    found: set[int] = set()
    for place in structure.worksheets if wanted else ():
        sheet = structure.archive.once(place.part, SheetXml)
        for row in sheet.rows():
            for cell in sheet.cells(row):
                match = sheet.value_pattern.search(cell.inner) if cell.type == b"s" else None
                if match is not None and int(match[1]) in wanted:
                    found.add(int(match[1]))
    return found


def _owners(structure: Structure, sheets: dict[str, str]) -> dict[str, str]:
    """By part the sheet that it hangs from, also from a part of that sheet's."""
    owners: dict[str, str] = {}
    for part, name in sheets.items():
        for first in structure.relationships(part):
            if first.external:
                continue
            owners.setdefault(first.target, name)
            for second in structure.relationships(first.target):
                if not second.external:
                    owners.setdefault(second.target, name)
    return owners


def _in_part(structure: Structure, part: str, sheet: str, words: Words) -> Iterator[Mention]:
    lower = part.lower()
    what = next((said for piece, said in _PARTS if piece in lower), "onderdeel van het bestand")
    if lower.endswith(_PICTURES):
        yield Mention("afbeelding", sheet, seen=False)
        return
    data = structure.archive.read(part)
    if lower.endswith(_XML):
        try:
            places = list(_places(parse(data, part), words))
        except WorkbookUnsafe:  # vml, as programs write it
            raw = data.decode("utf-8", "replace") if words.has_letters else ""
            places = [("", "", "")] if words.is_in(raw) else []
        yield from (Mention(what, sheet, cell, text) for _, cell, text in places)
        return
    if words.has_letters and any(
        words.is_in(data.decode(code, "replace")) for code in ("utf-8", "utf-16-le", "cp1252")
    ):
        yield Mention(what, sheet)
    elif "embeddings" in lower:
        yield Mention("ingevoegd bestand", sheet, seen=False)


def _places(root: etree._Element, words: Words) -> Iterator[tuple[str, str, str]]:
    """Where a part has the name: the element, its cells and its text; else the first text without a cell."""
    inside: set[etree._Element] = set()
    for element in root.iter():
        cell = _cell_of(element) if element not in inside else ""
        if cell:
            inside.update(element.iter())
            said = [text for text in _texts(element.iter(), words) if text not in words.others]
            hits = [text for text in (*said, " ".join(said)) if words.is_in(text)]
            if hits:
                yield local(element), cell, words.shortened(hits[0])
    rest = (text for text in _texts((one for one in root.iter() if one not in inside), words))
    first = next(filter(words.is_in, rest), None)
    if first is not None:
        yield "", "", words.shortened(first)


def texts_of(structure: Structure) -> frozenset[str]:
    """Every text of a workbook: of cells, in formulas, of all other parts; and every formula."""
    found = set(structure.strings)
    for place in structure.worksheets:
        sheet = structure.archive.once(place.part, SheetXml)
        for row in sheet.rows():
            for cell in sheet.cells(row):
                value, formula = sheet.value(cell, structure.strings), sheet.formula(cell)
                if isinstance(value, str):
                    found.add(value)
                if formula is not None:
                    found.update([formula.text, *_literals(formula.text)])
    for part in structure.archive.names():
        if part.endswith(_XML):
            found.update(_all_texts(parse(structure.archive.read(part), part).iter(), attributes=True))
    return frozenset(found)


def _literals(formula: str) -> list[str]:
    """The texts in a formula: `K10001` outside of them is a cell, and 10001 a number."""
    return re.findall(r'"((?:[^"]|"")*)"', formula)


def _texts(elements: Iterable[etree._Element], words: Words) -> Iterator[str]:
    """Every attribute, and the text of every element with its pieces (runs) together.

    Of a name without letters only texts with letters: anything else is a number of something else.
    """
    for text in _all_texts(elements, attributes=words.has_letters):
        if words.has_letters or any(map(str.isalpha, text)):
            yield text


def _all_texts(elements: Iterable[etree._Element], *, attributes: bool) -> Iterator[str]:
    for element in elements:
        if attributes:
            yield from (str(text) for name, text in element.attrib.items() if name not in _ADDRESSES)
        if local(element) in _FORMULAS:
            yield from _literals(element.text or "")
        elif local(element) in ("si", "comment", "is", "p", "property"):
            yield "".join(map(str, element.itertext()))
        elif element.text:
            yield element.text
