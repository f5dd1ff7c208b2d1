"""Days in three columns, of years, months and days of the month: together they are the date of each row."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.parted_days import DAY_OF_MONTH, PART, month_of
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_rows, make_table
from klantwaarde_xl.data.reading.sources.marked import MARK


def join_days(export: Export) -> None:
    """Write the date of each row in the column of days, and say so; what is no date stays to be refused."""
    if not export.has(PART):
        return
    day, month, year = (export.shown(name) for name in ("datum", PART, "jaar"))
    bare = [f"ltrim({text}, '{MARK}')" for text in (day, month, year)]
    texts = export.rows(f"select distinct {', '.join(bare)} from raw where {day} <> ''")
    written = [
        (
            one,
            two,
            three,
            f"{first[:8]}{int(one):02d}" if first and DAY_OF_MONTH.fullmatch(one) else f"{one}-{two}-{three}",
        )
        for one, two, three in texts
        for first in (month_of(two, three),)
    ]
    make_rows(export.con, "parted_days", dict.fromkeys("dmyv", "varchar"), written)
    column = export.text("datum")
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(p.v, cast({column} as varchar)) as {column}) from raw
            left join parted_days p on p.d = {bare[0]} and p.m = {bare[1]} and p.y = {bare[2]}
            order by rij""",
    )
    export.con.execute("drop table parted_days")
    names = ", ".join(export.header(name) for name in ("datum", PART, "jaar"))
    export.say("datum", f"dag, maand en jaar staan in drie kolommen: {names}")
