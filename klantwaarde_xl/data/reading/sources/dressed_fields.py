"""Fields with signs around them that are no quotation marks of a CSV: `="0012"`, `'0012'`, `` `0012` ``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

_MOSTLY = 0.9  # of the lines below the first
_FEWEST = 2  # lines
_FORMULA = re.compile('="(.*)"', re.DOTALL)  # by which a spreadsheet keeps the noughts in front
FORMULA, *_SIGNS = ("=", "'", "`")


def dress_of(lines: Sequence[str], delimiter: str) -> str:
    """The sign around the fields of most lines, `=` for a formula that is a text; empty for none."""
    below = [line.strip() for line in lines[1:] if line.strip()]
    if len(below) < _FEWEST:
        return ""
    for sign in _SIGNS:
        whole = [len(line) > 1 and line[0] == line[-1] == sign for line in below]
        if sum(whole) >= _MOSTLY * len(below):
            return sign
    if '="' not in below[0] and '"=""' not in below[0]:
        return ""
    records = csv.reader(below, delimiter=delimiter)
    dressed = sum(any(map(_FORMULA.fullmatch, record)) for record in records)
    return FORMULA if dressed >= _MOSTLY * len(below) else ""


def undressed(lines: Iterable[str], sign: str, delimiter: str) -> Iterator[list[str]]:
    """The records of lines without that sign around their fields."""
    if sign != FORMULA:
        yield from csv.reader(lines, delimiter=delimiter, quotechar=sign)
        return
    for record in csv.reader(lines, delimiter=delimiter):
        yield [found[1] if (found := _FORMULA.fullmatch(field)) else field for field in record]
