"""Rows that pay one order, a deposit and the rest: they make one order, on the day of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.parts_of_payments import column_of_parts
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_THE_ORDER, ORDER
from klantwaarde_xl.dutch import format_count, format_rows

# Of an order or a project; the number of who pays, of what was bought or of the payment is none
_NUMBER = re.compile(
    "^(?!.*(?:klant|customer|debiteur|relatie|client|lid|member|artikel|article|product|item|sku|iban|rekening|"
    "account|payment|betaling|transacti|volg|termijn|betaal))"
    ".*(?:nr|nummer|number|no|num|id|code|ref|referentie|reference|dossier|project|opdracht|offerte|boeking|"
    "booking|reservering|reservation|order|bestelling)$"
)
_PAID_ON = re.compile(
    "(datum|date)?(van|of)?(de)?(betaaldatum|betaaldop|betalingsdatum|datumbetaald|datumbetaling|betaaldag|"
    "paymentdate|paidon|paidat|datepaid|dateofpayment|zahlungsdatum|bezahltam|datedepaiement|ontvangstdatum|ontvangenop)"
)
_LONGEST = 366  # days between the first and the last payment
_SHOWN = 4  # words


@dataclass(frozen=True)
class Joined:
    """The column of the number that joined parts, None for none; of_parts: whether amounts are theirs."""

    place: int | None = None
    of_parts: bool = False


def join_parts(export: Export) -> Joined:
    """Give rows of tx that pay one order in parts the day of the first, so that its number joins them."""
    column = column_of_parts(export)
    if column is None:
        return _join_payments(export)
    place, parts = column
    words, firsts = [*parts], [word for word, which in parts.items() if which == 1]
    taken = {place, *export.places.values()}
    free = [
        at for at, header in enumerate(export.headers) if at not in taken and _NUMBER.search(plain(header))
    ]
    numbers = [export.places["order"]] if export.has("order") else free
    header, said, shown = export.headers[place].strip(), cell_of(place), ", ".join(map(repr, words[:_SHOWN]))
    for number in numbers if "order" not in export.absent else ():
        nr = cell_of(number)
        export.con.execute(
            f"""create or replace temp table parts_paid as
                select rij, min(dag) over one as first_day,
                  if(count(*) filter (is_first) over one = 1, count(*) over one, 0) as parts,
                  dense_rank() over (order by nr, who) as orde
                from (select tx.rij, dag, {nr} as nr, coalesce(klant, '') as who,
                        list_contains($firsts, {said}) as is_first
                      from tx join lines using (rij)
                      where list_contains($words, {said}) and bedrag > 0 and {nr} <> '')
                window one as (partition by nr, who)""",
            {"words": words, "firsts": firsts},
        )
        orders = export.count("select count(distinct orde) from parts_paid where parts > 1")
        if not orders:
            continue
        export.con.execute(
            "update tx set dag = first_day from parts_paid p where p.rij = tx.rij and parts > 1"
        )
        name = export.headers[number].strip()
        export.say(
            "rij",
            f"{format_count(orders, 'order is', 'orders zijn')} in delen betaald "
            f"(kolom {header!r}: {shown}): elk één order (kolom {name!r}), op de dag van de "
            "eerste betaling; telt elk deel apart: --kolommen order=-",
        )
        return Joined(number, _are_of_parts(export))
    rows = export.rows(
        f"select count(*) from tx join lines using (rij) where list_contains($words, {said})",
        {"words": words},
    )[0][0]
    export.say(
        "rij",
        f"{format_rows(rows)} met een deel van een betaling (kolom {header!r}: {shown}) tellen elk als "
        "order: de omzet klopt, het aantal orders is te hoog. Een kolom met het nummer van de order voegt "
        "ze samen",
    )
    return Joined()


def _are_of_parts(export: Export) -> bool:
    """Whether amounts are of a part: by its header none is of the whole order."""
    amount = forms(export.headers[export.places["bedrag"]]) if export.has("bedrag") else ()
    return not {*amount} & {*OF_THE_ORDER}


def _join_payments(export: Export) -> Joined:
    """As `join_parts`, of payments on other days of what has one number and one customer.

    The header of the day says that a row is a payment. A number that two customers have is of a till.
    """
    if not (export.has("order") and export.has("klant")) or "order" in export.absent:
        return Joined()
    day = export.headers[export.places["datum"]].strip()
    place = export.places["order"]
    if not _PAID_ON.fullmatch(plain(day)) or not {*forms(export.headers[place])} & {*ORDER}:
        return Joined()
    number = cell_of(place)
    export.con.execute(f"""
        create or replace temp table payments_of as
        select {number} as nr, any_value(klant) as who, min(dag) as first_day
        from tx join lines using (rij) where {number} <> '' group by 1
        having min(dag) < max(dag) and min(dag) > max(dag) - {_LONGEST}
          and count(distinct coalesce(klant, '')) = 1 and who <> '' and min(bedrag) > 0""")
    orders = export.count("select count(*) from payments_of")
    shared = f"""select count(*) from (select 1 from tx join lines using (rij) where {number} <> ''
        group by {number} having count(distinct coalesce(klant, '')) > 1)"""
    if not orders or export.count(shared) >= orders:
        return Joined()
    export.con.execute(f"""
        update tx set dag = first_day from payments_of p, lines l
        where l.rij = tx.rij and {number.replace(f"c{place}", f"l.c{place}")} = p.nr""")
    export.say(
        "rij",
        f"{format_count(orders, 'order is', 'orders zijn')} op meer dan één dag betaald (kolom {day!r}): elk "
        f"één order (kolom {export.header('order')}), op de dag van de eerste betaling; telt elke betaling "
        "apart: --kolommen order=-",
    )
    return Joined(place, _are_of_parts(export))
