"""Large table bodies that are kept out of their sheets until everything else in the workbook is done.

What then looks at a sheet, changes it or computes with it has a row in place of a million. The sheet is
compressed once, with the body made on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from klantwaarde_xl.xlsx.archive import Archive, Member
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.digests import Digest

LARGE = 5_000  # rows; below it, keeping a body apart is more work than it saves


def is_large(rows: int) -> bool:
    """Whether a body of so many rows is worth keeping apart, and having the engine write."""
    return rows >= LARGE


class Kept(NamedTuple):
    """A part as it was with its body, and as it is with the mark only."""

    whole: Member
    marked: Member


@dataclass(frozen=True)
class Held:
    """One body: the part it belongs in, its cells, the digest of each column, and how it is made.

    mark: what stands in its place, a row that no program writes; kept: of a body that stood there already.
    """

    part: str
    cells: Cells
    digests: Sequence[Digest]
    mark: bytes
    chunks: Callable[[], Iterator[bytes]]
    kept: Kept | None = None


@dataclass
class HeldBodies:
    """The bodies that are out of a workbook; none when it is whole."""

    bodies: list[Held] = field(default_factory=list)

    def fill(self, archive: Archive) -> None:
        """Put every body in its place."""
        while self.bodies:
            held = self.bodies.pop()
            if held.kept is not None and archive.entry(held.part) is held.kept.marked:
                archive.put_back(held.part, held.kept.whole)
                continue
            before, _, after = archive.read(held.part).partition(held.mark)
            archive.replace(held.part, _around(before, held.chunks(), after), quick=True)

    def touches(self, cells: Cells) -> bool:
        """Whether an area has cells of a body that is out."""
        return any(held.cells.overlaps(cells) for held in self.bodies)

    def holds(self, cells: Cells) -> bool:
        """Whether an area lies within one body that is out."""
        return any(held.cells.contains(cells) for held in self.bodies)

    def digests(self, cells: Cells) -> list[Digest] | None:
        """The digests of the columns of bodies that an area has; None when it has a part of a column."""
        found: list[Digest] = []
        for held in self.bodies:
            if not held.cells.overlaps(cells):
                continue
            body, area = held.cells.area, cells.area
            if area.top > body.top or area.bottom < body.bottom:
                return None
            first, last = max(area.left, body.left), min(area.right, body.right)
            found += held.digests[first - body.left : last - body.left + 1]
        return found


def mark(prefix: str, row: int) -> bytes:
    """A row to stand in the place of a body, without cells and unlike any other."""
    return f'<{prefix}row r="{row}" held="1"/>'.encode()


def _around(before: bytes, body: Iterator[bytes], after: bytes) -> Iterator[bytes]:
    yield before
    yield from body
    yield after
