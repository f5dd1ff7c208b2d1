"""An amount that is the same on all lines of an order, of each line or of it: which answer is first."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_OF_A_TOTAL = re.compile("^(order|bestel|eind|grand)?(total|totaal|totaux)|(total|totaal)$")


def line_or_order(export: Export, several: int, equal: int) -> Ambiguous:
    """What to ask where lines of an order have one amount; several, equal: orders of lines, and such ones."""
    example = export.rows("""
        select nr, count(*), min(bedrag) from line_read where nr is not null group by orde, nr
        having count(*) > 1 and min(bedrag) = max(bedrag) order by min(rij) limit 1""")[0]
    amount = format_number(float(example[2]), 2)
    each, once = "--regels optellen (elke regel telt)", "--regels ordertotaal (het telt één keer)"
    is_total = _OF_A_TOTAL.search(plain(export.headers[export.places["bedrag"]])) is not None
    if is_total and not _costs_one_as_much(export):
        each, once = once, each
    return Ambiguous(
        f"Bij {equal} van de {several} orders met meer regels staat op elke regel hetzelfde bedrag. Is dat "
        "van de regel, of van de hele order?",
        where=f"kolom {export.header('bedrag')}, order {example[0]}: {example[1]} regels van {amount}",
        remedy=f"Zeg het: {each} of {once}.",
    )


def _costs_one_as_much(export: Export) -> bool:
    """Whether each amount that all lines of an order have is that of orders of one line too: a price."""
    return not export.rows("""
        with orders as (select min(bedrag) as low, max(bedrag) as high, count(*) as n from line_read
            where nr is not null and bedrag > 0 group by orde)
        select 1 from orders where n > 1 and low = high and low not in (select low from orders where n = 1)
        limit 1""")
