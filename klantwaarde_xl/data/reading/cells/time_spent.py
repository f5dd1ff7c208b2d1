"""Time that was spent on a row, as clocks and people write it, in hours: `1:30`, `90 min`, `1u30`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_CLOCK = re.compile(r"(?:(\d+) days?, ?)?(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
_H = "u(?:ur|ren)?|h(?:ours?|rs?)?|std|stunden?|heures?"
_M = "m(?:in(?:ut(?:en|es?)?|uuts?)?)?|minuut|minuten"
_NUMBER = r"\d+(?:[.,]\d+)?"
_WORDS = re.compile(
    rf"(?:pt)?(?:({_NUMBER}) ?(?:{_H})\.?)? ?(?:(?:en|and|und|et) )?(?:({_NUMBER})(?: ?(?:{_M})\.?)?)?",
    re.IGNORECASE,
)
_BARE = re.compile(_NUMBER)
# Above time, in hours or in minutes; what began or ended at a time is none of these
_TIME_WORDS = (
    r"(tijds?)?duur|duration|dauer|dur[ée]e|minuten|minutes|(bestede|gewerkte|worked|billable) ?(tijd|time)|"
    r"(tijd|time) ?(besteed|spent|gewerkt|worked)|tijdsbesteding|arbeitszeit|gewerkt|worked"
)
_IN_MINUTES = r"min(uten|utes|uut)?\.?"
_UNITS = rf"h|u|uren|hours|decimal|decimaal|{_IN_MINUTES}|h+:mm(:ss)?"
_OF_TIME = re.compile(
    rf"(aantal |number of )?({_TIME_WORDS})(( in)? ?[(\[]?({_UNITS})[)\]]?)?", re.IGNORECASE
)
_MINUTES = re.compile(rf"(.*\W)?{_IN_MINUTES}[)\]]?", re.IGNORECASE)
_IN_HOURS = re.compile(r"\b(h|u|uur|uren|hours|stunden|decimal|decimaal)\b", re.IGNORECASE)
_RATE = "tarief|rate|prijs|price|satz|preis|bedrag|amount|taux|tarif"
_HOUR = r"uur|u|hour|h|hr|stunde|std|heure"
_IN = r"( ?[(\[]?(€|\$|£|eur|euro|usd|gbp|excl?\.?( btw)?)[)\]]?)*"
_PER_HOUR = rf"[ _-]*[(\[]?(per|pro|par|€ ?/|/|p/)[ _-]*({_HOUR})[)\]]?"
_BEFORE = rf"(uur|hourly|stunden)[ _-]?({_RATE})|(billable|declarabel|facturabel)[ _-]?(rate|tarief)"
_OF_AN_HOUR = re.compile(rf"(?:{_BEFORE}|({_RATE}){_PER_HOUR}){_IN}", re.IGNORECASE)
_OF_A_MINUTE = re.compile(r"(?:\b(?:per|pro|par|p)|/)[ _/-]*min", re.IGNORECASE)
_DAY = 24  # hours


def _spaced(header: str) -> str:
    return " ".join(re.sub("[_-]", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)).split())


def is_of_time(header: str) -> bool:
    """Whether a header says that below it stands how long something took."""
    return _OF_TIME.fullmatch(_spaced(header)) is not None


def is_rate_of_an_hour(header: str) -> bool:
    """Whether a header says that below it stands what one hour costs."""
    return _OF_AN_HOUR.fullmatch(header.strip()) is not None


def is_rate_of_a_minute(header: str) -> bool:
    """Whether a header says that below it stands what one minute costs."""
    return _OF_A_MINUTE.search(header) is not None


def in_minutes(header: str) -> bool:
    """Whether a header says that bare numbers below it are minutes."""
    return _MINUTES.fullmatch(_spaced(header)) is not None


def is_spent(header: str, texts: Iterable[str]) -> bool:
    """Whether all texts below a header are times, or numbers that are known to be hours or minutes.

    Bare numbers below `Duur` may be either, unless some are parts of an hour and none is more than a day.
    """
    bare = [text for text in texts if hours_of(text) is None]
    if not all(map(_BARE.fullmatch, bare)):
        return False
    numbers = [_number(text) for text in bare]
    are_parts = any(one % 1 for one in numbers) and all(one <= _DAY for one in numbers)
    return not bare or in_minutes(header) or _IN_HOURS.search(_spaced(header)) is not None or are_parts


def hours_of(text: str, *, minutes: bool = False) -> Fraction | None:
    """The hours that a text says; None for what is no time.

    minutes: whether a bare number is of these; else it is hours already, and none of ours.
    """
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        days, hours, parts, seconds = (int(one or 0) for one in found.groups())
        return days * 24 + hours + Fraction(parts, 60) + Fraction(seconds, 3600)
    if _BARE.fullmatch(text):
        return _number(text) / 60 if minutes else None
    found = _WORDS.fullmatch(text) if text[-1:].isalnum() or text.endswith(".") else None
    if found is None or not any(found.groups()) or not re.search(r"[^\W\d_]", text):
        return None
    return _number(found[1] or "0") + _number(found[2] or "0") / 60


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
