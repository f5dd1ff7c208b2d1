"""What IF and its like do not take may be anything: it costs a formula its value only where it counts."""

import datetime as dt

import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.errors import CellError
from tests.books import package_of
from tests.conftest import NOW
from tests.examples import crossed
from tests.workbook.test_recalculate import shown, workbook
from tests.workbook.test_user_formulas import otherwise_in_calc

# C20 is empty: no day, no number of ours, no text
CELLS = {
    "B4": "Jansen", "B5": "De Vries", "B6": "Smit", "C4": 120, "C5": 5, "C6": 640.5, "D4": 9, "D5": 6, "D6": 3,
    "E4": 45000, "E5": 45100, "E6": 45200, "G1": "3,5", "G2": "x",
}  # fmt: skip
NOT_TAKEN = {
    '=IF(C20="","",KLANTWAARDE(C20,2))': "",
    "=IF(ISBLANK(C20),0,KLANTWAARDE(C20,2))": 0.0,
    '=IF(COUNT(C20)<1,"",AOV(C4,C20))': "",
    "=IF(COUNT(C4,C20)<2,-1,AOV(C4,C20))": -1.0,
    '=IF(C20="","",MONTH(C20))': "",
    '=IF(C20="","",EDATE(C20,3))': "",
    '=IF(C20="","",DAY(C20)&" dagen")': "",
    '=IF(C20="","leeg",TEXT(C20,"000"))': "leeg",
    '=IF(C20<>"",YEAR(C20),7)': 7.0,
    '=IF(C20<>"",0,IF(C5>7,MONTH(C20),IF(C4=120,"ja",DAY(C20))))': "ja",
    '=_xlfn.IFS(C20="","leeg",MONTH(C20)>3,1,TRUE,2)': "leeg",
    "=_xlfn.IFS(C5=4,MONTH(C20),C5=5,8,TRUE,DAY(C20))": 8.0,
    '=_xlfn.SWITCH(C5,5,"vijf",6,MONTH(C20),"anders")': "vijf",
    '=_xlfn.SWITCH(C5,4,MONTH(C20),"anders")': "anders",
    "=_xlfn.SWITCH(C5,5,1,MONTH(C20))": 1.0,
    "=_xlfn.SWITCH(C5,4,MONTH(C20))": CellError.NA,
    "=CHOOSE(2,MONTH(C20),7)": 7.0,
    "=IFERROR(C4/4,MONTH(C20))": 30.0,
    "=_xlfn.IFNA(C4/4,MONTH(C20))": 30.0,
    '=IFERROR(1/0,IF(C20="",3,MONTH(C20)))': 3.0,
    "=IF(KLANTWAARDE(C4,2)>200,1,KLANTWAARDE(C20,2))": 1.0,
    '=KLANTWAARDE(IF(C20="",3,AOV(C20,2)),2)': 6.0,
    '=SUM(IF(C20="",1,MONTH(C20)),2)': 3.0,
    '=IF(INDEX(C4:C20,17)="",4,MONTH(C20))': 4.0,
    '=IF(G2="x",1,G1*2)': 1.0,  # text that is a number in one country only
    '=IF(G2="x",1,"€ "&C6)': 1.0,
    '=IF(C20="",1,KLANTWAARDE("tien",2))': 1.0,
    '=IF(C20="",KLANTWAARDE("tien",2),1)': CellError.VALUE,
    '=IF(leeg="","",DAY(leeg))': "",
}
TAKEN = [
    '=IF(C20="",KLANTWAARDE(C20,2),0)',
    '=IF(C20<>"",0,KLANTWAARDE(C20,2))',
    '=IF(C20="",MONTH(C20),0)',
    "=IF(MONTH(C20)>3,1,2)",
    '=IF(C20<>"",0,IF(C5>3,MONTH(C20),1))',
    '=_xlfn.IFS(C20<>"","leeg",MONTH(C20)>3,1,TRUE,2)',
    "=_xlfn.IFS(C5=5,MONTH(C20),TRUE,8)",
    '=_xlfn.SWITCH(C5,5,MONTH(C20),"anders")',
    "=_xlfn.SWITCH(C5,4,1,MONTH(C20))",
    "=CHOOSE(1,MONTH(C20),7)",
    "=IFERROR(1/0,MONTH(C20))",
    "=_xlfn.IFNA(NA(),MONTH(C20))",
    "=IF(1/0,MONTH(C20),2)",  # no branch is taken, but who knows that
    '=IF(G2="y",1,G1*2)',
    '=KLANTWAARDE(IF(C20="",MONTH(C20),3),2)',
]
# Other programs find nothing in what our functions give, or do not know a name without its prefix
OTHERWISE = [
    '=VLOOKUP("Smit",RFM(B4:B6,E4:E6,C4:C6),3,FALSE)',
    '=VLOOKUP("Smit",ABCKLASSEN(B4:B6,C4:C6),2,FALSE)',
    '=HLOOKUP("klant",ABCKLASSEN(B4:B6,C4:C6),2,FALSE)',
    '=IFERROR(VLOOKUP("Smit",(ABCKLASSEN(B4:B6,C4:C6)),2,FALSE),0)',
    '=VLOOKUP("Smit",IF(C4>1,ABCKLASSEN(B4:B6,C4:C6)),2,FALSE)',
    "=IFS(C4>5,1)",
    "=IFNA(NA(),3)",
    '=1+IF(C4>5,IFNA(C4,3),"x")',
    "=STDEV.S(C4:C6)",
    '=TEXTJOIN("-",TRUE,B4:B6)',
]
LOOKED_UP = {
    '=VLOOKUP("Smit",B4:D6,3,FALSE)': 3.0,
    "=VLOOKUP(3,{1,2;3,4},2,FALSE)": 4.0,
    '=VLOOKUP("Smit",IF(D4>1,B4:C6,C4:D6),2,FALSE)': 640.5,
    '=IF(C4>5,"IFS(",1)': "IFS(",
}
ONE_CELL = {
    '=COUNTIF(C5,">1")': 1.0,
    '=COUNTIF(C20,">1")': 0.0,
    '=SUMIF(C5,">1",D5)': 6.0,
    '=COUNTIFS(C5,">1",D5,6)': 1.0,
    "=SUMIFS(C5,D5,7)": 0.0,
    "=COUNTBLANK(C20)": 1.0,
}
ALL = [*NOT_TAKEN, *TAKEN, *OTHERWISE, *LOOKED_UP, *ONE_CELL]


