"""What the cells of a file look like before anything is known of its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from klantwaarde_xl.data.reading.sources.marked import MARK

_PACKED = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d"
_CURRENCY = r"[^\W\d_]{1,4}\.?|[€$£¥]"
_DATE = re.compile(
    rf"{_PACKED}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b.*"
    r"|\d{1,2}[-/. ](\d{1,2}|[a-z]{3,9}\.?)[-/. ]\d{2,4}\b.*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(rf"[-+(]?(?:{_CURRENCY})? ?[-+]?\d[\d.,]*(E[-+]\d+)?\)?-?")
_PLAIN = re.compile(r"[-+(]? ?[€$£]? ?[-+]?\d[\d.,]*\)?-?( ?(EUR|€))?")
_PRICE = re.compile(r"-?\d+[.,]\d{2}")
_WITH_DECIMALS = re.compile(r"\d[.,]\d")
_YEARS = (1900, 2100)

# Nought as books and spreadsheets write it, in small letters: a dash by itself, and what does not apply
NOUGHT = r"(?:[€$£]|eur)? *[-–—−]{1,3}(?:,[-–—−]{1,2})? *(?:[€$£]|eur)?|n\.?v\.?t\.?"

BELOW = r"^[^0-9]*[-–−][^0-9]*[0-9]|^[^0-9]*[(][^)]*[0-9]|[^-–−.,][-–−][^0-9]*$"
"""What an amount with a minus, or in parentheses, matches: `5,-` and `5,--` are five euros and no cents."""

Head = Sequence[Sequence[str]]  # the first records of a file, as `unmarked` gives them


def unmarked(records: Head) -> list[list[str]]:
    """Records without the marks of typed cells."""
    return [[text.replace(MARK, "").strip() for text in record] for record in records]


def first_filled(head: Head) -> tuple[int, Sequence[str]]:
    """The index of the first record that holds anything, and that record; an empty one when none does."""
    return next(((at, record) for at, record in enumerate(head) if any(record)), (0, []))


def is_word(text: str) -> bool:
    """Whether a text can be a header by itself: it has letters, and is no day."""
    return bool(re.search("[^\\W\\d_]", text)) and not is_day(text)


def is_day(text: str) -> bool:
    """Whether a text has the form of a date, whatever its order."""
    return _DATE.fullmatch(text) is not None


def are_days(records: Head, place: int) -> bool:
    """Whether what is filled in at a place of records has the form of dates, and there is any."""
    return _all_are(is_day, records, place)


def are_times(records: Head, place: int) -> bool:
    """Whether what is filled in at a place of records is the time of a clock, and there is any."""
    return _all_are(_CLOCK.fullmatch, records, place)


def are_numbers(records: Head, place: int) -> bool:
    """Whether what is filled in at a place of records has the form of numbers, and there is any."""
    return _all_are(is_number, records, place)


def _all_are(kind: Callable[[str], object], records: Head, place: int) -> bool:
    texts = [row[place] for row in unmarked(records) if place < len(row) and row[place]]
    return bool(texts) and all(map(kind, texts))


def is_number(text: str) -> bool:
    """Whether a text has the form of a number or an amount, whatever its signs."""
    return _NUMBER.fullmatch(text) is not None


def is_price(text: str) -> bool:
    """Whether a text has the form of an amount with two decimals, without a sign of thousands."""
    return _PRICE.fullmatch(text) is not None


def is_data(record: Sequence[str]) -> bool:
    """Whether a record is a row by itself: it has a day, and a number beside it."""
    days = [place for place, text in enumerate(record) if is_day(text)]
    return bool(days) and any(is_number(text) for place, text in enumerate(record) if place != days[0])


def is_row(records: Head, at: int) -> bool:
    """Whether a record is a row like those below it, and no header: also of texts with one number."""
    record, below = records[at], records[at + 1 :]
    if is_data(record):
        return True
    plainly = [place for place, text in enumerate(record) if _PLAIN.fullmatch(text) or is_day(text)]
    decimals = any(_WITH_DECIMALS.search(record[place]) or is_day(record[place]) for place in plainly)
    whole = [int(record[place]) for place in plainly if record[place].isdecimal()]
    if not decimals and (_are_steps(whole) or any(_YEARS[0] <= one <= _YEARS[1] for one in whole)):
        return False
    if not any(map(any, below)):
        return decimals
    columns = {place: [row[place] for row in below if place < len(row) and row[place]] for place in plainly}
    return any(texts and all(is_day(text) or is_number(text) for text in texts) for texts in columns.values())


def _are_steps(numbers: Sequence[int]) -> bool:
    """Whether numbers follow on one another, as those of months and questions above their columns do."""
    return len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
