"""The native formulas, computed by an engine that does not know our functions."""

import math

import pytest

from klantwaarde_xl.functions.notation import FILE, native_formula, place
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Kind
from tests.native import COLUMNS, cases, iron_values, workbook


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    path = tmp_path_factory.mktemp("native") / "native.xlsx"
    workbook(path)
    return iron_values(path)


CASES = cases()


def test_ironcalc_gives_what_the_kernel_gives(computed):
    wrong = {
        case.id: (case.formula, found)
        for case, found in zip(CASES, computed, strict=True)
        if not agree(found, case.wanted)
    }
    assert wrong == {}


@pytest.mark.slow
def test_calc_gives_what_the_kernel_gives(calc, tmp_path):
    workbook(tmp_path / "native.xlsx")
    document = calc.open(path=str(tmp_path / "native.xlsx"))
    try:
        calc.recalculate(document)
        got = calc.many(document, [f"A{i + 1}" for i in range(len(CASES))])
        wrong = [
            (c.id, c.formula, v, c.wanted) for c, v in zip(CASES, got, strict=True) if not agree(v, c.wanted)
        ]
        assert not wrong
    finally:
        calc.close(document)


def agree(got, wanted):
    if isinstance(got, float) and isinstance(wanted, float):
        return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return got == wanted


def test_a_call_with_few_arguments_gets_the_short_formula():
    spec = REGISTRY["KLANTWAARDE"]
    short = native_formula(spec, ["B2", "B3", "B4"])
    assert short == "=IF(OR(B3<0,B4<0),EXP(1000),B2*B3-B4)"


def test_a_function_without_a_closed_form_has_no_formula():
    spec = REGISTRY["RFM"]
    placed = place(spec.examples[0].args, row=1, column=COLUMNS, dialect=FILE)
    assert native_formula(spec, placed.texts) is None


@pytest.mark.parametrize("spec", [s for s in REGISTRY if s.native], ids=lambda spec: spec.name)
def test_a_native_formula_names_every_argument_it_needs(spec):
    whole = spec.native[-1].value + spec.native[-1].num + spec.native[-1].na
    used = {arg.name for arg in spec.args if "{" + arg.name + "}" in whole}
    unused = {arg.name for arg in spec.args} - used
    # what the last form leaves out, only a kernel can do; then the form says up to where it holds
    assert not unused or spec.native[-1].before < len(spec.args), unused
    assert all(arg.kind is not Kind.KEYS for arg in spec.args)
