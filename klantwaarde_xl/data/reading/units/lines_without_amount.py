"""An order's number that its lines show: the amount stands on the first line of each, and on no other."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE

_ENOUGH = 3  # orders of several lines


def with_number_of_lines(rows: Rows, found: Mapping[str, int], named: Mapping[str, str]) -> dict[str, int]:
    """The places of our columns, with the order's number where that is under a header that we do not know.

    Of every value the rows stand together, the first of them has an amount and no other one does.
    """
    places = dict(found)
    amount, day = found.get("bedrag"), found.get("datum")
    if amount is None or day is None or "order" in found or named.get("order") == ABSENT:
        return places
    if not any(row[day].strip() and not row[amount].strip() for row in rows.first):
        return places
    for place, header in enumerate(rows.headers):
        name = plain(header)
        if not name or place in found.values() or name in OF_AN_ARTICLE:
            continue
        if _numbers(rows, place, amount, day):
            return {**places, "order": place}
    return places


def _numbers(rows: Rows, place: int, amount: int, day: int) -> bool:
    values, runs, heads, paid, several = rows.con.execute(f"""
        with line as (
          select rij, {rows.cell(place)} as nr, {rows.cell(amount)} <> '' as paid from lines
          where rij > {rows.header_row} and {rows.cell(day)} <> ''
        ), told as (
          select *, nr is distinct from lag(nr) over (order by rij) as head,
            nr is not distinct from lead(nr) over (order by rij) as goes_on from line
        )
        select count(distinct nr), count(*) filter (head), count(*) filter (head and paid),
          count(*) filter (paid), count(*) filter (head and goes_on) from told""").fetchall()[0]
    return bool(values == runs == heads == paid and several >= _ENOUGH)
