"""A total from which went off what was paid with a gift card or a credit, that is: paid before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.revenue.sums import CENT, holds
from klantwaarde_xl.errors import Ambiguous

_MEANS = (
    "(gift(card|voucher)s?|cadeau(bon|kaart)(nen|en)?|waardebon(nen)?|tegoedbon(nen)?|storecredits?|winkeltegoed|"
    "tegoed|wallet|spaarpunten|loyaltypoints|rewardpoints|punten|points|gutscheine?|guthaben|bonuspunkte|"
    "treuepunkte|pointsdefidelite|(cheque|carte)cadeau)"
)
_OFF = "(used|redeemed|applied|amount|payment|gebruikt|ingewisseld|verzilverd|ingeleverd|bedrag|betaald)"
_WAS_USED = (
    "ingewisseldetegoed|ingewisselde|ingeleverde|verzilverde|gebruikte?|redeemed|eingelosterr?|eingeloste"
)
_PAID_SO = re.compile(f"{_MEANS}{_OFF}?|(betaaldmet|voldaanmet|paidwith|paidby|{_WAS_USED})(een|a)?{_MEANS}")

# These take off a price as a discount does, and no card was sold for them; a gift card pays a whole total
_TAKES_OFF = re.compile("punten|points|punkte|gutschein|coupon")


def ask_paid_otherwise(rows: Rows, found: Mapping[str, int], named: Mapping[str, str]) -> None:
    """Raise `Ambiguous` where a column is the amount and what was paid so together, on all rows.

    What was paid with a gift card was revenue when the card was sold, or is so now: only the shop knows.
    """
    if "bedrag" not in found or "bedrag" in named:
        return
    places = [at for at, header in enumerate(rows.headers) if is_paid_so(header) and at not in found.values()]
    if not places:
        return
    money = rows.numbers
    total = found["bedrag"]
    for at in places:
        if at not in money or total not in money or not any(money[at].numbers):
            continue
        pair = _whole_and_rest(money, total, at)
        if pair is not None:
            whole, rest = pair
            raise Ambiguous(
                f"Van {rows.name(rest)} is af wat met {rows.name(at)} is betaald; zonder dat is het "
                f"{rows.name(whole)}.",
                where=rows.where,
                remedy=f"Is de omzet wat er is gekocht: {rows.typed('bedrag', whole)}. Telde de bon al mee "
                f"toen zij werd verkocht: {rows.typed('bedrag', rest)}.",
            )


def is_paid_so(header: str) -> bool:
    """Whether a column is what was paid with a gift card or a credit."""
    return _PAID_SO.fullmatch(plain(header)) is not None


def _whole_and_rest(money: Mapping[int, Cells], amount: int, paid: int) -> tuple[int, int] | None:
    """The columns with and without what was paid so, one of which is the amount, or None."""
    before = [one or 0.0 for one in money[paid].numbers]
    used = [number or None for number in before]  # so that rows on which nothing was paid so prove nothing
    takes_off = _TAKES_OFF.search(plain(money[paid].header)) is not None
    for place in money.keys() - {paid, amount}:
        for whole, rest in ((place, amount), *([(amount, place)] if takes_off else [])):
            columns = money[rest].numbers, money[whole].numbers
            if all(holds(_adds, columns[0], one, columns[1]) for one in (before, used)):
                return whole, rest
    return None


def _adds(rest: float, paid: float, whole: float) -> bool:
    return abs(rest + abs(paid) - whole) < CENT
