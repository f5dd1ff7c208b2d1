"""Totals that are revenue, its VAT and more: the costs of shipping count in them, a tip does not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_THE_ORDER, TIP
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, holds

_OF_SHIPPING = re.compile(
    "^(?!.*(?:btw|vat|tax|mwst|belasting)).*(?:verzend|shipping|versand|bezorg|porto|delivery|livraison|postage)"
)
# What a header of shipping has that is no money
_NO_MONEY = re.compile(
    "zip|post(al)?co|week|maand|month|gewicht|weight|adres|address|land|country|city|plaats|stad|straat|street|naam|"
    "name|method|status|state|dat(um|e)|dag|day|tijd|time|nummer|number|nr$|no$|id$|code|provider|phone|telefoon|"
    "bedrijfs|provinc|region|regio|label|track|aantal|quantity|qty|class|klasse|type|soort|zone|service$|"
    "carrier|requires|vervoerder|huis|house|percent|profile|company|line[0-9]|[0-9]$"
)
_MORE = re.compile(r"bruto|brut|gross")  # also of sales before anything went off


def is_shipping(header: str) -> bool:
    """Whether a column is of the costs of shipping, without their VAT."""
    return _OF_SHIPPING.search(plain(header)) is not None


def is_shipping_money(header: str) -> bool:
    """Whether it is of their money too, and not of an address, a weight or a day."""
    return is_shipping(header) and not _NO_MONEY.search(plain(header))


def shipping_in(money: Mapping[int, Cells]) -> list[Cells]:
    """The columns with what customers paid for shipping, where there is any."""
    return [one for one in money.values() if is_shipping(one.header) and any(one.numbers)]


def without_shipping(money: Mapping[int, Cells], beside: list[Numbers]) -> list[Numbers]:
    """These amounts, and each less the costs of shipping."""
    less = [_less(one, shipping.numbers) for shipping in shipping_in(money) for one in beside]
    return [*beside, *less]


def with_all(money: Mapping[int, Cells], amount: int, taxes: Numbers) -> tuple[int, Cells] | None:
    """The column that is an amount, its VAT and the costs of shipping, and these; None for none."""
    if amount not in money or not any(taxes):
        return None
    for shipping in shipping_in(money):
        for at, total in money.items():
            if at not in (amount, shipping.place) and _adds(
                money[amount].numbers, taxes, _less(total.numbers, shipping.numbers)
            ):
                return at, shipping
    return None


def total_with_shipping(money: Mapping[int, Cells], amount: int) -> int | None:
    """The total of an order that is its amount and the costs of shipping, and maybe a tip; None for none."""
    known = set(OF_THE_ORDER).intersection(forms(money[amount].header)) if amount in money else set()
    if not known:
        return None
    tips = [one.numbers for one in money.values() if plain(one.header) in TIP]
    for shipping in shipping_in(money):
        before = _less(money[amount].numbers, shipping.numbers)
        if any(holds(_same, one.numbers, before) for one in money.values()):
            continue  # it is in the amount already
        for at, total in money.items():
            others = set(OF_THE_ORDER).intersection(forms(total.header))
            if at == amount or not others or known & others:  # the same in another currency
                continue
            left = _less(total.numbers, shipping.numbers)
            ways = [left, *(_less(left, tip) for tip in tips)]
            if any(holds(_same, money[amount].numbers, way) for way in ways):
                return at
    return None


def is_more(money: Mapping[int, Cells], amount: int, taxes: Numbers, total: int) -> bool:
    """Whether a total is more than an amount and its VAT: with a tip, or sales before anything went off."""
    if not {amount, total} <= money.keys() or not any(taxes):
        return False
    net, whole = money[amount].numbers, money[total].numbers
    if _adds(net, taxes, whole):
        return False
    tips = [one.numbers for one in money.values() if plain(one.header) in TIP]
    if any(_adds(net, taxes, _less(whole, tip)) for tip in tips if any(tip)):
        return True
    return _MORE.search(plain(money[total].header)) is not None


def _same(one: float, other: float) -> bool:
    return abs(one - other) < CENT


def _adds(net: Numbers, taxes: Numbers, total: Numbers) -> bool:
    return holds(lambda one, vat, whole: abs(one + vat - whole) < CENT, net, taxes, total)


def _less(total: Numbers, off: Numbers) -> Numbers:
    return [None if one is None else one - (less or 0.0) for one, less in zip(total, off, strict=True)]
