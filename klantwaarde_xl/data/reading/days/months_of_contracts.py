"""Contracts that begin and end in a month, without a day: from its first day up to and including its last."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.data.reading.cells.month_columns import first_day
from klantwaarde_xl.data.reading.cells.rewritten import rewrite
from klantwaarde_xl.data.reading.cells.terms import MONTH
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.data.tables import Column

_LONGEST = dt.timedelta(days=31)  # month


def take_contract_months(export: Export, end: Column) -> None:
    """Write days in raw where all cells of the column of starts, or of ends, are months."""
    for name, is_last in ((end.not_before, False), (end.name, True)):
        if not export.has(name) or type_of(export.con, export.text(name)) != TEXT:
            continue
        shown = export.shown(name)
        texts = [text for (text,) in export.rows(f"select distinct {shown} from raw where {shown} <> ''")]
        months = {text: _month(text) for text in texts}
        if not texts or not all(months.values()):
            continue
        days = {text: _last(day) if is_last else day for text, day in months.items() if day}
        rewrite(export, name, shown, {text: day.isoformat() for text, day in days.items()})
        which = "tot en met haar laatste dag" if is_last else "vanaf haar eerste dag"
        export.say(name, f"{export.header(name)} heeft maanden: elke maand telt {which}")


def _month(text: str) -> dt.date | None:
    found = first_day(text, "", MONTH)
    return found[0] if found and found[1] == MONTH else None


def _last(month: dt.date) -> dt.date:
    return (month + _LONGEST).replace(day=1) - dt.timedelta(days=1)
