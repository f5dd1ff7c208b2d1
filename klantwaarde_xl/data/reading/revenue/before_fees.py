"""Fees of a marketplace or a payment service are costs: revenue is what came in before they went off."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import forms, name_of, plain
from klantwaarde_xl.data.reading.naming.kept_back import KEPT, OF_GOODS, SURE, says_paid_out
from klantwaarde_xl.data.reading.naming.words import OF_A_SUBTOTAL, SAYS_NET
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, holds
from klantwaarde_xl.errors import Ambiguous

_OF_FEES = re.compile(
    "fees?$|kosten$|commissi|provisi|gebuhr|charges$|tarif(?:a|as|fa)$|taxas?$|comisi|comiss|frais$|^costos?$|prowizj"
)
_OF_BUYERS = re.compile(OF_GOODS)
_OF_SALES = re.compile("sales?$|gross|brut|lordo|verkoop|omzet|revenue|umsatz|itemprice|ventas?$|vendas?$")
_OF_A_SHARE = re.compile(r"%|percent|pct|\brate\b|tarief", re.IGNORECASE)
_OF_REVENUE = re.compile("omzet|revenue|sales|verkoop|umsatz|btw|vat|tax|factuur|invoice|excl")
# Beside these a net amount is what is left of them, or costs are those of what was bought
_NOT_LEFT = re.compile("bru?t+o|gross|lordo|mar[gq]e|margin|winst|profit")


def before_fees(rows: Rows, found: dict[str, int]) -> None:
    """Take what came in for an amount from which fees of a service went off.

    Raises `Ambiguous` where fees below nought stand beside sales, and no sum shows whether they are off.
    """
    fees = [at for at, header in enumerate(rows.headers) if _OF_FEES.search(plain(header))]
    known = forms(rows.headers[found["bedrag"]])
    if any(name in found for name in KEPT):
        return
    says_net = any(re.search(SAYS_NET, form) or form in OF_A_SUBTOTAL for form in known)
    if not says_net:
        fees = [at for at in fees if not _OF_BUYERS.search(plain(rows.headers[at]))]
    money = rows.numbers if fees else {}
    there = [money[at] for at in fees if at in money and any(money[at].numbers)]
    if not there or found["bedrag"] not in money:
        return
    whole = _whole(money, found["bedrag"], there, any_header=says_net)
    if whole is not None:
        for name in [name for name, place in found.items() if place == whole]:
            del found[name]
        found["bedrag"] = whole
    elif says_net or says_paid_out(plain(rows.headers[found["bedrag"]])):
        _put_back(rows, found, there, money)
    elif all(_sum(fee.numbers) < 0 for fee in there) and not _is_whole(money, found, there):
        _ask(rows, found["bedrag"], there, money)


def _whole(money: Mapping[int, Cells], amount: int, fees: list[Cells], *, any_header: bool) -> int | None:
    """The column that is an amount and one of the fees, or all of them together."""
    together = [
        sum(number or 0.0 for number in row) for row in zip(*(fee.numbers for fee in fees), strict=True)
    ]
    of_fees = {fee.place for fee in fees}
    for off in (*([number or 0.0 for number in fee.numbers] for fee in fees), together):
        for at, one in money.items():
            # A fee above nought can be put on a price as well: then the other must be of sales
            fits = any_header or _sum(off) < 0 or _OF_SALES.search(plain(one.header))
            if (
                at != amount
                and at not in of_fees
                and fits
                and _is_off(one.numbers, off, money[amount].numbers)
            ):
                return at
    return None


def _put_back(rows: Rows, found: dict[str, int], there: list[Cells], money: Mapping[int, Cells]) -> None:
    """Let fees that a payment service kept back come on a net amount beside which no gross one stands.

    Raises `Ambiguous` where they may be costs that a buyer pays, or something else is off as well.
    """
    amount = found["bedrag"]
    names = [plain(header) for header in rows.headers]
    if not re.search(SAYS_NET, names[amount]) and not says_paid_out(names[amount]):
        return
    if _OF_REVENUE.search(names[amount]) or any(map(_NOT_LEFT.search, names)):
        return
    fees = [
        fee
        for fee in there
        if not (_OF_BUYERS.search(plain(fee.header)) or _OF_A_SHARE.search(fee.header))
        and fee.place != amount
    ]
    if not fees or _is_whole(money, found, fees):
        return
    sure = [fee for fee in fees if SURE.fullmatch(plain(fee.header))]
    if "btw" in found and found["btw"] not in [fee.place for fee in sure]:
        return  # then it is net of that
    if len(sure) == len(fees) <= len(KEPT):
        for name in [name for name, place in found.items() if place in {fee.place for fee in sure}]:
            del found[name]
        found.update(zip(KEPT, (fee.place for fee in sure), strict=False))
        return
    typed = [name_of(rows.headers, place) for place in (amount, *(fee.place for fee in fees[: len(KEPT)]))]
    both = ",".join(f"{name}={header}" for name, header in zip(("bedrag", *KEPT), typed, strict=False))
    raise Ambiguous(
        f"{rows.name(amount)} kan zijn wat overblijft na {', '.join(rows.name(fee.place) for fee in fees)}; "
        "kosten van een betaaldienst of marktplaats zijn geen mindere omzet.",
        where=rows.where,
        remedy=f'Zijn ze ingehouden, dan komen ze erbij: --kolommen "{both}". Is {rows.name(amount)} wat de '
        f"klant betaalde: {rows.typed('bedrag', amount)}.",
    )


def _is_whole(money: Mapping[int, Cells], found: Mapping[str, int], fees: list[Cells]) -> bool:
    """Whether another column is what is left of the amount once a fee went off, so that none is off yet."""
    whole, own = money[found["bedrag"]].numbers, {found["bedrag"], *(fee.place for fee in fees)}
    others = [one.numbers for at, one in money.items() if at not in own]
    return any(
        _is_off(whole, [number or 0.0 for number in fee.numbers], left) for fee in fees for left in others
    )


def _is_off(whole: Numbers, off: Numbers, left: Numbers) -> bool:
    sign = 1 if _sum(off) < 0 else -1  # of a return the fee comes back
    # Of what was cancelled nothing is left, and no fee went off
    rows = [row for row in zip(whole, off, left, strict=True) if row[1] or row[2]]
    if not rows:
        return False

    def rule(gross: float, less: float, net: float) -> bool:
        return any(abs(gross + fee - net) < CENT for fee in (-abs(less), sign * less))

    return holds(rule, *zip(*rows, strict=True))


def _sum(numbers: Numbers) -> float:
    return sum(number or 0.0 for number in numbers)


def _ask(rows: Rows, amount: int, fees: list[Cells], money: Mapping[int, Cells]) -> None:
    """Raise where another column is of sales, and the amount may be what is left of them."""
    if _OF_SALES.search(plain(rows.headers[amount])):
        return
    sales = [at for at, one in money.items() if at != amount and _OF_SALES.search(plain(one.header))]
    if not any(any(money[at].numbers) for at in sales):
        return
    raise Ambiguous(
        f"Of van {rows.name(amount)} kosten af zijn ({', '.join(rows.name(fee.place) for fee in fees)}), "
        "is niet te zien; die zijn geen mindere omzet.",
        where=rows.where,
        remedy=f"Omzet voor de kosten: {rows.typed('bedrag', sales[0])}. "
        f"Zijn ze er niet af: {rows.typed('bedrag', amount)}.",
    )
