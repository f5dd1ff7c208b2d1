"""Declarations: answers that weigh differently, and how many answers a survey needs."""

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
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels import weighting

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE

_WEIGHTED = (
    Column("waarde", "value"),
    Column("ondergrens", "low"),
    Column("bovengrens", "high"),
    Column("antwoorden", "answers"),
    Column("effectief", "effective"),
    Column("verlies door wegen", "loss"),
)
_WEIGHTED_HEADERS = tuple(column.header for column in _WEIGHTED)

ENQUETEGEWOGEN = Spec(
    name="ENQUETEGEWOGEN",
    kernel=weighting.weighted_survey,
    group=GROUP,
    doc="NPS, CSAT, CES of gemiddelde van antwoorden die niet even zwaar tellen, met de grenzen en met "
    "hoeveel gelijke antwoorden het even zeker is (het effectieve aantal van Kish). Gewichten geeft "
    "WEEGFACTOR.",
    unit="tabel",
    sources=("D12", "D27"),
    args=(
        SCORES,
        Arg(
            "gewichten",
            "weights",
            "Hoe zwaar elk antwoord telt, in dezelfde rij; alleen de verhouding doet ertoe.",
            "gewicht",
            Kind.TRIANGLE,
        ),
        MEASURE,
        SCALE,
        CONFIDENCE,
    ),
    examples=(
        Example(
            ((9, 10, 9, 8, 9, 9, 6, 7, 2, 9, 5, 10), (1,) * 6 + (3,) * 6),
            (_WEIGHTED_HEADERS, (8.333333333333334, -41.46701050791693, 54.16542320632963, 12.0, 9.6, 1.25)),
            "twaalf antwoorden zijn zo zeker als 9,6; de laatste zes tellen drie keer",
        ),
        Example(
            ((9, 10, 3, None), (2, 2, 2, 5)),
            (_WEIGHTED_HEADERS, (33.333333333333336, -51.33317311325324, 84.66650644658658, 3.0, 3.0, 1.0)),
            "gelijke gewichten: als NPS_INTERVAL; leeg telt niet",
        ),
        Example(
            ((5, 4, 2, 5), (1, 1, 2, 1), "csat"),
            (
                _WEIGHTED_HEADERS,
                (0.6, 0.19172849357348648, 0.9046287929333544, 4.0, 3.5714285714285716, 1.1199999999999999),
            ),
            "3 van 5 tevreden, naar gewicht",
        ),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", ((None, None), (1, 1))),
        Failure(DIV0, "de gewichten zijn samen nul", ((9, 8), (0, 0))),
        Failure(NUM, "een gewicht is negatief", ((9, 8), (1, -1))),
        Failure(NUM, "naast een score staat geen gewicht", ((9, 8), (1, None))),
        Failure(NUM, "een score ligt buiten de schaal", ((9, 11), (1, 1))),
        *measure_failures(shown=((5, 4), (1, 1))),
        Failure(VALUE, "de kolommen zijn niet even lang", ((9, 8, 7), (1, 1))),
        Failure(VALUE, "er staat tekst tussen de scores of gewichten", ((9, 8), (1, "zwaar"))),
    ),
    columns=_WEIGHTED,
)

_TEXT = "er staat tekst waar een getal hoort"

