"""What a cell refuses counts as not filled in: as formulas ask it, and as Controle says it."""

import pytest

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


def test_a_choice_is_one_of_its_words_or_blank():
    assert possible.impossible("kw_model", CHOICE) == 'AND(kw_model<>"",kw_model<>"a",kw_model<>"b")'


def test_a_whole_number_has_no_fraction():
    whole = Setting("kw_min_klanten", Kind.COUNT, "Oordeel vanaf", "", between=(1, 1000))
    assert possible.impossible("kw_min_klanten", whole).endswith(",INT(N(kw_min_klanten))<>N(kw_min_klanten)")
