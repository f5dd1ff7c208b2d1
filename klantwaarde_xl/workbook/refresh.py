"""Workbook contents to a plan, and a closed file refreshed in place.

`plan_refresh` knows no host: `refresh_file` applies its plan to a closed file, the hosts apply it to
an open workbook.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import Checked, table_from_cells
from klantwaarde_xl.data.reading.naming.headers import find_columns, wanted_of
from klantwaarde_xl.data.reading.questions.recipe import Recipe
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.results.quality import QUALITY, READ_ONCE
from klantwaarde_xl.data.settings import Kind, declared, setting, settings_of
from klantwaarde_xl.data.tables import Table as InputTable
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import UsageError, WorkbookChanged, WorkbookFull
from klantwaarde_xl.plan.closed import apply_plan, read_contents, written_before
from klantwaarde_xl.plan.held import held_rows
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, Value
from klantwaarde_xl.plan.report import Report, in_words
from klantwaarde_xl.typed_words import as_typed
from klantwaarde_xl.workbook.build import by_name, no_rows
from klantwaarde_xl.workbook.change import MOST_COMPARED, about_period, changes
from klantwaarde_xl.workbook.content import asked, inputs_of, main_table, needs, optional, result_of
from klantwaarde_xl.workbook.copies import about_copies, days_kept, expire, keep_days
from klantwaarde_xl.workbook.currency import remark_on, with_kept_currency
from klantwaarde_xl.workbook.journal import with_journal
from klantwaarde_xl.workbook.nameless import refuse_names
from klantwaarde_xl.workbook.outcomes import with_outcomes
from klantwaarde_xl.workbook.planning import Given, plan_for
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.recipes import keep_recipes, recipes_in
from klantwaarde_xl.workbook.recognise import BOOK, fitted, refuse_incomplete, template_of, with_new_sheets
from klantwaarde_xl.workbook.rows_told import left_under, took_in
from klantwaarde_xl.workbook.sources import keep_sources, sources_in
from klantwaarde_xl.workbook.templates import Template, template, template_ids
from klantwaarde_xl.workbook.too_many import PART_OF_INPUT, is_part, refuse_older
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.rows_beyond import beyond
from klantwaarde_xl.xlsx.saving import has_other_names, refuse_if_open

_OTHER_NAMES = (
    "dit bestand staat ook onder een andere naam op de schijf (een harde koppeling); "
    "daaronder blijft het oude werkboek staan."
)
_SHOWN = 3  # rows that are refused, in the words of a message


@dataclass(frozen=True)
class Refreshed:
    """What a refresh of a file did: its plan, its report, and where the old file is kept.

    days: for how many days such copies stay, 0 for ever; expired: how many went.
    """

    plan: Plan
    report: Report
    backup: Path | None
    days: int = 0
    expired: int = 0

    def words(self) -> list[str]:
        """The report as lines of Dutch, the same as in every host."""
        return in_words(self.report)

    def about_copies(self) -> list[str]:
        """Where the old file is, and how long such copies stay, as lines of Dutch."""
        return about_copies(self.backup, self.days, self.expired)


def plan_refresh(
    contents: Contents,
    *,
    now: dt.datetime,
    tables: Checked | Mapping[str, Checked] | None = None,
    reading: Reading | None = None,
    inputs: Mapping[str, Value] | None = None,
) -> Plan:
    """Compute what a refresh writes into a workbook.

    contents: its `kw_` names and `tbl` tables; now: the moment, whose day is today; tables: those that
    come from files, the others are the workbook's own; reading: what the user says about dates and
    decimals in these; inputs: values for the user's named cells in place of what stands there. Raises
    `WorkbookChanged` for a workbook that is not ours or lacks a part, naming every part that it lacks,
    `UsageError` for tables, inputs or a reading that it does not use, and the errors of reading.
    """
    found = template_of(contents)
    read, rows = by_name(tables), {}
    if set(read) - set(needs(found)) or (not needs(found) and reading not in (None, Reading())):
        raise unused_data(found)
    refuse_incomplete(contents, found, read.keys())
    _refuse_parts(contents, found, read)
    typed = _typed(contents, found, inputs or {})
    settings = settings_of({**_settings_in(contents), **(inputs or {})}, inputs_of(found))
    given: dict[str, Checked] = {}
    for name in needs(found):
        if name in read:
            given[name] = read[name]
            continue
        together = next((one.con for one in (*read.values(), *given.values())), None)
        own = _rows_of(input_tables()[name], contents)
        if own is None:
            given[name] = no_rows(name, together, now.date())
            continue
        given[name] = table_from_cells(
            input_tables()[name],
            own.headers,
            own.rows,
            source=input_tables()[name].sheet,
            first_row=own.top + 1,
            reading=reading,
            today=now.date(),
            con=together,  # one engine, for results over both
            may_be_empty=name in optional(found),
        )
        given[name] = with_kept_currency(given[name], contents)
        rows[name] = len(own.rows)  # known, now that they were read
    written = frozenset(name for name in given if name in read)
    plan = plan_for(found, Given(given, written, rows, _earlier(found, contents)), settings, now=now)
    main = main_table(found)
    table, filled = given[main] if main is not None else None, sum(one.count() > 0 for one in given.values())
    told = changes(contents, table, plan.names, from_file=main in written, filled=filled)
    unread = [text for name in rows for text in _refused_on_sheet(given[name])]
    unread += remark_on(read, contents.properties, found.id)
    unread += about_period(contents, plan.names) if main in written else ()
    plan = replace(plan, names=(*plan.names, *typed), changes=told, notices=(*plan.notices, *unread))
    plan = with_journal(plan if written else _as_it_was_read(plan, contents))
    return fitted(plan, found, contents)


def _refused_on_sheet(read: Checked) -> Iterator[str]:
    """Say which rows on a sheet of the user's do not count, the first few in words."""
    many = read.quality.rows_refused
    if not many:
        return
    told = [str(problem) for problem in read.quality.problems[:_SHOWN]]
    more = len(read.quality.problems) - len(told)
    counts = "1 rij telt" if many == 1 else f"{format_number(many, 0)} rijen tellen"
    rest = f"; en nog {format_number(more, 0)}, zie het blad Controle" if more > 0 else ""
    yield (
        f"{counts} op blad {read.quality.source.sheet} niet mee: {'; '.join(told)}{rest}. "
        f"Verbeter {'die' if many == 1 else 'ze'} en ververs opnieuw."
    )


