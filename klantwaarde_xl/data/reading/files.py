"""The user's file, or cells of a sheet, to a checked table inside the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.clock import today as todays_date
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.written import Written
from klantwaarde_xl.data.reading.customers.refusals import read_refusals
from klantwaarde_xl.data.reading.days.completed import complete_days
from klantwaarde_xl.data.reading.days.ends import read_endless
from klantwaarde_xl.data.reading.days.term_columns import check_terms, read_terms
from klantwaarde_xl.data.reading.doubts import Looked, notes
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.cancelled_in_text import ask_cancelled
from klantwaarde_xl.data.reading.kinds.credit_notes import ask_unsigned
from klantwaarde_xl.data.reading.kinds.double_entry import ask_balanced
from klantwaarde_xl.data.reading.kinds.ledger_accounts import turn_revenue
from klantwaarde_xl.data.reading.kinds.paid_and_cancelled import ask_cancelled_sales
from klantwaarde_xl.data.reading.kinds.partly_paid import say_partly_paid
from klantwaarde_xl.data.reading.kinds.payments_on_invoices import ask_payments
from klantwaarde_xl.data.reading.kinds.quotes import ask_quotes
from klantwaarde_xl.data.reading.kinds.replaced import leave_out_replaced
from klantwaarde_xl.data.reading.kinds.status_columns import ask_credits
from klantwaarde_xl.data.reading.kinds.statuses import find_fates, leave_out_no_sales
from klantwaarde_xl.data.reading.kinds.taken_off import take_off
from klantwaarde_xl.data.reading.layout.balances import leave_out_balances
from klantwaarde_xl.data.reading.layout.export_totals import dated_totals, leave_out_carried
from klantwaarde_xl.data.reading.layout.sums_of_rows import leave_out_sums
from klantwaarde_xl.data.reading.layout.totals import leave_out_totals
from klantwaarde_xl.data.reading.load import load
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.quality import Quality
from klantwaarde_xl.data.reading.questions.asked import Asked, kind_read
from klantwaarde_xl.data.reading.questions.next_questions import may_be_read_again, with_next
from klantwaarde_xl.data.reading.questions.no_rows import no_rows
from klantwaarde_xl.data.reading.questions.recipe import Recipe
from klantwaarde_xl.data.reading.questions.typed_options import Told, told_with
from klantwaarde_xl.data.reading.revenue import money
from klantwaarde_xl.data.reading.revenue.no_price import leave_out_no_price
from klantwaarde_xl.data.reading.revenue.of_lines import is_of_lines
from klantwaarde_xl.data.reading.revenue.one_currency import bring_to_one
from klantwaarde_xl.data.reading.revenue.running_totals import ask_rising
from klantwaarde_xl.data.reading.revenue.shares import find_shares, make_shares
from klantwaarde_xl.data.reading.several import raw_text
from klantwaarde_xl.data.reading.sources.database import typed_reader
from klantwaarde_xl.data.reading.sources.engine import connect, drop, lacks_room, own, widen
from klantwaarde_xl.data.reading.sources.own_cells import from_cells
from klantwaarde_xl.data.reading.sources.parts import sheets_back
from klantwaarde_xl.data.reading.sources.source import Source, kind_of
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import Typed
from klantwaarde_xl.data.reading.surveys.aspect_columns import unpivot
from klantwaarde_xl.data.reading.surveys.scores import read_scores
from klantwaarde_xl.data.reading.units.lines_of_orders import prepare
from klantwaarde_xl.data.reading.units.orders import USED_BY_ORDERS, group, totals_of
from klantwaarde_xl.data.reading.units.repeated_orders import once
from klantwaarde_xl.data.reading.values import first_and_last, keep, read_values
from klantwaarde_xl.data.tables import TRANSACTIONS, Kind, Table, main_of, tables
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable
from klantwaarde_xl.leftovers import scratch

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Checked:
    """A checked table in the engine, under its relation's name, with column `rij` for the source's row.

    first_day, last_day: of its first column of dates, None for a table without; read_on: the day that
    reading took for today; recipe: how to read a next export the same way.
    """

    con: duckdb.DuckDBPyConnection
    table: Table
    quality: Quality
    first_day: dt.date | None
    last_day: dt.date | None
    read_on: dt.date
    recipe: Recipe

    @property
    def source(self) -> Source:
        """Where it was read."""
        return self.quality.source

    def count(self) -> int:
        """How many rows it has, which are orders and refunds where the source has lines."""
        return int(self.con.execute(f"select count(*) from {self.table.sql}").fetchall()[0][0])

    def rows(self, last: int | None = None) -> list[tuple[Any, ...]]:
        """Every row's values in the order of the table's columns and of the source; amounts in euro.

        last: only so many, of the last days.
        """
        shown = ", ".join(
            f"cast({column.sql} as double)" if column.kind is Kind.AMOUNT else column.sql
            for column in self.table.columns
        )
        rows = self.table.sql
        if last is not None:
            latest = ", ".join(f"{column.sql} desc" for column in self.table.dates)
            rows = f"(from {rows} order by {latest + ', ' if latest else ''}rij desc limit {last})"
        return self.con.execute(f"select {shown} from {rows} order by rij").fetchall()


Transactions = Checked  # what `TRANSACTIONS` reads to: relation tx (rij, klant, dag, bedrag)


def read_table(
    path: Path | str,
    table: Table,
    *,
    today: dt.date,
    columns: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
    reading: Reading | None = None,
    skip_refused: bool = False,
    con: duckdb.DuckDBPyConnection | None = None,
    recipe: Recipe | None = None,
) -> Checked:
    """Read files, those of a folder or a pattern (`export-*.csv`), or a table of a database.

    path: of a database also an address, with the table behind it (see `reading.database`);
    today: what is later is still to come; columns: our column name to the file's header, where that is
    not recognised, or to a column's number; sheets: which of a workbook's are read; reading: what the
    user says about dates and decimals; skip_refused leaves unreadable rows out instead of raising; con:
    the engine of another table, to read both into; recipe: how an earlier export was read, which holds
    where nothing else is said.
    Raises `FileUnreadable`, `ColumnsMissing`, `Ambiguous` or `RowsRefused`; each says where. What has to be
    asked of orders is asked in one error, with the options that answer all of it.
    """

    def read(told: Told, con: duckdb.DuckDBPyConnection | None = None) -> Checked:
        return _read_table(path, table, told, today=today, skip_refused=skip_refused, con=con, recipe=recipe)

    told = Told(columns, tuple(sheets), reading)
    try:
        return read(told, con)
    except (Ambiguous, ColumnsMissing) as error:
        if not table.of_orders or not may_be_read_again(path):
            raise
        raise with_next(error, lambda words: read(told_with(told, words, table))) from None


def _read_table(
    path: Path | str,
    table: Table,
    told: Told,
    *,
    today: dt.date,
    skip_refused: bool,
    con: duckdb.DuckDBPyConnection | None,
    recipe: Recipe | None,
) -> Checked:
    """Read a table once; raises the first of what has to be asked."""
    columns, reading = told.columns, told.reading
    sheets: Sequence[str] = told.sheets
    if (open_typed := typed_reader(path)) is not None:
        con = con or connect()
        asked = Asked(table, columns, reading, (), recipe)
        typed = asked.found(lambda named: open_typed(con, table, named))
        return _check(typed, asked, today=today, skip_refused=skip_refused, con=con)
    path = Path(path)
    is_text = path.is_file() and kind_of(path) == "csv"
    if recipe is not None and not sheets and not is_text:
        sheets = recipe.sheets
    asked = Asked(table, columns, reading, tuple(sheets), recipe)
    with scratch() as folder:
        year = asked.choices.year
        raw = asked.found(lambda named: raw_text(path, folder, table, named, sheets, year))
        return _check(raw, asked, today=today, skip_refused=skip_refused, con=con)


def table_from_cells(
    table: Table,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    source: Source | str,
    today: dt.date,
    first_row: int = 2,
    reading: Reading | None = None,
    con: duckdb.DuckDBPyConnection | None = None,
    may_be_empty: bool = False,
) -> Checked:
    """Read a declared table from the cells of a sheet, as a workbook's refresh does.

    source: the sheet, or its name; may_be_empty: no row at all is no error. Raises as `read_table`;
    unreadable rows are left out and stand in the quality report, because the table is the user's to mend.
    Under our own headers stand orders, as a refresh writes them: a column that the user put beside them says
    nothing of what they are.
    """
    where = Source(sheet=source) if isinstance(source, str) else source
    there = {plain(str(header)) for header in headers}
    own, of_orders, reading = None, table.of_orders, reading or Reading()
    if all(plain(column.name) in there for column in table.columns if column.required):
        own = {column.name: column.name for column in table.columns if plain(column.name) in there}
        table = replace(table, aids=() if table.of_orders else table.aids)
        reading = replace(reading, aspects=(ABSENT,))
    told = Told(own, (), reading)

    def read(told: Told, con: duckdb.DuckDBPyConnection | None = None) -> Checked:
        with scratch() as folder:
            raw = from_cells(headers, rows, folder, where, first_row - 1)
            asked = Asked(table, told.columns, told.reading)
            return _check(raw, asked, today=today, skip_refused=True, con=con, may_be_empty=may_be_empty)

    try:
        return read(told, con)
    except (Ambiguous, ColumnsMissing) as error:
        if not of_orders:
            raise
        raise with_next(error, lambda words: read(told_with(told, words, table))) from None


def read_transactions(
    path: Path | str,
    *,
    today: dt.date | None = None,
    columns: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
    reading: Reading | None = None,
    skip_refused: bool = False,
) -> Transactions:
    """Read transactions from files or a database: customer, date, amount; as `read_table`.

    today: empty for the computer's date.
    """
    return read_table(
        path,
        TRANSACTIONS,
        today=today or todays_date(),
        columns=columns,
        sheets=sheets,
        reading=reading,
        skip_refused=skip_refused,
    )


def transactions_from_cells(
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    source: Source | str,
    today: dt.date | None = None,
    first_row: int = 2,
    reading: Reading | None = None,
) -> Transactions:
    """Read transactions from the cells of a sheet; as `table_from_cells`.

    today: empty for the computer's date.
    """
    return table_from_cells(
        TRANSACTIONS,
        headers,
        rows,
        source=source,
        today=today or todays_date(),
        first_row=first_row,
        reading=reading,
    )


def _check(
    raw: RawText | Typed,
    asked: Asked,
    *,
    today: dt.date,
    skip_refused: bool,
    con: duckdb.DuckDBPyConnection | None,
    may_be_empty: bool = False,
) -> Checked:
    import duckdb

    con, table = con or connect(), asked.table
    try:
        widen(con, raw.size if isinstance(raw, RawText) else None)
        drop(con, "buyers")  # of a table that could not be read
        loaded = asked.found(lambda named: load(con, raw, table, named, asked.choices, today=today))
        came = asked.about_columns(loaded, str(raw.source))
        export = asked.export(con, loaded, raw)
        quality, written = _read(export, raw, table, today)
    except duckdb.Error as error:
        if isinstance(raw, Typed) and raw.damaged:
            raise raw.damaged from error
        raise lacks_room(error) or FileUnreadable(
            "De regels in dit bestand zijn niet te lezen.",
            where=str(raw.source),
            remedy="Kijk of aanhalingstekens en scheidingstekens kloppen, of bewaar het als .xlsx.",
        ) from error
    kind = kind_read(raw)
    recipe = asked.recipe_of(export, loaded, written, kind)
    drop(con, "lines", "cells")
    looked = Looked(con, table, loaded.headers, loaded.header_row, today, export.sums_in)
    quality = replace(
        quality,
        notes=(*raw.notes, *loaded.notes, *notes(looked), *came, *asked.changes(export, written, kind)),
        headers=tuple(
            (name, loaded.headers[place].strip())
            for name, place in export.places.items()
            if name not in loaded.aspects
        ),
        said=tuple(export.said),
        left_out=tuple(export.left),
        currency=export.sums_in,
        currency_named=bool(export.currencies or export.reading.currencies),
    )
    drop(con, "blank", "buyers", "customers")
    option = "" if table.name == main_of(tables()) else f" --tabel {table.name}"
    if not skip_refused:
        quality.raise_if_refused(option)
    if not quality.rows_kept and not (may_be_empty and not quality.rows_read):
        quality.raise_if_refused(option)
        if quality.left_out:
            raise FileUnreadable(
                f"Geen enkele rij telt mee: {'; '.join(map(str, quality.left_out))}.",
                where=str(raw.source),
                remedy="Zeg wat wel telt, bijvoorbeeld met --tellen betaald,open,onbekend.",
            )
        first = raw.first_row if isinstance(raw, RawText) else loaded.header_row
        raise no_rows(table.name, str(raw.source), loaded.header_row, loaded.header_row - first)
    return Checked(con, table, quality, *first_and_last(con, table), today, recipe)


def _read(export: Export, raw: RawText | Typed, declared: Table, today: dt.date) -> tuple[Quality, Written]:
    """Values of all columns; of an export with orders and lines also what its rows are and which count.

    declared: the table without the columns that this export has beside it.
    """
    table = export.table
    if not table.of_orders:
        own(export.con, "raw")  # these are small, and much is written in them
        drop(export.con, *(f"v{at}" for at in range(len(table.read))))  # of a table that could not be read
        leave_out_totals(export)
        leave_out_no_price(export)
        scales = read_scores(export, raw)
        read_endless(export)
        read_refusals(export)
        read_terms(export, raw)
        written = read_values(export, raw, today)
        bring_to_one(export)
        check_terms(export, raw)
        quality = keep(export, raw, today)
        unpivot(export, declared, scales)
        return replace(quality, rows_read=quality.rows_read + export.rows_left), written
    if isinstance(raw, RawText):
        complete_days(export, raw, today.year + 1)
        export.back_parts = sheets_back(raw, export.reading)
    prepare(export)
    find_shares(export)
    written = read_values(export, raw, today)
    make_shares(export)
    ask_rising(export)
    taken = money.revenue(export)
    turn_revenue(export)
    take_off(export)
    leave_out_carried(export)
    leave_out_sums(export)
    ask_balanced(export)
    people = dated_totals(export)
    leave_out_balances(export)
    once(export, raw.source)
    ask_credits(export)
    if statuses := find_fates(export):
        ask_cancelled_sales(export, statuses)
        leave_out_no_sales(export, statuses)
    leave_out_replaced(export)
    ask_payments(export)
    ask_unsigned(export)
    ask_cancelled(export)
    ask_quotes(export)
    money.one_currency(export)
    money.say(export, taken)
    export.of_lines = is_of_lines(export)
    helpers = [one for one in table.aids if one.name in USED_BY_ORDERS and export.has(one.name)]
    quality = keep(export, raw, today, helpers, people)
    group(export, has_fate=bool(statuses))
    say_partly_paid(export, statuses)
    if export.has("stuksterug"):
        export.places.pop("terugbetaald", None)  # was made of these, and is no column
    totals = totals_of(export)
    read = quality.rows_read + export.rows_left
    quality = replace(quality, rows_read=read, amount_kept=totals["netto"], totals=tuple(totals.items()))
    return quality, written
