"""Days and months without a year, `4 jan` and `maart`: the year that a title or a name says, else the user.

Nothing else tells it. Rows that run from December on into January have two years, and are asked about too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from klantwaarde_xl.data.reading.cells.yearless import day_and_month
from klantwaarde_xl.data.reading.cells.years_named import years_named
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_rows, make_table
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import PART, Source
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.dutch import MONTH_NUMBER
from klantwaarde_xl.errors import Ambiguous

_SURELY_A_DAY = re.compile(r"(?<!\d)([1-9]|29|3[01])$")  # no year has one digit, nor lies so far ahead
_HALF = 6  # months


def add_year(export: Export, raw: RawText, last_year: int, first: Sequence[str]) -> None:
    """Write a year behind each day of a column that has none, and say which and why.

    raw: whose name and titles may say it; last_year: no day lies after it; first: the first texts of the
    column. Raises `Ambiguous` where nothing tells the year, or more than one is told.
    """
    shown = f"ltrim({export.shown('datum')}, '{MARK}')"
    if not first or 2 * sum(day_and_month(text) is not None for text in first) < len(first):
        return
    texts = [text for (text,) in export.rows(f"select distinct {shown} from raw where {shown} <> ''")]
    days = {text: found for text in texts if (found := day_and_month(text))}
    if not _are_days(days, last_year, told=export.reading.year is not None):
        return
    years = _years(export, raw, shown, days)
    written = [
        (part, text, _written(found, year)) for part, year in years.items() for text, found in days.items()
    ]
    make_rows(export.con, "yearless", {"part": "bigint", "t": "varchar", "v": "varchar"}, written)
    column = export.text("datum")
    part = f"raw.rij // {per_part(raw)}"
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(y.v, {column}) as {column}) from raw
            left join yearless y on y.t = {shown} and y.part = {part} order by rij""",
    )
    export.con.execute("drop table yearless")


def _are_days(days: dict[str, tuple[str, str]], last_year: int, *, told: bool) -> bool:
    """Whether numbers are days and months, and no amount, or month and year: `31-12` can be no other."""
    numbers = [(int(day), int(month)) for day, month in days.values() if month.isdigit()]
    if not numbers:  # `jan-24` may be of 2024, `24-jan` hardly
        last = [text for text in days if text[-1].isdigit()]
        either = not any(_SURELY_A_DAY.search(text) for text in last)
        return told or not last or not either
    if any(min(pair) < 1 or max(pair) > 31 or min(pair) > 12 for pair in numbers):
        return False
    highest = max(max(pair) for pair in numbers)
    return told or highest > last_year % 100


def _years(export: Export, raw: RawText, shown: str, days: dict[str, tuple[str, str]]) -> dict[int, int]:
    """The year of each part of a source, by its number."""
    parts = (raw, *raw.below)
    if export.reading.year is not None:
        return dict.fromkeys(range(len(parts)), export.reading.year)
    found: dict[int, int] = {}
    for number, part in enumerate(parts):
        one, titles = part.source, [*part.titles, *titles_of(export, raw, number)]
        if raw.below:
            one = raw.source.parts[number]
        names = [*titles, one.sheet, one.path.stem if one.path else ""]
        told = next((years for text in names if (years := years_named(text))), set())
        if len(told) != 1 or _turns(export, raw, number, shown, days):
            raise _question(export, raw.source, shown, days, told)
        found[number] = told.pop()
        which = f" ({raw.source.short(one)})" if raw.below else ""
        text = next(text for text in names if years_named(text))
        export.say(
            "datum",
            f"datums zonder jaar{which} staan in {found[number]}, naar {text.strip()!r}; zo niet: --jaar",
        )
    return found


def per_part(raw: RawText) -> int:
    """By what a row is divided for the number of its part."""
    return PART if raw.below else 2 * PART


def titles_of(export: Export, raw: RawText, part: int) -> list[str]:
    """The lines of text above the header of a part."""
    cells = ", ".join(f"c{at}" for at in range(len(export.headers)))
    per = per_part(raw)
    rows = export.rows(f"""select concat_ws(' ', {cells}) from lines where rij // {per} = {part}
        and rij < {export.header_row} order by rij""")
    return [text for (text,) in rows if text.strip()]


def _turns(export: Export, raw: RawText, part: int, shown: str, days: dict[str, tuple[str, str]]) -> bool:
    """Whether days that run on in their order pass the end of a year."""
    rows = export.rows(f"select {shown} from raw where rij // {per_part(raw)} = {part} order by rij")
    months = [_month(days[text][1]) for (text,) in rows if text in days]
    steps = [after - before for before, after in pairwise(months)]
    back = [step for step in steps if step < 0]
    ahead = [step for step in steps if step > 0]
    few, many = sorted((back, ahead), key=len)
    return bool(few) and len(few) < len(many) and all(abs(step) >= _HALF for step in few)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTH_NUMBER[text]


def _written(parts: tuple[str, str], year: int) -> str:
    day, month = parts
    if not day:
        return f"{month} {year}"
    if not month.isdigit():
        return f"{year}-{MONTH_NUMBER[month]:02d}-{int(day):02d}"
    return f"{day}-{month}-{year}"


def _question(
    export: Export, source: Source, shown: str, days: dict[str, tuple[str, str]], told: set[int]
) -> Ambiguous:
    row, text = export.rows(f"""select rij, {shown} from raw where {shown} in (select unnest($texts))
        order by rij limit 1""", {"texts": list(days)})[0]  # fmt: skip
    why = ", en niets boven de kop, in de naam van het blad of van het bestand zegt welk"
    if len(told) > 1:
        why = f", en er worden er meer genoemd: {', '.join(map(str, sorted(told)))}"
    elif told:
        why = ", en zij lopen van december door in januari"
    return Ambiguous(
        f"Datums zoals {text!r} hebben geen jaar{why}.",
        where=f"{source.at(row)}, kolom {export.header('datum')}",
        remedy="Staan ze in één jaar, zeg dan welk: --jaar … (met uw jaar op de …). Zijn het er meer, zet "
        "dan in het bestand het jaar achter elke datum.",
    )
