"""The likelihood-ratio test: against scipy, at its edges, and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria, likelihood_ratio
from klantwaarde_xl.kernels.models.estimate.search import Fit, failed
from klantwaarde_xl.refusals.models import ONE_CUSTOMER


def a_fit(loglik, parameters, n=500):
    names = [f"p{i}" for i in range(parameters)]
    ones = dict.fromkeys(names, 1.0)
    return Fit("proef", ones, ones, np.eye(parameters), loglik, n, True)


@pytest.mark.parametrize(("gain", "df"), [(1.92072941, 1), (0.3, 2), (12.5, 4), (800.0, 1)])
def test_the_p_value_is_that_of_twice_the_gain_on_chi_square(gain, df):
    test = likelihood_ratio(a_fit(-1000, 2), a_fit(-1000 + gain, 2 + df))
    assert (test.statistic, test.df) == (pytest.approx(2 * gain), df)
    assert test.p_value == pytest.approx(chi2.sf(2 * gain, df), rel=1e-9)


def test_a_gain_of_half_the_known_critical_value_is_just_significant():
    """3.841459 is the 95 % quantile of chi-square with one degree of freedom in any table."""
    assert likelihood_ratio(a_fit(-10, 1), a_fit(-10 + 3.841459 / 2, 2)).p_value == pytest.approx(
        0.05, abs=1e-7
    )


def test_a_rich_fit_below_the_simple_one_by_rounding_only_is_equal():
    test = likelihood_ratio(a_fit(-1000, 2), a_fit(-1000 - 1e-8, 3))
    assert (test.statistic, test.p_value) == (0, 1)


def test_a_rich_fit_below_the_simple_one_is_refused():
    with pytest.raises(OutOfRange, match="past slechter"):
        likelihood_ratio(a_fit(-1000, 2), a_fit(-1000.01, 3))


@pytest.mark.parametrize("parameters", [1, 2])
def test_a_model_without_more_parameters_is_refused(parameters):
    with pytest.raises(OutOfRange, match="niet meer parameters"):
        likelihood_ratio(a_fit(-1000, 2), a_fit(-990, parameters))


def test_fits_of_other_customers_are_refused():
    with pytest.raises(OutOfRange, match="500 en 499"):
        likelihood_ratio(a_fit(-1000, 2), a_fit(-990, 3, n=499))


def test_a_fit_that_did_not_converge_is_refused_with_its_reason():
    bad = failed("rijk", ("a", "b", "c"), 500, ONE_CUSTOMER())
    for pair in ((a_fit(-1000, 2), bad), (bad, a_fit(-990, 4))):
        with pytest.raises(NotAvailable, match="Eén klant is te weinig"):
            likelihood_ratio(*pair)


def test_a_log_likelihood_that_is_no_number_is_refused():
    with pytest.raises(OutOfRange):
        likelihood_ratio(a_fit(-1000, 2), replace(a_fit(0, 3), loglik=np.nan))


def test_criteria_of_more_customers_than_a_whole_number_of_the_machine_holds():
    fit = Fit("sBG", {"alpha": 1.0, "beta": 2.0}, {}, np.eye(2), -5.0, 10**80, True)
    assert criteria(fit)[1] == pytest.approx(2 * 80 * np.log(10) + 10)
