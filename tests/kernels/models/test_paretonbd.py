"""Pareto/NBD: published figures, identities, extremes against 60 digits, recovery."""

import itertools

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.numeric.special import exponential_integral
from tests.kernels.models import cdnow_sample, simulated

CLVTOOLS = (0.55315, 10.57633, 0.60625, 11.67150)  # tests of CLVTools
MANUAL = (0.55, 10.56, 0.61, 11.64)  # the BTYD manual
WALK = (26, 30.857143, 31)  # customer 1516 of the BTYD vignette
PARAMS = [MANUAL, (2.0, 3.0, 1.0, 4.0), (0.6, 20.0, 2.5, 2.0), (3.0, 3.0, 1.5, 3.0)]


@pytest.fixture(scope="module")
def fitted():
    return PARETONBD.fit(*cdnow_sample())


@pytest.mark.parametrize("params", [MANUAL, (0.05, 2e3, 8.0, 0.3), (40.0, 1.0, 0.2, 500.0)])
def test_the_chances_of_many_at_once_are_those_of_each_alone(params):
    counts, times = np.array([0.0, 1, 4, 60]), np.array([0.0, 0.01, 3, 3, 400])
    together = PARETONBD.pmf(params, counts[:, None], times)
    alone = [[float(PARETONBD.pmf(params, one, time)) for time in times] for one in counts]
    assert together == pytest.approx(np.array(alone), rel=1e-10, abs=1e-300)
    pairs = counts, np.array([3.0, 0.01, 400, 3])
    assert PARETONBD.pmf(params, *pairs) == pytest.approx(
        [float(PARETONBD.pmf(params, *pair)) for pair in zip(*pairs, strict=True)], rel=1e-10
    )


def test_the_fit_of_cdnow_equals_the_paper_and_clvtools(fitted):
    assert fitted.converged
    assert [round(value, 3) for value in fitted.params.values()] == pytest.approx(
        [0.553, 10.578, 0.606, 11.669], abs=1e-9
    )
    assert list(fitted.params.values()) == pytest.approx(CLVTOOLS, rel=3e-4)
    assert fitted.loglik == pytest.approx(-9594.97618, abs=1e-5)


def test_the_standard_errors_equal_those_of_clvtools(fitted):
    assert list(fitted.se.values()) == pytest.approx([0.0476264, 0.8427222, 0.1872594, 6.2105448], rel=2e-4)


def test_the_likelihood_of_the_customers_adds_up_to_that_of_the_fit(fitted):
    assert PARETONBD.loglik(fitted.params, *cdnow_sample()).sum() == pytest.approx(fitted.loglik, rel=1e-12)


def test_nothing_near_the_optimum_is_likelier(fitted):
    best = np.array(list(fitted.params.values()))
    for factor in itertools.product((0.99, 1, 1.01), repeat=4):
        assert PARETONBD.loglik(best * factor, *cdnow_sample()).sum() <= fitted.loglik + 1e-9


@pytest.mark.parametrize("unit", [7.0, 7 * 86400.0, 7 / 365.25], ids=["days", "seconds", "years"])
def test_another_unit_of_time_gives_the_same_fit(fitted, unit):
    x, t_x, age = cdnow_sample()
    other = PARETONBD.fit(x, t_x * unit, age * unit)
    assert other.converged
    assert other.params["alpha"] / unit == pytest.approx(fitted.params["alpha"], rel=1e-5)
    assert other.params["beta"] / unit == pytest.approx(fitted.params["beta"], rel=1e-5)
    assert other.loglik == pytest.approx(fitted.loglik - x.sum() * np.log(unit), rel=1e-10)


def test_the_customers_of_the_btyd_vignette(fitted):
    # the vignette's own parameters come from times rounded to two decimals
    assert PARETONBD.conditional_expected(fitted.params, *WALK, 52) == pytest.approx(25.45647, abs=3e-3)
    assert PARETONBD.p_alive(fitted.params, *WALK) == pytest.approx(0.997874, abs=2e-6)
    assert PARETONBD.p_alive(fitted.params, 0, 0, 39) == pytest.approx(0.2941633, abs=2e-4)
    assert PARETONBD.expected(fitted.params, 52) == pytest.approx(1.473434, abs=1e-6)


def test_the_expectations_of_the_btyd_manual():
    published = [0, 0.05077821, 0.09916088, 0.14542507, 0.18979930, 0.23247466]
    published += [0.27361274, 0.31335159, 0.35181024, 0.38909211]
    assert PARETONBD.expected(MANUAL, np.arange(10)) == pytest.approx(published, abs=6e-9)


@pytest.mark.parametrize("params", PARAMS)
def test_the_probabilities_add_up_to_one_and_their_mean_is_the_expectation(params):
    counts = np.arange(800)
    chances = PARETONBD.pmf(params, counts, 39)
    assert chances.sum() == pytest.approx(1, abs=1e-10)
    assert chances @ counts == pytest.approx(PARETONBD.expected(params, 39), rel=1e-9)


@pytest.mark.parametrize("params", PARAMS)
def test_the_chance_of_no_purchase_is_the_likelihood_of_no_purchase(params):
    assert PARETONBD.pmf(params, 0, 39) == pytest.approx(
        np.exp(PARETONBD.loglik(params, 0, 0, 39)), rel=1e-12
    )


@pytest.mark.parametrize("params", PARAMS)
def test_somebody_new_expects_what_the_model_expects(params):
    times = np.array([0, 0.5, 13, 52, 1e4])
    new = PARETONBD.conditional_expected(params, 0, 0, 0, times)
    assert new == pytest.approx(PARETONBD.expected(params, times))


