"""Addresses that a marketplace makes up for each order: one customer is seen as many. Asked about."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.customers.named_customers import name_places
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import as_option, forms, plain
from klantwaarde_xl.data.reading.naming.words import MAILS
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

# Marketplaces and booking sites, and what the part of a domain is called that passes mail on
_SITES = (
    "bol|amazon|ebay|etsy|kaufland|zalando|fruugo|cdiscount|manomano|conrad|marktplaats|vinted|booking|airbnb|"
    "expedia|expediapartnercentral|agoda|hotels|vrbo|homeaway|natuurhuisje|thuisbezorgd|ubereats|treatwell"
)
_PASSES_ON = "marketplace|verkopen|guests?|members|relay|reply|messages?|messaging|buyers?|anon[a-z]*|proxy"
_RELAYS = rf"\S+@(([a-z0-9-]+\.)*({_PASSES_ON})\.[a-z0-9.-]+|([a-z0-9-]+\.)+({_SITES})\.[a-z.]+)"
_FEWEST = 3


def ask_relays(export: Export) -> None:
    """Raise `Ambiguous` where several such addresses have one order each, and none has more.

    Table customers has how many rows each customer has. Nothing is asked of a column that the user named.
    """
    if "klant" in export.named or not set(forms(export.headers[export.places["klant"]])) & set(MAILS):
        return
    if not export.may_be_a_customer(re.compile(_RELAYS, re.ASCII).fullmatch):
        return
    relays = f"select k, n, first from customers where regexp_full_match(lower(k), '{_RELAYS}')"
    if not export.rows(f"select 1 from customers where regexp_full_match(lower(k), '{_RELAYS}') limit 1"):
        return
    count, example = export.rows(f"select count(*), arg_min(k, first) from ({relays})")[0]
    customer, day = export.text("klant"), export.text("datum")
    again = export.rows(f"""select 1 from raw where {customer} in (select k from ({relays}) where n > 1)
        group by {customer} having count(distinct {day}) > 1 limit 1""")
    if count < _FEWEST or again:
        return
    raise Ambiguous(
        f"In {export.header('klant')} staan {format_number(count, 0)} adressen van een marktplaats "
        f"({_domain(example)}), elk bij één order: zo is wie vaker koopt elke keer een ander.",
        where=f"kolom {export.header('klant')}",
        remedy=_remedy(export),
    )


def _domain(address: str) -> str:
    return "…" + re.sub("^[^@]*", "", address)


def _remedy(export: Export) -> str:
    own = f"Is elk adres één klant: {as_option(export.headers, 'klant', export.places['klant'])}."
    places = name_places(export) or _weak_names(export)
    if not places or not export.rows(
        f"select 1 from raw join lines using (rij) where {cell_of(places[-1])} <> '' limit 1"
    ):
        return f"Zijn de klanten niet te herkennen, lees dan alleen de omzet: --kolommen klant=-. {own}"
    return f"Zegt de naam wie het is: {as_option(export.headers, 'klant', places[-1])}. {own}"


def _weak_names(export: Export) -> list[int]:
    """A column that is just called name, where no cell has the digits of an order or an article."""
    names = [at for at, header in enumerate(export.headers) if plain(header) in ("name", "recipientname")]
    return [
        at
        for at in names
        if at not in export.places.values()
        and not export.rows(f"""select 1 from raw join lines using (rij)
            where regexp_matches({cell_of(at)}, '[0-9#]') limit 1""")
    ]
