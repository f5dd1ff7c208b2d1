"""Declarations: customers with a contract, subscription or membership."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, FIT_COLUMNS
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels.models.contract import Model
from klantwaarde_xl.reports import contracts

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Contracten"

SURVIVORS = Arg(
    "overblijvers",
    "survivors",
    "Hoeveel klanten van een groep er nog zijn: het begin, na 1 periode, na 2 … Een rij of kolom, of een "
    "blok met een rij per cohort; leeg is nog niet bekend.",
    "klanten",
    Kind.TRIANGLE,
)
MODEL = Arg(
    "model",
    "model",
    "Kansmodel van het blijven.",
    kind=Kind.CHOICE,
    choices=choices(
        Model,
        SBG=("sbg", "elke klant een eigen vaste kans (standaard)"),
        BDW=("bdw", "die kans verandert ook met de tijd; drie perioden of meer"),
    ),
)
SIZES = Arg(
    "klanten",
    "customers",
    "Aantal klanten aan het begin, per cohort een (of een voor alle), als de overblijvers aandelen of "
    "percentages zijn. Leeg: de overblijvers zijn aantallen.",
    "klanten",
    Kind.NUMBERS,
)
ON_SHARES = replace(
    CONFIDENCE,
    doc="Zekerheid van het interval, tussen 0 en 1: 0,95 is 95%. Uit de onzekerheid van de schatting "
    "(deltamethode; van aandelen op log(-log(aandeel)), dus altijd tussen 0 en 1).",
)
# Fader & Hardie 2007, table 1: percentage left after years 0–7, and the guide of 2014
_HIGH_END = (100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1)
_GUIDE = (1000, 631, 468, 382, 326)
_BLOCK = ((1000, 700, 560, 480), (1200, 850, 690, None), (900, 620, None, None))
_CONSTANT = (1000, 900, 810, 729, 656)
_TEXT = "er staat tekst waar een getal hoort"


def _series_failures(*between: Cells) -> tuple[Failure, ...]:
    """What is wrong with any series; between: the arguments up to the model."""
    return (
        Failure(
            NUM, "er zijn meer klanten dan een periode ervoor: volg één groep", ((100, 60, 61), *between)
        ),
        Failure(NUM, "een aantal is negatief", ((100, -5), *between)),
        Failure(NUM, "er is een gat in een reeks: leeg mag alleen aan het eind", ((9, None, 5), *between)),
        Failure(NUM, "aandelen van 0 tot 1 zonder klanten", ((1, 0.6, 0.5, 0.45), *between)),
        Failure(VALUE, _TEXT, ((100, "veel", 50), *between)),
    )


_FIT = ("grootheid", "waarde", "standaardfout", "laag", "hoog", "toelichting")
_NOTES = contracts.NOTES
_FIRST, _THEN = contracts.SHARE_NOTES
_HALF = contracts.HALF_NOTE
_ALONE = ("", "", "")
_QUALITY = ("hoe hoger hoe beter, op dezelfde klanten", "lager is beter", "lager is beter")
_DONE = "geslaagd: dit is de best passende waarde"


_NO_VALUE = "heeft op deze grens geen waarde: het model past even goed zonder"
_EVEN = "geslaagd, op de grens: klanten verschillen niet zichtbaar: de retentie is elke periode even hoog"

CONTRACTMODEL = Spec(
    name="CONTRACTMODEL",
    kernel=contracts.fit_table,
    group=GROUP,
    doc="Schat uit een retentiereeks van contracten of abonnementen hoe klanten blijven (sBG of BdW): "
    "parameters met interval, vertrek, retentie, levensduur in perioden van de reeks, en hoe goed het past.",
    unit="tabel",
    sources=("D6", "D7", "D11"),
    args=(SURVIVORS, MODEL, SIZES, ON_SHARES),
    examples=(
        Example(
            (_GUIDE,),
            (
                _FIT,
                ("alpha", 0.76366506, 0.09679525, 0.59567907, 0.97902436, _NOTES["alpha"]),
                ("beta", 1.2958303, 0.21062575, 0.94230791, 1.7819824, _NOTES["beta"]),
                ("vertrek in de eerste periode", 0.37080204, 0.014928561, 0.34233802, 0.4008396, _FIRST),
                ("retentie in periode 5", 0.87397217, 0.010006658, 0.85288966, 0.89222629, _THEN),
                ("verwachte levensduur", NUM, *_ALONE, contracts.ENDLESS),
                ("helft is vertrokken na", 2.0, *_ALONE, _HALF),
                ("log-aannemelijkheid", -1401.5594, *_ALONE, _QUALITY[0]),
                ("AIC", 2807.1188, *_ALONE, _QUALITY[1]),
                ("BIC", 2816.9344, *_ALONE, _QUALITY[2]),
                ("klanten", 1000.0, *_ALONE, ""),
                ("sBG", 1.0, *_ALONE, _DONE),
            ),
            "gids bij Fader & Hardie (2014): 0,764 en 1,296",
            close=1e-5,
        ),
        Example(
            (_HIGH_END[:5], "bdw", 1000),
            (
                _FIT,
                ("alpha", 0.25933573, 0.12017259, 0.10457487, 0.64312793, _NOTES["alpha"]),
                ("beta", 1.7225515, 0.7769617, 0.71159905, 4.1697409, _NOTES["beta"]),
                ("c", 1.5843615, 0.35303292, 1.0237328, 2.4520084, _NOTES["c"]),
                ("vertrek in de eerste periode", 0.13085292, 0.01065929, 0.11143981, 0.1533458, _FIRST),
                ("retentie in periode 5", 0.92187583, 0.010254493, 0.89911216, 0.9396759, _THEN),
                ("verwachte levensduur", NUM, *_ALONE, contracts.ENDLESS),
                ("helft is vertrokken na", 7.0, *_ALONE, _HALF),
                ("log-aannemelijkheid", -1222.7493, *_ALONE, _QUALITY[0]),
                ("AIC", 2451.4986, *_ALONE, _QUALITY[1]),
                ("BIC", 2466.2219, *_ALONE, _QUALITY[2]),
                ("klanten", 1000.0, *_ALONE, ""),
                ("BdW", 1.0, *_ALONE, _DONE),
            ),
            "Fader & Hardie 2007, High End jaar 0-4, met 1000 klanten",
            close=1e-5,
        ),
        Example(
            (_BLOCK,),
            (
                _FIT,
                ("alpha", 0.54545454, 0.067848025, 0.42744404, 0.69604587, _NOTES["alpha"]),
                ("beta", 1.2727273, 0.18079456, 0.96342902, 1.6813223, _NOTES["beta"]),
                ("vertrek in de eerste periode", 0.3, 0.0081884903, 0.28428193, 0.31638148, _FIRST),
                ("retentie in periode 4", 0.88679245, 0.0084568575, 0.86903859, 0.90227624, _THEN),
                ("verwachte levensduur", NUM, *_ALONE, contracts.ENDLESS),
                ("helft is vertrokken na", 3.0, *_ALONE, _HALF),
                ("log-aannemelijkheid", -2884.902, *_ALONE, _QUALITY[0]),
                ("AIC", 5773.804, *_ALONE, _QUALITY[1]),
                ("BIC", 5785.8824, *_ALONE, _QUALITY[2]),
                ("klanten", 3100.0, *_ALONE, ""),
                ("sBG", 1.0, *_ALONE, _DONE),
            ),
            "drie cohorten: 700 / 1000 = 0,7 blijft, (850 + 620) / 2100 ook",
            close=1e-5,
        ),
        Example(
            (_CONSTANT,),
            (
                _FIT,
                ("alpha", NA, *_ALONE, _NO_VALUE),
                ("beta", NA, *_ALONE, _NO_VALUE),
                ("vertrek in de eerste periode", 0.10002908, 0.0051163621, 0.090462588, 0.11054433, _FIRST),
                ("retentie in periode 5", 0.89997092, 0.0051163621, 0.88945567, 0.9095374, _THEN),
                ("verwachte levensduur", 9.9970931, 0.51133879, 9.0434854, 11.051256, "in perioden"),
                ("helft is vertrokken na", 7.0, *_ALONE, _HALF),
                ("log-aannemelijkheid", -1118.1801, *_ALONE, _QUALITY[0]),
                ("AIC", 2238.3601, *_ALONE, _QUALITY[1]),
                ("BIC", 2243.2679, *_ALONE, _QUALITY[2]),
                ("klanten", 1000.0, *_ALONE, ""),
                ("één vaste retentie", 1.0, *_ALONE, _EVEN),
            ),
            "elk jaar 10% weg: klanten verschillen niet, dus één vaste retentie is het antwoord",
            close=1e-5,
        ),
    ),
    failures=(
        *_series_failures(),
        Failure(NUM, "klanten is niet één getal boven 0 per cohort", (_BLOCK, 0, (10, 20))),
        Failure(NUM, "model is geen sbg of bdw (0 of 1)", (_GUIDE, 2)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (_GUIDE, 0, None, 1)),
    ),
    columns=FIT_COLUMNS,
)

_CHOICE = (
    "model",
    "parameters",
    "log-aannemelijkheid",
    "AIC",
    "BIC",
    "toetsgrootheid",
    "p-waarde",
    "oordeel",
)

CONTRACTMODELKEUZE = Spec(
    name="CONTRACTMODELKEUZE",
    kernel=contracts.model_choice,
    group=GROUP,
    doc="Welk model past op een retentiereeks: sBG of BdW? Met AIC, BIC en de aannemelijkheidsquotiënttoets "
    "(de sBG is de BdW met c = 1; chi-kwadraat met 1 vrijheidsgraad) en een oordeel in woorden.",
    unit="tabel",
    sources=("D6", "D11"),
    args=(
        SURVIVORS,
        SIZES,
        Arg(
            "zekerheid",
            "confidence",
            "Zekerheid van de toets, tussen 0 en 1: bij 0,95 wint de BdW als de p-waarde onder 0,05 ligt.",
            "fractie",
        ),
    ),
    examples=(
        Example(
            (_HIGH_END, 1000),
            (
                _CHOICE,
                ("sBG", 2.0, -1611.1581, 3226.3163, 3236.1318, "", "", "past aantoonbaar slechter"),
                (
                    "BdW",
                    3.0,
                    -1605.3142,
                    3216.6284,
                    3231.3517,
                    11.687868,
                    0.0006290893,
                    "gekozen: past aantoonbaar beter; de vertrekkans van een klant stijgt met de tijd",
                ),
            ),
            "Fader & Hardie 2007, High End: de sBG raamt daar te laag",
            close=1e-5,
        ),
        Example(
            (_GUIDE,),
            (
                _CHOICE,
                (
                    "sBG",
                    2.0,
                    -1401.5594,
                    2807.1188,
                    2816.9344,
                    "",
                    "",
                    "gekozen: eenvoudiger, en niet aantoonbaar slechter",
                ),
                (
                    "BdW",
                    3.0,
                    -1401.3831,
                    2808.7661,
                    2823.4894,
                    0.3527438,
                    0.55256403,
                    "past niet aantoonbaar beter",
                ),
            ),
            "c = 1,20 verschilt niet aantoonbaar van 1",
            close=1e-5,
        ),
        Example(
            ((1000, 909, 714, 526, 385, 286),),
            (
                _CHOICE,
                ("sBG", 1.0, -1778.3578, 3558.7155, 3563.6233, "", "", "past aantoonbaar slechter"),
                (
                    "BdW",
                    3.0,
                    -1714.2767,
                    3434.5534,
                    3449.2766,
                    "",
                    "",
                    "gekozen: past aantoonbaar beter; de vertrekkans van een klant stijgt met de tijd",
                ),
            ),
            "de retentie daalt eerst: dat kan de sBG niet, en die wordt één vaste retentie",
            close=1e-5,
        ),
    ),
    failures=(
        *_series_failures(),
        Failure(NUM, "klanten is niet één getal boven 0 per cohort", (_BLOCK, (10, 20))),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (_GUIDE, None, 1)),
    ),
    columns=(
        Column(_CHOICE[0], "model"),
        Column(_CHOICE[1], "parameters"),
        Column(_CHOICE[2], "loglik"),
        Column(_CHOICE[3], "aic"),
        Column(_CHOICE[4], "bic"),
        Column(_CHOICE[5], "statistic", blank=True),
        Column(_CHOICE[6], "p_value", blank=True),
        Column(_CHOICE[7], "verdict"),
    ),
)

_FORECAST = ("periode", "gemeten", "overleving", "laag", "hoog", "retentie", "klanten")

CONTRACTPROGNOSE = Spec(
    name="CONTRACTPROGNOSE",
    kernel=contracts.forecast,
    group=GROUP,
    doc="Retentieprognose: per periode vanaf het begin het gemeten deel dat er nog is, dat van het model met "
    "interval, de retentie, en het aantal klanten: geteld, en daarna verwacht van wie er nog is.",
    unit="tabel",
    sources=("D6", "D7", "D11"),
    args=(
        SURVIVORS,
        Arg("perioden", "periods", "Aantal perioden vooruit, heel, van 1 tot 1200.", "perioden"),
        MODEL,
        SIZES,
        ON_SHARES,
    ),
    examples=(
        Example(
            (_HIGH_END, 5, "sbg", 1000),
            (
                _FORECAST,
                (0.0, 1.0, 1.0, 1.0, 1.0, "", 1000.0),
                (1.0, 0.869, 0.85067926, 0.83091627, 0.86831821, 0.85067926, 869.0),
                (2.0, 0.743, 0.74685941, 0.72159679, 0.77020636, 0.87795653, 743.0),
                (3.0, 0.653, 0.66978898, 0.64287781, 0.69517553, 0.89680732, 653.0),
                (4.0, 0.593, 0.60991914, 0.58213045, 0.63647122, 0.91061387, 593.0),
                (5.0, 0.551, 0.56183428, 0.53306536, 0.58956097, 0.92116192, 551.0),
                (6.0, 0.517, 0.52221557, 0.49222358, 0.5513073, 0.92948328, 517.0),
                (7.0, 0.491, 0.48890642, 0.45752365, 0.51950934, 0.93621571, 491.0),
                (8.0, "", 0.46043967, 0.42760347, 0.49261316, 0.94177465, 462.41135),
                (9.0, "", 0.43577959, 0.40150855, 0.4695113, 0.94644232, 437.64567),
                (10.0, "", 0.4141724, 0.37853618, 0.44940312, 0.95041715, 415.94595),
                (11.0, "", 0.39505534, 0.35815113, 0.43169954, 0.95384276, 396.74704),
                (12.0, "", 0.37799907, 0.33993591, 0.41595894, 0.95682562, 379.61773),
            ),
            "Fader & Hardie 2007, tabel 1; in jaar 8-12 bleef 46,8, 44,5, 42,7, 40,9 en 39,4%",
            close=1e-5,
        ),
        Example(
            (_BLOCK, 2),
            (
                _FORECAST,
                (0.0, 1.0, 1.0, 1.0, 1.0, "", 3100.0),
                (1.0, 0.7, 0.7, 0.68361852, 0.71571807, 0.7, 2170.0),
                (2.0, 0.56451613, 0.56451613, 0.54664507, 0.58197339, 0.80645161, 1750.0),
                (3.0, 0.48387097, 0.48387097, 0.46180848, 0.50556033, 0.85714286, 1500.0),
                (4.0, "", 0.42909312, 0.40292106, 0.45497853, 0.88679245, 1330.1887),
                (5.0, "", 0.38886564, 0.35940145, 0.41820041, 0.90625, 1205.4835),
            ),
            "cohorten van ongelijke leeftijd: gemeten na 2 perioden 0,7 × (560 + 690) / (700 + 850)",
            close=1e-5,
        ),
    ),
    failures=(
        *_series_failures(3),
        Failure(NUM, "het aantal perioden is geen heel getal van 1 tot 1200", (_GUIDE, 0)),
        Failure(NUM, "het aantal perioden is geen heel getal van 1 tot 1200", (_GUIDE, 1.5)),
        Failure(NUM, "klanten is niet één getal boven 0 per cohort", (_BLOCK, 3, 0, (10, 20))),
        Failure(NUM, "model is geen sbg of bdw (0 of 1)", (_GUIDE, 3, 2)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (_GUIDE, 3, 0, None, 1)),
        Failure(NA, "het model is niet te schatten: CONTRACTMODEL zegt waarom", ((100, 60), 3)),
    ),
    columns=(
        Column(_FORECAST[0], "period"),
        Column(_FORECAST[1], "measured", blank=True),
        Column(_FORECAST[2], "survival"),
        Column(_FORECAST[3], "lower"),
        Column(_FORECAST[4], "upper"),
        Column(_FORECAST[5], "retention", blank=True),
        Column(_FORECAST[6], "customers"),
    ),
)
