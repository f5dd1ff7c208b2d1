"""What was read without trouble, yet deserves a look before anyone believes the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.tables import plain

if TYPE_CHECKING:
    import duckdb

# A row of a total is no customer
TOTALS = "lower({0}) in ('totaal', 'total', 'som', 'subtotaal', 'subtotal', 'eindtotaal', 'grand total')"

_STATUS = frozenset(
    [
        "status",
        "orderstatus",
        "bestelstatus",
        "betaalstatus",
        "betalingsstatus",
        "financialstatus",
        "fulfillmentstatus",
    ]
)
_SHOWN = 6
_FEW_ROWS = 20


def notes(con: duckdb.DuckDBPyConnection, headers: Sequence[str], header_row: int) -> list[str]:
    """Say in Dutch what a user should know of the rows that were read.

    headers: of the whole file; header_row: its row number, above which nothing is data.
    """
    return [*_kinds(con), *_guests(con), *_spellings(con), *_statuses(con, headers, header_row)]


def _kinds(con: duckdb.DuckDBPyConnection) -> list[str]:
    refunds, free, double, future, skipped = con.execute("""
        select count(*) filter (cents < 0), count(*) filter (cents = 0),
          count(*) - count(distinct (klant, dag, cents)), count(*) filter (dag > current_date),
          (select count(*) from blank) from tx""").fetchall()[0]
    found = [
        (refunds, "retouren (negatief bedrag): ze verlagen de netto-omzet en tellen niet als order"),
        (free, "orders van 0 euro: ze tellen als order"),
        (double, "rijen die precies gelijk zijn aan een andere (klant, datum, bedrag): ze tellen allemaal"),
        (future, "orders met een datum in de toekomst: ze tellen pas mee als die dag er is"),
        (skipped, "rijen zonder datum en zonder bedrag: overgeslagen (vervolgregels van een order, totalen)"),
    ]
    return [f"{count} {text}" for count, text in found if count]


def _guests(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A customer with a fifth of all rows is more likely a guest account than a person."""
    rows = con.execute(
        """select klant, n, total from (select klant, count(*) as n, (select count(*) from tx) as total,
             (select count(distinct klant) from tx) as people from tx group by klant)
           where total >= ? and people > 5 and n * 5 >= total order by n desc""",
        [_FEW_ROWS],
    ).fetchall()
    return [
        f"klant {klant!r} heeft {n} van de {total} rijen: is dat één klant, of iedereen zonder account?"
        for klant, n, total in rows
    ]


def _spellings(con: duckdb.DuckDBPyConnection) -> list[str]:
    count = con.execute("""
        select count(*) from (select lower(klant) from tx group by 1 having count(distinct klant) > 1)
        """).fetchall()[0][0]
    return [f"{count} klanten verschillen alleen in hoofdletters: ze tellen apart"] if count else []


def _statuses(con: duckdb.DuckDBPyConnection, headers: Sequence[str], header_row: int) -> list[str]:
    """A column of order statuses is not looked at; so say which statuses are counted."""
    said = []
    for place, header in enumerate(headers):
        if plain(header) not in _STATUS:
            continue
        values = con.execute(
            f"""select c{place}, count(*) from lines where rij > ? and coalesce(c{place}, '') <> ''
                group by 1 order by 2 desc, 1 limit {_SHOWN}""",
            [header_row],
        ).fetchall()
        if len(values) > 1:
            shown = ", ".join(f"{value} ({count})" for value, count in values)
            said.append(f"kolom {header!r} zegt {shown}: alle rijen tellen mee, ook geannuleerde")
    return said
