"""Declarations: the season in a log of transactions."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, CUSTOMERS, DAYS, MODEL
from klantwaarde_xl.functions.declared.examples import season_results as shown
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT, log_failures
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.reports import season

NUM, NA = CellError.NUM, CellError.NA
GROUP = "Voorspellen"

YEAR = Arg(
    "indeling",
    "year",
    "Waarnaar het jaar wordt ingedeeld.",
    kind=Kind.CHOICE,
    choices=choices(
        season.Year,
        MONTHS=("maanden", "de twaalf maanden (standaard)"),
        SHOPS=("winkeljaar", "Pasen, Koningsdag, vakantiegeld, zomer, Black Friday, Sinterklaas, Kerst …"),
    ),
)
INDEX = Arg(
    "index",
    "index",
    "Een eigen index van de drukte: twee kolommen, een datum en een getal dat geldt tot de volgende datum, "
    "na de laatste dat van 52 weken eerder "
    "(1 voor druk en 0 voor rustig, of 80 tot 140). Gaat voor de indeling.",
    kind=Kind.MATRIX,
    dated=True,
)
_BUSY = ((45292, 0), (45413, 1), (45536, 0))
_FEW = Failure(NA, "er zijn te weinig aankopen om een model te schatten", SHORT)
_NO_MODEL = "het model bestaat niet"
_WIDE = "de index heeft geen twee kolommen"
_TWICE = "een datum van de index staat er twee keer"

SEIZOEN = Spec(
    name="SEIZOEN",
    kernel=season.factors,
    group=GROUP,
    doc="Hoeveel keer zo vaak klanten in elk deel van het jaar kopen als gemiddeld, met interval. Samen met "
    "het kansmodel geschat, zodat groei en afhaken niet voor seizoen doorgaan.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, YEAR, MODEL, AS_OF, CONFIDENCE, INDEX),
    examples=(
        Example((*LOG, None, None, shop.END), shown.MONTHS, "een kleine winkel in één jaar", close=1e-4),
        Example(
            (*LOG, None, "mbg/nbd", shop.END, None, _BUSY), shown.INDEX, "met een eigen index", close=1e-4
        ),
    ),
    failures=(
        _FEW,
        Failure(NUM, "de indeling bestaat niet", (*SHORT, 5)),
        Failure(NUM, _NO_MODEL, (*SHORT, None, 9)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (*SHORT, None, None, None, 95)),
        Failure(NUM, _WIDE, (*SHORT, None, None, None, None, ((1, 2, 3),))),
        Failure(NUM, _TWICE, (*SHORT, None, None, None, None, ((1, 2), (1, 3)))),
        *log_failures(None, None),
    ),
    columns=(
        Column("deel van het jaar", "label"),
        Column("factor", "factor"),
        Column("laag", "lower"),
        Column("hoog", "upper"),
        Column("dagen per jaar", "days"),
    ),
)

SEIZOENSTOETS = Spec(
    name="SEIZOENSTOETS",
    kernel=season.proofs,
    group=GROUP,
    doc="Voorspelt een seizoen beter dan geen? Elk wordt geschat zonder de laatste maanden (26 weken, vanaf "
    "drie jaar 52) en gehouden tegen wat daarin kwam; het oordeel zegt of het te gebruiken is.",
    unit="tabel",
    sources=("D6", "D29"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, MODEL, AS_OF, INDEX),
    examples=(
        Example(LOG, shown.PROOFS, "een kleine winkel: te kort"),
        Example((*SHORT, None, None, _BUSY), shown.PROOFS_INDEX, "met een eigen index, ook te kort"),
    ),
    failures=(
        Failure(NUM, _WIDE, (*SHORT, None, None, ((1, 2, 3),))),
        Failure(NUM, _TWICE, (*SHORT, None, None, ((1, 2), (1, 3)))),
        *log_failures(None),
    ),
    columns=(
        Column("seizoen", "label"),
        Column("winst in log-score", "gain", blank=True),
        Column("standaardfout", "error", blank=True),
        Column("fout per vier weken", "off", blank=True),
        Column("zonder seizoen", "plain_off", blank=True),
        Column("oordeel", "note"),
    ),
)
