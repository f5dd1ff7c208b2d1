"""Workbook contents to a plan: settings and data → analysis → what each table and name gets.

This knows no host: `refresh_file` applies a plan to a closed file, the hosts apply it to an
open workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.columns import Reading
from klantwaarde_xl.data.reading.files import Transactions, transactions_from_cells
from klantwaarde_xl.data.settings import Settings, settings_of
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table, TableWrite, Value
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import Template, templates
from klantwaarde_xl.xlsx.package import Package, Report
from klantwaarde_xl.xlsx.saving import refuse_if_open


@dataclass(frozen=True)
class Refreshed:
    """What a refresh of a file did: its plan, what changed, and where the old file is kept."""

    plan: Plan
    report: Report
    backup: Path | None

    def notices(self) -> list[str]:
        """What the user should know, in Dutch."""
        report = self.report
        notices = [f"{text} is gewist." for text in report.cleared]
        notices += [
            f"uw waarde {orphan.value!r} in {orphan.table}, kolom {orphan.column}, rij {orphan.row} hoort "
            "bij geen rij meer en is vervallen (de kopie heeft hem nog)."
            for orphan in report.orphans
        ]
        if message := self.plan.value("kw_bericht"):
            notices.append(f"er is geen prognose. {message}")
        if report.truncated:
            notices.append(f"{report.truncated} teksten waren te lang voor een cel en zijn afgekapt.")
        return notices


DATA_TABLE = "tblTransacties"
DATA_COLUMNS = ("klant", "datum", "bedrag")


# Figures for which the templates of version 1 have no cell
_NO_CELL = (
    "bedrag_gelezen",
    "bedrag_gebruikt",
    "bedrag_geweigerd",
    "rijen_zonder_bedrag",
    "laatste_maand",
    "loopt_tot",
)


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
    settings = settings_of(contents.names, template.settings)
    if transactions is not None:
        return plan_for(template, transactions, settings, now=now, write_data=True)
    data = _find(contents.tables, DATA_TABLE)
    own = transactions_from_cells(
        data.headers,
        data.rows,
        source="Gegevens",
        today=now.date(),
        first_row=data.top + 1,
        reading=reading,
    )
    return plan_for(template, own, settings, now=now, table_rows=len(data.rows))


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
    analysis = analyse(transactions, settings, [feed.result for feed in template.feeds], today=now.date())
    tables = [
        TableWrite(feed.table, analysis[feed.result].columns, analysis[feed.result].rows, feed.key)
        for feed in template.feeds
    ]
    if write_data:
        tables.insert(0, TableWrite(DATA_TABLE, DATA_COLUMNS, transactions.rows(), DATA_COLUMNS))
    quality = analysis.quality
    names: dict[str, Value] = {
        "kw_ververst": now,
        "kw_bron": quality.source.name,
        "kw_periode_van": analysis.first_day,
        "kw_periode_tot": analysis.last_day,
        "kw_peildag": analysis.as_of,
        "kw_rijen_gelezen": quality.rows_read,
        "kw_rijen_tabel": quality.rows_kept if table_rows is None else table_rows,
        "kw_rijen_gebruikt": quality.rows_kept,
        "kw_rijen_geweigerd": quality.rows_refused,
        **{f"kw_{name}": value for name, value in analysis.figures.items() if name not in _NO_CELL},
    }
    return Plan(tuple(tables), tuple(NameWrite(name, value) for name, value in names.items()))


def _template_of(contents: Contents) -> Template:
    """The template whose tables the workbook has; raises `WorkbookChanged` naming what is missing."""
    there = {name.casefold() for name in contents.tables}
    nearest: tuple[float, Template, list[str]] | None = None
    for template in templates().values():
        if not template.feeds:
            continue
        wanted = [feed.table for feed in template.feeds] + [DATA_TABLE]
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


def _find(tables: Mapping[str, Table], name: str) -> Table:
    return next(table for key, table in tables.items() if key.casefold() == name.casefold())


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
    tables = {name: _only_data(package, name) for name in package.table_names()}
    contents = Contents(package.read_names("kw_"), tables)
    plan = plan_refresh(contents, now=now, transactions=transactions, reading=reading)
    report = package.apply(plan)
    refill(package)
    return Refreshed(plan, report, package.save(path, backup=backup, now=now))


def _only_data(package: Package, name: str) -> Table:
    """The data table in full; of the others only that they exist, because they are ours to fill."""
    return package.read_table(name) if name.casefold() == DATA_TABLE.casefold() else Table((), ())
