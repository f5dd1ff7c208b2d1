"""What a survey says: NPS, CSAT and CES where the scale carries them, with their counts and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.surveys.scales import FIVE, FOUR, MARKS, SEVEN, TEN, Scale, scale_in
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey_whole import FITS, counted, whole_question

if TYPE_CHECKING:
    import numpy as np

_PER = ("alle", "segment", "kanaal")
_ALL = _PER[0]


# What the bars per group are of: the share of the answers at either end, and between them
_ENDS = {TEN: (6, 9), FIVE: (2, 4), SEVEN: (2, 6), FOUR: (2, 3), MARKS: (2, 9)}
_SHARES = ("deel hoogste", "deel midden", "deel laagste")


def _shares(scale: Scale | None, scores: Any) -> tuple[float | None, ...]:
    """The shares of the highest, the middle and the lowest answers; on 0 to 10 those of the NPS."""
    if scale not in _ENDS or not scores.size:
        return (None,) * len(_SHARES)
    low, high = _ENDS[scale]
    above, below = float((scores >= high).mean()), float((scores <= low).mean())
    return above, max(0.0, 1 - above - below), below


def _survey(context: Context) -> Made:
    groups: dict[tuple[str, str, str, str], dict[int | None, int]] = {}
    for question, scale, segment, channel, score, count in context.once(counted):
        for per, group in zip(_PER, (_ALL, segment, channel), strict=True):
            if group is not None:
                counts = groups.setdefault((question, scale or "", per, group), {})
                counts[score] = counts.get(score, 0) + count
    first = context.once(whole_question)
    order = sorted(groups, key=lambda key: (key[:2] != first, *key[:2], _PER.index(key[2]), key[3]))
    rows = [_row(key, groups[key]) for key in order]
    figures = dict.fromkeys(figure.name for figure in SURVEY.figures)
    whole = [(key, groups[key]) for key in order if key[2] == _ALL]
    overall = [one for one in whole if not one[0][0]]  # beside questions of their own: of everything together
    if len(whole) == 1 or len(overall) == 1:
        figures |= _figures(*(overall or whole)[0])
    elif whole:
        figures["enquete_bericht"] = (
            f"Er zijn {len(whole)} vragen of schalen: elk heeft een eigen rij, samen zijn ze geen cijfer."
        )
    return Made(rows, figures)


def _row(key: tuple[str, str, str, str], counts: dict[int | None, int]) -> Row:
    question, named, per, group = key
    scores, scale = scores_of(counts), scale_in(named)
    found = [measure(name, scale, scores) for name in FITS]
    return (
        question,
        named,
        per,
        group,
        int(scores.size),
        counts.get(None, 0),
        float(scores.mean()) if scores.size else None,
        *(value for value, _, _ in found),
        *(limit for _, *limits in found for limit in limits),
        what_fits(scale),
        *_shares(scale, scores),
    )


def _figures(key: tuple[str, str, str, str], counts: dict[int | None, int]) -> dict[str, Any]:
    row = dict(zip(SURVEY.headers, _row(key, counts), strict=True))
    return {figure: row[header] for figure, header in _SHOWN.items()}


def scores_of(counts: dict[int | None, int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Every answer that is a score, as often as it was given."""
    import numpy as np

    known = [(score, count) for score, count in counts.items() if score is not None]
    return np.repeat(
        np.array([float(score) for score, _ in known]), np.array([count for _, count in known], dtype=int)
    )


def measure(name: str, scale: Scale | None, scores: Any) -> tuple[float | None, float | None, float | None]:
    """A measure of scores on a scale with its limits; None where it does not fit, or there is no answer."""
    from klantwaarde_xl.kernels.measures import Measure, estimate, scored, summed

    if scale is None or scale not in FITS[name] or not scores.size:
        return None, None, None
    one = scored(scores, Measure[name], scale.high)
    found = estimate(one, summed(one.values))
    return found.value, found.low, found.high


def what_fits(scale: Scale | None) -> str:
    """Say in Dutch which measures a scale carries, and why not the others.

    scale: None where nobody answered. A mark from 1 to 10 gives no NPS: detractors are 0 to 6 of eleven
    answers, and one answer less moves the line; who asked from 0 to 10 and got no 0 says so.
    """
    if scale is None:
        return "Er is geen enkel antwoord."
    if scale == TEN:
        return "NPS past, als de vraag was of men u aanbeveelt. Voor CSAT hoort de schaal bij 1 te beginnen."
    refused = f"Antwoorden van {scale.low} tot en met {scale.high} zijn geen NPS-schaal (0 tot en met 10); "
    if scale == MARKS:
        return f"{refused}gebruik CSAT. Was 0 ook een antwoord, lees dan opnieuw met --schaal 0-10."
    if scale == SEVEN:
        return f"{refused}gebruik CSAT, of CES als de vraag was hoe makkelijk het ging."
    if scale == FOUR:
        return f"{refused}gebruik het gemiddelde en de verdeling, want CSAT vraagt 5, 7 of 10 antwoorden."
    return f"{refused}gebruik CSAT."


