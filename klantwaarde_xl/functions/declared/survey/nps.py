"""Declarations: what customers say in a survey, the NPS first."""

from __future__ import annotations

import re
from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import survey

NUM, DIV0, VALUE, NA = CellError.NUM, CellError.DIV0, CellError.VALUE, CellError.NA
GROUP = "Onderzoek"

_SCORES = Arg(
    "scores",
    "scores",
    "Bereik met antwoorden 0 t/m 10 op de aanbevelingsvraag.",
    "0…10",
    Kind.NUMBERS,
)
_COUNTS = (
    Arg("promotors", "promoters", "Aantal antwoorden 9 of 10.", "antwoorden"),
    Arg("passieven", "passives", "Aantal antwoorden 7 of 8.", "antwoorden"),
    Arg("criticasters", "detractors", "Aantal antwoorden 0 t/m 6.", "antwoorden"),
)
_CONFIDENCE = Arg(
    "zekerheid", "confidence", "Hoe zeker de uitspraak moet zijn, tussen 0 en 1; gewoonlijk 0,95.", "fractie"
)
_DENOMINATOR = Arg(
    "noemer",
    "denominator",
    "Waardoor de spreiding wordt gedeeld; vanaf 100 antwoorden maakt het bijna niets uit.",
    kind=Kind.CHOICE,
    choices=choices(
        survey.Denominator,
        ANSWERS=("n", "aantal antwoorden, het meest gebruikt, standaard"),
        ANSWERS_LESS_ONE=("n-1", "een minder: zuiver bij weinig antwoorden"),
    ),
)
_POPULATION = Arg(
    "populatie",
    "population",
    "Aantal klanten dat u in totaal had kunnen vragen; maakt de fout kleiner als u een groot deel vroeg. 0 "
    "is onbekend of zeer groot.",
    "klanten",
)
# Each whole score counted: what is left over is no score. The empty sum passes an error on.
_WHOLE_SCORES = "+".join(f"COUNTIF({{scores}},{score})" for score in range(11)) + "+0*SUM({scores})"
_TOTAL = "({promotors}+{passieven}+{criticasters})"
_STANDARD_ERROR = (
    f"100*SQRT(MAX(0,(({{promotors}}+{{criticasters}})*{_TOTAL}-({{promotors}}-{{criticasters}})^2)"
    f"/({_TOTAL}-{{noemer}}*1)*IF({{populatie}}=0,1,IF({{populatie}}={_TOTAL},0,"
    f"({{populatie}}-{_TOTAL})/({{populatie}}-1)))))/{_TOTAL}"
)
_BAD_COUNTS = "{promotors}<0,{passieven}<0,{criticasters}<0"
_BAD_POPULATION = f"{{populatie}}<0,AND({{populatie}}>0,{{populatie}}<{_TOTAL})"
# With n − 1 the formula would take the root of a negative number: too few answers is a division
_TOO_FEW = f"IF({_TOTAL}<2*{{noemer}},1/0,"

_NO_SCORES = Failure(DIV0, "er zijn geen antwoorden", ((None, None),))
_SCORE_OUTSIDE = Failure(NUM, "een score ligt buiten 0 t/m 10", ((9, 11),))
_SCORE_BROKEN = Failure(NUM, "een score is geen geheel getal", ((9, 7.5),))
_SCORE_TEXT = Failure(VALUE, "er staat tekst tussen de scores", ((9, "goed"),))
_NO_COUNTS = Failure(DIV0, "er zijn geen antwoorden", (0, 0, 0))
_COUNT_NEGATIVE = Failure(NUM, "een aantal is negatief", (200, -1, 80))
_COUNT_TEXT = Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 120, 80))
_COUNT_ERRORS = (
    Failure(DIV0, "er zijn met noemer n-1 minder dan twee antwoorden", (1, 0, 0, "n-1")),
    Failure(NUM, "de populatie is kleiner dan het aantal antwoorden", (200, 120, 80, "n", 399)),
    Failure(NUM, "de populatie is negatief", (200, 120, 80, "n", -1)),
    Failure(NUM, "noemer is geen 0 of 1", (200, 120, 80, 2)),
)
_WAVE = ((10,) * 20 + (8,) * 12 + (3,) * 8, (10,) * 30 + (8,) * 6 + (3,) * 4)

