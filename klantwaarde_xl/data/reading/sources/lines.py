"""Text on disk to the engine's table of lines, and what is wrong with the lines as such.

The engine passes over a quotation mark that is never closed, and what it swallows is gone without a
word. So quotation marks that are not ours are read here as well, and what both see has to agree.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.layout.other_order import put_in_order
from klantwaarde_xl.data.reading.sources.engine import drop, own
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed_lines import joined, show_lines, table_of
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import FileUnreadable
from klantwaarde_xl.limits import MOST_FIELDS

if TYPE_CHECKING:
    import duckdb

_FIRST = 200
# The problems of rows with more fields than the header, as `find_shifted` finds them
SHIFTED = """select rij, 0, t0, 'deze rij heeft ' || velden || ' velden, de kop ' || kop
    from shifted join raw using (rij)"""
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Scan:
    """What a whole file turned out to hold.

    records: how many; widest: the fields of the widest; broken: the row of the first whose quotation marks
    do not pair.
    """

    records: int
    widest: int
    broken: int | None


def first_records(raw: RawText, count: int) -> list[list[str]]:
    """The first records of a text, each as its fields.

    Raises `FileUnreadable` for a quote without end, and for more fields than `limits` allows.
    """
    records: list[list[str]] = []
    try:
        with raw.path.open(encoding="utf-8-sig", newline="") as file:
            read = itertools.islice(csv.reader(file, delimiter=raw.delimiter), count)
            for record in raw.beside.filled(read, count) if raw.beside else read:
                _width(raw, raw.first_row + len(records), record)
                records.append(record)
    except csv.Error as error:
        raise _without_end(raw, raw.first_row + len(records)) from error
    return records


def last_record(raw: RawText) -> tuple[int, list[str]]:
    """The last record of a text that holds anything, and its row; raises as `records_of`."""
    last = raw.first_row, list[str]()
    for row, record in enumerate(records_of(raw), raw.first_row):
        if any(map(str.strip, record)):
            last = row, record
    return last


def records_of(raw: RawText) -> Iterator[list[str]]:
    """All records of a text, each as its fields; raises `FileUnreadable` as `first_records`."""
    row = raw.first_row
    with raw.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=raw.delimiter)
        try:
            for record in raw.beside.filled(reader) if raw.beside else reader:
                yield record
                row += 1
        except csv.Error as error:
            raise _too_long(raw, row, reader.line_num) from error


def make_lines(con: duckdb.DuckDBPyConnection, raw: RawText, width: int, telling: Sequence[int] = ()) -> None:
    """Make table lines: `rij`, the row as the user's program shows it, and all fields of it as c0, c1, ….

    Where cells have a type it is a view, with these too (`typed_lines`). Of what is read together all lines
    come in one table, below the header of the first. width: the fields of the header; telling: the places of
    columns that hold figures, by which a row that ended up inside quotes is known. Raises `FileUnreadable`
    for a quote that is never closed.
    """
    import duckdb

    parts = (raw, *raw.below)
    scans = {at: scan(part, width, telling) for at, part in enumerate(parts) if part.quotes == "theirs"}
    widths = [scans[at].widest if at in scans else _first_width(part) for at, part in enumerate(parts)]
    try:
        _fill(con, parts, max(width, *widths))
    except duckdb.InvalidInputException:  # a record that is wider than the first ones, or broken
        scans = {at: scan(part, width, telling) for at, part in enumerate(parts)}
        if broken := [(at, one.broken) for at, one in scans.items() if one.broken]:
            raise _misplaced(parts[broken[0][0]], broken[0][1] or 0) from None
        _fill(con, parts, max(width, *(one.widest for one in scans.values())))
    for at, part in enumerate(parts):
        if at in scans:
            _agree(con, at, part, scans[at].records, scans[at].broken)
        elif part.beside and part.beside.columns:
            _agree(con, at, part, part.beside.count)
    for at, part in enumerate(parts[1:], 1):
        first = at * PART + part.first_row
        con.execute(
            f"delete from {table_of(parts)} where rij between ? and ?", [first, first + part.heading - 1]
        )
        if part.order:
            put_in_order(con, part.order, at * PART, (at + 1) * PART)


def _fill(con: duckdb.DuckDBPyConnection, parts: Sequence[RawText], width: int) -> None:
    drop(con, "lines", "cells")
    columns = {f"c{place}": "VARCHAR" for place in range(width)}
    for at, part in enumerate(parts):
        into = f"insert into {table_of(parts)}" if at else f"create table {table_of(parts)} as"
        # Quoted line breaks are beyond the parallel reader
        records = """(select row_number() over () + ? - 1 as rij, * from read_csv(
            ?, delim = ?, header = false, all_varchar = true, auto_detect = false, quote = '"',
            escape = '"', null_padding = true, strict_mode = true, max_line_size = 10000000,
            hive_partitioning = false, parallel = ?, columns = ?))"""
        with joined(con, parts, part, width, records) as query:
            con.execute(
                f"{into} {query}",
                [at * PART + part.first_row, str(part.path), part.delimiter, part.quotes == "none", columns],
            )
    show_lines(con, parts, width)


def _agree(
    con: duckdb.DuckDBPyConnection, at: int, part: RawText, records: int, broken: int | None = None
) -> None:
    """Refuse a file in which the engine sees other records than there are: a quote swallowed some."""
    counted = con.execute(
        "select count(*) from lines where rij between ? and ?", [at * PART, (at + 1) * PART - 1]
    ).fetchall()[0][0]
    if counted != records:
        raise _misplaced(part, broken or part.first_row)


def find_shifted(con: duckdb.DuckDBPyConnection, header_row: int, width: int, there: int) -> None:
    """Make table shifted (rij, velden, kop): the rows with more fields than the header, whose values slid on.

    header_row: its row; width: its fields; there: those of the widest row. Empty fields at the end of a row
    are not counted. Such a row goes from table blank to table raw.
    """
    beyond = [f"if(trim(coalesce(c{place}, '')) <> '', {place + 1}, 0)" for place in range(width, there)]
    fields = f"greatest({', '.join(beyond)})" if beyond else "0"
    con.execute(
        f"""create or replace table shifted as select rij, {fields} as velden, {width} as kop
            from lines where rij > ? and {fields} > 0""",
        [header_row],
    )
    # No value of such a row is where it belongs, so that it seems empty says nothing
    if beyond and con.execute("select count(*) from blank semi join shifted using (rij)").fetchall()[0][0]:
        own(con, "raw")
        con.execute("insert into raw select * from blank semi join shifted using (rij)")
        con.execute("delete from blank where rij in (select rij from shifted)")


def scan(raw: RawText, width: int, telling: Sequence[int]) -> Scan:
    """Read a whole text for its quotation marks and its widest record; as `make_lines`.

    Raises `FileUnreadable` for a quote that is never closed, and for a row wider than any sheet.
    """
    row, widest, before = raw.first_row - 1, 1, 0
    broken: int | None = None
    with raw.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=raw.delimiter, strict=True)
        while True:
            try:
                for record in reader:
                    row += 1
                    if len(record) > widest:
                        widest = _width(raw, row, record)
                    if reader.line_num > before + 1 and _swallows(record, width, raw.delimiter, telling):
                        raise _without_end(raw, row)
                    before = reader.line_num
                return Scan(row - raw.first_row + 1, widest, broken)
            except csv.Error as error:
                row += 1
                # Of one line that is too long for a field, and of an open quote, no more can be read
                if reader.line_num > before + 1 or "expected after" not in str(error):
                    raise _too_long(raw, row, reader.line_num) from error
                broken, before = broken or row, reader.line_num


def _swallows(record: Sequence[str], width: int, delimiter: str, telling: Sequence[int]) -> bool:
    """Whether a field with line breaks can just as well be the end of a row, whole rows, and a beginning.

    Two loose quotes, one at the start of a field and one at the end of a later one, make such a record.
    """

    def is_row(fields: Sequence[str]) -> bool:
        figures = all(re.search("[0-9]", fields[place]) for place in telling if place < len(fields))
        return len(fields) == width and figures

    for place, field in enumerate(record):
        first, *between = _LINE_END.split(field)
        if not between:
            continue
        last = [*between.pop().split(delimiter), *record[place + 1 :]]
        if place + 1 + first.count(delimiter) == width and is_row(last):
            return True
        if any(is_row(line.split(delimiter)) for line in between):
            return True
    return False


def _first_width(raw: RawText) -> int:
    return max(map(len, first_records(raw, _FIRST)), default=1)


def _width(raw: RawText, row: int, record: Sequence[str]) -> int:
    if len(record) > MOST_FIELDS:
        raise FileUnreadable(
            f"In deze rij staan {format_number(len(record), 0)} velden; hoogstens "
            f"{format_number(MOST_FIELDS, 0)} kunnen worden gelezen.",
            where=raw.source.at(row),
            remedy="Bewaar alleen de kolommen die u nodig hebt, zoals klant, datum en bedrag.",
        )
    return len(record)


def _too_long(raw: RawText, row: int, line: int) -> FileUnreadable:
    """Of a field that is too long by itself, in this line of the file, or because a quote is never closed."""
    with raw.path.open(encoding="utf-8-sig", newline="") as file:
        text = next(itertools.islice(file, line - 1, line), "")
    by_itself = len(text) > csv.field_size_limit()
    return _without_end(replace(raw, quotes="none") if by_itself else raw, row)


def _without_end(raw: RawText, row: int) -> FileUnreadable:
    if raw.quotes == "none":
        return FileUnreadable(
            "Een veld in deze rij is langer dan een cel kan zijn.",
            where=f"{raw.source}, rij {row}",
            remedy="Kort het in, of laat die kolom uit de export weg.",
        )
    return FileUnreadable(
        "Een aanhalingsteken in dit bestand wordt niet gesloten; de regels erachter vallen dan weg.",
        where=f"{raw.source}, rij {row}",
        remedy='Verwijder het losse " in die regel, of bewaar het bestand als .xlsx.',
    )


def _misplaced(raw: RawText, row: int) -> FileUnreadable:
    return FileUnreadable(
        "Een aanhalingsteken staat midden in een veld dat zelf tussen aanhalingstekens staat; "
        "waar het veld ophoudt, is dan niet te zeggen.",
        where=f"{raw.source}, rij {row}",
        remedy='Verdubbel het in die regel ("" binnen een veld) of verwijder het.',
    )
