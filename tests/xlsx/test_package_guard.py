"""The door: every file that is no safe workbook is recognised by its contents."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from klantwaarde_xl.errors import FileUnreadable, WorkbookUnsafe
from klantwaarde_xl.xlsx import guard as door
from klantwaarde_xl.xlsx.guard import guard, inspect
from klantwaarde_xl.xlsx.scan import WellFormed
from tests.workbook.rich import pack, rich, unpack

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK = rich(3)


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    return pack({**unpack(BOOK), name: content})


def test_a_good_workbook_comes_through_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "klant.xlsx"
    path.write_bytes(BOOK)
    assert guard(path) == BOOK


def test_missing_empty_and_folder_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "leeg.xlsx").touch()
    for path, word in (
        (tmp_path / "weg.xlsx", "bestaat niet"),
        (tmp_path, "map"),
        (tmp_path / "leeg.xlsx", "leeg"),
    ):
        with pytest.raises(FileUnreadable, match=word):
            guard(path)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "versleuteld"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "xls"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "HTML"),
        (b"klant;bedrag\r\n1;2,50\r\n", "CSV"),
        ("klant\tbedrag\n".encode("utf-16"), "CSV"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "geen Excel-werkboek"),
        (BOOK[: len(BOOK) // 2], "afgebroken"),
        (zipped([("a.txt", b"x")]), "zipbestand"),
        (zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "OpenDocument"),
        (zipped([("[Content_Types].xml", b"<T>wordprocessingml</T>")]), "Word"),
        (zipped([("[Content_Types].xml", b"<T>sheet.binary.macroEnabled</T>")]), "xlsb"),
    ],
    # not the bytes: a zip file holds the moment that it was made, which each worker has of its own
    ids=[
        "encrypted",
        "xls",
        "html",
        "html after blanks",
        "csv",
        "utf-16",
        "xml 2003",
        "png",
        "cut off",
        "zip",
        "opendocument",
        "word",
        "xlsb",
    ],
)
def test_another_type_of_file_is_recognised(data: bytes, word: str) -> None:
    with pytest.raises(WorkbookUnsafe, match=word) as caught:
        inspect(data, "bestand.xlsx")
    assert caught.value.remedy


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_parts_are_refused_whatever_their_capitals() -> None:
    for twin in ("xl/workbook.xml", "XL/Workbook.xml"):
        data = zipped([*unpack(BOOK).items(), (twin, b"<x/>")])
        with pytest.raises(WorkbookUnsafe, match="dubbel"):
            inspect(data)


@pytest.mark.parametrize("name", ["../weg.xml", "/etc/x.xml", "xl/../../x.xml", "C:/x.xml", "xl\\x.xml"])
def test_names_that_leave_the_package_are_refused(name: str) -> None:
    with pytest.raises(WorkbookUnsafe, match="verdachte naam"):
        inspect(with_part(name, b"<x/>"))


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_PARTS", 5)
    with pytest.raises(WorkbookUnsafe, match="te veel onderdelen"):
        inspect(BOOK)


@pytest.mark.slow
def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    with pytest.raises(WorkbookUnsafe, match="zipbom"):
        inspect(with_part("xl/bom.bin", bytes(80 << 20)))


def test_a_part_that_lies_about_its_size_is_refused_when_read() -> None:
    from klantwaarde_xl.xlsx.package import Package

    at = BOOK.rindex(b"PK\1\2", 0, BOOK.rindex(b"xl/workbook.xml"))
    data = BOOK[: at + 24] + struct.pack("<L", 10) + BOOK[at + 28 :]
    with pytest.raises(WorkbookUnsafe):
        Package.from_bytes(data).sheet_names()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- eerst een opmerking -->\n", "<!-- " + "x" * 70_000 + " -->"])
def test_a_dtd_is_refused_wherever_it_hides(encoding: str, before: str) -> None:
    text = f'<?xml version="1.0"?>{before}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(WorkbookUnsafe, match="DTD"):
        inspect(with_part("xl/theme/theme1.xml", text.encode(encoding)))


def test_a_part_that_is_written_is_checked_for_a_dtd_too() -> None:
    check = WellFormed("xl/x.xml")
    with pytest.raises(WorkbookUnsafe, match="DTD"):
        check.feed(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_the_word_doctype_inside_a_text_is_no_dtd() -> None:
    inspect(with_part("customXml/item9.xml", b"<a>&lt;!DOCTYPE x></a>"))


def test_power_querys_part_in_utf_16_is_allowed() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><DataMashup>AAAA</DataMashup>'
    inspect(with_part("customXml/item9.xml", text.encode("utf-16")))


def test_an_encrypted_member_is_refused() -> None:
    at = BOOK.index(b"PK\1\2")
    data = BOOK[: at + 8] + struct.pack("<H", 1) + BOOK[at + 10 :]
    with pytest.raises(WorkbookUnsafe, match="versleuteld"):
        inspect(data)


def test_members_that_share_bytes_are_refused() -> None:
    first = BOOK.index(b"PK\1\2")
    second = BOOK.index(b"PK\1\2", first + 4)
    data = BOOK[: second + 42] + struct.pack("<L", 1) + BOOK[second + 46 :]
    with pytest.raises(WorkbookUnsafe, match="overlappen"):
        inspect(data)
