"""What customers spend at the limits of the Gamma-Gamma."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.spendlimits import ONE_MEAN, OWN_MEAN, expected_in_limit
from klantwaarde_xl.wording import limits

BOUGHT, SPENT = np.array([0.0, 1, 2, 7]), np.array([0.0, 12.0, 40.0, 31.0])


@pytest.mark.parametrize(
    ("limit", "params", "near"),
    [
        (ONE_MEAN, (3.0, 30.0), lambda far: (3.0, far, 30 * far / 3)),
        (OWN_MEAN, (3.5, 75.0), lambda far: (far, 3.5, 75 / far)),
    ],
    ids=["one mean", "own mean"],
)
def test_the_gamma_gamma_comes_near_to_its_limit(limit, params, near):
    x, z = BOUGHT[1:], SPENT[1:]
    wanted = limit.surface(x, z, np.full(3, 1 / 3)).value(np.log(params)) * 3
    spend = expected_in_limit(limit.title, params, BOUGHT, SPENT)
    for far, tolerance in ((1e3, 5e-2), (1e6, 5e-5)):
        assert gammagamma.log_likelihood(near(far), x, z) == pytest.approx(wanted, rel=tolerance)
        expected = gammagamma.expected_spend(BOUGHT, SPENT, *near(far))
        assert expected == pytest.approx(spend, rel=tolerance)


@pytest.mark.parametrize("limit", [ONE_MEAN, OWN_MEAN], ids=lambda limit: limit.title)
def test_the_gradient_is_the_slope_of_the_likelihood(limit):
    surface, theta = (
        limit.surface(BOUGHT[1:], SPENT[1:] / 30, np.array([0.2, 0.3, 0.5])),
        np.array([0.7, 0.4]),
    )
    step = np.eye(2) * 1e-5
    slope = [(surface.value(theta + one) - surface.value(theta - one)) / 2e-5 for one in step]
    assert surface.slope(theta)[1] == pytest.approx(slope, rel=1e-6)


def spenders(customers, seed, mean):
    rng = np.random.default_rng(seed)
    x = rng.geometric(0.3, customers).astype(float)
    means = mean(rng, customers)
    return x, rng.gamma(4 * x) / (4 * x) * means


def test_customers_who_do_not_differ_spend_what_all_do():
    x, z = spenders(300, 3, lambda _, n: np.full(n, 25.0))
    fit = gammagamma.fit(x, z)
    assert fit.model == ONE_MEAN.title
    assert fit.params["mean"] == pytest.approx(x @ z / x.sum(), rel=1e-6)
    assert fit.params["p"] == pytest.approx(4, rel=0.15)
    error = 25 / np.sqrt(4 * x.sum())  # of a mean of gamma-distributed purchases
    assert fit.se["mean"] == pytest.approx(error, rel=0.1)


def test_customers_who_spend_the_same_each_time_spend_their_own_mean():
    rng = np.random.default_rng(4)
    x, z = rng.geometric(0.3, 300).astype(float), 60 / rng.gamma(4, size=300)
    fit = gammagamma.fit(x, z)
    assert fit.model in (OWN_MEAN.title, gammagamma.MODEL)
    spend = expected_in_limit(OWN_MEAN.title, (4.0, 60.0), x, z)
    assert np.array_equal(spend, z)
    assert gammagamma.MEAN.quantity(fit.params) == pytest.approx(20, rel=0.1)


def test_one_amount_for_all_is_that_amount_without_doubt():
    fit = gammagamma.fit([1, 2, 3], [5.0, 5.0, 5.0])
    assert fit.converged
    assert fit.params == {"mean": 5.0}
    assert fit.se == {"mean": 0.0}
    assert expected_in_limit(fit.model, fit.params, BOUGHT, SPENT).tolist() == [5.0] * 4
    assert "evenveel" in limits.of_spending(fit)
