"""Rows of a sheet that follow one another and look the same, seen at once: only their values differ."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from klantwaarde_xl.xlsx.alike import LONGEST
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_BLOCK = 1 << 19  # bytes, a few thousand rows
_FEW = 50  # rows that are sooner looked at one by one
# What may differ from row to row: the numbers in addresses, and what stands in an element
_VARIES = re.compile(rb'((?<= r=")[A-Z]{0,3}[0-9]+(?=")|(?<=>)[^<]+(?=<))')


class Run(NamedTuple):
    """Such rows: their numbers, and where the last of them ends."""

    numbers: list[int]
    end: int


def run_of(sheet: SheetXml, start: int, last: int) -> Run | None:
    """The rows from a place in a sheet on that are written as the first of them; last: the last that may be.

    None where some thousands of rows have one that differs, are few, out of order or go beyond the last.
    """
    data, p, stop = sheet.data, sheet.prefix, sheet.tail_start
    closing = b"</%srow>" % p
    first = data.find(closing, start, stop) + len(closing)
    end = data.rfind(closing, start, min(start + _BLOCK, stop)) + len(closing)
    many = data.count(b"<%srow" % p, start, end)
    if not start < first <= end or many < _FEW or first - start > LONGEST:
        return None
    numbers = [*map(int, re.compile(_shape(data[start:first])).findall(data, start, end))]
    if len(numbers) != many or numbers[-1] > last or numbers != sorted({*numbers}):
        return None
    return Run(numbers, end)


@lru_cache(maxsize=64)
def _shape(row: bytes) -> bytes:
    """The pattern of rows that differ from one in what varies only, with a group for the number."""
    pattern = b""
    for at, part in enumerate(_VARIES.split(row)):
        if at % 2 == 0:
            pattern += re.escape(part)
        elif not pattern.endswith(rb'r="'):
            pattern += b"[^<]*+"
        elif at == 1:
            pattern += b"([0-9]+)"
        else:
            pattern += part.rstrip(b"0123456789") + b"[0-9]+"
    return pattern
