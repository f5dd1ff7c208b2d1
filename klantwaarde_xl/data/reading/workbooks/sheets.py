"""Which of a workbook's sheets are read: the one with the columns, those of one shape, or those asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from klantwaarde_xl.data.reading.layout.header_row import Header
from klantwaarde_xl.data.reading.sources.parts import is_copy

READY = "klaar om te lezen"  # what the child says once it runs: a death after it is the workbook's doing


@dataclass(frozen=True)
class Sheet:
    """A sheet with the needed columns: its name, its header, all its rows of cells, and which have a mark.

    hidden: nobody sees it who opens the workbook.
    """

    name: str
    header: Header
    rows: list[list[Any]]
    marked: dict[str, list[int]] = field(default_factory=dict)
    hidden: bool = False

    @property
    def data(self) -> list[list[Any]]:
        """The rows below its header."""
        return self.rows[self.header.at + 1 :]

    @property
    def count(self) -> int:
        """How many of its rows hold anything."""
        return sum(any(cell not in ("", None) for cell in row) for row in self.data)


def doubt(sheets: Sequence[Sheet]) -> str:
    """Why several sheets cannot be read as one table: `vorm`, `kopie`, `verborgen`; empty when they can."""
    first = sheets[0].header
    for sheet in sheets[1:]:
        if sheet.header.shape != first.shape or dict(sheet.header.places) != dict(first.places):
            return "vorm"
    names = [sheet.name for sheet in sheets]
    if len(names) > 1 and any(is_copy(name, names) for name in names):
        return "kopie"
    return "verborgen" if len({sheet.hidden for sheet in sheets}) > 1 else ""


def fill_merged(sheet: Sheet, merged: Sequence[Any], columns: Sequence[int]) -> int:
    """Give the value of a merged cell to all rows that it covers, in these columns; return how many got one.

    merged: pairs of corners (row, column), from nought. Amounts are not to be among the columns: one amount
    over two rows is one amount.
    """
    filled = 0
    for (top, left), (bottom, _) in merged:
        if left not in columns or top <= sheet.header.at:
            continue
        for row in sheet.rows[top + 1 : bottom + 1]:
            if row[left] in ("", None):
                row[left] = sheet.rows[top][left]
                filled += 1
    return filled
