"""Days and months that are written without a year: `4 jan`, `31-12`, `maart`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.dutch import MONTH_NUMBER, bare_date

_MONTHS = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_NAMED = re.compile(rf"(\d{{1,2}})[-/. ]*({_MONTHS})\.?|({_MONTHS})\.?[-/. ]+(\d{{1,2}})", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})\.?")


def day_and_month(text: str) -> tuple[str, str] | None:
    """The day and the month of a text, a number or a word each; None for what has a year, or is no day.

    A month by itself has no day.
    """
    bare = bare_date(text) or text.casefold().strip()
    if bare.rstrip(".") in MONTH_NUMBER:
        return "", bare.rstrip(".")
    if found := _NAMED.fullmatch(bare):
        day, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return (day, month) if 1 <= int(day) <= 31 else None
    found = _NUMBERS.fullmatch(bare)
    return (found[1], found[2]) if found else None


def is_day_by_name(text: str) -> bool:
    """Whether a text is a day and the name of its month, without a year: `4 jan`, `vr 12 maart`."""
    found = day_and_month(text)
    return found is not None and found[0] != "" and not found[1].isdigit()


def have_months(headers: Sequence[str]) -> bool:
    """Whether more headers than one are the name of a month."""
    return sum(header.strip().casefold().rstrip(".") in MONTH_NUMBER for header in headers) > 1