WEEGFACTOR = Spec(
    name="WEEGFACTOR",
    kernel=weighting.weight_factor,
    group=GROUP,
    doc="Hoe zwaar een antwoord uit een groep telt als die groep te veel of te weinig antwoordde: haar "
    "deel van alle klanten, gedeeld door haar deel van de antwoorden.",
    unit="gewicht",
    sources=("D12", "D27"),
    args=(
        Arg("antwoorden", "answers", "Aantal antwoorden uit de groep.", "antwoorden"),
        Arg("alle_antwoorden", "all_answers", "Aantal antwoorden in totaal.", "antwoorden"),
        Arg("klanten", "customers", "Aantal klanten in de groep.", "klanten"),
        Arg("alle_klanten", "all_customers", "Aantal klanten in totaal.", "klanten"),
    ),
    examples=(
        Example((20, 80, 500, 1000), 2.0, "de helft van de klanten, een kwart van de antwoorden"),
        Example((60, 80, 500, 1000), 2 / 3, "de andere helft antwoordde te vaak"),
        Example((40, 80, 500, 1000), 1.0, "in verhouding"),
    ),
    failures=(
        Failure(DIV0, "de groep heeft geen antwoorden", (0, 80, 500, 1000)),
        Failure(DIV0, "er zijn geen klanten", (20, 80, 0, 0)),
        Failure(NUM, "een aantal is negatief", (20, 80, -1, 1000)),
        Failure(NUM, "de groep is groter dan het totaal", (20, 10, 500, 1000)),
        Failure(VALUE, _TEXT, ("veel", 80, 500, 1000)),
    ),
    native=(
        Native(
            "({klanten}/{alle_klanten})/({antwoorden}/{alle_antwoorden})",
            num="OR({antwoorden}<0,{klanten}<0,{antwoorden}>{alle_antwoorden},{klanten}>{alle_klanten})",
        ),
    ),
)

_SPREAD = Arg(
    "spreiding",
    "spread",
    "Standaardafwijking van een antwoord, uit een eerdere meting: bij een NPS de standaardfout x wortel "
    "van het aantal antwoorden, bij een deel p de wortel van p x (1-p). 0: de grootste die kan, dus aan "
    "de veilige kant.",
    "als de maat",
)
_TOP = "IF({schaal}=0,CHOOSE({maat}+1,10,5,7,7,5),{schaal})"
_MOST = f"CHOOSE({{maat}}+1,100,0.5,({_TOP}-1)/2,0.5,({_TOP}-1)/2)"
_USED = f"IF({{spreiding}}=0,{_MOST},{{spreiding}})"
_NOT_SEVEN = "AND({schaal}<>7,{schaal}<>5)"
_NO_SCALE = (
    "IF({schaal}=0,FALSE,CHOOSE({maat}+1,{schaal}<>10,AND({schaal}<>5,{schaal}<>7,{schaal}<>10),"
    f"{_NOT_SEVEN},{_NOT_SEVEN},AND({{schaal}}<>4,{{schaal}}<>5,{{schaal}}<>7,{{schaal}}<>10)))"
)
_WRONG = f"{{spreiding}}<0,{{spreiding}}>{_MOST},{{zekerheid}}<=0,{{zekerheid}}>=1,{_NO_SCALE}"
_Z = "NORMSINV((1+{zekerheid})/2)"
_SQUARE = f"({_Z}*{_USED}/{{marge}})^2"
_PLAN_FAILURES = (
    *measure_failures(shown=(5,), confidence=False),
    Failure(NUM, "de spreiding is groter dan op deze schaal kan", (5, "nps", None, 101)),
    Failure(NUM, "de spreiding is negatief", (5, "nps", None, -1)),
    Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (5, None, None, None, 95)),
    Failure(VALUE, _TEXT, ("weinig",)),
)

