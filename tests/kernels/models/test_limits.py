"""The limits of the models of buying: models of their own, which the model approaches."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.chances import NBD, OWN_RATE, POISSON
from klantwaarde_xl.kernels.models.buying.face import Model, functions_of
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.nearby import nearby
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import grouping
from tests.kernels.models import simulated

HISTORIES = (
    np.array([0.0, 0, 1, 2, 7, 20]),
    np.array([0.0, 0, 9, 20, 38, 39]),
    np.array([1.0, 39, 9, 39, 39, 40]),
)
MODELS = {"bgnbd": BGNBD, "mbgnbd": MBGNBD, "paretonbd": PARETONBD}
VALUES = {
    "r": 0.8,
    "alpha": 6.0,
    "lambda": 0.12,
    "a": 0.7,
    "b": 2.1,
    "s": 0.7,
    "beta": 9.0,
    "odds": 0.3,
    "mu": 0.03,
}
LIMITS = [(name, limit) for name, model in MODELS.items() for limit in model.limits]
each_limit = pytest.mark.parametrize(
    ("model", "limit"),
    [(MODELS[name], one) for name, one in LIMITS],
    ids=[f"{name}: {one.TITLE}" for name, one in LIMITS],
)


def own(limit):
    return [VALUES[name] for name in limit.NAMES]


def towards(model, limit, far):
    """Parameters of a model so far on the way to its limit."""
    values = {name: VALUES[name] for name in limit.NAMES}
    r = values.get("r", far)
    rates = r, values.get("alpha", far / VALUES["lambda"])
    odds = VALUES["odds"]
    if "a" in values or "s" in values:
        stops = tuple(values[name] for name in model.NAMES[2:])
    elif model is PARETONBD and "odds" in values:  # s, β → 0 with the share that stays by an age of 39 kept
        beta = 40 * np.exp(-far)
        stops = np.log1p(odds) / np.log1p(39 / beta), beta
    elif model is PARETONBD:
        stops = (far, far / VALUES["mu"]) if "mu" in values else (1 / far, 9.0)
    elif "odds" in values and not limit.simple:
        stops = far * odds / (1 + odds), far / (1 + odds)
    elif "odds" in values:
        stops = odds / (1 + odds) / far, 1 / (1 + odds) / far
    else:
        stops = 1 / far, 2.1
    return (*rates, *stops)


def figures(functions, params):
    return np.concatenate(
        [
            np.exp(functions.loglik(params, *HISTORIES)),
            functions.p_alive(params, *HISTORIES),
            functions.conditional_expected(params, *HISTORIES, 26),
            functions.discounted_expected(params, *HISTORIES, 26, 0.002),
            functions.conditional_pmf(params, *HISTORIES, 26, 2),
            functions.expected(params, np.array([1.0, 39])),
            functions.pmf(params, np.arange(4.0), 39),
        ]
    )


@each_limit
def test_a_model_comes_as_near_to_its_limit_as_its_parameters_go_far(model, limit):
    wanted = figures(limit, own(limit))
    if model is PARETONBD and "odds" in limit.NAMES:
        # there it comes near with the logarithm of the parameter; the shortest age is not yet at the limit
        errors = [np.nanmax(np.abs(figures(model, towards(model, limit, far)) - wanted)) for far in (10, 30)]
        assert errors[1] < errors[0] / 2
        return
    errors = [np.max(np.abs(figures(model, towards(model, limit, far)) - wanted)) for far in (1e2, 1e4)]
    assert errors[1] < 2e-2 * errors[0]


@each_limit
def test_the_chances_of_a_limit_are_one_together_and_their_mean_is_what_is_expected(model, limit):
    chances = limit.pmf(own(limit), np.arange(400.0), 39)
    assert chances.sum() == pytest.approx(1, abs=1e-6)
    assert chances @ np.arange(400.0) == pytest.approx(limit.expected(own(limit), 39), rel=1e-5)
    assert np.all((limit.p_alive(own(limit), *HISTORIES) >= 0) & (limit.p_alive(own(limit), *HISTORIES) <= 1))


@each_limit
def test_discounted_purchases_are_the_sum_of_many_short_parts(model, limit):
    ends = np.linspace(0, 104, 2081)
    history = [column[3] for column in HISTORIES]
    coming = limit.conditional_expected(own(limit), *history, ends)
    middles = (ends[1:] + ends[:-1]) / 2
    wanted = np.diff(coming) @ np.exp(-0.01 * middles)
    assert limit.discounted_expected(own(limit), *history, 104, 0.01) == pytest.approx(wanted, rel=1e-6)


def test_customers_of_one_rate_are_expected_once_for_each_number_of_purchases(monkeypatch):
    limit, asked = next(one for one in BGNBD.limits if one.TITLE == "BG/NBD, one rate"), []
    params = own(limit)
    x, t_x, age = simulated(150, (1e7, 8e7, 0.8, 2.4), step=1e-6)
    real = type(limit.stops).grown
    monkeypatch.setattr(
        type(limit.stops),
        "grown",
        lambda self, *args: asked.append(np.size(args[2][1])) or real(self, *args),
    )
    found = limit.conditional_expected(params, x, t_x, age, 52)
    assert asked == [np.unique(x).size]
    one_by_one = [
        float(limit.conditional_expected(params, *one, 52)) for one in zip(x, t_x, age, strict=True)
    ]
    assert found == pytest.approx(one_by_one, rel=1e-12)


@each_limit
def test_at_several_times_each_customer_is_expected_to_do_what_he_is_alone(model, limit):
    x, t_x, age = simulated(12, (0.8, 6.0, 0.7, 2.1), step=1e-6)
    params, begins, ends = own(limit), np.array([0.0, 4, 10]), np.array([4.0, 10, 52])
    columns = [column[:, None] for column in (x, t_x, age)]
    many = limit.conditional_expected(params, *columns, ends)
    pairs = limit.conditional_pairs(params, *columns, begins, ends)
    assert many.shape == pairs.shape == (12, 3)
    for at, one in enumerate(zip(x, t_x, age, strict=True)):
        for window, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            assert many[at, window] == pytest.approx(
                float(limit.conditional_expected(params, *one, end)), rel=1e-9
            )
            alone = float(limit.conditional_pairs(params, *one, begin, end))
            assert pairs[at, window] == pytest.approx(alone, rel=1e-9)
    own_times = np.linspace(1, 52, 12)
    wanted = [
        float(limit.conditional_expected(params, *one)) for one in zip(x, t_x, age, own_times, strict=True)
    ]
    assert limit.conditional_expected(params, x, t_x, age, own_times) == pytest.approx(wanted, rel=1e-9)


@each_limit
def test_the_surface_of_a_limit_is_its_likelihood_and_its_gradient_the_slope(model, limit):
    rows = grouping.group(*simulated(300, (0.8, 6.0, 0.7, 2.1), "mbgnbd"))
    surface, theta = limit.surface(rows), np.log(own(limit))
    exact = rows.weight @ limit.loglik(own(limit), *rows[:3]) / rows.n
    value, gradient = surface.slope(theta)
    assert value == pytest.approx(exact, rel=1e-10)
    step = np.eye(theta.size) * 1e-4
    slope = [(surface.value(theta + one) - surface.value(theta - one)) / 2e-4 for one in step]
    assert gradient == pytest.approx(slope, abs=1e-6)


# ── the answer where a model has no best values ─────────────────────────────────────────────────


def loyal(customers, seed, rates, weeks=52.0):
    """Customers who never stop, at rates of their own."""
    rng = np.random.default_rng(seed)
    age = weeks - np.floor(rng.uniform(0, weeks / 2, customers))
    x = rng.poisson(rates(rng, customers) * age).astype(float)
    last = [
        np.ceil(old * rng.uniform(size=int(many)).max()) if many else 0.0
        for many, old in zip(x, age, strict=True)
    ]
    return x, np.minimum(last, age), age


def differing(rng, customers):
    return rng.gamma(2, 1 / 20, customers)


def alike(_, customers):
    return np.full(customers, 0.1)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_customers_who_never_stop_are_the_negative_binomials(model):
    from scipy.optimize import minimize
    from scipy.special import gammaln

    x, t_x, age = loyal(300, 5, differing)

    def loss(theta):
        r, alpha = np.exp(theta)
        bought = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
        return -bought.sum()

    r, alpha = np.exp(minimize(loss, [0.0, 2.0], tol=1e-10).x)
    fit = model.fit(x, t_x, age)
    assert fit.model == "NBD"
    assert [*fit.params.values()] == pytest.approx([r, alpha], rel=1e-4)
    functions = functions_of(fit)
    assert np.all(functions.p_alive(fit.params, x, t_x, age) == 1)
    expected = functions.conditional_expected(fit.params, x, t_x, age, 52)
    assert expected == pytest.approx((r + x) / (alpha + age) * 52, rel=1e-4)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_customers_who_buy_as_regularly_as_a_clock_are_all_alike(model):
    age = np.arange(20.0, 52)
    x = np.floor(age / 4)
    fit = model.fit(x, 4 * x, age)
    assert fit.model == "Poisson"
    assert fit.params["lambda"] == pytest.approx(x.sum() / age.sum(), rel=1e-6)


def test_equal_customers_have_the_rate_at_which_they_bought():
    fit = BGNBD.fit(np.full(50, 3), np.full(50, 9.0), np.full(50, 12.0))
    assert (fit.model, fit.params["lambda"]) == ("Poisson", pytest.approx(0.25))
    assert fit.se["lambda"] == pytest.approx(0.25 / np.sqrt(150), rel=1e-6)


@pytest.mark.parametrize(("model", "share"), [("bgnbd", 0.2), ("mbgnbd", 0.2), ("paretonbd", 0.03)])
def test_one_chance_to_stop_for_all_is_found(model, share):
    shape = (2e5, 2e5 / share) if model == "paretonbd" else (2e5 * share, 2e5 * (1 - share))
    data = simulated(2000, (1.0, 5.0, *shape), model, seed=3, step=1e-6)
    fit = MODELS[model].fit(*data)
    stops = face.follows_of(fit, Model[model.upper()])[1].quantity(fit.params)
    wanted = share if model == "paretonbd" else share / (1 - share)
    assert stops == pytest.approx(wanted, rel=0.15)


@pytest.mark.parametrize("seed", [3, 27, 60])
def test_at_one_rate_how_customers_differ_in_their_chance_to_stop_has_no_price(seed):
    """With the price of a parameter these had one chance to stop, and a third too few purchases."""
    truth = (1e7, 8e7, 0.8, 2.4)
    data = simulated(400, truth, seed=seed, step=1e-6)
    fit = BGNBD.fit(*data)
    assert fit.model == "BG/NBD, one rate"
    rows, unit = grouping.scaled(grouping.group(*data))
    for limit in BGNBD.limits:
        found = limit.searched(rows)
        if limit.stopping and found.converged:
            assert limit.in_unit(found, rows, unit).loglik <= fit.loglik + 0.01
    bought = functions_of(fit).conditional_expected(fit.params, *data, 52).sum()
    assert bought == pytest.approx(BGNBD.conditional_expected(truth, *data, 52).sum(), rel=0.25)


def test_a_false_top_within_is_left_for_the_limit_that_passes_it():
    data = simulated(2000, (1.0, 5.0, 0.01, 0.02), "mbgnbd")  # one in three stops at once, the others never
    fit = MBGNBD.fit(*data)
    assert functions_of(fit).expected(fit.params, 26) == pytest.approx(26 / 5 * 2 / 3, rel=0.1)


def test_fits_of_shops_where_ever_fewer_stop_approach_the_shop_where_nobody_does():
    deviations = []
    for a in (0.3, 0.1, 0.03, 0.01):
        data = simulated(1500, (1.0, 8.0, a, 3.0), seed=8, step=1e-6)
        fit, without = BGNBD.fit(*data), NBD.fit(*data)
        totals = [
            functions_of(one).conditional_expected(one.params, *data, 52).sum() for one in (fit, without)
        ]
        deviations.append(abs(totals[0] / totals[1] - 1))
    assert deviations[0] > 0.03
    assert deviations == sorted(deviations, reverse=True)
    assert deviations[-1] < 0.01


# ── how sure a limit is ─────────────────────────────────────────────────────────────────────────


def stopping(rates, stops, model, seed, customers=400):
    """Customers who differ little or not in how often they buy, or in how soon they stop."""
    return lambda: simulated(customers, (*rates, *stops), model, seed=seed, step=1e-6)


# Logs at each kind of limit: the model, the limit that it has, and what is around that
AT_LIMITS = {
    "nobody stops": (
        "bgnbd",
        lambda: loyal(400, 2, differing),
        "NBD",
        {"BG/NBD, one chance to stop", "NBD, stops after one or never"},
    ),
    "nobody stops, a large shop": (
        "bgnbd",
        stopping((1.5, 12.0), (1e-9, 1.0), "bgnbd", 1, customers=20_000),
        "NBD",
        {"BG/NBD, one chance to stop", "NBD, stops after one or never"},
    ),
    "one rate": ("bgnbd", stopping((1e7, 8e7), (0.8, 2.4), "bgnbd", 1), "BG/NBD, one rate", {"BG/NBD"}),
    "one chance to stop": (
        "bgnbd",
        stopping((0.8, 6.0), (6.0, 24.0), "bgnbd", 2),
        "BG/NBD, one chance to stop",
        {"BG/NBD"},
    ),
    "one rate, one chance to stop": (
        "mbgnbd",
        stopping((1e7, 8e7), (2e6, 8e6), "mbgnbd", 6),
        "MBG/NBD, one rate, one chance to stop",
        {"MBG/NBD, one rate", "MBG/NBD, one chance to stop"},
    ),
    "one rate to stop": (
        "paretonbd",
        stopping((0.8, 6.0), (8.0, 240.0), "paretonbd", 1),
        "Pareto/NBD, one rate to stop",
        {"Pareto/NBD"},
    ),
    "at once or never": (
        "bgnbd",
        stopping((0.8, 6.0), (1e-4, 2e-4), "bgnbd", 2),
        "NBD, stops after one or never",
        {"BG/NBD"},
    ),
}


@pytest.mark.parametrize(("name", "draw", "limit", "around"), AT_LIMITS.values(), ids=AT_LIMITS)
def test_what_lies_beside_a_limit_is_as_likely_as_an_interval_allows(name, draw, limit, around):
    data, model, far = draw(), MODELS[name], 1.96
    fit = model.fit(*data)
    assert fit.model == limit
    found = nearby(fit, model, data, far)
    assert {one.model.TITLE for one in found} == around
    for title in around:
        way = [one for one in found if title == one.model.TITLE]
        falls = [fit.loglik - one.model.loglik(one.params, *data).sum() for one in way]
        assert falls[-1] == pytest.approx((1 - way[-1].room ** 2) * far**2 / 2, abs=0.1 + max(0, -min(falls)))
        assert max(falls) < far**2 / 2 + 0.05
        assert 0 <= way[-1].room < 0.35  # the last one lies at the end


@pytest.mark.parametrize(
    ("name", "draw", "truth"),
    [
        ("bgnbd", stopping((0.8, 6.0), (6.0, 24.0), "bgnbd", 4), (0.8, 6.0, 6.0, 24.0)),
        ("paretonbd", stopping((0.8, 6.0), (8.0, 240.0), "paretonbd", 1), (0.8, 6.0, 8.0, 240.0)),
    ],
    ids=["one chance to stop", "one rate to stop"],
)
def test_an_interval_at_a_limit_reaches_customers_who_differ_after_all(name, draw, truth):
    data, model = draw(), MODELS[name]
    fit = model.fit(*data)
    assert face.limit_of(fit) is not None

    def bought(functions, params):
        return functions.conditional_expected(params, *data, 52.0).sum()

    beside = face.nearby_of(fit, Model[name.upper()], data, 52.0, 0.95)
    most = max(bought(one.model, one.params) for one in beside)
    assert bought(functions_of(fit), fit.params) < bought(model, truth) <= 1.02 * most


def test_a_way_on_which_the_likelihood_is_flat_ends_somewhere():
    data = simulated(10_000, (1e7, 8e7, 2e6, 8e6), "bgnbd", seed=2, step=1e-6)
    one_chance = next(one for one in BGNBD.limits if one.TITLE == "BG/NBD, one chance to stop")
    rows, unit = grouping.scaled(grouping.group(*data))
    fit = one_chance.in_unit(one_chance.searched(rows), rows, unit)
    assert fit.converged
    assert fit.se["r"] > fit.params["r"] / 2  # of which the size is not known
    found = nearby(fit, BGNBD, data, 1.645)
    assert found
    for one in found:
        assert np.all(np.isfinite(one.params) & (one.params > 0))


def test_a_model_that_is_no_limit_has_nothing_beside_it():
    data = simulated(400, (0.8, 6.0, 0.7, 2.1))
    assert nearby(BGNBD.fit(*data), BGNBD, data, 1.96) == []


def test_few_poisson_customers_may_differ_or_stop():
    data = loyal(100, 4, alike)
    fit = POISSON.fit(*data)
    assert {one.model.TITLE for one in nearby(fit, PARETONBD, data, 1.96)} == {
        "NBD",
        "Poisson, stops at once or never",
        "Pareto/NBD, one rate, one rate to stop",
    }


def test_the_plain_rate_of_a_young_shop_does_not_rule_out_that_some_stop():
    history = simulated(300, (0.52, 6.2, 0.9, 1.6), "mbgnbd", seed=2, weeks=10.0, step=1e-6)
    fit = OWN_RATE.fit(*history)
    near = face.nearby_of(fit, 12.0, history, 52.0, 0.95)
    assert near
    bought = OWN_RATE.conditional_expected(fit.params, *history, 52.0).sum()
    least = min(one.model.conditional_expected(one.params, *history, 52.0).sum() for one in near)
    assert least < 0.7 * bought
