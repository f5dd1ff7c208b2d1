"""BG/BB: the published figures of the donations, identities, and what cannot be estimated."""

import importlib.resources
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.buying import bgbb as m

ROUNDED = (1.20, 0.75, 0.66, 2.78)
positive = st.floats(0.05, 60)
parameters = st.tuples(positive, positive, positive, positive)


@cache
def donations():
    """x, t_x, n and how many of the 11,104 donors of 1995, as Lifetimes ships them."""
    source = importlib.resources.files("lifetimes") / "datasets" / "donations.csv"
    return np.loadtxt(source.read_text(encoding="utf-8").splitlines(), delimiter=",", skiprows=1).T


@cache
def fitted():
    return m.fit(*donations())


@st.composite
def histories(draw, longest=40):
    n = draw(st.integers(0, longest))
    t_x = draw(st.integers(0, n))
    return draw(st.integers(1, t_x)) if t_x else 0, t_x, n


def every_history(n):
    """All (x, t_x) at n opportunities, and in how many ways each comes about."""
    from math import comb

    rows = [(0, 0, 1), *((x, t, comb(t - 1, x - 1)) for t in range(1, n + 1) for x in range(1, t + 1))]
    return np.array(rows).T


# ── published ───────────────────────────────────────────────────────────────────────────────


def test_the_fit_on_the_donations_is_that_of_fader_hardie_and_shang_2010():
    found = fitted()
    assert found.converged
    assert found.n == 11_104
    assert list(found.params.values()) == pytest.approx([1.204, 0.750, 0.657, 2.783], abs=6e-4)
    assert found.loglik == pytest.approx(-33225.58, abs=5e-3)


def test_the_fit_on_the_donations_is_our_recomputation_in_full():
    found = fitted()
    assert list(found.params.values()) == pytest.approx([1.20352, 0.74972, 0.65672, 2.78344], abs=5e-6)
    assert found.loglik == pytest.approx(-33225.5813, abs=5e-5)


def test_expected_donations_in_ten_years_are_those_of_the_btyd_vignette():
    ten = m.conditional_expected(fitted().params, [0, 4], [0, 5], 6, 10)
    assert ten == pytest.approx([0.1302169, 3.627858], rel=5e-5)
    assert ten == pytest.approx([0.1302181, 3.627968], abs=1e-6)


def test_all_donations_of_the_next_five_years_are_those_of_note_010():
    x, t_x, n, donors = donations()
    total = donors @ m.conditional_expected(fitted().params, x, t_x, n, 5)
    assert total == pytest.approx(12884.2, abs=0.05)
    assert total == pytest.approx(12884.157, abs=5e-3)


def test_who_is_alive_next_year_is_table_6_of_fader_hardie_and_shang_2010():
    alive = m.p_alive(fitted().params, [0, 2, 6], [0, 4, 6], 6)
    assert alive == pytest.approx([0.11, 0.59, 0.93], abs=0.005)
    assert alive == pytest.approx([0.1081, 0.5897, 0.9304], abs=5e-5)


def test_discounted_residual_transactions_are_those_of_the_btyd_manual():
    assert m.dert(ROUNDED, 3, 4, 6, 0.1) == pytest.approx(1.621379, abs=5e-7)
    exact = [1.80204, 2.62116, 3.44027, 4.25938, 5.07849, 5.89760]
    assert m.dert(ROUNDED, range(1, 7), 6, 6, 0.1) == pytest.approx(exact, abs=6e-6)


# ── identities ──────────────────────────────────────────────────────────────────────────────


@given(parameters, histories())
def test_the_likelihood_is_the_sum_in_the_paper(params, history):
    a, b, g, d = params
    x, t_x, n = history
    i = np.arange(n - t_x)
    stopped = betaln(a + x, b + t_x - x + i) + betaln(g + 1, d + t_x + i)
    terms = np.append(stopped, betaln(a + x, b + n - x) + betaln(g, d + n))
    exact = np.logaddexp.reduce(terms) - betaln(a, b) - betaln(g, d)
    assert m.loglik(params, x, t_x, n) == pytest.approx(exact, rel=1e-9, abs=1e-9)


