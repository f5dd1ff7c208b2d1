"""Text on disk to rows in the engine, with the columns of a table found in its header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.by_contents import with_contents
from klantwaarde_xl.data.reading.cells.columns import Reading, cleaned, is_clean
from klantwaarde_xl.data.reading.cells.contents import SAMPLE, sample_text
from klantwaarde_xl.data.reading.cells.money_in_objects import take_out_amounts
from klantwaarde_xl.data.reading.cells.own_types import NUMBERS, own_values
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.customers.filled_customers import with_filled_customer
from klantwaarde_xl.data.reading.customers.numbers_of_rows import take_address
from klantwaarde_xl.data.reading.customers.one_company import take_names
from klantwaarde_xl.data.reading.kinds.refunds_in_json import with_refunds_in_json
from klantwaarde_xl.data.reading.layout.header_of_text import header_of
from klantwaarde_xl.data.reading.layout.other_order import put_tables_in_order
from klantwaarde_xl.data.reading.layout.totals import mark_totals
from klantwaarde_xl.data.reading.naming.blank_columns import without_blank
from klantwaarde_xl.data.reading.naming.headers import ABSENT, ANY_ID, plain
from klantwaarde_xl.data.reading.naming.not_found import say_not_found
from klantwaarde_xl.data.reading.questions.missing import columns_missing
from klantwaarde_xl.data.reading.revenue.exchange_rates import in_euros
from klantwaarde_xl.data.reading.revenue.filled_amounts import take_filled_amount
from klantwaarde_xl.data.reading.revenue.money_columns import with_sums
from klantwaarde_xl.data.reading.revenue.running_totals import take_steps
from klantwaarde_xl.data.reading.revenue.twins import with_its_refund, with_twins
from klantwaarde_xl.data.reading.sources.engine import make_table, make_view
from klantwaarde_xl.data.reading.sources.lines import find_shifted, make_lines
from klantwaarde_xl.data.reading.sources.parts import notes_of_parts
from klantwaarde_xl.data.reading.sources.text import RawText, TextColumn
from klantwaarde_xl.data.reading.sources.typed import TEXT, Typed, cell, first_lines, is_there, types_of
from klantwaarde_xl.data.reading.sources.typed_lines import cells_and_typed, with_words
from klantwaarde_xl.data.reading.sources.typed_places import called_as, notes_of_names, places_of
from klantwaarde_xl.data.reading.surveys.aspect_columns import find_aspects, score_of
from klantwaarde_xl.data.reading.units.lines_without_amount import with_number_of_lines
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import SWAPPED

if TYPE_CHECKING:
    import duckdb


_SMALL = 500_000  # bytes of text whose columns are read in no time, and looked at again and again
_FIRST = 1000  # rows by which it is seen whether looking at all of them is worth it


@dataclass(frozen=True)
class Loaded:
    """What was found: the file's headers and their row, the place of each column, and what to say of them.

    table: as it is read, with a column for each aspect of a survey; aspects: the places of these; passed:
    heads that could be of one and are not; running: the places of totals of all rows so far; numbers: our
    columns of a workbook's numbers, which raw has as these.
    """

    headers: tuple[str, ...]
    header_row: int
    places: Mapping[str, int]
    table: Table
    notes: tuple[str, ...] = ()
    aspects: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    running: tuple[int, ...] = ()
    numbers: frozenset[str] = frozenset()

    @property
    def taken(self) -> dict[str, int]:
        """The places of all columns that are read."""
        return {**self.places, **self.aspects}

    @property
    def known(self) -> dict[str, int]:
        """The places of all columns of which it is known what they are."""
        return {**self.taken, **{f"telt {place} op": place for place in self.running}}


def text_column(table: Table, column: Column, raw: RawText | Typed) -> TextColumn:
    """A column's text in table raw, and the table that its values go to."""
    at = table.read.index(column)
    return TextColumn(f"t{at}", f"v{at}", column.name, raw.source)


