"""A price for each person, night or piece, and how many of these there were: a number of its own header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import unmarked
from klantwaarde_xl.data.reading.cells.time_spent import (
    hours_of,
    is_of_time,
    is_rate_of_an_hour,
    is_spent,
)
from klantwaarde_xl.data.reading.naming.words import QUANTITY

_NUMBER_OF = re.compile(
    r"\W*(aantal|n(?:umber|um|[ro])?\.?[\s_]of|anzahl|nombre de|cantidad|quantidade|quantit[aà]|#([\s_]of)?)"
    r"[\s_]+[^\W\d_]+([\s_][^\W\d_]+)?\W*"
    r"|(num|nr|no|n|total|count)[\s_](guests?|adults?|children|kids|nights?|persons?|people|rooms?|items?|gasten|"
    r"personen|nachten|kamers)",
    re.IGNORECASE,
)
# What is counted and is nothing that a price is of
_OF_OTHERS = re.compile("order|bestel|factu|invoice|regel|line|termijn|klant|customer", re.IGNORECASE)
_PER = re.compile(r"\b(per|pro|par|p\.?\s?p\.?|p/?st)\b", re.IGNORECASE)
_WORD = re.compile(
    r"(?:per|pro|par|aantal|number of|no\. of|anzahl|nombre de|#)\s+([^\W\d_]+)", re.IGNORECASE
)
_PIECE = "stuk|piece|stück|pi[eè]ce|p/?st"
_STEMS = (  # one and more of the same thing
    "nacht|night|nuit", r"persoon|person|pers|p\.?\s?p|deelnemer|participant|gast|guest|pax|bezoeker",
    "uur|uren|hour|stunde|heure", "dag|day|tag|jour", _PIECE, "week|weken",
    "maand|month", "minuut|minut", "kilomet|km", "kilo|kg", "liter|litre|ltr", "meter|mtr",
)  # fmt: skip
# Of which a price is never that of a whole sale: how many there were stands elsewhere, or nowhere
_NEVER_ALONE = frozenset(_STEMS[:4]) | {"minuut|minut", "kilomet|km", "kilo|kg", "meter|mtr"}
# A rate beside hours, which need not say that it is of one
_RATE = "(tarief|rate|prijs|price|satz)"
_HOURLY = re.compile(rf"(uur|hour(ly)?|stunden)?[ _-]?{_RATE}", re.IGNORECASE)
_OF_ONE = re.compile("(tarief|rate|prijs|price|satz|preis|tarif|prix)\\b", re.IGNORECASE)
_HOURS = re.compile(
    r"(aantal|gewerkte|declarabele|factureerbare|billable|worked)?[ _-]?(uren|uur|hours|stunden)",
    re.IGNORECASE,
)
# What pieces are measured in, said behind their header: `Aantal (stuks)`, `Qty [kg]`
_UNITS = (
    "st|stk|stuks?|pcs?|pieces?|stück|units?|eenhe(?:id|den)|ea|each|doos|dozen|box|boxes|colli|fles|flessen|bottles?|"
    "pak|pakken|zak|zakken|pallets?|paar|pairs?|kilo|kg|gr?|gram|ton|pond|lbs?|oz|lite?r|litre|ltr|l|ml|cl|meter|mtr|"
    "m|cm|mm|km|m[2²3³]|uur|uren|u|h|hrs?|hours?|dag|dagen|days?|nachten|nights?"
)
_IN_UNITS = re.compile(rf"\s*[(\[]\s*(?:in\s+)?(?:{_UNITS})\.?\s*[)\]]\s*$", re.IGNORECASE)
# `Ticket price`, `Ticketprijs`
_PRICE_OF = re.compile(r"([^\W\d_]{4,}?)[\s_]?(?:price|prijs|preis|prix)", re.IGNORECASE)
_STEM = 4  # letters of it by which its number is known
_BEGIN = 3  # letters by which one and more of a thing are known
_NUMBER = re.compile(r"\d{1,4}([.,]\d{1,3})?\s?[^\W\d_]{0,5}\.?")


def counted(
    headers: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `aantal` beside a price per person, piece or night; nothing where it is not sure.

    found: the places of other columns; below: the first records.
    """
    price = found.get("stukprijs", found.get("bedrag"))
    if price is None and "aantal" not in found:
        return _hours(headers, below)
    if "aantal" in found or price is None or not _PER.search(headers[price]):
        return {}
    unit = _unit(headers[price])
    free = [place for place in range(len(headers)) if place not in found.values()]
    numbers = [
        place for place in free if is_number_of(headers[place]) and not _OF_OTHERS.search(headers[place])
    ]
    # `Kilo` beside a price per kilo; of nights and persons the one that the price is of
    named = [place for place in _called(headers, unit) if place in free]
    same = named or [place for place in numbers if unit and _unit(headers[place]) == unit]
    if same or unit not in ("", _PIECE):
        numbers = same
    elif not unit:  # a trip, of trips: not of persons
        of = _word(headers[price])[:_BEGIN]
        numbers = [place for place in numbers if of and _word(headers[place])[:_BEGIN] == of]
    if len(numbers) != 1:
        return {}
    rows = unmarked(below)
    filled = [row[numbers[0]] for row in rows if numbers[0] < len(row) and row[numbers[0]]]
    return {"aantal": numbers[0]} if filled and all(map(_NUMBER.fullmatch, filled)) else {}


