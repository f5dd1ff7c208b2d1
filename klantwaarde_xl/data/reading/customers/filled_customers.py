"""Customers in a column that is mostly blank, beside one that says of more rows who they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import accepted, forms, plain
from klantwaarde_xl.data.reading.naming.lone_columns import name_alone
from klantwaarde_xl.data.tables import Table

_MOSTLY = 0.5
# Addresses, and names, of who is no customer
_OF_OTHERS = re.compile(
    "seller|verkoper|shop|store|winkel|agent|staff|host|employee|medewerker|personeel|manager|afzender|sender|"
    "user|gebruiker|owner|eigenaar|supplier|leverancier|contact.?us|created|aangemaakt"
)
_PEOPLE = frozenset(["guest", "gast", "gasten", "guests", "booker", "boeker", "hoofdboeker"])


def with_filled_customer(
    rows: Rows, table: Table, places: Mapping[str, int], named: Mapping[str, str] | None
) -> dict[str, int]:
    """The places of our columns, with the customer from a fuller column where its own is mostly blank.

    An e-mail address goes before a name. Of a column that is empty any customer's word will do.
    """
    found = dict(places)
    own = found.get("klant")
    if own is None or "klant" in (named or {}) or not table.of_orders:
        return found
    words = {word for column in table.read if column.name == "klant" for word in accepted(column)} | _PEOPLE
    free = [
        at
        for at, header in enumerate(rows.headers)
        if at not in [place for name, place in found.items() if name != "mail"]
        and not _OF_OTHERS.search(plain(header))
    ]
    mails = [at for at in free if rows.column(at).filled and rows.column(at).is_mails]
    names = [at for at in free if set(forms(rows.headers[at])) & words]
    if not names:  # above `Name` alone may stand who bought
        others = {name: at for name, at in found.items() if name != "klant"}
        names = [*name_alone([plain(header) for header in rows.headers], others, rows.few).values()]
    if not mails and not names:
        return found
    # Lines that go on with an order may leave out its customer and day
    total, filled = filled_in(rows, found.get("datum", own)), filled_in(rows, own)
    if filled >= _MOSTLY * total:
        return found
    for at in (*mails, *(names if not filled else ())):
        if filled_in(rows, at) > _MOSTLY * total:
            found["klant"] = at
            return found
    return found


def filled_in(rows: Rows, place: int) -> int:
    """How many rows have a column filled."""
    if rows.are_all:
        return sum(row[place] != "" for row in rows.first)
    there = f"rij > {rows.header_row} and {rows.cell(place)} <> ''"
    return int(rows.con.execute(f"select count(*) from lines where {there}").fetchall()[0][0])
