"""A template and tables to a workbook that shows its numbers in any viewer.

XlsxWriter makes the skeleton with one-row tables; the plan fills them with the same code that a
refresh uses; then every formula gets the value it shows.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import klantwaarde_xl
from klantwaarde_xl.data.one_money import money_of
from klantwaarde_xl.data.reading.cells.currencies import EURO
from klantwaarde_xl.data.reading.files import Checked, table_from_cells
from klantwaarde_xl.data.reading.questions.recipe import Recipe
from klantwaarde_xl.data.settings import settings_of
from klantwaarde_xl.data.tables import Table, example_of
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.errors import UsageError
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite, Value
from klantwaarde_xl.plan.report import Report
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.content import (
    asked,
    begun_rows,
    entries_of,
    headers_in,
    inputs_of,
    needs,
    optional,
    pages_of,
    result_of,
)
from klantwaarde_xl.workbook.currency import PROPERTY, in_currency
from klantwaarde_xl.workbook.journal import with_journal
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.named_functions import name_functions
from klantwaarde_xl.workbook.named_styles import with_named_styles
from klantwaarde_xl.workbook.planning import Given, charts_of, plan_for
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.recipes import keep_recipes
from klantwaarde_xl.xlsx.package import Package

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Built:
    """A new workbook: its package to save, the plan that filled it, and what there is to know."""

    package: Package
    plan: Plan
    report: Report

    def save(self, path: Path) -> None:
        """Write the workbook to a new file."""
        self.package.save(path, backup=False)


def build_workbook(
    template: Template,
    tables: Checked | Mapping[str, Checked] | None = None,
    *,
    now: dt.datetime,
    inputs: Mapping[str, Value] | None = None,
    recipes: Mapping[str, Recipe] | None = None,
    earlier: Mapping[str, Sequence[Sequence[Value]]] | None = None,
    currency: str = EURO,
) -> Built:
    """Make a filled workbook.

    tables: what was read, by the name of the input table (one table may stand alone); inputs: values
    for the user's named cells instead of the defaults; names that this template does not have are
    left out; now: the moment, whose day is today; recipes: to keep in it, by the name of their table, for
    reading a next export the same way; earlier: rows that a result goes on from, by result, as if a workbook
    before this one held them; currency: in which to show amounts where no table has any.
    Raises the errors of the analysis, `UsageError` when a table is missing, and `WorkbookFull` when
    rows do not fit in a sheet.
    """
    given = by_name(tables)
    if missing := lacking_tables(template, given):
        raise without_data(template, missing)
    filled = _typed(template, inputs)
    settings = settings_of(filled, inputs_of(template))
    kept = {name: given[name] for name in needs(template) if name in given}
    there = with_empty(template, kept, now.date())
    plan = plan_for(template, Given(there, frozenset(kept), earlier=earlier or {}), settings, now=now)
    begun = [write for name, write in _begun(template).items() if name not in kept]
    plan = with_journal(replace(plan, tables=(*plan.tables, *begun)))
    page = next(iter(pages_of(template)), "")
    built = _carried_out(template, plan, filled, now, money_of(kept) if kept else currency, opens=page)
    if recipes:
        keep_recipes(built.package, recipes)
    return built


def empty_workbook(
    template: Template,
    *,
    now: dt.datetime,
    inputs: Mapping[str, Value] | None = None,
    example: bool = True,
    currency: str = EURO,
) -> Built:
    """Make a workbook that waits for data: nothing is analysed.

    now, inputs: as in `build_workbook`; example: each input table holds one row that shows what it takes,
    else a blank one; currency: in which to show amounts.
    """
    declared = [input_tables()[name] for name in needs(template)]
    rows = {one.name: [example_of(one, now.date())] if example else [] for one in declared}
    begun = _begun(template)
    tables = tuple(_written(template, one, rows[one.name]) for one in declared if one.name not in begun)
    plan = Plan((*tables, *begun.values()), made=now, charts=charts_of(template))
    return _carried_out(template, plan, _typed(template, inputs), now, currency)


def _begun(template: Template) -> dict[str, TableWrite]:
    """What stands in a new workbook in the input tables that the user completes, by table."""
    begun = begun_rows(template)
    return {name: _written(template, input_tables()[name], rows) for name, rows in begun.items()}


def _written(template: Template, table: Table, rows: Sequence[Sequence[Value]]) -> TableWrite:
    """Rows of an input table, whole ones, in the columns that a workbook has of it."""
    headers = headers_in(template)[table.name]
    places = [table.headers.index(header) for header in headers]
    shown = [tuple(row[at] for at in places) for row in rows]
    return TableWrite(table.sheet_table, headers, shown, headers, table.title, is_input=True)


def _typed(template: Template, inputs: Mapping[str, Value] | None) -> dict[str, Value]:
    there = {*inputs_of(template), *entries_of(template)}
    return {name: value for name, value in (inputs or {}).items() if name in there}


def _carried_out(
    template: Template,
    plan: Plan,
    filled: Mapping[str, Value],
    now: dt.datetime,
    currency: str = EURO,
    opens: str = "",
) -> Built:
    typed = tuple(NameWrite(name, value, is_given=True) for name, value in filled.items())
    package = Package.from_bytes(skeleton(template, now, currency=currency, opens=opens))
    report = apply_plan(package, replace(plan, names=(*plan.names, *typed)), then=refill)
    if template.names_functions:
        name_functions(package)
    return Built(package, plan, report)


def lacking_tables(template: Template, given: Collection[str]) -> list[str]:
    """The input tables that a template cannot do without and that are not given."""
    return [name for name in needs(template) if name not in given and name not in optional(template)]


def with_empty(template: Template, given: Mapping[str, Checked], today: dt.date) -> dict[str, Checked]:
    """The tables that were given, and without a row those of a template that its results cannot miss."""
    con = next((one.con for one in given.values()), None)  # one engine, for results over several
    asked_of = {name for result in asked(template) for name in result_of(result).needs}
    wanted = [name for name in needs(template) if name in given or name in asked_of]
    return {name: given[name] if name in given else no_rows(name, con, today) for name in wanted}


def no_rows(name: str, con: duckdb.DuckDBPyConnection | None, today: dt.date) -> Checked:
    """An input table in which nothing was filled in."""
    table = input_tables()[name]
    return table_from_cells(
        table, table.headers, (), source=table.sheet, today=today, con=con, may_be_empty=True
    )


def without_data(template: Template, missing: Sequence[str]) -> UsageError:
    """The error for input tables that were not given, with the command that gives them."""
    wanted = [name for name in needs(template) if name not in optional(template)]
    files = [f"{name}=UW-{name.upper()}.csv" for name in wanted] if len(wanted) > 1 else ["UW-BESTAND.csv"]
    words = " ".join(f"--gegevens {file}" for file in files)
    return UsageError(
        f"Uit welke gegevens moet het werkboek {template.id} komen? Nodig: {', '.join(missing)}.",
        remedy=f"klantwaarde nieuw {template.id} {words}\n(of met --leeg, om zelf te vullen, of --voorbeeld)",
    )


def by_name(tables: Checked | Mapping[str, Checked] | None) -> dict[str, Checked]:
    """Tables by the name of their declaration."""
    if tables is None:
        return {}
    return {tables.table.name: tables} if isinstance(tables, Checked) else dict(tables)


def skeleton(
    template: Template,
    created: dt.datetime,
    *,
    date1904: bool = False,
    currency: str = EURO,
    opens: str = "",
) -> bytes:
    """The template as XlsxWriter makes it: all parts, empty tables, formulas without values.

    date1904: let its days count from 1904; currency: in which it shows amounts; opens: the sheet that one
    sees first, else the first one.
    """
    from klantwaarde_xl.workbook.draw import Book  # with XlsxWriter, which no refresh asks for

    target = io.BytesIO()
    properties = {
        "title": template.title,
        "author": "Klantwaarde XL",
        "comments": template.purpose,
        "created": created,
    }
    custom = {
        "klantwaarde_sjabloon": template.id,
        "klantwaarde_sjabloonversie": str(template.version),
        "klantwaarde_programma": klantwaarde_xl.__version__,
        **({} if currency == EURO else {PROPERTY: currency}),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter warns and goes on where it should refuse
        book = Book(target, layout_of(template), properties=properties, custom=custom, date1904=date1904)
        book.write(opens)
    return in_currency(with_named_styles(target.getvalue(), book.style.used()), currency)
