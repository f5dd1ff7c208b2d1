"""What XlsxWriter makes of a formula: a sheet of ours makes the same of it, and sooner."""

import pytest
from xlsxwriter.worksheet import Worksheet

from klantwaarde_xl.workbook.quick_sheet import QuickSheet
from klantwaarde_xl.workbook.templates import templates
from tests.books import shipped

ODD = [
    "=SUM(A1:A3)",
    "SUM(A1:A3)",
    "={1;2}",
    "{=SUM(A1*B1)}",
    "=FILTER(A1:A9,B1:B9>2)",
    "=SUM(SORT(UNIQUE(A1:A9)))",
    '="FILTER("&A1',
    "=_xlfn.XLOOKUP(A1,B1:B9,C1:C9)",
    "=SWITCH(A1,1,2)+SINGLE(B1:B3)",
    "=LAMBDA(x,x+1)(2)",
    "=MYSORT(A1)+SORTIT(A1)",
    "=CONCAT(A1)",
    "=",
    "=A1",
]


def both(formula, expand=False):
    return QuickSheet()._prepare_formula(formula, expand), Worksheet()._prepare_formula(formula, expand)


@pytest.mark.parametrize("expand", [False, True])
def test_a_formula_becomes_what_xlsxwriter_makes_of_it(expand):
    for formula in ODD:
        ours, theirs = both(formula, expand)
        assert ours == theirs, formula


def test_a_function_that_needs_a_prefix_gets_it():
    assert both("=SUM(FILTER(A1:A9,B1:B9))")[0] == "SUM(_xlfn._xlws.FILTER(A1:A9,B1:B9))"


@pytest.mark.parametrize("name", sorted(templates()))
def test_every_formula_of_a_workbook_is_what_xlsxwriter_makes_of_it(name):
    texts = {text for cells in shipped(name).formulas().values() for text in cells.values()}
    wrong = [text for text in texts for ours, theirs in [both(text)] if ours != theirs]
    assert texts
    assert not wrong
