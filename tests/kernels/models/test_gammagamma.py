"""Gamma-Gamma: the published CDNOW figures, identities, the independence check, what cannot be."""

import importlib.resources
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models import gammagamma as m
from klantwaarde_xl.wording.fits import independence

PUBLISHED = (6.25, 3.74, 15.44)  # p, q, v of Fader & Hardie, note 025
DATASETS = importlib.resources.files("lifetimes") / "datasets"

positive = st.floats(0.05, 100)
parameters = st.tuples(positive, st.floats(1.01, 50), positive)


@cache
def summary():
    """Frequency and mean spend of CDNOW as Lifetimes ships them, spend in two decimals."""
    source = DATASETS / "cdnow_customers_summary_with_transactions.csv"
    data = np.genfromtxt(source.read_text(encoding="utf-8").splitlines(), delimiter=",", names=True)
    return data["x"], data["zbar"]


@cache
def log():
    """Repeat purchases of the 946 repeat buyers from the transactions, exact."""
    lines = (DATASETS / "CDNOW_sample.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip()]
    data = pd.DataFrame(
        {"klant": [r[1] for r in rows], "datum": [r[2] for r in rows], "bedrag": [float(r[4]) for r in rows]}
    )
    days = data[data["datum"] <= "19970930"].groupby(["klant", "datum"])["bedrag"].sum().reset_index()
    repeat = days[days.groupby("klant").cumcount() > 0].groupby("klant")["bedrag"].agg(["count", "mean"])
    return repeat["count"].to_numpy(), repeat["mean"].to_numpy()


def simulated(params, customers, seed=1):
    p, q, v = params
    rng = np.random.default_rng(seed)
    x = rng.geometric(0.4, customers)
    return x, rng.gamma(p * x, 1 / rng.gamma(q, 1 / v, customers)) / x


# ── published ───────────────────────────────────────────────────────────────────────────────


def test_the_fit_on_the_two_decimal_summary_is_that_of_note_025():
    found = m.fit(*summary())
    assert found.n == 946
    assert list(found.params.values()) == pytest.approx(PUBLISHED, abs=0.01)
    assert list(found.params.values()) == pytest.approx([6.248805, 3.744588, 15.44774], abs=1e-5)
    assert found.loglik == pytest.approx(-4055.92324, abs=1e-5)


def test_the_fit_on_the_transactions_is_that_of_clvtools_and_clvkit():
    """CLVTools: LL −4055.9177; clvkit's README: 6.249690, 3.744180, 15.442988."""
    found = m.fit(*log())
    assert found.n == 946
    assert found.loglik == pytest.approx(-4055.9177, abs=5e-5)
    assert list(found.params.values()) == pytest.approx([6.249690, 3.744180, 15.442988], rel=5e-5)
    assert list(found.params.values()) == pytest.approx([6.249575, 3.744224, 15.443512], abs=2e-5)
    assert np.mean(log()[1]) == pytest.approx(35.08, abs=0.005)


def test_the_mean_spend_of_the_first_ten_customers_is_that_of_note_025():
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    x, z = summary()
    found = m.fit(x, z)
    assert m.conditional_mean_spend(found.params, x[:10], z[:10]) == pytest.approx(published, abs=0.01)


def test_the_mean_spend_at_the_rounded_parameters_is_our_recomputation():
    x, z = summary()
    exact = [24.6637, 18.9169, 35.2190, 35.2190, 35.2190, 71.4697, 18.9169, 35.2190, 27.2884, 35.2190]
    assert m.conditional_mean_spend(PUBLISHED, x[:10], z[:10]) == pytest.approx(exact, abs=5e-5)


def test_the_population_mean_is_that_of_note_025():
    assert m.population_mean(PUBLISHED) == pytest.approx(35.2, abs=0.05)
    assert m.population_mean(PUBLISHED) == pytest.approx(35.21898, abs=5e-6)


# ── identities ──────────────────────────────────────────────────────────────────────────────


@given(parameters, st.integers(1, 1000), st.floats(0.01, 1e4))
def test_the_expected_spend_lies_between_ones_own_mean_and_the_population(params, x, z):
    population, own = m.population_mean(params), m.conditional_mean_spend(params, x, z)
    low, high = sorted([population, z])
    assert low * (1 - 1e-12) <= own <= high * (1 + 1e-12)


@given(parameters)
def test_a_customer_without_purchases_is_expected_to_spend_the_population_mean(params):
    assert m.conditional_mean_spend(params, 0, 0) == pytest.approx(m.population_mean(params))


def test_many_purchases_leave_ones_own_mean():
    assert m.conditional_mean_spend(PUBLISHED, 10**9, 80.0) == pytest.approx(80.0)


@pytest.mark.slow
def test_the_likelihood_is_a_density_of_the_mean_spend():
    edges = np.linspace(-14, 16, 20_001)
    z = np.exp((edges[1:] + edges[:-1]) / 2)
    density = [np.exp(m.log_likelihood((2.0, 3.0, 10.0), [3], [one])) for one in z[::10]]
    assert np.sum(np.array(density) * z[::10]) * 10 * (edges[1] - edges[0]) == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("params", [(2.0, 3.0, 10.0), (6.0, 1.5, 100.0), (0.5, 8.0, 1e6)])
def test_simulated_customers_give_back_their_parameters_within_three_standard_errors(params):
    found = m.fit(*simulated(params, 5000))
    for true, value, error in zip(params, found.params.values(), found.se.values(), strict=True):
        assert abs(value - true) < 3 * error


@pytest.mark.parametrize("rate", [1e-6, 100.0, 1e9])
def test_another_currency_scales_v_and_its_standard_error_only(rate):
    x, z = summary()
    found, other = m.fit(x, z), m.fit(x, z * rate)
    for name, factor in (("p", 1), ("q", 1), ("v", rate)):
        assert other.params[name] == pytest.approx(found.params[name] * factor, rel=1e-5)
        assert other.se[name] == pytest.approx(found.se[name] * factor, rel=1e-4)
    assert other.loglik == pytest.approx(found.loglik - 946 * np.log(rate))


def test_weights_stand_for_equal_customers():
    x, z = simulated((2, 3, 10), 400)
    found, twice = m.fit(x, z, np.full(400, 2)), m.fit(np.tile(x, 2), np.tile(z, 2))
    assert found.n == twice.n == 800
    assert found.params == pytest.approx(twice.params)
    assert found.loglik == pytest.approx(twice.loglik)


def test_the_log_likelihood_of_the_fit_is_that_of_its_parameters_and_the_highest():
    x, z = summary()
    found = m.fit(x, z)
    best = np.array(list(found.params.values()))
    assert m.log_likelihood(found.params, x, z) == pytest.approx(found.loglik)
    for axis in np.eye(3):
        assert m.log_likelihood(best * (1 + 0.01 * axis), x, z) < found.loglik
        assert m.log_likelihood(best * (1 - 0.01 * axis), x, z) < found.loglik


def test_a_large_file_is_searched_on_a_part_first_and_ends_at_the_same_optimum():
    x, z = simulated((2, 3, 10), 60_000)
    found = m.fit(x, z)
    again = m.fit(x[::-1], z[::-1])
    assert found.converged
    assert found.params == pytest.approx(again.params, rel=1e-6)


# ── independence ────────────────────────────────────────────────────────────────────────────


def test_frequency_and_spend_of_cdnow_hardly_go_together():
    check = m.independence(*summary())
    assert check.correlation == pytest.approx(0.11, abs=0.005)
    assert not check.warns
    assert "0,11" in independence(check)


def test_frequent_buyers_who_spend_more_or_less_are_a_warning_in_words():
    x = np.tile(np.arange(1, 11), 30)
    noise = np.random.default_rng(2).gamma(50, 0.02, x.size)
    assert "besteden meer per aankoop" in independence(m.independence(x, (10.0 + x) * noise))
    assert "besteden minder per aankoop" in independence(m.independence(x, (30.0 - x) * noise))


def test_the_correlation_is_that_of_numpy():
    x, z = simulated((2, 3, 10), 500)
    assert m.independence(x, z).correlation == pytest.approx(np.corrcoef(x, z)[0, 1])


@pytest.mark.parametrize(("x", "z"), [([], []), ([0], [0]), ([3], [5.0]), ([1, 2], [5.0, 6.0])])
def test_too_few_customers_are_not_judged(x, z):
    check = m.independence(x, z)
    assert check.warns
    assert "Te weinig" in independence(check)
    assert np.isfinite(check.correlation)


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("x", "z", "words"),
    [
        ([], [], "Te weinig klanten"),
        ([0, 0, 0], [0, 0, 0], "Te weinig klanten"),
        ([1], [3.0], "Te weinig klanten"),
    ],
)
def test_customers_who_fix_nothing_say_why_in_dutch(x, z, words):
    found = m.fit(x, z)
    assert not found.converged
    assert words in found.message


