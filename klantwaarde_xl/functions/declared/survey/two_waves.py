"""Declarations: two waves compared, of CSAT and CES, or of the same customers."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.closed import waves as closed_waves
from klantwaarde_xl.functions.declared.survey.arguments import (
    CONFIDENCE,
    FIRST,
    GROUP,
    MEASURE,
    SCALE,
    SECOND,
    measure_failures,
)
from klantwaarde_xl.functions.declared.survey.satisfaction import (
    CES_SUMMARY,
    CSAT_SCALE,
    CSAT_SUMMARY,
    STATEMENT,
)
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.kernels import waves
from klantwaarde_xl.wording import codes

NUM, DIV0, VALUE = CellError.NUM, CellError.DIV0, CellError.VALUE

_VERDICT = Column("oordeel", "verdict", texts=codes.DIFFERENCES)
_CHANGE = (
    Column("eerst", "before"),
    Column("later", "after"),
    Column("verschil", "change"),
    Column("ondergrens", "low"),
    Column("bovengrens", "high"),
    Column("p-waarde", "p_value"),
    _VERDICT,
)
_CHANGE_HEADERS = tuple(column.header for column in _CHANGE)
_BEFORE = Arg("scores_eerst", "before", "Antwoorden van de eerste meting.", "score", Kind.NUMBERS)
_AFTER = Arg("scores_later", "after", "Antwoorden van de latere meting.", "score", Kind.NUMBERS)
_TEXT = "er staat tekst tussen de scores"
_NO_ANSWERS = "een meting heeft geen antwoorden"
_CONFIDENCE = "de zekerheid ligt niet tussen 0 en 1"
_SATISFIED = ((5,) * 1 + (2,) * 33, (5,) * 7 + (2,) * 27)
_EASY = ((7, 5, 6, 4, 3, 5, 2, 6, 5, 4, 6, 5), (7, 6, 7, 6, 5, 7, 6, 7, 4, 6, 7, 6))

CSAT_VERSCHIL = Spec(
    name="CSAT_VERSCHIL",
    kernel=waves.csat_change,
    group=GROUP,
    doc="Vergelijkt de CSAT van twee metingen onder verschillende klanten: verschil, de grenzen "
    "waartussen het ligt, p-waarde (kans op zo'n verschil door toeval) en het oordeel. Ook goed bij "
    "weinig antwoorden.",
    unit="tabel",
    sources=("D27", "D29"),
    args=(_BEFORE, _AFTER, CSAT_SCALE, CONFIDENCE, CSAT_SUMMARY),
    examples=(
        Example(
            _SATISFIED,
            (
                _CHANGE_HEADERS,
                (
                    0.029411764705882353,
                    0.20588235294117646,
                    0.1764705882352941,
                    0.011611670142613967,
                    0.3217216631907194,
                    0.03514006657909285,
                    "gestegen",
                ),
            ),
            "Agresti en Caffo: 1 van 34 en 7 van 34 geeft 0,0116 tot 0,3217 (R, PropCIs)",
        ),
        Example(
            (*_SATISFIED, None, 0.99),
            (
                _CHANGE_HEADERS,
                (
                    0.029411764705882353,
                    0.20588235294117646,
                    0.1764705882352941,
                    -0.03711014089648568,
                    0.370443474229819,
                    0.03514006657909285,
                    "geen aantoonbaar verschil",
                ),
            ),
            "met 99% zekerheid kan het nog toeval zijn",
        ),
        Example(
            (*_SATISFIED, None, None, "gemiddelde"),
            (
                _CHANGE_HEADERS,
                (
                    2.088235294117647,
                    2.6176470588235294,
                    0.5294117647058822,
                    0.04903502129538112,
                    0.9509649787046188,
                    0.029774460841846664,
                    "gestegen",
                ),
            ),
            "het gemiddelde op de schaal van 5",
        ),
    ),
    failures=(
        Failure(DIV0, _NO_ANSWERS, ((5, 4), (None, None))),
        Failure(NUM, "een score ligt buiten de schaal", ((5, 4), (6, 4))),
        Failure(NUM, "een score is geen geheel getal", ((5, 4), (4.5, 4))),
        Failure(NUM, "de schaal is geen 5, 7 of 10", ((4, 3), (4, 2), 4, None, "gemiddelde")),
        Failure(NUM, _CONFIDENCE, ((5, 4), (3, 4), 5, 95)),
        Failure(NUM, "wijze is geen 0 of 1", ((5, 4), (3, 4), 5, 0.9, 2)),
        Failure(VALUE, _TEXT, ((5, 4), (3, "goed"))),
    ),
    columns=_CHANGE,
    closed=closed_waves.CSAT_CHANGE,
)

CES_VERSCHIL = Spec(
    name="CES_VERSCHIL",
    kernel=waves.ces_change,
    group=GROUP,
    doc="Vergelijkt de CES van twee metingen onder verschillende klanten: verschil, de grenzen waartussen "
    "het ligt, p-waarde en het oordeel over het cijfer. Bij de vraag naar moeite is een hoger gemiddelde "
    "slechter.",
    unit="tabel",
    sources=("D27", "D29"),
    args=(_BEFORE, _AFTER, STATEMENT, CONFIDENCE, CES_SUMMARY),
    examples=(
        Example(
            _EASY,
            (
                _CHANGE_HEADERS,
                (
                    4.833333333333333,
                    6.166666666666667,
                    1.333333333333334,
                    0.08988076541366463,
                    2.19583352030062,
                    0.03339814633921815,
                    "gestegen",
                ),
            ),
            "twaalf antwoorden per meting",
        ),
        Example(
            (*_EASY, None, None, "aandeel"),
            (
                _CHANGE_HEADERS,
                (
                    0.6666666666666666,
                    0.9166666666666666,
                    0.25,
                    -0.09651397995042782,
                    0.5250854085218561,
                    0.1765904347270218,
                    "geen aantoonbaar verschil",
                ),
            ),
            "deel voor wie het makkelijk was: 8 en 11 van 12",
        ),
        Example(
            ((1, 2, 2, 3), (4, 5, 3, 5), "moeite"),
            (
                _CHANGE_HEADERS,
                (2.0, 4.25, 2.25, 0.18656954390538916, 2.813430456094611, 0.025196805407310018, "gestegen"),
            ),
            "meer moeite: het gemiddelde steeg",
        ),
    ),
    failures=(
        Failure(DIV0, _NO_ANSWERS, ((5, 4), (None, None))),
        Failure(NUM, "een score ligt buiten de schaal van de vraag", ((5, 4), (6, 4), "moeite")),
        Failure(NUM, "een score is geen geheel getal", ((5, 4), (4.5, 4))),
        Failure(NUM, "vraag is geen 1 of 2", ((5, 4), (3, 4), 3)),
        Failure(NUM, _CONFIDENCE, ((5, 4), (3, 4), None, 0)),
        Failure(NUM, "wijze is geen 0 of 1", ((5, 4), (3, 4), None, 0.9, 2)),
        Failure(VALUE, _TEXT, ((5, 4), (3, "goed"))),
    ),
    columns=_CHANGE,
    closed=closed_waves.CES_CHANGE,
)

_TWICE = ((9, 3, 8, 10, None, 7, 6, 8, 5, 7, 10, 9, 4), (9, 6, 9, 10, 3, 9, 8, 9, 7, 8, 10, None, 6))

_PAIRED = (
    *_CHANGE,
    Column("klanten", "pairs"),
    Column("maar een keer", "left_out"),
)
_PAIRED_HEADERS = tuple(column.header for column in _PAIRED)

VERSCHIL_GEPAARD = Spec(
    name="VERSCHIL_GEPAARD",
    kernel=waves.paired_change,
    group=GROUP,
    doc="Vergelijkt twee metingen onder dezelfde klanten, per rij een klant (gepaard): omdat ieder met "
    "zichzelf wordt vergeleken, valt een verschil eerder op. Voor NPS, CSAT, CES en gemiddelden.",
    unit="tabel",
    sources=("D12", "D27", "D29"),
    args=(FIRST, SECOND, MEASURE, SCALE, CONFIDENCE),
    examples=(
        Example(
            _TWICE,
            (
                _PAIRED_HEADERS,
                (
                    -9.090909090909092,
                    36.36363636363637,
                    45.45454545454546,
                    1.2554565649424276,
                    70.17311486362902,
                    0.04221723419459747,
                    "gestegen",
                    11.0,
                    2.0,
                ),
            ),
            "elf klanten antwoordden twee keer, twee maar een keer",
        ),
        Example(
            (*_TWICE, "nps", None, 0.99),
            (
                _PAIRED_HEADERS,
                (
                    -9.090909090909092,
                    36.36363636363637,
                    45.45454545454546,
                    -9.57229229887755,
                    81.000863727449,
                    0.04221723419459747,
                    "geen aantoonbaar verschil",
                    11.0,
                    2.0,
                ),
            ),
            "met 99% zekerheid kan het nog toeval zijn",
        ),
        Example(
            ((3, 4, 2, 5, 3), (4, 5, 4, 5, 4), "gemiddelde"),
            (
                _PAIRED_HEADERS,
                (
                    3.4,
                    4.4,
                    1.0000000000000004,
                    -0.296358863172401,
                    1.7249302917438298,
                    0.16598242643710873,
                    "geen aantoonbaar verschil",
                    5.0,
                    0.0,
                ),
            ),
            "gemiddelde op de schaal van 5",
        ),
    ),
    failures=(
        Failure(DIV0, "geen enkele klant heeft twee scores", ((9, None), (None, 8))),
        Failure(NUM, "een score ligt buiten de schaal", ((9, 11), (8, 7))),
        Failure(NUM, "een score is geen geheel getal", ((9, 7.5), (8, 7))),
        *measure_failures(shown=((5, 4), (4, 3))),
        Failure(VALUE, "de kolommen zijn niet even lang", ((9, 8, 7), (8, 7))),
        Failure(VALUE, _TEXT, ((9, "goed"), (8, 7))),
    ),
    columns=_PAIRED,
)
