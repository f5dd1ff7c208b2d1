"""Everything about one customer taken out of a closed workbook; docs/design/privacy.md says what stays.

Rows of our tables that are this customer's become new rows without what a person put beside them: notes,
links, colours, own columns. Orders stay, under a name that says nothing, or go as well.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.pseudonyms import CUSTOMER, MAIL, PERSONAL
from klantwaarde_xl.data.reading.naming.headers import find_columns, wanted_of
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import DataError, WorkbookChanged
from klantwaarde_xl.plan.closed import read_contents, resolve_in
from klantwaarde_xl.plan.lost import LOST_HEADERS, LOST_SHEET, Lost
from klantwaarde_xl.plan.matching import key_of
from klantwaarde_xl.plan.plan import Plan, Table, TableWrite, Value, positions
from klantwaarde_xl.plan.written import PREFIX
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.currency import shown_in
from klantwaarde_xl.workbook.kept_text import kept_of_cells
from klantwaarde_xl.workbook.recognise import template_of
from klantwaarde_xl.workbook.refresh import refresh_package, show_values
from klantwaarde_xl.xlsx.erased import ERASED
from klantwaarde_xl.xlsx.package import NewBody, Package
from klantwaarde_xl.xlsx.saving import refuse_if_open
from klantwaarde_xl.xlsx.table_read import texts_under
from klantwaarde_xl.xlsx.words import Words, spaced

_BELONGED = LOST_HEADERS[2]
_OF_CUSTOMER = re.compile(rf"(?:^|, ){CUSTOMER} (.+)$", re.DOTALL)
_MOST_CELLS = 20  # of one column that are told one by one


@dataclass(frozen=True)
class OwnTable:
    """A table of ours with customers: its rows, and the places of what we write, of whom, of free text.

    left: its first column of the sheet; mail: the place of the customer's address.
    """

    name: str
    title: str
    body: Table
    written: tuple[int, ...]
    customer: int
    free: tuple[int, ...]
    is_input: bool
    left: int
    mail: int | None = None

    def customers(self) -> list[str]:
        """The customer of each row, as keys are compared."""
        return [_key(row[self.customer]) for row in self.body.rows]

    def mails(self, wanted: str) -> list[str]:
        """The addresses that the table has of a customer."""
        at = self.mail
        rows = zip(self.body.rows, self.customers(), strict=True)
        return [str(row[at]) for row, key in rows if at is not None and key == wanted and row[at]]


@dataclass(frozen=True)
class Found:
    """What a workbook has of one customer: rows by the title of the table, and what goes with them, in words.

    stays: whether some of them stay under another name; inside: sheets and rows of all of them; key: as its
    tables have the customer; known: the names of all its customers; words: what is looked for in all else.
    """

    rows: dict[str, int]
    beside: list[str]
    stays: bool
    inside: frozenset[tuple[str, int]]
    key: str
    known: frozenset[str]
    words: Words

    def lines(self) -> list[str]:
        """The rows in words, a line for each table, and what goes with them."""
        many = ((title, format_number(count, 0), count) for title, count in self.rows.items())
        return [
            *(f"{title}: {n} {'rij' if count == 1 else 'rijen'}" for title, n, count in many),
            *self.beside,
        ]


def look_for(package: Package, name: str, also: tuple[str, ...] = ()) -> Found:
    """What a workbook has of a customer, by the name or number that its tables have.

    also: addresses of the customer, besides those in its tables. A name with other blanks or line breaks is
    the same when no customer has it as it is typed; raises `DataError` when several have it then.
    """
    found = list(_own_tables(package))
    lost = _lost(package)
    known = frozenset(
        key for keys in (*(table.customers() for table in found), lost.values()) for key in keys
    )
    wanted = _written(name, known)
    rows = {table.title: count for table in found if (count := table.customers().count(wanted))}
    if count := [*lost.values()].count(wanted):
        rows[LOST_SHEET] = count
    inside = {(LOST_SHEET, row) for row, key in lost.items() if key == wanted}
    inside |= {
        (table.body.sheet, table.body.top + 1 + at)
        for table in found
        for at, key in enumerate(table.customers())
        if key == wanted
    }
    mails = {*also, *(mail for table in found for mail in table.mails(wanted))}
    plain = Words(wanted, also=tuple(sorted(mails)), title=CUSTOMER)
    longer = tuple(one for one in known if plain.is_in(one) and one != wanted and one not in mails)
    ours = _own_texts(package) | kept_of_cells(package)
    words = replace(plain, longer=longer, others=frozenset(filter(plain.is_in, ours)))
    his = [table for table in found if wanted in table.customers()]
    beside = list(_beside(package, his, wanted))
    return Found(rows, beside, bool(his), frozenset(inside), wanted, known - {""}, words)


def _written(name: str, known: Collection[str]) -> str:
    """A name as the tables write it."""
    key = _key(name)
    alike = [one for one in known if spaced(one) == spaced(key)]
    if key in known or not alike:
        return key
    if len(alike) > 1:
        raise DataError(
            f"De klant {spaced(key)} staat er op {len(alike)} manieren, met andere spaties of regeleinden.",
            remedy="Maak de naam in de kolom klant overal gelijk en probeer het opnieuw.",
        )
    return alike[0]


def _lost(package: Package) -> dict[int, str]:
    """The customers to whom the rows of the sheet of vanished rows belonged, by row."""
    found = texts_under(package.structure, LOST_SHEET, _BELONGED)
    whose = {row: _OF_CUSTOMER.search(text) for row, text in found.items()}
    return {row: _key(match[1]) for row, match in whose.items() if match}


def _beside(package: Package, tables: Sequence[OwnTable], wanted: str) -> Iterator[str]:
    """What a person put with the rows of a customer, as a refresh tells what it cannot keep."""
    writes = []
    for table in tables:
        places = [table.customer, *(place for place in table.written if place != table.customer)]
        rows = zip(table.body.rows, table.customers(), strict=True)
        others = [[row[place] for place in places] for row, key in rows if key != wanted]
        headers = tuple(table.body.headers[place] for place in places)
        writes.append(TableWrite(table.name, headers, others, headers[:1], table.title))
    by_column: dict[tuple[str, str], list[Lost]] = {}
    for one in resolve_in(package, Plan(tuple(writes))).lost:
        by_column.setdefault((one.title, one.column), []).append(one)
    for (title, column), lost in by_column.items():
        if len(lost) > _MOST_CELLS:  # a column of an export, not what somebody wrote of one customer
            yield f"{title}, kolom {column}: {format_number(len(lost), 0)} cellen"
        else:
            yield from map(str, lost)


def _own_texts(package: Package) -> frozenset[str]:
    """What a workbook of this template says before it has any data."""
    contents = read_contents(package)
    return _texts_of_template(template_of(contents), shown_in(contents.properties))


@cache
def _texts_of_template(template: Template, currency: str) -> frozenset[str]:
    return Package.from_bytes(skeleton(template, dt.datetime(2000, 1, 1), currency=currency)).texts()


def forget_in(package: Package, found: Found, instead: str, *, drop: bool, now: dt.datetime) -> None:
    """Take a customer out of a workbook in memory.

    instead: the name under which orders stay; drop: they go instead, and everything is computed again.
    Raises `WorkbookChanged` where formulas would be lost, and as `refresh_package`.
    """
    bodies = []
    for table in _own_tables(package):
        if found.key in table.customers():
            if table.is_input:
                _refuse_formulas(package, table)
            bodies.append(_body(table, found.key, None if drop else instead))
    bodies += _about_others(package, found.words, {body.table for body in bodies})
    package.edit(bodies, then=None if drop else show_values)
    if drop:
        refresh_package(package, now=now)
    package.set_properties(PREFIX, {})  # what was written of the customer, and stands there no more
    rows = [row for row, key in _lost(package).items() if key == found.key]
    package.erase(found.words, instead, (LOST_SHEET, rows))


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
            [ERASED if isinstance(value, str) and words.is_quoted_in(value) else value for value in row]
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
            at = places  # under the headers of the user's own
            written, customer = sorted(places.values()), places.get(CUSTOMER)
            title = f"{table.title} (blad {head.sheet})"
        else:
            continue
        if customer is not None:
            free = tuple(at[one] for one in PERSONAL if at.get(one) in written)
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
                at.get(MAIL),
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
