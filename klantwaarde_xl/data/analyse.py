"""Tables and settings to the results asked for, each computed once; behind every workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.one_money import money_of
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.holes import silence
from klantwaarde_xl.data.reading.naming.headers import ABSENT
from klantwaarde_xl.data.reading.quality import Quality, together
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.results import Made, Result, ResultTable, Row, results
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import main_of
from klantwaarde_xl.errors import NotAvailable, UsageError

__all__ = ["STANDARD", "Analysis", "ResultTable", "Settings", "analyse"]

_NOBODY = "Deze gegevens hebben geen klanten: er is omzet, en niets per klant."
STANDARD = ("kpi", "retentie", "rfm", "segmenten", "kwaliteit")


@dataclass(frozen=True)
class Analysis:
    """The result tables of one data set, with what they were made from.

    figures: single values by name, that belong to the results asked for; quality: of all tables together.
    """

    tables: Mapping[str, ResultTable]
    figures: Mapping[str, Any]
    settings: Settings
    quality: Quality
    first_day: dt.date
    last_day: dt.date
    as_of: dt.date

    def __getitem__(self, name: str) -> ResultTable:
        return self.tables[name]


def analyse(
    tables: Checked | Mapping[str, Checked],
    settings: Settings | None = None,
    names: Collection[str] = STANDARD,
    *,
    today: dt.date | None = None,
    earlier: Mapping[str, Sequence[Row]] | None = None,
    main: str | None = None,
) -> Analysis:
    """Compute results; only what they need is computed.

    tables: one checked table, or several by name (none for results that need none); names: of
    `results.results`; today: the calendar's day, by default the day on which the tables were read;
    earlier: by result, the rows to go on from, for one that continues; main: the table that the days and
    the report are of, where `main_of` does not tell.
    Raises `NotAvailable` when there is no order up to the chosen day, and `UsageError` for an unknown
    result or one whose table is missing, and `DataError` for tables in two currencies. A forecast that
    cannot be made raises nothing: its tables are empty and the figure `bericht` says why.
    """
    given = {tables.table.name: tables} if isinstance(tables, Checked) else dict(tables)
    money_of(given)
    context = _context(given, settings or Settings(), today, earlier or {}, main)
    made: dict[str, ResultTable] = {}
    figures: dict[str, Any] = {}
    for name in dict.fromkeys(names):
        done = _made(result := _result(name, given), context)
        figures.update(done.figures)
        made[name] = ResultTable(name, result.headers, done.rows)
    return Analysis(
        made,
        figures,
        context.settings,
        context.quality,
        context.first_day,
        context.last_day,
        context.as_of,
    )


def _made(result: Result, context: Context) -> Made:
    """What a result gives; of orders without any customer one of customers is empty, and says so."""
    try:
        return context.once(result.compute)
    except NotAvailable:
        if "transacties" not in result.needs or not _of_nobody(context.transactions):
            raise
        return Made(
            context.earlier.get(result.name, ()),
            {one.name: _NOBODY if one.name.endswith("bericht") else None for one in result.figures},
        )


def _result(name: str, given: Mapping[str, Checked]) -> Any:
    if name not in results():
        raise UsageError(
            f"De uitkomst {name!r} bestaat niet.", remedy=f"Kies uit: {', '.join(sorted(results()))}."
        )
    result = results()[name]
    missing = [table for table in result.needs if table not in given]
    if missing:
        raise UsageError(
            f"Voor {result.title} zijn gegevens nodig die er niet zijn: {', '.join(missing)}.",
            remedy="Geef ook dat bestand, of laat deze uitkomst weg.",
        )
    return result


def _context(
    given: Mapping[str, Checked],
    settings: Settings,
    today: dt.date | None,
    earlier: Mapping[str, Sequence[Row]],
    first: str | None,
) -> Context:
    filled = {one: checked for one, checked in given.items() if checked.count()}
    name = first if first in filled else main_of(filled)
    main = filled[name] if name else None
    if today is None:
        if main is None:
            raise TypeError("without tables, today must be given")
        today = main.read_on
    # What comes after today is not there yet
    last = main.last_day if main and main.last_day else today
    as_of = settings.as_of or (last if last <= today else _last_that_came(main, today))
    first_day, last_day, silent = as_of, as_of, ""
    if main is not None and main.table.name == "transacties":
        first_day, last_day = _span(main, as_of)
        silent = silence(main.con, as_of) if settings.as_of else ""
    elif main is not None and main.first_day is not None:
        first_day, last_day = min(main.first_day, as_of), min(last, as_of)
    each = {one: checked.quality for one, checked in filled.items()}
    quality = together(name, each) if name else Quality(Source(), 0, 0)
    if silent:
        quality = replace(quality, notes=(*quality.notes, silent))
    return Context(given, settings, as_of, first_day, last_day, today, quality, earlier)


def _of_nobody(transactions: Checked) -> bool:
    """Whether the user said that there are no customers: then there are totals, and no figure of a customer.

    A workbook's own sheet without any was filled that way.
    """
    said = transactions.recipe.columns.get("klant") == ABSENT
    if said or transactions.source.path is not None:
        return said
    return not transactions.con.execute("select count(klant) from tx").fetchall()[0][0]


def _last_that_came(main: Checked | None, today: dt.date) -> dt.date:
    """The last day that has come in a table with later ones: silence since would be of a wrong date."""
    if main is None or main.table.name != "transacties":
        return today
    return main.con.execute("select max(dag) from tx where dag <= ?", [today]).fetchall()[0][0] or today


def _span(transactions: Checked, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The days of the first and the last order up to the chosen day."""
    first, last, orders, of_customers = transactions.con.execute(metrics.SPAN, {"as_of": as_of}).fetchall()[0]
    if of_customers or (first is not None and _of_nobody(transactions)):
        return first, last
    if first is not None:
        raise NotAvailable(
            "Bij geen enkele order staat een klant.",
            where=str(transactions.source),
            remedy="Kies de kolom die zegt wie de klant is: --kolommen klant=…; is er geen, dan --kolommen "
            f"klant={ABSENT} voor de omzet en de orders alleen.",
        )
    if not orders:
        raise NotAvailable(
            "Alle bedragen zijn negatief: er zijn retouren, maar geen orders.",
            where=str(transactions.source),
            remedy="Kies de kolom met het orderbedrag: --kolommen bedrag=…",
        )
    raise NotAvailable(
        f"Er zijn geen orders tot en met {as_of:%d-%m-%Y}.",
        where="instelling kw_peildatum",
        remedy="Kies een latere peildatum, of laat hem leeg.",
    )
