"""Declarations: satisfaction (CSAT) and effort (CES), part of the survey functions."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import survey as closed_survey
from klantwaarde_xl.functions.declared.survey.nps import CONFIDENCE, GROUP
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Native, Spec, choices
from klantwaarde_xl.kernels import survey

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE

_SCORES = Arg(
    "scores",
    "scores",
    "Bereik met de antwoorden, hele getallen vanaf 1; lege cellen tellen niet mee.",
    "1 t/m de schaal",
    Kind.NUMBERS,
)
CSAT_SCALE = Arg(
    "schaal", "scale", "Hoogste antwoord van de schaal, die bij 1 begint: 5, 7 of 10.", "5, 7 of 10"
)
CSAT_SUMMARY = Arg(
    "wijze",
    "summary",
    "Hoe de antwoorden een cijfer worden.",
    kind=Kind.CHOICE,
    choices=choices(
        survey.Summary,
        SHARE=("aandeel", "deel met een van de twee hoogste scores, meest gebruikt, standaard"),
        MEAN=("gemiddelde", "gemiddelde score op de schaal zelf"),
    ),
)
STATEMENT = Arg(
    "vraag",
    "statement",
    "Welke vraag is gesteld; de schalen lopen tegengesteld.",
    kind=Kind.CHOICE,
    choices=choices(
        survey.Statement,
        EASE=("makkelijk", "CES 2.0, eens met 'het ging makkelijk', 1-7, hoog is goed, standaard"),
        EFFORT=("moeite", "CES 1.0, 'hoeveel moeite', 1-5, laag is goed"),
    ),
)
CES_SUMMARY = Arg(
    "wijze",
    "summary",
    "Hoe de antwoorden een cijfer worden.",
    kind=Kind.CHOICE,
    choices=choices(
        survey.Summary,
        MEAN=("gemiddelde", "gemiddelde score, standaard"),
        SHARE=("aandeel", "deel voor wie het makkelijk was: 5-7 van 7, of 1-2 van 5"),
    ),
)


def _is_off_scale(top: str, highest: int) -> str:
    """Condition: a score is no whole number from 1 to top, which is at most highest.

    Each score counted; the empty sum passes an error on.
    """
    counted = "+".join(f"COUNTIF({{scores}},{k})*({k}<={top})" for k in range(1, highest + 1))
    return f"{counted}+0*SUM({{scores}})<>COUNT({{scores}})"


_NO_SCORES = Failure(DIV0, "er zijn geen antwoorden", ((None, None),))
_BROKEN_SCORE = Failure(NUM, "een score is geen geheel getal", ((4, 3.5),))
_TEXT = Failure(VALUE, "er staat tekst tussen de scores", ((4, "goed"),))
_OUTSIDE = (
    Failure(NUM, "een score ligt buiten de schaal", ((4, 6),)),
    Failure(NUM, "een score ligt onder 1", ((4, 0),)),
    Failure(NUM, "de schaal is geen 5, 7 of 10", ((4, 5), 6)),
)

CSAT = Spec(
    name="CSAT",
    kernel=survey.csat,
    group=GROUP,
    doc="Klanttevredenheid: het deel van de antwoorden dat een van de twee hoogste scores is (4-5 van 5), of "
    "het gemiddelde. Tevredenheid is iets anders dan trouw of waarde.",
    unit="fractie of score",
    sources=("D27",),
    args=(
        _SCORES,
        CSAT_SCALE,
        CSAT_SUMMARY,
    ),
    examples=(
        Example(((5, 4, 3, 5, 2, 4, 5, 1, 4, 4),), 0.7, "7 van 10 antwoorden zijn 4 of 5"),
        Example(((5, 4, 3, 5, 2, 4, 5, 1, 4, 4), 5, "gemiddelde"), 3.7, "37 / 10"),
        Example(((9, 10, 8, None), 10), 2 / 3, "op 10 tellen alleen 9 en 10; lege cel overgeslagen"),
    ),
    failures=(
        _NO_SCORES,
        *_OUTSIDE,
        _BROKEN_SCORE,
        Failure(NUM, "wijze is geen 0 of 1", ((4, 5), 5, 2)),
        _TEXT,
    ),
    native=(
        Native(
            'IF({wijze}=1,SUM({scores}),COUNTIF({scores},">="&({schaal}-1)))/COUNT({scores})',
            num=f"OR(AND({{schaal}}<>5,{{schaal}}<>7,{{schaal}}<>10),{_is_off_scale('{schaal}', 10)})",
        ),
    ),
)

_INTERVAL_HEADERS = ("CSAT", "ondergrens", "bovengrens", "tevreden", "antwoorden")

CSAT_INTERVAL = Spec(
    name="CSAT_INTERVAL",
    kernel=survey.csat_interval,
    group=GROUP,
    doc="Deel tevreden klanten (de twee hoogste scores), of het gemiddelde, met de grenzen waartussen dat "
    "van alle klanten met deze zekerheid ligt. Ook goed bij weinig antwoorden: een deel volgens Wilson, "
    "een gemiddelde met twee antwoorden extra.",
    unit="tabel",
    sources=("D27",),
    args=(
        _SCORES,
        CSAT_SCALE,
        CONFIDENCE,
        CSAT_SUMMARY,
    ),
    examples=(
        Example(
            ((5, 4, 3, 5, 2, 4, 5, 1, 4, 4),),
            (_INTERVAL_HEADERS, (0.7, 0.39677814746114537, 0.892208732593699, 7.0, 10.0)),
            "7 van 10",
        ),
        Example(
            ((1,) * 20,),
            (_INTERVAL_HEADERS, (0.0, 0.0, 0.1611251580528193, 0.0, 20.0)),
            "Newcombe 1998, tabel I: 0 van 20 geeft 0 tot 0,1611",
        ),
        Example(
            ((5,) * 12, 5, None, "gemiddelde"),
            (_INTERVAL_HEADERS, (5.0, 4.252991687040642, 5.0, 12.0, 12.0)),
            "twaalf keer een 5 bewijst nog geen 5",
        ),
    ),
    failures=(
        _NO_SCORES,
        *_OUTSIDE,
        _BROKEN_SCORE,
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((4, 5), 5, 95)),
        Failure(NUM, "wijze is geen 0 of 1", ((4, 5), 5, 0.9, 2)),
        _TEXT,
    ),
    columns=(
        Column("CSAT", "value"),
        Column("ondergrens", "low"),
        Column("bovengrens", "high"),
        Column("tevreden", "good"),
        Column("antwoorden", "answers"),
    ),
    closed=closed_survey.CSAT_INTERVAL,
)

CES = Spec(
    name="CES",
    kernel=survey.ces,
    group=GROUP,
    doc="Customer Effort Score: hoeveel moeite het de klant kostte. Gemiddelde op de schaal van de vraag, of "
    "het deel voor wie het makkelijk ging.",
    unit="score of fractie",
    sources=("D27",),
    args=(
        _SCORES,
        STATEMENT,
        CES_SUMMARY,
    ),
    examples=(
        Example(((7, 6, 5, 4, 3),), 5.0, "25 / 5"),
        Example(((7, 6, 5, 4, 3), "makkelijk", "aandeel"), 0.6, "5, 6 en 7"),
        Example(((1, 2, 5, None), "moeite"), 8 / 3, "hoe lager hoe beter; lege cel overgeslagen"),
        Example(((1, 2, 5), "moeite", "aandeel"), 2 / 3, "1 en 2: weinig moeite"),
    ),
    failures=(
        _NO_SCORES,
        Failure(NUM, "een score ligt buiten 1 t/m 7", ((4, 8),)),
        Failure(NUM, "een score ligt bij de vraag naar moeite buiten 1 t/m 5", ((4, 6), "moeite")),
        Failure(NUM, "een score ligt onder 1", ((4, 0),)),
        _BROKEN_SCORE,
        Failure(NUM, "vraag is geen 1 of 2", ((4, 5), 3)),
        Failure(VALUE, 'vraag is niet "makkelijk" of "moeite"', ((4, 5), "snel")),
        _TEXT,
    ),
    native=(
        Native(
            "IF({wijze}=1,SUM({scores}),"
            'IF({vraag}=2,COUNTIF({scores},">=5"),COUNTIF({scores},"<=2")))/COUNT({scores})',
            num=_is_off_scale("({vraag}*2+3)", 7),  # 1 to 5 for question 1, 1 to 7 for question 2
        ),
    ),
)

_EFFORT_HEADERS = ("CES", "ondergrens", "bovengrens", "makkelijk", "antwoorden")
_TWELVE = (7, 5, 6, 4, 3, 5, 2, 6, 5, 4, 6, 5)

CES_INTERVAL = Spec(
    name="CES_INTERVAL",
    kernel=survey.ces_interval,
    group=GROUP,
    doc="Customer Effort Score met de grenzen waartussen die van alle klanten met deze zekerheid ligt. "
    "Ook goed bij weinig antwoorden: een gemiddelde met twee antwoorden extra, een deel volgens Wilson.",
    unit="tabel",
    sources=("D27",),
    args=(_SCORES, STATEMENT, CONFIDENCE, CES_SUMMARY),
    examples=(
        Example(
            (_TWELVE,),
            (_EFFORT_HEADERS, (4.833333333333333, 3.9366111206925085, 5.49196030787892, 8.0, 12.0)),
            "twaalf antwoorden",
        ),
        Example(
            (_TWELVE, None, 0.9, "aandeel"),
            (_EFFORT_HEADERS, (0.6666666666666666, 0.4314916133433483, 0.8405146550741595, 8.0, 12.0)),
            "8 van 12 vonden het makkelijk",
        ),
        Example(
            ((1, 1, 2, None), "moeite"),
            (_EFFORT_HEADERS, (1.3333333333333333, 1.0, 3.108723059479742, 3.0, 3.0)),
            "drie antwoorden zeggen nog weinig; lege cel overgeslagen",
        ),
    ),
    failures=(
        _NO_SCORES,
        Failure(NUM, "een score ligt buiten 1 t/m 7", ((4, 8),)),
        Failure(NUM, "een score ligt bij de vraag naar moeite buiten 1 t/m 5", ((4, 6), "moeite")),
        _BROKEN_SCORE,
        Failure(NUM, "vraag is geen 1 of 2", ((4, 5), 3)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", ((4, 5), None, 95)),
        Failure(NUM, "wijze is geen 0 of 1", ((4, 5), None, 0.9, 2)),
        _TEXT,
    ),
    columns=(
        Column("CES", "value"),
        Column("ondergrens", "low"),
        Column("bovengrens", "high"),
        Column("makkelijk", "good"),
        Column("antwoorden", "answers"),
    ),
    closed=closed_survey.CES_INTERVAL,
)
