"""Effects of characteristics: a published likelihood, simulated truths, and what must hold of any coding."""

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.buying.face import Model
from klantwaarde_xl.kernels.models.covariates.estimate import _Likelihood, estimate
from klantwaarde_xl.kernels.models.covariates.groups import of_each
from klantwaarde_xl.kernels.models.estimate.intervals import of_parameters
from klantwaarde_xl.kernels.models.log.purchases import purchases
from klantwaarde_xl.kernels.models.log.summary import of_purchases
from tests.examples import times
from tests.kernels.models import simulated
from tests.kernels.models.logs import day
from tests.publiclogs import public_log

MODELS = {Model.BGNBD: "bgnbd", Model.MBGNBD: "mbgnbd", Model.PARETONBD: "paretonbd"}
BASE = {"bgnbd": (0.8, 6.0, 0.8, 3.0), "mbgnbd": (0.8, 6.0, 0.8, 3.0), "paretonbd": (0.8, 6.0, 0.7, 12.0)}
SETS = times(10, more=40)


def two_groups(name, faster=1.6, sooner=0.5, size=1500, seed=1):
    """x, t_x, T and 0 or 1: the second group buys faster, and stops sooner or later, than the first."""
    r, alpha, c, d = BASE[name]
    other = (r, alpha / faster, c, d / sooner) if name == "paretonbd" else (r, alpha / faster, c * sooner, d)
    parts = [simulated(size, params, name, seed=seed + at, step=1e-6) for at, params in enumerate((BASE[name], other))]  # fmt: skip
    return *(np.concatenate(columns) for columns in zip(*parts, strict=True)), np.repeat([0.0, 1.0], size)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_factors_of_simulated_customers_come_back_within_three_standard_errors(model):
    *history, group = two_groups(MODELS[model])
    fit = estimate(model, *history, group).fit
    truth = [*BASE[MODELS[model]], 1.6, 0.5]
    for (name, value), true in zip(fit.params.items(), truth, strict=True):
        assert abs(np.log(value / true)) < 3 * fit.se[name] / value, name


@pytest.mark.slow
def test_intervals_of_a_factor_on_buying_hold_the_truth_as_often_as_they_say():
    inside = []
    for seed in range(SETS):
        *history, group = two_groups("bgnbd", size=400, seed=100 + 2 * seed)
        lower, upper = of_parameters(estimate(Model.BGNBD, *history, group).fit, 0.95)
        inside.append(lower[4] <= 1.6 <= upper[4])
    assert np.mean(inside) >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / SETS)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_whether_one_group_or_the_other_is_nought_changes_nothing_but_the_words(model):
    *history, group = two_groups(MODELS[model], size=400)
    one, other = (estimate(model, *history, column).fit for column in (group, 1 - group))
    assert one.loglik == pytest.approx(other.loglik, abs=1e-6)
    assert one.params["buying 0"] == pytest.approx(1 / other.params["buying 0"], rel=1e-4)
    assert one.params["stopping 0"] == pytest.approx(1 / other.params["stopping 0"], rel=1e-3)
    assert other.params["alpha"] == pytest.approx(one.params["alpha"] / one.params["buying 0"], rel=1e-4)
    assert other.se["alpha"] > 0


@pytest.mark.slow
def test_a_number_in_another_unit_has_the_same_likelihood_and_a_factor_to_that_power():
    *history, group = two_groups("bgnbd", size=400)
    tens = group + np.linspace(0, 1, group.size)
    one, other = (estimate(Model.BGNBD, *history, column).fit for column in (tens, tens * 10))
    assert one.loglik == pytest.approx(other.loglik, abs=1e-5)
    assert one.params["buying 0"] == pytest.approx(other.params["buying 0"] ** 10, rel=1e-3)


