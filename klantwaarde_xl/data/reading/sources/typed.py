"""Cells that come with a type (Parquet, databases): each to a value of ours, never through text.

A source puts its records into the engine's table `lines` (rij, c0, c1, …) and says its headers. A column
that we read keeps its own type there, every other one is text. What is text in the source is read
as text in a file is; a date and a number are taken as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT, PLACES
from klantwaarde_xl.data.reading.cells.valued import Valued, show_values
from klantwaarde_xl.data.reading.naming.headers import HEADER_WITHIN
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import FIRST_YEAR
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb

TEXT = "VARCHAR"
WITH_ZONE = "TIMESTAMP WITH TIME ZONE"
_WHOLE = frozenset(
    f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_MOMENTS = frozenset(["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", WITH_ZONE])
_WORDS = frozenset([TEXT, "ENUM", '"NULL"', "NULL"])
_NUMBERS = frozenset([*_WHOLE, "FLOAT", "DOUBLE", "DECIMAL"])
WITHOUT_WORDS = _NUMBERS | _MOMENTS
_READABLE = {
    Kind.KEY: _WORDS | _NUMBERS | _MOMENTS | {"UUID", "BOOLEAN", "TIME"},
    Kind.TEXT: _WORDS | _NUMBERS | _MOMENTS | {"UUID", "BOOLEAN", "TIME"},
    Kind.DATE: _WORDS | _NUMBERS | _MOMENTS,
    Kind.MONTH: _WORDS | _NUMBERS | _MOMENTS,
    Kind.AMOUNT: _WORDS | _NUMBERS,
    Kind.NUMBER: _WORDS | _NUMBERS,
    Kind.SCORE: _WORDS | _NUMBERS,
}
OR_FLAG = ("terugbetaald",)  # an amount, or only whether there is one
# The value of an amount from the number {0}; as `numbers.read_amounts` makes it from text
_AMOUNT = f"try_cast({{0}} as {AMOUNT})"
# The same of a double, which is its digits: the engine counts in sixth decimals, which large numbers do not
# have, and rounds another way where the digits lie halfway between two
_COUNTS = f"abs({{0}}) < 1e9 and abs({{0}} * 1e{PLACES} - round({{0}} * 1e{PLACES})) < 0.25"
_AMOUNT_OF_DOUBLE = f"if({_COUNTS}, {_AMOUNT}, {_AMOUNT.format('cast({0} as varchar)')})"


@dataclass(frozen=True)
class Typed:
    """Records in the engine's table or view `lines`: their headers, where they came from, what to tell.

    damaged: what to raise when the view cannot be read to its end.
    """

    headers: tuple[str, ...]
    source: Source
    notes: tuple[str, ...] = ()
    damaged: FileUnreadable | None = None


@dataclass(frozen=True)
class TableSource(Source):
    """A table or query of a database; address: of its server, without password, empty for a file.

    part: which table or query, in words.
    """

    address: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """Its short name: without the folder of a file."""
        return self._with_part(self.path.name if self.path else self.address)

    def __str__(self) -> str:
        return self._with_part(str(self.path) if self.path else self.address)

    def _with_part(self, place: str) -> str:
        return f"{place}, {self.part}" if self.part else place


def is_whole(type_: str) -> bool:
    """Whether a type has whole numbers only."""
    return family(type_) in _WHOLE


def family(type_: str) -> str:
    """The type without its measures: `DECIMAL` of `DECIMAL(10,2)`; of a list its brackets stay."""
    return type_.split("(")[0] if not type_.endswith("]") else type_


def types_of(con: duckdb.DuckDBPyConnection, relation: str, parameters: Sequence[object] = ()) -> list[str]:
    """The types of a relation's columns, in order."""
    shown = con.execute(f"select * from {relation} limit 0", list(parameters)).description
    return [str(column[1]) for column in shown or ()]


def type_of(con: duckdb.DuckDBPyConnection, column: str, of: str = "raw") -> str:
    """The type of a column of a table or view."""
    table = con.table(of)  # which asks no query of it
    return str(table.types[table.columns.index(column)])


def first_lines(con: duckdb.DuckDBPyConnection, width: int) -> list[list[str]]:
    """The first records of table lines as texts, as many as are looked at under the headers of a file."""
    texts = ", ".join(
        f"trim(replace(coalesce(cast(c{at} as varchar), ''), '{MARK}', ''))" for at in range(width)
    )
    found = con.execute(f"select {texts} from lines order by rij limit {HEADER_WITHIN}").fetchall()
    return [[*record] for record in found]


def refuse_types(
    types: Sequence[str], headers: Sequence[str], places: Mapping[str, int], table: Table, source: Source
) -> None:
    """Raise `FileUnreadable` for a column whose type holds no value of its kind (a list, raw bytes)."""
    kinds = {column.name: column.kind for column in table.read}
    for name, place in places.items():
        kind = kinds.get(name, Kind.TEXT)
        if name in OR_FLAG and family(types[place]) == "BOOLEAN":
            continue
        if family(types[place]) not in _READABLE[kind]:
            raise FileUnreadable(
                f"Kolom {headers[place]!r} heeft het type {types[place]}: daarin staat geen {kind.value}.",
                where=str(source),
                remedy=f"Wijs een andere kolom aan met --kolommen {name}=…, of maak er bij de bron "
                f"{'een datum' if kind in (Kind.DATE, Kind.MONTH) else 'een getal of tekst'} van.",
            )


