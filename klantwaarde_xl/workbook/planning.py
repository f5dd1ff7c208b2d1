"""Tables and settings to a plan: what each table and each named cell of a template gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from klantwaarde_xl.data.analyse import Analysis, analyse
from klantwaarde_xl.data.one_money import taken_for
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.results import Figure
from klantwaarde_xl.data.settings import Settings, setting
from klantwaarde_xl.data.writing.relations import exact_output, input_of
from klantwaarde_xl.plan.plan import ChartWrite, NameWrite, Plan, TableWrite, Value
from klantwaarde_xl.workbook import too_many
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import (
    asked,
    beside_others,
    feeds,
    figure_of,
    headers_in,
    main_table,
    result_of,
)
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.state import used_figure
from klantwaarde_xl.xlsx.held import is_large
from klantwaarde_xl.xlsx.sql_rows import SqlRows


@dataclass(frozen=True)
class Given:
    """The input tables of a workbook, by name.

    written: those that a refresh writes too, because they came from a file; rows: how many rows each
    of the others has on its sheet, read or not; earlier: the rows that the workbook holds of results that
    continue, by result.
    """

    tables: Mapping[str, Checked] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[Sequence[Value]]] = field(default_factory=dict)


def plan_for(template: Template, given: Given, settings: Settings, *, now: dt.datetime) -> Plan:
    """Compute the results that a template shows, and turn them into writes.

    now: the moment of the refresh, whose day is today. Raises the errors of the analysis.
    """
    names = asked(template)
    earlier = {name: [tuple(row) for row in rows] for name, rows in given.earlier.items()}
    main = main_table(template)
    analysis = None
    if names:
        analysis = analyse(given.tables, settings, names, today=now.date(), earlier=earlier, main=main)
    headers = headers_in(template)
    written = [name for name in given.tables if name in given.written]
    writes = [_input(given.tables[name], headers[name], main=name == main) for name in written]
    if analysis is not None:
        shared = beside_others(template)
        writes += [_result(block.result, analysis, shared) for block in feeds(template)]
    state = {"kw_ververst": now, **_state(main_table(template), given), **_used(names, settings)}
    figures = {Figure(name, "").cell: value for name, value in (analysis.figures if analysis else {}).items()}
    cells = layout_of(template).names
    parts = _parts(template, given, analysis)
    state |= {f"kw_{name}": too_many.in_cell(said) for name, said in parts.items()}
    named = tuple(
        NameWrite(name, value, figure_of(name.removeprefix("kw_")).label)
        for name, value in {**figures, **state}.items()
        if name in cells
    )
    message = figures.get("kw_bericht")
    notices = [f"er is geen prognose. {message}"] if message else []
    notices += taken_for(given.tables, given.written)
    if main in given.written and any(parts.values()):
        notices += [f"niet alles past op een blad; er staan {said}." for said in parts.values() if said]
        command = too_many.advice(given.tables[main].source)
        notices.append(
            f"de cijfers komen uit alles; alles schrijft (met wat u verder over het lezen zei): {command}"
        )
    return Plan(tuple(writes), named, tuple(notices), now, charts_of(template, named))


def charts_of(template: Template, named: Sequence[NameWrite] = ()) -> tuple[ChartWrite, ...]:
    """Which charts of a template have something to show, given what its named cells get."""
    known = {write.name for write in named if write.value is not None}
    return tuple(
        ChartWrite(name, cells[0], known.issuperset(cells), cells[1:])
        for name, cells in layout_of(template).charts.items()
    )


def _input(checked: Checked, headers: tuple[str, ...], *, main: bool) -> TableWrite:
    """An input table; of the main one a part will do, because the workbook says so and a refresh sees it.

    headers: of the columns that the workbook has of it.
    """
    table = checked.table
    kept = replace(
        checked,
        table=replace(table, columns=tuple(column for column in table.columns if column.name in headers)),
    )
    rows: Sequence[Sequence[Value]]
    if is_large(checked.count()) and not too_many.is_part(checked.count()):
        rows = SqlRows(checked.con, input_of(kept).query)
    else:
        rows = too_many.shown_input(kept) if main else kept.rows()
    return TableWrite(table.sheet_table, headers, rows, headers, table.title, is_input=True)


def _result(name: str, analysis: Analysis, shared: frozenset[str]) -> TableWrite:
    declared = result_of(name)
    shown = too_many.shown_rows(declared, analysis[name].rows)
    rows: Sequence[Sequence[Value]] = shown
    if is_large(len(shown)) and (output := exact_output(name, declared.columns, shown)):
        rows = SqlRows(output.con, output.query)
    return TableWrite(
        declared.table,
        declared.headers,
        rows,
        declared.key,
        declared.title,
        declared.counted,
        shares_rows=name in shared,
        is_journal=declared.of_workbook,
    )


def _parts(template: Template, given: Given, analysis: Analysis | None) -> dict[str, str | None]:
    """What the sheets show for a part only, by figure: of the main table, and of the customers."""
    main = main_table(template)
    told = [
        too_many.said_of_result(result_of(block.result), analysis[block.result].rows)
        for block in feeds(template)
        if analysis is not None
    ]
    return {
        too_many.PART_OF_INPUT: too_many.said_of_input(given.tables[main]) if main in given.written else None,
        too_many.PART_OF_CUSTOMERS: "; ".join(filter(None, told)) or None,
    }


def _state(name: str | None, given: Given) -> dict[str, Value]:
    """Where the main table came from, and how many rows it has."""
    if name is None:
        return {}
    main = given.tables[name]
    rows = given.rows.get(name, 0)
    if name in given.written:
        rows = too_many.SHOWN if too_many.is_part(main.count()) else main.count()
    return {"kw_bron": main.source.name, "kw_rijen_tabel": rows}


def _used(names: tuple[str, ...], settings: Settings) -> dict[str, Value]:
    """What each setting was that the results read."""
    read = dict.fromkeys(name for result in names for name in result_of(result).settings)
    return {used_figure(name).cell: getattr(settings, setting(name).field) for name in read}
