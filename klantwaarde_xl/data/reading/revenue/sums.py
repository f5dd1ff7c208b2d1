"""What columns of money are to each other, by sums that hold in a sample of rows: net, VAT and gross."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations, product

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.naming.headers import SHARE, forms
from klantwaarde_xl.data.reading.revenue.rates import RATES, USUAL

CENT = 0.011
_MOSTLY = 0.9
_FEWEST = 3  # different amounts that show a rate without a word for it
_FEWEST_TAXED = 5  # rows with VAT beside those without
# What a header has that says how large a share is, and not how much money
_OF_A_SHARE = re.compile(
    rf"{SHARE}$|percentage|(?<!\d)(perc(ent)?|pct)$|(?<!\d)(pourcent|prozent)|porcentaje|percentual|tarief|"
    "rate$|satz$"
)
_OF_MONEY = re.compile("bedrag|amount|betrag|eur$|usd$")

Numbers = Sequence[float | None]


def holds(rule: Callable[..., bool], *columns: Numbers) -> bool:
    """Whether a rule holds in nearly all rows that have all these numbers, and there are any."""
    rows = [row for row in zip(*columns, strict=True) if None not in row]
    return bool(rows) and sum(rule(*row) for row in rows) >= _MOSTLY * len(rows)


def taxed(money: Mapping[int, Cells], tax: int, shares: Numbers | None = None) -> list[tuple[int, int]]:
    """The pairs of columns (without, with) between which the VAT lies; shares: of VAT, where it is that."""
    amounts = money[tax].numbers if shares is None and tax in money else None
    if not any(amounts or shares or ()):
        return []

    def adds(low: float, high: float, vat: float) -> bool:
        return abs(low + (vat if shares is None else vat * low) - high) < CENT

    pairs = permutations([place for place in money if place != tax], 2)
    return [
        (low, high)
        for low, high in pairs
        if holds(adds, money[low].numbers, money[high].numbers, amounts or shares or ())
    ]


def is_taxed(net: Numbers, gross: Numbers) -> bool:
    """Whether amounts are others with VAT at a known rate, on nearly all of several rows."""

    def rule(low: float, high: float) -> bool:
        return any(abs(low * (1 + rate) - high) < CENT for rate in RATES)

    rows = [pair for pair in zip(net, gross, strict=True) if any(pair)]
    return len(rows) > 1 and holds(rule, [low for low, _ in rows], [high for _, high in rows])


def is_taxed_on_most(net: Numbers, gross: Numbers) -> bool:
    """Whether VAT at one of two rates is all that differs, on most rows: the others pay none."""
    both = [(low, high) for low, high in zip(net, gross, strict=True) if low and high]
    more = [(low, high) for low, high in both if abs(low - high) > CENT]
    rates = [{rate for rate in RATES if abs(low * (1 + rate) - high) < CENT} for low, high in more]
    known = set().union(*rates)
    return (
        len(more) >= _FEWEST_TAXED
        and 2 * len(more) > len(both)
        and any(all(one & {*two} for one in rates) for two in product(known, repeat=2))
    )


def is_usual(net: Numbers, gross: Numbers) -> bool:
    """Whether amounts are others with VAT at a usual rate, on each of several rows with other amounts."""
    both = [(low, high) for low, high in zip(net, gross, strict=True) if low and high]
    return len({*both}) >= _FEWEST and all(
        any(abs(low * (1 + rate) - high) < CENT for rate in USUAL) for low, high in both
    )


def vat_in(amount: Numbers, taxes: Numbers, beside: Sequence[Numbers] = (), *, by_rate: bool = True) -> str:
    """Whether an amount is without (`excl`) or with (`incl`) VAT, which stands in taxes; empty for no answer.

    By another column that is the two together, or by_rate: by the share that the VAT is of it, which says
    nothing of VAT that was made of that share.
    """
    if not any(taxes):
        return ""

    def adds(low: float, vat: float, high: float) -> bool:
        return abs(low + vat - high) < CENT

    def adds_more(low: float, vat: float, more: float, high: float) -> bool:
        return abs(low + vat + more - high) < CENT

    without = any(holds(adds, amount, taxes, other) for other in beside)
    with_ = any(holds(adds, other, taxes, amount) for other in beside)
    if not (without or with_):  # together with one thing more, as shipping
        pairs = [*permutations(beside, 2)]
        without = any(holds(adds_more, amount, taxes, more, high) for more, high in pairs)
        with_ = any(holds(adds_more, low, taxes, more, amount) for more, low in pairs)
    if by_rate and not (without or with_):
        without, with_ = (holds(rule, amount, taxes) for rule in (_is_on, _is_in))
    if without == with_:
        return ""
    return "excl" if without else "incl"


def _is_on(amount: float, vat: float) -> bool:
    return any(abs(amount * rate - vat) < CENT for rate in (0.0, *RATES))


def _is_in(amount: float, vat: float) -> bool:
    return any(abs(amount * rate / (1 + rate) - vat) < CENT for rate in (0.0, *RATES))


def shares_in(column: Cells, amount: Cells | None = None) -> Numbers | None:
    """The shares that a column of VAT or discount has, 0.21 for 21%; None for one that has money, or nothing.

    A header says so, or the cells do. What neither says is VAT that is a known rate on every row, and in
    none of the ways in which VAT can be in, or on, amount.
    """
    of_a_rate = re.search(r"\d\s*%", column.header)  # `BTW 21%`: the money at that rate
    says = not of_a_rate and any(_OF_A_SHARE.search(form) for form in forms(column.header))
    if says or "%" in "".join(column.distinct):
        return _as_shares(column)
    if amount is None or of_a_rate or any(_OF_MONEY.search(form) for form in forms(column.header)):
        return None
    known = [{round(rate * times, 3) for rate in RATES} for times in (1, 100)]
    rates = {round(abs(number), 3) for number in column.numbers if number}
    both = (amount.numbers, column.numbers)
    if rates and any(rates <= one for one in known) and not holds(_is_on, *both) and not holds(_is_in, *both):
        return _as_shares(column)
    return None


def is_of_a_hundred(bare: Sequence[float]) -> bool:
    """Whether shares without a % are hundredths: 21, and not 0.21."""
    there = [number for number in bare if number]
    return any(abs(number) > 1 for number in there) or (bool(there) and all(n % 1 == 0 for n in there))


def _as_shares(column: Cells) -> Numbers | None:
    found = [re.search(r"-?\d+(?:[.,]\d+)?", text) for text in column.texts]
    read = [float(one[0].replace(",", ".")) if one else None for one in found]
    whole = is_of_a_hundred(
        [one for one, text in zip(read, column.texts, strict=True) if one is not None and "%" not in text]
    )
    shares = [
        one if one is None else one / (100 if whole or "%" in text else 1)
        for one, text in zip(read, column.texts, strict=True)
    ]
    return shares if any(one is not None for one in shares) else None


def added(columns: Sequence[Numbers]) -> Numbers:
    """The sum on each row of a sample, None where no column has a number."""
    return [
        sum(number or 0.0 for number in row) if any(number is not None for number in row) else None
        for row in zip(*columns, strict=True)
    ]
