"""On which scale the answers to a question are: by its own words, by theirs, or by what was answered.

An answer of 5 is the best of five and the middle of ten, so a scale is taken only where something says
which it is; else the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from klantwaarde_xl.data.reading.surveys.answers import NEUTRAL, PLAIN, STRONG, WEAK, Answer


class Scale(NamedTuple):
    """The lowest and the highest answer that a question has."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low} t/m {self.high}"  # a spreadsheet takes `1-5` for a day in May


NAMES = {f"{low}-{high}": Scale(low, high) for low, high in ((0, 10), (1, 10), (1, 7), (1, 5), (1, 4))}
SCALES = tuple(NAMES.values())
TEN, MARKS, SEVEN, FIVE, FOUR = SCALES
ENDS = re.compile(r"(?<!\d)([01]) ?(?:-|–|/|t/m|tot en met|tot|to|through) ?(10|7|5|4)(?!\d)")
# `1 = bad, 5 = good`
_MEANT = re.compile(r"(?<!\d)([01]) ?[=:] ?[^\d=]{2,40}?[,;/–-]? ?(10|7|5|4) ?[=:]")
RECOMMEND = re.compile(r"\bnps\b|promoter|aanbeve|aanra[dn]|recommend", re.IGNORECASE)
_STARS = re.compile(r"\b(sterren|stars)\b", re.IGNORECASE)
_MARK = re.compile(r"cijfer|\bgrade\b", re.IGNORECASE)  # a mark as at school
# So many answers and none above 5 or 7: where there is more to choose, two in five at most choose so
# low (0,4^20 is 1 in 90 million; of seven, three in five: 1 in 27.000)
_ENOUGH = 20
_ONES = 10  # so many of the lowest but one, and none of the lowest: there is no lower one


@dataclass(frozen=True)
class Found:
    """The scale of a question, and what said so (Dutch); without a scale: why it cannot be known."""

    scale: Scale | None
    why: str
    fits: tuple[Scale, ...] = SCALES


def scale_in(text: str) -> Scale | None:
    """The scale that a text names: `0-10`, `1 t/m 5`, `schaal van 1 tot 7`; None where it names none."""
    for ends in (*ENDS.finditer(text.casefold()), *_MEANT.finditer(text.casefold())):
        scale = Scale(int(ends[1]), int(ends[2]))
        if scale in SCALES:
            return scale
    return None


def find_scale(question: str, answers: Sequence[tuple[Answer, int]]) -> Found:
    """Find the scale of a question; answers: each that was given, and how often."""
    if (named := scale_in(question)) is not None:
        return Found(named, "zoals de vraag zegt")
    if any(answer.stars for answer, _ in answers):
        return _of_stars(answers)
    if _tops(answers):
        return _of_tops(question, answers)
    if any(answer.value is None for answer, _ in answers):
        return _of_words({answer.level for answer, _ in answers if answer.level is not None})
    return _of_numbers(question, _counted(answers))


def value_on(scale: Scale, answer: Answer, levels: frozenset[int]) -> int | None:
    """The number of an answer on a scale; None for what is not on it.

    levels: of all words that answer the question. A number whose word says the opposite is none.
    """
    if answer.value is None:
        return None if answer.level is None else _places(scale, levels).get(answer.level)
    middle = (scale.low + scale.high) / 2
    against = answer.level is not None and answer.level * (answer.value - middle) < 0
    other = answer.top is not None and answer.top != scale.high
    return answer.value if scale.low <= answer.value <= scale.high and not (against or other) else None


