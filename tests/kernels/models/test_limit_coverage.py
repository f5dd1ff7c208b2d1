"""Do the intervals of a limit hold what they promise, where nobody stops and where a few do?

As in `test_coverage`: 20 sets of customers, 400 with --hypothesis-profile=explore, and three times the
chance in the simulation is allowed. What is held is the purchases of all customers together in a year,
where the fit is of a limit. An optimum next to an edge is not held here: there the delta method is too
narrow (85 % at one in fifty who stop, 400 customers).
"""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import forecast
from klantwaarde_xl.kernels.models.buying.face import Model, limit_of
from klantwaarde_xl.kernels.models.forecast import Fitted, terms_of
from klantwaarde_xl.kernels.models.log.purchases import Netted
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.totals import totals_of
from tests.examples import times
from tests.kernels.models import simulated
from tests.kernels.models.test_coverage import HORIZON, check
from tests.kernels.models.test_limits import loyal

SIMULATIONS = times(20, more=20)
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


@pytest.mark.parametrize("model", [Model.BGNBD, Model.MBGNBD, Model.PARETONBD], ids=lambda model: model.title)
@pytest.mark.parametrize("name", TRUTHS)
def test_the_interval_of_all_purchases_covers_the_truth_as_often_as_it_says(name, model):
    draw, coming = TRUTHS[name]
    terms, inside = terms_of(HORIZON, model=model), []
    for seed in range(1, SIMULATIONS + 1):
        x, t_x, age = draw(seed)
        nothing = np.zeros(x.size)
        report = Netted(0, 0, 0, 0.0, 0.0, 0, 0, 0)
        summary = Summary(np.arange(x.size), x, t_x, age, nothing + 1, nothing, nothing, nothing, 0.0, report)
        models = Fitted(model.record.functions.fit(x, t_x, age), None, 1.0)
        if limit_of(models.buying) is None:
            continue  # an optimum within has the intervals of test_coverage
        found = totals_of(summary, models, forecast.expected_of(summary, models, terms), terms).purchases
        inside.append(found.lower <= coming(x, t_x, age) <= found.upper)
    assert len(inside) > SIMULATIONS / 5
    check(f"{name}, {model.title}, {len(inside)} at a limit", ("all purchases",), np.array([np.mean(inside)]))
