"""Declarations: what makes customers valuable, by a characteristic that they had from the start."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, CUSTOMERS, DAYS, MODEL
from klantwaarde_xl.functions.declared.examples import characteristic_results as shown
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.forecast.forecast import SHARE_OF_REVENUE
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import characteristics

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"

_WEEKS = Arg(
    "horizon",
    "horizon",
    "Hoe ver na de eerste aankoop u een nieuwe klant volgt, in weken, boven 0. Leeg is een jaar: 52 weken.",
    unit="weken",
)
_TERMS = (_WEEKS, SHARE_OF_REVENUE, MODEL, AS_OF, CONFIDENCE)
_SEVEN = ("web",) * 3 + ("winkel",) * 4
_NUMBERS = (3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0)


def _failures(column: tuple[Cells, ...], same: tuple[Cells, ...]) -> tuple[Failure, ...]:
    """What is wrong, with seven values of a characteristic, and seven that are the same."""
    customers, days, amounts = SHORT
    calls: tuple[tuple[CellError, str, tuple[Any, ...]], ...] = (
        (NA, "het model is met deze gegevens niet te schatten", (customers, days, column, amounts)),
        (NA, "het kenmerk is van alle klanten hetzelfde", (customers, days, same, amounts)),
        (VALUE, "de kolommen zijn niet even lang", (customers, days, column[:3], amounts)),
        (VALUE, "een datum is geen datum", (customers, ("ooit", *days[1:]), column, amounts)),
        (NUM, "de horizon is niet groter dan 0", (customers, days, column, amounts, 0)),
        (NUM, "de marge ligt niet boven 0 tot en met 1", (customers, days, column, amounts, 26, 30)),
        (NUM, "het model bestaat niet", (customers, days, column, amounts, 26, 0.3, 9)),
        (
            NUM,
            "de zekerheid ligt niet tussen 0 en 1",
            (customers, days, column, amounts, 26, 0.3, None, None, 95),
        ),
    )
    return tuple(Failure(*call) for call in calls)


def _columns(first: Column) -> tuple[Column, ...]:
    return (
        first,
        Column("klanten", "customers"),
        Column("koopt x zo vaak", "buying"),
        Column("laag", "buying_lower"),
        Column("hoog", "buying_upper"),
        Column("stopt x zo snel", "stopping", blank=True),
        Column("laag stoppen", "stopping_lower", blank=True),
        Column("hoog stoppen", "stopping_upper", blank=True),
        Column("herhaalaankopen", "expected"),
        Column("besteding", "spend"),
        Column("waarde", "value"),
        Column("waarde laag", "value_lower", blank=True),
        Column("waarde hoog", "value_upper", blank=True),
        Column("oordeel", "note"),
    )


KENMERKEFFECT = Spec(
    name="KENMERKEFFECT",
    kernel=characteristics.of_names,
    group=GROUP,
    doc="Wat maakt een klant waardevol? Per waarde van een kenmerk (kanaal, product, regio) hoeveel keer zo "
    "vaak die klanten kopen en zo snel stoppen als de grootste groep, met intervallen, en wat een nieuwe "
    "klant van elke soort na de eerste aankoop nog waard is.",
    unit="tabel",
    sources=("D6", "D7", "D22"),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "kenmerk",
            "kinds",
            "Kolom met een kenmerk per aankoop, even lang; dat van de eerste aankoop telt.",
            kind=Kind.KEYS,
        ),
        NET_AMOUNTS,
        *_TERMS,
    ),
    examples=(
        Example(
            (*LOG[:2], shop.CHANNELS, LOG[2], None, None, None, shop.END),
            shown.CHANNELS,
            "twee kanalen",
            close=1e-4,
        ),
        Example(
            (*LOG[:2], shop.CHANNELS, LOG[2], 26, 0.3, "bg/nbd", shop.END),
            shown.CHANNELS_BG,
            "een halfjaar, met marge",
            close=1e-4,
        ),
    ),
    failures=(
        *_failures(_SEVEN, ("web",) * 7),
        Failure(
            NA, "het kenmerk heeft te veel soorten, zoals een per klant", (*SHORT[:2], SHORT[0], SHORT[2])
        ),
        Failure(VALUE, "een kenmerk ontbreekt", (*SHORT[:2], (None, *_SEVEN[1:]), SHORT[2])),
    ),
    columns=_columns(Column("kenmerk", "kind", labels_of="kenmerk")),
)

GETALEFFECT = Spec(
    name="GETALEFFECT",
    kernel=characteristics.of_numbers,
    group=GROUP,
    doc="Wat doet een getal, zoals leeftijd of eerste bedrag, met koopgedrag en waarde? De middelste klant "
    "naast een met een laag getal (een tiende zit eronder) en een met een hoog (een tiende zit erboven).",
    unit="tabel",
    sources=("D6", "D7"),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "getallen",
            "numbers",
            "Kolom met een getal per aankoop, even lang; dat van de eerste aankoop telt.",
            kind=Kind.FIGURES,
        ),
        NET_AMOUNTS,
        *_TERMS,
    ),
    examples=(
        Example(
            (*LOG[:2], LOG[2], LOG[2], None, None, None, shop.END),
            shown.AMOUNTS,
            "het eerste bedrag",
            close=1e-4,
        ),
        Example(
            (*LOG[:2], LOG[2], LOG[2], 26, 0.3, "bg/nbd", shop.END),
            shown.AMOUNTS_BG,
            "een halfjaar, met marge",
            close=1e-4,
        ),
    ),
    failures=(
        *_failures(_NUMBERS, (1.0,) * 7),
        Failure(VALUE, "een getal ontbreekt", (*SHORT[:2], (None, *_NUMBERS[1:]), SHORT[2])),
    ),
    columns=_columns(Column("getal", "kind")),
)
