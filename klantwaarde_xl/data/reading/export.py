"""An export while its rows become orders: what is there, what was said of it, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.by_contents import is_known
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.currencies import EURO, with_currency
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.cells.valued import Valued
from klantwaarde_xl.data.reading.naming.headers import find_header, plain
from klantwaarde_xl.data.reading.quality import LeftOut, Said
from klantwaarde_xl.data.reading.sources.engine import make_table, own, stands
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import MARKS, NO_COLUMNS, PART, Source
from klantwaarde_xl.data.reading.sources.typed import digits
from klantwaarde_xl.data.reading.sources.typed_lines import NUMBER
from klantwaarde_xl.data.tables import Column, Table

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.kinds.fates import Status
    from klantwaarde_xl.data.reading.questions.recipe import Recipe

SINCE = "Sinds de vorige keer"


def cell_of(place: int) -> str:
    """The SQL of what a cell of lines shows, as the user sees and types it; empty for nothing."""
    return f"trim(replace(coalesce(cast(c{place} as varchar), ''), '{MARK}', ''))"


@dataclass
class Export:
    """The rows of one file in the engine: texts in raw (rij, t0, …), values in v0, …, all cells in lines.

    These are views as long as nobody changes their rows: who does, has them made tables first.

    headers: of the whole file, the column of each in lines is c and its place; places: of our columns
    that are there; header_row: above which nothing is data; absent: columns that are not to be taken from
    it; named: those that the user pointed out; earlier: how it was read before, if that is known; unit,
    statuses, currencies: as of a `Recipe`, found on the way; changes: notes on what differs from it;
    flags: columns that say yes or no to a refund, found on the way too; valued: of a column whose values are
    a view, how these follow from raw; shares: columns that hold percentages, and no money; of_lines:
    whether sums show that amounts are of their lines; shops: columns that are part of an order's number,
    by their headers; source: where it was read, whose parts the user may name; marked: rows that are
    struck through or hidden, by mark; codes: by the place of a column of statuses the service whose numbers
    these are; authorised: places of statuses whose last step that is; ordered: of those in which
    what was paid has a word of its own beside it; credits: cells that say by which words
    that a row is a credit note, below which header; back_parts: sheets of refunds, by number and name;
    lines_off: lines that go off the total of their order, as SQL of their `rij`, and what they are; odd: rows
    whose day begins with no figure; customers: all that stand there, where these are few; numbers: columns
    of a workbook whose numbers raw has as these; find_currency: what tells `currency`.
    """

    con: duckdb.DuckDBPyConnection
    table: Table
    headers: tuple[str, ...]
    header_row: int
    places: dict[str, int]
    reading: Reading
    said: list[Said] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    absent: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    earlier: Recipe | None = None
    unit: str = ""
    statuses: dict[str, dict[str, str | None]] = field(default_factory=dict)
    currencies: tuple[str, ...] = ()
    changes: list[str] = field(default_factory=list)
    flags: list[Status] = field(default_factory=list)
    valued: dict[str, Valued] = field(default_factory=dict)
    shares: set[str] = field(default_factory=set)
    of_lines: bool = False
    shops: list[str] = field(default_factory=list)
    source: Source = field(default_factory=Source)
    marked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    authorised: set[int] = field(default_factory=set)
    ordered: set[int] = field(default_factory=set)
    credits: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    back_parts: list[tuple[int, str]] = field(default_factory=list)
    lines_off: list[tuple[str, str]] = field(default_factory=list)
    odd: int = 0
    customers: list[str] | None = None
    numbers: frozenset[str] = frozenset()
    find_currency: Callable[[Export], str | None] = lambda _: EURO
    _not_below: set[str] = field(default_factory=set)  # columns without a value below nought

    def has(self, name: str) -> bool:
        """Whether a column of ours is in the file."""
        return name in self.places

    def is_by_contents(self, name: str) -> bool:
        """Whether a column that is there has no header by which we know it, and nobody pointed it out."""
        if not self.has(name) or name in self.named:
            return False
        return not is_known(self.headers[self.places[name]], self.column(name))

    def cell(self, header: str) -> str:
        """The SQL of what a column holds that the user names, or of the file or sheet that a row is in.

        Raises `UsageError` for a name that no column has.
        """
        name = plain(header)
        if name not in NO_COLUMNS or any(plain(one) == name for one in self.headers):
            return cell_of(find_header(self.headers, header))
        if name in MARKS:
            return self._mark(name)
        names = [text.replace("'", "''") for text in self.source.part_names(name)]
        cases = " ".join(f"when {at} then '{text}'" for at, text in enumerate(names))
        return f"(case rij // {PART} {cases} else '' end)"

    def _mark(self, name: str) -> str:
        """The SQL of `ja` on rows that have a mark: a list of thousands would take the engine seconds."""
        rows = self.marked.get(name, ())
        if not rows:
            return "''"
        self.con.execute(f"create or replace table rows_{name} as select unnest($rows)", {"rows": list(rows)})
        return f"if(rij in (from rows_{name}), 'ja', '')"

    def column(self, name: str) -> Column:
        """A column by name."""
        return next(column for column in self.table.read if column.name == name)

    def text(self, name: str) -> str:
        """The column of raw with its text."""
        return f"t{self.table.read.index(self.column(name))}"

    def written(self, name: str) -> str:
        """The SQL of that text as it stands there, of a column with a type of its own too."""
        text = self.text(name)
        if name in self.numbers:
            return f"coalesce('{MARK}' || {digits(text, NUMBER)}, '')"
        return f"coalesce(cast({text} as varchar), '')"

    def shown(self, name: str) -> str:
        """The SQL of that text without blanks around it; empty for nothing."""
        return f"trim({self.written(name)})"

    def take_text(self, name: str) -> None:
        """Give a column of numbers its text, for who writes texts in it."""
        if name in self.numbers:
            text = f"{self.written(name)} as {self.text(name)}"
            make_table(self.con, "raw", f"select * replace ({text}) from raw")
            self.numbers -= {name}

    def values(self, name: str) -> str:
        """The view or table (rij, v) of its values."""
        return f"v{self.table.read.index(self.column(name))}"

    @property
    def of_rows(self) -> str | None:
        """What the user says of rows that may be one order (`--regels`), now or before."""
        return self.reading.lines or (self.earlier.reading.lines if self.earlier else None)

    def own_values(self, name: str) -> str:
        """Make a table of a column's values, so that they can be changed; return its name."""
        self._forget_values(name)
        own(self.con, self.values(name))
        return self.values(name)

    def set_values(self, name: str, query: str) -> None:
        """Give a column the values (rij, v, …) of a query, which may read those that it had."""
        self._forget_values(name)
        make_table(self.con, self.values(name), query)

    def _forget_values(self, name: str) -> None:
        """Drop what is known of a column's values, which are about to change."""
        self.valued.pop(name, None)
        self._not_below.discard(name)

    def goes_below(self, name: str) -> bool:
        """Whether a value of a column is below nought: to leave out rows makes none, so no is asked once."""
        if name in self._not_below:
            return False
        found = bool(self.rows(f"select 1 from {self.values(name)} where v < 0 limit 1"))
        if not found:
            self._not_below.add(name)
        return found

    def header(self, name: str) -> str:
        """What the file calls a column that is there, between quotes."""
        return repr(self.headers[self.places[name]].strip())

    def may_be_a_customer(self, fits: Callable[[str], object]) -> bool:
        """Whether table customers is to be asked about some customer; fits: of a name in small letters."""
        return self.customers is None or any(fits(name.lower()) for name in self.customers)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(sql, parameters).fetchall()

    def count(self, sql: str, parameters: Mapping[str, Any] | None = None) -> int:
        """The one number that a query gives."""
        return int(self.rows(sql, parameters)[0][0] or 0)

    @cached_property
    def sample(self) -> Rows:
        """All of its lines, which stay as they were loaded, by the texts of the first ones."""
        return Rows(self.con, self.headers, self.header_row, "")

    @cached_property
    def currency(self) -> str | None:
        """The code of the currency that sums are in; None while rows are in several."""
        return self.find_currency(self)

    @property
    def sums_in(self) -> str:
        """The code of the currency that all sums are in, once all rows are in one."""
        return self.currency or EURO

    def money(self, amount: Any) -> str:
        """An amount of these rows as the user reads it, with its currency."""
        return with_currency(float(amount), self.currency)

    @property
    def rows_left(self) -> int:
        """How many rows were taken out and do not count."""
        return sum(one.rows for one in self.left)

    def say(self, about: str, text: str) -> None:
        """Tell the user how something was read (Dutch)."""
        self.said.append(Said(about, text))

    def leave_out(self, which: str, reason: str, currency: str | None = None) -> None:
        """Take rows out of raw, and remember how many they are and how much they hold.

        which: SQL that gives their `rij`; reason: why (Dutch); currency: of these rows alone, if it is known.
        """
        there = f"(select rij from raw where rij in ({which}))"
        summed, joined = "null", ""
        values = self.values(self.table.amount.name) if self.table.amount else ""
        if values and stands(self.con, values):
            summed, joined = "sum(v)", f"left join {values} using (rij)"
        rows, held = self.rows(f"select count(*), {summed} from {there} {joined}")[0]
        if rows:
            currency = currency or self.currency
            amount = None if held is None or currency is None else float(held)
            self.left.append(LeftOut(reason, rows, amount, currency))
            own(self.con, "raw")
            self.con.execute(f"delete from raw where rij in ({which})")
