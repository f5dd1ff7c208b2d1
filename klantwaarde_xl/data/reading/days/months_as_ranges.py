"""Months that are written as their days, as programs for advertisements do.

These stand in one cell, `2026-01-01 - 2026-01-31`, or a row has a first and a last day of its own.
"""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.rewritten import rewrite
from klantwaarde_xl.data.reading.cells.terms import MONTH, Period
from klantwaarde_xl.data.reading.days.first_of_range import ends_of
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.data.tables import LAST_DAY, Kind
from klantwaarde_xl.errors import Ambiguous

_FIRST_DAY = re.compile("start|begin|van$|from|vanaf")
_ISO_MONTH = 7  # signs of a year and a month


def take_months(export: Export) -> None:
    """Write the first day in the place of a range of days within one month; other ranges are no month."""
    month = next((column for column in export.table.columns if column.kind is Kind.MONTH), None)
    if month is None or not export.has(month.name):
        return
    if type_of(export.con, export.text(month.name)) != TEXT:
        return
    shown = f"lower(ltrim({export.shown(month.name)}, '{MARK}'))"
    found = {}
    for (text,) in export.rows(f"select distinct {shown} from raw"):
        first, last = ends_of(text) or ("", "-")
        if first[:_ISO_MONTH] == last[:_ISO_MONTH]:
            found[text] = first
    if found:
        rewrite(export, month.name, shown, found)
        export.say(month.name, f"{next(iter(found))!r} is de maand waarin die dagen vallen")


def ask_long_ranges(export: Export) -> None:
    """Raise `Ambiguous` for a row whose last day lies in another month than its first, which would count."""
    month = next((column for column in export.table.columns if column.kind is Kind.MONTH), None)
    if month is None or not (export.has(month.name) and export.has(LAST_DAY)):
        return
    header = plain(export.headers[export.places[month.name]])
    if not _FIRST_DAY.search(header):
        return
    first, last = (export.values(name) for name in (month.name, LAST_DAY))
    for row, begin, end in export.rows(
        f"""select rij, f.v, l.v from {first} f join {last} l using (rij) join raw using (rij)
            where l.v > last_day(f.v) order by rij limit 1"""
    ):
        raise Ambiguous(
            f"Deze rij gaat over meer dan één maand: van {Period(begin, MONTH)} tot en met "
            f"{Period(end.replace(day=1), MONTH)}.",
            where=f"{export.source.at(row)}, kolom {export.headers[export.places[LAST_DAY]].strip()}",
            remedy="Exporteer met een rij per maand (in een advertentieprogramma: uitsplitsen naar maand). "
            f'Staat elke rij toch in één maand, en is dat een andere datum: --kolommen "{LAST_DAY}=-".',
        )
