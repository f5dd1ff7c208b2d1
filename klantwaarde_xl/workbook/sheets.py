"""The parts a sheet is made of: page, table, input row, card, chart. XlsxWriter underneath.

Formulas are written without a value: the builder computes all of them when the tables are full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from klantwaarde_xl.addresses import address, column_letter
from klantwaarde_xl.workbook.styles import GREY, INK, LINE, NAVY, TABLE_STYLE, Styles

CHECK_TEXT = '=IF(kc_meldingen=0,"Controle: alles in orde","Controle: "&kc_meldingen&" aandachtspunten")'


@dataclass(frozen=True)
class Field:
    """A column of a table on a sheet: header, number format; wraps: text that may take more lines."""

    header: str
    number: str = ""
    wraps: bool = False


class Book:
    """An XlsxWriter workbook with our styles; pages are added in reading order."""

    def __init__(
        self, target: Any, *, properties: dict[str, Any], custom: dict[str, str], has_checks: bool
    ) -> None:
        import xlsxwriter

        self.has_checks = has_checks
        self.raw = xlsxwriter.Workbook(
            target,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": True,
                "in_memory": True,
            },
        )
        self.raw.set_properties(properties)
        for name, value in custom.items():
            self.raw.set_custom_property(name, value, "text")
        self.raw.set_calc_mode("auto")
        self.raw.set_size(2400, 1500)
        self.style = Styles(self.raw)

    def page(self, name: str, title: str, subtitle: str, widths: Sequence[float], *, tab: str = NAVY) -> Page:
        """Add a sheet with our band on top: title, what the sheet is for, check total, way back."""
        return Page(self, name, title, subtitle, widths, tab)

    def name(self, name: str, page: Page, where: str) -> None:
        """Define a workbook-wide name for one cell."""
        column = where.rstrip("0123456789")
        row = where[len(column) :]
        self.raw.define_name(name, f"='{page.name}'!${column}${row}")

    def close(self) -> None:
        """Write the file."""
        self.raw.close()


class Page:
    """One sheet. Cells are named by address, `B7`; column A is a margin."""

    def __init__(
        self, book: Book, name: str, title: str, subtitle: str, widths: Sequence[float], tab: str
    ) -> None:
        self.book, self.name, self.style = book, name, book.style
        self.sheet = book.raw.add_worksheet(name)
        self.last = column_letter(len(widths) + 1)
        sheet, style = self.sheet, self.style
        sheet.hide_gridlines(2)
        sheet.set_tab_color(tab)
        sheet.set_column(0, 0, 2, style("plain"))
        for i, width in enumerate(widths, 1):
            sheet.set_column(i, i, width, style("plain"))
        for row, height, role in ((0, 34, "title"), (1, 20, "subtitle")):
            sheet.set_row(row, height)
            for column in range(len(widths) + 1):
                sheet.write_blank(row, column, None, style("band" if column else role))
        self.text("B1", title, "title")
        self.text("B2", subtitle, "subtitle")
        if name != "Start":
            # A formula keeps our colour; a stored link takes the program's own, unreadable on navy
            self.formula(f"{self.last}2", '=HYPERLINK("#Start!A1","naar Start")', "back")
        if book.has_checks:
            self.formula(f"{self.last}1", CHECK_TEXT, "check")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&F · &A&R&8pagina &P van &N")

    # ── cells ─────────────────────────────────────────────────────────────────────────────

    def text(self, where: str, text: str, role: str = "plain") -> None:
        """Write text that is never taken for a formula or a link."""
        self.sheet.write_string(where, text, self.style(role))

    def formula(self, where: str, formula: str, role: str = "calculation", number: str = "") -> None:
        """Write a formula in file notation; its value is computed by the builder."""
        self.sheet.write_formula(where, formula, self.style(role, number), "")

    def message(self, area: str, formula: str, role: str, height: float) -> None:
        """A formula whose text may take more lines, over the columns of one row; height: in points."""
        first = area.partition(":")[0]
        self.sheet.merge_range(area, "", self.style(role))
        self.formula(first, formula, role)
        self.sheet.set_row(int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, height)

    def heading(self, where: str, text: str, to_column: str = "") -> None:
        """Write a heading underlined up to a column."""
        column = where.rstrip("0123456789")
        row = int(where[len(column) :])
        for letter in _letters(column, to_column or column):
            self.sheet.write_blank(f"{letter}{row}", None, self.style("heading"))
        self.text(where, text, "heading")

    def result(self, where: str, name: str, value: Any, number: str = "") -> None:
        """A named cell that a refresh fills in."""
        style = self.style("calculation", number)
        if value is None:
            self.sheet.write_blank(where, None, style)
        else:
            self.sheet.write(where, value, style)
        self.book.name(name, self, where)

    def input(self, where: str, name: str, value: Any, number: str, rule: dict[str, Any] | None) -> None:
        """A named cell for the user to fill in, with its validation and message."""
        style = self.style("input", number)
        if value is None:
            self.sheet.write_blank(where, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(where, value, style)
        else:
            self.sheet.write_number(where, value, style)
        if name:
            self.book.name(name, self, where)
        if rule:
            self.sheet.data_validation(where, {"ignore_blank": True, **rule})

    def header_row(self, row: int, column: str, texts: Sequence[str], *, numbers: bool = False) -> None:
        """Write the header of a block that is no table; numbers: all but the first head numbers."""
        start = ord(column) - 64
        for i, text in enumerate(texts):
            self.text(address(row, start + i), text, "header_right" if numbers and i else "header")

    # ── tables ────────────────────────────────────────────────────────────────────────────

    def table(self, name: str, row: int, column: int, fields: Sequence[Field]) -> None:
        """An empty Excel table of one body row, whose formats every later row takes over.

        row, column: of the header, from one. The body is written by a plan.
        """
        body = row  # the zero-based row under the header
        for i, field in enumerate(fields):
            role = "cell_text" if i and field.number == "tekst" else "cell"
            role = "cell_wrap" if field.wraps else role
            self.sheet.write_blank(body, column - 1 + i, None, self.style(role, field.number))
        self.sheet.add_table(
            row - 1,
            column - 1,
            body,
            column + len(fields) - 2,
            {
                "name": name,
                "style": TABLE_STYLE,
                "columns": [
                    {"header": field.header, "header_format": self.style(_header(field, first=not i))}
                    for i, field in enumerate(fields)
                ],
            },
        )
        self.sheet.set_row(row - 1, 32)
        self.sheet.repeat_rows(row - 1)

    # ── cards and charts ──────────────────────────────────────────────────────────────────

    def card(self, columns: str, row: int, label: str, value: str, number: str, note: str) -> None:
        """A key figure: label, value and a line of comment, over two columns and three rows.

        value and note are formulas.
        """
        left, right = columns.split(":")
        rows = (("card_label", "", row), ("card_value", number, row + 1), ("card_note", "", row + 2))
        for role, form, at in rows:
            self.sheet.merge_range(f"{left}{at}:{right}{at}", "", self.style(role, form))
        self.text(f"{left}{row}", label, "card_label")
        self.formula(f"{left}{row + 1}", value, "card_value", number)
        self.formula(f"{left}{row + 2}", note, "card_note")

    def chart(
        self, where: str, chart: Any, title: str, alt: str, size: tuple[int, int], *, legend: bool = True
    ) -> None:
        """Place a chart in our style; alt says in words what it shows."""
        chart.set_title(
            {
                "name": title,
                "overlay": False,
                "layout": {"x": 0.02, "y": 0.03},
                "name_font": {"size": 12, "bold": True, "color": NAVY, "name": "Calibri"},
            }
        )
        chart.set_legend({"position": "bottom", "font": _FONT} if legend else {"none": True})
        chart.set_chartarea({"border": {"color": LINE}, "fill": {"color": "#FFFFFF"}})
        chart.set_plotarea({"fill": {"none": True}})
        chart.set_size({"width": size[0], "height": size[1]})
        self.sheet.insert_chart(where, chart, {"description": alt, "object_position": 1})


def _header(field: Field, *, first: bool) -> str:
    if field.number not in ("", "tekst"):
        return "header_right"
    return "header" if first or not field.number else "header_text"


_FONT = {"size": 9, "color": INK, "name": "Calibri"}


def axis(number: str = "", *, grid: bool = False, **more: Any) -> dict[str, Any]:
    """Options of a chart axis in our style."""
    options: dict[str, Any] = {
        "num_font": {"size": 9, "color": GREY, "name": "Calibri"},
        "line": {"color": LINE} if not grid else {"none": True},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": grid, "line": {"color": LINE, "width": 0.5}},
        **more,
    }
    if number:
        options["num_format"] = number
    return options


def _letters(first: str, last: str) -> list[str]:
    return [chr(code) for code in range(ord(first), ord(last) + 1)]
