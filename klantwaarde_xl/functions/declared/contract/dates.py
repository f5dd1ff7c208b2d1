"""Declarations: contracts from their dates (start, end, plan), of which some still run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Cell, Cells, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels.spells import Period
from klantwaarde_xl.reports import contract_dates

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Contracten"

STARTS = Arg("starts", "starts", "Kolom met de eerste dag van elk contract.", "datum", Kind.DATES)
ENDS = Arg(
    "einden",
    "ends",
    "Kolom met de laatste dag van elk contract, even lang; leeg is een contract dat loopt. Een einde na de "
    "peildatum loopt nog, een einde op de peildatum is beëindigd.",
    "datum",
    Kind.OPEN_DATES,
)
AS_OF = Arg(
    "peildatum",
    "as_of",
    "Dag tot en met welke u alles weet, zoals VANDAAG(). Wat later begint telt niet mee. Een periode telt "
    "als zij dan voorbij is: een jaar vanaf 1 januari is dat op 1 januari erna.",
    "datum",
    Kind.DATE,
)
PERIOD = Arg(
    "periode",
    "period",
    "Tijd tussen twee verlengingen, geteld vanaf de start.",
    kind=Kind.CHOICE,
    choices=choices(
        Period,
        MONTH=("maand", "standaard"),
        QUARTER=("kwartaal", "drie maanden"),
        YEAR=("jaar", "bij contracten per jaar"),
        WEEK=("week", "zeven dagen"),
        HALF_YEAR=("halfjaar", "zes maanden"),
    ),
)
PLANS = Arg("plannen", "plan", "Kolom met het plan of pakket van elk contract, even lang.", "", Kind.KEYS)
MAYBE_PLANS = replace(PLANS, doc=f"{PLANS.doc} Leeg: alles samen.")
CUSTOMERS = Arg(
    "klanten",
    "customers",
    "Kolom met de klant van elk contract. Wat van één klant aansluit of overlapt is dan één contract; leeg: "
    "elke rij telt apart.",
    "",
    Kind.KEYS,
)
GAP = Arg(
    "gat",
    "gap",
    "Zoveel dagen mag er tussen twee contracten van een klant zitten; daarboven is hij vertrokken en daarna "
    "nieuw.",
    "dagen",
)
CONFIDENCE = Arg(
    "zekerheid",
    "confidence",
    "Zekerheid van het interval, tussen 0 en 1: 0,95 is 95%. Van Greenwood, op log(-log(aandeel)).",
    "fractie",
)


def _month(year: int, month: int, day: int = 1) -> dt.date:
    return dt.date(year, month, day)


# Bewick, Cheek & Ball 2004, table 2: eight patients, who died after 1, 1, 4, 5, 9 and 22 or were last seen
# after 6 and 9; here months of a contract
_DAY = _month(2026, 1)
_STARTS = (*(_month(2024, 1),) * 6, _month(2025, 7), _month(2025, 4))
_ENDS = (
    *(_month(2024, 2), _month(2024, 2), _month(2024, 5), _month(2024, 6), _month(2024, 10)),
    *(_month(2025, 11), None, None),
)
_PLANS = ("goud", "zilver", "zilver", "goud", "zilver", "goud", "zilver", "goud")
# Anna renews after 14 days; Bram comes back after a year, on the day itself
_RENEWED = (
    (_month(2024, 1), _month(2025, 1, 15), _month(2024, 1), _month(2026, 1)),
    (_month(2024, 12, 31), None, _month(2024, 12, 31), None),
    ("Anna", "Anna", "Bram", "Bram"),
)
_LATE = _month(2023, 12)
_TEXT = "er staat tekst of een lege cel waar een datum hoort"
_BEFORE = "een contract eindigt voor zijn start"
_NOBODY = "er is geen contract begonnen tot en met de peildatum"
TOO_LONG = "de contracten beslaan meer dan 1200 perioden, of een datum ligt voor 1900"
NO_GAP = "het gat is geen aantal dagen vanaf 0"


def _failures(*between: Cells) -> tuple[Failure, ...]:
    """What is wrong with any dates; between: the columns between the ends and the day."""
    short = tuple(cells[:2] if isinstance(cells, tuple) else cells for cells in between)
    two = _STARTS[:2]
    return (
        Failure(NA, _NOBODY, (_STARTS, _ENDS, *between, _LATE)),
        Failure(NUM, _BEFORE, (two, (_LATE, None), *short, _DAY)),
        Failure(NUM, TOO_LONG, ((dt.date(1901, 1, 1), _DAY), (None, None), *short, _DAY)),
        Failure(VALUE, _TEXT, ((None, *_STARTS[1:]), _ENDS, *between, _DAY)),
        Failure(VALUE, _TEXT, (_STARTS, ("loopt", *_ENDS[1:]), *between, _DAY)),
        Failure(VALUE, "de kolommen zijn niet even lang", (_STARTS, _ENDS[:3], *between, _DAY)),
    )


def _nobody_left(periods: range, *row: float) -> tuple[tuple[Cell, ...], ...]:
    """The rows of periods in which all who could leave stayed."""
    return tuple(("alle", float(period), row[0], 0.0, *row[1:], 1.0) for period in periods)


_CURVE = ("plan", "periode", "konden vertrekken", "vertrokken", "nog klant", "laag", "hoog", "retentie")
_PUBLISHED: tuple[tuple[Cell, ...], ...] = (
    _CURVE,
    ("alle", 0.0, 8.0, 0.0, 1.0, 1.0, 1.0, ""),
    ("alle", 1.0, 8.0, 2.0, 0.75, 0.3148071137, 0.9308983171, 0.75),
    *_nobody_left(range(2, 4), 6.0, 0.75, 0.3148071137, 0.9308983171),
    ("alle", 4.0, 6.0, 1.0, 0.625, 0.2293333224, 0.8606982769, 5 / 6),
    ("alle", 5.0, 5.0, 1.0, 0.5, 0.1520358903, 0.7748650121, 0.8),
    ("alle", 6.0, 4.0, 0.0, 0.5, 0.1520358903, 0.7748650121, 1.0),
    *_nobody_left(range(7, 9), 3.0, 0.5, 0.1520358903, 0.7748650121),
    ("alle", 9.0, 3.0, 1.0, 1 / 3, 0.05617565071, 0.6575822163, 2 / 3),
    *_nobody_left(range(10, 22), 1.0, 1 / 3, 0.05617565071, 0.6575822163),
    ("alle", 22.0, 1.0, 1.0, 0.0, 0.0, 0.6575822163, 0.0),
)

CONTRACTOVERLEVING = Spec(
    name="CONTRACTOVERLEVING",
    kernel=contract_dates.survival_table,
    group=GROUP,
    doc="Overleving van contracten uit hun datums: per periode sinds de start wie kon vertrekken, wie "
    "vertrok, het deel dat er nog is (Kaplan-Meier) met interval, en de retentie. Wat nog loopt telt mee "
    "zolang het te volgen is.",
    unit="tabel",
    sources=("D7", "D11"),
    args=(STARTS, ENDS, AS_OF, PERIOD, MAYBE_PLANS, CUSTOMERS, GAP, CONFIDENCE),
    examples=(
        Example(
            (_STARTS, _ENDS, _DAY),
            _PUBLISHED,
            "Bewick, Cheek & Ball 2004, Critical Care 8:389, tabel 2: 0,750, 0,625, 0,500, 0,333 en 0",
        ),
        Example(
            (_STARTS, _ENDS, _DAY, "jaar", _PLANS),
            (
                _CURVE,
                ("alle", 0.0, 8.0, 0.0, 1.0, 1.0, 1.0, ""),
                ("alle", 1.0, 6.0, 5.0, 1 / 6, 0.00772310404, 0.5168017818, 1 / 6),
                ("alle", 2.0, 1.0, 1.0, 0.0, 0.0, 0.5168017818, 0.0),
                ("goud", 0.0, 4.0, 0.0, 1.0, 1.0, 1.0, ""),
                ("goud", 1.0, 3.0, 2.0, 1 / 3, 0.008961628331, 0.7741486504, 1 / 3),
                ("goud", 2.0, 1.0, 1.0, 0.0, 0.0, 0.7741486504, 0.0),
                ("zilver", 0.0, 4.0, 0.0, 1.0, 1.0, 1.0, ""),
                ("zilver", 1.0, 3.0, 3.0, 0.0, 0.0, 0.7075982262, 0.0),
            ),
            "per plan en samen: wie in 2025 begon is nog geen jaar te volgen",
        ),
    ),
    failures=(
        *_failures(),
        Failure(NUM, NO_GAP, (_STARTS, _ENDS, _DAY, None, None, None, -1)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (_STARTS, _ENDS, _DAY, None, None, None, 0, 1)),
    ),
    columns=(
        Column(_CURVE[0], "plan", labels_of="plannen", together="alle"),
        Column(_CURVE[1], "period"),
        Column(_CURVE[2], "at_risk"),
        Column(_CURVE[3], "left"),
        Column(_CURVE[4], "surviving"),
        Column(_CURVE[5], "lower"),
        Column(_CURVE[6], "upper"),
        Column(_CURVE[7], "retention", blank=True),
    ),
)

CONTRACTREEKS = Spec(
    name="CONTRACTREEKS",
    kernel=contract_dates.survivor_block,
    group=GROUP,
    doc="Reeks voor CONTRACTMODEL uit de datums van contracten: hoeveel er na 0, 1, 2 … perioden nog zijn, "
    "een rij per aantal perioden dat zij te volgen waren. Zo telt één schatting contracten van elke "
    "leeftijd: CONTRACTMODEL(CONTRACTREEKS(…)).",
    unit="tabel",
    sources=("D6", "D7", "D11"),
    args=(
        STARTS,
        ENDS,
        AS_OF,
        PERIOD,
        MAYBE_PLANS,
        Arg("plan", "chosen", "Alleen dit plan, een naam uit plannen; leeg: alle.", "", Kind.KEY),
        CUSTOMERS,
        GAP,
    ),
    examples=(
        Example(
            (_STARTS, _ENDS, _DAY, "halfjaar"),
            (
                ("na 0", "na 1", "na 2", "na 3", "na 4"),
                (6.0, 2.0, 1.0, 1.0, 0.0),
                (2.0, 2.0, "", "", ""),
            ),
            "zes waren twee jaar te volgen, twee een half jaar",
        ),
        Example(
            (_STARTS, _ENDS, _DAY, "halfjaar", _PLANS, "goud"),
            (
                ("na 0", "na 1", "na 2", "na 3", "na 4"),
                (3.0, 1.0, 1.0, 1.0, 0.0),
                (1.0, 1.0, "", "", ""),
            ),
            "alleen het plan goud",
        ),
        Example(
            (*_RENEWED[:2], _DAY, "jaar", None, None, _RENEWED[2], 31),
            (("na 0", "na 1", "na 2"), (2.0, 1.0, 1.0), (1.0, "", "")),
            "Anna verlengt na 14 dagen en blijft, Bram komt na een jaar terug: vertrokken, en nieuw",
        ),
    ),
    failures=(
        *_failures(),
        Failure(NUM, NO_GAP, (_STARTS, _ENDS, _DAY, None, None, None, None, -1)),
        Failure(NA, "het plan staat niet in plannen", (_STARTS, _ENDS, _DAY, None, _PLANS, "brons")),
        Failure(
            VALUE, "er is een plan gekozen zonder kolom plannen", (_STARTS, _ENDS, _DAY, None, None, "goud")
        ),
    ),
    columns=(Column("na {n}", "counts", blank=True),),
)
