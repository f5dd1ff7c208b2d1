"""Declarations: what customers say in a survey, the NPS first."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import survey as closed_survey
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import nps
from klantwaarde_xl.wording import codes

NUM, DIV0, VALUE, NA = CellError.NUM, CellError.DIV0, CellError.VALUE, CellError.NA
GROUP = "Onderzoek"

_SCORES = Arg(
    "scores",
    "scores",
    "Bereik met antwoorden 0 t/m 10 op de aanbevelingsvraag.",
    "0…10",
    Kind.NUMBERS,
)
COUNTS = (
    Arg("promotors", "promoters", "Aantal antwoorden 9 of 10.", "antwoorden"),
    Arg("passieven", "passives", "Aantal antwoorden 7 of 8.", "antwoorden"),
    Arg("criticasters", "detractors", "Aantal antwoorden 0 t/m 6.", "antwoorden"),
)
CONFIDENCE = Arg(
    "zekerheid", "confidence", "Hoe zeker de uitspraak moet zijn, tussen 0 en 1; gewoonlijk 0,95.", "fractie"
)
DENOMINATOR = Arg(
    "noemer",
    "denominator",
    "Waardoor de spreiding wordt gedeeld; vanaf 100 antwoorden maakt het bijna niets uit.",
    kind=Kind.CHOICE,
    choices=choices(
        nps.Denominator,
        ANSWERS=("n", "aantal antwoorden, het meest gebruikt, standaard"),
        ANSWERS_LESS_ONE=("n-1", "een minder: zuiver bij weinig antwoorden"),
    ),
)
METHOD = Arg(
    "wijze",
    "method",
    "Hoe weinig antwoorden meetellen.",
    kind=Kind.CHOICE,
    choices=choices(
        nps.Method,
        ADJUSTED=("bijgesteld", "met drie antwoorden extra, goed bij weinig antwoorden, standaard"),
        PLAIN=("gewoon", "zonder: bij weinig antwoorden veel te zeker"),
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
TOTAL = "({promotors}+{passieven}+{criticasters})"
_LEFT = f"IF({{populatie}}=0,1,IF({{populatie}}={TOTAL},0,({{populatie}}-{TOTAL})/({{populatie}}-1)))"
_ADDED = f"(IF({{wijze}}=0,3,0)*{_LEFT})"


def variance(added: str) -> str:
    """The squared standard error of a score −1…1 with so many answers added, as a formula."""
    total = f"({TOTAL}+{added})"
    spread = f"({{promotors}}+{{criticasters}}+{added}/2)*{total}-({{promotors}}-{{criticasters}})^2"
    return f"MAX(0,{spread})/({total}-{{noemer}})/{total}^2"


BAD_COUNTS = "{promotors}<0,{passieven}<0,{criticasters}<0"
_BAD_POPULATION = f"{{populatie}}<0,AND({{populatie}}>0,{{populatie}}<{TOTAL})"
# With n − 1 the formula would take the root of a negative number: too few answers is a division
_TOO_FEW = f"IF({TOTAL}<2*{{noemer}},1/0,"
_TOO_FEW_AND_ADDED = f"IF({TOTAL}+{_ADDED}<2*{{noemer}},1/0,"

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
WAVE = ((10,) * 20 + (8,) * 12 + (3,) * 8, (10,) * 30 + (8,) * 6 + (3,) * 4)

NPS = Spec(
    name="NPS",
    kernel=nps.nps,
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
        Failure(
            NA,
            "een cel bevat zelf een fout; die komt er zo weer uit (in Calc als Fout:504)",
            ((9, CellError.NA),),
        ),
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
    kernel=nps.nps_from_counts,
    group=GROUP,
    doc="Net Promoter Score in punten uit aantallen: 100 x (promotors - criticasters) / alle antwoorden.",
    unit="punten",
    sources=("D12",),
    args=COUNTS,
    examples=(
        Example((200, 120, 80), 30.0, "50% promotors, 20% criticasters"),
        Example((0, 40, 0), 0.0, "alleen passieven"),
    ),
    failures=(_NO_COUNTS, _COUNT_NEGATIVE, _COUNT_TEXT),
    native=(Native(f"100*({{promotors}}-{{criticasters}})/{TOTAL}", num=f"OR({BAD_COUNTS})"),),
)

NPS_STANDAARDFOUT = Spec(
    name="NPS_STANDAARDFOUT",
    kernel=nps.nps_standard_error,
    group=GROUP,
    doc="Standaardfout van een NPS in punten: 100 x wortel van ((p + d - (p - d)^2) / n), met p en d het "
    "deel promotors en criticasters. Bij weinig antwoorden is zij te klein: zie NPS_INTERVAL.",
    unit="punten",
    sources=("D12",),
    args=(*COUNTS, DENOMINATOR, _POPULATION),
    examples=(
        Example((200, 120, 80), 3.905124837953327, "wortel van 0,61 / 400, in punten"),
        Example((200, 120, 80, "n-1"), 3.9100154157469054, "gedeeld door 399"),
        Example((200, 120, 80, "n", 800), 2.76306771161579, "maal wortel van 400/799"),
        Example((50, 0, 0), 0.0, "iedereen promotor: geen spreiding"),
    ),
    failures=(_NO_COUNTS, _COUNT_NEGATIVE, *_COUNT_ERRORS, _COUNT_TEXT),
    native=(
        Native(f"{_TOO_FEW}100*SQRT({variance('0')}*{_LEFT}))", num=f"OR({BAD_COUNTS},{_BAD_POPULATION})"),
    ),
)

NPS_FOUTMARGE = Spec(
    name="NPS_FOUTMARGE",
    kernel=nps.nps_margin,
    group=GROUP,
    doc="Foutmarge van een NPS in punten: de NPS van alle klanten ligt met deze zekerheid hoogstens zoveel "
    "punten hoger of lager. Bij weinig antwoorden zijn de kanten ongelijk: zie NPS_INTERVAL.",
    unit="punten",
    sources=("D12",),
    args=(*COUNTS, CONFIDENCE, DENOMINATOR, _POPULATION, METHOD),
    examples=(
        Example((200, 120, 80), 7.847725607720948, "1,96 x 3,8902, en 0,2233 omdat het midden opschuift"),
        Example((200, 120, 80, None, None, None, "gewoon"), 7.653904037521334, "1,96 x 3,9051"),
        Example((200, 120, 80, 0.9, None, None, "gewoon"), 6.423358753405807, "1,645 x 3,9051"),
        Example((10, 0, 0), 52.49644845520978, "tien promotors: zoveel lager kan het nog zijn"),
        Example((200, 120, 80, None, None, 400), 0.0, "alle klanten gevraagd: geen foutmarge"),
    ),
    failures=(
        _NO_COUNTS,
        _COUNT_NEGATIVE,
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (200, 120, 80, 1)),
        *(
            Failure(f.error, f.when, (*f.args[:3], None, f.args[3], *(f.args[4:] or (None,)), "gewoon"))
            for f in _COUNT_ERRORS
        ),
        Failure(NUM, "wijze is geen 0 of 1", (200, 120, 80, None, None, None, 2)),
        _COUNT_TEXT,
    ),
    native=(
        Native(
            f"{_TOO_FEW_AND_ADDED}100*(NORMSINV((1+{{zekerheid}})/2)*SQRT({variance(_ADDED)}*{_LEFT})"
            f"+ABS(({{promotors}}-{{criticasters}})*(1/({TOTAL}+{_ADDED})-1/{TOTAL}))))",
            num=f"OR({BAD_COUNTS},{_BAD_POPULATION},{{zekerheid}}<=0,{{zekerheid}}>=1)",
        ),
    ),
)

NPS_INTERVAL = Spec(
    name="NPS_INTERVAL",
    kernel=nps.nps_interval,
    group=GROUP,
    doc="NPS van antwoorden met de grenzen waartussen de NPS van alle klanten met deze zekerheid ligt, ook "
    "bij weinig antwoorden (bijgestelde Wald, Rocks 2016). Het interval stopt bij -100 en 100.",
    unit="tabel",
    sources=("D12",),
    args=(_SCORES, CONFIDENCE, DENOMINATOR, _POPULATION, METHOD),
    examples=(
        Example(
            (WAVE[0],),
            (
                ("NPS", "ondergrens", "bovengrens", "standaardfout", "foutmarge", "antwoorden"),
                (30.0, 4.597896470139993, 51.2160570182321, 11.8926064243553, 25.402103529860007, 40.0),
            ),
            "zelfde verdeling als 200/120/80, maar 40 antwoorden",
        ),
        Example(
            (WAVE[0], None, None, None, "gewoon"),
            (
                ("NPS", "ondergrens", "bovengrens", "standaardfout", "foutmarge", "antwoorden"),
                (30.0, 5.796230249073723, 54.20376975092628, 12.34908903522847, 24.203769750926277, 40.0),
            ),
            "alleen uit deze antwoorden",
        ),
        Example(
            ((9, 10, 10),),
            (
                ("NPS", "ondergrens", "bovengrens", "standaardfout", "foutmarge", "antwoorden"),
                (100.0, -6.57928670380857, 100.0, 28.867513459481287, 106.57928670380858, 3.0),
            ),
            "drie promotors zeggen nog weinig",
        ),
    ),
    failures=(
        _NO_SCORES,
        _SCORE_OUTSIDE,
        _SCORE_BROKEN,
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((9, 3), 95)),
        Failure(NUM, "de populatie is kleiner dan het aantal antwoorden", ((9, 3), 0.95, "n", 1)),
        Failure(
            DIV0,
            "er zijn met noemer n-1 minder dan twee antwoorden (wijze gewoon)",
            ((9,), 0.95, "n-1", None, "gewoon"),
        ),
        Failure(NUM, "wijze is geen 0 of 1", ((9, 3), 0.95, "n", None, 2)),
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
    closed=closed_survey.NPS_INTERVAL,
)

NPS_VERDELING = Spec(
    name="NPS_VERDELING",
    kernel=nps.nps_shares,
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
        Column("groep", "group", texts=codes.GROUPS),
        Column("antwoorden", "answers"),
        Column("aandeel", "share"),
    ),
    closed=closed_survey.NPS_SHARES,
)
