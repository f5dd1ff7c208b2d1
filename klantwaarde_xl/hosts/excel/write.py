"""Apply a Plan to an open workbook through xlwings: check everything, then write in blocks.

A table's columns that the plan does not write are the user's, and follow their rows. Their cells
are never read and written back, which would freeze formulas: Excel moves them itself, by sorting
the table on row numbers that stand for a moment in a column of the program.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xlwings as xw

from klantwaarde_xl.addresses import MOST_ROWS
from klantwaarde_xl.errors import CellError, WorkbookChanged, WorkbookFull, error_of
from klantwaarde_xl.hosts.excel.book import (
    ExcelTable,
    headers_of,
    is_blank,
    is_desktop,
    named_cells,
    rows_of,
    tables,
)
from klantwaarde_xl.plan.matching import key_of, match_rows, same_places
from klantwaarde_xl.plan.plan import Plan, TableWrite, Value

# Text without digits that starts with a letter is text to Excel; anything else it may take for
# a formula, a date ("1-2"), a number ("007") or an error.
_PLAIN_TEXT = re.compile(r"[^\W\d_]\D*")
# Row numbers of equal length, because a column in text format sorts them as text.
_FIRST_MARK = 1_000_000
_BOOLEANS = {"true", "false", "waar", "onwaar"}


def apply_plan(book: xw.Book, plan: Plan) -> None:
    """Write a plan into an open workbook.

    Raises WorkbookChanged when a table, column or name is missing and WorkbookFull when rows do
    not fit; then nothing has been written.
    """
    found = {name.casefold(): table for name, table in tables(book)}
    cells = {name.casefold(): cell for name, cell in named_cells(book)}
    missing = [*_missing_parts(plan, found)]
    missing += [f"naam {write.name}" for write in plan.names if write.name.casefold() not in cells]
    if missing:
        raise WorkbookChanged(
            "Het werkboek mist onderdelen die Klantwaarde XL vult.",
            where=", ".join(missing),
            remedy="Geef ze hun oude naam terug, of maak een nieuw werkboek en neem uw gegevens over.",
        )
    changes = [_TableChange.of(found[write.table.casefold()], write) for write in plan.tables]
    blocked = [reason for change in changes if (reason := change.obstacle(book))]
    if blocked:
        raise WorkbookFull(
            "De nieuwe rijen passen niet in het werkboek.",
            where="; ".join(blocked),
            remedy="Verplaats wat onder de tabel staat, of kies een kortere periode of lijst.",
        )
    for change in changes:
        change.write()
    for write in plan.names:
        cells[write.name.casefold()].value = to_cell(write.value)


def _missing_parts(plan: Plan, found: dict[str, ExcelTable]) -> Iterator[str]:
    for write in plan.tables:
        table = found.get(write.table.casefold())
        if table is None:
            yield f"tabel {write.table}"
            continue
        headers = {_header(header) for header in headers_of(table)}
        yield from (f"kolom {c} in {write.table}" for c in write.columns if _header(c) not in headers)


@dataclass(frozen=True)
class _TableChange:
    """One table, what to write into it, and where the old rows go.

    order: for each new row, the index of the old row whose user cells it keeps, or None.
    count: how many rows the table has now. moves: whether the user's cells matter at all.
    """

    table: ExcelTable
    rows: list[list[Any]]
    columns: list[int]
    order: list[int | None]
    count: int
    moves: bool

    @classmethod
    def of(cls, table: ExcelTable, write: TableWrite) -> _TableChange:
        positions = {_header(header): i for i, header in enumerate(headers_of(table))}
        columns = [positions[_header(column)] for column in write.columns]
        old = rows_of(table)
        theirs = [i for i in positions.values() if i not in columns]
        return cls(
            table=table,
            rows=[[to_cell(value) for value in row] for row in write.rows],
            columns=columns,
            order=_order(write, [[row[i] for i in columns] for row in old]),
            count=len(old),
            moves=any(not is_blank([row[i] for i in theirs]) for row in old),
        )

    def obstacle(self, book: xw.Book) -> str:
        """Say what is in the way of the new rows; empty when nothing is."""
        name = self.table.name
        area = self.table.range
        bottom = area.row + area.shape[0] - 1
        needed = self.table.header_row_range.row + max(len(self.rows), 1) + bool(self.table.show_totals)
        if needed > MOST_ROWS:
            return f"{name}: {len(self.rows)} rijen is meer dan een werkblad heeft"
        if needed <= bottom:
            return ""
        below = area.sheet.range((bottom + 1, area.column), (needed, area.column + area.shape[1] - 1))
        # A formula that shows nothing is still the user's; only Excel itself can show us formulas.
        held = below.formula if is_desktop(book) else below.options(ndim=2).value
        if not _holds_anything(held):
            return ""
        return f"{name}: onder de tabel, in {below.get_address(False, False)}, staan al gegevens"

    def write(self) -> None:
        """Move the user's cells, fit the table to the rows, and write the program's columns."""
        totals = bool(self.table.show_totals)
        if totals:
            self.table.show_totals = False  # it would be in the way of new rows
        if self.table.show_autofilter:
            self.table.autofilter.clear()  # rows that a filter hides are skipped when sorting
        if self.moves:
            self._drop_rows()
        count = sum(i is not None for i in self.order) if self.moves else self.count
        self._resize(count, len(self.rows))
        if self.moves:
            kept = {old: new for new, old in enumerate(self.order) if old is not None}
            fresh = [new for new, old in enumerate(self.order) if old is None]
            self._sort([*(kept[old] for old in sorted(kept)), *fresh])
        for first, last in _runs(self.columns):
            block = [[row[i] for i in self._places(first, last)] for row in self.rows]
            if block:
                self._area(0, len(block), first, last).value = block
        if totals:
            self.table.show_totals = True

    def _places(self, first: int, last: int) -> list[int]:
        """Where in a row of the plan the columns first … last of the table are."""
        return [self.columns.index(column) for column in range(first, last + 1)]

    def _drop_rows(self) -> None:
        """Take out the old rows whose key is gone, and the user's cells with them."""
        kept = {old for old in self.order if old is not None}
        gone = [old for old in range(self.count) if old not in kept]
        if gone:
            place = {old: new for new, old in enumerate([*sorted(kept), *gone])}
            self._sort([place[old] for old in range(self.count)])
            self._resize(self.count, len(kept))

    def _sort(self, positions: list[int]) -> None:
        """Let Excel move the rows, the first of them to place positions[0], and so on."""
        if positions != sorted(positions):
            column = self.columns[0]
            marks = [[_FIRST_MARK + position] for position in positions]
            self._area(0, len(marks), column, column).value = marks
            self.table.sort(column + 1)

    def _resize(self, old: int, new: int) -> None:
        """Fit the table from old to new rows; what falls off is emptied, what comes on looks alike."""
        width = self.table.header_row_range.shape[1]
        if max(new, 1) != max(old, 1):
            self.table.resize(self._area(-1, max(new, 1) + 1, 0, width - 1))
        if new < old:
            self._area(new, old - new, 0, width - 1).clear_contents()
        last = max(self.count, 1) - 1  # the last row that has the table's number formats
        if new > last + 1:
            looks = self._area(last, 1, 0, width - 1)
            looks.autofill(self._area(last, new - last, 0, width - 1), "fill_formats")

    def _area(self, start: int, count: int, first: int, last: int) -> xw.Range:
        """Cells of the table: count rows from the data row start on, columns first … last.

        Reckoned from the header, because a recorded table does not know its new size yet.
        """
        header = self.table.header_row_range
        top, left = header.row + 1 + start, header.column
        area: xw.Range = header.sheet.range((top, left + first), (top + count - 1, left + last))
        return area


