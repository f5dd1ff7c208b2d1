"""Rows that are written alike, each column all numbers or all texts: the usual ones of a large table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_ROWS

LONGEST = 1 << 14  # bytes of a row: to make a pattern of a longer one costs more than it saves
_LETTERS = re.compile(rb'(?<= r=")([A-Z]{1,3})[0-9]+(?=")')  # of an address
RESOLVED = re.compile(rb"&|_x|\r")  # in texts that are not what they say
_TEXTS = (b"inlineStr", b"str")
BETWEEN = b"\0"  # which XML cannot hold


class AlikeColumn(NamedTuple):
    """The cells of a column as they stand in the file, UTF-8; numbers: what they are, None of texts."""

    shown: Sequence[bytes]
    numbers: Sequence[float] | None


class AlikeRows(NamedTuple):
    """Rows that follow one another, from the number of the first on, by column; no cell is empty."""

    first: int
    columns: Sequence[AlikeColumn]

    def __len__(self) -> int:
        return len(self.columns[0].shown)

    def values(self) -> list[list[float | str]]:
        """The same, row by row."""
        each = [
            [*map(bytes.decode, column.shown)] if column.numbers is None else column.numbers
            for column in self.columns
        ]
        return [*map(list, zip(*each, strict=True))]

    def between(self, top: int, bottom: int) -> AlikeRows:
        """Those of them from one row of the sheet to another."""
        start, end = max(top - self.first, 0), max(bottom + 1 - self.first, 0)
        columns = [
            AlikeColumn(shown[start:end], numbers and numbers[start:end]) for shown, numbers in self.columns
        ]
        return AlikeRows(self.first + start, columns)


def alike_rows(first: re.Match[bytes], end: int, rows: int, strings: Sequence[str]) -> AlikeRows | None:
    """The rows of a part up to a place, if all are written as the first and have plain values.

    first: the first of them, with groups for its number and three for each column: type, value and text;
    rows: how many there are.
    """
    kinds, pattern = _shape_of(first) if first.end() - first.start() <= LONGEST else ([], None)
    if pattern is None:
        return None
    found = re.compile(pattern).findall(first.string, first.start(), end)
    if len(found) != rows:
        return None
    numbers, *texts = zip(*found, strict=True)
    numbered, begin = [*map(int, numbers)], int(numbers[0])
    if begin + rows - 1 > MOST_ROWS or numbered != [*range(begin, begin + rows)]:
        return None
    columns = [_column(kind, column, strings) for kind, column in zip(kinds, texts, strict=True)]
    whole = [column for column in columns if column is not None]
    return AlikeRows(begin, whole) if len(whole) == len(columns) else None


def _shape_of(first: re.Match[bytes]) -> tuple[list[bytes], bytes | None]:
    """The type of each cell, and the pattern of rows that differ in their numbers and values only."""
    kinds: list[bytes] = []
    pattern, at = b"", first.start()
    for group in (1, *range(2, (first.re.groups or 0) + 1, 3)):
        kind, spot = first[group] if group > 1 else None, group
        if group > 1:
            spot = group + 2 if kind == b"inlineStr" else group + 1
            kinds.append(kind or b"n")
        start, end = first.span(spot)
        if start < at:  # the cell is not there, or holds nothing
            return kinds, None
        pattern += _literal(first.string[at:start]) + (b"([1-9][0-9]{0,6})" if group == 1 else b"([^<]*)")
        at = end
    return kinds, pattern + _literal(first.string[at : first.end()])


@lru_cache(maxsize=256)
def _literal(text: bytes) -> bytes:
    """The pattern of a text in which only the numbers of rows differ."""
    parts = _LETTERS.split(text)
    return b"".join(part + b"[0-9]+" if at % 2 else re.escape(part) for at, part in enumerate(parts))


def _column(kind: bytes, shown: Sequence[bytes], strings: Sequence[str]) -> AlikeColumn | None:
    """A column, unless it has a cell that is empty or not what it says."""
    if kind == b"n":
        try:
            return AlikeColumn(shown, [*map(float, shown)])
        except ValueError:  # blanks, or what is no number
            return None
    if kind == b"s":
        if not b"".join(shown).isdigit():
            return None
        try:
            shown = [strings[int(one)].encode() for one in shown]
        except (IndexError, ValueError):  # no text of ours, or one that no file can hold
            return None
    elif kind not in _TEXTS or RESOLVED.search(BETWEEN.join(shown)):
        return None
    return None if b"" in shown else AlikeColumn(shown, None)