NPS = Spec(
    name="NPS",
    kernel=survey.nps,
    group=GROUP,
    doc="Net Promoter Score in punten van -100 tot 100: percentage promotors (9-10) min percentage "
    "criticasters (0-6). Lege cellen tellen niet mee.",
    unit="punten",
    sources=("D12",),
    args=(_SCORES,),
    examples=(
        Example(((10, 9, 8, 7, 6, 3, 10, 9, 2, 10),), 20.0, "5 promotors, 3 criticasters, 10 antwoorden"),
        Example(((9, 9, None, 9),), 100.0, "lege cel overgeslagen"),
        Example(((6, 0, 3),), -100.0, "alleen criticasters"),
    ),
    failures=(
        _NO_SCORES,
        _SCORE_OUTSIDE,
        _SCORE_BROKEN,
        _SCORE_TEXT,
        Failure(NA, "een cel bevat zelf een fout; die komt er zo weer uit", ((9, CellError.NA),)),
    ),
    native=(
        Native(
            '100*(COUNTIF({scores},">=9")-COUNTIF({scores},"<=6"))/COUNT({scores})',
            num=f"{_WHOLE_SCORES}<>COUNT({{scores}})",
        ),
    ),
)

NPS_AANTALLEN = Spec(
    name="NPS_AANTALLEN",
    kernel=survey.nps_from_counts,
    group=GROUP,
    doc="Net Promoter Score in punten uit aantallen: 100 x (promotors - criticasters) / alle antwoorden.",
    unit="punten",
    sources=("D12",),
    args=_COUNTS,
    examples=(
        Example((200, 120, 80), 30.0, "50% promotors, 20% criticasters"),
        Example((0, 40, 0), 0.0, "alleen passieven"),
    ),
    failures=(_NO_COUNTS, _COUNT_NEGATIVE, _COUNT_TEXT),
    native=(Native(f"100*({{promotors}}-{{criticasters}})/{_TOTAL}", num=f"OR({_BAD_COUNTS})"),),
)

NPS_STANDAARDFOUT = Spec(
    name="NPS_STANDAARDFOUT",
    kernel=survey.nps_standard_error,
    group=GROUP,
    doc="Standaardfout van een NPS in punten: 100 x wortel van ((p + d - (p - d)^2) / n), met p en d het "
    "deel promotors en criticasters.",
    unit="punten",
    sources=("D12",),
    args=(*_COUNTS, _DENOMINATOR, _POPULATION),
    examples=(
        Example((200, 120, 80), 3.905124837953327, "wortel van 0,61 / 400, in punten"),
        Example((200, 120, 80, "n-1"), 3.9100154157469054, "gedeeld door 399"),
        Example((200, 120, 80, "n", 800), 2.76306771161579, "maal wortel van 400/799"),
        Example((50, 0, 0), 0.0, "iedereen promotor: geen spreiding"),
    ),
    failures=(_NO_COUNTS, _COUNT_NEGATIVE, *_COUNT_ERRORS, _COUNT_TEXT),
    native=(Native(f"{_TOO_FEW}{_STANDARD_ERROR})", num=f"OR({_BAD_COUNTS},{_BAD_POPULATION})"),),
)

NPS_FOUTMARGE = Spec(
    name="NPS_FOUTMARGE",
    kernel=survey.nps_margin,
    group=GROUP,
    doc="Foutmarge van een NPS in punten: de NPS van alle klanten ligt met deze zekerheid hoogstens zoveel "
    "punten hoger of lager.",
    unit="punten",
    sources=("D12",),
    args=(*_COUNTS, _CONFIDENCE, _DENOMINATOR, _POPULATION),
    examples=(
        Example((200, 120, 80), 7.653904037521334, "1,96 x 3,9051"),
        Example((200, 120, 80, 0.9), 6.423358753405807, "1,645 x 3,9051"),
        Example((200, 120, 80, None, None, 400), 0.0, "alle klanten gevraagd: geen foutmarge"),
    ),
    failures=(
        _NO_COUNTS,
        _COUNT_NEGATIVE,
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (200, 120, 80, 1)),
        *(Failure(f.error, f.when, (*f.args[:3], None, *f.args[3:])) for f in _COUNT_ERRORS),
        _COUNT_TEXT,
    ),
    native=(
        Native(
            f"{_TOO_FEW}NORMSINV((1+{{zekerheid}})/2)*{_STANDARD_ERROR})",
            num=f"OR({_BAD_COUNTS},{_BAD_POPULATION},{{zekerheid}}<=0,{{zekerheid}}>=1)",
        ),
    ),
)

