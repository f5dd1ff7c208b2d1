"""The functions of Excel that the engine is trusted with give what LibreOffice gives."""

import io
import re

import pytest
import xlsxwriter

from klantwaarde_xl.workbook.formulas.trusted import TRUSTED
from klantwaarde_xl.workbook.recalculate import recalculate
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.test_user_formulas import agree

DATA = [
    ["a", 1, 2.5, 45000, 10],
    ["b", 2, -3, 46031, 20],
    ["appel", 3, 8, 46365, 8],
    ["Peer", 4, 8, 44927, None],
    ["appel", 5, 0.5, 45292, 7],
]
# Newer than the format: files hold these with a prefix
_NEW = ["CONCAT", "TEXTJOIN", "IFS", "SWITCH", "XLOOKUP", "MAXIFS", "MINIFS", "IFNA", "STDEV.S", "STDEV.P", "VAR.S", "VAR.P", "NORM.S.INV", "QUARTILE.INC", "PERCENTILE.INC", "ISOWEEKNUM", "DAYS", "UNICODE"]  # fmt: skip

CALLS = """
SUM(B1:C5,7) PRODUCT(B1:B5,C1) SUMSQ(C1:C5) AVERAGE(B1:E5) MIN(C1:C5) MAX(B1:B5,C3*2) COUNT(A1:E5) COUNTA(A1:E5)
COUNTBLANK(E1:E5) MEDIAN(C1:C5) STDEV(C1:C5) STDEV.S(C1:C5) STDEV.P(C1:C5) STDEVP(B1:C5) VAR(C1:C5) VAR.S(E1:E5)
VAR.P(C1:C5) VARP(C1:C5) LARGE(C1:C5,2) SMALL(C1:C5,1) QUARTILE(C1:C5,1) QUARTILE.INC(B1:B5,3) PERCENTILE(C1:C5,0.3)
PERCENTILE.INC(B1:B5,0.9) SUMPRODUCT(B1:B5,C1:C5) SUMPRODUCT((A1:A5="appel")*B1:B5) SUMPRODUCT(--(LEFT(A1:A5,1)="a"))
SUMPRODUCT(--(YEAR(D1:D5)=2023)) SUMPRODUCT(ABS(C1:C5)) SUMPRODUCT(LEN(A1:A5)) SUMPRODUCT(INT(C1:C5)) SUMPRODUCT(DAY(D1:D5))
SUMPRODUCT(MONTH(D1:D5)) SUMPRODUCT(--(RIGHT(A1:A5,1)="l")) SUMPRODUCT((B1:B5>2)*(C1:C5>0))
SUMIF(A1:A5,"appel",B1:B5) SUMIF(B1:B5,">=3") AVERAGEIF(A1:A5,"a*",C1:C5) COUNTIF(A1:A5,"?eer") COUNTIF(C1:C5,8)
COUNTIF(C1:C5,"<"&C1) SUMIFS(B1:B5,A1:A5,"appel",C1:C5,">1") COUNTIFS(A1:A5,"appel") AVERAGEIFS(C1:C5,B1:B5,">2")
MAXIFS(C1:C5,A1:A5,"appel") MINIFS(C1:C5,B1:B5,"<3") SUBTOTAL(9,B1:B5) SUBTOTAL(101,C1:C5) ROWS(B1:C5) COLUMNS(B1:C5)
ROUND(C1*1.1,1) ROUND(-2.5,0) ROUND(1234.5,-2) ROUNDUP(C1,0) ROUNDDOWN(-3.7,0) INT(-1.5) TRUNC(-1.57,1) ABS(C2) SIGN(C2)
SQRT(B2) SQRT(-1) EXP(1) EXP(1000) LN(B3) LOG(8,2) LOG(100) LOG10(1000) POWER(B2,0.5) MOD(-3,2) MOD(5.5,-2) PI() NORMSINV(0.9)
NORMSDIST(1.2) NORM.S.INV(0.2) GAMMALN(4.5) YEAR(D1) MONTH(D2) DAY(D3) DATE(2026,13,1) DATE(2026,3,0) EDATE(D1,1) EDATE(46053,1)
EOMONTH(D1,-1) WEEKDAY(D1) WEEKDAY(D1,2) ISOWEEKNUM(D2) DAYS(D2,D1) LEN(A3) FIND("e",A4) SEARCH("E",A4) N(B1) N(A1)
MATCH("PEER",A1:A5,0) MATCH(8,C1:C5,0) MATCH("x",A1:A5,0) NPV(0.1,B1:B5) PMT(0.01,12,1000) PV(0.05,10,-100) FV(0.05,10,-100)
NPER(0.01,-100,1000) IRR({-100,60,60}) AND(B1>0,C1>0) OR(B1>5,C1>5) NOT(B1>5) TRUE() FALSE() ISBLANK(E4) ISBLANK(E1) ISNUMBER(B1)
ISNUMBER(A1) ISTEXT(A1) ISERROR(1/0) ISERR(NA()) ISNA(NA()) EXACT("a","A") LEFT(A3,2) MID(A3,2,3) RIGHT(A3,9) UPPER(A4) LOWER(A4)
TRIM("  a   b ") SUBSTITUTE(A3,"p","q") SUBSTITUTE(A3,"p","q",2) REPT("ab",3) UNICODE(A3) UNICODE("👍a") CONCATENATE(A1,B1) CONCAT(A1:A5) TEXTJOIN("-",TRUE,A1:A5)
T(A1) T(B1) HYPERLINK("#A1","naar") SUBSTITUTE(FIXED(1234567.8,0),",",".") TEXT(B3,"000") IF(B1>0,"ja","nee") IF(B1>5,1)
IFERROR(1/0,"fout") IFERROR(VLOOKUP("x",A1:B5,2,FALSE),0) IFNA(NA(),3) IFS(B1>5,1,B1>0,2) SWITCH(B2,1,"a",2,"b","c")
CHOOSE(B2,10,20,30) INDEX(C1:C5,3) INDEX(A1:E5,2,4) SUM(INDEX(B1:C5,0,2)) VLOOKUP("Peer",A1:C5,3,FALSE) VLOOKUP("a*",A1:C5,2,0)
VLOOKUP("Peer",A1:C5,3,FALSE()) IF(TRUE(),1,2) MATCH("PEER",A1:A5,FALSE())
HLOOKUP("a",A1:E5,2,FALSE) XLOOKUP("Peer",A1:A5,C1:C5) XLOOKUP("x",A1:A5,C1:C5,"weg") NA() OFFSET(A1,2,1) SUM(OFFSET(A1,0,1,3,1))
INDIRECT("C2") SUM(INDIRECT("B1:B3")) B1+C1*2^B2 -C1^2 10% A1&B1 A1="A" A1<A4 B1/0 C1>=2.5 (B1+C1)*-1
ROUND(2.675,2) ROUND(1.005,2) MOD(10,0) AVERAGE(A1:A5) MAX(A1:A5) INDEX(C1:C5,9)
"""  # fmt: skip
# Right in Excel; LibreOffice has an error of its own for an argument outside the domain
NUMBERED = {502: "#NUM!", 503: "#NUM!", 523: "#NUM!"}


