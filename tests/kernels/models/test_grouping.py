"""Grouping: equal customers become one row, no customer is lost or changed, a sample is fair."""

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.estimate import grouping
from tests.kernels.models import simulated

WEEKLY = simulated(grouping.MANY, (0.24, 4.4, 0.8, 2.4))


def rows_of(customers):
    """The rows in order, with their weights."""
    columns = np.column_stack(customers[:3])
    order = np.lexsort(columns.T[::-1])
    return columns[order].tolist(), customers.weight[order].tolist()


@pytest.mark.slow
def test_many_customers_are_grouped_exactly():
    expected, counts = np.unique(np.column_stack(WEEKLY), axis=0, return_counts=True)
    assert rows_of(grouping.group(*WEEKLY)) == (expected.tolist(), counts.tolist())


def test_weights_of_equal_customers_add_up():
    weights = 1.0 + np.arange(grouping.MANY) % 4
    found = grouping.group(*WEEKLY, weights)
    assert found.n == weights.sum()
    assert found.weight @ found.frequency == pytest.approx(weights @ WEEKLY[0], rel=1e-14)
    assert rows_of(found)[0] == rows_of(grouping.group(*WEEKLY))[0]


@pytest.mark.parametrize("spread", [1, 7, 100])
def test_customers_with_one_key_are_merged_only_if_they_are_equal(monkeypatch, spread):
    few = [column[:5000] for column in WEEKLY]
    # the row number goes into the lowest bits, so keys differ in their highest or not at all
    monkeypatch.setattr(
        grouping, "_keys", lambda columns: (columns[2].astype(np.uint64) % spread) << np.uint64(50)
    )
    found = grouping.group(*few)
    assert found.n == 5000
    for ours, theirs in zip(found[:3], few, strict=True):
        assert found.weight @ ours == pytest.approx(theirs.sum(), rel=1e-13)
    merged = {tuple(row) for row in np.column_stack(found[:3]).tolist()}
    assert merged == {tuple(row) for row in np.column_stack(few).tolist()}


def test_a_minus_before_nought_makes_no_other_customer():
    assert grouping.group([0.0, -0.0, 0], [0, 0.0, -0.0], [3, 3, 3]).weight.tolist() == [3]


def test_rows_that_are_all_different_are_left_as_they_are():
    rng = np.random.default_rng(2)
    age = rng.uniform(1, 50, grouping.MANY)
    last = age * rng.uniform(0.1, 1, grouping.MANY)
    weights = rng.uniform(1, 2, grouping.MANY)
    found = grouping.group(np.ones(grouping.MANY), last, age, weights)
    assert np.array_equal(found.recency, last)
    assert np.array_equal(found.horizon, age)
    assert np.array_equal(found.weight, weights)


def test_the_columns_that_come_in_are_not_written_in():
    copies = [column.copy() for column in WEEKLY]
    grouping.scaled(grouping.group(*WEEKLY))
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(WEEKLY, copies, strict=True))


def test_ranges_of_rows_and_columns_are_read_cell_by_cell():
    found = grouping.group([[1, 2], [1, 2]], [[3, 4], [3, 4]], [[5, 6], [5, 6]])
    assert rows_of(found) == ([[1, 3, 5], [2, 4, 6]], [2, 2])
    assert rows_of(grouping.group(0, 0, [5, 6, 5])) == ([[0, 0, 5], [0, 0, 6]], [2, 1])


def test_an_impossible_row_among_many_is_named():
    columns = [column.copy() for column in WEEKLY]
    columns[1][123_456] = 1e9
    with pytest.raises(OutOfRange, match="rij 123457"):
        grouping.group(*columns)


@pytest.mark.parametrize(
    "counts", [[], [0], [7], [3, 0, 3, 1], [1e15, 2, 1e15]], ids=["none", "nought", "one", "some", "huge"]
)
def test_levels_are_the_different_counts_and_where_each_is(counts):
    counts = np.array(counts, dtype=float)
    different, place = grouping.levels(counts)
    assert different.tolist() == sorted(set(counts.tolist()))
    assert different[place].tolist() == counts.tolist()


def test_a_regular_order_of_customers_does_not_skew_a_sample():
    # every fortieth customer buys; picking every fortieth row would find all of them or none
    size = 40 * grouping.ROUGH_ROWS
    x = (np.arange(size) % 40 == 0).astype(float)
    customers = grouping.Customers(x, x, np.linspace(1, 9, size), np.ones(size))
    few = grouping.sample(customers)
    assert few.n == grouping.ROUGH_ROWS
    assert few.weight @ few.frequency / few.n == pytest.approx(1 / 40, rel=0.2)
    assert few.weight @ few.horizon / few.n == pytest.approx(5, rel=1e-3)


def test_a_sample_counts_by_weight():
    weight = np.where(np.arange(50_000) < 10, 1e6, 1.0)
    age = np.arange(1.0, 50_001)
    few = grouping.sample(grouping.Customers(age * 0, age * 0, age, weight), 1000)
    assert few.n == 1000
    assert few.weight[few.horizon <= 10].sum() / 1000 == pytest.approx(1e7 / (1e7 + 49_990), abs=2e-3)


def test_many_rows_to_begin_on_are_merged_and_nobody_is_lost():
    rng = np.random.default_rng(5)
    x = np.round(rng.gamma(0.8, 3, 30_000))
    age = rng.uniform(1, 10, x.size)
    customers = grouping.Customers(x, np.where(x > 0, age * rng.random(x.size), 0.0), age, np.ones(x.size))
    few = grouping.rough(customers, 5000)
    assert few.weight.size <= 5000
    assert few.n == customers.n
    for one, other in zip(few[:3], customers[:3], strict=True):
        assert few.weight @ one == pytest.approx(other.sum())
    assert grouping.rough(few, 5000) is few


def test_rows_that_cannot_be_merged_to_a_few_are_sampled():
    x = np.arange(1.0, 8001)
    customers = grouping.Customers(x, x / 1000, x / 1000, np.ones(x.size))
    few = grouping.rough(customers, 500)
    assert few.weight.size <= 500
    assert few.n == 500
