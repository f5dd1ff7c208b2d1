"""Tables with months, quarters or competitors side by side, each with its figure: a row for each cell.

Budgets, costs and prices are kept this way. What stands across becomes a column of ours, under its own name,
and so does the figure below it; the other columns are repeated.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.looks import Head, is_data, is_number, is_price, unmarked
from klantwaarde_xl.data.reading.cells.month_columns import DAY, WEEK, first_day
from klantwaarde_xl.data.reading.cells.terms import MONTH, QUARTER, TERMS, YEAR, period_in, period_of_year
from klantwaarde_xl.data.reading.cells.years_named import years_named
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header
from klantwaarde_xl.data.reading.layout.turns_of_year import years_of
from klantwaarde_xl.data.reading.layout.years_above import with_years
from klantwaarde_xl.data.reading.naming.headers import (
    HEADER_WITHIN,
    find_columns,
    needed_of,
    plain,
    wanted_of,
)
from klantwaarde_xl.data.reading.naming.words import QUANTITY, TAX, TOTAL
from klantwaarde_xl.data.reading.questions.none_of_ours import is_other, is_scaled
from klantwaarde_xl.data.reading.sources.lines import first_records, records_of
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Kind, Table
from klantwaarde_xl.errors import Ambiguous

_FEWEST = 2  # columns side by side
_TERMS = (*TERMS, DAY)
_NO_PRICE = frozenset((*QUANTITY, *TAX))


@dataclass(frozen=True)
class Across:
    """A header with columns side by side: its texts and index, and of each of these its place and name."""

    texts: tuple[str, ...]
    at: int
    columns: Mapping[int, str]
    places: Mapping[str, int]

    @property
    def header(self) -> Header:
        """The record as the header of its sheet, with the places of the other columns."""
        return Header(self.texts, self.places, self.at, 1, len(self.texts))


@dataclass(frozen=True)
class AcrossSource(Source):
    """Where such a table was read; header_row: its row, under which each row became one for each column."""

    header_row: int = 0
    columns: tuple[str, ...] = ()

    def place(self, row: int) -> tuple[str, int]:
        """The column that a row was made of, and its row in the file."""
        number, at = divmod(row - self.header_row - 1, len(self.columns))
        return f"kolom {self.columns[at]!r}", self.header_row + 1 + number

    def at(self, row: int) -> str:
        """A row of it, in words."""
        column, own = self.place(row)
        return f"{self}, rij {own}, {column}"


def find_across(
    head: Head,
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    across: Sequence[str],
    terms: Sequence[str],
    *,
    has_year: bool = False,
    called: Sequence[str] = (),
) -> Across | None:
    """The first record with columns side by side that make the table whole; None where there is none.

    across: our names of what stands across and of its figure; terms: how long a period across may be, none
    where these are names; has_year: the year of months stands elsewhere; called: patterns of these names, and
    of what is none; wanted, needed: as `headers.find_columns`.
    """
    if len(across) < _FEWEST:
        return None
    head = with_years(unmarked(head)) if terms else unmarked(head)
    for at, record in enumerate(head[:HEADER_WITHIN]):
        if sum(map(bool, record)) <= _FEWEST or is_data(record):
            continue
        below = head[at + 1 :]
        if called:
            columns = _known_names(record, below, wanted, across[1], *called)
        elif terms:
            columns = _periods(record, wanted, across, terms, has_year)
        else:
            columns = _names(record, below, wanted)
        beside = [*head[max(at - 1, 0) : at], *below[:1]] if terms else []
        if not any(map(is_price, record)):  # an amount is no period, though `10.00` may be October
            beside = [["" if is_price(text) else text for text in one] for one in beside]
        if any(columns.keys() <= _periods(one, wanted, across, terms, has_year).keys() for one in beside):
            continue  # a row above or below names periods in the same columns: both are data
        if len(columns) < _FEWEST or len(set(columns.values())) < len(columns):
            continue
        others = ["" if place in columns or _is_sum(text) else text for place, text in enumerate(record)]
        found = find_columns([*across, *others], wanted, needed)
        if found is not None and all(found.get(name) == place for place, name in enumerate(across)):
            left = {name: place - len(across) for name, place in found.items() if name not in across}
            return Across(tuple(record), at, columns, left)
    return None


def _is_sum(header: str) -> bool:
    """Whether a column beside those side by side is the sum of their cells."""
    return re.match(TOTAL, header.casefold()) is not None


def _periods(
    record: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    across: Sequence[str],
    terms: Sequence[str],
    elsewhere: bool,
) -> dict[int, str]:
    """The places and texts of headers that name a period, with a word for the figure before it or without."""
    has_year = elsewhere or any(plain(text) in wanted.get("jaar", ()) for text in record)
    found: dict[int, str] = {}
    years: dict[int, str] = {}
    for place, text in enumerate(record):
        first, _, rest = text.partition(" ")
        name = rest.strip() if plain(first) in wanted[across[1]] else text
        term = _term(name, has_year=has_year)
        if term in terms:
            (years if term == YEAR else found)[place] = name
    if "order" in wanted and len(found) >= _FEWEST:
        return found  # a year beside months is their sum
    return dict(sorted({**found, **years}.items()))


def _term(text: str, *, has_year: bool) -> str:
    if period := period_in(text):
        return period.term
    if found := first_day(text, "", MONTH):
        return found[1]
    apart = period_of_year(text, "2000", quarters=False) if has_year and text else None
    return apart.term if apart and not text.isdigit() else ""


def _names(
    record: Sequence[str], below: Sequence[Sequence[str]], wanted: Mapping[str, Sequence[str]]
) -> dict[int, str]:
    """The places and texts of headers that nobody knows, above amounts."""
    known = {text for accepts in wanted.values() for text in accepts} | _NO_PRICE
    found = {}
    for place, text in enumerate(record):
        cells = Cells(place, text, tuple(row[place].strip() if place < len(row) else "" for row in below))
        is_name = text and not is_number(text) and plain(text) not in known
        if is_name and cells.filled and cells.is_numbers and not (is_scaled(cells) or is_other(cells)):
            found[place] = cells
    # Numbers without cents beside prices with them are pieces in stock, or something else
    return {place: cells.header for place, cells in found.items() if cells.has_cents}


def _known_names(
    record: Sequence[str],
    below: Sequence[Sequence[str]],
    wanted: Mapping[str, Sequence[str]],
    figure: str,
    named: str,
    other: str,
) -> dict[int, str]:
    """The places and texts of headers above figures; none where one is no such name, or few are known."""
    own = {text for name, accepts in wanted.items() for text in accepts if name != figure}
    found = {}
    for place, text in enumerate(record):
        if plain(text) in own and not re.search(named, text.casefold()):
            continue
        texts = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        if not text or _is_sum(text) or not texts or not all(map(_is_figure, texts)):
            continue
        is_other_one = plain(text) in wanted[figure] or re.search(other, text.casefold())
        if is_other_one or is_scaled(Cells(place, text, tuple(texts))):
            return {}
        found[place] = text
    known = [text for text in found.values() if re.search(named, text.casefold())]
    return found if 2 * len(known) > len(found) else {}


def _is_figure(text: str) -> bool:
    """Whether a cell holds a number, an amount or a percentage."""
    return is_number(text.replace(MARK, "").removesuffix("%").strip())


def as_rows(
    raw: RawText, folder: Path, table: Table, named: Mapping[str, str] | None, year: int | None = None
) -> RawText:
    """A text with columns side by side as one with a row for each of their cells; any other as it is.

    year: of months that have none, as the user says. Raises `Ambiguous` where nothing says it. Of sheets that
    are read together each has its own year.
    """
    if not table.across:
        return raw
    path = folder / "naast-elkaar.csv"
    if not raw.below:
        return _turned(raw, path, table, named, year)
    first = replace(raw, below=(), source=raw.source.parts[0], notes=())
    parts = [
        _turned(one, path.with_stem(f"naast-elkaar{at}"), table, named, year)
        for at, one in enumerate((first, *raw.below))
    ]
    if not all(isinstance(one.source, AcrossSource) for one in parts):
        return raw
    parts = [replace(one, heading=1) for one in parts]
    return replace(
        parts[0],
        source=Source(raw.source.path, parts=tuple(one.source for one in parts)),
        notes=tuple(dict.fromkeys((*raw.notes, *(note for one in parts for note in one.notes)))),
        below=tuple(parts[1:]),
        chosen=raw.chosen,
    )


def _turned(
    raw: RawText, path: Path, table: Table, named: Mapping[str, str] | None, year: int | None
) -> RawText:
    """One text so, written to a path; as it is where nothing stands side by side."""
    head, wanted, needed = first_records(raw, HEADER_WITHIN), wanted_of(table, named), needed_of(table, named)
    if find_header(head, wanted, needed) is not None:
        return raw
    pair, said = table.across, ""
    above = [list(raw.above)] if any(raw.above) else []  # which may have the years of months
    found = find_across([*above, *head], wanted, needed, pair, terms_of(table))
    found = found and replace(found, at=found.at - len(above))
    if found is None and terms_of(table):
        found = find_across(head, wanted, needed, pair, terms_of(table), has_year=True)
        if found is not None:
            found, said = _with_year(found, raw, head, year)
    if found is None and table.by_name:
        pair = table.by_name[0], table.across[1]
        found = find_across(head, wanted, needed, pair, (), called=table.by_name[1:])
    if found is None:
        _refuse_long(raw, head, wanted, needed, table)
        return raw
    header_row = raw.first_row + found.at
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        records = records_of(raw)
        totals = list[str]()
        writer.writerows(_rows(records, found, table, pair, totals))
    names = tuple(found.columns.values())
    rest = [
        text
        for place, text in enumerate(found.texts)
        if text and place not in {*found.columns, *found.places.values()}
    ]
    passed = f"; niet gelezen: {', '.join(map(repr, rest))}" if rest else ""
    note = (
        f"{len(names)} kolommen staan naast elkaar, {names[0]!r} tot en met {names[-1]!r}: elke cel is een "
        f"rij, met de kop als {pair[0]} en de cel als {pair[1]}{passed}"
    )
    note += said
    if totals:
        note += f"; de onderste rij, {totals[0]!r}, is een totaal en telt niet mee"
    if table.of_orders and any(_on_a_day(name) != name for name in names):
        note += ". Een jaar staat op zijn eerste dag"
    where = AcrossSource(raw.source.path, raw.source.sheet, header_row=header_row, columns=names)
    return replace(
        raw,
        path=path,
        delimiter=",",
        source=where,
        first_row=header_row,
        notes=(*raw.notes, note),
        quotes="ours",
    )


def _refuse_long(
    raw: RawText, head: Head, wanted: Mapping[str, Sequence[str]], needed: Sequence[str], table: Table
) -> None:
    """Raise `Ambiguous` for quarters or years side by side in a table that needs months."""
    terms = terms_of(table)
    if not terms or QUARTER in terms:
        return
    longer = find_across(head, wanted, needed, table.across, tuple(TERMS))
    if longer is not None:
        first, *_, last = longer.columns.values()
        raise Ambiguous(
            f"De kolommen {first!r} tot en met {last!r} zijn geen maanden; van {table.name} is een bedrag "
            "per maand nodig, en hoe zij over de maanden gaan staat er niet.",
            where=str(raw.source),
            remedy="Zet er een kolom per maand in, zoals 'jan 2026', met het bedrag van die maand.",
        )


def _with_year(found: Across, raw: RawText, head: Head, year: int | None) -> tuple[Across, str]:
    """Columns of months with the year that is said above them or in a name, and what to say of that."""
    above = [" ".join(filter(None, record)) for record in unmarked(head)[: found.at]]
    names = [*raw.titles, *above, raw.source.sheet, raw.source.path.stem if raw.source.path else ""]
    text = next((one for one in names if years_named(one)), "")
    years = {year} if year is not None else years_named(text)
    if len(years) != 1:
        first, *_, last = found.columns.values()
        raise Ambiguous(
            f"De kolommen {first!r} tot en met {last!r} zijn maanden zonder jaar"
            + (f", en er worden er meer genoemd: {', '.join(map(str, sorted(years)))}." if years else "."),
            where=str(raw.source),
            remedy="Zeg welk jaar het is: --jaar … (met uw jaar op de …).",
        )
    told = years.pop()
    bare = {at: name for at, name in found.columns.items() if not _term(name, has_year=False)}
    each = years_of(bare, told)
    turned = next((at for at in each if each[at] != told), None)
    if turned is not None and year is None:
        first, other = next(iter(bare.values())), bare[turned]
        raise Ambiguous(
            f"De kolommen gaan van {first!r} over een jaarwisseling, en {text.strip()!r} noemt één jaar.",
            where=str(raw.source),
            remedy=f"Zeg welk jaar {first!r} is: is {other!r} in {told}, dan "
            f"--jaar {2 * told - each[turned]}; is {first!r} in {told}, dan --jaar {told}.",
        )
    dated = {at: f"{name} {each[at]}" if at in each else name for at, name in found.columns.items()}
    said = f"; het jaar is {told}" + ("" if year is not None else f", naar {text.strip()!r}; zo niet: --jaar")
    if turned is not None:
        said += f", vanaf {bare[turned]!r} {each[turned]}"
    return replace(found, columns=dated), said


def terms_of(table: Table) -> tuple[str, ...]:
    """How long a period across may be in a table: a month, where it has no column of terms."""
    name = next(iter(table.across), "")
    if not any(column.name == name for column in table.dates):
        return ()
    if table.of_orders:
        return (MONTH, QUARTER, YEAR, WEEK, DAY)
    return _TERMS if "termijn" in table.headers else (MONTH, DAY)


def _on_a_day(name: str) -> str:
    """A year as its first day, which a day's column can hold; any other period as it is."""
    period = period_in(name)
    return period.start.isoformat() if period and period.term == YEAR else name


