"""Declarations: surveys that come back, each wave with its interval, and the trend over all."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.survey.arguments import (
    CONFIDENCE,
    GROUP,
    MEASURE,
    SCALE,
    SCORES,
    WAVE_NAMES,
    measure_failures,
)
from klantwaarde_xl.functions.spec import Column, Example, Failure, Spec
from klantwaarde_xl.kernels import waves
from klantwaarde_xl.wording import codes

NUM, DIV0, NA, VALUE = CellError.NUM, CellError.DIV0, CellError.NA, CellError.VALUE
_TEXT = "er staat tekst tussen de scores"

_NAMES = ("voorjaar",) * 8 + ("najaar",) * 8 + ("winter",) * 8
_WAVES = (9, 3, 6, 8, 5, 7, 10, 6, 9, 8, 7, 9, 6, None, 10, 8, 9, 10, 9, 8, 9, 10, 7, 9)
_NOTHING = Failure(NA, "er staan nog geen metingen in", ((None, None), (None, None)))
_NO_SCORES = Failure(DIV0, "er zijn geen antwoorden", (("a", "b"), (None, None)))
_ROWS = Failure(VALUE, "de kolommen zijn niet even lang", (("a", "b", "b"), (9, 8)))
_NO_NAME = Failure(VALUE, "bij een score staat geen meting", (("a", None), (9, 8)))
_TEXT_BETWEEN = Failure(VALUE, _TEXT, (("a", "b"), (9, "goed")))
_OUTSIDE = Failure(NUM, "een score ligt buiten de schaal", (("a", "b"), (9, 11)))

_PER_WAVE = (
    Column("meting", "wave", labels_of="metingen"),
    Column("waarde", "value", blank=True),
    Column("ondergrens", "low", blank=True),
    Column("bovengrens", "high", blank=True),
    Column("antwoorden", "answers"),
    Column("verschil", "change", blank=True),
    Column("oordeel", "verdict", texts=codes.DIFFERENCES, blank=True),
)
_WAVES_HEADERS = tuple(column.header for column in _PER_WAVE)

ENQUETEMETINGEN = Spec(
    name="ENQUETEMETINGEN",
    kernel=waves.survey_waves,
    group=GROUP,
    doc="NPS, CSAT, CES of gemiddelde per meting, met de grenzen waartussen dat van alle klanten ligt, en "
    "of het verschilt van de meting ervoor. De oordelen kloppen met deze zekerheid allemaal tegelijk.",
    unit="tabel",
    sources=("D12", "D27", "D29"),
    args=(WAVE_NAMES, SCORES, MEASURE, SCALE, CONFIDENCE),
    examples=(
        Example(
            (_NAMES, _WAVES),
            (
                _WAVES_HEADERS,
                ("voorjaar", -25.0, -65.78038667077078, 29.416750307134418, 8.0, "", ""),
                (
                    "najaar",
                    28.571428571428573,
                    -24.262218635694296,
                    64.2622186356943,
                    7.0,
                    53.57142857142857,
                    "geen aantoonbaar verschil",
                ),
                (
                    "winter",
                    75.0,
                    17.911353435911025,
                    91.17955565499807,
                    8.0,
                    46.42857142857143,
                    "geen aantoonbaar verschil",
                ),
            ),
            "acht antwoorden per meting zeggen nog weinig",
        ),
        Example(
            (("mei",) * 3 + ("juni",) * 3, (5, 4, 2, 5, 5, 4), "csat"),
            (
                _WAVES_HEADERS,
                ("mei", 0.6666666666666666, 0.20765960080204782, 0.9385080552796038, 3.0, "", ""),
                (
                    "juni",
                    1.0,
                    0.43850296824495466,
                    1.0,
                    3.0,
                    0.33333333333333337,
                    "geen aantoonbaar verschil",
                ),
            ),
            "drie antwoorden per maand",
        ),
    ),
    failures=(
        _NOTHING,
        _NO_SCORES,
        _OUTSIDE,
        *measure_failures(("a", "b"), shown=((5, 4),)),
        _ROWS,
        _NO_NAME,
        _TEXT_BETWEEN,
    ),
    columns=_PER_WAVE,
)

_TREND = (
    Column("per meting", "slope"),
    Column("ondergrens", "low"),
    Column("bovengrens", "high"),
    Column("p-waarde", "p_value"),
    Column("metingen", "waves"),
    Column("antwoorden", "answers"),
    Column("oordeel", "verdict", texts=codes.DIFFERENCES),
)
_TREND_HEADERS = tuple(column.header for column in _TREND)

ENQUETETREND = Spec(
    name="ENQUETETREND",
    kernel=waves.survey_trend,
    group=GROUP,
    doc="De trend over alle metingen: hoeveel NPS, CSAT, CES of gemiddelde per meting verandert, met de "
    "grenzen waartussen dat ligt, en of het meer is dan toeval. Een trend valt eerder op dan een verschil "
    "tussen twee.",
    unit="tabel",
    sources=("D12", "D27", "D29"),
    args=(WAVE_NAMES, SCORES, MEASURE, SCALE, CONFIDENCE),
    examples=(
        Example(
            (_NAMES, _WAVES),
            (
                _TREND_HEADERS,
                (50.0, 6.33164889068609, 66.39562383658665, 0.01763549926369235, 3.0, 23.0, "gestegen"),
            ),
            "drie metingen samen laten zien wat twee niet aantonen",
        ),
        Example(
            (_NAMES, _WAVES, None, None, 0.999),
            (
                _TREND_HEADERS,
                (
                    50.0,
                    -14.056197040988131,
                    86.78346976826086,
                    0.01763549926369235,
                    3.0,
                    23.0,
                    "geen aantoonbaar verschil",
                ),
            ),
            "met 99,9% zekerheid niet",
        ),
    ),
    failures=(
        _NOTHING,
        _NO_SCORES,
        Failure(NA, "er zijn antwoorden uit maar een meting", (("a", "a"), (9, 8))),
        _OUTSIDE,
        *measure_failures(("a", "b"), shown=((5, 4),)),
        _ROWS,
        _NO_NAME,
        _TEXT_BETWEEN,
    ),
    columns=_TREND,
)
