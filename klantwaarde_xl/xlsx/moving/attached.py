"""Notes, conversations, links and rules of cells of a replaced sheet, on the sheet that takes its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.moving.elements import with_element, with_elements
from klantwaarde_xl.xlsx.moving.formulas import Followed
from klantwaarde_xl.xlsx.moving.places import Pair, Places
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows import comments, note_shapes, threads
from klantwaarde_xl.xlsx.rows.row_map import Block, areas_of
from klantwaarde_xl.xlsx.scan import Tag, attribute, escape, tags, texts, unescape, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

SHEET_ORDER = (
    b"sheetPr", b"dimension", b"sheetViews", b"sheetFormatPr", b"cols", b"sheetData", b"sheetCalcPr",
    b"sheetProtection", b"protectedRanges", b"scenarios", b"autoFilter", b"sortState", b"dataConsolidate",
    b"customSheetViews", b"mergeCells", b"phoneticPr", b"conditionalFormatting", b"dataValidations",
    b"hyperlinks", b"printOptions", b"pageMargins", b"pageSetup", b"headerFooter", b"rowBreaks", b"colBreaks",
    b"customProperties", b"cellWatches", b"ignoredErrors", b"smartTags", b"drawing", b"legacyDrawing",
    b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems",
    b"tableParts", b"extLst",
)  # fmt: skip
_NOTES = (
    ("comments", comments.move, True),
    ("threadedComment", threads.move, True),
    ("vmlDrawing", note_shapes.move, False),
)
_SHAPE = re.compile(rb"<((?:\w+:)?shape)(?=[\s>]).*?</\1\s*>\s*", re.S)
_IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
# What a sheet of ours does not declare: attributes of other vocabularies, and extensions
_PREFIXED = re.compile(rb"""\s(?!xml:)[\w.-]+:[\w.-]+=(?:"[^"]*"|'[^']*')(?=[^<>]*>)""")
_EXTENSIONS = re.compile(rb"<extLst(?=[\s>]).*?</extLst\s*>", re.S)
_EVERYWHERE = Block(1, 1 << 20, 1, 1, 1 << 30, 1 << 30, 0, {})
_FORMULAS = frozenset((b"formula", b"formula1", b"formula2"))


@dataclass(frozen=True)
class Left:
    """Something of the user's that has no place in the new workbook: where it was, what it is and says."""

    where: str
    kind: str
    text: str = ""


@dataclass
class Beside:
    """What goes with one sheet: elements for it, relationships for it, how many of each kind, what is left.

    notes: the parts with notes, which stay and are pointed at anew, by kind of relationship.
    """

    links: list[bytes] = field(default_factory=list)
    rules: list[bytes] = field(default_factory=list)
    validations: list[bytes] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def count(self, kind: str) -> None:
        """One more of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1


@dataclass(frozen=True)
class _OnSheet:
    """The map of cells of one sheet, as the movers of its parts ask it."""

    places: Places
    sheet: str

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """The new place of a cell, if it is on the sheet in the same place."""
        found = self.places.cell(self.sheet, row, column)
        if found is None or found[0] != self.places.replaced(self.sheet):
            return None
        return found[1:]


def take_along(archive: Archive, old: Structure, sheet: str, how: Followed) -> Beside:
    """Move what hangs on the cells of an old sheet, in its own parts; the caller points at them.

    archive: the workbook that is being made, which still has the parts of the old one.
    """
    found = Beside()
    place = old.sheet(sheet)
    if place is None:
        return found
    cells = _OnSheet(how.places, sheet)
    _notes(archive, old, place.part, cells, found)
    xml = old.archive.once(place.part, SheetXml)
    pairs = how.places.of(sheet)
    _links(old, xml, place.part, cells, pairs, found)
    _rules(xml, sheet, pairs, how, found)
    return found


def _notes(archive: Archive, old: Structure, part: str, cells: _OnSheet, found: Beside) -> None:
    stays = False
    for finder in (comments.find, threads.find):
        for one in finder(old, part, _EVERYWHERE):
            if cells.cell(one.row, one.column) is not None:
                stays = True
                if one.text:
                    found.count(one.kind)
            elif one.text:
                where = f"blad {cells.sheet}, cel {address(one.row, one.column)}"
                found.left.append(Left(where, one.kind, one.text))
    for kind, move, is_xml in _NOTES if stays else ():
        for own in old.related(part, kind):
            data = move(archive.read(own), cells)
            if kind == "vmlDrawing":
                data = _SHAPE.sub(lambda match: match[0] if _IS_NOTE.search(match[0]) else b"", data)
            archive.replace(own, (data,), is_xml=is_xml)
            found.notes[kind] = own


def _links(
    old: Structure, xml: SheetXml, part: str, cells: _OnSheet, pairs: list[Pair], found: Beside
) -> None:
    """Links of cells in the bodies of tables; others are those of the template."""
    targets = {arrow.id: arrow.target for arrow in old.relationships(part) if arrow.external}
    for tag in tags(xml.data, xml.tail_start):
        if tag.name != b"hyperlink" or tag.kind == "close":
            continue
        text = xml.data[tag.start : tag.end]
        place = area(attribute(text, b"ref") or "A1")
        if not any(pair.has(place.top, place.left) for pair in pairs):
            continue
        goal = cells.cell(place.top, place.left)
        if goal is None or place.cells > 1:
            found.left.append(Left(f"blad {cells.sheet}, cel {place.address}", "koppeling"))
            continue
        kept = b"".join(
            b' %s="%s"' % (name, escape(value).replace('"', "&quot;").encode())
            for name in (b"location", b"tooltip", b"display")
            if (value := attribute(text, name)) is not None
        )
        leads = next((targets[one] for one in _identities(text) if one in targets), None)
        opening = b'<hyperlink ref="%s"%s' % (address(*goal).encode(), kept)
        if leads is not None:
            identity = f"rIdKoppeling{len(found.outside) + 1}"
            found.outside.append((identity, leads))
            opening += b' r:id="%s"' % identity.encode()
        found.links.append(opening + b"/>")
        found.count("koppeling")


def _identities(text: bytes) -> Iterator[str]:
    for name in re.findall(rb"[\w]+:id(?==)", text):
        yield attribute(text, name) or ""


def _rules(xml: SheetXml, sheet: str, pairs: list[Pair], how: Followed, found: Beside) -> None:
    """Rules for opmaak and invoer of the user's own columns, and of some rows of a table."""
    opened: Tag | None = None
    for tag in tags(xml.data, xml.tail_start):
        if tag.name not in (b"conditionalFormatting", b"dataValidation"):
            continue
        if tag.kind == "open":
            opened = tag
        elif tag.kind == "empty" or opened is not None:
            first = opened if tag.kind == "close" and opened is not None else tag
            _rule(xml.data[first.start : tag.end], tag.name, sheet, pairs, how, found)
            opened = None


