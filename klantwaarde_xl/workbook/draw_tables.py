"""Excel tables: of a result, which a refresh fills, and of an input table, which the user fills."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from klantwaarde_xl.addresses import Area, column_letter
from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import by_word
from klantwaarde_xl.workbook.by_word import number_of
from klantwaarde_xl.workbook.content import columns_in, result_of
from klantwaarde_xl.workbook.draw_cells import coloured, looks, validation
from klantwaarde_xl.workbook.layout import Placed
from klantwaarde_xl.workbook.page import Page
from klantwaarde_xl.workbook.styles import FITS, TABLE_STYLE

HEAD_HEIGHT = 32


def result(page: Page, placed: Placed) -> None:
    """The table of a result, one row high: a plan fills it, and its looks and formats go along."""
    block, row = placed.block, placed.row
    assert isinstance(block, b.ResultBlock)
    declared = result_of(block.result)
    if block.apart:
        page.breaks.append(row - 1)
    if block.heading:
        page.heading(row, placed.column, block.heading, len(declared.columns))
        row += 1
    columns = [(one.header, one.number, one.wraps) for one in declared.columns]
    columns += [(one.header, "", False) for one in block.own]
    scaled = coloured(block.looks, declared.headers)
    _table(page, declared.table, row, placed.column, columns, scaled)
    for look in block.looks:
        at = placed.column + declared.headers.index(look.column)
        to = placed.column + declared.headers.index(getattr(look, "to", "") or look.column)
        looks(page, look, Area(row + 1, at, row + 1, to))
    for at, one in enumerate(block.own, placed.column - 1 + len(declared.columns)):
        rule = Setting("", Kind.CHOICE, one.header, one.help, choices=one.choices)
        page.sheet.data_validation(row, at, row, at, validation(rule))
    page.bottom = max(page.bottom, row + block.room)


def data(page: Page, placed: Placed) -> None:
    """An input table: its headers, and one blank row."""
    block = placed.block
    assert isinstance(block, b.DataBlock)
    declared = tables()[block.table]
    shown = columns_in(block)
    columns = [(one.name, one.form, False) for one in shown]
    _table(page, declared.sheet_table, placed.row, placed.column, columns)
    for at, one in enumerate(shown, placed.column - 1):
        kind = Kind.CHOICE if one.choices else Kind.SHARE if one.between else Kind.TEXT
        rule = Setting("", kind, one.name, one.help, between=one.between or (None, None), choices=one.choices)
        if checked := validation(rule):
            page.sheet.data_validation(placed.row, at, placed.row, at, checked)
    for look in block.looks:
        headers = [one.name for one in shown]
        at = placed.column + headers.index(look.column)
        if isinstance(look, b.ByWord):
            _by_word(page, look, Area(placed.row + 1, at, placed.row + 1, at), headers)
        else:
            looks(page, look, Area(placed.row + 1, at, placed.row + 1, at))
    page.bottom = max(page.bottom, placed.row + max(1, len(block.begun)))


def _by_word(page: Page, look: b.ByWord, cell: Area, headers: Sequence[str]) -> None:
    """Each number in the format of its word, and refused when typed beyond what it may be."""
    beside = column_letter(cell.left - headers.index(look.column) + headers.index(look.word))
    word, number = f"${beside}{cell.top}", f"${column_letter(cell.left)}{cell.top}"
    where = (cell.top - 1, cell.left - 1, cell.bottom - 1, cell.right - 1)
    for name, rule in look.rules:
        shown = {
            "type": "formula",
            "criteria": f'={word}="{name}"',
            "format": page.style.as_number(number_of(rule)),
        }
        page.sheet.conditional_format(*where, shown)
    checked = by_word.validation(look, word, number)
    page.sheet.data_validation(
        *where,
        {
            "validate": "custom",
            "value": checked["criteria"],
            "ignore_blank": True,
            "input_title": look.column,
            "input_message": checked["message"],
            "error_title": "Dit kan hier niet",
            "error_message": checked["message"],
        },
    )


def _table(
    page: Page,
    name: str,
    row: int,
    left: int,
    columns: Sequence[tuple[str, str, bool]],
    scaled: Collection[str] = (),
) -> None:
    """An empty Excel table of one body row, whose formats every later row takes over.

    scaled: the headers of columns that a scale colours.
    """
    for at, (header, number, wraps) in enumerate(columns):
        cut = number == "tekst" and at + 1 < len(columns)  # by what stands in the next column
        role = (
            "cell_wrap"
            if wraps
            else "cell_name"
            if cut
            else "cell_text"
            if at and number == "tekst"
            else "cell"
        )
        role += FITS if header in scaled else ""
        page.sheet.write_blank(row, left - 1 + at, None, page.style(role, number))
    heads = [
        {"header": header, "header_format": page.style(_header(number, first=not at))}
        for at, (header, number, _) in enumerate(columns)
    ]
    options = {"name": name, "style": TABLE_STYLE, "columns": heads}
    page.sheet.add_table(row - 1, left - 1, row, left + len(columns) - 2, options)
    page.sheet.set_row(row - 1, HEAD_HEIGHT)
    page.sheet.repeat_rows(row - 1)
    if page.declared.freeze:
        page.sheet.freeze_panes(row, left if left == 2 and len(columns) > 6 else 0)


def _header(number: str, *, first: bool) -> str:
    if number not in ("", "tekst"):
        return "header_right"
    return "header" if first or not number else "header_text"
