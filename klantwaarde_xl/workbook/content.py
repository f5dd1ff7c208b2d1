"""What follows from a template's blocks: which results, settings, figures and tables it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from klantwaarde_xl.data.results import Figure, Result, results
from klantwaarde_xl.data.tables import Column, main_of, tables
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.definitions import definitions
from klantwaarde_xl.workbook.entered import Entry, entries, listed
from klantwaarde_xl.workbook.state import STATE


@cache
def sheets_of(template: b.Template) -> tuple[b.Sheet, ...]:
    """The sheets of a template, made once: its own, and before the last one what their words mean."""
    own = template.sheets(template.calls_functions) if callable(template.sheets) else template.sheets
    if not template.refreshes:
        return own
    blocks = [*_placed(own)]
    return (*own[:-1], definitions(own, blocks), _with_entries(own[-1], tuple(entries(blocks))))


def _with_entries(last: b.Sheet, found: tuple[Entry, ...]) -> b.Sheet:
    """The sheet of the checks with the list of what is typed, above a table that grows."""
    if not found or not any(isinstance(block, b.Checks) for block in last.blocks):
        return last
    at = len(last.blocks) - isinstance(last.blocks[-1], b.ResultBlock)
    return replace(last, blocks=(*last.blocks[:at], listed(found), *last.blocks[at:]))


def placed_blocks(template: b.Template) -> list[tuple[str, b.Block]]:
    """Every block of a template that holds something, with the name of its sheet."""
    return [*_placed(sheets_of(template))]


def _placed(sheets: Sequence[b.Sheet]) -> Iterator[tuple[str, b.Block]]:
    for sheet in sheets:
        for block in sheet.blocks:
            yield from ((sheet.name, one) for one in _within(block))


def blocks_of(template: b.Template) -> Iterator[b.Block]:
    """Every block of a template that holds something."""
    return (block for _, block in placed_blocks(template))


def _within(block: b.Block) -> Iterator[b.Block]:
    if isinstance(block, b.Beside | b.Stack | b.WhenKnown):
        for one in block.blocks:
            yield from _within(one)
    else:
        yield block


def result_of(name: str) -> Result:
    """A declared result; raises `SpecError` for another name."""
    if name not in results():
        raise SpecError(f"Er is geen uitkomst {name!r}.")
    return results()[name]


def feeds(template: b.Template) -> tuple[b.ResultBlock, ...]:
    """The tables that a refresh fills."""
    return tuple(block for block in blocks_of(template) if isinstance(block, b.ResultBlock))


def beside_others(template: b.Template) -> frozenset[str]:
    """The results whose tables stand beside other blocks of the template, in the same rows."""
    return frozenset(
        one.result
        for sheet in sheets_of(template)
        for block in _side_by_side(sheet.blocks)
        for one in _within(block)
        if isinstance(one, b.ResultBlock)
    )


def _side_by_side(blocks: Sequence[b.Block]) -> Iterator[b.Beside]:
    for block in blocks:
        if isinstance(block, b.Beside):
            yield block
        elif isinstance(block, b.Stack | b.WhenKnown):
            yield from _side_by_side(block.blocks)


@cache
def asked(template: b.Template) -> tuple[str, ...]:
    """The names of all results that a template shows: as a table, or as a figure in a cell."""
    by_figure = {one.name: result.name for result in results().values() for one in result.figures}
    names = dict.fromkeys(block.result for block in feeds(template))
    for figure in figures_in(template):
        if figure in by_figure:
            names[by_figure[figure]] = None
    return tuple(names)


def figures_in(template: b.Template) -> Iterator[str]:
    """The figures that stand in cells of grids."""
    for block in blocks_of(template):
        if isinstance(block, b.Grid):
            for row in block.rows:
                yield from (cell.figure for cell in row if isinstance(cell, b.Given))


def figure_of(name: str) -> Figure:
    """The declaration of a figure, of a result or of the state of a workbook."""
    declared = {one.name: one for one in STATE}
    for result in results().values():
        declared |= {one.name: one for one in result.figures}
    if name not in declared:
        raise SpecError(f"Geen uitkomst geeft het cijfer {name!r}.")
    return declared[name]


def inputs_of(template: b.Template) -> tuple[str, ...]:
    """The settings that the user of a workbook fills in."""
    return tuple(
        name for block in blocks_of(template) if isinstance(block, b.Form) for name in block.settings
    )


@cache
def entries_of(template: b.Template) -> Mapping[str, b.Input]:
    """The cells of its grids that a user types into, by their name."""
    grids = [block for block in blocks_of(template) if isinstance(block, b.Grid)]
    cells = (cell for grid in grids for row in grid.rows for cell in row if isinstance(cell, b.Input))
    return {cell.name: cell for cell in cells if cell.name}


def examples_of(template: b.Template) -> dict[str, str | float]:
    """What an example of a workbook has in those cells, by their name."""
    return {name: cell.example for name, cell in entries_of(template).items() if cell.example is not None}


@cache
def used_settings(template: b.Template) -> tuple[str, ...]:
    """Those of its settings that its results read: a change of them waits for a refresh."""
    read = {name for result in asked(template) for name in result_of(result).settings}
    return tuple(name for name in inputs_of(template) if name in read)


def needs(template: b.Template) -> tuple[str, ...]:
    """The input tables that a workbook has, by name."""
    return tuple(block.table for block in blocks_of(template) if isinstance(block, b.DataBlock))


def optional(template: b.Template) -> tuple[str, ...]:
    """Those of its input tables that may be empty: what asks them then says what is missing."""
    blocks = blocks_of(template)
    return tuple(block.table for block in blocks if isinstance(block, b.DataBlock) and block.optional)


def begun_rows(template: b.Template) -> dict[str, Sequence[tuple[str | float | None, ...]]]:
    """The rows that its input tables begin with, for the user to complete, by table."""
    blocks = blocks_of(template)
    return {block.table: block.begun for block in blocks if isinstance(block, b.DataBlock) and block.begun}


def columns_in(block: b.DataBlock) -> tuple[Column, ...]:
    """The columns of an input table that a workbook shows."""
    return tuple(column for column in tables()[block.table].columns if column.name not in block.without)


@cache
def headers_in(template: b.Template) -> Mapping[str, tuple[str, ...]]:
    """The headers of each of its input tables, by table."""
    blocks = (block for block in blocks_of(template) if isinstance(block, b.DataBlock))
    return {block.table: tuple(column.name for column in columns_in(block)) for block in blocks}


def main_table(template: b.Template) -> str | None:
    """Its table that a file without more is, and that its state speaks of; None for one without tables."""
    wanted = [name for name in needs(template) if name not in optional(template)]
    return main_of(wanted or needs(template))


def pages_of(template: b.Template) -> tuple[str, ...]:
    """The names of the sheets to print: the last one that stands on a page of its own, the outcome."""
    return tuple(sheet.name for sheet in sheets_of(template) if sheet.prints == "page")[-1:]


def name_of(cell: b.Cell) -> str:
    """The workbook-wide name of a cell of a grid; empty without one."""
    if isinstance(cell, b.Formula | b.Input):
        return cell.name
    return f"kw_{cell.figure}" if isinstance(cell, b.Given) else ""
