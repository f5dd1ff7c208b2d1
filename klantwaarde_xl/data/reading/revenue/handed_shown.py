"""What shows whether a tip is in an amount where no columns add up: pieces times a price, or the VAT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.naming.headers import forms
from klantwaarde_xl.data.reading.naming.words import DISCOUNT, OF_A_PIECE, QUANTITY, TAX, TAX_RATES
from klantwaarde_xl.data.reading.revenue.sums import CENT, Numbers, added, vat_in

_HALF_CENT = 0.005
_CLEAR = 0.25  # of a tip so much that neither a rounded price nor the cents of its VAT hide it
_FEWEST = 3  # rows on which a share of VAT is no chance


def shown_in(money: Mapping[int, Cells], own: Numbers, total: Numbers) -> bool | None:
    """Whether a tip (own) is in an amount (total), by what else a sample of rows has; None for no answer.

    money: its columns with numbers. Pieces times a price are the amount without it or with it, on every row
    with a tip; else the VAT is a known share of one of the two. A price of one piece can be that of all.
    """
    clear = [at for at, tip in enumerate(own) if tip and abs(tip) >= _CLEAR and total[at] is not None]
    if not clear:
        return None
    less = [None if one is None else one - (tip or 0.0) for one, tip in zip(total, own, strict=True)]
    for pieces, prices in _products(money, own):
        if all((pieces[at] or 1.0) == 1 for at in clear):
            continue
        apart, inside = (
            all(_is_product(pieces[at], prices[at], one[at]) for at in clear) for one in (total, less)
        )
        if apart != inside:
            return inside
    return _by_vat(money, [at for at in clear if total[at]], total, less)


def _products(money: Mapping[int, Cells], own: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Pieces and what each of them costs, also after a discount of the row or with its VAT."""
    pieces, prices, discounts, taxes = (
        [one.numbers for one in money.values() if words & set(forms(one.header)) and one.numbers != own]
        for words in map(frozenset, (QUANTITY, OF_A_PIECE, DISCOUNT, set(TAX) - set(TAX_RATES)))
    )
    signed: list[list[Numbers]] = [[_less(one)] for one in discounts]
    with_vat: list[list[Numbers]] = [[*less, tax] for less in ([], *signed) for tax in taxes]
    more: list[list[Numbers]] = [[], *signed, *with_vat]
    for count, price, beside in product(pieces, prices, more):
        of_a_row = added(beside) if beside else [0.0] * len(count)
        yield (
            count,
            [
                None if not number or each is None else each + (extra or 0.0) / number
                for number, each, extra in zip(count, price, of_a_row, strict=True)
            ],
        )


def _less(numbers: Numbers) -> Numbers:
    return [None if number is None else -abs(number) for number in numbers]


def _is_product(pieces: float | None, price: float | None, amount: float | None) -> bool:
    """Whether an amount is that of so many pieces, of which the price may have been rounded to cents."""
    if pieces is None or price is None or amount is None:
        return False
    off = CENT + min(abs(pieces) * _HALF_CENT, _CLEAR / 3)
    return abs(pieces * price - amount) < off


def _by_vat(money: Mapping[int, Cells], rows: list[int], total: Numbers, less: Numbers) -> bool | None:
    """The same by VAT that is a known share of all but the tip, or of all: nobody pays VAT on a tip."""
    of_vat = frozenset(TAX) - frozenset(TAX_RATES)
    for one in money.values():
        vat = one.numbers
        known = [at for at in rows if vat[at]] if of_vat & set(forms(one.header)) else []
        if len({total[at] for at in known}) < _FEWEST:
            continue
        apart, inside = (bool(vat_in([way[at] for at in known], [vat[at] for at in known]))
                         for way in (total, less))  # fmt: skip
        if apart != inside:
            return inside
    return None
