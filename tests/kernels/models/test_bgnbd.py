"""BG/NBD: published figures, identities, extremes against 60 digits, recovery."""

import itertools

import mpmath
import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange, WrongType
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.numeric.special import growth
from tests.examples import times
from tests.kernels.models import cdnow_sample, simulated

CDNOW = (0.2425945, 4.4136019, 0.7929199, 2.4258881)  # CLVTools, tests of bgnbd
MANUAL = (0.243, 4.414, 0.793, 2.426)  # Hardie's bgnbd.xls and the BTYD manual round to these
WALK = (26, 30.857143, 31)  # customer 1516 of the BTYD vignette


@pytest.fixture(scope="module")
def fitted():
    return BGNBD.fit(*cdnow_sample())


def test_the_fit_of_cdnow_equals_clvtools(fitted):
    assert fitted.converged
    assert fitted.n == 2357
    assert fitted.message == ""
    assert list(fitted.params.values()) == pytest.approx(CDNOW, rel=2e-5)
    assert fitted.loglik == pytest.approx(-9582.4292, abs=5e-5)


def test_the_parameters_come_by_name_in_the_published_order(fitted):
    assert list(fitted.params) == list(fitted.se) == ["r", "alpha", "a", "b"]


def test_the_standard_errors_are_those_of_the_covariance(fitted):
    assert np.sqrt(np.diag(fitted.covariance)) == pytest.approx(list(fitted.se.values()))


def test_the_likelihood_of_the_customers_adds_up_to_that_of_the_fit(fitted):
    assert BGNBD.loglik(fitted.params, *cdnow_sample()).sum() == pytest.approx(fitted.loglik, rel=1e-12)


def test_nothing_near_the_optimum_is_likelier(fitted):
    best = np.array(list(fitted.params.values()))
    for factor in itertools.product((0.99, 1, 1.01), repeat=4):
        assert BGNBD.loglik(best * factor, *cdnow_sample()).sum() <= fitted.loglik + 1e-9


def test_the_standard_errors_are_the_curvature_in_the_parameters_themselves(fitted):
    best = np.array(list(fitted.params.values()))
    steps = np.diag(best * 1e-3)

    def total(point):
        return BGNBD.loglik(point, *cdnow_sample()).sum()

    hessian = [
        [
            (total(best + p + q) - total(best + p - q) - total(best - p + q) + total(best - p - q))
            / (4 * p.max() * q.max())
            for q in steps
        ]
        for p in steps
    ]
    assert np.sqrt(np.diag(np.linalg.inv(-np.array(hessian)))) == pytest.approx(
        list(fitted.se.values()), rel=1e-3
    )


def test_weights_count_for_customers(fitted):
    x, t_x, age = cdnow_sample()
    rows, counts = np.unique(np.column_stack([x, t_x, age]), axis=0, return_counts=True)
    weighted = BGNBD.fit(*rows.T, weights=counts)
    assert weighted.n == 2357
    assert weighted.loglik == pytest.approx(fitted.loglik, rel=1e-12)
    assert weighted.params == pytest.approx(fitted.params, rel=1e-6)


@pytest.mark.parametrize("unit", [7.0, 7 * 86400.0, 7 / 365.25], ids=["days", "seconds", "years"])
def test_another_unit_of_time_gives_the_same_fit(fitted, unit):
    x, t_x, age = cdnow_sample()
    other = BGNBD.fit(x, t_x * unit, age * unit)
    assert other.converged
    assert other.params["alpha"] / unit == pytest.approx(fitted.params["alpha"], rel=1e-6)
    assert other.se["alpha"] / unit == pytest.approx(fitted.se["alpha"], rel=1e-5)
    assert other.params["b"] == pytest.approx(fitted.params["b"], rel=1e-6)
    assert other.loglik == pytest.approx(fitted.loglik - x.sum() * np.log(unit), rel=1e-10)


def test_the_conditional_expectation_of_hardies_note_004():
    assert BGNBD.conditional_expected(MANUAL, 2, 30.43, 38.86, 39) == pytest.approx(1.226, abs=5e-4)


