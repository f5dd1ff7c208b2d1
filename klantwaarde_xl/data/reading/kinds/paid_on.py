"""A day on which orders were paid, blank for some, where no status says which count: they may be unpaid."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.statuses import statuses_of, usual
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

PAID_ON = re.compile(
    "(date)?paid(at|on|date|time)(date)?|(date|datum)(paid|betaald|betaling)|betaaldop|betaaldatum|bezahltam"
)
_INVOICE = re.compile("factuur|invoice|rechnung|facture|debiteur")
_FEWEST = 3


def ask_unpaid(export: Export) -> None:
    """Raise `Ambiguous` where a day of payment is blank for some orders, of which nothing else is said.

    An invoice that is open is a sale, and a line that goes on with an order leaves its day to the first.
    """
    told = {plain(header) for header, _ in export.reading.by_user}
    if any(_INVOICE.match(plain(header)) for header in export.headers):
        return
    if statuses_of(export) or export.flags or Fate.OPEN in usual(export) or export.reading.counted:
        return
    for place, header in enumerate(export.headers):
        name = plain(header)
        if not PAID_ON.fullmatch(name) or name in told or place in export.places.values():
            continue
        cell = cell_of(place)
        of = f"coalesce(nullif({export.shown('order')}, ''), 'rij ' || rij)" if export.has("order") else "rij"
        paid, blank, first, both = export.rows(f"""
            select count(*) filter (filled), count(*) filter (not filled), min(rij) filter (not filled),
              count(*) filter (filled and gaps)
            from (select {of} as nr, bool_or({cell} <> '') as filled, bool_or({cell} = '') as gaps,
                    min(rij) as rij
                  from raw join lines using (rij) group by 1)""")[0]
        if not blank or both or paid < blank or paid + blank < _FEWEST:
            continue
        shown = header.strip()
        orders = "1 order" if blank == 1 else f"{format_number(blank, 0)} orders"
        raise Ambiguous(
            f"Kolom {shown!r} is bij {orders} leeg: niet betaald?",
            where=export.source.at(first),
            remedy=f'Telt dat niet: --zonder "{shown}=". Telt alles: --alleen "{shown}=*".',
        )
