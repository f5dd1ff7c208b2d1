"""Months or years by themselves above the rows of their days: `Maart 2025`, below it rows of `5` and `12`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.yearless import day_and_month
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.reading.sources.engine import make_rows, make_table
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import MONTH_NUMBER, MONTHS, format_count

DAY = "0?[1-9]|[12][0-9]|3[01]"
"""What a day that is a number alone matches."""

_NAMES = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_HEAD = re.compile(
    rf"\W*(?:(?:maand\W+)?({_NAMES})[\s.,:'-]*({_YEAR})?|(?:jaar\W+)?({_YEAR}))\W*", re.IGNORECASE
)
_TOTAL = re.compile(TOTAL, re.IGNORECASE)


def put_below_months(export: Export) -> bool:
    """Write the month, or the year, that stands above rows behind their days; whether that was done.

    Done where the column has nothing but heads, totals, and days of one kind that lack what the heads say; a
    head goes before all days, and has no customer and no amount.
    """
    known = export.sample.texts(export.places["datum"])
    if known is not None and not _HEAD.fullmatch(next(filter(None, known), "")):
        return False
    shown = f"ltrim({export.shown('datum')}, '{MARK}')"
    there = f"(from raw union all by name from blank) where {shown} <> ''"
    first = export.rows(f"select {shown} from {there} order by rij limit 1")
    if not first or not _HEAD.fullmatch(first[0][0]):
        return False
    own = [f"{export.shown(name)} = ''" for name in ("klant", "bedrag") if export.has(name)]
    seen = export.rows(f"select rij, {shown}, {' and '.join(own) or 'true'} from {there} order by rij")
    heads = {row: found for row, text, alone in seen if alone and (found := _HEAD.fullmatch(text))}
    days = [(row, text) for row, text, _ in seen if row not in heads and not _TOTAL.match(text)]
    months = all(re.fullmatch(DAY, text) for _, text in days)  # the heads say the month too
    if not days or seen[0][0] not in heads:
        return False
    above = _above(heads, [row for row, _ in days])
    if not all(bool(month) == months for month, _ in above):
        return False
    if not (months or all((parts := day_and_month(text)) and parts[0] for _, text in days)):
        return False
    written = [(row, _written(text, *head)) for (row, text), head in zip(days, above, strict=True)]
    export.leave_out(f"select unnest({[*heads]})", "een maand of jaar boven de rijen, geen order")
    make_rows(export.con, "dated", {"rij": "bigint", "v": "varchar"}, written)
    column = export.text("datum")
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(dated.v, {column}) as {column})
            from raw left join dated using (rij) order by rij""",
    )
    export.con.execute("drop table dated")
    what = "maand" if months else "jaar"
    export.say(
        "datum",
        f"dagen zonder {what} staan in {'de' if months else 'het'} {what} erboven: "
        f"{format_count(len(heads), what, 'maanden' if months else 'jaren')}",
    )
    return True


def _above(heads: dict[int, re.Match[str]], rows: Sequence[int]) -> list[tuple[str, str]]:
    """The month and the year of the last head above each row; empty for what it does not say.

    heads and rows are in order, a head before all rows. A month that says no year has that of the last head
    of a year above it.
    """
    found: list[tuple[str, str]] = []
    waiting, month, year, last_year = list(heads.items())[::-1], "", "", ""
    for row in rows:
        while waiting and waiting[-1][0] < row:
            month, own, alone = (part or "" for part in waiting.pop()[1].groups())
            last_year = alone or last_year
            year = own or last_year
        found.append((month, year))
    return found


def _written(text: str, month: str, year: str) -> str:
    """A day with the month and the year of its head, as a text that is read as any other."""
    if not month:
        day, of = day_and_month(text) or (text, "")
        return f"{day}-{of}-{year}" if of.isdigit() else f"{day} {of} {year}"
    return f"{text} {MONTHS[MONTH_NUMBER[month.casefold()] - 1]} {year}".strip()
