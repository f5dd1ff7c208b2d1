"""What the columns of a source hold, by a sample of their cells: days, numbers, codes, words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.reading.cells.looks import NOUGHT
from klantwaarde_xl.data.reading.cells.month_columns import first_day
from klantwaarde_xl.data.reading.cells.terms import MONTH
from klantwaarde_xl.data.reading.sources.marked import MARK, cell_text
from klantwaarde_xl.dutch import FIRST_YEAR, MINUS, bare_date, date_readings

SAMPLE = 1000  # rows by which a column is known
_MOSTLY = 0.9
_SIGNED = re.compile(r"[-+(]?([^\d\s+()%-]*)\s*-?\s*(\d[\d.,'  \u00a0\u202f]*?)\s*([^\d\s+()%-]*)[-)]?")
_NOUGHT = re.compile(NOUGHT, re.IGNORECASE)
_CENTS = re.compile(r"([.,])\d{1,2}$")
_MILLIONS = re.compile(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3})+")  # 1.000.000
# What is no thousand: one or two figures behind it, more than three, or no figure but a nought before it
_DECIMALS = re.compile(r"(?P<sign>[.,])(?=(?:\d{1,2}|\d{4,})$|(?<=^0[.,])\d+$)")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_LONG = 30  # signs of an example


@dataclass(frozen=True)
class Cells:
    """A column of a sample.

    place, header: of it in the source; texts: of its cells, empty for nothing, the numbers of typed cells
    marked.
    """

    place: int
    header: str
    texts: tuple[str, ...]

    @cached_property
    def filled(self) -> list[str]:
        """The texts that there are."""
        return [text for text in self.texts if text]

    @cached_property
    def distinct(self) -> list[str]:
        """The different texts, in their order."""
        return list(dict.fromkeys(self.filled))

    @cached_property
    def may_be_names(self) -> bool:
        """Whether these can be the names of things of which there are several."""
        letters = sum(re.search(r"[^\W\d_]{2}", text) is not None for text in self.distinct)
        is_money = all(map(currency_named, self.distinct))
        return len(self.distinct) > 1 and letters > _MOSTLY * len(self.distinct) and not is_money

    @cached_property
    def name(self) -> str:
        """Its header, as a message shows it; its number where it has none."""
        return f"kolom {self.header}" if self.header == str(self.place + 1) else repr(self.header)

    @cached_property
    def usual(self) -> str:
        """The text that stands there most."""
        return max(self.distinct, key=self.filled.count)

    @cached_property
    def example(self) -> str:
        """The first text, as a message shows it."""
        text = next(iter(self.filled), "")
        shown = text.replace(MARK, "").replace(".", ",") if text.startswith(MARK) else text
        return shown if len(shown) <= _LONG else f"{shown[:_LONG]}…"

    @cached_property
    def is_days(self) -> bool:
        """Whether nearly all its texts are days."""
        days = {text: _is_day(text.replace(MARK, "")) for text in self.distinct}
        return self._mostly([days[text] for text in self.filled])

    @cached_property
    def is_months(self) -> bool:
        """Whether nearly all its texts are months or other periods with their year."""
        periods = {text: first_day(text, "", MONTH) for text in self.distinct}
        return self._mostly([periods[text] is not None for text in self.filled])

    @cached_property
    def is_mails(self) -> bool:
        """Whether nearly all its texts are e-mail addresses."""
        return self._mostly([_MAIL.fullmatch(text) is not None for text in self.filled])

    @cached_property
    def is_numbers(self) -> bool:
        """Whether nearly all its texts are numbers or amounts."""
        known = self._mostly([self.numbers[at] is not None for at, text in enumerate(self.texts) if text])
        return known and any(map(_has_figure, self.distinct))

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """The number of each cell, by the decimal sign that the column has most."""
        split = [_split(text) for text in self.texts]
        signs = [found["sign"] for text in split if text and (found := _DECIMALS.search(text.lstrip("-")))]
        sign = "," if signs.count(",") > signs.count(".") else "."
        if any(found and found[1] == sign for found in map(_MILLIONS.fullmatch, split)):  # no decimals
            sign = "." if sign == "," else ","
        return tuple(_number(text, sign) for text in split)

    @cached_property
    def has_cents(self) -> bool:
        """Whether its numbers have decimals."""
        return any(number is not None and number % 1 for number in self.numbers) or any(
            _CENTS.search(text) for text in self.filled if not text.startswith(MARK)
        )

    @cached_property
    def is_codes(self) -> bool:
        """Whether its texts are words of one piece with a digit in them, as numbers of things are."""
        return self._mostly([re.fullmatch(r"\S*\d\S*", text) is not None for text in self.filled])

    @cached_property
    def repeats(self) -> bool:
        """Whether any text comes again."""
        return len(self.distinct) < len(self.filled)

    def _mostly(self, fitting: Sequence[bool]) -> bool:
        return bool(fitting) and sum(fitting) >= _MOSTLY * len(fitting)


def cells_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Cells]:
    """The columns of a sample that have a header and hold anything."""
    columns = [
        Cells(place, header.strip(), tuple(row[place].strip() if place < len(row) else "" for row in rows))
        for place, header in enumerate(headers)
        if header.strip()
    ]
    return [column for column in columns if column.filled]


def numbers_in(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, Cells]:
    """The columns of a sample that hold numbers, by their place."""
    return {one.place: one for one in cells_of(headers, rows) if one.is_numbers and not one.is_days}


def sample_text(value: Any) -> str:
    """A typed value of a sample as text, numbers marked; nothing for what is no value of ours."""
    if isinstance(value, (str, bool, int, float, Decimal, dt.date, dt.time, dt.timedelta)):
        return cell_text(value)
    return "" if value is None or isinstance(value, (bytes, list, dict)) else str(value)


def _is_day(text: str) -> bool:
    found = date_readings(bare_date(text))
    return found is not None and any(day.year >= FIRST_YEAR for day in found.days)


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


@lru_cache(4096)
def _split(text: str) -> str:
    """The digits of a number with its sign, without what stands about them; empty for no number."""
    if text.startswith(MARK):
        return text
    if _NOUGHT.fullmatch(text):
        return "0"
    found = _SIGNED.fullmatch(text.replace(MINUS, "-"))
    if found is None or any(mark and not currency_named(mark) for mark in (found[1], found[3])):
        return ""
    negative = text.startswith("(") or "-" in text
    return ("-" if negative else "") + re.sub("[^0-9.,]", "", found[2])


def _number(text: str, sign: str) -> float | None:
    if text.startswith(MARK):
        return float(text[1:])
    digits = text.replace("." if sign == "," else ",", "").replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None
