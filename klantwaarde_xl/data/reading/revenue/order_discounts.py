"""A discount of a whole order that stands on its lines: it goes off once, also where each line has it."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import forms

OF_ORDER = "orderkorting"  # our column, beside the discount of a line
_NAMES_ORDER = re.compile(
    "order|bestel|cart|winkelwagen|mandje|factuur|invoice|auftrag|panier|commande|totale?korting"
)
_NAMES_LINE = re.compile("regel|line|item|artikel|product|stuk|position")


def repeated(export: Export) -> tuple[str, int, float] | None:
    """An order with one discount on all its lines, of which the amounts differ: number, lines, discount."""
    if not export.has("order"):
        return None
    # Of pieces times a price no line can have the total of its order
    differ = "min(b.v) <> max(b.v)" if "bedrag" in export.places else "true"
    found = export.rows(f"""{_lines(export)}
        having count(*) > 1 and count(d.v) = count(*) and min(d.v) = max(d.v) and any_value(d.v) <> 0
          and {differ} limit 1""")
    return found[0] if found else None


def is_of_order(export: Export) -> bool:
    """Whether a header says that its discount is of an order, and the lines of each order have one alone.

    A share of it on each line would differ where their amounts do.
    """
    known = forms(export.headers[export.places["korting"]])
    says = any(map(_NAMES_ORDER.search, known)) and not any(map(_NAMES_LINE.search, known))
    given = "count(*) filter (d.v <> 0)"
    other = f"""{_lines(export)} having count(distinct d.v) filter (d.v <> 0) > 1
        or {given} not in (0, 1, count(*))
        or (count(*) > 1 and {given} = count(*) and min(b.v) = max(b.v)) limit 1"""
    return says and not export.rows(other)


def _lines(export: Export) -> str:
    order = export.shown("order")
    return f"""select {order}, count(*), any_value(d.v) from raw join {export.values("bedrag")} b using (rij)
        left join {export.values("korting")} d using (rij) where {order} <> '' group by 1 """


def take_off_once(export: Export, words: str) -> str:
    """Take the discount of each order off its first line, and say so behind words (Dutch)."""
    discount, revenue = export.values(OF_ORDER), export.values("bedrag")
    number = f"coalesce(nullif({export.shown('order')}, ''), 'rij ' || rij)" if export.has("order") else "rij"
    export.set_values(
        "bedrag",
        f"""select b.rij, b.valuta, cast(b.v - coalesce(o.off, 0) as {AMOUNT}) as v from {revenue} b
            left join (select min(rij) as rij, if(sum(b.v) < 0, -1, 1) * max(abs(d.v)) as off
              from raw join {revenue} b using (rij) left join {discount} d using (rij)
              group by {number}) o using (rij)""",
    )
    return f"{words} min {export.header(OF_ORDER)} (van de order, één keer)"
