"""The NPS, the CSAT and the CES of a survey as a whole: each of the one question that it is about.

That is the question on the whole; else the only one of which the scale carries the measure; else the only one
that is called so. Several questions make no figure together: then there are only the lowest and the highest.
"""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.reading.surveys.scales import scale_in
from klantwaarde_xl.data.results import Figure, Made, Result
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey import measure, scores_of
from klantwaarde_xl.data.results.survey_whole import FITS, chosen_of, counted, is_named, whole_question

_PARTS = ("", "_laag", "_hoog", "_vraag", "_antwoorden", "_dragers", "_minst", "_meest", "_zwakste")
_NUMBERS = {"NPS": "getal", "CSAT": "procent", "CES": "getal"}


def _measures(context: Context) -> Made:
    questions: dict[tuple[str, str], dict[int | None, int]] = {}
    for question, scale, _, _, score, count in context.once(counted):
        if scale:
            given = questions.setdefault((question, scale), {})
            given[score] = given.get(score, 0) + count
    page = context.once(whole_question)
    answers = questions.get(page, {}) if page else {}
    figures: dict[str, Any] = {
        "maat_vraag": page[0] or None if page else None,
        "maat_schaal": page[1] if page else None,
        "maat_antwoorden": sum(count for score, count in answers.items() if score is not None)
        if page
        else None,
        "maat_leeg": answers.get(None, 0) if page else None,
    }
    for name in FITS:
        figures |= _of(name, {key: one for key, one in questions.items() if scale_in(key[1]) in FITS[name]})
    return Made((), figures)


def _of(name: str, carried: dict[tuple[str, str], dict[int | None, int]]) -> dict[str, Any]:
    """The figures of one measure; carried: by question and scale how often each answer was given."""
    stem = f"maat_{name.casefold()}"
    figures: dict[str, Any] = dict.fromkeys(stem + part for part in _PARTS)
    figures[f"{stem}_dragers"] = len(carried)
    chosen = chosen_of(name, list(carried))
    if chosen is not None:
        scores = scores_of(carried[chosen])
        value, low, high = measure(name, scale_in(chosen[1]), scores)
        asked = None if is_named(chosen[0], name) else chosen[0] or None
        shown = (value, low, high, asked, int(scores.size))
        return figures | {stem + part: one for part, one in zip(_PARTS, shown, strict=False)}
    found = {key: measure(name, scale_in(key[1]), scores_of(one))[0] for key, one in carried.items()}
    values = sorted((value, key[0]) for key, value in found.items() if value is not None)
    if values:
        figures |= {
            f"{stem}_minst": values[0][0],
            f"{stem}_meest": values[-1][0],
            f"{stem}_zwakste": values[0][1],
        }
    return figures


def _declared(name: str) -> tuple[Figure, ...]:
    stem, number = f"maat_{name.casefold()}", _NUMBERS[name]
    return (
        Figure(
            stem, f"{name} van de enquête", number, "Van de vraag die ernaar vraagt; leeg bij meer vragen."
        ),
        Figure(f"{stem}_laag", f"{name} van de enquête, laag", number),
        Figure(f"{stem}_hoog", f"{name} van de enquête, hoog", number),
        Figure(
            f"{stem}_vraag",
            f"{name}: de vraag",
            "tekst",
            "Leeg: het oordeel over het geheel, of zij heet zoals de maat.",
        ),
        Figure(f"{stem}_antwoorden", f"{name}: antwoorden", "aantal"),
        Figure(f"{stem}_dragers", f"{name}: vragen op die schaal", "aantal"),
        Figure(
            f"{stem}_minst", f"{name} van de zwakste vraag", number, "Als meer vragen op die schaal zijn."
        ),
        Figure(f"{stem}_meest", f"{name} van de sterkste vraag", number),
        Figure(f"{stem}_zwakste", f"{name}: de zwakste vraag", "tekst"),
    )


MEASURED = Result(
    name="enquetematen",
    title="NPS, CSAT en CES van de enquête",
    compute=_measures,
    figures=(
        Figure(
            "maat_vraag", "De vraag waar de pagina over gaat", "tekst", "Leeg: het oordeel over het geheel."
        ),
        Figure(
            "maat_schaal",
            "Schaal van die vraag",
            "tekst",
            "Leeg: er zijn meer vragen, en geen over het geheel.",
        ),
        Figure("maat_antwoorden", "Antwoorden op die vraag", "aantal"),
        Figure("maat_leeg", "Zonder antwoord op die vraag", "aantal"),
        *(figure for name in FITS for figure in _declared(name)),
    ),
    settings=("kw_peildatum",),
    needs=("enquete",),
)