@pytest.mark.slow
def test_a_group_drawn_by_lot_has_hardly_an_effect():
    *history, _ = two_groups("bgnbd", faster=1.0, sooner=1.0)
    lot = np.random.default_rng(4).integers(2, size=history[0].size).astype(float)
    found = estimate(Model.BGNBD, *history, lot)
    assert 0 <= found.fit.loglik - found.plain.loglik < 6
    lower, upper = of_parameters(found.fit, 0.999)
    assert (lower[4:] < 1).all()
    assert (upper[4:] > 1).all()


def test_where_nobody_stops_only_buying_has_factors():
    rng = np.random.default_rng(7)
    group = np.repeat([0.0, 1.0], 300)
    age = rng.uniform(30, 60, 600)
    x = rng.poisson(rng.gamma(4, 1 / 20, 600) * 1.5**group * age).astype(float)
    t_x = age * x / (x + 1)  # as regular as can be: nobody is silent for long
    found = estimate(Model.BGNBD, x, t_x, age, group)
    assert [*found.fit.params] == ["r", "alpha", "buying 0"]
    assert found.fit.params["buying 0"] == pytest.approx(1.5, rel=0.2)


def test_customers_of_a_group_expect_what_those_of_a_model_with_its_parameters_do():
    *history, group = two_groups("bgnbd", size=300)
    found = estimate(Model.BGNBD, *history, group)
    p = found.fit.params
    expected = of_each(found, group[:, None], lambda model, params, rows: model.expected(params, np.full(rows.size, 52.0)))  # fmt: skip
    from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD

    moved = (p["r"], p["alpha"] / p["buying 0"], p["a"] * p["stopping 0"], p["b"])
    assert expected[0] == pytest.approx(BGNBD.expected((p["r"], p["alpha"], p["a"], p["b"]), 52.0))
    assert expected[-1] == pytest.approx(BGNBD.expected(moved, 52.0))


@pytest.mark.parametrize(
    "columns",
    [np.ones((40, 1)), np.repeat([[0.0, 1.0], [1.0, 0.0]], 20, axis=0), np.full((40, 1), np.nan)],
    ids=["same for all", "follows from the other", "missing"],
)
def test_a_characteristic_that_tells_nothing_or_twice_the_same_is_refused(columns):
    *history, _ = two_groups("bgnbd", size=20)
    with pytest.raises(OutOfRange):
        estimate(Model.BGNBD, *history, columns)


