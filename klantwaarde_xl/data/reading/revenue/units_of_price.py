"""A price of other units than the pieces: per kilo beside a weight, per hundred, per piece beside boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.header_words import concepts_of
from klantwaarde_xl.data.reading.naming.headers import forms, name_of, plain
from klantwaarde_xl.data.reading.naming.words import OF_A_PIECE
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.export import Export

_UNIT_ITSELF = re.compile("prijseenheid|priceunit|preiseinheit|pricingunit|prijsper|priceper")
_UNITS = (
    "kg|kilo|gewicht|weight",
    "uur|uren|hours?|std|stunden?",
    "liter|litre",
    "m2|meter|metre",
    "nacht(en)?|nights?|naechte",
    "dag(en)?|days?|tage?",
    "person(en|s)?|perso(o)?n(en)?",
    "(stuks?|pieces?|stueck|units?)per|(stuks?|pieces?)(in|p)(doos|box)",
)
# What is measured, and is no number of pieces
_MEASURED = re.compile(
    "(netto|bruto|net|gross|totaal|total|artikel|product|item)?(gewicht|weight|poids|peso|massa|volume|inhoud|lengte|length"
    "|oppervlakte)(in)?(kg|kilo|kilogram|gram|gr?|lbs?|oz|l|liter|ml|m|cm|m2|m3)?|kg|kilo|kilogram|gram"
)
_OF_ONE_WORDS = """
    stukprijs stuksprijs prijsperstuk eenheidsprijs unitprice priceeach priceperunit itemunitprice
    stueckpreis"""
_OF_ONE = frozenset(_OF_ONE_WORDS.split())
_PER = re.compile(r"(?:\b(?:per|pro|par|p)\b\.?|/) ?(\w+)")


def ask_units(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Take no unit of a price for the price; raise `Ambiguous` where the price is of what nobody counted."""
    if "bedrag" in found:
        _ask_measured(rows, found, named)
    if "bedrag" in found or not {"stukprijs", "aantal"} <= found.keys() or "stukprijs" in named:
        return
    money, price = rows.numbers, found["stukprijs"]
    free = [at for at in money if at not in found.values()]
    if _UNIT_ITSELF.fullmatch(plain(rows.headers[price])):
        others = [at for at in free if set(forms(rows.headers[at])) & set(OF_A_PIECE)]
        if len(others) != 1:
            return
        found["stukprijs"] = others[0]
        free, price = [price], others[0]
    for at in free:
        of_more = any(number not in (None, 1) for number in money[at].numbers)
        if of_more and _UNIT_ITSELF.fullmatch(plain(rows.headers[at])):
            raise Ambiguous(
                f"De prijs in {rows.name(price)} is naar {rows.name(at)} niet van één stuk.",
                where=rows.where,
                remedy="Zet het bedrag van elke regel in een kolom, en zeg welke: --kolommen bedrag=…. Is "
                f"het toch de prijs van één stuk: {rows.typed('stukprijs', price)}.",
            )
    if "aantal" not in named:
        _ask_other_count(rows, found, free)


def _ask_measured(rows: Rows, found: Mapping[str, int], named: Mapping[str, str]) -> None:
    """Raise where the only money is the price of one, and what stands beside it is measured, not counted."""
    price = found["bedrag"]
    if "aantal" in found or "bedrag" in named or not is_of_one(rows.headers[price]):
        return
    for at, cells in rows.numbers.items():
        differ = any(number not in (None, 1) for number in cells.numbers)
        if at in found.values() or not differ or not _MEASURED.fullmatch(plain(rows.headers[at])):
            continue
        count, one = (name_of(rows.headers, place) for place in (at, price))
        raise Ambiguous(
            f"{rows.name(price)} is naar de kop de prijs van één; hoeveel het er waren, staat er niet, en "
            f"{rows.name(at)} is geen aantal stuks.",
            where=rows.where,
            remedy=f"Is elke rij één stuk: {rows.typed('bedrag', price)}. Is het bedrag de prijs keer "
            f'{rows.name(at)}: --kolommen "aantal={count},stukprijs={one}". Anders: zet het bedrag van elke '
            "regel in een kolom.",
        )


def is_of_one(header: str) -> bool:
    """Whether a header of money says that it is the price of one piece."""
    return "unit" in concepts_of(header) or not _OF_ONE.isdisjoint(forms(header))


def say_of_one(export: Export) -> None:
    """Tell that each row counts as one where its price is of one, and no column has how many there were."""
    if export.has("bedrag") and not export.has("aantal") and not export.named & {"bedrag", "aantal"}:
        price = export.header("bedrag")
        if is_of_one(price):
            export.say("bedrag", f"{price} is naar de kop de prijs van één: elke rij telt als één stuk")


def _ask_other_count(rows: Rows, found: Mapping[str, int], free: list[int]) -> None:
    price, pieces = found["stukprijs"], found["aantal"]
    of_what = _PER.search(rows.headers[price].casefold())
    if of_what is None:
        return
    units = [unit for unit in _UNITS if re.match(unit, plain(of_what[1]) + "per")]
    for at in free:
        header, counted = plain(rows.headers[at]), plain(rows.headers[pieces])
        differ = any(number not in (None, 1) for number in rows.numbers[at].numbers)
        for unit in units:
            if differ and re.search(unit, header) and not re.search(unit, counted):
                raise Ambiguous(
                    f"{rows.name(price)} is per {of_what[1]}; {rows.name(pieces)} en {rows.name(at)} kunnen "
                    "allebei het aantal zijn.",
                    where=rows.where,
                    remedy=f"Zeg welk: {rows.typed('aantal', at)} of {rows.typed('aantal', pieces)}. Is het "
                    "bedrag de prijs keer beide, zet het dan in een kolom: --kolommen bedrag=….",
                )
