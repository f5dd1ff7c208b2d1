"""Custom properties of a document, set in the parts of whatever program wrote them."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.xlsx.package import Package

TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
)


def book(custom=None):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.add_worksheet()
        for name, value in (custom or {}).items():
            workbook.set_custom_property(name, value)
    return target.getvalue()


def with_part(data, change):
    """A workbook whose part of custom properties is changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "docProps/custom.xml" else part)
    return target.getvalue()


def by_openpyxl(package):
    found = openpyxl.load_workbook(io.BytesIO(package.to_bytes())).custom_doc_props
    return {one.name: one.value for one in found.props}


def test_a_workbook_without_properties_gets_the_part():
    package = Package.from_bytes(book())
    package.set_properties("kw_", {"kw_1": "een"})
    assert by_openpyxl(package) == {"kw_1": "een"}


def test_others_stay_and_those_of_the_prefix_go():
    package = Package.from_bytes(book({"Klant": "van mij", "KW_oud": "weg", "nummer": 3}))
    package.set_properties("kw_", {"kw_1": "een"})
    assert by_openpyxl(package) == {"Klant": "van mij", "nummer": 3, "kw_1": "een"}


def test_every_property_has_a_number_of_its_own():
    package = Package.from_bytes(book({"Klant": "van mij"}))
    package.set_properties("kw_", {"kw_1": "een", "kw_2": "twee"})
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as file:
        assert re.findall(rb'pid="(\d+)"', file.read("docProps/custom.xml")) == [b"2", b"3", b"4"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: re.sub(rb"(<Properties[^>]*)>.*</Properties>", rb"\1/>", data, flags=re.S),
        lambda data: (
            data.replace(b"<Properties xmlns=", b"<op:Properties xmlns:op=")
            .replace(b"</Properties>", b"</op:Properties>")
            .replace(b"<property ", b"<op:property ")
            .replace(b"</property>", b"</op:property>")
        ),
    ],
    ids=["empty", "prefixed"],
)
def test_a_part_in_another_notation_takes_them(change):
    package = Package.from_bytes(with_part(book({"KW_oud": "weg"}), change))
    package.set_properties("kw_", {"kw_1": "een"})
    assert by_openpyxl(package) == {"kw_1": "een"}


@given(TEXTS)
def test_any_text_comes_back(text):
    package = Package.from_bytes(PLAIN)
    package.set_properties("kw_", {"kw_1": text})
    assert package.custom_properties() == {"kw_1": text}


PLAIN = book()
