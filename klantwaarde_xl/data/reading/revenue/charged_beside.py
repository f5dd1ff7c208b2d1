"""Material, travel and parts in columns beside hours times a rate: revenue too, or own costs? Asked."""

from __future__ import annotations

import re
from itertools import combinations, islice

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.headers import ABSENT, name_of, plain
from klantwaarde_xl.data.reading.revenue.sums import CENT
from klantwaarde_xl.errors import Ambiguous

_CHARGED = re.compile(
    "(totaal|bedrag)?(materia(al|len|ux)|onderdelen|voorrij|reis|parkeer|kilometer|km|vervoers|verpakkings|toeslag|"
    "opslag|meerwerk|(eind)?schoonmaak|cleaning|(end)?reinigungs?|linnen|nettoyage|extras?|bijkomende|overige|starttarief|opstart|aansluit|connection|spoed|avond|weekend|parts|materials?|travel|"
    "callout|expenses|surcharge|fahrt|anfahrt|ersatzteile)(kosten|tarief|vergoeding|toeslag|geld|bedrag|costs?|fee)?"
)
_UNSURE = frozenset(["reis", "kilometer", "km", "weekend", "avond", "spoed", "parkeer", "extra", "vervoers"])
_FEWEST = 2  # rows on which a product is no chance


def ask_charged(export: Export) -> None:
    """Raise `Ambiguous` for money beside pieces times a price that may come on top of it."""
    if not export.named.isdisjoint((*PARTS, "bedrag")) or any(map(export.has, PARTS)):
        return
    taken = set(export.places.values())
    found = [
        column
        for place, column in export.sample.numbers.items()
        if place not in taken and _is_charged(column)
    ]
    if not found or (export.has("bedrag") and not _is_product(export)):
        return
    names = " en ".join(column.name for column in found)
    of = (
        export.header("bedrag")
        if export.has("bedrag")
        else (f"{export.header('aantal')} × {export.header('stukprijs')}")
    )
    parts = ",".join(
        f"{part}={name_of(export.headers, column.place)}" for part, column in zip(PARTS, found, strict=False)
    )
    too = f'--kolommen "{parts}"'
    if len(found) > len(PARTS):
        too = "tel ze in het bestand op, in één kolom"
    raise Ambiguous(
        f"Naast {of} {'heeft' if len(found) == 1 else 'hebben'} ook {names} bedragen: of de klant die er "
        "bovenop betaalt, is niet te zien.",
        where=str(export.source),
        remedy=f"Betaalt de klant ook dat: {too}. Zijn het eigen kosten: --kolommen plus2={ABSENT}.",
    )


def _is_charged(column: Cells) -> bool:
    header = plain(column.header)
    return bool(_CHARGED.fullmatch(header)) and header not in _UNSURE and any(column.numbers)


def _is_product(export: Export) -> bool:
    """Whether the amount is one column times another on every row, so that nothing else is in it."""
    rows = export.sample
    total = rows.column(export.places["bedrag"]).numbers
    others = [one.numbers for at, one in rows.numbers.items() if at != export.places["bedrag"]]
    for one, other in islice(combinations(others, 2), 100):
        known = [
            (first, second, sum_)
            for first, second, sum_ in zip(one, other, total, strict=True)
            if first is not None and second is not None and sum_
        ]
        telling = [row for row in known if 1 not in row[:2]]
        if len(telling) >= _FEWEST and all(
            abs(first * second - sum_) < CENT for first, second, sum_ in known
        ):
            return True
    return False
