"""Cell addresses in A1 notation. Rows and columns count from one, as on the sheet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from klantwaarde_xl.errors import OddContent

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d*)(?::\$?([A-Za-z]{1,3})\$?([1-9]\d*))?")


class Area(NamedTuple):
    """A rectangle of cells, borders included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """`A1:C9`, or `A1` for one cell."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def overlaps(self, other: Area) -> bool:
        """Whether two areas share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def contains(self, other: Area) -> bool:
        """Whether all cells of another area are in this one."""
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


@lru_cache(MOST_COLUMNS)
def column_letter(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(MOST_COLUMNS)
def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int, *, absolute: bool = False) -> str:
    """(3, 2) → B3, or $B$3."""
    return f"${column_letter(column)}${row}" if absolute else f"{column_letter(column)}{row}"


def area(reference: str) -> Area:
    """Read `B3`, `$B$3` or `B3:D9`; raises OddContent, a ValueError, for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise OddContent(reference, "een cel of bereik")
    top, left = int(match[2]), column_number(match[1])
    bottom = int(match[4]) if match[4] else top
    right = column_number(match[3]) if match[3] else left
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
