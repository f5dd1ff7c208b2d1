"""Declarations: what customers say in a survey."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Example, Failure, Kind, Native, Spec
from klantwaarde_xl.kernels import survey

NUM, DIV0, VALUE, NA = CellError.NUM, CellError.DIV0, CellError.VALUE, CellError.NA
GROUP = "Onderzoek"

NPS = Spec(
    name="NPS",
    kernel=survey.nps,
    group=GROUP,
    doc="Net Promoter Score in punten van -100 tot 100: percentage promotors (9-10) min percentage "
    "criticasters (0-6). Lege cellen tellen niet mee.",
    unit="punten",
    sources=("D12",),
    args=(
        Arg(
            "scores",
            "scores",
            "Bereik met antwoorden 0 t/m 10 op de aanbevelingsvraag.",
            "0…10",
            Kind.NUMBERS,
        ),
    ),
    examples=(
        Example(((10, 9, 8, 7, 6, 3, 10, 9, 2, 10),), 20.0, "5 promotors, 3 criticasters, 10 antwoorden"),
        Example(((9, 9, None, 9),), 100.0, "lege cel overgeslagen"),
        Example(((6, 0, 3),), -100.0, "alleen criticasters"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", ((None, None),)),
        Failure(NUM, "een score ligt buiten 0 t/m 10", ((9, 11),)),
        Failure(NUM, "een score is geen geheel getal", ((9, 7.5),)),
        Failure(VALUE, "er staat tekst tussen de scores", ((9, "goed"),)),
        Failure(NA, "een cel bevat zelf een fout; die komt er zo weer uit", ((9, CellError.NA),)),
    ),
    native=(
        Native(
            '100*(COUNTIF({scores},">=9")-COUNTIF({scores},"<=6"))/COUNT({scores})',
            num='COUNTIF({scores},"<0")+COUNTIF({scores},">10")>0',
        ),
    ),
)

SPECS = (NPS,)
