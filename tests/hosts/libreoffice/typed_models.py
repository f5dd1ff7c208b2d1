"""What `test_models_in_calc` types: each function of forecasts and contracts, with columns of the workbook."""

import datetime as dt

from tests.examples import times
from tests.hosts.libreoffice.cdnowbook import COUNTED, END, Columns

LOG = tuple(Columns("aankopen", one, one) for one in "ABC")  # where a figure is published; else a part of it
KLANTEN, DATUMS, BEDRAGEN, SEGMENTEN = (Columns("deel", one, one) for one in "ABCD")
PART = (KLANTEN, DATUMS, BEDRAGEN)
SUMMARY = tuple(Columns("samenvatting", one, one) for one in "ABC")
SPENT = Columns("samenvatting", "D", "D")
REGULAR, HIGH_END = (Columns("contracten", one, one, 1, 8) for one in "AB")
COHORTS = Columns("contracten", "D", "G", 1, 3)
HELD = tuple(Columns("looptijden", one, one) for one in "ABCDE")
TERMS = HELD[:2]

# As published, of these customers to this day
BGNBD = (0.2425945, 4.4136019, 0.7929199, 2.4258881)  # CLVTools
PRINTED = (0.243, 4.414, 0.793, 2.426)  # Fader, Hardie & Lee 2005
PARETO = (0.55315, 10.57633, 0.60625, 11.67150)  # CLVTools
GAMMA = (6.25, 3.74, 15.44)  # Fader & Hardie 2013
SBG = ((0.704, 1.182), (0.668, 3.806))  # Fader & Hardie 2007, Regular and High End
BDW = (0.259336, 1.722551, 1.584362)  # found by CONTRACTMODEL on High End, years 0–4
BGBB = (1.204, 0.750, 0.657, 2.783)  # Fader, Hardie & Shang 2010
BUYER = (2, 30.43, 38.86)  # the first customer of CDNOW
REGULAR_BUYER = (26, 30 + 6 / 7, 31)  # the one whom BTYD's vignette walks through

LATER, LATEST = END + dt.timedelta(30), END + dt.timedelta(120)

SEASONAL, INDEX = tuple(Columns("winkel", one, one) for one in "ABC"), Columns("drukte", "A", "B", 1, 36)
CLOSED = dt.date(2024, 12, 31)
SOON, LATE = CLOSED + dt.timedelta(30), CLOSED + dt.timedelta(120)
# Each function that may follow a season, by months or by an index of one's own: what stands before these two
FOLLOWING = {
    "VOORSPELCONTROLE": (None, "bg/nbd", CLOSED),
    "KLANTPROGNOSE": (39, None, None, None, "bg/nbd", CLOSED, None, None, None),
    "PROGNOSETOTAAL": (39, None, None, None, "bg/nbd", CLOSED, None, None),
    "WAAROMKLANTWAARDE": ("W003", 39, None, None, None, "bg/nbd", CLOSED, None, None),
    "MODELKEUZE": (None, CLOSED),
    "MODELVERLOOP": (None, "maanden", "bg/nbd", CLOSED),
    "MODELCONTROLE": (None, None, "bg/nbd", CLOSED),
    "VOLGENDEAANKOOP": ("bg/nbd", CLOSED),
    "KLANTKANSOP": (SOON, "bg/nbd", CLOSED),
    "AANKOPENTUSSEN": (SOON, LATE, None, None, "bg/nbd", CLOSED, None, None),
    "OMZETPERMAAND": (6, "allen", "bg/nbd", CLOSED, None, None),
    "NIEUWEKLANTEN": (6, "bg/nbd", CLOSED, None, None),
}

# Both kinds of season with every function for who looks for faults; in the suite with one, and one with each in turn
BOTH = [*FOLLOWING] if times(1) > 1 else ["PROGNOSETOTAAL"]
SEASONS = [
    (name, before, season)
    for at, (name, before) in enumerate(FOLLOWING.items())
    for kind, season in enumerate((("maanden",), (None, INDEX)))
    if name in BOTH or at % 2 == kind
]

