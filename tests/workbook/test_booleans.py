"""A boolean beside numbers: Excel skips it or orders it behind them, Calc takes it for a number."""

import pytest

from tests.workbook.test_recalculate import shown, workbook
from tests.workbook.test_user_formulas import otherwise_in_calc

# A1 and A4 are booleans, A4 by a formula; column B has numbers, column C texts
CELLS = {
    "A1": True, "A2": 3, "A3": 8, "A4": "=B1>5", "B1": 7, "B2": 4, "B3": 9, "C1": "ja", "C2": "nee", "C3": "ja",
}  # fmt: skip
UNKNOWN = [
    "=TRUE>1", "=A1>B1", "=A1=1", "=1=A1", "=(B1>5)=1", "=IF(A4>B2,1,2)", '=A1>"a"', "=SUM(A1:A3)", "=SUM(A:A)",
    "=COUNT(A1:A4)", "=AVERAGE(A2:A4)", "=MAX(A1,B1)", "=MIN(A4,B1)", "=MEDIAN(A1:A3)", "=SUMPRODUCT(A1:A3,B1:B3)",
    '=SUMIF(A1:A3,">0")', "=COUNTIF(A1:A3,1)", '=SUMIF(C1:C3,"ja",A1:A3)', "=SUMIFS(A1:A3,B1:B3,7)", "=LARGE(A1:A3,1)",
    "=ISNUMBER(A1)", "=B1=TRUE", '=SUM(KLANTWAARDE(B1,2),A1)',
]  # fmt: skip
KNOWN = {
    "=SUM(A2:A3)": 11.0, "=COUNT(B1:B3)": 3.0, "=SUM(B:B)": 20.0, "=COUNTA(A1:A4)": 4.0, "=ROWS(A1:A4)": 4.0,
    "=COUNTIF(A1:A4,TRUE)": 2.0, '=COUNTIF(C1:C3,"ja")': 2.0, '=SUMIFS(B1:B3,C1:C3,"ja")': 16.0,
    '=IF(A1="","leeg","vol")': "vol", "=A1=TRUE": True, "=A4<>FALSE": True, "=A9=FALSE": True, "=A1=(B1>5)": True,
    "=IF(A1,B1,B2)": 7.0, "=A1+1": 2.0, "=AND(A1,A4)": True, "=ISNUMBER(A2)": True, "=B1>B2": True,
    '=IF(C1="ja",1,SUM(A1:A3))': 1.0,
}  # fmt: skip
ALL = [*UNKNOWN, *KNOWN]


@pytest.fixture(scope="module")
def package():
    return workbook(CELLS | {f"J{row}": formula for row, formula in enumerate(ALL, 1)})


@pytest.fixture(scope="module")
def values(package):
    found = shown(package)
    return {formula: found[f"J{row}"] for row, formula in enumerate(ALL, 1)}


def test_a_boolean_among_numbers_has_no_value(values):
    assert [formula for formula in UNKNOWN if values[formula] is not None] == []


def test_what_does_not_mind_a_boolean_has_its_value(values):
    assert {formula: values[formula] for formula in KNOWN} == KNOWN


@pytest.mark.slow
def test_calc_computes_the_same(values, package, calc, tmp_path):
    assert otherwise_in_calc(calc, package, values, tmp_path / "formules.xlsx") == []
