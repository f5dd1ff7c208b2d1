"""Which references follow a table, and which look like one and do not."""

from __future__ import annotations

import pytest

from klantwaarde_xl.formula import Binary, FormulaError, Name, Reference, is_absolute, parse
from klantwaarde_xl.xlsx.references import Move, Template, rewrite

MOVE = Move("Data", left=1, right=4, header=4, top=5, bottom=16, new_bottom=40, totals=1)


@pytest.mark.parametrize(
    ("formula", "want"),
    [
        ("SUM(D5:D16)", "SUM(D5:D40)"),
        ("SUM($D$5:$D$16)", "SUM($D$5:$D$40)"),
        ("SUM(Data!D4:D16)", "SUM(Data!D4:D40)"),
        ("SUM('Data'!A5:D16)", "SUM('Data'!A5:D40)"),
        ("SUM(DATA!A5:D17)", "SUM(DATA!A5:D41)"),
        ("D17/C17", "D41/C41"),
        ("-D5:D16", "-D5:D40"),
        ("SUM(D1:D16)", "SUM(D1:D40)"),
    ],
)
def test_a_reference_to_the_body_follows(formula: str, want: str) -> None:
    assert rewrite(formula, "Data", [MOVE]) == want


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(D6:D16)",
        "SUM(D5:D15)",
        "SUM(D5:E16)",
        "SUM(E5:F16)",
        "D16",
        "SUM(D6:D160)",
        "SUM(D5:D160)",
        "SUM(Ander!D5:D16)",
        "SUM([1]Data!D5:D16)",
        "SUM('[boek.xlsx]Data'!D5:D16)",
        "SUM(Data:Einde!D5:D16)",
        '"D5:D16"',
        '"zeg ""D5:D16"""&1',
        "tbl[D5:D16]",
        "tbl[[#This Row],[D5:D16]]",
        "LOG10(D16)+naamD5",
        "'blad D5:D16'!A1",
    ],
)
def test_any_other_reference_stays(formula: str) -> None:
    assert rewrite(formula, "Data", [MOVE]) == formula


def test_on_another_sheet_only_a_reference_with_the_sheets_name_follows() -> None:
    assert rewrite("SUM(D5:D16)+SUM(Data!D5:D16)", "Blad", [MOVE]) == "SUM(D5:D16)+SUM(Data!D5:D40)"


def test_a_sheet_name_with_a_quote_is_understood() -> None:
    move = MOVE._replace(sheet="Jan's blad")
    assert rewrite("'Jan''s blad'!D5:D16", "x", [move]) == "'Jan''s blad'!D5:D40"


def test_one_cell_stands_for_a_body_of_one_row_only_where_asked() -> None:
    move = MOVE._replace(bottom=5, totals=0)
    assert rewrite("Data!$D$5", "", [move]) == "Data!$D$5"
    assert rewrite("Data!$D$5", "", [move], single=True) == "Data!$D$5:$D$40"


def test_a_print_area_follows_where_it_frames_the_table_only() -> None:
    assert rewrite("Data!$A$1:$F$17", "", [MOVE], frame=True) == "Data!$A$1:$F$41"
    assert rewrite("Data!$A$1:$F$30", "", [MOVE], frame=True) == "Data!$A$1:$F$30"


FEWER = MOVE._replace(new_bottom=7)


@pytest.mark.parametrize(
    ("formula", "more", "fewer"),
    [
        ("SUM(Data!D1:D16)", "SUM(Data!D1:D40)", "SUM(Data!D1:D7)"),  # from the top of the sheet
        ("SUM(Data!D2:D17)", "SUM(Data!D2:D41)", "SUM(Data!D2:D8)"),
        ("SUM(Data!$D$5:$D$30)", "SUM(Data!$D$5:$D$41)", "SUM(Data!$D$5:$D$30)"),  # room for more
        ("SUM(Data!A1:D99)", "SUM(Data!A1:D99)", "SUM(Data!A1:D99)"),
        ("VLOOKUP(1,Data!A5:H16,7,0)", "VLOOKUP(1,Data!A5:H41,7,0)", "VLOOKUP(1,Data!A5:H16,7,0)"),
        ("MATCH(1,Data!C4:F99,0)", "MATCH(1,Data!C4:F99,0)", "MATCH(1,Data!C4:F99,0)"),
        ("SUM(Data!D6:D99)", "SUM(Data!D6:D99)", "SUM(Data!D6:D99)"),  # without the first row
        ("SUM(Data!A1:D15)", "SUM(Data!A1:D15)", "SUM(Data!A1:D15)"),  # without the last
    ],
)
def test_what_held_all_rows_and_more_holds_all_rows_still(formula: str, more: str, fewer: str) -> None:
    """A sum with room for 30 rows would be wrong, without a word, once there are 36."""
    assert rewrite(formula, "Blad", [MOVE]) == more
    assert rewrite(formula, "Blad", [FEWER]) == fewer


