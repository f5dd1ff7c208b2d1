"""Text in columns of a fixed width, as printed lists have it: each line is blank at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from klantwaarde_xl.errors import FileUnreadable

NOTE = "de kolommen staan elk op een vaste plaats in de regel, en zijn daarop gescheiden"
_FEWEST = 3  # lines, and columns
_PARTED = re.compile(r"\S\s{2,}\S")
_RULE = re.compile(r"[\s=+|-]*")  # a line drawn below the header

_MOST_TITLES = 5  # lines above the header


@dataclass(frozen=True)
class Fixed:
    """Where each column begins and ends; header: how many lines stand above that of the headers."""

    columns: Sequence[tuple[int, int]]
    header: int


def fixed_columns(lines: Sequence[str]) -> Fixed | None:
    """The columns of lines that have such; the first line below titles has a word above each of them."""
    filled = [(at, line.rstrip().expandtabs()) for at, line in enumerate(lines) if not _RULE.fullmatch(line)]
    for skipped, (at, header) in enumerate(filled[: _MOST_TITLES + 1]):
        texts = [text for _, text in filled[skipped:]]
        if len(texts) >= _FEWEST and _PARTED.search(header) and (columns := _columns(texts)):
            return Fixed(columns, at)
    return None


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    blank = [all(line[at] == " " for line in padded) for at in range(width)]
    runs = [[*places] for is_blank, places in groupby(range(width), key=blank.__getitem__) if not is_blank]
    columns: list[tuple[int, int]] = []
    for run in runs:
        begin, end = run[0], run[-1] + 1
        if columns and _is_one(padded, columns[-1], (begin, end)):
            begin = columns.pop()[0]
        columns.append((begin, end))
    return columns if len(columns) >= _FEWEST else []


def _is_one(lines: Sequence[str], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two columns are one, with a blank in its header or at one place in all of its texts."""
    header, *rows = lines
    if not header[slice(*right)].strip():
        return True
    return right[0] - left[1] == 1 and any(
        not any(row[slice(*span)].strip() for row in rows) for span in (left, right)
    )


def split(lines: Iterable[str], fixed: Fixed, path: Path) -> Iterator[list[str]]:
    """The fields of each line, a title whole; raises `FileUnreadable` for text between two columns."""
    columns = fixed.columns
    ends = [*(begin for begin, _ in columns[1:]), None]
    for row, line in enumerate(lines, 1):
        text = line.rstrip().expandtabs()
        if row <= fixed.header:
            yield [text.strip(), *[""] * (len(columns) - 1)]
            continue
        if _RULE.fullmatch(text):
            yield [""] * len(columns)
            continue
        cells = [text[begin:end] for (begin, _), end in zip(columns, ends, strict=True)]
        between = (cell[end - begin :] for cell, (begin, end) in zip(cells[:-1], columns, strict=False))
        if text[: columns[0][0]].strip() or any(map(str.strip, between)):
            raise FileUnreadable(
                "In deze rij staat tekst op een plaats die in de eerste rijen leeg is: welke kolom welke is, "
                "is dan niet te zeggen.",
                where=f"{path}, rij {row}",
                remedy="Bewaar het bestand als CSV, met een puntkomma tussen de kolommen.",
            )
        yield [cell.strip() for cell in cells]
