"""sBG and BdW: published estimates and projections, identities, and what cannot be estimated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1

from klantwaarde_xl.errors import OutOfRange, WrongType
from klantwaarde_xl.kernels.models import contract as m
from klantwaarde_xl.kernels.models import contractlimits
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.numeric.survival import log_survival, tail_sum
from klantwaarde_xl.reports import contracts
from tests.examples import times

# Fader & Hardie 2007, Table 1: percentage of the cohort left after years 0–7
REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]

positive = st.floats(0.05, 200)
sbg = st.tuples(positive, positive)
bdw = st.tuples(positive, positive, st.floats(0.1, 4))
discount = st.floats(1e-7, 5)


# ── published ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("series", "alpha", "beta", "mean_loglik"),
    [(REGULAR, 0.704, 1.182, -1.680), (HIGH_END, 0.668, 3.806, -1.611)],
    ids=["Regular", "High End"],
)
def test_the_sbg_finds_the_parameters_of_fader_and_hardie_2007_appendix_b(series, alpha, beta, mean_loglik):
    found = m.fit(series)
    assert found.converged
    assert found.params == pytest.approx({"alpha": alpha, "beta": beta}, abs=5e-4)
    assert found.loglik / 100 == pytest.approx(mean_loglik, abs=5e-4)


def test_the_sbg_finds_our_recomputation_in_full_precision():
    found = m.fit(REGULAR)
    assert found.params == pytest.approx({"alpha": 0.704077, "beta": 1.182043}, abs=1e-6)
    assert found.loglik / 100 == pytest.approx(-1.680265, abs=1e-6)
    found = m.fit(HIGH_END)
    assert found.params == pytest.approx({"alpha": 0.668088, "beta": 3.806096}, abs=2e-6)
    assert found.loglik / 100 == pytest.approx(-1.611158, abs=1e-6)


@pytest.mark.parametrize(
    ("series", "projected", "actual"),
    [
        (REGULAR, [22.008, 20.441, 19.119, 17.986, 17.004], [22.3, 20.7, 19.4, 18.3, 17.3]),
        (HIGH_END, [46.044, 43.578, 41.417, 39.506, 37.800], [46.8, 44.5, 42.7, 40.9, 39.4]),
    ],
    ids=["Regular", "High End"],
)
def test_survival_in_years_8_to_12_is_as_projected_and_close_to_what_happened(series, projected, actual):
    survival = 100 * m.survival(m.fit(series).params, np.arange(8, 13))
    assert survival == pytest.approx(projected, abs=5e-4)  # recomputed from F&H 2007
    assert survival == pytest.approx(actual, abs=1.7)  # F&H 2007, Table 1: the largest gap is 1.6 points


def test_the_log_likelihood_at_one_and_one_is_that_of_a_published_test():
    """jdmaturen's shifted-beta-geometric: −2.115 per customer for High End."""
    assert m.log_likelihood((1, 1), HIGH_END) / 100 == pytest.approx(-2.115546, abs=1e-6)


def test_the_spreadsheet_literate_guide_of_2014_is_matched():
    found = m.fit([1000, 631, 468, 382, 326])
    assert found.params == pytest.approx({"alpha": 0.76367, "beta": 1.29583}, abs=5e-6)


@pytest.mark.parametrize(
    ("series", "params"),
    [(HIGH_END[:5], (0.2593, 1.7226, 1.5844)), (REGULAR[:5], (0.5230, 0.8943, 1.1964))],
    ids=["High End", "Regular"],
)
def test_the_bdw_of_years_0_to_4_is_our_recomputation_of_fader_et_al_2018(series, params):
    assert list(m.fit(series, "BdW").params.values()) == pytest.approx(params, abs=5e-5)


def test_the_bdw_foresees_high_end_better_than_the_sbg_as_in_fader_et_al_2018():
    actual, ahead = np.array([46.8, 44.5, 42.7, 40.9, 39.4]), np.arange(8, 13)  # F&H 2007, Table 1
    errors = {
        model: np.abs(100 * m.survival(m.fit(HIGH_END[:5], model).params, ahead) - actual).max()
        for model in ("sBG", "BdW")
    }
    assert errors["BdW"] < 2 < 8 < errors["sBG"]


