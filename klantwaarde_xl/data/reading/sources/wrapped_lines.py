"""Lines that stand between quotation marks as a whole (`"A,2024-01-05,12.50"`), all of them or some.

A program that saves the one column of a sheet in which an export was opened writes such a text: each of its
lines is one field, in quotation marks where it had any itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from klantwaarde_xl.errors import FileUnreadable

NOTE = "regels die als geheel tussen aanhalingstekens stonden, zijn weer in velden verdeeld"
_FEWEST = 3  # fields of a line, without which one in quotes may just hold a comma
_MOSTLY = 0.9  # of the records have as many fields as the first
_SIGNS = ",;\t|"
_WRAPPED = re.compile('"((?:[^"]|"")*)";*')


def sign_within(lines: Sequence[str], path: Path) -> str:
    """The delimiter inside the lines; empty where none stands between quotation marks as a whole.

    Raises `FileUnreadable` where most do, and do not have the fields of the first.
    """
    whole = [found[1] for line in lines if (found := _WRAPPED.fullmatch(line.rstrip()))]
    for sign in _SIGNS:
        several = sum(sign in text for text in whole)
        if several and (width := len(next(_records(lines[:1], sign), []))) >= _FEWEST:
            if _share(_records(lines, sign), width) >= _MOSTLY:
                return sign if _share(csv.reader(lines, delimiter=sign), width) < 1 else ""
            if several >= _MOSTLY * (len(lines) - 1) > 0:
                raise _broken(path, "niet elke regel heeft daarbinnen even veel velden als de eerste")
    return ""


def unwrapped(lines: Iterable[str], sign: str, path: Path) -> Iterator[list[str]]:
    """The records of wrapped lines, each as its fields; raises `FileUnreadable` for one too long."""
    row = 1
    try:
        for record in _records(lines, sign):
            yield record or [""]
            row += 1
    except csv.Error as error:
        raise _broken(path, f"in rij {row} staat een veld dat langer is dan een cel kan zijn") from error


def _records(lines: Iterable[str], sign: str) -> Iterator[list[str]]:
    return csv.reader(_bare(lines, sign), delimiter=sign)


def _bare(lines: Iterable[str], sign: str) -> Iterator[str]:
    """The lines without their quotation marks, and without the blank columns behind them."""
    for line in lines:
        text = line.rstrip("\r\n")
        if found := _WRAPPED.fullmatch(text):
            yield found[1].replace('""', '"') + "\n"
        else:
            yield (text if sign == ";" else text.rstrip(";")) + "\n"


def _share(records: Iterable[Sequence[str]], width: int) -> float:
    """Which part of the records below the first, but for the last, has so many fields."""
    widths = [len(record) for record in records if any(record)][1:]
    whole = widths[:-1] if len(widths) > 1 else widths
    return whole.count(width) / len(whole) if whole else 0.0


def _broken(path: Path, why: str) -> FileUnreadable:
    return FileUnreadable(
        f"De regels staan als geheel tussen aanhalingstekens, en {why}.",
        where=str(path),
        remedy="Exporteer opnieuw, en lees dat bestand zonder het eerst in een rekenblad op te slaan.",
    )
