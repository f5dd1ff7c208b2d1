"""Which of several columns of money is revenue, where a header alone does not say: by sums in a sample."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.header_words import concepts_of
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import (
    OF_A_LINE,
    OF_A_PIECE,
    OF_A_SUBTOTAL,
    OF_MONEY,
    OF_THE_ORDER,
    SAYS_NET,
    WAS_PAID,
)
from klantwaarde_xl.data.reading.revenue.called_amount import take_pieces
from klantwaarde_xl.data.reading.revenue.invoiced import ask_invoiced
from klantwaarde_xl.data.reading.revenue.net_parts import take_parts, taxes_of
from klantwaarde_xl.data.reading.revenue.paid_or_due import ask_paid
from klantwaarde_xl.data.reading.revenue.paid_otherwise import ask_paid_otherwise
from klantwaarde_xl.data.reading.revenue.pieces_delivered import ask_pieces
from klantwaarde_xl.data.reading.revenue.price_or_line import pieces_paid_back, price_or_line
from klantwaarde_xl.data.reading.revenue.promotions import find_promotions, of_what_counts
from klantwaarde_xl.data.reading.revenue.subtotals import add_shipping
from klantwaarde_xl.data.reading.revenue.sums import (
    CENT,
    Numbers,
    holds,
    is_taxed,
    is_taxed_on_most,
    is_usual,
    shares_in,
    taxed,
)
from klantwaarde_xl.data.reading.revenue.units_of_price import ask_units
from klantwaarde_xl.data.reading.revenue.vat import in_header
from klantwaarde_xl.data.reading.revenue.with_shipping import is_more, total_with_shipping, with_all
from klantwaarde_xl.errors import Ambiguous

Places = dict[str, int]
# A header with a part of these, and none that says that it is no money that went off
_OFF = re.compile(
    "^(?!.*(?:code|naam|name|nummer|number|reden|reason|type|soort|aantal|(?<!dis)count|qty|quantity|stuks|"
    "na(?:korting|discount)|after|met|incl(?!.*(?:btw|vat|tax))|(?<!cl)(?<!ief)(?:btw|vat|tax)|prijs|price|id$|nr$))"
    ".*(?:korting|discount|coupon|rebate|rabat|remise|nachlass|promoti(?:e|on))"
)
_MAY_BE_CODE = re.compile("coupon|promoti")  # what is no part of its row is the number of a campaign
_FEE = re.compile(r"\bfees?\b|gebühr|kosten|commissi")
# What is put on a subtotal
_ADDED = re.compile("verzend|shipping|versand|bezorg|porto|btw|vat|tax|mwst|belasting|toeslag|surcharge")


def with_sums(rows: Rows, found: Places, named: Mapping[str, str], vat: str | None) -> None:
    """Give the columns of money the places that sums between them show; named: those that the user gave.

    vat: whether the user wants revenue `incl` or `excl`.
    """
    if "bedrag" in found and "bedrag" not in named:
        _whole_or_paid(rows, found)
    if vat and "stukprijs" in found and "stukprijs" not in named:
        _price_with(rows, found, vat)
    find_promotions(rows, found, named)
    take_pieces(rows, found, named)
    price_or_line(rows, found, named)
    pieces_paid_back(rows, found, named)
    ask_units(rows, found, named)
    ask_pieces(rows, found, named)
    ask_invoiced(rows, found, named)
    if not {"korting"} & (found.keys() | named.keys()):
        _by_part(rows, found)
    _discounted(rows, found, named)
    _cancelled(rows, found, named)
    ask_paid_otherwise(rows, found, named)
    take_parts(rows, found, named, in_header)
    add_shipping(rows, found, named)
    of_what_counts(found, named)
    if "incl" in named or "bedrag" not in found:
        return
    if "btw" in found:
        _net_and_gross(rows, found, named)
    elif "incl" not in found and "bedrag" not in named:
        _net_by_rate(rows, found)
    _drop_gross(rows, found)


def _net_by_rate(rows: Rows, found: Places) -> None:
    """Take the column that says net where VAT at a known rate makes the amount of it, on every row.

    Where the amount says that it is with VAT, any other amount may be the one without; where neither says
    so, one that is the other at a usual rate on several rows is.
    """
    money = rows.numbers
    total = money.get(found["bedrag"])
    said = in_header(total.header) if total else ""
    if total is None or said == "excl" or any(_FEE.search(header.casefold()) for header in rows.headers):
        return
    nets = [
        at
        for at, one in money.items()
        if at not in found.values()
        and (_says_net(one.header) if not said else _is_money(one.header))
        and (is_taxed(one.numbers, total.numbers) or is_taxed_on_most(one.numbers, total.numbers))
    ]
    if not nets and not said:
        free = [at for at, one in money.items() if at not in found.values() and _is_money(one.header)]
        nets = [at for at in free if is_usual(money[at].numbers, total.numbers)]
        grosses = [at for at in free if is_usual(total.numbers, money[at].numbers)]
        if len(grosses) == 1 and not nets:
            found["incl"] = grosses[0]
    if len(nets) == 1:
        found["bedrag"], found["incl"] = nets[0], total.place


def _is_money(header: str) -> bool:
    return not OF_MONEY.isdisjoint(forms(header)) or _says_net(header)


def _drop_gross(rows: Rows, found: Places) -> None:
    """Gross sales from which something else than VAT went off are no amount with VAT, nor is less."""
    if "incl" not in found:
        return
    net, gross = (rows.column(found[name]).numbers for name in ("bedrag", "incl"))
    pairs = [
        (low, high) for low, high in zip(net, gross, strict=True) if low is not None and high is not None
    ]
    if any(0 <= high < low - CENT for low, high in pairs) and not any(
        high > low + CENT for low, high in pairs
    ):
        del found["incl"]
        return
    if "gross" not in concepts_of(rows.headers[found["incl"]]):
        return
    if holds(lambda low, high: abs(low - high) < CENT, net, gross) or is_taxed(net, gross):
        return
    taxes = rows.column(found["btw"]).numbers if "btw" in found else ()
    if not (taxes and holds(lambda low, vat, high: abs(low + vat - high) < CENT, net, taxes, gross)):
        del found["incl"]


def _whole_or_paid(rows: Rows, found: Places) -> None:
    """Take the total of an order with its costs of shipping; ask where what was paid may be less."""
    amount = found["bedrag"]
    known = set(forms(rows.headers[amount]))
    if known.isdisjoint(OF_THE_ORDER) and known.isdisjoint(WAS_PAID):
        return
    money = rows.numbers
    if (whole := total_with_shipping(money, amount)) is not None:
        for name in [name for name, place in found.items() if place == whole]:
            del found[name]
        found["bedrag"] = whole
    elif not known.isdisjoint(WAS_PAID):
        ask_paid(rows, found, money)


def _net_and_gross(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Take the net amount, and for the other one the gross, where net and VAT are gross on each row."""
    amount, tax = found["bedrag"], found["btw"]
    money = rows.numbers
    pairs = taxed(money, tax, shares_in(rows.column(tax), rows.column(amount)))
    for low, high in pairs if PARTS[0] not in found else ():  # of one rate alone none is all with VAT
        if low == amount:
            found["incl"] = high
            return
        if high == amount and "bedrag" not in named and _says_net(rows.headers[low]):
            found["bedrag"], found["incl"] = low, high
            return
    taxes = taxes_of(rows, found, money[amount].numbers) if amount in money else ()
    if whole := with_all(money, amount, taxes):
        found["incl"] = whole[0]
    elif "incl" in found and is_more(money, amount, taxes, found["incl"]):
        del found["incl"]


