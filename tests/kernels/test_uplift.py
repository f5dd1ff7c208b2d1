"""What an action brought against its control group: Welch's interval, with spread that few buyers cannot hide."""

import numpy as np
import pytest
from scipy import stats

from klantwaarde_xl.errors import DivisionByZero, OutOfRange
from klantwaarde_xl.kernels.uplift import uplift


def by_hand(ours, theirs, confidence=0.95):
    """The same from scipy's pieces: Welch with each variance at least the pooled one."""
    sizes = np.array([len(ours), len(theirs)])
    variances = np.array([np.var(ours, ddof=1), np.var(theirs, ddof=1)])
    pooled = (variances * (sizes - 1)).sum() / (sizes - 1).sum()
    return stats.ttest_ind_from_stats(
        np.mean(ours), np.sqrt(max(variances[0], pooled)), sizes[0],
        np.mean(theirs), np.sqrt(max(variances[1], pooled)), sizes[1], equal_var=False,
    ).pvalue, variances, pooled  # fmt: skip


def test_groups_of_equal_spread_have_the_interval_of_welch():
    ours, theirs = np.array([12.0, 0, 30, 18, 5, 7]), np.array([2.0, -10, 20, 8, -5, -3])
    found = uplift(ours, theirs)
    wanted = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), rel=1e-12)
    assert (found.treated, found.control, found.difference) == pytest.approx((12, 2, 10))


def test_a_control_group_that_bought_little_does_not_narrow_the_interval():
    rng = np.random.default_rng(3)
    ours, theirs = np.where(rng.random(200) < 0.3, rng.lognormal(3.5, 0.8, 200), 0.0), np.zeros(20)
    theirs[:2] = 15.0
    found, welch = uplift(ours, theirs), stats.ttest_ind(ours, theirs, equal_var=False)
    plain = welch.confidence_interval(0.95)
    assert found.high - found.low > 1.5 * (plain.high - plain.low)
    assert found.low < 0 < plain.low  # what looked like a yield is not shown to be one


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_limits_are_where_the_test_of_welch_just_says_no(confidence):
    ours, theirs = np.array([0.0, 0, 40, 0, 25, 60, 0, 10]), np.array([0.0, 5, 0, 0, 12])
    found = uplift(ours, theirs, confidence)
    for end in (found.low, found.high):
        chance, *_ = by_hand(ours - end, theirs)
        assert chance == pytest.approx(1 - confidence, rel=1e-9)


def test_customers_who_all_bought_the_same_differ_for_certain():
    found = uplift(np.array([5.0, 5, 5]), np.array([2.0, 2]))
    assert (found.low, found.difference, found.high) == (3, 3, 3)


def test_a_group_of_one_and_a_confidence_of_one_are_refused():
    with pytest.raises(DivisionByZero):
        uplift(np.array([1.0, 2]), np.array([1.0]))
    with pytest.raises(OutOfRange):
        uplift(np.array([1.0, 2]), np.array([1.0, 2]), 1.0)
