"""A plan held against a workbook: what goes where, which row continues which, what will be lost.

Every host moves and writes what this says; none decides for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.plan.lost import Lost, Shifted
from klantwaarde_xl.plan.matching import same_places
from klantwaarde_xl.plan.missing import NAME, TABLE, Part, missing, refusal
from klantwaarde_xl.plan.plan import Contents, Plan, Table, TableWrite, Value, header, positions
from klantwaarde_xl.plan.retyped import retyped, retyped_names, rows_typed
from klantwaarde_xl.plan.rows import holds, in_words_of, old_keys, sources_of
from klantwaarde_xl.plan.written import Written, kept, written_in
from klantwaarde_xl.xlsx.values import MOST_OVER, Covering


@dataclass(frozen=True)
class TableChange:
    """What happens to one table.

    name: as the workbook writes it. positions: of the program's columns, from 0, in the order of
    the values in a row. sources: for each new row the old row (from 0) that it continues. old: how
    many rows there are now. typed: the user's columns in which they typed. moves: whether any
    column that is not the program's holds anything that has to follow its row. apart: the letters of
    columns that are of the user's and do not follow it. over: the user's formulas in the program's columns,
    which get values again; retyped: values that a person typed there. by_hand: rows that a person typed or
    changed in a table that is filled from a file, which does not have them. pointed: formulas that show a row
    by its address where another one stands now. short: ranges over all its rows that end before the last.
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
    short: tuple[Covering, ...] = ()
    retyped: tuple[Lost, ...] = ()
    by_hand: tuple[Lost, ...] = ()

    @property
    def moved(self) -> int:
        """How many rows stand on another row than before."""
        return sum(source is not None and source != at for at, source in enumerate(self.sources))


