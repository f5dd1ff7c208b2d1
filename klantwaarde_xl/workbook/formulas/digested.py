"""Digests in place of cells that the engine does not get: those of large bodies that are held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from klantwaarde_xl.workbook.formulas.pieces import Piece, literal_text
from klantwaarde_xl.workbook.formulas.prepared import Parts, Prepared
from klantwaarde_xl.xlsx.digests import Digest
from klantwaarde_xl.xlsx.held import HeldBodies

_BESIDE = {"SUM": "total", "MIN": "low", "MAX": "high"}  # one more argument
_ADDED = {"COUNT": "numbers", "COUNTA": "filled"}  # more than what the function counts itself
_SIZES = ("ROWS", "COLUMNS")  # these see no cell


def digests_for(one: Prepared, held: HeldBodies, name: str, pieces: Sequence[Piece]) -> list[Digest]:
    """The digests of what a call reads and the engine does not get; noted in `one`.

    A range of nothing else is narrowed to its first row, which is empty: the engine would walk through it.
    """
    found: list[Digest] = []
    for piece in pieces:
        if piece.cells is None or not held.touches(piece.cells):
            continue
        digests = [] if name in _SIZES else held.digests(piece.cells)
        if digests is None or name not in (*_BESIDE, *_ADDED, *_SIZES):
            continue
        one.digested.append(piece.cells)
        found += digests
        if digests and held.holds(piece.cells):
            area = piece.cells.area
            piece.parts = [piece.cells._replace(area=area._replace(bottom=area.top)).text]
    return found


def with_digests(name: str, parts: Parts, digests: Sequence[Digest]) -> Parts:
    """A call, up to its last bracket, so that it gives the same without the cells of these digests."""
    if name in _ADDED:
        return ["(", *parts, f"+{sum(getattr(digest, _ADDED[name]) for digest in digests)}", ")"]
    values = [value for digest in digests if (value := getattr(digest, _BESIDE[name])) is not None]
    return [*parts[:-1], *(f",{literal_text(value)}" for value in values), parts[-1]]


def reads_held(one: Prepared, held: HeldBodies) -> bool:
    """Whether a formula reads cells that are held out, and no digest stands in for them."""
    if not one.known:
        return False
    reads = Counter(cells for cells in one.reads if held.touches(cells))
    return bool(reads - Counter(one.digested)) or (one.reads_anything and bool(held.bodies))
