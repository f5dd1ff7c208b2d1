"""A plan held against a workbook: what goes where, which row continues which, what will be lost.

Every host moves and writes what this says; none decides for itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from klantwaarde_xl.dutch import format_number, serial_to_date
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.matching import day_columns, key_of, match_rows, same_places
from klantwaarde_xl.plan.missing import NAME, TABLE, Part, missing, refusal
from klantwaarde_xl.plan.plan import Contents, Plan, Table, TableWrite, Value, header, positions
from klantwaarde_xl.xlsx.values import MOST_OVER
from klantwaarde_xl.xlsx.words import shortened

LOST_SHEET = "Vervallen rijen"
LOST_HEADERS = ("vervallen op", "tabel", "hoorde bij", "rij", "kolom", "waarde")


@dataclass(frozen=True)
class Lost:
    """What the user had in a cell beside a row that is gone.

    title: of the table; row: of the sheet; belongs_to: the row's key in words ("klant K10002"),
    empty for a table without a key; value: what the cell held, a formula as its text.
    """

    table: str
    title: str
    row: int
    belongs_to: str
    column: str
    value: Value

    def __str__(self) -> str:
        whose = f"{self.belongs_to} (rij {self.row})" if self.belongs_to else f"rij {self.row}"
        return f"{self.title}, {whose}, kolom {self.column}: {shortened(shown(self.value))}"


@dataclass(frozen=True)
class Shifted:
    """A formula that shows a row by its address: which, what it shows, who stood there, who does now."""

    said: str
    target: str
    was: str
    now: str

    def __str__(self) -> str:
        return (
            f"{self.said}, die wijst naar {self.target}: was {self.was}, is nu {self.now or 'een lege rij'}"
        )


@dataclass(frozen=True)
class TableChange:
    """What happens to one table.

    name: as the workbook writes it. positions: of the program's columns, from 0, in the order of
    the values in a row. sources: for each new row the old row (from 0) that it continues. old: how
    many rows there are now. typed: the user's columns in which they typed. moves: whether any
    column that is not the program's holds anything that has to follow its row. apart: the letters of
    columns that are of the user's and do not follow it. over: the user's formulas in the program's columns,
    which get values again. pointed: formulas that show a row by its address where another one stands now.
    """

    write: TableWrite
    name: str
    positions: tuple[int, ...]
    sources: tuple[int | None, ...]
    old: int
    typed: tuple[int, ...]
    moves: bool
    lost: tuple[Lost, ...]
    apart: tuple[str, ...] = ()
    over: tuple[Lost, ...] = ()
    pointed: tuple[Shifted, ...] = ()

    @property
    def moved(self) -> int:
        """How many rows stand on another row than before."""
        return sum(source is not None and source != at for at, source in enumerate(self.sources))


@dataclass(frozen=True)
class Resolved:
    """A plan that fits a workbook: all that a host has to write. names: as the workbook writes them.

    charts: names of charts, and whether they are to be seen.
    """

    plan: Plan
    tables: tuple[TableChange, ...]
    names: tuple[tuple[str, Value], ...]
    charts: tuple[tuple[str, bool], ...] = ()

    @property
    def lost(self) -> tuple[Lost, ...]:
        """All values of the user's whose row is gone."""
        return tuple(lost for change in self.tables for lost in change.lost)

    @property
    def pointed(self) -> tuple[Shifted, ...]:
        """All formulas that show a row by its address where another one stands now."""
        return tuple(one for change in self.tables for one in change.pointed)

    @property
    def over(self) -> tuple[Lost, ...]:
        """All formulas of the user's that stood where the program writes."""
        return tuple(lost for change in self.tables for lost in change.over)

    def lost_rows(self) -> list[tuple[Value, ...]]:
        """The lines for the sheet on which lost values are kept, under `LOST_HEADERS`."""
        made = f"{self.plan.made:%d-%m-%Y %H:%M}" if self.plan.made else ""
        kept = (*self.lost, *self.over)
        return [(made, one.title, one.belongs_to, one.row, one.column, one.value) for one in kept]