def load(
    con: duckdb.DuckDBPyConnection,
    raw: RawText | Typed,
    table: Table,
    named: Mapping[str, str] | None,
    reading: Reading | None = None,
    *,
    today: dt.date,
) -> Loaded:
    """Make raw: `rij`, the row as the user's program shows it, and each column's text as t0, t1, ….

    Also tables lines, the whole file, blank, the rows without any figure, and shifted, the rows wider than
    the header. A typed source has made lines itself, and its dates and numbers keep their types in raw.
    reading: what the user says of the columns; today: after its next year, no date can be.
    Raises `ColumnsMissing` when no header is found, and `FileUnreadable` for a quote that is never closed.
    """
    reading = reading or Reading()
    if isinstance(raw, Typed):
        below = first_lines(con, len(raw.headers)) if score_of(table) else None
        places = places_of(raw.headers, table, named, raw.source, lambda: _first(con, 0), below)
        called = called_as(raw.headers, table, named)
        loaded = Loaded(called, 0, places, table, notes_of_names(raw.headers, called))
        rows = Rows(con, called, 0, str(raw.source))
        loaded = _with_aspects(rows, loaded, named, reading)
        types = types_of(con, "lines")[1:]
        _texts(con, loaded, types, {}, {}, few=False)
        find_shifted(con, 0, len(raw.headers), len(types))
        _refuse_id_of_rows(con, raw, table, loaded, named)
        return loaded
    con.execute("set preserve_insertion_order = true")
    header = header_of(raw, table, named)
    telling = [header.places[column.name] for column in table.telling if column.name in header.places]
    make_lines(con, raw, header.width, telling)
    rows = Rows(con, header.texts, raw.first_row + header.at, str(raw.source))
    may_move = telling and not raw.below and with_words(con, telling[:1])
    moved = put_tables_in_order(rows, telling[0]) if may_move else ()
    money = [header.places[one.name] for one in table.read if one.is_money and one.name in header.places]
    if take_out_amounts(rows, money) or moved:
        rows = replace(rows)  # which looks again
    said = (
        *header.notes(raw.first_row),
        *moved,
        *notes_of_parts(con, raw, header.places, reading, of_orders=table.of_orders),
    )
    places = {one.name: header.places[one.name] for one in table.read if one.name in header.places}
    loaded = Loaded(header.texts, raw.first_row + header.at, places, table, said)
    loaded = _with_aspects(rows, loaded, named, reading)
    types, typed = cells_and_typed(con)
    swapped = SWAPPED in (reading.date_order, reading.usual.date_order)
    own = own_values(con, loaded.table.read, loaded.taken, typed, loaded.header_row, today, swapped=swapped)
    numbers = frozenset(one.name for one in loaded.table.read if one.name in own and one.kind in NUMBERS)
    loaded = replace(loaded, numbers=numbers)
    _texts(con, loaded, types, typed, own, few=raw.size < _SMALL)
    find_shifted(con, loaded.header_row, header.width, len(types))
    _refuse_id_of_rows(con, raw, table, loaded, named)
    return loaded


def _with_aspects(rows: Rows, loaded: Loaded, named: Mapping[str, str] | None, reading: Reading) -> Loaded:
    """What was found, with the questions that stand beside one another; raises as `find_aspects`.

    Also makes table totals of a table without orders, whose rows say nothing of its columns.
    """
    con, table = rows.con, loaded.table
    if not table.of_orders:
        mark_totals(con, table, loaded.places, len(loaded.headers), loaded.header_row)
    found = find_aspects(
        con, loaded.headers, loaded.header_row, table, loaded.places, named, reading.aspects, rows.where
    )
    places, told = found.places, named
    if found.table.of_orders:
        places = without_blank(rows, found.table, places, named)
    places = with_filled_customer(rows, found.table, places, named)
    running, euros, who = dict[int, str](), "", ""
    if found.table.of_orders:
        who = take_address(rows, places, named or {}) or take_names(rows, places, named or {})
        take_filled_amount(rows, places, named or {})
        running = take_steps(rows, places, named or {})
        wanted = next((code for code, _ in reading.currencies), "")
        told = with_twins(rows, places, named or {}, wanted)
        if euros := in_euros(rows, places, told, wanted):
            told = {**told, "valuta": ABSENT}
    places = with_contents(rows, found.table, places, told)
    missed = [] if table.of_orders else say_not_found(rows, table, {**places, **found.aspects}, named)
    if found.table.of_orders:
        places = with_number_of_lines(rows, places, named or {})
        places = with_refunds_in_json(rows, places, named)
        with_its_refund(rows, places, named or {})
        with_sums(rows, places, named or {}, reading.vat)
    return replace(
        loaded,
        table=found.table,
        places=places,
        aspects=found.aspects,
        passed=found.passed,
        notes=(*loaded.notes, *running.values(), *filter(None, [who, euros]), *missed),
        running=tuple(running),
    )


