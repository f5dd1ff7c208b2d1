"""A season as a user sees it: parts of the year by name, or an index of one's own."""

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.season.calendar import SHOPS
from klantwaarde_xl.reports.season import Year, factors, proofs
from tests.kernels.models.season import FIRST, shop, winter

LOG = shop(winter, customers=800)
INDEX = np.array([[FIRST + 365 * year + day, busy] for year in range(3) for day, busy in ((0, 0), (304, 1))])


@pytest.mark.slow
def test_months_have_their_names_and_together_a_year():
    found = factors(*LOG)
    assert found.label[[0, 11]].tolist() == ["januari", "december"]
    assert found.days.sum() == pytest.approx(365.25)
    assert found.factor @ found.days == pytest.approx(365.25, rel=1e-3)
    assert found.label[np.argsort(found.factor)[-2:]].tolist() in (
        ["november", "december"],
        ["december", "november"],
    )


@pytest.mark.slow
def test_the_year_of_a_shop_has_its_times_and_the_rest():
    found = factors(*LOG, year=float(Year.SHOPS))
    assert found.label[-1] == "overige dagen"
    assert found.days[-1] > 180
    assert found.factor[found.label.tolist().index("Kerst (6 t/m 24 december)")] > 1.5


@pytest.mark.slow
def test_a_part_within_another_has_the_factor_of_its_own_days():
    def shopping(days):
        columns = SHOPS.columns(np.asarray(days, dtype=float))
        busy = columns[:, [SHOPS.names.index(name) for name in ("black friday", "sinterklaas")]].any(axis=1)
        return np.where(busy, 3.0, 1.0)

    found = factors(*shop(shopping, customers=1500), year=float(Year.SHOPS))
    labels = [label.split(" (")[0] for label in found.label]
    friday, saint, rest = (
        found.factor[labels.index(name)] for name in ("Black Friday", "Sinterklaas", "overige dagen")
    )
    assert friday > 2 * rest
    assert saint > 2 * rest


def test_an_index_of_ones_own_has_a_row_a_value():
    found = factors(*LOG, index=INDEX)
    assert found.label.tolist() == ["index 0", "index 1"]
    assert found.factor[1] / found.factor[0] == pytest.approx(2.4, rel=0.15)
    assert found.lower[1] < found.factor[1] < found.upper[1]


@pytest.mark.slow
def test_an_index_of_many_numbers_shows_the_lowest_the_middle_and_the_highest():
    days = FIRST + 7 * np.arange(160)
    index = np.column_stack([days, 100 + 0.5 * np.arange(160)])
    found = factors(*LOG, index=index)
    shown = [float(label.removeprefix("index ").replace(",", ".")) for label in found.label]
    assert 100 <= shown[0] < shown[1] < shown[2] <= 179.5  # of the whole years, which are what is usual


@pytest.mark.slow
def test_a_proof_has_a_row_for_each_way_and_the_index():
    found = proofs(*LOG, index=INDEX)
    assert found.label.tolist() == ["maanden", "winkeljaar", "eigen index"]
    assert found.note[2].startswith("bewezen")
    assert (found.off < found.plain_off).all()


def test_an_index_of_one_column_is_refused():
    with pytest.raises(OutOfRange, match="twee kolommen"):
        factors(*LOG, index=INDEX[:, :1])
