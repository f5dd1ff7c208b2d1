"""Two columns of money that stand against each other, debit and credit: what can be revenue of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.naming.headers import forms

_WORDS = {
    "debet": "out", "debit": "out", "débit": "out", "soll": "out",
    "credit": "in", "crédit": "in", "haben": "in",
}  # fmt: skip
_SIDE = re.compile("debet|d[eé]bit|cr[eé]dit|soll|haben", re.IGNORECASE)
_LEDGER_WORDS = "grootboek grootboekrekening grootboeknummer rekening rekeningnummer glaccount ledger konto"
_OF_A_LEDGER = frozenset(_LEDGER_WORDS.split())
_OF_AN_ENTRY = re.compile("boekstuk|boeking|stuknr|journal|entry|voucher|document|beleg", re.IGNORECASE)
_OF_DEBTORS = re.compile("debiteur|debtor", re.IGNORECASE)
_OF_REVENUE = re.compile(r"8\d{2,4}")  # accounts of revenue, in the Dutch decimal scheme
_JOURNAL = 0.5  # from this share of numbers with both sides on, each entry stands there twice


def side_of(header: str) -> str:
    """Which side a header says that its money is of, `in` or `out`; empty for none, and for a card."""
    found = _SIDE.findall(header)
    return _WORDS[found[0].lower()] if len(found) == 1 and "card" not in header.casefold() else ""


def pair_of(columns: Sequence[Cells]) -> tuple[Cells, Cells] | None:
    """The first two columns whose headers differ in their side alone: what comes in, what goes out."""
    ways: dict[str, dict[str, Cells]] = {}
    for column in columns:
        side = side_of(column.header)
        if side and column.is_numbers:
            ways.setdefault(_SIDE.sub("", column.header).casefold(), {})[side] = column
    return next(((way["in"], way["out"]) for way in ways.values() if len(way) > 1), None)


def is_of_debtors(columns: Sequence[Cells], pair: tuple[Cells, Cells]) -> bool:
    """Whether debit is what was sold: a header names debtors, and debit is no small part of all.

    On an account of revenue hardly anything is debit, whoever its rows are of.
    """
    into, out = (sum(number or 0.0 for number in one.numbers) for one in pair)
    return any(_OF_DEBTORS.search(one.header) for one in columns) and out >= into / 2


def is_journal(columns: Sequence[Cells], order: Cells | None, pair: tuple[Cells, Cells]) -> bool:
    """Whether most entries stand there on both sides, so that all rows together are nought.

    order: the column of numbers of orders, beside which any with a header of an entry tells.
    """
    entries = [one for one in columns if _OF_AN_ENTRY.search(one.header)]
    return any(_is_twice(one, pair) for one in (*entries, *([order] if order else [])))


def _is_twice(number: Cells, pair: tuple[Cells, Cells]) -> bool:
    sides: dict[str, set[int]] = {}
    for at, text in enumerate(number.texts):
        for side, column in enumerate(pair):
            if text and column.numbers[at]:
                sides.setdefault(text, set()).add(side)
    return sum(len(both) > 1 for both in sides.values()) > _JOURNAL * len(sides)


def revenue_accounts(columns: Sequence[Cells]) -> tuple[Cells, list[str]] | None:
    """The column of a ledger's accounts and those of revenue in it, where there are any."""
    for column in columns:
        accounts = [text for text in column.distinct if _OF_REVENUE.fullmatch(text)]
        if set(forms(column.header)) & _OF_A_LEDGER and accounts:
            return column, accounts
    return None
