"""Write a resolved plan into an open workbook through xlwings: check what is in the way, then write.

A table's columns that the plan does not write are the user's, and follow their rows. Their cells
are never read and written back, which would freeze formulas: Excel moves them itself, by sorting
the table on row numbers that stand for a moment in a column of the program.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xlwings as xw

from klantwaarde_xl.addresses import MOST_ROWS
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import CellError, HostError, WorkbookFull, error_of
from klantwaarde_xl.hosts.excel.attached import clear_attached, usual_row
from klantwaarde_xl.hosts.excel.book import ExcelTable, OpenBook, has_filter
from klantwaarde_xl.hosts.excel.properties import keep_properties
from klantwaarde_xl.plan.lost import LOST_HEADERS, LOST_SHEET
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.plan.report import Report, report_of
from klantwaarde_xl.plan.resolve import Resolved, TableChange
from klantwaarde_xl.plan.written import PREFIX

# Text without digits that starts with a letter is text to Excel; anything else it may take for
# a formula, a date ("1-2"), a number ("007") or an error.
_PLAIN_TEXT = re.compile(r"[^\W\d_]\D*")
# Row numbers of equal length, because a column in text format sorts them as text.
_FIRST_MARK = 1_000_000
_BOOLEANS = {"true", "false", "waar", "onwaar"}


def refuse_if_full(opened: OpenBook, resolved: Resolved) -> None:
    """Raise WorkbookFull when the rows of a plan do not fit into an open workbook."""
    blocked = [reason for change in _changes(opened, resolved) if (reason := change.obstacle(opened))]
    if blocked:
        raise WorkbookFull(
            "De nieuwe rijen passen niet in het werkboek.",
            where="; ".join(blocked),
            remedy="Verplaats wat onder de tabel staat, of kies een kortere periode of lijst.",
        )


def write(opened: OpenBook, resolved: Resolved) -> Report:
    """Write a plan that fits, the user's lost values first; raises HostError before the first change."""
    _keep_lost(opened.book, resolved, reactivate=opened.is_desktop)
    changes = _changes(opened, resolved)
    filtered = [change.name for change in changes if opened.is_desktop and has_filter(change.table)]
    for below in opened.below.values():
        below.take_in()
    for change in changes:
        change.write()
    for name, value in resolved.names:
        opened.cells[name].value = to_cell(value)
    if opened.is_on_windows:
        keep_properties(opened.book, PREFIX, resolved.properties)
    for name, shown in resolved.charts:
        _show(opened.charts[name], shown)
    return report_of(resolved, cleared=[(name, "filter") for name in filtered])


def _show(chart: xw.Chart, shown: bool) -> None:
    """Hide a chart of an open workbook, or show it; on a protected sheet Excel refuses, and it stays.

    xlwings has no words for it, and each system has its own.
    """
    with contextlib.suppress(Exception):  # another class on every system; a chart holds no figures
        frame = chart.api[0] if isinstance(chart.api, tuple) else chart.api
        if sys.platform == "darwin":
            frame.visible.set(shown)
        else:
            frame.Visible = shown


def _changes(opened: OpenBook, resolved: Resolved) -> list[_Writing]:
    return [
        _Writing.of(opened.tables[change.name], change, is_on_windows=opened.is_on_windows)
        for change in resolved.tables
    ]


