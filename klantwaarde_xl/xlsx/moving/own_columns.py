"""The user's own columns, in a table and beside it, behind the columns of the table in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_COLUMNS, Area, area
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.moving.elements import listed
from klantwaarde_xl.xlsx.moving.formulas import Followed
from klantwaarde_xl.xlsx.moving.places import Pair
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.rows.beside import beside
from klantwaarde_xl.xlsx.scan import Edits, attribute, escape, tags, unescape, whole, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_FORMULA = re.compile(rb"<(?:\w+:)?calculatedColumnFormula(?=[\s>])([^>]*)>([^<]*)<")
_COLUMNS = re.compile(rb"<cols>(.*?)</cols>", re.S)


class NoRoom(NamedTuple):
    """Own columns for which there is no room beside the table in its new place."""

    table: str
    headers: tuple[str, ...]


def paired(
    old: Structure, new: Structure, table: TableInfo, target: TableInfo, known: dict[int, int], *, typed: bool
) -> tuple[Pair, NoRoom | None]:
    """A table with the one in its place; known: by place of a column in the old one that in the new one.

    The columns that are not known are the user's, and so are those beside the table that belong to its rows.
    """
    left, new_left = table.area.left, target.area.left
    columns = {left + place: new_left + at for place, at in known.items()}
    lead, trail = beside(old, table)
    inside = [left + place for place in range(len(table.columns)) if place not in known]
    around = [
        *range(table.area.right + 1, table.area.right + trail + 1),
        *range(table.area.left - lead, table.area.left),
    ]
    own = [*inside, *around]
    first = target.area.right + 1
    if own and not _is_free(new, target, first, first + len(own) - 1):
        pair = Pair(table, target, columns, frozenset(), typed)
        headers = [table.columns[column - left].name for column in inside]
        return pair, NoRoom(table.name, tuple(headers) or ("naast de tabel",))
    columns |= {column: first + at for at, column in enumerate(own)}
    return Pair(table, target, columns, frozenset(own), typed), None


def _others(structure: Structure, table: TableInfo) -> list[TableInfo]:
    return [one for one in structure.tables if one.sheet == table.sheet and one.part != table.part]


def _is_free(structure: Structure, table: TableInfo, left: int, right: int) -> bool:
    """Whether nothing stands in columns of the rows of a table."""
    if right > MOST_COLUMNS:
        return False
    place = Area(table.area.top, left, table.area.bottom, right)
    if any(place.overlaps(one.area) for one in _others(structure, table)):
        return False
    sheet = structure.archive.once(table.sheet.part, SheetXml)
    return not any(
        cell.has_content and left <= cell.column <= right
        for row in sheet.rows()
        if place.top <= row.number <= place.bottom
        for cell in sheet.cells(row)
    )


def widened(data: bytes, pair: Pair, old: Archive, how: Followed) -> bytes:
    """The part of a new table with the user's columns of the old one."""
    inside = [column for column in pair.columns if column in pair.own and _in_table(pair, column)]
    if not inside:
        return data
    elements = _elements(old.read(pair.old.part))
    edits, width = Edits(data), len(pair.new.columns)
    found = listed(data, b"tableColumns")
    if found is None:
        raise LookupError(pair.new.part)
    where = f"tabel {pair.old.name}"
    added = b"".join(
        _column(elements[column - pair.old.area.left], width + at, pair, how, where)
        for at, column in enumerate(inside, 1)
    )
    opening = data[found.first.start : found.first.end]
    count = str(width + len(inside))
    edits.replace(found.first.start, found.first.end, with_attribute(opening, b"count", count))
    edits.replace(found.last.start, found.last.start, added)
    for tag in tags(data):
        text = data[tag.start : tag.end]
        if tag.name in (b"table", b"autoFilter") and tag.kind in ("open", "empty"):
            place = area(attribute(text, b"ref") or "A1")
            wider = place._replace(right=place.right + len(inside)).address
            edits.replace(tag.start, tag.end, with_attribute(text, b"ref", wider))
    return edits.result()


def _in_table(pair: Pair, column: int) -> bool:
    return pair.old.area.left <= column <= pair.old.area.right


def _elements(data: bytes) -> list[bytes]:
    found = listed(data, b"tableColumns")
    return found.elements if found else []


def _column(element: bytes, identity: int, pair: Pair, how: Followed, where: str) -> bytes:
    """An own column as it stands in the new table."""
    opening = element[: next(tags(element)).end]
    name = attribute(opening, b"name") or ""
    title = escape(name).replace('"', "&quot;").encode()
    formats = b"".join(
        b' %s="%s"' % (one, value.encode())
        for one in (b"dataDxfId", b"headerRowDxfId")
        if (value := attribute(opening, one)) is not None
    )
    start = b'<tableColumn id="%d" name="%s"%s' % (identity, title, formats)
    formula = _FORMULA.search(element)
    if formula is None or not formula[2]:
        return start + b"/>"
    text = how.formula(unescape(formula[2].decode()), pair.old.sheet.name, where)
    kind = b' array="1"' if attribute(formula[1], b"array") in ("1", "true") else b""
    return b"%s><calculatedColumnFormula%s>%s</calculatedColumnFormula></tableColumn>" % (
        start,
        kind,
        escape(text).encode(),
    )


# ── widths ──────────────────────────────────────────────────────────────────────────────────


def with_widths(data: bytes, old: bytes, pairs: Sequence[Pair]) -> bytes:
    """A new worksheet in which the user's columns are as wide as they were on the old one."""
    widths = {
        pair.columns[column]: look
        for pair in pairs
        for column in pair.own
        if (look := _look(old, column)) is not None
    }
    found = _COLUMNS.search(data)
    if not widths or found is None:
        return data
    pieces = sorted([*_cut(found[1], set(widths)), *((at, at, look) for at, look in widths.items())])
    body = b"".join(b'<col min="%d" max="%d"%s/>' % piece for piece in pieces)
    return data[: found.start(1)] + body + data[found.end(1) :]


def _columns(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """What a worksheet says of its columns: the first, the last, and the other attributes."""
    for tag in tags(data):
        if tag.name == b"sheetData":
            return
        if tag.name == b"col" and tag.kind == "empty":
            text = data[tag.start : tag.end]
            first, last = (whole(attribute(text, name)) for name in (b"min", b"max"))
            bare = with_attribute(with_attribute(text, b"min", None), b"max", None)
            yield first, last, bare.removesuffix(b"/>").partition(b"col")[2].rstrip()


def _look(data: bytes, column: int) -> bytes | None:
    return next((look for first, last, look in _columns(data) if first <= column <= last), None)


def _cut(data: bytes, out: set[int]) -> Iterator[tuple[int, int, bytes]]:
    """The columns of a worksheet without some."""
    for first, last, look in _columns(data):
        start = first
        for column in sorted(one for one in out if first <= one <= last):
            if start < column:
                yield start, column - 1, look
            start = column + 1
        if start <= last:
            yield start, last, look