def test_what_a_high_end_customer_is_still_worth_after_seven_years_is_a_published_figure():
    """jdmaturen's shifted-beta-geometric: DERL 7.530 at 10 %, 75.30 at 10 a year."""
    found = m.fit(HIGH_END).params
    assert m.discounted_residual_lifetime(found, 0.1, 8) == pytest.approx(7.530, abs=5e-4)
    assert m.residual_value(10, 0.1, 7, *found.values()) == pytest.approx(75.30, abs=5e-3)


# ── identities ──────────────────────────────────────────────────────────────────────────────


@given(bdw)
def test_everyone_is_there_at_the_start_and_ever_fewer_later(params):
    survival = m.survival(params, np.arange(30))
    assert survival[0] == 1
    assert np.all((survival >= 0) & (survival <= 1))
    assert np.all(np.diff(survival) <= 1e-12)


@given(bdw, st.integers(1, 40))
def test_retention_is_the_share_of_those_of_the_period_before(params, t):
    before, after = m.survival(params, t - 1), m.survival(params, t)
    assert m.retention_rate(params, t) * before == pytest.approx(after, rel=1e-9, abs=1e-300)


@given(sbg, st.integers(1, 60))
def test_retention_of_the_sbg_has_its_closed_form(params, t):
    alpha, beta = params
    assert m.retention_rate(params, t) == pytest.approx((beta + t - 1) / (alpha + beta + t - 1), rel=1e-10)


@given(sbg, discount)
def test_the_bdw_with_c_one_is_the_sbg(params, d):
    times = np.arange(12)
    assert np.array_equal(m.survival((*params, 1.0), times), m.survival(params, times))
    assert m.discounted_lifetime((*params, 1.0), d) == m.discounted_lifetime(params, d)


@given(st.tuples(st.floats(0.05, 20), st.floats(0.05, 20)), discount)
def test_the_discounted_lifetime_of_the_sbg_is_the_hypergeometric_function(params, d):
    alpha, beta = params
    exact = hyp2f1(1, beta, alpha + beta, 1 / (1 + d))
    assert m.discounted_lifetime(params, d) == pytest.approx(exact, rel=1e-8)


@given(bdw)
def test_only_the_first_payment_is_left_at_a_very_high_discount_rate(params):
    assert m.discounted_lifetime(params, 1e12) == pytest.approx(1)


@given(bdw, discount)
def test_a_new_customer_pays_once_and_then_what_is_left_before_the_first_renewal(params, d):
    left = m.discounted_residual_lifetime(params, d, 1)
    assert m.discounted_lifetime(params, d) == pytest.approx(1 + left / (1 + d), rel=1e-8)


