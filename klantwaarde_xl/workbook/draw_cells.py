"""Grids, settings, checks and values: what a sheet has besides tables and charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from klantwaarde_xl.addresses import Area, address, column_letter
from klantwaarde_xl.data.settings import FIRST_DAY, LAST_DAY, Kind, Setting, setting
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.formula import quoted_sheet
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.column_looks import Course
from klantwaarde_xl.workbook.content import figure_of, used_settings
from klantwaarde_xl.workbook.layout import Field, Placed, field_of
from klantwaarde_xl.workbook.page import Page
from klantwaarde_xl.workbook.possible import impossible
from klantwaarde_xl.workbook.sizes import CHECK_HEADERS, FORM_HEADERS, USED_HEADERS
from klantwaarde_xl.workbook.state import used_figure
from klantwaarde_xl.workbook.styles import BAD, FITS, GOOD, MUTED, NAVY, NUMBERS, SHADES

_GOOD_WORDS = (("in orde", GOOD), ("let op", BAD), ("nog niet te beoordelen", MUTED))
_LONG_LIST = 30  # rows: goes on on a next page, with its heads
_HEAD_FITS = 0.9  # of the width, in bold; a longer header wraps
_STANDS = (("bij", GOOD), ("verversen", BAD))


def grid(page: Page, placed: Placed) -> None:
    """Headers, and under them rows of texts, formulas, inputs and figures."""
    block = placed.block
    assert isinstance(block, b.Grid)
    place = field_of(block, page.name, placed.row, placed.column)
    if block.heading:
        page.heading(placed.row, placed.column, block.heading, sum(one.span for one in block.columns))
    longest = max(
        len(one.header) / sum(page.width(at + more) for more in range(one.span))
        for at, one in zip(place.places, block.columns, strict=True)
    )
    if longest > _HEAD_FITS:
        page.sheet.set_row(place.top - 1, 32)
    for at, column in zip(place.places, block.columns, strict=True):
        role = ("header_right" if column.numbers else "header") + (FITS if column.span > 1 else "")
        _merge(page, place.top, at, column.span, role)
        if column.shown:
            page.formula(place.top, at, page.layout.formula(column.shown.text), role)
        else:
            page.text(place.top, at, column.header, role)
    scaled = coloured(block.looks, [one.header for one in block.columns])
    for down, cells in enumerate(block.rows, place.top + 1):
        if height := _height(page, place, cells, block.columns):
            page.sheet.set_row(down - 1, height)
        for right, cell, column in zip(place.places, cells, block.columns, strict=True):
            fits = FITS if column.span > 1 or column.header in scaled else ""
            role = (cell.role if isinstance(cell, b.Formula) else column.role) + fits
            _merge(page, down, right, column.span, role)
            _cell(page, down, right, cell, role, place)
    for look in block.looks:
        area = place.cells(look.column)
        if isinstance(look, Course):
            _course(page, area, place.column(look.first), place.column(look.last))
            continue
        to = getattr(look, "to", "") or look.column
        right = place.column(to) + next(one.span for one in block.columns if one.header == to) - 1
        looks(page, look, area._replace(right=right if to != look.column else area.right))
    if page.declared.prints == "wide" and len(block.rows) > _LONG_LIST:
        page.sheet.repeat_rows(place.top - 1)
    page.bottom = max(page.bottom, place.bottom)


def _course(page: Page, cells: Area, first: int, last: int) -> None:
    """A small chart in each of these cells, of what stands in its row between two columns."""
    for row in range(cells.top, cells.bottom + 1):
        shown = Area(row, first, row, last).address
        drawn = {
            "range": f"{quoted_sheet(page.name)}{shown}",
            "type": "column",
            "series_color": NAVY,
            "min": 0,
        }
        page.sheet.add_sparkline(row - 1, cells.left - 1, drawn)


def coloured(some: Sequence[b.Look], headers: Sequence[str]) -> set[str]:
    """The headers of the columns that a scale colours: told apart from those before them (`styles.py`)."""
    found: set[str] = set()
    for look in some:
        if isinstance(look, b.Scale):
            first, last = (headers.index(one) for one in (look.column, look.to or look.column))
            found.update(headers[first : last + 1])
    return found


def _height(
    page: Page, place: Field, cells: tuple[b.Cell, ...], columns: tuple[b.Column, ...]
) -> float | None:
    """Room for text that wraps over merged cells: no program makes that by itself."""
    lines = max(cell.lines if isinstance(cell, b.Given) else 1 for cell in cells)
    for at, cell, column in zip(place.places, cells, columns, strict=True):
        if column.span == 1 or not column.role.endswith("_wrap"):
            continue
        if isinstance(cell, b.Formula):  # what it says may take a second line
            lines = max(lines, 2)
        elif isinstance(cell, str):
            width = sum(page.width(one) for one in range(at, at + column.span))
            lines = max(lines, -(-len(cell) // max(int(width * 1.05), 1)))
    return 15.0 * lines + 3 if lines > 1 else None


def _merge(page: Page, row: int, column: int, span: int, role: str) -> None:
    if span > 1:
        page.sheet.merge_range(row - 1, column - 1, row - 1, column + span - 2, "", page.style(role))


def _cell(page: Page, row: int, column: int, cell: b.Cell, role: str, place: Field | None) -> None:
    if isinstance(cell, str):
        page.text(row, column, cell, role)
    elif isinstance(cell, b.Formula):
        page.formula(row, column, page.layout.formula(cell.text, row, place), role, cell.number)
    elif isinstance(cell, b.Input):
        entry(page, row, column, cell.rule, _among(page, cell))
    elif isinstance(cell, b.Given):
        written = "given" if cell.lines == 1 else "given_wrap"
        look = page.look(row, column, written, figure_of(cell.figure).number)
        page.sheet.write_blank(row - 1, column - 1, None, look)
    elif isinstance(cell, b.Link):
        to = page.layout.anchor(cell.anchor)
        waits = [one.cell for one in page.layout.waiting if one.sheet == page.name and one.holds(row, column)]
        if waits:  # a link that is not a formula stays to be seen in LibreOffice, whatever hides its cell
            target = f"#'{to.sheet}'!{address(to.row, to.column)}"
            linked = f'=IF({waits[0]}="","",HYPERLINK("{target}","{cell.anchor}"))'
            page.formula(row, column, linked, "link_label")
            return
        where = f"internal:'{to.sheet}'!{address(to.row, to.column)}"
        page.sheet.write_url(row - 1, column - 1, where, page.style("link_label"), cell.anchor)
    else:
        page.sheet.write_blank(row - 1, column - 1, None, page.style(role))


def _among(page: Page, cell: b.Input) -> str:
    """The cells of which a user chooses one, as many as there are; empty where he does not."""
    if cell.among is None:
        return ""
    first = page.layout.reference(cell.among[0], (1, 1)).removeprefix("=")
    return f"=OFFSET({first},0,0,MAX(1,{cell.among[1]}),1)"


def entry(page: Page, row: int, column: int, rule: Setting, among: str = "") -> None:
    """A cell for the user to fill in, with its default, what it takes, and what it says otherwise.

    among: a formula for the cells of which he chooses one.
    """
    style, value = page.look(row, column, "input", rule.form), rule.default
    if isinstance(value, str):
        page.sheet.write_string(row - 1, column - 1, value, style)
    elif value is None:
        page.sheet.write_blank(row - 1, column - 1, None, style)
    else:
        page.sheet.write_number(row - 1, column - 1, value, style)
    if checked := validation(rule, among):
        page.sheet.data_validation(row - 1, column - 1, row - 1, column - 1, checked)
    if not among and (wrong := impossible(address(row, column), rule)):
        red = {"type": "formula", "criteria": f"=OR({wrong})", "format": page.style.impossible()}
        page.sheet.conditional_format(row - 1, column - 1, row - 1, column - 1, red)


def validation(rule: Setting, among: str = "") -> dict[str, Any] | None:
    """What a spreadsheet program checks when the user types, with our words; among: as of `entry`."""
    low, high = rule.between
    if rule.kind is Kind.TEXT and not among and high is None:
        return None
    limits: dict[str, Any]
    if rule.kind is Kind.TEXT and not among:
        limits = {"validate": "length", "criteria": "<=", "value": int(high or 0)}
    elif rule.kind is Kind.CHOICE or among:
        limits = {"validate": "list", "source": among or list(rule.choices)}
    elif rule.kind is Kind.DAY:
        limits = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
    else:
        limits = {"validate": "integer" if rule.kind is Kind.COUNT else "decimal"}
        if low is not None and high is not None:
            limits |= {"criteria": "between", "minimum": low, "maximum": high}
        else:
            limits |= {"criteria": ">=", "value": low or 0}
    return {
        "ignore_blank": True,
        "input_title": rule.label[:32],
        "input_message": rule.help[:255],
        "error_title": "Dit kan hier niet",
        "error_message": "Kies een waarde uit de lijst." if among else rule.message()[:255],
        **limits,
    }


def form(page: Page, placed: Placed) -> None:
    """The settings under each other: value, unit, explanation, source, and what was used last."""
    block, top, left = placed.block, placed.row, placed.column
    assert isinstance(block, b.Form)
    for at, header in enumerate((*FORM_HEADERS, *(USED_HEADERS if block.used else ())), left):
        page.text(top, at, header, "header")
    waits = used_settings(page.layout.template)
    for row, name in enumerate(block.settings, top + 1):
        one = setting(name)
        page.text(row, left, one.label, "label")
        entry(page, row, left + 1, one)
        for at, (text, role) in enumerate(
            ((one.unit, "unit"), (one.help, "label"), (one.source, "unit")), left + 2
        ):
            page.text(row, at, text, role)
        if block.used:
            _used(page, row, left + len(FORM_HEADERS), one, waits=name in waits)
    if block.used:
        stands = left + len(FORM_HEADERS) + 1
        looks(page, b.Words("stand", _STANDS), Area(top + 1, stands, top + len(block.settings), stands))
    page.bottom = max(page.bottom, top + len(block.settings))
    if page.declared.freeze:
        page.sheet.freeze_panes(top, 0)


def _used(page: Page, row: int, column: int, one: Setting, *, waits: bool) -> None:
    if not waits:
        page.text(row, column, "", "unit")
        page.text(row, column + 1, "werkt meteen", "unit")
        return
    used = used_figure(one.name)
    page.sheet.write_blank(row - 1, column - 1, None, page.look(row, column, "given", used.number))
    page.formula(row, column + 1, f'=IF({one.name}={used.cell},"bij","verversen")', "state")


def checks(page: Page, placed: Placed) -> None:
    """Each check with its outcome and what to do, and how many ask for attention."""
    block, top, left = placed.block, placed.row, placed.column
    assert isinstance(block, b.Checks)
    for at, header in enumerate(CHECK_HEADERS, left):
        page.text(top, at, header, "header")
    first, last = top + 1, top + len(block.checks)
    for row, check in enumerate(block.checks, first):
        outcome = address(row, left + 1)
        page.text(row, left, check.label, "label")
        test = f'IF(IFERROR({_bare(page, check.test)},FALSE),"in orde","let op")'
        for when in filter(None, (check.when, block.when)):
            test = f'IF(IFERROR({_bare(page, when)},FALSE),{test},"nog niet te beoordelen")'
        page.formula(row, left + 1, f"={test}")
        remedy = check.remedy.replace('"', '""')
        otherwise = f'IF({outcome}="nog niet te beoordelen",{check.why}&"","")' if check.why else '""'
        page.formula(row, left + 2, f'=IF({outcome}="let op","{remedy}",{otherwise})', "step")
    page.text(last + 1, left, "Aandachtspunten", "heading")
    counted = Area(first, left + 1, last, left + 1)
    total = f'COUNTIF({counted.address},"let op")'
    if len(block.checks) == 1:  # of a single cell we do not compute COUNTIF
        total = f'IF({counted.address}="let op",1,0)'
    if block.when:
        total = f'IF({_bare(page, block.when)},{total},"")'
    elif len(block.checks) > 1:  # on a workbook in which nothing is typed only one can be judged
        waiting = f'COUNTIF({counted.address},"nog niet te beoordelen")>={len(block.checks) - 1}'
        total = f'IF(AND({waiting},{total}=0),"",{total})'
    page.formula(last + 1, left + 1, f"={total}", "output", "aantal")
    looks(page, b.Words("uitkomst", _GOOD_WORDS), counted)
    page.bottom = max(page.bottom, last + 1)
    if page.declared.freeze:
        page.sheet.freeze_panes(top, 0)


def _bare(page: Page, formula: str) -> str:
    return page.layout.formula(formula).removeprefix("=")


def spill(page: Page, placed: Placed) -> None:
    """A table, whose first cell holds the formula that gives it, if there is one."""
    block, top, left = placed.block, placed.row, placed.column
    assert isinstance(block, b.Spill)
    area = Area(top, left, top + len(block.rows) - 1, left + len(block.rows[0]) - 1)
    first = block.rows[0][0]
    if block.formula:
        page.sheet.write_array_formula(area.address, block.formula, page.style("table_header"), first)
    for row, cells in enumerate(block.rows, top):
        for column, value in enumerate(cells, left):
            # An error inside the array's area: only the array's own formula can put it there
            if not block.formula or ((row, column) != (top, left) and not isinstance(value, CellError)):
                plain(page, row, column, value, "table" if row > top else "table_header")
    page.bottom = max(page.bottom, area.bottom)


def free(page: Page, placed: Placed) -> None:
    """Single values at places counted from the block's own."""
    block = placed.block
    assert isinstance(block, b.Free)
    for down, right, value in block.cells:
        plain(page, placed.row + down, placed.column + right, value)


