"""Where rows came from, and whether a file is what its name says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.errors import FileUnreadable

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Source:
    """Where a table was read: a file, a sheet of a file, or a sheet of the workbook at hand."""

    path: Path | None = None
    sheet: str = ""

    @property
    def name(self) -> str:
        """Its short name: of the file without its folder, else of the sheet."""
        return self.path.name if self.path else f"blad {self.sheet}"

    def __str__(self) -> str:
        if self.path is None:
            return f"blad {self.sheet}"
        return f"{self.path}, blad {self.sheet}" if self.sheet else str(self.path)


def kind_of(path: Path) -> str:
    """`xlsx` or `csv`, by content; raises `FileUnreadable` where content and name disagree."""
    if not path.exists():
        raise FileUnreadable(
            "Dit bestand bestaat niet.", where=str(path), remedy="Controleer de naam en de map."
        )
    if path.is_dir():
        raise FileUnreadable("Dit is een map.", where=str(path), remedy="Noem een CSV- of XLSX-bestand.")
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileUnreadable(
            "Dit bestand is niet te openen.",
            where=f"{path} ({error.strerror})",
            remedy="Sluit het in andere programma's en controleer of u het mag lezen.",
        ) from error
    if not head.strip():
        raise FileUnreadable("Dit bestand is leeg.", where=str(path), remedy="Exporteer de gegevens opnieuw.")
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> str:
    advice = "Bewaar de gegevens in Excel of LibreOffice als .xlsx of .csv."
    if head.startswith(_OLE):
        raise FileUnreadable(
            "Dit werkboek is beveiligd met een wachtwoord of heeft de oude vorm .xls.",
            where=str(path),
            remedy=advice,
        )
    if head.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise FileUnreadable("Dit is een webpagina met een andere naam.", where=str(path), remedy=advice)
    is_zip, suffix = head.startswith(_ZIP), path.suffix.lower()
    if is_zip and suffix not in (".xlsx", ".xlsm"):
        raise FileUnreadable(
            "Dit bestand is ingepakt: een zip of een werkboek met de verkeerde extensie.",
            where=str(path),
            remedy="Pak het uit, of geef een werkboek de extensie .xlsx.",
        )
    if not is_zip and suffix not in (".csv", ".txt", ".tsv"):
        what = (
            "Dit is geen werkboek, al heet het zo."
            if suffix.startswith(".xls")
            else "Dit soort bestand kan niet."
        )
        raise FileUnreadable(
            what, where=str(path), remedy="Gebruik .csv voor tekst, .xlsx voor een werkboek."
        )
    return "xlsx" if is_zip else "csv"