def resolve(plan: Plan, contents: Contents) -> Resolved:
    """Hold a plan against the workbook that it is for.

    contents: with all tables that the plan writes, read as far as their keys and the user's own
    columns go. Raises `WorkbookChanged` that names everything that is missing.
    """
    names = {name.casefold(): name for name in contents.names}
    lacking = list(missing(_parts(plan), contents))
    if lacking:
        raise refusal(lacking, contents)
    return Resolved(
        plan,
        tuple(_change(write, contents) for write in plan.tables),
        tuple((names[write.name.casefold()], write.value) for write in plan.names),
        tuple(_charts(plan, contents)),
    )


def _parts(plan: Plan) -> Iterator[Part]:
    """What a plan writes."""
    for write in plan.tables:
        yield Part(write.table, TABLE, write.title, columns=(*write.columns, *write.key))
    for name in plan.names:
        yield Part(name.name, NAME)


def _charts(plan: Plan, contents: Contents) -> Iterator[tuple[str, bool]]:
    """The charts to hide, and those to show again.

    A chart is shown only when its figure was unknown till now: then a refresh hid it. A user who hid a
    chart that has something to show finds it as it was, and a chart that is gone is not missed.
    """
    held = {name.casefold(): value for name, value in contents.names.items()}
    for write in plan.charts:
        was_known = all(_has_value(held.get(cell)) for cell in (write.cell, *write.also))
        if write.name in contents.charts and not (write.known and was_known):
            yield write.name, write.known


def _has_value(cell: Value) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


# ── one table ───────────────────────────────────────────────────────────────────────────────


def _change(write: TableWrite, contents: Contents) -> TableChange:
    found = contents.table(write.table)
    if found is None:  # `resolve` has looked
        raise LookupError(write.table)
    name, table = found
    there = positions(table.headers)
    places = tuple(there[header(column)] for column in write.columns)
    theirs = [place for place in range(len(table.headers)) if place not in places]
    apart = () if write.shares_rows else table.apart
    follows = bool(theirs) or table.bound or bool(apart) or bool(table.pointed)
    sources = _sources(write, table, contents) if follows else same_places(len(write.rows), len(table.rows))
    typed = [place for place in theirs if not _is_calculated(table, place)]
    return TableChange(
        write=write,
        name=name,
        positions=places,
        sources=tuple(sources),
        old=len(table.rows),
        typed=tuple(typed),
        moves=table.bound
        or any(_holds(row[place]) for row in table.rows for place in theirs)
        or any(table.formulas.get(place) for place in theirs),
        lost=tuple(_lost(write, name, table, contents, sources, typed)),
        apart=apart,
        over=tuple(_over(write, name, table, contents, places)),
        pointed=tuple(_shifted(write, table, contents, sources)),
    )


def _shifted(
    write: TableWrite, table: Table, contents: Contents, sources: Sequence[int | None]
) -> Iterator[Shifted]:
    """The formulas that point at a row where another one stands now."""
    if not write.key or not table.pointed:
        return
    keys, columns = _old_keys(write, table, contents), positions(write.columns)
    for one in table.pointed:
        if one.row < len(sources) and sources[one.row] == one.row:
            continue
        was, now = _in_words(write, keys[one.row]), ""
        if one.row < len(sources):
            now = _in_words(write, [write.rows[one.row][columns[header(name)]] for name in write.key])
        if was and was != now:
            yield Shifted(one.said, one.target, was, now)


