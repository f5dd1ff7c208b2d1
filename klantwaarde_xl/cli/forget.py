"""`klantwaarde vergeet`: list what workbooks have of a customer, and take it out when that is wanted."""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.dutch_parser import meant
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.errors import DataError, UsageError, WorkbookChanged, refusal

if TYPE_CHECKING:
    from klantwaarde_xl.workbook.files_beside import Beside
    from klantwaarde_xl.workbook.forget import Found
    from klantwaarde_xl.xlsx.mentions import Mention
    from klantwaarde_xl.xlsx.package import Package
    from klantwaarde_xl.xlsx.words import Words

NOT_ALL = 6  # the exit code when something is left that a person has to look at
_TEXTS = (".csv", ".tsv", ".txt", ".tab", ".prn")


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
    """A workbook, what it has of the customer, itself without him, and the places that name him then.

    known: the places that named him before, outside of his rows; beside: copies and reports.
    """

    path: Path
    found: Found
    cleaned: Package
    known: list[Mention]
    places: list[Mention]
    beside: Beside

    @property
    def is_his(self) -> bool:
        """Whether he stands among the customers, here or in a copy."""
        return bool(self.found.rows or self.beside.copies)


def forget(options: argparse.Namespace, *, now: dt.datetime) -> tuple[list[str], int]:
    """List, ask, clean and look again; returns words and the exit code.

    Raises `UsageError` for no customer, `DataError` for one that is nowhere, and the errors of workbooks:
    nothing is written then.
    """
    if not options.klant.strip():
        raise UsageError("Er staat geen klant.", remedy="Noem hem zoals hij in de kolom klant staat.")
    instead = f"vergeten-{secrets.token_hex(4)}"
    named = dict.fromkeys(options.werkboeken)
    books = [_look(book, options, instead, now) for book in named]
    gone = {copy for book in books for copy in book.beside.copies}  # `*.xlsx` names these too
    books = [book for book in books if book.path.resolve() not in gone]
    apart = _apart(books, {book.resolve() for book in named})
    if not any(book.is_his for book in books):
        return _only_named(books, apart, options.klant), NOT_ALL
    goes = [line for book in books for line in (str(book.path), *_indented(_going(book)))]
    stays = [line for book in books for line in _staying(book)]
    about = ["Dit gaat weg:", *_indented(goes), *_titled("Dit blijft staan, kijk zelf:", stays + apart)]
    if not options.ja and not _wanted(about):
        nothing = "Er is niets gewist. Wissen: dezelfde opdracht met --ja erachter."
        return ([nothing] if sys.stdin.isatty() else [*about, nothing]), 0
    lines, left = (["Dit gaat weg:", *_indented(goes)] if options.ja else []), bool(apart)
    for book in books:
        rest, unseen = _clean(book)
        left = left or bool(rest)
        lines.append(f"{'Gewist uit' if book.is_his else 'Niets gewist uit'} {book.path}.")
        lines += [f"  niet gewist{line}" for line in rest]
        lines += [f"  kijk zelf: {line} (daar kan ik niet in kijken)" for line in unseen]
    lines += [f"niet gewist: {line}" for line in apart]
    if not options.ook_bestellingen and any(book.found.stays for book in books):
        lines.append(
            f"De orders staan er nog, onder {instead}; die naam is nergens aan de klant te koppelen."
        )
    lines.append("Staat de klant ook in uw webwinkel of export, dan komt hij met het volgende bestand terug.")
    return lines, NOT_ALL if left else 0


def _look(book: Path, options: argparse.Namespace, instead: str, now: dt.datetime) -> _Book:
    from klantwaarde_xl.workbook.files_beside import look_beside
    from klantwaarde_xl.workbook.forget import forget_in, look_for, open_closed

    package = open_closed(book)
    try:
        found = look_for(package, options.klant)
    except WorkbookChanged as error:
        raise WorkbookChanged(
            "Dit is geen werkboek van Klantwaarde XL met gegevens. Er is niets gewist.",
            where=str(book),
            remedy="Noem alleen werkboeken die u uit gegevens maakte.",
        ) from error
    known = [one for one in package.mentions(found.words) if (one.sheet, one.row) not in found.inside]
    if found.rows:
        forget_in(package, found, instead, drop=options.ook_bestellingen, now=now)
    places = package.mentions(found.words) if found.rows else known
    return _Book(book, found, package, known, places, look_beside(book, found))


