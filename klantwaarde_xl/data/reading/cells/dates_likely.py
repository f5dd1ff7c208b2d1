"""The order of dates that their own column leaves open, by what the file shows beside it; else a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from klantwaarde_xl.data.reading.cells.dates_order import Question, Read
from klantwaarde_xl.dutch import DATE_ORDERS, MONTHS, Readings

_RECENT = 10  # years that an export goes back to; dates of two digits that reach further are misread


def likely(question: Question, found: Read, today: dt.date, *, comma: bool) -> tuple[Question, str]:
    """A question with fewer orders, and why; it is answered where one is left.

    found: all texts of the column; comma: whether amounts of the file have a decimal comma. What says that
    no order is likely keeps them all: the reason (Dutch) is empty then.
    """
    orders, because = question.orders, ""
    if question.problem:
        return question, because
    moving = [read for read in found.values() if len(read.days) > 1]
    dots = all(read.form.strip() == "." for read in moving)
    last, first = (
        _is_recent(moving, orders, ("dmj", "mdj"), today),
        _is_recent(moving, orders, ("jmd",), today),
    )
    if "jmd" in orders and "dmj" in orders and ((last and not first) or (dots and last is first)):
        orders, because = _without(orders, "jmd"), "het jaar staat achteraan"
        if dots:
            because = "met punten staat de dag voorop"
    if "jmd" not in orders and "mdj" in orders and "dmj" in orders:
        if dots:
            orders, because = _without(orders, "mdj"), "met punten staat de dag voorop"
        elif because and all(read.form != "/" for read in moving):
            orders = _without(orders, "mdj")
        elif comma:
            orders, because = _without(orders, "mdj"), "bij een decimale komma staat de dag voorop"
    return replace(question, orders=orders), because


def note(text: str, read: Readings, order: str, because: str) -> str:
    """How such a column was read, by one of its texts, and what to type where that is wrong (Dutch)."""
    day: dt.date = getattr(read, order)
    shown = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    others = [one for one in DATE_ORDERS if one != order and getattr(read, one) not in (None, day)]
    return f"{text} is {shown} ({because}); zo niet: --datumvolgorde {' of '.join(others)}"


def _without(orders: Iterable[str], order: str) -> tuple[str, ...]:
    return tuple(one for one in orders if one != order)


def _is_recent(reads: list[Readings], orders: Iterable[str], named: tuple[str, ...], today: dt.date) -> bool:
    """Whether in one of these orders, where it fits, every text is a day that an export goes back to."""
    first = today.year - _RECENT
    return any(
        all((day := getattr(read, order)) is not None and day.year >= first for read in reads)
        for order in named
        if order in orders
    )
