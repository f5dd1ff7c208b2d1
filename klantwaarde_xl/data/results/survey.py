"""What a survey says: NPS, CSAT and CES where the scale carries them, with their counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.scales import FIVE, FOUR, MARKS, SEVEN, TEN, Scale, scale_in
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context

if TYPE_CHECKING:
    import numpy as np

# An answer without a date is of any time
_COUNTED = """
    select coalesce(vraag, ''), schaal, segment, kanaal, score, count(*) from enquete
    where datum is null or datum <= $day group by all order by all"""
_PER = ("alle", "segment", "kanaal")
_ALL = _PER[0]


def _counted(context: Context) -> list[Row]:
    return context.rows("enquete", _COUNTED, day=context.day)


def _survey(context: Context) -> Made:
    groups: dict[tuple[str, str, str, str], dict[int | None, int]] = {}
    for question, scale, segment, channel, score, count in context.once(_counted):
        for per, group in zip(_PER, (_ALL, segment, channel), strict=True):
            if group is not None:
                counts = groups.setdefault((question, scale or "", per, group), {})
                counts[score] = counts.get(score, 0) + count
    order = sorted(groups, key=lambda key: (*key[:2], _PER.index(key[2]), key[3]))
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
    scores, scale = _scores(counts), scale_in(named)
    return (
        question,
        named,
        per,
        group,
        int(scores.size),
        counts.get(None, 0),
        float(scores.mean()) if scores.size else None,
        *(_measure(name, scale, scores) for name in _FITS),
        what_fits(scale),
    )


def _figures(key: tuple[str, str, str, str], counts: dict[int | None, int]) -> dict[str, Any]:
    from klantwaarde_xl.kernels.nps import nps_interval

    row = _row(key, counts)
    names = ("schaal", "antwoorden", "leeg", "gemiddelde", "nps", "csat", "ces", "bericht")
    figures = dict(zip((f"enquete_{name}" for name in names), (row[1], *row[4:]), strict=True))
    if figures["enquete_nps"] is not None:
        interval = nps_interval(_scores(counts))
        figures |= {"enquete_nps_laag": float(interval.low[0]), "enquete_nps_hoog": float(interval.high[0])}
    return figures


def _scores(counts: dict[int | None, int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    import numpy as np

    known = [(score, count) for score, count in counts.items() if score is not None]
    return np.repeat(
        np.array([float(score) for score, _ in known]), np.array([count for _, count in known], dtype=int)
    )


def _nps(scores: Any, scale: Scale) -> float:
    from klantwaarde_xl.kernels.nps import nps

    return nps(scores)


def _csat(scores: Any, scale: Scale) -> float:
    from klantwaarde_xl.kernels.survey import csat

    return csat(scores, scale.high)


def _ces(scores: Any, scale: Scale) -> float:
    from klantwaarde_xl.kernels.survey import ces

    return ces(scores)


_FITS: dict[str, tuple[tuple[Scale, ...], Callable[[Any, Scale], float]]] = {
    "NPS": ((TEN,), _nps),
    "CSAT": ((FIVE, SEVEN, MARKS), _csat),
    "CES": ((SEVEN,), _ces),
}


def _measure(name: str, scale: Scale | None, scores: Any) -> float | None:
    """A measure of scores on a scale; None where it does not fit, or there is no answer."""
    scales, compute = _FITS[name]
    return compute(scores, scale) if scale in scales and scale is not None and scores.size else None


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
    for question, named, _, _, score, count in context.once(_counted):
        if score is not None:
            counts = given.setdefault((question, named), {})
            counts[int(score)] = counts.get(int(score), 0) + count
    rows: list[Row] = []
    for (question, named), counts in sorted(given.items()):
        low, high = scale_in(named) or Scale(min(counts), max(counts))
        total = sum(counts.values())
        rows += [
            (question, named, score, counts.get(score, 0), counts.get(score, 0) / total)
            for score in range(low, high + 1)
        ]
    return Made(rows)


_QUESTION = Column("vraag", "tekst", "Leeg is het oordeel over het geheel, of de enige vraag.")
_SCALE = Column("schaal", "tekst", "Van het laagste tot het hoogste antwoord.")

SURVEY = Result(
    name="enqueteuitkomst",
    title="Uitkomst van de enquête",
    compute=_survey,
    table="tblEnqueteUitkomst",
    columns=(
        _QUESTION,
        _SCALE,
        Column("per", "tekst", "Alle antwoorden, of die van een segment of kanaal."),
        Column("groep", "tekst"),
        Column("antwoorden", "aantal"),
        Column("geen antwoord", "aantal", "Leeg of niet van toepassing; telt nergens in mee."),
        Column("gemiddelde", "getal", "Op de schaal zelf."),
        Column("NPS", "getal", "Punten, van -100 tot 100; alleen van antwoorden van 0 tot en met 10."),
        Column("CSAT", "procent", "Deel van de twee hoogste antwoorden; van 1 t/m 5, 7 of 10."),
        Column("CES", "getal", "Gemiddeld gemak; alleen van antwoorden van 1 tot en met 7."),
        Column("wat past", "tekst", "Welke maat bij deze schaal hoort.", wraps=True),
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
        Figure("enquete_ces", "CES", "getal", "Gemiddeld gemak, 1 tot 7."),
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
        _QUESTION,
        _SCALE,
        Column("score", "aantal"),
        Column("antwoorden", "aantal"),
        Column("deel", "procent", "Deel van alle antwoorden op de vraag."),
    ),
    key=("vraag", "schaal", "score"),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("antwoord", "antwoorden"),
)
