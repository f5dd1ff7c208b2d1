"""Months that are another one to Croats than to Poles and Czechs: who wrote them, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.dutch import MONTHS
from klantwaarde_xl.errors import Ambiguous
from klantwaarde_xl.month_names import CROATIAN, NORTHERN, month_in, of_two, says_who

LANGUAGES = (CROATIAN, NORTHERN)
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words of headers in these languages alone
_HEADERS = {
    CROATIAN: re.compile(
        r"kupac|kupca|iznos|narud[zž]b|ra[cč]un|cijena|ukupno|koli[cč]ina|pla[cć]eno|proizvod"
    ),
    NORTHERN: re.compile(
        r"klient|kwota|zam[oó]wieni|sprzeda|warto[sś][cć]|ilo[sś][cć]|z[aá]kazn|[cč][aá]stk|objedn[aá]v|faktur[ay]\b|"
        r"\bdata\b|nabywc|p[lł]atno|dodavatel|odb[eě]ratel|cena|cen[yě]\b|celkem"
    ),
}


@dataclass(frozen=True)
class Named:
    """Texts with such a month, as they stand there, with a name that is one month; language: who wrote it."""

    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


def settle(texts: Iterable[str], headers: Sequence[str], said: str | None, where: str) -> Named:
    """Write such months of a column as Dutch ones; said: by the user, or when it was read before.

    texts: bare, in small letters; headers: of the whole file. Raises `Ambiguous` where nothing tells.
    """
    words = {text: _WORD.findall(text) for text in texts}
    doubted = {text: word for text, found in words.items() for word in found if of_two(word)}
    if not doubted:
        return Named()
    language = said if said in LANGUAGES else _told([*words.values()], headers)
    text, word = next(iter(sorted(doubted.items())))
    ways = {one: MONTHS[(month_in(word, one) or 1) - 1] for one in LANGUAGES}
    if not language:
        raise Ambiguous(
            f"{word.capitalize()!r} is in het Kroatisch {ways[CROATIAN]}, in het Pools en Tsjechisch "
            f"{ways[NORTHERN]}; niets in het bestand zegt welke taal het is.",
            where=f"{where}: {text}",
            remedy=f"Zeg het: --datumvolgorde {NORTHERN} ({ways[NORTHERN]}) of --datumvolgorde {CROATIAN} "
            f"({ways[CROATIAN]}).",
        )
    numbers = {word: month_in(word, language) or 1 for word in {*doubted.values()}}
    return Named(
        {text: text.replace(word, MONTHS[numbers[word] - 1]) for text, word in doubted.items()}, language
    )


def _told(words: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    """The language that the other months say, else the headers; empty where neither does, or both."""
    months = {who for found in words for word in found if (who := says_who(word))}
    if len(months) == 1:
        return months.pop()
    text = " ".join(headers).casefold()
    heads = [language for language, pattern in _HEADERS.items() if pattern.search(text)]
    return heads[0] if len(heads) == 1 and not months else ""
