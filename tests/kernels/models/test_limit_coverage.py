"""Do the intervals of a limit hold what they promise, where nobody stops and where a few do?

As in `test_coverage`: 8 sets of customers, 400 with --hypothesis-profile=explore, and three times the
chance in the simulation is allowed. What is held is the purchases of all customers together in a year. Of 200
simulations: nobody stops 99 % (BG, MBG, Pareto), of one rate 96 to 97 %; one in fifty stops 93 %, of which
at a limit 89 to 91 %, since stopping is not seen there, and near an edge 95 to 96 %.
"""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import forecast
from klantwaarde_xl.kernels.models.buying.face import Model, limit_of
from klantwaarde_xl.kernels.models.buying.near_edge import is_near_edge, near_edge
from klantwaarde_xl.kernels.models.forecast import Fitted, terms_of
from klantwaarde_xl.kernels.models.log.purchases import Netted
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.totals import totals_of
from tests.examples import times
from tests.kernels.models import simulated
from tests.kernels.models.test_coverage import HORIZON
from tests.kernels.models.test_limits import loyal

SIMULATIONS = times(8, more=50)
LOWEST = 0.95 - 3 * np.sqrt(0.95 * 0.05 / SIMULATIONS)
RATES = 1.5, 12.0
# what is drawn, and what those customers will buy
TRUTHS = {
    "nobody stops": (
        lambda seed: loyal(400, seed, lambda rng, n: rng.gamma(RATES[0], 1 / RATES[1], n)),
        lambda x, t_x, age: ((RATES[0] + x) / (RATES[1] + age) * HORIZON).sum(),
    ),
    "nobody stops, one rate": (
        lambda seed: loyal(400, seed, lambda _, n: np.full(n, 0.1)),
        lambda x, t_x, age: 0.1 * HORIZON * x.size,
    ),
    "one in fifty stops": (
        lambda seed: simulated(400, (*RATES, 20.0, 980.0), seed=seed, step=1e-6),
        lambda *history: Model.BGNBD.record.functions.conditional_expected(
            (*RATES, 20.0, 980.0), *history, HORIZON
        ).sum(),
    ),
}


# Each truth and each model once in the suite; all of them together for who looks for faults
MODELS = [Model.BGNBD, Model.MBGNBD, Model.PARETONBD]
ONCE = [(name, MODELS[(at + 1) % len(MODELS)]) for at, name in enumerate(TRUTHS)]
PAIRS = ONCE if times(1) == 1 else [(name, model) for name in TRUTHS for model in MODELS]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "model"), PAIRS, ids=lambda one: getattr(one, "title", one))
def test_the_interval_of_all_purchases_covers_the_truth_as_often_as_it_says(name, model):
    draw, coming = TRUTHS[name]
    terms, at_limit, near = terms_of(HORIZON, model=model), [], []
    for seed in range(1, SIMULATIONS + 1):
        x, t_x, age = draw(seed)
        nothing = np.zeros(x.size)
        report = Netted(0, 0, 0, 0.0, 0.0, 0, 0, 0)
        summary = Summary(np.arange(x.size), x, t_x, age, nothing + 1, nothing, nothing, nothing, 0.0, report)
        models = Fitted(model.record.functions.fit(x, t_x, age), None, 1.0)
        inside = near if limit_of(models.buying) is None else at_limit
        found = totals_of(summary, models, forecast.expected_of(summary, models, terms), terms).purchases
        inside.append(found.lower <= coming(x, t_x, age) <= found.upper)
    assert len(at_limit) > SIMULATIONS / 5
    for where, inside in (("at a limit", at_limit), ("near an edge", near), ("in all", [*at_limit, *near])):
        share = np.mean(inside) if inside else np.nan
        print(f"{name}, {model.title}: {share:.1%} of {len(inside)} {where}")  # noqa: T201 - for pytest -rA
    assert share >= LOWEST


def test_only_a_fit_near_an_edge_is_followed():
    history = simulated(2000, (0.8, 6.0, 0.7, 2.1), seed=1)
    fit = Model.BGNBD.record.functions.fit(*history)
    assert not is_near_edge(fit)
    assert near_edge(fit, Model.BGNBD.record.functions, history, HORIZON, 0.95) == []


@pytest.mark.slow
def test_the_ends_near_an_edge_are_as_likely_as_they_may_be_and_on_both_sides():
    history = simulated(400, (*RATES, 20.0, 980.0), seed=3, step=1e-6)
    functions = Model.BGNBD.record.functions
    fit = functions.fit(*history)
    assert limit_of(fit) is None
    ends = near_edge(fit, functions, history, HORIZON, 0.95)
    bought = [functions.conditional_expected(one.params, *history, HORIZON).sum() for one in ends]
    assert bought[0] < functions.conditional_expected(fit.params, *history, HORIZON).sum() < bought[1]
    for one in ends:
        fall = fit.loglik - functions.loglik(one.params, *history).sum()
        assert fall == pytest.approx(-np.log(0.05), abs=0.1)


def test_a_part_of_the_customers_follows_nothing():
    history = simulated(400, (*RATES, 20.0, 980.0), seed=3, step=1e-6)
    fit = Model.BGNBD.record.functions.fit(*history)
    part = tuple(column[:10] for column in history)
    assert near_edge(fit, Model.BGNBD.record.functions, part, HORIZON, 0.95) == []
