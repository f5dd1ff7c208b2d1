"""The files beside a workbook that have a customer too: copies and reports, also of workbooks that went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.errors import KlantwaardeError
from klantwaarde_xl.workbook.forget import Found, look_for, open_closed
from klantwaarde_xl.workbook.report_file import reports_left, reports_of
from klantwaarde_xl.xlsx.saving import copies_left, copies_of
from klantwaarde_xl.xlsx.words import spaced

_ROWS, _NAME, _UNREAD, _NOTHING = "rows", "name", "unread", ""


@dataclass(frozen=True)
class Beside:
    """Copies with rows of the customer, reports that quote him, and in words what a person has to look at."""

    copies: list[Path]
    reports: list[Path]
    told: list[str]


def look_beside(book: Path, found: Found) -> Beside:
    """What the copies and reports of a workbook have of a customer."""
    beside = Beside([], [], [])
    for copy in copies_of(book.resolve()):
        has = _has(copy, found)
        if has == _ROWS:
            beside.copies.append(copy)
        elif has:
            beside.told.append(_of_copy(copy.name, has))
    for report in reports_of(book.resolve()):
        text = _text_of(report)
        if found.words.is_quoted_in(text):
            beside.reports.append(report)
        elif found.words.is_in(text):
            beside.told.append(
                f"verslag {report.name} noemt de naam; gaat dat over de klant, verwijder het dan"
            )
    return beside


def look_left(folder: Path, found: Found, books: Collection[Path]) -> Iterator[str]:
    """Say which copies and reports have a customer of which the workbook is not in the folder any more.

    books: those that are looked at themselves. They are only told: the workbook may be elsewhere.
    """
    where = "van een werkboek dat hier niet meer staat"
    for copy in copies_left(folder):
        if copy.resolve() in books:
            continue
        has = _has(copy, found)
        if has == _ROWS:
            yield (
                f"reservekopie {copy.name}, {where}; verwijder haar, of: "
                f'klantwaarde vergeet "{spaced(found.key)}" "{copy}"'
            )
        elif has:
            yield f"{_of_copy(copy.name, has)} ({where})"
    for report in reports_left(folder):
        if found.words.is_in(_text_of(report)):
            yield f"verslag {report.name}, {where}, noemt de naam; gaat dat over de klant, verwijder het dan"


def _has(copy: Path, found: Found) -> str:
    """Whether a copy has rows of a customer, only names him somewhere, or cannot be read."""
    try:
        package = open_closed(copy)
        there = look_for(package, found.key, found.words.also)
    except KlantwaardeError:
        return _UNREAD
    if there.rows:
        return _ROWS
    return _NAME if any(one.seen for one in package.mentions(there.words)) else _NOTHING


def _of_copy(name: str, has: str) -> str:
    if has == _UNREAD:
        return f"reservekopie {name}, die niet te lezen is"
    return f"reservekopie {name} noemt de naam; gaat dat over de klant, verwijder haar dan"


def _text_of(report: Path) -> str:
    return report.read_bytes().decode("utf-8", "replace")