@pytest.mark.slow
def test_the_apparel_log_has_the_published_likelihood():
    """CLVTools 0.12.1, Pareto/NBD with gender and channel, calibration to the end of 2006."""
    data = pd.read_csv(public_log("apparel_transactions.csv"), parse_dates=["Date"])
    told = pd.read_csv(public_log("apparel_static.csv")).set_index("Id")
    codes, ids = pd.factorize(data["Id"])
    days = np.array([day(date) for date in data["Date"]])
    s = of_purchases(purchases(codes.astype(np.intp), days, None, day("2006-12-31")))
    columns = told.loc[ids[s.customer], ["Gender", "Channel"]].to_numpy(float)
    fit = estimate(Model.PARETONBD, s.frequency, s.recency, s.T, columns).fit
    assert fit.loglik == pytest.approx(-5821.0627, abs=5e-5)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_a_kind_of_whom_nobody_came_back_buys_less_often_and_stops_nothing(model):
    *history, group = two_groups(MODELS[model], size=300)
    x, t_x, age = (
        np.append(column, np.full(8, value)) for column, value in zip(history, (0, 0, 40), strict=True)
    )
    kinds = np.zeros((x.size, 2))
    kinds[: group.size, 0], kinds[group.size :, 1] = group, 1
    found = estimate(model, x, t_x, age, kinds).fit
    assert found.converged
    assert found.params["buying 1"] < 1
    assert found.params["buying 0"] == pytest.approx(
        estimate(model, *history, group).fit.params["buying 0"], rel=0.1
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_dozen_kinds_take_a_few_steps_and_no_long_search(model, monkeypatch):
    *history, _ = two_groups(MODELS[model], size=150)
    kinds = np.eye(12)[np.arange(300) % 12, 1:]
    asked = []
    plain = _Likelihood._each
    monkeypatch.setattr(
        _Likelihood, "_each", lambda self, theta, bends: asked.append(1) or plain(self, theta, bends=bends)
    )
    found = estimate(model, *history, kinds)
    assert found.fit.converged
    assert found.fit.loglik > found.plain.loglik
    assert len(asked) < 30  # looks at the likelihood with its slopes, of which a long search takes hundreds


@pytest.mark.parametrize("model", [Model.BGNBD, Model.MBGNBD, Model.PARETONBD])
def test_a_kind_in_which_nobody_stops_takes_few_steps_and_is_said_to_stay(model, monkeypatch):
    """Customers of kind 1 go on at their own pace; of the others most are gone before the end."""
    rng = np.random.default_rng(8)
    size, weeks = 500, 90.0
    kind = (np.arange(size) % 4 == 0).astype(float)
    lasts = rng.exponential(1 / rng.gamma(0.8, 1 / 32, size))
    rate, stops_at = rng.gamma(1.5, 1 / 9, size), np.where(kind == 1, np.inf, lasts)
    age = rng.uniform(20, weeks, size)
    bought = rng.poisson(rate * np.minimum(age, stops_at))
    last = np.where(bought > 0, np.minimum(age, stops_at) * rng.beta(np.maximum(bought, 1), 1), 0.0)
    asked = []
    plain = _Likelihood._each
    monkeypatch.setattr(
        _Likelihood, "_each", lambda self, theta, bends: asked.append(1) or plain(self, theta, bends=bends)
    )
    found = estimate(model, bought, last, age, kind[:, None])
    assert found.fit.converged
    assert len(asked) < 40
    stopping = np.log(found.fit.params["stopping 0"])
    error = found.fit.se["stopping 0"] / found.fit.params["stopping 0"]
    assert stopping + 2 * error < np.log(0.5)


def test_where_only_kinds_differ_in_stopping_the_answer_is_that_of_one_rate_to_stop():
    """Without kinds a mixture of two rates is a spread of rates; within each all stop at one."""
    rng = np.random.default_rng(0)
    size = 500
    kind = (np.arange(size) % 4 == 0).astype(float)
    rate, stops_at = rng.gamma(1.5, 1 / 9, size), np.where(kind == 1, np.inf, rng.exponential(40, size))
    age = rng.uniform(20, 90, size)
    bought = rng.poisson(rate * np.minimum(age, stops_at))
    last = np.where(bought > 0, np.minimum(age, stops_at) * rng.beta(np.maximum(bought, 1), 1), 0.0)
    found = estimate(Model.PARETONBD, bought, last, age, kind[:, None])
    assert found.fit.converged
    assert found.plain.model == found.fit.model == "Pareto/NBD, one rate to stop"
    assert abs(np.log(found.fit.params["mu"] * 40)) < 3 * found.fit.se["mu"] / found.fit.params["mu"]


def test_customers_of_a_kind_who_are_many_times_the_same_have_the_fit_of_each_by_himself():
    x, t_x, age, kind = two_groups("bgnbd", size=150)
    once = estimate(Model.BGNBD, x, t_x, age, kind[:, None])
    twice = estimate(Model.BGNBD, *(np.tile(one, 2) for one in (x, t_x, age)), np.tile(kind, 2)[:, None])
    assert twice.fit.loglik == pytest.approx(2 * once.fit.loglik, rel=1e-9)
    assert [*twice.fit.params.values()] == pytest.approx([*once.fit.params.values()], rel=1e-4)
    ratio = np.array([*twice.fit.se.values()]) / np.array([*once.fit.se.values()])
    assert ratio == pytest.approx(np.sqrt(0.5), rel=1e-3)
