"""Dates of which a spreadsheet in another language took the day for the month, beside those that it left.

A spreadsheet that expects the month first makes of `05/01/2024`, the fifth of January, the first of May, and
leaves `13/01/2024` as the text that it was. What shows it: no real date lies past the twelfth, and no text
could have been one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from klantwaarde_xl.dutch import FIXED, MONTHS, NAMED, SWAPPED, Readings

_MONTHS = 12
_FEWEST = 2  # real dates; one that happens to lie before the twelfth shows nothing
_ISO = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def swapped(day: dt.date) -> dt.date:
    """A date with its day and month changed places; as it is where that is no date."""
    return day.replace(month=day.day, day=day.month) if day.day <= _MONTHS else day


def is_iso(bare: str, read: Readings) -> bool:
    """Whether a text is a date as a cell has it, of which no order can be doubted."""
    return read.form == FIXED and _ISO.fullmatch(bare) is not None


def may_be_swapped(found: Mapping[str, Readings], numbers: Iterable[dt.date]) -> tuple[str, str] | None:
    """A real date and a text of a column in which real dates may have changed places; None for any other.

    numbers: the days of cells that are day numbers.
    """
    days = {read.dmj: bare for bare, read in found.items() if is_iso(bare, read) and read.dmj}
    days |= {day: day.isoformat() for day in numbers}
    moving = {bare: read for bare, read in found.items() if read.form not in (FIXED, NAMED)}
    if not moving or len(days) < _FEWEST or not all_may_be(days) or all(d == swapped(d) for d in days):
        return None
    fronts = {(read.dmj is None, read.mdj is None) for read in moving.values()}
    if fronts not in ({(False, True)}, {(True, False)}):
        return None
    return min(days[day] for day in days if day != swapped(day)), min(moving)


def all_may_be(days: Iterable[dt.date]) -> bool:
    """Whether each of these dates, and there are some, is one too with its day and month changed places."""
    there = [*days]
    return bool(there) and all(day.day <= _MONTHS for day in there)


def question(real: str, text: str, order: str) -> tuple[str, str]:
    """What to ask, and what to type (Dutch), of a real date and a text beside it, which is in this order."""
    day = dt.date.fromisoformat("-".join(part.zfill(2) for part in real.split("-")))
    one, other = (f"{at.day} {MONTHS[at.month - 1]} {at.year}" for at in (day, swapped(day)))
    what = (
        f"Deze kolom heeft echte datums, geen na de {_MONTHS}e van een maand, naast tekst zoals {text}. Zo "
        "wordt zij als een spreadsheet in een andere taal dag en maand verwisselt waar dat kan."
    )
    remedy = (
        f"Is {one} eigenlijk {other}: --datumvolgorde {SWAPPED}. Kloppen de echte datums: --datumvolgorde "
        f"{order}. Weet u het niet: exporteer opnieuw en open het bestand niet eerst in Excel."
    )
    return what, remedy
