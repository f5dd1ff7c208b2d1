"""Customers of a very large log who are nearly alike are merged, and the fit stays what it was."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import grouping


@pytest.fixture(scope="module")
def customers():
    """30,000 who come, buy and stop, in weeks to the minute: hardly two are equal."""
    random = np.random.default_rng(7)
    many = 30_000
    age = random.uniform(1, 200, many)
    rate, life = random.gamma(0.9, 1 / 9, many), random.exponential(1 / random.gamma(1.6, 1 / 60, many))
    stays = np.minimum(age, life)
    x = random.poisson(rate * stays).astype(float)
    last = np.where(x > 0, stays * random.uniform(size=many) ** (1 / np.maximum(x, 1)), 0.0)
    spend = random.gamma(6 * np.maximum(x, 1), 1 / np.maximum(x, 1)) * 15 / random.gamma(3.7, 1, many)
    return x, last, age, spend


@pytest.fixture
def merging(monkeypatch):
    monkeypatch.setattr(grouping, "ALIKE_ROWS", 500)


def test_below_the_limit_customers_stay_as_they_are(customers):
    rows = grouping.group(*customers[:3])
    assert grouping.alike(rows) is rows


@pytest.mark.usefixtures("merging")
def test_merging_keeps_numbers_times_and_who_never_came_back(customers):
    rows = grouping.group(*customers[:3])
    few = grouping.alike(rows)
    assert few.weight.size < 0.6 * rows.weight.size
    assert few.n == rows.n
    for one, other in (
        (few.recency, rows.recency),
        (few.horizon, rows.horizon),
        (few.frequency, rows.frequency),
    ):
        assert few.weight @ one == pytest.approx(rows.weight @ other, rel=1e-12)
    assert np.all((few.recency == 0) == (few.frequency == 0))
    assert np.all(few.recency <= few.horizon)
    assert few.weight[few.frequency == 0].sum() == rows.weight[rows.frequency == 0].sum()
    grouping.checked(*few[:3])


@pytest.mark.slow
@pytest.mark.parametrize("model", [BGNBD, PARETONBD], ids=lambda model: model.TITLE)
def test_parameters_and_their_errors_are_those_of_all_customers(customers, monkeypatch, model):
    whole = model.fit(*customers[:3])
    monkeypatch.setattr(grouping, "ALIKE_ROWS", 500)
    merged = model.fit(*customers[:3])
    assert whole.converged
    assert merged.n == whole.n
    assert merged.loglik == pytest.approx(whole.loglik, abs=0.01)
    for name, error in whole.se.items():
        assert merged.params[name] == pytest.approx(whole.params[name], abs=0.02 * error)
        assert merged.se[name] == pytest.approx(error, rel=0.01)


def test_so_are_those_of_what_customers_spend(customers, monkeypatch):
    x, _, _, spend = customers
    whole = gammagamma.fit(x, spend)
    monkeypatch.setattr(grouping, "ALIKE_ROWS", 500)
    merged = gammagamma.fit(x, spend)
    assert merged.loglik == pytest.approx(whole.loglik, abs=0.01)
    for name, error in whole.se.items():
        assert merged.params[name] == pytest.approx(whole.params[name], abs=0.02 * error)
