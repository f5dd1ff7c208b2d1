"""Which period a text names that is longer than a month: `2026-Q1`, `1e kwartaal 2026`, `H2 2026`, `2026`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import MONTHS, month_readings

MONTH, QUARTER, HALF, YEAR = "maand", "kwartaal", "halfjaar", "jaar"
TERMS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}  # each with its months

_NAMES = {
    MONTH: "m maand maanden maandelijks mnd month months monthly",
    QUARTER: "kwartaal kwartalen quarter quarterly 3maanden 3month 3months 3mnd",
    HALF: "halfjaar halfjaarlijks halfyear halfyearly semiannual 6maanden 6month 6months 6mnd",
    YEAR: "j jaar jaarlijks jr year years yearly annual annually 12maanden 12month 12months 12mnd",
}
# What a price is of, by its head
_OF_A_HEAD = {
    MONTH: r"maandbedrag|maandprijs|maandtarief|\bmrr\b|monthly|\b(per |p/) ?(maand|mnd|month)",
    QUARTER: r"kwartaalbedrag|quarterly|\b(per |p/) ?(kwartaal|quarter)",
    HALF: r"\bper half ?jaar",
    YEAR: r"jaarbedrag|jaarprijs|jaartarief|\barr\b|annual|yearly|\b(per |p/) ?(jaar|year)",
}
_EACH = re.compile(r"^(?:per|elke|elk|iedere|ieder|every|each|p(?=[mj]))?(?:1|een|one)?(?=\D|\d)")
_NUMBERS = {
    **{str(number): number for number in range(1, 5)},
    **dict(zip(("eerste", "tweede", "derde", "vierde"), range(1, 5), strict=True)),
    **dict(zip(("first", "second", "third", "fourth"), range(1, 5), strict=True)),
}
_SIGNS = re.compile(r"[\s.,/_()'’–—-]+")
_YEAR = r"((?:19|20)?\d{2})"
_WHICH = rf"(?:({'|'.join(_NUMBERS)})(?:e|de|ste|st|nd|rd|th)?)"
_QUARTERS, _HALVES = "q|k|kwartaal|quarter|qtr", "h|hj|halfjaar|half jaar|helft|half|half year"
_PART = rf"(?:{_WHICH} ?(?:({_QUARTERS})|{_HALVES})|(?:({_QUARTERS})|{_HALVES}) ?0?([1-4]))"
_LINK = " ?(?:van |of |in )?"
_PART_YEAR = re.compile(rf"{_PART}{_LINK}{_YEAR}")
_YEAR_PART = re.compile(rf"{_YEAR} ?{_PART}")
_STATLINE = re.compile(r"((?:19|20)\d{2})(kw|hj|jj)0([0-4])")  # as Statistics Netherlands writes them
_WHOLE = re.compile(r"(?:(?:heel|kalenderjaar|jaar|year|het jaar) )?((?:19|20)\d{2})(?: jaar| 0)?")


TERMS_EACH = "aantal termijnen"  # the column of how many of a term an amount is of


@dataclass(frozen=True)
class Period:
    """A period of the calendar: its first day, and its term, of `TERMS`."""

    start: dt.date
    term: str

    def __str__(self) -> str:
        if self.term == MONTH:
            return f"{MONTHS[self.start.month - 1]} {self.start.year}"
        if self.term == YEAR:
            return str(self.start.year)
        return f"{(self.start.month - 1) // TERMS[self.term] + 1}e {self.term} {self.start.year}"


def term_named(text: str) -> str | None:
    """The term that a text names (`kwartaal`, `per jaar`, `12 maanden`); None for any other."""
    compact = _bare(text).replace(" ", "")
    either = {compact, _EACH.sub("", compact)}
    return next((term for term, names in _NAMES.items() if either & set(names.split())), None)


def term_of_header(header: str) -> str | None:
    """The term that a head says its amounts are of (`Bedrag per maand`); None where it says none."""
    words = header.casefold().replace("_", " ")
    return next((term for term, pattern in _OF_A_HEAD.items() if re.search(pattern, words)), None)


def period_in(text: str) -> Period | None:
    """The quarter, half year or year that a text names; None for a month and for what is no period."""
    bare = _bare(text)
    if told := _STATLINE.fullmatch(bare):
        term = {"kw": QUARTER, "hj": HALF, "jj": YEAR}[told[2]]
        return _period(told[1], term, 1 if term == YEAR else int(told[3]))
    if whole := _WHOLE.fullmatch(bare):
        return _period(whole[1], YEAR, 1)
    if part := _PART_YEAR.fullmatch(bare):
        return _of_part(part[5], *part.groups()[:4])
    if part := _YEAR_PART.fullmatch(bare):
        return _of_part(part[1], *part.groups()[1:])
    return None


def period_of_year(text: str, year: str, *, quarters: bool) -> Period | None:
    """The period that a text names together with its year, which stands apart: `maart`, `3`, `Q1`.

    quarters: a number by itself is a quarter, not a month. None for a text that names none, or has a year.
    """
    bare, year = _bare(text), _bare(year)
    if not re.fullmatch(r"(?:19|20)\d{2}", year):
        return None
    if re.fullmatch(r"\d{1,2}", bare):
        number = int(bare)
        if quarters:
            return _period(year, QUARTER, number)
        return Period(dt.date(int(year), number, 1), MONTH) if 1 <= number <= 12 else None
    if not bare:
        return _period(year, YEAR, 1)
    if (found := period_in(f"{bare} {year}")) is not None:
        return found
    read = month_readings(f"{bare} {year}") if bare.isalpha() else None
    return Period(read.dmj, MONTH) if read and read.dmj else None


def _of_part(
    year: str, which: str | None, quarter: str | None, other: str | None, number: str | None
) -> Period | None:
    return _period(year, QUARTER if quarter or other else HALF, _NUMBERS[which or number or ""])


def _period(year: str, term: str, number: int) -> Period | None:
    months = TERMS[term]
    if not 1 <= number <= 12 // months:
        return None
    return Period(dt.date(int(year if len(year) == 4 else f"20{year}"), (number - 1) * months + 1, 1), term)


def _bare(text: str) -> str:
    return _SIGNS.sub(" ", text.replace(MARK, "").casefold()).strip()
