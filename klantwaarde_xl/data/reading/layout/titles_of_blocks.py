"""Blocks of rows below one another that each have a title, below one header or each below its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import is_day
from klantwaarde_xl.data.reading.naming.headers import plain

TITLE = "titel"  # by what the user names that column
_TOTAL = re.compile(r"\W*((sub|eind|tussen)[ -]?)?(totaa?le?n?|som|saldo)\b", re.IGNORECASE)
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


def heads_of(records: Sequence[Sequence[str]], at: int) -> dict[int, str]:
    """The lines of text by themselves below one header, each above rows; nothing where these are no titles.

    at: the index of the header. All stand in one column with a header, none twice, and no row goes before the
    first; what stands below the last row is a remark.
    """
    found: dict[int, str] = {}
    columns = set()
    before_is_title = False
    rows = [place for place, record in enumerate(records) if sum(map(bool, map(str.strip, record))) > 1]
    for place in range(at + 1, rows[-1] + 1 if rows else 0):
        filled = [(column, text.strip()) for column, text in enumerate(records[place]) if text.strip()]
        if not filled:
            continue
        if is_title := len(filled) == 1 and _is_name(filled[0][1]):
            columns.add(filled[0][0])
            found[place] = filled[0][1]
        if (is_title and before_is_title) or not found:
            return {}
        before_is_title = is_title
    named = len(columns) == 1 and any(map(str.strip, records[at][min(columns) :][:1]))
    several = len(found) > 1 and named and len(set(found.values())) == len(found)
    return found if several else {}


def _is_name(text: str) -> bool:
    return re.search(r"[^\W\d_]{2}", text) is not None and not (_TOTAL.match(text) or is_day(text))


def _texts(record: Sequence[str]) -> list[str]:
    texts = [plain(text) for text in record]
    while texts and not texts[-1]:
        texts.pop()
    return texts
