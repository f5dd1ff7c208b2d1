"""Revenue in a total, as sums between columns show: parts by rate of VAT, pieces × price, all but a tip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.by_rate import PARTS, TAX_PARTS
from klantwaarde_xl.data.reading.naming.headers import forms, revenue_by_rate, tax_by_rate
from klantwaarde_xl.data.reading.naming.words import DISCOUNT, HANDED, OF_A_PIECE, OF_A_SUBTOTAL, SAYS_NET
from klantwaarde_xl.data.reading.revenue.before_fees import before_fees
from klantwaarde_xl.data.reading.revenue.handed_on import find_handed, keep_handed
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, added, holds, shares_in, vat_in
from klantwaarde_xl.data.reading.revenue.with_shipping import without_shipping

Places = dict[str, int]
_OF_A_DISCOUNT = frozenset(DISCOUNT)


@dataclass(frozen=True)
class Net:
    """Revenue without VAT of each row of a sample, and the places of ours that say so."""

    numbers: Numbers
    places: Mapping[str, int]


def take_parts(rows: Rows, found: Places, named: Mapping[str, str], in_header: Callable[[str], str]) -> None:
    """Take what is revenue of a total that is more, and keep a tip only where it has to go off.

    named: the columns that the user gave; in_header: what a header says of VAT. Raises `Ambiguous` for a tip
    of which no sum shows whether it is in the amount.
    """
    if "bedrag" not in found:
        if "stukprijs" in found and HANDED[0] not in named:  # pieces times a price hold none of these
            for name in HANDED:
                found.pop(name, None)
        return
    if "bedrag" not in named:
        before_fees(rows, found)
    money = rows.numbers
    total = money.get(found["bedrag"])
    find_handed(rows, found, named)
    tips = [one for name in HANDED if name in found and any(one := rows.column(found[name]).numbers)]
    free = "bedrag" not in named and total is not None and "plus2" not in found
    if free and total is not None and in_header(total.header) != "excl":
        if line := _net_of_lines(rows, found, money):
            _take(found, line, gross=False)
            return
        wholes = [total.numbers, *(_less_discounts(total.numbers, money) if "korting" not in named else ())]
        for net in _nets(rows, found, money, in_header):
            taxes = taxes_of(rows, found, net.numbers)
            fits = (
                (whole, more)
                for whole in wholes
                for more in ((tips, []) if tips else ([],))
                if _is_all(whole, net.numbers, taxes, more)
            )
            if (fit := next(fits, None)) is not None:
                whole, more = fit
                _take(found, net, gross=whole is total.numbers and not more)
                dropped = () if HANDED[0] in named else HANDED
                for name in (*dropped, *(["korting"] if whole is not total.numbers else [])):
                    found.pop(name, None)
                return
    keep_handed(rows, found, named)


def _less_discounts(total: Numbers, money: Mapping[int, Cells]) -> list[Numbers]:
    """A total that stands before a discount, less each column of discounts."""
    parts = [one.numbers for one in money.values() if _OF_A_DISCOUNT & set(forms(one.header))]
    return [
        added([total, [None if one is None else -abs(one) for one in part]]) for part in parts if any(part)
    ]


def taxes_of(rows: Rows, found: Mapping[str, int], net: Numbers) -> Numbers:
    """The VAT of each row of a sample, of all rates together; nothing where there is none."""
    if (shares := shares_of(rows, found)) is not None:
        return [None if one is None else one * (share or 0.0) for one, share in zip(net, shares, strict=True)]
    return added([column.numbers for column in _tax_columns(rows, found) if column.is_numbers])


def shares_of(rows: Rows, found: Mapping[str, int]) -> Numbers | None:
    """The share of VAT on each row of a sample, where the file has that in place of its money."""
    columns = _tax_columns(rows, found)
    of = found.get("bedrag", found.get("stukprijs"))
    if len(columns) != 1:
        return None
    return shares_in(columns[0], None if of is None else rows.column(of))


def _tax_columns(rows: Rows, found: Mapping[str, int]) -> list[Cells]:
    places = tax_by_rate(rows.headers) or [found[name] for name in ("btw",) if name in found]
    taken = (found.get("bedrag"), found.get("incl"))
    return [rows.column(place) for place in places if place not in taken]


def parts_of(rows: Rows, found: Mapping[str, int]) -> Numbers:
    """What the columns of ours that are the amount together have on each row of a sample."""
    names = [name for name in ("bedrag", *PARTS) if name in found]
    return added([rows.column(found[name]).numbers for name in names])


def products_of(rows: Rows, found: Mapping[str, int]) -> Numbers:
    """Pieces times price of each row of a sample; nothing where one of them is missing."""
    if not {"aantal", "stukprijs"} <= found.keys():
        return ()
    pieces, price = (rows.column(found[name]).numbers for name in ("aantal", "stukprijs"))
    return [None if None in pair else pair[0] * pair[1] for pair in zip(pieces, price, strict=True)]  # type: ignore[operator]


def _nets(
    rows: Rows, found: Places, money: Mapping[int, Cells], in_header: Callable[[str], str]
) -> Iterator[Net]:
    """What can be the revenue without VAT: columns by rate, one that says so, pieces times price."""
    if parts := [place for place in revenue_by_rate(rows.headers) if place not in found.values()]:
        names = dict(zip(("bedrag", *PARTS), parts, strict=False))
        yield Net(parts_of(rows, names), names)
    by_rate = shares_of(rows, found) is None
    of_a_piece = frozenset(OF_A_PIECE)
    for place, one in money.items():
        if place in found.values():
            continue
        says = in_header(one.header) == "excl" or _says_net(one.header)
        by_share = not by_rate and of_a_piece.isdisjoint(forms(one.header))
        if (
            says
            or by_share
            or (by_rate and vat_in(one.numbers, taxes_of(rows, found, one.numbers)) == "excl")
        ):
            yield Net(one.numbers, {"bedrag": place})
    if "korting" not in found and (product := products_of(rows, found)):
        yield Net(product, {})


def _net_of_lines(rows: Rows, found: Places, money: Mapping[int, Cells]) -> Net | None:
    """What the lines of each order are without VAT, where a total of the order stands on every line.

    With the VAT of the lines it is that total, in all orders of a sample, some of several lines.
    """
    if "order" not in found:
        return None
    orders: dict[str, list[int]] = {}
    for at, record in enumerate(rows.few):
        if number := record[found["order"]]:
            orders.setdefault(number, []).append(at)
    lines = [[*at] for at in [*orders.values()][:-1] or orders.values()]  # the last one may go on
    total = money[found["bedrag"]].numbers
    if not any(len(at) > 1 for at in lines) or any(len({total[one] for one in at}) > 1 for at in lines):
        return None
    nets = [
        Net(one.numbers, {"bedrag": place}) for place, one in money.items() if place not in found.values()
    ]
    if product := products_of(rows, found):
        nets.append(Net(product, {}))
    for net in nets:
        taxes = taxes_of(rows, found, net.numbers)
        whole = added([net.numbers, taxes]) if any(taxes) else []
        if whole and all(
            abs(sum(whole[one] or 0.0 for one in at) - (total[at[0]] or 0.0)) < CENT * len(at) for at in lines
        ):
            return net
    return None


def _says_net(header: str) -> bool:
    known = forms(header)
    return bool(set(known) & OF_A_SUBTOTAL) or any(re.search(SAYS_NET, form) for form in known)


def _is_all(total: Numbers, net: Numbers, taxes: Numbers, more: Sequence[Numbers]) -> bool:
    """Whether revenue, its VAT and more are the total on each row, and none of them is nothing."""
    if not any(taxes) or len(taxes) != len(total):
        return False
    whole = added([net, taxes, *more])
    return holds(lambda one, other: abs(one - other) < CENT, whole, total)


def _take(found: Places, net: Net, *, gross: bool) -> None:
    total = found.pop("bedrag")
    taken = set(net.places.values())
    for name in [name for name, place in found.items() if place in taken]:
        del found[name]
    found |= net.places
    if gross:
        found["incl"] = total
    else:
        found.pop("incl", None)


def said_by_sums(rows: Rows, found: Mapping[str, int]) -> str:
    """Whether the amount, or pieces times price, is without VAT, as sums show; empty for no answer."""
    if "plus2" in found and "btw2" in found:
        return _said_by_rates(rows, found)
    ways = [parts_of(rows, found)] if "bedrag" in found else [products_of(rows, found)]
    if "plus2" in found and "bedrag" in found:
        ways.append(rows.column(found["bedrag"]).numbers)  # shipping may have no VAT of its own
    if "bedrag" not in found and "stukprijs" in found:
        ways.append(rows.column(found["stukprijs"]).numbers)
    taken = {found[name] for name in ("bedrag", *PARTS, "btw", *TAX_PARTS) if name in found}
    money = {at: one for at, one in rows.numbers.items() if at not in taken}
    beside = without_shipping(money, [one.numbers for one in money.values()])
    by_rate = shares_of(rows, found) is None
    told = (vat_in(way, taxes_of(rows, found, way), beside, by_rate=by_rate) for way in ways if way)
    return next(filter(None, told), "")


def _said_by_rates(rows: Rows, found: Mapping[str, int]) -> str:
    """The same of columns by rate, each beside the VAT that is a share of it."""
    parts = [rows.column(found[name]).numbers for name in ("bedrag", *PARTS) if name in found]
    taxes = [rows.column(found[name]).numbers for name in ("btw", *TAX_PARTS) if name in found]
    told = {said for part in parts for tax in taxes if any(tax) and (said := vat_in(part, tax))}
    return told.pop() if len(told) == 1 else ""
