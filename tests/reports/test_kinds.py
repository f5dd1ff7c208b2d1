"""Which kinds there are to compare, and when there are none or too many."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.reports.kinds import by_number, compared
from klantwaarde_xl.wording.characteristics import MEASURE, measure


def test_the_most_common_kind_is_the_measure_and_the_others_have_a_column_each():
    own = np.array([4.0] * 3 + [9.0] * 12 + [2.0] * 6)
    found = compared(own, "klanten", "GETALEFFECT")
    assert found.kind.tolist() == [9, 2, 4]
    assert found.counts.tolist() == [12, 6, 3]
    assert found.kind[found.which].tolist() == own.tolist()
    assert found.columns.tolist() == [[0, 0], [1, 0], [0, 1]]


@pytest.mark.parametrize(("kinds", "each"), [(51, 40), (30, 4), (3, 1), (400, 1)])
def test_too_many_kinds_are_refused_with_how_many(kinds, each):
    with pytest.raises(NotAvailable, match=f"{kinds} soorten op {kinds * each} contracten") as said:
        compared(np.repeat(np.arange(kinds), each).astype(float), "contracten", "CONTRACTGETAL")
    assert "CONTRACTGETAL" in str(said.value)


@pytest.mark.parametrize(("kinds", "each"), [(50, 40), (30, 5), (2, 1)])
def test_as_many_as_can_be_compared_are(kinds, each):
    assert compared(np.repeat(np.arange(kinds), each).astype(float), "klanten", "").kind.size == kinds


def test_one_kind_is_no_comparison():
    with pytest.raises(NotAvailable, match="Alle contracten zijn van één soort"):
        compared(np.full(8, 3.0), "contracten", "CONTRACTGETAL")


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────

AGES = np.tile(np.arange(20.0, 61), 30)


def test_the_middle_number_is_the_measure_beside_what_a_tenth_do_not_reach_or_pass():
    found = by_number(AGES, "klanten")
    assert found.kind.tolist() == [40, 24, 56]
    assert found.columns[0] == 0
    assert found.own.std() == pytest.approx(1)
    assert (np.argmin(np.abs(AGES[:, None] - found.kind), axis=1) == found.which).all()
    assert found.beyond == (0, 0)


@pytest.mark.parametrize("wrong", [999.0, 1e5, 1e12, -1e5])
@pytest.mark.parametrize("many", [1, 20])
def test_numbers_far_from_the_others_count_as_the_farthest_that_is_followed(wrong, many):
    typed = AGES.copy()
    typed[:many] = wrong
    found, clean = by_number(typed, "klanten"), by_number(AGES, "klanten")
    assert found.kind == pytest.approx(clean.kind, abs=1)
    assert found.columns == pytest.approx(clean.columns, abs=0.2)  # they lie as far apart as without
    assert found.beyond == ((many, 0) if wrong < 0 else (0, many))
    assert np.abs(found.own).max() < 6


def test_where_nearly_all_have_one_number_the_others_say_how_far_numbers_go():
    given = np.where(np.arange(400) % 25 == 0, 7.0, 1.0)
    assert by_number(given, "klanten").beyond == (0, 0)
    given[0] = 1e6
    found = by_number(given, "klanten")
    assert found.beyond == (0, 1)
    assert found.kind.tolist() == [1, 13]


def test_one_number_for_all_is_no_comparison():
    with pytest.raises(NotAvailable, match="Alle contracten hebben hetzelfde getal"):
        by_number(np.full(9, 3.0), "contracten")


def test_the_measure_says_how_many_numbers_lie_far_off_and_as_what_they_count():
    assert measure((0, 0), (1, 2)) == MEASURE
    said = measure((1, 3), (-12.5, 1234567.0))
    assert "1 getal onder -12,5 telt als dat en 3 getallen boven 1.235.000 tellen als dat" in said
