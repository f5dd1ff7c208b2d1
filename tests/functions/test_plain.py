"""Formulas that call our functions, written out as formulas of Excel alone."""

import ironcalc
import pytest

from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.plain import plain_formula
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import shipped


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:B2)", "=kw_marge*2", '=IF(A1="CLV(1)","x",1)', "=VLOOKUP(A1,tblRfm[klant],1,0)", "=XCLV(1,2,3)",
        "=PARETOAANDEEL(A1:A9)+1",  # has no closed form in a cell
    ],
)  # fmt: skip
def test_what_calls_none_of_ours_or_has_no_closed_form_stays(formula):
    assert plain_formula(formula) == formula


@pytest.mark.parametrize(
    ("formula", "spec", "args"),
    [
        ("=KLANTWAARDE(500,2,200)", "KLANTWAARDE", (500, 2, 200)),
        ("=CLV(A1-A2,A3,0.12)", "CLV", (80.0, 0.75, 0.12)),
        ("=2-AOV(A1,A2)^2", "", -23.0),
        ("=1/AOV(A1+A1,A2)%", "", 10.0),
        ('=IF(A1>A2,CLV(A1,A3,0.1,0,"nu"),NPS(A4:A6))', "CLV", (100.0, 0.75, 0.1, 0, "nu")),
        ("=NPS(A4:A6)", "NPS", ((9, 10, 3),)),
        ("=RETENTIE(A1,RETENTIE(A1,A2)*A1)", "", 0.2),
        ("=AOV(A1,0)", "AOV", (100.0, 0)),
        ("=KLANTWAARDE(A1,-1)", "KLANTWAARDE", (100.0, -1)),
    ],
)
def test_a_call_is_its_closed_form(formula, spec, args):
    written = plain_formula(formula)
    assert written != formula
    assert not any(f"{one.name}(" in written for one in REGISTRY)
    model = ironcalc.create("m", "en", "UTC", "en")
    for row, value in enumerate((100, 20, 0.75, 9, 10, 3), 1):
        model.set_user_input(0, row, 1, str(value))
    model.set_user_input(0, 1, 3, written)
    model.evaluate()
    wanted = (
        call(REGISTRY[spec], [[[x] for x in one] if isinstance(one, tuple) else one for one in args])
        if spec
        else args
    )
    got = model.get_cell_value(0, 1, 3)
    assert got == (pytest.approx(wanted) if isinstance(wanted, float) else wanted.text)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(templates()))
def test_no_cell_of_a_template_needs_us(name):
    formulas = shipped(name).formulas()
    for sheet, cells in formulas.items():
        for address, text in cells.items():
            assert plain_formula(f"={text}") == f"={text}", (sheet, address)


@pytest.mark.slow
def test_a_workbook_that_calls_them_is_made_when_asked(tmp_path, capsys):
    from klantwaarde_xl.cli.commands import main

    assert main(["nieuw", "basis", "--met-functies", "--uit", str(tmp_path / "b.xlsx")]) == 0
    assert "rekent alleen waar" in capsys.readouterr().out
    assert main(["nieuw", "basis", "--uit", str(tmp_path / "a.xlsx")]) == 0
    assert "rekent alleen waar" not in capsys.readouterr().out
    called, plain = (Package.open(tmp_path / f"{one}.xlsx") for one in "ba")
    texts = [text for cells in called.formulas().values() for text in cells.values()]
    assert any("KLANTWAARDE(" in text for text in texts)
    for sheet, cells in called.shown().items():
        for address, value in cells.items():
            other = plain.shown()[sheet][address]
            assert other == (pytest.approx(value, rel=1e-12) if isinstance(value, float) else value)
