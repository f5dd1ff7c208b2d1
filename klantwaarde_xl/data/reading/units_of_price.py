"""A price of other units than the pieces: per kilo beside a weight, per hundred, per piece beside boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.by_contents import Rows
from klantwaarde_xl.data.reading.headers import forms, plain
from klantwaarde_xl.data.reading.words import OF_A_PIECE
from klantwaarde_xl.errors import Ambiguous

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
_PER = re.compile(r"(?:\b(?:per|pro|par|p)\b\.?|/) ?(\w+)")


def ask_units(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Take no unit of a price for the price; raise `Ambiguous` where the price is of what nobody counted."""
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