def _answers(context: Context) -> Made:
    """How often each answer was given: every answer of the scale has its row."""
    given: dict[tuple[str, str], dict[int, int]] = {}
    for question, named, _, _, score, count in context.once(counted):
        if score is not None:
            counts = given.setdefault((question, named), {})
            counts[int(score)] = counts.get(int(score), 0) + count
    rows: list[Row] = []
    first = context.once(whole_question)
    for (question, named), counts in sorted(given.items(), key=lambda one: (one[0] != first, one[0])):
        low, high = scale_in(named) or Scale(min(counts), max(counts))
        total = sum(counts.values())
        rows += [
            (question, named, score, counts.get(score, 0), counts.get(score, 0) / total)
            for score in range(low, high + 1)
        ]
    return Made(rows)


# Which header each figure is of
_SHOWN = {
    "enquete_schaal": "schaal",
    "enquete_antwoorden": "antwoorden",
    "enquete_leeg": "geen antwoord",
    "enquete_gemiddelde": "gemiddelde",
    **{f"enquete_{name.casefold()}": name for name in FITS},
    **{f"enquete_{name.casefold()}_{end}": f"{name} {end}" for name in FITS for end in ("laag", "hoog")},
    "enquete_bericht": "wat past",
}
QUESTION = Column("vraag", "tekst", "Leeg is het oordeel over het geheel, of de enige vraag.")
SCALE = Column("schaal", "tekst", "Van het laagste tot het hoogste antwoord.")

SURVEY = Result(
    name="enqueteuitkomst",
    title="Uitkomst van de enquête",
    compute=_survey,
    table="tblEnqueteUitkomst",
    columns=(
        QUESTION,
        SCALE,
        Column("per", "tekst", "Alle antwoorden, of die van een segment of kanaal."),
        Column("groep", "tekst"),
        Column("antwoorden", "aantal"),
        Column("geen antwoord", "aantal", "Leeg of niet van toepassing; telt nergens in mee."),
        Column("gemiddelde", "getal", "Op de schaal zelf."),
        Column("NPS", "getal", "Punten, van -100 tot 100; alleen van antwoorden van 0 tot en met 10."),
        Column("CSAT", "procent", "Deel van de twee hoogste antwoorden; van 1 t/m 5, 7 of 10."),
        Column("CES", "getal", "Gemiddeld gemak; alleen van antwoorden van 1 tot en met 7."),
        *(
            Column(
                f"{name} {end}",
                number,
                "Tussen laag en hoog ligt die van alle klanten (95%), ook bij weinig antwoorden.",
            )
            for name, number in (("NPS", "getal"), ("CSAT", "procent"), ("CES", "getal"))
            for end in ("laag", "hoog")
        ),
        Column("wat past", "tekst", "Welke maat bij deze schaal hoort.", wraps=True),
        Column("deel hoogste", "procent", "Op 0 t/m 10 de promotors, anders de twee hoogste antwoorden."),
        Column("deel midden", "procent", "Op 0 t/m 10 wie 7 of 8 gaf."),
        Column("deel laagste", "procent", "Op 0 t/m 10 de criticasters, anders de twee laagste antwoorden."),
    ),
    key=("vraag", "schaal", "per", "groep"),
    figures=(
        Figure("enquete_schaal", "Schaal", "tekst"),
        Figure("enquete_antwoorden", "Antwoorden", "aantal"),
        Figure("enquete_leeg", "Geen antwoord", "aantal"),
        Figure("enquete_gemiddelde", "Gemiddelde score", "getal"),
        Figure("enquete_nps", "NPS", "getal", "Punten; leeg als de schaal geen NPS draagt."),
        Figure("enquete_nps_laag", "NPS, ondergrens (95%)", "getal"),
        Figure("enquete_nps_hoog", "NPS, bovengrens (95%)", "getal"),
        Figure("enquete_csat", "CSAT", "procent", "Deel van de twee hoogste antwoorden."),
        Figure("enquete_csat_laag", "CSAT, ondergrens (95%)", "procent"),
        Figure("enquete_csat_hoog", "CSAT, bovengrens (95%)", "procent"),
        Figure("enquete_ces", "CES", "getal", "Gemiddeld gemak, 1 tot 7."),
        Figure("enquete_ces_laag", "CES, ondergrens (95%)", "getal"),
        Figure("enquete_ces_hoog", "CES, bovengrens (95%)", "getal"),
        Figure("enquete_bericht", "Melding over de enquête", "tekst", "Welke maat bij de schaal past."),
    ),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("groep", "groepen"),
)
ANSWERS = Result(
    name="antwoorden",
    title="Verdeling van de antwoorden",
    compute=_answers,
    table="tblAntwoorden",
    columns=(
        QUESTION,
        SCALE,
        Column("score", "aantal"),
        Column("antwoorden", "aantal"),
        Column("deel", "procent", "Deel van alle antwoorden op de vraag."),
    ),
    key=("vraag", "schaal", "score"),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("antwoord", "antwoorden"),
)
