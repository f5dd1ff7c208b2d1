"""Discounted purchases: sums of small steps, quadrature with many digits, limits, extremes."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.buying import bgbb
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.numeric.discounting import continuous_rate, discounted
from klantwaarde_xl.kernels.models.numeric.pairs import FEW, each_pair
from tests.examples import times

MODELS = {
    BGNBD: (0.243, 4.414, 0.793, 2.426),
    MBGNBD: (0.525, 6.183, 0.891, 1.614),
    PARETONBD: (0.553, 10.58, 0.606, 11.67),
}
EACH = pytest.mark.parametrize(("module", "params"), MODELS.items(), ids=["bgnbd", "mbgnbd", "paretonbd"])
CUSTOMERS = np.array([(0, 0, 0), (0, 0, 38.9), (2, 30.4, 38.9), (26, 30.857, 31)]).T

rates = st.floats(1e-4, 1)
spans = st.floats(0.1, 500)


@EACH
def test_a_discounted_sum_is_that_of_its_small_steps(module, params):
    ends = np.linspace(0, 104, 20_001)[:, None]
    coming = np.diff(module.conditional_expected(params, *CUSTOMERS, ends), axis=0)
    summed = (coming * np.exp(-0.02 * (ends[1:] + ends[:-1]) / 2)).sum(axis=0)
    # the middle of a step errs by (0.02 · step)² / 24, here 5e-10
    assert module.discounted_expected(params, *CUSTOMERS, 104, 0.02) == pytest.approx(summed, rel=2e-9)


@pytest.mark.parametrize("horizon", [0.5, 52.0])
@pytest.mark.parametrize("interest", [1e-3, 0.5])
@pytest.mark.parametrize("customer", [(0, 0, 38.9), (2, 30.4, 38.9)])
def test_the_bg_nbd_equals_a_quadrature_with_twenty_digits(customer, interest, horizon):
    mpmath = pytest.importorskip("mpmath")
    r, alpha, a, b = MODELS[BGNBD]
    x, _, age = customer
    # who is alive buys at λ e^(−λ p u) at u from now, λ ~ gamma(r + x, α + T), p ~ beta(a, b + x)
    with mpmath.workdps(20):
        coming = mpmath.quad(
            lambda u: (
                mpmath.exp(-interest * u)
                * mpmath.hyp2f1(r + x + 1, a, a + b + x, -u / (alpha + age))
                * (r + x)
                / (alpha + age)
            ),
            np.linspace(0, horizon, 5).tolist(),
        )
    exact = float(coming) * BGNBD.p_alive(MODELS[BGNBD], *customer)
    found = BGNBD.discounted_expected(MODELS[BGNBD], *customer, horizon, interest)
    assert found == pytest.approx(exact, rel=1e-10)


@EACH
def test_without_interest_it_is_the_expectation(module, params):
    for horizon in (0, 0.001, 52, 1e5):
        undiscounted = module.conditional_expected(params, *CUSTOMERS, horizon)
        assert module.discounted_expected(params, *CUSTOMERS, horizon, 0) == pytest.approx(
            undiscounted, rel=1e-14
        )
        little = module.discounted_expected(params, *CUSTOMERS, horizon, 1e-16)
        assert little == pytest.approx(undiscounted, rel=1e-10)


@EACH
@given(rates, spans, spans)
@settings(max_examples=20)
def test_the_parts_of_a_horizon_are_discounted_between_their_ends(module, params, interest, near, more):
    far = near + more
    now, later = (module.discounted_expected(params, *CUSTOMERS, end, interest) for end in (near, far))
    first, whole = (module.conditional_expected(params, *CUSTOMERS, end) for end in (near, far))
    part, coming = later - now, whole - first
    slack = 1e-10 * later
    assert np.all(part <= np.exp(-interest * near) * coming + slack)
    assert np.all(part >= np.exp(-interest * far) * coming - slack)


@EACH
@given(rates, rates, spans)
@settings(max_examples=20)
def test_more_interest_is_worth_less(module, params, interest, more, horizon):
    low = module.discounted_expected(params, *CUSTOMERS, horizon, interest)
    high = module.discounted_expected(params, *CUSTOMERS, horizon, interest + more)
    assert np.all(high < low)


@EACH
def test_a_very_long_horizon_comes_near_one_without_end(module, params):
    endless = module.discounted_expected(params, *CUSTOMERS, np.inf, 0.01)
    assert module.discounted_expected(params, *CUSTOMERS, 3000, 0.01) == pytest.approx(endless, rel=1e-11)
    assert np.all(module.discounted_expected(params, *CUSTOMERS, 300, 0.01) < 0.99 * endless)


def test_without_end_the_pareto_nbd_gives_the_dert_of_fader_hardie_and_lee():
    params = MODELS[PARETONBD]
    for interest in (1e-4, 0.0027, 0.1, 5):
        closed = PARETONBD.dert(params, *CUSTOMERS, interest)
        far = PARETONBD.discounted_expected(params, *CUSTOMERS, 60 / interest, interest)
        assert PARETONBD.discounted_expected(params, *CUSTOMERS, np.inf, interest) == pytest.approx(closed)
        assert far == pytest.approx(closed, rel=1e-11)


# ── extremes ────────────────────────────────────────────────────────────────────────────────

INTERESTS = (1e-12, 1e-6, 1e-3, 0.1, 10)
HORIZONS = (1e-3, 1, 52, 1e6)
OF_CHANCES = [
    MODELS[BGNBD],
    (0.24, 4.4, 1 + 1e-7, 2.4),
    (0.05, 0.01, 0.05, 0.05),
    (50, 1, 5, 5),
    (5, 1, 100, 1),
]
OF_MOMENTS = [MODELS[PARETONBD], (2, 3, 1, 4), (8, 1, 200, 0.01), (0.05, 1e4, 0.05, 1e3)]
ODD = [(0, 0, 1e-3), (3, 5, 1000), (500, 39, 39), (5000, 380, 390)]
EXTREMES = [
    *((BGNBD, params) for params in OF_CHANCES),
    *((MBGNBD, params) for params in OF_CHANCES[2:4]),
    *((PARETONBD, params) for params in OF_MOMENTS),
]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "params"), EXTREMES)
def test_extremes_agree_with_a_sum_over_fine_panels(module, params):
    place, weight = np.polynomial.legendre.leggauss(16)
    for interest, horizon in list(itertools.product(INTERESTS, HORIZONS))[:: 3 // times(1, more=3)]:
        end = min(horizon, 60 / interest)
        # ever finer towards now, where a customer who buys much is soon gone or soon discounted
        edges = np.append(0, end * 2.0 ** np.arange(-30, 1))
        half = np.diff(edges)[:, None] / 2
        u = (edges[:-1, None] + half * (place + 1)).ravel()
        share = interest * (half * weight).ravel() * np.exp(-interest * u)
        for customer in ODD:
            coming = module.conditional_expected(params, *customer, np.append(u, end))
            summed = share @ coming[:-1] + np.exp(-interest * end) * coming[-1]
            found = module.discounted_expected(params, *customer, horizon, interest)
            assert np.isfinite(found)
            assert found == pytest.approx(summed, rel=1e-8)


def test_customers_of_very_different_ages_get_what_each_gets_alone():
    x, t_x, age = np.array([(0, 0, 1e-3), (1, 1e-3, 1), (40, 300, 1e5), (0, 0, 50)]).T
    for (module, params), interest in itertools.product(MODELS.items(), (1e-4, 0.1, 10)):
        together = module.discounted_expected(params, x, t_x, age, 52, interest)
        apart = [
            module.discounted_expected(params, *one, 52, interest) for one in zip(x, t_x, age, strict=True)
        ]
        assert together == pytest.approx(np.array(apart, dtype=float), rel=1e-10)


@EACH
def test_many_customers_get_what_each_gets_alone(module, params):
    rng = np.random.default_rng(3)
    x = rng.integers(0, 6, 4 * FEW).astype(float)
    age = rng.integers(1, 40, x.size).astype(float)
    t_x = np.where(x > 0, age * rng.uniform(0.1, 1, x.size), 0)
    together = module.discounted_expected(params, x, t_x, age, 26, 0.01)
    for some in np.split(np.arange(x.size), 8):  # few enough not to be merged
        apart = module.discounted_expected(params, x[some], t_x[some], age[some], 26, 0.01)
        assert together[some] == pytest.approx(apart, rel=1e-11)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 1000))
def test_every_different_pair_is_computed_once_and_put_back_in_place(counts, ages, seed):
    rng = np.random.default_rng(seed)
    x, age = rng.integers(0, counts, 2 * FEW).astype(float), rng.integers(0, ages, 2 * FEW) / 7
    asked = []

    def compute(some, old):
        asked.append(some.size)
        return some + 1000 * old

    shape = (2, FEW)
    found = each_pair(compute, x.reshape(shape), age.reshape(shape))
    assert np.array_equal(found, (x + 1000 * age).reshape(shape))
    assert len(asked) == 1
    assert asked[0] in (np.unique(np.stack([x, age]), axis=1).shape[1], x.size)


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


@EACH
@pytest.mark.parametrize(
    ("horizon", "interest"), [(52, -0.1), (-1, 0.1), (52, np.nan), (np.nan, 0.1), (52, np.inf), (np.inf, 0)]
)
def test_an_impossible_horizon_or_interest_is_refused(module, params, horizon, interest):
    with pytest.raises(OutOfRange, match=r"rente|horizon"):
        module.discounted_expected(params, *CUSTOMERS, horizon, interest)


def test_no_customers_have_no_sum():
    assert discounted(lambda rows, u: u, np.array([]), 52, 0.1).size == 0


def test_ten_percent_a_year_is_that_whatever_the_period():
    for days in (1, 7, 30.4375, 365.25):
        assert np.exp(continuous_rate(0.1, days) * 365.25 / days) == pytest.approx(1.1, rel=1e-14)
    for wrong in (-0.01, np.nan, np.inf):
        with pytest.raises(OutOfRange, match="rente"):
            continuous_rate(wrong, 7)


# ── opportunities ───────────────────────────────────────────────────────────────────────────

DONATIONS = (1.20, 0.75, 0.66, 2.78)
DONORS = np.array([(0, 0, 6), (3, 4, 6), (6, 6, 6), (1, 1, 2), (0, 0, 0)]).T


@pytest.mark.parametrize("d", [0, 0.1, 3])
def test_the_bg_bb_discounts_each_opportunity_from_its_own_moment(d):
    coming = bgbb.conditional_expected(DONATIONS, *DONORS, np.arange(13)[:, None])
    factor = (1 + d) ** -np.arange(1.0, 13)
    found = bgbb.discounted_expected(DONATIONS, *DONORS, 12, d)
    assert found == pytest.approx(factor @ np.diff(coming, axis=0), rel=1e-12)


def test_the_bg_bb_without_end_gives_the_dert_of_the_btyd_manual():
    found = bgbb.discounted_expected(DONATIONS, 3, 4, 6, np.inf, 0.1)
    assert found == pytest.approx(1.621379, abs=5e-7)
    assert bgbb.discounted_expected(DONATIONS, 3, 4, 6, 1000, 0.1) == pytest.approx(found, rel=1e-11)
