"""Columns that name the payments of which an order is paid: a deposit and the rest, instalments."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain

_FIRST = re.compile(
    r"\b(aanbetal|voorschot|anzahlung|acompte|anticipo|acconto|down ?payment|deposit|deelbetaling|"
    r"(1e|1ste|eerste|first|1st) ?(termijn|deel|betaling|instal?lment|payment|rate))"
)
_LATER = re.compile(
    r"\b(rest(ant|betaling|bedrag|zahlung)?\b|(slot|eind|rest)(betaling|termijn|factuur|nota)|"
    "laatste (termijn|betaling)|"
    r"balance|final (payment|instal?lment)|remaining|remainder|solde|saldo\b|schlusszahlung|"
    r"([2-9]e|[2-9]de|tweede|derde|second|third|2nd|3rd) ?(termijn|deel|betaling|instal?lment|payment|rate))"
)
NTH = re.compile(
    r"(?:\b(?P<what>termijn|deel|betaling|instal?lment|payment|rate|paid|betaald)\W{0,2})?"
    r"\b(?P<nth>[0-9]{1,2})\s?(?:van|of|von|sur|/)\s?(?P<of>[0-9]{1,2})\b"
)
"""Which payment of how many: `2 van 3`, and of what where that is said."""
_NAMED = re.compile(r"\b(?:termijn|deelbetaling|instal?lment|rate)\W{0,2}([0-9]{1,2})\b")
_OF_PARTS = re.compile(
    "termijn|betaling|payment|instal|deel|part|rate|soort|type|omschrijving|description|kind"
)
_NOT = re.compile("customer|klant|product|artikel|land|country|status|datum|date")
_NUMBERED = re.compile(
    "(betaal|deel)?(termijn|deel|instal?lment|rate)(nr|nummer|no|number|num)?|deelbetaling(nr|nummer)?"
)
_NTH = re.compile("[1-9][0-9]?")
_MOST = 31  # words


def part_of(text: str, *, counted: bool) -> int:
    """Which payment of an order a text names: 1 a first, 2 a later one, 0 none; counted: `2 van 3` is one."""
    said = re.sub("[_-]", " ", text.casefold())
    if counted and (nth := NTH.search(said)) and 1 <= int(nth["nth"]) <= int(nth["of"]) > 1:
        return min(int(nth["nth"]), 2)
    if counted and (named := _NAMED.search(said)) and int(named[1]):
        return min(int(named[1]), 2)
    return 2 if _LATER.search(said) else int(bool(_FIRST.search(said)))


def column_of_parts(export: Export) -> tuple[int, dict[str, int]] | None:
    """The column that names first and later payments of orders, and its words; None where none does."""
    taken = {*export.places.values()}
    free = [
        place
        for place, header in enumerate(export.headers)
        if place not in taken and plain(header) and not _NOT.search(plain(header))
    ]
    for place in free:
        counted = _OF_PARTS.search(plain(export.headers[place])) is not None
        few = export.sample.words(place)
        if _NUMBERED.fullmatch(plain(export.headers[place])) and _count_up(export, place):
            return place, {text: min(int(text), 2) for text in sorted(few - {""}, key=int)}
        if len(few) > _MOST or {1, 2} - {part_of(text, counted=counted) for text in few}:
            continue
        texts = export.sample.lists([place]).get(place, {})
        parts = {text: which for text in texts if (which := part_of(text, counted=counted))}
        if {*parts.values()} == {1, 2}:
            return place, parts
    return None


def _count_up(export: Export, place: int) -> bool:
    """Whether a column has numbers from 1 on within orders: their instalments, and no term in days."""
    words = export.sample.words(place) - {""}
    if not export.has("order") or len(words) > _MOST or not all(map(_NTH.fullmatch, words)):
        return False
    number = export.places["order"]
    pairs = {(row[number], row[place]) for row in export.sample.first if row[number]}
    return any(nth == "2" and (order, "1") in pairs for order, nth in pairs)
