"""Days that are a number alone, `5` below a title `Omzet maart 2024`: it names the month that they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.days.months_above import DAY, put_below_months
from klantwaarde_xl.data.reading.days.without_year import per_part, titles_of
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.dutch import MONTH_NUMBER, MONTHS

_LONG = "|".join(sorted((name for name in MONTH_NUMBER if len(name) > 2), key=len, reverse=True))
_MONTH = re.compile(rf"(?<![^\W\d_])({_LONG})(?![^\W\d_])", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/_. ]?(0[1-9]|1[0-2])|(0[1-9]|1[0-2])[-/_. ](?:19|20)\d\d)(?!\d|[-/]\d)"
)


def add_month(export: Export, raw: RawText, first: Sequence[str]) -> bool:
    """Write the month behind days that are a number alone, where a title, the sheet or the file names one.

    raw: whose name and titles may say it; of each part its own; first: the first texts of the column. The
    year is for who looks for that. Returns whether anything was written.
    """
    if not raw.below and put_below_months(export):
        return True
    if not first or not all(re.fullmatch(DAY, text) for text in first):
        return False
    shown = f"ltrim({export.shown('datum')}, '{MARK}')"
    if export.rows(f"select 1 from raw where not regexp_full_match({shown}, '({DAY})?') limit 1"):
        return False
    months = {
        at: month for at, part in enumerate((raw, *raw.below)) if (month := _month_of(export, raw, part, at))
    }
    if len(months) < 1 + len(raw.below):
        return False
    cases = " ".join(f"when {at} then ' {month}'" for at, month in months.items())
    column = export.text("datum")
    behind = f"case rij // {per_part(raw)} {cases} end"
    make_table(
        export.con,
        "raw",
        f"select * replace (if({shown} = '', {column}, {shown} || {behind}) as {column}) from raw",
    )
    named = ", ".join(dict.fromkeys(months.values()))
    export.say("datum", f"dagen zonder maand staan in {named}, naar de titel, het blad of het bestand")
    return True


def _month_of(export: Export, raw: RawText, part: RawText, number: int) -> str:
    """The one month that a part is of, by its name; empty where nothing names one, or more are named."""
    source = raw.source.parts[number] if raw.below else part.source
    names = [
        *part.titles,
        *titles_of(export, raw, number),
        source.sheet,
        source.path.stem if source.path else "",
    ]
    for text in names:
        found = {MONTH_NUMBER[word.casefold()] for word in _MONTH.findall(text)}
        found |= {int(one or other) for one, other in _NUMBERED.findall(text)}
        if found:
            return MONTHS[found.pop() - 1] if len(found) == 1 else ""
    return ""