def _over(
    write: TableWrite, name: str, table: Table, contents: Contents, places: Sequence[int]
) -> Iterator[Lost]:
    """The user's formulas in the program's columns; of a column with many the first, and how many more."""
    keys: list[list[Value]] = []
    for column, place in zip(write.columns, places, strict=True):
        held = [(row, text) for row, text in enumerate(table.formulas.get(place, ())) if text]
        if held and write.key and not keys:
            keys = _old_keys(write, table, contents)
        shown_ones = held if len(held) <= MOST_OVER else held[:1]
        for row, text in shown_ones:
            whose = _in_words(write, keys[row]) if keys else ""
            rest = len(held) - len(shown_ones)
            more = f"{column} (en nog {format_number(rest, 0)} formules eronder)" if rest else column
            yield Lost(name, write.called, table.top + 1 + row, whose, more, text)


def _sources(write: TableWrite, table: Table, contents: Contents) -> list[int | None]:
    """For each new row the old row of the same key, the first to the first, the second to the second."""
    if not write.key:
        return same_places(len(write.rows), len(table.rows))
    if not any(_holds(value) for row in table.rows for value in row):
        return [None] * len(
            write.rows
        )  # a table as it is made, which is not to be compared with a million rows
    columns = positions(write.columns)
    places = [columns[header(name)] for name in write.key]
    new = (key_of(row[place] for place in places) for row in write.rows)
    return match_rows(new, (key_of(values) for values in _old_keys(write, table, contents)))


def _old_keys(write: TableWrite, table: Table, contents: Contents) -> list[list[Value]]:
    """The key of every old row; a day number counts as our calendar does."""
    there, columns = positions(table.headers), positions(write.columns)
    new_places = [columns[header(name)] for name in write.key]
    days = day_columns(write.rows, new_places)
    places = [(there[header(name)], new in days) for name, new in zip(write.key, new_places, strict=True)]
    return [
        [contents.day(row[place]) if is_day else row[place] for place, is_day in places] for row in table.rows
    ]


def _is_calculated(table: Table, place: int) -> bool:
    """Whether every cell of a column is a formula: its rows come and go without loss."""
    formulas = table.formulas.get(place, ())
    return bool(formulas) and all(formula is not None for formula in formulas)


def _holds(value: Value) -> bool:
    return value is not None and value != ""


def _lost(
    write: TableWrite,
    name: str,
    table: Table,
    contents: Contents,
    sources: Sequence[int | None],
    typed: Sequence[int],
) -> Iterator[Lost]:
    """What the user typed in the rows that no new row continues, and attached to them."""
    kept = {source for source in sources if source is not None}
    gone = [row for row in range(len(table.rows)) if row not in kept] if typed or table.notes else []
    if not gone:
        return
    keys = _old_keys(write, table, contents) if write.key else []
    notes: dict[int, list[tuple[str, Value]]] = {}
    for note in table.notes:
        notes.setdefault(note.row, []).append((note.column, note.text))
    for row in gone:
        cells = [(table.headers[place], _user_value(table, row, place)) for place in typed]
        for column, value in (*cells, *notes.get(row, ())):
            if _holds(value):
                whose = _in_words(write, keys[row]) if write.key else ""
                yield Lost(name, write.called, table.top + 1 + row, whose, column, value)


def _user_value(table: Table, row: int, place: int) -> Value:
    """What a cell holds: the text of its formula, else its value."""
    formulas = table.formulas.get(place)
    return (formulas[row] if formulas else None) or table.rows[row][place]


def _in_words(write: TableWrite, key: Sequence[Value]) -> str:
    columns = positions(write.columns)
    days = day_columns(write.rows, [columns[header(name)] for name in write.key])
    parts = []
    for name, value in zip(write.key, key, strict=True):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if columns[header(name)] in days and is_number:
            value = serial_to_date(float(value))  # type: ignore[arg-type]
        if _holds(value):
            parts.append(f"{name} {shown(value)}")
    return ", ".join(parts)


def shown(value: Value) -> str:
    """A cell's value in words: Dutch numbers and dates, text as it is."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, dt.datetime) and (value.hour or value.minute or value.second):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, int | float):
        return f"{value:.15g}".replace(".", ",") if value == value else CellError.NUM.text
    return "" if value is None else str(value)
