"""Declarations: value as the customer perceives it."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import groups as closed_groups
from klantwaarde_xl.functions.declared.closed import perceived as closed_perceived
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import perceived
from klantwaarde_xl.wording import codes

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE
GROUP = "Waargenomen waarde"

_TEXT = "er staat tekst waar een getal hoort"
_WEIGHTS = Arg(
    "gewichten",
    "weights",
    "Gewicht per aspect, even lang; ze worden samen 1 gemaakt. Leeg: elk aspect telt even zwaar.",
    "gewicht",
    Kind.MATRIX,
)


def _mean(scores: str) -> str:
    """Mean of a range as a formula; #VALUE! when a cell in it is blank or text."""
    return f'IF(COUNT({scores})=ROWS({scores})*COLUMNS({scores}),SUM({scores})/COUNT({scores}),1*"x")'


WAARDEBALANS = Spec(
    name="WAARDEBALANS",
    kernel=perceived.perceived_value,
    group=GROUP,
    doc="Waargenomen waarde: wat de klant aan voordelen ervaart tegenover wat hij erin steekt aan geld, tijd "
    "en moeite. Onder nul (bij verhouding: onder 1) is er een disbalans.",
    unit="punten of verhouding",
    sources=("D25", "D37"),
    args=(
        Arg("voordelen", "benefits", "Score per ervaren voordeel.", "score", Kind.MATRIX),
        Arg(
            "investeringen",
            "investments",
            "Score per investering (geld, tijd, moeite) op dezelfde schaal; hoog is zwaar.",
            "score",
            Kind.MATRIX,
        ),
        replace(_WEIGHTS, name="gewicht_voordelen", parameter="benefit_weights"),
        replace(_WEIGHTS, name="gewicht_investeringen", parameter="investment_weights"),
        Arg(
            "wijze",
            "balance",
            "Hoe de twee kanten tegen elkaar staan.",
            kind=Kind.CHOICE,
            choices=choices(
                perceived.Balance,
                DIFFERENCE=("verschil", "gewogen gemiddelden, eerlijk bij ongelijke lijsten, standaard"),
                RATIO=("verhouding", "voordelen gedeeld door investeringen"),
                SUMS=("som", "som min som (artikel 004), gewichten zoals ze zijn"),
            ),
        ),
    ),
    examples=(
        Example(((8, 7, 9), (6, 4)), 3.0, "gemiddeld 8 voordeel, 5 investering"),
        Example(((8, 7, 9), (6, 4), (2, 1, 1), (3, 1)), 2.5, "32/4 - 22/4"),
        Example(((8, 7, 9), (6, 4), None, None, "verhouding"), 1.6, "8 / 5"),
        Example(((8, 7, 9), (6, 4), None, None, "som"), 14.0, "24 - 10: artikel 004"),
        Example(((3, 3), (6, 8)), -4.0, "disbalans: de klant geeft meer dan hij krijgt"),
    ),
    failures=(
        Failure(DIV0, "de gewichten zijn samen nul", ((8, 7), (6, 4), (0, 0))),
        Failure(DIV0, "de investeringen zijn nul bij een verhouding", ((8, 7), (0, 0), None, None, 1)),
        Failure(NUM, "een gewicht is negatief", ((8, 7), (6, 4), (1, 1), (1, -1))),
        Failure(NUM, "wijze is geen 0, 1 of 2", ((8, 7), (6, 4), None, None, 3)),
        Failure(VALUE, "er zijn niet evenveel gewichten als scores", ((8, 7), (6, 4), (1, 1, 1))),
        Failure(VALUE, "een score ontbreekt", ((8, None), (6, 4))),
        Failure(VALUE, _TEXT, ((8, "goed"), (6, 4))),
    ),
    native=(
        Native(
            f"{_mean('{voordelen}')}-{_mean('{investeringen}')}",
            before=2,
        ),
    ),
    closed=closed_perceived.BALANCE,
)

