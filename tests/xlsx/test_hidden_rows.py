"""Rows that a refresh hides and shows: nothing else in the sheet changes, whoever wrote it."""

import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.xlsx.hidden_rows import with_rows
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.sheet_read import SheetXml

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b'</sheetData><pageMargins left="0.7"/></worksheet>'
LOOKS = [
    '<row r="%d"/>',
    '<row r="%d" ht="18" customHeight="1"></row>',
    '<row r="%d"><c r="A%d" s="1"/></row>',
]


def edited(rows: bytes, top: int, bottom: int, *, shown: bool, head=HEAD, tail=TAIL) -> bytes:
    whole = with_rows(SheetXml(head + rows + tail, "sheet1.xml").to_edit(), top, bottom, shown=shown)
    assert whole.startswith(head)
    assert whole.endswith(tail)
    return whole[len(head) : -len(tail)]


def hidden(rows: bytes) -> dict[int, bool]:
    data = SheetXml(HEAD + rows + TAIL, "sheet1.xml")
    return {row.number: b"hidden" in row.attributes for row in data.rows()}


@given(
    st.dictionaries(st.integers(1, 14), st.sampled_from(LOOKS), max_size=10),
    st.integers(1, 14),
    st.integers(1, 5),
)
def test_exactly_the_rows_meant_are_hidden_and_showing_them_gives_the_old_rows_back(found, top, many):
    bottom = top + many - 1
    written = [found[number].replace("%d", str(number)) for number in sorted(found)]
    rows = "".join(written).encode()
    after = edited(rows, top, bottom, shown=False)
    state = hidden(after)
    assert list(state) == sorted({*found, *range(top, bottom + 1)})
    assert [number for number, is_hidden in state.items() if is_hidden] == list(range(top, bottom + 1))
    assert edited(after, top, bottom, shown=False) == after
    added = [number for number in range(top, bottom + 1) if number not in found]
    back = edited(after, top, bottom, shown=True)
    for number in added:
        back = back.replace(f'<row r="{number}"/>'.encode(), b"")
    kept = {f'<row r="{number}"/>' for number in added}
    assert back == "".join(row for row in written if row not in kept).encode()


@pytest.mark.parametrize("mark", ['hidden="1"', "hidden='1'", 'hidden="true"'])
def test_rows_hidden_by_any_program_are_shown(mark):
    rows = f'<row r="2" spans="1:2" {mark} ht="9"><c r="A2"><v>1</v></c></row>'.encode()
    assert edited(rows, 1, 3, shown=True) == b'<row r="2" spans="1:2" ht="9"><c r="A2"><v>1</v></c></row>'


def test_a_row_that_is_said_not_to_be_hidden_is_hidden_without_saying_both():
    assert edited(b'<row r="2" hidden="0"/>', 2, 2, shown=False) == b'<row r="2" hidden="1"/>'
    assert edited(b'<row r="2" hidden="false"/>', 2, 2, shown=True) == b'<row r="2" hidden="false"/>'


def test_rows_of_a_sheet_with_prefixes_get_theirs():
    head = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
    after = edited(b'<x:row r="3"/>', 2, 3, shown=False, head=head, tail=b"</x:sheetData></x:worksheet>")
    assert after == b'<x:row r="2" hidden="1"/><x:row r="3" hidden="1"/>'


# ── by their name ───────────────────────────────────────────────────────────────────────────


def package() -> Package:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Eerste")
        page = book.add_worksheet("Blad's")
        page.set_row(4, 30)
        page.write("B9", "blijft")
        for name, area in {
            "kr_deel": "='Blad''s'!$A$4:$A$6",
            "kr_rij": "='Blad''s'!$B$9",
            "kr_weg": "=#REF!",
            "kr_ander": "=[map.xlsx]Blad!$A$1:$A$2",
            "ander": "='Blad''s'!$A$1",
        }.items():
            book.define_name(name, area)
    return Package.from_bytes(target.getvalue())


def hidden_in(made: Package) -> list[int]:
    page = openpyxl.load_workbook(io.BytesIO(made.to_bytes()))["Blad's"]
    return [number for number, look in page.row_dimensions.items() if look.hidden]


def test_rows_are_found_by_their_name_and_only_their_sheet_changes():
    made = package()
    assert made.row_names("KR_") == ["kr_deel", "kr_rij"]
    edits = made.edit(rows={"kr_deel": False})
    assert edits.changed == ("xl/worksheets/sheet2.xml",)
    assert hidden_in(made) == [4, 5, 6]
    made.edit(rows={"kr_deel": True, "kr_rij": False, "kr_weg": False})
    assert hidden_in(made) == [9]
