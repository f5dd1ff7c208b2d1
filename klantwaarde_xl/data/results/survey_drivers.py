"""Which aspects of a survey go with its overall score, judged by the same respondent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from klantwaarde_xl.data.reading.surveys.scales import TEN, scale_in
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey_whole import NAMED, is_named, name_of_whole

if TYPE_CHECKING:
    from klantwaarde_xl.kernels.drivers import Drivers

# A row of a questionnaire is a respondent; in a list of answers that is who answered on the same day.
# Of who answered a question twice nobody knows which belongs to the rest
_RESPONDENTS = """
    with seen as (select * from enquete where (datum is null or datum <= $day) and schaal is not null),
    wide as (select count(*) > count(distinct rij) as is_wide from seen),
    known as (
      select coalesce(vraag, '') as vraag, schaal, score, klant, datum,
        case when is_wide or klant is null then rij end as plaats
      from seen, wide
    )
    select klant, datum, plaats, vraag, schaal, any_value(score) from known where score is not null
    group by all having count(*) = 1 order by all"""
_LEAST = 0.5  # of the respondents judge an aspect, or it is left out: each blank costs a whole row
_NO_OVERALL = (
    "Er is geen oordeel over het geheel naast de aspecten: drijfveren vragen een NPS-vraag of een algemeen "
    "cijfer in dezelfde enquête."
)
_NO_ASPECTS = "Naast het oordeel over het geheel zijn er geen aspecten die minstens de helft beoordeelde."


class _Judged(NamedTuple):
    """Questionnaires with a score of the whole, the scale of each question, and the aspects to compare."""

    question: str
    whole: list[dict[str, float]]
    scales: dict[str, str]
    aspects: list[str]
    left_out: list[str]


def _judged(context: Context) -> _Judged:
    from klantwaarde_xl.kernels.drivers import MOST_ASPECTS

    respondents: dict[Any, dict[str, float]] = {}
    scales: dict[str, str] = {}
    for *who, question, scale, score in context.rows("enquete", _RESPONDENTS, day=context.day):
        respondents.setdefault(tuple(who), {})[question] = score
        scales[question] = scale if scales.get(question, scale) == scale else ""  # asked in two ways
    overall = name_of_whole(context)
    whole = [one for one in respondents.values() if overall in one]
    asked = Counter(name for one in whole for name in one if name != overall and scales[name])
    aspects = [name for name in asked if not any(is_named(name, measure) for measure in NAMED)]
    if aspects:  # beside these, what asks for the whole in another way is none
        asked = Counter({name: asked[name] for name in aspects})
    often = [name for name, count in asked.most_common(MOST_ASPECTS) if count >= _LEAST * len(whole)]
    return _Judged(overall, whole, scales, often, sorted(set(asked) - set(often)))


def _drivers(context: Context) -> Made:
    import numpy as np

    from klantwaarde_xl.errors import FunctionError
    from klantwaarde_xl.kernels.drivers import score_drivers
    from klantwaarde_xl.kernels.measures import Measure

    judged = _judged(context)
    overall = scale_in(judged.scales.get(judged.question, ""))
    if not judged.whole or overall is None:
        return _none(_NO_OVERALL)
    if not judged.aspects:
        return _none(_NO_ASPECTS)
    ratings = np.array([[one.get(name, np.nan) for name in judged.aspects] for one in judged.whole])
    scores = np.array([one[judged.question] for one in judged.whole])
    measure = Measure.NPS if overall == TEN else Measure.MEAN
    try:
        found = score_drivers(ratings, scores, measure, overall.high)
    except FunctionError as error:
        return _none(f"{error.what} {error.remedy}".strip())
    left = ", ".join(judged.left_out)
    figures = {
        "drijfveren_maat": "NPS" if overall == TEN else "gemiddelde",
        "drijfveren_antwoorden": int(found.answers[0]),
        "drijfveren_verklaard": float(found.explained.sum()),
        "drijfveren_bericht": f"Minder vaak beoordeeld, en daarom weggelaten: {left}." if left else None,
    }
    return Made(_rows(judged, found), figures)


def _rows(judged: _Judged, found: Drivers) -> list[Row]:
    from klantwaarde_xl.wording.codes import EVIDENCE

    figures = (
        found.mean, found.correlation, found.effect, found.low, found.high, found.explained, found.share
    )  # fmt: skip
    rows: list[Row] = []
    for at, aspect in enumerate(found.aspect.tolist()):
        name = judged.aspects[aspect]
        shown = [None if column[at] != column[at] else float(column[at]) for column in figures]
        verdict = EVIDENCE[int(found.evidence[at])]
        rows.append((name, judged.scales[name], *shown[:2], verdict, *shown[2:]))
    return rows


def _none(message: str) -> Made:
    return Made(
        (), dict.fromkeys((one.name for one in DRIVERS.figures), None) | {"drijfveren_bericht": message}
    )


DRIVERS = Result(
    name="drijfveren",
    title="Wat samengaat met de score",
    compute=_drivers,
    table="tblDrijfveren",
    columns=(
        Column("aspect", "tekst"),
        Column("schaal", "tekst", "Van het laagste tot het hoogste antwoord."),
        Column("gemiddelde", "getal", "Van wie ook over het geheel oordeelde."),
        Column("samenhang", "getal", "Correlatie met de score, van -1 tot 1."),
        Column("oordeel", "tekst", "Of die meer is dan toeval; voor alle aspecten samen met 95% zekerheid."),
        Column("effect per punt", "getal", "Van een punt erbij op dit aspect, bij gelijke andere aspecten."),
        Column("laag", "getal", "Tussen laag en hoog ligt het effect bij alle klanten (95%)."),
        Column("hoog", "getal"),
        Column("verklaard", "procent", "Deel van de verschillen in score, eerlijk verdeeld (Shapley)."),
        Column(
            "aandeel", "procent", "Deel van wat alle aspecten samen verklaren. Onder 100 antwoorden grof."
        ),
    ),
    key=("aspect",),
    figures=(
        Figure("drijfveren_maat", "Maat van de score", "tekst"),
        Figure("drijfveren_antwoorden", "Enquêtes met elk aspect", "aantal"),
        Figure(
            "drijfveren_verklaard", "Samen verklaard", "procent", "Deel van de verschillen in score (R²)."
        ),
        Figure("drijfveren_bericht", "Melding over de drijfveren", "tekst"),
    ),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("aspect", "aspecten"),
)
