"""Declarations: figures against goals and the market; part of the effects."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import effects
from klantwaarde_xl.wording import codes

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE
GROUP = "Effect"

_TEXT = "er staat tekst waar een getal hoort"
_VALUE = Arg("waarde", "value", "De behaalde waarde, zoals CLV, retentie of CAC.", "als het doel")
_GOAL = Arg("doel", "goal", "De waarde die u wilt halen, in dezelfde eenheid.", "als de waarde")
_DIRECTION = Arg(
    "beter",
    "direction",
    "Welke kant goed is.",
    kind=Kind.CHOICE,
    choices=choices(
        effects.Direction,
        HIGHER=("hoger", "meer is beter, zoals CLV en retentie (standaard)"),
        LOWER=("lager", "minder is beter, zoals CAC en verloop"),
    ),
)

MARKTAANDEEL = Spec(
    name="MARKTAANDEEL",
    kernel=effects.market_share,
    group=GROUP,
    doc="Marktaandeel: eigen omzet (of klanten, of stuks) gedeeld door die van de hele markt.",
    unit="fractie",
    sources=("D31",),
    args=(
        Arg("eigen", "own", "Eigen omzet, klanten of stuks in de periode.", "als de markt"),
        Arg("markt", "market", "Hetzelfde van de hele markt, uzelf meegeteld.", "als eigen"),
    ),
    examples=(
        Example((50000, 400000), 0.125, "een achtste"),
        Example((0, 400000), 0.0, "nog niet op de markt"),
    ),
    failures=(
        Failure(DIV0, "er is geen markt", (0, 0)),
        Failure(NUM, "een getal is negatief", (-1, 400000)),
        Failure(NUM, "u bent groter dan de markt: tel uzelf daarin mee", (500000, 400000)),
        Failure(VALUE, _TEXT, ("veel", 400000)),
    ),
    native=(Native("{eigen}/{markt}", num="OR({eigen}<0,{markt}<0,AND({markt}<>0,{eigen}>{markt}))"),),
)

DOELREALISATIE = Spec(
    name="DOELREALISATIE",
    kernel=effects.goal_attainment,
    group=GROUP,
    doc="Hoe ver een doel is gehaald: waarde gedeeld door doel, of omgekeerd als lager beter is. 1 of meer "
    "is gehaald.",
    unit="fractie",
    sources=("D29", "D31"),
    args=(_VALUE, _GOAL, _DIRECTION),
    examples=(
        Example((900, 1200), 0.75, "driekwart van het doel"),
        Example((50, 40, "lager"), 0.8, "CAC van 50 waar 40 het doel was"),
        Example((40, 50, "lager"), 1.25, "beter dan het doel"),
    ),
    failures=(
        Failure(DIV0, "het doel is nul", (900, 0)),
        Failure(DIV0, "de waarde is nul en lager is beter", (0, 40, "lager")),
        Failure(NUM, "het doel is negatief: gebruik DOELVOORTGANG of DOELSTOPLICHT", (900, -1200)),
        Failure(NUM, "de waarde is negatief en lager is beter", (-50, 40, "lager")),
        Failure(VALUE, 'beter is niet "hoger" of "lager"', (900, 1200, "mooier")),
        Failure(VALUE, _TEXT, ("veel", 1200)),
    ),
    native=(
        Native("{waarde}/{doel}", num="{doel}<0", before=2),
        Native(
            "IF({beter}=1,{doel},{waarde})/IF({beter}=1,{waarde},{doel})",
            num="OR({doel}<0,AND({beter}=1,{waarde}<0))",
        ),
    ),
)

DOELVOORTGANG = Spec(
    name="DOELVOORTGANG",
    kernel=effects.goal_progress,
    group=GROUP,
    doc="Deel van de weg van begin naar doel dat is afgelegd: (waarde - begin) / (doel - begin). Werkt "
    "omhoog en omlaag, ook bij negatieve getallen zoals NPS.",
    unit="fractie",
    sources=("D29", "D31"),
    args=(Arg("begin", "start", "De waarde toen het doel werd gesteld.", "als het doel"), _VALUE, _GOAL),
    examples=(
        Example((-10, 5, 20), 0.5, "NPS van -10 op weg naar 20"),
        Example((60, 45, 40), 0.75, "CAC van 60 omlaag naar 40"),
        Example((60, 70, 40), -0.5, "de verkeerde kant op"),
    ),
    failures=(
        Failure(DIV0, "het doel is gelijk aan het begin", (40, 50, 40)),
        Failure(VALUE, _TEXT, ("laag", 5, 20)),
    ),
    native=(Native("({waarde}-{begin})/({doel}-{begin})"),),
)

DOELSTOPLICHT = Spec(
    name="DOELSTOPLICHT",
    kernel=effects.goal_light,
    group=GROUP,
    doc="Stoplicht van een doel in woorden: groen is gehaald, oranje is bijna gehaald, rood is niet gehaald.",
    unit="tekst",
    sources=("D29", "D31"),
    args=(
        _VALUE,
        _GOAL,
        _DIRECTION,
        Arg(
            "speling",
            "tolerance",
            "Deel van het doel dat bij oranje nog mag ontbreken; leeg is 0,1 (10%).",
            "fractie",
        ),
    ),
    examples=(
        Example((1200, 1200), "groen", "precies gehaald"),
        Example((0.72, 0.8), "oranje", "precies 10% te laag"),
        Example((50, 40, "lager"), "rood", "25% te hoog"),
        Example((42, 40, "lager"), "oranje", "5% te hoog"),
        Example((1100, 1200, None, 0), "rood", "zonder speling geen oranje"),
        Example((-5, -10), "groen", "ook bij negatieve getallen"),
    ),
    failures=(
        Failure(NUM, "de speling is negatief", (900, 1200, "hoger", -0.1)),
        Failure(VALUE, 'beter is niet "hoger" of "lager"', (900, 1200, "mooier")),
        Failure(VALUE, _TEXT, ("veel", 1200)),
    ),
    texts=codes.LIGHTS,
    native=(
        Native(
            'IF(IF({beter}=1,{waarde}-{doel},{doel}-{waarde})<=0,"groen",'
            "IF(IF({beter}=1,{waarde}-{doel},{doel}-{waarde})<=({speling}+1E-12)*ABS({doel}),"
            '"oranje","rood"))',
            num="{speling}<0",
        ),
    ),
)