def _apart(books: Sequence[_Book], named: Collection[Path]) -> list[str]:
    """What copies and reports have of him whose workbook is not there any more, a folder once."""
    from klantwaarde_xl.workbook.files_beside import look_left

    folders = {book.path.resolve().parent: book for book in books}
    return [line for book in folders.values() for line in look_left(book.path.parent, book.found, named)]


def _only_named(books: Sequence[_Book], apart: Sequence[str], name: str) -> list[str]:
    """Say where a name stands that is no customer's; raises `DataError` for other capitals, or nowhere."""
    from klantwaarde_xl.xlsx.words import spaced

    known = sorted({one for book in books for one in book.found.known})
    if alike := [one for one in known if spaced(one).casefold() == spaced(name).casefold()]:
        raise DataError(
            f"De klant {name} staat in geen kolom klant; hoofdletters tellen mee. Er is niets gewist.",
            remedy=f"Bedoelde u {' of '.join(alike)}? Schrijf hem zoals in de kolom klant.",
        )
    stays = [line for book in books for line in _staying(book)] + list(apart)
    stays += [str(one) for book in books for one in book.beside.reports]
    if not stays:
        raise DataError(
            f"De klant {name} staat in geen van deze werkboeken.",
            remedy=f"{meant(name, known)}Schrijf hem zoals in de kolom klant.",
        )
    nobody = f"De klant {name} staat in geen kolom klant; er is niets gewist. {meant(name, known)}"
    return [nobody.strip(), *_titled("De naam staat nog hier, kijk zelf of het over de klant gaat:", stays)]


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *_indented(lines)] if lines else []


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _going(book: _Book) -> list[str]:
    """What goes: rows with what was put beside them, what programs keep of the name, copies and reports."""
    stays = {*book.places}
    kinds = [("reservekopie", one) for one in book.beside.copies]
    kinds += [("verslag", one) for one in book.beside.reports]
    return [
        *book.found.lines(),
        *(str(one) for one in book.known if one not in stays and one.seen),
        *(f"{kind}, gaat helemaal weg: {one.name}" for kind, one in kinds),
    ] or ["niets"]


def _staying(book: _Book) -> list[str]:
    places = [f"{book.path}: {one}" for one in book.places if one.seen]
    return places + [f"{book.path}: {line}" for line in book.beside.told]


def _wanted(listed: Sequence[str]) -> bool:
    """Ask a person at a terminal; nobody else can say yes."""
    if not sys.stdin.isatty():
        return False
    answer = input("\n".join([*listed, "Dit wissen? Het is niet terug te halen. Typ ja: "]))
    return answer.strip().casefold() == "ja"


def _clean(book: _Book) -> tuple[list[str], list[str]]:
    """Save a workbook without the customer and remove copies; returns what is left and what is unseen."""
    from klantwaarde_xl.workbook.forget import look_for, open_closed
    from klantwaarde_xl.xlsx.saving import has_other_names

    stuck = []
    if book.found.rows:
        if has_other_names(book.path):
            stuck.append(": hetzelfde bestand onder een andere naam op de schijf (een harde koppeling)")
        book.cleaned.save(book.path, backup=False)
    for file in (*book.beside.copies, *book.beside.reports):
        try:
            file.unlink()
        except OSError as error:
            stuck.append(f": {file.name} ({refusal(error)})")
    again, words = open_closed(book.path), book.found.words
    places = again.mentions(words)
    left = [f": {line}" for line in look_for(again, book.found.key).lines()]
    left += [f", kijk zelf: {one}" for one in places if one.seen]
    left += [*stuck, *(f": {line}" for line in book.beside.told)]
    left += [f": {name}, waaruit dit werkboek komt" for name in _in_sources(again, book.path.parent, words)]
    if words.is_in(book.path.name):
        left.append(": de naam van het bestand zelf")
    return left, sorted({str(one) for one in places if not one.seen})


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
