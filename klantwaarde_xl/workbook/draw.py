"""A layout to an XlsxWriter workbook: every block on its sheet, in our style.

Formulas are written without a value: the builder computes all of them when the tables are full.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.settings import Kind
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import draw_cells, draw_charts, draw_tables
from klantwaarde_xl.workbook.content import blocks_of
from klantwaarde_xl.workbook.entered import GRID, STAND
from klantwaarde_xl.workbook.layout import TOTAL, Layout, Placed
from klantwaarde_xl.workbook.page import Page
from klantwaarde_xl.workbook.paper import columns_on_paper, set_up
from klantwaarde_xl.workbook.sizes import card_rows
from klantwaarde_xl.workbook.styles import BAD, GOOD, NAVY, NUMBERS, WARN, Styles
from klantwaarde_xl.workbook.waits import SIGN

_CHECKED = (
    f'=IF({TOTAL}="",{{waiting}},IF({TOTAL}=0,"Controle: alles in orde",'
    f'IF({TOTAL}=1,"Controle: 1 aandachtspunt","Controle: "&{TOTAL}&" aandachtspunten")))'
)
# On a protected sheet a table cannot grow
_TABLES = (b.ResultBlock, b.DataBlock)
# What anybody may do on a protected sheet; there is no password
_ALLOWED = {
    **dict.fromkeys(("objects", "scenarios", "format_cells", "format_columns", "format_rows"), True),
    **dict.fromkeys(
        ("sort", "autofilter", "pivot_tables", "select_locked_cells", "select_unlocked_cells"), True
    ),
}
_LIGHTS = (("✔", GOOD), ("●", WARN), ("✖", BAD))


class Book:
    """A workbook while it is drawn."""

    def __init__(
        self,
        target: Any,
        layout: Layout,
        *,
        properties: dict[str, Any],
        custom: dict[str, str],
        date1904: bool = False,
    ) -> None:
        import xlsxwriter

        self.layout = layout
        self.raw = xlsxwriter.Workbook(
            target,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": True,
                "in_memory": True,
                "date_1904": date1904,
            },
        )
        self.raw.set_properties(properties)
        for name, value in custom.items():
            self.raw.set_custom_property(name, value, "text")
        self.raw.set_calc_mode("auto")
        self.raw.set_size(2400, 1500)
        self.style = Styles(self.raw)

    def write(self, opens: str = "") -> None:
        """Draw every sheet and close the file; opens: the sheet that one sees first, else the first one."""
        for sheet, placed in self.layout.pages:
            page = Page(self.raw, self.layout, self.style, sheet)
            _band(page)
            for one in placed:
                _DRAWN[type(one.block)](page, one)
                page.bottom = max(page.bottom, one.row)
            _hide_what_waits(page)
            set_up(page)
            if self.layout.template.refreshes and not any(isinstance(one.block, _TABLES) for one in placed):
                page.sheet.protect("", _ALLOWED)
        for name in self.layout.names:
            self.raw.define_name(name, f"={self.layout.spot(name)}")
        (self.raw.get_worksheet_by_name(opens) or self.raw.worksheets()[0]).activate()
        self.raw.close()


def _band(page: Page) -> None:
    """What is on top of every sheet: title, question, total of the checks, the way back."""
    sheet, style, declared = page.sheet, page.style, page.declared
    wide = columns_on_paper(page)  # what stands at the end of the band is on paper too
    sheet.hide_gridlines(2)
    sheet.set_tab_color(declared.tab or NAVY)
    sheet.set_column(0, 0, 1.7, style("plain"))
    for at, width in enumerate(declared.widths, 1):
        sheet.set_column(at, at, width, style("plain"))
    for row, height, role in ((0, 32, "title"), (1, 20, "subtitle")):
        sheet.set_row(row, height)
        for column in range(page.columns + 1):
            sheet.write_blank(row, column, None, style("band" if column else role))
    sheet.set_row(2, 8)
    page.text(1, 2, declared.title, "title")
    if wide > 2:  # small, rather than cut off before the way back
        sheet.merge_range(1, 1, 1, wide - 1, "", style("subtitle"))
    if top := page.layout.top(declared.question):
        page.formula(2, 2, top, "subtitle")
        alarm = {
            "type": "formula",
            "criteria": f'=LEFT({address(2, 2, absolute=True)},2)="{SIGN}"',
            "format": style.impossible(),
        }
        sheet.conditional_format(1, 1, 1, wide - 1, alarm)
    else:
        page.any_text(2, 2, declared.question, "subtitle")
    last = wide + 1
    start = page.layout.pages[0][0].name
    if declared.name != start:
        # A formula keeps our colour; a stored link takes the program's own, unreadable on navy
        page.formula(2, last, f'=HYPERLINK("#{start}!A1","naar {start}")', "back")
    if page.layout.has_checks:
        waits = any(isinstance(one, b.Checks) and one.when for one in blocks_of(page.layout.template))
        waiting = '"Controle: nog niet ververst"' if waits else _waiting(page)
        page.formula(1, last, page.layout.formula(_CHECKED.format(waiting=waiting)), "check")


def _waiting(page: Page) -> str:
    """What is said of checks of which none can be judged, in a workbook that computes while one types."""
    if GRID not in page.layout.fields:
        return '"Controle: nog niets ingevuld"'
    stands = "{" + f"{GRID}.{STAND}" + "}"
    rules = [rule for _, _, rule in page.layout.entries if rule.kind is not Kind.TEXT]
    ours = sum(rule.default is not None for rule in rules)
    filled = f'COUNTIF({stands},"leeg")<ROWS({stands})-{ours}'
    return f'IF({filled},"Controle: nog niets te beoordelen","Controle: nog niets ingevuld")'


def _hide_what_waits(page: Page) -> None:
    """Heads and labels of what is not known yet are white on white, by the cell of the figure itself."""
    for one in page.layout.waiting:
        if one.sheet == page.name:
            rule = {"type": "formula", "criteria": f'={one.cell}=""', "format": page.style.unseen()}
            page.sheet.conditional_format(one.cells.address, rule)


# ── blocks of text ──────────────────────────────────────────────────────────────────────────


def _lines(page: Page, placed: Placed) -> None:
    block, row = placed.block, placed.row
    assert isinstance(block, b.Text)
    if block.heading:
        page.heading(row, placed.column, block.heading, page.columns + 2 - placed.column)
        row += 1
    for at, line in enumerate(block.lines, row):
        page.any_text(at, placed.column, line, block.role)
    page.bottom = max(page.bottom, row + len(block.lines) - 1)


def _message(page: Page, placed: Placed) -> None:
    block, row = placed.block, placed.row
    assert isinstance(block, b.Message)
    style = page.style(block.text.role)
    page.sheet.merge_range(row - 1, placed.column - 1, row - 1, page.columns, "", style)
    page.formula(row, placed.column, page.layout.said(block.text.text, row), block.text.role)
    page.sheet.set_row(row - 1, block.height)
    if block.stressed:
        where = address(row, placed.column)
        rule = page.layout.formula(block.stressed, row)
        page.sheet.conditional_format(
            where, {"type": "formula", "criteria": rule, "format": page.style.stressed()}
        )


def _links(page: Page, placed: Placed) -> None:
    sheets = [sheet for sheet, _ in page.layout.pages if sheet.name != page.name]
    page.heading(placed.row, placed.column, "Ga naar", page.columns)
    for row, sheet in enumerate(sheets, placed.row + 1):
        page.sheet.write_url(
            row - 1, placed.column - 1, f"internal:'{sheet.name}'!A1", page.style("link"), sheet.name
        )
        page.text(row, placed.column + 1, sheet.purpose, "step")


def _legend(page: Page, placed: Placed) -> None:
    block = placed.block
    assert isinstance(block, b.Legend)
    page.heading(placed.row, placed.column, "Kleuren van cellen", page.columns)
    for row, (role, meaning) in enumerate(block.roles, placed.row + 1):
        page.text(row, placed.column, "voorbeeld", role)
        page.text(row, placed.column + 1, meaning, "step")


def _cards(page: Page, placed: Placed) -> None:
    block, top = placed.block, placed.row
    assert isinstance(block, b.Cards)
    bottom = top + card_rows(block) - 1
    for row, height in enumerate((24, 32, 20, 30)[: card_rows(block)], top):
        page.sheet.set_row(row - 1, height)
    for at, card in enumerate(block.cards):
        left = placed.column + 2 * at
        said = ((card.value, "card_value"), (card.note, "card_note"), (card.goal, "card_goal"))
        for row, (_, role) in enumerate(((card.label, "card_label"), *said), top):
            if row <= bottom:
                number = card.value.number if role == "card_value" else ""
                page.sheet.merge_range(row - 1, left - 1, row - 1, left, "", page.style(role, number))
        page.text(top, left, card.label, "card_label")
        for row, (formula, role) in enumerate(said, top + 1):
            if formula is not None:
                text = formula.text
                waits = role != "card_value"
                of = page.layout.said(text, brief=True) if waits else page.layout.formula(text)
                page.formula(row, left, of, role, formula.number)
        if card.cents:
            rule = {
                "type": "formula",
                "criteria": page.layout.formula(f"={card.cents}"),
                "format": page.style.as_number(NUMBERS["euro2"]),
            }
            page.sheet.conditional_format(top, left - 1, top, left - 1, rule)
        if card.goal is not None:
            for sign, color in _LIGHTS:
                rule = {"type": "text", "criteria": "begins with", "value": sign}
                look = {"format": page.style.word(color)}
                page.sheet.conditional_format(bottom - 1, left - 1, bottom - 1, left - 1, rule | look)
    page.bottom = max(page.bottom, bottom)


_DRAWN: dict[type, Callable[[Page, Placed], None]] = {
    b.Text: _lines,
    b.Message: _message,
    b.Links: _links,
    b.Legend: _legend,
    b.Cards: _cards,
    b.Grid: draw_cells.grid,
    b.Form: draw_cells.form,
    b.Checks: draw_cells.checks,
    b.Spill: draw_cells.spill,
    b.Free: draw_cells.free,
    b.ResultBlock: draw_tables.result,
    b.DataBlock: draw_tables.data,
    b.Chart: draw_charts.chart,
}