def test_the_customer_of_the_btyd_vignette():
    assert BGNBD.conditional_expected(CDNOW, *WALK, 52) == pytest.approx(25.75659, abs=1e-3)
    assert BGNBD.p_alive(CDNOW, *WALK) == pytest.approx(0.9688523, abs=3e-6)
    assert BGNBD.expected(CDNOW, 52) == pytest.approx(1.444004, abs=1e-5)


def test_the_expectations_of_hardies_spreadsheet():
    published = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    found = BGNBD.expected(CDNOW, [1 / 7, 1, 3, 31 + 6 / 7, 32, 78])
    assert found == pytest.approx(published, abs=4e-4)


def test_the_probabilities_of_the_btyd_manual():
    assert BGNBD.pmf(MANUAL, [10, 0], [2, 39]) == pytest.approx([1.07869e-07, 0.5737864], rel=5e-6)
    published = [0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638]
    published += [0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260]
    assert BGNBD.pmf(MANUAL, np.arange(11, 21), 30) == pytest.approx(published, abs=6e-11)


@pytest.mark.parametrize("params", [MANUAL, (2.0, 3.0, 1.0, 4.0), (0.6, 8.0, 3.0, 2.0)])
def test_the_probabilities_add_up_to_one_and_their_mean_is_the_expectation(params):
    counts = np.arange(3000)
    chances = BGNBD.pmf(params, counts, 39)
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    assert chances @ counts == pytest.approx(BGNBD.expected(params, 39), rel=1e-6)


def test_somebody_new_expects_what_the_model_expects():
    times = np.array([0, 0.5, 13, 52, 1e4])
    assert BGNBD.conditional_expected(MANUAL, 0, 0, 0, times) == pytest.approx(BGNBD.expected(MANUAL, times))


def test_nobody_can_have_stopped_before_the_first_repeat_purchase():
    assert BGNBD.p_alive(MANUAL, 0, 0, [0, 1, 1e6]).tolist() == [1, 1, 1]


def test_no_time_brings_no_purchases():
    assert BGNBD.expected(MANUAL, 0) == 0
    assert BGNBD.pmf(MANUAL, [0, 1, 2], 0) == pytest.approx([1, 0, 0], abs=1e-15)


def test_the_chance_to_be_there_lies_between_nought_and_one_and_falls_with_silence():
    ages = np.geomspace(30.0, 1e6, 200)
    for x in (1, 10, 200, 5000):
        alive = BGNBD.p_alive(MANUAL, x, 30.0, ages)
        assert np.all((alive >= 0) & (alive <= 1))
        assert np.all(np.diff(alive) <= 0)


def test_parameters_go_in_by_name_or_in_order():
    by_name = dict(zip(("b", "a", "alpha", "r"), MANUAL[::-1], strict=True))
    assert BGNBD.expected(by_name, 10) == BGNBD.expected(list(MANUAL), 10)


@pytest.mark.parametrize(
    "wrong", [(1, 1, 1), {"r": 1, "alpha": 1, "a": 1}, (1, 1, 1, 1, 1)], ids=["few", "named", "many"]
)
def test_a_parameter_too_few_or_many_is_told(wrong):
    with pytest.raises(WrongType):
        BGNBD.expected(wrong, 1)


@pytest.mark.parametrize("wrong", [0, -1, np.nan, np.inf])
def test_a_parameter_must_be_a_positive_number(wrong):
    with pytest.raises(OutOfRange, match="alpha"):
        BGNBD.expected((1, wrong, 1, 1), 1)


@pytest.mark.parametrize("call", [lambda: BGNBD.expected(MANUAL, -1), lambda: BGNBD.pmf(MANUAL, 1.5, 1)])
def test_a_negative_time_and_a_broken_count_are_refused(call):
    with pytest.raises(OutOfRange):
        call()