def _typed(contents: Contents, found: Template, inputs: Mapping[str, Value]) -> list[NameWrite]:
    """What is to be written into the user's named cells; `UsageError` for one that is not there."""
    there = {name.casefold() for name in contents.names}
    for name in inputs:
        if name not in inputs_of(found) or name not in there:
            raise UsageError(
                f"Dit werkboek heeft de instelling {setting(name).label} niet.",
                where=name,
                remedy=f"Maak een nieuw werkboek: klantwaarde nieuw {found.id}",
            )
    return [NameWrite(name, value, is_given=True) for name, value in inputs.items()]


def _earlier(found: Template, contents: Contents) -> dict[str, list[list[Value]]]:
    """What a workbook holds of the results that go on from it; an older one may have no such table."""
    continued = [result_of(name) for name in asked(found) if result_of(name).continues]
    return {
        one.name: held_rows(
            contents,
            one.table,
            one.headers,
            [c.header for c in one.columns if c.number == "datum"],
            [c.header for c in one.columns if c.number == "moment"],
        )
        for one in continued
    }


def _refuse_parts(contents: Contents, found: Template, read: Mapping[str, Checked]) -> None:
    """Refuse figures from a part of the rows, and rows for a part in a workbook that cannot say so."""
    main = main_table(found)
    if main is None:
        return
    names = {name.casefold(): value for name, value in contents.names.items()}
    cell = f"kw_{PART_OF_INPUT}"
    if main in read and is_part(read[main].count()) and cell not in names:
        raise refuse_older(read[main], found.id)
    if main not in read and names.get(cell):
        raise WorkbookFull(
            f"Op het blad {input_tables()[main].sheet} staat een deel van de {main}; cijfers daaruit zouden "
            "fout zijn.",
            where=str(names[cell]),
            remedy="Noem de hele bron: klantwaarde ververs WERKBOEK.xlsx --gegevens BESTAND "
            f"(de vorige keer: {names.get('kw_bron') or 'onbekend'}).",
        )


