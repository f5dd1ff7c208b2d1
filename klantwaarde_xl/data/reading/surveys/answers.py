"""What one answer of a survey says: a number, stars, words such as `zeer tevreden`, or nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from klantwaarde_xl.data.reading.sources.marked import MARK

STRONG, PLAIN, WEAK, NEUTRAL = 3, 2, 1, 0  # how far a word lies from the middle; below it with a minus

_STRONG = "zeer|heel|erg|helemaal|volledig|uiterst|very|strongly|extremely|completely"
_WEAK = "enigszins|enigzins|een beetje|somewhat|slightly"
_UP = "tevreden|mee eens|eens|makkelijk|gemakkelijk|waarschijnlijk|satisfied|agree|easy|likely|happy"
_DOWN = (
    "ontevreden|mee oneens|oneens|moeilijk|lastig|onwaarschijnlijk|dissatisfied|unsatisfied|disagree|"
    "difficult|unlikely|unhappy"
)
_LEVEL = re.compile(rf"(?:({_STRONG}) |({_WEAK}) )?(?:({_UP})|({_DOWN}))")
_MIDDLE = re.compile(
    r"neutraal|neutral|(?:niet|noch) (?:mee )?(\w+) (?:en )?(?:niet|noch) (?:mee )?(?:on|mee on)?\1"
    r"|neither \w+ (?:n?or) \w+"
)
_NOTHING = frozenset(
    [
        *("na", "nvt", "null", "niet van toepassing", "geen antwoord", "geen mening", "weet niet"),
        *("weet ik niet", "not applicable", "no answer", "no opinion", "dont know"),
    ]
)
# Faces from angry to glad, as they stand in for words
_FACES = {
    **dict.fromkeys("😡😠🤬😤😭", -STRONG), **dict.fromkeys("🙁☹😞😟😕😒😢", -PLAIN),
    **dict.fromkeys("😐😑", NEUTRAL), **dict.fromkeys("🙂☺😊", PLAIN),
    **dict.fromkeys("😀😃😄😁😍🤩🥰", STRONG),
}  # fmt: skip
_NUMBER = r"(\d{1,3})(?:[.,]0+)?"
_OUT_OF = re.compile(rf"{_NUMBER} ?(?:/|van de|van|out of|of) ?(\d{{1,2}})")
_LABELLED = re.compile(rf"{_NUMBER} ?[-–:=(.)]+ ?(\D*[^\W\d]\D*?)\)?")
_STARS = re.compile(r"(★+)(☆*)|(\d{1,2}) ?(?:sterren|ster|stars|star)")


@dataclass(frozen=True)
class Answer:
    """One answer.

    value: its number, None for words alone; level: of its word, from `-STRONG` to `STRONG`; top: the
    highest answer that there is, as the text itself says; stars: whether it is a number of stars.
    """

    value: int | None = None
    level: int | None = None
    top: int | None = None
    stars: bool = False


def is_nothing(text: str) -> bool:
    """Whether a text says that there is no answer (`n.v.t.`, `N/A`, a dash)."""
    words = re.sub(r"[^a-z ]", "", _plain(text).replace("/", ""))
    return words.strip() in _NOTHING or not any(map(_says_something, text.replace(MARK, "")))


def _says_something(sign: str) -> bool:
    """Whether a sign of an answer can be one: a letter, a figure, a star or a face, unlike a dash."""
    return sign.isalnum() or unicodedata.category(sign) == "So"


def read_answer(text: str) -> Answer | None:
    """What an answer says; None for a text that is none."""
    plain = _plain(text)
    if number := re.fullmatch(_NUMBER, plain):
        return Answer(int(number[1]))
    if out_of := _OUT_OF.fullmatch(plain):
        return Answer(int(out_of[1]), top=int(out_of[2]))
    if stars := _STARS.fullmatch(plain):
        if stars[3]:
            return Answer(int(stars[3]), stars=True)
        shown = len(stars[1]) + len(stars[2])
        return Answer(len(stars[1]), top=shown if stars[2] else None, stars=True)
    if labelled := _LABELLED.fullmatch(plain):
        return Answer(int(labelled[1]), _level(labelled[2]))
    level = _FACES.get(plain, _level(plain))
    return None if level is None else Answer(level=level)


def _level(plain: str) -> int | None:
    bare = re.sub(r" +", " ", plain.replace(",", " ")).strip(" .!")
    if _MIDDLE.fullmatch(bare):
        return NEUTRAL
    if (word := _LEVEL.fullmatch(bare)) is None:
        return None
    far = STRONG if word[1] else WEAK if word[2] else PLAIN
    return far if word[3] else -far


def _plain(text: str) -> str:
    """A text without marks, capitals, accents and loose blanks."""
    folded = unicodedata.normalize("NFKC", text.replace(MARK, "").replace("\ufe0f", "")).casefold()
    return re.sub(r"\s+", " ", folded).strip()
