"""Logs at the edge of what the models can tell: which answer, and how much work it takes.

Work is counted in customers of whom a likelihood was computed, which does not depend on the machine.
"""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying import chances, paretonbd
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD, BetaChances
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import cache
from klantwaarde_xl.kernels.models.estimate.search import Surface
from tests.kernels.models import cdnow_sample, simulated
from tests.kernels.models.test_limits import loyal

MODELS = {"bgnbd": BGNBD, "mbgnbd": MBGNBD, "paretonbd": PARETONBD}
MOST = 10  # times the work of a fit of CDNOW, a customer


def one_rate(per_year):
    return lambda _, customers: np.full(customers, per_year / 52)


def spread_rates(alpha):
    return lambda rng, customers: rng.gamma(1, 1 / alpha, customers)


def regular():
    age = np.tile(np.arange(26.0, 52), 20)
    return np.floor(age / 4), 4 * np.floor(age / 4), age


# Each with the models that may be the answer to it, by the begin of their titles
LOGS = {
    "no dropout, one rate, few purchases": (lambda: loyal(1000, 1, one_rate(4)), ("NBD", "Poisson")),
    "no dropout, one rate, many purchases": (lambda: loyal(1000, 2, one_rate(80)), ("NBD", "Poisson")),
    "no dropout": (lambda: loyal(1000, 3, spread_rates(25)), ("NBD", "BG/NBD", "MBG/NBD", "Pareto/NBD")),
    "no dropout, many purchases": (lambda: loyal(1000, 4, spread_rates(1.5)), ("NBD", "BG/NBD", "MBG/NBD")),
    "all equal": (lambda: (np.full(99, 3.0), np.full(99, 3.5), np.full(99, 4.0)), ("Poisson",)),
    "every four weeks": (regular, ("Poisson",)),
    "all stop after the first repeat": (
        lambda: simulated(1000, (1, 5, 50, 0.5)),
        ("BG/NBD", "MBG/NBD", "Pareto/NBD"),
    ),
    "one chance to stop": (lambda: simulated(1000, (1, 5, 5e4, 2e5)), ("BG/NBD", "MBG/NBD", "Pareto/NBD")),
    "at once or never": (
        lambda: simulated(1000, (1, 5, 0.01, 0.02), "mbgnbd"),
        ("NBD, ", "BG/NBD", "MBG/NBD"),
    ),
    "strongly different": (lambda: simulated(1000, (0.02, 1, 0.8, 2.5)), ("BG/NBD", "MBG/NBD", "Pareto/NBD")),
    "thirty customers": (lambda: simulated(30, (0.8, 5, 1, 3)), ("BG/NBD", "MBG/NBD", "Pareto/NBD")),
}


@pytest.fixture
def work(monkeypatch):
    """Customers of whom a likelihood was computed, in a list of one number; nothing is remembered."""
    done = [0.0]

    def counting(surface, rows):
        def counted(function, times=1):
            def call(theta):
                done[0] += times * rows.weight.size
                return function(theta)

            return function and call

        return Surface(*(counted(getattr(surface, name)) for name in ("value", "both", "bent")))

    for owner in (chances.Chances, BetaChances, paretonbd.Moments):
        real = owner.surface
        monkeypatch.setattr(owner, "surface", lambda self, rows, real=real: counting(real(self, rows), rows))
    cache.remembered.forget()
    return done


def different(data):
    return np.unique(np.column_stack(data), axis=0).shape[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("model", MODELS)
def test_an_edge_has_an_answer_for_ten_times_the_work_of_a_good_fit(model, name, work):
    good = cdnow_sample()
    MODELS[model].fit(*good)
    usual = work[0] / different(good)
    make, answers = LOGS[name]
    data, work[0] = make(), 0.0
    fit = MODELS[model].fit(*data)
    assert fit.converged, fit.message
    assert fit.model.startswith(answers)
    assert work[0] / different(data) <= MOST * usual


def stopping_alike(seed, customers=10_000):
    """Customers of their own rates who all stop at one rate, by the second: no two of them are alike."""
    rng = np.random.default_rng(seed)
    rate, age = rng.gamma(0.8, 0.1, customers), rng.uniform(10, 78, customers)
    stays = np.minimum(rng.exponential(50, customers), age)
    x = rng.poisson(rate * stays).astype(float)
    # The last of x moments spread evenly
    return x, np.where(x > 0, stays * rng.random(customers) ** (1 / np.maximum(x, 1)), 0.0), age


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_many_customers_of_whom_no_two_are_alike_are_hardly_more_work_a_customer(seed, work):
    good = cdnow_sample()
    PARETONBD.fit(*good)
    usual = work[0] / different(good)
    data, work[0] = stopping_alike(seed), 0.0
    fit = PARETONBD.fit(*data)
    assert fit.converged, fit.message
    assert work[0] / different(data) <= 2 * usual


@pytest.mark.parametrize("model", MODELS)
def test_too_little_is_refused_before_any_likelihood_is_computed(model, work):
    x, t_x = np.zeros(500), np.zeros(500)
    x[:2], t_x[:2] = 4, 20
    fit = MODELS[model].fit(x, t_x, np.full(500, 52.0))
    assert "maar 2 klanten" in fit.message
    assert work == [0.0]
