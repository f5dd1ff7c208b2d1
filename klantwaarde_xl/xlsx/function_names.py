"""Functions as defined names of a workbook: only its main part changes, and in it only these names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from klantwaarde_xl.errors import CellError, WorkbookUnsafe
from klantwaarde_xl.xlsx.added_sheet import STRICT
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.named import Named
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, unescape, whole
from klantwaarde_xl.xlsx.sheet_read import SheetXml

# What may stand before the names in a workbook's part, in the order of the schema
_BEFORE = frozenset(
    b"fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    b"externalReferences AlternateContent revisionPtr".split()
)
# How a LAMBDA of ours begins: LibreOffice saves it in small letters and without its comment. A user's own
# has another first name
_OURS = re.compile(
    r"(?:_xlfn\.)?lambda\((?:_xl[op][pm]\.\w+,)*(?:_xlfn\.)?let\(_xlpm\.(?:\w+_v|gevuld),", re.IGNORECASE
)
# A function called by its bare name; one of an add-in stands behind a `!`, one of a module behind a `.`
_CALL = re.compile(r"(?<![\w.!])([A-Za-z_]\w*)\(")


class FunctionName(NamedTuple):
    """A function under a name: its formula as files hold it, without `=`, and what Excel shows of it."""

    name: str
    formula: str
    comment: str


class _Element(NamedTuple):
    name: str
    sheet: int  # −1 for the whole workbook
    text: str
    data: bytes


def with_function_names(archive: Archive, structure: Structure, wanted: Sequence[FunctionName]) -> Named:
    """Put functions among the workbook's names, sorted as Excel sorts them.

    A LAMBDA that we made is renewed; a name that means anything else, also a LAMBDA, is the user's and stays.
    So does a table's: Excel keeps tables and names in one list, and repairs a file in which two are the same.
    And so does a macro's function that cells call: those cells would compute something else.
    A name of one sheet stays too, and is told: there it goes before the workbook's.
    Raises `WorkbookUnsafe` for a workbook of the strict format, whose formulas Excel reads otherwise.
    """
    part = structure.workbook_part
    data = archive.read(part)
    if STRICT.encode() in data:
        raise WorkbookUnsafe(
            "Dit werkboek is opgeslagen als Strict Open XML; daarin zet Klantwaarde XL geen functies.",
            remedy="Sla het in Excel op als gewone Excel-werkmap (.xlsx), en probeer het opnieuw.",
        )
    start, end, prefix, there = _names(data)
    by_name = {one.name.casefold(): one for one in there if one.sheet < 0}
    others = {name.casefold() for name in structure.table_names}
    others |= _of_macros(archive, structure) - by_name.keys()
    added, renewed, taken = [], [], []
    made = {}
    for one in wanted:
        old = by_name.get(one.name.casefold())
        if one.name.casefold() in others or (old is not None and not _OURS.match(old.text)):
            taken.append(one.name)
            continue
        element = _element(prefix, one, old.name if old else one.name)
        if old is None:
            added.append(one.name)
        elif element.data != old.data:
            renewed.append(one.name)
        made[one.name.casefold()] = element
    kept = [one for one in there if one.sheet >= 0 or one.name.casefold() not in made]
    every = sorted([*kept, *made.values()], key=lambda one: (one.name.casefold(), one.sheet))
    if added or renewed:
        tag = prefix + b"definedNames"
        body = b"".join(one.data for one in every)
        edits = Edits(data)
        edits.replace(start, end, b"<%s>%s</%s>" % (tag, body, tag))
        archive.replace(part, (edits.result(),))
    return Named(tuple(added), tuple(renewed), tuple(taken), _local(there, wanted, structure.tabs))


def _local(
    there: Sequence[_Element], wanted: Sequence[FunctionName], tabs: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """The functions of which a sheet has another one under a name of its own, with that sheet."""
    ours = {one.name.casefold(): one for one in wanted}
    return tuple(
        (one.name, tabs[own.sheet])
        for own in there
        if 0 <= own.sheet < len(tabs)
        and (one := ours.get(own.name.casefold())) is not None
        and own.text != one.formula
    )


def _of_macros(archive: Archive, structure: Structure) -> set[str]:
    """Functions, in small letters, to which something gave an outcome in cells of a workbook with macros."""
    found: set[str] = set()
    if not structure.related(structure.workbook_part, "vbaProject"):
        return found
    for place in structure.worksheets:
        sheet = archive.once(place.part, SheetXml)
        for row in sheet.rows_with(b"<%sf" % sheet.prefix):
            for cell in sheet.cells(row):
                formula = sheet.formula(cell)
                if formula is not None and sheet.value(cell, structure.strings) is not CellError.NAME:
                    found.update(name.casefold() for name in _CALL.findall(formula.text))
    return found


def _element(prefix: bytes, one: FunctionName, name: str) -> _Element:
    comment = escape(one.comment).replace('"', "&quot;")
    tag = prefix.decode() + "definedName"
    text = f'<{tag} name="{name}" comment="{comment}">{escape(one.formula)}</{tag}>'
    return _Element(name, -1, one.formula, text.encode())


def _names(data: bytes) -> tuple[int, int, bytes, list[_Element]]:
    """Where the names stand or belong, the prefix of the part's tags, and the names."""
    found: list[_Element] = []
    start = end = -1
    prefix = b""
    opened = None
    depth = 0
    for tag in tags(data):
        if tag.kind == "other":
            continue
        depth -= tag.kind == "close"
        if depth == 0 and tag.kind == "open":
            prefix = data[tag.start + 1 : tag.end].split()[0].rstrip(b">").rpartition(b"workbook")[0]
        if depth == 1 and tag.name == b"definedNames":
            start = tag.start if tag.kind != "close" else start
            end = tag.end
        elif depth == 1 and tag.name in _BEFORE and tag.kind != "open" and start < 0:
            end = tag.end
        elif tag.name == b"definedName" and tag.kind == "open":
            opened = tag
        elif tag.name == b"definedName" and opened is not None:
            head = data[opened.start : opened.end]
            text = unescape(data[opened.end : tag.start].decode())
            sheet = attribute(head, b"localSheetId")
            name = attribute(head, b"name") or ""
            found.append(_Element(name, whole(sheet, -1), text, data[opened.start : tag.end]))
            opened = None
        depth += tag.kind == "open"
    return (start if start >= 0 else end), end, prefix, found