WAARDERISICO = Spec(
    name="WAARDERISICO",
    kernel=perceived.departure_risk,
    group=GROUP,
    doc="Risico dat de klant vertrekt, in woorden, uit de waardebalans: wie onvoldoende waarde ervaart is "
    "eerder geneigd te gaan.",
    unit="tekst",
    sources=("D25",),
    args=(
        Arg("balans", "balance", "Uitkomst van WAARDEBALANS.", "punten of verhouding"),
        Arg(
            "grens",
            "threshold",
            "Daaronder is het risico hoog: 0 bij een verschil, 1 bij een verhouding.",
            "als de balans",
        ),
        Arg(
            "marge",
            "safe_margin",
            "Zoveel boven de grens is het risico laag; 1 punt is onze keuze, neem 0,2 bij een verhouding.",
            "als de balans",
        ),
    ),
    examples=(
        Example((-0.5,), "hoog risico op vertrek"),
        Example((0,), "verhoogd risico", "in balans, maar zonder ruimte"),
        Example((3,), "laag risico"),
        Example((1.1, 1, 0.2), "verhoogd risico", "een verhouding van 1,1"),
    ),
    failures=(
        Failure(NUM, "de marge is negatief", (1, 0, -1)),
        Failure(VALUE, _TEXT, ("goed",)),
    ),
    texts=codes.RISKS,
    native=(
        Native(
            'IF({balans}<{grens},"hoog risico op vertrek",IF({balans}<{grens}+{marge},"verhoogd risico",'
            '"laag risico"))',
            num="{marge}<0",
        ),
    ),
)

_EXPECTATION = Arg(
    "verwachting", "expectation", "Verwachting vooraf, per rij een score.", "score", Kind.FIGURES
)
_EXPERIENCE = Arg(
    "ervaring", "experience", "Ervaring achteraf op dezelfde schaal, even lang.", "score", Kind.FIGURES
)
_GAP_HEADERS = ("aspect", "verwachting", "ervaring", "verschil", "oordeel")

VERWACHTINGSKLOOF = Spec(
    name="VERWACHTINGSKLOOF",
    kernel=perceived.expectation_gaps,
    group=GROUP,
    doc="Per aspect de gemiddelde verwachting en ervaring, het verschil (ervaring min verwachting) en het "
    "oordeel. Antwoorden van meer klanten op een aspect worden gemiddeld.",
    unit="tabel",
    sources=("D26", "D37"),
    args=(
        Arg("aspecten", "aspects", "Kolom met het aspect van elke rij, zoals levertijd.", "", Kind.KEYS),
        _EXPECTATION,
        _EXPERIENCE,
        Arg(
            "tolerantie",
            "tolerance",
            "Tot dit verschil geldt de verwachting als waargemaakt; een half punt is onze keuze.",
            "punten",
        ),
    ),
    examples=(
        Example(
            (("prijs", "service", "levertijd"), (7, 8, 9), (7, 9, 6)),
            (
                _GAP_HEADERS,
                ("prijs", 7.0, 7.0, 0.0, "volgens verwachting"),
                ("service", 8.0, 9.0, 1.0, "boven verwachting"),
                ("levertijd", 9.0, 6.0, -3.0, "onder verwachting"),
            ),
            "artikel 004: verwachting en beleving in kaart",
        ),
        Example(
            (("prijs", "service", "prijs"), (7, 8, 8), (6, 8.5, 8)),
            (
                _GAP_HEADERS,
                ("prijs", 7.5, 7.0, -0.5, "volgens verwachting"),
                ("service", 8.0, 8.5, 0.5, "volgens verwachting"),
            ),
            "twee klanten over de prijs; precies op de tolerantie",
        ),
    ),
    failures=(
        Failure(DIV0, "er zijn geen rijen", ((None, None), (None, None), (None, None))),
        Failure(NUM, "de tolerantie is negatief", (("prijs", "service"), (7, 8), (7, 8), -1)),
        Failure(VALUE, "de kolommen zijn niet even lang", (("prijs", "service"), (7, 8), (7, 8, 9))),
        Failure(VALUE, "een score of aspect ontbreekt", (("prijs", "service"), (7, None), (7, 8))),
        Failure(VALUE, _TEXT, (("prijs", "service"), (7, "hoog"), (7, 8))),
    ),
    columns=(
        Column("aspect", "aspect", labels_of="aspecten"),
        Column("verwachting", "expectation"),
        Column("ervaring", "experience"),
        Column("verschil", "gap"),
        Column("oordeel", "verdict", texts=codes.VERDICTS),
    ),
    closed=closed_groups.GAPS,
)

