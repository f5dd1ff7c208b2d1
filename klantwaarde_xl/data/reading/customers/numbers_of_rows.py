"""Numbers of customers that are others on each row, beside addresses that come again: they number rows."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import as_option, forms
from klantwaarde_xl.data.reading.naming.words import CODES

_AGAIN = 2  # rows with an address that stands on another too: one can be two people at one address


def take_address(rows: Rows, places: dict[str, int], named: Mapping[str, str]) -> str:
    """Let the address say who somebody is where the number is another on each row; return what to say of it.

    Shops give who has no account a new number for each order.
    """
    own, mail = places.get("klant"), places.get("mail")
    if own is None or mail is None or "klant" in named or set(CODES).isdisjoint(forms(rows.headers[own])):
        return ""
    order = places.get("order")
    seen = [(row[own], at if order is None else row[order]) for at, row in enumerate(rows.first) if row[own]]
    if len({number for number, _ in seen}) < len({unit for _, unit in seen}):
        return ""
    unit = "rij" if order is None else rows.cell(order)
    code, address = rows.cell(own), f"nullif(lower({rows.cell(mail)}), '')"
    mailed = f"count(distinct {code}) filter ({address} is not null), count(distinct {address})"
    numbers, units, filled, different = rows.con.execute(f"""
        select count(distinct {code}), count(distinct {unit}), {mailed} from lines
        where rij > {rows.header_row} and {code} <> ''""").fetchall()[0]
    if numbers != units or filled - different < _AGAIN or 2 * filled < numbers:
        return ""
    places["klant"] = mail
    del places["mail"]
    number, who = rows.headers[own].strip(), rows.headers[mail].strip()
    return (
        f"kolom {number!r} is bij elke order een ander nummer, en {who!r} komt terug: het adres zegt wie de "
        f"klant is; zo niet: {as_option(rows.headers, 'klant', own)}"
    )
