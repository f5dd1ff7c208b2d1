"""Where the rows of a sheet's tables go: the one map by which everything that belongs to a row moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.formula import sheet_of
from klantwaarde_xl.xlsx.scan import unescape

Run = tuple[int, int]  # a first and a last row


class Block(NamedTuple):
    """The rows of one table: its columns with those beside it, its old body, and where each row went.

    targets: by old row the new one, also of rows that the table takes in from under it; a row of the old
    body that is not in it is gone.
    """

    left: int
    right: int
    header: int
    top: int
    bottom: int
    new_bottom: int
    totals: int
    targets: Mapping[int, int]

    @property
    def shift(self) -> int:
        """How far what stands under the body moves."""
        return self.new_bottom - self.bottom

    def row(self, row: int) -> int | None:
        """The new row of a cell in the table's columns; None when it is gone."""
        if row in self.targets:
            return self.targets[row]
        if self.top <= row <= self.bottom:
            return None
        end = self.bottom + self.totals
        in_the_way = end < row <= end + self.shift  # nothing stands there, but a note may hang there
        return row + self.shift if self.bottom < row <= end or in_the_way else row


class CellMap(Protocol):
    """Where single cells of one sheet go."""

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """The new row and column of a cell; None when it is gone."""


class RowMap:
    """Where the cells of one sheet go when its tables get other rows; sheet: its name."""

    def __init__(self, blocks: Iterable[Block], sheet: str) -> None:
        self.blocks = [block for block in blocks if not _stays(block)]
        self._sheet = sheet.casefold()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def is_here(self, prefix: str) -> bool:
        """Whether a reference with this before its cell, from this sheet, is to this sheet."""
        return sheet_of(unescape(prefix), self._sheet).casefold() == self._sheet

    def row(self, row: int, column: int) -> int | None:
        """The new row of a cell; None when its row is gone."""
        for block in self.blocks:
            if block.left <= column <= block.right:
                moved = block.row(row)
                if moved != row:
                    return moved
        return row

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """The new place of a cell, in the same column; None when its row is gone."""
        target = self.row(row, column)
        return None if target is None else (target, column)

    def areas(self, areas: Sequence[Area]) -> list[Area]:
        """Areas that stand for something together, as they become; empty when all their rows are gone.

        Rows that most rows of a body agree with are the column's: the new rows get it too, and those
        that did not have it still do not. Else they are of single rows, and follow these. An area that is
        wider than one table goes with its rows as a whole; one over several tables stays.
        """
        stay = {place for place in areas if sum(_meets(block, place) for block in self.blocks) > 1}
        for block in self.blocks:
            areas = list(_within(block, areas, stay))
        return list(areas)


def _stays(block: Block) -> bool:
    return block.new_bottom == block.bottom and all(
        block.targets.get(row) == row for row in range(block.top, block.bottom + 1)
    )


def _within(block: Block, areas: Sequence[Area], stay: Set[Area]) -> Iterator[Area]:
    """The areas as one table moves them, but for some, in the order in which their columns came first."""
    together: dict[tuple[int, int], list[Run]] = {}
    for place in areas:
        if place not in stay and is_of_rows(block, place):
            together.setdefault((place.left, place.right), []).append((place.top, place.bottom))
    done: set[tuple[int, int]] = set()
    for place in areas:
        columns = place.left, place.right
        if place in stay:
            yield place
        elif not is_of_rows(block, place):
            yield _around(block, place)
        elif columns not in done:
            done.add(columns)
            for top, bottom in _moved(block, together[columns], is_wider=not _is_inside(block, place)):
                yield Area(top, place.left, bottom, place.right)


def is_of_rows(block: Block, place: Area) -> bool:
    """Whether an area has rows of a table's body only, and cells of its columns or those beside it."""
    return _meets(block, place) and block.top <= place.top and place.bottom <= block.bottom


def _is_inside(block: Block, place: Area) -> bool:
    return block.left <= place.left and place.right <= block.right


def _meets(block: Block, place: Area) -> bool:
    """Whether an area has columns of a table, and rows of it or of what moves with it."""
    has_columns = place.left <= block.right and place.right >= block.left
    return has_columns and place.bottom >= block.header and place.top <= block.bottom + block.totals


def is_partial(block: Block, areas: Sequence[Area]) -> bool:
    """Whether areas hold some rows of the body and not others, so that they belong to rows."""
    together: dict[tuple[int, int], list[Run]] = {}
    for place in areas:
        if is_of_rows(block, place):
            together.setdefault((place.left, place.right), []).append((place.top, place.bottom))
    height = block.bottom - block.top + 1
    return any(_many(_merged(runs)) < height for runs in together.values())


def _around(block: Block, place: Area) -> Area:
    """An area that is not of rows: it holds all rows of the body and more, or stands under it."""
    if not _meets(block, place):
        return place
    end, new_end = block.bottom + block.totals, block.bottom + block.totals + block.shift
    if place.top > block.bottom:
        is_of_totals = place.bottom <= end and _is_inside(block, place)
        by = block.shift if is_of_totals else 0
        return place._replace(top=place.top + by, bottom=place.bottom + by)
    if place.top > block.top or place.bottom < block.bottom:
        return place
    if place.bottom <= end and _is_inside(block, place):
        return place._replace(bottom=place.bottom + block.shift)
    return place._replace(
        bottom=max(place.bottom, new_end)
    )  # with room under it, or wider: it loses no cells


def _moved(block: Block, runs: Sequence[Run], *, is_wider: bool) -> list[Run]:
    runs = _merged(runs)
    height, many = block.bottom - block.top + 1, _many(runs)
    last = runs[-1]
    if many == height:
        return [(block.top, max(block.bottom, block.new_bottom) if is_wider else block.new_bottom)]
    if 2 * many <= height:
        return _merged((new, new) for new in _targets(block, runs))
    if len(runs) == 1 and last[1] == block.bottom:  # from some row on: each row looks at those above it
        return [(last[0], block.new_bottom)] if last[0] <= block.new_bottom else []
    without = _merged((new, new) for new in _targets(block, _rest(block.top, block.bottom, runs)))
    return _rest(block.top, block.new_bottom, without)


def _targets(block: Block, runs: Sequence[Run]) -> Iterator[int]:
    for top, bottom in runs:
        for row in range(top, bottom + 1):
            if row in block.targets:
                yield block.targets[row]


def _many(runs: Sequence[Run]) -> int:
    return sum(bottom - top + 1 for top, bottom in runs)


def _merged(runs: Iterable[Run]) -> list[Run]:
    found: list[Run] = []
    for top, bottom in sorted(runs):
        if found and top <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], bottom)
        else:
            found.append((top, bottom))
    return found


def _rest(top: int, bottom: int, runs: Sequence[Run]) -> list[Run]:
    """The rows from top to bottom that are in none of the runs, which are in order."""
    found, at = [], top
    for first, last in runs:
        if first > at:
            found.append((at, first - 1))
        at = last + 1
    return [*found, (at, bottom)] if at <= bottom else found


def areas_of(text: str) -> list[Area] | None:
    """The areas of a list of them; None when it has whole columns or rows, which stay."""
    try:
        return [area(one) for one in text.split()]
    except ValueError:
        return None