TYPED = (
    ("KLANTHISTORIE", *PART, END),
    ("VOORSPELCONTROLE", *PART, None, None, END),
    ("KLANTPROGNOSE", *LOG, 39, 0.3, 0.1, None, None, END),
    ("KLANTPROGNOSE", *PART, 9, None, None, "maanden", "mbg/nbd", END, "eigen", 0.9, SEGMENTEN),
    ("PROGNOSETOTAAL", *PART, 39, 0.3, 0.1, None, None, END),
    ("WAAROMKLANTWAARDE", *PART, "0001", 39, 0.3, 0.1, None, None, END),
    ("KOOPMODEL", *LOG, None, "bg/nbd", END),
    ("KOOPMODEL", *LOG, None, "pareto/nbd", END, 0.9),
    ("SEIZOEN", *PART, None, "bg/nbd", END),
    ("SEIZOENSTOETS", *PART, "bg/nbd", END),
    ("VOLGENDEAANKOOP", *PART, None, END),
    ("KENMERKEFFECT", KLANTEN, DATUMS, SEGMENTEN, BEDRAGEN, None, None, "bg/nbd", END),
    ("GETALEFFECT", KLANTEN, DATUMS, BEDRAGEN, BEDRAGEN, 26, 0.3, "bg/nbd", END),
    ("SEGMENTMODEL", KLANTEN, DATUMS, SEGMENTEN, BEDRAGEN, None, None, END),
    ("MODELVERGELIJKING", *PART, END),
    ("MODELTOETS", *LOG, None, None, END),
    ("MODELVERLOOP", *PART, END, "maanden"),
    ("MODELCONTROLE", *PART, END),
    ("MODELKEUZE", *PART, None, END),
    ("KLANTKANSOP", *PART, LATER, None, END),
    ("AANKOPENTUSSEN", *PART, LATER, LATEST, 0.3, 0.1, None, END),
    ("OMZETPERMAAND", *PART, 6, "allen", None, END),
    ("NIEUWEKLANTEN", *PART, 6, None, END),
    ("KOOPPARAMETERS", *SUMMARY),
    ("KOOPPARAMETERS", *SUMMARY, None, "pareto/nbd"),
    ("BESTEDINGSMODEL", SUMMARY[0], SPENT),
    ("KANSACTIEF", *REGULAR_BUYER, *BGNBD),
    ("KANSACTIEF", *REGULAR_BUYER, *PARETO, "pareto/nbd"),
    ("VERWACHTEAANKOPEN", *BUYER, 39, *BGNBD),
    ("VERWACHTEAANKOPEN", *REGULAR_BUYER, 52, *PARETO, "pareto/nbd"),
    ("KANSAANTALAANKOPEN", 1, *BUYER, 39, *BGNBD, None, "minstens"),
    ("NIEUWEKLANTAANKOPEN", 52, *BGNBD),
    ("NIEUWEKLANTAANKOPEN", 52, *PARETO, "pareto/nbd"),
    ("NIEUWEKLANTKANS", 0, 39, *PRINTED),
    ("CONTANTEAANKOPEN", *BUYER, 0.15, *PARETO, "pareto/nbd"),
    ("KANSACTIEF", 2, 4, 6, *BGBB, "bg/bb"),
    ("VERWACHTEBESTEDING", 2, 22.35, *GAMMA),
    ("CONTRACTMODEL", REGULAR, None, 1000),
    ("CONTRACTMODEL", HIGH_END, None, 1000),
    ("CONTRACTMODEL", COHORTS, "bdw"),
    ("CONTRACTOVERLEVING", *TERMS, COUNTED, "jaar", HELD[2]),
    ("CONTRACTREEKS", *TERMS, COUNTED, "jaar"),
    ("CONTRACTREEKS", *TERMS, COUNTED, "jaar", HELD[2], "zilver", HELD[4], 30),
    ("CONTRACTPLANNEN", *HELD[:4], COUNTED, 0.1, 5, "jaar"),
    ("CONTRACTKENMERK", *HELD[:4], COUNTED, 0.1, 5, "jaar"),
    ("CONTRACTGETAL", *TERMS, HELD[3], HELD[3], COUNTED, 0.1, 5, "jaar"),
    ("CONTRACTMODELKEUZE", HIGH_END, 1000),
    ("CONTRACTPROGNOSE", REGULAR, 5, None, 1000),
    ("CONTRACTPROGNOSE", COHORTS, 3),
    ("BLIJFKANS", 8, *SBG[0]),
    ("CONTRACTRETENTIE", 5, *BDW),
    ("CONTRACTLEVENSDUUR", 2, 3),
    ("CONTRACTWAARDE", 100, 0.1, *SBG[1]),
    ("CONTRACTRESTWAARDE", 10, 0.1, 7, *SBG[1]),
    ("SEIZOEN", *SEASONAL, "winkeljaar", "bg/nbd", CLOSED),
    ("SEIZOEN", *SEASONAL, None, "bg/nbd", CLOSED, None, INDEX),
    ("SEIZOENSTOETS", *SEASONAL, "bg/nbd", CLOSED),
    ("SEIZOENSTOETS", *SEASONAL, "bg/nbd", CLOSED, INDEX),
    (
        "SEIZOENSTOETS",
        *SEASONAL,
        "bg/nbd",
        CLOSED,
        Columns("drukte", "A", "B"),
    ),  # as long as those of the log
    *((name, *SEASONAL, *before, *season) for name, before, season in SEASONS),
)
IDS = [f"{one[0]}-{at}" for at, one in enumerate(TYPED)]