STEEKPROEFOMVANG = Spec(
    name="STEEKPROEFOMVANG",
    kernel=weighting.sample_size,
    group=GROUP,
    doc="Hoeveel antwoorden een enquete nodig heeft om NPS, CSAT, CES of gemiddelde op een marge na te "
    "kennen. Het gaat om antwoorden: deel door het deel dat antwoordt voor hoeveel klanten u moet vragen.",
    unit="antwoorden",
    sources=("D12", "D27"),
    args=(
        Arg(
            "marge",
            "margin",
            "Hoe ver de uitkomst van die van alle klanten mag liggen: 5 is 5 NPS-punten, 0,05 is 5% van "
            "de CSAT.",
            "als de maat",
        ),
        MEASURE,
        SCALE,
        _SPREAD,
        CONFIDENCE,
        Arg(
            "populatie",
            "population",
            "Aantal klanten in totaal; van weinig klanten zijn minder antwoorden nodig. 0 is onbekend of "
            "zeer groot.",
            "klanten",
        ),
    ),
    examples=(
        Example((0.05, "csat"), 385.0, "de bekende 385: 5% marge, 95% zekerheid (Cochran 1977)"),
        Example((0.05, "csat", None, None, None, 1000), 278.0, "van 1000 klanten (Krejcie en Morgan 1970)"),
        Example((10,), 385.0, "10 NPS-punten, als u niets weet: de helft promotor, de helft criticaster"),
        Example((10, "nps", None, 78.1), 235.0, "200/120/80: standaardfout 3,905 x wortel van 400"),
        Example((0.5, "ces"), 139.0, "een half punt op de schaal van 7"),
    ),
    failures=(
        Failure(NUM, "de marge is niet positief", (0,)),
        Failure(NUM, "de marge is meer dan de halve schaal: vul 5% in als 0,05", (5, "csat")),
        *_PLAN_FAILURES,
        Failure(NUM, "de populatie is kleiner dan 1", (5, None, None, None, None, -1)),
    ),
    native=(
        Native(
            f"MAX(1,-INT(1E-9-IF({{populatie}}>0,1/((1-1/{{populatie}})/{_SQUARE}+1/{{populatie}}),{_SQUARE})))",
            num=f"OR({{marge}}<=0,{{marge}}>{_MOST},{_WRONG},AND({{populatie}}<>0,{{populatie}}<1))",
        ),
    ),
)

STEEKPROEFVERSCHIL = Spec(
    name="STEEKPROEFVERSCHIL",
    kernel=weighting.sample_size_of_change,
    group=GROUP,
    doc="Hoeveel antwoorden elke meting nodig heeft om een verschil in NPS, CSAT, CES of gemiddelde van "
    "deze grootte te zien, tussen twee metingen of twee groepen.",
    unit="antwoorden",
    sources=("D12", "D27", "D29"),
    args=(
        Arg("verschil", "change", "Hoe groot het verschil is dat u wilt kunnen zien.", "als de maat"),
        MEASURE,
        SCALE,
        _SPREAD,
        CONFIDENCE,
        Arg(
            "kans",
            "power",
            "Hoe groot de kans moet zijn dat u zo'n verschil ziet als het er is, van 0,5 tot 1; "
            "gewoonlijk 0,8.",
            "fractie",
        ),
        Arg(
            "samenhang",
            "correlation",
            "Correlatie tussen de antwoorden van dezelfde klanten in beide metingen; 0 als het anderen zijn.",
            "-1…1",
        ),
    ),
    examples=(
        Example(
            (0.25, "csat"), 64.0, "een halve standaardafwijking: 64 per meting (Cohen 1988, tabel 2.4.1)"
        ),
        Example((10, "nps", None, 78.1), 959.0, "10 NPS-punten verschil is pas bij 959 antwoorden te zien"),
        Example(
            (10, "nps", None, 78.1, None, None, 0.6), 384.0, "dezelfde klanten, die deels hetzelfde zeggen"
        ),
    ),
    failures=(
        Failure(NUM, "het verschil is niet positief", (0,)),
        Failure(NUM, "het verschil is meer dan de hele schaal: vul 5% in als 0,05", (5, "csat")),
        *_PLAN_FAILURES,
        Failure(NUM, "de kans ligt niet tussen 0,5 en 1", (5, None, None, None, None, 0.4)),
        Failure(NUM, "de samenhang ligt niet tussen -1 en 1", (5, None, None, None, None, None, 1)),
    ),
    native=(
        Native(
            f"-INT(1E-9-2*(1-{{samenhang}})*({_USED}*({_Z}+NORMSINV({{kans}}))/{{verschil}})^2-{_Z}^2/4)",
            num=f"OR({{verschil}}<=0,{{verschil}}>2*{_MOST},{_WRONG},{{kans}}<0.5,{{kans}}>=1,ABS({{samenhang}})>=1)",
        ),
    ),
)
