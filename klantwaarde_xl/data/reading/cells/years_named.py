"""The years that a title or a name has, and no date: that is when something was made."""

from __future__ import annotations

import re

from klantwaarde_xl.dutch import MONTH_NUMBER

_MONTHS = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
# A year by itself: that of a date is when something was made
_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}[-/. ](\d{{1,2}}|{_MONTHS})[-/. ]\d{{4}}|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(19|20)\d{6})(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = re.compile(r"((?:19|20)\d\d) ?[-/–&+] ?((?:19|20)?\d\d)(?!\d|[-/.]\d)")


def years_named(text: str) -> set[int]:
    """The years that a text names; of a span both."""
    text = _DATE.sub(" ", text.replace("_", " "))
    if span := _YEARS.search(text):
        return {int(span[1]), int(span[2]) if len(span[2]) == 4 else int(span[1][:2] + span[2])}
    return {int(year) for year in _YEAR.findall(text)}
