"""Where rows came from, and whether a file is what its name says."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.errors import FileUnreadable, refusal

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab", ".prn")
WORKBOOK_NAMES = (*_ZIPPED, ".xls")
# Rows of what was read together are numbered on: those of part n from n times this on. No file has as many
PART = 10**9
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"  # of Excel 2003, in XML
_FEW = 6
_INVOICES = (
    "Exporteer uit het boekhoudprogramma de verkoopfacturen, als Excel of CSV, met per factuur de klant, de "
    "datum en het bedrag."
)
_DATEV = re.compile(rb'"?(EXTF|DTVF)"?;"?\d+"?;"?(21|65)"?;')  # of bookings, and of these that recur
# By what the user names the file, or the sheet, that a row stands in, as he names a column
OF_PARTS = ("bestand", "blad")
STRUCK, HIDDEN = MARKS = ("doorgestreept", "verborgen")  # and whether its cells, or it, are
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div", b"<?xml")
_LOOKED = 8 << 20  # bytes of a page in which its first row has to be
_FIELDS = 2  # that a line parts at least
NO_COLUMNS = (*OF_PARTS, *MARKS)


@dataclass(frozen=True)
class Source:
    """Where a table was read: a file, a sheet of a file, or a sheet of the workbook at hand.

    parts: the files or sheets that were read together as one, in the order of their rows; block: columns of a
    table beside others, in words.
    """

    path: Path | None = None
    sheet: str = ""
    parts: tuple[Source, ...] = ()
    block: str = ""

    @property
    def name(self) -> str:
        """Its short name: of the file without its folder, else of the sheet."""
        return self.path.name if self.path else f"blad {self.sheet}"

    def __str__(self) -> str:
        if self.parts:
            few = ", ".join(map(self.short, self.parts))
            return f"{self.path} ({few if len(self.parts) <= _FEW else f'{len(self.parts)} delen'})"
        if self.path is None:
            return f"blad {self.sheet}"
        whole = f"{self.path}, blad {self.sheet}" if self.sheet else str(self.path)
        return f"{whole}, {self.block}" if self.block else whole

    def short(self, part: Source) -> str:
        """How one of its parts is called beside the others."""
        outer = part.path is not None and part.path != self.path
        names = [
            part.path.name if outer and part.path else "",
            f"blad {part.sheet}" if part.sheet and (outer or part.sheet != self.sheet) else "",
            part.block,
        ]
        return ", ".join(filter(None, names))

    def part_names(self, which: str) -> list[str]:
        """What its parts are called, or it itself: their files (`OF_PARTS`), or their sheets."""
        parts = self.parts or (self,)
        if which == OF_PARTS[0]:
            return [part.path.name if part.path else "" for part in parts]
        return [part.sheet for part in parts]

    def place(self, row: int) -> tuple[str, int]:
        """The part that a row stands in, empty for a source of one part, and its row there."""
        if not self.parts:
            return "", row
        number, own = divmod(row, PART)
        inner, at = self.parts[number].place(own)
        return ", ".join(filter(None, [self.short(self.parts[number]), inner])), at

    def row(self, row: int) -> str:
        """A row of it, in words without the file, as the user finds it there."""
        part, own = self.place(row)
        return f"{part}, rij {own}" if part else f"rij {own}"

    def at(self, row: int) -> str:
        """A row of it, in words."""
        if not self.parts:
            return f"{self}, rij {row}"
        number, own = divmod(row, PART)
        return self.parts[number].at(own)


def kind_of(path: Path) -> str:
    """`workbook` or `csv`, by content; raises `FileUnreadable` where content and name disagree."""
    if not path.exists():
        raise FileUnreadable(
            "Dit bestand bestaat niet.", where=str(path), remedy="Controleer de naam en de map."
        )
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileUnreadable(
            "Dit bestand is niet te openen.",
            where=f"{path} ({refusal(error)})",
            remedy="Sluit het in andere programma's en controleer of u het mag lezen.",
        ) from error
    if not head.strip():
        raise FileUnreadable("Dit bestand is leeg.", where=str(path), remedy="Exporteer de gegevens opnieuw.")
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> str:
    advice = "Bewaar de gegevens in Excel of LibreOffice als .xlsx of .csv."
    start = _start(head)
    if start.startswith((b"<?xml", b"<workbook")) and _SPREADSHEET in start:
        return "workbook"
    if start.startswith((b"<?xml", b"<auditfile")) and b"<html" not in start:
        raise _of_xml(path, start)
    if start.startswith(_PAGE):
        if _has_table(path):
            return "workbook"
        raise FileUnreadable(
            "Dit is een webpagina met een andere naam, zonder tabel.", where=str(path), remedy=advice
        )
    if _DATEV.match(head.lstrip(b"\xef\xbb\xbf")):
        raise FileUnreadable(
            "Dit zijn boekingen voor DATEV: met rekeningen in plaats van klanten, en dagen zonder jaar.",
            where=str(path),
            remedy=_INVOICES,
        )
    suffix = path.suffix.lower()
    if head.startswith(_OLE) and suffix in WORKBOOK_NAMES:
        return "workbook"
    if head.startswith(_ZIP) and suffix not in WORKBOOK_NAMES:
        raise FileUnreadable(
            "Dit bestand is ingepakt: een zip of een werkboek met de verkeerde extensie.",
            where=str(path),
            remedy="Pak het uit, of geef een werkboek de extensie .xlsx.",
        )
    if head.startswith(_ZIP):
        return "workbook"
    if suffix == ".xls" and _is_table_of_text(head):
        return "csv"  # so that a click opens it in Excel
    if suffix not in TEXT_NAMES or head.startswith(_OLE):
        what = (
            "Dit is geen werkboek, al heet het zo."
            if suffix in WORKBOOK_NAMES
            else "Dit soort bestand kan niet."
        )
        raise FileUnreadable(
            what,
            where=str(path),
            remedy=f"Gebruik {', '.join(TEXT_NAMES)} voor tekst, "
            f"{', '.join(WORKBOOK_NAMES)} voor een werkboek.",
        )
    return "csv"


def _is_table_of_text(head: bytes) -> bool:
    """Whether the first bytes of a file are a line of text with several fields, and more lines."""
    line, end, _ = head.partition(b"\n")
    return b"\0" not in head and bool(end) and max(map(line.count, (b"\t", b";", b","))) >= _FIELDS


def is_xml(path: Path) -> bool:
    """Whether a workbook is XML as it stands, or a web page, and not packed."""
    with path.open("rb") as file:
        return _start(file.read(512)).startswith(b"<")


def is_page(path: Path) -> bool:
    """Whether what is no packed workbook is a web page, with its tables as sheets."""
    with path.open("rb") as file:
        start = _start(file.read(512))
    return start.startswith(_PAGE) and _SPREADSHEET not in start


def _start(head: bytes) -> bytes:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _has_table(path: Path) -> bool:
    """Whether a row of a table stands in a page, behind the looks that a program put before it."""
    with path.open("rb") as file:
        return re.search(rb"<tr[\s>]", _start(file.read(_LOOKED))) is not None


def _of_xml(path: Path, start: bytes) -> FileUnreadable:
    """The error for a file of XML: what it is, where its first tag says so, and what can be read instead."""
    if b"<auditfile" in start or path.suffix.lower() in (".xaf", ".adf"):
        return FileUnreadable(
            "Dit is een auditfile: de hele boekhouding in XML, met alle dagboeken door elkaar.",
            where=str(path),
            remedy=_INVOICES,
        )
    return FileUnreadable(
        "Dit is een bestand in XML, en geen tabel.",
        where=str(path),
        remedy="Exporteer de verkopen als Excel of CSV, of open het in Excel en bewaar het als .xlsx.",
    )


def is_old_form(path: Path) -> bool:
    """Whether a workbook is of the old kind, which also is what a workbook with a password looks like."""
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE
