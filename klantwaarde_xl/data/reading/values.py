"""The rows of which every cell could be read, and a complaint for each cell that could not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.columns import complaint, read_column
from klantwaarde_xl.data.reading.cells.written import Written, together
from klantwaarde_xl.data.reading.days.ends import latest_of
from klantwaarde_xl.data.reading.doubts import TOTALS
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.load import text_column
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import PROMOTIONS
from klantwaarde_xl.data.reading.quality import Problem, Quality
from klantwaarde_xl.data.reading.questions.read_otherwise import read_otherwise
from klantwaarde_xl.data.reading.revenue.cents import say_whole, to_euros
from klantwaarde_xl.data.reading.sources.engine import drop
from klantwaarde_xl.data.reading.sources.lines import SHIFTED
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import Typed
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

_FIRST = 1000  # rows by which it is seen how decimals are written
_TEXT = (Kind.KEY, Kind.TEXT)  # kinds whose text is their value


def read_values(export: Export, raw: RawText | Typed, today: dt.date) -> Written:
    """Make a view of values, v0, v1, …, of each column that is more than its text.

    Returns what these told of how they are written. A column that only helps, and could be read in two
    ways, is asked about where nothing else will do.
    """
    table, places, reading = export.table, export.places, export.reading
    told = [one.written for one in export.valued.values()]
    back = {plain(header) for header, _ in reading.back}

    def read_one(column: Column, latest: dt.date) -> None:
        header = export.headers[places[column.name]].strip() if column.name in places else ""
        text = replace(
            text_column(table, column, raw),
            header=header,
            sided=plain(header) in back,
            has_comma=lambda: has_decimal_comma(export),
            beside=export.headers,
            counts=column.counts,
        )
        kind = Kind.NUMBER if column.name in export.shares else column.kind
        export.valued[column.name] = read = read_column(export.con, kind, text, reading, latest)
        if not column.counts:  # its thousands say nothing of how money is written
            told.append(read.written)
        if read.note:
            export.say(column.name, f"kolom {export.header(column.name)}: {read.note}")
        to_euros(export, column)

    for column in table.columns:
        if column.kind not in (*_TEXT, Kind.SCORE):  # scores are read with their scale, before
            read_one(column, latest_of(column, today))
    ways = [way.split("+") for one in table.columns if one.name not in places for way in one.instead]
    needed = {name for way in ways if all(name in places for name in way) for name in way}
    # without these a figure is another
    needed |= {"terugbetaald", "korting", "orderkorting", "geannuleerd", *PROMOTIONS}
    needed |= {"btw"} if reading.vat else set()
    for column in table.aids:
        if column.kind in _TEXT or column.name not in places:
            continue
        try:
            read_one(column, today)
        except Ambiguous:
            if column.name in needed:
                raise
            places.pop(column.name)
    say_whole(export, raw)
    return together(told)


def has_decimal_comma(export: Export) -> bool:
    """Whether the first amounts, as texts, have two decimals after a comma and none have a point there."""
    money = [one for one in export.table.read if one.kind is Kind.AMOUNT and export.has(one.name)]
    ends = [f"select {export.shown(one.name)} as t from (from raw limit {_FIRST})" for one in money]
    if not ends:
        return False
    commas, points = export.rows(f"""
        select count(*) filter (regexp_matches(t, ',[0-9]{{2}}([^0-9.]|$)')),
          count(*) filter (regexp_matches(t, '[.][0-9]{{1,2}}([^0-9,.]|$)'))
        from ({" union all ".join(ends)})""")[0]
    return bool(commas) and not points


def keep(
    export: Export,
    raw: RawText | Typed,
    today: dt.date,
    helpers: Sequence[Column] = (),
    people: Sequence[int] = (),
) -> Quality:
    """Make the table's relation of the rows that could be read whole; say of the others why not.

    helpers: columns that only help, and stand in the relation too; people: rows of customers who are called
    as a total is. The working tables are dropped; lines and blank stay for who looks on.
    """
    con, table = export.con, export.table
    con.execute(f"create or replace table {table.sql} as {_rows(export, (*table.columns, *helpers))}")
    queries = [
        *_problems(export, (*table.columns, *helpers), today, people),
        ("exists(from shifted)", SHIFTED),
    ]
    found = ", ".join(f"coalesce(bool_or({bad}), false)" for bad, _ in queries)
    total = f"coalesce(sum({table.amount.sql}), 0)" if table.amount else "null"
    # All at once: most are fine
    rows, held, *bad = export.rows(f"select count(*), {total}, {found} from {table.sql}")[0]
    if any(bad):
        con.execute("create or replace table problems (rij bigint, kolom int, inhoud varchar, reden varchar)")
    for query in (query for there, (_, query) in zip(bad, queries, strict=True) if there):
        con.execute(f"insert into problems {query}")
    otherwise = ""
    kept = rows, held
    if problems := _problems_found(export, raw) if any(bad) else []:
        otherwise = read_otherwise(export)
        con.execute(f"delete from {table.sql} where rij in (select rij from problems)")
        kept = export.rows(f"select count(*), {total} from {table.sql}")[0]
    quality = replace(_quality(export, raw, rows, problems, *kept), otherwise=otherwise)
    values = [f"v{at}" for at in range(len(table.read))]
    drop(con, "raw", "problems", "shifted", *values, *(f"{name}_read" for name in values))
    return quality


def _rows(export: Export, columns: Sequence[Column]) -> str:
    """The query for all rows with the values of these columns, null where a text is none."""
    shown, joins = ["raw.rij"], []
    for column in columns:
        name, values = column.name, export.values(column.name)
        if column.kind in _TEXT:
            shown.append(f"nullif(raw.{export.text(name)}, '') as {column.sql}")
        elif name in export.valued:
            shown.append(f"{export.valued[name].value} as {column.sql}")
            joins.append(export.valued[name].joined)
        else:
            shown.append(f"{values}.v as {column.sql}")
            joins.append(f"left join {values} on {values}.rij = raw.rij")
    return f"select {', '.join(shown)} from raw {' '.join(joins)}"


def _problems(
    export: Export, columns: Sequence[Column], today: dt.date, people: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """By what a column's bad cells are known, which are missing or no value of its kind, and their query.

    What has no value in the table's relation is looked up in raw, because these are few.
    """
    table = export.table
    for column in columns:
        at, text = table.read.index(column), export.written(column.name)
        empty = f"when trim({text}) = '' then 'dit is niet ingevuld'"
        reason = f"case {empty} else {complaint(text, column.kind, latest_of(column, today))} end"
        bad, rows = f"{column.sql} is null", "raw"
        if column.kind in _TEXT:
            if not column.required or column.open_cells or column not in table.columns:
                bad = "false"
            if column.kind is Kind.KEY and column in table.columns:
                somebody = f" and rij not in ({', '.join(map(str, people))})" if people else ""
                bad = f"({bad} or ({TOTALS.format(column.sql)}{somebody}))"
            reason = f"case {empty} else 'dit lijkt een totaalregel' end"
        elif column.name not in export.valued:
            rows = f"raw anti join {export.values(column.name)} using (rij)"  # a null in it is an answer
        if bad == "false":
            continue
        filled = "true" if column.required else f"trim({text}) <> ''"
        which = f"rij in (select rij from {table.sql} where {bad}) and {filled}"
        yield bad, f"select rij, {at}, {text}, {reason} from {rows} where {which}"
    for column in table.columns:
        if column.not_before:
            yield _too_early(export, column)


def _too_early(export: Export, column: Column) -> tuple[str, str]:
    """The same for the cells of a column that lie before what they may not precede, such as an end."""
    table = export.table
    first = next(one for one in table.columns if one.name == column.not_before)
    text = export.written(column.name)
    bad = f"{column.sql} < {first.sql}"
    early = f"select rij from {table.sql} where {bad}"
    return (
        bad,
        f"""select rij, {table.columns.index(column)}, {text}, 'dit ligt voor de {first.name}' from raw
        where rij in ({early})""",
    )


def _problems_found(export: Export, raw: RawText | Typed) -> list[Problem]:
    """What table problems says, in words, by row and column."""
    problems = []
    for row, at, text, reason in export.rows("from problems order by rij, kolom"):
        part, own = raw.source.place(row)
        shown = text.replace(MARK, "")[:80]
        problems.append(Problem(own, export.table.read[at].name, shown, reason, part=part))
    return problems


def _quality(
    export: Export,
    raw: RawText | Typed,
    rows_read: int,
    problems: Sequence[Problem],
    kept_rows: int,
    kept: Decimal | None,
) -> Quality:
    """What became of the rows, of which some have problems; kept: the amount of those kept."""
    con, table = export.con, export.table
    refused, unknown = None, 0
    if table.amount is not None:
        refused = 0
        if problems:
            values = export.values(table.amount.name)
            refused, unknown = con.execute(
                f"""select coalesce(sum(v), 0), count(*) - count(v)
                    from (select distinct rij from problems) left join {values} using (rij)"""
            ).fetchall()[0]
    return Quality(
        raw.source,
        rows_read,
        kept_rows,
        tuple(problems),
        amount_kept=None if kept is None else float(kept),
        amount_refused=None if refused is None else float(refused),
        amounts_unknown=unknown,
    )


def first_and_last(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day in the table's first column of dates; None for a table without."""
    for column in table.dates[:1]:
        asked = f"select min({column.sql}), max({column.sql}) from {table.sql}"
        first, last = con.execute(asked).fetchall()[0]
        return first, last
    return None, None
