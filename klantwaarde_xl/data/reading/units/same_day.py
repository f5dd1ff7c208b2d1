"""Rows with an article and without an order's number: those of one customer on one day may be one order."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import as_option, forms, name_of
from klantwaarde_xl.data.reading.naming.treatments import says_treatment
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE
from klantwaarde_xl.dutch import format_number

_OF_TAX = re.compile("btw|vat|tax")  # the rate of an order too


def said_of_days(export: Export) -> str:
    """What to say (Dutch) of customers with several rows on a day in table tx; empty without articles."""
    if "order" in export.absent or not _has_articles(export):
        return ""
    days = export.count("""select count(*) from (select 1 from tx where klant is not null and bedrag > 0
        group by klant, dag having count(*) > 1)""")
    if not days:
        return ""
    option = as_option(export.headers, "order", export.places["datum"])
    return (
        f"; {format_number(days, 0)} keer heeft één klant op één dag meer rijen: zijn dat regels van één "
        f"order, typ dan {option}"
    )


def discount_of_days(export: Export) -> str:
    """The answer that takes a discount off once of all rows of a customer on a day; empty where none says so.

    All of these rows have the same discount, beside other amounts, and no number of an order joins them.
    """
    if not {"klant", "datum", "bedrag", "korting"} <= export.places.keys():
        return ""
    if export.has("order") and export.rows(
        f"select 1 from raw where {export.shown('order')} <> '' group by {export.shown('order')} "
        "having count(*) > 1 limit 1"
    ):
        return ""
    who, day = export.shown("klant"), export.shown("datum")
    same = export.rows(f"""
        select 1 from raw join {export.values("bedrag")} b using (rij)
          left join {export.values("korting")} d using (rij)
        where {who} <> '' group by {who}, {day}
        having count(*) > 1 and count(d.v) = count(*) and min(d.v) = max(d.v) and any_value(d.v) <> 0
          and min(b.v) <> max(b.v) limit 1""")
    if not same:
        return ""
    names = {name: name_of(export.headers, export.places[at]) for name, at in _ANSWERS}
    return f'--kolommen "{",".join(f"{name}={header}" for name, header in names.items())}"'


_ANSWERS = (("orderkorting", "korting"), ("order", "datum"))  # our columns, by the place of which column


def _has_articles(export: Export) -> bool:
    if export.has("aantal") or any(map(says_treatment, export.headers)):
        return True
    return any(
        set(forms(header)) & OF_AN_ARTICLE and not _OF_TAX.search(header.casefold())
        for header in export.headers
    )
