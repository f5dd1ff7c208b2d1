"""Statuses with a code before or behind their word: `Denegada 190`, `5 - Completed`, `OK (00)`, `paid_2`."""

from __future__ import annotations

import re
from collections import Counter

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.sources.marked import MARK

_CODE = r"(?:[^\W\d_]{0,3}[0-9][^\W_]*)"  # a figure, perhaps behind a few letters: 190, S01, 12AB34
_BEFORE = re.compile(rf"^[\W_]*{_CODE}(?:[\W_]+{_CODE})*[\W_]+")
_BEHIND = re.compile(rf"[\W_]+{_CODE}[\W_]*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST, _DISTINCT = 30, 100_000  # different words of a list, and texts that are looked at


def without_code(text: str) -> str:
    """A status without the codes about its words; as it stands where these are no words."""
    left = _BEFORE.sub("", text.replace(MARK, "").strip())
    while (shorter := _BEHIND.sub("", left)) != left:
        left = shorter
    return left if _LETTERS.search(left) else text


def as_pattern(text: str) -> str:
    """What a user types for a status: with a star for a code behind it, or before it."""
    text = text.replace(MARK, "").strip()
    word = without_code(text)
    if word == text:
        return text
    before, behind = text.split(word, 1)
    return f"{'*' if before else ''}{word}{'*' if behind else ''}"


def coded_list(rows: Rows, place: int) -> dict[str, int]:
    """The few words with codes in the first rows of a column, and how often they are there; else empty."""
    texts = [row[place] for row in rows.first if row[place]]
    if not any(without_code(text) != text for text in texts[:_MOST]):
        return {}
    found = Counter(map(without_code, texts))
    return dict(found) if len(found) <= _MOST else {}


def with_later(rows: Rows, place: int, found: dict[str, int]) -> dict[str, int]:
    """The words of such a column with those of all its rows; empty where these are no list."""
    if found and not rows.are_all:
        cell = rows.cell(place)
        for (text,) in rows.con.execute(f"""select distinct {cell} from lines
                where rij > {rows.header_row} and {cell} <> '' limit {_DISTINCT}""").fetchall():
            found.setdefault(without_code(text), 1)
    return found if len(found) <= _MOST else {}
