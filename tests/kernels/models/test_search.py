"""What all fits share: grouping, refusing, saying in Dutch why nothing was found."""

from dataclasses import replace

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.buying import bgbb, continuous
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD, BLOCK
from klantwaarde_xl.kernels.models.buying.face import functions_of
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.search import Surface, maximise
from tests.kernels.models import cdnow_sample, simulated

MODELS = {BGNBD: "bgnbd", MBGNBD: "mbgnbd", PARETONBD: "paretonbd"}
each_model = pytest.mark.parametrize("model", MODELS, ids=MODELS.values())


def test_grouping_finds_the_different_customers_and_loses_none():
    x, t_x, age = cdnow_sample()
    grouped = grouping.group(x, t_x, age)
    expected = np.unique(np.column_stack([x, t_x, age]), axis=0, return_counts=True)
    found = np.column_stack(grouped[:3])
    order = np.lexsort(found.T[::-1])
    assert found[order].tolist() == expected[0].tolist()
    assert grouped.weight[order].tolist() == expected[1].tolist()
    assert grouped.n == 2357


def test_customers_without_weight_are_left_out():
    grouped = grouping.group([0, 1, 2], [0, 1, 2], [3, 3, 3], [1, 0, 2.5])
    assert sorted(grouped.frequency) == [0, 2]
    assert grouped.n == 3.5


def test_a_sample_keeps_the_mix_of_customers():
    grouped = grouping.group(*simulated(50_000, (0.24, 4.4, 0.8, 2.4), step=1e-6))
    few = grouping.sample(grouped, 5000)
    assert few.weight.size <= 5000
    assert few.n == 5000
    assert few.weight @ few.frequency / few.n == pytest.approx(
        grouped.weight @ grouped.frequency / grouped.n, rel=0.1
    )


@pytest.mark.slow
def test_a_large_fit_begins_on_a_sample_and_ends_on_all():
    data = simulated(60_000, (0.6, 5.0, 0.8, 2.5), step=1e-6)
    found = BGNBD.fit(*data)
    best = np.array(list(found.params.values()))
    assert found.converged
    for i in range(4):
        for factor in (0.998, 1.002):
            near = best * np.where(np.arange(4) == i, factor, 1)
            assert BGNBD.loglik(near, *data).sum() < found.loglik


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((-1, 1, 2), "negatief of gebroken"),
        ((1.5, 1, 2), "negatief of gebroken"),
        ((1, 3, 2), "groter dan leeftijd"),
        ((1, 0, 2), "recentheid 0"),
        ((0, 1, 2), "zonder herhaalaankopen"),
        ((1, -1, 2), "negatief"),
        ((1, np.nan, 2), "ontbrekend"),
        ((1, 1, np.inf), "oneindig"),
    ],
)
@each_model
def test_impossible_customers_are_refused_with_their_row(model, row, words):
    columns = [np.array([good, bad]) for good, bad in zip((2.0, 3.0, 4.0), row, strict=True)]
    for call in (model.fit, lambda *data: model.p_alive((1, 1, 1, 1), *data)):
        with pytest.raises(OutOfRange, match=words) as error:
            call(*columns)
        assert "rij 2" in error.value.what
        assert error.value.remedy


def test_all_problems_come_in_one_message():
    with pytest.raises(OutOfRange) as error:
        BGNBD.fit([-1, 1, 1], [0, 0, 5], [1, 1, 1])
    assert all(words in error.value.what for words in ("negatief", "recentheid 0", "groter"))


def test_columns_of_different_length_are_refused():
    with pytest.raises(OutOfRange, match="even lang"):
        BGNBD.fit([1, 2, 3], [1, 2], [3, 3, 3])


@pytest.mark.parametrize("weights", [[1, -1], [1], [1, np.nan]])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(OutOfRange, match="gewichten"):
        BGNBD.fit([1, 0], [1, 0], [3, 3], weights)


