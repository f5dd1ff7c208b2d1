"""Customers on lines of their own, in a file without a column of them: `Debiteur: 10001 Bos BV`.

What such a line says gets a column, in which it stands above its rows (`heads_of_customers`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.cells.looks import Head, is_day
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header
from klantwaarde_xl.data.reading.naming.headers import HEADER_WITHIN, needed_of, plain, wanted_of
from klantwaarde_xl.data.reading.sources.lines import first_records, records_of, scan
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Table

_CUSTOMER = "klant"
_MOST = 3  # cells of such a line: what it is, a number and a name
_LINE = re.compile(r"([^\W\d_]+(?:[ -]?[^\W\d_]+)?\.?)\s*(:|(?=\s\S*\d)|$)\s*(.*)")


@dataclass(frozen=True)
class CustomerLines:
    """The header of a file without a column of customers, and what its lines of customers are called."""

    header: Header
    label: str
    words: Sequence[str]

    def rows(self, records: Iterable[Sequence[Any]], text_of: Callable[[Any], str]) -> Iterator[list[Any]]:
        """The records with a column more; text_of: of a cell."""
        for at, record in enumerate(records):
            row = [*record, *[""] * (self.header.width - len(record))]
            said = _said([*map(text_of, record)], self.words) if at > self.header.at else None
            if said:
                yield [*[""] * len(row), said[1]]
            else:
                yield [*row, self.label if at == self.header.at else ""]


def find_lines(
    head: Head, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> CustomerLines | None:
    """How customers stand on lines of their own, the first right below the header; None where they do not.

    head: the first records; wanted, needed: as `headers.find_columns`, which found no column of customers.
    """
    words = wanted.get(_CUSTOMER, ())
    header = find_header(
        head,
        {name: accepts for name, accepts in wanted.items() if name != _CUSTOMER},
        [name for name in needed if name != _CUSTOMER],
    )
    if _CUSTOMER not in needed or header is None or header.lines != 1:
        return None
    first = next((record for record in head[header.at + 1 :] if any(map(str.strip, record))), [])
    said = _said(first, words)
    return CustomerLines(header, said[0], words) if said else None


def with_customers(raw: RawText, folder: Path, table: Table, named: Mapping[str, str] | None) -> RawText:
    """A text with such lines as one with a column of customers; any other as it is."""
    if not table.of_orders or raw.below:
        return raw
    head, wanted, needed = first_records(raw, HEADER_WITHIN), wanted_of(table, named), needed_of(table, named)
    found = None if find_header(head, wanted, needed) else find_lines(head, wanted, needed)
    if found is None:
        return raw
    if raw.quotes == "theirs":
        scan(raw, found.header.width, ())
    path = folder / "met-klanten.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        records = records_of(raw)
        csv.writer(target, lineterminator="\n").writerows(found.rows(records, str))
    return replace(raw, path=path, delimiter=",", quotes="ours")


def _said(record: Sequence[str], words: Sequence[str]) -> tuple[str, str] | None:
    """What a line calls a customer and who that is, where it says nothing else."""
    cells = [text for cell in record if (text := cell.replace(MARK, "").strip())]
    found = _LINE.fullmatch(cells[0]) if 0 < len(cells) <= _MOST else None
    if found is None or plain(found[1]) not in words or any(map(is_day, cells)):
        return None
    name = " ".join(filter(None, [found[3], *cells[1:]]))
    is_named = bool(found[2]) or any(sign.isdigit() for sign in name)
    return (found[1].strip(), name) if name and is_named else None
