"""Lines that stand between quotation marks as a whole (`"A,2024-01-05,12.50"`), so that each is one field.

A program that saves the one column of a sheet in which an export was opened writes such a text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

NOTE = "elke regel stond als geheel tussen aanhalingstekens; die zijn eraf"
_FEWEST = 3  # fields of a line, without which one in quotes may just hold a comma
_MOSTLY = 0.9  # of the lines have as many fields as the first
_SIGNS = ",;\t|"


def sign_within(lines: Sequence[str]) -> str:
    """The delimiter inside the lines; empty where they do not stand between quotation marks as a whole."""
    return next((sign for sign in _SIGNS if _are_wrapped(lines, sign)), "")


def unwrapped(lines: Iterable[str], sign: str) -> Iterator[list[str]]:
    """The records of wrapped lines, each as its fields."""
    for record in csv.reader(lines, delimiter=sign):
        yield _fields(record, sign) or [""]


def _are_wrapped(lines: Sequence[str], sign: str) -> bool:
    if not any(line.startswith('"') and sign in line for line in lines):
        return False
    records = [record for record in csv.reader(lines, delimiter=sign) if any(record)]
    if len(records) < 2 or any(len(record) > 1 for record in records[1:]):
        return False
    width, *widths = (len(_fields(record, sign)) for record in records)
    return width >= _FEWEST and widths.count(width) >= _MOSTLY * len(widths)


def _fields(record: Sequence[str], sign: str) -> list[str]:
    """The fields of a record of one field that holds them; behind it may stand blanks of other columns."""
    if len(record) != 1:
        return [*record]
    text = record[0] if sign == ";" else record[0].rstrip(";")
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
