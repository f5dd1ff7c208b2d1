"""Everything about one customer taken out of a closed workbook; docs/design/privacy.md says what stays.

Rows of our tables that are this customer's become new rows without what a person put beside them: notes,
links, colours, own columns. Orders stay, under a name that says nothing, or go as well.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klantwaarde_xl.addresses import address, area
from klantwaarde_xl.data.reading.headers import find_columns, wanted_of
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.plan.matching import key_of
from klantwaarde_xl.plan.plan import Table, Value, positions
from klantwaarde_xl.plan.resolve import LOST_SHEET
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.recognise import template_of
from klantwaarde_xl.workbook.refresh import refresh_package, show_values
from klantwaarde_xl.xlsx.erased import ERASED
from klantwaarde_xl.xlsx.mentions import Mention, Words
from klantwaarde_xl.xlsx.package import NewBody, Package
from klantwaarde_xl.xlsx.saving import refuse_if_open

CUSTOMER = "klant"
_FREE = "opmerking"  # the column in which people write whatever they like


@dataclass(frozen=True)
class OwnTable:
    """A table of ours with customers: its rows, and the places of what we write, of whom, of free text.

    left: its first column of the sheet.
    """

    name: str
    title: str
    body: Table
    written: tuple[int, ...]
    customer: int
    free: tuple[int, ...]
    is_input: bool
    left: int

    def customers(self) -> list[str]:
        """The customer of each row, as keys are compared."""
        return [_key(row[self.customer]) for row in self.body.rows]


@dataclass(frozen=True)
class Found:
    """What a workbook has of one customer: rows by the title of the table, and other places.

    known: the names of all its customers; words: what was looked for.
    """

    rows: dict[str, int]
    places: list[Mention]
    known: frozenset[str]
    words: Words

    def __bool__(self) -> bool:
        return bool(self.rows) or any(place.seen for place in self.places)

    def lines(self) -> list[str]:
        """The rows in words, a line for each table."""
        return [f"{title}: {count} {'rij' if count == 1 else 'rijen'}" for title, count in self.rows.items()]


def look_for(package: Package, name: str) -> Found:
    """What a workbook has of a customer, by the name or number that its tables have."""
    found = list(_own_tables(package))
    known = frozenset(key for table in found for key in table.customers() if key)
    wanted = _key(name)
    rows = {table.title: count for table in found if (count := table.customers().count(wanted))}
    inside = {
        (table.body.sheet, address(table.body.top + 1 + at, table.left + table.customer))
        for table in found
        for at, key in enumerate(table.customers())
        if key == wanted
    }
    plain = Words(name)
    longer = tuple(one for one in known if plain.is_in(one) and one != wanted)
    words = Words(name, longer, frozenset(filter(plain.is_in, _own_texts(package))))
    others = [one for one in package.mentions(words) if (one.sheet, one.cell) not in inside]
    return Found(rows, others, known, words)


def _own_texts(package: Package) -> frozenset[str]:
    """What a workbook of this template says before it has any data."""
    return _texts_of_template(template_of(read_contents(package)))


@cache
def _texts_of_template(template: Template) -> frozenset[str]:
    return Package.from_bytes(skeleton(template, dt.datetime(2000, 1, 1))).texts()


def forget_in(
    package: Package, found: Found, name: str, instead: str, *, drop: bool, now: dt.datetime
) -> None:
    """Take a customer out of a workbook in memory.

    instead: the name under which orders stay; drop: they go instead, and everything is computed again.
    Raises `WorkbookChanged` where formulas would be lost, and as `refresh_package`.
    """
    wanted = _key(name)
    bodies = []
    for table in _own_tables(package):
        if wanted in table.customers():
            if table.is_input:
                _refuse_formulas(package, table)
            bodies.append(_body(table, wanted, None if drop else instead))
    bodies += _about_others(package, found.words, {body.table for body in bodies})
    package.edit(bodies, then=None if drop else show_values)
    if drop:
        refresh_package(package, now=now)
    package.erase(found.words, instead, LOST_SHEET)


def _body(table: OwnTable, wanted: str, instead: str | None) -> NewBody:
    rows: list[Sequence[Value]] = []
    sources: list[int | None] = []
    for at, (row, key) in enumerate(zip(table.body.rows, table.customers(), strict=True)):
        if key != wanted:
            rows.append([row[place] for place in table.written])
            sources.append(at)
        elif instead is not None:
            new = {table.customer: instead, **dict.fromkeys(table.free)}
            rows.append([new.get(place, row[place]) for place in table.written])
            sources.append(None)
    return NewBody(table.name, table.written, rows, sources)


def _about_others(package: Package, words: Words, written: set[str]) -> Iterator[NewBody]:
    """Results about something else, such as the reading of a file, whose texts quote the name."""
    declared = {one.table.casefold(): one for one in results().values() if one.table}
    for name, head in package.table_heads().items():
        one = declared.get(name.casefold())
        if one is None or name in written:
            continue
        at = positions(head.headers)
        places = [at[header.casefold()] for header in one.headers if header.casefold() in at]
        old = [[row[place] for place in places] for row in package.read_table(name).rows]
        rows = [
            [ERASED if isinstance(value, str) and words.is_in(value) else value for value in row]
            for row in old
        ]
        if rows != old:
            yield NewBody(name, places, rows, range(len(rows)))


def _own_tables(package: Package) -> Iterator[OwnTable]:
    """Our tables that have a column of customers, whether the user fills them or a refresh."""
    declared = {one.table.casefold(): one for one in results().values() if one.table}
    inputs = {one.sheet_table.casefold(): one for one in input_tables().values()}
    places_of = package.places()
    for name, head in package.table_heads().items():
        at = positions(head.headers)
        if one := declared.get(name.casefold()):
            written = [at[header.casefold()] for header in one.headers if header.casefold() in at]
            customer, title = at.get(CUSTOMER) if CUSTOMER in one.headers else None, one.title
        elif table := inputs.get(name.casefold()):
            places = find_columns(head.headers, wanted_of(table, None), ()) or {}
            written, customer = sorted(places.values()), places.get(CUSTOMER)
            title = f"{table.title} (blad {head.sheet})"
        else:
            continue
        if customer is not None:
            free = (at[_FREE],) if at.get(_FREE) in written else ()
            body = package.read_table(name)
            yield OwnTable(
                name,
                title,
                body,
                tuple(written),
                customer,
                free,
                name.casefold() in inputs,
                places_of[name][1].left,
            )


def _refuse_formulas(package: Package, table: OwnTable) -> None:
    columns = {table.left + place: place for place in table.written}
    rows = range(table.body.top + 1, table.body.top + 1 + len(table.body.rows))
    for cell in package.formulas().get(table.body.sheet, {}):
        row, column = area(cell)[:2]
        if row in rows and column in columns:
            raise WorkbookChanged(
                f"In kolom {table.body.headers[columns[column]]} staan formules; die zouden verloren gaan.",
                where=f"blad {table.body.sheet}, cel {cell}",
                remedy="Zet er waarden neer (kopiëren, Plakken speciaal, Waarden) en probeer het opnieuw.",
            )


def _key(value: Value) -> str:
    return unicodedata.normalize("NFC", key_of((value,))[0])


def open_closed(path: Path) -> Package:
    """A workbook that nobody has open; raises `WorkbookInUse` and as `Package.open`."""
    refuse_if_open(path)
    return Package.open(path)
