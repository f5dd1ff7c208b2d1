"""A table of something else beside the one with the sales, behind an empty column: no part of it.

Totals per month or per customer are kept so. Their headers (`Omzet`, `Totaal`) often say more than those of
the sales, and would be taken for the amount of every row.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from klantwaarde_xl.data.reading.cells.looks import is_number
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header
from klantwaarde_xl.data.reading.naming.headers import (
    HEADER_WITHIN,
    as_option,
    find_columns,
    needed_of,
    wanted_of,
)
from klantwaarde_xl.data.reading.sources.lines import first_records, records_of
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import Ambiguous

_SHORTER = 0.8  # of the rows: of one table nearly all columns are filled further down


@dataclass(frozen=True)
class _Block:
    """Columns without an empty one between, how many rows they reach down, and whether words name those."""

    places: range
    depth: int
    has_words: bool

    def of(self, record: Sequence[str]) -> list[str]:
        """A record with nothing outside these columns."""
        return [text if at in self.places else "" for at, text in enumerate(record)]


def without_tables_beside(
    raw: RawText, folder: Path, table: Table, named: Mapping[str, str] | None
) -> RawText:
    """A text without the tables beside its sales of which a column would be taken; any other as it is.

    Raises `Ambiguous` where such a table is as long as the sales, so that its rows may be theirs.
    """
    if not table.of_orders or any(text.isdigit() for text in (named or {}).values()):
        return raw
    first, *below = (_alone(one, folder, table, named) for one in (replace(raw, below=()), *raw.below))
    notes = dict.fromkeys(note for one in (first, *below) for note in one.notes)
    return replace(first, below=tuple(below), notes=tuple(notes))


def _alone(raw: RawText, folder: Path, table: Table, named: Mapping[str, str] | None) -> RawText:
    wanted, needed = wanted_of(table, named), needed_of(table, named)
    head = first_records(raw, HEADER_WITHIN)
    header = find_header(head, wanted, needed)
    if header is None or header.lines != 1 or not _has_gap(header, head):
        return raw
    ours = {name: header.places[name] for name in ("klant", "datum", "bedrag") if name in header.places}
    blocks = _blocks(raw, header)
    if sum(any(place in block.places for place in ours.values()) for block in blocks) < 2:
        return raw
    own, places = _whole(blocks, header, wanted, needed)
    longest = own or max(blocks, key=lambda one: one.depth)
    others = [
        block
        for block in blocks
        if block is not longest and any(place in block.places for place in ours.values())
    ]
    short = [one for one in others if one.has_words and one.depth <= _SHORTER * longest.depth]
    if own is not None:
        short += [one for one in others if one not in short and one.depth <= longest.depth / 2]
        if left := [one for one in others if one.has_words and one not in short]:
            raise _question(raw, header, ours, left[0], places)
    return _without(raw, folder, header, short) if short else raw


def _whole(
    blocks: Sequence[_Block], header: Header, wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[_Block | None, Mapping[str, int]]:
    """The first block that has every needed column, and where it has them."""
    for block in blocks:
        if (places := find_columns(block.of(header.texts), wanted, needed)) is not None:
            return block, places
    return None, {}


def _has_gap(header: Header, head: Sequence[Sequence[str]]) -> bool:
    """Whether a column between others has no header and no cell, in the first records."""
    filled = [at for at, text in enumerate(header.texts) if text.strip()]
    below = head[header.at + 1 :]
    return any(
        not header.texts[at].strip() and not any(at < len(row) and row[at].strip() for row in below)
        for at in range(filled[0], filled[-1])
    )


def _blocks(raw: RawText, header: Header) -> list[_Block]:
    """The runs of columns that have a header or a cell."""
    width = len(header.texts)
    depths, words = [0] * width, [False] * width
    rows = 0
    for number, record in enumerate(records_of(raw)):
        if number <= header.at or not any(map(str.strip, record)):
            continue
        rows += 1
        for at, text in enumerate(record[:width]):
            if bare := text.replace(MARK, "").strip():
                depths[at] = rows
                words[at] = words[at] or not is_number(bare)
    there = [at for at in range(width) if header.texts[at].strip() or depths[at]]
    found = []
    for _, run in groupby(enumerate(there), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in run]
        found.append(
            _Block(
                range(places[0], places[-1] + 1),
                max(depths[at] for at in places),
                len(places) > 1 and any(words[at] for at in places),
            )
        )
    return found


def _without(raw: RawText, folder: Path, header: Header, blocks: Sequence[_Block]) -> RawText:
    """The text with nothing in these columns, from the header on."""
    path = folder / f"{raw.path.stem}-alleen.csv"
    gone = {at for block in blocks for at in block.places}
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        for number, record in enumerate(records_of(raw)):
            kept = ["" if at in gone else text for at, text in enumerate(record)]
            writer.writerow(kept if number >= header.at else record)
    names = ", ".join(
        repr(text.strip()) for at, text in enumerate(header.texts) if at in gone and text.strip()
    )
    note = f"naast de verkopen staat, achter een lege kolom, een andere tabel: niet gelezen: {names}"
    return replace(raw, path=path, delimiter=",", notes=(*raw.notes, note), quotes="ours")


def _question(
    raw: RawText,
    header: Header,
    ours: Mapping[str, int],
    other: _Block,
    places: Mapping[str, int],
) -> Ambiguous:
    name, place = next((name, place) for name, place in ours.items() if place in other.places)
    text, mine = header.texts[place].strip(), header.texts[places[name]].strip()
    return Ambiguous(
        f"Kolom {text!r} staat achter een lege kolom, naast een tabel die met {mine!r} al heel is: hoort zij "
        "bij dezelfde rijen, of bij een andere tabel?",
        where=str(raw.source),
        remedy=f"Is het een andere tabel: {as_option(header.texts, name, places[name])}. "
        f"Zijn het dezelfde rijen: {as_option(header.texts, name, place)}.",
    )
