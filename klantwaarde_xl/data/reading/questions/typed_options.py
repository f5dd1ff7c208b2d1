"""Options as a message advises them, `--kolommen klant=Gast --alleen "Type=Sale"`, to what reading takes.

The first answers to the questions about a source are tried this way, from whatever door it is read.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantwaarde_xl.data.reading.cells.columns import CENTS, Reading
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import UsageError

_PAIRS = {"--zonder": "without", "--alleen": "only", "--retour": "back"}
_WORDS = {
    "--btw": "vat",
    "--regels": "lines",
    "--lege-klant": "blanks",
    "--datumvolgorde": "date_order",
    "--schaal": "scale",
}
_LISTS = {"--tellen": "counted", "--niemand": "nobody", "--termijn": "terms"}


@dataclass(frozen=True)
class Told:
    """What is said of a source: our columns to its headers, its sheets, and how it is read."""

    columns: Mapping[str, str] | None = None
    sheets: tuple[str, ...] = ()
    reading: Reading | None = None


def told_with(told: Told, options: Iterable[str], table: Table) -> Told:
    """What is said, with options beside it.

    Raises `UsageError` for one that a message does not advise, or that cannot be typed.
    """
    columns, sheets, reading = dict(told.columns or {}), told.sheets, told.reading or Reading()
    try:
        words = [word for text in options for word in shlex.split(text)]
    except ValueError:
        raise UsageError(
            f"{' '.join(options)} is zo niet te typen: een aanhalingsteken sluit niet."
        ) from None
    for option, value in zip(words[::2], words[1::2], strict=True):
        if option == "--kolommen":
            columns |= dict(pairs_in(value, [column.name for column in table.read]))
        elif option == "--blad":
            sheets = (*sheets, value)
        else:
            reading = replace(reading, **_of_rows(option, value, reading))
    return Told(columns or None, sheets, reading)


def _of_rows(option: str, value: str, reading: Reading) -> dict[str, Any]:
    if option in _PAIRS:
        header, _, pattern = value.partition("=")
        return {_PAIRS[option]: (*getattr(reading, _PAIRS[option]), (header.strip(), pattern.strip()))}
    if option in _WORDS:
        return {_WORDS[option]: value}
    if option in _LISTS:
        return {_LISTS[option]: tuple(word.strip() for word in value.split(",") if word.strip())}
    if option == "--aspecten":
        return {"aspects": (*reading.aspects, value)}
    if option == "--decimaal":
        return {"cents": True} if value == CENTS else {"decimal": value}
    if option == "--valuta" and "=" not in value:
        return {"currencies": ((currency_named(value) or value.strip().upper(), 1.0),)}
    raise UsageError(f"{option} is hier geen antwoord.")


def pairs_in(words: str, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`klant=Relatie,bedrag=Totaal, incl. btw` as pairs, parted before each name that is known."""
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    for part in re.split(rf",(?=\s*(?:{names})\s*=)", words):
        name, _, header = part.partition("=")
        yield name.strip(), header.strip().strip('"')
