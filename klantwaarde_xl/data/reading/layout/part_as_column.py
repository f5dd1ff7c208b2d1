"""The sheet, the file or the block that a row stands in as a column: of a workbook with a sheet per customer.

The user says it as he names any column: `--kolommen klant=Blad`, or `kanaal=Bestand` for the costs of one
channel. A column of the file's own that is called so goes before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from klantwaarde_xl.data.reading.cells.years_named import years_named
from klantwaarde_xl.data.reading.layout.header_of_text import header_of
from klantwaarde_xl.data.reading.layout.header_row import Header
from klantwaarde_xl.data.reading.layout.titles_of_blocks import TITLE, heads_of, titles_of
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.sources.lines import records_of, scan
from klantwaarde_xl.data.reading.sources.source import OF_PARTS, Source
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.dutch import MONTH_NUMBER
from klantwaarde_xl.errors import UsageError

_SHOWN = 4  # names of parts


def named_part(named: Mapping[str, str] | None, table: Table) -> str:
    """By which of `OF_PARTS`, or the title of a block, the user says what a row is of; empty for none.

    That is the customer of an order, or the channel of costs (`Table.whole`).
    """
    word = plain((named or {}).get(table.whole, ""))
    return word if word in (*OF_PARTS, TITLE) else ""


def without_part(named: Mapping[str, str] | None, table: Table) -> tuple[Table, dict[str, str]]:
    """The table and what the user names, of the columns that the file has itself."""
    columns = tuple(
        replace(column, required=False) if column.name == table.whole else column for column in table.columns
    )
    return replace(table, columns=columns), {**(named or {}), table.whole: ABSENT}


def with_part(raw: RawText, folder: Path, table: Table, named: Mapping[str, str]) -> RawText:
    """A text, and those below it, with a column of what each is called; as it is where it has that column."""
    which = named_part(named, table)
    bare, own = without_part(named, table)
    headers = [header_of(one, bare, own) for one in (raw, *raw.below)]
    if any(plain(text) == which for header in headers for text in header.texts):
        return raw
    parts = [
        _written(one, header, folder / f"deel{at}.csv", which)
        for at, (one, header) in enumerate(zip((raw, *raw.below), headers, strict=True))
    ]
    notes = raw.notes if table.of_orders or which == TITLE else (*raw.notes, _said(raw, table.whole, which))
    return replace(parts[0], source=raw.source, below=tuple(parts[1:]), notes=notes)


def _said(raw: RawText, name: str, which: str) -> str:
    """What rows are of by the names of their parts (Dutch): one with a month is another each time."""
    names = [_name(one, which) for one in raw.source.parts or (raw.source,)]
    shown = ", ".join(map(repr, names[:_SHOWN])) + (" …" if len(names) > _SHOWN else "")
    words = {word for text in names for word in re.findall(r"[^\W\d_]+", text.casefold())}
    dated = any(map(years_named, names)) or not MONTH_NUMBER.keys().isdisjoint(words)
    apart = f"; noem elk {which} naar het {name} alleen, zonder maand of jaar: nu is het elke keer een ander"
    return f"{name} is de naam van het {which}: {shown}{apart if dated else ''}"


def _written(raw: RawText, header: Header, path: Path, which: str) -> RawText:
    if raw.quotes == "theirs":
        scan(raw, header.width, ())
    with path.open("w", encoding="utf-8", newline="") as target:
        records = records_of(raw)
        first = raw.source.parts[0] if raw.source.parts else raw.source
        if which == TITLE:
            rows = _below_titles([*records], header, raw.titles[-1] if raw.titles else "")
        else:
            rows = _rows(records, header, _name(first, which), which)
        csv.writer(target, lineterminator="\n").writerows(rows)
    return replace(raw, path=path, delimiter=",", quotes="ours")


def _name(source: Source, which: str) -> str:
    if which == OF_PARTS[0]:
        return source.path.stem if source.path else ""
    return source.sheet


def _rows(records: Iterator[list[str]], header: Header, name: str, which: str) -> Iterator[list[str]]:
    for at, record in enumerate(records):
        row = [*record, *[""] * (header.width - len(record))]
        if at == header.at:
            yield [*row, which.capitalize()]
        else:
            # A line of text below the rows is of nobody
            yield [*row, name if at > header.at and len(_filled(record)) > 1 else ""]


def _below_titles(records: list[list[str]], header: Header, first: str) -> Iterator[list[str]]:
    """The records with the title of their block behind them, and no titles above any.

    Raises `UsageError` where these are none; first: the title of the first block, where no record has it.
    """
    titles = titles_of(records, header.at, first)
    heads = {} if titles else heads_of(records, header.at)
    if not titles and not heads:
        raise UsageError(
            "Er is geen kolom 'Titel', en er zijn geen blokken met elk een titel.",
            remedy="Noem een kolom die het bestand heeft, of klant=Blad voor een blad per klant.",
        )
    now = ""
    for at, record in enumerate(records):
        row = [*record, *[""] * (header.width - len(record))]
        if at in titles or (heads and at == header.at):
            now = titles.get(at, "")
            yield [*row, TITLE.capitalize()]
        elif at in heads:
            now = heads[at]
            yield [""] * (len(row) + 1)
        elif at > header.at and _filled(record) in ([], [_next(titles, at)]):
            yield [""] * (len(row) + 1)
        else:
            # A line of text below the rows is of nobody
            yield [*row, "" if heads and len(_filled(record)) == 1 else now]


def _filled(record: list[str]) -> list[str]:
    return [text.strip() for text in record if text.strip()]


def _next(titles: dict[int, str], at: int) -> str:
    """The title of the first block below a record."""
    return next((title for place, title in titles.items() if place > at), "")