@dataclass(frozen=True)
class Resolved:
    """A plan that fits a workbook: all that a host has to write. names: as the workbook writes them.

    charts: names of charts, and whether they are to be seen. retyped_names: values of the user's in named
    cells that the program writes. properties: of the document, in place of those that begin with
    `written.PREFIX`. is_same: whether all of it is what the last refresh wrote.
    """

    plan: Plan
    tables: tuple[TableChange, ...]
    names: tuple[tuple[str, Value], ...]
    charts: tuple[tuple[str, bool], ...] = ()
    retyped_names: tuple[Lost, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    is_same: bool = False

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

    @property
    def retyped(self) -> tuple[Lost, ...]:
        """All values that a person typed where the program writes."""
        return (*(lost for change in self.tables for lost in change.retyped), *self.retyped_names)

    @property
    def by_hand(self) -> tuple[Lost, ...]:
        """All rows that a person typed or changed in a table that is filled from a file."""
        return tuple(lost for change in self.tables for lost in change.by_hand)

    def lost_rows(self) -> list[tuple[Value, ...]]:
        """The lines for the sheet on which lost values are kept, under `LOST_HEADERS`."""
        made = f"{self.plan.made:%d-%m-%Y %H:%M}" if self.plan.made else ""
        all_of_them = (*self.lost, *self.over, *self.retyped, *self.by_hand)
        return [
            (made, one.title, one.belongs_to, one.row or None, one.column, one.value) for one in all_of_them
        ]


def resolve(plan: Plan, contents: Contents) -> Resolved:
    """Hold a plan against the workbook that it is for.

    contents: with all tables that the plan writes, read as far as their keys and the user's own
    columns go. Raises `WorkbookChanged` that names everything that is missing.
    """
    names = {name.casefold(): name for name in contents.names}
    lacking = list(missing(_parts(plan), contents))
    if lacking:
        raise refusal(lacking, contents)
    written = written_in(contents)
    now = kept(plan.tables, plan.names, written, contents.days_behind)
    return Resolved(
        plan,
        tuple(_change(write, contents, written) for write in plan.tables),
        tuple((names[write.name.casefold()], write.value) for write in plan.names),
        tuple(_charts(plan, contents)),
        tuple(retyped_names(plan, contents, written)),
        now.properties,
        is_same=written is not None and bool(now.whole) and now.whole == written.whole,
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


def _change(write: TableWrite, contents: Contents, written: Written | None) -> TableChange:
    found = contents.table(write.table)
    if found is None:  # `resolve` has looked
        raise LookupError(write.table)
    name, table = found
    there = positions(table.headers)
    places = tuple(there[header(column)] for column in write.columns)
    theirs = [place for place in range(len(table.headers)) if place not in places]
    apart = () if write.shares_rows else table.apart
    known = written is not None and written.knows(name)
    follows = bool(theirs) or table.bound or bool(apart) or bool(table.pointed)
    sources = sources_of(write, table, contents) if follows else same_places(len(write.rows), len(table.rows))
    typed = [place for place in theirs if not _is_calculated(table, place)]
    return TableChange(
        write=write,
        name=name,
        positions=places,
        sources=tuple(sources),
        old=len(table.rows),
        typed=tuple(typed),
        moves=table.bound
        or any(holds(row[place]) for row in table.rows for place in theirs)
        or any(table.formulas.get(place) for place in theirs),
        lost=tuple(_lost(write, name, table, contents, sources, typed)),
        apart=apart,
        over=tuple(_over(write, name, table, contents, places)),
        pointed=tuple(_shifted(write, table, contents, sources)),
        short=tuple(one for one in table.covering if one.last < table.top + len(write.rows)),
        retyped=tuple(retyped(write, name, table, contents, written)) if known and written else (),
        by_hand=tuple(rows_typed(write, name, table, contents, written))
        if write.is_input and written
        else (),
    )


def _shifted(
    write: TableWrite, table: Table, contents: Contents, sources: Sequence[int | None]
) -> Iterator[Shifted]:
    """The formulas that point at a row where another one stands now."""
    if not write.key or not table.pointed:
        return
    keys, columns = old_keys(write, table, contents), positions(write.columns)
    for one in table.pointed:
        if one.row < len(sources) and sources[one.row] == one.row:
            continue
        was, now = in_words_of(write, keys[one.row]), ""
        if one.row < len(sources):
            now = in_words_of(write, [write.rows[one.row][columns[header(name)]] for name in write.key])
        if was and was != now:
            yield Shifted(one.said, one.target, was, now)


def _over(
    write: TableWrite, name: str, table: Table, contents: Contents, places: Sequence[int]
) -> Iterator[Lost]:
    """The user's formulas in the program's columns; of a column with many the first, and how many more."""
    keys: list[list[Value]] = []
    for column, place in zip(write.columns, places, strict=True):
        held = [
            (row, text)
            for row, text in enumerate(table.formulas.get(place, ()))
            if text and text.removeprefix("=") not in BY_TEXT  # how Calc writes an error of ours
        ]
        if held and write.key and not keys:
            keys = old_keys(write, table, contents)
        shown_ones = held if len(held) <= MOST_OVER else held[:1]
        for row, text in shown_ones:
            whose = in_words_of(write, keys[row]) if keys else ""
            rest = len(held) - len(shown_ones)
            more = f"{column} (en nog {format_number(rest, 0)} formules eronder)" if rest else column
            yield Lost(name, write.called, table.top + 1 + row, whose, more, text)


def _is_calculated(table: Table, place: int) -> bool:
    """Whether every cell of a column is a formula: its rows come and go without loss."""
    formulas = table.formulas.get(place, ())
    return bool(formulas) and all(formula is not None for formula in formulas)


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
    keys = old_keys(write, table, contents) if write.key else []
    notes: dict[int, list[tuple[str, Value]]] = {}
    for note in table.notes:
        notes.setdefault(note.row, []).append((note.column, note.text))
    for row in gone:
        cells = [(table.headers[place], _user_value(table, row, place)) for place in typed]
        for column, value in (*cells, *notes.get(row, ())):
            if holds(value):
                whose = in_words_of(write, keys[row]) if write.key else ""
                yield Lost(name, write.called, table.top + 1 + row, whose, column, value)


def _user_value(table: Table, row: int, place: int) -> Value:
    """What a cell holds: the text of its formula, else its value."""
    formulas = table.formulas.get(place)
    return (formulas[row] if formulas else None) or table.rows[row][place]
