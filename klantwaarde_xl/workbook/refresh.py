"""Workbook contents to a plan: settings and data → analysis → what each table and name gets.

This knows no host: `refresh_file` applies a plan to a closed file, the hosts apply it to an
open workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.columns import Reading
from klantwaarde_xl.data.reading.files import Transactions, transactions_from_cells
from klantwaarde_xl.data.results import ResultTable
from klantwaarde_xl.data.settings import Kind, Settings, declared, settings_of
from klantwaarde_xl.data.tables import TRANSACTIONS, ColumnType, TableSpec, find_columns
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.closed import apply_plan, read_contents
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, TableWrite, Value
from klantwaarde_xl.plan.report import Report, in_words
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import Feed, Template, templates
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.saving import refuse_if_open


@dataclass(frozen=True)
class Refreshed:
    """What a refresh of a file did: its plan, its report, and where the old file is kept."""

    plan: Plan
    report: Report
    backup: Path | None

    def words(self) -> list[str]:
        """The report as lines of Dutch, the same as in every host."""
        return in_words(self.report)


@dataclass(frozen=True)
class Input:
    """A table that the user fills, as it stands in a workbook: its columns are what tells rows apart."""

    table: str
    sheet: str
    spec: TableSpec
    title: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers of the columns that are read, in order."""
        return tuple(column.name for column in self.spec.columns)


DATA = Input("tblTransacties", "Gegevens", TRANSACTIONS, "Transacties")
DATA_TABLE, DATA_COLUMNS = DATA.table, DATA.columns
INPUTS = (DATA,)

# How people call a result, and one of its rows and more; until every result declares it.
_WORDS = {
    "kpi": ("Kerncijfers", "maand", "maanden"),
    "segmenten": ("RFM-segmenten", "segment", "segmenten"),
    "rfm": ("RFM per klant", "klant", "klanten"),
    "kwaliteit": ("Kwaliteit van de gegevens", "opmerking", "opmerkingen"),
    "prognose": ("Prognose per klant", "klant", "klanten"),
    "prognosetop": ("Meest waardevolle klanten", "klant", "klanten"),
    "modelkeuze": ("Modelkeuze", "model", "modellen"),
    "modeltoets": ("Toets van het model", "groep", "groepen"),
    "modelcontrole": ("Controle van het model", "onderdeel", "onderdelen"),
    "model": ("Parameters van het model", "cijfer", "cijfers"),
    "verloop": ("Verloop per week", "week", "weken"),
}


def plan_refresh(
    contents: Contents,
    *,
    now: dt.datetime,
    transactions: Transactions | None = None,
    reading: Reading | None = None,
) -> Plan:
    """Compute what a refresh writes into a workbook.

    contents: its `kw_` names and `tbl` tables; transactions: from a named file, or None for the
    workbook's own data table; reading: what the user says about dates and decimals in that table.
    Raises `WorkbookChanged` for a workbook that is not ours, and the errors of reading.
    """
    template = _template_of(contents)
    settings = settings_of(_settings_in(contents), template.settings)
    if transactions is not None:
        return plan_for(template, transactions, settings, now=now, write_data=True)
    data = _rows_of(DATA, contents)
    own = transactions_from_cells(
        data.headers, data.rows, source=f"blad {DATA.sheet}", first_row=data.top + 1, reading=reading
    )
    return plan_for(template, own, settings, now=now, table_rows=len(data.rows))


def _settings_in(contents: Contents) -> Mapping[str, Any]:
    """The named cells, with those that mean a date as days of our calendar."""
    days = {one.name for one in declared() if one.kind is Kind.DAY}
    return {name: contents.day(value) if name in days else value for name, value in contents.names.items()}


def _rows_of(wanted: Input, contents: Contents) -> Table:
    """A table of the user's, with its dates as days of our calendar."""
    found = contents.table(wanted.table)
    if found is None:
        raise WorkbookChanged(
            f"De tabel {wanted.table} is niet te lezen.",
            where=f"blad {wanted.sheet}",
            remedy="Geef de tabel haar kopregel terug (Tabelontwerp, Veldnamenrij).",
        )
    _, table = found
    if not contents.days_behind:
        return table
    places = find_columns(table.headers, wanted.spec) or {}
    days = {places[one.name] for one in wanted.spec.columns if one.type is ColumnType.DATE and places}
    rows = [
        [contents.day(value) if place in days else value for place, value in enumerate(row)]
        for row in table.rows
    ]
    return Table(table.headers, rows, table.top, table.sheet)


