"""Edits of the small parts around a worksheet: table, workbook, charts, relationships."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.references import Move, rewrite
from klantwaarde_xl.xlsx.scan import Edits, Tag, attribute, escape, tags, texts, unescape, with_attribute

_BEFORE_CALC = (b"sheets", b"functionGroups", b"externalReferences", b"definedNames")
_KEPT_BUTTON = (b"hiddenButton", b"showButton")


def table_part(
    data: bytes, table: TableInfo, move: Move, moves: Sequence[Move], *, same_rows: bool = False
) -> tuple[bytes, list[str]]:
    """Return a table's part for its new size, and what had to be cleared: `filter`, `sortering`.

    Only attributes change, and an active filter or sort goes: it belonged to the old rows. same_rows: these
    are still there, with others under them.
    """
    edits = Edits(data)
    cleared: list[str] = []
    stack: list[Tag] = []
    body = Area(move.header, move.left, move.new_bottom, move.right).address
    whole = Area(move.header, move.left, move.new_end, move.right).address
    for tag in tags(data):
        if tag.kind == "open":
            stack.append(tag)
        opened = stack.pop() if tag.kind == "close" else tag
        text = data[tag.start : tag.end]
        if tag.kind in ("open", "empty") and tag.name in (b"table", b"autoFilter"):
            if attribute(text, b"ref"):
                reference = whole if tag.name == b"table" else body
                edits.replace(tag.start, tag.end, with_attribute(text, b"ref", reference))
        elif same_rows:
            continue
        elif tag.kind in ("close", "empty") and tag.name == b"sortState":
            edits.replace(opened.start, tag.end, b"")
            cleared.append("sortering")
        elif tag.kind == "close" and tag.name == b"filterColumn":
            edits.replace(opened.start, tag.end, _bare_filter(data[opened.start : opened.end]))
            cleared.append("filter")
    if move.end != move.new_end:
        for name, row in ((b"calculatedColumnFormula", move.top), (b"totalsRowFormula", 0)):
            for start, end in texts(data, frozenset((name,))):
                _rewrite_text(edits, data, start, end, move.sheet, moves, row=row)
    return edits.result(), list(dict.fromkeys(cleared))


def has_active_filter(data: bytes) -> bool:
    """Say whether a table hides rows by a filter."""
    return any(tag.name == b"filterColumn" and tag.kind == "close" for tag in tags(data))


def _bare_filter(opening: bytes) -> bytes:
    """Return a filter column without its criteria; nothing when it says nothing else."""
    if any(attribute(opening, name) for name in _KEPT_BUTTON):
        return opening.removesuffix(b">") + b"/>"
    return b""


def _rewrite_text(
    edits: Edits,
    data: bytes,
    start: int,
    end: int,
    home: str,
    moves: Sequence[Move],
    *,
    single: bool = False,
    frame: bool = False,
    row: int = 0,
) -> None:
    old = unescape(data[start:end].decode())
    new = rewrite(old, home, moves, single=single, frame=frame, row=row)
    if new != old:
        edits.replace(start, end, escape(new).encode())


def chart_part(data: bytes, moves: Sequence[Move]) -> bytes:
    """Return a chart whose series cover the new bodies, also where a chart filter hides some of them."""
    edits = Edits(data)
    for start, end in texts(data, frozenset((b"f", b"sqref"))):
        _rewrite_text(edits, data, start, end, "", moves, single=True)
    return edits.result()


def workbook_part(data: bytes, moves: Sequence[Move]) -> bytes:
    """Return the workbook part with names that cover the new bodies, computed anew when opened."""
    edits = Edits(data)
    insert_at = 0
    name = b""
    calc = False
    for tag in tags(data):
        text = data[tag.start : tag.end]
        if tag.name == b"definedName" and tag.kind == "open":
            name = (attribute(text, b"name") or "").lower().encode()
            end = data.index(b"<", tag.end)
            _rewrite_text(edits, data, tag.end, end, "", moves, frame=name.startswith(b"_xlnm."))
        elif tag.name == b"calcPr" and tag.kind in ("open", "empty"):
            calc = True
            edits.replace(tag.start, tag.end, with_attribute(text, b"fullCalcOnLoad", "1"))
        elif tag.name in _BEFORE_CALC and tag.kind in ("close", "empty"):
            insert_at = tag.end
    if not calc and insert_at:
        opening = re.match(rb"</?([^\s/>]*?)\w+\s*/?>$", data[data.rindex(b"<", 0, insert_at) : insert_at])
        prefix = opening[1] if opening else b""
        edits.replace(insert_at, insert_at, b'<%scalcPr fullCalcOnLoad="1"/>' % prefix)
    return edits.result()


def without(data: bytes, element: bytes, attribute_name: bytes, wanted: str) -> bytes:
    """Return a part without the empty elements of a name whose attribute has the wanted value."""
    edits = Edits(data)
    for tag in tags(data):
        if tag.name == element and tag.kind == "empty":
            value = attribute(data[tag.start : tag.end], attribute_name)
            if value is not None and value.casefold() == wanted.casefold():
                edits.replace(tag.start, tag.end, b"")
    return edits.result()