def plain(page: Page, row: int, column: int, value: Any, role: str = "calculation") -> None:
    """Write one plain value in the format of its kind."""
    if value is None:
        page.sheet.write_blank(row - 1, column - 1, None, page.style(role))
    elif isinstance(value, CellError):
        page.sheet.write_formula(row - 1, column - 1, f"={value.text}", page.style(role), value.text)
    elif isinstance(value, dt.date):
        page.sheet.write_datetime(row - 1, column - 1, value, page.style(role, "datum"))
    elif isinstance(value, str):
        page.text(row, column, value, role)
    else:
        number = "" if value == int(value) else "klein" if abs(value) < 1 else "getal"
        page.sheet.write_number(row - 1, column - 1, value, page.style(role, number))


def looks(page: Page, look: b.Look, cells: Area) -> None:
    """A look of a column as conditional formats; those of a table grow with it."""
    where = (cells.top - 1, cells.left - 1, cells.bottom - 1, cells.right - 1)
    if isinstance(look, b.Bar):
        bar: dict[str, Any] = {
            "type": "data_bar",
            "bar_color": "#B9CBDD",
            "bar_solid": True,
            "data_bar_2010": True,
        }
        bar |= {"min_type": "num", "min_value": 0}
        if look.high is not None:
            bar |= {"max_type": "num", "max_value": look.high}
        page.sheet.conditional_format(*where, bar)
    elif isinstance(look, b.Scale):
        where = (where[0] + look.from_row - 1, *where[1:])
        page.sheet.conditional_format(
            *where, {"type": "2_color_scale", "min_color": "#F2F7FA", "max_color": "#9DBFD6"}
        )
    elif isinstance(look, b.Shades):
        _shades(page, look, cells)
    elif isinstance(look, b.Filled):
        first = f"${column_letter(cells.left)}{cells.top}"
        rule = {
            "type": "formula",
            "criteria": f'={first}=""',
            "format": page.style.unseen(),
            "stop_if_true": True,
        }
        page.sheet.conditional_format(*where, rule)
    elif isinstance(look, b.AsChosen):
        for word, number in look.numbers:
            chosen = {
                "type": "formula",
                "criteria": f'={look.cell}="{word}"',
                "format": page.style.as_number(NUMBERS[number]),
            }
            page.sheet.conditional_format(*where, chosen)
    elif isinstance(look, b.Reached):
        _reached(page, look, cells)
    elif isinstance(look, b.Words):
        for word, color in look.colors:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": page.style.word(color)}
            page.sheet.conditional_format(*where, rule)
    else:
        page.sheet.conditional_format(*where, {"type": "errors", "format": page.style.faint()})


