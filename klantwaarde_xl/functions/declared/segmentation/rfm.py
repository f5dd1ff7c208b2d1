"""Declarations: dividing customers into groups."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS, DAYS, transaction_failures
from klantwaarde_xl.functions.declared.closed import customers as closed_customers
from klantwaarde_xl.functions.declared.closed import scores as closed_scores
from klantwaarde_xl.functions.spec import (
    Arg,
    Column,
    Example,
    Failure,
    Kind,
    Native,
    Spec,
    choices,
)
from klantwaarde_xl.kernels import rfm
from klantwaarde_xl.wording import segments

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Segmentatie"

_CUSTOMERS = ("Anna", "Bram", "Anna", "Cees", "Dora", "Ella", "Bram", "Anna")
_DATES: tuple[dt.date, ...] = tuple(
    dt.date(2024, month, day)
    for month, day in ((1, 5), (2, 9), (3, 1), (3, 20), (6, 30), (9, 12), (10, 3), (12, 31))
)
_AMOUNTS = (50.0, 20.0, 75.0, 10.0, 120.0, 35.0, 40.0, 60.0)
_ALL_EQUAL = Arg(
    "alles_gelijk",
    "all_equal",
    "Wat de score is als alle klanten hetzelfde getal hebben.",
    kind=Kind.CHOICE,
    choices=choices(
        rfm.AllEqual,
        THREE=("drie", "iedereen een 3, het midden, standaard"),
        NOT_AVAILABLE=("nb", "#N/B: er valt niets te verdelen"),
    ),
)
# Two digits each: five rows R = 5…1 of the mean of F and M
_GRID = "".join(
    f"{int(rfm.segment_of_scores(r, fm, fm)) + 1:02d}" for r in (5, 4, 3, 2, 1) for fm in (1, 2, 3, 4, 5)
)
_RFM_HEADERS = ("klant", "dagen geleden", "aankopen", "omzet", "R", "F", "M", "segment")

RFM = Spec(
    name="RFM",
    kernel=rfm.rfm,
    group=GROUP,
    doc="RFM-tabel: per klant dagen sinds de laatste aankoop (recency), aantal aankopen (frequency), omzet "
    "(monetary), de scores 1 t/m 5 en het segment. Gelijke waarden krijgen gelijke scores.",
    unit="tabel",
    sources=("D28",),
    args=(
        CUSTOMERS,
        DAYS,
        Arg(
            "bedragen",
            "amounts",
            "Kolom met bedragen, even lang. Een negatief bedrag is een retour: het verlaagt de omzet en is "
            "geen aankoop.",
            "euro",
            Kind.FIGURES,
        ),
        Arg(
            "peildatum",
            "as_of",
            "Datum waarop u kijkt; latere aankopen tellen niet mee. Leeg is de laatste datum in de gegevens.",
            "datum",
            Kind.DATE,
        ),
        Arg(
            "scores",
            "nesting",
            "Onder wie een klant wordt gescoord.",
            kind=Kind.CHOICE,
            choices=choices(
                rfm.Nesting,
                INDEPENDENT=(
                    "los",
                    "elk getal onder alle klanten; een 5 betekent overal hetzelfde, standaard",
                ),
                NESTED=("genest", "F onder klanten met gelijke R, M onder gelijke R en F; gelijker verdeeld"),
            ),
        ),
        _ALL_EQUAL,
    ),
    examples=(
        Example(
            (_CUSTOMERS, _DATES, _AMOUNTS),
            (
                _RFM_HEADERS,
                ("Anna", 0.0, 3.0, 185.0, 5.0, 5.0, 5.0, "Kampioenen"),
                ("Bram", 89.0, 2.0, 60.0, 4.0, 4.0, 3.0, "Potentieel trouw"),
                ("Cees", 286.0, 1.0, 10.0, 1.0, 2.0, 1.0, "Verloren"),
                ("Dora", 184.0, 1.0, 120.0, 2.0, 2.0, 4.0, "Risico op vertrek"),
                ("Ella", 110.0, 1.0, 35.0, 3.0, 2.0, 2.0, "Dreigen in te slapen"),
            ),
            "artikel 003",
        ),
        Example(
            (_CUSTOMERS, _DATES, _AMOUNTS, None, "genest"),
            (
                _RFM_HEADERS,
                ("Anna", 0.0, 3.0, 185.0, 5.0, 3.0, 3.0, "Potentieel trouw"),
                ("Bram", 89.0, 2.0, 60.0, 4.0, 3.0, 3.0, "Potentieel trouw"),
                ("Cees", 286.0, 1.0, 10.0, 1.0, 3.0, 3.0, "Slapend"),
                ("Dora", 184.0, 1.0, 120.0, 2.0, 3.0, 3.0, "Risico op vertrek"),
                ("Ella", 110.0, 1.0, 35.0, 3.0, 3.0, 3.0, "Aandacht nodig"),
            ),
            "elke R komt een keer voor: binnen een groep van een is de score 3",
        ),
    ),
    failures=(
        Failure(NUM, "er zijn minder dan vijf klanten", (("Anna", "Bram"), _DATES[:2], _AMOUNTS[:2])),
        Failure(
            NA,
            "er zijn geen aankopen tot en met de peildatum",
            (_CUSTOMERS, _DATES, _AMOUNTS, dt.date(2023, 1, 1)),
        ),
        Failure(
            NA,
            "alle klanten hebben hetzelfde getal en u koos daarvoor #N/B",
            (tuple("ABCDE"), (*_DATES[:5],), (9.0, 8.0, 7.0, 6.0, 5.0), None, "los", "nb"),
        ),
        Failure(NUM, "scores is geen 0 of 1", (_CUSTOMERS, _DATES, _AMOUNTS, None, 2)),
        *transaction_failures(_CUSTOMERS, _DATES, _AMOUNTS),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("dagen geleden", "recency"),
        Column("aankopen", "frequency"),
        Column("omzet", "monetary"),
        Column("R", "r"),
        Column("F", "f"),
        Column("M", "m"),
        Column("segment", "segment", texts=segments.SEGMENT_NAMES),
    ),
    closed=closed_customers.rfm(segments.SEGMENT_NAMES, _GRID),
)

RFMSCORE = Spec(
    name="RFMSCORE",
    kernel=rfm.score_values,
    group=GROUP,
    doc="RFM-scores 1 t/m 5 van een kolom met getallen, in vijf zo gelijk mogelijke groepen. Gelijke "
    "getallen krijgen gelijke scores; lege rijen vallen weg.",
    unit="tabel",
    sources=("D28",),
    args=(
        Arg("waarden", "values", "Kolom met een getal per klant, zoals omzet of dagen.", "", Kind.FIGURES),
        Arg(
            "beste",
            "direction",
            "Welk getal een 5 krijgt.",
            kind=Kind.CHOICE,
            choices=choices(
                rfm.Direction,
                HIGH=("hoog", "het hoogste: aantal aankopen, omzet, standaard"),
                LOW=("laag", "het laagste: dagen sinds de laatste aankoop"),
            ),
        ),
        _ALL_EQUAL,
    ),
    examples=(
        Example(
            ((10, 20, 30, 40, 50),),
            (("waarde", "score"), (10.0, 1.0), (20.0, 2.0), (30.0, 3.0), (40.0, 4.0), (50.0, 5.0)),
        ),
        Example(
            ((3, 3, 3, 9, 90), "laag"),
            (("waarde", "score"), (3.0, 4.0), (3.0, 4.0), (3.0, 4.0), (9.0, 2.0), (90.0, 1.0)),
            "drie gelijke delen het midden van hun plaatsen",
        ),
        Example(
            ((7, 7, 7, 7, 7),),
            (("waarde", "score"), (7.0, 3.0), (7.0, 3.0), (7.0, 3.0), (7.0, 3.0), (7.0, 3.0)),
            "alles gelijk",
        ),
    ),
    failures=(
        Failure(NUM, "er zijn minder dan vijf klanten", ((10, 20, 30, 40),)),
        Failure(NUM, "beste is geen 0 of 1", ((10, 20, 30, 40, 50), 2)),
        Failure(NA, "alle klanten hebben hetzelfde getal en u koos daarvoor #N/B", ((7,) * 5, "hoog", "nb")),
        Failure(VALUE, "er staat tekst tussen de getallen", ((10, 20, "veel", 40, 50),)),
    ),
    columns=(Column("waarde", "value"), Column("score", "score")),
    closed=closed_scores.SCORES,
)

_SCORE_ARGS = (
    Arg("r_score", "r", "Score voor hoe kort geleden de laatste aankoop was; 5 is het kortst.", "1 t/m 5"),
    Arg(
        "f_score",
        "f",
        "Score voor het aantal aankopen, alle meegeteld (dus niet de herhaalaankopen van de kansmodellen).",
        "1 t/m 5",
    ),
    Arg("m_score", "m", "Score voor de omzet.", "1 t/m 5"),
)
_SCORE_FAILURES = (
    Failure(NUM, "een score ligt buiten 1 t/m 5", (0, 3, 3)),
    Failure(NUM, "een score is geen geheel getal", (5, 3.5, 3)),
    Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 3, 3)),
)


def _looked_up(texts: tuple[str, ...]) -> Native:
    """The segment grid as a formula."""
    place = "10*(5-{r_score})+2*INT(({f_score}+{m_score})/2)-1"
    words = ",".join(f'"{text}"' for text in texts)
    wrong = ",".join(f"{{{a.name}}}<1,{{{a.name}}}>5,{{{a.name}}}<>INT({{{a.name}}})" for a in _SCORE_ARGS)
    return Native(f'CHOOSE(VALUE(MID("{_GRID}",{place},2)),{words})', num=f"OR({wrong})")


RFMSEGMENT = Spec(
    name="RFMSEGMENT",
    kernel=rfm.segment_of_scores,
    group=GROUP,
    doc="Naam van het RFM-segment bij drie scores: R tegen het gemiddelde van F en M (halven naar beneden), "
    "een van elf namen zoals Kampioenen, Nieuwe klanten of Slapend.",
    unit="tekst",
    sources=("D28",),
    args=_SCORE_ARGS,
    examples=(
        Example((5, 5, 5), "Kampioenen"),
        Example((5, 1, 1), "Nieuwe klanten", "kortgeleden, een keer"),
        Example((1, 5, 5), "Niet kwijtraken", "vroeger heel goed, lang weg"),
        Example((3, 2, 3), "Dreigen in te slapen", "gemiddelde 2,5 telt als 2"),
    ),
    failures=_SCORE_FAILURES,
    texts=segments.SEGMENT_NAMES,
    native=(_looked_up(segments.SEGMENT_NAMES),),
)

RFMACTIE = Spec(
    name="RFMACTIE",
    kernel=rfm.segment_of_scores,
    group=GROUP,
    doc="Wat u doet met een klant met deze drie RFM-scores: de actie die bij zijn segment hoort.",
    unit="tekst",
    sources=("D28",),
    args=_SCORE_ARGS,
    examples=(
        Example((5, 5, 5), segments.SEGMENT_ACTIONS[0], "Kampioenen"),
        Example((1, 1, 1), segments.SEGMENT_ACTIONS[10], "Verloren"),
    ),
    failures=_SCORE_FAILURES,
    texts=segments.SEGMENT_ACTIONS,
    native=(_looked_up(segments.SEGMENT_ACTIONS),),
)
