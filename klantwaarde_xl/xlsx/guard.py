"""The door: what a file is, judged by its contents, before any program reads it as a workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import FileUnreadable, WorkbookInUse, WorkbookUnsafe, refusal
from klantwaarde_xl.limits import MOST_PARTS, most_unpacked
from klantwaarde_xl.xlsx.scan import has_dtd

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PROLOG = 1 << 16
_CONTENT_TYPES = "[Content_Types].xml"
_BEFORE_ROOT = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*", re.S)
_TRAVERSAL = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
_SAVE_AS = "Open het bestand in Excel en kies Opslaan als, type Excel-werkmap (.xlsx)."


def guard(path: Path) -> bytes:
    """Return the bytes of a workbook that is safe to read.

    Args:
        path: an .xlsx or .xlsm file.

    Raises:
        FileUnreadable: there is no such file, it is a folder, or empty.
        WorkbookInUse: another program keeps it for itself.
        WorkbookUnsafe: encrypted, another type of file, damaged, or hostile.
    """
    where = str(path)
    if path.is_dir():
        raise FileUnreadable("Dit is een map, geen bestand.", where=where, remedy="Noem het werkboek zelf.")
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise FileUnreadable("Dit is geen gewoon bestand.", where=where, remedy="Noem het werkboek zelf.")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(
            "Het bestand bestaat niet.", where=where, remedy="Controleer de naam en de map."
        ) from error
    except PermissionError as error:
        raise WorkbookInUse(
            "Het bestand is niet te lezen: een ander programma houdt het vast, of u hebt geen rechten.",
            where=where,
            remedy="Sluit het bestand in Excel, of vraag leesrechten.",
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"Het bestand kan niet worden gelezen: {refusal(error)}.",
            where=where,
            remedy="Controleer de schijf of de netwerkverbinding.",
        ) from error
    inspect(data, where)
    return data


def inspect(data: bytes, where: str = "") -> None:
    """Check the bytes of a workbook.

    Args:
        data: the whole file.
        where: its name, for the message.

    Raises:
        FileUnreadable: it is empty.
        WorkbookUnsafe: encrypted, another type of file, damaged, or hostile.
    """
    if not data:
        raise FileUnreadable(
            "Het bestand is leeg.", where=where, remedy="Haal het opnieuw op, of kies een ander bestand."
        )
    if not data.startswith(_ZIP):
        raise _other_type(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, where, len(data))
            _check_type(archive, where)
            _check_prologs(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeError) as error:
        raise WorkbookUnsafe(
            "Het bestand is beschadigd of afgebroken.",
            where=where,
            remedy="Haal het opnieuw op, of laat Excel het herstellen.",
        ) from error


def _other_type(data: bytes, where: str) -> WorkbookUnsafe:
    """Say what a file without a zip signature is instead."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return WorkbookUnsafe(
                "Het werkboek is versleuteld, met een wachtwoord of een vertrouwelijkheidslabel.",
                where=where,
                remedy="Verwijder het wachtwoord of label in Excel (Bestand, Info) en sla opnieuw op.",
            )
        return WorkbookUnsafe("Dit is een werkboek in de oude indeling (.xls).", where=where, remedy=_SAVE_AS)
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return WorkbookUnsafe("Dit is een XML-werkblad uit 2003.", where=where, remedy=_SAVE_AS)
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<body")):
        return WorkbookUnsafe(
            "Dit is een webpagina (HTML) met de naam van een werkboek.", where=where, remedy=_SAVE_AS
        )
    if start and not re.search(rb"[\x01-\x08\x0e-\x1f]", start):
        return WorkbookUnsafe(
            "Dit is een tekstbestand (bijvoorbeeld CSV) met de naam van een werkboek.",
            where=where,
            remedy="Geef het de extensie .csv en lees het als CSV.",
        )
    return WorkbookUnsafe(
        "Dit is geen Excel-werkboek.", where=where, remedy="Kies een .xlsx- of .xlsm-bestand."
    )


