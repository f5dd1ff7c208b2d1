"""Which kinds there are to compare, and when there are none or too many."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.reports.kinds import compared


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
