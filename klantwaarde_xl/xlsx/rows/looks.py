"""What the rows of a table look like: the style of every column, the cells and rows that differ from it."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from klantwaarde_xl.addresses import Area, column_letter, column_number
from klantwaarde_xl.xlsx.sheet_read import Row, SheetXml

_NOT_KEPT = re.compile(rb"""\s(?:r|spans)=(?:"[^"]*"|'[^']*')""")

# The cells of a row as they look: the letters of its column and the number of its style, by cell
_Signature: TypeAlias = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Looks:
    """The rows of one body as they look.

    start, end: where they stand in the part; last: the row before `end`. columns: those with cells in
    the rows of the whole table. usual: by column the style of most of its cells, as an attribute or
    nothing; special: by row and column a style that differs. attributes: of rows, by number, but for
    number and spans; usual_attributes: what most rows have.
    """

    start: int
    end: int
    last: int
    columns: frozenset[int] = frozenset()
    usual: Mapping[int, str] = field(default_factory=dict)
    special: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    attributes: Mapping[int, str] = field(default_factory=dict)
    usual_attributes: str = ""

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


class _Scan:
    """One walk through the rows of a table."""

    def __init__(self, sheet: SheetXml, table: Area, top: int, bottom: int) -> None:
        self._sheet, self._top, self._bottom = sheet, top, bottom
        self._pattern, self._opening = _cells_of(sheet.prefix), b"<%sc" % sheet.prefix
        self._rows: dict[_Signature, array[int]] = {}
        self._attributes: dict[int, str] = {}
        self._around: set[bytes] = set()  # letters of cells in the header row and the totals row
        self._place = sheet.tail_start, sheet.tail_start
        self._last = top - 1
        self._walk(table)

    def _walk(self, table: Area) -> None:
        before, start = 0, -1
        end = self._sheet.tail_start
        rows: array[int] = array("I")
        known: _Signature | None = None
        for row in self._sheet.rows():
            if row.number <= before:
                raise self._sheet.odd("rijen staan niet op volgorde")
            before = row.number
            if row.number < table.top:
                continue
            if row.number > table.bottom:
                break
            signature = self._signature(row)
            if not self._top <= row.number <= self._bottom:
                self._around.update(letters for letters, _ in signature)
                continue
            if start < 0:
                start = row.start
            end, self._last = row.end, row.number
            if signature != known:
                known = signature
                rows = self._rows.setdefault(signature, array("I"))
            rows.append(row.number)
            if kept := row_attributes(row.attributes):
                self._attributes[row.number] = kept
        if start >= 0:
            self._place = start, end

    def _signature(self, row: Row) -> _Signature:
        data, start, end = self._sheet.data, row.inner_start, row.inner_end
        found = self._pattern.findall(data, start, end)
        if len(found) == data.count(self._opening, start, end):
            return tuple(found)
        cells = self._sheet.cells(row)
        return tuple((_letters(cell.column), cell.style) for cell in cells)

    def looks(self) -> Looks:
        height = self._bottom - self._top + 1
        usual = self._usual(height)
        special: dict[int, Mapping[int, str]] = {}
        for signature, rows in self._rows.items():
            odd = {_column(letters): _style(one) for letters, one in signature if one != usual[letters]}
            if odd:
                special |= dict.fromkeys(rows, odd)
        counted = Counter(self._attributes.values()).most_common(1)
        most, many = counted[0] if counted else ("", 0)
        return Looks(
            *self._place,
            self._last,
            frozenset(map(_column, {*usual, *self._around})),
            {_column(letters): _style(one) for letters, one in usual.items()},
            special,
            self._attributes,
            most if 2 * many > height > 1 else "",
        )

    def _usual(self, height: int) -> dict[bytes, bytes]:
        """By the letters of a column the style of most rows; where no cell is, there is none."""
        counts: dict[bytes, Counter[bytes]] = {}
        for signature, rows in sorted(self._rows.items(), key=lambda item: item[1][0]):
            for letters, style in signature:
                counts.setdefault(letters, Counter())[style] += len(rows)
        for found in counts.values():
            found[b""] += height - sum(found.values())
        return {letters: found.most_common(1)[0][0] for letters, found in counts.items()}


def row_attributes(attributes: bytes) -> str:
    """A row's attributes without its number and its spans (which a new body may exceed)."""
    if attributes.count(b"=") == 1:  # only the number, as in the rows of our own writer
        return ""
    return _NOT_KEPT.sub(b"", attributes).rstrip().decode()


def _style(number: bytes) -> str:
    return f' s="{number.decode()}"' if number else ""


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


@lru_cache(maxsize=1024)
def _letters(column: int) -> bytes:
    return column_letter(column).encode()


@lru_cache(maxsize=8)
def _cells_of(prefix: bytes) -> re.Pattern[bytes]:
    """A cell as nearly every program opens it: address, style, type."""
    opened = rb'<%sc r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="\w+")?/?>'
    return re.compile(opened % re.escape(prefix))
