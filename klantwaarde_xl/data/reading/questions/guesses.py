"""Which columns of a sample can be money or a customer, the likeliest first; for the user to judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, permutations

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.kinds.status_words import STATUS
from klantwaarde_xl.data.reading.naming.counted import is_no_amount, is_number_of
from klantwaarde_xl.data.reading.naming.headers import currency_of, forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_MONEY, ORDER
from klantwaarde_xl.data.reading.questions.no_customers import have_prices, holds_others, is_of_others
from klantwaarde_xl.data.reading.questions.none_of_ours import is_other, is_scaled
from klantwaarde_xl.data.reading.questions.planned import came_in, is_planned
from klantwaarde_xl.data.reading.revenue.rates import RATES
from klantwaarde_xl.data.reading.revenue.sums import is_usual
from klantwaarde_xl.data.reading.units.rounded_numbers import is_rounded

_OF_THINGS = re.compile(
    "(nr|nummer|number|numer|num|no|code|kod|id|key|boekstuk|rekening|account|grootboek|dagboek|ledger|konto)$"
)
_OF_PRICES = re.compile("tarief|prijs|price|bedrag|amount|contributie", re.IGNORECASE)  # may all be the same
_MOSTLY = 0.9
_ORDERS = frozenset(ORDER)
_FEWEST = 5  # numbers by which one column is known to be computed from others
# What is VAT of a price: without it, and with it
_SHARES = (0.0, *RATES, *(rate / (1 + rate) for rate in RATES))
_CENT = 0.011
_MANY_PIECES, _FEW_PIECES = 1000, 3
_LONGEST = 40  # signs of a name, on average; what is longer are remarks
_SHORTEST = 3  # digits of a customer's number
_FEW = 8  # words of a list
_WITHOUT = re.compile("net(?!w)|nto|excl|exkl|zonder|ohne|hors|ht$")
_OF_FEES = re.compile("fee|geb(u|ue)hr|commissi|provisi")  # beside it net is what is left of that
_OF_COSTS = re.compile("inkoop|kost|cost|purchase|einkauf")
_WITH = re.compile("gross|brut|bto|incl|inkl|ttc|metbtw")
_FEWEST_BALANCES = 3  # rows: of two the sum may be a chance
_OF_TOTALS = re.compile(r"^(sub|eind|grand)?[ -]?tota?al\b|\btota?al$", re.IGNORECASE)
_CODE = re.compile(r"(\d{8,})\.0")  # of a thing, in a column that a program took for decimals


def pieces(columns: Sequence[Cells]) -> list[Cells]:
    """Columns of small whole numbers: how many there were of something."""
    return [
        column
        for column in columns
        if _is_whole(column)
        and not (_is_series(column) or _OF_THINGS.search(plain(column.header)))
        and all(abs(number) <= _MANY_PIECES for number in column.numbers if number is not None)
        and any(abs(number) <= _FEW_PIECES for number in column.numbers if number is not None)
        and (column.repeats or len(column.filled) < _FEWEST)
    ]


def amounts(columns: Sequence[Cells]) -> list[Cells]:
    """Columns of money that came in: no codes, pieces, percentages, tax, price of a piece or balance."""
    money = [
        column
        for column in columns
        if column.is_numbers
        and not (column.is_days or is_scaled(column) or is_other(column))
        and not (is_no_amount(column.header) or _are_codes(column))
    ]
    exact, counts = [column for column in money if column.has_cents], pieces(money)
    computed = {
        part.place
        for part, whole in permutations(exact, 2)
        if _is_share(part, whole)
        or _is_balance(part, whole)
        or any(_is_times(part, count, whole) for count in counts)
    }
    for before, moved, after in permutations(exact, 3):
        if _are_balances(before, moved, after):
            computed |= {before.place, after.place}
    # Beside the same total without VAT, one that has it comes last
    with_tax = {
        high.place
        for low, tax, high in permutations(exact, 3)
        if tax.place in computed and _sum(low) < _sum(high) and _adds(low, tax, high)
    }
    if not with_tax:  # of a few rows only sums that hold in all of them, with VAT at a known rate
        with_tax = {high.place for low, tax, high in permutations(exact, 3) if _are_taxed(low, tax, high)}
    with_tax |= {
        high.place
        for low, high in permutations(exact, 2)
        if not _OF_COSTS.search(plain(low.header)) and is_usual(low.numbers, high.numbers)
    }
    left = [column for column in exact if column.place not in computed]
    if not left:
        whole = [column for column in money if _is_whole(column) and not _are_steps(column)]
        left = [column for column in whole if not _is_of_things(column)]
        left = [column for column in left if column not in counts or came_in(column.header)] or left
    fees = any(_OF_FEES.search(plain(column.header)) for column in columns)
    return sorted(
        left,
        key=lambda column: (
            is_planned(column.header),
            column.place in with_tax or (not fees and _says_gross(column, left)),
            len(column.distinct) == 1 and len(column.filled) >= _FEWEST,
            -_sum(column),
            column.place,
        ),
    )


def _are_taxed(low: Cells, tax: Cells, high: Cells) -> bool:
    """Whether on every row VAT at a known rate lies between two amounts, and there are some of these."""

    def holds(net: float, vat: float, gross: float) -> bool:
        return abs(net + vat - gross) < _CENT and any(
            abs(vat - share * net) < _CENT for share in (0.0, *RATES)
        )

    rows = [
        (net, vat, gross)
        for net, vat, gross in zip(low.numbers, tax.numbers, high.numbers, strict=True)
        if net is not None and vat is not None and gross is not None
    ]
    return len(rows) > 1 and any(tax.numbers) and all(holds(*row) for row in rows)


def _says_gross(column: Cells, others: Sequence[Cells]) -> bool:
    """Whether a header says that money is with VAT beside one that says without."""
    said = {one.place: _vat_said(one.header) for one in others}
    return said.get(column.place) == "with" and "without" in said.values()


def _vat_said(header: str) -> str:
    for word, pattern in (("without", _WITHOUT), ("with", _WITH)):
        if pattern.search(plain(header)):
            return word
    return ""


def is_product(columns: Sequence[Cells], total: Cells) -> bool:
    """Whether an amount is a price, in a column of its own, times a number of pieces."""
    counts = pieces(columns)
    return any(_is_times(price, count, total) for price in columns if price.is_numbers for count in counts)


def customers(
    columns: Sequence[Cells],
    beside: Sequence[Cells],
    day: Cells | None,
    likeness: Callable[[Cells], bool],
) -> list[Cells]:
    """Columns of e-mail addresses, or of codes and names that come again on other days.

    beside: all columns of the sample; likeness: whether a header looks like one of a customer, which
    decides between equals.
    """
    words = [
        column
        for column in columns
        if not (column.is_days or is_other(column) or (column.is_numbers and _is_money(column)))
        and not (is_scaled(column) or is_of_others(column.header))
        and not STATUS.fullmatch(plain(column.header))
        and not set(forms(column.header)) & _ORDERS
        and not any(number is not None and number < 0 for number in column.numbers)
        and not currency_named(column.filled[0])
        and not (column.is_numbers and currency_of(column.header))
        and (len(column.distinct) > 1 or len(column.filled) == 1)
        and not (is_number_of(column.header) or all(map(is_rounded, column.distinct)))
        and sum(map(len, column.filled)) <= _LONGEST * len(column.filled)
        and (column.is_mails or not _is_list(column))
    ]
    counts = pieces(columns)
    all_counts = pieces(beside)
    words = [one for one in words if one.is_mails or not holds_others(one, beside, all_counts)]
    again = [
        column for column in words if column.is_mails or (column.repeats and _on_other_days(column, day))
    ]
    left = [column for column in again if column not in counts]
    if not left:  # everybody once, or numbers that are as small as those of pieces
        once = [
            column for column in words if not (column.repeats or _is_series(column) or _is_ragged(column))
        ]
        left = [*once, *again]
    return sorted(
        left,
        key=lambda one: (
            not one.is_mails,
            not likeness(one),
            not one.is_codes and have_prices(one, beside, all_counts),
            one.repeats and one in counts,
            not one.is_codes,
            one.place,
        ),
    )


def parts_of(total: Cells, columns: Sequence[Cells]) -> list[Cells]:
    """The columns of numbers that together are a total on every row: amounts, whatever their headers are."""
    parts = [one for one in columns if one is not total and one.is_numbers and not one.is_days]
    rows = list(zip(total.numbers, *(one.numbers for one in parts), strict=True))
    adds = all(abs(sum(number or 0.0 for number in row) - (whole or 0.0)) < _CENT for whole, *row in rows)
    return parts if len(parts) > 1 and len(rows) > 1 and adds else []


def unnamed_heads(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Cells]:
    """The column without a header whose texts stand alone above rows, in none of which it is filled."""
    found = []
    for place in (at for at, header in enumerate(headers) if not header.strip()):
        texts = [row[place].strip() if place < len(row) else "" for row in rows]
        filled = [sum(map(bool, map(str.strip, row))) for row in rows]
        heads = [text for text, count in zip(texts, filled, strict=True) if text and count == 1]
        beside = [text for text, count in zip(texts, filled, strict=True) if text and count > 1]
        own = [text for text in heads if not _OF_TOTALS.search(text)]
        if own and all(map(_OF_TOTALS.search, beside)) and any(re.search(r"[^\W\d_]", text) for text in own):
            found.append(Cells(place, str(place + 1), tuple(own)))
    return found


def order_numbers(columns: Sequence[Cells], customer: Cells, day: Cells) -> list[Cells]:
    """Columns of codes that come again, each for one customer on one day only."""
    found = [
        column
        for column in columns
        if column not in (customer, day)
        and column.repeats
        and column.is_codes
        and not (column.is_mails or column.is_days or (column.is_numbers and column.has_cents))
        and len(set(zip(column.texts, customer.texts, day.texts, strict=True))) == len(set(column.texts))
    ]
    return sorted(found, key=lambda column: -len(column.distinct))


def lists(columns: Sequence[Cells]) -> list[Cells]:
    """Columns of a few words that come again: a status, a way of paying."""
    return [column for column in columns if _is_list(column) and not is_other(column)]


def currencies(columns: Sequence[Cells]) -> list[Cells]:
    """Columns in which every cell names a currency."""
    return [column for column in columns if all(map(currency_named, column.distinct))]


def _is_list(column: Cells) -> bool:
    """Few words, none with a digit, and many rows with each."""
    few = len(column.distinct) <= _FEW and len(column.filled) >= 3 * len(column.distinct)
    return few and not column.is_mails and not any(re.search("[0-9@]", text) for text in column.distinct)


def _is_whole(column: Cells) -> bool:
    """Numbers without decimals that are no code, as `0071` is."""
    coded = any(len(text) > 1 and text.startswith("0") for text in column.filled)
    return column.is_numbers and not (column.has_cents or column.is_days or coded)


def _is_money(column: Cells) -> bool:
    """Whether numbers have decimals, or a header of money."""
    return column.has_cents or not OF_MONEY.isdisjoint(forms(column.header))


def _are_codes(column: Cells) -> bool:
    """Whether numbers are those of things, all as long, behind which a program wrote `.0`."""
    found = [_CODE.fullmatch(text) for text in column.filled]
    return len(found) > 1 and all(found) and len({len(one[1]) for one in found if one}) == 1


def _is_ragged(column: Cells) -> bool:
    """Whether numbers are short, or some shorter than others, as those of one kind of code are not."""
    several = len(column.filled) > 1 and _is_whole(column)
    return several and (len({*map(len, column.distinct)}) > 1 or len(column.filled[0]) < _SHORTEST)


def _are_steps(column: Cells) -> bool:
    """Whether numbers are each one more than that above it, or one less: of rows, and no money."""
    steps = {after - before for before, after in pairwise(filter(None, column.numbers))}
    return steps in ({1}, {-1})


def _is_series(column: Cells) -> bool:
    """Whole numbers that only go up, or only down: those of rows or orders."""
    values = [number for number in column.numbers if number is not None]
    if not _is_whole(column) or len(column.distinct) < _FEWEST:
        return False
    steps = [after - before for before, after in pairwise(values)]
    return all(step >= 0 for step in steps) or all(step <= 0 for step in steps)


def _is_of_things(column: Cells) -> bool:
    """Whether whole numbers are those of things: a series, one number, or what a header calls a number."""
    one = len(column.distinct) == 1 and len(column.filled) > 1 and not _OF_PRICES.search(column.header)
    return one or _is_series(column) or _OF_THINGS.search(plain(column.header)) is not None


def _on_other_days(column: Cells, day: Cells | None) -> bool:
    """Whether what comes again does so on another day: an order's number stands on one."""
    if day is None:
        return True
    seen: dict[str, set[str]] = {}
    for text, when in zip(column.texts, day.texts, strict=True):
        if text:
            seen.setdefault(text, set()).add(when)
    return any(len(when) > 1 for when in seen.values())


