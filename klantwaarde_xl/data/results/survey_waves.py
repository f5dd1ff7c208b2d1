"""A survey that comes back: each question per quarter with its limits, and where it goes."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from klantwaarde_xl.data.reading.surveys.scales import FIVE, MARKS, TEN, Scale, scale_in
from klantwaarde_xl.data.results import Column, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey import QUESTION, SCALE
from klantwaarde_xl.data.results.survey_whole import whole_question

if TYPE_CHECKING:
    import numpy as np

# An answer without a date is of no quarter
_BY_QUARTER = """
    select coalesce(vraag, ''), schaal, cast(date_trunc('quarter', datum) as date), score, count(*)
    from enquete where datum <= $day and score is not null and schaal is not null group by all order by all"""
_MONTHS = 3
# What a question is followed by: the field's measure where the scale has one, else the mean
MEASURES = {TEN: "NPS", FIVE: "CSAT", MARKS: "CSAT"}
NAMES = {"NPS": "NPS", "CSAT": "CSAT", "MEAN": "gemiddelde"}


class _Followed(NamedTuple):
    """A question with its scale: the quarters from its first answer to its last, and that of each answer."""

    question: str
    scale: Scale
    quarters: list[dt.date]
    waves: np.ndarray[Any, np.dtype[np.intp]]
    scores: np.ndarray[Any, np.dtype[np.float64]]

    @property
    def measure(self) -> str:
        """The measure by which it is followed, as `kernels.measures` calls it."""
        return MEASURES.get(self.scale, "MEAN")

    @property
    def head(self) -> tuple[str, str, str]:
        """The first columns of its rows."""
        return self.question, str(self.scale), NAMES[self.measure]


def _followed(context: Context) -> list[_Followed]:
    import numpy as np

    made = []
    first = context.once(whole_question)
    counted = context.rows("enquete", _BY_QUARTER, day=context.day)
    counted.sort(key=lambda row: row[:2] != first)
    for (question, named), rows in groupby(counted, key=lambda row: row[:2]):
        scale = scale_in(named)
        if scale is None:
            continue
        _, _, days, scores, counts = zip(*rows, strict=True)
        quarters = _quarters(min(days), max(days))
        places = np.array([quarters.index(day) for day in days], dtype=np.intp)
        made.append(
            _Followed(
                question, scale, quarters, np.repeat(places, counts), np.repeat(np.array(scores), counts)
            )
        )
    return made


def _quarters(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first day of every quarter from one to another."""
    found = [first]
    while found[-1] < last:
        months = found[-1].year * 12 + found[-1].month - 1 + _MONTHS
        found.append(dt.date(months // 12, months % 12 + 1, 1))
    return found


def _shown(value: float) -> float | None:
    """A figure, or nothing where there is none."""
    return None if value != value else float(value)


def _waves(context: Context) -> Made:
    from klantwaarde_xl.kernels.measures import Measure
    from klantwaarde_xl.kernels.waves import survey_waves
    from klantwaarde_xl.wording.codes import DIFFERENCES

    rows: list[Row] = []
    for one in context.once(_followed):
        table = survey_waves(one.waves, one.scores, Measure[one.measure], one.scale.high)
        for at, quarter in enumerate(one.quarters):
            verdict = _shown(table.verdict[at])
            figures = (table.value, table.low, table.high, table.answers, table.change)
            word = None if verdict is None else DIFFERENCES[int(verdict)]
            shown = (_shown(column[at]) for column in figures)
            rows.append((*one.head, quarter, *shown, word, *_compared_by(one, at)))
    return Made(rows)


def _compared_by(one: _Followed, at: int) -> tuple[float | None, ...]:
    """What any two quarters are compared by: adjusted value, its standard error, the spread of answers."""
    from klantwaarde_xl.kernels.measures import Measure, scored, settled, summed

    answers = one.scores[one.waves == at]
    if not answers.size:
        return None, None, None
    found = scored(answers, Measure[one.measure], one.scale.high)
    value, error = settled(summed(found.values), found.added)
    return float(value), float(error), float(found.values.std())


def _trends(context: Context) -> Made:
    from klantwaarde_xl.errors import NotAvailable
    from klantwaarde_xl.kernels.measures import Measure
    from klantwaarde_xl.kernels.waves import survey_trend
    from klantwaarde_xl.wording.codes import DIFFERENCES

    rows: list[Row] = []
    for one in context.once(_followed):
        try:
            found = survey_trend(one.waves, one.scores, Measure[one.measure], one.scale.high)
        except NotAvailable:  # one quarter only
            rows.append((*one.head, None, None, None, 1, int(one.scores.size), None))
            continue
        figures = (found.slope, found.low, found.high)
        word = DIFFERENCES[int(found.verdict[0])]
        counts = int(found.waves[0]), int(found.answers[0])
        rows.append((*one.head, *(float(column[0]) for column in figures), *counts, word))
    return Made(rows)


_MEASURE = Column(
    "maat", "tekst", "Op 0 tot en met 10 de NPS, op 1 t/m 5 en 1 t/m 10 de CSAT, anders het gemiddelde."
)

WAVES = Result(
    name="enquetemetingen",
    title="Enquête per kwartaal",
    compute=_waves,
    table="tblEnqueteMetingen",
    columns=(
        QUESTION,
        SCALE,
        _MEASURE,
        Column("kwartaal", "datum", "De eerste dag; antwoorden zonder datum tellen hier niet mee."),
        Column("waarde", "getal", "NPS in punten, CSAT als deel van 1, gemiddelde op de schaal."),
        Column("laag", "getal", "Tussen laag en hoog ligt die van alle klanten (95%)."),
        Column("hoog", "getal"),
        Column("antwoorden", "aantal"),
        Column("verschil", "getal", "Met het vorige kwartaal waarin iemand antwoordde."),
        Column("oordeel", "tekst", "Alle oordelen van een vraag kloppen samen met 95% zekerheid."),
        Column("bijgesteld", "getal", "Waarmee twee kwartalen zijn te vergelijken (Agresti en Min)."),
        Column("standaardfout", "getal", "Hoe ver die waarde er door toeval naast kan zitten."),
        Column("spreiding", "getal", "Hoezeer antwoorden verschillen (standaardafwijking)."),
    ),
    key=("vraag", "schaal", "kwartaal"),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("kwartaal", "kwartalen"),
)
TREND = Result(
    name="enquetetrend",
    title="Trend van de enquête",
    compute=_trends,
    table="tblEnqueteTrend",
    columns=(
        QUESTION,
        SCALE,
        _MEASURE,
        Column("per kwartaal", "getal", "Hoeveel de maat per kwartaal stijgt of daalt, over alle kwartalen."),
        Column("laag", "getal", "Tussen laag en hoog ligt het bij alle klanten (95%)."),
        Column("hoog", "getal"),
        Column("kwartalen", "aantal", "Waarin iemand antwoordde; van een is er geen trend."),
        Column("antwoorden", "aantal"),
        Column("oordeel", "tekst", "Of het meer is dan toeval in wie er antwoordde."),
    ),
    key=("vraag", "schaal"),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("vraag", "vragen"),
)