def _keep_lost(book: xw.Book, resolved: Resolved, *, reactivate: bool) -> None:
    """Put what the user had beside vanished rows on a sheet of its own, under what it already holds."""
    rows: list[Sequence[Value]] = [*resolved.lost_rows()]
    if not rows:
        return
    sheet = next((one for one in book.sheets if one.name.casefold() == LOST_SHEET.casefold()), None)
    if sheet is None:
        active = book.sheets.active
        try:
            sheet = book.sheets.add(LOST_SHEET, after=book.sheets[len(book.sheets) - 1])
        except Exception as error:
            raise HostError(
                f"Het blad {LOST_SHEET} kan niet worden gemaakt; er zouden waarden van u verloren gaan. "
                "Er is niets geschreven.",
                where=f"{format_count(len(rows), 'waarde', 'waarden')} die niet kunnen blijven staan",
                remedy="Hef de beveiliging van het werkboek op (Controleren, Werkmap beveiligen) en ververs "
                "opnieuw.",
            ) from error
        if reactivate:
            active.impl.activate()  # the sheet only: Excel itself need not come to the front
        rows.insert(0, LOST_HEADERS)
        top = 1
    else:
        top = sheet.used_range.last_cell.row + 1
    block = [[to_cell(value) for value in row] for row in rows]
    sheet.range((top, 1), (top + len(block) - 1, len(LOST_HEADERS))).value = block


@dataclass(frozen=True)
class _Writing:
    """One table, what to write into it, and where the old rows go.

    order: for each new row, the index of the old row whose user cells it keeps, or None.
    count: how many rows the table has now. moves: whether the user's cells matter at all. clears: whether
    what is attached to vanished rows, and their looks, can be taken away.
    """

    name: str
    table: ExcelTable
    rows: list[list[Any]]
    columns: tuple[int, ...]
    order: tuple[int | None, ...]
    count: int
    moves: bool
    clears: bool

    @classmethod
    def of(cls, table: ExcelTable, change: TableChange, *, is_on_windows: bool) -> _Writing:
        return cls(
            name=change.name,
            table=table,
            rows=[[to_cell(value) for value in row] for row in change.write.rows],
            columns=change.positions,
            order=change.sources,
            count=change.old,
            moves=change.moves,
            clears=change.moves and is_on_windows,
        )

    def obstacle(self, opened: OpenBook) -> str:
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
        held = below.formula if opened.is_desktop else below.options(ndim=2).value
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
        standing = self._drop_rows() if self.moves else [*range(self.count)]
        self._resize(len(standing), len(self.rows))
        if self.moves:
            kept = {old: new for new, old in enumerate(self.order) if old is not None}
            fresh = [new for new, old in enumerate(self.order) if old is None]
            self._sort([*(kept[old] for old in standing), *fresh])
        for first, last in _runs(self.columns):
            block = [[row[i] for i in self._places(first, last)] for row in self.rows]
            if block:
                self._area(0, len(block), first, last).value = block
        if totals:
            self.table.show_totals = True

    def _places(self, first: int, last: int) -> list[int]:
        """Where in a row of the plan the columns first … last of the table are."""
        return [self.columns.index(column) for column in range(first, last + 1)]

    def _drop_rows(self) -> list[int]:
        """Take out the old rows whose key is gone, and the user's cells with them; say which stand then.

        If rows are to come, one that looks as most do stands last, from which the new ones take their look.
        """
        standing = sorted(old for old in self.order if old is not None)
        gone = sorted({*range(self.count)}.difference(standing))
        follows = self.clears and None in self.order
        if gone:
            if follows and not standing:  # a table keeps one row
                gone.insert(0, gone.pop(usual_row(self.table, self.count)))
            place = {old: new for new, old in enumerate([*standing, *gone])}
            self._sort([place[old] for old in range(self.count)])
            self._resize(self.count, len(standing))
        if follows and standing:
            usual = usual_row(self.table, len(standing))
            standing.append(standing.pop(usual))
            last = len(standing) - 1
            self._sort([last if at == usual else at - (at > usual) for at in range(last + 1)])
        return standing

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
            gone = self._area(new, old - new, 0, width - 1)
            gone.clear_contents()
            if self.clears:
                clear_attached(gone)
                blank = max(new, 1)  # a table keeps one row, which has the number formats
                if old > blank:
                    self._area(blank, old - blank, 0, width - 1).api.ClearFormats()
        # The last row that has the table's number formats
        last = max(old if self.clears else self.count, 1) - 1
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