def _of_same_thing(
    headers: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The places of a number of things and of the price of one, where the amount is that price."""
    price = found.get("bedrag")
    if price is None or "aantal" in found or "stukprijs" in found:
        return {}
    thing = _PRICE_OF.fullmatch(headers[price].strip())
    if thing is None or _OF_OTHERS.search(thing[1]):
        return {}
    stem = thing[1].casefold()[:_STEM]
    numbers = [at for at, one in enumerate(headers) if is_number_of(one) and _word(one).startswith(stem)]
    if len(numbers) != 1:
        return {}
    filled = [row[numbers[0]] for row in unmarked(below) if numbers[0] < len(row) and row[numbers[0]]]
    whole = bool(filled) and all(map(_NUMBER.fullmatch, filled))
    return {"aantal": numbers[0], "stukprijs": price} if whole else {}


def _called(headers: Sequence[str], unit: str) -> list[int]:
    """The places of headers that are just a unit, one or more of it: `Nights`, `Kilo`."""
    one_or_more = re.compile(rf"({unit})\w{{0,3}}", re.IGNORECASE)
    return [at for at, header in enumerate(headers) if unit and one_or_more.fullmatch(header.strip())]


def _hours(headers: Sequence[str], below: Sequence[Sequence[str]]) -> dict[str, int]:
    """The places of hours, or nights, and of the rate of one, where the file has one column of each."""
    said = [header.strip() for header in headers]
    hours, rates = (
        [at for at, header in enumerate(said) if known.fullmatch(header)] for known in (_HOURS, _HOURLY)
    )
    of_one_hour = [at for at, header in enumerate(said) if is_rate_of_an_hour(header)]
    spent = [at for at, header in enumerate(said) if is_of_time(header)]
    of_one = [at for at, header in enumerate(said) if _OF_ONE.match(header) and _is_never_alone(header)]
    units = _called(said, _unit(said[of_one[0]])) if of_one else []
    for times, prices in ((hours, rates), (hours, of_one_hour), (units, of_one), (spent, of_one_hour)):
        if len(times) != 1 or len(prices) != 1 or times == prices:
            continue
        filled = [row[times[0]] for row in unmarked(below) if times[0] < len(row) and row[times[0]]]
        of_hours = times == spent and prices == of_one_hour
        fits = is_spent(said[times[0]], filled) if of_hours else all(map(_is_count, filled))
        if filled and fits:
            return {"aantal": times[0], "stukprijs": prices[0]}
    return {}


def _is_count(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or hours_of(text) is not None


def is_of_hours(header: str) -> bool:
    """Whether a header says that it counts hours."""
    return _HOURS.fullmatch(header.strip()) is not None


def without_unit(header: str) -> str:
    """A header of pieces without what they are measured in: `Aantal (stuks)` is `Aantal`; else empty."""
    bare = _IN_UNITS.sub("", header)
    return bare if bare != header and re.sub(r"[\W_]", "", bare.casefold()) in QUANTITY else ""


def is_number_of(header: str) -> bool:
    """Whether a header says that it counts things: `Aantal personen`, `No_of_night`."""
    return _NUMBER_OF.fullmatch(header) is not None


def is_no_amount(header: str) -> bool:
    """Whether a header says that its numbers are no money of a row: they count, or are of one of many."""
    of_one = _is_never_alone(header) or is_rate_of_an_hour(header)
    return is_number_of(header) or of_one or is_of_time(header)


def _is_never_alone(header: str) -> bool:
    """Whether a header is of a price of one hour, night or kilo, of which a sale has any number."""
    return _PER.search(header) is not None and bool(_word(header)) and _unit(header) in _NEVER_ALONE


def _word(header: str) -> str:
    """The word behind `aantal` or `per`; empty where there is none."""
    found = _WORD.search(header)
    return found[1].casefold() if found else ""


def _unit(header: str) -> str:
    """What a header counts, or what its price is of, as one of a few stems; empty for anything else."""
    word = _word(header)
    fits = re.match if word else re.search
    word = word or header.casefold()
    return next((stem for stem in _STEMS if fits(stem, word)), "")


def _is_of_many(headers: Sequence[str], found: Mapping[str, int]) -> bool:
    """Whether an amount is the price of one of several things: not what was paid.

    Others are counted beside it, or it is per night, hour or person, of which a sale has any number.
    """
    price = found.get("bedrag")
    if price is None or "aantal" in found or not _PER.search(headers[price]):
        return False
    if _is_never_alone(headers[price]):
        return True
    return any(_NUMBER_OF.fullmatch(header) and not _OF_OTHERS.search(header) for header in headers)


def take_price(headers: Sequence[str], found: dict[str, int], below: Sequence[Sequence[str]]) -> None:
    """Take an amount that is the price of one of several things as that."""
    if _is_of_many(headers, found):
        found["stukprijs"] = found.pop("bedrag")
    elif places := _of_same_thing(headers, found, below):
        del found["bedrag"]
        found |= places
