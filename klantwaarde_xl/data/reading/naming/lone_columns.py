"""Columns whose word may mean something else, known where nothing else can be it: `Name`, `Betaald`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import are_days, is_day, is_number, unmarked
from klantwaarde_xl.data.reading.cells.yearless import is_day_by_name
from klantwaarde_xl.data.reading.naming.words import (
    CODES,
    MAILS,
    NAMES,
    OF_A_PIECE,
    OF_AN_ARTICLE,
    PAID,
    QUANTITY,
)

_NAMES = frozenset(["name", "nom", "nome"])
# Beside these it names a thing: an article, a line of an order
_OF_THINGS = OF_AN_ARTICLE | frozenset((*QUANTITY, *OF_A_PIECE))
_KIND_WORDS = """
    category categorie kategorie categoria brand merk marke marque variant variante size maat grootte color
    colour kleur farbe warengruppe artikelgruppe artikelgroep productgroep productgroup producttype barcode
    stock voorraad kassa till register kasse caisse"""
_KINDS_OF_THINGS = frozenset(_KIND_WORDS.split())
_OF_PEOPLE = frozenset((*CODES, *MAILS, *NAMES))
_DONE_WORDS = (
    "booked geboekt gebucht besteld bestellt ordered purchased gekocht gekauft sold verkocht verkauft"
)
_DONE = frozenset(_DONE_WORDS.split())
_NAMED = re.compile(r"[^\W\d_][^\d#]*")
_MOSTLY = 0.8  # of names of people and companies the last word has a capital; of chairs and mugs it has none
_CENTS = re.compile(r"\d[.,]\d{2}(?!\d)")


def name_alone(
    names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `klant`, where one column just called `Name` holds names and the file tells of no things.

    names: the plain headers. In exports of shops that header stands above numbers of orders.
    """
    if "klant" in found or any(map(_is_of_things, names)):
        return {}
    places = [at for at, name in enumerate(names) if name in _NAMES and at not in found.values()]
    texts = _texts(below, places[0]) if len(places) == 1 else []
    capitals = sum(text.split()[-1][0].isupper() for text in texts)
    named = all(map(_NAMED.fullmatch, texts)) and capitals >= _MOSTLY * len(texts)
    return {"klant": places[0]} if texts and named else {}


def paid_alone(
    names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `bedrag`, where money with cents stands below `Betaald`, and no other number in the file.

    Beside another amount what was paid may be a part of it; below `1` and `0` it says whether it was.
    """
    if {"bedrag", "stukprijs", "erbij"} & found.keys():
        return {}
    places = [at for at, name in enumerate(names) if name in PAID]
    if len(places) != 1 or places[0] in found.values():
        return {}
    texts = _texts(below, places[0])
    others = [at for at in range(len(names)) if at != places[0] and at not in found.values()]
    alone = not any(_is_money(below, at) and names[at] not in _OF_PEOPLE for at in others)
    return {"bedrag": places[0]} if alone and _is_money(below, places[0]) and texts else {}


def day_said(names: Sequence[str], below: Sequence[Sequence[str]]) -> dict[str, int]:
    """The place of `datum`, where one column says that something was bought, and when; else nothing."""
    said = [at for at, name in enumerate(names) if name in _DONE]
    places = [at for at in said if are_days(below, at) or _are_days_by_name(below, at)]
    return {"datum": places[0]} if len(places) == 1 else {}


def _are_days_by_name(below: Sequence[Sequence[str]], at: int) -> bool:
    texts = _texts(below, at)
    return bool(texts) and all(map(is_day_by_name, texts))


def _is_of_things(name: str) -> bool:
    return name in _OF_THINGS | _KINDS_OF_THINGS or name.startswith("lineitem")


def _is_money(below: Sequence[Sequence[str]], at: int) -> bool:
    texts = _texts(below, at)
    return bool(texts) and all(map(is_number, texts)) and any(map(_CENTS.search, texts))


def _texts(below: Sequence[Sequence[str]], at: int) -> list[str]:
    """What is filled in below a header, but days."""
    return [row[at] for row in unmarked(below) if at < len(row) and row[at] and not is_day(row[at])]
