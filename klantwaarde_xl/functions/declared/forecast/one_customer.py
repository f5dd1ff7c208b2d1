"""Declarations: what one customer will do, given the parameters of a model of buying."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import ALL_MODELS, MODEL, UNIT
from klantwaarde_xl.functions.declared.closed import buying as closed_buying
from klantwaarde_xl.functions.declared.forecast.spending import GROUP, PURCHASES
from klantwaarde_xl.functions.spec import Arg, Cells, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels.models.buying import one_customer

NUM, VALUE = CellError.NUM, CellError.VALUE

MODELS = replace(MODEL, choices=ALL_MODELS)
_HISTORY = (
    PURCHASES,
    Arg(
        "recentheid",
        "recency",
        "Leeftijd bij de laatste aankoop: tijd van de eerste tot de laatste aankoop, dus niet hoe lang "
        "geleden die was. 0 zonder herhaalaankopen. Bij bg/bb de laatste gelegenheid met aankoop.",
        "eenheid van de parameters",
    ),
    Arg(
        "leeftijd",
        "age",
        "Tijd van de eerste aankoop tot nu (T), in dezelfde eenheid. Bij bg/bb het aantal gelegenheden.",
        "eenheid van de parameters",
    ),
)
_PARAMETERS = (
    Arg("r", "r", "Eerste parameter uit KOOPPARAMETERS: r; bij bg/bb alpha."),
    Arg("alpha", "alpha", "Tweede parameter: alpha, hoort bij een eenheid van tijd; bij bg/bb beta."),
    Arg("a", "a", "Derde parameter: a; bij pareto/nbd s, bij bg/bb gamma."),
    Arg(
        "b",
        "b",
        "Vierde parameter: b; bij pareto/nbd beta, hoort bij een eenheid van tijd; bij bg/bb delta.",
    ),
)
_HORIZON = Arg(
    "horizon",
    "horizon",
    "Hoe ver vooruit: tijd vanaf nu, in de eenheid van de parameters. Bij bg/bb een aantal gelegenheden.",
    "eenheid van de parameters",
)
_COUNT = Arg("aantal", "count", "Aantal aankopen waarvan u de kans wilt weten.", "aankopen")
_COUNTED = Arg(
    "telling",
    "counted",
    "Of het er precies zoveel zijn.",
    kind=Kind.CHOICE,
    choices=choices(
        one_customer.Counted,
        EXACTLY=("precies", "zoveel, standaard"),
        AT_LEAST=("minstens", "zoveel of meer"),
        AT_MOST=("hoogstens", "zoveel of minder"),
    ),
)

_BG = (0.243, 4.414, 0.793, 2.426)
_MBG = (0.525, 6.183, 0.891, 1.614)
_PARETO = (0.553, 10.578, 0.606, 11.669)
_MANUAL = (0.55, 10.56, 0.61, 11.64)
_BB = (1.2, 0.75, 0.66, 2.78)
_DONOR = (1.204, 0.75, 0.657, 2.783)
_BUYER = (2, 30.43, 38.86)
_PAPER = "Fader, Hardie & Lee 2005, CDNOW, parameters zoals daar afgedrukt"


def _failures(
    before: tuple[Cells, ...], after: tuple[Cells, ...], *, history: bool = True
) -> tuple[Failure, ...]:
    """What can be wrong with a history and parameters; before and after: the arguments around them."""

    def args(of: tuple[Cells, ...], params: tuple[Cells, ...], *model: Cells) -> tuple[Cells, ...]:
        return (*before, *(of if history else ()), *after, *params, *model)

    shared = (
        Failure(NUM, "een parameter is niet groter dan nul", args(_BUYER, (0.243, 4.414, 0, 2.426))),
        Failure(NUM, "het model bestaat niet", args(_BUYER, _BG, 4)),
        Failure(VALUE, "er staat tekst waar een getal hoort", args(_BUYER, ("veel", *_BG[1:]))),
        Failure(VALUE, "een verplicht getal ontbreekt", args(_BUYER, (*_BG[:3], None))),
    )
    if not history:
        return shared
    many = "het aantal herhaalaankopen is negatief of gebroken"
    bb = "bij bg/bb zijn gelegenheden geen gehele getallen, meer dan 10.000 of minder dan de aankopen"
    return (
        Failure(NUM, many, args((-1, 0, 38.86), _BG)),
        Failure(NUM, many, args((1.5, 30.43, 38.86), _BG)),
        Failure(NUM, "de recentheid is negatief of groter dan de leeftijd", args((2, 40, 38.86), _BG)),
        Failure(NUM, "de recentheid is 0 met herhaalaankopen, of niet 0 zonder", args((2, 0, 38.86), _BG)),
        Failure(NUM, "de recentheid is 0 met herhaalaankopen, of niet 0 zonder", args((0, 5, 38.86), _BG)),
        Failure(NUM, bb, args((2, 3.5, 6), _BB, "bg/bb")),
        Failure(NUM, bb, args((4, 3, 6), _BB, "bg/bb")),
        *shared,
    )


_NO_HORIZON = "de horizon is negatief, of bij bg/bb geen geheel getal tot 10.000"
_NO_COUNT = "het aantal is negatief of gebroken"
_NO_COUNTED = "telling is geen 0, 1 of 2"

KANSACTIEF = Spec(
    name="KANSACTIEF",
    kernel=one_customer.p_alive,
    group=GROUP,
    doc="Kans dat een klant nog klant is (P alive), uit zijn aankopen en de parameters van een kansmodel; "
    "een fractie van 0 tot 1. Bij bg/bb: bij de eerstvolgende gelegenheid.",
    unit="fractie",
    sources=("D6", "D11"),
    args=(*_HISTORY, *_PARAMETERS, MODELS),
    examples=(
        Example((*_BUYER, *_BG), 0.726578570080673, _PAPER),
        Example((0, 0, 38.86, *_BG), 1.0, "zonder herhaalaankoop kan een klant van bg/nbd niet gestopt zijn"),
        Example(
            ((2, 1, 0), (30.43, 1.71, 0), 38.86, *_MBG, "mbg/nbd"),
            ((0.7062022651184873,), (0.17083648431040807,), (0.3897350809187628,)),
            "klanten 1 t/m 3 van CDNOW; 0,706138, 0,170951 en 0,389723 bij niet afgeronde parameters",
        ),
        Example(
            (26, 30.857142857142858, 31, *_PARETO, "pareto/nbd"), 0.9978742606099413, "gids van BTYD: 0,99787"
        ),
        Example(
            ((0, 2, 6), (0, 4, 6), 6, *_DONOR, "bg/bb"),
            ((0.1080165841686741,), (0.5895141164336976,), (0.9304025423728806,)),
            "Fader, Hardie & Shang 2010, tabel 6: 0,11, 0,59 en 0,93",
        ),
    ),
    failures=_failures((), ()),
    native=(
        Native(
            "1/(1+IF({herhaalaankopen}=0,0,EXP(MIN(700,LN({a}/({b}+{herhaalaankopen}-1))+({r}+"
            "{herhaalaankopen})*LN(({alpha}+{leeftijd})/({alpha}+{recentheid}))))))",
            num="OR({herhaalaankopen}<0,{herhaalaankopen}<>INT({herhaalaankopen}),{recentheid}<0,"
            "{recentheid}>{leeftijd},SIGN({herhaalaankopen})<>SIGN({recentheid}),{r}<=0,{alpha}<=0,{a}<=0,"
            "{b}<=0)",
            before=7,
        ),
    ),
    closed=closed_buying.ALIVE,
)

VERWACHTEAANKOPEN = Spec(
    name="VERWACHTEAANKOPEN",
    kernel=one_customer.purchases,
    group=GROUP,
    doc="Hoeveel aankopen een klant naar verwachting nog doet binnen een horizon, uit zijn aankopen en de "
    "parameters van een kansmodel. De kans dat hij gestopt is telt mee.",
    unit="aankopen",
    sources=("D6",),
    args=(*_HISTORY, _HORIZON, *_PARAMETERS, MODELS),
    examples=(
        Example((*_BUYER, 39, *_BG), 1.2260281747671418, "Fader, Hardie & Lee, nota 004, CDNOW: 1,226"),
        Example(
            (26, 30.857142857142858, 31, 52, *_PARETO, "pareto/nbd"),
            25.45733844057988,
            "gids van BTYD: 25,456 bij niet afgeronde parameters",
        ),
        Example(
            ((0, 4), (0, 5), 6, 10, *_DONOR, "bg/bb"),
            ((0.13010379141285067,), (3.627077125140089,)),
            "gids van BTYD: 0,13022 en 3,62786 bij niet afgeronde parameters",
        ),
        Example((*_BUYER, 0, *_MBG, 1), 0.0, "geen tijd, geen aankopen"),
    ),
    failures=(
        Failure(NUM, _NO_HORIZON, (*_BUYER, -1, *_BG)),
        Failure(NUM, _NO_HORIZON, (2, 4, 6, 1.5, *_BB, "bg/bb")),
        *_failures((), (39,)),
    ),
    closed=closed_buying.EXPECTED,
)

KANSAANTALAANKOPEN = Spec(
    name="KANSAANTALAANKOPEN",
    kernel=one_customer.chance,
    group=GROUP,
    doc="Kans dat een klant binnen een horizon precies, minstens of hoogstens zoveel aankopen doet, uit zijn "
    "aankopen en de parameters van een kansmodel.",
    unit="fractie",
    sources=("D6",),
    args=(_COUNT, *_HISTORY, _HORIZON, *_PARAMETERS, MODELS, _COUNTED),
    examples=(
        Example(
            ((0, 1, 2), *_BUYER, 39, *_BG),
            ((0.4453728620829956,), (0.23931893743502783,), (0.14418322186458482,)),
            _PAPER,
        ),
        Example((1, *_BUYER, 39, *_BG, None, "minstens"), 0.5546271379170045, "1 min de kans op precies 0"),
        Example(
            (1, *_BUYER, 39, *_PARETO, "pareto/nbd", "hoogstens"),
            0.6273502215074314,
            "de kansen op 0 en op 1 samen",
        ),
        Example(
            (3, 2, 4, 6, 3, *_BB, "bg/bb"),
            0.05127401769468138,
            "drie gelegenheden, drie aankopen",
        ),
    ),
    failures=(
        Failure(NUM, _NO_COUNT, (1.5, *_BUYER, 39, *_BG)),
        Failure(NUM, _NO_COUNT, (-1, *_BUYER, 39, *_BG, None, "minstens")),
        Failure(NUM, _NO_HORIZON, (1, *_BUYER, -1, *_BG)),
        Failure(NUM, _NO_COUNTED, (1, *_BUYER, 39, *_BG, None, 3)),
        *_failures((1,), (39,)),
    ),
    closed=closed_buying.CHANCE,
)

NIEUWEKLANTAANKOPEN = Spec(
    name="NIEUWEKLANTAANKOPEN",
    kernel=one_customer.new_purchases,
    group=GROUP,
    doc="Hoeveel herhaalaankopen een nieuwe klant naar verwachting doet binnen een horizon na zijn eerste "
    "aankoop, volgens de parameters van een kansmodel.",
    unit="aankopen",
    sources=("D6",),
    args=(_HORIZON, *_PARAMETERS, MODELS),
    examples=(
        Example(
            ((0.1429, 1, 3, 31.8571, 32, 78), *_BG),
            (
                (0.007828347516068002,),
                (0.05326789117165627,),
                (0.15086523089304896,),
                (1.0419960608521959,),
                (1.045243328374436,),
                (1.8605190579427455,),
            ),
            "Hardie, bgnbd.xls: 0,0078, 0,0532, 0,1506, 1,0405, 1,0437, 1,8576 bij niet afgeronde parameters",
        ),
        Example(
            ((1, 2, 9), *_MANUAL, "pareto/nbd"),
            ((0.0507782061661671,), (0.09916088423013379,), (0.38909210946475525,)),
            "handleiding van BTYD: 0,05077821, 0,09916088 en 0,38909211",
        ),
        Example(
            (6, *_DONOR, "bg/bb"),
            2.219631393487304,
            "zes gelegenheden: telkens kans op aankoop maal kans op nog klant zijn",
        ),
    ),
    failures=(
        Failure(NUM, _NO_HORIZON, (-1, *_BG)),
        Failure(NUM, _NO_HORIZON, (1.5, *_BB, "bg/bb")),
        *_failures((), (39,), history=False),
    ),
    closed=closed_buying.NEW,
)

NIEUWEKLANTKANS = Spec(
    name="NIEUWEKLANTKANS",
    kernel=one_customer.new_chance,
    group=GROUP,
    doc="Kans dat een nieuwe klant binnen een horizon na zijn eerste aankoop precies, minstens of hoogstens "
    "zoveel herhaalaankopen doet, volgens de parameters van een kansmodel.",
    unit="fractie",
    sources=("D6",),
    args=(_COUNT, _HORIZON, *_PARAMETERS, MODELS, _COUNTED),
    examples=(
        Example((10, 2, *_BG), 1.0786896403691531e-07, "handleiding van BTYD: 1,07869e-07"),
        Example((0, 39, *_BG), 0.5737863520960094, "handleiding van BTYD: 0,5737864"),
        Example(
            ((1, 2, 3), 39, *_BG, None, "minstens"),
            ((0.4262136479039905,), (0.22681836706807923,), (0.14138860752901836,)),
            "de eerste: 1 min de kans op geen",
        ),
        Example((2, 6, *_DONOR, "bg/bb", "hoogstens"), 0.6028082354372348, "de kansen op 0, 1 en 2 samen"),
    ),
    failures=(
        Failure(NUM, _NO_COUNT, (1.5, 39, *_BG)),
        Failure(NUM, _NO_HORIZON, (1, -1, *_BG)),
        Failure(NUM, _NO_COUNTED, (1, 39, *_BG, None, 3)),
        *_failures((1,), (39,), history=False),
    ),
    closed=closed_buying.NEW_CHANCE,
)

CONTANTEAANKOPEN = Spec(
    name="CONTANTEAANKOPEN",
    kernel=one_customer.discounted_purchases,
    group=GROUP,
    doc="Hoeveel aankopen een klant naar verwachting nog doet, elke aankoop contant gemaakt vanaf zijn eigen "
    "moment; zonder horizon tot in lengte van dagen (DERT). Maal de winst per aankoop is het de klantwaarde.",
    unit="aankopen van nu",
    sources=("D6", "D13"),
    args=(
        *_HISTORY,
        Arg(
            "rente",
            "interest",
            "Rente (disconteringsvoet) per jaar als fractie: 0,1 is 10%. Zonder horizon boven 0.",
            "fractie per jaar",
        ),
        *_PARAMETERS,
        MODELS,
        replace(
            _HORIZON,
            doc="Hoe ver vooruit: tijd vanaf nu, in de eenheid van de parameters; bij bg/bb een aantal "
            "gelegenheden. Leeg of 0 is zonder einde.",
        ),
        replace(
            UNIT,
            doc="Eenheid van alle tijden en parameters; bij bg/bb de tijd tussen twee gelegenheden.",
        ),
    ),
    examples=(
        Example((*_BUYER, 0.1, *_BG), 6.37174300017802, "bg/nbd zonder einde, tijd in weken"),
        Example(
            (*_BUYER, 0.15, *_PARETO, "pareto/nbd"),
            6.515271544473131,
            "DERT van Fader, Hardie & Lee 2005, RFM and CLV",
        ),
        Example((*_BUYER, 0, *_BG, None, 39), 1.2260281747671418, "zonder rente: VERWACHTEAANKOPEN"),
        Example((*_BUYER, 0.1, *_BG, None, 39), 1.1857778430813397, "een horizon van 39 weken"),
        Example(
            (3, 4, 6, 0.1, *_BB, "bg/bb", None, "jaren"),
            1.6213791858426172,
            "handleiding van BTYD, DERT: 1,621379",
        ),
    ),
    failures=(
        Failure(NUM, "de rente is negatief", (*_BUYER, -0.1, *_BG, None, 39)),
        Failure(NUM, "de rente is 0 zonder horizon: de som kan oneindig zijn", (*_BUYER, 0, *_BG)),
        Failure(NUM, _NO_HORIZON, (*_BUYER, 0.1, *_BG, None, -1)),
        Failure(NUM, "de eenheid bestaat niet", (*_BUYER, 0.1, *_BG, None, None, 4)),
        *_failures((), (0.1,)),
    ),
)
