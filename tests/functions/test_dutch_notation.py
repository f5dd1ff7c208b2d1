"""A formula from a file in the words of a Dutch Excel."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import klantwaarde_xl
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.functions.dutch_names import FUNCTIONS
from klantwaarde_xl.functions.notation import FILE, dutch, native_formula, place
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.reserved import RESERVED_NAMES
from klantwaarde_xl.workbook.formulas.trusted import TRUSTED
from klantwaarde_xl.xlsx.package import Package

SHIPPED = sorted((Path(klantwaarde_xl.__file__).parents[1] / "templates").glob("*.xlsx"))


@pytest.mark.parametrize(
    ("formula", "want"),
    [
        ("=IF(A1>0.5,SUM(B1:B9),NA())", "=ALS(A1>0,5;SOM(B1:B9);NB())"),
        ("=KLANTWAARDE(500,2,200)", "=KLANTWAARDE(500;2;200)"),
        ("=COUNTIF(A:A,TRUE)&FALSE", "=AANTAL.ALS(A:A;WAAR)&ONWAAR"),
        ('="1,5 IF(TRUE)"&IF(A1,"x,""y"".5",1.5E-3)', '="1,5 IF(TRUE)"&ALS(A1;"x,""y"".5";1,5E-3)'),
        ("=SUM('IF, 1.5'!A1,Blad1!B2)", "=SOM('IF, 1.5'!A1;Blad1!B2)"),
        ("=SUM({1,2.5;3,4})", "=SOM({1\\2,5;3\\4})"),
        ("=IFERROR(#N/A,#DIV/0!)", "=ALS.FOUT(#N/B;#DEEL/0!)"),
        ("=tblRfm[[#This Row],[omzet]]*2", "=tblRfm[@omzet]*2"),
        ("=tblRfm[[#This Row],[laatste aankoop]]", "=tblRfm[@[laatste aankoop]]"),
        (
            "=SUM(tblRfm[[#Headers],[omzet]],tblRfm[#All])",
            "=SOM(tblRfm[[#Kopteksten];[omzet]];tblRfm[#Alles])",
        ),
        ("=SUM(tblRfm[[#This Row],[jan]:[dec]])", "=SOM(tblRfm[@[jan]:[dec]])"),
        ("=SUM(tblKpi[netto omzet])+tblKpi[score '[1']]", "=SOM(tblKpi[netto omzet])+tblKpi[score '[1']]"),
        ("=_xlfn.LET(_xlpm.w,2,_xlpm.w*1.5)", "=LET(w;2;w*1,5)"),
        ("=kw_marge*SOMS+if_x", "=kw_marge*SOMS+if_x"),
        ("=NORMSINV(0.975)+ROUNDUP(A1,0)", "=STAND.NORM.INV(0,975)+AFRONDEN.NAAR.BOVEN(A1;0)"),
    ],
)
def test_a_formula_reads_as_a_dutch_user_types_it(formula, want):
    assert dutch(formula) == want


def test_a_function_without_a_dutch_name_is_refused():
    with pytest.raises(SpecError, match="BESSELI"):
        dutch("=BESSELI(1,2)")


def test_every_dutch_name_is_one_that_excel_has():
    """Gathered apart from this list: LibreOffice's translation and Microsoft's newest names."""
    assert {name for name in FUNCTIONS.values() if len(name) > 2} <= RESERVED_NAMES
    assert TRUSTED.keys() <= FUNCTIONS.keys()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_formula_of_our_workbooks_can_be_read_in_dutch(path):
    for cells in Package.open(path).formulas().values():
        for formula in cells.values():
            shown = dutch(formula)
            assert re.findall(r'"[^"]*"', shown) == re.findall(r'"[^"]*"', formula)


@pytest.mark.parametrize("spec", [s for s in REGISTRY if s.native], ids=lambda spec: spec.name)
def test_every_closed_form_can_be_read_in_dutch(spec):
    for example in spec.examples:
        formula = native_formula(spec, place(example.args, row=2, column=1, dialect=FILE).texts)
        if formula is not None:
            shown = re.sub(r'"[^"]*"', "", dutch(formula))
            assert not re.search(r"\b(IF|SUM|OR|COUNT|SQRT|ROUND|TRUE|FALSE)\b", shown)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n'), max_size=12)
NAMES = st.from_regex(r"kw_[a-z]{1,8}", fullmatch=True)
SHEETS = st.text(st.sampled_from("abIF(,;.5 TRUE"), min_size=1, max_size=9)


@given(TEXTS, NAMES, SHEETS)
def test_text_names_and_sheets_are_untouched(text, name, sheet):
    assert dutch(f"=IF({name},\"{text}\",'{sheet}'!A1)") == f"=ALS({name};\"{text}\";'{sheet}'!A1)"
