"""A column `amount` that is how many pieces there were: Dutch programs also write that for `aantal`."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.revenue.sums import CENT
from klantwaarde_xl.errors import Ambiguous

_AMOUNT = ("amount", "amounts")
_MOSTLY = 0.8
_FEW = 12  # pieces of a line, most often


def take_pieces(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Take whole numbers beside a price for pieces, where these are no number of times that price.

    Raises `Ambiguous` where they may be money as well: whole euros below a whole price.
    """
    at, price = found.get("bedrag"), found.get("stukprijs")
    if at is None or price is None or "aantal" in found or {"bedrag", "aantal"} & named.keys():
        return
    if plain(rows.headers[at]) not in _AMOUNT:
        return
    columns = rows.column(at).numbers, rows.column(price).numbers
    pairs = [(count, each) for count, each in zip(*columns, strict=True) if count and each]
    if not pairs or any(count != int(count) for count, _ in pairs):
        return
    odd = [1 for count, each in pairs if not _is_times(abs(count), abs(each))]
    if len(odd) < _MOSTLY * len(pairs):
        return
    cents = sum(each != int(each) for _, each in pairs)
    if 2 * cents < len(pairs) and max(abs(count) for count, _ in pairs) > _FEW:
        raise Ambiguous(
            f"Of {rows.name(at)} het aantal stuks is, of het bedrag, is niet te zien.",
            where=rows.where,
            remedy=f"Het aantal: {rows.typed('aantal', at)}. Het bedrag: {rows.typed('bedrag', at)}.",
        )
    found["aantal"] = found.pop("bedrag")


def _is_times(amount: float, price: float) -> bool:
    """Whether an amount is a price some whole number of times, once or more."""
    times = round(amount / price)
    return times >= 1 and abs(amount - times * price) < CENT
