"""Numbers of customers that are others on each row, beside addresses that come again: they number rows."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.customers.nobody import MAILS_OF_NOBODY
from klantwaarde_xl.data.reading.naming.headers import as_option, forms
from klantwaarde_xl.data.reading.naming.words import CODES, NAMES
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import Ambiguous

_AGAIN = 2  # rows with an address that stands on another too: one can be two people at one address
_OF_ONE = 3  # orders of an address, in the middle of all: with more it may be of an office, or of the staff


def take_address(rows: Rows, places: dict[str, int], named: Mapping[str, str]) -> str:
    """Let the address say who somebody is where the number is another on each row; return what to say of it.

    Shops give who has no account a new number for each order. Names that differ at one address are of
    several people, who keep their numbers. Raises `Ambiguous` where there are so few addresses that they may
    be of who sold.
    """
    own, mail = places.get("klant"), places.get("mail")
    if own is None or mail is None or "klant" in named or set(CODES).isdisjoint(forms(rows.headers[own])):
        return ""
    order = places.get("order")
    seen = [(row[own], at if order is None else row[order]) for at, row in enumerate(rows.first) if row[own]]
    if len({number for number, _ in seen}) < len({unit for _, unit in seen}):
        return ""
    unit = "rij" if order is None else rows.cell(order)
    said = f"nullif(lower({rows.cell(mail)}), '')"
    code, address = rows.cell(own), f"if(regexp_full_match({said}, '{MAILS_OF_NOBODY}'), null, {said})"
    mailed = f"count(distinct {code}) filter ({address} is not null), count(distinct {address})"
    numbers, units, filled, different = rows.con.execute(f"""
        select count(distinct {code}), count(distinct {unit}), {mailed} from lines
        where rij > {rows.header_row} and {code} <> ''""").fetchall()[0]
    if numbers != units or filled - different < _AGAIN or 2 * filled < numbers:
        return ""
    if _are_several(rows, address):
        return ""
    number, who = rows.headers[own].strip(), rows.headers[mail].strip()
    if filled > _OF_ONE * different:
        raise Ambiguous(
            f"Kolom {number!r} is bij elke order een ander nummer, en {who!r} heeft maar "
            f"{format_count(different, 'adres', 'adressen')}: dat kan de klant zijn, en ook wie verkocht.",
            where=f"kolom {who}",
            remedy=f"Zegt het nummer wie de klant is: {as_option(rows.headers, 'klant', own)}. Zegt het "
            f"adres dat: {as_option(rows.headers, 'klant', mail)}.",
        )
    places["klant"] = mail
    del places["mail"]
    return (
        f"kolom {number!r} is bij elke order een ander nummer, en {who!r} komt terug: het adres zegt wie de "
        f"klant is; zo niet: {as_option(rows.headers, 'klant', own)}"
    )


def _are_several(rows: Rows, address: str) -> bool:
    """Whether most rows of addresses that come again have each their own name."""
    names = [at for at, header in enumerate(rows.headers) if set(forms(header)) & set(NAMES)]
    if not names:
        return False
    name = f"nullif(lower(concat_ws(' ', {', '.join(map(rows.cell, names))})), '')"
    many, different = rows.con.execute(f"""
        select coalesce(sum(n), 0), coalesce(sum(names), 0) from (
          select count(*) as n, count(distinct {name}) as names from lines
          where rij > {rows.header_row} and {address} is not null group by {address} having count(*) > 1)
        """).fetchall()[0]
    return bool(2 * different > many)