def cells_of(headers: Sequence[str], types: Sequence[str], places: Mapping[str, int]) -> str:
    """The SQL of a line's cells: of columns that we read as they are, of the others as text."""
    return ", ".join(
        f"{as_line(quoted(header), type_, ours=at in places.values())} as c{at}"
        for at, (header, type_) in enumerate(zip(headers, types, strict=True))
    )


def as_line(value: str, type_: str, *, ours: bool) -> str:
    """The SQL of a cell of table lines."""
    if family(type_) in _WORDS:
        text = f"cast({value} as varchar)"
        return f"if(contains({text}, '{MARK}'), replace({text}, '{MARK}', ''), {text})"
    return value if ours else f"cast({value} as varchar)"


def quoted(name: str, mark: str = '"') -> str:
    """A name as an identifier of SQL; mark: the database's quote."""
    return mark + name.replace(mark, mark * 2) + mark


def cell(column: Column, type_: str, value: str) -> str | None:
    """The SQL of a typed cell in table raw; None where it is text, or is to be read as text.

    A key is its text: `12` of 12 and of 12.0. A date may stand as a number (20241231), which is
    read as those digits in a file are.
    """
    kind, group = column.kind, family(type_)
    if group in _WORDS:
        return None
    moment, number = group in _MOMENTS, group in _NUMBERS
    if (moment and kind in (Kind.DATE, Kind.MONTH)) or (number and kind in (Kind.AMOUNT, Kind.NUMBER)):
        return value
    return f"coalesce({digits(value, group) if number else f'cast({value} as varchar)'}, '')"


def is_there(type_: str, value: str) -> str:
    """The SQL that is true where anything stands in a cell, and false or null where nothing does."""
    if family(type_) in _WORDS:
        # Almost every text begins with something else than a blank, and needs no trimming
        return f"({value} >= '!' or trim({value}) <> '')"
    return f"{value} is not null"


def digits(value: str, group: str) -> str:
    """The SQL of a number as the text of a key; group: the family of its type."""
    if group in _WHOLE:
        return f"cast({value} as varchar)"
    if group == "DECIMAL":
        return rf"regexp_replace(cast({value} as varchar), '\.0+$', '')"
    whole = f"isfinite({value}) and {value} = floor({value}) and abs({value}) < 1e15"
    text = (
        f"case when {whole} then cast(cast({value} as bigint) as varchar) else cast({value} as varchar) end"
    )
    return f"case when not isnan({value}) then {text} end"


def read_typed(
    con: duckdb.DuckDBPyConnection, kind: Kind, column: TextColumn, today: dt.date
) -> Valued | None:
    """Make the view (rij, v; of amounts also valuta) of a typed column of raw; None where it is text.

    today: after its next year, no date can be.
    """
    type_ = type_of(con, column.text)
    if type_ == TEXT:
        return None
    value = column.text
    if kind in (Kind.DATE, Kind.MONTH):
        day = _day(column.text, type_)
        value = f"cast(date_trunc('month', {day}) as date)" if kind is Kind.MONTH else day
        first, last = f"date '{FIRST_YEAR}-01-01'", f"date '{today.year + 1}-12-31'"
        value = f"if({day} between {first} and {last}, {value}, null)"
    elif kind is Kind.AMOUNT:
        value = (_AMOUNT_OF_DOUBLE if type_ == "DOUBLE" else _AMOUNT).format(column.text)
    elif kind is Kind.NUMBER:
        number = f"cast({column.text} as double)"
        value = f"if(isfinite({number}), {number}, null)"
    currency = "cast(null as varchar)" if kind is Kind.AMOUNT else ""
    return show_values(con, column, Valued(value), currency)


def _day(value: str, type_: str) -> str:
    if type_ == WITH_ZONE:  # counted from the moment itself: the engine's own zone is this computer's
        counted = f"epoch_us({value})"
    elif type_ == "TIMESTAMP_NS":  # the engine rounds these: the last second of a day would be the next
        counted = f"epoch_ns({value}) // 1000"
    else:
        return f"cast({value} as date)"
    return f"if(isfinite({value}), cast(make_timestamp({counted}) as date), null)"


def zone_notes(
    types: Sequence[str], headers: Sequence[str], places: Mapping[str, int], table: Table, zone: str = "UTC"
) -> tuple[str, ...]:
    """Say in Dutch of our columns with a time zone which day their moments fall on."""
    return tuple(
        f"kolom {headers[places[column.name]]!r} heeft tijden met een tijdzone: de dag is die in {zone}"
        for column in table.dates
        if column.name in places and types[places[column.name]] == WITH_ZONE
    )
