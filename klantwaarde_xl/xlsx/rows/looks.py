"""What the rows of a table look like: the style of every column, the cells and rows that differ from it."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.addresses import Area, column_letter, column_number
from klantwaarde_xl.xlsx.rows.runs import run_of
from klantwaarde_xl.xlsx.sheet_read import STYLE, SheetXml

_NOT_KEPT = re.compile(
    rb"""\s(?:(?:r|spans)=(?:"[^"]*"|'[^']*')"""
    rb"""|(?:customFormat|hidden|collapsed|customHeight|outlineLevel)=["'](?:0|false)["'])"""
)
_GIVEN = re.compile(rb"""\scustomHeight=["'](?:1|true)["']""")
_HEIGHT = re.compile(rb"""\sht=(?:"[^"]*"|'[^']*')""")
# Times that rows look otherwise, after which they are looked at one by one, and bytes between two
_MISSES, _AHEAD = 3, 1 << 16

# The cells of a row as they look: the letters of its column and the other attributes, by cell
_Signature: TypeAlias = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Looks:
    """The rows of one body as they look.

    start, end: where they stand in the part; last: the row before `end`. columns: those with cells in
    the rows of the whole table. usual: by column the style of most of its cells, as an attribute or
    nothing; special: by row and column a style that differs. attributes: of rows, by number, but for
    number and spans; usual_attributes: what most rows have. first: the styles of the first row.
    """

    start: int
    end: int
    last: int
    columns: frozenset[int] = frozenset()
    usual: Mapping[int, str] = field(default_factory=dict)
    special: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    attributes: Mapping[int, str] = field(default_factory=dict)
    usual_attributes: str = ""
    first: Mapping[int, str] = field(default_factory=dict)

    def differ(self, height: int, left: int, right: int) -> bool:
        """Whether a row of so many, or a cell of it in columns left to right, looks otherwise than most."""
        usual = self.usual_attributes
        if any(one != usual for one in self.attributes.values()) or (usual and len(self.attributes) < height):
            return True
        return any(left <= column <= right for odd in self.special.values() for column in odd)


def looks_of(sheet: SheetXml, table: Area, top: int, bottom: int) -> Looks:
    """The looks of the rows top to bottom of a table; found once for a sheet.

    Raises WorkbookUnsafe when the rows are not in order.
    """
    key = table, top, bottom
    if key not in sheet.looks:
        sheet.looks[key] = _Scan(sheet, table, top, bottom).looks()
    found: Looks = sheet.looks[key]
    return found


class _Found(NamedTuple):
    """One row as it looks, or more of them, and where it stands in the part."""

    numbers: Sequence[int]
    attributes: bytes
    cells: list[tuple[bytes, bytes]]
    start: int
    end: int


class _Scan:
    """One walk through the rows of a table."""

    def __init__(self, sheet: SheetXml, table: Area, top: int, bottom: int) -> None:
        self._sheet, self._top, self._bottom = sheet, top, bottom
        if not self._walk(table, _found(sheet, table.top, range(top, bottom + 1))):
            self._walk(table, _found_slowly(sheet, table.top, 0))

    def _walk(self, table: Area, found: Iterator[_Found]) -> bool:
        """Look at all rows; False when cells are written in a way that asks for a slower look."""
        self._rows: dict[_Signature, array[int]] = {}
        self._attributes: dict[int, str] = {}
        self._around: set[bytes] = set()  # letters of cells in the header row and the totals row
        self._place = self._sheet.tail_start, self._sheet.tail_start
        self._last = self._top - 1
        before, start = 0, -1
        end = self._sheet.tail_start
        rows: array[int] = array("I")
        known: list[tuple[bytes, bytes]] = []
        for numbers, attributes, cells, first, last in found:
            number = numbers[0]
            if number <= before:
                raise self._sheet.odd("rijen staan niet op volgorde")
            before = numbers[-1]
            if number > table.bottom:
                break
            if number < table.top:
                continue
            if number < self._top or number > self._bottom:
                self._around.update(letters for letters, _ in cells)
                continue
            if start < 0:
                start = first
            end, self._last = last, before
            if cells != known or not rows:
                known = cells
                if any(not letters for letters, _ in cells):
                    return False
                rows = self._rows.setdefault(tuple(cells), array("I"))
            rows.extend(numbers)
            if attributes and (kept := row_attributes(attributes)):
                self._attributes |= dict.fromkeys(numbers, kept)
        if start >= 0:
            self._place = start, end
        return True

    def looks(self) -> Looks:
        """What was found, once all rows have been seen."""
        height = self._bottom - self._top + 1
        usual = self._usual(height)
        special: dict[int, Mapping[int, str]] = {}
        for signature, rows in self._rows.items():
            styles = {_column(letters): _style_in(one) for letters, one in signature}
            odd = {column: style for column, style in styles.items() if style != usual[column]}
            if odd:
                special |= dict.fromkeys(rows, odd)
        counted = Counter(self._attributes.values()).most_common(1)
        most, many = counted[0] if counted else ("", 0)
        return Looks(
            *self._place,
            self._last,
            frozenset({*usual, *map(_column, self._around)}),
            usual,
            special,
            self._attributes,
            most if 2 * many > height > 1 else "",
            self._first(),
        )

    def _first(self) -> dict[int, str]:
        """The styles of the first row."""
        for signature, rows in self._rows.items():
            if rows[0] == self._top:
                return {_column(letters): _style_in(one) for letters, one in signature}
        return {}

    def _usual(self, height: int) -> dict[int, str]:
        """By column the style of most rows; where no cell is, there is none."""
        counts: dict[int, Counter[str]] = {}
        for signature, rows in sorted(self._rows.items(), key=lambda item: item[1][0]):
            for letters, attributes in signature:
                counts.setdefault(_column(letters), Counter())[_style_in(attributes)] += len(rows)
        for found in counts.values():
            found[""] += height - sum(found.values())
        return {column: found.most_common(1)[0][0] for column, found in counts.items()}


