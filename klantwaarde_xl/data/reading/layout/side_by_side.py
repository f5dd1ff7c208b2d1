"""Tables with the same headers that stand beside one another on one sheet: read as tables of one shape.

Each becomes a text of its own, so that what holds of sheets that are read together holds of these.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header
from klantwaarde_xl.data.reading.naming.headers import (
    HEADER_WITHIN,
    find_columns,
    needed_of,
    plain,
    wanted_of,
)
from klantwaarde_xl.data.reading.sources.lines import first_records, records_of, scan
from klantwaarde_xl.data.reading.sources.parts import is_no_sale
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import Ambiguous

_NARROWEST = 2
# Above one of two tables: the other has what was sold
_PAID = re.compile("betaling|betaald|ontvangen|ontvangst|payment|paid|receipt|zahlung")
_APART = (
    "Bewaar elke tabel op een eigen blad of in een eigen bestand, en zeg met --blad of de naam welke telt."
)


@dataclass(frozen=True)
class Block:
    """One of the tables: its first column, and how many it has."""

    start: int
    width: int

    def of(self, record: Sequence[str]) -> list[str]:
        """What a record has in its columns."""
        cells = [*record[self.start : self.start + self.width]]
        return [*cells, *[""] * (self.width - len(cells))]

    @property
    def columns(self) -> str:
        """Its columns, in letters as a sheet has them."""
        return f"kolom {column_letter(self.start + 1)}-{column_letter(self.start + self.width)}"


def blocks_of(
    texts: Sequence[str], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[Block]:
    """The tables whose headers are one another's, each with the needed columns; none for one table."""
    names = [*map(plain, texts)]
    while names and not names[-1]:
        names.pop()
    first = next((at for at, name in enumerate(names) if name), 0)
    for width in range(_NARROWEST, (len(names) - first) // 2 + 2):
        starts = range(first, len(names), width)
        heads = [_bare(names[at : at + width]) for at in starts]
        if len(heads) < 2 or not heads[0] or any(head != heads[0] for head in heads):
            continue
        own = Block(first, len(heads[0]))
        if find_columns(own.of(texts), wanted, needed) is not None:
            return [Block(at, own.width) for at in starts]
    return []


def _bare(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names


def beside(raw: RawText, folder: Path, table: Table, named: Mapping[str, str] | None) -> RawText:
    """A text with tables beside one another as these tables, below one another; any other as it is.

    Raises `Ambiguous` where a title says that one of them holds no sales, and where columns of days and of
    amounts stand there again without being tables of one shape. Who names a column by its number means that.
    """
    if not table.of_orders or any(text.isdigit() for text in (named or {}).values()):
        return raw
    parts = [
        part
        for at, one in enumerate((replace(raw, below=()), *raw.below))
        for part in _parts(one, folder / f"naast{at}", table, named)
    ]
    if len(parts) == 1 + len(raw.below):
        return raw
    sources = tuple(part.source for part in parts)
    return replace(
        parts[0],
        source=Source(raw.source.path, "" if raw.source.parts else raw.source.sheet, sources),
        below=tuple(parts[1:]),
        chosen=raw.chosen,
    )


def _parts(raw: RawText, stem: Path, table: Table, named: Mapping[str, str] | None) -> list[RawText]:
    head, wanted, needed = first_records(raw, HEADER_WITHIN), wanted_of(table, named), needed_of(table, named)
    header = find_header(head, wanted, needed)
    if header is None or header.lines != 1:
        return [raw]
    blocks = blocks_of(header.texts, wanted, needed)
    if not blocks:
        _refuse_again(raw, header, head)
        return [raw]
    above = head[header.at - 1] if header.at else raw.above
    titles = [" ".join(filter(None, map(str.strip, block.of(above)))) for block in blocks]
    if any(is_no_sale(title) or _PAID.search(title.casefold()) for title in titles):
        raise Ambiguous(
            f"Er staan tabellen naast elkaar: {', '.join(map(repr, titles))}. Zo te zien zijn zij niet "
            "allemaal van verkopen.",
            where=str(raw.source),
            remedy=_APART,
        )
    if raw.quotes == "theirs":
        scan(raw, header.width, ())
    texts = []
    for at, (block, title) in enumerate(zip(blocks, titles, strict=True)):
        path = stem.with_name(f"{stem.name}-{at}.csv")
        _write(raw, block, path)
        columns = f"{title!r} ({block.columns})" if title else block.columns
        texts.append(
            replace(
                raw,
                path=path,
                delimiter=",",
                source=replace(raw.source, block=columns),
                quotes="ours",
                heading=raw.heading or header.at + 1,
            )
        )
    return texts


def _write(raw: RawText, block: Block, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerows(map(block.of, records_of(raw)))


def _refuse_again(raw: RawText, header: Header, head: Sequence[Sequence[str]]) -> None:
    """Raise where the headers of the day and of the amount stand there again, each above figures."""
    names = [*map(plain, header.texts)]
    again = []
    for ours in ("datum", "bedrag"):
        place = header.places.get(ours)
        same = [at for at, name in enumerate(names) if place is not None and name == names[place]]
        filled = [
            at for at in same if any(at < len(row) and row[at].strip() for row in head[header.at + 1 :])
        ]
        if len(filled) < 2:
            return
        again.append(filled)
    days, amounts = again
    called = ", ".join(repr(header.texts[places[0]].strip()) for places in again)
    raise Ambiguous(
        f"De kolommen {called} staan er meer dan eens, naast elkaar: welke tellen, is niet te zien.",
        where=f"{raw.source}, kolom {', '.join(column_letter(at + 1) for at in sorted({*days, *amounts}))}",
        remedy=f"Tellen ze allemaal, zet ze dan onder elkaar. Telt er één, noem die met haar nummer: "
        f"--kolommen datum={days[0] + 1},bedrag={amounts[0] + 1}.",
    )