def _as_it_was_read(plan: Plan, contents: Contents) -> Plan:
    """A plan that keeps what the workbook says of how its rows were read, when these were not read again."""
    held = held_rows(contents, QUALITY.table, QUALITY.headers, ())
    told = [row for row in held if row[0] in READ_ONCE]
    tables = tuple(
        replace(write, rows=[*told, *(row for row in write.rows if row[0] not in READ_ONCE)])
        if told and write.table == QUALITY.table
        else write
        for write in plan.tables
    )
    return replace(plan, tables=tables)


def unused_data(found: Template) -> UsageError:
    """The error for data that a workbook does not use."""
    return UsageError(
        f"Het werkboek {found.id} gebruikt deze gegevens niet; wat u erover zegt doet hier niets.",
        remedy="Ververs het zonder gegevensbestand, en zonder te zeggen hoe gegevens te lezen zijn.",
    )


def _settings_in(contents: Contents) -> Mapping[str, Any]:
    """The named cells in small letters, with those that mean a date as days of our calendar."""
    days = {one.name for one in declared() if one.kind is Kind.DAY}
    found = {name.casefold(): value for name, value in contents.names.items()}
    return {name: contents.day(value) if name in days else value for name, value in found.items()}


def _rows_of(wanted: InputTable, contents: Contents) -> Table | None:
    """A table of the user's, with its dates as days of our calendar; None in a workbook older than it."""
    found = contents.table(wanted.sheet_table)
    if found is None:  # `refuse_incomplete` has looked
        return None
    _, table = found
    if not contents.days_behind:
        return table
    places = find_columns(table.headers, wanted_of(wanted, None), ()) or {}
    days = {places[one.name] for one in wanted.dates if one.name in places}
    rows = [
        [contents.day(value) if place in days else value for place, value in enumerate(row)]
        for row in table.rows
    ]
    return Table(table.headers, rows, table.top, table.sheet)


def refresh_file(
    path: Path,
    *,
    now: dt.datetime,
    tables: Checked | Mapping[str, Checked] | None = None,
    reading: Reading | None = None,
    inputs: Mapping[str, Value] | None = None,
    recipes: Mapping[str, Recipe] | None = None,
    sources: Mapping[str, str | None] | None = None,
    backup: bool = True,
    copies: int | None = None,
    write: bool = True,
) -> Refreshed:
    """Refresh a closed workbook in place: only our tables, named cells and shown values change.

    now, tables, reading, inputs: as in `plan_refresh`; recipes: to keep in it in place of those that it
    has, by the name of their table; sources: as in `keep_sources`; backup keeps a dated
    copy of the old file beside it; copies: for how many days, from now on (`copies.keep_days`);
    write: False to tell only what it would do.
    Raises `WorkbookError`s and the errors of reading; the file is then as it was.
    """
    path = Path(path)
    refuse_if_open(path)
    package = Package.open(path)
    _refuse_without_data(package)
    if tables:
        refuse_names(package)
    try:
        plan, report = refresh_package(package, now=now, tables=tables, reading=reading, inputs=inputs)
    except WorkbookFull as error:
        raise with_new_sheets(error, read_contents(package), path) from None
    if recipes:
        keep_recipes(package, recipes)
    if sources:
        keep_sources(package, sources)
    if copies is not None:
        keep_days(package, copies)
    report = replace(
        report, notices=tuple(one.replace(BOOK, as_typed(path, ends_sentence=True)) for one in report.notices)
    )
    if has_other_names(path):
        report = replace(report, notices=(*report.notices, _OTHER_NAMES))
    if not write:
        return Refreshed(plan, report, None)
    kept = package.save(path, backup=backup, now=now)
    days = days_kept(package)
    return Refreshed(plan, report, kept, days, expire(path, days, now.date()))