def _counted(answers: Sequence[tuple[Answer, int]]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for answer, count in answers:
        if answer.value is not None and TEN.low <= answer.value <= TEN.high:
            counted[answer.value] = counted.get(answer.value, 0) + count
    return counted


def _of_stars(answers: Sequence[tuple[Answer, int]]) -> Found:
    tops = {answer.top for answer, _ in answers if answer.top is not None}
    most = max((answer.value or 0 for answer, _ in answers), default=0)
    if tops == {FIVE.high} or (not tops and most == FIVE.high):
        return Found(FIVE, "sterren")
    if tops == {MARKS.high} or (not tops and FIVE.high < most <= MARKS.high):
        return Found(MARKS, "sterren")
    return Found(None, "het zijn sterren, en niet te zien is van hoeveel", (FIVE, MARKS))


def _tops(answers: Sequence[tuple[Answer, int]]) -> set[int]:
    """The highest answers that there are, as texts say: `4/5`, `5 (zeer tevreden)`."""
    tops = {answer.top for answer, _ in answers if answer.top is not None}
    return tops | {a.value for a, _ in answers if a.level == STRONG and a.value is not None}


def _of_tops(question: str, answers: Sequence[tuple[Answer, int]]) -> Found:
    tops = _tops(answers)
    ends = [scale for scale in SCALES if {scale.high} == tops]
    if len(ends) > 1:
        nought = any(answer.value == TEN.low for answer, _ in answers)
        ends = [TEN] if nought or RECOMMEND.search(question) else ends
    if len(ends) == 1:
        return Found(ends[0], "zoals bij de antwoorden staat")
    return Found(None, "de antwoorden zeggen niet van welke schaal ze zijn", tuple(ends) or SCALES)


def _of_words(levels: set[int]) -> Found:
    fits = tuple(scale for scale in (SEVEN, FIVE, FOUR) if levels <= set(_places(scale, frozenset(levels))))
    weak, plain = bool(levels & {WEAK, -WEAK}), bool(levels & {PLAIN, -PLAIN})
    if weak and plain:
        return Found(SEVEN, "woorden")
    if NEUTRAL in levels and plain and levels & {STRONG, -STRONG}:
        return Found(FIVE, "woorden")
    return Found(None, "uit de woorden blijkt niet hoeveel antwoorden er waren", fits)


def _places(scale: Scale, levels: frozenset[int]) -> dict[int, int]:
    """The number of each word's level on a scale; none where these levels do not fit it."""
    weak, plain = bool(levels & {WEAK, -WEAK}), bool(levels & {PLAIN, -PLAIN})
    if scale == SEVEN:
        return {level: level + STRONG + 1 for level in range(-STRONG, STRONG + 1)}
    if weak and plain:
        return {}
    near = WEAK if weak else PLAIN
    if scale == FIVE:
        return {-STRONG: 1, -near: 2, NEUTRAL: 3, near: 4, STRONG: 5}
    return {-STRONG: 1, -near: 2, near: 3, STRONG: 4} if scale == FOUR else {}


def _of_numbers(question: str, counted: dict[int, int]) -> Found:
    if not counted:
        return Found(None, "er is geen enkel antwoord met een getal")
    low, high, total = min(counted), max(counted), sum(counted.values())
    recommends = bool(RECOMMEND.search(question))
    if low == TEN.low:
        why = f"er is een 0, en het hoogste antwoord is {high}"
        return Found(TEN if high > FIVE.high else None, why, (TEN,))
    no_nought = counted.get(1, 0) >= _ONES
    if recommends and high > SEVEN.high and not no_nought:
        return Found(TEN, "de vraag of men u aanbeveelt")
    if high > SEVEN.high and not recommends and (no_nought or _MARK.search(question)):
        return Found(MARKS, f"antwoorden van {low} tot en met {high}, geen 0")
    if _STARS.search(question) and high <= FIVE.high:
        return Found(FIVE, "sterren, en geen antwoord is hoger dan 5")
    for scale in () if recommends else (SEVEN, FIVE):
        if high == scale.high and total >= _ENOUGH:
            return Found(scale, f"geen antwoord is hoger dan {high}")
    fits = tuple(scale for scale in SCALES if scale.high >= high)
    return Found(None, f"de antwoorden gaan van {low} tot en met {high}", fits)
