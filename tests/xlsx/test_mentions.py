"""A name is found as a word of its own, in whatever way it is written, and taken out of what programs keep beside cells."""

import io
import re
import unicodedata
import zipfile

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.words import Words
from tests.workbook.rich import png


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
    assert words.is_whole("Café\u00a0Bo &\nZn. ")


def test_what_is_spelled_as_another_is_of_the_other_and_only_the_own_spelling_is_changed():
    words = Words("Ans Vos", longer=("ANS VOS", "Ans Vos BV"))
    assert [words.is_in(text) for text in ("bel ANS VOS", "ans vos bv", "bel Ans Vos", "bel ans vos")] == [
        False, False, True, True,
    ]  # fmt: skip
    assert [words.is_whole(text) for text in ("Ans Vos", "ANS VOS", "ans vos")] == [True, False, False]
    assert words.is_quoted_in("orders van Ans Vos.csv")
    assert not words.is_quoted_in("orders van ans vos.csv")


def test_a_number_is_quoted_behind_its_title_only():
    words = Words("77", title="klant")
    assert words.is_quoted_in("van klant 77 ontbreekt de datum")
    assert not words.is_quoted_in("77 rijen gelezen")


def test_a_long_text_is_shown_around_the_name():
    shown = Words("Ans Vos").shortened("a " * 200 + "Ans  Vos\nbelde" + " b" * 200)
    assert "Ans Vos belde" in shown
    assert (shown[0], shown[-1], len(shown) < 90) == ("…", "…", True)


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
    package.erase(words, "vergeten-1", ("", ()))
    # The cell and the list are the user's own: these stay, and are told
    assert [str(one) for one in package.mentions(words)] == [
        'tekst, blad Blad, cel A1: "Piet & Co"',
        'regel, keuzelijst, filter of kop- en voettekst, blad Blad, cel C1: "Piet & Co,x"',
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


def test_conversations_are_somebody_s_words_told_with_their_cell_and_left(book):
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
    told = 'gesprek bij een cel, blad Blad, cel A1: "bel Piet & Co"'
    assert told in map(str, package.mentions(words))
    package.erase(words, "vergeten-1", ("", ()))
    assert told in map(str, package.mentions(words))


def test_a_link_is_told_with_its_cell_and_so_is_one_of_a_picture():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("Blad")
        sheet.write_url("D7", "https://crm.nl/klant/Piet%20%26%20Co", string="kaart")
        sheet.write_url("D8", "https://crm.nl/klant/Kees", string="kaart", tip="van Piet & Co")
        image = {"image_data": io.BytesIO(png()), "url": "mailto:info@x.nl?subject=Piet%20%26%20Co"}
        sheet.insert_image("F9", "p.png", image)
    found = Package.from_bytes(out.getvalue()).mentions(Words("Piet & Co"))
    assert [(one.cell, one.row) for one in found if one.what == "koppeling"] == [
        ("D8", 8), ("D7", 7), ("F9", 9),
    ]  # fmt: skip


def test_numbers_in_charts_are_no_customers():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("Blad")
        sheet.write_column("A1", ["77", "ander"])
        sheet.write_column("B1", [77, 3])
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=Blad!$A$1:$A$2", "values": "=Blad!$B$1:$B$2"})
        sheet.insert_chart("E1", chart)
        sheet.autofilter("A1:B2")
        sheet.filter_column_list("B", ["77"])
    package = Package.from_bytes(out.getvalue())
    package.erase(Words("77"), "vergeten-1", ("", ()))
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as file:
        chart_now = file.read("xl/charts/chart1.xml").decode()
        assert 'filter val="77"' in file.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", chart_now) == ["vergeten-1", "ander", "77", "3"]
