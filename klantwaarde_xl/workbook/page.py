"""One sheet while it is drawn: cells by row and column, in our roles and number formats."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.layout import FIRST_ROW, Layout
from klantwaarde_xl.workbook.quick_sheet import QuickSheet
from klantwaarde_xl.workbook.styles import Styles, place_of


class Page:
    """One sheet while it is drawn."""

    def __init__(self, raw: Any, layout: Layout, style: Styles, sheet: b.Sheet) -> None:
        self.raw, self.layout, self.style = raw, layout, style
        self.declared = sheet
        self.name = sheet.name
        self.sheet = raw.add_worksheet(sheet.name, QuickSheet)
        self.columns = len(sheet.widths)
        self.last = column_letter(self.columns + 1)
        self.bottom = FIRST_ROW
        self.breaks: list[int] = []  # rows after which a printed page ends

    def text(self, row: int, column: int, text: str, role: str = "plain") -> None:
        """Write text that is never taken for a formula or a link."""
        self.sheet.write_string(row - 1, column - 1, text, self.style(role))

    def formula(
        self, row: int, column: int, formula: str, role: str = "calculation", number: str = ""
    ) -> None:
        """Write a formula of which every name is an address."""
        self.sheet.write_formula(row - 1, column - 1, formula, self.look(row, column, role, number), "")

    def look(self, row: int, column: int, role: str, number: str = "") -> Any:
        """The format of one cell."""
        return self.style(role, number, place_of(row, column))

    def any_text(self, row: int, column: int, text: str | b.Formula, role: str) -> None:
        """Write text, or a formula that makes it."""
        if isinstance(text, str):
            self.text(row, column, text, role)
        else:
            self.formula(row, column, self.layout.formula(text.text, row), role, text.number)

    def heading(self, row: int, column: int, text: str | b.Formula, columns: int) -> None:
        """Write a heading underlined over a number of columns."""
        for at in range(column, column + columns):
            self.sheet.write_blank(row - 1, at - 1, None, self.style("heading"))
        self.any_text(row, column, text, "heading")

    def width(self, column: int) -> float:
        """How wide a column is, in characters."""
        return self.declared.widths[column - 2] if 0 <= column - 2 < self.columns else 8.43
