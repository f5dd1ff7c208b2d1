"""Rows that are written alike are read by column, and are the same rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx import alike, many_rows
from klantwaarde_xl.xlsx.alike import AlikeRows
from klantwaarde_xl.xlsx.many_rows import blocks_of, rows_of
from klantwaarde_xl.xlsx.sheet_read import SheetXml

STRINGS = ["nul", "één", "twee & drie", "", "vier"]
# A cell in which only the value differs from row to row
FORMS = (
    "><v>{}</v></c>",
    ' s="3"><v>{}</v></c>',
    ' t="s"><v>{}</v></c>',
    ' t="inlineStr"><is><t>{}</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>',
    ' t="str"><v>{}</v></c>',
    ' t="b"><v>{}</v></c>',
    '><f t="shared" si="0"/><v>{}</v></c>',
)
NUMBERS = ("0", "1", "2", "4", "1.5", "-3", "0.1", "1E3", "45.30", "1e400")
TEXTS = ("K10", "één", "a &amp; b", "x_x000A_y", "", " ", "r=&quot;A1&quot;", 'zegt "ja", en', "nan")
columns = st.lists(
    st.tuples(st.sampled_from(FORMS), st.sampled_from([NUMBERS[:4], NUMBERS, TEXTS[:2], TEXTS])),
    min_size=1,
    max_size=4,
)


@pytest.fixture(autouse=True)
def _however_few(monkeypatch):
    monkeypatch.setattr(many_rows, "_FEW", 0)


def sheet_of(rows, first=1):
    """A sheet of rows, each the cells that stand behind the addresses from A on."""
    text = "".join(
        f'<row r="{number}" spans="1:9">'
        + "".join(f'<c r="{letter}{number}"{cell}' for letter, cell in zip("ABCD", row, strict=False))
        + "</row>"
        for number, row in enumerate(rows, first)
    )
    return SheetXml(f"<worksheet><sheetData>{text}</sheetData></worksheet>".encode(), "blad")


def one_by_one(sheet, width):
    return [(row.number, sheet.row_values(row, 1, width, STRINGS)) for row in sheet.rows()]


def answered(rows):
    """The rows, or the refusal of one of them."""
    try:
        return [*map(repr, rows())]
    except WorkbookUnsafe as error:
        return error.where


@given(columns, st.integers(2, 9), st.data(), st.sampled_from([90, 400, 1 << 19]))
def test_they_are_the_rows_that_stand_there(wanted, many, data, block):
    rows = [[form.format(data.draw(st.sampled_from(values))) for form, values in wanted] for _ in range(many)]
    sheet, width = sheet_of(rows), len(wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many_rows, "_BLOCK", block)
        at_once = answered(lambda: rows_of(sheet, 1, width, STRINGS))
    assert at_once == answered(lambda: one_by_one(sheet, width))


def test_plain_columns_come_as_columns():
    rows = [[FORMS[3].format(f"K{n}"), FORMS[1].format(n), FORMS[2].format(n % 3)] for n in range(6)]
    (block,) = blocks_of(sheet_of(rows, 4), 1, 3, STRINGS)
    assert isinstance(block, AlikeRows)
    assert (block.first, len(block)) == (4, 6)
    assert [[*column.shown[:2]] for column in block.columns] == [
        [b"K0", b"K1"],
        [b"0", b"1"],
        [b"nul", "één".encode()],
    ]
    assert block.columns[1].numbers == [*map(float, range(6))]
    assert block.between(6, 7).values() == [["K2", 2.0, "twee & drie"], ["K3", 3.0, "nul"]]


@pytest.mark.parametrize(
    "odd",
    [
        [FORMS[3].format("K9"), ' s="3"/>'],
        [FORMS[3].format("K9"), "><f>1+1</f><v>2</v></c>"],
        [FORMS[3].format(""), FORMS[0].format(1)],
        [FORMS[3].format("a &lt; b"), FORMS[0].format(1)],
        [FORMS[3].format("K9"), ' t="e"><v>#N/A</v></c>'],
    ],
)
def test_one_row_otherwise_makes_them_rows(odd):
    usual = [FORMS[3].format("K1"), FORMS[0].format(1)]
    sheet = sheet_of([usual, odd, usual])
    (block,) = blocks_of(sheet, 1, 2, STRINGS)
    assert not isinstance(block, AlikeRows)
    assert [*block] == one_by_one(sheet, 2)


def test_rows_that_do_not_follow_one_another_are_no_block():
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
    sheet = SheetXml(f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode(), "blad")
    assert [*rows_of(sheet, 1, 1, ())] == [(1, [1.0]), (3, [2.0])]


def test_of_a_long_row_no_pattern_is_made(monkeypatch):
    long = FORMS[3].format("x" * 20_000)
    sheet = sheet_of([[long, FORMS[0].format(n)] for n in range(4)])
    monkeypatch.setattr(alike, "_literal", None)
    assert [*rows_of(sheet, 1, 2, STRINGS)] == one_by_one(sheet, 2)