@given(parameters, st.integers(1, 12))
def test_the_chances_of_all_histories_add_up_to_one(params, n):
    x, t_x, ways = every_history(n)
    assert ways @ np.exp(m.loglik(params, x, t_x, n)) == pytest.approx(1)


@given(parameters, st.integers(1, 12))
def test_the_chance_of_a_number_of_purchases_is_that_of_its_histories(params, n):
    x, t_x, ways = every_history(n)
    chances = np.bincount(x, weights=ways * np.exp(m.loglik(params, x, t_x, n)))
    assert m.pmf(params, np.arange(n + 1), n) == pytest.approx(chances, rel=1e-9)


@pytest.mark.slow
@given(parameters, st.integers(0, 60))
def test_the_chances_add_up_to_one_and_to_the_expected_purchases(params, n):
    chances = m.pmf(params, np.arange(n + 2), n)
    assert chances.sum() == pytest.approx(1)
    assert chances[-1] == 0
    assert chances @ np.arange(n + 2) == pytest.approx(m.expected(params, n), rel=1e-8)


@given(parameters, st.integers(1, 10), st.integers(0, 30))
def test_expectations_over_all_histories_are_those_of_a_new_customer(params, n, ahead):
    x, t_x, ways = every_history(n)
    later = ways * np.exp(m.loglik(params, x, t_x, n)) @ m.conditional_expected(params, x, t_x, n, ahead)
    assert later == pytest.approx(m.expected(params, n + ahead) - m.expected(params, n), rel=1e-7, abs=1e-12)


@given(parameters, histories(), st.integers(0, 50))
def test_expected_purchases_are_the_sum_over_the_opportunities_still_alive(params, history, ahead):
    a, b, g, d = params
    x, _, n = history
    step = np.arange(1, ahead + 1)
    alive = m.p_alive(params, *history) * np.exp(betaln(g, d + n + step) - betaln(g, d + n + 1))
    exact = alive.sum() * (a + x) / (a + b + n)
    assert m.conditional_expected(params, *history, ahead) == pytest.approx(exact, rel=1e-8, abs=1e-300)


@given(parameters, histories(), st.floats(0.05, 3))
def test_dert_is_the_discounted_sum_of_expected_purchases(params, history, d):
    until = np.arange(801)
    expected = m.conditional_expected(params, *history, until)
    exact = np.diff(expected) @ np.exp(-until[1:] * np.log1p(d))
    assert m.dert(params, *history, d) == pytest.approx(exact, rel=1e-6, abs=1e-12)


@given(parameters, histories())
def test_the_chance_to_be_alive_is_a_chance(params, history):
    assert 0 <= m.p_alive(params, *history) <= 1


@pytest.mark.parametrize("gamma", [1 - 1e-3, 1 - 1e-5, 1 - 1e-12, 1.0, 1 + 1e-9, 1 + 1e-4, 1 + 1e-3])
def test_nothing_breaks_where_gamma_is_close_to_one(gamma):
    exact = np.exp(betaln(gamma, 2.78 + np.arange(1, 1001)) - betaln(gamma, 2.78)).sum() * 1.2 / 1.95
    assert m.expected((1.2, 0.75, gamma, 2.78), 1000) == pytest.approx(exact, rel=1e-9)


def test_long_histories_stay_finite():
    for history in ((300, 301, 365), (0, 0, 5000), (2000, 5000, 5000)):
        assert 0 <= m.p_alive(ROUNDED, *history) <= 1
        assert m.conditional_expected(ROUNDED, *history, 10_000) >= 0
        assert m.dert(ROUNDED, *history, 1e-4) >= 0


def test_answers_have_the_shape_of_the_question():
    assert np.ndim(m.p_alive(ROUNDED, 1, 2, 6)) == 0
    assert m.loglik(ROUNDED, [[0], [1]], [[0], [2]], [4, 5, 6]).shape == (2, 3)
    assert m.dert(ROUNDED, [[0], [1]], [[0], [2]], [4, 5, 6], 0.1).shape == (2, 3)
    assert m.pmf(ROUNDED, [0, 1, 2], [[4], [5]]).shape == (2, 3)


# ── estimating ──────────────────────────────────────────────────────────────────────────────


