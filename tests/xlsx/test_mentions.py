"""A name is found as a word of its own, in whatever way it is written, and taken out of what programs keep beside cells."""

import io
import unicodedata
import zipfile

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.mentions import Words
from klantwaarde_xl.xlsx.package import Package


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan", True),
        ("bel JAN, snel", True),
        ("Jansen", False),
        ("Jan Jansen", False),
        ("Jan Jansen en Jan", True),
        ("jan@x.nl", True),
        ("Janneke; Kjan", False),
    ],
)
def test_a_name_is_a_word_and_no_part_of_the_name_of_another(text, found):
    assert Words("Jan", ("Jan Jansen",)).is_in(text) is found


def test_accents_composed_or_not_and_odd_spaces_are_the_same():
    words = Words("Café Bo & Zn.")
    assert words.is_in(unicodedata.normalize("NFD", "aan café  bo & zn. betaald"))
    assert words.is_whole("CAFÉ BO\u00a0& ZN. ")


def with_part(data, name, text):
    """A workbook with one part more, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def book():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("Blad")
        sheet.write(0, 0, "Piet & Co")
        sheet.write(0, 1, "Anders")
        sheet.data_validation("C1", {"validate": "list", "source": ["Piet & Co", "x"]})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=Blad!$A$1:$B$1", "values": "=Blad!$A$1:$B$1"})
        sheet.insert_chart("E1", chart)
    return out.getvalue()


def test_caches_get_the_other_name_and_a_text_without_a_cell_becomes_empty(book):
    cache = (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sharedItems>'
        '<s v="Piet &amp; Co"/><s v="Anders"/></sharedItems></pivotCacheDefinition>'
    )
    data = with_part(book, "xl/pivotCache/pivotCacheDefinition1.xml", cache)
    strings = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml")
    data = with_part(
        data, "xl/sharedStrings.xml", strings.replace(b"</sst>", b"<si><t>oud: Piet &amp; Co</t></si></sst>")
    )
    package = Package.from_bytes(data)
    words = Words("Piet & Co")
    assert {one.what for one in package.mentions(words)} >= {
        "tekst", "draaitabel", "grafiek", "tekst die in geen cel meer staat",
        "regel, keuzelijst, filter of kop- en voettekst",
    }  # fmt: skip
    package.erase(words, "vergeten-1", "")
    # The cell and the list are the user's own: these stay, and are told
    assert [str(one) for one in package.mentions(words)] == [
        "tekst, blad Blad, cel A1", "regel, keuzelijst, filter of kop- en voettekst, blad Blad",
    ]  # fmt: skip
    text = package.to_bytes()
    with zipfile.ZipFile(io.BytesIO(text)) as file:
        assert b'<s v="vergeten-1"/>' in file.read("xl/pivotCache/pivotCacheDefinition1.xml").replace(
            b" />", b"/>"
        )
        assert b"Anders" in file.read("xl/pivotCache/pivotCacheDefinition1.xml")


def test_a_part_that_is_no_xml_is_searched_and_a_picture_is_told(book):
    data = with_part(book, "xl/vbaProject.bin", b"\0Piet & Co\0")
    data = with_part(data, "xl/media/image1.png", b"Piet & Co")
    found = Package.from_bytes(data).mentions(Words("Piet & Co"))
    assert [(one.what, one.seen) for one in found if one.what in ("macro", "afbeelding")] == [
        ("macro", True), ("afbeelding", False),
    ]  # fmt: skip


def test_a_conversation_that_has_the_name_is_erased_and_another_stays(book):
    spaces = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    talk = (
        f'<ThreadedComments {spaces}><threadedComment ref="A1" id="1"><text>bel Piet &amp;amp; Co</text>'
        '</threadedComment><threadedComment ref="A2" id="2"><text>bel Kees</text></threadedComment>'
        "</ThreadedComments>"
    ).replace("&amp;amp;", "&amp;")
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId9" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    data = with_part(book, "xl/threadedComments/threadedComment1.xml", talk)
    package = Package.from_bytes(with_part(data, "xl/worksheets/_rels/sheet1.xml.rels", rels))
    words = Words("Piet & Co")
    assert "gesprek bij een cel, blad Blad, cel A1" in map(str, package.mentions(words))
    package.erase(words, "vergeten-1", "")
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as file:
        now = file.read("xl/threadedComments/threadedComment1.xml").decode()
    assert now == talk.replace("bel Piet &amp; Co", "gewist")
