"""The delta method: against draws of the parameters, against the formula by hand, and its shape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models import forecast
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit, failed
from klantwaarde_xl.kernels.models.log.summary import only, summarise
from klantwaarde_xl.refusals.models import ONE_CUSTOMER
from tests.kernels.models.logs import CUT, cdnow_log

COVARIANCE = np.array([[0.04, 0.01], [0.01, 0.09]])
TWO = Fit("twee", {"p": 2.0, "q": 3.0}, {"p": 0.2, "q": 0.3}, COVARIANCE, -1.0, 10, True)
DRAWS = 1500


def test_the_quantile_is_the_normal_one():
    for confidence in (0.5, 0.8, 0.95, 0.999):
        assert intervals.quantile(confidence) == pytest.approx(norm.ppf((1 + confidence) / 2), rel=1e-12)


@pytest.mark.parametrize("confidence", [0, 1, -0.1, 95, np.nan])
def test_an_impossible_confidence_is_refused(confidence):
    with pytest.raises(OutOfRange, match="zekerheid"):
        intervals.quantile(confidence)


def test_the_error_of_a_ratio_is_that_of_the_formula():
    # var log(p / q) = var p / p² + var q / q² − 2 cov / pq
    exact = 0.04 / 4 + 0.09 / 9 - 2 * 0.01 / 6
    value, error, lower, upper = intervals.derived(TWO, lambda at: at["p"] / at["q"], 0.95)
    assert value == pytest.approx(2 / 3)
    assert error == pytest.approx(2 / 3 * np.sqrt(exact), rel=1e-9)
    assert (lower, upper) == pytest.approx(
        (value * np.exp(-1.959964 * np.sqrt(exact)), value * np.exp(1.959964 * np.sqrt(exact))), rel=1e-6
    )


def test_the_errors_of_independent_fits_add_up_in_squares():
    together = intervals.log_error([TWO, TWO], lambda one, other: np.asarray(np.log(one[0] * other[1])))
    assert together == pytest.approx(np.sqrt(0.04 / 4 + 0.09 / 9), rel=1e-9)


def test_what_does_not_depend_on_the_parameters_is_certain():
    assert intervals.log_error([TWO], lambda one: np.zeros(3)).tolist() == [0, 0, 0]


def test_the_parameters_have_their_own_standard_error():
    lower, upper = intervals.of_parameters(TWO, 0.95)
    assert np.log(upper / lower) / (2 * 1.959964) == pytest.approx([0.1, 0.1], rel=1e-6)
    assert np.sqrt(lower * upper) == pytest.approx([2, 3])


def test_a_fit_that_failed_has_no_interval():
    lower, upper = intervals.of_parameters(failed("twee", ("p", "q"), 3, ONE_CUSTOMER()), 0.95)
    assert np.all(np.isnan(lower) & np.isnan(upper))


@given(st.floats(1e-9, 1e9), st.floats(0, 5), st.floats(0.01, 0.99))
def test_an_interval_holds_its_value_and_nothing_below_zero(value, error, confidence):
    lower, upper = intervals.around(value, error, confidence)
    assert 0 < lower <= value * (1 + 1e-12)
    assert upper >= value * (1 - 1e-12)
    assert lower * upper == pytest.approx(value**2, rel=1e-9)


@pytest.fixture(scope="module")
def cdnow():
    summary = summarise(*cdnow_log(), CUT)
    terms = forecast.terms_of(interest=0.1, margin=0.3)
    some = [*range(40), *np.flatnonzero(summary.frequency >= 7)[:20]]
    return summary, forecast.fitted_models(summary, terms), terms, only(summary, np.array(some))


def drawn(fit, rng):
    """Parameters from the normal distribution of their logarithms."""
    point = np.array([*fit.params.values()])
    covariance = fit.covariance / np.outer(point, point)
    return np.exp(rng.multivariate_normal(np.log(point), covariance, DRAWS))


@pytest.mark.slow
def test_the_error_of_a_value_is_the_spread_of_values_with_drawn_parameters(cdnow):
    _, models, terms, some = cdnow
    rng = np.random.default_rng(1)
    history = some.frequency, some.recency, some.T
    pairs = zip(drawn(models.buying, rng), drawn(models.spending, rng), strict=True)
    logs = [
        np.log(
            BGNBD.discounted_expected(one, *history, terms.horizon, terms.interest)
            * forecast.expected_spend(some, models.spending, models.average, other)
        )
        for one, other in pairs
    ]
    # a spread of 1,500 draws has a standard error of 1.8 %; the rest is what a straight line misses
    assert forecast.value_errors(some, models, terms)[0] == pytest.approx(np.std(logs, axis=0), rel=0.1)


def test_the_total_of_many_customers_is_surer_than_most_of_them(cdnow):
    summary, models, terms, _ = cdnow
    each, together = forecast.value_errors(summary, models, terms)
    assert together < np.median(each)
    assert together <= each.max()  # a sum is at most as unsure as its unsurest part


@pytest.mark.parametrize("sure", [0.5, 0.95, 0.999, 1 - 1e-9, 1 - 2**-53])
def test_a_quantile_keeps_its_digits_next_to_one(sure):
    assert norm.sf(intervals.quantile(sure)) * 2 == pytest.approx(1 - sure, rel=1e-9)
