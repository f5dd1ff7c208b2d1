"""Amounts with a decimal comma between commas and without quotes: `Jan,12,50` has a field too many.

Each row is then wider than the header, always at the same columns. Where one way alone puts whole numbers
and two figures behind them together again, that is done, and said; in any other case nothing is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from klantwaarde_xl.data.reading.naming.header_words import alike
from klantwaarde_xl.data.reading.naming.words import AMOUNT, DISCOUNT, REFUND, TAX, TIP

_WHOLE = re.compile(r"\s*[-+]?\s*(€|EUR)?\s*[-+]?\d{1,3}(\.\d{3})+|\s*[-+]?\s*(€|EUR)?\s*[-+]?\d+")
_CENTS = re.compile(r"\d{2}\s*(€|EUR)?\s*")
_MONEY = frozenset((*AMOUNT, *TAX, *DISCOUNT, *REFUND, *TIP))
_LETTER = re.compile(r"[^\W\d_]")
_MOST = 6  # fields too many
_RATES = frozenset(["21", "09", "06", "19", "07", "20", "10"])  # of VAT, by themselves below no header
_FEWEST = 3  # rows by which it is seen


def places_of(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The fields of a row, by number, that go together with the next one; none where that is not sure.

    rows: the first of a text, its header among them.
    """
    at = next((at for at, row in enumerate(rows) if len(row) > 1 and all(map(_LETTER.search, row))), None)
    if at is None:
        return ()
    header, below = rows[at], [row for row in rows[at + 1 :] if any(row)]
    wide = [row for row in below if len(row) != len(header)]
    if len(wide) < _FEWEST or len({len(row) for row in wide}) > 1:
        return ()
    more = len(wide[0]) - len(header)
    if not 0 < more <= _MOST or 2 * len(wide) < len(below):
        return ()
    pairs = [
        place
        for place in range(len(wide[0]) - 1)
        if all(_WHOLE.fullmatch(row[place]) and _CENTS.fullmatch(row[place + 1]) for row in wide)
    ]
    ways = [way for way in combinations(pairs, more) if all(b - a > 1 for a, b in pairwise(way))]
    # Two figures may be of a column without a header as well: a rate of VAT, or pieces
    ways = [way for way in ways if all(_is_money(header[place - at]) for at, place in enumerate(way))]
    ways = [way for way in ways if any({row[place + 1].strip() for row in wide} - _RATES for place in way)]
    return ways[0] if len(ways) == 1 else ()


def _is_money(header: str) -> bool:
    return not _MONEY.isdisjoint((re.sub(r"[\W_]", "", header.casefold()), *alike(header)))


def joined(lines: Iterable[str], places: Sequence[int], width: int) -> Iterator[list[str]]:
    """The records of a text, each as wide as the header; one of another width as it stands.

    places: as `places_of`; width: of a row with all of these fields too many.
    """
    for row in csv.reader(lines):
        if len(row) != width:
            yield row or ["", ""]
            continue
        taken = {place + 1 for place in places}
        yield [
            f"{text},{row[at + 1].strip()}" if at in places else text
            for at, text in enumerate(row)
            if at not in taken
        ]
