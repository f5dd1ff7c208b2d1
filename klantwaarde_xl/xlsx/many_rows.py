"""Rows of a table read a block at a time: what a program writes alike in every row is cut all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from klantwaarde_xl.addresses import MOST_ROWS, column_letter
from klantwaarde_xl.xlsx.alike import BETWEEN, RESOLVED, AlikeRows, alike_rows
from klantwaarde_xl.xlsx.sheet_read import NUMBERS, SheetXml, plain_cell, plain_text
from klantwaarde_xl.xlsx.values import Value

_BLOCK = 1 << 19  # bytes, a few thousand rows
_FEW = 20  # rows that are sooner read one by one than a pattern is made for all of them
_MISSES = 3  # blocks that are otherwise, after which the others are not tried


Numbered: TypeAlias = "Iterable[tuple[int, list[Value]]]"


def rows_of(
    sheet: SheetXml, left: int, width: int, strings: Sequence[str], top: int = 1
) -> Iterator[tuple[int, list[Value]]]:
    """Give each row from top on: its number, and its values as `SheetXml.row_values` reads them."""
    for block in blocks_of(sheet, left, width, strings, top):
        if isinstance(block, AlikeRows):
            yield from enumerate(block.values(), block.first)
        else:
            yield from block


def blocks_of(
    sheet: SheetXml, left: int, width: int, strings: Sequence[str], top: int = 1
) -> Iterator[AlikeRows | Numbered]:
    """The same, some thousands of rows at a time, by column where they are alike."""
    data, stop = sheet.data, sheet.tail_start
    opening, closing = b"<%srow" % sheet.prefix, b"</%srow>" % sheet.prefix
    at, number, misses, others = sheet.head_end, 0, 0, 0
    first = data.find(b'%s r="%d"' % (opening, top), at, stop)
    if first >= 0:
        at, number = first, top - 1
    while at < stop:
        end = data.rfind(closing, at, min(at + _BLOCK, stop)) + len(closing)
        end = end if end > at else stop
        many = data.count(opening, at, end)
        pattern = _row_pattern(sheet.prefix, left, width) if many > _FEW else None
        if pattern and others < _MISSES and (begins := pattern.match(data, at, end)):
            alike = alike_rows(begins, end, many, strings)
            others += alike is None
            if alike is not None:
                yield alike
                at, number = end, alike.first + many - 1
                continue
        found = pattern.findall(data, at, end) if pattern and misses < _MISSES else []
        if found and len(found) == many:
            numbers, *groups = zip(*found, strict=True)
            numbered = [*map(int, numbers)]
            if max(numbered) <= MOST_ROWS:
                cells = zip(groups[::3], groups[1::3], groups[2::3], strict=True)
                columns = [_values(sheet, strings, *column) for column in cells]
                yield zip(numbered, map(list, zip(*columns, strict=True)), strict=True)
                at, number = end, numbered[-1]
                continue
        misses += pattern is not None
        rows = []
        for row in sheet.rows(at, number):
            if row.start >= end:
                break
            number = row.number
            rows.append((number, sheet.row_values(row, left, width, strings)))
        yield rows
        at = end


@lru_cache(maxsize=64)
def _row_pattern(prefix: bytes, left: int, width: int) -> re.Pattern[bytes]:
    """A whole row with a group for its number and three for each column, of which any cell may lack.

    Cells of other columns may stand before and behind these.
    """
    p = re.escape(prefix)
    letters = [column_letter(left + at).encode() for at in range(width)]
    other = rb'(?:<%sc r="(?!(?:%s)\d)[A-Z]+\d+"[^>]*+(?:(?<=/)>|>(?:[^<]|<(?!/%sc>))*+</%sc>))*+' % (
        p, b"|".join(letters), p, p,
    )  # fmt: skip
    cells = b"".join(rb"(?:%s)?+" % plain_cell(prefix, letter) for letter in letters)
    return re.compile(
        rb'<%srow r="([1-9]\d{0,6})"[^>]*+(?:(?<=/)>|>%s%s%s</%srow>)' % (p, other, cells, other, p)
    )


def _values(
    sheet: SheetXml,
    strings: Sequence[str],
    kinds: Sequence[bytes],
    shown: Sequence[bytes],
    texts: Sequence[bytes],
) -> Sequence[Value]:
    """The values of one column's cells."""
    kind = {*kinds}
    if kind <= NUMBERS:
        try:
            return [float(one) if one else None for one in shown]
        except ValueError:  # blanks, or what is no number
            pass
    elif kind == {b"inlineStr"}:
        together = BETWEEN.join(texts)
        split = together.decode().split(BETWEEN.decode())
        return [*map(plain_text, split)] if RESOLVED.search(together) else split
    return [sheet.shown(*one, strings) for one in zip(kinds, shown, texts, strict=True)]
