"""The tables and named cells of a template, and since which version of it each is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from klantwaarde_xl.data.settings import setting
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.plan.missing import COLUMN, TABLE, Part
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.content import blocks_of, figure_of, name_of, result_of, used_settings
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.state import used_figure


@cache
def parts_of(template: b.Template) -> Mapping[Part, int]:
    """All that a refresh reads or writes, with the version in which it came.

    Of an input table without its columns, which may have the headers of another program. A column that came
    later than its table is a part of its own.
    """
    return {part: since for block in blocks_of(template) for part, since in _in_block(template, block)}


@cache
def later_columns(template: b.Template) -> Mapping[Part, int]:
    """The columns of input tables that came later than their table, with the version in which they came.

    They are no parts that have to be there: a column of the user's own headers, or none, will do.
    """
    found = {}
    for block in blocks_of(template):
        if isinstance(block, b.DataBlock):
            table = tables()[block.table]
            for since, column in block.later:
                found[Part(table.sheet_table, COLUMN, table.title, table.sheet, (column,))] = since
    return found


def _in_block(template: b.Template, block: b.Block) -> Iterator[tuple[Part, int]]:
    fields = layout_of(template).fields
    if isinstance(block, b.ResultBlock):
        result = result_of(block.result)
        sheet = fields[result.table].sheet
        later = {column for _, column in block.later}
        first = tuple(column for column in result.headers if column not in later)
        yield Part(result.table, TABLE, result.title, sheet, first), block.since
        for since, column in block.later:
            yield Part(result.table, COLUMN, result.title, sheet, (column,)), since
    elif isinstance(block, b.DataBlock):
        table = tables()[block.table]
        yield Part(table.sheet_table, TABLE, table.title, table.sheet), block.since
    elif isinstance(block, b.Form):
        yield from _in_form(template, block)
    elif isinstance(block, b.Grid):
        for row in block.rows:
            for cell in row:
                if isinstance(cell, b.Given):
                    yield _cell(template, name_of(cell)), max(block.since, cell.since)


def _in_form(template: b.Template, form: b.Form) -> Iterator[tuple[Part, int]]:
    names = layout_of(template).names
    later = {name: since for since, name in form.later}
    for name in form.settings:
        since = later.get(name, 1)
        yield Part(name, "instelling", setting(name).label, names[name].sheet), since
        if form.used and name in used_settings(template):
            yield _cell(template, used_figure(name).cell), max(since, form.used_since)


def _cell(template: b.Template, name: str) -> Part:
    """A cell that a refresh fills."""
    label = figure_of(name.removeprefix("kw_")).label
    return Part(name, "cel", label, layout_of(template).names[name].sheet)