def calls():
    return re.findall(r"(?:\"[^\"]*\"|\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)|[^\s(\"])+", CALLS)


def written(formula):
    pattern = "|".join(re.escape(name) for name in sorted(_NEW, key=len, reverse=True))
    return re.sub(rf"(?<![\w.])({pattern})\(", r"_xlfn.\1(", formula)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("vertrouwd") / "vertrouwd.xlsx"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet("Blad1")
        for row, values in enumerate(DATA):
            for column, value in enumerate(values):
                if value is not None:
                    page.write(row, column, value)
        for number, formula in enumerate(calls()):
            page.write_formula(9 + number, 7, "=" + written(formula), None, -98765)
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture(scope="module")
def values(path):
    found = recalculate(Package.open(path))["Blad1"]
    return {formula: found[f"H{10 + number}"] for number, formula in enumerate(calls())}


def test_every_trusted_function_is_tried():
    used = {name for formula in calls() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}
    assert TRUSTED.keys() - used == set()


@pytest.mark.slow
def test_the_engine_and_calc_agree(values, path, calc):
    document = calc.open(path=str(path))
    try:
        calc.recalculate(document)
        got = calc.many(document, [f"H{10 + number}" for number in range(len(values))])
    finally:
        calc.close(document)
    wrong = [
        (formula, value, other)
        for (formula, value), other in zip(values.items(), got, strict=True)
        if value is not None and not agree(value, other) and str(value) != NUMBERED.get(other)
    ]
    assert not wrong


def test_what_is_trusted_has_its_value(values):
    """A blank cell as a day, an approximate match and the like have none; the calls above have no such."""
    assert [formula for formula, value in values.items() if value is None] == []
