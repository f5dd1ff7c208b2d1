"""Subtotals without a total of the order: what customers paid for shipping and handling comes on top."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from klantwaarde_xl.data.reading.cells.contents import Cells, numbers_in
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.by_rate import PARTS
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_A_LINE, OF_A_SUBTOTAL, OF_THE_ORDER, WITH_VAT
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, holds, shares_in
from klantwaarde_xl.data.reading.revenue.with_shipping import is_shipping_money
from klantwaarde_xl.errors import Ambiguous

_OF_A_LINE, _TOTALS = frozenset(OF_A_LINE), frozenset((*OF_THE_ORDER, *WITH_VAT))
_PRICE = re.compile("(price|prijs|preis|prix)$")
Places = dict[str, int]
_SAMPLE = 200
# What a customer pays more than the articles; a fee may be what a service keeps
_MORE = re.compile(
    "^(?!.*(?:btw|vat|tax|mwst)).*(?:handling|toeslag|surcharge|inpak|verpakking|giftwrap|cadeauverpakking)"
)


def add_shipping(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Let shipping add to a subtotal where no column has the two together; named: those that the user gave.

    Raises `Ambiguous` where every line of an order has the costs of shipping, and its own subtotal.
    """
    amount = found.get("bedrag")
    if amount is None or {"bedrag", *PARTS} & named.keys() or not found.keys().isdisjoint((*PARTS, "incl")):
        return
    taken = {*found.values()}
    costs = [
        at
        for at, header in enumerate(rows.headers)
        if at not in taken and (is_shipping_money(header) or _MORE.search(plain(header)))
    ]
    known = set(forms(rows.headers[amount]))
    if known & _OF_A_LINE:
        costs = [at for at in costs if _is_of_lines(rows.headers, amount, at)]
    elif not known & OF_A_SUBTOTAL:
        return
    if not costs:
        return
    some = with_any(rows, costs)
    money = numbers_in(rows.headers, some)
    more = [money[at] for at in costs if at in money and any(money[at].numbers)][: len(PARTS)]
    if not more or amount not in money or _is_in_another(money, found, more):
        return
    if "order" in found:
        _refuse_lines(rows, [record[found["order"]] for record in some], money[amount], more[0])
    found |= dict(zip(PARTS, (one.place for one in more), strict=False))


def _is_of_lines(headers: Sequence[str], amount: int, costs: int) -> bool:
    """Whether costs are a price of the line as its amount is, and no column has the two of an order."""
    prices = [_PRICE.search(plain(headers[at])) for at in (amount, costs)]
    total = any(set(forms(header)) & _TOTALS for at, header in enumerate(headers) if at != amount)
    return all(prices) and not total


def with_any(rows: Rows, costs: Sequence[int]) -> list[list[str]]:
    """The first rows with money in any of these columns, which may stand far below."""
    cells = ", ".join(map(rows.cell, range(len(rows.headers))))
    filled = " or ".join(f"regexp_matches({rows.cell(at)}, '[1-9]')" for at in costs)
    found = rows.con.execute(
        f"select {cells} from lines where rij > {rows.header_row} and ({filled}) order by rij limit {_SAMPLE}"
    ).fetchall()
    return [list(record) for record in found]


def _is_in_another(money: Mapping[int, Cells], found: Places, more: list[Cells]) -> bool:
    """Whether a column is the subtotal and some of these, or the subtotal has them already."""
    amount = money[found["bedrag"]]
    others = [one for one in money.values() if one not in (amount, *more)]
    ways = [[*some] for count in range(1, len(more) + 1) for some in combinations(more, count)]
    beside: list[list[Cells]] = [[]]
    vat = money.get(found.get("btw", -1))
    if vat is not None and shares_in(vat, amount) is None:
        beside.append([vat])
    for some in ways:
        costs = [one.numbers for one in some]
        if any(holds(_same, _sum([one.numbers, *costs]), amount.numbers) for one in others):
            return True
        for tax in beside:
            whole = _sum([amount.numbers, *costs, *(one.numbers for one in tax)])
            if any(holds(_same, whole, one.numbers) for one in others if one not in tax):
                return True
    return False


def _refuse_lines(rows: Rows, numbers: Sequence[str], amount: Cells, shipping: Cells) -> None:
    """Raise where costs on each line can be of the order; where its lines differ they are not."""
    costs_of: dict[str, set[float | None]] = {}
    for number, costs in zip(numbers, shipping.numbers, strict=True):
        costs_of.setdefault(number, set()).add(costs)
    if any(len(costs) > 1 for number, costs in costs_of.items() if number) and _PRICE.search(
        plain(shipping.header)
    ):
        return
    lines = [
        (number, subtotal)
        for number, subtotal, costs in zip(numbers, amount.numbers, shipping.numbers, strict=True)
        if number and costs
    ]
    again = {number for number, count in Counter(number for number, _ in lines).items() if count > 1}
    if not again or all(len({one for of, one in lines if of == number}) == 1 for number in again):
        return
    raise Ambiguous(
        f"Op elke regel van een order staan {rows.name(shipping.place)}, en een eigen bedrag in "
        f"{rows.name(amount.place)}: zijn die kosten van de regel, of van de hele order?",
        where=rows.where,
        remedy=f"Van de regel, dan tellen ze mee: {rows.typed('plus2', shipping.place)}. Anders tellen "
        f"ze niet mee: {rows.typed('plus2', None)}.",
    )


def _sum(columns: list[Numbers]) -> Numbers:
    return [
        None if row[0] is None else sum(number or 0.0 for number in row) for row in zip(*columns, strict=True)
    ]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < CENT
