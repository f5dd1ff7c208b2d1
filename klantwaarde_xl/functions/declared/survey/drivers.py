"""Declarations: what moves a score, and what it is worth beside the customers' value."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.survey.arguments import (
    CONFIDENCE,
    GROUP,
    MEASURE,
    SCALE,
    SCORES,
    measure_failures,
)
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.kernels import drivers, score_value
from klantwaarde_xl.wording import codes

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE

_RATINGS = (
    ("levering", "prijs", "service"),
    (5, 3, 4), (4, 4, 5), (2, 3, 3), (5, 2, 5), (3, 5, 2), (1, 3, 2), (4, 4, 4), (5, 3, 5), (2, 2, 3),
    (4, 5, 3), (3, 3, 4), (5, 4, 4), (None, 3, 3), (2, 4, 1), (4, 3, 5), (3, 2, 3),
)  # fmt: skip
_SCORES = ("NPS", 10, 9, 6, 9, 7, 3, 8, 10, 5, 8, 7, 9, 8, 4, 9, 7)

_DRIVERS = (
    Column("aspect", "aspect", labels_of="oordelen"),
    Column("gemiddelde", "mean"),
    Column("samenhang", "correlation", blank=True),
    Column("oordeel", "evidence", texts=codes.EVIDENCE),
    Column("effect per punt", "effect", blank=True),
    Column("ondergrens", "low", blank=True),
    Column("bovengrens", "high", blank=True),
    Column("verklaard", "explained"),
    Column("aandeel", "share", blank=True),
    Column("antwoorden", "answers"),
)
_DRIVER_HEADERS = tuple(column.header for column in _DRIVERS)

NPS_DRIJFVEREN = Spec(
    name="NPS_DRIJFVEREN",
    kernel=drivers.score_drivers,
    group=GROUP,
    doc="Welke aspecten samengaan met de NPS (of CSAT, CES): welk deel van de verschillen in score elk "
    "verklaart, eerlijk verdeeld over aspecten die samengaan (Shapley), en hoeveel een punt erbij doet. "
    "Samenhang is geen bewijs van oorzaak.",
    unit="tabel",
    sources=("D12", "D26", "D27"),
    args=(
        Arg(
            "oordelen",
            "ratings",
            "Blok met per klant een rij en per aspect een kolom (hoogstens 12), met de namen erboven; een "
            "rij met een lege cel telt niet mee.",
            "score",
            Kind.TRIANGLE,
        ),
        SCORES,
        MEASURE,
        SCALE,
        CONFIDENCE,
    ),
    examples=(
        Example(
            (_RATINGS, _SCORES),
            (
                _DRIVER_HEADERS,
                (
                    "levering",
                    3.466666666666667,
                    0.925509814206251,
                    "aantoonbare samenhang",
                    43.31842054075086,
                    17.703127576122238,
                    68.93371350537947,
                    0.5139623122657518,
                    0.5768515215030616,
                    15.0,
                ),
                (
                    "service",
                    3.533333333333333,
                    0.8204796294985346,
                    "aantoonbare samenhang",
                    21.48090514167155,
                    -8.595692563931589,
                    51.55750284727469,
                    0.3638465493138875,
                    0.40836736577064503,
                    15.0,
                ),
                (
                    "prijs",
                    3.3333333333333335,
                    0.029260286799032652,
                    "geen aantoonbare samenhang",
                    4.603514231991188,
                    -23.115544474454648,
                    32.32257293843702,
                    0.013169653873620124,
                    0.014781112726293344,
                    15.0,
                ),
            ),
            "zestien klanten, van wie een een oordeel overslaat",
            close=1e-8,
        ),
        Example(
            (
                (("levering", "prijs"), (5, 3), (4, 3), (2, 3), (5, 3), (1, 3)),
                ("csat", 5, 4, 2, 5, 2),
                "gemiddelde",
            ),
            (
                _DRIVER_HEADERS,
                (
                    "levering",
                    3.4,
                    0.9800379116648473,
                    "aantoonbare samenhang",
                    0.8181818181818182,
                    0.1879049418442773,
                    1.4484586945193592,
                    0.960474308300395,
                    1.0,
                    5.0,
                ),
                ("prijs", 3.0, "", "geen aantoonbare samenhang", "", "", "", 0.0, 0.0, 5.0),
            ),
            "over de prijs denkt ieder gelijk: daarover valt niets te zeggen",
            close=1e-8,
        ),
    ),
    failures=(
        Failure(NA, "er zijn te weinig rijen zonder lege cel", (((5, 4), (4, 3), (3, 5)), (9, 8, 3))),
        Failure(DIV0, "er zijn geen scores", (((5,), (4,), (3,)), (None, None, None))),
        Failure(DIV0, "alle scores tellen even zwaar", (((5,), (4,), (3,)), (9, 10, 9))),
        Failure(NUM, "er zijn meer dan 12 aspecten", (((5,) * 13,) * 20, (9, 3) * 10)),
        Failure(NUM, "een score ligt buiten de schaal", (((5,), (4,), (3,)), (9, 11, 3))),
        *measure_failures(((5,), (4,), (3,)), shown=((5, 4, 2),)),
        Failure(VALUE, "de kolommen zijn niet even lang", (((5,), (4,), (3,)), (9, 8))),
        Failure(VALUE, "er staat tekst tussen de oordelen", (((5,), ("goed",), (3,)), (9, 8, 3))),
    ),
    columns=_DRIVERS,
)

_AMOUNTS = Arg(
    "waarden",
    "amounts",
    "Omzet, marge of klantwaarde van dezelfde klant, in dezelfde rij; leeg is onbekend en telt niet mee.",
    "euro",
    Kind.TRIANGLE,
)
_WORTH = ((9, 10, 8, 3, 9, 7, 6, 10, 2, 9), (120, 340, 90, 40, 80, 60, 75, 900, None, 150))
_WORTH_FAILURES = (
    Failure(DIV0, "geen enkele klant heeft een score en een bedrag", ((9, None), (None, 50))),
    Failure(NUM, "een score ligt buiten 0 t/m 10", ((9, 11), (50, 60))),
    Failure(NUM, "een score is geen geheel getal", ((9, 7.5), (50, 60))),
    Failure(VALUE, "de kolommen zijn niet even lang", ((9, 8, 3), (50, 60))),
    Failure(VALUE, "er staat tekst waar een getal hoort", ((9, 3), (50, "veel"))),
)

_PER_GROUP = (
    Column("groep", "group", texts=codes.GROUPS),
    Column("klanten", "customers"),
    Column("aandeel", "share"),
    Column("gemiddelde", "mean", blank=True),
    Column("mediaan", "median", blank=True),
    Column("waarde", "total"),
    Column("aandeel waarde", "share_of_total", blank=True),
)
_WORTH_HEADERS = tuple(column.header for column in _PER_GROUP)

NPS_WAARDE = Spec(
    name="NPS_WAARDE",
    kernel=score_value.score_values,
    group=GROUP,
    doc="Waarde naast score: wat promotors, passieven en criticasters waard zijn, met aantal, gemiddelde, "
    "mediaan, totaal en hun deel van de waarde.",
    unit="tabel",
    sources=("D12", "D27"),
    args=(SCORES, _AMOUNTS),
    examples=(
        Example(
            _WORTH,
            (
                _WORTH_HEADERS,
                ("promotors (9-10)", 5.0, 0.5555555555555556, 318.0, 150.0, 1590.0, 0.8571428571428571),
                ("passieven (7-8)", 2.0, 0.2222222222222222, 75.0, 75.0, 150.0, 0.08086253369272237),
                ("criticasters (0-6)", 2.0, 0.2222222222222222, 57.5, 57.5, 115.0, 0.06199460916442048),
            ),
            "een klant zonder bedrag telt niet mee",
        ),
        Example(
            ((9, 3), (10, 20)),
            (
                _WORTH_HEADERS,
                ("promotors (9-10)", 1.0, 0.5, 10.0, 10.0, 10.0, 0.3333333333333333),
                ("passieven (7-8)", 0.0, 0.0, "", "", 0.0, 0.0),
                ("criticasters (0-6)", 1.0, 0.5, 20.0, 20.0, 20.0, 0.6666666666666666),
            ),
            "zonder passieven is hun gemiddelde leeg",
        ),
    ),
    failures=_WORTH_FAILURES,
    columns=_PER_GROUP,
)

_BESIDE = (
    Column("promotors", "promoters"),
    Column("criticasters", "detractors"),
    Column("verschil", "change"),
    Column("kans", "chance"),
    Column("ondergrens", "low"),
    Column("bovengrens", "high"),
    Column("oordeel", "verdict", texts=codes.WORTH),
)
_BESIDE_HEADERS = tuple(column.header for column in _BESIDE)

NPS_WAARDEVERSCHIL = Spec(
    name="NPS_WAARDEVERSCHIL",
    kernel=score_value.score_difference,
    group=GROUP,
    doc="Zijn promotors meer waard dan criticasters? Gemiddelden, verschil, de kans dat een promotor meer "
    "waard is dan een criticaster met de grenzen daarvan, en het oordeel. Ook goed bij weinig klanten.",
    unit="tabel",
    sources=("D12", "D27"),
    args=(SCORES, _AMOUNTS, CONFIDENCE),
    examples=(
        Example(
            _WORTH,
            (
                _BESIDE_HEADERS,
                (318.0, 57.5, 260.5, 1.0, 0.49398123327069665, 1.0, "geen aantoonbaar verschil"),
            ),
            "vijf promotors en twee criticasters zijn te weinig",
        ),
        Example(
            ((9, 10, 9, 10, 9, 3, 4, 6, 2), (120, 340, 90, 80, 900, 40, 75, 20, 60)),
            (_BESIDE_HEADERS, (306.0, 48.75, 257.25, 1.0, 0.6115232307964549, 1.0, "promotors meer waard")),
            "vijf promotors, elk meer waard dan elk van vier criticasters",
        ),
    ),
    failures=(
        *_WORTH_FAILURES,
        Failure(DIV0, "er zijn geen promotors of geen criticasters", ((9, 8), (50, 60))),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((9, 3), (50, 60), 95)),
    ),
    columns=_BESIDE,
)
