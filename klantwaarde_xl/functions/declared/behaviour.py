"""Declarations: how customers buy: repeat rate, time between purchases, drop-out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared import arguments
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS
from klantwaarde_xl.functions.declared.closed import groups as closed_groups
from klantwaarde_xl.functions.declared.closed import purchases as closed_purchases
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels import behaviour

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Koopgedrag"

DAYS = replace(arguments.DAYS, doc=arguments.DAYS.doc + " Laat retouren weg.")
SAME_DAY = Arg(
    "zelfde_dag",
    "same_day",
    "Orders van een klant op een dag.",
    kind=Kind.CHOICE,
    choices=choices(
        behaviour.SameDay,
        TOGETHER=("samen", "een aankoop (standaard: wie terugkomt, komt een andere dag)"),
        APART=("apart", "elke order is een aankoop"),
    ),
)

_NAMES = ("Anna", "Bram", "Eva", "Anna", "Cees", "Eva", "Anna", "Bram", "Cees", "Dora")
_DATES: tuple[dt.date, ...] = tuple(
    dt.date(2024, month, day)
    for month, day in (
        (1, 5), (1, 12), (1, 30), (2, 3), (2, 10), (2, 28), (3, 1), (3, 15), (3, 20), (3, 31),
    )
)  # fmt: skip
_TWICE = (("Anna", "Anna", "Bram"), (_DATES[0], _DATES[0], _DATES[1]))
_ONCE = (("Anna", "Bram"), _DATES[:2])
_NONE = ((None,), (None,))
_COLUMNS = (
    Failure(VALUE, "de kolommen zijn niet even lang", (_NAMES, _DATES[:3])),
    Failure(VALUE, "een datum is geen datum", (_NAMES[:2], (_DATES[0], "ooit"))),
    Failure(VALUE, "een klant ontbreekt", ((None, "Bram"), _DATES[:2])),
)

HERHAALAANKOOP = Spec(
    name="HERHAALAANKOOP",
    kernel=behaviour.repeat_rate,
    group=GROUP,
    doc="Herhaalaankoop (repeat rate): deel van de klanten dat minstens twee keer kocht, ooit of binnen een "
    "aantal dagen na de eerste aankoop.",
    unit="fractie",
    sources=("D23", "D27"),
    args=(
        CUSTOMERS,
        DAYS,
        SAME_DAY,
        Arg(
            "venster",
            "window",
            "Aantal dagen na de eerste aankoop waarbinnen de tweede valt; leeg is ooit. Klanten die op de "
            "laatste datum nog geen venster lang klant zijn, tellen dan niet mee.",
            "dagen",
        ),
    ),
    examples=(
        Example((_NAMES, _DATES), 0.8, "vier van de vijf klanten"),
        Example((_NAMES, _DATES, None, 30), 0.5, "Anna en Eva wel, Bram en Cees niet; Dora is te nieuw"),
        Example(_TWICE, 0.0, "twee orders op een dag zijn een aankoop"),
        Example((*_TWICE, "apart"), 0.5, "of twee, als u dat kiest"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten", _NONE),
        Failure(DIV0, "geen klant is zo lang gevolgd als het venster", (_NAMES, _DATES, None, 365)),
        Failure(NUM, "het venster is negatief", (_NAMES, _DATES, None, -1)),
        Failure(NUM, "zelfde_dag is geen 0 of 1", (_NAMES, _DATES, 2)),
        *_COLUMNS,
    ),
    closed=closed_groups.REPEAT,
)

AANKOOPINTERVAL = Spec(
    name="AANKOOPINTERVAL",
    kernel=behaviour.purchase_interval,
    group=GROUP,
    doc="Dagen tussen twee opeenvolgende aankopen van dezelfde klant. Wie nog niet terugkwam telt niet mee, "
    "dus het echte gemiddelde is langer.",
    unit="dagen",
    sources=("D23",),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "maat",
            "average",
            "Welk midden.",
            kind=Kind.CHOICE,
            choices=choices(
                behaviour.Average,
                MEAN=("gemiddelde", "standaard"),
                MEDIAN=("mediaan", "de middelste; een enkele lange pauze trekt hem niet omhoog"),
            ),
        ),
        Arg(
            "weging",
            "weight",
            "Wat een keer telt.",
            kind=Kind.CHOICE,
            choices=choices(
                behaviour.Weight,
                INTERVALS=("aankopen", "elke tussentijd (standaard); vaste kopers tellen vaker mee"),
                CUSTOMERS=("klanten", "elke klant, met het gemiddelde van zijn tussentijden"),
            ),
        ),
        SAME_DAY,
    ),
    examples=(
        Example((_NAMES, _DATES), 37.4, "(29 + 27 + 63 + 29 + 39) / 5"),
        Example((_NAMES, _DATES, "mediaan"), 29.0, "27, 29, 29, 39, 63"),
        Example((_NAMES, _DATES, None, "klanten"), 39.75, "(28 + 63 + 29 + 39) / 4"),
        Example((*_TWICE, None, None, "apart"), 0.0, "twee orders op een dag"),
    ),
    failures=(
        Failure(NA, "geen klant heeft twee aankopen", _ONCE),
        Failure(NA, "geen klant heeft twee aankopen", _TWICE),
        Failure(NUM, "maat is geen 0 of 1", (_NAMES, _DATES, 5)),
        *_COLUMNS,
    ),
    closed=closed_purchases.INTERVAL,
)

_LADDER = ("aankoop", "klanten", "stopte", "kocht opnieuw", "haakte af")

AFHAAKTABEL = Spec(
    name="AFHAAKTABEL",
    kernel=behaviour.purchase_ladder,
    group=GROUP,
    doc="Na de hoeveelste aankoop klanten afhaken: per aankoop hoeveel klanten hem deden, hoeveel daar "
    "stopten en welk deel nog eens kocht.",
    unit="tabel",
    sources=("D23",),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "wachttijd",
            "wait",
            "Aankopen van de laatste zoveel dagen tellen niet mee: wie pas kocht, is nog niet afgehaakt. "
            "Neem een paar keer het AANKOOPINTERVAL. Leeg is 0: dan lijkt het afhaken te hoog.",
            "dagen",
        ),
        Arg(
            "hoogste",
            "highest",
            "Nummer van de laatste aankoop in de tabel, een heel getal vanaf 1.",
            "aankoop",
        ),
        SAME_DAY,
    ),
    examples=(
        Example(
            (_NAMES, _DATES),
            (_LADDER, (1.0, 5.0, 1.0, 0.8, 0.2), (2.0, 4.0, 3.0, 0.25, 0.75), (3.0, 1.0, 1.0, 0.0, 1.0)),
            "vijf klanten; vier kochten twee keer, een drie keer",
        ),
        Example(
            (_NAMES, _DATES, 30, 2),
            (_LADDER, (1.0, 4.0, 0.0, 1.0, 0.0), (2.0, 2.0, 1.0, 0.5, 0.5)),
            "aankopen na 1 maart zijn te kort geleden",
        ),
    ),
    failures=(
        Failure(NA, "er zijn geen aankopen die lang genoeg geleden zijn", (_NAMES, _DATES, 365)),
        Failure(NA, "er zijn geen aankopen die lang genoeg geleden zijn", _NONE),
        Failure(NUM, "de wachttijd is negatief", (_NAMES, _DATES, -1)),
        Failure(NUM, "de hoogste aankoop is geen heel getal vanaf 1", (_NAMES, _DATES, 0, 0)),
        *_COLUMNS,
    ),
    columns=(
        Column(_LADDER[0], "number"),
        Column(_LADDER[1], "customers"),
        Column(_LADDER[2], "stopped"),
        Column(_LADDER[3], "again"),
        Column(_LADDER[4], "dropout"),
    ),
    closed=closed_purchases.LADDER,
)

AANKOPENPERKLANT = Spec(
    name="AANKOPENPERKLANT",
    kernel=behaviour.purchases_per_customer,
    group=GROUP,
    doc="Aankoopfrequentie uit een lijst aankopen: aantal aankopen in een periode gedeeld door het aantal "
    "verschillende klanten.",
    unit="aankopen per klant",
    sources=("D5", "D15", "D23"),
    args=(
        CUSTOMERS,
        DAYS,
        Arg("van", "first", "Eerste dag van de periode; leeg is vanaf het begin.", "datum", Kind.DATE),
        Arg("tot", "last", "Laatste dag van de periode, telt mee; leeg is tot het eind.", "datum", Kind.DATE),
        Arg(
            "noemer",
            "base",
            "Door welke klanten u deelt.",
            kind=Kind.CHOICE,
            choices=choices(
                behaviour.Base,
                ACTIVE=("actief", "wie in de periode kocht (standaard)"),
                ALL=("alle", "iedereen in de lijst; wie niet kocht drukt het gemiddelde"),
            ),
        ),
        replace(
            SAME_DAY,
            choices=choices(
                behaviour.SameDay,
                TOGETHER=("samen", "een aankoop"),
                APART=("apart", "elke order telt (standaard: dan is AOV x frequentie de omzet per klant)"),
            ),
        ),
    ),
    examples=(
        Example((_NAMES, _DATES), 2.0, "tien aankopen, vijf klanten"),
        Example((_NAMES, _DATES, dt.date(2024, 2, 1), dt.date(2024, 2, 29)), 1.0, "februari: drie om drie"),
        Example((_NAMES, _DATES, dt.date(2024, 2, 1), dt.date(2024, 2, 29), "alle"), 0.6, "drie op vijf"),
        Example((*_TWICE, None, None, None, "samen"), 1.0, "twee orders op een dag samen genomen"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen klanten in de periode", (_NAMES, _DATES, dt.date(2025, 1, 1))),
        Failure(DIV0, "er zijn geen klanten in de periode", _NONE),
        Failure(
            NUM,
            "de periode eindigt voor hij begint",
            (_NAMES, _DATES, dt.date(2024, 3, 1), dt.date(2024, 2, 1)),
        ),
        *_COLUMNS,
    ),
    closed=closed_purchases.FREQUENCY,
)
