"""Declarations: who is a customer on a day to come, and what comes in days and months ahead."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS, DAYS, MODEL
from klantwaarde_xl.functions.declared.examples import ahead_results as shown
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.forecast.forecast import (
    SHARE_OF_REVENUE,
    SPENDING,
    YEARLY_INTEREST,
)
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT, log_failures
from klantwaarde_xl.functions.declared.forecast.season_arguments import INDEX, SEASON, season_failures
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.reports import ahead

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"

_ON = Arg(
    "op_datum",
    "on",
    "De dag in de toekomst, na de peildatum.",
    "datum",
    Kind.DATE,
)
_BEGIN = Arg(
    "van",
    "begin",
    "Eerste dag van het tijdvak; de peildatum of later.",
    "datum",
    Kind.DATE,
)
_END = Arg("tot_en_met", "end", "Laatste dag van het tijdvak, na de peildatum.", "datum", Kind.DATE)
_MONTHS = Arg(
    "maanden",
    "months",
    "Hoeveel hele maanden u vooruitkijkt, van 1 tot en met 60. De rest van een lopende maand komt daarvoor.",
    "maanden",
)
_WHO = Arg(
    "wie",
    "who",
    "Van wie de omzet is.",
    kind=Kind.CHOICE,
    choices=choices(
        ahead.Who,
        PRESENT=("huidige", "klanten van nu (standaard)"),
        NEW=("nieuwe", "wie nog komt, met de eerste aankoop"),
        ALL=("allen", "samen"),
    ),
)
_SURE = Arg(
    "zekerheid",
    "confidence",
    "Kans dat wat straks geteld wordt tussen laag en hoog ligt: 0,95 is 95%. Telt toeval mee van kopen, "
    "stoppen, bedragen en schatting.",
    "fractie",
)
_EXPECTED = Arg(
    "zekerheid",
    "confidence",
    "Zekerheid van het interval van de verwachting, tussen 0 en 1: 0,95 is 95%.",
    "fractie",
)
_PAST = "de datum ligt niet na de peildatum"
_NO_MODEL = "het model bestaat niet"
_NO_SPENDING = "de manier van besteden bestaat niet"
_NOT_SURE = "de zekerheid ligt niet tussen 0 en 1"
_LATER = shop.LATER
_FEW = tuple(column[:25] for column in LOG)
_UNFIT = "een model is met deze gegevens niet te schatten (VOORSPELCONTROLE zegt waarom)"

KLANTKANSOP = Spec(
    name="KLANTKANSOP",
    kernel=ahead.still_customer,
    group=GROUP,
    doc="Wie is er op een dag in de toekomst nog klant? Per klant de kans nu en de kans dan, ook als hij in "
    "de tussentijd koopt en daarna kan stoppen; en welk deel van wie nu klant is dat dan nog is.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, _ON, MODEL, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, _LATER, "mbg/nbd", shop.END), shown.STILL, "een kleine winkel", close=1e-4),
        Example((*_FEW, _LATER, "bg/nbd"), shown.STILL_FEW, "weinig klanten", close=1e-4),
    ),
    failures=(
        Failure(NA, _UNFIT, (*SHORT, _LATER)),
        Failure(NUM, _PAST, (*SHORT, shop.BEFORE)),
        Failure(NUM, _NO_MODEL, (*SHORT, _LATER, 9)),
        *log_failures(None, required=(_LATER,)),
        *season_failures(*SHORT, _LATER, None, None),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("laatste aankoop", "last"),
        Column("kans nog klant", "now"),
        Column("kans klant op die dag", "then"),
        Column("blijft, als nu klant", "stays", blank=True),
    ),
)

AANKOPENTUSSEN = Spec(
    name="AANKOPENTUSSEN",
    kernel=ahead.between,
    group=GROUP,
    doc="Verwachte aankopen en klantwaarde tussen twee dagen in de toekomst, van alle klanten samen en per "
    "klant. Tijdvakken tellen op; vanaf de peildatum is het KLANTPROGNOSE. Laag en hoog: van de verwachting.",
    unit="tabel",
    sources=("D6", "D7"),
    args=(
        CUSTOMERS,
        DAYS,
        NET_AMOUNTS,
        _BEGIN,
        _END,
        SHARE_OF_REVENUE,
        YEARLY_INTEREST,
        MODEL,
        AS_OF,
        SPENDING,
        _EXPECTED,
        SEASON,
        INDEX,
    ),
    examples=(
        Example(
            (*LOG, _LATER, shop.LATEST, 0.3, 0.1, "mbg/nbd", shop.END),
            shown.BETWEEN,
            "april tot en met juni, vooruit gezien",
            close=1e-4,
        ),
        Example((*_FEW, _LATER, shop.LATEST), shown.BETWEEN_FEW, "weinig klanten: omzet", close=1e-4),
    ),
    failures=(
        Failure(NA, _UNFIT, (*SHORT, _LATER, shop.LATEST)),
        Failure(NUM, _PAST, (*SHORT, shop.BEFORE, shop.LATEST)),
        Failure(NUM, "de einddatum ligt voor de begindatum", (*SHORT, shop.LATEST, _LATER)),
        Failure(NUM, "de marge ligt niet boven 0 tot en met 1", (*SHORT, _LATER, shop.LATEST, 30)),
        Failure(NUM, "de rente is negatief", (*SHORT, _LATER, shop.LATEST, 0.3, -0.1)),
        Failure(NUM, _NO_MODEL, (*SHORT, _LATER, shop.LATEST, 0.3, 0.1, 9)),
        Failure(NUM, _NO_SPENDING, (*SHORT, _LATER, shop.LATEST, 0.3, 0.1, None, None, 9)),
        Failure(NUM, _NOT_SURE, (*SHORT, _LATER, shop.LATEST, 0.3, 0.1, None, None, None, 95)),
        *log_failures(None, None, None, required=(_LATER, shop.LATEST)),
        *season_failures(*SHORT, _LATER, shop.LATEST, *(None,) * 6),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten", together="alle klanten"),
        Column("kans klant aan het begin", "begins", blank=True),
        Column("kans klant aan het eind", "ends", blank=True),
        Column("verwachte aankopen", "purchases"),
        Column("aankopen laag", "purchases_lower"),
        Column("aankopen hoog", "purchases_upper"),
        Column("klantwaarde", "value"),
        Column("waarde laag", "value_lower"),
        Column("waarde hoog", "value_upper"),
        Column("opmerking", "note"),
    ),
)


def _failures(*between: Cells) -> tuple[Failure, ...]:
    """What is wrong with months ahead; between: what stands between their number and the model."""
    return (
        Failure(NA, _UNFIT, SHORT),
        Failure(NUM, "het aantal maanden is geen heel getal van 1 tot en met 60", (*SHORT, 0)),
        Failure(NUM, _NO_MODEL, (*SHORT, 12, *between, 9)),
        Failure(NUM, _NO_SPENDING, (*SHORT, 12, *between, None, None, 9)),
        Failure(NUM, _NOT_SURE, (*SHORT, 12, *between, None, None, None, 95)),
        *log_failures(None, *between, None),
        *season_failures(*SHORT, 12, *between, *(None,) * 4),
    )


_TOO_SHORT = (
    NA,
    "er zijn geen drie hele maanden om nieuwe klanten te tellen",
    (("Ada", "Bo", "Cas"), (1, 2, 9), (10.0, 20.0, 30.0)),
)
_PERIOD = (Column("periode", "label"), Column("van", "begin"), Column("tot en met", "end"))
_REVENUE = (
    Column("verwachte omzet", "revenue"),
    Column("omzet laag", "revenue_lower"),
    Column("omzet hoog", "revenue_upper"),
    Column("toelichting", "note"),
)

OMZETPERMAAND = Spec(
    name="OMZETPERMAAND",
    kernel=ahead.months_ahead,
    group=GROUP,
    doc="Aankopen en omzet van de komende kalendermaanden, van huidige klanten, nieuwe of allen, met een "
    "interval waarin straks het getelde totaal valt: toeval van kopen, stoppen en bedragen inbegrepen.",
    unit="tabel",
    sources=("D6", "D29"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, _MONTHS, _WHO, MODEL, AS_OF, SPENDING, _SURE, SEASON, INDEX),
    examples=(
        Example((*LOG, 6, None, "mbg/nbd", shop.END), shown.MONTHS, "een kleine winkel", close=1e-4),
        Example((*LOG, 3, "allen", "mbg/nbd", shop.EARLY), shown.ALL, "met wie nog komt", close=1e-4),
    ),
    failures=(Failure(NUM, "de groep klanten bestaat niet", (*SHORT, 12, 9)), *_failures(None)),
    columns=(
        *_PERIOD,
        Column("verwachte aankopen", "purchases"),
        Column("aankopen laag", "purchases_lower"),
        Column("aankopen hoog", "purchases_upper"),
        *_REVENUE,
    ),
)

NIEUWEKLANTEN = Spec(
    name="NIEUWEKLANTEN",
    kernel=ahead.new_customers,
    group=GROUP,
    doc="Hoeveel nieuwe klanten er de komende maanden bij komen, volgens de laatste hele maanden, en wat zij "
    "dan opnieuw kopen en samen besteden. Een seizoen van nieuwe klanten dat zich bewijst, telt mee.",
    unit="tabel",
    sources=("D6", "D16"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, _MONTHS, MODEL, AS_OF, SPENDING, _SURE, SEASON, INDEX),
    examples=(
        Example((*LOG, 6, "mbg/nbd", shop.EARLY), shown.NEW, "een kleine winkel", close=1e-4),
        Example(
            (*LOG, 2, "mbg/nbd", shop.END), shown.NONE, "er kwam al vijf maanden niemand bij", close=1e-4
        ),
    ),
    failures=(Failure(*_TOO_SHORT), *_failures()),
    columns=(
        *_PERIOD,
        Column("nieuwe klanten", "number"),
        Column("klanten laag", "number_lower"),
        Column("klanten hoog", "number_upper"),
        Column("herhaalaankopen", "repeats"),
        *_REVENUE,
    ),
)
