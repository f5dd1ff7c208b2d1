"""Declarations: models of buying estimated from a summary, a row a customer or a kind of customer."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, FIT_COLUMNS, UNIT
from klantwaarde_xl.functions.declared.examples.fit_table import fit_result
from klantwaarde_xl.functions.declared.forecast.one_customer import MODELS
from klantwaarde_xl.functions.declared.forecast.spending import GROUP, WEIGHTS
from klantwaarde_xl.functions.spec import Arg, Cells, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import fits

NUM, VALUE = CellError.NUM, CellError.VALUE

# A thousand customers of a year, bought again x times, the last time in month 2, 6 or 10: made up
_BOUGHT = (0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 8, 14)
_LAST = (0, 2, 6, 10, 2, 6, 10, 2, 6, 10, 2, 6, 10, 6, 10, 6, 10, 6, 10, 10)
_YEAR = (12,) * 20
_MANY = (451, 150, 87, 58, 28, 47, 37, 10, 15, 34, 1, 9, 17, 2, 9, 1, 15, 3, 20, 6)

# 11,104 donors of 1995 in the six years after: Fader, Hardie & Shang 2010, table 1
_GIFTS = (0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6)
_LAST_GIFT = (0, 1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 3, 4, 5, 6, 4, 5, 6, 5, 6, 6)
_YEARS = (6,) * 22
_DONORS = (
    3464, 1091, 277, 129, 78, 119, 129, 613, 255, 155, 173, 234, 322, 181, 225, 357, 240, 284, 512, 335, 728,
    1203,
)  # fmt: skip


def _with(*last: Cells) -> tuple[Cells, ...]:
    """The thousand customers, and other settings after the columns."""
    return (_BOUGHT, _LAST, _YEAR, _MANY, *last)


def _words(unit: str) -> tuple[tuple[str, str], ...]:
    return (
        ("r", "vorm van het kooptempo: hoe hoger, hoe meer de klanten op elkaar lijken"),
        ("alpha", f"schaal van het kooptempo, in {'maanden' if unit == 'maand' else 'weken'}"),
        ("a", "vorm van de kans om te stoppen na een herhaalaankoop, samen met b"),
        ("b", "hoe groter naast a, hoe kleiner die kans; a + b groot: klanten lijken op elkaar"),
        (f"aankopen per {unit}", "gemiddeld, van een klant zolang die actief is"),
        ("kans om te stoppen", "gemiddeld, na een herhaalaankoop: a / (a + b)"),
    )


_FOUND = (
    (0.54030708, 0.043827836, 0.46088667, 0.6334133),
    (3.5592068, 0.40335148, 2.8502947, 4.4444363),
    (0.69208702, 0.23664461, 0.3540872, 1.3527302),
    (1.6495049, 0.67691426, 0.73797636, 3.6869289),
    (0.15180547, 0.0092784763, 0.13466703, 0.17112505),
    (0.29556261, 0.030481251, 0.23949368, 0.35856908),
)
_DONOR_WORDS = (
    ("alpha", "vorm van de kans om te kopen per gelegenheid (een per jaar), samen met beta"),
    ("beta", "hoe groter naast alpha, hoe kleiner die kans; samen groot: klanten lijken op elkaar"),
    ("gamma", "vorm van de kans om te stoppen per gelegenheid (een per jaar), samen met delta"),
    ("delta", "hoe groter naast gamma, hoe kleiner die kans; samen groot: klanten lijken op elkaar"),
    ("kans om te kopen", "gemiddeld, per gelegenheid (een per jaar), van een klant zolang die actief is"),
    ("kans om te stoppen", "gemiddeld, voor elke gelegenheid, een per jaar"),
)
_DONOR_FOUND = (
    (1.2035224, 0.069391362, 1.0749209, 1.3475094),
    (0.74971636, 0.029447717, 0.6941656, 0.80971258),
    (0.65671821, 0.051009859, 0.56397898, 0.76470723),
    (2.7834422, 0.320819, 2.2206131, 3.4889242),
    (0.61616757, 0.0068811252, 0.60259458, 0.62956197),
    (0.19089755, 0.0069736883, 0.17760173, 0.20494069),
)
_ONCE = (
    "Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien. "
    "Neem een langere periode of meer klanten."
)

KOOPPARAMETERS = Spec(
    name="KOOPPARAMETERS",
    kernel=fits.buying_parameters,
    group=GROUP,
    doc="Schat een kansmodel van het koopgedrag uit per klant herhaalaankopen, recentheid en leeftijd: "
    "parameters met interval en uitleg, koop- en stoptempo, en hoe goed het model past.",
    unit="tabel",
    sources=("D6", "D7", "D11"),
    args=(
        Arg(
            "herhaalaankopen",
            "frequency",
            "Kolom met het aantal aankopen na de eerste.",
            "aankopen",
            Kind.FIGURES,
        ),
        Arg(
            "recentheid",
            "recency",
            "Kolom met de leeftijd bij de laatste aankoop: tijd van de eerste tot de laatste, niet hoe lang "
            "geleden. 0 zonder herhaalaankopen. Bij bg/bb het nummer van de laatste gelegenheid met aankoop.",
            "eenheid",
            Kind.FIGURES,
        ),
        Arg(
            "leeftijd",
            "age",
            "Kolom met de tijd van de eerste aankoop tot nu. Bij bg/bb het aantal gelegenheden tot nu.",
            "eenheid",
            Kind.FIGURES,
        ),
        WEIGHTS,
        MODELS,
        replace(
            UNIT,
            doc="Eenheid van recentheid en leeftijd; bij bg/bb de tijd tussen twee gelegenheden.",
        ),
        CONFIDENCE,
    ),
    examples=(
        Example(
            _with(None, "maanden"),
            fit_result(
                _words("maand"), _FOUND, (-3681.3786, 7370.7572, 7390.3882), ("klanten", 1000.0), "BG/NBD"
            ),
            "1000 klanten in 20 rijen",
            close=1e-5,
        ),
        Example(
            (_GIFTS, _LAST_GIFT, _YEARS, _DONORS, "bg/bb", "jaren"),
            fit_result(
                _DONOR_WORDS, _DONOR_FOUND, (-33225.581, 66459.163, 66488.423), ("klanten", 11104.0), "BG/BB"
            ),
            "Fader, Hardie & Shang 2010: 1,204 0,750 0,657 2,783, log-aannemelijkheid -33225,58",
            close=1e-5,
        ),
        Example(
            ((0, 0, 0), (0, 0, 0), (10, 20, 30)),
            fit_result(_words("week"), (), (), ("klanten", 3.0), "BG/NBD", _ONCE),
            "niemand kocht een tweede keer",
        ),
    ),
    failures=(
        Failure(NUM, "een aantal herhaalaankopen is negatief of gebroken", ((-1, 2), (0, 3), (9, 9))),
        Failure(NUM, "een recentheid is negatief of groter dan de leeftijd", ((1, 2), (10, 3), (9, 9))),
        Failure(NUM, "een recentheid is 0 met herhaalaankopen, of niet 0 zonder", ((1, 0), (3, 3), (9, 9))),
        Failure(NUM, "een aantal klanten is negatief", ((1, 0), (3, 0), (9, 9), (1, -1))),
        Failure(
            NUM,
            "bij bg/bb zijn gelegenheden geen gehele getallen, meer dan 10.000 of minder dan de aankopen",
            ((1, 0), (3.5, 0), (9, 9), None, "bg/bb"),
        ),
        Failure(
            NUM,
            "bij bg/bb zijn gelegenheden geen gehele getallen, meer dan 10.000 of minder dan de aankopen",
            ((1, 0), (3, 0), (9, 10001), None, "bg/bb"),
        ),
        Failure(NUM, "het model bestaat niet", _with(4)),
        Failure(NUM, "de eenheid bestaat niet", _with(0, 4)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", _with(0, 0, 95)),
        Failure(VALUE, "de kolommen zijn niet even lang", ((1, 2, 3), (2, 3), (9, 9))),
        Failure(VALUE, "er staat tekst tussen de getallen", ((1, "veel"), (2, 3), (9, 9))),
        Failure(VALUE, "een cel is leeg", ((1, None), (2, 3), (9, 9))),
    ),
    columns=FIT_COLUMNS,
)
