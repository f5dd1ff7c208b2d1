"""Lists of appointments, treatments and lessons: what one of these costs is the amount of its row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import are_numbers, unmarked
from klantwaarde_xl.data.reading.cells.time_spent import is_of_time

_TREATMENT = (
    "behandel(?!aar)|verrichting|consult(?!ant)|sessie|zitting|afspraak|prestatie(?:code|datum)?$|upt|treatment|session"
    "|appointment|dateofservice|cptcode|therapie(?!s?t)|^les(?!s)|rijles|lesson|^rit(?:nummer|datum|prijs)|datumrit$"
)
_SAYS = re.compile(_TREATMENT)
_WORDS = "tarief|tarif|prijs|price|fee|rate|charge|kosten|cost"
_THING = (
    "behandel(?:ing)?s?|consult|sessie|zittings?|verrichtings?|prestatie|afspraak|les|rit|treatment|session|lesson"
    "|appointment"
)
_PRICE = re.compile(
    f"(?:{_THING})?(?:{_WORDS})(?:per)?(?:{_THING})?(?:(?:excl?|incl?)(?:usief)?(?:btw|vat)?)?"
)
# Who pays, and what is in a price: parts of it, which do not take its place
_PARTS = re.compile("paid|betaald|vergoed|eigen|verzeker|insur|btw|vat|tax|korting|discount|copay|duur|minut")
_HOURS = re.compile("(?:aantal)?(?:uren|uur|hours?)")
_CENTS = re.compile(r"\d[.,]\d{2}(?!\d)")
_OWNERS = re.compile(
    "(?:naam)?(?:dier|huisdier|paarden?|pet|auto|voertuig)?(?:eigenaa?r|owner)(?:naam|name)?"
)
# Beside one of these the owner is who pays, and not who sells
_OWNED = re.compile(
    "(?:huis)?dier(?:naam|soort)|diersoort|ras|petname|species|paard(?:naam)?|kenteken|chassis.*|voertuig"
)


def says_treatment(header: str) -> bool:
    """Whether a header is of appointments, treatments or lessons: `Behandeldatum`, `Verrichting`."""
    return _SAYS.search(re.sub(r"[\W_]", "", header.casefold())) is not None


def price_of_treatment(
    headers: Sequence[str], names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `bedrag`, of `stukprijs` beside pieces, in a list of treatments without another amount.

    names: the plain headers. Nothing where time was spent, which a price may be of, or other money is there.
    """
    if {"bedrag", "stukprijs", "erbij"} & found.keys() or not any(map(says_treatment, headers)):
        return {}
    if any(map(is_of_time, headers)) or any(map(_HOURS.fullmatch, names)):
        return {}
    places = [at for at, name in enumerate(names) if _PRICE.fullmatch(name) and at not in found.values()]
    if len(places) != 1 or not are_numbers(below, places[0]):
        return {}
    others = [at for at in range(len(names)) if at != places[0] and at not in found.values()]
    if any(_are_money(below, at) and not _PARTS.search(names[at]) for at in others):
        return {}
    return {"stukprijs" if "aantal" in found else "bedrag": places[0]}


def owner_in(names: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """The place of `klant`, where animals or cars stand beside who owns them."""
    places = [at for at, name in enumerate(names) if _OWNERS.fullmatch(name)]
    if "klant" in found or len(places) != 1 or not any(map(_OWNED.fullmatch, names)):
        return {}
    return {"klant": places[0]}


def _are_money(below: Sequence[Sequence[str]], at: int) -> bool:
    texts = [row[at] for row in unmarked(below) if at < len(row) and row[at]]
    return are_numbers(below, at) and any(map(_CENTS.search, texts))
