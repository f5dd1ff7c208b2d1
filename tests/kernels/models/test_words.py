"""What is said of a fit, and the order of a table, is the same on a machine that rounds otherwise."""

import numpy as np
import pytest

from klantwaarde_xl.data.forecasts import _actions
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels import migration
from klantwaarde_xl.kernels.arrays import ALIKE, descending
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.estimate.search import Fit, Surface, maximise
from klantwaarde_xl.reports import contracts
from klantwaarde_xl.wording import fits

NAMES = ("p", "q", "s")
BOTH = "veel waarden van q en s passen even goed"


def said(bent, start, n=100):
    surface = Surface(lambda theta: bent(theta)[0], lambda theta: bent(theta)[:2], bent)
    return maximise("test", NAMES, surface, n, [np.exp(start)]).message


def valley(theta, turned=0.0):
    """The data fix p, and of q and s the ratio; turned: rounding in the Hessian."""
    p, ratio = theta[0], theta[1] - theta[2]
    hessian = np.diag([-2.0, -2.0, -2.0])
    hessian[1, 2] = hessian[2, 1] = 2.0
    hessian[1, 1] += turned
    return -(p**2) - ratio**2, np.array([-2 * p, -2 * ratio, 2 * ratio]), hessian


@pytest.mark.parametrize("far", [-11.0, -9.6, -9.4, -3.0, 0.0, 3.0, 9.4, 9.6, 11.0])
def test_the_words_are_the_same_wherever_in_a_valley_a_search_ends(far):
    assert BOTH in said(valley, (0.5, far, far))


@pytest.mark.parametrize("turned", [-1e-9, -1e-13, 1e-13, 1e-9])
def test_the_words_are_the_same_whatever_rounding_does_to_the_hessian(turned):
    assert BOTH in said(lambda theta: valley(theta, turned), (0.5, 1.0, 1.0))


@pytest.mark.parametrize("lean", [1e-11, 0.0, -1e-11])
def test_of_two_open_parameters_both_are_named_however_their_directions_turn(lean):
    hessian = np.diag([-2.0, -1e-10, -1e-10])
    hessian[1, 2] = hessian[2, 1] = lean
    words = said(lambda theta: (-(theta[0] ** 2), np.array([-2 * theta[0], 0.0, 0.0]), hessian), (0.5, 1, 2))
    assert BOTH in words


@pytest.mark.parametrize("slope", [1e-2, 1e-4, 3e-6, 1e-6])
def test_a_likelihood_that_climbs_for_ever_is_said_the_same_way_however_far_the_search_went(slope):
    def bent(theta):
        rest = slope * np.exp(-theta[1])
        return -(theta[0] ** 2) - rest - (theta[1] - theta[2]) ** 2, *_slopes(theta, rest)

    def _slopes(theta, rest):
        ratio = theta[1] - theta[2]
        hessian = np.diag([-2.0, -2.0 - rest, -2.0])
        hessian[1, 2] = hessian[2, 1] = 2.0
        return np.array([-2 * theta[0], rest - 2 * ratio, 2 * ratio]), hessian

    assert BOTH in said(bent, (0.5, 1.0, 1.0))


def test_a_parameter_that_the_data_fix_is_not_named():
    words = said(valley, (0.5, 1.0, 1.0))
    assert "p" not in words.partition("passen")[0].split("waarden van")[1].split()


def test_values_that_only_rounding_parts_keep_their_order():
    values = np.array([5.0, 7.0, np.nan, 7.0 * (1 + ALIKE / 10), 7.0 * (1 - ALIKE / 10), 9.0])
    assert descending(values).tolist() == [5, 1, 3, 4, 0, 2]


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_values_that_differ_are_put_in_order_at_any_scale(scale):
    assert descending(np.array([1.0, 3.0, -2.0, 2.0]) * scale).tolist() == [1, 3, 0, 2]


def test_nothing_is_in_the_order_it_came():
    assert descending(np.zeros(3)).tolist() == [0, 1, 2]
    assert descending(np.full(2, np.nan)).tolist() == [0, 1]


@pytest.mark.parametrize("hair", [0.0, 1e-15, -1e-15])
def test_of_customers_worth_the_same_none_is_above_the_mean(hair):
    def advised(value):
        return _actions(np.full(7, 0.9), value)

    value = np.full(7, 0.1)
    value[3] += hair
    assert len(set(advised(value))) == 1
    assert advised(value) == advised(np.full(7, 0.1))


def test_a_correlation_of_nothing_has_no_sign():
    frequency = np.array([1.0, 2, 3] * 4)
    spend = np.array([10.0, 20, 10] * 4) + np.array([-1e-9, 0, 1e-9] * 4)
    found = [gammagamma.independence(frequency, one) for one in (spend, spend[::-1])]
    messages = {fits.independence(one) for one in found}
    assert len(messages) == 1
    assert "-0,00" not in messages.pop()


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert [format_number(one, 2) for one in (-0.001, 0.001, -0.01)] == ["0,00", "0,00", "-0,01"]
    assert format_number(-0.0) == "0"


@pytest.mark.parametrize("hair", [0.0, 1e-9, -1e-9])
def test_where_half_are_left_but_for_rounding_half_have_left(hair):
    params = {"alpha": 1.0, "beta": 1.0 + hair}
    fit = Fit("sBG", params, params, np.eye(2), -1.0, 10, True)
    assert contracts._half(fit)[1] == 1.0


def test_the_first_row_that_is_no_distribution_is_named_however_wrong_the_others_are():
    with pytest.raises(OutOfRange, match="rij 2"):
        migration._chain(np.array([[0.5, 0.5, 0], [0.3, 0.3, 0.3], [0.1, 0.3, 0.1]]))
