"""Tables and settings to a plan: what each table and each named cell of a template gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.data.analyse import Analysis, analyse
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.results import Figure
from klantwaarde_xl.data.settings import Settings, setting
from klantwaarde_xl.data.tables import main_of
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.plan.plan import ChartWrite, NameWrite, Plan, TableWrite, Value
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import asked, feeds, result_of
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.state import used_figure


@dataclass(frozen=True)
class Given:
    """The input tables of a workbook, by name.

    written: those that a refresh writes too, because they came from a file; rows: how many rows each
    of the others has on its sheet, read or not.
    """

    tables: Mapping[str, Checked] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)


def plan_for(template: Template, given: Given, settings: Settings, *, now: dt.datetime) -> Plan:
    """Compute the results that a template shows, and turn them into writes.

    now: the moment of the refresh, whose day is today. Raises the errors of the analysis.
    """
    names = asked(template)
    analysis = analyse(given.tables, settings, names, today=now.date()) if names else None
    writes = [_input(name, given.tables[name]) for name in given.tables if name in given.written]
    if analysis is not None:
        writes += [_result(block.result, analysis) for block in feeds(template)]
    state = {"kw_ververst": now, **_state(given), **_used(names, settings)}
    figures = {Figure(name, "").cell: value for name, value in (analysis.figures if analysis else {}).items()}
    cells = layout_of(template).names
    named = tuple(NameWrite(name, value) for name, value in {**figures, **state}.items() if name in cells)
    message = figures.get("kw_bericht")
    notices = (f"er is geen prognose. {message}",) if message else ()
    return Plan(tuple(writes), named, notices, now, charts_of(template, named))


def charts_of(template: Template, named: Sequence[NameWrite] = ()) -> tuple[ChartWrite, ...]:
    """Which charts of a template have something to show, given what its named cells get."""
    known = {write.name for write in named if write.value is not None}
    return tuple(ChartWrite(name, cell, cell in known) for name, cell in layout_of(template).charts.items())


def _input(name: str, checked: Checked) -> TableWrite:
    table = input_tables()[name]
    return TableWrite(table.sheet_table, table.headers, checked.rows(), table.headers, table.title)


def _result(name: str, analysis: Analysis) -> TableWrite:
    declared = result_of(name)
    rows = analysis[name].rows
    return TableWrite(declared.table, declared.headers, rows, declared.key, declared.title, declared.counted)


def _state(given: Given) -> dict[str, Value]:
    """Where the main table came from, and how many rows it has."""
    name = main_of(given.tables)
    if name is None:
        return {}
    main = given.tables[name]
    rows = main.count() if name in given.written else given.rows.get(name, 0)
    return {"kw_bron": main.source.name, "kw_rijen_tabel": rows}


def _used(names: tuple[str, ...], settings: Settings) -> dict[str, Value]:
    """What each setting was that the results read."""
    read = dict.fromkeys(name for result in names for name in result_of(result).settings)
    return {used_figure(name).cell: getattr(settings, setting(name).field) for name in read}