NPS_INTERVAL = Spec(
    name="NPS_INTERVAL",
    kernel=survey.nps_interval,
    group=GROUP,
    doc="NPS van antwoorden met de grenzen waartussen de NPS van alle klanten met deze zekerheid ligt. Het "
    "interval stopt bij -100 en 100.",
    unit="tabel",
    sources=("D12",),
    args=(_SCORES, _CONFIDENCE, _DENOMINATOR, _POPULATION),
    examples=(
        Example(
            (_WAVE[0],),
            (
                ("NPS", "ondergrens", "bovengrens", "standaardfout", "foutmarge", "antwoorden"),
                (30.0, 5.796230249073723, 54.20376975092628, 12.34908903522847, 24.203769750926277, 40.0),
            ),
            "zelfde verdeling als 200/120/80, maar 40 antwoorden",
        ),
        Example(
            ((9, 10, 10),),
            (
                ("NPS", "ondergrens", "bovengrens", "standaardfout", "foutmarge", "antwoorden"),
                (100.0, 100.0, 100.0, 0.0, 0.0, 3.0),
            ),
            "zonder spreiding meet de formule geen fout",
        ),
    ),
    failures=(
        _NO_SCORES,
        _SCORE_OUTSIDE,
        _SCORE_BROKEN,
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((9, 3), 95)),
        Failure(NUM, "de populatie is kleiner dan het aantal antwoorden", ((9, 3), 0.95, "n", 1)),
        Failure(DIV0, "er zijn met noemer n-1 minder dan twee antwoorden", ((9,), 0.95, "n-1")),
        _SCORE_TEXT,
    ),
    columns=(
        Column("NPS", "points"),
        Column("ondergrens", "low"),
        Column("bovengrens", "high"),
        Column("standaardfout", "standard_error"),
        Column("foutmarge", "margin"),
        Column("antwoorden", "answers"),
    ),
)

NPS_VERDELING = Spec(
    name="NPS_VERDELING",
    kernel=survey.nps_shares,
    group=GROUP,
    doc="Aantal en aandeel van promotors, passieven en criticasters in antwoorden op de aanbevelingsvraag.",
    unit="tabel",
    sources=("D12",),
    args=(_SCORES,),
    examples=(
        Example(
            ((10, 9, 8, 7, 6, 3, 10, 9, None, 10),),
            (
                ("groep", "antwoorden", "aandeel"),
                ("promotors (9-10)", 5.0, 5 / 9),
                ("passieven (7-8)", 2.0, 2 / 9),
                ("criticasters (0-6)", 2.0, 2 / 9),
            ),
            "lege cel overgeslagen",
        ),
        Example(
            ((0,),),
            (
                ("groep", "antwoorden", "aandeel"),
                ("promotors (9-10)", 0.0, 0.0),
                ("passieven (7-8)", 0.0, 0.0),
                ("criticasters (0-6)", 1.0, 1.0),
            ),
        ),
    ),
    failures=(_NO_SCORES, _SCORE_OUTSIDE, _SCORE_BROKEN, _SCORE_TEXT),
    columns=(
        Column("groep", "group", texts=survey.GROUPS),
        Column("antwoorden", "answers"),
        Column("aandeel", "share"),
    ),
)

_CHANGE_HEADERS = (
    "NPS eerst", "NPS later", "verschil", "standaardfout", "z", "p-waarde", "oordeel",
)  # fmt: skip

