"""Which question of a survey is the one on the whole, whatever it is called.

The one without a name; else the only one; else the one that a measure asks for, first of all the NPS.
"""

from __future__ import annotations

from klantwaarde_xl.data.reading.surveys.scales import FIVE, MARKS, SEVEN, TEN, Scale, scale_in
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.results.context import Context

# An answer without a date is of any time
_COUNTED = """
    select coalesce(vraag, ''), schaal, segment, kanaal, score, count(*) from enquete
    where datum is null or datum <= $day group by all order by all"""
# The scales that carry each, as `kernels.measures` calls it
FITS: dict[str, tuple[Scale, ...]] = {"NPS": (TEN,), "CSAT": (FIVE, SEVEN, MARKS), "CES": (SEVEN,)}
# What people call the question that asks for the measure itself, in small letters
NAMED = {
    "NPS": frozenset({"nps", "net promoter score", "aanbeveling", "aanbevelen", "recommend"}),
    "CSAT": frozenset(
        {"csat", "tevredenheid", "klanttevredenheid", "algemene tevredenheid", "overall satisfaction"}
    ),
    "CES": frozenset({"ces", "gemak", "customer effort score", "customer effort", "effort", "ease"}),
}  # fmt: skip


def counted(context: Context) -> list[Row]:
    """Question, scale, segment, channel and score, with how often it was given."""
    return context.rows("enquete", _COUNTED, day=context.day)


def whole_question(context: Context) -> tuple[str, str] | None:
    """The question on the whole with its scale; None of several of which none is."""
    keys = sorted({(row[0], row[1]) for row in context.once(counted) if row[1]})
    unnamed = [key for key in keys if not key[0]]
    for some in (unnamed, keys):
        if len(some) == 1:
            return some[0]
    for name, scales in FITS.items():
        found = chosen_of(name, [key for key in keys if scale_in(key[1]) in scales])
        if found is not None:
            return found
    return None


def name_of_whole(context: Context) -> str:
    """What the question on the whole is called; empty where it has no name, or there is none."""
    return (context.once(whole_question) or ("", ""))[0]


def is_named(question: str, name: str) -> bool:
    """Whether a question is called by a measure, so that it asks for the whole and not for an aspect."""
    return question.casefold().strip(" ?!.:") in NAMED[name]


def chosen_of(name: str, keys: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The question that a measure is about, with its scale; None where several may be meant."""
    named = [key for key in keys if is_named(key[0], name)]
    for some in ([key for key in keys if not key[0]], keys, named):
        if len(some) == 1:
            return some[0]
    return None
