"""One customer with a contract: exact in the corners, identities, and errors where there is no value."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels.models import contract as m
from klantwaarde_xl.kernels.models.numeric.survival import tail_sum, tail_sums

positive = st.floats(0.05, 200)
bdw = st.tuples(positive, positive, st.floats(0.1, 4))
STRESS = [(0.7, 1.2), (1e-3, 1e-3), (1e-4, 50.0), (50.0, 1e-3), (300.0, 4e4), (5e5, 2e6), (1.0, 1e8)]


def is_error(value):
    return error_of(float(value)) is CellError.NUM


@pytest.mark.parametrize(("alpha", "beta"), STRESS)
@pytest.mark.parametrize("c", [1.0, 0.3, 2.5])
def test_staying_is_exact_in_the_corners_of_the_parameters(alpha, beta, c):
    t = [0, 1, 2, 12, 500, 100_000]
    with mpmath.workdps(60):
        a, b = mpmath.mpf(alpha), mpmath.mpf(beta)
        powers = [mpmath.mpf(one) ** mpmath.mpf(c) for one in t]
        exact = [float(mpmath.exp(log_beta(a, b + one) - log_beta(a, b))) for one in powers]
    assert m.stay_probability(t, alpha, beta, c) == pytest.approx(exact, rel=1e-6, abs=1e-300)


def log_beta(a, b):
    return mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


@pytest.mark.parametrize(("alpha", "beta"), STRESS)
@pytest.mark.parametrize("renewals", [0, 1, 40, 100_000])
def test_the_residual_value_is_the_product_of_its_retentions_in_the_corners_too(alpha, beta, renewals):
    """Fader & Hardie 2010: every renewal t has the closed form (β + t − 1) / (α + β + t − 1)."""
    before = renewals + np.arange(5000.0)  # 1.01⁻⁵⁰⁰⁰ is nothing
    terms = np.cumprod(1 / (1 + alpha / (beta + before)) / 1.01)
    assert m.residual_value(1, 0.01, renewals, alpha, beta) == pytest.approx(1.01 * terms.sum(), rel=1e-8)


@given(bdw, st.floats(1e-4, 5), st.lists(st.integers(0, 30_000), min_size=1, max_size=12))
def test_sums_taken_together_are_those_taken_one_by_one(params, d, firsts):
    apart = [tail_sum(params, d, float(one)) for one in firsts]
    assert tail_sums(params, d, firsts) == pytest.approx(apart, rel=1e-8)


@given(bdw, st.floats(1e-4, 5))
def test_a_new_customer_is_worth_the_first_payment_and_what_is_left_after_it(params, d):
    left = m.residual_value(100, d, 0, *params)
    assert m.contract_value(100, d, *params) == pytest.approx(100 + left / (1 + d), rel=1e-8)


@given(bdw, st.integers(1, 60))
def test_staying_is_renewing_every_time(params, t):
    steps = m.renewal_probability(np.arange(1, t + 1), *params)
    assert m.stay_probability(t, *params) == pytest.approx(np.prod(steps), rel=1e-9, abs=1e-300)


@given(st.floats(1.01, 50), positive)
def test_the_mean_lifetime_is_the_value_of_a_margin_of_one_without_interest(alpha, beta):
    assert m.contract_value(1, 0, alpha, beta) == pytest.approx(m.mean_lifetime(alpha, beta), rel=1e-8)


def test_a_column_of_customers_with_other_parameters_each_has_its_own_value():
    alpha, beta, c = np.array([[0.7, 1.2, 1], [2, 3, 1], [0.7, 1.2, 1.5], [2, 3, 1]]).T
    renewals = np.array([3, 0, 5, 1])
    together = m.residual_value(10, 0.1, renewals, alpha, beta, c)
    apart = [m.residual_value(10, 0.1, *one) for one in zip(renewals, alpha, beta, c, strict=True)]
    assert together == pytest.approx(apart, rel=1e-12)


def test_an_element_that_cannot_be_is_an_error_and_leaves_the_others():
    values = m.residual_value(10, [0.1, -0.1, 0.1, 0.1, 0.0], [1, 1, -1, 0.5, 1], 0.7, 1.2)
    assert [is_error(one) for one in values] == [False, True, True, True, True]
    assert values[0] == m.residual_value(10, 0.1, 1, 0.7, 1.2)


@pytest.mark.parametrize("bad", [(0, 1, 1), (1, -1, 1), (1, 1, 0), (np.nan, 1, 1), (1, np.inf, 1)])
def test_impossible_parameters_are_an_error_never_a_number(bad):
    found = [
        m.stay_probability(3, *bad),
        m.renewal_probability(3, *bad),
        m.mean_lifetime(*bad),
        m.contract_value(10, 0.1, *bad),
        m.residual_value(10, 0.1, 3, *bad),
    ]
    assert all(is_error(one) for one in found)


def test_more_renewals_than_a_computer_tells_apart_are_an_error():
    assert is_error(m.residual_value(10, 0.1, 1e15, 0.7, 1.2))
    assert is_error(m.renewal_probability(1e15, 0.7, 1.2, 1.5))
    assert m.renewal_probability(1e6, 0.7, 1.2, 1.5) == pytest.approx(1 - 0.7 * 1.5 / 1e6, rel=1e-9)


@pytest.mark.parametrize(("alpha", "c"), [(1.0, 1.0), (0.9999, 1.0), (2.0, 0.5), (0.5, 2.0)])
def test_a_lifetime_without_end_is_an_error_and_with_interest_a_value(alpha, c):
    assert is_error(m.mean_lifetime(alpha, 3, c))
    assert is_error(m.contract_value(1, 0, alpha, 3, c))
    assert 1 < m.contract_value(1, 1e-6, alpha, 3, c) < 1e6 + 1
