"""Amounts in a column that is nearly blank, as of a whole payout, beside one that has those of its rows."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.customers.filled_customers import filled_in
from klantwaarde_xl.data.reading.naming.headers import forms
from klantwaarde_xl.data.reading.naming.words import OF_MONEY

_HARDLY, _MOSTLY = 0.2, 0.6  # of the rows


def take_filled_amount(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Take the column with the amounts of the rows where the one that was found has only those of others."""
    own = found.get("bedrag")
    if own is None or "bedrag" in named or not rows.first:
        return
    others = [
        at
        for at, header in enumerate(rows.headers)
        if at not in found.values()
        and not OF_MONEY.isdisjoint(forms(header))
        and not any(row[own] and row[at] for row in rows.first)
        and rows.column(at).is_numbers
    ]
    if not others:
        return
    filled = filled_in(rows, own)
    total = filled_in(rows, found.get("order", own)) + filled
    if filled > _HARDLY * total:
        return
    for at in others:
        if filled_in(rows, at) >= _MOSTLY * total:
            found["bedrag"] = at
            return
