"""When a row under a table looks like a row of it, by what its cells hold: one rule for every host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.references import covers_rows

MOST_LOOKED_AT = 1000  # rows: who leaves more under a table has another table there
_FEWEST = 2  # columns: one value looks like anything


class Seen(NamedTuple):
    """What a cell holds: whether it is a number (or a day), None for nothing; the text of its formula."""

    is_number: bool | None
    formula: str | None = None


NOTHING = Seen(None)


def first_alike(first: Sequence[Seen], rows: Iterable[tuple[int, Sequence[Seen]]]) -> int | None:
    """The number of the first row that looks like the first of the table; None without one.

    first: the cells of that; rows: those under it, by their number. Such a row has a number where the first
    row has one that was typed, a text where that has a text, and no formula over other rows.
    """
    kinds = {
        at: one.is_number for at, one in enumerate(first) if one.is_number is not None and one.formula is None
    }
    if len(kinds) < _FEWEST:
        return None
    return next((number for number, cells in rows if _is_alike(number, cells, kinds)), None)


def is_in_way(one: Area, row: int, table: Area) -> bool:
    """Whether a row is, in the columns of a table, of something else: another table, merged cells."""
    return one.top <= row <= one.bottom and one.left <= table.right and one.right >= table.left


def _is_alike(number: int, cells: Sequence[Seen], kinds: Mapping[int, bool | None]) -> bool:
    return all(
        cells[at].is_number is is_number and not covers_rows(cells[at].formula or "", number)
        for at, is_number in kinds.items()
    )