def _sum(column: Cells) -> float:
    return sum(number for number in column.numbers if number is not None)


def _fits(of: Iterable[Sequence[float | None]], holds: Callable[..., bool]) -> bool:
    """Whether a rule holds for nearly all rows of columns, and there are enough to be no chance."""
    rows = [row for row in of if None not in row]
    return len(rows) >= _FEWEST and sum(holds(*row) for row in rows) >= _MOSTLY * len(rows)


def _is_share(part: Cells, whole: Cells) -> bool:
    """Whether each number is VAT on, or in, that of another column."""

    def holds(tax: float, price: float) -> bool:
        return any(abs(tax - share * price) < _CENT for share in _SHARES)

    return _sum(part) != 0 and _fits(zip(part.numbers, whole.numbers, strict=True), holds)


def _is_balance(part: Cells, whole: Cells) -> bool:
    """Whether each number is the one before it, above or below, and what another column has, in or out."""
    steps = [None if None in pair else pair[1] - pair[0] for pair in pairwise(part.numbers)]  # type: ignore[operator]
    down, up = zip(steps, whole.numbers[1:], strict=True), zip(steps, whole.numbers[:-1], strict=True)
    return _fits(down, lambda step, amount: abs(abs(step) - abs(amount)) < _CENT) or _fits(
        up, lambda step, amount: abs(abs(step) - abs(amount)) < _CENT
    )


