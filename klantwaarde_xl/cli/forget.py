"""`klantwaarde vergeet`: list what workbooks have of a customer, and take it out when that is wanted."""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.dutch_parser import meant
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.errors import DataError, KlantwaardeError, UsageError, WorkbookChanged, refusal
from klantwaarde_xl.xlsx.saving import copies_of

if TYPE_CHECKING:
    from klantwaarde_xl.workbook.forget import Found
    from klantwaarde_xl.xlsx.mentions import Mention, Words
    from klantwaarde_xl.xlsx.package import Package

NOT_ALL = 6  # the exit code when something is left that a person has to look at
_SHOWN = 20  # places of a workbook that are told one by one
_TEXTS = (".csv", ".tsv", ".txt", ".tab")


def add_forget(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("klant", metavar="KLANT", help="de klant, zoals hij in de kolom klant staat")
    parser.add_argument(
        "werkboeken", nargs="+", type=path, metavar="WERKBOEK", help="werkboeken van Klantwaarde XL, gesloten"
    )
    parser.add_argument("--ja", action="store_true", help="wis zonder het eerst te vragen")
    parser.add_argument(
        "--ook-bestellingen",
        action="store_true",
        help="haal ook de orders weg; anders blijven zij staan onder een naam die niets zegt, want de "
        "Belastingdienst vraagt ze zeven jaar lang",
    )


@dataclass(frozen=True)
class _Book:
    """A workbook, what it has of the customer, its copies that have him too, and those that tell nothing."""

    path: Path
    package: Package
    found: Found
    copies: list[Path]
    unread: list[Path]


def forget(options: argparse.Namespace, *, now: dt.datetime) -> tuple[list[str], int]:
    """List, ask, clean and look again; returns words and the exit code.

    Raises `UsageError` for no customer, `DataError` for one that is nowhere, and the errors of workbooks:
    those before it in the command are then done.
    """
    if not options.klant.strip():
        raise UsageError("Er staat geen klant.", remedy="Noem hem zoals hij in de kolom klant staat.")
    books = [_look(book, options.klant) for book in dict.fromkeys(options.werkboeken)]
    gone = {copy for book in books for copy in book.copies}  # `*.xlsx` names these too
    books = [book for book in books if book.path.resolve() not in gone]
    if not any(book.found or book.copies for book in books):
        known = sorted({one for book in books for one in book.found.known})
        raise DataError(
            f"De klant {options.klant} staat in geen van deze werkboeken.",
            remedy=f"{meant(options.klant, known)}Schrijf hem zoals in de kolom klant.",
        )
    listed = [line for book in books for line in _listed(book)]
    if not options.ja and not _wanted(listed):
        nothing = "Er is niets gewist. Wissen: dezelfde opdracht met --ja erachter."
        return ([nothing] if sys.stdin.isatty() else [*listed, nothing]), 0
    instead = f"vergeten-{secrets.token_hex(4)}"
    lines, left = ([] if not options.ja else listed), False
    for book in books:
        rest, unseen = _clean(book, options, instead, now)
        left = left or bool(rest)
        lines += [f"Gewist uit {book.path}.", *(f"  niet gewist: {line}" for line in rest)]
        lines += [f"  kijk zelf: {line} (daar kan ik niet in kijken)" for line in unseen]
    if not options.ook_bestellingen and any(book.found.rows for book in books):
        lines.append(
            f"De orders staan er nog, onder {instead}; die naam is nergens aan de klant te koppelen."
        )
    lines.append("Staat de klant ook in uw webwinkel of export, dan komt hij met het volgende bestand terug.")
    return lines, NOT_ALL if left else 0


def _look(book: Path, name: str) -> _Book:
    from klantwaarde_xl.workbook.forget import look_for, open_closed
    from klantwaarde_xl.workbook.report_file import reports_of

    package = open_closed(book)
    try:
        found = look_for(package, name)
    except WorkbookChanged as error:
        raise WorkbookChanged(
            "Dit is geen werkboek van Klantwaarde XL met gegevens. Er is niets gewist.",
            where=str(book),
            remedy="Noem alleen werkboeken die u uit gegevens maakte.",
        ) from error
    copies, unread = [], []
    for copy in copies_of(book.resolve()):
        try:
            there = look_for(open_closed(copy), name, found.words.also)
        except KlantwaardeError:
            unread.append(copy)
            continue
        if there or there.words.is_in(copy.name):
            copies.append(copy)
    copies += [one for one in reports_of(book.resolve()) if _is_in_text(one, found.words)]
    return _Book(book, package, found, copies, unread)


def _is_in_text(file: Path, words: Words) -> bool:
    return words.is_in(file.read_bytes().decode("utf-8", "replace"))


def _listed(book: _Book) -> list[str]:
    lines = [*book.found.lines(), *_few([str(one) for one in book.found.places if one.seen])]
    kinds = {".txt": "verslag"}
    lines += [
        f"{kinds.get(copy.suffix, 'reservekopie')}, gaat helemaal weg: {copy.name}" for copy in book.copies
    ]
    return [str(book.path), *(f"  {line}" for line in lines or ["niets"])]


def _few(lines: list[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"en nog {rest} plaatsen"] if rest > 0 else lines


def _wanted(listed: Sequence[str]) -> bool:
    """Ask a person at a terminal; nobody else can say yes."""
    if not sys.stdin.isatty():
        return False
    answer = input("\n".join([*listed, "Dit wissen? Het is niet terug te halen. Typ ja: "]))
    return answer.strip().casefold() == "ja"


def _clean(
    book: _Book, options: argparse.Namespace, instead: str, now: dt.datetime
) -> tuple[list[str], list[str]]:
    """Take the customer out of a workbook and its copies; returns what is left and what is unseen."""
    from klantwaarde_xl.workbook.forget import forget_in, look_for, open_closed

    if book.found:
        drop = options.ook_bestellingen and bool(book.found.rows)
        forget_in(book.package, book.found, options.klant, instead, drop=drop, now=now)
        book.package.save(book.path, backup=False)
    stuck = []
    for copy in book.copies:
        try:
            copy.unlink()
        except OSError as error:
            stuck.append(f"{copy.name} ({refusal(error)})")
    again = open_closed(book.path)
    words, rest = book.found.words, look_for(again, options.klant, book.found.words.also)
    left = [*rest.lines(), *_few([_advised(one) for one in rest.places if one.seen])]
    left += [*stuck, *(f"reservekopie {copy.name}, die niet te lezen is" for copy in book.unread)]
    left += [f"{name}, waaruit dit werkboek komt" for name in _in_sources(again, book.path.parent, words)]
    if words.is_in(book.path.name):
        left.append("de naam van het bestand zelf")
    return left, sorted({str(one) for one in rest.places if not one.seen})


def _advised(place: Mention) -> str:
    does = {"tekst": "wis of verander de tekst", "formule": "verander de formule"}.get(place.what)
    return f"{place}; {does}" if does else str(place)


def _in_sources(package: Package, folder: Path, words: Words) -> list[str]:
    """The files of data beside the workbook that still have the name, or of which that cannot be seen."""
    from klantwaarde_xl.workbook.sources import files_behind, sources_in

    found = []
    for source in sources_in(package).values():
        for file in files_behind(str(folder / source)) or ():
            if file.suffix.lower() not in _TEXTS:
                found.append(f"mogelijk {file.name}")
            else:
                data = file.read_bytes()
                if any(words.is_in(data.decode(code, "replace")) for code in ("utf-8", "cp1252", "utf-16")):
                    found.append(file.name)
    return list(dict.fromkeys(found))