DEGENERATE = {
    "no customers": (([], [], []), "geen klanten"),
    "nobody came back": ((np.zeros(50), np.zeros(50), np.linspace(1, 50, 50)), "tweede keer"),
    "one customer": (([3], [2.0], [4.0]), "Eén klant"),
    "two who came back": (([3, 2, 0, 0], [2.0, 2.0, 0, 0], [4.0, 4.0, 4.0, 5.0]), "maar 2 klanten"),
    "all began today": (([0, 0], [0, 0], [0, 0]), "op de laatste dag"),
    "two customers": (([3, 0], [2.0, 0], [4.0, 4.0]), "maar 1 klant opnieuw"),
}


@pytest.mark.parametrize("case", DEGENERATE)
@each_model
def test_data_that_teach_nothing_give_words_and_no_numbers(model, case):
    data, words = DEGENERATE[case]
    found = model.fit(*data)
    assert not found.converged
    assert words in found.message
    assert "Neem" in found.message or "Controleer" in found.message
    assert np.isnan(found.loglik)
    assert all(np.isnan(value) for value in [*found.params.values(), *found.se.values()])
    assert np.isnan(found.covariance).all()


@pytest.mark.parametrize("seed", range(8))
@each_model
def test_a_tiny_sample_is_an_optimum_or_says_that_it_is_none(model, seed):
    name = MODELS[model]
    data = simulated(12, (0.8, 5.0, 1.0, 3.0), name, seed=seed)
    found = model.fit(*data)
    assert found.converged == (found.message == "")
    if found.converged:
        best, functions = np.array(list(found.params.values())), functions_of(found)
        for i in range(best.size):
            for factor in (0.9, 1.1):
                near = best * np.where(np.arange(best.size) == i, factor, 1)
                assert functions.loglik(near, *data).sum() <= found.loglik
        assert all(0 < value < np.inf for value in found.se.values())


@each_model
def test_predictions_refuse_the_numbers_of_a_failed_fit(model):
    with pytest.raises(OutOfRange, match="geslaagde"):
        model.expected(model.fit([], [], []).params, 52)


@each_model
def test_customers_who_never_stop_are_told_apart_from_who_stop(model):
    rng = np.random.default_rng(3)
    x = rng.poisson(rng.gamma(1, 1 / 5, 800) * 30)
    t_x = np.array([np.ceil(30 * rng.uniform(size=count).max()) if count else 0 for count in x])
    found = model.fit(x, t_x, np.full(800, 30))
    assert found.model == "NBD"
    assert found.params["r"] == pytest.approx(1, rel=0.1)
    assert found.params["alpha"] == pytest.approx(5, rel=0.1)


# ── the surfaces and the search ─────────────────────────────────────────────────────────────

POINTS = [(-1.4, -0.5, -0.2, 0.9), (1.0, -1.0, 2.0, -1.5), (-3.0, 2.0, -3.0, 6.0)]