@given(bdw, discount, st.integers(1, 50))
def test_what_is_left_is_the_next_renewal_and_what_is_left_after_it(params, d, n):
    now, later = m.discounted_residual_lifetime(params, d, [n, n + 1])
    assert now == pytest.approx(m.retention_rate(params, n) * (1 + later / (1 + d)), rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("d", [0.1, 1e-3, 1e-4])
@pytest.mark.parametrize("params", [(2.0, 3.0, 0.7), (1.5, 100.0, 2.5), (0.3, 0.2, 0.4), (40.0, 4e5, 1.5)])
def test_the_discounted_lifetime_is_the_plain_sum_of_many_terms(params, d):
    t = np.arange(600_000.0)
    plain = (m.survival(params, t) * np.exp(-t * np.log1p(d))).sum()
    assert m.discounted_lifetime(params, d) == pytest.approx(plain, rel=1e-9)


def test_where_library_routines_overflow_the_sum_does_not():
    assert not np.isfinite(hyp2f1(1, 1000, 1050, 1 / 1.1))
    # 1/(1 − (1 − θ)/1.1) over a beta(50, 1000): close to its value at the mean
    assert m.discounted_lifetime((50, 1000), 0.1) == pytest.approx(1 / (1 - 1000 / 1050 / 1.1), rel=0.01)


@given(st.floats(1.01, 100), positive)
def test_the_expected_lifetime_of_the_sbg_is_the_sum_of_its_survival(alpha, beta):
    exact = (alpha + beta - 1) / (alpha - 1)
    assert m.expected_lifetime((alpha, beta)) == pytest.approx(exact)
    assert tail_sum((alpha, beta, 1.0), 0.0, 0.0) == pytest.approx(exact, rel=1e-8)


def test_the_expected_lifetime_of_the_bdw_lies_within_bounds_of_the_plain_sum():
    params, terms = (3.0, 5.0, 0.8), 1_000_000
    plain = m.survival(params, np.arange(terms)).sum()
    after = m.survival(params, terms) * terms / (3.0 * 0.8 - 1)
    assert plain < m.expected_lifetime(params) == pytest.approx(plain + after, rel=1e-8)


@given(st.floats(1e4, 1e10), st.floats(0.02, 0.98), st.integers(1, 60))
def test_customers_who_hardly_differ_stay_with_a_constant_chance(size, retention, t):
    log_survival = np.log(m.survival((size * (1 - retention), size * retention), t))
    # The spread of the beta distribution adds t (t − 1) / 2 × (1 − r) / (r size), to first order
    spread = t * t * (1 - retention) / retention / size
    assert -1e-9 <= log_survival - t * np.log(retention) <= spread + 1e-9


def test_a_projection_goes_on_from_those_who_are_there_now():
    params = (0.7, 1.2)
    ahead = m.project(params, 3, customers=241, after=7)
    assert ahead.period.tolist() == [1, 2, 3]
    assert ahead.customers == pytest.approx(241 * m.survival(params, [8, 9, 10]) / m.survival(params, 7))
    assert ahead.survival == pytest.approx(np.cumprod(ahead.retention))


# ── estimating ──────────────────────────────────────────────────────────────────────────────


def exact_series(params, customers, periods):
    return customers * m.survival(params, np.arange(periods + 1))


@pytest.mark.parametrize("params", [(0.5, 1.0), (2.0, 8.0), (0.1, 0.05), (5.0, 60.0)])
def test_a_series_that_follows_the_sbg_gives_back_its_parameters(params):
    found = m.fit(exact_series(params, 10_000, 12))
    assert list(found.params.values()) == pytest.approx(params, rel=1e-4)


@pytest.mark.parametrize("params", [(0.5, 1.0, 1.5), (2.0, 8.0, 0.7), (0.3, 2.0, 2.0)])
def test_a_series_that_follows_the_bdw_gives_back_its_parameters(params):
    found = m.fit(exact_series(params, 10_000, 12), "BdW")
    assert list(found.params.values()) == pytest.approx(params, rel=1e-3)


@pytest.mark.parametrize("series", [REGULAR, HIGH_END], ids=["Regular", "High End"])
def test_the_bdw_fits_at_least_as_well_as_the_sbg(series):
    assert m.fit(series, "BdW").loglik >= m.fit(series).loglik


def test_shares_with_a_number_of_customers_are_the_counts():
    shares = np.array(REGULAR) / 100
    by_shares, by_counts = m.fit(shares, customers=1000), m.fit(shares * 1000)
    assert by_shares.params == pytest.approx(by_counts.params)
    assert by_shares.se == pytest.approx(by_counts.se)


def test_one_hundred_times_the_customers_make_the_standard_errors_ten_times_smaller():
    few, many = m.fit(REGULAR), m.fit(REGULAR, customers=10_000)
    assert many.params == pytest.approx(few.params)
    assert many.se["alpha"] == pytest.approx(few.se["alpha"] / 10, rel=1e-4)


def test_a_cohort_given_twice_is_one_of_twice_the_size():
    twice, double = m.fit([REGULAR, REGULAR]), m.fit(REGULAR, customers=200)
    assert twice.params == pytest.approx(double.params)
    assert twice.se == pytest.approx(double.se)
    assert twice.n == double.n == 200


def test_cohorts_of_different_ages_are_a_list_or_a_matrix_with_blanks_for_the_future():
    cohorts = [exact_series((0.8, 2.5), size, age) for size, age in ((900, 6), (1100, 4), (1000, 1))]
    matrix = np.full((3, 7), np.nan)
    for row, one in zip(matrix, cohorts, strict=True):
        row[: one.size] = one
    found = m.fit(cohorts)
    assert found.params == m.fit(matrix).params == pytest.approx({"alpha": 0.8, "beta": 2.5}, rel=1e-5)


def test_the_log_likelihood_of_the_fit_is_that_of_its_parameters_and_the_highest():
    found = m.fit(HIGH_END)
    assert m.log_likelihood(found.params, HIGH_END) == pytest.approx(found.loglik)
    for factor in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99)):
        other = np.array(list(found.params.values())) * factor
        assert m.log_likelihood(other, HIGH_END) < found.loglik