def _says_net(header: str) -> bool:
    return in_header(header) == "excl" or any(re.search(SAYS_NET, form) for form in forms(header))


def _price_with(rows: Rows, found: Places, vat: str) -> None:
    """Take the price of a piece that has the VAT which the user wants, where there are both."""
    if in_header(rows.headers[found["stukprijs"]]) in ("", vat):
        return
    for at, header in enumerate(rows.headers):
        if at not in found.values() and in_header(header) == vat and set(forms(header)) & set(OF_A_PIECE):
            found["stukprijs"] = at
            return


# ── what went off ───────────────────────────────────────────────────────────────────────────


def _discounted(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Keep the discount only where it may still have to go off; take a column that is the amount less it.

    It is off of a total. It may not be off of pieces times a price, and of a subtotal.
    """
    if "korting" not in found or "korting" in named:
        return
    off = rows.column(found["korting"])
    money = rows.numbers
    amount = found.get("bedrag")
    shares = shares_in(off)
    product = _products(found, money)
    if product and amount in money and _is_less(product, money[amount].numbers, off.numbers, shares):
        del found["korting"]  # off already, by the rows that have one
        return
    if amount is not None and not _is_before(rows, found, money):
        after = None if "bedrag" in named else _left_of(found, money, off, shares)
        if after is not None:
            _take_left(found, after)
        del found["korting"]
        return
    if off.place not in money and shares is None:
        if off.filled:
            del found["korting"]  # codes of a campaign
        return
    if "bedrag" not in named and (after := _left_of(found, money, off, shares)) is not None:
        _take_left(found, after)
        del found["korting"]
        return
    price = found.get("stukprijs")
    for at, one in money.items():
        if price not in money or at in found.values():
            continue
        if amount is None and _is_less(money[price].numbers, one.numbers, off.numbers, shares):
            found["stukprijs"] = at  # what is left of the price of a piece
            del found["korting"]
            return
        if _is_less(one.numbers, money[price].numbers, off.numbers, shares):
            del found["korting"]  # a price from which it went off already
            return


def _left_of(found: Places, money: Mapping[int, Cells], off: Cells, shares: Numbers | None) -> int | None:
    """The column that is the amount of each row less its discount, or none."""
    amount = found.get("bedrag")
    whole = _products(found, money) if amount is None else money[amount].numbers if amount in money else None
    if whole is None or not any(off.numbers):
        return None
    taken = {place for name, place in found.items() if name not in ("bedrag", "incl")}
    free = {at: one for at, one in money.items() if at not in taken and at != amount}
    adds = [one for at, one in money.items() if at != amount and _ADDED.search(plain(one.header))]
    return _after(free, adds, whole, shares or off.numbers, shares)


def _take_left(found: Places, after: int) -> None:
    """Take what is left of an amount after its discount as the amount; more than that is no VAT."""
    found["bedrag"] = after
    if found.get("incl") == after:
        del found["incl"]


def _by_part(rows: Rows, found: Places) -> None:
    """Take the column of discounts that a part of its header shows, where it may still have to go off.

    Raises `Ambiguous` where several have discounts.
    """
    money = rows.numbers
    amount = found.get("bedrag")
    if not (
        _is_before(rows, found, money) if amount is not None else {"aantal", "stukprijs"} <= found.keys()
    ):
        return
    whole = money[amount].numbers if amount in money else _products(found, money)
    fitting = [
        at
        for at, one in money.items()
        if at not in found.values()
        and any(_OFF.search(form) for form in forms(one.header))
        and any(one.numbers)
        and (not _MAY_BE_CODE.search(plain(one.header)) or (whole and holds(_is_part, whole, one.numbers)))
    ]
    if len(fitting) > 1:
        raise Ambiguous(
            f"Meer dan één kolom kan zeggen welke korting er af gaat: {', '.join(map(rows.name, fitting))}.",
            where=rows.where,
            remedy=f"Zeg welke: {rows.typed('korting', fitting[0])} (of een andere achter het =). "
            f"Geen ervan: {rows.typed('korting', None)}.",
        )
    if fitting:
        found["korting"] = fitting[0]


def _is_part(whole: float, off: float) -> bool:
    return abs(off) <= abs(whole) + CENT


def _is_before(rows: Rows, found: Places, money: Mapping[int, Cells]) -> bool:
    """Whether an amount may be one from which no discount went off."""
    amount = found["bedrag"]
    header = rows.headers[amount]
    if set(forms(header)) & (OF_A_SUBTOTAL | set(OF_A_PIECE)) or "gross" in concepts_of(header):
        return True
    product = _products(found, money)
    return product is not None and amount in money and holds(_same, product, money[amount].numbers)


def _products(found: Places, money: Mapping[int, Cells]) -> Numbers | None:
    """Pieces times price of each row of a sample, where there are both."""
    pieces, price = (money.get(found.get(name, -1)) for name in ("aantal", "stukprijs"))
    if pieces is None or price is None:
        return None
    pairs = zip(pieces.numbers, price.numbers, strict=True)
    return [None if count is None or each is None else count * each for count, each in pairs]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < CENT


def _is_less(whole: Numbers, after: Numbers, off: Numbers, shares: Numbers | None) -> bool:
    """Whether what is left of an amount, in each row, is that amount less its discount."""

    def rule(before: float, left: float, less: float) -> bool:
        return _same(before * (1 - abs(less)) if shares else before - abs(less), left)

    less = [number or 0.0 for number in shares or off]
    given = [row for row in zip(whole, after, less, strict=True) if row[2]]  # without one both are the same
    return any(off) and holds(rule, whole, after, less) and _mostly(rule, given)


def _mostly(rule: Callable[[float, float, float], bool], rows: Sequence[Sequence[float | None]]) -> bool:
    """Whether a rule holds for most of the rows that have all numbers."""
    told = [rule(*row) for row in rows if None not in row]  # type: ignore[arg-type]
    return 2 * sum(told) > len(told)


def _after(
    free: Mapping[int, Cells], adds: Sequence[Cells], whole: Numbers, off: Numbers, shares: Numbers | None
) -> int | None:
    """The column that is an amount less its discount, with some of what is added (shipping, VAT), or none."""
    for count in range(len(adds) + 1):
        for added in combinations(adds, count):
            more = [_plus(row) for row in zip(whole, *(one.numbers for one in added), strict=True)]
            for at, one in free.items():
                if one not in added and _is_less(more, one.numbers, off, shares):
                    return at
    return None


def _plus(numbers: Sequence[float | None]) -> float | None:
    return None if numbers[0] is None else sum(number or 0.0 for number in numbers)


def _cancelled(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Keep the pieces that were cancelled only where the amount is that of a line with pieces."""
    if "geannuleerd" not in found or "geannuleerd" in named:
        return
    amount = found.get("bedrag")
    of_line = amount is None or bool(set(forms(rows.headers[amount])) & set(OF_A_LINE))
    if not of_line and amount is not None:
        money = rows.numbers
        product = _products(found, money)
        of_line = product is not None and amount in money and holds(_same, product, money[amount].numbers)
    if not of_line or "aantal" not in found:
        del found["geannuleerd"]
