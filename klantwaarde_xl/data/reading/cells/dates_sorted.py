"""The order of dates that the rows show: an export that stands by its days does so in one reading only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.cells.dates_order import Question, Read
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.data.reading.sources.text import TextColumn

if TYPE_CHECKING:
    import duckdb

BECAUSE = "zo staan de rijen op volgorde"
_MOST = 10_000  # rows that are looked at
_ENOUGH = 8  # times that the day changes from one row to the next


def by_rows(
    con: duckdb.DuckDBPyConnection, column: TextColumn, question: Question, found: Read
) -> str | None:
    """The one order in which the rows stand by their days, up or down; None where none or several do.

    Rows that stand by the text of the cell tell nothing: a spreadsheet sorts dates that are text so.
    """
    rows = con.execute(
        f"""select rij // {PART}, bare from raw join date_text on {column.text} = written
            where bare <> '' order by rij limit {_MOST}"""
    ).fetchall()
    pairs = [(one, other) for (part, one), (next_, other) in pairwise(rows) if part == next_ and one != other]
    if _ways(pairs) in (1, -1):
        return None
    ways = {}
    for order in question.orders:
        days = {text: day for text, read in found.items() if (day := getattr(read, order))}
        if any(text not in days for _, text in rows):
            return None
        ways[order] = _ways([(days[one], days[other]) for one, other in pairs])
    sorted_ = [order for order, way in ways.items() if way]
    return sorted_[0] if len(sorted_) == 1 else None


def _ways(pairs: Sequence[tuple[Any, Any]]) -> int:
    """1 where enough pairs all go up, -1 where they go down, 0 for any other; of days or texts."""
    up = sum(one < other for one, other in pairs)
    down = len(pairs) - up
    if len(pairs) < _ENOUGH or min(up, down):
        return 0
    return 1 if up else -1