@pytest.mark.slow
def test_of_simulated_cohorts_as_many_intervals_contain_the_truth_as_they_say():
    """Of 200 with seed 4, 2,000 customers, 8 periods: alpha 94.0, beta 96.0, S(20) 96.5 percent.

    40 sets of customers, 400 in explore, and three times the chance in the simulation is allowed.
    """
    rng, true, inside, many = np.random.default_rng(4), np.array([1.0, 3.0]), np.zeros(3), times(40)
    for _ in range(many):
        left = rng.geometric(rng.beta(*true, 2000))
        series = np.array([[np.count_nonzero(left > t) for t in range(9)]], dtype=float)
        lower, upper = intervals.of_parameters(contracts.fitted(series, 0), 0.95)
        ahead = contracts.forecast(series, 12)
        inside[:2] += (lower <= true) & (true <= upper)
        inside[2] += ahead.lower[20] <= m.survival(true, 20) <= ahead.upper[20]
    assert np.all(np.abs(inside / many - 0.95) <= 3 * np.sqrt(0.95 * 0.05 / many) + 1e-9), inside / many


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ([100, 60], "Te weinig perioden"),
        ([100], "Te weinig perioden"),
        ([], "hoogstens één klant"),
        ([1, 1, 0], "hoogstens één klant"),
        ([100, 0, 0, 0], "eerste periode"),
    ],
)
@pytest.mark.parametrize("model", ["sBG", "BdW"])
def test_a_series_that_fixes_nothing_says_why_in_dutch(series, words, model):
    found = m.fit(series, model)
    assert not found.converged
    assert words in found.message
    assert all(np.isnan(value) for value in found.params.values())


@pytest.mark.slow
@settings(deadline=None, max_examples=40)  # a search that leads nowhere tries every start
@given(st.lists(st.integers(0, 300), min_size=1, max_size=9), st.sampled_from(["sBG", "BdW"]))
def test_any_series_of_counts_is_an_optimum_or_a_message(counts, model):
    found = m.fit(sorted(counts, reverse=True), model)
    numbers = [*found.params.values(), *found.se.values(), found.loglik]
    assert np.all(np.isfinite(numbers)) if found.converged else found.message


@pytest.mark.parametrize(
    ("series", "model", "limit"),
    [
        ([100, 100, 100, 100], "sBG", "nobody leaves"),
        ([1000, 900, 810, 729, 656], "sBG", "one retention"),
        ([1000, 900, 742, 578, 430], "BdW", "one retention that moves"),
        ([1000, 900, 900, 900], "sBG", "at once or never"),
    ],
)
def test_a_series_at_an_edge_has_the_limit_that_fits_it_exactly(series, model, limit):
    found = m.fit(series, model)
    assert found.model == limit
    values = contractlimits.values_in(found, np.array([*found.params.values()]))
    expected = series[0] * np.exp(log_survival(values, np.arange(len(series))))
    assert expected == pytest.approx(series, rel=0.03)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ([100, 60, 61], "meer klanten dan de periode ervoor in periode 2"),
        ([100, -5], "negatief aantal in periode 1"),
        ([100, np.nan, 50], "ontbrekend"),
        ([np.inf, 5, 4], "oneindig"),
        ([1, 0.6, 0.5], "zonder aantal klanten"),
    ],
)
def test_an_impossible_series_is_out_of_range(series, words):
    with pytest.raises(OutOfRange, match=words):
        m.fit(series)


@pytest.mark.parametrize("params", [(0.704, 1.182), (1.0, 5.0), (2.0, 3.0, 0.5)])
def test_a_lifetime_without_end_is_said_in_words(params):
    with pytest.raises(OutOfRange, match="oneindig"):
        m.expected_lifetime(params)
    with pytest.raises(OutOfRange, match="oneindig"):
        m.discounted_lifetime(params, 0.0)
    assert np.isfinite(m.discounted_lifetime(params, 1e-9))


def test_what_lies_outside_the_definition_is_out_of_range():
    for wrong in (
        lambda: m.survival((0, 1), 1),
        lambda: m.survival((1, 1), -1),
        lambda: m.survival((1, 1), np.nan),
        lambda: m.retention_rate((1, 1), 0),
        lambda: m.discounted_lifetime((1, 1), -0.1),
        lambda: m.discounted_lifetime((1, 1), np.nan),
        lambda: m.discounted_residual_lifetime((1, 1), 0.1, 0),
        lambda: m.discounted_residual_lifetime((1, 1), 0.1, 1.5),
        lambda: m.project((1, 1), 0),
        lambda: m.fit([0.9, 0.5], customers=-1),
        lambda: m.fit([REGULAR, REGULAR], customers=[1, 2, 3]),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    with pytest.raises(WrongType):
        m.fit(REGULAR, "Weibull")
