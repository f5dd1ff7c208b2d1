"""An amount that is the same on all lines of an order, of each line or of it: what tells, and what to ask."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_MOSTLY, _CENTS = 0.8, 0.015
_OF_A_TOTAL = re.compile("^(order|bestel|eind|grand)?(total|totaal|totaux)|(total|totaal)$")


def line_or_order(export: Export, several: int, equal: int) -> Ambiguous:
    """What to ask where lines of an order have one amount; several, equal: orders of lines, and such ones."""
    example = export.rows("""
        select nr, count(*), min(bedrag) from line_read where nr is not null group by orde, nr
        having count(*) > 1 and min(bedrag) = max(bedrag) order by min(rij) limit 1""")[0]
    amount = format_number(float(example[2]), 2)
    each, once = "--regels optellen (elke regel telt)", "--regels ordertotaal (het telt één keer)"
    is_total = _OF_A_TOTAL.search(plain(export.headers[export.places["bedrag"]])) is not None
    if is_total and not costs_one_as_much(export):
        each, once = once, each
    return Ambiguous(
        f"Bij {equal} van de {several} orders met meer regels staat op elke regel hetzelfde bedrag. Is dat "
        "van de regel, of van de hele order?",
        where=f"kolom {export.header('bedrag')}, order {example[0]}: {example[1]} regels van {amount}",
        remedy=f"Zeg het: {each} of {once}.",
    )


def is_total_by_prices(export: Export) -> bool | None:
    """Whether the amount is that of the order, by the prices beside it; None where they do not tell.

    A ticket of 46,50 with its fee is nearer to its own price of 45 than to that of the whole order.
    """
    if not export.has("stukprijs"):
        return None
    if _is_pieces_times_price(export):
        return False
    pieces = "coalesce(tx.aantal, 1)" if export.has("aantal") else "1"
    orders, of_line, of_order = export.rows(f"""
        with priced as (
          select orde, tx.bedrag as amount, {pieces} * tx.stukprijs as own, count(*) over whole_order as n,
            sum({pieces} * tx.stukprijs) over whole_order as whole
          from line_read join tx using (rij) where nr is not null window whole_order as (partition by orde)
        ), apart as (
          select max(abs(amount - own)) as from_own, max(abs(amount - whole)) as from_whole
          from priced where n > 1 group by orde having count(own) = count(*) and min(own) > 0
        )
        select count(*), count(*) filter (from_own < from_whole), count(*) filter (from_whole < {_CENTS})
        from apart""")[0]
    if orders and of_line >= _MOSTLY * orders:
        return False
    return True if orders and of_order >= _MOSTLY * orders else None


def _is_pieces_times_price(export: Export) -> bool:
    """Whether the amount is that of the line: so many pieces at that price."""
    if not export.has("aantal"):
        return False
    lines, fits = export.rows(f"""
        select count(*), count(*) filter (abs(bedrag - aantal * stukprijs) < {_CENTS})
        from tx where aantal is not null and stukprijs is not null""")[0]
    return bool(lines) and fits >= _MOSTLY * lines


def costs_one_as_much(export: Export) -> bool:
    """Whether each amount that all lines of an order have is that of orders of one line too: a price."""
    return not export.rows("""
        with orders as (select min(bedrag) as low, max(bedrag) as high, count(*) as n from line_read
            where nr is not null and bedrag > 0 group by orde)
        select 1 from orders where n > 1 and low = high and low not in (select low from orders where n = 1)
        limit 1""")