@pytest.fixture(scope="module")
def package():
    cells = CELLS | {f"J{row}": formula for row, formula in enumerate(ALL, 1)}
    return workbook(cells, names=[("leeg", "=Blad1!$C$20")])


@pytest.fixture(scope="module")
def values(package):
    found = shown(package)
    return {formula: found[f"J{row}"] for row, formula in enumerate(ALL, 1)}


def test_a_branch_that_is_not_taken_costs_no_value(values):
    assert {formula: values[formula] for formula in NOT_TAKEN} == NOT_TAKEN


def test_a_branch_that_is_taken_gives_no_value_that_is_another_elsewhere(values):
    assert [formula for formula in TAKEN if values[formula] is not None] == []


def test_what_another_program_does_not_find_has_no_value(values):
    assert [formula for formula in OTHERWISE if values[formula] is not None] == []


def test_looking_up_and_counting_in_cells_have_their_value(values):
    assert {formula: values[formula] for formula in LOOKED_UP | ONE_CELL} == LOOKED_UP | ONE_CELL


@pytest.mark.slow
def test_calc_computes_the_same(values, package, calc, tmp_path):
    assert otherwise_in_calc(calc, package, values, tmp_path / "formules.xlsx") == []


def test_the_same_formula_goes_by_the_cell_that_each_stands_beside():
    cells = {"A1": 46000, "A3": 46031} | {f"B{n}": f'=IF(A{n}="","",MONTH(A{n}))' for n in range(1, 5)}
    cells |= {f"C{n}": f'=IF(A{n}="",MONTH(A{n}),0)' for n in range(1, 5)}
    values = shown(workbook(cells))
    assert [values[f"B{n}"] for n in range(1, 5)] == [12.0, "", 1.0, ""]
    assert [values[f"C{n}"] for n in range(1, 5)] == [0.0, None, 0.0, None]


def test_a_branch_behind_a_condition_that_is_unknown_is_unknown():
    cells = {"A1": "=ONBEKEND(1)", "B1": "=IF(A1>1,MONTH(A9),2)", "B2": '=IF(B1="","",3)'}
    values = shown(workbook(cells))
    assert (values["B1"], values["B2"]) == (None, None)


SHOPS = {
    "drie maanden": (dt.date(2026, 8, 6), dt.date(2026, 11, 25)),
    "acht maanden": (dt.date(2026, 3, 2), dt.date(2026, 11, 24)),
    "elf maanden": (dt.date(2025, 12, 1), dt.date(2026, 11, 26)),
    "geen hele maand": (dt.date(2026, 11, 4), dt.date(2026, 11, 23)),
    "tot het eind van een maand": (dt.date(2025, 4, 1), dt.date(2026, 10, 31)),
}


@pytest.mark.slow
@pytest.mark.parametrize(("shop", "inputs"), crossed([*SHOPS], [None, INPUTS]))
def test_every_formula_of_a_young_shop_has_its_value(shop, inputs, tmp_path):
    first, last = SHOPS[shop]
    rows = [one for one in sample_orders(customers=250) if first <= one.day <= last]
    rows[-1] = rows[-1]._replace(day=last)
    source = tmp_path / "jong.csv"
    source.write_text(sample_csv(rows), encoding="utf-8")
    package = package_of("dashboard", read_transactions(source, today=NOW.date()), now=NOW, inputs=inputs)
    values = package.shown()
    without = [
        (sheet, cell, formula)
        for sheet, cells in package.formulas().items()
        for cell, formula in cells.items()
        if values[sheet].get(cell) is None
    ]
    assert not without
