"""Amounts that hardly differ make a ridge of a limit's likelihood; the end of it is found, on any machine."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import spendlimits


def hardly_differing(customers, odd, by, seed):
    """One price, but for a few customers; how often they bought differs."""
    rng = np.random.default_rng(seed)
    amounts = np.ones(customers)
    amounts[rng.choice(customers, odd, replace=False)] += by
    return rng.integers(1, 9, customers).astype(float), amounts


@pytest.mark.parametrize("limit", spendlimits.LIMITS.values(), ids=lambda limit: limit.title)
@pytest.mark.parametrize(
    ("customers", "odd", "by"), [(50, 1, 0.4), (250, 1, 0.33), (700, 2, 0.33), (900, 9, 0.1)]
)
def test_the_last_digits_of_amounts_decide_nothing(limit, customers, odd, by):
    for seed in range(6):
        x, z = hardly_differing(customers, odd, by, seed)
        share = np.full(customers, 1 / customers)
        found = []
        for shake in range(4):
            digits = 1 + np.random.default_rng(shake).uniform(-4e-16, 4e-16, customers)
            fit = limit.fit(x, z * digits, share, customers)
            assert fit.converged, fit.message
            found.append([fit.loglik, *fit.params.values(), *fit.se.values()])
        assert np.allclose(found, found[0], rtol=1e-6)


@pytest.mark.parametrize("limit", spendlimits.LIMITS.values(), ids=lambda limit: limit.title)
def test_no_parameters_near_by_are_likelier(limit):
    rng = np.random.default_rng(11)
    for spread in (2.0, 0.3, 0.02):
        x, z = rng.integers(1, 9, 300).astype(float), np.exp(rng.normal(0, spread, 300))
        share = rng.dirichlet(np.ones(300))
        fit = limit.fit(x, z, share, 300)
        surface = limit.surface(x, z, share)
        theta = np.log([*fit.params.values()])
        for step in ([1e-3, 0], [0, 1e-3], [1e-3, 1e-3], [1e-3, -1e-3]):
            for way in (1, -1):
                assert 300 * surface.value(theta + way * np.array(step)) < fit.loglik


@pytest.mark.parametrize("limit", spendlimits.LIMITS.values(), ids=lambda limit: limit.title)
@pytest.mark.parametrize("apart", [1e-60, 1e-300])
@pytest.mark.parametrize("often", [1.0, 1e6])
def test_amounts_that_no_shop_has_end_in_a_fit_or_a_reason(limit, apart, often):
    z = np.array([apart, 1.0, 1 / apart] * 20)
    fit = limit.fit(np.full(z.size, often), z, np.full(z.size, 1 / z.size), z.size)
    assert fit.converged or fit.message
