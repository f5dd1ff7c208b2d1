"""Files of something else than orders: lists of customers or contracts, and names that may be of articles."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.quotes import AGREED, hold_quotes
from klantwaarde_xl.data.reading.kinds.statuses import statuses_in
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.naming.other_lists import other_list
from klantwaarde_xl.errors import Ambiguous, FileUnreadable

_RECEIPT = re.compile(
    "(kassa)?bon(nr|nummer|no|id)?|receipt(nr|no|number|id)?|kassaticket|ticketnr|ticketnummer"
)


def refuse_others(export: Export) -> None:
    """Raise for a file of customers, contracts, or maybe articles, where the user pointed out no column."""
    if "bedrag" not in export.named and not export.has("order"):
        _refuse_lists(export)
    if "klant" in export.named or not export.has("klant"):
        return
    header = export.headers[export.places["klant"]].strip()
    if plain(header) in ("naam", "name", "id") and export.has("aantal") and _may_be_articles(export):
        raise Ambiguous(
            f"Kolom {header!r} kan de klant zijn, en ook het artikel.",
            remedy=f'Zegt zij wie de klant is: --kolommen "klant={header}". Zegt zij welk '
            "artikel, dan is er een export met de klant nodig; zonder is elke order van een gast: "
            f"--kolommen klant={ABSENT}.",
        )


def _may_be_articles(export: Export) -> bool:
    """Whether names beside pieces may be of articles: there is a price, a receipt, or an order of several."""
    if export.has("stukprijs") or any(_RECEIPT.fullmatch(plain(header)) for header in export.headers):
        return True
    if not export.has("order"):
        return False
    number, name, day = map(export.shown, ("order", "klant", "datum"))
    return bool(
        export.rows(f"""select 1 from raw where {number} <> '' and {name} <> '' group by {number}, {day}
            having count(distinct {name}) > 1 limit 1""")
    )


def _refuse_lists(export: Export) -> None:
    def once(place: int) -> float:
        cell = f"nullif(trim(cast(c{place} as varchar)), '')"
        return float(
            export.rows(f"select count(distinct {cell}) / greatest(count({cell}), 1) from lines "
                        f"where rij > {export.header_row}")[0][0]
        )  # fmt: skip

    agreed = any(AGREED.fullmatch(plain(header)) for header in export.headers)  # which is asked about
    if hold_quotes(export) and not agreed and not statuses_in(export.headers):
        raise FileUnreadable(
            "Dit lijkt een lijst van offertes, en geen kolom zegt welke zijn geaccepteerd.",
            remedy="Exporteer de facturen of orders, of de offertes met hun status. Is elke rij een verkoop, "
            f"zeg dan welke kolom het bedrag is: {_amount(export)}.",
        )
    if other := other_list(export.headers, export.places, once):
        raise FileUnreadable(
            f"Dit lijkt {other.what}.",
            where=f"kolom {other.header!r}",
            remedy=f"{other.remedy} Is elke rij toch één order, zeg dan welke kolom het bedrag is: "
            f"{_amount(export)}.",
        )


def _amount(export: Export) -> str:
    """The option that says which column the amount is."""
    known = export.headers[export.places["bedrag"]].strip() if export.has("bedrag") else "…"
    return f'--kolommen "bedrag={known}"'
