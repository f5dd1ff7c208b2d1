"""Where a name stands in a workbook, whatever part holds it, and what cannot be looked into."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from klantwaarde_xl.addresses import address
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import local, parse
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_XML = (".xml", ".rels", ".vml")
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
    ("_rels", "koppeling"),
    ("vba", "macro"),
)


_ADDRESSES = frozenset({"r", "ref", "sqref", "activeCell", "topLeftCell", "spans"})
_FORMULAS = frozenset(
    {"f", "definedName", "formula", "formula1", "formula2", "sqref", "calculatedColumnFormula"}
)


@dataclass(frozen=True)
class Words:
    """A name that is looked for: as a word of its own, whatever its capitals, accents composed or not.

    longer: names of others in which it is a part; where those stand, it does not. others: whole texts that
    are known to be about something else, such as `jan` in the names of months, and whole formulas.
    """

    name: str
    longer: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()

    def is_whole(self, text: str) -> bool:
        """Whether a text is this name and nothing else."""
        return _plain(text) == _plain(self.name)

    def is_in(self, text: str) -> bool:
        """Whether a text has this name in it."""
        folded = _plain(text)
        if self._sought not in folded or text in self.others:
            return False
        for one in self._longer:
            folded = folded.replace(one, "\0")
        return self._pattern.search(folded) is not None

    @cached_property
    def has_letters(self) -> bool:
        """Whether it is more than a number, which may stand for anything."""
        return any(map(str.isalpha, self.name))

    @cached_property
    def _sought(self) -> str:
        return _plain(self.name)

    @cached_property
    def _longer(self) -> tuple[str, ...]:
        return tuple(sorted({_plain(one) for one in self.longer} - {self._sought}, key=len, reverse=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(self._sought)}(?!\w)")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(frozen=True)
class Mention:
    """A place where a name stands: what it is in Dutch, and the sheet and the cell, where it has those.

    seen: False for a part that cannot be looked into.
    """

    what: str
    sheet: str = ""
    cell: str = ""
    seen: bool = True

    def __str__(self) -> str:
        where = [f"blad {self.sheet}" if self.sheet else "", f"cel {self.cell}" if self.cell else ""]
        return ", ".join(filter(None, [self.what, *where]))


def mentions(structure: Structure, words: Words) -> Iterator[Mention]:
    """Every place where a name stands: cells, then all other parts by the sheet that they are of."""
    sheets = {sheet.part: sheet.name for sheet in structure.worksheets}
    strings = next(iter(structure.related(structure.workbook_part, "sharedStrings")), "")
    for part, name in sheets.items():
        yield from _in_cells(structure, part, name, words)
    used = used_strings(structure, {at for at, text in enumerate(structure.strings) if words.is_in(text)})
    if any(words.is_in(text) for at, text in enumerate(structure.strings) if at not in used):
        yield Mention("tekst die in geen cel meer staat")
    owners = _owners(structure, sheets)
    for part in structure.archive.names():
        if part not in sheets and part != strings:
            yield from _in_part(structure, part, owners.get(part, ""), words)


def _in_cells(structure: Structure, part: str, name: str, words: Words) -> Iterator[Mention]:
    sheet = structure.archive.once(part, SheetXml)
    for row in sheet.rows():
        for cell in sheet.cells(row):
            if not cell.inner:
                continue
            value = sheet.value(cell, structure.strings)
            formula = sheet.formula(cell)
            if formula is not None and any(map(words.is_in, _literals(formula.text))):
                yield Mention("formule", name, address(row.number, cell.column))
            elif formula is not None and formula.text in words.others:
                continue  # it is computed, from what stands in other cells
            elif isinstance(value, str) and words.is_in(value):
                yield Mention("tekst", name, address(row.number, cell.column))
    around = sheet.data[: sheet.head_end] + sheet.data[sheet.tail_start :]
    if any(words.is_in(text) for text in _texts(parse(around, part), words)):
        yield Mention("regel, keuzelijst, filter of kop- en voettekst", name)


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
            root = parse(data, part)
        except WorkbookUnsafe:  # vml, as programs write it
            root = None
        raw = [data.decode("utf-8", "replace")] if words.has_letters else []
        texts = raw if root is None else list(_texts(root, words))
        if any(words.is_in(text) for text in texts):
            yield from _by_cell(root, words, what, sheet)
        return
    if words.has_letters and any(
        words.is_in(data.decode(code, "replace")) for code in ("utf-8", "utf-16-le", "cp1252")
    ):
        yield Mention(what, sheet)
    elif "embeddings" in lower:
        yield Mention("ingevoegd bestand", sheet, seen=False)


def _by_cell(root: etree._Element | None, words: Words, what: str, sheet: str) -> Iterator[Mention]:
    """The cells of notes that have the name, or the part as a whole."""
    cells = [
        element.get("ref", "")
        for element in (root.iter() if root is not None else ())
        if local(element) in ("comment", "threadedComment") and words.is_in(" ".join(_texts(element, words)))
    ]
    yield from (Mention(what, sheet, cell) for cell in cells or [""])


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
            found.update(_all_texts(parse(structure.archive.read(part), part), attributes=True))
    return frozenset(found)


def _literals(formula: str) -> list[str]:
    """The texts in a formula: `K10001` outside of them is a cell, and 10001 a number."""
    return re.findall(r'"((?:[^"]|"")*)"', formula)


def _texts(root: etree._Element, words: Words) -> Iterator[str]:
    """Every attribute, and the text of every element with its pieces (runs) together.

    Of a name without letters only texts with letters: anything else is a number of something else.
    """
    for text in _all_texts(root, attributes=words.has_letters):
        if words.has_letters or any(map(str.isalpha, text)):
            yield text


def _all_texts(root: etree._Element, *, attributes: bool) -> Iterator[str]:
    for element in root.iter():
        if attributes:
            yield from (str(text) for name, text in element.attrib.items() if name not in _ADDRESSES)
        if local(element) in _FORMULAS:
            yield from _literals(element.text or "")
        elif local(element) in ("si", "comment", "is", "p", "property"):
            yield "".join(map(str, element.itertext()))
        elif element.text:
            yield element.text
