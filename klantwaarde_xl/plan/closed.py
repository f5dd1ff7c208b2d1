"""A plan carried out on a closed file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from klantwaarde_xl.plan.lost import LOST_HEADERS, LOST_SHEET, shown
from klantwaarde_xl.plan.plan import NAME_PREFIX, Contents, Plan, Table, TableWrite, Value, header
from klantwaarde_xl.plan.report import Report, of_numbers, of_untied, report_of
from klantwaarde_xl.plan.resolve import Resolved, resolve
from klantwaarde_xl.plan.written import PREFIX, Written, written_in
from klantwaarde_xl.xlsx.large_sheets import streamed_table
from klantwaarde_xl.xlsx.package import NewBody, Package, SheetRows
from klantwaarde_xl.xlsx.pointers import pointers


def read_contents(package: Package, *in_full: str) -> Contents:
    """Read the program's named cells, and the tables whose contents a refresh computes with.

    in_full: names of tables, whatever their capitals; of the others only their headers.
    """
    wanted = {name.casefold() for name in in_full}
    heads = package.table_heads()
    tables = {name: streamed_table(package.structure, name) for name in heads if name.casefold() in wanted}
    return Contents(
        names=package.read_names(NAME_PREFIX),
        tables=tables,
        present={name: head for name, head in heads.items() if name not in tables},
        unfit=_unfit(package),
        days_behind=package.days_behind,
        properties=package.custom_properties(),
    )


def _unfit(package: Package) -> dict[str, str]:
    """Parts that are there but cannot be written, and why."""
    heads = package.table_heads()
    bare = {name: "zonder kopregel" for name in package.table_names() if name not in heads}
    return bare | dict.fromkeys(package.not_single(NAME_PREFIX), "wijst niet naar één cel")


def resolve_in(package: Package, plan: Plan) -> Resolved:
    """Hold a plan against a closed workbook; raises as `resolve`."""
    heads = package.table_heads()
    wanted = {write.table.casefold(): write for write in plan.tables}
    tables: dict[str, Table] = {}
    found = pointers(package.structure)
    marks = _marks(package)
    written = written_in(marks)
    for name, head in heads.items():
        write = wanted.get(name.casefold())
        if write is None:
            tables[name] = head
            continue
        columns, keys = ({header(one) for one in some} for some in (write.columns, write.key))
        places = [header(text) for text in head.headers]
        ours = {place for place, text in enumerate(places) if text in columns}
        at_keys = {at for at, text in enumerate(places) if text in keys}
        own = package.read_own(name, ours, at_keys, found)
        tables[name] = replace(own, whole=_whole(package, name, own, write, written))
    contents = replace(marks, tables=tables, unfit=_unfit(package), charts=package.chart_names())
    return resolve(plan, contents)


def written_before(package: Package) -> Written:
    """What is known of what the last refresh wrote in a closed workbook."""
    return written_in(_marks(package)) or Written()


def _marks(package: Package) -> Contents:
    """What a workbook says of itself: its named cells, properties and calendar."""
    return Contents(
        package.read_names(NAME_PREFIX),
        days_behind=package.days_behind,
        properties=package.custom_properties(),
    )


def _whole(
    package: Package, name: str, own: Table, write: TableWrite, written: Written | None
) -> list[list[Value]] | None:
    """The rows of a table, wide as `own`, where they are to be held against what was written; else None."""
    if written is None or not written.knows(name):
        return None
    rows = streamed_table(package.structure, name).rows
    many, digests = written.inputs.get(name.casefold(), (0, ""))
    if write.is_input and not digests and len(rows) <= many:  # too many to be told apart
        return []
    blank = [None] * (len(own.headers) - len(package.table_heads()[name].headers))
    return [[*row, *blank] for row in rows]


def apply_plan(package: Package, plan: Plan, then: Callable[[Package], object] | None = None) -> Report:
    """Carry out all writes of a plan on a workbook in memory, or none; then: as of `Package.edit`.

    Raises as `resolve` and as `Package.edit`; the workbook is then as it was.
    """
    resolved = resolve_in(package, plan)
    waiting = False

    def finish(edited: Package) -> None:
        nonlocal waiting
        if then is not None:
            then(edited)
        waiting = edited.renew_charts()  # before a large body is in, which takes long to read

    edited = package.edit(*edits_of(resolved), then=finish)
    if waiting:
        package.renew_charts()
    package.set_properties(PREFIX, resolved.properties)
    report = report_of(resolved, cleared=edited.cleared, truncated=edited.truncated)
    titles = {change.name: change.write.called for change in resolved.tables}
    told = (*of_untied(edited.untied), *of_numbers(edited.by_number, titles))
    return replace(report, notices=(*report.notices, *told))


def edits_of(
    resolved: Resolved,
) -> tuple[list[NewBody], dict[str, Value], SheetRows | None, dict[str, bool]]:
    """The edits that a package knows: table bodies, named cells, the rows of lost values, charts to hide."""
    bodies = [
        NewBody(change.name, change.positions, change.write.rows, change.sources)
        for change in resolved.tables
    ]
    # A cell of a new sheet has no style under which a number is a day
    rows = [
        tuple(shown(value) if isinstance(value, dt.date) else value for value in row)
        for row in resolved.lost_rows()
    ]
    added = SheetRows(LOST_SHEET, LOST_HEADERS, rows) if rows else None
    return bodies, dict(resolved.names), added, dict(resolved.charts)