TOTALE_KLOOF = Spec(
    name="TOTALE_KLOOF",
    kernel=perceived.total_gap,
    group=GROUP,
    doc="Gemiddelde van ervaring min verwachting over alle aspecten, naar keuze gewogen. Onder nul maakt u "
    "de verwachtingen niet waar.",
    unit="punten",
    sources=("D26", "D37"),
    args=(_EXPECTATION, _EXPERIENCE, replace(_WEIGHTS, kind=Kind.FIGURES)),
    examples=(
        Example(((7, 8, 9), (7, 9, 6)), -2 / 3, "(0 + 1 - 3) / 3"),
        Example(((7, 8, 9), (7, 9, 6), (1, 3, 1)), 0.0, "service telt drie keer"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen rijen", ((None, None), (None, None))),
        Failure(DIV0, "de gewichten zijn samen nul", ((7, 8), (7, 9), (0, 0))),
        Failure(NUM, "een gewicht is negatief", ((7, 8), (7, 9), (2, -1))),
        Failure(VALUE, "de kolommen zijn niet even lang", ((7, 8), (7, 9, 6))),
        Failure(VALUE, _TEXT, ((7, "hoog"), (7, 9))),
    ),
    native=(
        Native(
            "IF(COUNT({ervaring})=COUNT({verwachting}),"
            '(SUM({ervaring})-SUM({verwachting}))/COUNT({verwachting}),1*"x")',
            before=2,
        ),
    ),
    closed=closed_perceived.TOTAL_GAP,
)

PRIJSPREMIE = Spec(
    name="PRIJSPREMIE",
    kernel=perceived.price_premium,
    group=GROUP,
    doc="Prijspremie: hoeveel meer klanten bewust voor u betalen dan voor de concurrent: eigen prijs / prijs "
    "concurrent - 1. Een maat voor emotionele waarde.",
    unit="fractie",
    sources=("D24",),
    args=(
        Arg("eigen_prijs", "own_price", "Uw prijs.", "euro"),
        Arg("prijs_concurrent", "competitor_price", "Prijs van de concurrent voor hetzelfde.", "euro"),
    ),
    examples=(
        Example((60, 50), 0.2, "20% duurder"),
        Example((45, 50), -0.1, "goedkoper"),
        Example((0, 50), -1.0, "gratis"),
    ),
    failures=(
        Failure(DIV0, "de prijs van de concurrent is nul", (60, 0)),
        Failure(NUM, "een prijs is negatief", (-60, 50)),
        Failure(VALUE, _TEXT, ("duur", 50)),
    ),
    native=(
        Native(
            "{eigen_prijs}/{prijs_concurrent}-1",
            num="OR({eigen_prijs}<0,{prijs_concurrent}<0)",
        ),
    ),
)

KWALITEITSVERHOUDING = Spec(
    name="KWALITEITSVERHOUDING",
    kernel=perceived.quality_ratio,
    group=GROUP,
    doc="Waargenomen kwaliteit tegenover de concurrent: gewogen gemiddelde van eigen score / score "
    "concurrent per aspect, zonder de prijs. Boven 1 vinden klanten u beter.",
    unit="verhouding",
    sources=("D24", "D25"),
    args=(
        Arg("eigen_scores", "own", "Uw score per kwaliteitsaspect.", "score", Kind.MATRIX),
        Arg("scores_concurrent", "competitors", "Score van de concurrent, even lang.", "score", Kind.MATRIX),
        _WEIGHTS,
    ),
    examples=(
        Example(((8, 9), (8, 6)), 1.25, "(1 + 1,5) / 2"),
        Example(((8, 9), (8, 6), (30, 10)), 1.125, "(30 x 1 + 10 x 1,5) / 40"),
    ),
    failures=(
        Failure(DIV0, "een score van de concurrent is nul", ((8, 9), (8, 0))),
        Failure(DIV0, "de gewichten zijn samen nul", ((8, 9), (8, 6), (0, 0))),
        Failure(NUM, "een score of gewicht is negatief", ((8, -9), (8, 6))),
        Failure(VALUE, "de bereiken zijn niet even groot", ((8, 9), (8, 6, 7))),
        Failure(VALUE, _TEXT, ((8, "goed"), (8, 6))),
    ),
    native=(
        Native(
            "IF(COUNT({eigen_scores})=COUNT({scores_concurrent}),"
            'SUMPRODUCT({eigen_scores}/{scores_concurrent})/COUNT({eigen_scores}),1*"x")',
            num='COUNTIF({eigen_scores},"<0")+COUNTIF({scores_concurrent},"<0")>0',
            before=2,
        ),
    ),
    closed=closed_perceived.QUALITY,
)

_MAP_ARGS = (
    Arg(
        "kwaliteit",
        "quality_ratio",
        "Uw waargenomen kwaliteit gedeeld door die van de concurrent.",
        "verhouding",
    ),
    Arg("prijs", "price_ratio", "Uw prijs gedeeld door die van de concurrent.", "verhouding"),
    Arg(
        "prijsgewicht",
        "price_weight",
        "Hoe zwaar de prijs weegt in de keuze van klanten, 0 tot 1; de rest is kwaliteit.",
        "fractie",
    ),
)
_MAP_FAILURES = (
    Failure(NUM, "de kwaliteitsverhouding is nul of negatief", (0, 1)),
    Failure(NUM, "de prijsverhouding is nul of negatief", (1, 0)),
    Failure(NUM, "het prijsgewicht ligt buiten 0 en 1", (1.1, 1, 1.5)),
)
_DISTANCE = "((1-{prijsgewicht})*({kwaliteit}-1)-{prijsgewicht}*({prijs}-1))"
_MAP_WRONG = "{kwaliteit}<=0,{prijs}<=0,{prijsgewicht}<0,{prijsgewicht}>1"
_ROOM = "({tolerantie}+0.000000000001)"

WAARDEKAART_AFSTAND = Spec(
    name="WAARDEKAART_AFSTAND",
    kernel=perceived.fair_value_distance,
    group=GROUP,
    doc="Afstand tot de lijn van eerlijke waarde op de waardekaart van Gale: boven nul krijgt de klant meer "
    "kwaliteit dan hij betaalt, onder nul minder.",
    unit="gewogen verhouding",
    sources=("D24", "D25"),
    args=_MAP_ARGS,
    examples=(
        Example((1.3, 1.1), 0.1, "0,5 x 0,3 - 0,5 x 0,1"),
        Example((1.3, 1.1, 0.75), 0.0, "waar de prijs zwaar weegt is dit net eerlijk"),
        Example((1, 1), 0.0, "gelijk aan de concurrent"),
    ),
    failures=(*_MAP_FAILURES, Failure(VALUE, _TEXT, ("goed", 1))),
    native=(Native(_DISTANCE, num=f"OR({_MAP_WRONG})"),),
)

WAARDEKAART_POSITIE = Spec(
    name="WAARDEKAART_POSITIE",
    kernel=perceived.value_position,
    group=GROUP,
    doc="Plaats op de waardekaart van Gale in woorden: betere of slechtere waarde dan de concurrent, of op "
    "de lijn van eerlijke waarde en dan premium, gemiddeld of goedkoop.",
    unit="tekst",
    sources=("D24", "D25"),
    args=(
        *_MAP_ARGS,
        Arg(
            "tolerantie",
            "tolerance",
            "Zo dicht bij de lijn of bij de prijs van de concurrent geldt als gelijk; 0,05 is onze keuze.",
            "verhouding",
        ),
    ),
    examples=(
        Example((1.3, 1.1), "betere waarde"),
        Example((0.9, 1.2), "slechtere waarde"),
        Example((1.3, 1.3), "premium", "duurder, en net zoveel beter"),
        Example((0.7, 0.7), "goedkoop"),
        Example((1.02, 1), "gemiddeld", "binnen de tolerantie gelijk"),
    ),
    failures=(
        *_MAP_FAILURES,
        Failure(NUM, "de tolerantie is negatief", (1, 1, 0.5, -0.1)),
        Failure(VALUE, _TEXT, ("goed", 1)),
    ),
    texts=codes.POSITIONS,
    native=(
        Native(
            f'IF({_DISTANCE}>{_ROOM},"betere waarde",IF({_DISTANCE}<-{_ROOM},"slechtere waarde",'
            f'IF({{prijs}}>1+{_ROOM},"premium",IF({{prijs}}<1-{_ROOM},"goedkoop","gemiddeld"))))',
            num=f"OR({_MAP_WRONG},{{tolerantie}}<0)",
        ),
    ),
)
