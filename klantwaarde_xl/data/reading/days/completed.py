"""Days that the file writes in part, or as a range, to whole days, before any of them is read."""

from __future__ import annotations

from klantwaarde_xl.data.reading.days.days_of_month import add_month
from klantwaarde_xl.data.reading.days.first_of_range import take_first_days
from klantwaarde_xl.data.reading.days.without_year import add_year
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of

_FIRST = 50  # cells by which it is seen how a column writes its days


def complete_days(export: Export, raw: RawText, last_year: int) -> None:
    """Give each day its month and year; raises as `add_year`, and takes what it takes."""
    if not export.has("datum") or type_of(export.con, export.text("datum")) != TEXT:
        return
    first = _first(export)
    if take_first_days(export, first):
        first = _first(export)
    if export.has("jaar"):
        return
    if add_month(export, raw, first):
        first = _first(export)
    add_year(export, raw, last_year, first)


def _first(export: Export) -> list[str]:
    """The first texts of the column of days, without what marks a typed cell."""
    shown = f"ltrim({export.shown('datum')}, '{MARK}')"
    return [text for (text,) in export.rows(f"select {shown} from raw where {shown} <> '' limit {_FIRST}")]
