"""Rows that look the same are seen at once, and look as they do one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx.rows import looks, runs
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.rows.runs import run_of
from klantwaarde_xl.xlsx.sheet_read import SheetXml

# A row as it is written: its attributes, and what stands in it with its number
FORMS = (
    ('', '<c r="A{0}" s="1"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>K{0}</t></is></c>'),
    ('', '<c r="A{0}" s="2"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>K{0}</t></is></c>'),
    (' spans="1:3"', '<c r="A{0}" s="1"><v>{0}</v></c><c r="C{0}"/>'),
    (' ht="30" customHeight="1"', '<c r="A{0}" s="1"><v>{0}</v></c>'),
    ('', '<c r="B{0}" s="1"><f>A{0}*2</f><v>{0}</v></c>'),
    ('', ''),
)  # fmt: skip
forms = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9), st.integers(1, 2)), min_size=1, max_size=8)


@pytest.fixture(autouse=True)
def _however_few(monkeypatch):
    monkeypatch.setattr(runs, "_FEW", 2)


def sheet_of(wanted):
    """A sheet: so many rows of a form after one another, each so much further than the one before."""
    text, number = "", 0
    for form, many, step in wanted:
        attributes, cells = FORMS[form]
        for _ in range(many):
            number += step
            text += f'<row r="{number}"{attributes}>{cells.format(number)}</row>'
    data = f"<worksheet><sheetData>{text}</sheetData></worksheet>"
    return SheetXml(data.encode(), "blad"), number


@given(forms, st.integers(1, 12), st.integers(0, 12), st.sampled_from([200, 700, 1 << 19]))
def test_they_look_as_they_do_one_by_one(wanted, top, below, block):
    sheet, last = sheet_of(wanted)
    bottom = max(top, last - below)
    table = Area(max(top - 1, 1), 1, bottom + 1, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_BLOCK", block)
        patch.setattr(looks, "_AHEAD", 1)
        patch.setattr(looks, "_MISSES", 1000)
        together = looks_of(sheet, table, top, bottom)
        sheet.looks.clear()
        patch.setattr(looks, "run_of", lambda *_: None)
        assert together == looks_of(sheet, table, top, bottom)


def test_usual_rows_are_one_run():
    sheet, last = sheet_of([(0, 40, 1)])
    found = run_of(sheet, sheet.head_end, last)
    assert found == ([*range(1, 41)], sheet.tail_start)
    assert run_of(sheet, sheet.head_end, last - 1) is None


@pytest.mark.parametrize("odd", [1, 2, 3, 4, 5])
def test_a_row_that_looks_otherwise_is_in_no_run(odd):
    sheet, last = sheet_of([(0, 20, 1), (odd, 1, 1), (0, 20, 1)])
    assert run_of(sheet, sheet.head_end, last) is None


def test_rows_out_of_order_are_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in [*range(1, 20), 7, *range(21, 30)])
    sheet = SheetXml(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode(), "blad")
    with pytest.raises(WorkbookUnsafe, match="volgorde"):
        looks_of(sheet, Area(1, 1, 40, 1), 2, 40)
