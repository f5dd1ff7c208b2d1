"""Rows that a SQL engine holds, which that engine writes as cells: no Python object for a cell.

It writes what is plain; a row with anything else in it (a control character, a day before 1900) comes
out as values, for `CellWriter`, which alone says how those are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from klantwaarde_xl.xlsx.archive import Whole
from klantwaarde_xl.xlsx.digests import Digest
from klantwaarde_xl.xlsx.sheet_write import MOST_WHOLE, Around, CellWriter, Column, blank, first_day
from klantwaarde_xl.xlsx.values import DAYS_1904, Value

if TYPE_CHECKING:
    import duckdb

_ROWS_PER_CHUNK = 8192
_FIRST_OF_DAYS = "date '1899-12-30'"  # day 0
_SIGNS = "[!-~À-ɏ]"  # letters and signs that stand in XML as they are, but for three
_PLAIN_TEXT = f"{_SIGNS}([ -~À-ɏ]*{_SIGNS})?"
_SMALLEST = 1e-4  # nearer to nought, programs write numbers in different notations


class _Kind(NamedTuple):
    """How cells of one type are written: SQL in which {0} is the value.

    plain: whether the engine may write it; text: its text; number: its number, empty for text.
    """

    plain: str
    text: str
    number: str = ""
    opens: str = "><{p}v>"
    closes: str = "</{p}v></{p}c>"


_TEXT = _Kind(
    f"({{0}} = '' or regexp_full_match({{0}}, '{_PLAIN_TEXT}') and not contains({{0}}, '_x')"
    " and length({0}) < 256)",
    "replace(replace(replace({0}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')",
    opens=' t="inlineStr"><{p}is><{p}t>',
    closes="</{p}t></{p}is></{p}c>",
)
_WHOLE = _Kind(
    f"({{0}} between {1 - MOST_WHOLE} and {MOST_WHOLE - 1})", "cast({0} as varchar)", "cast({0} as double)"
)
_NUMBER = _Kind(
    f"({{0}} = 0 or (isfinite({{0}}) and abs({{0}}) between {_SMALLEST} and {MOST_WHOLE - 1}))",
    "cast({0} as varchar)",
    "{0}",
)
_DAY = _Kind("({0} between {first} and date '9999-12-31')", "cast({day} as varchar)", "cast({day} as double)")
_KINDS = {"VARCHAR": _TEXT, "BIGINT": _WHOLE, "INTEGER": _WHOLE, "DOUBLE": _NUMBER, "DATE": _DAY}


class _Facts(NamedTuple):
    """Of cells in one calendar: how many rows are not plain, and the digest of every column."""

    odd: int
    digests: list[Digest]


class SqlRows(Sequence[Sequence[Value]]):
    """The rows of a query, in its order.

    con: an engine whose tables are there until the rows are written; query: gives columns of texts, whole
    numbers, doubles and dates; raises `TypeError` for a column of another type.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, query: str) -> None:
        self._con, self._query = con, query
        types = [str(row[1]) for row in con.execute(f"describe {query}").fetchall()]
        if not set(types) <= set(_KINDS):
            raise TypeError(f"columns of another type: {sorted(set(types) - set(_KINDS))}")
        self._kinds = [_KINDS[one] for one in types]
        self._names = [f"c{at}" for at in range(len(types))]
        self._source = f"({query}) as given({', '.join(self._names)})"
        self._known: dict[bool, _Facts] = {}
        counted = con.execute(f"select count(*), current_database() from ({query})").fetchall()[0]
        self._count, self._database = int(counted[0]), str(counted[1])

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Value]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return self._values[at]

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for rows in self._fetched(self._query):
            yield from rows

    @cached_property
    def _values(self) -> list[Sequence[Value]]:
        return list(self)

    def _fetched(self, query: str) -> Iterator[list[tuple[Any, ...]]]:
        """Rows by the batch; a cursor of their own, because another query would cut them off."""
        cursor = self._con.cursor()
        cursor.execute(f'use "{self._database}"')  # it begins in the engine's first one
        cursor.execute(query)
        while rows := cursor.fetchmany(_ROWS_PER_CHUNK):
            yield rows

    # ── in the engine ─────────────────────────────────────────────────────────────────────────

    def _sql(self, text: str, at: int, *, date1904: bool) -> str:
        """The SQL of a kind for one of the columns."""
        name = self._names[at]
        day = f"({name} - {_FIRST_OF_DAYS} - {DAYS_1904 if date1904 else 0})"
        return text.format(name, first=f"date '{first_day(date1904=date1904)}'", day=day)

    def _plain(self, *, date1904: bool) -> str:
        """SQL for a row of which every cell is plain or empty."""
        each = [
            f"({name} is null or {self._sql(kind.plain, at, date1904=date1904)})"
            for at, (name, kind) in enumerate(zip(self._names, self._kinds, strict=True))
        ]
        return " and ".join(each)

    def _facts(self, *, date1904: bool) -> _Facts:
        """What there is to know of the cells before they are written; asked once for a calendar."""
        if date1904 not in self._known:
            row = self._con.execute(
                f"select count(*) filter (not ({self._plain(date1904=date1904)})), "
                f"{', '.join(self._asked(date1904=date1904))} from {self._source}"
            ).fetchall()[0]
            found = zip(*[iter(row[1:])] * 5, strict=True)
            made = [Digest(filled, many, sum_ or 0.0, low, high) for filled, many, sum_, low, high in found]
            self._known[date1904] = _Facts(row[0], made)
        return self._known[date1904]

    def _asked(self, *, date1904: bool) -> Iterator[str]:
        """SQL for the fields of the digest of every column."""
        for at, (name, kind) in enumerate(zip(self._names, self._kinds, strict=True)):
            if kind is _TEXT:
                yield from (f"count(nullif({name}, ''))", "0", "0", "null", "null")
            else:
                number = self._sql(kind.number, at, date1904=date1904)
                yield f"count({name})"
                yield from (f"{one}({number})" for one in ("count", "fsum", "min", "max"))

    def digests(self, *, date1904: bool) -> list[Digest] | None:
        """As `digests.digests`; None when not every row is plain."""
        facts = self._facts(date1904=date1904)
        return None if facts.odd else facts.digests

    def body(
        self,
        columns: Sequence[Column],
        top: int,
        writer: CellWriter,
        around: Around,
    ) -> Iterator[bytes]:
        """Give the rows of a table body as chunks of XML, the same as `CellWriter.body`.

        Rows that have anything besides their values are written there too.
        """
        date1904, p = writer.date1904, writer.prefix
        odd, made = self._facts(date1904=date1904)
        cells = ", ".join(
            self._cell(column, p, has_empty=made[column.source].filled < self._count, date1904=date1904)
            for column in columns
        )
        row = f"concat('<{p}row r=\"', n, '\">', {cells}, '</{p}row>')"
        kept = around.rows()
        values = ""
        if odd or kept:
            engines = self._plain(date1904=date1904) if odd else "true"
            if kept:
                engines += f" and n not in {tuple(map(str, (*kept, 0)))}"
            row = f"case when {engines} then {row} end"
            values = "".join(f", case when not ({engines}) then {name} end" for name in self._names)
        numbered = f"select cast(row_number() over () + {top - 1} as varchar) as n, * from {self._source}"
        number = top
        for batch in self._fetched(f"select {row}{values} from ({numbered})"):
            if values:
                yield from self._with_ours(batch, number, columns, writer, around)
            else:
                yield Whole("".join([xml for (xml,) in batch]).encode())
            number += len(batch)

    @staticmethod
    def _with_ours(
        batch: Sequence[tuple[Any, ...]],
        top: int,
        columns: Sequence[Column],
        writer: CellWriter,
        around: Around,
    ) -> Iterator[bytes]:
        """Rows of which our writer makes those that the engine left as values."""
        parts: list[str] = []
        for number, (xml, *values) in enumerate(batch, top):
            if xml is None:
                yield Whole("".join(parts).encode())
                parts.clear()
                yield from writer.body(columns, [values], number, around)
            else:
                parts.append(xml)
        yield Whole("".join(parts).encode())

    def _cell(self, column: Column, p: str, *, has_empty: bool, date1904: bool) -> str:
        """The pieces of one cell, as arguments of `concat`, which leaves out what is null."""
        at = column.source
        kind, name = self._kinds[at], self._names[at]
        text = self._sql(kind.text, at, date1904=date1904)
        opens = f'"{column.style}{kind.opens.format(p=p)}'.replace("'", "''")
        pieces = f"'<{p}c r=\"{column.letter}', n, '{opens}', {text}, '{kind.closes.format(p=p)}'"
        if not has_empty:
            return pieces
        empty = f"nullif({name}, '')" if kind is _TEXT else name
        bare = blank(column.letter, 0, column.style, p)
        other = bare.partition(f"{column.letter}0")
        shown = f"concat('{other[0]}{column.letter}', n, '{other[2]}')" if bare else "''"
        return f"case when {empty} is null then {shown} else concat({pieces}) end"
