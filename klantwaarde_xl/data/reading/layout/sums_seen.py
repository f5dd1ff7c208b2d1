"""What the first and last rows of an export show of rows that hold the sum of others.

A look at a thousand rows, and whether further down a customer or a number is missing: which column may tell
those from the rows that they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.layout.export_totals import totals_behind
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.tables import Kind

_LAST = 40  # rows of the end that are looked at
_MOST_KINDS = 12
MORE = Decimal("1.6")  # of its lines an order is no more, with what was paid for shipping
# A whole cell that can hardly be anything else
WHOLE_TOTAL = rf"{TOTAL}(?: (?:order|bestelling|factuur|invoice|bon|generaal|algemeen))?\s*:?"
# Kinds of rows: of an order as a whole, or its payment, and of a line in it
_WHOLE = re.compile(
    r"(order|bestelling|factuur|invoice|bon|receipt|sale|verkoop|document|bestellung|commande)"
    r"(.?(header|head|kop|hoofd|kopregel|total|totaal|summary|row|rij))?|(order)?(header|kop|kopregel|hoofdregel)"
    r"|main|parent|summary|samenvatting|transaction|payment|betaling|transactie|kopfzeile"
)
_LINE = re.compile(
    r"(.*\W)?(order|invoice|factuur|bestel|sales?)?.?(line|item|regel|lineitem|position|positie|detail|zeile|ligne)s?(\W.*)?"
    r"|product(en|s)?|artikel(en)?|articles?|child|sku"
)
# A set and its parts: a program gives either of them the money, or both
_SET = re.compile("bundle|bundel|kit|set|configurable|samengesteld|assembly")
_PART = re.compile("component(s|en)?|onderdeel|onderdelen|simple|part|child|bundle.?(item|component)|variant")
_NO_KINDS = re.compile("omschrijving|description|naam|name|titel|title|note|opmerking|status|method|betaalw")


@dataclass(frozen=True)
class Row:
    """A row of the look: its number, amount, customer, number of an order, and all its cells."""

    rij: int
    amount: Decimal
    customer: str
    order: str
    cells: tuple[str, ...]


@dataclass
class Seen:
    """Columns that may tell rows of sums from others, by their places.

    kinds: of a column of kinds its words for a whole order, sets: for a set of articles; words: columns
    of which a cell begins with the word total; behind: those of which one ends so, as `totals_behind`;
    blanks: columns that are empty in rows that are sums; ends: the last row has no customer or no number,
    and may be the sum of all.
    """

    kinds: dict[int, list[str]] = field(default_factory=dict)
    sets: dict[int, list[str]] = field(default_factory=dict)
    words: list[int] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    ends: bool = False


def look(export: Export) -> Seen:
    """Look at the first and last rows of an export whose amounts are known."""
    first, last = _rows(export)
    rows = [*first, *last]
    seen = Seen()
    if len(rows) < 2:
        return seen
    money = {
        export.places[one.name]
        for one in export.table.read
        if one.kind in (Kind.AMOUNT, Kind.NUMBER) and export.has(one.name)
    }
    further = {place for name in ("klant", "order") if export.has(name)
               for place in [export.places[name]] if _is_blank_somewhere(export, place)}  # fmt: skip
    ours = {export.places[name] for name in ("klant", "mail", "datum", "valuta") if export.has(name)} | money
    for place, header in enumerate(export.headers):
        texts = {row.cells[place] for row in rows if row.cells[place]}
        if place not in money and any(re.match(TOTAL, text.casefold()) for text in texts):
            seen.words.append(place)
        if place not in money and totals_behind(texts):
            seen.behind.append(place)
        if place not in ours and not _NO_KINDS.search(plain(header)) and 2 <= len(texts) <= _MOST_KINDS:
            for found, whole, part in ((seen.kinds, _WHOLE, _LINE), (seen.sets, _SET, _PART)):
                wholes = [text for text in texts if whole.fullmatch(text.casefold())]
                if wholes and any(part.fullmatch(text.casefold()) for text in texts.difference(wholes)):
                    found[place] = sorted(wholes)
        if place in money and place != export.places.get("aantal"):
            continue
        if any(not row.cells[place] for row in first):
            if _are_sums(first, place, by_order=False) or _are_sums(first, place, by_order=True):
                seen.blanks.append(place)
        elif first and (any(not row.cells[place] for row in last) or place in further):
            seen.blanks.append(place)  # of longer blocks than the look
    of_somebody = [export.places[name] for name in ("klant", "order") if export.has(name)]
    seen.ends = any(not rows[-1].cells[place] for place in of_somebody)
    return seen


def _is_blank_somewhere(export: Export, place: int) -> bool:
    if (texts := export.sample.texts(place)) is not None and "" not in texts:
        return False
    cell = f"coalesce(cast(c{place} as varchar), '')"
    return bool(export.rows(f"select 1 from lines where rij > {export.header_row} and {cell} = '' limit 1"))


def _are_sums(rows: Sequence[Row], place: int, *, by_order: bool) -> bool:
    """Whether most rows that are empty in a column add up others, and one of them more than one.

    These are the rows above it since the last empty one or, by_order, those of its order: an order can be
    somewhat more than its lines, by its shipping.
    """
    runs = groupby(rows, key=lambda row: row.order) if by_order else _until(rows, place)
    blanks, sums, most = 0, 0, 0
    for _, run in runs:
        group = list(run)
        empty = [row for row in group if not row.cells[place]]
        added = len(group) - len(empty)
        if not empty or (by_order and not (added and group[0].order)):
            continue
        blanks += 1
        rest = sum(row.amount for row in group if row.cells[place])
        whole = empty[0].amount
        if len(empty) == 1 and (whole == rest or (by_order and rest < whole <= MORE * rest)):
            sums += 1
            most = max(most, added)
    return most > 1 and 2 * sums >= blanks


def _until(rows: Sequence[Row], place: int) -> Iterator[tuple[str, list[Row]]]:
    """The rows in groups that each end with a row that is empty in a column."""
    since: list[Row] = []
    for row in rows:
        since.append(row)
        if not row.cells[place]:
            yield "", since
            since = []


def _rows(export: Export) -> tuple[list[Row], list[Row]]:
    """The first rows with an amount, and the last ones, where these are others."""
    known = export.sample.by_row
    high = max(known, default=0) if known is not None else export.count("select max(rij) from lines")
    begin = export.header_row + 1
    first = _between(export, begin, begin + SAMPLE)
    return first, _between(export, max(begin + SAMPLE + 1, high - _LAST), high)


def _between(export: Export, low: int, high: int) -> list[Row]:
    if low > high:
        return []
    number = export.shown("order") if export.has("order") else "''"
    known = export.sample.by_row
    cells, joined = "", ""
    if known is None:
        cells = ", " + ", ".join(cell_of(at) for at in range(len(export.headers)))
        joined = "join lines using (rij)"
    rows = export.rows(
        f"""select raw.rij, v, coalesce({export.text("klant")}, ''), {number}{cells}
            from raw {joined} join {export.values("bedrag")} using (rij)
            where raw.rij between {low} and {high} order by raw.rij"""
    )
    return [
        Row(rij, Decimal(v), klant, nr, tuple(texts) if known is None else known[rij])
        for rij, v, klant, nr, *texts in rows
        if v is not None
    ]
