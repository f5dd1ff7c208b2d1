"""A column of text to values of its kind, all rows at once, inside the engine.

A value that can be read in one way is read that way. A value that can be read in two ways
(`1.234`, `01/02/2024`) is decided by the other values of its column; when those do not decide,
the user is asked. Nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells import dates, numbers
from klantwaarde_xl.data.reading.cells.months_of_two import LANGUAGES
from klantwaarde_xl.data.reading.cells.valued import Valued, show_values
from klantwaarde_xl.data.reading.cells.written import UNKNOWN, Written
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.data.reading.sources.typed import read_typed
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import DATE_ORDERS, SWAPPED
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    import duckdb

DECIMALS = numbers.DECIMALS
CENTS = "centen"  # said in their place, of amounts in whole cents
# An e-mail address, and one with a name before or behind it, as a link, or with a sign that parts a list
_OF_MAIL = r"[^\s<>:;,()\"'']"
_MAIL = rf"{_OF_MAIL}+@{_OF_MAIL}+\.[^\s<>:;,()\"''.]+"
_DRESSED = rf"(?i)(?:[^@]*[<(]\s*)?[\"'']?(?:mailto:\s*)?({_MAIL})[\"'']?\s*(?:[>);,.]+|[>)]?\s*\([^@]*\))?"


@dataclass(frozen=True)
class Reading:
    """What the user says about the columns; None, or nothing, leaves it to the data.

    vat: revenue with (`incl`) or without (`excl`) VAT; currencies: the one that counts with rate 1, and
    what others are worth in it; counted: the statuses that count (`fates.WORDS`); lines: whether amounts
    on lines of an order add up (`choices.LINES`), only its last version counts (`choices.LAST`), or
    rows that come again count once (`choices.EACH_ONCE`); without:
    rows to leave out, by header and pattern; only: the rows that count, by header and values with commas;
    back: rows that are refunds, whatever sign they have, as without; blanks: whose rows without a customer
    are (`choices.BLANKS`); nobody: customers who are none, by their name;
    scale: of the answers of a survey, as `1-5` (`scales.SCALES`), and scales: of those to a question, by its
    words; terms: whose
    goals go before others over the same time, the first before the second (`terms.TERMS`); aspects: the heads
    of the columns of a survey that are answers, `headers.ABSENT` for none;
    year: of days that have none;
    usual: how the source was written before, which holds where neither the user nor the data say.
    """

    decimal: str | None = None
    date_order: str | None = None
    vat: str | None = None
    currencies: tuple[tuple[str, float], ...] = ()
    counted: tuple[str, ...] = ()
    lines: str | None = None
    without: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    back: tuple[tuple[str, str], ...] = ()
    blanks: str | None = None
    nobody: tuple[str, ...] = ()
    scale: str | None = None
    scales: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    cents: bool = False
    year: int | None = None
    usual: Written = UNKNOWN

    def __post_init__(self) -> None:
        if self.decimal not in (None, *DECIMALS):
            raise UsageError(
                f"Decimaalteken {self.decimal!r} bestaat niet.", remedy=f"Kies komma, punt of {CENTS}."
            )
        if self.date_order not in (None, *DATE_ORDERS, SWAPPED, *LANGUAGES):
            choices = [f"{order} ({words})" for order, words in DATE_ORDERS.items()]
            raise UsageError(
                f"Datumvolgorde {self.date_order!r} bestaat niet.",
                remedy=f"Kies {', '.join(choices[:-1])} of {choices[-1]}.",
            )

    @property
    def by_user(self) -> tuple[tuple[str, str], ...]:
        """What the user says of rows by a column's contents: its header, and a pattern or values."""
        return (*self.without, *self.only, *self.back)


def is_clean(text: str) -> str:
    """The SQL that says of a key that it has nothing to clean."""
    return f"regexp_full_match({text}, '[A-Za-z0-9_.-]+')"


def cleaned(column: Column, text: str) -> str:
    """The SQL that takes a cell's text as it stands in a column of this kind: keys without loose spaces."""
    if column.kind not in (Kind.KEY, Kind.TEXT):
        return text
    bare = f"trim(ltrim(nfc_normalize({text}), '{MARK}'), ' \u00a0\t')"
    if column.kind is Kind.TEXT:
        return bare
    name = f"regexp_replace({bare}, '[\\s\u00a0]+', ' ', 'g')"
    # Programs put an apostrophe before a long number, which a spreadsheet would round
    name = f"regexp_replace({name}, '^''([0-9]+)$', '\\1')"
    # Most keys have nothing to clean, and looking is cheaper than cleaning. E-mail addresses do not mind
    # capitals, nor how programs of mail write them
    return f"""case when {is_clean(text)} then {text} when not contains({text}, '@') then {name}
                    when regexp_full_match({name}, '{_MAIL}') then lower({name})
                    when regexp_full_match({name}, '{_DRESSED}')
                      then lower(regexp_extract({name}, '^{_DRESSED}$', 1))
                    when regexp_full_match({name}, '{_OF_MAIL}+@{_OF_MAIL}+') then lower({name})
                    else {name} end"""


def read_column(
    con: duckdb.DuckDBPyConnection, kind: Kind, column: TextColumn, reading: Reading, today: dt.date
) -> Valued:
    """Make the view (rij, v) of a column's values; what is unreadable or empty is not in it.

    today: after its next year, no date can be. Raises `Ambiguous` when values can be read in two ways and
    none of them decides.
    """
    if kind not in (Kind.KEY, Kind.TEXT) and (typed := read_typed(con, kind, column, today)):
        return typed
    match kind:
        case Kind.AMOUNT:
            return numbers.read_amounts(con, column, reading.decimal, reading.usual)
        case Kind.NUMBER:
            return numbers.read_numbers(con, column, reading.decimal, reading.usual)
        case Kind.DATE:
            return dates.read_dates(con, column, reading.date_order, today, reading.usual)
        case Kind.MONTH:
            return dates.read_months(con, column, reading.date_order, today, reading.usual)
        case Kind.KEY | Kind.TEXT:
            return show_values(con, column, Valued(f"nullif({column.text}, '')"))
        case Kind.SCORE:
            raise ValueError("scores are read with their scale, by scores.read_scores")


def complaint(text: str, kind: Kind, today: dt.date) -> str:
    """The SQL that says in Dutch why a cell's text is no value of its kind."""
    if kind in (Kind.DATE, Kind.MONTH):
        return dates.complaint(text, kind.value, today)
    if kind is Kind.SCORE:
        part = f"regexp_full_match(trim({text}), '{MARK}?[0-9]+[.,][0-9]+')"
        off = "dit is geen score op de schaal van deze vraag"
        return f"if({part}, 'een score is een heel getal: rond dit zelf af', '{off}')"
    return f"'dit is geen {kind.value}'"