@pytest.mark.parametrize("params", PARAMS)
def test_who_bought_this_moment_is_a_customer(params):
    assert PARETONBD.p_alive(params, [0, 3, 5000], [0, 9, 9], [0, 9, 9]) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("params", PARAMS)
def test_the_chance_to_be_there_lies_between_nought_and_one_and_falls_with_silence(params):
    ages = np.geomspace(30.0, 1e6, 200)
    for x in (1, 10, 200, 5000):
        alive = PARETONBD.p_alive(params, x, 30.0, ages)
        assert np.all((alive >= 0) & (alive <= 1))
        assert np.all(np.diff(alive) <= 1e-12)


@pytest.mark.parametrize("params", PARAMS)
def test_the_discounted_future_is_the_sum_of_its_small_steps(params):
    interest, ends = 0.05, np.linspace(0, 900, 90_001)
    purchases = np.diff(PARETONBD.conditional_expected(params, 7, 35, 38, ends))
    middle = (ends[1:] + ends[:-1]) / 2
    summed = purchases @ np.exp(-interest * middle)
    assert PARETONBD.dert(params, 7, 35, 38, interest) == pytest.approx(summed, rel=1e-6)


def test_the_discounted_future_of_many_is_that_of_each():
    x, t_x, age = np.array([0, 7, 1]), np.array([0, 35, 2]), np.array([39, 38, 39])
    together = PARETONBD.dert(MANUAL, x, t_x, age, 0.0027)
    apart = [float(PARETONBD.dert(MANUAL, *one, 0.0027)) for one in zip(x, t_x, age, strict=True)]
    assert together == pytest.approx(apart, rel=1e-12)


@pytest.mark.parametrize("interest", [0, -0.1, np.nan])
def test_an_endless_future_needs_interest(interest):
    with pytest.raises(OutOfRange, match="rente"):
        PARETONBD.dert(MANUAL, 1, 2, 3, interest)


def test_the_exponential_integral_agrees_with_thirty_digits():
    mpmath = pytest.importorskip("mpmath")
    grid = list(itertools.product((0.01, 0.6, 1, 2, 3.5, 50), (1e-8, 0.01, 1, 3, 30, 1e6)))
    with mpmath.workdps(30):
        exact = [float(mpmath.hyperu(1, 2 - mpmath.mpf(s), y)) for s, y in grid]
    assert exponential_integral(*np.array(grid).T) == pytest.approx(np.array(exact), rel=1e-12)


CUSTOMERS = [
    (0, 0, 38.9),
    (2, 30.4, 38.9),
    (26, 30.857, 31),
    (1500, 100, 3000),
    (5000, 2900.0, 3000),
    (3, 0.01, 1e5),
]


@pytest.mark.slow
def test_extremes_agree_with_sixty_digits():
    mpmath = pytest.importorskip("mpmath")
    for params in itertools.product((0.05, 8), (0.01, 10.6, 1e4), (0.05, 200), (0.01, 11.7)):
        with mpmath.workdps(60):
            exact = np.array([_exact(mpmath, params, *customer) for customer in CUSTOMERS])
        columns = np.array(CUSTOMERS).T
        assert PARETONBD.loglik(params, *columns) == pytest.approx(exact[:, 0], rel=1e-9)
        assert PARETONBD.p_alive(params, *columns) == pytest.approx(exact[:, 1], rel=1e-9)


def _exact(mpmath, params, x, t_x, age):
    r, alpha, s, beta = map(mpmath.mpf, params)
    x, t_x, age = map(mpmath.mpf, (x, t_x, age))
    total = r + s + x
    second, gap, base = (s + 1, alpha - beta, alpha) if alpha >= beta else (r + x, beta - alpha, beta)

    def part(t):
        return mpmath.hyp2f1(total, second, total + 1, gap / (base + t)) / (base + t) ** total

    alive = (alpha + age) ** -(r + x) * (beta + age) ** -s
    whole = alive + s / total * (part(t_x) - part(age))
    value = mpmath.log(mpmath.rf(r, x)) + r * mpmath.log(alpha) + s * mpmath.log(beta) + mpmath.log(whole)
    return float(value), float(alive / whole)


@pytest.mark.parametrize("params", [MANUAL, (0.05, 1e-3, 0.02, 0.03), (50, 1e4, 1, 1e3), (1e3, 0.1, 30, 0.5)])
def test_no_customer_however_odd_is_without_an_answer(params):
    x = np.array([0, 1, 170, 2000, 20_000, 3])
    t_x = np.array([0, 1e-9, 3, 2999, 3000, 1])
    age = np.array([3000, 1e6, 3, 3000, 3000, 1e9])
    for found in (
        PARETONBD.loglik(params, x, t_x, age),
        PARETONBD.p_alive(params, x, t_x, age),
        PARETONBD.conditional_expected(params, x, t_x, age, 1e4),
        PARETONBD.dert(params, x, t_x, age, 1e-3),
        PARETONBD.pmf(params, x, age),
    ):
        assert np.all(np.isfinite(found))


@pytest.mark.slow
def test_simulated_customers_give_their_parameters_back():
    truth = dict(zip(("r", "alpha", "s", "beta"), (0.8, 6.0, 1.2, 20.0), strict=True))
    found = PARETONBD.fit(*simulated(20_000, tuple(truth.values()), "paretonbd", step=0.1))
    assert found.converged
    assert all(abs(found.params[name] - truth[name]) < 3.5 * found.se[name] for name in truth)