def test_the_fit_is_the_highest_point_and_its_errors_are_those_of_the_likelihood():
    x, t_x, n, donors = donations()
    best = np.array(list(fitted().params.values()))
    for axis in np.eye(4):
        for factor in (0.99, 1.01):
            assert donors @ m.loglik(best * factor**axis, x, t_x, n) < fitted().loglik
    spread = np.sqrt(np.diag(fitted().covariance))
    assert list(fitted().se.values()) == pytest.approx(spread)


def test_donors_row_by_row_or_counted_give_one_fit():
    x, t_x, n, donors = (column.astype(int) for column in donations())
    rows = [np.repeat(column, donors) for column in (x, t_x, n)]
    found = m.fit(*rows)
    assert found.n == 11_104
    assert found.params == pytest.approx(fitted().params, rel=1e-6)


def test_simulated_customers_give_back_their_parameters_within_three_standard_errors():
    true, years, customers = (1.0, 2.0, 1.0, 10.0), 30, 5000
    rng = np.random.default_rng(3)
    chance, stop = rng.beta(1, 2, customers), rng.beta(1, 10, customers)
    years_had = rng.integers(10, years + 1, customers)
    year = np.arange(1, years + 1)
    alive = year < np.minimum(rng.geometric(stop), years_had + 1)[:, None]
    bought = alive & (rng.uniform(size=(customers, years)) < chance[:, None])
    found = m.fit(bought.sum(axis=1), (bought * year).max(axis=1), years_had)
    for value, right, error in zip(found.params.values(), true, found.se.values(), strict=True):
        assert abs(value - right) < 3 * error


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("x", "t_x", "n", "words"),
    [
        ([], [], [], "hoogstens één klant"),
        ([2], [4], [6], "hoogstens één klant"),
        ([1, 0], [1, 0], [2, 2], "minder dan 3 kansen"),
        ([0] * 9, [0] * 9, [6] * 9, "Geen enkele klant kocht opnieuw"),
        ([6] * 9, [6] * 9, [6] * 9, "bij elke kans"),
        ([3] * 50, [5] * 50, [6] * 50, "geen beste waarde"),
    ],
)
def test_customers_who_fix_nothing_say_why_in_dutch(x, t_x, n, words):
    found = m.fit(x, t_x, n)
    assert not found.converged
    assert words in found.message
    assert all(np.isnan(value) for value in found.params.values())


@pytest.mark.slow
@settings(deadline=None, max_examples=10)  # a search that leads nowhere tries every start
@given(st.lists(histories(8), max_size=10))
def test_any_customers_are_an_optimum_or_a_message(rows):
    found = m.fit(*np.array(rows, dtype=float).reshape(-1, 3).T)
    numbers = [*found.params.values(), *found.se.values(), found.loglik]
    assert np.all(np.isfinite(numbers)) if found.converged else found.message


@pytest.mark.parametrize(
    ("x", "t_x", "n"),
    [(3, 2, 6), (1, 7, 6), (0, 2, 6), (2, 0, 6), (-1, 0, 6), (1, 1.5, 6), (1, 2, 6.5), (1, 2, np.nan)],
)
def test_an_impossible_history_is_out_of_range(x, t_x, n):
    for of in (m.fit, lambda *history: m.p_alive(ROUNDED, *history)):
        with pytest.raises(OutOfRange):
            of([1, x], [2, t_x], [6, n])


def test_what_lies_outside_the_definition_is_out_of_range():
    for wrong in (
        lambda: m.expected(ROUNDED, -1),
        lambda: m.expected(ROUNDED, 1.5),
        lambda: m.pmf(ROUNDED, np.nan, 6),
        lambda: m.conditional_expected(ROUNDED, 1, 2, 6, -1),
        lambda: m.dert(ROUNDED, 1, 2, 6, -0.1),
        lambda: m.dert(ROUNDED, 1, 2, 6, 0),
        lambda: m.expected((0, 1, 1, 1), 3),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    assert np.isfinite(m.dert((1.2, 0.75, 1.5, 2.78), 1, 2, 6, 0))


def test_more_opportunities_than_are_added_up_are_refused_before_memory_is_asked_for():
    with pytest.raises(OutOfRange, match="kansen"):
        m.fit([1, 0, 2], [4, 0, 9], [12, 3e9, 12])
