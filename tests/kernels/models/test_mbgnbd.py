"""MBG/NBD: published figures, identities, its tie with the BG/NBD, recovery."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from tests.kernels.models import cdnow_sample, simulated

PARAMS = (0.525, 6.183, 0.891, 1.614)


@pytest.fixture(scope="module")
def fitted():
    return MBGNBD.fit(*cdnow_sample())


def test_the_fit_of_cdnow_equals_btydplus(fitted):
    assert fitted.converged
    assert list(fitted.params.values()) == pytest.approx(PARAMS, abs=6e-4)
    assert fitted.loglik == pytest.approx(-9582.1357, abs=5e-5)


def test_the_fit_is_the_optimum_we_computed_before(fitted):
    assert list(fitted.params.values()) == pytest.approx([0.524843, 6.183085, 0.891359, 1.614002], rel=2e-6)


def test_the_first_customers_of_cdnow_as_in_lifetimes(fitted):
    alive = MBGNBD.p_alive(fitted.params, [2, 1, 0], [30.43, 1.71, 0], 38.86)
    assert alive == pytest.approx([0.706138, 0.170951, 0.389723], abs=2e-4)


def test_the_likelihood_of_the_customers_adds_up_to_that_of_the_fit(fitted):
    assert MBGNBD.loglik(fitted.params, *cdnow_sample()).sum() == pytest.approx(fitted.loglik, rel=1e-12)


@pytest.mark.parametrize("params", [PARAMS, (2.0, 3.0, 1.0, 4.0), (0.6, 8.0, 3.0, 2.0)])
def test_the_probabilities_add_up_to_one_and_their_mean_is_the_expectation(params):
    counts = np.arange(3000)
    chances = MBGNBD.pmf(params, counts, 39)
    assert chances.sum() == pytest.approx(1, abs=1e-7)
    assert chances @ counts == pytest.approx(MBGNBD.expected(params, 39), rel=1e-4)


def test_somebody_new_has_the_chance_to_stop_at_once():
    _, _, a, b = PARAMS
    assert MBGNBD.p_alive(PARAMS, 0, 0, 0) == pytest.approx(b / (a + b))
    assert MBGNBD.conditional_expected(PARAMS, 0, 0, 0, [1, 52]) == pytest.approx(
        MBGNBD.expected(PARAMS, [1, 52])
    )


def test_who_goes_on_after_the_first_purchase_is_a_bgnbd_customer():
    r, alpha, a, b = PARAMS
    going_on = BGNBD.expected((r, alpha, a, b + 1), 39)
    assert MBGNBD.expected(PARAMS, 39) == pytest.approx(b / (a + b) * going_on)


def test_who_does_not_return_is_likelier_gone_by_the_day():
    alive = MBGNBD.p_alive(PARAMS, 0, 0, np.arange(1, 100))
    assert np.all(np.diff(alive) < 0)
    assert alive[0] < 1


@pytest.mark.parametrize("params", [PARAMS, (0.05, 1e-3, 0.02, 0.03), (50, 1e4, 1, 1e3), (1e3, 0.1, 30, 0.5)])
def test_no_customer_however_odd_is_without_an_answer(params):
    x = np.array([0, 1, 170, 2000, 20_000, 3])
    t_x = np.array([0, 1e-9, 3, 2999, 3000, 1])
    age = np.array([3000, 1e6, 3, 3000, 3000, 1e9])
    assert np.all(np.isfinite(MBGNBD.loglik(params, x, t_x, age)))
    assert np.all(np.isfinite(MBGNBD.conditional_expected(params, x, t_x, age, 1e4)))
    assert np.all(np.isfinite(MBGNBD.pmf(params, x, age)))


def test_simulated_customers_give_their_parameters_back():
    truth = dict(zip(("r", "alpha", "a", "b"), (0.6, 5.0, 0.8, 2.5), strict=True))
    found = MBGNBD.fit(*simulated(20_000, tuple(truth.values()), "mbgnbd", step=1e-6))
    assert found.converged
    assert all(abs(found.params[name] - truth[name]) < 3.5 * found.se[name] for name in truth)
