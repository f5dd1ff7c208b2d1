"""Rows typed or pasted right under a table of an open document: LibreOffice never takes them in, we do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from com.sun.star.table import CellAddress, CellRangeAddress

from .facts import Refused
from .workbook import CONTENT, FORMULA, has_totals, overlap, table_cells, table_names

_TYPED = CONTENT - FORMULA
# Without the name of a sheet before it
_RANGE = re.compile(r"(?<![\w.$'\]])\$?[A-Z]{1,3}\$?(\d+)?:\$?[A-Z]{1,3}\$?(\d+)?(?![\w(])")


class Below:
    """The tables that took in the rows under them, until the refresh has failed."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._before: dict[str, CellRangeAddress] = {}
        self.taken: dict[str, tuple[int, int]] = {}
        """By table the first and the last row that it took in, as the user counts."""

    def take_in(self, names: Sequence[str]) -> None:
        """Let tables have the rows right under them; raises Refused for a row that is none of them.

        names: of the tables, whatever their capitals.
        """
        wanted = {name.lower() for name in names}
        for name in table_names(self._document):
            table = self._document.DatabaseRanges.getByName(name)
            if name.lower() not in wanted or not table.ContainsHeader or has_totals(self._document, name):
                continue
            area = table.getDataArea()
            last = self._last_below(name, area)
            if last > area.EndRow:
                self._before[name] = area
                self.taken[name] = (area.EndRow + 2, last + 1)
                place = (area.Sheet, area.StartColumn, area.StartRow, area.EndColumn, last)
                table.setDataArea(CellRangeAddress(*place))

    def go_on(self) -> None:
        """Let calculated columns and forms of numbers go on in the rows taken in: they are for good now."""
        for name, area in self._before.items():
            sheet = self._document.getSheets().getByIndex(area.Sheet)
            _go_on(sheet, area, self.taken[name][1] - 1)
            _show_alike(self._document.getNumberFormats(), sheet, area, self.taken[name][1] - 1)

    def give_back(self) -> None:
        """Let the tables be as they were; what stands under them stays."""
        for name, area in self._before.items():
            self._document.DatabaseRanges.getByName(name).setDataArea(area)

    def _last_below(self, name: str, area: Any) -> int:
        """The last row, from 0, of those that go on from a table without a blank one between."""
        sheet = self._document.getSheets().getByIndex(area.Sheet)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress().EndRow
        if end <= area.EndRow:
            return int(area.EndRow)
        below = sheet.getCellRangeByPosition(area.StartColumn, area.EndRow + 1, area.EndColumn, end)
        filled = {
            row
            for part in below.queryContentCells(CONTENT).getRangeAddresses()
            for row in range(part.StartRow, part.EndRow + 1)
        }
        ranges = self._document.DatabaseRanges
        others = [ranges.getByName(one).getDataArea() for one in ranges.getElementNames() if one != name]
        needed = _needed(table_cells(self._document, name))
        last = area.EndRow
        while last + 1 in filled:
            row = sheet.getCellRangeByPosition(area.StartColumn, last + 1, area.EndColumn, last + 1)
            if any(overlap(row.getRangeAddress(), other) for other in others):
                break
            _check(name, row, needed)
            last += 1
        return int(last)


def _needed(cells: Any) -> dict[int, str]:
    """The columns in which every row of a table has something that was typed there, with their headers."""
    area = cells.getRangeAddress()
    height, found = area.EndRow - area.StartRow, {}
    for at in range(area.EndColumn - area.StartColumn + 1 if height else 0):
        column = cells.getCellRangeByPosition(at, 1, at, height)
        parts = column.queryContentCells(_TYPED).getRangeAddresses()
        if sum(part.EndRow - part.StartRow + 1 for part in parts) == height:
            found[at] = cells.getCellByPosition(at, 0).getString()
    return found


def _check(name: str, row: Any, needed: dict[int, str]) -> None:
    area = row.getRangeAddress()
    if row.getIsMerged() or any(
        row.getCellByPosition(at, 0).getIsMerged() for at in range(area.EndColumn - area.StartColumn + 1)
    ):
        raise _unfit(name, row, "heeft samengevoegde cellen")
    for part in row.queryContentCells(FORMULA).getRangeAddresses():
        for column in range(part.StartColumn, part.EndColumn + 1):
            cell = row.getCellByPosition(column - area.StartColumn, 0)
            if _covers_rows(cell.getFormula(), area.StartRow + 1, name):
                raise _unfit(name, row, "heeft een formule over andere rijen")
    missing = [header for at, header in needed.items() if not row.getCellByPosition(at, 0).getFormula()]
    if missing:
        raise _unfit(name, row, f"heeft niets bij {' en '.join(missing)}")


def _covers_rows(formula: str, row: int, name: str) -> bool:
    """Whether a formula has a range on its own sheet with other rows than its own, or the table's column."""
    bare = re.sub('"[^"]*"', "", formula)
    ends = [(one[1], one[2]) for one in _RANGE.finditer(bare)]
    of_table = f"{name.lower()}[" in bare.lower() and "#this row" not in bare.lower()
    return of_table or any(both != (str(row), str(row)) for both in ends)


def _unfit(name: str, row: Any, why: str) -> Refused:
    number, sheet = row.getRangeAddress().StartRow + 1, row.getSpreadsheet().getName()
    return Refused(
        f"Rij {number} staat direct onder de tabel {name}, maar hoort er niet bij: zij {why}.",
        f"blad {sheet}, rij {number}",
        "Hoort zij erbij, vul haar dan in zoals de andere; zo niet, laat er dan een rij leeg boven.",
    )


def _go_on(sheet: Any, area: Any, last: int) -> None:
    """Let calculated columns of an area go on up to a row, from 0, in cells that have nothing."""
    for at in range(area.StartColumn, area.EndColumn + 1):
        model = sheet.getCellByPosition(at, area.EndRow)
        if not model.getFormula().startswith("=") or area.EndRow == area.StartRow:
            continue
        for row in range(area.EndRow + 1, last + 1):
            if not sheet.getCellByPosition(at, row).getFormula():
                source = CellRangeAddress(area.Sheet, at, area.EndRow, at, area.EndRow)
                sheet.copyRange(CellAddress(area.Sheet, at, row), source)


def _show_alike(formats: Any, sheet: Any, area: Any, last: int) -> None:
    """Show numbers under an area, up to a row from 0, as its last row does, where nobody chose a form."""
    for at in range(area.StartColumn, area.EndColumn + 1):
        form = sheet.getCellByPosition(at, area.EndRow).NumberFormat
        if _is_general(formats, form):
            continue
        below = sheet.getCellRangeByPosition(at, area.EndRow + 1, at, last)
        alike = below.NumberFormat is not None  # a column of thousands goes at once
        for cells in (
            (below,) if alike else (below.getCellByPosition(0, row) for row in range(last - area.EndRow))
        ):
            if _is_general(formats, cells.NumberFormat):
                cells.NumberFormat = form


def _is_general(formats: Any, key: int) -> bool:
    return bool(key == formats.getStandardIndex(formats.getByKey(key).Locale))
