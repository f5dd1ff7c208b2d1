"""The exact Hessian of the Pareto/NBD and of its limits, beside differences of the gradient."""

from __future__ import annotations

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD, Moments
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Surface
from tests.kernels.models import simulated

MODELS = [PARETONBD, *(one for one in PARETONBD.limits if isinstance(one, Moments))]


def _customers(seed, many=700):
    """Customers of whom some bought on the last day, some never again, some stand for more."""
    rng = np.random.default_rng(seed)
    x, age = rng.poisson(2, many).astype(float), rng.uniform(0.01, 10, many)
    t_x = np.where(x > 0, age * rng.uniform(0, 1, many), 0.0)
    t_x[:40] = np.where(x[:40] > 0, age[:40], 0.0)
    return Customers(x, t_x, age, rng.integers(1, 5, many).astype(float))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.TITLE)
@pytest.mark.parametrize("seed", range(4))
def test_the_hessian_is_how_the_gradient_changes(model, seed):
    surface = model.surface(_customers(seed))
    theta = np.random.default_rng(seed).normal(0, 1, len(model.NAMES))
    value, gradient, hessian = surface.bent(theta)
    assert value == surface.value(theta)
    assert gradient.tolist() == surface.both(theta)[1].tolist()
    assert hessian == pytest.approx(Surface(surface.value, surface.both).curvature(theta), abs=1e-7)
    assert hessian.tolist() == hessian.T.tolist()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.TITLE)
@pytest.mark.parametrize("many", [7, 1100])
def test_customers_with_parameters_of_their_own_have_the_derivatives_of_their_likelihood(model, many):
    x, t_x, age, _ = _customers(many, many)
    values = tuple(np.exp(np.random.default_rng(many).normal(0, 0.7, (len(model.NAMES), many))))
    each, slopes, bends = model.bends_of_each(values, x, t_x, age, bends=True)
    known, slow, bent = Continuous.bends_of_each(model, values, x, t_x, age, bends=True)
    assert each == pytest.approx(known, abs=1e-9)
    assert slopes == pytest.approx(slow, abs=1e-6)
    assert bends == pytest.approx(bent, abs=1e-5)
    again, alone, none = model.bends_of_each(values, x, t_x, age, bends=False)
    assert (again.tolist(), alone.tolist(), none.size) == (each.tolist(), slopes.tolist(), 0)


@pytest.mark.parametrize(
    ("params", "model"),
    [
        ((0.8, 6.0, 1.2, 20.0), "paretonbd"),
        ((0.3, 9.0, 0.6, 12.0), "paretonbd"),
        ((0.5, 5.0, 0.8, 2.5), "bgnbd"),
    ],
)
def test_a_first_look_at_few_customers_changes_no_answer(monkeypatch, params, model):
    columns = simulated(6000, params, model, step=0.1)
    monkeypatch.setattr(Moments, "FIRST", 0)
    known = PARETONBD.fit(*columns)
    monkeypatch.undo()
    found = PARETONBD.fit(*columns)
    assert found.model == known.model
    assert found.converged
    assert [*found.params.values()] == pytest.approx([*known.params.values()], rel=1e-6)
    assert [*found.se.values()] == pytest.approx([*known.se.values()], rel=1e-5)
    assert found.loglik == pytest.approx(known.loglik, abs=1e-6)
