"""Later customers and pairs of purchases: each model and each limit against its own chances, and simulated."""

import numpy as np
import pytest
from scipy.integrate import quad

from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD

VALUES = {"r": 0.55, "alpha": 10.6, "a": 0.8, "b": 2.4, "s": 0.6, "beta": 11.7, "odds": 0.2, "lambda": 0.1, "mu": 0.03}  # fmt: skip
MODELS = {one.TITLE: one for top in (BGNBD, MBGNBD, PARETONBD) for one in (top, *top.limits)}
X, T_X, AGE = np.array([0.0, 2, 8, 30]), np.array([0.0, 30, 48, 50]), np.array([39.0, 39, 52, 52])
TIME, COUNTS = 26.0, np.arange(300.0)


@pytest.fixture(params=MODELS, ids=str)
def model(request):
    found = MODELS[request.param]
    return found, [VALUES[name] for name in found.NAMES]


def test_pairs_of_purchases_are_those_of_the_chances_of_each_number(model):
    functions, params = model
    chances = functions.conditional_pmf(params, X[:, None], T_X[:, None], AGE[:, None], TIME, COUNTS)
    wanted = (chances * COUNTS * (COUNTS - 1)).sum(axis=1)
    assert functions.conditional_pairs(params, X, T_X, AGE, 0, TIME) == pytest.approx(wanted, rel=1e-7)


def test_pairs_of_a_new_customer_are_those_of_the_chances_of_each_number(model):
    functions, params = model
    chances = functions.pmf(params, COUNTS, TIME)
    assert functions.pairs(params, 0, TIME) == pytest.approx(
        (chances * COUNTS * (COUNTS - 1)).sum(), rel=1e-7
    )


def test_purchases_come_at_the_rate_of_who_is_still_a_customer(model):
    """The slope of the expectation is E[λ · still a customer], of which the sum over the time is known."""
    functions, params = model
    values = functions._if_alive(tuple(params), X, AGE)
    place, weight = np.polynomial.legendre.leggauss(40)
    times = TIME * (place + 1) / 2
    pace = np.array([functions._pace(values, time, 1) for time in times])
    alive = functions.p_alive(params, X, T_X, AGE)
    wanted = functions.conditional_expected(params, X, T_X, AGE, TIME)
    assert alive * (weight @ pace) * TIME / 2 == pytest.approx(wanted, rel=1e-8)


def test_who_is_a_customer_later_is_one_now_and_fewer_are_as_time_passes(model):
    functions, params = model
    later = np.array([functions.still_alive(params, X, T_X, AGE, time) for time in (0, 1, 10, 100)])
    assert later[0] == pytest.approx(functions.p_alive(params, X, T_X, AGE))
    assert np.all(np.diff(later, axis=0) <= 1e-12)
    assert np.all(later >= 0)


def simulated_stays(name, x, age, time, rng, many=400_000):
    """The share of customers, alive after x purchases in a time age, who are so a time later, buying meanwhile."""
    r, alpha, c, d = 0.55, 10.6, *((0.6, 11.7) if name == "paretonbd" else (0.8, 2.4))
    rate = rng.gamma(r + x, 1 / (alpha + age), many)
    if name == "paretonbd":
        return np.mean(rng.exponential(1 / rng.gamma(c, 1 / (d + age), many)) > time)
    stop = rng.beta(c, d + x + (name == "mbgnbd"), many)
    now, there = np.zeros(many), np.ones(many, dtype=bool)
    going = np.arange(many)
    while going.size:
        now[going] += rng.exponential(1 / rate[going])
        going = going[now[going] < time]
        gone = rng.uniform(size=going.size) < stop[going]
        there[going[gone]] = False
        going = going[~gone]
    return there.mean()


@pytest.mark.parametrize("name", ["bgnbd", "mbgnbd", "paretonbd"])
@pytest.mark.parametrize("x", [0.0, 3.0])
def test_as_many_stay_as_when_they_are_simulated_with_the_purchases_to_come(name, x):
    functions = {"bgnbd": BGNBD, "mbgnbd": MBGNBD, "paretonbd": PARETONBD}[name]
    params = [VALUES[one] for one in functions.NAMES]
    history = x, 20.0 if x else 0.0, 39.0
    share = functions.still_alive(params, *history, 40.0) / functions.p_alive(params, *history)
    found = simulated_stays(name, x, 39.0, 40.0, np.random.default_rng(5))
    assert share == pytest.approx(found, abs=4 * np.sqrt(share * (1 - share) / 400_000))


def test_chances_to_stay_keep_their_digits_where_few_stop():
    """For a → 0 the beta density is a (1 − p)^(b − 1) / p, over which the chance to stop is integrated."""
    params, history, time = (2.0, 10.0, 1e-6, 1.0), (5, 30, 52), 10.0
    stays = BGNBD.still_alive(params, *history, time) / BGNBD.p_alive(params, *history)

    def stops(p):
        return (1 - (1 + p * time / 62) ** -7.0) * (1 - p) ** 5 / p

    assert 1 - stays == pytest.approx(1e-6 * quad(stops, 0, 1)[0], rel=1e-5)