NPS_VERSCHIL = Spec(
    name="NPS_VERSCHIL",
    kernel=survey.nps_change,
    group=GROUP,
    doc="Vergelijkt de NPS van twee metingen: verschil, standaardfout, z, p-waarde (kans op zo'n verschil "
    "door toeval) en het oordeel. De twee groepen antwoorden moeten los van elkaar zijn.",
    unit="tabel",
    sources=("D12", "D29"),
    args=(
        Arg("scores_eerst", "before", "Antwoorden 0 t/m 10 van de eerste meting.", "0…10", Kind.NUMBERS),
        Arg("scores_later", "after", "Antwoorden 0 t/m 10 van de latere meting.", "0…10", Kind.NUMBERS),
        _CONFIDENCE,
        _DENOMINATOR,
    ),
    examples=(
        Example(
            _WAVE,
            (
                _CHANGE_HEADERS,
                (30.0, 65.0, 35.0, 16.10512340840641, 2.1732214719777314, 0.029763652470061353, "gestegen"),
            ),
            "20/12/8 daarna 30/6/4",
        ),
        Example(
            (*_WAVE, 0.99),
            (
                _CHANGE_HEADERS,
                (
                    30.0,
                    65.0,
                    35.0,
                    16.10512340840641,
                    2.1732214719777314,
                    0.029763652470061353,
                    "geen aantoonbaar verschil",
                ),
            ),
            "met 99% zekerheid kan het nog toeval zijn",
        ),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", ((9, 3), (None, None))),
        Failure(DIV0, "in beide metingen vallen alle antwoorden in een groep", ((9, 9), (3, 3))),
        Failure(DIV0, "er zijn met noemer n-1 minder dan twee antwoorden", ((9,), (3, 8), 0.95, "n-1")),
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
        Column("oordeel", "verdict", texts=survey.DIFFERENCES),
    ),
)

_LATER = _TOTAL.replace("}", "_later}")
_CHANGE = (
    f"(100*({{promotors_later}}-{{criticasters_later}})/{_LATER}"
    f"-100*({{promotors}}-{{criticasters}})/{_TOTAL})"
)
_WITHIN = (
    f"IF({_TOTAL}<2*{{noemer}},1/0,(({{promotors}}+{{criticasters}})*{_TOTAL}"
    f"-({{promotors}}-{{criticasters}})^2)/({_TOTAL}-{{noemer}}*1)/{_TOTAL}^2)"
)
_SPREAD = "+".join((_WITHIN, re.sub("(promotors|passieven|criticasters)}", r"\1_later}", _WITHIN)))
_ERROR = f"(100*SQRT({_SPREAD}))"

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
    kernel=survey.nps_change_code,
    group=GROUP,
    doc="Zegt of de NPS tussen twee losse metingen is gestegen of gedaald, of dat het verschil met deze "
    "zekerheid niet aantoonbaar is. Werkt met aantallen.",
    unit="tekst",
    sources=("D12", "D29"),
    args=(
        *(replace(arg, parameter=f"{arg.parameter}_before") for arg in _COUNTS),
        *_OTHER_COUNTS,
        _CONFIDENCE,
        _DENOMINATOR,
    ),
    examples=(
        Example((20, 12, 8, 30, 6, 4), "gestegen", "35 punten, z = 2,17"),
        Example((30, 6, 4, 20, 12, 8), "gedaald"),
        Example((20, 12, 8, 30, 6, 4, 0.99), "geen aantoonbaar verschil", "grens bij 99% is z = 2,58"),
    ),
    failures=(
        Failure(DIV0, "er zijn geen antwoorden", (20, 12, 8, 0, 0, 0)),
        Failure(DIV0, "in beide metingen vallen alle antwoorden in een groep", (20, 0, 0, 0, 0, 8)),
        Failure(DIV0, "er zijn met noemer n-1 minder dan twee antwoorden", (1, 0, 0, 9, 9, 9, 0.95, "n-1")),
        Failure(NUM, "een aantal is negatief", (20, 12, -8, 30, 6, 4)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (20, 12, 8, 30, 6, 4, 1)),
        Failure(VALUE, "er staat tekst waar een getal hoort", ("veel", 12, 8, 30, 6, 4)),
    ),
    texts=survey.DIFFERENCES,
    native=(
        Native(
            f"IF({_ERROR}=0,1/0,IF(ABS({_CHANGE})<={_ERROR}*NORMSINV((1+{{zekerheid}})/2),"
            f'"geen aantoonbaar verschil",IF({_CHANGE}>0,"gestegen","gedaald")))',
            num=f"OR({_BAD_COUNTS},{_BAD_COUNTS.replace('}', '_later}')},{{zekerheid}}<=0,{{zekerheid}}>=1)",
        ),
    ),
)
