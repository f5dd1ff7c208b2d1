"""A name that is looked for in texts: as a word of its own, and never where it is the name of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_SHOWN = 80  # characters of a text that is told


@dataclass(frozen=True)
class Words:
    """A name that is looked for, whatever its capitals, accents composed or not.

    longer: names of others in which it is a part, or that differ in capitals only; where those stand, it
    does not. others: whole texts that are known to be about something else, such as `jan` in the names of
    months, and whole formulas. also: the same under another name, such as an address. title: what stands
    before a name without letters that is a name for sure.
    """

    name: str
    longer: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    title: str = ""

    def is_whole(self, text: str) -> bool:
        """Whether a text is this name and nothing else, as it is spelled."""
        return spaced(text) in self._spelled

    def is_in(self, text: str) -> bool:
        """Whether a text has this name in it."""
        folded = _plain(text)
        if not any(one in folded for one in self._sought) or text in self.others:
            return False
        folded = self._without_others(text).casefold()
        for one in self._longer:
            folded = folded.replace(one, "\0")
        return self._pattern.search(folded) is not None

    def is_quoted_in(self, text: str) -> bool:
        """Whether a text of our own has this name in it: as it is spelled, a number behind its title."""
        return self.is_in(text) and self._quoted.search(self._without_others(text)) is not None

    def shortened(self, text: str) -> str:
        """A text on one line, of a long one what stands around the name."""
        found = self._pattern.search(_plain(text))
        return shortened(text, found.start() if found else 0)

    @cached_property
    def has_letters(self) -> bool:
        """Whether it is more than a number, which may stand for anything."""
        return any(map(str.isalpha, self.name))

    def _without_others(self, text: str) -> str:
        """A text without the names of others, as these are spelled."""
        text = spaced(text)
        return self._of_others.sub("\0", text) if self.longer else text

    @cached_property
    def _spelled(self) -> tuple[str, ...]:
        return tuple(filter(None, map(spaced, (self.name, *self.also))))

    @cached_property
    def _sought(self) -> tuple[str, ...]:
        return tuple(map(str.casefold, self._spelled))

    @cached_property
    def _longer(self) -> tuple[str, ...]:
        return tuple(sorted({_plain(one) for one in self.longer} - {*self._sought}, key=len, reverse=True))

    @cached_property
    def _of_others(self) -> re.Pattern[str]:
        return _any_of(sorted(map(spaced, self.longer), key=len, reverse=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of(self._sought)

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        before = "" if self.has_letters else f"{self.title} "
        return _any_of([before + one if one == spaced(self.name) else one for one in self._spelled])


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def shortened(text: str, at: int = 0) -> str:
    """A text on one line, of a long one what stands around a place."""
    text = spaced(text)
    start = max(0, min(len(text) - _SHOWN, at - _SHOWN // 3))
    end = start + _SHOWN
    return f"{'…' * (start > 0)}{text[start:end].strip()}{'…' * (end < len(text))}"


def spaced(text: str) -> str:
    """A text with accents composed, and one blank wherever it has blanks or line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _plain(text: str) -> str:
    return spaced(text).casefold()
