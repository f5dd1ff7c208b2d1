"""Pieces ordered beside pieces delivered or invoiced: where these differ, which make the revenue is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.revenue.sums import Numbers
from klantwaarde_xl.errors import Ambiguous

_LATER = re.compile(
    "geleverd|gefactureerd|verzonden|delivered|invoiced|shipped|fulfilled|geliefert|berechnet|livre|facture"
)
_PIECES = re.compile(
    "aantal|stuks|hoeveelheid|q(uanti)?ty|quantity|pieces|units|menge|anzahl|stueck|stuck|quantite|qte"
)


def ask_pieces(rows: Rows, found: Mapping[str, int], named: Mapping[str, str]) -> None:
    """Raise `Ambiguous` where revenue would be pieces times price and other pieces were delivered."""
    if "bedrag" in found or "stukprijs" not in found or "aantal" not in found or "aantal" in named:
        return
    money, taken = rows.numbers, found["aantal"]
    if taken not in money:
        return
    others = [
        at
        for at, one in money.items()
        if at not in found.values()
        and _LATER.search(plain(one.header))
        and _PIECES.search(plain(one.header))
        and any(one.numbers)
        and _differ(money[taken].numbers, one.numbers)
    ]
    if not others:
        return
    choices = " ".join(f"Telt {rows.name(at)}: {rows.typed('aantal', at)}." for at in (*others, taken))
    raise Ambiguous(
        f"Het bedrag is het aantal keer de prijs, en {rows.name(taken)} is niet overal gelijk aan "
        f"{' en '.join(map(rows.name, others))}.",
        where=rows.where,
        remedy=choices,
    )


def _differ(ordered: Numbers, later: Numbers) -> bool:
    return any(
        None not in (before, after) and before != after for before, after in zip(ordered, later, strict=True)
    )
