"""`klantwaarde pdf`: the page of a workbook, and nothing of the other sheets, with tags, title and language."""

import io
import re
import zipfile
import zlib

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.hosts.setup import libreoffice
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.content import pages_of
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.visible import showing
from tests.conftest import NOW


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "rapport.xlsx"
    empty_workbook(template("directierapport"), now=NOW).save(path)
    return path


def streams(data):
    """The contents of a PDF, unpacked where they are packed."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize("name", [one.id for one in templates().values() if one.refreshes])
def test_every_workbook_has_one_page(name):
    (page,) = pages_of(template(name))
    assert page not in ("Start", "Controle", "Berekening")


@pytest.mark.slow
@pytest.mark.usefixtures("calc_host")
def test_the_pdf_is_that_page_with_tags_title_and_language(book, capsys):
    assert main(["pdf", str(book)]) == 0
    assert f"Gemaakt: {book.with_suffix('.pdf')} (Rapport)" in capsys.readouterr().out
    data = streams(book.with_suffix(".pdf").read_bytes())
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert b"/StructTreeRoot" in data
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", data)
    assert re.search(rb"/Lang\s*\(nl-NL\)", data)
    assert b"Directierapport klantwaarde" in data.replace(b"\x00", b"")


@pytest.mark.slow
@pytest.mark.usefixtures("calc_host")
def test_other_sheets_may_be_asked_whatever_their_capitals(book):
    assert main(["pdf", str(book), "--blad", "doelen", "--blad", "START"]) == 0
    data = streams(book.with_suffix(".pdf").read_bytes())
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(book, capsys):
    assert main(["pdf", str(book), "--blad", "Omzet"]) == 2
    said = capsys.readouterr().err
    assert "geen blad Omzet" in said
    assert "Rapport" in said


def test_a_pdf_that_is_there_stays(book, capsys):
    book.with_suffix(".pdf").write_text("mijn")
    assert main(["pdf", str(book)]) == 2
    assert "bestaat al" in capsys.readouterr().err
    assert book.with_suffix(".pdf").read_text() == "mijn"


def test_without_libreoffice_it_says_where_to_get_it(book, capsys, monkeypatch):
    monkeypatch.setattr(libreoffice, "_candidates", lambda _: iter(()))
    assert main(["pdf", str(book)]) == 5
    assert "libreoffice.org" in capsys.readouterr().err
    assert not book.with_suffix(".pdf").exists()


def test_a_workbook_of_another_program_needs_a_sheet(tmp_path, capsys):
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "eigen.xlsx")
    assert main(["pdf", str(tmp_path / "eigen.xlsx")]) != 0
    assert "Klantwaarde XL" in capsys.readouterr().err


def test_only_the_sheets_asked_for_show_and_print(book):
    data = showing(book, ["Doelen"])
    text = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml").decode()
    shown = [tag for tag in re.findall(r"<sheet [^>]*>", text) if "hidden" not in tag]
    assert re.findall(r'name="([^"]+)"', "".join(shown)) == ["Doelen"]
    areas = re.findall(r'<definedName name="_xlnm.Print_Area"[^>]*>([^<]*)<', text)
    assert all(area.startswith("Doelen!") for area in areas)
    assert 'activeTab="2"' in text
    assert Package.from_bytes(data).sheet_names() == Package.open(book).sheet_names()
