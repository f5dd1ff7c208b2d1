"""The one order in which a column of dates is written: found in its values, or a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klantwaarde_xl.dutch import DATE_ORDERS, FIRST_YEAR, FIXED, MONTHS, NAMED, Readings

Read = Mapping[str, Readings]
_FRONT = {"dmj": "de dag", "mdj": "de maand", "jmd": "het jaar"}
# Texts that only a strange order reads, and how many others there are to each at most, before no chance or
# typing error explains that not one text is a day in the usual order alone
_NO_CHANCE, _PART = 4, 4
# Where a text is looked for that is no day in the order at all: day and month change places before the year
_INSTEAD = {
    "dmj": (("dmj",), ("mdj",), ("jmd",)),
    "mdj": (("mdj",), ("dmj",), ("jmd",)),
    "jmd": (("jmd",), ("dmj", "mdj")),
}


@dataclass(frozen=True)
class Question:
    """What a column does not tell: of which texts, and the orders that would settle it.

    problem: what is odd about the column as a whole, empty when nothing is.
    """

    texts: Read
    orders: tuple[str, ...]
    problem: str = ""

    def in_words(self, written: str, bare: str) -> tuple[str, str]:
        """What happened and what to do, in Dutch; written, bare: one of its texts as an example."""
        read = self.texts[bare]
        ways = len({_day(read, order) for order in self.orders} - {None})
        count = "drie" if ways > 2 else "twee"
        choices = [f"{order} ({DATE_ORDERS[order]}{_example(read, order)})" for order in self.orders]
        return (
            self.problem or f"Datums zoals {written} zijn op {count} manieren te lezen.",
            f"Zeg de volgorde: --datumvolgorde {', '.join(choices[:-1])} of {choices[-1]}.",
        )


def decide(found: Read) -> str | Question:
    """The order of a column from the possible days of its different texts; or what to ask."""
    moving = _moving(found)
    fits = _different(
        moving, [order for order in DATE_ORDERS if all(_day(r, order) for r in moving.values())]
    )
    several = {text: read for text, read in moving.items() if len(read.days) > 1}
    if not fits:
        # Where each text has one reading, `day_in` finds it in any order
        return Question(several, _all_of(several), _contradiction(moving)) if several else "dmj"
    forced = sum(_is_strange(read, fits[0]) for read in moving.values())
    if several and forced and not (forced >= _NO_CHANCE and forced * _PART >= len(several)):
        front, kind = _FRONT[fits[0]], "in woorden" if fits[0] == "jmd" else "met streepjes of punten"
        problem = f"Datums {kind} hebben hier soms {front} voorop, en dat is in Nederland ongewoon."
        # In numbers the order that reads them all goes first; a year in front is likelier a slip
        first = () if fits[0] == "jmd" else (fits[0],)
        return Question(several, tuple(dict.fromkeys((*first, *_all_of(several)))), problem)
    undecided = {text: read for text, read in several.items() if len({_day(read, o) for o in fits}) > 1}
    if "dmj" in fits:
        undecided = {text: read for text, read in undecided.items() if not read.is_dutch(fits)}
    return Question(undecided, tuple(fits)) if undecided else fits[0]


def orders_of(found: Read) -> tuple[str, ...]:
    """The orders in which all texts of a column are days; those that give the same days each for itself."""
    return tuple(order for order in DATE_ORDERS if all(_day(read, order) for read in _moving(found).values()))


def told_by(found: Read) -> str | None:
    """The one order that the texts of a column leave; None where they leave more, or none."""
    orders = orders_of(found)
    return orders[0] if len(orders) == 1 else None


def day_in(read: Readings, order: str, last_year: int) -> dt.date | None:
    """The day that a text is in a column of this order; None for none, or one past the last year.

    A text that is no day in this order but is one in another, is that day: a 24th month can only be a
    day. Where only the year cannot be, it is a typing error and not another order.
    """
    for orders in _INSTEAD[order]:
        days = {day for one in orders if (day := _day(read, one))}
        if days:
            day = days.pop()
            return day if not days and _is_possible(day, last_year) else None
    return None


def possible(read: Readings, last_year: int) -> Readings | None:
    """A text's days from the first year to the last; None when no day is left."""
    dmj, mdj, jmd = (day if day and _is_possible(day, last_year) else None for day in read[:3])
    return Readings(dmj, mdj, jmd, read.form) if dmj or mdj or jmd else None


def _moving(found: Read) -> dict[str, Readings]:
    """The texts of which the order says what day they are."""
    return {text: read for text, read in found.items() if read.form != FIXED}


def _is_possible(day: dt.date, last_year: int) -> bool:
    return FIRST_YEAR <= day.year <= last_year


def _day(read: Readings, order: str) -> dt.date | None:
    day: dt.date | None = getattr(read, order)
    return day


def _all_of(texts: Read) -> tuple[str, ...]:
    """The orders in which at least one of these texts is a day."""
    return tuple(_different(texts, [o for o in DATE_ORDERS if any(_day(r, o) for r in texts.values())]))


def _different(texts: Read, orders: Iterable[str]) -> list[str]:
    """These orders without those that give the same as an earlier one: months have no day to put first."""
    seen: dict[tuple[dt.date | None, ...], str] = {}
    for order in orders:
        seen.setdefault(tuple(_day(read, order) for read in texts.values()), order)
    return list(seen.values())


def _is_strange(read: Readings, order: str) -> bool:
    """Whether a text forces an order on the column that its own form does not have in the Netherlands."""
    if read.dmj is not None:
        return False
    return read.form == NAMED if order == "jmd" else read.form not in ("/", NAMED)


def _contradiction(moving: Read) -> str:
    orders = {next(order for order in DATE_ORDERS if _day(read, order)) for read in moving.values()}
    fronts = " én datums ".join(f"met {_FRONT[order]} voorop" for order in DATE_ORDERS if order in orders)
    return f"Deze kolom heeft datums {fronts}."


def _example(read: Readings, order: str) -> str:
    day = _day(read, order)
    return f": {day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
