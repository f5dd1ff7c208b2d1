"""Declarations: what a customer is worth against the cost of acquiring one; part of the values."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import value

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
GROUP = "Waarde"

_LIFETIME_VALUE = Arg(
    "clv", "lifetime_value", "CLV per klant, op marge (niet omzet), voor aftrek van CAC.", "euro"
)
_CAC = Arg("cac", "acquisition_cost", "Wervingskosten per nieuwe klant.", "euro")
_BASIS = Arg(
    "soort",
    "basis",
    "Verhouding op de hele CLV of op wat na CAC overblijft; dat scheelt precies 1.",
    kind=Kind.CHOICE,
    choices=choices(
        value.Basis,
        GROSS=("bruto", "CLV / CAC, standaard omdat de vuistregel 3 zo bedoeld is"),
        NET=("netto", "(CLV - CAC) / CAC"),
    ),
)

CLVNETTO = Spec(
    name="CLVNETTO",
    kernel=value.net_clv,
    group=GROUP,
    doc="Netto CLV: customer lifetime value min de kosten om de klant te werven (CAC).",
    unit="euro",
    sources=("D10", "D14"),
    args=(_LIFETIME_VALUE, _CAC),
    examples=(
        Example((250, 50), 200.0),
        Example((40, 50), -10.0, "de klant kost meer dan hij oplevert"),
    ),
    failures=(
        Failure(NUM, "de wervingskosten zijn negatief", (250, -50)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 50)),
    ),
    native=(Native("{clv}-{cac}", num="{cac}<0"),),
)

CLVCACRATIO = Spec(
    name="CLVCACRATIO",
    kernel=value.clv_cac_ratio,
    group=GROUP,
    doc="Verhouding CLV : CAC: hoeveel keer een klant zijn wervingskosten opbrengt. Vuistregel: minstens 3.",
    unit="keer",
    sources=("D10", "D30"),
    args=(
        _LIFETIME_VALUE,
        _CAC,
        _BASIS,
    ),
    examples=(
        Example((300, 100), 3.0, "de vuistregel"),
        Example((300, 100, "netto"), 2.0, "na aftrek van CAC precies 1 lager"),
        Example((-50, 100), -0.5, "een negatieve CLV mag"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen wervingskosten", (300, 0)),
        Failure(NUM, "de wervingskosten zijn negatief", (300, -100)),
        Failure(NUM, "soort is geen 0 of 1", (300, 100, 2)),
        Failure(VALUE, 'soort is niet "bruto" of "netto"', (300, 100, "half")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 100)),
    ),
    native=(
        Native("{clv}/{cac}", num="{cac}<0", before=2),
        Native("{clv}/{cac}-{soort}", num="{cac}<0"),
    ),
)

MAXCAC = Spec(
    name="MAXCAC",
    kernel=value.highest_cac,
    group=GROUP,
    doc="Hoogste wervingskosten per klant (CAC) waarbij CLV : CAC nog op het doel uitkomt.",
    unit="euro per nieuwe klant",
    sources=("D10", "D30", "D38"),
    args=(
        _LIFETIME_VALUE,
        Arg("doelratio", "ratio", "Verhouding CLV : CAC die u wilt halen; leeg is de vuistregel 3.", "keer"),
        _BASIS,
    ),
    examples=(
        Example((300,), 100.0, "300 / 3"),
        Example((300, 2, "netto"), 100.0, "(300 - 100) / 100 = 2"),
        Example((0,), 0.0, "geen waarde, geen budget"),
    ),
    failures=(
        Failure(DIV0, "de doelratio is nul", (300, 0)),
        Failure(NUM, "de doelratio is negatief", (300, -3)),
        Failure(NA, "bij een negatieve CLV zijn geen kosten laag genoeg", (-50,)),
        Failure(VALUE, 'soort is niet "bruto" of "netto"', (300, 3, "half")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel",)),
    ),
    native=(
        Native("{clv}/{doelratio}", num="{doelratio}<0", na="AND({doelratio}<>0,{clv}<0)", before=2),
        Native(
            "{clv}/({doelratio}+{soort})",
            num="{doelratio}<0",
            na="AND({doelratio}+{soort}<>0,{clv}<0)",
        ),
    ),
)
