"""Blocks below one another that each have a title and the same header: what each of them is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.naming.headers import plain

TITLE = "titel"  # by what the user names that column
_ABOVE = 2  # rows between a title and its header, at most


def titles_of(records: Sequence[Sequence[str]], at: int, first: str = "") -> dict[int, str]:
    """The title above each record that is the header; nothing where it stands once, or one has no title.

    at: the index of the first; first: its title, where that is not among the records.
    """
    header = _texts(records[at])
    found: dict[int, str] = {}
    for place in range(at, len(records)):
        if _texts(records[place]) != header:
            continue
        above = [record for record in records[max(place - _ABOVE, 0) : place] if any(map(str.strip, record))]
        cells = [text.strip() for text in (above[-1] if above else [first]) if text.strip()]
        if len(cells) != 1 or not re.search(r"[^\W\d_]", cells[0]):
            return {}
        found[place] = cells[0]
    return found if len(found) > 1 else {}


def _texts(record: Sequence[str]) -> list[str]:
    texts = [plain(text) for text in record]
    while texts and not texts[-1]:
        texts.pop()
    return texts
