"""The same amount in a foreign currency and in euros: by a rate beside them, or by the rows in euros."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import permutations

from klantwaarde_xl.data.reading.by_contents import are_currencies, words_of
from klantwaarde_xl.data.reading.cells.contents import Cells, numbers_in
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import currency_of, plain
from klantwaarde_xl.data.reading.revenue.sums import CENT, holds
from klantwaarde_xl.data.reading.sources.marked import MARK

Places = dict[str, int]

_RATE = re.compile(
    "(valuta|wissel|omreken|euro|munt)?koers(valuta|factuur|eur)?|(exchange|fx|currency|conversion|forex)(rate)?|"
    "(invoice)?(exchange|currency|conversion)rate|rate|(wechsel|waehrungs|wahrungs)?kurs|tauxdechange"
)
# In a header of money: that it is in the currency of the row, or in that of the books
_FOREIGN = re.compile(
    "valuta|vv$|vreemd|foreign|currency|fc$|origine|original|transact|fremd|w(ae|a)hrung|devise|document"
)
_OF_BOOKS = re.compile(
    "eur|base|basis|home|local|lokaal|eigen|own|converted|omgerekend|functional|company|lc$|haus|grondslag"
)
_ONE = f"{MARK}?1([.,]0*)?"
_SAMPLE = 200  # rows
_ROUNDED = 0.002  # of an amount, by a rate of a few figures
_EURO = "EUR"


def in_euros(rows: Rows, found: Places, named: Mapping[str, str], wanted: str) -> str:
    """Take the amounts in euros where those that were found are in the currency of each row.

    wanted: the currency that the user wants, if any. Returns what to say; nothing where none are there.
    """
    if wanted or not {"bedrag", "valuta"} <= found.keys() or {"bedrag", "valuta"} & set(named):
        return ""
    return _by_rate(rows, found) or _by_rows_in_euros(rows, found)


def _by_rate(rows: Rows, found: Places) -> str:
    for rate in (at for at, header in enumerate(rows.headers) if _RATE.fullmatch(plain(header))):
        if rate in found.values() or not _is_of_euros(rows, rate, found["valuta"]):
            continue
        cells = ", ".join(map(rows.cell, range(len(rows.headers))))
        cell = rows.cell(rate)
        records = rows.con.execute(
            f"select {cells} from lines where rij > {rows.header_row} and {cell} <> '' "
            f"and not regexp_full_match({cell}, '{_ONE}') limit {_SAMPLE}"
        ).fetchall()
        money = numbers_in(rows.headers, [list(record) for record in records])
        if rate not in money:
            continue
        rates = money.pop(rate)
        own = {
            foreign: books
            for foreign, books in permutations(money, 2)
            if _is_told(money[foreign].header, money[books].header)
            and _is_converted(money[foreign], rates, money[books])
        }
        amount = found["bedrag"]
        if amount not in own and amount not in own.values():
            continue
        for name, place in found.items():
            found[name] = own.get(place, place)
        del found["valuta"]
        foreign = next(one for one, books in own.items() if books == found["bedrag"])
        return (
            f"kolom {rows.name(found['bedrag'])} is {rows.name(foreign)} in euro's, naar de koers in "
            f"{rows.name(rate)}: die telt"
        )
    return ""


def _is_told(foreign: str, books: str) -> bool:
    """Whether headers say which of two amounts is in the currency of its row, and which in euros."""
    said = [
        (bool(_FOREIGN.search(plain(one))) - bool(_OF_BOOKS.search(plain(one)) or currency_of(one) == _EURO))
        for one in (foreign, books)
    ]
    return said[0] > said[1]


def _is_converted(foreign: Cells, rates: Cells, books: Cells) -> bool:
    columns = foreign.numbers, rates.numbers, books.numbers

    def times(amount: float, rate: float, euros: float) -> bool:
        return abs(amount * rate - euros) < CENT + _ROUNDED * abs(euros)

    def divided(amount: float, rate: float, euros: float) -> bool:
        return times(euros, rate, amount)

    return any(foreign.numbers) and (holds(times, *columns) or holds(divided, *columns))


def _is_of_euros(rows: Rows, rate: int, currency: int) -> bool:
    """Whether the rows at a rate of one, if any, are those in euros; else no row is."""
    codes = rows.con.execute(
        f"select distinct {rows.cell(currency)}, regexp_full_match({rows.cell(rate)}, '{_ONE}') from lines "
        f"where rij > {rows.header_row} and {rows.cell(currency)} <> '' and {rows.cell(rate)} <> ''"
    ).fetchall()
    at_one = {currency_named(code) for code, is_one in codes if is_one}
    others = {currency_named(code) for code, is_one in codes if not is_one}
    return bool(others) and _EURO not in others and at_one <= {_EURO}


def _by_rows_in_euros(rows: Rows, found: Places) -> str:
    """Take money beside a currency that is always the euro, and that is the amount where that is in euros."""
    amount, currency = found["bedrag"], found["valuta"]
    lists = rows.lists([at for at in range(len(rows.headers)) if at not in found.values() or at == currency])
    named = lists.get(currency, {})
    if len({currency_named(text) for text in named}) < 2 or amount not in rows.numbers:
        return ""
    of_euros = [
        at
        for at, texts in lists.items()
        if at != currency and are_currencies(texts) and {currency_named(text) for text in texts} == {_EURO}
    ]
    in_euro = [currency_named(row[currency]) == _EURO for row in rows.few]
    before = rows.numbers[amount].numbers
    for codes in of_euros:
        for at, money in rows.numbers.items():
            if at in found.values() or not words_of(money.header) & words_of(rows.headers[codes]):
                continue
            pairs = [*zip(in_euro, before, money.numbers, strict=True)]
            same = [one == other for is_euro, one, other in pairs if is_euro and one]
            moved = [one != other for is_euro, one, other in pairs if not is_euro and one and other]
            if same and all(same) and moved and all(moved):
                found["bedrag"] = at
                del found["valuta"]
                return (
                    f"kolom {rows.name(at)} is {rows.name(amount)} in euro's, zoals kolom "
                    f"{rows.name(codes)} zegt: die telt"
                )
    return ""
