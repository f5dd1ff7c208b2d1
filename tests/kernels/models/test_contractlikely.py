"""A profile likelihood of shares that stay: against a search for its ends, and as often as it says."""

import numpy as np
import pytest
from scipy.optimize import minimize

from klantwaarde_xl.kernels.models import contract, contractlikely
from klantwaarde_xl.reports import contracts
from tests.examples import times

SERIES = np.array([[300.0, 231, 190, 163, 141, 127, 118]])


def test_the_ends_are_those_that_a_search_finds():
    fit = contract.fit(SERIES, "BdW")
    left, stayed = contract.outcomes(contract.cohorts_of(SERIES))
    ends = contractlikely.ends(left, stayed, fit.loglik, np.array([12.0]), 0.95)
    for side, end in zip((1, -1), ends, strict=True):

        def wanted(theta, side=side):
            return side * contract.survival(np.exp(theta), 12)

        found = minimize(
            wanted,
            np.log([*fit.params.values()]),
            method="SLSQP",
            constraints={
                "type": "ineq",
                "fun": lambda theta: contract.log_likelihood(np.exp(theta), SERIES) - fit.loglik + 1.9207,
            },
        )
        assert end == pytest.approx(side * found.fun, abs=0.006)


def test_so_many_contracts_that_the_grid_is_too_wide_have_the_ends_of_the_delta_method():
    many = SERIES * 1e6
    fit = contract.fit(many, "BdW")
    outcomes = contract.outcomes(contract.cohorts_of(many))
    assert contractlikely.ends(*outcomes, fit.loglik, np.array([12.0]), 0.95) is None
    found = contracts.forecast(many, 6, model=1)
    assert found.lower[12] < found.survival[12] < found.upper[12]


@pytest.mark.slow
@pytest.mark.parametrize(("truth", "size"), [((1.0, 3.0), 200), ((20.0, 180.0), 300)])
def test_shares_far_ahead_lie_between_the_ends_as_often_as_they_say(truth, size):
    """Of 300 simulations each 93 to 97 %; the delta method's held 88 to 91 %."""
    inside, rounds = [], times(15, more=20)
    for seed in range(rounds):
        rng = np.random.default_rng(seed)
        left = rng.geometric(rng.beta(*truth, size))
        series = np.array([[np.count_nonzero(left > t) for t in range(9)]], dtype=float)
        found = contracts.forecast(series, 12, model=1)
        inside.append(found.lower[20] <= contract.survival(truth, 20) <= found.upper[20])
    assert np.mean(inside) >= 0.92 - 3 * np.sqrt(0.92 * 0.08 / rounds)