def _check_members(archive: zipfile.ZipFile, where: str, size: int) -> None:
    infos = archive.infolist()
    names = [info.filename.lower() for info in infos]
    if len(infos) > MOST_PARTS:
        raise _hostile("Het werkboek heeft te veel onderdelen.", where)
    if len(set(names)) != len(names):
        raise _hostile("Onderdelen van het werkboek komen dubbel voor.", where)
    unpacked, most = sum(info.file_size for info in infos), most_unpacked(size)
    if unpacked > most:
        raise _hostile(
            f"Het werkboek is uitgepakt {format_number(unpacked / 1e6, 0)} MB; bij deze grootte van "
            f"het bestand mag dat {format_number(most / 1e6, 0)} MB zijn. Het lijkt een zipbom.",
            where,
        )
    for info in infos:
        _check_member(info, where)
    # Members that share bytes are how a small file unpacks to a huge one.
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [info.header_offset for info in ordered[1:]] + [archive.start_dir]
    for info, end in zip(ordered, ends, strict=True):
        if info.header_offset + 30 + len(info.orig_filename) + info.compress_size > end:
            raise _hostile("Onderdelen van het werkboek overlappen elkaar.", where)


def _check_member(info: zipfile.ZipInfo, where: str) -> None:
    if _TRAVERSAL.search(info.orig_filename):
        raise _hostile(f"Een onderdeel heeft een verdachte naam: {info.filename!r}.", where)
    if info.flag_bits & 0x1:
        raise WorkbookUnsafe(
            "Het werkboek is versleuteld.", where=where, remedy="Verwijder het wachtwoord in Excel."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise WorkbookUnsafe(
            "Het werkboek is ingepakt op een manier die Excel niet kent.", where=where, remedy=_SAVE_AS
        )


def _hostile(what: str, where: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        what, where=where, remedy="Vraag de afzender naar de herkomst. Gebruik het bestand niet."
    )


def _check_type(archive: zipfile.ZipFile, where: str) -> None:
    names = archive.namelist()
    if _CONTENT_TYPES not in names:
        if "mimetype" in names:
            raise WorkbookUnsafe(
                "Dit is een OpenDocument-bestand.",
                where=where,
                remedy="Open het in LibreOffice en kies Opslaan als, type Excel (.xlsx).",
            )
        raise WorkbookUnsafe(
            "Dit is een zipbestand, geen Excel-werkboek.",
            where=where,
            remedy="Pak het uit en kies het werkboek die erin zit.",
        )
    types = archive.read(_CONTENT_TYPES)
    if b"\0" in types:
        types = types.replace(b"\0", b"")
    if b"sheet.binary" in types:
        raise WorkbookUnsafe("Dit is een binair werkboek (.xlsb).", where=where, remedy=_SAVE_AS)
    if b"wordprocessingml" in types or b"presentationml.presentation" in types:
        raise WorkbookUnsafe(
            "Dit is een Word- of PowerPointbestand.", where=where, remedy="Kies een .xlsx-bestand."
        )


def _check_prologs(archive: zipfile.ZipFile) -> None:
    """Refuse a document type declaration; it can only stand before the root element."""
    for info in archive.infolist():
        if info.is_dir():
            continue
        with archive.open(info) as part:
            start = part.read(_PROLOG)
        text = _decoded(start)
        if text is None:
            continue
        at = _BEFORE_ROOT.match(text)
        rest = text[at.end() if at else 0 :]
        unfinished = len(start) == _PROLOG and (not rest or rest.startswith(("<?", "<!--")))
        if rest.startswith(("<!DOCTYPE", "<!ENTITY")) or unfinished:
            raise has_dtd(info.filename)


def _decoded(start: bytes) -> str | None:
    """Return the beginning of an XML part as text; None for anything that is no XML."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # Power Query writes its part as UTF-16
        return start.decode("utf-16", "replace")
    if start.startswith(b"<\0"):
        return start.decode("utf-16-le", "replace")
    if start.startswith(b"\0<"):
        return start.decode("utf-16-be", "replace")
    body = start.removeprefix(b"\xef\xbb\xbf")
    return body.decode("utf-8", "replace") if body.lstrip()[:1] == b"<" else None