def _rule(element: bytes, name: bytes, sheet: str, pairs: list[Pair], how: Followed, found: Beside) -> None:
    opening = element[: next(tags(element)).end]
    old = areas_of(attribute(opening, b"sqref") or "")
    if not old or not any(_is_own(place, pairs) for place in old):
        return
    kind = "regel voor opmaak" if name == b"conditionalFormatting" else "regel voor invoer"
    new = [how.places.area(sheet, place) for place in old]
    goal = how.places.replaced(sheet)
    there = [found_.address for one in new if one is not None and one[0] == goal for found_ in (one[1],)]
    if len(there) < len(old) or b":" in next(iter(re.findall(rb"<([^\s/>]+)", element)), b""):
        where = ", ".join(place.address for place in old)
        found.left.append(Left(f"blad {sheet}, {where}", kind))
        return
    element = _PREFIXED.sub(b"", with_attribute(opening, b"sqref", " ".join(there)) + element[len(opening) :])
    element = _EXTENSIONS.sub(b"", element)
    pieces, at = [], 0
    for start, end in texts(element, _FORMULAS):
        text = how.formula(unescape(element[start:end].decode()), sheet, f"blad {sheet}, een {kind}")
        pieces += [element[at:start], escape(text).encode()]
        at = end
    element = b"".join([*pieces, element[at:]])
    (found.rules if name == b"conditionalFormatting" else found.validations).append(element)
    found.count(kind)


def _is_own(place: Area, pairs: list[Pair]) -> bool:
    """Whether a rule holds for an own column, or for some rows of a table and not for others."""
    for pair in pairs:
        columns = range(place.left, place.right + 1)
        if not (pair.old.top <= place.top and place.bottom <= pair.old.bottom):
            continue
        if any(column in pair.own for column in columns):
            return True
        whole = place.top == pair.old.top and place.bottom == pair.old.bottom
        if all(column in pair.columns for column in columns) and not whole:
            return True
    return False


def with_attached(data: bytes, found: Beside, relations: dict[str, str]) -> bytes:
    """A new worksheet with what goes along; relations: by kind the id of the relationship to a part."""
    for element in found.rules:
        data = with_element(data, element, SHEET_ORDER)
    data = with_elements(data, b"dataValidations", found.validations, SHEET_ORDER)
    data = with_elements(data, b"hyperlinks", found.links, SHEET_ORDER, counted=False)
    if "vmlDrawing" in relations:
        element = b'<legacyDrawing r:id="%s"/>' % relations["vmlDrawing"].encode()
        data = with_element(data, element, SHEET_ORDER)
    return data