def _refuse_id_of_rows(
    con: duckdb.DuckDBPyConnection,
    raw: RawText | Typed,
    table: Table,
    loaded: Loaded,
    named: Mapping[str, str] | None,
) -> None:
    """A column that is just called `id` and never repeats says which row it is, and not who."""
    for at, column in enumerate(table.columns):
        place = loaded.places.get(column.name)
        if place is None or column.name in (named or {}) or plain(loaded.headers[place]) != ANY_ID:
            continue
        rows, ids = con.execute(f"select count(*), count(distinct t{at}) from raw").fetchall()[0]
        if rows == ids:
            headers = ["" if plain(header) == ANY_ID else header for header in loaded.headers]
            raise columns_missing(headers, _first(con, loaded.header_row), table, str(raw.source), named)


def _first(con: duckdb.DuckDBPyConnection, header_row: int) -> list[list[str]]:
    """The first rows of a source below its header."""
    rows = con.execute(
        f"select columns('^c') from lines where rij > {header_row} order by rij limit {SAMPLE}"
    ).fetchall()
    return [[sample_text(cell) for cell in row] for row in rows]


def _texts(
    con: duckdb.DuckDBPyConnection,
    loaded: Loaded,
    types: Sequence[str],
    typed: Mapping[int, str],
    own: Mapping[str, str],
    *,
    few: bool,
) -> None:
    """Make raw and blank.

    types: of the lines; typed: of their columns n, by place; own: cells that are read with that type; few: so
    few that raw is sooner kept than made anew.
    """
    table, taken = loaded.table, loaded.taken
    above = loaded.header_row
    filled = [
        is_there(typed[place], f"n{place}") if place in typed else is_there(type_, f"c{place}")
        for place, type_ in enumerate(types)
    ]
    there = [filled[place] for place in taken.values()]
    texts = {
        column.name: "''"
        if place is None
        else own.get(column.name) or _cell(con, column, types[place], f"c{place}", above, few=few)
        for column in table.read
        for place in (taken.get(column.name),)
    }
    shown = ", ".join(f"{text} as t{at}" for at, text in enumerate(texts.values()))
    # A row without date and amount is no order: a total, or a line that goes on
    places = [loaded.places[column.name] for column in table.telling if column.name in loaded.places]
    telling = [filled[place] for place in places]
    if (count := loaded.places.get("aantal")) in places and types[count] == TEXT and count not in typed:
        # How late it was, in the last row of a program that says how many rows it wrote
        telling[places.index(count)] += f" and not contains(c{count}, ':')"
    tells = f"({' or '.join(telling)})" if table.telling else f"({' or '.join(there)})"
    rows = f"select rij, {shown} from lines where rij > {above}"
    silent = f"coalesce({tells}, false) is false"
    unsaid = f"select rij from lines where rij > {above} and {silent} limit 1"
    every = not con.execute(unsaid).fetchall()
    if not table.telling:  # such as an answer that was begun and never given
        there = filled
    if every:
        (make_table if few else make_view)(con, "raw", rows)
        make_table(con, "blank", "from raw limit 0")
    elif few:  # to clean texts asks for more than to read so few twice
        make_table(con, "raw", rows)
        these = f"select rij from lines where rij > {above} and"
        make_table(con, "blank", f"from raw where rij in ({these} {silent} and ({' or '.join(there)}))")
        con.execute(f"delete from raw where rij in ({these} {silent})")
    else:
        make_view(con, "raw", f"{rows} and {tells}")
        make_table(con, "blank", f"{rows} and {silent} and ({' or '.join(there)})")


def _cell(
    con: duckdb.DuckDBPyConnection, column: Column, type_: str, text: str, above: int, *, few: bool
) -> str:
    if (typed := cell(column, type_, text)) is not None:
        return typed
    if column.kind is Kind.KEY and not few and _is_clean(con, text, above):
        return f"coalesce({text}, '')"
    return cleaned(column, f"coalesce({text}, '')")


def _is_clean(con: duckdb.DuckDBPyConnection, text: str, above: int) -> bool:
    """Whether no key of a column below a row needs cleaning, so that it need not be looked at again."""
    odd = f"rij > {above} and {text} <> '' and not {is_clean(text)}"
    for rows in (f"(from lines limit {_FIRST})", "lines"):
        if con.execute(f"select {text} from {rows} where {odd} limit 1").fetchall():
            return False
    return True
