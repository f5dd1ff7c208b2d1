"""Declarations: the NPS of two waves compared."""

from __future__ import annotations

import re
from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import survey as closed_survey
from klantwaarde_xl.functions.declared.survey.nps import (
    BAD_COUNTS,
    CONFIDENCE,
    COUNTS,
    DENOMINATOR,
    GROUP,
    METHOD,
    TOTAL,
    WAVE,
    variance,
)
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels import nps
from klantwaarde_xl.wording import codes

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE

_CHANGE_HEADERS = (
    "NPS eerst", "NPS later", "verschil", "standaardfout", "z", "p-waarde", "oordeel",
)  # fmt: skip

_ONE_GROUP = "vallen alle antwoorden in een groep (wijze gewoon)"
_TOO_FEW = "er zijn met noemer n-1 minder dan twee antwoorden (wijze gewoon)"
_TEST = (15.760894668358901, 2.0657545285323464, 0.03885166364602254)  # standard error, z, p

NPS_VERSCHIL = Spec(
    name="NPS_VERSCHIL",
    kernel=nps.nps_change,
    group=GROUP,
    doc="Vergelijkt de NPS van twee metingen: verschil, standaardfout, z, p-waarde (kans op zo'n verschil "
    "door toeval) en het oordeel. Standaardfout en z komen uit de bijgestelde scores. De groepen moeten los "
    "van elkaar zijn.",
    unit="tabel",
    sources=("D12", "D29"),
    args=(
        Arg("scores_eerst", "before", "Antwoorden 0 t/m 10 van de eerste meting.", "0…10", Kind.NUMBERS),
        Arg("scores_later", "after", "Antwoorden 0 t/m 10 van de latere meting.", "0…10", Kind.NUMBERS),
        CONFIDENCE,
        DENOMINATOR,
        METHOD,
    ),
    examples=(
        Example(WAVE, (_CHANGE_HEADERS, (30.0, 65.0, 35.0, *_TEST, "gestegen")), "20/12/8 daarna 30/6/4"),
        Example(
            (*WAVE, 0.99),
            (_CHANGE_HEADERS, (30.0, 65.0, 35.0, *_TEST, "geen aantoonbaar verschil")),
            "met 99% zekerheid kan het nog toeval zijn",
        ),
        Example(
            (*WAVE, None, None, "gewoon"),
            (
                _CHANGE_HEADERS,
                (30.0, 65.0, 35.0, 16.10512340840641, 2.1732214719777314, 0.029763652470061353, "gestegen"),
            ),
            "z is verschil / standaardfout",
        ),
        Example(
            ((9, 10, 9), (7, 8, 3)),
            (
                _CHANGE_HEADERS,
                (
                    100.0,
                    -100 / 3,
                    -400 / 3,
                    38.490017945975055,
                    -1.732050807568877,
                    0.0832645166635505,
                    "geen aantoonbaar verschil",
                ),
            ),
            "drie antwoorden zijn te weinig",
        ),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", ((9, 3), (None, None))),
        Failure(DIV0, f"in beide metingen {_ONE_GROUP}", ((9, 9), (3, 3), None, None, "gewoon")),
        Failure(DIV0, _TOO_FEW, ((9,), (3, 8), 0.95, "n-1", "gewoon")),
        Failure(NUM, "wijze is geen 0 of 1", ((9, 3), (8, 4), 0.95, "n", 2)),
        Failure(NUM, "een score ligt buiten 0 t/m 10", ((9, 3), (11, 4))),
        Failure(NUM, "een score is geen geheel getal", ((9, 3), (7.5, 4))),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((9, 3), (8, 4), 0)),
        Failure(VALUE, "er staat tekst tussen de scores", ((9, 3), (8, "goed"))),
    ),
    columns=(
        Column("NPS eerst", "before"),
        Column("NPS later", "after"),
        Column("verschil", "change"),
        Column("standaardfout", "standard_error"),
        Column("z", "z"),
        Column("p-waarde", "p_value"),
        Column("oordeel", "verdict", texts=codes.DIFFERENCES),
    ),
    closed=closed_survey.NPS_CHANGE,
)

_ADDED = "IF({wijze}=0,3,0)"
_NO_ANSWERS = f"OR({TOTAL}=0,{TOTAL}+{_ADDED}<2*{{noemer}})"
_SCORE = f"({{promotors}}-{{criticasters}})/({TOTAL}+{_ADDED})"


def _later(formula: str) -> str:
    """The same of the later wave."""
    return re.sub(r"(promotors|passieven|criticasters)}", r"\1_later}", formula)


_CHANGE = f"({_later(_SCORE)}-{_SCORE})"
_ERROR = f"SQRT({variance(_ADDED)}+{_later(variance(_ADDED))})"

_OTHER_COUNTS = (
    Arg("promotors_later", "promoters_after", "Aantal antwoorden 9 of 10 in de latere meting.", "antwoorden"),
    Arg("passieven_later", "passives_after", "Aantal antwoorden 7 of 8 in de latere meting.", "antwoorden"),
    Arg(
        "criticasters_later",
        "detractors_after",
        "Aantal antwoorden 0 t/m 6 in de latere meting.",
        "antwoorden",
    ),
)

NPS_OORDEEL = Spec(
    name="NPS_OORDEEL",
    kernel=nps.nps_change_code,
    group=GROUP,
    doc="Zegt of de NPS tussen twee losse metingen is gestegen of gedaald, of dat het verschil met deze "
    "zekerheid niet aantoonbaar is. Werkt met aantallen.",
    unit="tekst",
    sources=("D12", "D29"),
    args=(
        *(replace(arg, parameter=f"{arg.parameter}_before") for arg in COUNTS),
        *_OTHER_COUNTS,
        CONFIDENCE,
        DENOMINATOR,
        METHOD,
    ),
    examples=(
        Example((20, 12, 8, 30, 6, 4), "gestegen", "35 punten, z = 2,07"),
        Example((30, 6, 4, 20, 12, 8), "gedaald"),
        Example((20, 12, 8, 30, 6, 4, 0.99), "geen aantoonbaar verschil", "grens bij 99% is z = 2,58"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", (20, 12, 8, 0, 0, 0)),
        Failure(DIV0, f"in beide metingen {_ONE_GROUP}", (20, 0, 0, 0, 0, 8, None, None, "gewoon")),
        Failure(DIV0, _TOO_FEW, (1, 0, 0, 9, 9, 9, 0.95, "n-1", "gewoon")),
        Failure(NUM, "wijze is geen 0 of 1", (20, 12, 8, 30, 6, 4, None, None, 2)),
        Failure(NUM, "een aantal is negatief", (20, 12, -8, 30, 6, 4)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (20, 12, 8, 30, 6, 4, 1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 12, 8, 30, 6, 4)),
    ),
    texts=codes.DIFFERENCES,
    native=(
        Native(
            f"IF(IF(OR({_NO_ANSWERS},{_later(_NO_ANSWERS)}),1/0,{_ERROR})=0,1/0,IF(ABS({_CHANGE})<={_ERROR}*NORMSINV((1+{{zekerheid}})/2),"
            f'"geen aantoonbaar verschil",IF({_CHANGE}>0,"gestegen","gedaald")))',
            num=f"OR({BAD_COUNTS},{_later(BAD_COUNTS)},{{zekerheid}}<=0,{{zekerheid}}>=1)",
        ),
    ),
)