GRID = list(
    itertools.product(
        (0.05, 0.3, 3, 3000.3),  # r + x
        (0.01, 5, 1e4),  # alpha + T
        (0.02, 0.3, 1, 1.00001, 2.5),  # a
        (0.05, 0.7, 300, 5000),  # b + x; with a also a + b + x − 1 ≤ 0
        (1e-3, 52, 1e5),  # t
    )
)[:: 7 // times(1, more=7)]  # no list is as long as a multiple of 7, so each value is there, beside others


@pytest.mark.slow
def test_extremes_agree_with_sixty_digits():
    found = growth(*np.array(GRID).T)
    with mpmath.workdps(60):
        exact = [_exact(mpmath, *case) for case in GRID]
    assert found == pytest.approx(np.array(exact), rel=1e-8)


def _exact(mpmath, r, alpha, a, b, t):
    r, alpha, a, b, t = map(mpmath.mpf, (r, alpha, a, b, t))
    tiny = mpmath.mpf(10) ** -25  # the formula has a hole at a = 1 and at a + b = 1
    a += tiny if a == 1 else 0
    b += tiny if a + b == 1 else 0
    series = mpmath.hyp2f1(r, b, a + b - 1, t / (alpha + t))
    return float((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + t)) ** r * series))


@pytest.mark.parametrize("params", [MANUAL, (0.05, 1e-3, 0.02, 0.03), (50, 1e4, 1, 1e3), (1e3, 0.1, 30, 0.5)])
def test_no_customer_however_odd_is_without_an_answer(params):
    x = np.array([0, 1, 170, 2000, 20_000, 3])
    t_x = np.array([0, 1e-9, 3, 2999, 3000, 1])
    age = np.array([3000, 1e6, 3, 3000, 3000, 1e9])
    for found in (
        BGNBD.loglik(params, x, t_x, age),
        BGNBD.p_alive(params, x, t_x, age),
        BGNBD.conditional_expected(params, x, t_x, age, 1e4),
        BGNBD.pmf(params, x, age),
    ):
        assert np.all(np.isfinite(found))


def test_the_likelihood_agrees_with_sixty_digits():
    cases = [(0, 0, 39), (2, 30.43, 38.86), (26, 30.857, 31), (2000, 100, 3000), (3, 0.01, 1e5)]
    for r, alpha, a, b in (MANUAL, (0.01, 1e-3, 0.02, 0.03), (50, 1e4, 1, 1e3)):
        for x, t_x, age in cases:
            with mpmath.workdps(60):
                rising = mpmath.rf(r, x) * mpmath.mpf(alpha) ** r
                alive = mpmath.beta(a, b + x) * (mpmath.mpf(alpha) + age) ** -(mpmath.mpf(r) + x)
                gone = mpmath.beta(a + 1, mpmath.mpf(b) + x - 1) if x else 0
                gone *= (mpmath.mpf(alpha) + t_x) ** -(mpmath.mpf(r) + x)
                exact = float(mpmath.log(rising * (alive + gone) / mpmath.beta(a, b)))
            assert BGNBD.loglik((r, alpha, a, b), x, t_x, age) == pytest.approx(exact, rel=1e-10, abs=1e-10)


def test_simulated_customers_give_their_parameters_back():
    truth = dict(zip(("r", "alpha", "a", "b"), (0.6, 5.0, 0.8, 2.5), strict=True))
    found = BGNBD.fit(*simulated(20_000, tuple(truth.values()), step=1e-6))
    assert found.converged
    assert all(abs(found.params[name] - truth[name]) < 3.5 * found.se[name] for name in truth)


@pytest.mark.parametrize("b", [0.4, 0.1, 0.01, 0.002, 1e-5])
@pytest.mark.parametrize("a", [0.1, 0.98, 1.0, 2.5, 300.0])
@pytest.mark.parametrize("t", [0.5, 52.0, 2000.0])
def test_where_almost_everybody_stops_at_once_the_expectation_keeps_its_digits(a, b, t):
    """With so small a b the density of p is too thin near one for the integral itself."""
    with mpmath.workdps(40):
        exact_a = mpmath.mpf(a) + (mpmath.mpf(10) ** -25 if a == 1 else 0)
        share = mpmath.mpf(t) / (8 + mpmath.mpf(t))
        rest = (1 - share) ** mpmath.mpf(0.5) * mpmath.hyp2f1(0.5, b, exact_a + b - 1, share)
        exact = float((exact_a + b - 1) / (exact_a - 1) * (1 - rest))
    assert BGNBD.expected((0.5, 8, a, b), t) == pytest.approx(exact, rel=1e-8)
