"""The last day of what may still run: far ahead, and written as a day in 9999 where there is none."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.tables import Column
from klantwaarde_xl.dutch import FIRST_YEAR, format_number

# What programs write for "no end"; in 2099 only the last day of the year
_NEVER = r"(^|\D)(9999|2999)(\D|$)|^\D*(31-12-2099|2099-12-31|31/12/2099|12/31/2099)\b"


def latest_of(column: Column, today: dt.date) -> dt.date:
    """The day after whose next year a column holds no dates; two digits mean none after the last."""
    return dt.date(FIRST_YEAR + 98, 12, 31) if column.not_before or column.ahead else today


def read_endless(export: Export) -> None:
    """Empty the ends in raw that stand for none, and say how many these are."""
    for column in export.table.columns:
        if not column.not_before or not export.has(column.name):
            continue
        never = f"regexp_matches({export.shown(column.name)}, '{_NEVER}')"
        count = export.count(f"select count(*) from raw where {never}")
        if count:
            export.con.execute(f"update raw set {export.text(column.name)} = null where {never}")
            export.say(
                column.name, f"{format_number(count, 0)} keer een dag als 31-12-9999: dat is geen einde"
            )
