"""Rows that are cut a block at a time have the values that reading them one by one gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx import many_rows
from klantwaarde_xl.xlsx.many_rows import rows_of
from klantwaarde_xl.xlsx.sheet_read import SheetXml

STRINGS = ["nul", "één", "twee & drie"]
LEFT, WIDTH = 2, 3  # columns B to D
# What stands behind the address of a cell, as many programs write it and as few do
USUAL = (
    "/>",
    ' s="3"/>',
    "><v>1.5</v></c>",
    ' s="12"><v>45000</v></c>',
    ' t="s"><v>1</v></c>',
    ' s="2" t="s"><v>2</v></c>',
    ' t="inlineStr"><is><t>K10</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> a &amp; b_x000A_</t></is></c>',
    ' t="inlineStr"><is><t></t></is></c>',
    ' t="str"><f>B1&amp;"x"</f><v>tekst</v></c>',
    ' t="str"><v></v></c>',
    '><f t="shared" si="0"/><v>7</v></c>',
    ' t="b"><v>1</v></c>',
    ' t="e"><v>#N/A</v></c>',
    "><v> 8 </v></c>",
    '><f>""</f></c>',
)
ODD = (
    ' cm="1" s="1"><v>4</v></c>',
    ' t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c>',
    ' t="s" ><v>0</v></c>',
    "><v>9</v><extLst><ext/></extLst></c>",
)

cells = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(USUAL)), max_size=5)
odd_cells = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(USUAL + ODD)), max_size=5)
rows = st.tuples(
    st.integers(1, 3),  # rows further than the one before
    st.sampled_from(["", ' spans="1:6"', ' ht="12.8" customHeight="1"']),
    st.sampled_from(["row", "row", "row", "unnumbered", "closed"]),
    cells | cells | cells | odd_cells,
)


@pytest.fixture(autouse=True)
def _however_few(monkeypatch):
    monkeypatch.setattr(many_rows, "_FEW", 0)


def sheet_of(content, prefix=""):
    """A sheet of rows: how far below the last one, attributes, form and cells."""
    text, number = "", 0
    for step, attributes, form, content_of_row in content:
        number += 1 if form == "unnumbered" else step
        given_number = "" if form == "unnumbered" else f' r="{number}"'
        if form == "closed":
            text += f"<row{given_number}{attributes}/>"
            continue
        here = sorted(dict(content_of_row).items())
        inner = "".join(f'<c r="{letter}{number}"{rest}' for letter, rest in here)
        text += f"<row{given_number}{attributes}>{inner}</row>"
    data = f"<worksheet><sheetData>{text}</sheetData></worksheet>"
    return SheetXml(re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", data).encode(), "blad")


def one_by_one(sheet, top=1):
    return [
        (row.number, sheet.row_values(row, LEFT, WIDTH, STRINGS)) for row in sheet.rows() if row.number >= top
    ]


def at_once(sheet, top=1):
    return [row for row in rows_of(sheet, LEFT, WIDTH, STRINGS, top) if row[0] >= top]


@given(
    st.lists(rows, max_size=12),
    st.sampled_from([60, 300, 1 << 19]),
    st.integers(1, 4),
    st.sampled_from(["", "", "x:"]),
)
def test_rows_are_the_same_at_once(content, block, top, prefix):
    sheet = sheet_of(content, prefix)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many_rows, "_BLOCK", block)
        assert at_once(sheet, top) == one_by_one(sheet, top)


def test_usual_rows_are_not_read_one_by_one(monkeypatch):
    sheet = sheet_of([(1, "", "row", [*zip("BCDF", USUAL[at : at + 4], strict=True)]) for at in range(12)])
    expected = one_by_one(sheet)
    monkeypatch.setattr(SheetXml, "row_values", None)
    assert at_once(sheet) == expected


def test_a_row_longer_than_a_block_is_whole(monkeypatch):
    monkeypatch.setattr(many_rows, "_BLOCK", 40)
    long = f' t="inlineStr"><is><t>{"x" * 200}</t></is></c>'
    sheet = sheet_of([(1, "", "row", [("B", USUAL[2])]), (1, "", "row", [("C", long)]), (1, "", "row", [])])
    assert at_once(sheet) == one_by_one(sheet)


@pytest.mark.parametrize("number", ["1048577", "9999999"])
def test_a_row_that_does_not_exist_is_refused(number):
    data = f'<worksheet><sheetData><row r="{number}"><c r="B1"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(WorkbookUnsafe, match="bestaat niet"):
        at_once(SheetXml(data.encode(), "blad"))


def test_a_text_that_is_not_there_is_refused():
    sheet = sheet_of([(1, "", "row", [("B", ' t="s"><v>3</v></c>')])])
    with pytest.raises(WorkbookUnsafe, match="verwijst naar een tekst"):
        at_once(sheet)
