"""A total from which went off what was paid with a gift card or a credit, that is: paid before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.by_contents import Rows
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.data.reading.sums import CENT, holds
from klantwaarde_xl.errors import Ambiguous

_MEANS = (
    "(gift(card|voucher)s?|cadeau(bon|kaart)(nen|en)?|waardebon(nen)?|tegoedbon(nen)?|storecredits?|winkeltegoed|"
    "tegoed|wallet|spaarpunten|loyaltypoints|rewardpoints|punten|points|gutscheine?|guthaben|bonuspunkte|treuepunkte|"
    "pointsdefidelite|(cheque|carte)cadeau)"
)
_OFF = "(used|redeemed|applied|amount|payment|gebruikt|ingewisseld|verzilverd|ingeleverd|bedrag|betaald)"
_PAID_SO = re.compile(
    f"{_MEANS}{_OFF}?|(betaaldmet|voldaanmet|paidwith|paidby|ingewisseldetegoed|ingewisselde|ingeleverde|verzilverde|gebruikte?|redeemed|"
    f"eingelosterr?|eingeloste)"
    f"(een|a)?{_MEANS}"
)


def ask_paid_otherwise(rows: Rows, found: Mapping[str, int], named: Mapping[str, str]) -> None:
    """Raise `Ambiguous` where a column is the amount and what was paid so together, on all rows.

    What was paid with a gift card was revenue when the card was sold, or is so now: only the shop knows.
    """
    if "bedrag" not in found or "bedrag" in named:
        return
    places = [
        at
        for at, header in enumerate(rows.headers)
        if _PAID_SO.fullmatch(plain(header)) and at not in found.values()
    ]
    if not places:
        return
    money = rows.numbers
    total, amount = found["bedrag"], money.get(found["bedrag"])
    for at in places:
        if at not in money or amount is None or not any(money[at].numbers):
            continue
        before = [one or 0.0 for one in money[at].numbers]
        whole = next(
            (
                place
                for place, one in money.items()
                if place not in (at, total) and holds(_adds, amount.numbers, before, one.numbers)
            ),
            None,
        )
        if whole is not None:
            raise Ambiguous(
                f"Van {rows.name(total)} is af wat met {rows.name(at)} is betaald; zonder dat is het "
                f"{rows.name(whole)}.",
                where=rows.where,
                remedy=f"Is de omzet wat er is gekocht: {rows.typed('bedrag', whole)}. Telde de bon al mee "
                f"toen zij werd verkocht: {rows.typed('bedrag', total)}.",
            )


def _adds(rest: float, paid: float, whole: float) -> bool:
    return abs(rest + abs(paid) - whole) < CENT
