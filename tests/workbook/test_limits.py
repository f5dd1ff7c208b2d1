"""Small files that would cost much: each is refused in words, or its formulas are left to the spreadsheet program."""

import datetime as dt
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from klantwaarde_xl import limits
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.workbook import recalculate as engine_room
from klantwaarde_xl.workbook import refresh
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.shared_strings import shared_strings
from tests.workbook.test_recalculate import shown, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_rows(package, rows):
    """The same workbook with other sheet data."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as old, zipfile.ZipFile(data, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb"<sheetData>.*</sheetData>", b"<sheetData>%s</sheetData>" % rows, part, flags=re.S
                )
            new.writestr(name, part)
    return Package.from_bytes(data.getvalue())


def formula(row, text, more=""):
    return f'<row r="{row}"><c r="A{row}"><f{more}>{text}</f><v>7</v></c></row>'.encode()


ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 11, 28)
BOOK = workbook({"A1": "=1+1"})


@pytest.mark.slow
def test_formulas_too_many_to_read_have_no_value_and_it_is_told():
    rows = formula(1, "1+" * 3000 + "1", ' t="shared" ref="A1:A2000" si="0"')
    rows += b"".join(formula(row, "", ' t="shared" si="0"') for row in range(2, 2001))
    package = with_rows(BOOK, rows)
    (notice,) = refill(package)
    assert "formules zijn hier niet uitgerekend" in notice
    assert set(shown(package).values()) == {None}


@pytest.mark.slow
def test_as_many_formulas_as_a_column_of_a_large_table_has_are_read():
    """One column of a table with four others: that is what people make."""
    cells = "".join(f"<c r='{column}%d'><v>%d.5</v></c>" for column in "BCDE")
    row = f"<row r='%d'>{cells}<c r='F%d'><f>IF(B%d>100,C%d*0.21,D%d)</f></c></row>"
    rows = "".join(row.replace("%d", str(number)) for number in range(1, 20_001)).encode()
    package = with_rows(BOOK, rows)
    text = sum(len(cell.text) + limits.FORMULA_TEXT_EACH for _, cell in package.formula_cells())
    assert text < limits.most_formula_text(package.size)


def test_an_array_formula_over_the_whole_sheet_is_refused():
    package = with_rows(BOOK, formula(1, "1", ' t="array" ref="A1:XFD1048576"'))
    with pytest.raises(WorkbookUnsafe, match=r"Matrixformules vullen samen meer dan 4\.000\.000 cellen"):
        refill(package)


@pytest.mark.slow
def test_a_formula_longer_than_any_program_writes_is_not_read():
    package = with_rows(BOOK, formula(1, "-" * 1_000_000 + "1"))
    refill(package)
    assert set(shown(package).values()) == {None}


def test_our_functions_that_take_too_long_leave_the_others_their_values(monkeypatch):
    monkeypatch.setattr(engine_room, "call_seconds", lambda size: -1)
    package = workbook({"A1": "=AOV(10,4)", "A2": "=A1+1", "A3": "=1+1"})
    (notice,) = refill(package)
    assert "functies van Klantwaarde XL" in notice
    assert shown(package) == {"A1": None, "A2": None, "A3": 2.0}


def test_our_functions_are_not_given_more_cells_than_a_workbook_of_that_size_has(monkeypatch):
    package = workbook({"A1": "=NPS(B1:B9)", "B1": 9})
    assert refill(package) == ()
    monkeypatch.setattr(limits, "CELLS_READ", 8)
    monkeypatch.setattr(limits, "CELLS_READ_PER_BYTE", 0)
    (notice,) = refill(package)
    assert "formules zijn hier niet uitgerekend" in notice


def test_an_engine_without_memory_costs_the_values_and_says_so(monkeypatch):
    monkeypatch.setattr(limits, "ENGINE_MEMORY", 1 << 20)
    package = workbook({"A1": "=AOV(10,4)"})
    (notice,) = refill(package)
    assert "formules zijn hier niet uitgerekend" in notice
    assert shown(package) == {"A1": None}


@pytest.mark.slow
def test_a_refresh_tells_what_was_not_computed(tmp_path, monkeypatch):
    path = tmp_path / "boek.xlsx"
    shutil.copy(ROOT / "templates" / "klantwaarde-dashboard.xlsx", path)
    monkeypatch.setattr(limits, "ENGINE_MEMORY", 1 << 20)
    words = refresh.refresh_file(path, now=NOW).words()
    assert [line for line in words if "formules zijn hier niet uitgerekend" in line]


def test_more_texts_than_a_workbook_holds_are_refused(monkeypatch):
    monkeypatch.setattr("klantwaarde_xl.xlsx.shared_strings.MOST_TEXTS", 3)
    few, many = (f'<sst xmlns="{MAIN}">{"<si/>" * n}</sst>'.encode() for n in (3, 4))
    assert shared_strings(few, "x") == [""] * 3
    for data in (many, many.replace(b"<si/>", b"<!-- a --><si/>")):  # cut by position, and parsed
        with pytest.raises(WorkbookUnsafe, match="verschillende teksten"):
            shared_strings(data, "x")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><t>a &amp; b</t></si>", "a & b"),
        ('<si><t xml:space="preserve"> a </t></si>', " a "),
        ("<si><t/></si>", ""),
        ("<si/>", ""),
        ("<si><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></si>", "ab"),
        ('<si><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh><phoneticPr fontId="1"/></si>', "漢"),
        ("<si><t>a_x000D_b</t></si>", "a\rb"),
        ("<si><t>a\r\nb</t></si>", "a\nb"),
        ("<si ><t >a</t ></si >", "a"),
    ],
)
def test_a_text_is_the_same_cut_by_position_and_parsed(item, text):
    data = f'<?xml version="1.0"?><sst xmlns="{MAIN}">{item}<si><t>z</t></si></sst>'.encode()
    assert shared_strings(data, "x") == [text, "z"]
    assert shared_strings(data.replace(b"<si", b"<!-- --><si"), "x") == [text, "z"]


@pytest.mark.parametrize("data", [b"<sst><si></sst>", b"<sst><si><t>a</si></sst>", b"<sst", b""])
def test_texts_that_are_no_xml_are_refused(data):
    with pytest.raises(WorkbookUnsafe):
        shared_strings(data, "x")