@pytest.mark.slow
@settings(deadline=None, max_examples=40)  # a search that leads nowhere tries every start
@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0.01, 1e5)), max_size=12))
def test_any_customers_are_an_optimum_or_a_message(rows):
    found = m.fit([row[0] for row in rows], [row[1] for row in rows])
    numbers = [*found.params.values(), *found.se.values(), found.loglik]
    assert np.all(np.isfinite(numbers)) if found.converged else found.message


@pytest.mark.parametrize("z", [0.0, -1.0, np.nan, np.inf])
def test_a_purchase_without_a_positive_amount_is_out_of_range(z):
    for of in (m.fit, m.independence):
        with pytest.raises(OutOfRange, match="besteding"):
            of([1, 2], [3.0, z])


@pytest.mark.parametrize("x", [-1, 1.5, np.nan])
def test_an_impossible_frequency_is_out_of_range(x):
    with pytest.raises(OutOfRange, match="frequentie"):
        m.fit([1, x], [3.0, 4.0])


def test_columns_and_weights_that_do_not_fit_are_out_of_range():
    with pytest.raises(OutOfRange, match="even lang"):
        m.fit([1, 2], [3.0, 4.0, 5.0])
    with pytest.raises(OutOfRange, match="gewichten"):
        m.fit([1, 2], [3.0, 4.0], [1, -1])


def test_without_a_mean_there_is_no_negative_value_but_words():
    with pytest.raises(OutOfRange, match="bestaat niet: q = 0,80"):
        m.population_mean((2.0, 0.8, 10.0))
    with pytest.raises(OutOfRange, match="bestaat niet"):
        m.conditional_mean_spend((2.0, 0.8, 10.0), [1, 0], [5.0, 0.0])
    assert m.conditional_mean_spend((2.0, 0.8, 10.0), 1, 5.0) > 0
