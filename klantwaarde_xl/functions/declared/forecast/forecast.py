"""Declarations: what customers will still buy and be worth, and why."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, CUSTOMERS, DAYS, MODEL, UNIT
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.examples import shop_results as shown
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT, log_failures
from klantwaarde_xl.functions.declared.forecast.season_arguments import INDEX, SEASON, season_failures
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels.models import forecast
from klantwaarde_xl.reports import customers, overview, why

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"

HORIZON = Arg(
    "horizon",
    "horizon",
    "Hoe ver u vooruitkijkt, in de eenheid van tijd, boven 0. Leeg is een jaar: 52 weken.",
    unit="eenheid van tijd",
)
YEARLY_INTEREST = Arg(
    "rente",
    "interest",
    "Rente per jaar als fractie: 0,1 is 10%. Elke aankoop telt contant vanaf het moment waarop hij valt, "
    "ongeacht de eenheid van tijd.",
    unit="fractie per jaar",
)
SHARE_OF_REVENUE = Arg(
    "marge",
    "margin",
    "Winst als deel van de omzet, boven 0 tot en met 1 (30% is 0,3). Leeg is 1: omzet.",
    "fractie",
)
SPENDING = Arg(
    "besteding",
    "spending",
    "Hoe de besteding van een volgende aankoop wordt geschat.",
    kind=Kind.CHOICE,
    choices=choices(
        forecast.Spending,
        MODEL=("model", "Gamma-Gamma: eigen gemiddelde, bij weinig aankopen richting dat van allen"),
        OWN=("eigen", "eigen gemiddelde van elke klant, dat dan als zeker telt"),
    ),
)
SEGMENTS = Arg(
    "segmenten",
    "segments",
    "Kolom met een segment per aankoop; elk segment krijgt een eigen schatting. Een klant hoort bij het "
    "segment van zijn eerste aankoop.",
    kind=Kind.KEYS,
)
_TERMS = (HORIZON, SHARE_OF_REVENUE, YEARLY_INTEREST, UNIT, MODEL, AS_OF, SPENDING, CONFIDENCE)
_NO_TERMS = (None,) * len(_TERMS)
_ASKED = (26.0, 0.3, 0.1, None, "bg/nbd", shop.END)


def _failures(*before: Cells) -> tuple[Failure, ...]:
    """What is wrong with what is asked for, after the log and some arguments."""
    cases: tuple[tuple[str, tuple[Cells, ...]], ...] = (
        ("de horizon is niet groter dan 0", (0,)),
        ("de marge ligt niet boven 0 tot en met 1", (26, 30)),
        ("de rente is negatief", (26, 0.3, -0.1)),
        ("de eenheid bestaat niet", (26, 0.3, 0.1, 9)),
        ("het model bestaat niet", (26, 0.3, 0.1, None, 9)),
        ("de manier van besteden bestaat niet", (26, 0.3, 0.1, None, None, None, 9)),
        ("de zekerheid ligt niet tussen 0 en 1", (26, 0.3, 0.1, None, None, None, None, 95)),
    )
    return (
        *(Failure(NUM, when, (*SHORT, *before, *args)) for when, args in cases),
        *log_failures(None, None, None, None, None, required=before),
        Failure(VALUE, "er staat tekst waar een getal hoort", (*SHORT, *before, "ver")),
    )


_UNFIT = Failure(NA, "een model is met deze gegevens niet te schatten (VOORSPELCONTROLE zegt waarom)", SHORT)

KLANTPROGNOSE = Spec(
    name="KLANTPROGNOSE",
    kernel=customers.forecast,
    group=GROUP,
    doc="Voorspelling per klant uit de aankopen: kans nog klant, verwachte aankopen en besteding, en de "
    "klantwaarde in de horizon met een interval. Laag en hoog zijn de onzekerheid van de verwachting.",
    unit="tabel",
    sources=("D6", "D7"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, *_TERMS, SEGMENTS, SEASON, INDEX),
    examples=(
        Example((*LOG, *_ASKED), shown.FORECAST, "een kleine winkel", close=1e-4),
        Example(
            (("Ada", "Bo", "Cas"), (1, 2, 9), (10.0, 20.0, 30.0)),
            shown.FORECAST_FEW,
            "niemand kocht opnieuw: de opmerking zegt wat er mist",
        ),
    ),
    failures=(*_failures(), *season_failures(*SHORT, *_NO_TERMS, None)),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("herhaalaankopen", "frequency"),
        Column("recentheid ({eenheid})", "recency"),
        Column("leeftijd ({eenheid})", "T"),
        Column("kans nog klant", "alive"),
        Column("kans op aankoop", "buys"),
        Column("verwachte aankopen", "purchases"),
        Column("besteding per aankoop", "spend"),
        Column("klantwaarde", "value"),
        Column("laag", "lower"),
        Column("hoog", "upper"),
        Column("opmerking", "note"),
    ),
)

PROGNOSETOTAAL = Spec(
    name="PROGNOSETOTAAL",
    kernel=overview.total,
    group=GROUP,
    doc="Voorspelling van alle klanten samen: hoeveel er nog klant zijn, hoeveel aankopen zij doen en wat "
    "zij waard zijn, met een interval van de verwachting.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, *_TERMS, SEASON, INDEX),
    examples=(
        Example((*LOG, *_ASKED), shown.TOTAL, "een kleine winkel", close=1e-4),
        Example((*LOG, *_ASKED, "eigen"), shown.TOTAL_OWN, "met het eigen gemiddelde per klant", close=1e-4),
    ),
    failures=(_UNFIT, *_failures(), *season_failures(*SHORT, *_NO_TERMS)),
    columns=(
        Column("grootheid", "label"),
        Column("waarde", "value"),
        Column("laag", "lower", blank=True),
        Column("hoog", "upper", blank=True),
        Column("toelichting", "note"),
    ),
)

WAAROMKLANTWAARDE = Spec(
    name="WAAROMKLANTWAARDE",
    kernel=why.why,
    group=GROUP,
    doc="Waarom dit getal? De klantwaarde van een klant stap voor stap: welke aankoop niet meetelt, kans "
    "nog klant, verwachte aankopen, besteding, contant maken, en de som.",
    unit="tabel",
    sources=("D6", "D32"),
    args=(
        CUSTOMERS,
        DAYS,
        NET_AMOUNTS,
        Arg("klant", "customer", "De klant, zoals die in de kolom staat.", "", Kind.KEY),
        *_TERMS,
        SEASON,
        INDEX,
    ),
    examples=(
        Example((*LOG, "K32", *_ASKED), shown.WHY, "klant met een retour", close=1e-4),
        Example(
            (*LOG, "K02", 1, 0.3, 0.1, "jaren", "pareto/nbd", shop.END, "eigen"),
            shown.WHY_ONCE,
            "een aankoop, in jaren",
            close=1e-4,
        ),
    ),
    failures=(
        Failure(NA, "de klant staat niet in de kolom", (*SHORT, "Niemand")),
        Failure(NA, "een model is met deze gegevens niet te schatten", (*SHORT, "K01")),
        *_failures("K01"),
        *season_failures(*SHORT, "K01", *_NO_TERMS),
    ),
    columns=(
        Column("stap", "step"),
        Column("waarde", "value", blank=True),
        Column("toelichting", "note"),
    ),
)