def plan_for(
    template: Template,
    transactions: Transactions,
    settings: Settings,
    *,
    now: dt.datetime,
    write_data: bool = False,
    table_rows: int | None = None,
) -> Plan:
    """Compute the results that a template asks for, and turn them into writes.

    write_data: fill the data table too; table_rows: how many rows it has, when it is left as it is.
    """
    analysis = analyse(transactions, settings, [feed.result for feed in template.feeds])
    tables = [_write(feed, analysis[feed.result]) for feed in template.feeds]
    if write_data:
        data = TableWrite(DATA.table, DATA.columns, transactions.rows(), DATA.columns, DATA.title)
        tables.insert(0, data)
    quality = analysis.quality
    names: dict[str, Value] = {
        "kw_ververst": now,
        "kw_bron": Path(quality.source.partition(", blad ")[0]).name,
        "kw_periode_van": analysis.first_day,
        "kw_periode_tot": analysis.last_day,
        "kw_peildag": analysis.as_of,
        "kw_rijen_gelezen": quality.rows_read,
        "kw_rijen_tabel": quality.rows_kept if table_rows is None else table_rows,
        "kw_rijen_gebruikt": quality.rows_kept,
        "kw_rijen_geweigerd": quality.rows_refused,
        **{f"kw_{name}": value for name, value in analysis.figures.items()},
    }
    message = analysis.figures.get("bericht")
    notices = (f"er is geen prognose. {message}",) if message else ()
    writes = tuple(NameWrite(name, value) for name, value in names.items())
    return Plan(tuple(tables), writes, notices, now)


def _write(feed: Feed, result: ResultTable) -> TableWrite:
    title, *counted = _WORDS.get(feed.result, ("", "rij", "rijen"))
    one, more = counted
    return TableWrite(feed.table, result.columns, result.rows, feed.key, title, (one, more))


def _template_of(contents: Contents) -> Template:
    """The template whose tables the workbook has; raises `WorkbookChanged` naming what is missing."""
    there = {name.casefold() for name in contents.table_names()}
    nearest: tuple[float, Template, list[str]] | None = None
    for template in templates().values():
        if not template.feeds:
            continue
        wanted = [*(feed.table for feed in template.feeds), *(one.table for one in INPUTS)]
        missing = [table for table in wanted if table.casefold() not in there]
        if not missing:
            return template
        share = len(missing) / len(wanted)
        if share < 1 and (nearest is None or share < nearest[0]):
            nearest = share, template, missing
    if nearest is not None:
        _, template, missing = nearest
        raise WorkbookChanged(
            f"In dit werkboek ontbreekt: {', '.join(missing)}.",
            where="de tabellen van Klantwaarde XL",
            remedy="Geef de tabel haar naam terug (Tabelontwerp, Tabelnaam), of maak een nieuw werkboek "
            f"met `klantwaarde nieuw {template.id}`.",
        )
    raise WorkbookChanged(
        "Dit werkboek is niet met Klantwaarde XL gemaakt: het heeft geen van onze tabellen.",
        remedy="Maak een werkboek met `klantwaarde nieuw dashboard --gegevens BESTAND`.",
    )


def refresh_file(
    path: Path,
    *,
    now: dt.datetime,
    transactions: Transactions | None = None,
    reading: Reading | None = None,
    backup: bool = True,
) -> Refreshed:
    """Refresh a closed workbook in place: only our tables, named cells and shown values change.

    transactions: from a named file, or None for the workbook's own data table; reading: what the
    user says about that table; backup keeps a dated copy of the old file beside it.
    Raises `WorkbookError`s and the errors of reading; the file is then as it was.
    """
    refuse_if_open(path)
    package = Package.open(path)
    _refuse_without_data(package)
    contents = read_contents(package, *(one.table for one in INPUTS))
    plan = plan_refresh(contents, now=now, transactions=transactions, reading=reading)
    report = apply_plan(package, plan)
    if package.days_behind:
        _forget_shown(package)
    else:
        refill(package)
    return Refreshed(plan, report, package.save(path, backup=backup))


def _refuse_without_data(package: Package) -> None:
    """Say of a workbook that is ours and has nothing to refresh, such as the function sheet, just that."""
    template = templates().get(package.custom_properties().get("klantwaarde_sjabloon", ""))
    if template is not None and not template.feeds:
        raise WorkbookChanged(
            f"Het werkboek {template.title} heeft geen gegevens om te verversen; het rekent vanzelf.",
            remedy="Maak een werkboek uit uw gegevens met `klantwaarde nieuw dashboard --gegevens BESTAND`.",
        )


def _forget_shown(package: Package) -> None:
    """Take every formula its old value: the engine would count days from 1900 in a workbook from 1904.

    A spreadsheet program computes them when it opens the file.
    """
    package.write_cached({sheet: dict.fromkeys(cells) for sheet, cells in package.formulas().items()})