def surfaces():
    """Each surface with derivatives of its own, with the mean log-likelihood it should have."""
    for model in (BGNBD, MBGNBD):
        name = MODELS[model]
        # more rows than one block, and customers of every kind
        rows = grouping.group(*simulated(40_000, (0.24, 4.4, 0.8, 2.4), name, step=1e-6))
        assert rows.weight.size > 2 * BLOCK
        rows = rows._replace(weight=1.0 + np.arange(rows.weight.size) % 3)
        yield name, model.surface(rows), model.loglik, rows
    opportunities = np.random.default_rng(1).integers(0, 13, (2, 500))
    had = opportunities.max(axis=0)
    last = opportunities.min(axis=0)
    rows = grouping.group((last + 1) // 2, last, had)
    yield "bgbb", bgbb._surface(rows), bgbb.loglik, rows


SURFACES = list(surfaces())
each_surface = pytest.mark.parametrize(
    ("surface", "loglik", "rows"), [case[1:] for case in SURFACES], ids=[case[0] for case in SURFACES]
)
each_point = pytest.mark.parametrize("point", POINTS)


def differences(function, theta, step=2e-3):
    """The derivatives of a function by differences, to the fourth power of the step."""
    near, far = (
        np.array([(function(theta + e) - function(theta - e)) / 2 for e in np.eye(4) * by])
        for by in (step, 2 * step)
    )
    return (8 * near - far) / (6 * step)


@each_point
@each_surface
def test_a_surface_is_the_mean_likelihood_of_the_customers(surface, loglik, rows, point):
    exact = rows.weight @ loglik(np.exp(point), *rows[:3]) / rows.n
    assert surface.value(np.array(point)) == pytest.approx(exact, rel=1e-12)
    assert surface.slope(np.array(point))[0] == pytest.approx(exact, rel=1e-12)


@each_point
@each_surface
def test_the_gradient_is_the_slope_of_the_value(surface, loglik, rows, point):
    theta = np.array(point)
    assert surface.slope(theta)[1] == pytest.approx(differences(surface.value, theta), rel=1e-6, abs=1e-9)


@each_point
@each_surface
def test_the_hessian_is_the_slope_of_the_gradient(surface, loglik, rows, point):
    theta = np.array(point)
    found = surface.curvature(theta)
    expected = differences(lambda at: surface.slope(at)[1], theta)
    assert found == pytest.approx(expected, rel=1e-6, abs=5e-9)
    assert np.array_equal(found, found.T)


@pytest.mark.slow
def test_the_standard_errors_are_those_of_forty_digits():
    mpmath = pytest.importorskip("mpmath")
    rows = grouping.group(*simulated(30, (0.8, 5.0, 1.0, 3.0), seed=2))
    found = BGNBD.fit(*rows[:3], rows.weight)

    def total(r, alpha, a, b):
        parts = []
        for x, t_x, age, weight in zip(*rows, strict=True):
            stayed = mpmath.beta(a, b + x) * (alpha + age) ** -(r + x)
            gone = mpmath.beta(a + 1, b + x - 1) * (alpha + t_x) ** -(r + x) if x else 0
            parts.append(
                weight * mpmath.log(mpmath.rf(r, x) * alpha**r * (stayed + gone) / mpmath.beta(a, b))
            )
        return mpmath.fsum(parts)

    with mpmath.workdps(40):
        best = [mpmath.mpf(value) for value in found.params.values()]
        step = mpmath.mpf(10) ** -15

        def second(i, j):
            moved = [
                total(*(v + step * (s * (k == i) + u * (k == j)) for k, v in enumerate(best)))
                for s, u in ((1, 1), (1, -1), (-1, 1), (-1, -1))
            ]
            return (moved[0] - moved[1] - moved[2] + moved[3]) / (4 * step**2)

        hessian = mpmath.matrix([[-second(i, j) for j in range(4)] for i in range(4)])
        inverse = hessian**-1
        exact = [float(mpmath.sqrt(inverse[i, i])) for i in range(4)]
    assert found.converged
    assert list(found.se.values()) == pytest.approx(exact, rel=1e-6)


@each_model
def test_many_different_customers_can_teach_nothing_either(model):
    nothing = np.zeros(grouping.MANY)
    found = model.fit(nothing, nothing, np.linspace(1, 50, grouping.MANY))
    assert not found.converged
    assert "tweede keer" in found.message
    assert np.isnan(list(found.params.values())).all()


@pytest.mark.slow
@pytest.mark.parametrize("model", [BGNBD, MBGNBD])
def test_the_order_of_many_customers_does_not_matter(model):
    data = simulated(grouping.MANY, (0.6, 5.0, 0.8, 2.5), MODELS[model], step=1e-6)
    order = np.lexsort(data[::-1])
    found, other = model.fit(*data), model.fit(*(column[order] for column in data))
    assert found.converged
    assert other.converged
    assert other.loglik == pytest.approx(found.loglik, rel=1e-12)
    assert other.params == pytest.approx(found.params, rel=1e-7)
    assert other.se == pytest.approx(found.se, rel=1e-6)


@pytest.mark.parametrize("unit", [1.0, 7 * 86400.0, 7 / 365.25], ids=["weeks", "seconds", "years"])
@each_model
def test_purchases_in_the_hundreds_have_an_optimum_in_every_unit(model, unit):
    x, t_x, age = simulated(300, (0.8, 0.05, 0.03, 4.0), seed=4)
    assert x.max() > 500
    found = model.fit(x, t_x * unit, age * unit)
    best = np.array(list(found.params.values()))
    if model is not PARETONBD:
        assert found.converged
    if not found.converged:
        assert found.message
        assert np.isnan(best).all()
        return
    for i in range(4):
        for factor in (0.9, 0.999, 1.001, 1.1):
            near = best * np.where(np.arange(4) == i, factor, 1)
            assert model.loglik(near, x, t_x * unit, age * unit).sum() < found.loglik


def bowl(theta):
    """A likelihood whose top is at 2, 3."""
    away = theta - np.log([2.0, 3.0])
    return float(-(away @ away) / 2), -away, -np.eye(2)


def test_a_search_with_a_hessian_finds_the_top_and_its_width():
    surface = Surface(lambda theta: bowl(theta)[0], lambda theta: bowl(theta)[:2], bowl)
    found = maximise("test", ("p", "q"), surface, 100, [(1, 1)])
    assert found.converged
    assert found.params == pytest.approx({"p": 2, "q": 3}, rel=1e-9)
    assert found.se == pytest.approx({"p": 0.2, "q": 0.3}, rel=1e-9)
    assert found.loglik == pytest.approx(0, abs=1e-12)


def test_a_rough_search_that_ends_elsewhere_is_put_right():
    surface = Surface(lambda theta: bowl(theta)[0], lambda theta: bowl(theta)[:2], bowl)
    away = np.log([50.0, 0.1])
    rough = Surface(lambda theta: bowl(theta - away)[0], lambda theta: bowl(theta - away)[:2])
    found = maximise("test", ("p", "q"), surface, 100, [(1, 1)], rough)
    assert found.params == pytest.approx({"p": 2, "q": 3}, rel=1e-9)


WRONG = {
    "flat": (
        lambda t: (-(t[0] ** 2), np.array([-2 * t[0], 0]), np.diag([-2.0, 0])),
        "veel waarden van q passen",
    ),
    "saddle": (
        lambda t: (t[1] ** 2 - t[0] ** 2, np.array([-2 * t[0], 2 * t[1]]), np.diag([-2.0, 2])),
        "veel waarden van q passen",
    ),
    "climbing": (
        lambda t: (t[1], np.array([-0.0 * t[0], 1]), np.diag([-1.0, 0])),
        "veel waarden van q passen",
    ),
    "a sharp edge": (
        lambda t: (-abs(t - 0.3).sum(), np.where(t > 0.3, -1.0, 1.0), -np.eye(2)),
        "Het zoeken liep vast",
    ),
    "no Hessian": (lambda t: (-t @ t, -2 * t, np.full((2, 2), np.nan)), "niet te berekenen"),
    "no value": (lambda t: (np.nan, -2 * t, -2 * np.eye(2)), "niet te berekenen"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_optimum_is_never_called_one(case):
    bent, words = WRONG[case]
    surface = Surface(lambda theta: bent(theta)[0], lambda theta: bent(theta)[:2], bent)
    found = maximise("test", ("p", "q"), surface, 100, [(1, 1), (1, 1.5)])
    assert not found.converged
    assert words in found.message
    assert np.isnan([*found.params.values(), *found.se.values(), found.loglik]).all()


def test_what_few_rows_say_of_a_limit_does_not_outweigh_all_rows(monkeypatch):
    real, asked = continuous._once, []

    def once(limit, rows):
        asked.append(limit)
        fit = real(limit, rows)
        first = len(asked) <= sum(one.simple for one in BGNBD.limits)
        return replace(fit, loglik=fit.loglik + 1e6) if first else fit

    monkeypatch.setattr(continuous, "_once", once)
    fit = BGNBD.fit(*cdnow_sample())
    assert len(asked) > sum(one.simple for one in BGNBD.limits)  # the limits were searched on all rows
    assert fit.model == BGNBD.TITLE
    assert fit.params["r"] == pytest.approx(0.243, abs=5e-4)  # Fader, Hardie & Lee (2005), table 2