def _are_balances(before: Cells, moved: Cells, after: Cells) -> bool:
    """Whether an amount lies between two balances on each row, of which one is the other of the next row."""
    rows = list(zip(before.numbers, moved.numbers, after.numbers, strict=True))
    known = [(low, step, high) for low, step, high in rows if None not in (low, step, high)]
    if len(known) < _FEWEST_BALANCES or len(known) < len(rows):
        return False
    adds = all(abs(low + step - high) < _CENT for low, step, high in known)  # type: ignore[operator]
    down = all(abs(one[2] - other[0]) < _CENT for one, other in pairwise(known))  # type: ignore[operator]
    up = all(abs(one[0] - other[2]) < _CENT for one, other in pairwise(known))  # type: ignore[operator]
    return adds and (down or up)


def _is_times(price: Cells, count: Cells, total: Cells) -> bool:
    several = any(number not in (None, 1) for number in count.numbers)
    rows = zip(price.numbers, count.numbers, total.numbers, strict=True)
    return several and _fits(rows, lambda each, pieces, sum_: abs(each * pieces - sum_) < _CENT)


def _adds(low: Cells, tax: Cells, high: Cells) -> bool:
    rows = zip(low.numbers, tax.numbers, high.numbers, strict=True)
    return _fits(rows, lambda net, vat, gross: abs(net + vat - gross) < _CENT)