def _rows(
    records: Iterable[Sequence[str]], found: Across, table: Table, pair: Sequence[str], totals: list[str]
) -> Iterator[list[str]]:
    """The rows that a text becomes, under their header; of a total below all others empty ones.

    pair: our names of what stands across and of its figure; totals: gets what that one calls itself. A total
    above other rows stays, and is refused.
    """
    others = [
        place for place, text in enumerate(found.texts) if place not in found.columns and not _is_sum(text)
    ]
    yield [*pair, *(found.texts[place] for place in others)]
    days = {place: _on_a_day(name) if table.of_orders else name for place, name in found.columns.items()}
    empty = [""] * (len(others) + len(table.across))
    held: list[list[str]] = []  # of a total, and what is empty below it
    for number, record in enumerate(records):
        if number <= found.at:
            continue
        kept = [record[place] if place < len(record) else "" for place in others]
        rows = []
        for place in found.columns:
            cell = record[place] if place < len(record) else ""
            is_there = cell.strip() and (not table.of_orders or any(sign in "123456789" for sign in cell))
            rows.append([days[place], cell, *kept] if is_there else empty)
        called = _called(record, found, table)
        if any(map(str.strip, record)):
            yield from held
            held, totals[:] = [], [called] if called else []
        if called or held:
            held += rows
        else:
            yield from rows
    yield from (empty for _ in held)


def _called(record: Sequence[str], found: Across, table: Table) -> str:
    """The word for a total where a record has it for its customer, or elsewhere beside none; else empty."""
    texts = [cell.replace(MARK, "").strip() for cell in record]
    names = [column.name for column in table.columns if column.kind is Kind.KEY and column.required]
    place = next((found.places[name] for name in names if name in found.places), len(texts))
    own = texts[place:][:1]  # none where the record is shorter
    beside = [text for at, text in enumerate(texts) if own and text and at not in found.columns]
    said = own if any(own) else beside
    return next((text for text in said if re.fullmatch(TOTAL, text.casefold().rstrip(" :"))), "")
