"""Rates of one period as those of another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels import rates
from klantwaarde_xl.kernels.rates import Period

fraction = st.floats(0.001, 0.999)
interest = st.floats(-0.5, 2)
period = st.sampled_from(list(Period))


def test_fifteen_percent_a_year_is_0027_a_week():
    # Fader, Hardie & Lee (2005), RFM and CLV: the continuous rate with which CDNOW is discounted
    assert round(float(rates.continuous_rate(0.15, Period.YEAR, Period.WEEK)), 4) == 0.0027
    assert rates.continuous_rate(0.15, Period.YEAR, Period.WEEK) == pytest.approx(math.log(1.15) / 52)


def test_the_year_is_twelve_months_by_compounding():
    # domain page: r_year = r_month^12, c_year = 1 - (1 - c_month)^12, i_month = (1 + i_year)^(1/12) - 1
    assert rates.convert_retention(0.98, Period.MONTH, Period.YEAR) == pytest.approx(0.98**12)
    assert rates.convert_churn(0.02, Period.MONTH, Period.YEAR) == pytest.approx(1 - 0.98**12)
    assert rates.convert_interest(0.1, Period.YEAR, Period.MONTH) == pytest.approx(1.1 ** (1 / 12) - 1)


@given(st.floats(1e-4, 0.5))
def test_twelve_times_the_monthly_churn_overstates_the_yearly(churn):
    assert rates.convert_churn(churn, Period.MONTH, Period.YEAR) < 12 * churn


@given(st.floats(0.05, 0.95), period, period)
def test_what_stays_and_what_leaves_add_up_to_one_in_any_period(r, source, target):
    kept = rates.convert_retention(r, source, target)
    assert kept + rates.convert_churn(1 - r, source, target) == pytest.approx(1, rel=1e-12)


@given(st.floats(0.9, 0.999), period, period, period)
def test_conversions_can_be_chained(r, first, second, third):
    once = rates.convert_retention(r, first, third)
    twice = rates.convert_retention(rates.convert_retention(r, first, second), second, third)
    # at 365 periods in one, rounding of the exponent is all that may differ
    assert twice == pytest.approx(once, rel=1e-10, abs=1e-290)


@given(interest, period)
def test_a_period_converts_to_itself(i, one):
    assert rates.convert_interest(i, one, one) == pytest.approx(i, rel=1e-12, abs=1e-15)


@given(st.floats(-0.5, 0.5), period)
def test_interest_converts_there_and_back(i, target):
    there = rates.convert_interest(i, Period.YEAR, target)
    assert rates.convert_interest(there, target, Period.YEAR) == pytest.approx(i, rel=1e-10, abs=1e-13)


@given(st.floats(-0.5, 0.5), period, period)
def test_the_continuous_rate_and_back_is_the_converted_rate(i, source, target):
    continuous = rates.continuous_rate(i, source, target)
    wanted = rates.convert_interest(i, source, target)
    assert rates.effective_rate(continuous) == pytest.approx(wanted, rel=1e-9)


def test_a_churn_of_a_millionth_keeps_its_digits():
    assert rates.convert_churn(1e-12, Period.MONTH, Period.QUARTER) == pytest.approx(3e-12, rel=1e-11)


@pytest.mark.parametrize("r", [0, 1])
def test_the_ends_of_retention_and_churn_stay_where_they_are(r):
    assert rates.convert_retention(r, Period.DAY, Period.YEAR) == r
    assert rates.convert_churn(r, Period.YEAR, Period.DAY) == r


def test_what_lies_outside_its_range_is_a_num_error():
    for kernel in (rates.convert_retention, rates.convert_churn):
        got = kernel([-0.1, 1.1, 0.5], Period.YEAR, Period.YEAR)
        assert [error_of(x) for x in got] == [CellError.NUM, CellError.NUM, None]
    for kernel in (rates.convert_interest, rates.continuous_rate):
        got = kernel([-1, -2, -0.5], Period.YEAR, Period.YEAR)
        assert [error_of(x) for x in got] == [CellError.NUM, CellError.NUM, None]


@given(interest, interest)
def test_real_and_nominal_rates_are_each_others_inverse(real, inflation):
    nominal = rates.nominal_rate(real, inflation)
    assert rates.real_rate(nominal, inflation) == pytest.approx(real, rel=1e-9, abs=1e-12)
    assert (1 + real) * (1 + inflation) == pytest.approx(1 + nominal, rel=1e-12)


def test_rates_of_minus_one_hundred_percent_are_num_errors():
    for kernel in (rates.real_rate, rates.nominal_rate):
        assert [error_of(x) for x in kernel([-1, 0.1], [0.1, -1])] == [CellError.NUM] * 2