def refresh_package(
    package: Package,
    *,
    now: dt.datetime,
    tables: Checked | Mapping[str, Checked] | None = None,
    reading: Reading | None = None,
    inputs: Mapping[str, Value] | None = None,
) -> tuple[Plan, Report]:
    """Refresh a workbook in memory; as `refresh_file`."""
    growing_ones = growing(by_name(tables))
    taken = package.take_in(growing_ones)
    _take_in_replaced(package, by_name(tables))
    lacking = with_outcomes(package, by_name(tables), show_values)
    contents = read_contents(package, QUALITY.table, *growing_ones, *_compared(package))
    plan = plan_refresh(contents, now=now, tables=tables, reading=reading, inputs=inputs)
    apart = left_under(beyond(package.structure, own_input()), contents, growing_ones)
    plan = replace(plan, notices=(*took_in(taken, contents), *apart, *lacking, *plan.notices))
    uncomputed: list[str] = []
    report = apply_plan(package, plan, then=lambda edited: uncomputed.extend(show_values(edited)))
    return plan, replace(report, notices=(*report.notices, *uncomputed))


def _take_in_replaced(package: Package, replaced: Container[str]) -> None:
    """Let tables that a file fills have the rows typed under them, where these can be told from the file's.

    A row that is none of theirs stays where it is.
    """
    known = written_before(package)
    for name, one in input_tables().items():
        if name in replaced and known.knows(one.sheet_table):
            with contextlib.suppress(WorkbookChanged):
                package.take_in([one.sheet_table])


def growing(replaced: Container[str] = ()) -> list[str]:
    """The tables that take in what stands right under them: input that is not replaced, and what goes on."""
    return [*own_input(replaced), *(one.table for one in results().values() if one.continues)]


def own_input(replaced: Container[str] = ()) -> list[str]:
    """The tables in which the user types."""
    return [one.sheet_table for name, one in input_tables().items() if name not in replaced]


def _compared(package: Package) -> list[str]:
    """The input tables that are small enough to be held against the rows that replace them."""
    names = (one.sheet_table for one in input_tables().values())
    tables = filter(None, map(package.structure.table, names))
    return [one.name for one in tables if one.bottom - one.top < MOST_COMPARED]


def show_values(package: Package) -> tuple[str, ...]:
    """Give every formula the value it shows; none in a workbook that counts days from 1904.

    Returns what the user should know, as `refill`.
    """
    return (_forget_shown if package.days_behind else refill)(package)


def template_in(path: Path) -> Template:
    """The template that a closed workbook was made from; raises as `refresh_file`."""
    refuse_if_open(path)
    package = Package.open(path)
    _refuse_without_data(package)
    return template_of(read_contents(package))


def origin_in(path: Path) -> tuple[Template, dict[str, str]] | None:
    """The template of a workbook in a folder, open or not, and the sources that it keeps (`sources_in`).

    None for one that is not ours or has nothing to refresh. Raises as `Package.open` and `sources_in`.
    """
    package = Package.open(path)
    try:
        found = template_of(read_contents(package))
    except WorkbookChanged:
        return None
    return (found, sources_in(package)) if found.refreshes else None


def recipes_of(path: Path) -> dict[str, Recipe]:
    """The recipes in a closed workbook, by the name of their table; raises as `recipes_in`."""
    return recipes_in(Package.open(Path(path)))


def _refuse_without_data(package: Package) -> None:
    """Say of a workbook that is ours and has nothing to refresh, such as the function sheet, just that."""
    name = package.custom_properties().get("klantwaarde_sjabloon", "")
    if name in template_ids() and not template(name).refreshes:
        raise WorkbookChanged(
            f"Het werkboek {template(name).title} heeft geen gegevens om te verversen; het rekent vanzelf.",
            remedy="Maak een werkboek uit uw gegevens met `klantwaarde nieuw dashboard --gegevens BESTAND`.",
        )


def _forget_shown(package: Package) -> tuple[str, ...]:
    """Take every formula its old value: the engine would count days from 1900 in a workbook from 1904.

    A spreadsheet program computes them when it opens the file.
    """
    package.write_cached({sheet: dict.fromkeys(cells) for sheet, cells in package.formulas().items()})
    return ()
