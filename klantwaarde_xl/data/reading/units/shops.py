"""Shops, branches and tills that each number their own receipts: one number in two of them is two orders."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.customers.nobody import GUESTS
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import ABSENT, as_option, plain
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

# A number of what is made in one place; an order may be sent from several
_RECEIPT = re.compile("bon(nr|nummer|no|id)?$|receipt|ticket|kassa|beleg")
_SOME = 4  # so many times as often a number is that of one order, before that needs no question
# What a receipt is made in, and no other thing; with what it is called by
_NAMED = "(nr|nummer|naam|name|no|number|id|code)?"
_OF_RECEIPTS = re.compile(
    f"(filiaal|vestiging|kassa|branch|till|register|cashregister|terminal|kasse){_NAMED}"
)
# A seller, or where a line comes from, may be called so as well: lines of one order can differ in it
_OF_EITHER = re.compile(
    "(winkel|shop|store|outlet|locatie|location|verkooppunt|verkooplocatie|winkellocatie|salespoint|pos|"
    f"pointofsale|poslocation|station|filiale|magasin|verkoopkanaal|kanaal|channel|saleschannel){_NAMED}"
)


def keep_shops_apart(export: Export) -> None:
    """Make a shop part of the numbers of its orders where another shop has the same numbers.

    That shows where the rows of one number in two shops differ in day or customer, and no fewer do than are
    of one customer and day, as lines of one order are. Then makes table order_numbers (rij, nr) too.
    """
    if not export.has("order"):
        return
    taken = {*export.places.values()}
    for place, header in enumerate(export.headers):
        name = plain(header)
        sure = _OF_RECEIPTS.fullmatch(name) is not None
        if place in taken or not (sure or _OF_EITHER.fullmatch(name)):
            continue
        cell, order = cell_of(place), export.shown("order")
        others, lines, either = export.rows(_counts(export, cell))[0]
        apart = _is_of_receipts(export) and (others or (sure and (lines or either)))
        if not apart and not (others and others >= lines) and not (sure and either and not lines):
            if lines and "order" not in export.named and (sure or _SOME * others >= lines):
                _ask(export, header.strip(), int(lines), int(others))
            continue
        # A line that goes on with an order leaves its shop to the first
        shop = f"""coalesce(nullif({cell}, ''), last_value(nullif({cell}, '') ignore nulls)
            over (partition by {order} order by rij))"""
        number_within(export, shop, header.strip())
        export.say(
            "rij",
            f"dezelfde nummers in {export.header('order')} komen bij meer dan één {header.strip()!r} voor: "
            "elk daarvan telt zijn eigen orders",
        )


def number_within(export: Export, shop: str, name: str) -> None:
    """Make what a row is in part of the number of its order, and table order_numbers (rij, nr) of these.

    shop: SQL of what it is in; name: what that is called.
    """
    text, order = export.text("order"), export.shown("order")
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (if({order} = '', '', concat_ws(' / ', {order}, {shop})) as {text})
            from raw join lines using (rij)""",
    )
    export.shops.append(name)
    keep_numbers(export)


def keep_numbers(export: Export) -> None:
    """Make table order_numbers (rij, nr) of numbers of orders that are no more what their cells hold."""
    numbers = f"select rij, {export.shown('order')} as nr from raw"
    export.con.execute(f"create or replace temp table order_numbers as {numbers}")


def _is_of_receipts(export: Export) -> bool:
    return _RECEIPT.search(plain(export.headers[export.places["order"]])) is not None


def _ask(export: Export, shop: str, lines: int, others: int) -> None:
    """Raise `Ambiguous` where a number goes on elsewhere for one customer and day, and in others does not.

    Where every number does, its orders are of several shops, which is said.
    """
    number = export.header("order")
    if not others:
        export.say(
            "rij",
            f"nummers in {number} gaan door in een andere {shop!r}, van dezelfde klant en dag: één order",
        )
        return
    raise Ambiguous(
        f"Dezelfde nummers in {number} staan bij meer dan één {shop!r}: {format_number(lines, 0)} keer van "
        f"dezelfde klant en dag, {format_number(others, 0)} keer van een andere. Is dat één order, of heeft "
        "elk daarvan eigen nummers?",
        where=f"kolom {shop!r}",
        remedy=f"Eén order: {as_option(export.headers, 'order', export.places['order'])}. Eigen nummers: zet "
        f"ze in het bestand achter elkaar in één kolom (zoals '{shop} 1 / 1001') en noem die na order=; is "
        f"elke rij een eigen order, dan --kolommen order={ABSENT}.",
    )


def _counts(export: Export, cell: str) -> str:
    """SQL: how often a number goes on in another shop, with another day or customer; the same; for nobody."""
    order, day, customer = map(export.shown, ("order", "datum", "klant"))
    guests = ", ".join(f"'{word}'" for word in GUESTS)
    customer = f"if(lower({customer}) in ({guests}), '', {customer})"
    return f"""
        with said as (
          select {order} as nr, {day} as day, {customer} as klant, {cell} as shop, rij,
            row_number() over (order by rij) as spot from raw join lines using (rij)
        ), pairs as (
          select day <> lag(day) over rows_of or klant <> lag(klant) over rows_of
              or (klant = '' and spot > 1 + lag(spot) over rows_of) as differs, klant
          from said where nr <> '' and day <> '' and shop <> ''
          window rows_of as (partition by nr order by rij)
          qualify shop <> lag(shop) over rows_of)
        select count(*) filter (differs), count(*) filter (not differs and klant <> ''),
          count(*) filter (not differs and klant = '') from pairs"""