@lru_cache(maxsize=1024)
def row_attributes(attributes: bytes) -> str:
    """A row's attributes without number, spans (which a new body may exceed) and what is so anyway.

    A height that nobody gave it is what a program made of the row's text: it goes, so that the program
    that opens the workbook makes it of the text that is there then.
    """
    kept = _NOT_KEPT.sub(b"", attributes).rstrip()
    return (kept if _GIVEN.search(kept) else _HEIGHT.sub(b"", kept)).decode()


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


@lru_cache(maxsize=1024)
def _letters(column: int) -> bytes:
    return column_letter(column).encode()


def _found(sheet: SheetXml, top: int, body: range) -> Iterator[_Found]:
    """The rows of a sheet, with their cells from a number on; a cell written oddly has no letters.

    body: the rows that may come together where they look the same.
    """
    row_of, cell_of = _patterns(sheet.prefix)
    data, stop, number, misses, again = sheet.data, sheet.tail_start, 0, 0, 0
    row = row_of.search(data, sheet.head_end, stop)
    while row is not None:
        if row[1] is None:  # no number, or not in front
            yield from _found_slowly(sheet, top, number)
            return
        number = int(row[1])
        run = None
        if number in body and misses < _MISSES and row.start() >= again:
            run = run_of(sheet, row.start(), body[-1])
            misses, again = (misses, 0) if run else (misses + 1, row.start() + _AHEAD)
        after = row_of.search(data, run.end if run else row.end(), stop)
        end = after.start() if after else stop
        numbers = run.numbers if run else (number,)
        inner = data.find(b"</%srow" % sheet.prefix, row.end(), end) if run else end
        cells = cell_of.findall(data, row.end(), inner) if number >= top else []
        yield _Found(numbers, row[2], cells, row.start(), end)
        number, row = numbers[-1], after


def _found_slowly(sheet: SheetXml, top: int, after: int) -> Iterator[_Found]:
    """The rows after a number, read the long way."""
    for row in sheet.rows():
        if row.number > after:
            cells = [(_letters(cell.column), cell.attributes) for cell in sheet.cells(row)]
            yield _Found(
                (row.number,), row.attributes, cells if row.number >= top else [], row.start, row.end
            )


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A row with its number, a cell with its letters, and the other attributes of each."""
    p = re.escape(prefix)
    row = rb'<%srow(?: r="(\d+)")?((?=[\s/>])[^>]*)>' % p
    return re.compile(row), re.compile(rb'<%sc(?: r="([A-Z]{1,3})\d+")?((?=[\s/>])[^>]*)>' % p)


@lru_cache(maxsize=4096)
def _style_in(attributes: bytes) -> str:
    """The style among a cell's attributes, as an attribute."""
    match = STYLE.search(attributes)
    return f' s="{match[1].decode()}"' if match else ""
