"""Computing once for each pair: the same values, in fewer calls."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.numeric import pairs
from klantwaarde_xl.kernels.models.numeric.pairs import different
from klantwaarde_xl.kernels.models.numeric.special import growth
from tests.examples import times

PARAMS = (0.2426, 4.4136, 0.7929, 2.4259)


def still_buys(x, age):
    """What a customer who is alive still buys in a year of weeks."""
    r, alpha, a, b = PARAMS
    return growth(r + x, alpha + age, a, b + x, 52.0)


def customers(n, step):
    rng = np.random.default_rng(1)
    return rng.poisson(1.5, n).astype(float), np.ceil(rng.uniform(0, 78, n) / step) * step


@pytest.mark.parametrize("step", [1.0, 1 / 7, 1e-9], ids=["weeks", "days", "continuous"])
@pytest.mark.parametrize("n", [0, 1, 200, 201, 5000])
def test_the_values_are_those_of_every_customer_apart(n, step):
    x, age = customers(n, step)
    assert pairs.each_pair(still_buys, x, age) == pytest.approx(still_buys(x, age), rel=1e-11)


@pytest.mark.parametrize(("step", "most"), [(1.0, 1000), (1e-9, 1500)], ids=["weeks", "continuous"])
def test_many_customers_take_few_computations(step, most):
    x, age = customers(50_000, step)
    asked = []

    def counted(x, age):
        asked.append(x.size)
        return still_buys(x, age)

    pairs.each_pair(counted, x, age)
    assert sum(asked) < most


def test_what_no_polynomial_follows_is_computed_one_by_one():
    x, age = customers(5000, 1e-9)
    jagged = lambda x, age: np.floor(age) + x  # noqa: E731
    assert np.array_equal(pairs.each_pair(jagged, x, age), jagged(x, age))


def test_a_rare_number_of_purchases_is_computed_itself():
    x, age = customers(5000, 1e-9)
    x[7] = 4000.0
    assert pairs.each_pair(still_buys, x, age)[7] == still_buys(x[7:8], age[7:8])[0]


def test_the_shape_of_the_customers_stays():
    x, age = (column.reshape(50, 100) for column in customers(5000, 1e-9))
    assert pairs.each_pair(still_buys, x, age).shape == (50, 100)


@pytest.mark.slow
def test_discounting_a_million_moments_is_as_exact_as_one_by_one():
    x, age = customers(times(600, more=5), 1e-9)
    t_x = np.where(x > 0, age * 0.6, 0.0)
    x = np.where(age == 0, 0.0, x)
    together = BGNBD.discounted_expected(PARAMS, x, t_x, age, 52.0, 0.002)
    apart = [BGNBD.discounted_expected(PARAMS, *one, 52.0, 0.002) for one in zip(x, t_x, age, strict=True)]
    assert together == pytest.approx(np.array(apart), rel=1e-11)


@pytest.mark.parametrize("rows", [1, 2, 50, 3000])
def test_different_rows_are_those_that_numpy_finds(rows):
    rng = np.random.default_rng(rows)
    columns = [rng.integers(0, 4, rows) / 4 for _ in range(3)]
    found, place = different(columns)
    known, where = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    assert np.stack(found, axis=1).tolist() == known.tolist()
    assert place.tolist() == where.ravel().tolist()