def _reached(page: Page, look: b.Reached, cells: Area) -> None:
    """One rule for all columns: left of the first of them stands something else."""
    here, before = (f"{column_letter(at)}{cells.top}" for at in (cells.left, cells.left - 1))
    first = f"OR(COLUMN({here})={cells.left},N({before})<{look.cell})"
    test = f"=AND({look.when},ISNUMBER({look.cell}),ISNUMBER({here}),{here}>={look.cell},{first})"
    rule = {"type": "formula", "criteria": test, "format": page.style.outlined(NUMBERS[look.number])}
    page.sheet.conditional_format(cells.top - 1, cells.left - 1, cells.bottom - 1, cells.right - 1, rule)


def _shades(page: Page, look: b.Shades, cells: Area) -> None:
    """The darkest for what is near the highest amount; each block of rows has the shade of its last row."""
    corners = (
        address(cells.top, cells.left, absolute=True),
        address(cells.bottom, cells.right, absolute=True),
    )
    highest = f"MAX({corners[0]}:{corners[1]})"
    for top in range(cells.top, cells.bottom + 1, look.rows):
        last = top + look.rows - 1
        amount = f"{column_letter(cells.left)}${last}"  # the column goes with the cell
        for part, fill, ink in SHADES:
            rule = {
                "type": "formula",
                "criteria": f"=IF(ISNUMBER({amount}),{amount}>={part}*{highest},FALSE)",
                "format": page.style.shade(fill, ink),
                "stop_if_true": True,
            }
            page.sheet.conditional_format(top - 1, cells.left - 1, last - 1, cells.right - 1, rule)