def test_a_range_wider_than_the_table_stays_where_it_could_come_to_hold_its_own_formula() -> None:
    assert rewrite("SUM(A5:H16)", "Data", [MOVE]) == "SUM(A5:H16)"


def test_a_row_of_a_wider_range_is_no_table_of_one_row() -> None:
    assert rewrite("SUM(Data!A5:H5)", "Blad", [MOVE._replace(bottom=5, totals=0)]) == "SUM(Data!A5:H5)"


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "want"),
    [
        ("A1+$A1+A$1+$A$1", 2, 1, "B3+$A3+B$1+$A$1"),
        ("SUM(A1:B2)", 1, 0, "SUM(A2:B3)"),
        ("SUM(A:A)+SUM(3:3)", 1, 1, "SUM(B:B)+SUM(4:4)"),
        ("'A1 blad'!A1", 1, 0, "'A1 blad'!A2"),
        ('"A1"&LOG10(A1)&tbl[A1]', 1, 0, '"A1"&LOG10(A2)&tbl[A1]'),
        ("A1", -1, 0, "#REF!"),
    ],
)
def test_a_formula_is_written_for_another_cell(formula: str, rows: int, columns: int, want: str) -> None:
    assert Template(formula).at(rows, columns) == want


def test_a_formula_without_relative_references_is_known_to_be_fixed() -> None:
    assert Template("SUM($A$1:$B$2)*tbl[[#This Row],[A1]]").fixed
    assert not Template("SUM($A$1:B$2)").fixed


@pytest.mark.parametrize("name", ["YTD2026", "XFE1", "ZZP1", "A1048577", "B9999999", "Ytd2026", "JAAR2026"])
def test_a_name_that_looks_like_a_cell_beyond_the_last_one_stays_that_name(name: str) -> None:
    """Excel has columns up to XFD and rows up to 1048576; what lies beyond is free for names."""
    formula = f"{name}*B7+SUM({name},C5:C7)"
    assert Template(formula).at(0) == formula
    assert Template(formula).at(2) == f"{name}*B9+SUM({name},C7:C9)"
    product = parse(formula)
    assert isinstance(product, Binary)
    assert isinstance(product.left, Binary)
    assert product.left.left == Name("", name)


@pytest.mark.parametrize("cell", ["XFD1048576", "XFD1", "A1048576", "XEZ9", "WZZ10", "AA1000000"])
def test_the_last_cells_are_cells(cell: str) -> None:
    assert parse(cell) == Reference("", cell)
    assert Template(f"${cell}").at(0) == f"${cell}"


def test_a_digit_of_another_alphabet_is_no_row() -> None:
    formula = "$D$4\u06f9"
    assert Template(formula).at(0) == formula


@pytest.mark.parametrize(
    "formula",
    [
        "-" * 2000 + "1",
        "1" + "%" * 3000,
        "1" + "+1" * 3900,
        "1" + "^-1" * 2000,
        "1=1+1*1^-(" * 120 + "1" + ")" * 120,
    ],
)
def test_a_formula_that_is_higher_than_anybody_walks_is_refused_in_words(formula: str) -> None:
    with pytest.raises(FormulaError):
        parse(formula)


@pytest.mark.parametrize(
    "formula", ["1" + "+1" * 250, "-" * 60 + "1", "IF(" * 64 + "1" + ")" * 64, "(" * 64 + "1" + ")" * 64]
)
def test_a_formula_as_high_as_excel_takes_is_read(formula: str) -> None:
    assert is_absolute(parse(formula))
