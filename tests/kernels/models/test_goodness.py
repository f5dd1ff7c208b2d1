"""Chi-square: counts against what a model expects."""

import numpy as np
import pytest
from scipy.stats import chisquare

from klantwaarde_xl.kernels.models.checks import goodness


def test_chi_square_is_that_of_scipy():
    actual, expected = np.array([50.0, 30, 15, 5]), np.array([45.0, 32, 14, 9])
    found = goodness.chi_square(actual, expected, 1)
    theirs = chisquare(actual, expected, ddof=1)
    assert found.statistic == pytest.approx(theirs.statistic, rel=1e-12)
    assert found.p_value == pytest.approx(theirs.pvalue, rel=1e-12)
    assert found.df == 2


def test_rows_that_expect_too_few_are_joined_from_the_end():
    found = goodness.chi_square(np.array([50.0, 30, 15, 4, 1]), np.array([48.0, 32, 13, 4, 3]), 1)
    joined = goodness.chi_square(np.array([50.0, 30, 15, 5]), np.array([48.0, 32, 13, 7]), 1)
    assert found == joined


def test_joining_rows_keeps_every_customer_in_its_own_row():
    # the last two rows expect 4 and 3: together 7, as many as there are
    found = goodness.chi_square(np.array([10.0, 20, 3, 4]), np.array([8.0, 22, 4, 3]), 0)
    assert found.statistic == pytest.approx(2**2 / 8 + 2**2 / 22 + 0)
    assert found.df == 2


def test_without_degrees_of_freedom_there_is_no_p_value():
    found = goodness.chi_square(np.array([5.0, 4]), np.array([6.0, 3]), 4)
    assert found.df <= 0
    assert np.isnan(found.p_value)
