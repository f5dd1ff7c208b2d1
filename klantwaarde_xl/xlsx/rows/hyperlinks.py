"""Links of cells: a link lies behind the cells of a worksheet, with their address."""

from __future__ import annotations

from collections.abc import Iterator

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.attached import Attached
from klantwaarde_xl.xlsx.rows.pruned import Pruned
from klantwaarde_xl.xlsx.rows.row_map import Block, RowMap, is_of_rows
from klantwaarde_xl.xlsx.scan import attribute, tags, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_NAME = b"hyperlink"


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every link in rows of a table and where it leads; one for a whole column belongs to no row."""
    for place, outside, inside in _all(structure, sheet):
        if is_of_rows(block, place) and not _is_column(block, place):
            leads = outside + (f"#{inside}" if inside else "")
            for row in range(place.top, place.bottom + 1):
                yield Attached(row, place.left, "koppeling", leads)


def links(structure: Structure, sheet: str) -> Iterator[tuple[Area, str]]:
    """The cells of each link of a sheet to a place in the workbook, and that place as it is written."""
    for place, outside, inside in _all(structure, sheet):
        leads = inside or (outside[1:] if outside.startswith("#") else "")
        if leads and (not outside or outside.startswith("#")):
            yield place, leads


def _all(structure: Structure, sheet: str) -> Iterator[tuple[Area, str, str]]:
    """Every link of a sheet: its cells, where it leads outside the sheets and where inside."""
    xml = structure.archive.once(sheet, SheetXml)
    if xml.data.find(_NAME, xml.tail_start) < 0:
        return
    targets = {arrow.id: arrow.target for arrow in structure.relationships(sheet)}
    for tag in tags(xml.data, xml.tail_start):
        text = xml.data[tag.start : tag.end]
        place = _place(text) if tag.name == _NAME and tag.kind in ("open", "empty") else None
        if place is not None:
            identity = next((attribute(text, name) for name in _identities(text)), None)
            yield place, targets.get(identity or "", ""), attribute(text, b"location") or ""


def _identities(text: bytes) -> list[bytes]:
    """The names of attributes that are some prefix's `id`."""
    return [word.split(b"=")[0] for word in text.split() if word.split(b"=")[0].endswith(b":id")]


def _is_column(block: Block, place: Area) -> bool:
    return block.top < block.bottom and (place.top, place.bottom) == (block.top, block.bottom)


def _place(text: bytes) -> Area | None:
    try:
        return area(attribute(text, b"ref") or "")
    except ValueError:
        return None


def move(data: bytes, rows: RowMap) -> bytes:
    """Links go with their cells; one over several rows becomes as many as their new places need."""
    edits = Pruned(data)
    opened = -1
    for tag in tags(data):
        if tag.name != _NAME:
            continue
        if tag.kind == "open":
            opened = tag.start
        elif tag.kind in ("empty", "close"):
            _move_link(edits, data, opened if tag.kind == "close" else tag.start, tag.end, rows)
    return edits.result()


def _move_link(edits: Pruned, data: bytes, start: int, end: int, rows: RowMap) -> None:
    whole = data[start:end]
    opening = whole[: next(tags(whole)).end]
    place = _place(opening)
    if place is None:
        return
    single = place.top == place.bottom
    target = rows.row(place.top, place.left) if single else None
    if single:
        moved = [] if target is None else [place._replace(top=target, bottom=target)]
    else:
        moved = rows.areas([place])
    if not moved:
        edits.remove(start, end)
    elif moved != [place]:
        rest = whole[len(opening) :]
        links = (with_attribute(opening, b"ref", one.address) + rest for one in moved)
        edits.replace(start, end, b"".join(links))
