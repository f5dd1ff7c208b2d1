"""What a cell refuses counts as not filled in: as formulas ask it, and as Controle says it."""

import pytest

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.workbook import possible

SHARE = Setting("kw_marge", Kind.SHARE, "Marge", "", between=(0.001, 1.0))
MONEY = Setting("kw_cac", Kind.AMOUNT, "CAC", "", between=(0.0, None))
WORDS = Setting("kw_bedrijf", Kind.TEXT, "Bedrijf", "")
CHOICE = Setting("kw_model", Kind.CHOICE, "Model", "", choices=("a", "b"))
RULES = {one.name: one for one in (SHARE, MONEY, WORDS, CHOICE)}


@pytest.mark.parametrize(
    "formula",
    ["=COUNT(ku_a,ku_b)<2", "=COUNT(kw_bedrijf)<1", "=COUNT(kw_cac)", "=COUNT(tblKpi[omzet])=0", "=COUNT(kw_model)<1"],
)  # fmt: skip
def test_a_count_of_cells_without_limits_stays_as_it_is(formula):
    assert possible.counted(formula, RULES) == formula


def test_a_count_leaves_out_what_is_beyond_either_end_and_words():
    found = possible.counted("=IF(COUNT(ku_a,N(kw_cac))<2,1,2)", RULES)
    assert found == '=IF(COUNT(ku_a,N(kw_cac))-OR(AND(ISTEXT(kw_cac),kw_cac<>""),kw_cac<0)<2,1,2)'


def test_a_blank_cell_is_not_below_a_least_above_nought():
    assert "AND(ISNUMBER(kw_marge),kw_marge<0.001)" in possible.impossible("kw_marge", SHARE)


def test_neighbours_with_one_rule_are_asked_together_and_others_apart():
    cells = [("Blad", area(cell), MONEY) for cell in ("C5", "C6", "D5", "D6", "F9")]
    found = possible.check([*cells, ("Blad", area("C7"), SHARE), ("Blad", area("C8"), WORDS)])
    assert """COUNTA('Blad'!C5:D6)=COUNTIFS('Blad'!C5:D6,">="&0)""" in found
    assert found.count("NOT(OR(") == 2
    assert "C8" not in found


def test_a_workbook_without_limits_has_nothing_to_say():
    assert possible.check([("Blad", area("C8"), WORDS)]) == "TRUE"


def test_a_choice_is_one_of_its_words_or_blank():
    assert possible.impossible("kw_model", CHOICE) == 'AND(kw_model<>"",kw_model<>"a",kw_model<>"b")'
