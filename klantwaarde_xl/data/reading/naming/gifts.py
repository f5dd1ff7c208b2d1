"""Money that somebody gives, under a header that may be of words as well: `Gift`, `Contributie`."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import is_number, unmarked
from klantwaarde_xl.data.reading.naming.words import GIVEN

_FLAGS = frozenset(["0", "1"])


def no_gifts(names: Sequence[str], below: Sequence[Sequence[str]]) -> set[int]:
    """The places of such plain headers below which no money stands: words, or yes and no as `1` and `0`."""
    found = set()
    for place in (at for at, name in enumerate(names) if name in GIVEN):
        texts = {row[place] for row in unmarked(below) if place < len(row) and row[place]}
        if texts <= _FLAGS or not all(map(is_number, texts)):
            found.add(place)
    return found
