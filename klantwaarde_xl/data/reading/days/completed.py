"""Days that the file writes in part, or as a range, to whole days, before any of them is read."""

from __future__ import annotations

from klantwaarde_xl.data.reading.days.days_of_month import add_month
from klantwaarde_xl.data.reading.days.first_of_range import take_first_days
from klantwaarde_xl.data.reading.days.without_year import add_year
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.text import RawText


def complete_days(export: Export, raw: RawText, last_year: int) -> None:
    """Give each day its month and year; raises as `add_year`, and takes what it takes."""
    take_first_days(export)
    add_month(export, raw)
    add_year(export, raw, last_year)
