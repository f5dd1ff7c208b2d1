"""Declarations: rates of one period as those of another."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import rates
from klantwaarde_xl.kernels.rates import Period

NUM, VALUE = CellError.NUM, CellError.VALUE
GROUP = "Omrekenen"

_PERIODS = choices(
    Period,
    DAY=("dag", "1/365 jaar"),
    WEEK=("week", "1/52 jaar"),
    MONTH=("maand", "1/12 jaar"),
    QUARTER=("kwartaal", "1/4 jaar"),
    HALF_YEAR=("halfjaar", "1/2 jaar"),
    YEAR=("jaar", "1 jaar"),
)
_FROM = Arg("van", "source", "Periode van het gegeven getal:", kind=Kind.CHOICE, choices=_PERIODS)
_TO = Arg("naar", "target", "Periode van de uitkomst:", kind=Kind.CHOICE, choices=_PERIODS)
_INTEREST = Arg("rente", "interest", "Rente per periode als fractie: 0,1 is 10%.", "fractie per periode")
_INFLATION = Arg(
    "inflatie", "inflation", "Inflatie over dezelfde periode als fractie.", "fractie per periode"
)
_BAD_WORD = "van of naar is geen dag, week, maand, kwartaal, halfjaar of jaar"

RETENTIEOMREKENEN = Spec(
    name="RETENTIEOMREKENEN",
    kernel=rates.convert_retention,
    group=GROUP,
    doc="Retentie van de ene periode naar de andere: retentie per jaar = retentie per maand tot de macht 12.",
    unit="fractie per periode",
    sources=("D11", "D13"),
    args=(
        Arg("retentie", "retention", "Deel van de klanten dat blijft, tussen 0 en 1.", "fractie per periode"),
        _FROM,
        _TO,
    ),
    examples=(
        Example((0.9, "kwartaal", "jaar"), 0.6561, "0,9^4"),
        Example((0.64, "jaar", "halfjaar"), 0.8, "0,8 x 0,8 = 0,64"),
        Example((0, "maand", "jaar"), 0.0, "niemand blijft"),
    ),
    failures=(
        Failure(NUM, "de retentie ligt buiten 0 en 1", (1.1, "maand", "jaar")),
        Failure(NUM, "de retentie ligt buiten 0 en 1", (-0.1, "maand", "jaar")),
        Failure(NUM, "het aantal perioden per jaar is geen 365, 52, 12, 4, 2 of 1", (0.9, 13, "jaar")),
        Failure(VALUE, _BAD_WORD, (0.9, "maand", "eeuw")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", "maand", "jaar")),
    ),
    native=(Native("{retentie}^({van}/{naar})", num="OR({retentie}<0,{retentie}>1)"),),
)

VERLOOPOMREKENEN = Spec(
    name="VERLOOPOMREKENEN",
    kernel=rates.convert_churn,
    group=GROUP,
    doc="Verloop (churn) van de ene periode naar de andere: per jaar = 1 - (1 - verloop per maand)^12. "
    "Twaalf keer het maandverloop is te veel.",
    unit="fractie per periode",
    sources=("D13", "D35"),
    args=(
        Arg("verloop", "churn", "Deel van de klanten dat vertrekt, tussen 0 en 1.", "fractie per periode"),
        _FROM,
        _TO,
    ),
    examples=(
        Example((0.1, "kwartaal", "jaar"), 0.3439, "1 - 0,9^4; 4 x 0,1 zou 0,4 zijn"),
        Example((0.05, "maand", "jaar"), 0.45963991233736334, "1 - 0,95^12; 12 x 0,05 zou 0,6 zijn"),
        Example((1, "maand", "jaar"), 1.0, "iedereen vertrekt"),
    ),
    failures=(
        Failure(NUM, "het verloop ligt buiten 0 en 1", (1.1, "maand", "jaar")),
        Failure(NUM, "het verloop ligt buiten 0 en 1", (-0.1, "maand", "jaar")),
        Failure(NUM, "het aantal perioden per jaar is geen 365, 52, 12, 4, 2 of 1", (0.1, 13, "jaar")),
        Failure(VALUE, _BAD_WORD, (0.1, "maand", "eeuw")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", "maand", "jaar")),
    ),
    native=(Native("1-(1-{verloop})^({van}/{naar})", num="OR({verloop}<0,{verloop}>1)"),),
)

RENTEOMREKENEN = Spec(
    name="RENTEOMREKENEN",
    kernel=rates.convert_interest,
    group=GROUP,
    doc="Rente van de ene periode naar de andere: per maand = (1 + rente per jaar)^(1/12) - 1, niet de "
    "jaarrente gedeeld door 12. Voor inflatie en groei geldt hetzelfde.",
    unit="fractie per periode",
    sources=("D13",),
    args=(_INTEREST, _FROM, _TO),
    examples=(
        Example((0.21, "jaar", "halfjaar"), 0.1, "1,1 x 1,1 = 1,21"),
        Example((0.01, "maand", "jaar"), 0.12682503013196977, "1,01^12 - 1; 12 x 0,01 zou 0,12 zijn"),
        Example((0, "jaar", "dag"), 0.0, "geen rente"),
    ),
    failures=(
        Failure(NUM, "de rente is -100% of lager", (-1, "jaar", "maand")),
        Failure(NUM, "het aantal perioden per jaar is geen 365, 52, 12, 4, 2 of 1", (0.1, "jaar", 13)),
        Failure(VALUE, _BAD_WORD, (0.1, "eeuw", "maand")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", "jaar", "maand")),
    ),
    native=(Native("(1+{rente})^({van}/{naar})-1", num="{rente}<=-1"),),
)

RENTECONTINU = Spec(
    name="RENTECONTINU",
    kernel=rates.continuous_rate,
    group=GROUP,
    doc="Continue rente uit een gewone rente: ln(1 + rente), omgerekend naar een periode. Zo rekenen de "
    "kansmodellen van klantgedrag.",
    unit="fractie per periode",
    sources=("D13",),
    args=(_INTEREST, _FROM, _TO),
    examples=(
        Example(
            (0.15, "jaar", "week"),
            0.00268772966106674,
            "ln(1,15) / 52; Fader, Hardie & Lee 2005 geven .0027 per week",
        ),
        Example((0,), 0.0, "geen rente"),
    ),
    failures=(
        Failure(NUM, "de rente is -100% of lager", (-1,)),
        Failure(NUM, "het aantal perioden per jaar is geen 365, 52, 12, 4, 2 of 1", (0.1, "jaar", 13)),
        Failure(VALUE, _BAD_WORD, (0.1, "jaar", "eeuw")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog",)),
    ),
    native=(Native("LN(1+{rente})*{van}/{naar}", num="{rente}<=-1"),),
)

RENTEUITCONTINU = Spec(
    name="RENTEUITCONTINU",
    kernel=rates.effective_rate,
    group=GROUP,
    doc="Gewone rente uit een continue rente: e^rente - 1, omgerekend naar een periode. Het omgekeerde van "
    "RENTECONTINU.",
    unit="fractie per periode",
    sources=("D13",),
    args=(
        Arg(
            "continue_rente", "continuous", "Continue rente als fractie, per periode.", "fractie per periode"
        ),
        _FROM,
        _TO,
    ),
    examples=(
        Example((0.0027, "week", "jaar"), 0.15073400041094488, "e^(0,0027 x 52) - 1"),
        Example((0,), 0.0, "geen rente"),
    ),
    failures=(
        Failure(NUM, "de uitkomst is te groot", (1000,)),
        Failure(VALUE, _BAD_WORD, (0.1, "jaar", "eeuw")),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog",)),
    ),
    native=(Native("EXP({continue_rente}*{van}/{naar})-1"),),
)

RENTEREEEL = Spec(
    name="RENTEREEEL",
    kernel=rates.real_rate,
    group=GROUP,
    doc="Reële rente (Fisher): wat van de nominale rente overblijft na inflatie, (1 + rente) / (1 + "
    "inflatie) - 1. Reken met reële rente als de bedragen in geld van nu staan.",
    unit="fractie per periode",
    sources=("D13",),
    args=(
        Arg("rente", "nominal", "Nominale rente per periode als fractie: 0,1 is 10%.", "fractie per periode"),
        _INFLATION,
    ),
    examples=(
        Example((0.1, 0.02), 0.0784313725490196, "1,1 / 1,02 - 1; aftrekken zou 0,08 geven"),
        Example((0.03, 0.03), 0.0, "alles gaat op aan inflatie"),
        Example((0.01, 0.25), -0.192, "inflatie hoger dan de rente"),
    ),
    failures=(
        Failure(NUM, "de rente is -100% of lager", (-1, 0.02)),
        Failure(NUM, "de inflatie is -100% of lager", (0.1, -1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.02)),
    ),
    native=(Native("({rente}-{inflatie})/(1+{inflatie})", num="OR({rente}<=-1,{inflatie}<=-1)"),),
)

RENTENOMINAAL = Spec(
    name="RENTENOMINAAL",
    kernel=rates.nominal_rate,
    group=GROUP,
    doc="Nominale rente (Fisher) uit reële rente en inflatie: (1 + rente) x (1 + inflatie) - 1.",
    unit="fractie per periode",
    sources=("D13",),
    args=(
        Arg("rente", "real", "Reële rente per periode als fractie: 0,1 is 10%.", "fractie per periode"),
        _INFLATION,
    ),
    examples=(
        Example((0.1, 0.02), 0.122, "1,1 x 1,02 - 1"),
        Example((0, 0.02), 0.02, "zonder reële rente blijft de inflatie"),
    ),
    failures=(
        Failure(NUM, "de rente is -100% of lager", (-1, 0.02)),
        Failure(NUM, "de inflatie is -100% of lager", (0.1, -1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("hoog", 0.02)),
    ),
    native=(Native("(1+{rente})*(1+{inflatie})-1", num="OR({rente}<=-1,{inflatie}<=-1)"),),
)