def _order(write: TableWrite, old: Sequence[Sequence[Value]]) -> list[int | None]:
    """For each new row the old row with the same key, the same time it occurs."""
    if not write.key:
        return same_places(len(write.rows), len(old))
    names = [_header(column) for column in write.columns]
    places = [names.index(_header(column)) for column in write.key]
    keys = [[key_of(row[i] for i in places) for row in rows] for rows in (write.rows, old)]
    return match_rows(*keys)


def _header(text: str) -> str:
    return text.strip().casefold()


def _holds_anything(held: Any) -> bool:
    """Whether a value, or rows of values, has anything but blanks."""
    if isinstance(held, (list, tuple)):
        return any(_holds_anything(one) for one in held)
    return held not in (None, "")


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring columns taken together: [0, 1, 3] → (0, 1), (3, 3)."""
    ordered = sorted(columns)
    ends = [(left, right) for left, right in pairwise(ordered) if right != left + 1]
    starts = [ordered[0], *(right for _, right in ends)]
    return list(zip(starts, [*(left for left, _ in ends), ordered[-1]], strict=True))


def to_cell(value: Value) -> Any:
    """What to hand to Excel so that the cell holds exactly this value, and text stays text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, str):
        plain = _PLAIN_TEXT.fullmatch(value) and value.casefold() not in _BOOLEANS
        return value if plain or not value else f"'{value}"
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # COM knows no plain dates
    number = float(value)
    if math.isinf(number):
        return CellError.NUM.text
    error = error_of(number)
    return number if error is None else error.text
