"""Formulas that look at replaced sheets: they look at the same cells in the new ones, or are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from klantwaarde_xl.addresses import Area, address, area, column_letter, column_number
from klantwaarde_xl.formula import TOKEN, FormulaError, parts_of, quoted_sheet, sheet_of
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.moving.places import Places
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, texts, unescape, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

GONE = "#REF!"
_CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_COLUMN = re.compile(r"(\$?)([A-Z]{1,3})")
_BEHIND_CELLS = frozenset((b"f", b"formula", b"formula1", b"formula2"))
_SPECIAL = {"#this row", "#all", "#data", "#headers", "#totals", ":"}


@dataclass(frozen=True)
class Broken:
    """A formula that looked at cells which are no longer there: its place, itself, and what it looked at."""

    where: str
    formula: str
    at: tuple[str, ...]


@dataclass
class Followed:
    """How formulas follow: the map of cells, the tables and names that are gone, sheets with another name.

    tables: by name in small letters the headers in small letters of those that the workbook has now, of
    sheets that are replaced; gone: names of old tables and cells that are no more, in small letters.
    """

    places: Places
    tables: Mapping[str, Collection[str]]
    gone: Collection[str]
    renamed: Mapping[str, str] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)

    def formula(self, text: str, home: str, where: str) -> str:
        """A formula as it must be now; where: its place in words, for what cannot follow.

        home: the sheet it stands on, as it was called before.
        """
        lost: list[str] = []

        def replaced(match: re.Match[str]) -> str:
            new = self._token(match, home)
            if new is None:
                lost.append(match[0])
            return GONE if new is None else new

        new = TOKEN.sub(replaced, text)
        if lost:
            self.broken.append(Broken(where, text, tuple(dict.fromkeys(lost))))
        return new

    def _token(self, match: re.Match[str], home: str) -> str | None:
        """One piece of a formula; None for one that points at nothing now."""
        if match["first"] or match["whole"]:
            return self._reference(match, home)
        if match["bracket"] and match["table"]:
            return match[0] if self._has_column(match["table"], match["bracket"]) else None
        if match["word"] and not match["call"] and match["word"].casefold() in self.gone:
            return None
        return match[0]

    def _reference(self, match: re.Match[str], home: str) -> str | None:
        sheet = sheet_of(match["sheet"], home)
        prefix = match["sheet"] or ""
        if self.places.replaced(sheet) is None:
            renamed = self.renamed.get(sheet.casefold()) if prefix else None
            return (quoted_sheet(renamed) if renamed else prefix) + match[0][len(prefix) :]
        found = self._rows(match, sheet) if match["first"] else self._whole(match, sheet)
        if found is None:
            return None
        name, text = found
        own = not prefix and name == self.places.replaced(home)
        if not own and (not prefix or name.casefold() != sheet.casefold()):
            prefix = quoted_sheet(name)
        return prefix + text

    def _rows(self, match: re.Match[str], sheet: str) -> tuple[str, str] | None:
        first, last = match["first"], (match["last"] or "")[1:]
        if not last:
            place = area(first)
            spot = self.places.cell(sheet, place.top, place.left)
            return None if spot is None else (spot[0], _corner(first, spot[1], spot[2]))
        found = self.places.area(sheet, area(f"{first}:{last}"))
        if found is None:
            return None
        name, place = found
        return name, f"{_corner(first, place.top, place.left)}:{_corner(last, place.bottom, place.right)}"

    def _whole(self, match: re.Match[str], sheet: str) -> tuple[str, str] | None:
        first, _, last = match["whole"].partition(":")
        corners = _COLUMN.fullmatch(first), _COLUMN.fullmatch(last)
        if corners[0] is None or corners[1] is None:  # whole rows
            return None
        found = self.places.columns(sheet, column_number(corners[0][2]), column_number(corners[1][2]))
        if found is None:
            return None
        name, left, right = found
        return name, f"{corners[0][1]}{column_letter(left)}:{corners[1][1]}{column_letter(right)}"

    def pivot_source(self, data: bytes) -> bytes:
        """The cache of a pivot table whose rows stand at an address of a replaced sheet."""
        edits = Edits(data)
        for tag in tags(data):
            text = data[tag.start : tag.end]
            sheet, reference = attribute(text, b"sheet"), attribute(text, b"ref")
            if tag.name != b"worksheetSource" or tag.kind == "close" or not sheet or not reference:
                continue
            if self.places.replaced(sheet) is not None:
                found = self.places.area(sheet, area(reference))
                if found is None:
                    self.broken.append(Broken("een draaitabel", f"{sheet}!{reference}", (reference,)))
                else:
                    text = with_attribute(text, b"sheet", found[0])
                    edits.replace(tag.start, tag.end, with_attribute(text, b"ref", found[1].address))
        return edits.result()

    def _has_column(self, table: str, bracket: str) -> bool:
        """Whether a table that was replaced still has the columns that are named; True for any other."""
        headers = self.tables.get(table.casefold())
        if headers is None:
            return table.casefold() not in self.gone
        try:
            named = {one.casefold() for one in parts_of(bracket)}
        except FormulaError:
            return True
        return not {one for one in named if one not in _SPECIAL} - set(headers)


def _corner(old: str, row: int, column: int) -> str:
    """A corner of a reference at another place; what was fixed stays fixed."""
    match = _CORNER.fullmatch(old)
    fixed = (match[1], match[3]) if match else ("", "")
    return f"{fixed[0]}{column_letter(column)}{fixed[1]}{row}"


def followed_sheet(sheet: SheetXml, name: str, how: Followed) -> bytes:
    """A worksheet that is not replaced, whose formulas follow; the same bytes when none has to."""
    edits = Edits(sheet.data)
    new = {}
    for one in formula_cells(sheet):
        if one.text:
            where = f"blad {name}, cel {address(one.row, one.column)}"
            new[one.row, one.column] = one.text, how.formula(one.text, name, where)
    if any(old != now for old, now in new.values()):
        for row in sheet.rows_with(b"<%sf" % sheet.prefix):
            for cell in sheet.cells(row):
                formula = sheet.formula(cell)
                old, now = new.get((row.number, cell.column), ("", ""))
                if formula is None or not now:
                    continue
                kind = attribute(formula.tag, b"t")
                if old != now or kind == "shared":
                    inner = cell.inner
                    start = sheet.data.index(inner, cell.start) if inner else cell.start
                    edits.replace(start, start + len(inner), formula_inner(sheet, inner, now))
    for start, end in texts(sheet.data, _BEHIND_CELLS, sheet.tail_start):
        old = unescape(sheet.data[start:end].decode())
        now = how.formula(old, name, f"blad {name}, een regel voor opmaak of invoer")
        if now != old:
            edits.replace(start, end, escape(now).encode())
    return edits.result()


def formula_inner(sheet: SheetXml, inner: bytes, text: str, place: Area | None = None) -> bytes:
    """The inside of a cell with another text for its formula; a shared formula becomes the cell's own.

    place: the cells that an array formula fills, where they are others.
    """

    def replaced(match: re.Match[bytes]) -> bytes:
        kind = attribute(match[1], b"t")
        opening = b"<%sf" % sheet.prefix
        if kind == "array":
            reference = place.address if place else attribute(match[1], b"ref") or ""
            opening += b' t="array" ref="%s"' % reference.encode()
        return b"%s>%s</%sf>" % (opening, escape(text).encode(), sheet.prefix)

    return sheet.formula_pattern.sub(replaced, inner, count=1)


def followed_texts(data: bytes, how: Followed, where: str) -> bytes:
    """A chart, or another part with formulas between `f` tags, whose formulas follow."""
    edits = Edits(data)
    for start, end in texts(data, frozenset((b"f",))):
        old = unescape(data[start:end].decode())
        now = how.formula(old, "", where)
        if now != old:
            edits.replace(start, end, escape(now).encode())
    return edits.result()
