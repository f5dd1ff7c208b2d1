"""One pass over a file's bytes: in which encoding it is, and whether the engine can read it as it stands."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klantwaarde_xl.errors import FileUnreadable

_CHUNK = 1 << 20
_LOOKED, _MOSTLY = 4096, 0.7  # first bytes, and the share of empty ones between the letters of a Western text
# What the engine does not take, by a byte without which it need not be looked for
_ODD = {b"\n": (b"\n\n",), b"\r": (b"\n\r\n",), b'"': (b' "', b'" ')}


@dataclass(frozen=True)
class Look:
    """What a file's bytes say: its encoding, whose quotation marks it has, and whether it needs no copy."""

    encoding: str
    quotes: Literal["none", "theirs"]
    is_clean: bool


def look_at(path: Path, mark: bytes) -> Look:
    """UTF-8 or UTF-16 by its mark or its empty bytes, UTF-8 when every byte fits, otherwise Windows-1252.

    mark: bytes that a clean file does not have. Clean is UTF-8 without blank lines, which the engine would
    pass over uncounted, without blanks beside quotation marks, which it takes now this way and now that,
    and with one kind of line end. Raises `FileUnreadable` for a file without text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    fits, quotes, clean = True, False, True
    ends = Ends()
    with path.open("rb") as file:
        last = b"\n"
        first = file.read(_CHUNK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Look("utf-16", "theirs", False)
        if unmarked := _utf_16(first):
            return Look(unmarked, "theirs", False)
        chunk = first.removeprefix(codecs.BOM_UTF8)
        while chunk:
            if b"\0" in chunk:
                raise FileUnreadable(
                    "Dit bestand is geen tekst.",
                    where=str(path),
                    remedy="Bewaar de gegevens als CSV of XLSX en probeer het opnieuw.",
                )
            fits = fits and _fits(decoder, chunk)
            quotes = quotes or b'"' in chunk
            joined = last + chunk
            clean = clean and mark not in chunk and not _is_odd(joined)
            ends.count(chunk, last)
            last = joined[-3:]
            chunk = file.read(_CHUNK)
    fits = fits and _fits(decoder, b"", final=True)
    return Look(
        "utf-8-sig" if fits else "cp1252",
        "theirs" if quotes else "none",
        clean and fits and ends.are_of_one_kind,
    )


def _utf_16(first: bytes) -> str:
    """Which UTF-16 a text without a mark is in, of which every other byte is empty; none for any other."""
    ends, starts = first[1:_LOOKED:2], first[:_LOOKED:2]
    for name, empty, full in (("utf-16-le", ends, starts), ("utf-16-be", starts, ends)):
        if full and empty.count(0) > _MOSTLY * len(empty) and b"\0" not in full:
            return name
    return ""


def _is_odd(chunk: bytes) -> bool:
    return any(odd in chunk for byte, several in _ODD.items() if byte in chunk for odd in several)


def _fits(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


class Ends:
    """The line ends of a file, counted chunk by chunk."""

    def __init__(self) -> None:
        self._returns = self._feeds = self._both = 0

    def count(self, chunk: bytes, before: bytes) -> None:
        """Add the line ends of a chunk; before: the bytes in front of it."""
        self._feeds += chunk.count(b"\n")
        self._both += before.endswith(b"\r") and chunk.startswith(b"\n")
        if b"\r" in chunk:
            self._returns += chunk.count(b"\r")
            self._both += chunk.count(b"\r\n")

    @property
    def are_of_one_kind(self) -> bool:
        """Whether every line ends the same, as the engine wants it."""
        return self._returns in (0, self._both) and self._feeds in (0, self._both or self._feeds)
