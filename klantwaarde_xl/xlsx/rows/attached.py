"""What a person attached to a cell, and what is asked of every kind of part that holds such things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.addresses import address, area
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.pruned import Pruned
from klantwaarde_xl.xlsx.rows.row_map import Block, CellMap, RowMap
from klantwaarde_xl.xlsx.scan import Tag, attribute, tags, with_attribute


class Attached(NamedTuple):
    """One thing: the row and column of its cell, what it is (Dutch), and what it says.

    text is empty for what says nothing by itself, such as a colour.
    """

    row: int
    column: int
    kind: str
    text: str


Find: TypeAlias = Callable[[Structure, str, Block], Iterator[Attached]]
Move: TypeAlias = Callable[[bytes, RowMap], bytes]


class Mover(NamedTuple):
    """One kind of part. relation: from the sheet to it, empty for what stands behind the sheet's cells.

    find: what it holds for rows of one table, given the part of the sheet (also such as is not in the
    table: it is left out later); move: the part's contents when rows have moved; is_xml: whether it
    is always well-formed.
    """

    relation: str
    find: Find
    move: Move
    is_xml: bool = True


def nothing(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Find nothing: another part tells."""
    yield from ()


def moved_elements(data: bytes, name: bytes, cells: CellMap) -> bytes:
    """A part whose elements of a name move with the cell that their `ref` says, or go with it."""
    edits = Pruned(data)
    opened: Tag | None = None
    for tag in tags(data):
        if tag.name != name or tag.kind == "other":
            continue
        if tag.kind == "open":
            opened = tag
        elif tag.kind == "empty" or opened is not None:
            first = opened if tag.kind == "close" and opened is not None else tag
            _move_element(edits, data, first, tag.end, cells)
            opened = None
    return edits.result()


def _move_element(edits: Pruned, data: bytes, first: Tag, end: int, cells: CellMap) -> None:
    text = data[first.start : first.end]
    place = cell_of(attribute(text, b"ref"))
    if place is None:
        return
    target = cells.cell(*place)
    if target is None:
        edits.remove(first.start, end)
    elif target != place:
        edits.replace(first.start, first.end, with_attribute(text, b"ref", address(*target)))


def cell_of(reference: str | None) -> tuple[int, int] | None:
    """Row and column of an address of one cell; None for anything else."""
    try:
        place = area(reference or "")
    except ValueError:
        return None
    return (place.top, place.left) if (place.top, place.left) == (place.bottom, place.right) else None
