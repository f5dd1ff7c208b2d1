"""The ends of totals: against the distributions that they come from, and against drawn ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.kernels.models.ahead import realised


@pytest.mark.parametrize("mean", [0.4, 3.0, 40.0, 900.0])
@pytest.mark.parametrize("more", [1.0000001, 1.5, 4.0])
def test_counts_lie_between_the_quantiles_of_a_negative_binomial(mean, more):
    low, high = realised.counts(np.array([mean]), np.array([mean * more]), 0.95)
    size = mean / (more - 1)
    known = stats.nbinom(size, 1 / more) if more > 1.1 else stats.poisson(mean)
    assert low[0] == known.ppf(0.025)
    assert high[0] == known.ppf(0.975)


def test_nothing_to_expect_is_nothing_to_count():
    nothing = np.zeros(2)
    assert [end.tolist() for end in realised.counts(nothing, nothing, 0.95)] == [[0, 0], [0, 0]]
    assert [end.tolist() for end in realised.amounts(*[nothing] * 4, 0.95)] == [[0, 0], [0, 0]]


@pytest.mark.parametrize("mean", [1.0, 12.0, 150.0, 400.0])
def test_amounts_lie_between_those_of_drawn_sums(mean):
    """A negative binomial number of gamma amounts, drawn 200,000 times."""
    rng = np.random.default_rng(3)
    size, shape = mean / 2, 1.5
    number = rng.poisson(rng.gamma(size, 2, 200_000))
    drawn = np.where(number > 0, rng.gamma(np.maximum(number, 1) * shape) / shape, 0) * 30
    variance_count = 3 * mean
    variance = 900 * (mean / shape + variance_count)
    low, high = realised.amounts(
        *(np.array([one]) for one in (mean, variance_count, 30 * mean, variance)), 0.95
    )
    assert np.mean(drawn < low[0]) == pytest.approx(0.025, abs=0.006 if mean > 3 else 0.026)
    assert np.mean(drawn > high[0]) == pytest.approx(0.025, abs=0.006)


def test_an_amount_may_be_nothing_where_there_may_be_no_purchase():
    low, high = realised.amounts(*(np.array([one]) for one in (2.0, 2.1, 60.0, 2500.0)), 0.95)
    assert low[0] == 0 < high[0]


def test_more_confidence_is_wider():
    columns = [np.array([one]) for one in (50.0, 90.0, 1500.0, 90_000.0)]
    narrow, wide = (realised.amounts(*columns, sure) for sure in (0.8, 0.99))
    assert wide[0] < narrow[0] < 1500 < narrow[1] < wide[1]


@pytest.mark.slow
@given(
    mean_count=st.floats(1e-6, realised.MANY),
    more=st.floats(0, 1e4),
    each=st.floats(1e-3, 1e6),
    spread=st.floats(0, 1e4),
    sure=st.sampled_from([0.5, 0.95, 0.9999]),
)
def test_any_moments_have_ends_around_them(mean_count, more, each, spread, sure):
    variance_count = mean_count * (1 + more)
    variance = each**2 * (variance_count + mean_count * spread)
    columns = (mean_count, variance_count, mean_count * each, variance)
    low, high = realised.amounts(*(np.array([one]) for one in columns), sure)
    assert 0 <= low[0] <= high[0] < np.inf
    assert low[0] <= mean_count * each


def test_moments_that_do_not_agree_have_ends_too():
    """An amount that varies less than its number of purchases does."""
    low, high = realised.amounts(*(np.array([one]) for one in (10.0, 10.0, 300.0, 0.0)), 0.95)
    assert 0 < low[0] < 300 < high[0]
